"""Forms of disclosure as data: another form is a folder, and no code."""

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from small_disclosure import TEXT

import budgetbook
from budgetbook import InputError, forms
from budgetbook.analysis import performance, reconstruction, simulate, variance
from budgetbook.checks import Verdict, run
from budgetbook.forms.wording import number, numeral, pattern
from budgetbook.laboratory import explorer
from budgetbook.model.address import parse
from budgetbook.model.disclosure import TOTAL
from budgetbook.package import schema
from budgetbook.reading.importing import import_text
from budgetbook.words.apart import kind_of

OURS = Path(__file__).parent / "forms"
FAMILY = OURS / "national-order"
OTHER_TEXT = (FAMILY / "disclosure.txt").read_text(encoding="utf-8")
BUILT_IN = forms.family("chongqing-district")


@pytest.fixture
def another_form():
    """The folder of the invented form is known, beside the built-in ones."""
    forms.FOLDERS.append(OURS)
    yield
    forms.FOLDERS.remove(OURS)


@pytest.fixture
def read(another_form, package_copy, tmp_path):
    """A function that imports a text and loads the result."""

    def read(text):
        path = tmp_path / "other.txt"
        path.write_text(text, encoding="utf-8")
        import_text(path, package_copy)
        return budgetbook.load(package_copy)

    return read


def value(disclosure, address):
    """What stands at an address."""
    row, column = disclosure.at(parse(address))
    return row[column]


def damaged(old, new):
    """The invented text with one place replaced, which is in it once, and the line of it."""
    assert OTHER_TEXT.count(old) == 1
    return OTHER_TEXT.replace(old, new), OTHER_TEXT[: OTHER_TEXT.index(old)].count("\n") + 1


# Another form


FIGURES = {
    "spending-by-function/2080505.prior_total": "60000.00",
    "spending-by-function/total.project": "300000.00",
    "spending-by-function/2150502.growth": "-14.3",
    "basic-by-economic/30101.personnel": "440000.40",
    "basic-by-economic/total.public_funds": "60000.00",
    "three-public/total.prior_reception": "2000.00",
    "three-public/total.reception": "1000.00",
    "budget-summary/资源勘探工业信息等支出.expenditure": "800000.40",
    "budget-summary/收入总计.income": "920000.40",
    "appropriations/一般公共预算.income": "920000.40",
    "spending-summary/215.basic": "500000.40",
    "claims/totals/income/change/this.value": "30000.40",
}


def test_a_text_in_another_form_is_read(read, package_copy):
    found = read(OTHER_TEXT)
    assert (found.form.name, found.year) == ("national-order", 2032)
    assert {a: value(found, a) for a in FIGURES} == {a: Decimal(v) for a, v in FIGURES.items()}
    assert found.reference["repairs"] == ()
    assert [s["section"] for s in found.reference["sections"]] == [
        *("about", "totals", "three-public", "terms")
    ]
    files = {path.name for path in (package_copy / "published").glob("table-*")}
    assert files == {f"table-{n:02}.csv" for n in (1, 2, 3, 4, 5, 6, 8)}


def test_what_stands_beside_its_tables_is_read(read):
    listing = {entry["table"]: entry for entry in read(OTHER_TEXT).listing}
    assert {e["unit"] for e in listing.values()} == {"元", None}
    assert listing["three-public"]["department"] == "南屏市清河县信息中心"
    assert listing["fund-spending"]["state"] == "printed empty"
    assert listing["fund-spending"]["remark"] == "nothing-to-report"
    assert listing["income-summary"]["state"] == "absent"


def test_a_total_may_be_called_otherwise(read):
    found = read(OTHER_TEXT)
    row = found.row("fund-spending", TOTAL)
    assert row["name"] == "总计"
    assert str(found.address(row, "total")) == "fund-spending/total.total"


def verdicts(disclosure):
    """The verdicts of the checks inside the tables."""
    families = ("hierarchy", "row totals", "income and expenditure")
    return {r.check.id: r.verdict for r in run(disclosure) if r.check.family in families}


