"""How the import reads a text: what it repairs and records, and what it refuses.

All examples damage one place of the small disclosure in `small_disclosure.py`.
"""

import re
import shutil
import unicodedata
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_disclosure import DEPARTMENT, TEXT, row, title

import budgetbook
from budgetbook import InputError, reading
from budgetbook.checks import run
from budgetbook.forms import families
from budgetbook.reading.importing import import_text, vocabulary
from budgetbook.reading.page import open_page

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
def glance(folder):
    """A function that reads a text as `read` does, and keeps what its sentences say in memory."""
    words, path = vocabulary(folder / "data"), folder / "glance.txt"

    def glance(text):
        path.write_text(text, encoding="utf-8", newline="\n")
        found = reading.read(open_page(path), words, families()).resources
        types = {"year": int, "value": Decimal}
        claims = [
            {name: types.get(name, str)(value) if value else None for name, value in claim.items()}
            | {"line": claim["line"]}
            for claim in found["claims"]
        ]
        return SimpleNamespace(claims=claims, reference={"unread": found["unread"]})

    return glance


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


#: What a repair leaves to repair in the same lines.
ALSO = {"wrapped-cell": ("ragged-row", "shifted-row")}
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
    repaired(
        "name wrapped before the figures",
        ACCOUNT_208,
        ACCOUNT_208.replace("保障和", "保障和\n", 1),
        "wrapped-cell",
        1,
    ),
    repaired(
        "name wrapped with blank cells",
        ACCOUNT_208,
        ACCOUNT_208.replace("保障和", "保障和\t\t\t\n\t", 1),
        "wrapped-cell",
        1,
    ),
    repaired(
        "name wrapped behind the figures",
        ACCOUNT_208,
        ACCOUNT_208.replace("就业支出", "", 1) + "\t就业支出\t\t\t\n",
        "wrapped-cell",
        1,
    ),
    repaired(
        "number of a page inside a table", ACCOUNT_208, ACCOUNT_208 + "— 12 —\n", "page-number", 1
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
    assert [r for r in repairs(found) if r[0] not in ALSO.get(expected[0][0], ())] == expected


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("（一）主要工作", "٣", "full-width-mark"),
        ("。\t\t\t\t\t\n立项依据\t1", "٣里。\t\t\t\t\t\n立项依据\t1", "full-width-mark"),
        ("设3个科室，下属事业单位2个", "设３个科室、３个站，下属事业单位2个", "full-width-mark"),
        ("涉及项目2个", "办事 2, 0个，办结2, 0个", "blank-in-number"),
        ("管好全区的", "管好 and 修好 and 看好全区的", "stray-word"),
    ],
)
def test_a_repair_that_is_found_twice_is_recorded_once(read, old, new, kind):
    assert repairs(read(damaged(old, new))) == [(kind, line_of(old))]


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
    refused("no title", "2031 年部门预算说明", "部门预算", "a line such as 2031年部门预算说明", -3),
    refused("no office", DEPARTMENT + "\n\n2031 ", "2031 ", "a line that names it", -1),
    refused("a radical that is no word", "本局内设", "本局内⺮⺾设", "the ideograph that it is"),
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
            b"2031",
            "small.txt:1: found no title of a table; expected titles of one of the forms",
            id="no table",
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


# Figures in prose: whose they are, or that they are unread

#: Where the sentences below stand in the small disclosure.
UNITS = "本局内设3个科室，下属事业单位2个。"
PATH = "某某（类）某某（款）社会保障和就业支出（项）"


def told(disclosure, sentence_line):
    """The claims of a line but its years, and the printed figures that are unread there."""
    claims = [
        (c["subject"], c["kind"], c["year"], c["value"] and str(c["value"]), c["within"])
        for c in disclosure.claims
        if c["line"] == sentence_line and c["kind"] != "year"
    ]
    unread = disclosure.reference["unread"]
    return claims, [row["printed"] for row in unread if row["line"] == sentence_line]


def amount(subject, value, within=None, year=2031):
    """A claim of an amount, as `told` tells it."""
    return subject, "amount", year, value, within


def change(subject, value, within=None, year=2031):
    """A claim of a change, as `told` tells it."""
    return subject, "change", year, value, within


