"""Letters: a request names what exists, a consultation says that it is none, none is alike."""

import re
from difflib import SequenceMatcher
from itertools import combinations

from budgetbook.proof.letters import request


def test_a_letter_asks_and_thanks(disclosure, register):
    """A request names what exists and the right to it; a consultation says that it is none."""
    year = str(disclosure.year)
    for finding in register:
        letter, kind = request(finding), finding.row["ask"]
        assert bool(letter) == (kind != "none"), finding.id
        assert (kind == "none") == (not finding.row["ask_zh"] and not finding.row["ask_en"])
        if not letter:
            continue
        assert finding.sentence("found_zh").replace("本书", "本人") in letter
        assert all(word in letter for word in ("亦请指正", "谢谢！", f"公开的{year}年部门预算"))
        assert ("条例" in letter) == (kind == "request"), finding.id
        assert ("业务咨询" in letter) == (kind == "consultation"), finding.id
        inferred = "其中属推断的" in letter
        assert inferred != ("不含推断" in letter)
        assert inferred == (finding.grade != "A"), finding.id
        assert "本书" not in letter
        assert len(letter) < 800, "it fits a page"


#: What exists and can be given, in the words of the requests.
DOCUMENTS = (
    "公开表|公开文件|绩效目标表|绩效自评表|填表说明|批复|合同|收入预算总表|人数|功能科目与数额"
)


def test_a_request_names_a_document_or_a_figure_and_where_it_stands(register):
    asked = [f for f in register if f.row["ask"] == "request"]
    assert len(asked) > 5
    for finding in asked:
        text = finding.sentence("ask_zh")
        assert re.search(DOCUMENTS, text), finding.id
        assert re.search(r"20\d\d年", text), finding.id
        assert re.search(r"表[一二三四五六七八九十]+|文字部分", text), finding.id
        assert not re.search("说明理由|解释|为何|为什么|如何|是否|[？?]", text), finding.id
        filled = ("{at:", "{table:", "{cell:")
        assert any(part in finding.row["ask_zh"] for part in filled), finding.id


def test_letters_differ(register):
    letters = {f.id: f.sentence("ask_zh") for f in register if request(f)}
    for one, other in combinations(letters.items(), 2):
        assert SequenceMatcher(None, one[1], other[1]).ratio() < 0.75, (one[0], other[0])
