"""Words: columns, names, phrases and reports; and one word for one thing."""

import json
import re
from contextlib import suppress
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction
from types import SimpleNamespace

import pytest

from budgetbook.checks import Check, Verdict, evaluate
from budgetbook.model.address import parse
from budgetbook.model.counting import Count
from budgetbook.model.expressions import Constant
from budgetbook.package.sources import sources
from budgetbook.words.columns import of_numbers
from budgetbook.words.naming import Names, is_total
from budgetbook.words.phrases import carried
from budgetbook.words.reporting import as_table, exact


@pytest.mark.parametrize(
    ("name", "cells", "right"),
    [
        ("yuan", ["1,234.50", "−7.00", ""], True),
        ("One side", ["0", "5,566,509.66", "6"], True),
        ("Growth", ["83%", "−7 %", "#DIV/0!", "15%"], True),
        ("Covers", ["unknown", "unknown", "−447,514.76"], False),
        ("department_code", ["208", "20805"], False),
        ("line", ["205", "206"], False),
        ("Reason", ["", ""], False),
        ("Account", ["Health 卫生健康支出"], False),
    ],
)
def test_a_column_of_numbers_is_one_where_most_cells_are(name, cells, right):
    assert of_numbers(name, cells) is right


@pytest.mark.parametrize(
    ("part", "change", "says"),
    [
        ("50", "200", "25.0% of the change"),
        ("-50", "-200", "25.0% of the change"),
        ("250", "200", "250.00 yuan, more than the whole change of 200.00 yuan"),
        ("-50", "200", "−50.00 yuan, against the change of 200.00 yuan"),
        ("50", "0", "50.00 yuan, though in all nothing changes"),
        ("0", "200", "0.0% of the change"),
    ],
)
def test_a_part_of_a_change_in_words(part, change, says):
    assert carried(Fraction(part), Decimal(change)) == says


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-45, 100), "-0.45"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7), "-7"),
        (Fraction(1200), "1200"),
        ("个", "个"),
        (None, None),
    ],
)
def test_values_print_exactly(value, text):
    assert exact(value) == text


@pytest.mark.parametrize(
    ("left", "relation", "right", "shown"),
    [
        ("1", "<", "1", ("1", "1")),
        ("100.004", "=", "100", ("100.004", "100")),
        ("2", "≤", "1.9999", ("2", "1.9999")),
        ("12.4999", "rounds to", "13", ("12.4999", "13")),
        ("0.001", "=", "0", ("0.001", "0")),
        ("9912", "=", "14868", ("9,912.00", "14,868.00")),
    ],
)
def test_a_failing_check_has_the_decimals_that_show_why(disclosure, left, relation, right, shown):
    sides = [Constant(Fraction(value)) for value in (left, right)]
    (result,) = evaluate([Check("x", "x", "x", "x", "x", *sides, relation)], disclosure)
    assert result.verdict is Verdict.FAILS
    assert result.sides == shown


def test_a_rate_has_the_decimals_of_its_print(disclosure, results, register):
    """8.4 is not printed 8.40, in a check, in its passport or in a sentence."""
    claims = {claim["id"]: str(claim["value"]) for claim in disclosure.claims}
    rates = [r for r in results if r.check.relation == "rounds to" and r.right is not None]
    rates = [r for r in rates if str(r.check.right) in claims]
    assert any(len(r.sides[0].rpartition(".")[2]) > r.check.decimals > 0 for r in rates)
    for result in rates:
        assert result.sides[1].lstrip("−") == claims[str(result.check.right)]
    (shares,) = [f for f in register if f.id == "shares-above-hundred"]
    assert " 100.1 %" in shares.sentence("found_en")


def test_it_is_coloured_where_somebody_looks(results):
    plain, painted = as_table(results), as_table(results, colour=True)
    assert "\x1b[31mfails\x1b[0m" in painted
    assert re.sub(r"\x1b\[\d+m", "", painted) == plain