THREE_OF_2030 = [amount("reception", "3", year=2030), amount("project", "4", year=2030)]
INCOME_AND_SERVICE = [amount("income", "9"), amount("income-public-service", "4", "income")]
BASIC = [
    *(amount("basic", "9"), amount("personnel", "4", "basic")),
    amount("public-funds", "5", "basic"),
]
BASIC_AND_PROJECT = [
    *(amount("basic", "6"), amount("personnel", "6", "basic"), amount("project", "3")),
]
OFFICE = [
    ("internal-divisions", "count", 2031, "3", None),
    ("institutions", "count", 2031, "2", None),
]
VEHICLES = [("vehicles", "count", 2031, "2", None)]
OWNED_AND_BOUGHT = [
    *(*VEHICLES, ("vehicles-other", "count", 2031, "2", "vehicles")),
    ("vehicles-bought", "count", 2031, "1", None),
]
EQUIPMENT = [
    ("equipment-large", "threshold", 2031, "50", None),
    ("equipment-large", "count", 2031, "4", None),
]
SINCE_2029 = [
    *(amount("income", "9"), change("income", "1"), change("income", "2")),
    ("income", "growth", 2031, "3", None),
]
STAFF_AND_OFFICE = [amount("personnel", "4"), amount("public-funds", "5")]
BOTH = [amount("income", "9"), amount("expenditure", "8")]
SOURCE = "一般公共预算财政拨款"
SOURCE_AND_TOTAL = [amount("income-general-public", "9"), amount("expenditure", "7")]
USED = [amount("basic", "9"), amount("expenditure", "8")]
SENTENCES_OF_BASES = (
    "收入9元，较2029年增加1元，增长1%，较上年增加2元，同比增长3%，较2028年，支出增加4元。"
)
PARTS = "其中：上级补助收入60元，利息收入5元"
SENTENCES = [
    ("本局内设3个科室、派出机构2个。", [("internal-divisions", "count", 2031, "3", None)], ["2个"]),
    ("下属事业单位共有人员12名。", [], ["12名"]),
    ("下属单位共有车辆2辆。", [], ["2辆"]),
    ("共有车辆2辆。", [("vehicles", "count", 2031, "2", None)], []),
    ("较上年减少2个科室。", [], ["2个"]),
    ("内设机构负责人5名，3个科室主任。", [], ["5名", "3个"]),
    (f"收入900元，{PARTS}。", [amount("income", "900")], ["60元", "5元"]),
    ("教育支出700元，本级支出300元。", [], ["700元", "300元"]),
    ("收入：900元。", [amount("income", "900")], []),
    ("收入9亿元。", [], ["9"]),
    ("收入100,00.75元。", [], ["100,00.75元"]),
    ("收入900元，占100%。", [amount("income", "900"), ("income", "share", 2031, "100", None)], []),
    ("培训费9元，较上年增加1元，增长12%。", [], ["9元", "1元", "12%"]),
    ("培训费9元，其中：公务接待费1元。", [], ["9元", "1元"]),
    ("收入900元，其中：收入60元。", [amount("income", "900")], ["60元"]),
    ("支出900元，其中：一般公共预算拨款9元。", [amount("expenditure", "900")], ["9元"]),
    ("收入900元。较上年增加1元。", [amount("income", "900")], ["1元"]),
    ("收入9元，比上年执行数增加1元。", [amount("income", "9")], ["1元"]),
    ("收入9元，与2030年持平。", [amount("income", "9"), change("income", None)], []),
    ("收入9元，2030年收入8元。项目支出3元。", None, ["3元"]),
    ("2031年收入9元，其中2030年结转5元，事业收入4元。", [amount("income", "9")], ["5元", "4元"]),
    ("收入9元，较2030年增加1元，由于2029年项目支出5元。", None, ["5元", "由于"]),
    ("根据2029年印发的办法，收入9元。", [amount("income", "9")], []),
    ("自2029年起，收入9元。", [amount("income", "9")], []),
    ("按《2029年预算管理办法》，收入9元。", [amount("income", "9")], []),
    ("2030年项目支出3元。", [amount("project", "3", year=2030)], []),
    ("按2029年的标准，收入9元。", [amount("income", "9")], []),
    ("收入9元（2029年预计），项目支出3元。", [amount("income", "9"), amount("project", "3")], []),
    ("收入9元，沿用2029年口径，项目支出3元。", [amount("income", "9")], ["3元"]),
    ("截至2030年底，公务接待费3元。", [amount("reception", "3", year=2030)], []),
    (
        "收入9元，其中：事业收入4元；支出9元，其中：基本支出6元。",
        [
            *(amount("income", "9"), amount("income-public-service", "4", "income")),
            *(amount("expenditure", "9"), amount("basic", "6", "expenditure")),
        ],
        [],
    ),
    (f"{PATH}2031年预算数为5元。", [("function", "amount", 2031, "5", None)], []),
    # the year of a sentence: its own, that of all sentences before, or none that is known
    ("截至上年末，公务接待费3元。项目支出4元。", THREE_OF_2030, []),
    ("截止到去年底，公务接待费3元。项目支出4元。", THREE_OF_2030, []),
    ("截至2030年末，公务接待费3元。项目支出4元。", THREE_OF_2030, []),
    ("截至6月底，公务接待费3元。项目支出4元。", [], ["6月", "3元", "4元"]),
    ("截至2030年末共有科室，内设科室3个；购置车辆1辆，公务接待费3元。", None, ["1辆", "3元"]),
    ("根据2030年度决算，公务接待费3元。", [], ["3元"]),
    ("截至目前，公务接待费3元。", [], ["3元"]),
    ("下年，公务接待费3元。", [], ["3元"]),
    ("二〇三〇年，公务接待费3元。", THREE_OF_2030[:1], []),
    ("“十四五”期间，公务接待费3元。", [], ["3元"]),
    ("本局上年内设5个科室。", [], ["5个"]),
    ("公务接待费不高于2030年，项目支出3元。", [], ["3元"]),
    ("收入9元，其中：上年结转2元、事业收入4元。", INCOME_AND_SERVICE, ["2元"]),
    ("2030年和2031年收入9元。项目支出3元。", [], ["9元", "3元"]),
    ("2030年执行数8元，2031年收入9元。项目支出3元。", [amount("income", "9")], ["8元", "3元"]),
    ("2030年收入8元。2031年支出9元。项目支出3元。", None, ["3元"]),
    ("上年支出8元，本年收入9元，增加1元。", [], ["8元", "9元", "1元"]),
    ("收入9元。其中：2030年结转2元，事业收入4元。", [amount("income", "9")], ["2元", "4元"]),
    # the whole of a part
    ("基本支出9元，其中：人员经费4元，其中离休1元；公用经费5元。", BASIC, ["1元"]),
    (
        "基本支出9元，其中：人员经费4元、其中：离休1元、退休2元；公用经费5元。",
        BASIC,
        ["1元", "2元"],
    ),
    ("人员经费4元，其中：离休1元、退休2元；公用经费5元。", STAFF_AND_OFFICE, ["1元", "2元"]),
    ("基本支出9元，其中：人员经费4元，其中离休1元，公用经费5元。", BASIC[:2], ["1元", "5元"]),
    ("基本支出6元，其中：人员经费6元；项目支出3元。", BASIC_AND_PROJECT, []),
    ("基本支出6元，其中：人员经费6元，项目支出3元。", BASIC_AND_PROJECT[:2], ["3元"]),
    ("基本支出6元，其中人员经费6元，公务接待费3元。", BASIC_AND_PROJECT[:2], ["3元"]),
    ("收入9元，下属单位2个，其中：事业收入4元。", None, ["4元"]),
    (
        "收入9元，其中：事业收入4元；公务接待费1元。",
        [*INCOME_AND_SERVICE, amount("reception", "1")],
        [],
    ),
    ("收入9元，其中事业收入4元；其中其他收入1元。", INCOME_AND_SERVICE, ["1元"]),
    ("收入9元，较上年增加3元，其中：事业收入2元。", None, ["2元"]),
    ("支出9元，项目（公务接待费1元）。", [amount("expenditure", "9")], ["1元"]),
    ("收入9元（其中事业收入4元），较上年增加1元。", INCOME_AND_SERVICE, ["1元"]),
    # figures in words, and statements without a figure
    ("公务接待费三百元，较上年增加1元。", [], ["三百元", "1元"]),
    ("新购两辆公务用车，花费叁仟元。", [], ["两辆", "叁仟元"]),
    ("下属事业单位一个。", [], ["一个"]),
    ("公务接待费3元，会议费与上年持平。", [amount("reception", "3")], ["持平"]),
    ("公务接待费3元，同比持平。", [amount("reception", "3"), change("reception", None)], []),
    ("公务接待费为零，因公出国（境）费用未安排。", [], ["为零", "未安排"]),
    ("公务接待费3元，增长一倍，多百分之五十。", [amount("reception", "3")], ["一倍", "百分之五十"]),
    ("公务接待费3元，会议费与上年一致。", [amount("reception", "3")], ["一致"]),
    ("公务接待费3元，未与上年持平。", [amount("reception", "3")], ["持平"]),
    ("会议费3元，与上年持平。", [], ["3元", "持平"]),
    ("公务接待费3元，与2031年持平。", [amount("reception", "3")], ["持平"]),
    ("与规划保持一致，做好第一个、每一个窗口的统一个案。", [], []),
    ("逐一点名（单位：万元），惠及千家万户。", [], []),
    # a threshold and its count, a figure about
    ("单位价值50万元以上通用设备4台（套）。", [], ["50万元", "4台（套）"]),
    ("单位价值50万元以上设备（不含车辆）4台（套）。", EQUIPMENT, []),
    ("购置单价50万元以上设备（不含车辆）4台（套）。", [], ["50万元", "4台（套）"]),
    ("收入9元以上。", [], ["9元"]),
    ("收入9元左右。", [], ["9元"]),
    ("收入9元至10元。", [], ["9元", "10元"]),
    ("项目支出9元，其中：本级4元、下属单位5元。", [amount("project", "9")], ["4元", "5元"]),
    # what is another's, or not yet there
    ("撤销内设机构1个。", [], ["1个"]),
    ("新增内设机构1个。", [], ["1个"]),
    ("本局及某企业共有车辆5辆。", [], ["5辆"]),
    ("走访3个下属单位。", [], ["3个"]),
    ("机构改革涉及5个科室。", [], ["5个"]),
    ("全区公务接待费3元。", [], ["3元"]),
    ("各镇街共有车辆2辆，区级机关运行经费财政拨款预算3元。", [], ["2辆", "3元"]),
    ("各学校政府采购预算总额3元，甲局内设3个科室，婴儿死亡率5%。", [], ["3元", "3个", "5%"]),
    ("水务局内设3个科室，下属单位2个。", OFFICE, []),
    ("局机关共有车辆2辆，甲站共有车辆1辆。", [], ["2辆", "1辆"]),
    ("下属单位2个，内设科室6个，共有车辆2辆；内设3个科室。", OFFICE[::-1], ["6个", "2辆"]),
    ("购置车辆1辆，单位价值9万元。", OWNED_AND_BOUGHT[2:], ["9万元"]),
    ("云岭区水务局及各单位共有车辆2辆。", VEHICLES, []),
    ("本局下设3个科室和2个下属单位。", OFFICE, []),
    # figures that look like marks or parts of an amount
    ("（1）收入9元；（2）支出（9）元。", [amount("income", "9")], ["9"]),
    ("收入9元5角，支出8元零三角。", [], ["9元", "5", "8元"]),
    # what belongs to several together, or to a unit that is named before
    ("会议费、公务接待费共计9元。", [], ["9元"]),
    ("收入9元，其中：会议费、公务接待费3元。", [amount("income", "9")], ["3元"]),
    ("甲中心2031年收入9元，支出8元。", [], ["9元", "8元"]),
    ("甲中心：收入9元，公务接待费3元。项目支出4元。", [], ["9元", "3元", "4元"]),
    ("下属单位：2个。", OFFICE[1:], []),
    ("本局2031年，收入9元，支出8元。", [amount("income", "9"), amount("expenditure", "8")], []),
    (f"{SOURCE}收入9元，支出8元；支出9元；总支出7元。", SOURCE_AND_TOTAL, ["8元", "9元"]),
    (f"{SOURCE}收入9元。支出8元。本局支出7元。", SOURCE_AND_TOTAL, ["8元"]),
    # what a heading names may own the totals under it, and what it does not know all the more
    (f"{SOURCE}：收入9元；支出8元，公务接待费3元。", [amount("reception", "3")], ["9元", "8元"]),
    ("政府性基金预算情况。2031年收入9元，项目支出3元。", [], ["9元", "3元"]),
    ("下属单位情况：收入9元，公务接待费3元。", [], ["9元", "3元"]),
    ("社会保障和就业支出：项目支出3元。", [], ["3元"]),
    ("（一）收入预算情况：2031年收入9元；支出8元。", BOTH, []),
    # a part of a year, a year of what was spent, and that of an event
    ("2031年上半年，收入9元。", [], ["9元"]),
    ("2031年一季度，项目支出3元。", [], ["3元"]),
    ("2031年6月，项目支出3元。", [], ["6月", "3元"]),
    ("收入9元，较2030年增加1元，主要是2030年下半年进人。项目支出3元。", None, []),
    ("2030年决算数：收入9元，支出8元。", [], ["9元", "8元"]),
    ("2030年预算执行率98.5%，收入9元。", [], ["98.5%", "9元"]),
    ("我局成立于2029年，内设科室3个。", OFFICE[:1], []),
    ("2029年组建，内设科室3个。", OFFICE[:1], []),
    # nothing, and shares, in other words
    ("2031年没有使用政府性基金预算拨款安排的支出。", [], ["没有"]),
    ("本局无政府性基金预算拨款安排的支出。", [], ["无"]),
    ("公务接待费三分之一，会议费两成，百余名，一成不变。", [], ["三分之一", "两成", "百余名"]),
    # what does not depend on an unread figure is read
    ("基本支出9元，比平均高3.1个百分点，其中：人员经费4元，公用经费5元。", BASIC, ["3.1个"]),
    ("基本支出9元，较年中减少3元。其中：人员经费4元，公用经费5元。", BASIC, ["3元"]),
    ("基本支出9元，较年中减少3元，其中：人员经费4元。", BASIC[:1], ["3元", "4元"]),
    ("3个项目支出2元。", [], ["3个", "2元"]),
    ("共有车辆2辆，报废3辆，其中，其他用车1辆。", VEHICLES, ["3辆", "1辆"]),
    # the year that a change is compared with: its own, or the only one that the text compares with
    ("收入9元，较2029年增加1元，较上年增加2元，同比增长3%。", SINCE_2029, []),
    ("与2029年相比，收入增加1元。", [], ["1元"]),
    ("收入较2029年增加1元，其中：事业收入增加2元。", SINCE_2029[1:2], ["2元"]),
    ("较2029年，收入9元，增加1元，增长3%。", SINCE_2029[:1], ["1元", "3%"]),
    # a share is one of an amount, and money is neither counted nor a rate
    ("收入9元，比上年增加1元，占11%。", None, ["11%"]),
    ("涉及项目2个，比上年增加1元。", [("projects", "count", 2031, "2", None)], ["1元"]),
    ("收入9，支出9%，项目支出3个，下属单位2。", [], ["9", "9%", "3个", "2"]),
    ("收入9元或10元。", [], ["9元", "10元"]),
    # what a list says of money whose first words are not understood
    ("项目支出9元。主要用于：公务接待费3元。", [amount("project", "9")], ["3元"]),
    ("基本支出9元，用于人员经费4元、公用经费5元；支出8元。", USED, ["4元", "5元"]),
    ("压减会议费3元，公务接待费2元。", [], ["3元", "2元"]),
    ("支付会议费3元、公务接待费2元。", [], ["3元", "2元"]),
    # the year of a bracket, of a range and of an event is not that of what follows
    ("支出9元（2030年基本支出3元，项目支出4元）。", None, ["3元", "4元"]),
    ("收入9元、上年基本支出，项目支出4元。", [amount("income", "9")], ["4元"]),
    ("2029至2031年，收入9元。", [], ["2029", "9元"]),
    ("2029年至今，收入9元。", [], ["9元"]),
    ("2030年第3次会议研究，收入9元。", [], ["3", "9元"]),
    # a change behind a list may be that of all of it
    ("收入9元、支出8元，较上年增加1元，增长3%。", BOTH, ["1元", "3%"]),
    ("收入9元，支出8元，较上年增加1元。", [*BOTH, change("expenditure", "1")], []),
    ("收入9元；支出8元，与上年持平。", [*BOTH, change("expenditure", None)], []),
    ("公务接待费3元、公用经费5元，与上年持平。", None, ["持平"]),
    ("收入9元，其中：事业收入4元，其他收入5元，增加1元。", None, ["1元"]),
    ("收入9元，其中：利息4元，事业收入4元，增加1元。", None, ["4元", "1元"]),
    ("公务接待费3元，公用经费5元，项目支出4元，增长3%。", None, ["3%"]),
    ("公务接待费3元、公用经费5元占4%。", None, []),
    ("收入9元，2030年收入8元，增加1元。", None, ["1元"]),
    # two changes at once, and a rate that may be that of a share
    ("收入9元，增加3元、减少2元，增长3%。", [amount("income", "9")], ["3元", "2元", "3%"]),
    ("收入9元，较上年增加3元，较2030年增加2元。", None, ["2元"]),
    ("收入9元，占90%，较上年增长3%。", None, ["3%"]),
    # what is counted before may own the money, and money carried over is beside this year's
    ("下属单位2个，项目支出4元；收入9元。", [*OFFICE[1:], amount("income", "9")], ["4元"]),
    ("下属单位2个，本局项目支出4元。", [*OFFICE[1:], amount("project", "4")], []),
    ("共有车辆2辆，支出4元。", VEHICLES, ["4元"]),
    ("本年收入8元，上年结转1元。", [], ["8元", "1元"]),
    ("收入9元，其中：上年结转1元；本年收入8元。", [amount("income", "9")], ["1元", "8元"]),
    ("2031年收入8元，加上年结转1元。", [], ["8元", "1元"]),
    ("事业基金弥补收支差额1元，收入8元。", [], ["1元", "8元"]),
    # a part is of the year of its whole, and what is bought is no part of what is there
    ("收入9元，其中：2030年事业收入4元。", [amount("income", "9")], ["4元"]),
    ("共有车辆2辆，其中：其他用车2辆；购置车辆1辆。", OWNED_AND_BOUGHT, []),
    # a day and the mark of a list are no figures
    ("截至2030年12月31日，公务接待费3元。项目支出4元。", None, []),
    ("1、收入9元；2、支出8元。", [amount("income", "9"), amount("expenditure", "8")], []),
    # what stands behind a figure makes another thing of it
    ("公用经费3元每人，公务接待费2元。", [amount("reception", "2")], ["3元"]),
    ("基本支出9元多，人员经费8元不到，公用经费1元余。", [], ["9元", "8元", "1元"]),
    ("基本支出9元的20%，人员经费8元调整为7元。", [], ["9元", "20%", "8元", "7元"]),
    (
        "公务接待费5元被取消，项目支出4元已全部收回，公用经费3元为上年数。",
        [],
        ["5元", "4元", "3元"],
    ),
    ("基本支出增长5%以上，项目支出占40%左右，下属单位2个已撤销。", [], ["5%", "40%", "2个"]),
    ("内设科室3个主任，共有车辆2辆待报废。", [], ["3个", "2辆"]),
    (
        "基本支出9元中，人员经费4元等主要用于保障。",
        [amount("basic", "9"), amount("personnel", "4")],
        [],
    ),
    ("收入9元比预算多，支出8元与收入相当。", BOTH, []),
    # what is counted has a unit of its own
    ("下属单位12名，内设科室3名，涉及项目4辆。", [], ["12名", "3名", "4辆"]),
    ("下属单位2辆，共有车辆2个，下属事业单位3项。", [], ["2辆", "2个", "3项"]),
    # without something, or in a case
    ("不含公务接待费，“三公”经费5元；公用经费4元。", [amount("public-funds", "4")], ["5元"]),
    ("扣除一次性支出2元后，基本支出9元。", [], ["2元", "9元"]),
    ("除离休1元外，人员经费4元。", [], ["1元", "4元"]),
    ("剔除不可比因素，基本支出9元，增长3%。", [], ["9元", "3%"]),
    ("人员经费4元（不含离休），公用经费3元（含差旅费）。", [amount("public-funds", "3")], ["4元"]),
    ("人员经费4元，不包括离休。", [], ["4元"]),
    ("“三公”经费5元（因公出国（境）费用除外）。", [], ["5元"]),
    ("如不压减，公务接待费3元；假如进人，人员经费增加4元。", [], ["3元", "4元"]),
    # what a phrase before them is another unit's, or of one source
    ("甲中心公务接待费3元，共有车辆2辆。本局收入9元。", [amount("income", "9")], ["3元", "2辆"]),
    ("局机关其他用车3辆，应急保障用车2辆。", [], ["3辆", "2辆"]),
    (
        "甲局本级基本支出3元，项目支出2元，本局公用经费1元。",
        [amount("public-funds", "1")],
        ["3元", "2元"],
    ),
    ("局下属单位2个，项目支出4元。", [], ["2个", "4元"]),
    ("（1）局本级。人员经费4元。（2）甲中心。人员经费3元。", [], ["4元", "3元"]),
    ("政府性基金项目支出3元，基本支出9元，公务接待费1元。", None, ["3元", "9元"]),
    # nothing of an item
    ("无使用政府性基金预算拨款安排的支出，2031年收入9元。", [amount("income", "9")], ["无"]),
    ("本年无政府性基金预算，政府采购预算为空。", [], ["无", "为空"]),
    ("没有公务用车，不涉及政府采购；无重点项目。", [], ["没有", "不涉及", "无"]),
    ("未编制国有资本经营预算，公务接待费零支出。", [], ["未编制", "零"]),
    ("2031年未安排公务接待费，收入无变化。", [], ["未安排", "无"]),
    ("管好无线网络，没有发生事故，坚持无预算不支出。", [], []),
]