def test_its_tables_are_judged(read):
    found = verdicts(read(OTHER_TEXT))
    assert set(found.values()) == {Verdict.HOLDS}
    tables = Counter(parse(i.partition(".")[2]).table for i in found if i.startswith("hierarchy"))
    assert set(tables) == {"spending-by-function", "spending-summary", "basic-by-economic"}
    assert {parse(i.partition(".")[2]).table for i in found if i.startswith("row.")} == {
        *tables,
        *("appropriations", "three-public"),
    }


@pytest.mark.parametrize(
    ("old", "new", "failing"),
    [
        pytest.param(
            "30101\t基本工资\t440,000.40",
            "30101\t基本工资\t440,000.41",
            {"hierarchy.basic-by-economic/301.personnel", "row.basic-by-economic/30101.total"},
            id="an account",
        ),
        pytest.param(
            "2,000.00\t10,000.00\t12,000.00",
            "2,000.00\t10,000.00\t12,000.01",
            {"row.three-public/total.prior_total"},
            id="a total of the year before",
        ),
        pytest.param(
            "（一）本年收入合计\t（一）本年支出合计\t920,000.40",
            "（一）本年收入合计\t（一）本年支出合计\t920,000.39",
            {
                "ledger.budget-summary.income.total",
                "ledger.budget-summary.income.（一）本年收入合计",
            },
            id="a side of a ledger",
        ),
    ],
)
def test_a_wrong_cent_in_it_fails(read, old, new, failing):
    found = verdicts(read(damaged(old, new)[0]))
    assert {name for name, verdict in found.items() if verdict is Verdict.FAILS} == failing


def test_what_rests_on_rows_of_its_ledgers_asks_its_rules(read):
    """Income of one source rebuilds a table; more money moves every row that holds it."""
    found = read(OTHER_TEXT)
    rebuilt = {str(f.address): f.amount for f in reconstruction.absent_tables(found)}
    assert rebuilt["income-summary/215.general_public"] == Decimal("800000.40")
    more = simulate.spend(found, simulate.fund(found, "2150502", Decimal(1000)))
    judged = [r for r in run(more) if r.check.family in ("row totals", "income and expenditure")]
    assert {r.verdict for r in judged} == {Verdict.HOLDS}
    assert value(more, "budget-summary/一般公共预算拨款.income") == Decimal("921000.40")
    text = OTHER_TEXT.replace(
        "其他收入\t资源勘探工业信息等支出\t\t", "其他收入\t资源勘探工业信息等支出\t1.00\t"
    )
    assert text != OTHER_TEXT
    assert not [f for f in reconstruction.absent_tables(read(text)) if f.table == "income-summary"]


def test_its_own_words_for_units_targets_and_totals_are_understood(
    disclosure, tmp_path, monkeypatch
):
    """Another mark of the own unit, other words for a total and a target: all is as it was."""
    ours, theirs = {"（本级）": "机关", "定性": "文字描述", "合计": "总计"}, "its-own-words"
    folder = shutil.copytree(forms.FOLDERS[0] / "chongqing-district", tmp_path / theirs)
    for path in folder.iterdir():
        path.write_text(reworded(path.read_text(encoding="utf-8"), ours), encoding="utf-8")
    monkeypatch.setattr(forms, "FOLDERS", [*forms.FOLDERS, tmp_path])
    other = replace(
        disclosure,
        document={**disclosure.document, "form": theirs},
        listing=[{k: reworded(v, ours) for k, v in e.items()} for e in disclosure.listing],
        tables={
            name: [{k: reworded(v, ours) for k, v in row.items()} for row in rows]
            for name, rows in disclosure.tables.items()
        },
    )
    judged = [{reworded(r.check.id, ours): r.verdict for r in run(d)} for d in (disclosure, other)]
    assert judged[1] == judged[0]
    walks = [
        json.dumps(explorer.walks(d), default=str, ensure_ascii=False) for d in (disclosure, other)
    ]
    both = [
        json.loads(reworded(walk, ours)) for walk in walks
    ]  # the book's own word for a total too
    assert both[1] == both[0]
    assert len(variance.growths(other)) == len(variance.growths(disclosure))
    more = [simulate.spend(d, simulate.hire(d, "own-unit", 1)) for d in (disclosure, other)]
    assert [f.amount for f in more[1].published()] == [f.amount for f in more[0].published()]
    kinds = [[performance.kind(i) for i in d.indicators] for d in (disclosure, other)]
    assert kinds[1] == kinds[0]
    assert {"state", "grade"} & {*kinds[1]}


