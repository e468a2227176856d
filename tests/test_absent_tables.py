"""A table that is listed and not printed: verdicts all the same, and what needs it says so."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from small_disclosure import ENDINGS, TEXT, title

import budgetbook
from budgetbook.analysis import (
    costs,
    cube,
    drivers,
    performance,
    reasons,
    reconstruction,
    rubric,
    simulate,
    staff,
    variance,
)
from budgetbook.checks import Verdict, run
from budgetbook.cli import main
from budgetbook.errors import InputError
from budgetbook.forms import family
from budgetbook.laboratory import cases, explorer
from budgetbook.model import classification
from budgetbook.proof import findings, guards, passports
from budgetbook.reading.importing import import_text
from budgetbook.site import substitutions

TABLES = {name: table for name, table in family("chongqing-district").tables.items() if table.kind}
SEVERAL = (
    ("spending-by-function", "three-public"),
    ("basic-by-economic", "basic-by-government", "procurement"),
    tuple(TABLES),
)
GONE = [*((name,) for name in TABLES), *SEVERAL]


def without(disclosure, gone):
    """The disclosure as it is read where some of its tables are not printed."""
    listing = [{**e, "state": "absent"} if e["table"] in gone else e for e in disclosure.listing]
    tables = {name: rows for name, rows in disclosure.tables.items() if name not in gone}
    return replace(disclosure, tables=tables, listing=listing)


def drop(folder, gone):
    """Take tables out of a package on disk, as the import leaves them out."""
    path = folder / "datapackage.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    about["resources"] = [r for r in about["resources"] if r["name"] not in gone]
    path.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    for name in gone:
        (folder / "published" / f"{TABLES[name].file}.csv").unlink(missing_ok=True)
    listing = folder / "published" / "tables.csv"
    lines = listing.read_text(encoding="utf-8").splitlines()
    lines = [
        line.rpartition(",")[0] + ",absent" if line.partition(",")[0] in gone else line
        for line in lines
    ]
    listing.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("gone", GONE, ids=" ".join)
def test_the_check_gives_verdicts(package_copy, capsys, gone):
    drop(package_copy, gone)
    assert main(["check", str(package_copy), "--format", "json"]) == 1
    found = {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}
    for name in gone:
        assert found[f"structure.printed.{name}"]["verdict"] == "fails"


@pytest.fixture(scope="module")
def before(disclosure):
    """The verdicts on all printed tables."""
    return {result.check.id: result for result in run(disclosure)}


@pytest.mark.parametrize("gone", GONE, ids=" ".join)
def test_what_is_not_printed_is_no_nought(disclosure, before, gone):
    """A side that rests on an absent table is unknown: nothing holds or fails by its absence."""
    for result in run(without(disclosure, gone)):
        name, was = result.check.id, before.get(result.check.id)
        judged = result.verdict not in (Verdict.OPEN, Verdict.APART)
        if judged and not name.startswith(("structure.printed.", "package.")):
            assert was, name
            assert (result.left, result.right) == (was.left, was.right), name


def test_what_needs_the_table_is_open_and_names_it(disclosure):
    results = {r.check.id: r for r in run(without(disclosure, ("three-public",)))}
    stated = results["text.claims/three-public/three-public/amount/this"]
    assert stated.verdict is Verdict.OPEN
    assert stated.needs == "table 10, which is not printed"


ANALYSES = {
    "bridge": variance.whole,
    "by function": lambda d: variance.by_function(d, 7),
    "natures": variance.by_nature,
    "growths": variance.growths,
    "regrouped": variance.regrouped,
    "commitments": variance.commitments,
    "unexplained": variance.unexplained,
    "staff": staff.staff,
    "costs": costs.costs,
    "drivers": drivers.covered,
    "drivers by unit": drivers.by_unit,
    "reasons": lambda d: reasons.coverage(d, reasons.audit(d, drivers.covered(d))),
    "units": reconstruction.units,
    "bounds": reconstruction.by_unit,
    "unlisted": reconstruction.unlisted_projects,
    "renamed": classification.renamed,
    "rebuilt": reconstruction.absent_tables,
    "basic cube": lambda d: cube.cube(d, "basic"),
    "project cube": lambda d: cube.cube(d, "project"),
    "forms": performance.forms,
    "ceilings": performance.together,
    "rubric": lambda d: [rubric.judge(d, indicator) for indicator in d.indicators],
    "hire": lambda d: simulate.spend(d, simulate.hire(d, "own-unit", 1)),
    "fund": lambda d: simulate.spend(d, simulate.fund(d, "2150502", Decimal(1000))),
    "walks": explorer.walks,
    "cases": cases.cases,
    "findings": lambda d: [f.sentence("found_en") for f in findings.findings(d, run(d))],
    "passports": lambda d: passports.passports(d, run(d)),
    "facts": substitutions.facts,
}
#: What a reader's laboratory and the registers of the site show, whatever is printed.
ALWAYS = {"walks", "cases", "findings", "passports", "rebuilt", "bounds", "renamed"}
ALWAYS |= {"by function", "natures", "growths", "regrouped", "commitments", "unexplained"}
ALWAYS |= {"units", "reasons", "drivers by unit"}


@pytest.mark.long
@pytest.mark.parametrize("gone", GONE, ids=" ".join)
def test_an_analysis_works_or_names_the_table_that_it_needs(disclosure, gone):
    left = without(disclosure, gone)
    refused = {}
    for name, analysis in ANALYSES.items():
        try:
            analysis(left)
        except InputError as error:
            refused[name] = str(error)
    assert not refused.keys() & ALWAYS
    for name, error in refused.items():
        assert error.partition(" is not printed in this disclosure")[0] in gone, (name, error)


def test_what_compares_with_the_year_before_is_empty_without_its_table(disclosure):
    left = without(disclosure, ("spending-by-function",))
    names = ("by function", "natures", "growths", "regrouped", "commitments", "unexplained")
    assert [ANALYSES[name](left) for name in names] == [[]] * len(names)
    told = variance.explanations(left)
    assert len(told) == len(variance.explanations(disclosure))
    assert {explanation.agrees for explanation in told} == {None}
    assert "spending-by-function is not printed" in left.lacks("spending-by-function", "none")
    assert not left.lacks("spending-summary")


def test_a_nature_whose_table_by_unit_is_not_printed_is_left_out(disclosure):
    left = without(disclosure, ("project-by-government",))
    assert [split.code for split in reconstruction.units(left)] == ["basic"]
    assert drivers.by_unit(left)


@pytest.mark.parametrize("gone", SEVERAL[1:], ids=" ".join)
def test_what_guards_a_figure_is_told_of_what_is_printed(disclosure, gone):
    left = without(disclosure, gone)
    assert {g.figure.address.table for g in guards.guards(left)} <= {*left.tables, "claims"}


def cut(text, number):
    """The small disclosure without the printings of a table; its list names it still."""
    lines = text.split("\n")
    titles = {title(n).partition("（")[0]: n for n in ENDINGS}
    kept, within = [], 0
    for line in lines:
        within = titles.get(line.strip(), within)
        if within != number:
            kept.append(line)
    return "\n".join(kept)


@pytest.mark.parametrize("number", ENDINGS)
def test_a_text_that_leaves_a_table_out_is_read_and_judged(package_copy, tmp_path, capsys, number):
    path = tmp_path / "small.txt"
    path.write_text(cut(TEXT, number), encoding="utf-8")
    import_text(path, package_copy)
    assert f"table-{number:02}" not in budgetbook.load(package_copy).tables
    assert main(["check", str(package_copy)]) == 1
    assert (
        f"table {number} is listed, and stands in the text that was read" in capsys.readouterr().out
    )
