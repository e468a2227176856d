"""The model: what is loaded, and how its cells are found, named and added up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from worlds import with_cell, with_cells

from budgetbook.forms import family
from budgetbook.model.address import Address, parse
from budgetbook.model.cells import accounts, find, whole_column
from budgetbook.model.classification import children, crosswalk, parent
from budgetbook.model.disclosure import once
from budgetbook.model.expressions import NeedsFigure, cell_words
from budgetbook.model.loading import load
from budgetbook.model.units import project_items


def test_the_budget_of_a_project_is_the_cell_of_its_form(disclosure):
    first, *others = disclosure.projects
    place = f"project-targets/{first.key}/budget.amount"
    changed = with_cell(disclosure, place, first.budget + 10_000).projects
    assert changed[0].budget == first.budget + 10_000
    assert [*changed[1:]] == others


def test_weight_and_target_of_an_indicator_are_the_cells_of_its_row(disclosure):
    place = next(i.address for i in disclosure.indicators if i.name == "完成时效")
    typed = {f"{place}.weight": Decimal(7), f"{place}.target": "2.5"}
    (changed,) = (i for i in with_cells(disclosure, typed).indicators if i.address == place)
    assert (changed.weight, changed.target, changed.value) == (7, "2.5", Decimal("2.5"))


def test_what_is_loaded_twice_is_the_same(data, disclosure):
    again = load(data)
    assert again is not disclosure
    assert again.tables == disclosure.tables
    assert again.entries.keys() == disclosure.entries.keys()


def test_levels_of_a_classification_hang_together(disclosure):
    assert [parent(code) for code in ("2080505", "20805", "208")] == ["20805", "208", ""]
    rows = disclosure.tables["spending-by-function"]
    coded = [row for row in rows if row["code"]]
    found = [row for code in ("", *(row["code"] for row in coded)) for row in children(code, coded)]
    assert sorted(row["code"] for row in found) == sorted(row["code"] for row in coded)
    both = disclosure.reference["crosswalk"]
    assert sum(map(len, crosswalk(disclosure).values())) == len(both)


def test_a_cell_is_found_by_code_or_name_and_a_missing_account_has_no_money(disclosure):
    table = "spending-by-function"
    housing = find(disclosure, table, "2210201", "total")
    assert housing.address == parse(f"{table}/2210201.total")
    assert find(disclosure, table, "合计", "total").address == parse(f"{table}/total.total")
    assert find(disclosure, table, "9999999", "total") is None
    both = accounts(disclosure, table, ["2210201", "9999999"], "total")
    assert both.value(disclosure) == housing.value(disclosure)
    rows = disclosure.tables[table]
    whole = whole_column(disclosure, table, "total")
    assert whole.value(disclosure) == Fraction(sum(row["total"] or 0 for row in rows))
    nowhere = accounts(disclosure, "no-such-table", ["2210201"], "total")
    with pytest.raises(NeedsFigure, match="no-such-table"):
        nowhere.value(disclosure)


def test_project_money_is_of_the_own_unit_or_of_an_institution(disclosure):
    is_own = disclosure.is_own
    assert is_own("某局（本级）")
    assert is_own("某局(本级)")
    assert not is_own("某中心")
    own, others = (project_items(disclosure)[mine] for mine in (True, False))
    assert own
    assert all(row["name"] == "一般行政管理事务" for row in own)
    money = sum(row["project"] for row in [*own, *others])
    assert money == disclosure.amount("spending-by-function", "合计", "project")


def test_cells_are_called_by_table_row_and_column():
    form = family("chongqing-district")
    assert cell_words(form, Address("spending-summary", ("208",), "basic")) == (
        "the basic expenditure of 208 in table 3",
        "表三科目208“基本支出”栏",
    )
    assert cell_words(form, Address("three-public", ("total",), "total"))[1] == (
        "表十“合计”行“合计”栏"
    )
    assert form.tables["project-targets"].words == ("table 17", "表十七")


def test_what_is_kept_of_a_disclosure_is_worked_out_once_and_serves_no_other(disclosure):
    asked = []

    @once
    def budget(found, nth, *, more=0):
        asked.append(nth)
        return found.projects[nth].budget + more

    first = disclosure.projects[0]
    assert [budget(disclosure, 0), budget(disclosure, 0), budget(disclosure, 0, more=1)] == [
        first.budget,
        first.budget,
        first.budget + 1,
    ]
    assert budget(disclosure, 1) == disclosure.projects[1].budget
    assert asked == [0, 0, 1]
    place = f"project-targets/{first.key}/budget.amount"
    assert budget(with_cell(disclosure, place, Decimal(7)), 0) == 7