@pytest.mark.parametrize(("sentence", "claims", "unread"), SENTENCES)
def test_a_figure_belongs_to_what_its_own_phrase_names(glance, sentence, claims, unread):
    found = glance(damaged(UNITS, sentence))
    line = line_of(UNITS)
    stated, listed = told(found, line)
    assert claims is None or stated == claims
    assert listed == unread
    assert len(stated) + len(listed) >= len(re.findall(r"\d+(?:元|个|名|辆|%)", sentence))


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        *(("政府性基金预算", []), ("基本支出情况", [3]), ("收支情况", [9, 3])),
        *(("政府性基金预算\n\n1.支出情况", []), ("政府性基金预算\n\n1.支出\n\n（1）总体情况", [])),
        *(("甲中心", []), ("甲局服务站情况说明", []), ("局机关\n\n1.收支情况", [])),
        *(("甲中心\n\n（三）收支情况", [9, 3]), ("甲中心\n\n收支情况", []), ("本局情况", [9, 3])),
        *(("政府性基金预算\n\n1.支出情况\n\n（三）收支情况", [9, 3]), ("收支\n\n甲中心", [])),
    ],
)
def test_figures_under_a_heading_of_a_part_are_unread(glance, heading, values):
    found = glance(damaged(UNITS, f"（二）{heading}\n\n2031年收入9元，项目支出3元。"))
    line = line_of(UNITS) + 2 * (1 + heading.count("\n\n"))
    assert [c["value"] for c in found.claims if c["line"] == line and c["kind"] != "year"] == values
    assert len(told(found, line)[1]) == 2 - len(values)


