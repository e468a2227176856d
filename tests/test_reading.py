"""How the import reads a text: what it repairs and records, and what it refuses.

All examples damage one place of the small disclosure in `small_disclosure.py`.
"""

import re
import shutil
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_disclosure import DEPARTMENT, TEXT, row, title

import budgetbook
from budgetbook import InputError
from budgetbook.reading.importing import import_text

#: The columns that say where something is printed, not what.
PLACES = {"line", "last_line", "listed_line", "same_as", "id"}

ACCOUNT_208 = row("208", "社会保障和就业支出", "200,000.75", "200,000.75", "") + "\n"
ACCOUNT_215 = row("215", "资源勘探工业信息等支出", "700,000.00", "400,000.00", "300,000.00") + "\n"
TOTAL = row("合计", "", "900,000.75", "600,000.75", "300,000.00") + "\n"
HEADINGS = row("科目编码", "科目名称", "总计", "基本支出", "项目支出") + "\n"
BUDGET = row("当年预算", "200,000.00", "", "区级支出（元）", "200,000.00", "", "") + "\n"
INDICATOR = row("", "清理河道", "60", "公里", "≥", "12", "是") + "\n"
INCOME = "2031年收入为900,000.75元，较2030年增加100,000.75元，主要原因是人员的增加。"


def damaged(old, new):
    """The small disclosure with one place replaced; `old` has to be in it exactly once."""
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def line_of(snippet):
    """The line, from 1, in which a snippet of the undamaged text begins."""
    return TEXT[: TEXT.index(snippet)].count("\n") + 1


def values(disclosure):
    """All published values, without the lines they are printed in and without the repairs."""
    resources = disclosure.tables | {"tables": disclosure.listing, "claims": disclosure.claims}
    resources |= {name: disclosure.reference[name] for name in ("regulations", "sections")}
    return {
        name: [{k: v for k, v in entry.items() if k not in PLACES} for entry in rows]
        for name, rows in resources.items()
    }


def repairs(disclosure):
    """The kind and the line of each repair."""
    return [(entry["kind"], entry["line"]) for entry in disclosure.reference["repairs"]]


