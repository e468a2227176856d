"""The laboratory: edits typed into the CSV files are judged as the command line judges them."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from fractions import Fraction

import pytest
from laboratories import judged
from mutations import mutations

from budgetbook.checks import Verdict
from budgetbook.errors import InputError
from budgetbook.laboratory import former
from budgetbook.laboratory.edits import Edit, apply, parse
from budgetbook.laboratory.explorer import accounts, walks
from budgetbook.laboratory.judging import Laboratory, state
from budgetbook.laboratory.texts import Texts
from budgetbook.model.address import parse as address_of
from budgetbook.model.loading import load
from budgetbook.proof.findings import findings
from budgetbook.site.laboratory import code_zip

SEED, COUNT = 20250, 40
TOTAL = "spending-by-function/total.total"
WRONG = ["set", TOTAL, "1.00"]


@pytest.fixture(scope="module")
def laboratory(data):
    """A laboratory on the repository's own data."""
    return Laboratory(str(data))


def change(laboratory, *edits):
    """The report on some edits."""
    return json.loads(laboratory.change(json.dumps(edits)))


def test_without_edits_nothing_differs(laboratory, data, results, capsys):
    report = change(laboratory)
    assert (report["turned"], report["findings"], report["error"]) == ([], [], "")
    assert sum(report["counts"].values()) == len(results)
    assert (report["status"], laboratory.verdicts(), "") == judged(capsys, data)


@pytest.mark.long
def test_the_command_line_says_the_same_of_many_mutations(laboratory, data, tmp_path, capsys):
    seen = set()
    for edits, copy in mutations(data, SEED, COUNT, tmp_path):
        report = change(laboratory, *edits)
        ours = (report["status"], laboratory.verdicts(), report["error"])
        assert ours == judged(capsys, copy), edits
        for path, text in apply(data, [Edit(*edit) for edit in edits]).items():
            assert text.encode() == (copy / path).read_bytes()
        laboratory.look()  # no state of the data stops the walks
        seen |= {report["status"], *(t["kind"] for t in report["turned"])}
    assert {1, 2, "fell", "mended", "gone"} <= seen


def rows(laboratory):
    """What the laboratory says of every row, by its address."""
    return {row["address"]: row for row in json.loads(laboratory.look())["rows"]}


def cells(laboratory):
    """The text of every cell, by its address."""
    found = rows(laboratory).values()
    return {cell["address"]: cell["text"] for row in found for cell in row["cells"]}


def test_the_report_says_why_two_sides_that_look_alike_fail(laboratory):
    change(laboratory)
    report = change(laboratory, ["set", TOTAL, cells(laboratory)[TOTAL] + "4"])
    fell = [t for t in report["turned"] if t["kind"] == "fell"]
    assert fell
    assert all(t["relation"].startswith("not ") for t in fell)
    assert not [t for t in fell if t["left"] == t["right"] and t["relation"] == "not equal to"]
    change(laboratory)


def test_every_address_of_the_model_is_one_of_the_texts(data, disclosure):
    texts = Texts(data)
    for name in disclosure.tables:
        model = [e for entries in disclosure.entries.values() for e in entries]
        ours = [(e.address, dict(e.columns), e.row["line"]) for e in texts.entries(name)]
        theirs = [
            (e.address, dict(e.columns), e.row["line"]) for e in model if e.address.table == name
        ]
        assert sorted(ours, key=str) == sorted(theirs, key=str)
    assert [str(e.address) for e in texts.entries("claims")] == [c["id"] for c in disclosure.claims]


def test_a_row_repeated_among_equals_is_called_as_loading_calls_it(package_copy):
    goods = "claims/other-matters/procurement-goods/amount/this"
    for path, text in apply(package_copy, [Edit("repeat", goods)]).items():
        (package_copy / path).write_text(text, encoding="utf-8", newline="")
    ours = {str(e.address): e.row["position"] for e in Texts(package_copy).entries("claims")}
    assert ours == {c["id"]: c["position"] for c in load(package_copy).claims}
    assert ours[f"{goods}~2"] < ours[f"{goods}~3"]