def test_a_row_is_called_by_its_code_and_both_names(disclosure):
    names = Names(disclosure)
    place = parse("spending-by-function/2210201.total")
    row, column = disclosure.at(place)
    called = names.row(place.table, row, column)
    assert called == ("Housing provident fund", "住房公积金", "2210201")
    assert names.place(place) == "table 5, 2210201: total"
    nowhere = parse("spending-by-function/9999999.total")
    assert names.place(nowhere) == str(nowhere)


def test_places_and_totals_are_said_in_the_language_of_the_edition(disclosure, monkeypatch):
    names, place = Names(disclosure), parse("spending-by-function/2210201.prior_total")
    monkeypatch.setattr(
        "budgetbook.messages._catalogue", lambda *_: SimpleNamespace(gettext="<{}>".format)
    )
    row, _ = disclosure.at(place)
    assert Names(disclosure).place(place) == "<<table 5>, 2210201: <prior total>>"
    assert names.row(place.table, row, "total").english == "<Housing provident fund>"
    assert names.printing("line 449") == "<line 449 第449行>"
    assert [is_total([word]) for word in ("<Total>", "收入合计", "Total 合计")] == [
        False,
        True,
        True,
    ]


#: Other words for the department's own unit 本级 and a subordinate institution 下属事业单位. The
#: plural stays in names of official accounts, such as medical care of administrative units.
OTHER_WORDS = re.compile(
    r"(?i)bureau|administrative[\s_-]+unit(?!s)|subordinate[\s_-]+(unit|cent(re|er))|organ\s+itself"
    r"|所属单位"
)
#: What keeps the words it has: addresses that were promised, and what is published.
KEPT = (
    *("book/addresses.txt", "book/moved.csv", "tests/addresses-before.txt"),
    *("book/vendor/*", "data/published/*", "tests/test_words.py"),
)


@pytest.fixture(scope="module")
def texts(repo):
    """File → its text, of all that is text and not kept; of notebooks, the sources of the cells."""
    found = {}
    for name in sources(repo):
        if not any(fnmatchcase(name, pattern) for pattern in KEPT):
            with suppress(UnicodeDecodeError):
                found[name] = (repo / name).read_text(encoding="utf-8")
    for name in [name for name in found if name.endswith(".ipynb")]:
        cells = json.loads(found[name])["cells"]
        found[name] = "\n".join("".join(cell["source"]) for cell in cells)
    return found


def strays(texts):
    """File → another word in it for one of the two."""
    words = {name: OTHER_WORDS.search(text) for name, text in texts.items()}
    return {name: word[0] for name, word in words.items() if word}


def test_a_place_in_chinese_quotes_what_is_printed(disclosure):
    """Marks stand around printed words alone, inner ones inside; our subjects bear none."""
    names = Names(disclosure)
    for address, said in {
        "claims/other-matters/projects/count/this": "文字部分（实行绩效目标管理的项目）",
        "spending-by-function/2150517.prior_total": "表五2150517“产业发展”行“2024年预算数”栏",
        "project-targets/5G基站审批、通信保障“一件事”建设/budget.amount": (
            "表十七“5G基站审批、通信保障‘一件事’建设”项目“当年预算”栏"
        ),
        "project-targets/编外聘用人员经费/聘用人员人数.target": (
            "表十七“编外聘用人员经费”项目“聘用人员人数”行“指标值”栏"
        ),
    }.items():
        assert names.place(parse(address), chinese=True) == said


def test_what_is_counted_and_a_printing_are_said_in_words(disclosure, results):
    """No address and no role stands where a check says what it counts."""
    names = Names(disclosure)
    assert names.printing("tables/project-targets~2") == "table 17, printing 2 表十七第2次印出"
    assert names.printing("line 449") == "line 449 第449行"
    counted = [
        leaf.what
        for result in results
        for leaf in (*result.check.left.leaves(), *result.check.right.leaves())
        if isinstance(leaf, Count)
    ]
    assert len(counted) > 100
    assert [what for what in counted if re.search(r"claims/|tables/|project-targets", what)] == []