def files_of(folder):
    """The content of every file in a folder, by its path."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def folder(data, tmp_path_factory):
    """A folder with the files kept by hand in data/ and, beside it, room for a text."""
    place = tmp_path_factory.mktemp("reading")
    for kind in ("reference", "editorial"):
        shutil.copytree(data / kind, place / "data" / kind)
    return place


@pytest.fixture(scope="module")
def read(folder):
    """A function that imports a text, given as `str` or `bytes`, and loads the result."""

    def read(text):
        path = folder / "small.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        import_text(path, folder / "data")
        return budgetbook.load(folder / "data")

    return read


@pytest.fixture(scope="module")
def clean(read):
    """The small disclosure, undamaged."""
    return read(TEXT)


# The undamaged text


def test_an_undamaged_text_needs_no_repair(clean):
    assert repairs(clean) == []


def test_the_disclosure_knows_its_year_and_its_office(clean):
    assert clean.year == 2031
    assert clean.document["office"] == DEPARTMENT
    assert clean.document["lines"] == TEXT.count("\n")


def test_amounts_are_read_with_their_line(clean):
    account = clean.row("spending-summary", "215")
    assert account["project"] == Decimal("300000.00")
    assert account["line"] == line_of(ACCOUNT_215)


def test_a_printed_zero_is_a_zero_and_a_blank_is_none(clean):
    zero, blank = clean.tables["budget-summary"][2:]
    assert (zero["income"], blank["income"]) == (Decimal("0.00"), None)
    assert clean.tables["three-public"][0]["reception"] == 0
    assert clean.tables["three-public"][0]["abroad"] is None


def test_a_table_is_printed_or_printed_empty_or_absent(clean):
    states = {entry["table"]: entry["state"] for entry in clean.listing}
    assert states["spending-summary"] == "printed"
    assert states["fund-spending"] == "printed empty"
    assert states["income-summary"] == "absent"


def test_projects_and_indicators(clean):
    assert [(p.name, p.budget) for p in clean.projects] == [
        ("河道疏浚", 200_000),
        ("水文观测", 100_000),
    ]
    assert [(i.name, i.target, i.value) for i in clean.indicators if i.form == 1] == [
        ("疏浚河段", "4", Decimal(4)),
        ("居民满意度", "90.5", Decimal("90.5")),
    ]


def test_a_sentence_becomes_claims(clean):
    facts = ("kind", "subject", "year", "value", "unit", "direction", "reasons")
    line = line_of("（一）收入预算")
    assert [tuple(c[f] for f in facts) for c in clean.claims if c["line"] == line] == [
        ("year", "budget-year", None, Decimal(2031), "年", None, None),
        ("amount", "income", 2031, Decimal("900000.75"), "元", None, None),
        ("year", "prior-year", None, Decimal(2030), "年", None, None),
        ("change", "income", 2031, Decimal("100000.75"), "元", "increase", "more-staff"),
    ]


def test_regulations_keep_their_title_and_number(clean):
    assert [(r["form"], r["title"], r["number"]) for r in clean.reference["regulations"]] == [
        (1, "《云岭区河道管理办法》", "云水发〔2029〕3号"),
        (1, "《水法》", None),
    ]


# Damage that the import repairs: the values are those of the undamaged text


def repaired(name, old, new, kind, below=0):
    """One example of damage; the repair is recorded `below` lines under the place."""
    return pytest.param(old, new, [(kind, line_of(old) + below)], id=name)


REPAIRED = [
    repaired("cells missing at the end", ACCOUNT_208, ACCOUNT_208.rstrip() + "\n", "ragged-row"),
    repaired("too many blanks", ACCOUNT_208, ACCOUNT_208.rstrip() + "\t\t\t\n", "ragged-row"),
    repaired(
        "cells missing in a row of labels",
        BUDGET,
        row("当年预算", "200,000.00", "区级支出（元）", "200,000.00") + "\n",
        "ragged-row",
    ),
    repaired("leading blank", ACCOUNT_215, "\t" + ACCOUNT_215, "shifted-row"),
    repaired("no blank after 合计", TOTAL, TOTAL.replace("\t\t", "\t"), "shifted-row"),
    repaired("indicator shifted left", INDICATOR, INDICATOR.strip() + "\t\n", "shifted-row"),
    repaired("indicator shifted right", INDICATOR, "\t" + INDICATOR, "shifted-row"),
    repaired(
        "merged headings",
        HEADINGS,
        HEADINGS.replace("编码\t科目名称", "编码科目名称\t"),
        "merged-header",
    ),
    repaired(
        "merged headings without the blank",
        HEADINGS,
        HEADINGS.replace("编码\t科目名称", "编码科目名称"),
        "merged-header",
    ),
    repaired("missing heading", HEADINGS, HEADINGS.replace("总计", ""), "missing-header"),
    repaired("blank line inside a table", ACCOUNT_208, ACCOUNT_208 + "\n", "blank-line", 1),
    repaired("blank line with tabs in a form", BUDGET, BUDGET + "\t\t\t\n", "blank-line", 1),
    repaired(
        "full-width amount",
        ACCOUNT_208,
        ACCOUNT_208.replace("200,000.75", "２００，０００．７５", 1),
        "full-width-mark",
    ),
    repaired(
        "full-width code", ACCOUNT_208, ACCOUNT_208.replace("208", "２０８"), "full-width-mark"
    ),
    repaired("full-width percentage", "\t33%\n", "\t３３％\n", "full-width-mark"),
    repaired(
        "full-width amount in a form",
        BUDGET,
        BUDGET.replace("200,000.00", "２００，０００．００", 1),
        "full-width-mark",
    ),
    repaired("full-width weight", INDICATOR, INDICATOR.replace("60", "６０"), "full-width-mark"),
    repaired("full-width target", INDICATOR, INDICATOR.replace("12", "１２"), "full-width-mark"),
    repaired(
        "full-width figure", "为900,000.75元，较", "为９００，０００．７５元，较", "full-width-mark"
    ),
    repaired(
        "full-width comma in a figure",
        "为900,000.75元，较",
        "为900，000.75元，较",
        "full-width-mark",
    ),
    repaired(
        "full-width year", "元，较2030年增加100", "元，较２０３０年增加100", "full-width-mark"
    ),
    repaired("full-width percent sign", "占22.2%", "占22.2％", "full-width-mark"),
    repaired(
        "blank in an amount",
        ACCOUNT_208,
        ACCOUNT_208.replace("200,000.75", "200, 000.75", 1),
        "blank-in-number",
    ),
    repaired("blank in a figure", "为900,000.75元，较", "为900, 000.75元，较", "blank-in-number"),
    repaired("paragraph broken", "，主要原因是人员", "，主要\n原因是人员", "joined-paragraph", 1),
    repaired(
        "paragraph broken by a blank line",
        "，主要原因是人员",
        "，主要\n\n原因是人员",
        "joined-paragraph",
        2,
    ),
    repaired(
        "paragraph broken inside a figure",
        "加100,000.75元",
        "加100,0\n00.75元",
        "joined-paragraph",
        1,
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), REPAIRED)
def test_damage_is_repaired_and_recorded(read, clean, old, new, expected):
    found = read(damaged(old, new))
    assert values(found) == values(clean)
    assert repairs(found) == expected


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(TEXT.replace("\n", "\r\n").encode(), "line-ends", id="CRLF"),
        pytest.param(TEXT.encode("utf-8-sig"), "byte-order-mark", id="BOM"),
    ],
)
def test_another_way_of_saving_the_text_is_recorded(read, clean, content, kind):
    found = read(content)
    assert values(found) == values(clean)
    assert repairs(found) == [(kind, 1)]


def test_half_width_brackets_in_a_title_are_recorded(read):
    wide = "（政府预算支出经济分类科目）\n\n部门"
    found = read(damaged(wide, wide.replace("（", "(").replace("）", ")")))
    (entry,) = [entry for entry in found.listing if entry["table"] == "basic-by-government"]
    assert entry["title"].endswith("(政府预算支出经济分类科目)")
    assert found.amount("basic-by-government", "501", "basic") == Decimal("600000.75")
    assert repairs(found) == [("mark-width", line_of(wide) - 2)]


def test_a_division_error_is_kept_as_printed(read):
    found = read(damaged("\t8%\n", "\t#DIV/0!\n"))
    assert found.row("spending-by-function", "215")["growth"] == "#DIV/0!"
    assert found.amount("spending-by-function", "215", "total") == 700_000
    assert repairs(found) == [("spreadsheet-error", line_of("\t8%\n"))]


def test_a_full_width_relation_is_read(read):
    found = read(damaged(INDICATOR, INDICATOR.replace("≥", "＝")))
    assert found.indicators[0].relation == "="
    assert repairs(found) == [("full-width-mark", line_of(INDICATOR))]


def test_a_minus_sign_is_kept(read):
    found = read(damaged("增长33.3%", "增长-33.3%"))
    (growth,) = [claim for claim in found.claims if claim["kind"] == "growth"]
    assert (growth["value"], growth["direction"]) == (Decimal("-33.3"), "increase")


# Input that cannot be placed: the error names file and line, and nothing is written


def refused(name, old, new, expected, below=0):
    """One example; the error names the line `below` the place and says what was expected."""
    return pytest.param(damaged(old, new), line_of(old) + below, expected, id=name)


CONTENTS_14 = row("14", "表十四", title(14)) + "\n"
TITLE_14 = title(14) + "\n\n部门全称"
UNKNOWN_ACCOUNT = "教育支出（类）普通教育（款）小学教育（项）2031年预算数为5元。"

REFUSED = [
    refused("unknown heading", HEADINGS, HEADINGS.replace("总计", "总额"), "科目名称, 总计"),
    refused("no heading", HEADINGS, "", "the headings 科目编码, 科目名称, 总计"),
    refused(
        "headings in another order",
        HEADINGS,
        row("科目编码", "科目名称", "总计", "项目支出", "基本支出") + "\n",
        "总计 | 基本支出 | 项目支出",
    ),
    refused(
        "years in another order",
        "2031年预算数\t\t\t\t\t\t2030年预算数",
        "2030年预算数\t\t\t\t\t\t2031年预算数",
        "the order 合计",
    ),
    refused(
        "no amount", ACCOUNT_215, ACCOUNT_215.replace("400,000.00", "约40万"), "基本支出 (amount)"
    ),
    refused("separators astray", ACCOUNT_215, ACCOUNT_215.replace("400,0", "400,"), "(amount)"),
    refused("other digits", ACCOUNT_215, ACCOUNT_215.replace("400,000", "٤٠٠,٠٠٠"), "(amount)"),
    refused("no amount in a form", BUDGET, BUDGET.replace("200,000.00", "二十万", 1), "an amount"),
    refused(
        "no amount in a sentence", "加100,000.75元", "加100,00.75元", "a comma before every three"
    ),
    refused(
        "unknown title",
        TITLE_14,
        TITLE_14.replace("采购", "债务"),
        "a title of the document's list",
    ),
    refused(
        "unknown title in the list", CONTENTS_14, CONTENTS_14.replace("采购", "债务"), "known title"
    ),
    refused("a table twice in the list", CONTENTS_14, CONTENTS_14 * 2, "each table once", 1),
    refused("a line under the list", CONTENTS_14, CONTENTS_14 + "\n附注\n", "known title", 2),
    refused(
        "a table of unknown layout",
        TITLE_14,
        f"{title(2)}\n\n单位：元\n\n项目\t预算数\n\n{TITLE_14}",
        "a table whose layout is known",
        4,
    ),
    refused("a title without a table", TITLE_14, f"{title(2)}\n\n{TITLE_14}", "headings and rows"),
    refused("another unit", HEADINGS, "单位：千元\n" + HEADINGS, "the unit 元 or 万元"),
    refused("another unit in brackets", HEADINGS, "（单位：万元）\n" + HEADINGS, "the headings"),
    refused("indicator without relation", INDICATOR, INDICATOR.replace("≥", ""), "≥ or ≤ or ="),
    refused("a label is missing", BUDGET, "", "the label 当年预算 before it", 4),
    refused("a label twice", BUDGET, BUDGET * 2, "补助镇街", 1),
    refused("a figure without a subject", "本局内设3个科室", "河长有3名", "a word of subjects.csv"),
    refused("an account of no table", INCOME, UNKNOWN_ACCOUNT, "an account of one code in a table"),
    refused(
        "a code that is not listed",
        ACCOUNT_208,
        ACCOUNT_208.replace("208", "209"),
        "functional-classification.csv",
    ),
    refused("a section out of order", "三、分项说明", "七、分项说明", "the section 三"),
    refused("a control character", "分项说明", "分项\x00说明", "printed characters"),
]


@pytest.mark.parametrize(("text", "line", "expected"), REFUSED)
def test_what_cannot_be_placed_is_refused(read, folder, text, line, expected):
    before = files_of(folder / "data")
    with pytest.raises(InputError) as error:
        read(text)
    assert str(error.value).startswith(f"small.txt:{line}: found ")
    assert expected in str(error.value).partition("; expected ")[2]
    assert files_of(folder / "data") == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            TEXT.encode("gb18030"), "small.txt:2: found bytes that are not UTF-8", id="GBK"
        ),
        pytest.param(
            TEXT.encode() + b"\xff", f"small.txt:{TEXT.count(chr(10)) + 1}: ", id="one byte"
        ),
        pytest.param(
            b"",
            "small.txt:1: found no title of a table; expected titles of one of the forms",
            id="empty",
        ),
        pytest.param(
            damaged("公开表（目录）", "公开表").encode(),
            f"small.txt:{TEXT.count(chr(10))}: found no list of tables",
            id="no list",
        ),
    ],
)
def test_a_file_that_is_no_disclosure_is_refused(read, folder, content, message):
    before = files_of(folder / "data")
    with pytest.raises(InputError, match=re.escape(message)):
        read(content)
    assert files_of(folder / "data") == before


def test_a_text_that_is_not_there_is_refused(folder):
    with pytest.raises(InputError, match=r"nowhere\.txt: cannot be read"):
        import_text(folder / "nowhere.txt", folder / "data")


def test_an_account_name_of_two_codes_is_refused_where_a_sentence_uses_it(read):
    """The name alone would not tell which of the two accounts the sentence speaks of."""
    text = damaged(ACCOUNT_208, ACCOUNT_208 + ACCOUNT_208.replace("208", "210"))
    path = "某某（类）某某（款）社会保障和就业支出（项）2031年预算数为5元。"
    with pytest.raises(InputError, match="an account of one code in a table"):
        read(text.replace(INCOME, path))


# Properties


LINES = TEXT.splitlines()
PLACE = st.integers(0, len(LINES) - 1)
#: Digits and marks of several kinds, white space, control characters, words of the layout.
PIECES = [
    *"0123456789０５９²½①٣,，.．。;；:：%％（）()《》-－+− ",
    *"一二十、年元万个表≥＝是否定性",
    *("\t", "\r", "\x00", "\x0c", "\x85", "\u2028", "\u3000"),
    *("合计", "目录", "2031年", "其中", "#DIV/0!", "单位：", "备注："),
]


@st.composite
def harmless(draw):
    """The small disclosure with blank lines and trailing tabs added."""
    lines = list(LINES)
    for place in draw(st.lists(PLACE, max_size=8)):
        lines[place] += draw(st.sampled_from(["\t", "\t\t", "\n", "\t\n\n", "\n\t\t\n"]))
    return "\n".join(lines) + "\n"


@st.composite
def harmful(draw):
    """The small disclosure with lines, cells and characters dropped, repeated or replaced."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(PLACE) % len(lines)
        other = draw(PLACE) % len(lines)
        cells, cell = lines[place].split("\t"), draw(st.integers(0, 11))
        cell %= len(cells)
        text = lines[place]
        at = draw(st.integers(0, 80)) % (len(text) + 1)
        piece = draw(st.sampled_from(PIECES))
        another = draw(st.sampled_from(lines[other].split("\t")))
        lines[place : place + 1] = draw(
            st.sampled_from(
                [
                    [],
                    [text, text],
                    [lines[other], text],
                    [text[:at], text[at:]],
                    ["\t".join(cells[:cell] + cells[cell + 1 :])],
                    ["\t".join([*cells[:cell], "", *cells[cell:]])],
                    ["\t".join([*cells[:cell], cells[cell], *cells[cell:]])],
                    ["\t".join([*cells[:cell], another, *cells[cell + 1 :]])],
                    [text[:at] + text[at + 1 :]],
                    [text[:at] + piece + text[at:]],
                    [text[:at] + piece + text[at + 1 :]],
                ]
            )
        )
    return "\n".join(lines) + "\n"


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(text=harmless())
def test_blank_lines_and_trailing_tabs_change_no_value(read, clean, text):
    assert values(read(text)) == values(clean)


