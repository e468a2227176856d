"""The laboratory: edits typed into the CSV files are judged as the command line judges them."""

import io
import json
import zipfile
from fractions import Fraction

import pytest
from mutations import mutations, typed

from budgetbook.checks import Verdict
from budgetbook.cli import main
from budgetbook.edits import Edit, apply, parse
from budgetbook.errors import InputError
from budgetbook.explorer import accounts, walks
from budgetbook.findings import findings
from budgetbook.guards import passport
from budgetbook.laboratory import Laboratory, state

SEED, COUNT = 20250, 100
WRONG = ["set", "table-05", "205", "total", "1.00"]


def judged(capsys, folder):
    """What the command line says of a package: status, verdicts, error."""
    status = main(["check", str(folder), "--format", "json"])
    printed = capsys.readouterr()
    return status, printed.out, printed.err.removeprefix("budgetbook: ").removesuffix("\n")


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


def test_the_command_line_says_the_same_of_a_hundred_mutations(laboratory, data, tmp_path, capsys):
    seen = set()
    for number, edits in enumerate(mutations(data, SEED, COUNT)):
        report = change(laboratory, *edits)
        ours = (report["status"], laboratory.verdicts(), report["error"])
        assert ours == judged(capsys, typed(data, edits, tmp_path / str(number))), edits
        laboratory.look()  # no state of the data stops the walks
        seen |= {report["status"], *(t["kind"] for t in report["turned"])}
    assert {1, 2, "fell", "mended", "gone"} <= seen


def test_a_file_that_is_not_touched_keeps_its_bytes(data):
    for path in sorted((data / "published").glob("*.csv")):
        text = path.read_bytes().decode()
        first = text.splitlines()[0].split(",")[0]
        key = {"tables": "table-01|1", "regulations": "1|1", "repairs": None}.get(path.stem, "")
        if key is None:
            continue
        row = key or text.splitlines()[1].split(",")[0]
        edit = Edit("set", path.stem, row, first, row.partition("|")[0])
        assert apply(data, [edit]) == {f"published/{path.name}": text}


def test_edits_are_made_one_after_the_other(data):
    header, *lines = apply(
        data,
        [
            Edit("repeat", "table-10", "343"),
            Edit("set", "table-10", "344", "total", "1"),
            Edit("delete", "table-10", "343"),
        ],
    )["published/table-10.csv"].splitlines()
    assert [line.split(",")[:2] for line in lines] == [["344", "1"]]
    assert header.startswith("line,total")


def test_a_repeated_row_gets_the_next_free_key(data):
    for name, row, new in (
        ("table-05", "206", "225"),
        ("claims", "L85.1", "L85.9"),
        ("tables", "table-17|1", "table-17,6"),
    ):
        ((_, text),) = apply(data, [Edit("repeat", name, row)]).items()
        assert sum(line.startswith(f"{new},") for line in text.splitlines()) == 1


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (["set", "table-05", "999", "total", "1"], "published/table-05.csv: there is no row 999"),
        (["set", "table-05", "205", "totals", "1"], "no column totals"),
        (["delete", "table-02", "1"], "there is no table-02"),
        (["set", "table-05", "205", "total", "1,0"], "row 1, column total: found '1,0'; expected"),
        (["set", "table-05", "206", "line", "205"], "the key of row 1 again"),
        (["delete", "table-17", "423"], "form 1 has no row labelled"),
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


def test_parts_are_what_is_read(data):
    edits = [Edit("set", "a", "b", "c", "d"), Edit("delete", "a", "b"), Edit("repeat", "a", "b")]
    assert parse(json.dumps([edit.parts for edit in edits])) == edits


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
    report = change(laboratory, ["set", "claims", "L29.2", "value", ""])
    needs = [t["needs"] for t in report["turned"] if t["kind"] == "open"]
    assert needs
    assert all("L29.2" in need for need in needs)


def test_the_walks_hold_one_total_and_every_level_adds_up(disclosure):
    total = disclosure.amount("table-05", "合计", "total")
    found = walks(disclosure)
    assert [walk["id"] for walk in found] == [
        "function",
        "nature",
        "unit",
        "department",
        "government",
    ]
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
    assert bool(figure["place"]) != bool(figure["formula"])
    for inner in node["below"]:
        sums(inner, year)


def test_a_row_without_a_code_stands_beside_the_account_that_it_follows(disclosure):
    (industry,) = [a for a in accounts(disclosure, "table-05") if a.row["code"] == "215"]
    assert [a.row["line"] for a in industry.below] == [215, 216]


def test_every_printed_cell_of_a_walk_is_where_it_says(disclosure, laboratory):
    change(laboratory)
    look = json.loads(laboratory.look())
    cells = {(r["resource"], r["row"]): r["cells"] for r in look["rows"]}

    def visit(node):
        for figure in node["figures"].values():
            if figure["place"]:
                table, row, column = figure["place"]
                assert cells[table, row][column] == figure["amount"]
        return 1 + sum(map(visit, node["below"]))

    assert sum(visit(walk["root"]) for walk in look["walks"]) > 100


def test_a_cell_knows_the_checks_that_read_it(laboratory, disclosure):
    change(laboratory)
    for place in (("table-05", "205", "total"), ("claims", "L85.1", "value")):
        found = json.loads(laboratory.passport(*place))
        mine = {c["id"] for c in found["checks"]}
        assert found["anchor"] == passport(*place)
        change(laboratory, ["set", *place, "7"])
        changed = {c["id"] for c in json.loads(laboratory.passport(*place))["checks"]}
        turned = {t["id"] for t in change(laboratory, ["set", *place, "7"])["turned"]}
        assert turned & mine
        assert changed == mine
        change(laboratory)


def test_the_cases_do_what_they_say(laboratory):
    cases = {c["id"]: c for c in json.loads(laboratory.start())["cases"]}
    reports = {name: change(laboratory, *case["edits"]) for name, case in cases.items()}
    assert not [name for name, report in reports.items() if report["error"]]
    fell = {n: sum(t["kind"] == "fell" for t in r["turned"]) for n, r in reports.items()}
    for name in ("swapped-digits", "row-left-out", "row-twice", "wrong-unit"):
        assert fell[name] >= 3, name
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


def test_the_changed_package_is_judged_the_same(laboratory, data, tmp_path, capsys):
    edits = [WRONG, ["delete", "table-06", "241"]]
    report = change(laboratory, *edits)
    with zipfile.ZipFile(io.BytesIO(laboratory.package())) as archive:
        archive.extractall(tmp_path)
    status, out, _ = judged(capsys, tmp_path / "data")
    assert (status, out) == (report["status"], laboratory.verdicts())
    names = {p.relative_to(data) for p in data.rglob("*") if p.is_file()}
    assert names == {p.relative_to(tmp_path / "data") for p in tmp_path.rglob("*") if p.is_file()}