def test_there_is_one_word_for_one_thing(texts, disclosure):
    terms = [(row["term_en"], row["term_zh"]) for row in disclosure.reference["glossary"]]
    for term in (("own unit", "本级"), ("subordinate institution", "下属事业单位")):
        assert terms.count(term) == 1, term
    assert not strays(texts)


#: What else a thing that has one word was called, or is called elsewhere.
DRIFTED = re.compile(
    r'(?i)day-to-day (public )?funds|\bpublic funds\b(?![_"`])|\btreasury'
    r"|subsidies to (public )?inst"
    r"|\bfen\b|无从核对|无从检验|无法核对|personnel 工资福利|比重|增幅|增速|科目对应表|按印出精度"
    r"|not testable|下属单位(?!\|)"  # before a mark it is a word that texts are read by
)
#: Pages, chapters and data in which it is looked for; what is published keeps its words.
HELD = (
    *("book/*.md", "data/reference/*.csv", "data/editorial/findings.csv", "notebooks/*.ipynb"),
    *("src/budgetbook/practice/*.csv", "src/budgetbook/site/*.py", "src/budgetbook/analysis/*.py"),
)


def drifted(texts):
    """File → a word in it in whose place the glossary has another."""
    found = {}
    for name, text in texts.items():
        said_before = name == "book/corrections.md"  # it quotes what earlier texts said
        held = any(fnmatchcase(name, pattern) for pattern in HELD) and not said_before
        if held and (word := DRIFTED.search(text)):
            found[name] = word[0]
    return found


def test_pages_and_glossary_use_the_same_words(texts, disclosure):
    terms = {row["term_en"]: row["term_zh"] for row in disclosure.reference["glossary"]}
    assert terms["day-to-day operating expenses"] == "公用经费"
    assert (terms["share"], terms["growth rate"]) == ("占比", "增长率")
    assert (terms["bridge"], terms["crosswalk"]) == ("变动分解", "科目对照")
    assert not drifted(texts)


def test_a_finding_is_called_no_cause(texts):
    """Which failing checks stand together is the book's grouping; a cause is never shown."""
    one_cause = re.compile(r"(?i)\b(have|has|is|are|with) one cause|one cause (behind|of)|同一缘由")
    assert one_cause.search("We group failing checks that seem to have one cause.")
    for name, text in texts.items():
        ours = name.startswith(("book/", "data/reference/", "notebooks/"))
        assert not ours or "corrections" in name or not one_cause.search(text), name


def test_what_code_and_register_say_of_operating_expenses_and_shares_is_the_same(texts):
    places = ("data/editorial/*.csv", "src/budgetbook/*/*.csv", "src/budgetbook/site/*.py")
    said = [name for name in texts if any(fnmatchcase(name, place) for place in places)]
    assert len(said) > 30
    assert not [name for name in said if re.search("(?i)public funds|比重", texts[name])]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("book/method.md", "equal to the fen"),
        ("book/index.md", "3 cannot be tested 无从核对"),
        ("book/method.md", "Holds 按印出精度成立"),
        ("book/how-to-read.md", "Public funds 公用经费"),
        ("data/reference/glossary.csv", "a part of its whole,比重"),
    ],
)
def test_a_word_that_drifts_would_be_seen(texts, name, words):
    assert drifted(texts | {name: texts[name] + words}).keys() == {name}


PLANTED = {
    "src/budgetbook/model/units.py": "def is_bureau(unit): ...",
    "data/editorial/findings.csv": "the Bureau pays",
    "data/reference/glossary.csv": "下属单位或所属单位",
    "book/method.md": "the organ itself, and each subordinate\nunit",
    "tests/worlds.py": "subordinate_centres = 2",
    "notebooks/03-variance.ipynb": "an administrative unit of the department",
}


def test_another_word_would_be_seen(texts):
    known = {"LICENSE": "Medical care of administrative units 行政单位医疗、机关"}
    wrong = {name: texts[name] + words for name, words in PLANTED.items()}
    assert strays(texts | known | wrong).keys() == PLANTED.keys()