def test_every_cell_says_what_its_file_says(data, laboratory):
    change(laboratory)
    known = cells(laboratory)
    for name, resource in Texts(data).resources.items():
        if resource["kind"] != "published":
            continue
        with (data / resource["path"]).open(encoding="utf-8", newline="") as stream:
            texts = {text for row in csv.DictReader(stream) for text in row.values()}
        shown = {t for address, t in known.items() if address.startswith(f"{name}/")}
        assert shown <= texts, name


def test_every_address_is_parsed_as_it_is_printed(data):
    texts = Texts(data)
    for name in texts.resources:
        for entry in texts.entries(name):
            assert address_of(str(entry.address)) == entry.address
            for column in entry.columns:
                cell = entry.address._replace(column=column)
                assert address_of(str(cell)) == cell
                assert texts.find(cell).row == entry.row


def test_an_edit_finds_its_row_where_the_edits_before_it_left_it(data):
    """What stands below a row moves when it is left out; the order of the edits is all the same."""
    entries = Texts(data).entries("spending-by-function")
    edits = [Edit("delete", str(entries[1].address)), Edit("set", TOTAL, "1.00")]
    edits += [Edit("set", f"{entry.address}.total", "2.00") for entry in entries[2:5]]
    assert apply(data, edits) == apply(data, edits[::-1])
    again = [Edit("repeat", str(entries[1].address)), Edit("delete", f"{entries[1].address}~2")]
    for path, text in apply(data, again).items():
        assert text.encode() == (data / path).read_bytes()


def test_typing_changes_no_other_byte(data):
    """Not even where a cell stands in quotes that it does not need."""
    for name, resource in Texts(data).resources.items():
        old = (data / resource["path"]).read_bytes().decode().split("\n")
        for entry in Texts(data).entries(name)[:3]:
            column = [*entry.columns][-1]
            texts = Texts(data)
            texts.type(entry.address._replace(column=column), "Ω, “Ω”")
            new = texts.changed[resource["path"]].split("\n")
            ((before, after),) = [pair for pair in zip(old, new, strict=True) if len({*pair}) > 1]
            start, end = after.split('"Ω, “Ω”"')
            assert before.startswith(start)
            assert before.endswith(end)


def test_edits_are_made_one_after_the_other(data):
    header, *lines = apply(
        data,
        [
            Edit("repeat", "three-public/total"),
            Edit("set", "three-public/total~2.total", "1"),
            Edit("delete", "three-public/total"),
        ],
    )["published/table-10.csv"].splitlines()
    assert [line.split(",")[:2] for line in lines] == [["344", "1"]]
    assert header.startswith("line,total")


def test_a_row_is_found_by_the_name_that_an_edit_gave_it(data):
    (text,) = apply(
        data,
        [
            Edit("set", "spending-by-function/208.code", "209"),
            Edit("set", "spending-by-function/209.total", "7.00"),
        ],
    ).values()
    assert [
        line
        for line in text.splitlines()
        if ",209,社会保障和就业支出," in line and ",7.00," in line
    ]


def test_a_row_left_out_or_repeated_counts_as_read_so(data):
    """More or fewer rows than were read are refused; so the lists say that so many were read."""

    def lists(*edits):
        files = apply(data, [Edit(*edit) for edit in edits])
        return [files.get(f"published/{n}.csv", "").splitlines() for n in ("tables", "sections")]

    last = str(Texts(data).entries("project-targets")[-1].address)
    claim = load(data).claims[0]["id"]
    tables, sections = lists(["delete", "spending-summary/208"], ["repeat", last])
    assert [tables[3][-11:], tables[-1][-11:], sections] == [",17,printed", ",19,printed", []]
    assert lists(["delete", claim])[1][1] == "about,单位基本情况,7,23,1"
    assert lists(["set", TOTAL, "1"], ["delete", "regulations/1/2"]) == [[], []]


