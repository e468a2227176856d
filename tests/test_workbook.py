"""A workbook goes back in: what a spreadsheet saved is checked as the package is."""

import openpyxl
import pytest

from budgetbook.checks import Verdict, run
from budgetbook.cli import main
from budgetbook.errors import InputError
from budgetbook.model.workbook import opened
from budgetbook.show.downloads import workbook


@pytest.fixture(scope="module")
def path(disclosure, tmp_path_factory):
    """The workbook of the site."""
    made = tmp_path_factory.mktemp("book") / "budget-data.xlsx"
    made.write_bytes(workbook(disclosure))
    return made


def test_the_workbook_holds_the_tables_and_the_claims(path, disclosure):
    found = opened(path)
    assert found.tables == disclosure.tables
    assert found.claims == disclosure.claims
    assert (found.year, found.document["office"]) == (2025, disclosure.document["office"])


def test_its_verdicts_are_those_of_the_package(path, results):
    told = {result.check.id: result.verdict for result in run(opened(path))}
    assert told == {result.check.id: result.verdict for result in results}


def test_a_changed_cell_is_seen_by_the_command(path, tmp_path, capsys):
    book = openpyxl.load_workbook(path)
    sheet = book["表五 spending-by-function"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == 1750000)
    cell.value = 1750001
    book.save(tmp_path / "changed.xlsx")
    assert main(["check", str(tmp_path / "changed.xlsx"), "--only", "row totals"]) == 1
    assert "1,750,001" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"a,b\n"])
def test_what_is_no_workbook_is_said(tmp_path, capsys, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    assert main(["check", str(tmp_path / "x.xlsx")]) == 2
    assert capsys.readouterr().err.startswith("budgetbook: x.xlsx: not a workbook")
    assert main(["check", str(tmp_path / "gone.xlsx")]) == 2


def test_another_workbook_is_said(tmp_path):
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(InputError, match="no sheet “tables”"):
        opened(tmp_path / "x.xlsx")


def test_a_failing_figure_fails_from_the_workbook_too(path):
    failing = [r for r in run(opened(path)) if r.verdict is Verdict.FAILS]
    assert failing
