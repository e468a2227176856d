"""Where a proof-reader would stop: each kind with what it finds, and with what is rightly so."""

import pytest
from small_disclosure import TEXT
from test_forms import another_form, read  # noqa: F401

from budgetbook import InputError
from budgetbook.analysis.proofreading import marks
from budgetbook.package import store
from budgetbook.reading.page import Row
from budgetbook.reading.paragraphs import Paragraph
from budgetbook.reading.proofmarks import of_words


@pytest.fixture(scope="module")
def kinds(data):
    """The kinds that are looked for, by their code."""
    rows = store.read_one(data, "proofreading")
    return {row["code"]: row for row in rows}


def noticed(kind: Row, text: str) -> list[str]:
    """The words that a kind finds in a sentence of the budget of 2031."""
    unit = Paragraph()
    unit.add(7, text)
    found = list(of_words(kind, unit, 2031))
    assert {line for line, *_ in found} <= {7}
    return [words for _, _, words, *_ in found]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("placeholder", "共有车辆XX辆。", ["XX"]),
        ("placeholder", "由××科负责，待填写。", ["××", "待填写"]),
        ("placeholder", "此处填经费，联系人：（略）。", ["此处", "（略）"]),
        ("placeholder", "此处不再说明。建X光机房，5G与4K。", []),
        ("doubled-words", "全区的的河流，完成了了。", ["的的", "了了"]),
        ("doubled-words", "主要主要用于办公，，购置。", ["主要主要", "，，"]),
        ("doubled-words", "预算9元元。", ["元元"]),
        ("doubled-words", "按目的的不同，讨论讨论；不了了之，的的确确。", []),
        ("doubled-words", "为了了解水情，人人天天巡河，一项一项核对。", []),
        ("doubled-words", "人员经费、公用经费。", []),
        ("contradicting-directions", "与上年增加持平。", ["增加持平"]),
        ("contradicting-directions", "较上年增加减少5元。", ["增加减少"]),
        ("contradicting-directions", "较上年下降增长2%。", ["下降增长"]),
        ("contradicting-directions", "与上年持平。收入增加，支出减少。增加减少情况如下。", []),
        ("narrow-mark", "办公费,差旅费为5,000元,增长2.5%。", ["费,差", "元,增"]),
        ("narrow-mark", "办公费，差旅费为5,000.50元 (R7-X)，ABC,DEF。", []),
        ("other-year", "2028年年初预算总收入为9元。", ["2028年"]),
        ("other-year", "截至2028年12月底。", ["2028年"]),
        ("other-year", "2031年预算较2030年决算增加，截至2030年12月底。", []),
        (
            "other-year",
            "按2028年印发的办法和《2027年预算管理办法》，试点于2029年成立。",
            ["2028年", "2029年"],
        ),
        ("other-year", "按《2027年预算管理办法》（R7〔2028〕4号），2030年起。", []),
    ],
)
def test_what_is_told_by_its_words(kinds, kind, text, words):
    found = noticed(kinds[kind], text)
    assert [each[: len(word)] for each, word in zip(found, words, strict=True)] == words


def test_a_kind_that_is_not_told_by_its_words_finds_nothing_so(kinds):
    assert not noticed(kinds["opposite-reason"], "支出减少，主要是人员增加。")
    assert not noticed(kinds["project-name"], "河道、疏浚")


@pytest.fixture
def stopped(read):  # noqa: F811
    """A function: the marks of the small disclosure with one place replaced."""

    def stopped(old="", new=""):
        assert not old or TEXT.count(old) == 1
        found = marks(read(TEXT.replace(old, new) if old else TEXT))
        return [(m.kind["code"], m.place, m.row["words"], m.row["against"]) for m in found]

    return stopped


def test_an_undamaged_text_has_no_mark(stopped):
    assert stopped() == []


@pytest.mark.parametrize(
    ("told", "marked"),
    [
        ("增加100,000.75元，主要原因是人员的减少。", "增加 … 减少"),
        ("减少100,000.75元。主要是社保基数上涨。", "减少 … 上涨"),
        ("增加100,000.75元，主要是人员增加，其他经费减少。", ""),
        ("减少100,000.75元，主要是压减经费，主要用于增加水位站。", ""),
        ("增加100,000.75元，与水情有关。", ""),
        ("增加100,000.75元。全局另有安排，主要是人员减少。", ""),
    ],
)
def test_a_reason_of_the_opposite_direction_alone(stopped, told, marked):
    found = stopped("增加100,000.75元，主要原因是人员的增加。", told)
    assert found == ([("opposite-reason", "sections/收支总体", marked, None)] if marked else [])