def test_the_two_sides_of_a_ledger_are_told_apart(data):
    old = (data / "published/table-01.csv").read_text(encoding="utf-8")
    for side, column in (
        ("一般公共预算财政拨款资金", "income"),
        ("社会保障和就业支出", "expenditure"),
    ):
        ((_, text),) = apply(data, [Edit("set", f"budget-summary/{side}.{column}", "7")]).items()
        (new,) = set(csv.DictReader(io.StringIO(text)).fieldnames) & {column}
        rows = zip(*(csv.DictReader(io.StringIO(t)) for t in (old, text)), strict=True)
        assert [
            (before[f"{column}_item"], after[new]) for before, after in rows if before != after
        ] == [(side, "7")]


def test_a_repeated_row_gets_the_next_free_key(data):
    for address, new in (
        ("spending-by-function/208", "225,"),
        ("claims/other-matters/procurement/amount/this", "85,9,"),
        ("tables/project-targets/1", "project-targets,6,"),
        ("dimensions/department-targets／数据归集", "department-targets/数据归集 2,"),
    ):
        text = "".join(apply(data, [Edit("repeat", address)]).values())
        assert sum(line.startswith(new) for line in text.splitlines()) == 1


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (
            ["set", "spending-by-function/999.total", "1"],
            "published/table-05.csv: there is no row spending-by-function/999: undo",
        ),
        (["set", "spending-by-function/208.totals", "1"], "208 has no column totals: undo"),
        (["set", "spending-by-function/208.line", "1"], "208 has no column line: undo"),
        (["set", "budget-summary/社会保障和就业支出.income", "1"], "has no column income: undo"),
        (["set", "other::spending-by-function/208.total", "1"], "expected table/row.column"),
        (["delete", "income-summary/total"], "there is no such table in the data: undo"),
        (["set", "spending-by-function/208", "1"], "the address of a cell, with its column"),
        (["delete", "spending-by-function/208.total"], "the address of a row, without a column"),
        (["set", "table-05:205:total", "1"], "the address 'table-05:205:total': expected"),
        (
            ["set", TOTAL, "1,0"],
            "row 1, column total: found '1,0'; expected",
        ),
        (["set", "tables/project-targets/1.occurrence", "2"], "the key of row 17 again"),
        (["set", "tables/project-targets/1.table", "table-17"], "expected the role of a table"),
        (
            ["delete", "project-targets/落实“云长制”数据资源治理/budget"],
            "form 1 has no row labelled",
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_words(laboratory, edit, says):
    report = change(laboratory, edit)
    assert says in report["error"]
    assert report["status"] == 2
    assert laboratory.verdicts() == ""
    assert json.loads(laboratory.look())["walks"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "[[]]", '[["set"]]', '[["drop","a","b"]]', '[["delete","a",1]]']
)
def test_a_list_of_edits_that_is_none(text):
    with pytest.raises(InputError, match="cannot be read"):
        parse(text)


def test_parts_are_what_is_read():
    edits = [Edit("set", "a/b.c", "d"), Edit("delete", "a/b"), Edit("repeat", "a/b")]
    assert parse(json.dumps([edit.parts for edit in edits])) == edits


#: What a link of the edition before held → what it holds today.
FORMER = [
    (["set", "table-05", "205", "total", "1.00"], ["set", TOTAL, "1.00"]),
    (
        ["set", "table-17", "423", "second_amount", "7"],
        ["set", "project-targets/落实“云长制”数据资源治理/district-part.amount", "7"],
    ),
    (
        ["set", "claims", "L85.1", "value", "9"],
        ["set", "claims/other-matters/procurement/amount/this.value", "9"],
    ),
    (["delete", "table-06", "241"], ["delete", "basic-by-economic/30107"]),
    (["repeat", "tables", "table-17|1"], ["repeat", "tables/project-targets/1"]),
    (["set", "regulations", "1|2", "number", ""], ["set", "regulations/1/2.number", ""]),
]
#: What no row of today answers to, or what would mean another thing.
LOST = [
    (["set", "table-05", "999", "total", "1.00"], "table-05 999 total → 1.00"),
    (["set", "table-05", "205", "line", "7"], "table-05 205 line → 7"),
    (["delete", "table-02", "9"], "table-02 9 left out"),
    (["set", "claims", "L85.1", "section", "section-1"], "claims L85.1 section → section-1"),
    (["repeat", "claims", "L1.1"], "claims L1.1 printed twice"),
]


