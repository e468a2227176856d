"""What a disclosure is asked to contain, held against texts of two forms and with gaps."""

from dataclasses import replace

import pytest
from small_disclosure import TEXT
from test_forms import OTHER_TEXT, another_form, read  # noqa: F401
from worlds import with_cell, with_claims, with_resource

from budgetbook.analysis.completeness import STATES, completeness


def found(disclosure):
    """State and place of each item, by its id."""
    return {item.row["id"]: (item.state, item.where) for item in completeness(disclosure)}


def test_every_item_of_this_document_has_its_state(disclosure):
    states = found(disclosure)
    assert list(states) == [row["id"] for row in disclosure.reference["disclosure-items"]]
    assert {state for state, _ in states.values()} <= STATES.keys()
    assert {name for name, (state, _) in states.items() if state == "listed and not printed"} == {
        "income-summary",
        "project-detail",
    }
    assert {name for name, (state, _) in states.items() if state == "not asked"} == {
        *("transfers", "debt", "units-own", "within-twenty-days")
    }
    assert {name for name, (state, _) in states.items() if state == "printed empty"} == {
        *("three-budgets-fund", "three-budgets-capital", "performance-key"),
    }


def test_what_answers_is_named_by_address(disclosure):
    states = found(disclosure)
    assert states["function-item"][1] == "spending-by-function/2080505.total"
    assert states["basic-section"][1] == "basic-by-economic/30101.total"
    whole = "claims/totals/income-general-public/share/this"
    assert states["special-account"] == states["income-other"] == ("printed", whole)
    assert states["performance-department"][1] == "department-targets/goal"
    assert states["operating-funds"][1] == "claims/other-matters/operating-funds/amount/this"
    assert states["duties"] == ("printed", "sections/about")


def test_an_item_is_looked_for_and_not_supposed(disclosure):
    """What is taken away is no longer printed, and an amount in a blank cell is."""
    claims = [c for c in disclosure.claims if c["subject"] != "operating-funds"]
    assert found(replace(disclosure, claims=claims))["operating-funds"] == ("not found", "")
    sections = [s for s in disclosure.reference["sections"] if s["section"] != "terms"]
    untold = with_resource(disclosure, "sections", sections)
    assert found(untold)["terms"] == ("not found", "")
    whole = "claims/totals/income-general-public/share/this"
    other = with_claims(disclosure, lambda c: {**c, "value": 99} if c["id"] == whole else c)
    for changed in (other, with_claims(disclosure, lambda c: None if c["id"] == whole else c)):
        states = found(changed)
        assert states["special-account"] == ("printed empty", "budget-summary/财政专户管理资金")
        assert states["income-other"][0] == "printed empty", "a blank says nothing by itself"
    filled = with_cell(disclosure, "budget-summary/其他收入资金.income", 5)
    assert found(filled)["income-other"] == ("printed", "budget-summary/其他收入资金.income")


def test_an_account_above_the_level_does_not_answer(disclosure):
    rows = [r for r in disclosure.tables["basic-by-economic"] if len(r["code"] or "") != 5]
    tables = {**disclosure.tables, "basic-by-economic": rows, "basic-by-government": ()}
    assert found(replace(disclosure, tables=tables))["basic-section"] == ("not found", "")


@pytest.mark.parametrize(
    ("table", "item"),
    [
        ("spending-by-function", "three-budgets-general"),
        ("appropriations", "income-appropriations"),
        ("department-targets", "performance-department"),
        ("three-public", "three-public-split"),
    ],
)
def test_an_absent_table_answers_nothing(disclosure, table, item):
    listing = [{**e, "state": "absent"} if e["table"] == table else e for e in disclosure.listing]
    tables = {name: rows for name, rows in disclosure.tables.items() if name != table}
    gone = found(replace(disclosure, tables=tables, listing=listing))
    assert gone[item] == ("listed and not printed", table)
    unlisted = [e for e in disclosure.listing if e["table"] != table]
    gone = found(replace(disclosure, tables=tables, listing=unlisted))
    asked_by_its_list = item == "performance-department"
    assert gone[item] == ("not asked" if asked_by_its_list else "not found", "")


def test_another_answer_serves_where_the_first_is_missing(disclosure):
    listing = [e for e in disclosure.listing if e["table"] != "procurement"]
    tables = {name: rows for name, rows in disclosure.tables.items() if name != "procurement"}
    state, where = found(replace(disclosure, tables=tables, listing=listing))["procurement"]
    assert (state, where) == ("printed", "claims/other-matters/procurement/amount/this")


def test_another_form_is_asked_by_the_same_roles(read):  # noqa: F811
    states = found(read(OTHER_TEXT))
    assert states["three-budgets-general"] == ("printed", "spending-by-function")
    assert states["three-budgets-fund"] == ("printed empty", "fund-spending")
    assert states["income-summary"] == ("listed and not printed", "income-summary")
    assert states["income-other"] == ("printed empty", "budget-summary/其他收入")
    assert states["function-item"][1] == "spending-by-function/2080505.total"
    for name in ("three-budgets-capital", "three-public-split", "operating-funds", "procurement"):
        assert states[name] == ("not found", ""), name


def test_a_rule_of_one_place_is_not_asked_of_another(read):  # noqa: F811
    elsewhere = found(read(OTHER_TEXT))
    assert elsewhere["project-economic"] == ("not asked", "")
    assert elsewhere["project-detail"] == ("not asked", ""), "its own list does not name it"
    moved = read(OTHER_TEXT.replace("南屏市清河县", "重庆市清河县"))
    assert found(moved)["project-economic"] == ("not found", "")


def test_a_small_disclosure_has_gaps_and_no_errors(read):  # noqa: F811
    states = found(read(TEXT))
    assert states["appropriations-apart"] == ("not found", "")
    assert states["function-item"] == ("not found", ""), "classes alone are no items"
    assert states["performance-projects"] == ("printed", "project-targets")
