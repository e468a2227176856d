"""The ways of the money are printed amounts and what they leave, and they make the whole."""

from budgetbook.analysis.paths import of_units, paths, printed_sums
from budgetbook.synthetic import SHAPES, department
from budgetbook.synthetic import disclosure as built


def test_the_ways_make_the_whole_budget_and_no_more(disclosure):
    ways = paths(disclosure)
    assert sum(way.amount for way in ways) == disclosure.amount(
        "spending-by-function", "合计", "total"
    )
    for nature in ("basic", "project"):
        whole = disclosure.amount("spending-by-function", "合计", nature)
        assert sum(way.amount for way in ways if way.nature == nature) == whole
    (rest,) = [way for way in ways if way.use == "in-no-form"]
    assert rest.address is None


def test_a_printed_way_is_what_is_printed_at_its_address(disclosure):
    placed = [(way.address, way.amount) for way in paths(disclosure) if way.address]
    sums = printed_sums(disclosure)
    assert set(sums) == {"general-public", "basic", "project", "personnel", "operating"}
    for name, address in sums.items():
        placed.append((address, sum(way.amount for way in paths(disclosure) if name in way[:4])))
    for address, amount in placed:
        row, column = disclosure.at(address)
        assert row[column] == amount, address


def test_a_project_is_divided_by_forms_only_where_they_speak_of_the_same_money(disclosure):
    """Beside another source, and without a form, project money is one way."""
    for shape in ("money of a fund", "forms not printed"):
        found = built(department(1, shape=SHAPES[shape]), disclosure.reference)
        assert {way.use for way in paths(found) if way.nature == "project"} == {"project"}


def test_the_money_of_a_unit_is_made_of_printed_amounts(disclosure):
    """The two units make the whole; in a department that prints too little none is told."""
    total = 0
    for unit, parts in of_units(disclosure).items():
        money = 0
        for sign, address in parts:
            row, column = disclosure.at(address)
            money += sign * row[column]
        assert money == sum(way.amount for way in paths(disclosure) if way.unit == unit)
        total += money
    assert total == sum(way.amount for way in paths(disclosure))
    for shape in SHAPES:
        found = built(department(1, shape=SHAPES[shape]), disclosure.reference)
        assert set(of_units(found)) <= {way.unit for way in paths(found)}