def reworded(content, words):
    """A cell with other words in it."""
    for old, new in words.items() if isinstance(content, str) else ():
        content = content.replace(old, new)
    return content


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def without(disclosure, monkeypatch, tmp_path):
    """A function that takes columns of one table, and the rules on them, out of our form."""
    monkeypatch.setattr(forms, "FOLDERS", [*forms.FOLDERS, tmp_path])

    def without(role, *gone):
        name = "-".join((role, *gone)).replace("_", "-")
        folder = shutil.copytree(forms.FOLDERS[0] / "chongqing-district", tmp_path / name)
        columns = [line.split(",") for line in lines_of(folder / "columns.csv")]
        kept = [",".join(c) for c in columns if c[0] != role or c[1] not in gone]
        (folder / "columns.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
        terms = [line.split(",") for line in lines_of(folder / "rules.csv")]
        lost = {term[0] for term in terms if term[3] == role and term[5] in gone}
        kept = [",".join(term) for term in terms if term[0] not in lost]
        (folder / "rules.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
        rows = [{k: v for k, v in row.items() if k not in gone} for row in disclosure.tables[role]]
        about = {**disclosure.document, "form": name}
        return replace(disclosure, document=about, tables={**disclosure.tables, role: rows})

    return without


@pytest.mark.parametrize(
    ("role", "gone"),
    [
        ("spending-by-function", ("prior_total", "growth")),
        ("spending-by-function", ("total",)),
        ("spending-by-function", ("basic", "project")),
        ("basic-by-economic", ("public_funds",)),
        ("basic-by-government", ("basic",)),
        ("project-by-government", ("project",)),
        ("procurement", ("total",)),
    ],
)
def test_what_rests_on_a_column_that_a_form_lacks_does_not_apply(results, without, role, gone):
    before = {r.check.id: r.verdict for r in results}
    found = {r.check.id: r for r in run(without(role, *gone))}
    failing = {name for name, r in found.items() if r.verdict is Verdict.FAILS}
    assert failing <= {name for name, verdict in before.items() if verdict is Verdict.FAILS}
    why = {r.needs for r in found.values() if r.verdict is Verdict.APART}
    assert {reason.rpartition(" ")[2] for reason in why if "has no column" in reason} <= {*gone}
    assert all(kind_of(reason) for reason in why)


def test_without_the_year_before_no_check_of_a_reason_applies(without):
    found = run(without("spending-by-function", "prior_total", "growth"))
    mine = [r for r in found if r.check.id.startswith("explanation.mentioned.")]
    assert {r.verdict for r in mine} == {Verdict.APART}
    assert {r.needs for r in mine} == {"table 5 has no column prior_total"}


# What a form has no place for


REFUSED = [
    pytest.param(
        "收入来源\t收入数\n（一）", "收入来源\t到账数\n（一）", 0, "收入项目, 收入数", id="heading"
    ),
    pytest.param(
        "支出功能分类\t\t2032年预算",
        "支出功能分类\t\t2030年预算",
        0,
        "科目, 代码, 基本支出",
        id="years",
    ),
    pytest.param(
        "\n支出总表（2032年度）", "\n债务总表（2032年度）", 1, "document's list", id="title"
    ),
    pytest.param(
        "\n支出总表（2032年度）", "\n支出总表（2031年度）", 1, "the year 2032", id="another year"
    ),
    pytest.param(
        "收入总表（附表七）", "收入总表（附表八）", 0, "{title}（附表{numeral}）", id="number"
    ),
    pytest.param(
        "收入总表（附表七）", "债务总表（附表七）", 0, "known title", id="title in the list"
    ),
    pytest.param("公开表一览", "公开表", None, "公开表一览", id="no list"),
    pytest.param("第三部分", "第五部分", 0, "the section 三", id="section"),
    pytest.param(
        "人\n金额单位：元\n".replace("人", "中心"),
        "中心\n金额单位：万元\n",
        1,
        "the unit 元",
        id="unit",
    ),
]


@pytest.mark.parametrize(("old", "new", "below", "expected"), REFUSED)
def test_an_error_says_which_form_expects_what(read, old, new, below, expected):
    text, line = damaged(old, new)
    with pytest.raises(InputError) as error:
        read(text)
    place, _, rest = str(error.value).partition(": found ")
    assert place == f"other.txt:{line + below if below is not None else text.count(chr(10))}"
    assert expected in rest.partition("; expected ")[2]
    assert rest.endswith(" (form national-order)")


# Which form a text is printed in


def test_the_titles_choose_the_form(read):
    assert read(TEXT).form.name == "chongqing-district"
    assert read(OTHER_TEXT).form.name == "national-order"


def test_a_text_of_no_known_form_says_what_was_found(read):
    text = re.sub("(.+)（2032年度）", r"2032年清河县\1", OTHER_TEXT)
    with pytest.raises(InputError) as error:
        read(text)
    line = OTHER_TEXT[: OTHER_TEXT.index("财政拨款收支总表（2032")].count("\n") + 1
    place, _, rest = str(error.value).partition(": found titles that no form knows (")
    titles, _, expected = rest.partition("); expected ")
    assert place == f"other.txt:{line}"
    assert titles.split(", ")[:2] == [
        "2032年清河县财政拨款收支总表",
        "2032年清河县一般公共预算支出表",
    ]
    assert expected == "titles of one of the forms chongqing-district, national-order"


def test_two_forms_that_know_the_titles_alike_are_no_choice(read, monkeypatch, tmp_path):
    shutil.copytree(FAMILY, tmp_path / "more" / "its-twin")
    monkeypatch.setattr(forms, "FOLDERS", [*forms.FOLDERS, tmp_path / "more"])
    with pytest.raises(InputError, match="its-twin and national-order know alike"):
        read(OTHER_TEXT)


# The folder of a form


@pytest.fixture(params=["chongqing-district", "national-order"])
def form(request, another_form):
    return forms.family(request.param)


def test_a_form_names_its_rows_by_columns_that_it_has(form):
    for table in form.tables.values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.role
        assert {n for n in table.named_by.replace("+", "|").split("|") if n} <= set(names)
        assert {column.named_by for column in table.columns} - {""} <= set(names)
        assert ("code" in [c.kind for c in table.columns]) == bool(table.classification)
        assert not table.classification or table.classification in schema.declared("reference")


def test_roles_and_names_of_columns_are_those_that_all_forms_share(form):
    for role, table in form.tables.items():
        assert table.names <= BUILT_IN.tables[role].names
        assert table.kind == BUILT_IN.tables[role].kind


def test_each_title_and_number_of_a_form_is_that_of_one_table(form):
    endings = [ending for table in form.tables.values() for ending in table.endings]
    numbers = [table.number for table in form.tables.values()]
    assert len(endings) == len(set(endings))
    assert len(numbers) == len(set(numbers))
    for table in form.tables.values():
        assert form.titled(form.title(table, 2032, "某区")) is table


def broken(file, old, new, message):
    return pytest.param(file, old, new, message, id=message)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        broken("form.json", '"titles"', '"headlines"', "'headlines'"),
        broken("form.json", '"titles": ["{ending}（{year}年度）"],', "", "'titles'"),
        broken("columns.csv", "total,amount,支出数", "total,money,支出数", "row 4, column kind"),
        broken("columns.csv", "three-public,total", "four-public,total", "no role of tables.csv"),
        broken("tables.csv", "支出表,General", "支出表,,General", "column kind: found"),
        broken("tables.csv", ",ledger,", ",leger,", "column kind: found 'leger'; expected grid or"),
        broken("tables.csv", "appropriations,1", "appropriations,one", "expected a whole number"),
        broken("tables.csv", "|income_item", "|income_itm", "named by income_itm, which columns"),
        broken("sections.csv", ",yes", ",yse", "row 1, column figures: found 'yse'; expected yes"),
    ],
)
def test_a_broken_folder_is_refused(tmp_path, monkeypatch, file, old, new, message):
    folder = shutil.copytree(FAMILY, tmp_path / "broken")
    content = (folder / file).read_text(encoding="utf-8")
    assert old in content
    (folder / file).write_text(content.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(forms, "FOLDERS", [tmp_path])
    with pytest.raises(InputError) as error:
        forms.families()
    assert str(error.value).startswith(str(folder / file))
    assert message in str(error.value)


def test_a_folder_without_one_of_its_files_is_refused(tmp_path, monkeypatch):
    folder = shutil.copytree(FAMILY, tmp_path / "broken")
    (folder / "labels.csv").unlink()
    monkeypatch.setattr(forms, "FOLDERS", [tmp_path])
    with pytest.raises(InputError, match=r"labels\.csv: not found"):
        forms.families()


def test_a_form_tells_what_it_does_not_have(another_form):
    tables = forms.family("national-order").tables
    assert "procurement" not in tables
    assert tables["procurement"].words == ("the table procurement", "“procurement”表")
    assert tables["procurement"].columns == ()


def test_the_wordings_of_a_form_hold_no_name(form):
    for file in ("form.json", "tables.csv", "columns.csv", "labels.csv", "sections.csv"):
        folder = next(f / form.name for f in forms.FOLDERS if (f / form.name).is_dir())
        text = (folder / file).read_text(encoding="utf-8")
        assert not any(name in text for name in ("渝北", "大数据", "清河", "信息中心")), file
    assert json.loads((folder / "form.json").read_text(encoding="utf-8"))["name"] == form.name


# Templates


def test_numerals():
    assert [numeral(n) for n in (1, 10, 14, 20, 21)] == ["一", "十", "十四", "二十", "二十一"]
    assert [number(numeral(n)) for n in range(1, 40)] == list(range(1, 40))
    assert (number("7"), number("")) == (7, 0)


@pytest.mark.parametrize(
    ("template", "text", "found"),
    [
        ("{ending}（{year}年度）", "支出表(经济分类) ( 2032年度)", {"ending": "支出表(经济分类)"}),
        ("第{numeral}部分 {title}", "第 三 部分　经费", {"numeral": "三", "title": "经费"}),
        ("表{number}：{title}", "表12:收支总表", {"number": "12", "title": "收支总表"}),
        ("{number}\t{name}\t{title}", "3\t表三\t支出总表", {"name": "表三", "title": "支出总表"}),
        ("{year}年{place}部门{ending}", "2032 年某区部门收入总表", {"place": "某区"}),
    ],
)
def test_a_template_takes_its_places_out_of_a_line(template, text, found):
    places = pattern(template).fullmatch(text).groupdict()
    assert {name: places[name].strip() for name in found} == found


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{ending}（{year}年度）", "支出表"),
        ("{ending}（{year}年度）", "支出（2032年度）"),
        ("{number}\t{name}\t{title}", "3\t支出总表"),
        ("第{numeral}部分 {title}", "第三章 经费"),
    ],
)
def test_a_line_that_is_worded_otherwise_is_no_match(template, text):
    assert pattern(template).fullmatch(text) is None