def test_the_base_of_a_change_is_the_year_that_its_phrase_compares_with(read):
    found = read(damaged(UNITS, SENTENCES_OF_BASES))
    line = line_of(UNITS)
    bases = [c["base_year"] for c in found.claims if c["line"] == line and c["direction"]]
    assert bases == [2029, 2029, 2030, 2030]


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("收入增加1元，增长2%，主要原因是人员的增加。", ["more-staff", "more-staff"]),
        (
            "基本支出增加1元，主要是人员的增加；项目支出减少2元，主要是过紧日子。",
            ["more-staff", "austerity"],
        ),
        ("公务接待费减少1元；基本支出增加2元，主要原因是人员的增加。", [None, "more-staff"]),
        ("基本支出增加1元，主要原因是人员的增加；过紧日子。", ["more-staff austerity"]),
        ("项目支出减少2元。主要原因是过紧日子。", ["austerity"]),
        (
            "基本支出增加1元（主要是人员的增加），项目支出减少2元（主要原因是过紧日子）。",
            ["more-staff", "austerity"],
        ),
        ("基本支出增加1元，主要是人员的增加；项目支出减少2元。", ["more-staff", None]),
        ("支出增加1元，主要是基本支出增加2元、进人。", ["unlisted", None]),
        (
            "基本支出增加1元，主要原因是人员的增加，项目支出减少2元，主要原因是过紧日子。",
            ["more-staff", "austerity"],
        ),
        ("基本支出增加1元，主要原因是人员的增加；公务接待费3元。", ["more-staff"]),
        ("基本支出增加1元，原因是人员的增加。", ["more-staff"]),
        ("基本支出增加1元，主要系人员的增加。", ["more-staff"]),
        ("基本支出增加1元，主要原因不是人员的增加，是过紧日子。", ["austerity"]),
        ("基本支出减少1元，主要原因是社保基数下降。", ["unlisted"]),
        ("基本支出增加1元，主要是社保基数上涨，与人员的增加无关。", ["higher-base"]),
        (
            "项目支出减少1元，减少的主要原因：一是过紧日子；二是进人，增加2元。",
            ["austerity unlisted"],
        ),
    ],
)
def test_a_reason_is_that_of_the_change_right_before_it(read, sentence, reasons):
    found = read(damaged(UNITS, sentence))
    line = line_of(UNITS)
    assert [c["reasons"] for c in found.claims if c["line"] == line] == reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "支出增加1元，收入9元，主要原因是过紧日子。",
        "支出增加1元，会议费减少2元，主要原因是过紧日子。",
        "支出增加1元，会议费与上年持平，主要原因是过紧日子。",
        "支出增加1元，会议费有所减少，主要原因是过紧日子。",
        "支出增加1元，会议费有所减少。主要原因是过紧日子。",
        "支出增加1元。收入9元。主要原因是过紧日子。",
        "支出增加1元，收入9元。主要原因是过紧日子。",
        "基本支出增加1元；项目支出减少2元。主要原因是过紧日子。",
        "基本支出增加1元，项目支出减少2元，主要原因是过紧日子。",
        "基本支出增加1元；项目支出减少2元，主要原因分别是人员的增加、过紧日子。",
        "支出增加1元，会议费减少的主要原因是过紧日子。",
        "支出增加1元，减少的主要原因是过紧日子。",
        "支出增加1元，甲中心主要原因是过紧日子。",
        "支出增加1元，由于过紧日子，项目支出减少2元。",
        "支出增加1元，因过紧日子，项目支出减少2元。",
        "支出增加1元，得益于过紧日子。",
    ],
)
def test_a_reason_that_may_be_that_of_another_figure_is_unread(read, sentence):
    found = read(damaged(UNITS, sentence))
    line = line_of(UNITS)
    assert not any(c["reasons"] for c in found.claims if c["line"] == line)
    words = [r["words"] for r in found.reference["unread"] if r["line"] == line]
    lead = re.search("主要原因(?:是(?!不))?|由于|因(?=过)|得益于", sentence)
    assert any(word.startswith(lead[0]) for word in words)


