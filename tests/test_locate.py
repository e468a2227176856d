"""`budgetbook where` says what stands at an address, or that nothing does."""

import pytest

from budgetbook.analysis import reconstruction
from budgetbook.cli import main
from budgetbook.errors import InputError
from budgetbook.model.address import parse
from budgetbook.proof.locate import locate


def test_a_figure_is_told_with_its_table_row_column_and_line(disclosure):
    table, figure, line = locate(disclosure, "spending-by-function/2080505.prior_total")
    row = disclosure.row("spending-by-function", "2080505")
    assert table.startswith("Table 5. ")
    assert row["name"] in figure
    assert figure.endswith(f": {row['prior_total']}")
    assert line == f"line {row['line']} of the extracted text"


def test_a_row_a_claim_a_check_and_a_finding_are_told(disclosure):
    assert len(locate(disclosure, "budget-summary/total")) == 6  # both sides of the ledger
    (stated,) = [c for c in disclosure.claims if c["id"] == "claims/totals/income/amount/this"]
    assert f"line {stated['line']} of" in locate(disclosure, stated["id"])[-1]
    check = locate(disclosure, f"text.{stated['id']}")
    assert check[1] == "holds"
    assert stated["id"] in check
    title, *_ = locate(disclosure, "procurement-total")
    assert "政府采购" in title


def test_what_is_shown_anywhere_is_found(disclosure, results):
    """A place of each table that a failing check names, and one of each that is rebuilt."""
    named = [place for result in results for place in result.offenders if "/" in place]
    named += [str(figure.address) for figure in reconstruction.absent_tables(disclosure)]
    places = {parse(place).table: place for place in named}
    assert {"tables", "income-summary", "project-detail"} <= places.keys()
    for place in places.values():
        assert len(locate(disclosure, place)) > 2, place
    assert "spending-summary/208.total" in locate(disclosure, "income-summary/208.total")[-1]


@pytest.mark.parametrize("text", ["three-public/total.nothing", "nowhere/at-all"])
def test_an_address_of_nothing_is_an_error(disclosure, text):
    with pytest.raises(InputError, match="nothing of this disclosure has that address"):
        locate(disclosure, text)


def test_the_command_prints_or_says_why_not(data, capsys):
    assert main(["where", "three-public/total.reception", str(data)]) == 0
    assert "2000.00" in capsys.readouterr().out
    assert main(["where", "table-10:line=343:reception", str(data)]) == 2
    assert "expected table/row.column" in capsys.readouterr().err