def opened(laboratory, *held):
    """What a link with these changes opens, and what is said of those that are lost."""
    found = json.loads(laboratory.opened(json.dumps(held)))
    return found["edits"], found["lost"]


@pytest.mark.parametrize(("former", "today"), FORMER)
def test_a_link_of_the_edition_before_does_what_it_did(laboratory, former, today):
    assert opened(laboratory, former) == ([today], None)
    assert opened(laboratory, today) == ([today], None)
    assert not change(laboratory, today)["changes"][0][0].startswith(today[1])


def test_a_link_of_the_edition_before_names_rows_as_its_changes_leave_them(laboratory):
    held = ["repeat", "table-10", "343"], ["set", "table-10", "344", "total", "1"]
    edits, lost = opened(laboratory, *held, ["set", TOTAL, "2.00"])
    assert edits == [
        ["repeat", "three-public/total"],
        ["set", "three-public/total~2.total", "1"],
        ["set", TOTAL, "2.00"],
    ]
    assert lost is None


def test_what_a_link_of_the_edition_before_cannot_do_is_said(laboratory):
    edits, lost = opened(laboratory, FORMER[0][0], *(held for held, _ in LOST), FORMER[2][0])
    assert edits == [FORMER[0][1], FORMER[2][1]]
    assert "made by an earlier edition, which named rows by their line" in lost[0]
    assert all(words in lost[0] for _, words in LOST)
    assert "以文本行号指称各行" in lost[1]
    assert "total → 1.00" in lost[1]


def test_lines_of_another_text_lead_nowhere(package_copy):
    path = package_copy / "datapackage.json"
    about = path.read_text(encoding="utf-8")
    assert former.LINES_OF in about
    path.write_text(about.replace(former.LINES_OF, "0" * 64), encoding="utf-8")
    edits, lost = opened(Laboratory(str(package_copy)), FORMER[0][0], ["set", TOTAL, "2.00"])
    assert edits == [["set", TOTAL, "2.00"]]
    assert "table-05 205 total → 1.00" in lost[0]


def test_a_link_that_is_none_is_said(laboratory):
    assert opened(laboratory, ["set", "a"]) == (
        [],
        ["the list of changes cannot be read: start again without it", ""],
    )


def test_checks_and_findings_that_turn_are_those_of_the_whole_catalogue(data, disclosure, results):
    before, edits = results, [Edit(*WRONG)]
    after = state(data, edits)
    laboratory = Laboratory(str(data))
    report = change(laboratory, WRONG)
    fails = [
        {r.check.id for r in judged if r.verdict is Verdict.FAILS}
        for judged in (before, after.results)
    ]
    fell = {t["id"] for t in report["turned"] if t["kind"] == "fell"}
    assert fell == fails[1] - fails[0]
    assert len(fell) > 5
    fine = [
        {f.id for f in findings(d, r) if f.fine}
        for d, r in ((disclosure, before), (after.disclosure, after.results))
    ]
    appear = {f["id"] for f in report["findings"] if f["change"] == "appears"}
    assert appear == fine[0] - fine[1]
    assert appear


def test_a_figure_that_is_blanked_leaves_its_checks_open(laboratory):
    claim = "claims/totals/income/amount/this"
    report = change(laboratory, ["set", f"{claim}.value", ""])
    needs = [t["needs"] for t in report["turned"] if t["kind"] == "open"]
    assert needs
    assert all(claim in need for need in needs)