def test_two_statements_of_nothing_in_one_sentence_are_both_told(read):
    fund, capital = "政府性基金预算", "国有资本经营预算"
    said = "，".join(f"2031年无使用{name}拨款安排的支出" for name in (fund, capital))
    found = read(damaged(UNITS, f"{said}。"))
    assert told(found, line_of(UNITS)) == (
        [(subject, "none", 2031, None, None) for subject in ("government-fund", "state-capital")],
        [],
    )


@pytest.mark.parametrize(
    ("printed", "values", "unread"),
    [
        ("收入为\n12\n900元。", [], ["12", "900元"]),
        ("收入为900,0\n\n12\n\n00.75元。", [], ["900,0", "12", "00.75元"]),
        ("收入9元。\n12\n支出8元。", [9, 8], ["12"]),
        ("收入为9\n— 3 —\n元，支出8元。", [9, 8], []),
        ("收入9元，\n第 3 页 共 9 页\n支出8元。", [9, 8], []),
    ],
)
def test_the_number_of_a_page_is_no_part_of_a_figure(read, printed, values, unread):
    found = read(damaged(UNITS, printed))
    lines = range(line_of(UNITS), line_of(UNITS) + printed.count("\n") + 1)
    stated = [c["value"] for c in found.claims if c["line"] in lines and c["kind"] != "year"]
    listed = [r["printed"] for r in found.reference["unread"] if r["line"] in lines]
    assert (stated, listed) == (values, unread)
    assert ("page-number" in {kind for kind, _ in repairs(found)}) == (not unread)


