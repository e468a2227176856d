"""Letters: a request names what exists, a consultation says that it is none, none is alike."""

import re
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

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
        assert finding.sentence("found_zh") in letter
        assert all(word in letter for word in ("亦请指正", "谢谢！", f"公开的{year}年部门预算"))
        assert "提取文本" in letter, "what was read is no published page"
        assert ("身份证明" in letter) == ("电子邮件" in letter) == (kind == "request"), finding.id
        assert ("条例" in letter) == (kind == "request"), finding.id
        assert ("区分处理" in letter) == (kind == "request"), "of what may be withheld, the rest"
        assert ("业务咨询" in letter) == (kind == "consultation"), finding.id
        inferred = "其中属推断的" in letter
        assert inferred != ("不含推断" in letter)
        assert inferred or not re.search("[。，]或", letter.partition("该文本中，")[2]), finding.id
        assert inferred == (finding.grade != "A"), finding.id
        assert "本书" not in letter
        assert len(letter) < 800, "it fits a page"


def test_most_findings_have_a_letter_and_the_pages_say_so(register):
    asking = [finding for finding in register if finding.row["ask"] != "none"]
    assert len(register) / 2 < len(asking) < len(register), "“most”, neither all nor few"
    pages = ("findings.md", "Most entries have a letter"), ("index.md", "for most a letter")
    for page, words in pages:
        assert words in Path(__file__).parents[1].joinpath("book", page).read_text(encoding="utf-8")


#: What exists and can be given, in the words of the requests.
DOCUMENTS = (
    "公开表|公开文件|绩效目标表|绩效自评表|申报表|测算表|合同|收入预算总表|编制数|功能科目与数额"
)
#: What another office makes, and answers for: article 10 of the regulation.
OTHERS = "批复|填表说明"
#: What may not exist: a request that names it says so.
UNSURE = "合同|测算表|未见于|中所列的功能科目|对应的项目名称|含未列入"


def test_a_request_names_a_document_or_a_figure_and_where_it_stands(register):
    asked = [f for f in register if f.row["ask"] == "request"]
    assert len(asked) > 5
    for finding in asked:
        text = finding.sentence("ask_zh")
        assert re.search(DOCUMENTS, text), finding.id
        assert re.search(r"20\d\d年", text), finding.id
        assert re.search(r"表[一二三四五六七八九十]+|文字部分", text), finding.id
        assert not re.search("说明理由|解释|为何|为什么|如何|是否|[？?]", text), finding.id
        assert not re.search(OTHERS, text), finding.id
        assert "如有" in text or not re.search(UNSURE, text), finding.id
        filled = ("{at:", "{table:", "{cell:")
        assert any(part in finding.row["ask_zh"] for part in filled), finding.id


def inner(text):
    """Whether a text has what names a thing inside: an address, a role, a rule, a brace."""
    return re.search(r"[a-z]+-[a-z]+|[a-z]{3,}/|/[a-z]{3,}|[{}_]", text)


def test_a_letter_names_places_in_words(disclosure, register):
    assert [(f.id, inner(request(f))[0]) for f in register if inner(request(f))] == []
    for place in ("claims/other-matters/projects/count/this", "project-targets", "prior_total"):
        assert inner(f"请提供{place}所列数额"), place


def quoted(text):
    """What stands in quotation marks, the inner ones as the document has them."""
    outer = re.findall(r"“([^“”]*)”", text)
    return [part.replace("‘", "“").replace("’", "”") for part in outer]


def test_what_a_letter_quotes_is_of_the_document(source, register):
    """Marks stand around words that are printed, and around none of ours."""
    text = source.read_text(encoding="utf-8")
    asked = {f.id: quoted(f.sentence("ask_zh")) for f in register if request(f)}
    assert sum(map(len, asked.values())) > 10
    assert [(id_, part) for id_, parts in asked.items() for part in parts if part not in text] == []
    assert "实行绩效目标管理的项目" not in text, "what our subject is called is no quotation"


def test_letters_differ(register):
    letters = {f.id: f.sentence("ask_zh") for f in register if request(f)}
    for one, other in combinations(letters.items(), 2):
        assert SequenceMatcher(None, one[1], other[1]).ratio() < 0.75, (one[0], other[0])