def test_the_walks_hold_one_total_and_every_level_adds_up(disclosure):
    total = disclosure.amount("spending-by-function", "合计", "total")
    found = walks(disclosure)
    assert [walk["id"] for walk in found] == [
        "function",
        "nature",
        "unit",
        "department",
        "government",
    ]
    derived = [walk["id"] for walk in found if "derived" in walk["title"][0]]
    assert derived == ["unit"] == [walk["id"] for walk in found if "推算" in walk["title"][1]]
    year = str(disclosure.year)
    for walk in found:
        assert Fraction(walk["root"]["figures"][year]["amount"]) == total
        sums(walk["root"], year)


def sums(node, year):
    """A node is the sum of what is below it, and its bar that of its parts."""
    figure = node["figures"][year]
    if not figure["amount"]:
        return
    below = [n["figures"][year]["amount"] for n in node["below"]]
    if any(below):
        assert sum(Fraction(amount or 0) for amount in below) == Fraction(figure["amount"]), node
    parts = [Fraction(amount) for _, amount in figure["parts"]]
    assert not parts or sum(parts) == Fraction(figure["amount"])
    assert bool(figure["place"]) != bool(figure["terms"])
    for inner in node["below"]:
        sums(inner, year)


def test_a_row_without_a_code_stands_beside_the_account_that_it_follows(disclosure):
    (industry,) = [
        a for a in accounts(disclosure, "spending-by-function") if a.row["code"] == "215"
    ]
    assert [a.row["line"] for a in industry.below] == [215, 216]


def test_every_printed_cell_of_a_walk_is_where_it_says(laboratory):
    change(laboratory)
    known = cells(laboratory)

    def visit(node):
        for figure in node["figures"].values():
            if figure["place"]:
                assert known[figure["place"]] == figure["amount"]
            terms = [Fraction(known[term]) for term in figure["terms"]]
            assert not terms or sum(terms) == Fraction(figure["amount"])
        return 1 + sum(map(visit, node["below"]))

    assert sum(visit(walk["root"]) for walk in json.loads(laboratory.look())["walks"]) > 100


def test_every_row_is_shown_in_words(laboratory):
    change(laboratory)
    found = rows(laboratory)
    assert len(found) > 400
    for address, row in found.items():
        assert any(row["words"]), address
        assert not [words for words in row["words"] if address in words or ".this" in words]
    words = found["spending-by-function/2080505"]
    assert (words["words"][0], words["code"], words["line"]) == (
        "Basic pension insurance contributions",
        "2080505",
        208,
    )
    claim = found["claims/other-matters/procurement/amount/this"]["words"]
    assert claim == ["Government procurement: amount 金额, 2025", "政府采购"]


def test_a_change_is_told_in_words_even_of_a_row_that_is_gone(laboratory):
    report = change(
        laboratory,
        ["set", "spending-by-function/2080505.total", "1.00"],
        ["delete", "spending-by-function/2080505"],
        ["delete", "spending-by-function/999"],
    )
    words = "Table 5, 2080505 Basic pension insurance contributions"
    chinese = "机关事业单位基本养老保险缴费支出"
    assert report["changes"] == [
        [f"{words}, Budget of the year, total", chinese],
        [words, chinese],
        ["spending-by-function/999", ""],
    ]


def test_a_cell_knows_the_checks_that_read_it(laboratory):
    claim = "claims/other-matters/procurement/amount/this.value"
    for place in (TOTAL, claim, "budget-summary/一般公共预算财政拨款资金.income"):
        change(laboratory)
        found = json.loads(laboratory.passport(place))
        mine = {c["id"] for c in found["checks"]}
        assert found["anchor"] == address_of(place).fragment
        turned = {t["id"] for t in change(laboratory, ["set", place, "7"])["turned"]}
        changed = {c["id"] for c in json.loads(laboratory.passport(place))["checks"]}
        assert turned & mine
        assert changed == mine
    change(laboratory)