@pytest.mark.long
@settings(max_examples=250, deadline=None)
@given(text=harmful())
def test_any_damage_is_read_or_refused_with_its_line(read, text):
    """Whatever the damage, the result is a package that loads or an error that says where."""
    message = ""
    try:
        found = read(text)
    except InputError as error:
        message = str(error)
    if message:
        place = re.match(r"small\.txt:(\d+): found .*; expected ", message)
        assert place, message
        assert 1 <= int(place[1]) <= text.count("\n") + 1
        assert len(message.splitlines()) == 1
    else:
        assert list(found.published())
        assert all(project.form for project in found.projects)
        assert all(indicator.weight >= 0 for indicator in found.indicators)


AMOUNTS = st.decimals(-(10**12), 10**12, places=2)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(
    amounts=st.lists(st.tuples(*[st.none() | AMOUNTS] * 3), min_size=1, max_size=8),
    pattern=st.sampled_from(["{:,.2f}", "{:.2f}"]),
)
def test_a_table_of_any_amounts_is_read_back_exactly(read, amounts, pattern):
    printed = [
        ["" if amount is None else pattern.format(amount) for amount in three] for three in amounts
    ]
    rows = "".join(row("208", "社会保障和就业支出", *three) + "\n" for three in printed)
    found = read(damaged(ACCOUNT_208, rows)).tables["spending-summary"][1:-1]
    assert [(entry["total"], entry["basic"], entry["project"]) for entry in found] == amounts


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(amount=st.decimals(0, 10**12, places=2))
def test_any_figure_of_a_sentence_is_read_back_exactly(read, amount):
    found = read(damaged("为900,000.75元，较", f"为{amount:,.2f}元，较"))
    (income,) = [c for c in found.claims if c["kind"] == "amount" and c["subject"] == "income"]
    assert income["value"] == amount
    assert income["decimals"] == 2