def test_after_two_years_a_sentence_without_one_is_unread(read):
    found = read(damaged(UNITS, "2031年收入9元，2030年收入8元。项目支出3元。"))
    claims = [amount("income", "9"), amount("income", "8", year=2030)]
    assert told(found, line_of(UNITS)) == (claims, ["3元"])


def test_no_year_is_compared_with_itself_or_a_later_one(read):
    found = read(damaged(UNITS, "2030年执行数8元，2031年收入9元。收入较2031年增加1元，增长2%。"))
    stated, listed = told(found, line_of(UNITS))
    assert not [claim for claim in stated if "change" in claim or "growth" in claim]
    assert len(listed) >= 2


def test_an_unread_figure_is_listed_with_its_place_and_words(read):
    found = read(damaged(UNITS, "本局内设3个科室、派出机构2个，负责巡查。"))
    (row,) = (r for r in found.reference["unread"] if r["line"] == line_of(UNITS))
    assert (row["section"], row["position"]) == ("单位概况", 2)
    assert (row["printed"], row["words"]) == ("2个", "派出机构2个")


def test_a_reason_that_no_change_goes_before_is_listed(read):
    found = read(damaged("，较2030年减少49,999.25元，主要原因是过紧日子", "，主要原因是过紧日子"))
    told = {(row["printed"], row["words"]) for row in found.reference["unread"]}
    whole = {(row["printed"], row["words"]) for row in read(TEXT).reference["unread"]}
    assert told - whole == {("主要原因是", "主要原因是过紧日子")}
    assert len(read(damaged(UNITS, "本局主要是管水的。")).reference["unread"]) == len(whole)


def test_the_report_names_each_unread_figure(folder, read):
    path = folder / "small.txt"
    path.write_text(damaged(UNITS, "河长有3名。"), encoding="utf-8")
    first, *others = import_text(path, folder / "data")
    assert first.startswith("2 figures of the text are unread; a word in reference/subjects.csv")
    assert f"  line {line_of(UNITS)} (单位概况): 3名 in 河长有3名" in others