@pytest.mark.parametrize(
    ("place", "anchor"),
    [
        ("claims/other-matters/procurement/amount/this.unit", "figure/{}.value"),
        ("spending-by-function/208.project", "row/{}"),
        ("budget-summary/政府性基金预算财政拨款资金.income", "row/卫生健康支出"),
        ("sections/about.claims", "sections/about"),
        ("spending-by-function/208~2.total", ""),
        ("sections/nowhere.claims", ""),
    ],
)
def test_a_cell_without_a_passport_leads_to_its_row_or_nowhere(laboratory, place, anchor):
    row = "/".join(address_of(place).row)
    assert json.loads(laboratory.passport(place))["anchor"] == anchor.format(row)


@pytest.mark.long
def test_the_cases_do_what_they_say(laboratory):
    cases = {c["id"]: c for c in json.loads(laboratory.start())["cases"]}
    reports = {name: change(laboratory, *case["edits"]) for name, case in cases.items()}
    assert not [name for name, report in reports.items() if report["error"]]
    fell = {n: sum(t["kind"] == "fell" for t in r["turned"]) for n, r in reports.items()}
    for name in ("swapped-digits", "row-left-out", "row-twice", "wrong-unit"):
        assert fell[name] >= 2, name
    assert reports["errors-that-hide"]["turned"] == []
    for name, finding in (
        ("procurement-mended", "procurement-total"),
        ("project-mended", "projects-without-form"),
    ):
        assert fell[name] == 0
        changes = [(f["id"], f["change"]) for f in reports[name]["findings"]]
        assert changes == [(finding, "vanishes")]
    words = [text for case in cases.values() for text in (*case["title"], *case["about"])]
    assert min(map(len, words)) >= 4


