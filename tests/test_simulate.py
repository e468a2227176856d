"""What if: money moves through every table, and only the text is left behind."""

from decimal import Decimal

import pytest

from budgetbook import simulate, variance
from budgetbook.checks import Verdict, run
from budgetbook.checks.expressions import Claim
from budgetbook.simulate import Move, hire, spend
from budgetbook.staff import staff
from budgetbook.synthetic import department
from budgetbook.synthetic import disclosure as built


def failing(disclosure):
    """The checks that fail, by id."""
    return {r.check.id: r for r in run(disclosure) if r.verdict is Verdict.FAILS}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("amount", ["1234.56", "-10.01"])
def test_after_money_moved_only_sentences_disagree(disclosure, seed, amount):
    clean = built(department(seed), disclosure.reference)
    move = Move("basic", "2150501", "30299", "50299", Decimal(amount))
    for result in failing(spend(clean, [move])).values():
        leaves = [*result.check.left.leaves(), *result.check.right.leaves()]
        assert any(isinstance(leaf, Claim) for leaf in leaves), result.check.id


def test_the_total_moves_by_the_amount(disclosure):
    move = Move("project", "2150502", "30227", "50205", Decimal("-50000.00"))
    moved = spend(disclosure, [move])
    for table, column in (("table-03", "total"), ("table-05", "project"), ("table-09", "project")):
        before = disclosure.amount(table, "合计", column)
        assert moved.amount(table, "合计", column) == before - 50000
    assert moved.amount("table-06", "合计", "total") == disclosure.amount(
        "table-06", "合计", "total"
    )


@pytest.mark.parametrize("unit", ["bureau", "subordinate"])
def test_hiring_costs_what_a_head_costs(disclosure, unit):
    moves = hire(disclosure, unit, 1)
    assert sum(move.amount for move in moves) > 100_000
    lost = hire(disclosure, unit, -1)
    assert sum(move.amount for move in lost) == -sum(move.amount for move in moves)
    moved = spend(disclosure, moves)
    whole = disclosure.amount("table-05", "合计", "total")
    assert moved.amount("table-05", "合计", "total") - whole == sum(m.amount for m in moves)
    new = set(failing(moved)) - set(failing(disclosure))
    assert not [name for name in new if name.startswith(("hierarchy", "row", "tie", "ledger"))]


def test_hired_staff_is_seen_again(disclosure):
    moved = spend(disclosure, hire(disclosure, "bureau", 2))
    heads = {(p.unit, p.year): p.heads for p in staff(disclosure)}
    again = {(p.unit, p.year): p.care for p in staff(moved)}
    assert again["bureau", 2025] == 1600 * (heads["bureau", 2025] + 2)


def test_base_rate_and_project_move_the_budget_by_their_cost(disclosure):
    cases = [
        simulate.raise_base(disclosure, "bureau", Decimal(1)),
        simulate.set_rate(disclosure, "pension", Decimal(17)),
        simulate.fund(disclosure, "2150502", Decimal(100000)),
    ]
    for moves in cases:
        cost = sum(m.amount for m in moves)
        assert cost > 0
        moved = simulate.spend(disclosure, moves)
        assert variance.whole(moved).now == variance.whole(disclosure).now + cost


def test_an_unchanged_rate_costs_nothing_and_an_unknown_one_is_refused(disclosure):
    rate = next(r["percent"] for r in disclosure.reference["rates"] if r["id"] == "pension")
    assert not sum(m.amount for m in simulate.set_rate(disclosure, "pension", rate))
    with pytest.raises(ValueError, match="pension, annuity"):
        simulate.set_rate(disclosure, "tax", Decimal(1))
    with pytest.raises(ValueError, match="2150501"):
        simulate.fund(disclosure, "2150501", Decimal(1))