def test_a_word_in_subjects_csv_is_all_that_an_unread_figure_needs(package_copy, tmp_path):
    path = tmp_path / "small.txt"
    path.write_text(damaged(UNITS, "青川市水务局派出机构2个。"), encoding="utf-8")
    kept = package_copy / "reference" / "subjects.csv"
    words = kept.read_text(encoding="utf-8").replace(",下属单位|", ",…派出机构|下属单位|")
    kept.write_text(words, encoding="utf-8")
    import_text(path, package_copy)
    found = budgetbook.load(package_copy)
    assert told(found, line_of(UNITS)) == ([("institutions", "count", 2031, "2", None)], [])


def test_a_path_that_no_account_of_the_tables_has_is_kept_without_a_code(read):
    path = "教育支出（类）普通教育（款）小学教育（项）"
    found = read(damaged(UNITS, f"{path}2031年预算数为5元，较2030年增加1元。"))
    claims = [c for c in found.claims if c["line"] == line_of(UNITS) and c["kind"] != "year"]
    assert [(c["code"], c["label"], str(c["value"])) for c in claims] == [
        (None, path, "5"),
        (None, path, "1"),
    ]
    assert claims[0]["id"] == f"claims/单位概况/{path}/function/amount/this"


def test_accounts_that_no_table_has_are_not_taken_for_each_other(read):
    one, other = (f"教育支出（类）普通教育（款）{name}（项）" for name in ("小学教育", "初中教育"))
    said = f"{one}2031年预算数为5元，较2030年增加1元。\n\n{other}2030年预算数为7元。"
    found = read(damaged(UNITS, f"{said}\n\n{other}2031年预算数为9元，较2030年增加2元。"))
    first, second = (r for r in run(found) if r.check.id.startswith("change.claims/单位概况"))
    assert (first.verdict, first.needs) == ("cannot be tested", f"last year's amount of {one}")
    assert second.verdict == "holds"


@pytest.mark.parametrize(
    ("kind", "code"), [("社会保障和就业支出", "2080101"), ("资源勘探工业信息等支出", "2150101")]
)
def test_class_and_section_tell_accounts_of_one_name_apart(read, kind, code):
    rows = [row(c, "某项支出", "1.00", "", "1.00") for c in ("2080101", "2150101")]
    text = damaged(ACCOUNT_208, ACCOUNT_208 + "\n".join(rows) + "\n")
    found = read(text.replace(UNITS, f"{kind}（类）某某（款）某项支出（项）2031年预算数为5元。"))
    assert [c["code"] for c in found.claims if c["subject"] == "function" and c["value"] == 5] == [
        code
    ]


def test_an_account_that_the_kept_list_has_not_is_read_and_noted(folder):
    path = folder / "small.txt"
    text = damaged(ACCOUNT_208, ACCOUNT_208.replace("208", "209"))
    path.write_text(text, encoding="utf-8")
    report = import_text(path, folder / "data")
    account = f"line {line_of(ACCOUNT_208)} (spending-summary): 209 社会保障和就业支出"
    assert f"{account} is not in reference/functional-classification.csv" in report
    assert budgetbook.load(folder / "data").row("spending-summary", "209")["line"]


# Codes in a column for each level


@pytest.mark.parametrize("above", ["", "科目编码\t\t\t科目名称\t总计\t基本支出\t项目支出\n"])
def test_codes_in_a_column_for_each_level_are_joined(read, clean, above):
    heads = "类\t款\t项\t" + ("\t\t\t\n" if above else HEADINGS.partition("\t")[2])
    total, *accounts = (t.replace("\t", "\t\t\t", 1) for t in (TOTAL, ACCOUNT_208, ACCOUNT_215))
    sections = ["208\t5\t\t甲\t1.00\t1.00\t\n", "208\t５\t06\t乙\t1.00\t1.00\t\n"]
    old = HEADINGS + TOTAL + ACCOUNT_208 + ACCOUNT_215
    found = read(damaged(old, "".join([above, heads, total, accounts[0], *sections, accounts[1]])))
    codes = [r["code"] for r in found.tables["spending-summary"]]
    assert codes == [None, "208", "20805", "2080506", "215"]
    assert [kind for kind, _ in repairs(found)] == ["zero-restored"] * 2
    assert found.amount("spending-summary", "215", "project") == 300_000


# Characters that look like others, and characters that nobody sees


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("工业信息等支出\t700,000.00\t4", "⼯业信息等支出\t700,000.00\t4", id="name"),
        pytest.param("科目名称\t总计", "科⽬名称\t总计", id="heading"),
        pytest.param("二、收支总体", "⼆、收⽀总体", id="section"),
        pytest.param("当年预算\t200,000.00", "当年预算\t200,\u200b000.00", id="amount"),
        pytest.param("专项资金名称\t水文", "专项资\u2060⾦名称\t水文", id="label"),
        pytest.param("年收入为900", "年收\u00ad⼊为900", id="prose"),
        pytest.param("公开表（目录）", "公开\ufeff表（⽬录）", id="list"),
        pytest.param("共有车辆2辆", "共有⻋辆2辆", id="a radical that no normal form knows"),
        pytest.param("居民满意度\t", "居⺠满意\u200d度\t", id="indicator"),
        pytest.param("涉及项目2个", "涉及项\u200c目2个", id="joiner"),
        pytest.param("共有车辆2辆", "共有车辆\u20662\u2069辆", id="marks of direction"),
        pytest.param("收入为900,000", "收\u3164入\u180e为900,\u2800000", id="fillers"),
        pytest.param("涉及项目2个", "涉及项\ufe0e目2\U000e0100个", id="selectors of variants"),
    ],
)
def test_look_alike_and_invisible_characters_are_read_as_what_they_stand_for(read, clean, old, new):
    found = read(damaged(old, new))
    assert values(found) == values(clean)
    kinds = {kind for kind, line in repairs(found) if line == line_of(old)}
    invisible = any(unicodedata.category(c) == "Cf" or c in "\ufe0e\U000e0100" for c in new)
    seen = any(0x2E80 <= ord(c) < 0x2FE0 for c in new)
    expected = {"look-alike-character"} if seen else set()
    assert seen or invisible
    assert kinds == expected | ({"invisible-character"} if invisible else set())


