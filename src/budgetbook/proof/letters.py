"""Letters in Chinese that ask the department for what would settle a finding."""

from __future__ import annotations

import re

from .findings import Finding

_PLAIN = "以上为对该文本所载数字与文字的比对，不含推断。"
#: What a sentence adds of what may be behind it: a sentence, or the end of one.
_PERHAPS = re.compile("(?<=。)或[^。]*。|，或[^。，]*(?=。)")
#: Kind of letter → how it begins and how it ends.
_LETTERS = {
    "request": (
        "现依《中华人民共和国政府信息公开条例》（国务院令第711号）第二十七条，申请公开：",
        "所需形式：电子文本，以电子邮件提供。如已公开，请告知获取方式；如未制作或未保存，亦请告知。"
        "如部分属内部事务或过程性信息，请依条例第三十七条区分处理，提供其余部分。",
    ),
    "consultation": (
        "本函为业务咨询，不属于政府信息公开申请，请教：",
        "答复方式由贵单位酌定。",
    ),
}


def request(finding: Finding) -> str:
    """Return a letter in Chinese that asks for what would settle a finding; empty where none does.

    A `request` asks for a document or a figure that exists, under the regulation on disclosure
    of government information; a `consultation` asks what was meant, and says that it is none.
    Where a part may be withheld, it asks for the rest, as article 37 gives it.
    It says what is arithmetic and what is inferred from what, and that the text which was read is
    an extraction; one that infers nothing leaves out what may be behind. A request names who asks,
    as its article 29 wants. Nothing in it accuses.
    """
    row, document = finding.row, finding.disclosure.document
    if row["ask"] == "none":
        return ""
    opening, closing = _LETTERS[row["ask"]]
    inferred, found = finding.sentence("inferred_zh"), finding.sentence("found_zh")
    found = found if inferred else _PERHAPS.sub("", found)
    basis = f"其中属推断的：{inferred}其余为对该文本所载数字与文字的比对。" if inferred else _PLAIN
    identity = "身份证明：（附后）　　" if row["ask"] == "request" else ""
    return (
        f"{document['office']}：\n"
        f"您好！{opening}{finding.sentence('ask_zh')}\n"
        f"缘由：本人所得贵单位公开的{document['year']}年部门预算系提取文本，或有缺漏。"
        f"该文本中，{found}{basis}\n"
        f"{closing}若系本人所据文本有误，亦请指正。\n"
        f"谢谢！\n申请人：　　　　　{identity}联系方式：　　　　　"
    ).replace("本书", "本人")