def unzipped(content, folder):
    """Unpack a zip into a folder, and return the only folder at its top."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def test_what_was_done_leaves_as_one_file(laboratory, data, tmp_path, capsys):
    edits = [WRONG, ["delete", "basic-by-economic/30107"]]
    report = change(laboratory, *edits)
    top = unzipped(laboratory.export(), tmp_path / "all")
    assert top.name == "budget-2025"
    assert {path.name for path in top.iterdir()} == {"changes.txt", "data", "verdicts.json"}
    status, out, _ = judged(capsys, top / "data")
    assert (status, out) == (report["status"], laboratory.verdicts())
    assert (top / "verdicts.json").read_text(encoding="utf-8") == out
    told = (top / "changes.txt").read_text(encoding="utf-8-sig")
    assert "1. Table 5, Total, Budget of the year" in told
    assert f"set {TOTAL} 1.00" in told
    assert "delete basic-by-economic/30107" in told
    names = {
        p.relative_to(data) for p in data.rglob("*") if p.is_file() and p.parent.name != "teaching"
    }
    assert names == {p.relative_to(top / "data") for p in (top / "data").rglob("*.*")}
    # What cannot be used leaves with the loader's sentence.
    error = change(laboratory, ["set", TOTAL, "1,0"])["error"]
    top = unzipped(laboratory.export(), tmp_path / "broken")
    assert (top / "error.txt").read_text(encoding="utf-8") == error
    assert not (top / "verdicts.json").exists()
    change(laboratory)


def test_what_stands_is_what_fails_or_cannot_be_tested(laboratory, results):
    standing = [(check["verdict"], check["id"]) for check in change(laboratory)["standing"]]
    for verdict in (Verdict.FAILS, Verdict.OPEN):
        expected = [r.check.id for r in results if r.verdict is verdict]
        assert expected
        assert [name for v, name in standing if v == verdict] == expected
    assert all(verdict in (Verdict.FAILS, Verdict.OPEN) for verdict, _ in standing)


# A package that a reader opens


def files(folder, below="", only="*"):
    """What a page sends of a folder: path, from the name of the folder on → content."""
    return {
        f"{below}{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in folder.rglob(only)
        if path.is_file()
    }


def archive(content, encoding=""):
    """A zip of files; with an encoding, its names as a program writes them that marks none."""
    stream, names = io.BytesIO(), {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (path, data) in enumerate(content.items()):
            raw = path.encode(encoding) if encoding else b""
            name = f"{number:03}".ljust(len(raw), "_") if encoding else path
            made.writestr(name, data)
            names[name.encode()] = raw
    found = stream.getvalue()
    for name, raw in names.items() if encoding else ():
        assert found.count(name) == 2  # before the file, and in the list at the end
        found = found.replace(name, raw)
    return found


def shapes(folder):
    """Ways in which a package comes: name → what the page sends, and what it is called then."""
    deep = {
        path.replace("student-01", "作业/一班/王小明"): content
        for path, content in files(folder).items()
    }
    windows = {path.replace("/", "\\"): content for path, content in deep.items()}
    return {
        "folder": (files(folder), "student-01"),
        "data alone": (files(folder / "data"), "data"),
        "zip": ({"any name.zip": archive(files(folder))}, "student-01"),
        "zip of data": ({"王小明.zip": archive(files(folder / "data"))}, "王小明"),
        "deep": ({"x.ZIP": archive(deep)}, "王小明"),
        "Chinese Windows": ({"x.zip": archive(deep, "gbk")}, "王小明"),
        "Mac": ({"x.zip": archive(deep, "utf-8")}, "王小明"),
        "backslashes": ({"x.zip": archive(windows, "gbk")}, "王小明"),
    }


@pytest.mark.long
def test_a_students_package_opens_however_it_comes(data, student, capsys):
    laboratory, wanted = Laboratory(str(data)), judged(capsys, student / "data")
    for shape, (sent, name) in shapes(student).items():
        found = json.loads(laboratory.open(sent))
        assert (found.get("refused"), found["name"], found["own"]) == (None, name, False), shape
        report = change(laboratory)
        assert (report["status"], laboratory.verdicts(), report["error"]) == wanted, shape
        assert not found["cases"]  # they might tell what its reader is to find
    assert json.loads(laboratory.look())["rows"]
    assert wanted[0] == 1
    assert json.loads(laboratory.open({})) == json.loads(Laboratory(str(data)).start())
    assert (change(laboratory)["status"], laboratory.verdicts(), "") == judged(capsys, data)


def test_the_package_of_the_document_is_opened_as_any_other(data, capsys):
    laboratory = Laboratory(str(data))
    assert not json.loads(laboratory.open(files(data, "book/")))["own"]
    assert (change(laboratory)["status"], laboratory.verdicts(), "") == judged(capsys, data)


@pytest.mark.long
def test_what_a_spreadsheet_saved_is_opened_changed_and_taken_away(data, student, tmp_path, capsys):
    """GB18030, a mark, blank cells left out and blank rows at the end: the loader reads them."""
    copy = tmp_path / "student-01"
    shutil.copytree(student, copy)
    for number, path in enumerate(sorted((copy / "data" / "published").glob("table-*.csv"))):
        text = path.read_text(encoding="utf-8")
        text = re.sub(",+$", "", text, flags=re.M) + "\n,,\n"
        head, _, rest = text.partition("\n")
        full = path.read_text(encoding="utf-8").partition("\n")[0]
        assert head == full
        path.write_bytes(f"{head}\n{rest}".encode(("gb18030", "utf-8-sig")[number % 2]))
    about = copy / "data" / "datapackage.json"
    about.write_text(about.read_text(encoding="utf-8"), encoding="utf-8-sig")
    wanted = judged(capsys, student / "data")
    assert judged(capsys, copy / "data") == wanted
    laboratory = Laboratory(str(data))
    assert "refused" not in json.loads(laboratory.open(files(copy)))
    assert (change(laboratory)["status"], laboratory.verdicts(), "") == wanted
    report = change(laboratory, WRONG)
    assert not report["error"]
    assert [t for t in report["turned"] if t["kind"] == "fell"]
    # What leaves opens again, with the change in it.
    again = Laboratory(str(data))
    assert json.loads(again.open({"out.zip": laboratory.export()}))["name"] == "student-01"
    assert change(again)["status"] == 1
    assert again.verdicts() == laboratory.verdicts()


def broken(student, path, old, new):
    """A student's files with something typed wrongly into one of them, the first time it stands."""
    sent = files(student)
    assert old in sent[f"student-01/data/{path}"]
    sent[f"student-01/data/{path}"] = sent[f"student-01/data/{path}"].replace(old, new, 1)
    return sent