def test_a_compatibility_ideograph_is_its_ideograph(read):
    found = read(damaged("云岭区水文站", "云\uf9ab区水文站"))
    assert found.tables["procurement"][0]["unit"] == "云嶺区水文站"
    (repair,) = found.reference["repairs"]
    assert (repair["kind"], repair["detail"]) == ("look-alike-character", "U+F9AB read as 嶺")


def test_every_look_alike_of_an_ideograph_is_read_as_it_or_refused(tmp_path):
    """Of the blocks for compatibility, twelve are ideographs of their own: nothing to repair."""
    blocks = ("CJK RADICAL ", "KANGXI RADICAL ", "CJK COMPATIBILITY IDEOGRAPH-")
    path, page, refused = tmp_path / "all.txt", None, []
    every = map(chr, range(0x2E80, 0x30000))
    lines = [c for c in every if unicodedata.name(c, "").startswith(blocks)]
    while page is None:
        path.write_text("\n".join(lines), encoding="utf-8")
        try:
            page = open_page(path)
        except InputError as error:
            found = re.match(r"all\.txt:(\d+): found the radical U\+(\w+) ", str(error))
            refused.append(lines.pop(int(found[1]) - 1))
            assert int(found[2], 16) == ord(refused[-1])
    read = {c: meant for c, meant in zip(lines, page.lines, strict=True) if c != meant}
    assert (len(refused), len(read)) == (50, 1281)
    assert "".join(sorted({*lines} - {*read})) == "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"
    assert all(unicodedata.name(meant).startswith("CJK UNIFIED") for meant in read.values())
    assert all(unicodedata.normalize("NFKC", c) in (c, meant) for c, meant in read.items())
    details = [f"U+{ord(c):04X} read as {meant}" for c, meant in read.items()]
    assert [repair["detail"] for repair in page.repairs] == details


# Who publishes, and what


COVER = f"{DEPARTMENT}\n\n2031 年部门预算说明\n"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(f"附件1\n\n{COVER}", id="a line before"),
        pytest.param(f"云岭区财政局\n\n{COVER}", id="another office before"),
        pytest.param(f"2031 年部门预算说明\n\n{DEPARTMENT}\n", id="exchanged"),
        pytest.param(f"公开日期：2031年3月1日\n{COVER}\n（公开版）\n", id="lines around"),
    ],
)
def test_office_and_title_are_found_by_their_form(read, clean, lines):
    found = read(damaged(COVER, lines))
    for name in ("office", "title"):
        assert found.document[name] == clean.document[name]


@pytest.mark.parametrize("above", ["", "云岭区人民政府\n"])
@pytest.mark.parametrize(
    "title",
    [
        f"{DEPARTMENT}2031年部门预算公开",
        f"{DEPARTMENT}关于2031年部门预算的说明",
        f"2031年{DEPARTMENT}部门预算说明",
    ],
)
def test_an_office_may_stand_in_the_title(read, above, title):
    """It is that of the tables, whoever's name stands above it."""
    found = read(damaged(COVER, f"{above}{title}\n"))
    assert found.document["office"] == DEPARTMENT
    assert found.document["title"] == title


@pytest.mark.parametrize(
    ("office", "title"),
    [
        (["青川市云岭区", "水务局"], ["2031 年部门预算", "说明"]),
        ([DEPARTMENT], ["2031 年部门预算公开", "情况说明"]),
        (["青川市云岭区水务", "局"], [f"{DEPARTMENT}关于2031年", "部门预算的说明"]),
        (["附件1", "公开稿"], ["青川市云岭区", "水务局2031年部门预算说明"]),
        (["云岭区人民政府"], [f"{DEPARTMENT}2031年部门预算", "说明（公开）"]),
        ([DEPARTMENT], ["2031年", "部门预算", "说明"]),
        (["附件1"], ["青川市云岭区", "水务局2031年", "部门预算", "情况说明"]),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_office_and_title_may_be_wrapped_over_lines(read, office, title, between):
    found = read(damaged(COVER, between.join(office) + "\n\n" + between.join(title) + "\n"))
    assert found.document["office"] == DEPARTMENT
    assert found.document["title"] == "".join(title)


@pytest.mark.parametrize("year", ["二〇三一", "二○三一", "二O三一"])
def test_a_year_in_numerals_is_read_as_digits(read, clean, year):
    found = read(TEXT.replace("2031年", f"{year}年").replace("2031 年", f"{year} 年"))
    assert values(found) == values(clean)
    assert found.document["title"] == clean.document["title"]
    assert {kind for kind, _ in repairs(found)} == {"year-in-numerals"}


HEADINGS_OF_TEXT = [line for line in TEXT.splitlines() if re.match("[一二三四五六]、", line)][:6]


@pytest.mark.parametrize("leader", ["", "……………3", "\t3", " ...... 3", "——（3）"])
@pytest.mark.parametrize("above", [True, False])
def test_a_contents_page_before_the_narrative_is_passed_over(read, clean, leader, above):
    page = "\n".join(["目 录", *(f"{heading}{leader}" for heading in HEADINGS_OF_TEXT), ""])
    found = read(damaged(COVER, f"{page}\n{COVER}" if above else f"{COVER}\n{page}"))
    assert values(found) == values(clean)
    assert found.document["title"] == clean.document["title"]
    assert [kind for kind, _ in repairs(found)] == ["contents-page"]


# A note that contradicts its table


@pytest.mark.parametrize(
    ("note", "verdict"),
    [
        ("备注：本部门无该项收支，故此表无数据。", "fails"),
        ("备注：无。", None),
        ("备注：本表不含涉密内容，无其他说明。", None),
    ],
)
def test_a_note_of_an_empty_table_under_a_full_one_is_reported(read, note, verdict):
    found = read(damaged(ACCOUNT_215 + "\n", ACCOUNT_215 + note + "\n\n"))
    verdicts = {r.check.id: r.verdict.value for r in run(found)}
    assert verdicts.get("structure.notes.spending-summary") == verdict


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
