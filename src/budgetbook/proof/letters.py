"""Letters in Chinese that ask the department for what would settle a finding."""

from __future__ import annotations

from ..messages import message, said
from .findings import Finding

#: Kind of letter → the letter.
_LETTERS = {
    "request": message(
        "{office:text}：\n"
        "您好！现依《中华人民共和国政府信息公开条例》（国务院令第711号）第二十七条，申请公开："
        "{asked:text}\n"
        "缘由：本人所得贵单位公开的{year:text}年部门预算系提取文本，或有缺漏。"
        "该文本中，{found:text}{basis:text}\n"
        "所需形式：电子文本，以电子邮件提供。如已公开，请告知获取方式；"
        "如未制作或未保存，亦请告知。如部分属内部事务或过程性信息，"
        "请依条例第三十七条区分处理，提供其余部分。若系本人所据文本有误，亦请指正。\n"
        "谢谢！\n申请人：　　　　　身份证明：（附后）　　联系方式：　　　　　"
    ),
    "consultation": message(
        "{office:text}：\n"
        "您好！本函为业务咨询，不属于政府信息公开申请，请教：{asked:text}\n"
        "缘由：本人所得贵单位公开的{year:text}年部门预算系提取文本，或有缺漏。"
        "该文本中，{found:text}{basis:text}\n"
        "答复方式由贵单位酌定。若系本人所据文本有误，亦请指正。\n"
        "谢谢！\n申请人：　　　　　联系方式：　　　　　"
    ),
}


def request(finding: Finding) -> str:
    """Return a letter in Chinese that asks for what would settle a finding; empty where none does.

    A `request` asks for a document or a figure that exists, under the regulation on disclosure
    of government information; a `consultation` asks what was meant, and says that it is none.
    Where a part may be withheld, it asks for the rest, as article 37 gives it.
    It says what is arithmetic and what is inferred from what, and that the text which was read is
    an extraction. A request names who asks, as its article 29 wants. Nothing in it accuses.
    """
    row, document = finding.row, finding.disclosure.document
    if row["ask"] == "none":
        return ""
    inferred = finding.sentence("inferred_zh")
    basis = said(
        "其中属推断的：{inferred:text}其余为对该文本所载数字与文字的比对。", inferred=inferred
    )
    return said(
        _LETTERS[row["ask"]],
        office=document["office"],
        year=document["year"],
        asked=finding.sentence("ask_zh"),
        found=finding.sentence("found_zh"),
        basis=basis if inferred else said("以上为对该文本所载数字与文字的比对，不含推断。"),
    )