@pytest.mark.long
def test_what_cannot_be_opened_is_said_in_both_languages(data, student, tmp_path):
    laboratory = Laboratory(str(data))
    sent, table = files(student), "published/table-05.csv"
    missing = {path: content for path, content in sent.items() if not path.endswith(table)}
    cases = (
        ({"x.zip": b"PK no"}, "x.zip: not a zip that can be opened", "不是可以打开的 zip"),
        ({"x.zip": archive(sent)[:-40]}, "x.zip: not a zip", "不是可以打开的 zip"),
        ({"x.zip": archive({"a.csv": b"a"})}, "no datapackage.json in any folder", "没有数据包"),
        ({"/": b""}, "there is no data package in it", "没有数据包"),
        (
            files(student.parent) | files(student, "more/"),
            "there are 2 data packages",
            "2 个数据包",
        ),
        (missing, f"{table}: not found in student-01/data/published", f"{table} 有误或缺失"),
        (
            broken(student, table, b".00,", b".0O,"),
            f"{table}: row 1, column ",
            f"{table} 表头下第 1 行 project 栏 有误或缺失",
        ),
        (
            broken(student, "datapackage.json", b'"year"', b'"Year"'),
            "student-01/data/datapackage.json: not a package descriptor",
            "student-01/data/datapackage.json 有误",
        ),
    )
    for files_sent, english, chinese in cases:
        said = json.loads(laboratory.open(files_sent))["refused"]
        assert english in said[0]
        assert chinese in said[1]
        assert not re.search(r"/tmp|\\", "".join(said))
        assert json.loads(laboratory.start())["own"]  # what was open stays open


def test_nothing_is_written_outside_of_its_folder(data, student, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sent = files(student) | {"student-01/data/../out.csv": b"a"}
    assert "refused" not in json.loads(Laboratory(str(data)).open(sent))
    assert not list(tmp_path.rglob("out.csv"))


def test_a_zip_that_unpacks_to_more_than_a_package_is_refused(data):
    huge = archive({"a.csv": bytes(60_000_000)})
    assert len(huge) < 100_000
    said = json.loads(Laboratory(str(data)).open({"x.zip": huge}))["refused"]
    assert "more than" in said[0]


#: What the worker does with the zip, by Python alone: no packages, no settings, no work folder.
ALONE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from budgetbook.laboratory.judging import Laboratory
laboratory = Laboratory(sys.argv[1] + "/data")
report = json.loads(laboratory.change(json.dumps([["set", sys.argv[2], "1.00"]])))
print(report["status"], sum(t["kind"] == "fell" for t in report["turned"]))
from budgetbook.cli import main
sys.exit(main(["check", sys.argv[1] + "/data", "--only", "row totals"]))
"""


@pytest.mark.long
def test_the_zip_holds_all_that_the_browser_needs(repo, data, tmp_path, laboratory):
    with zipfile.ZipFile(io.BytesIO(code_zip(repo))) as archive:
        archive.extractall(tmp_path)
    package = repo / "src" / "budgetbook"
    for room in ("forms", "package", "checks"):
        files = [p for p in (package / room).rglob("*") if p.suffix in (".csv", ".json")]
        assert files
        for path in files:
            unpacked = tmp_path / "budgetbook" / path.relative_to(package)
            assert unpacked.read_bytes() == path.read_bytes()
    assert not {p.name for p in (tmp_path / "budgetbook").iterdir()} & {
        *("site", "show", "fonts", "teaching", "practice"),
    }
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", ALONE, str(tmp_path), TOTAL],
        cwd=tmp_path / "data",
        capture_output=True,
        text=True,
        env={"PYTHONUTF8": "1"},
    )
    fell = sum(t["kind"] == "fell" for t in change(laboratory, ["set", TOTAL, "1.00"])["turned"])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"1 {fell}\n")