@pytest.mark.parametrize(
    ("remark", "named"),
    [
        ("备注：本部门无国有资本经营预算收支。", "国有资本经营"),
        ("备注：本部门无政府性基金收支。", ""),
        ("备注：无政府性基金，国有资本经营预算亦无。", ""),
    ],
)
def test_a_remark_that_speaks_of_another_table(stopped, remark, named):
    found = stopped("备注：本表无数据。", remark)
    assert [words for kind, _, words, _ in found if kind == "remark-of-another-table"] == (
        [named] if named else []
    )
    assert all(place == "fund-spending" for _, place, *_ in found)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("过紧日子，主要用于“河道”疏浚工程。", "河道疏浚"),
        ("过紧日子，主要用于水文的观测等。", "水文的观测"),
        ("过紧日子，主要用于河道疏浚、水文观测。", ""),
        ("过紧日子，主要用于全区河流。", ""),
    ],
)
def test_a_project_named_in_nearly_the_same_words(stopped, told, words):
    found = [m for m in stopped("过紧日子。", told) if m[0] == "project-name"]
    assert [m[2] for m in found] == ([words] if words else [])


def test_a_project_that_the_procurement_table_names_otherwise(stopped):
    found = stopped("R7-水位计", "R7-水文的观测")
    assert found == [("project-name", "procurement", "水文的观测", "水文观测")]
    assert stopped("R7-水位计", "R7-水文观测") == []


USES = "主要用于办公费、差旅费、邮电费、水费、电费、物业管理费、培训费、会议费等"


def test_a_list_of_uses_told_once_is_no_copy(stopped):
    once = "较2030年增加150,000元，增长33.3%"
    assert stopped(f"{once}。", f"{once}，{USES}。") == []


def test_a_list_of_uses_is_copied_where_the_subjects_differ(read):  # noqa: F811
    text = TEXT.replace("增长33.3%。", f"增长33.3%，{USES}。")
    text = text.replace("金额300,000元。", f"金额300,000元，{USES}。")
    found = marks(read(text))
    assert [(m.kind["code"], m.row["words"][:3], m.place) for m in found] == [
        ("copied-uses", "办公费", "sections/其他事项")
    ]
    assert (len(found[0].row["words"]), found[0].row["words"][-1]) == (25, "…")
    cut = marks(read(text.replace(f"金额300,000元，{USES}", f"金额300,000元，\n{USES}")))
    assert cut[0].row["line"] == found[0].row["line"] + 1, "the line on which the list begins"
    same = text.replace("涉及项目2个，金额300,000元", "基本支出600,000.75元")
    assert marks(read(same)) == [], "two paragraphs on one subject"


def test_two_uses_in_common_are_no_list(read):  # noqa: F811
    pair = "公务用车运行维护费、其他商品和服务支出"
    text = TEXT.replace("增长33.3%。", f"增长33.3%，主要用于水费、{pair}。")
    text = text.replace("金额300,000元。", f"金额300,000元，主要用于{pair}、电费。")
    assert marks(read(text)) == []


def test_a_wide_mark_in_a_figure_is_a_mark_too(stopped):
    found = stopped("资源勘探工业信息等支出700,000元", "资源勘探工业信息等支出700，000元")
    assert [(m[0], m[1]) for m in found] == [("width-in-figure", "sections/收支总体")]


def test_a_doubled_word_across_a_page_break_is_seen(stopped):
    found = stopped("全区的河流和水库", "全区的\n\n的河流和水库")
    assert [m[:3] for m in found] == [("doubled-words", "sections/单位概况", "的的")]


def test_no_mark_keeps_a_sentence_and_each_says_what_it_may_be(disclosure):
    found = marks(disclosure)
    lines = [(m.kind["code"], m.row["line"]) for m in found if m.kind["code"] != "project-name"]
    assert len(lines) == len(set(lines)), "the page says that it lists a line once"
    assert {m.kind["code"] for m in found} == {
        *("placeholder", "narrow-mark", "other-year", "project-name", "copied-uses")
    }
    for mark in found:
        assert len(mark.row["words"]) <= 25, mark.row
        assert mark.kind["innocent_en"]
        assert mark.kind["innocent_zh"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('\nplaceholder,"', '\nplaceholder,"(', "the pattern of placeholder: "),
        ("\nproject-name,", "\nname-of-project,", "no row project-name; restore the row"),
    ],
)
def test_kinds_that_cannot_be_used_are_refused(read, package_copy, old, new, message):  # noqa: F811
    path = package_copy / "reference" / "proofreading.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read(TEXT)
