"""What if: money moves through every table, and only the text is left behind."""

from decimal import Decimal
from fractions import Fraction

import pytest
from quick import some
from worlds import with_cell

from budgetbook.analysis import simulate, variance
from budgetbook.analysis.simulate import Move, hire, payrolls, spend
from budgetbook.analysis.staff import staff
from budgetbook.checks import Verdict, run
from budgetbook.exact.money import round_half_up
from budgetbook.model.expressions import Claim
from budgetbook.synthetic import department
from budgetbook.synthetic import disclosure as built


def failing(disclosure):
    """The checks that fail, by id."""
    return {r.check.id: r for r in run(disclosure) if r.verdict is Verdict.FAILS}


@pytest.mark.parametrize("seed", some(range(6)))
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
    for table, column in (
        ("spending-summary", "total"),
        ("spending-by-function", "project"),
        ("project-by-government", "project"),
    ):
        before = disclosure.amount(table, "合计", column)
        assert moved.amount(table, "合计", column) == before - 50000
    assert moved.amount("basic-by-economic", "合计", "total") == disclosure.amount(
        "basic-by-economic", "合计", "total"
    )


@pytest.mark.parametrize("unit", ["own-unit", "institution"])
def test_hiring_costs_what_a_head_costs(disclosure, unit):
    moves = hire(disclosure, unit, 1)
    assert sum(move.amount for move in moves) > 100_000
    assert sum(move.amount for move in hire(disclosure, unit, -1)) < -100_000
    moved = spend(disclosure, moves)
    whole = disclosure.amount("spending-by-function", "合计", "total")
    assert moved.amount("spending-by-function", "合计", "total") - whole == sum(
        m.amount for m in moves
    )
    new = set(failing(moved)) - set(failing(disclosure))
    kept = ("hierarchy", "row", "tie", "ledger", "contributions")
    assert not [name for name in new if name.startswith(kept)]


def test_hired_staff_is_seen_again(disclosure):
    moved = spend(disclosure, hire(disclosure, "own-unit", 2))
    heads = {(p.unit, p.year): p.heads for p in staff(disclosure)}
    again = {(p.unit, p.year): p.care for p in staff(moved)}
    assert again["own-unit", 2025] == 1600 * (heads["own-unit", 2025] + 2)


@pytest.mark.parametrize("unit", ["own-unit", "institution"])
@pytest.mark.parametrize("percent", ["1", "-3", "7.3"])
def test_a_higher_base_moves_what_is_charged_on_it_and_nothing_else(disclosure, unit, percent):
    moves = simulate.raise_base(disclosure, unit, Decimal(percent))
    assert ("30113" in {m.section for m in moves}) is (unit == "institution"), (
        "the own unit's housing fund is charged on wages"
    )
    assert {"30110", "30112"} <= {m.section for m in moves}
    assert not {"30107", "30103"} & {m.section for m in moves}
    new = set(failing(spend(disclosure, moves))) - set(failing(disclosure))
    rules = {name for name in new if name.startswith("contributions")}
    assert rules <= {"contributions.operating-funds.prior"}, "it rests on wages beyond the base"


def test_another_rate_breaks_the_rules_that_state_the_old_one(disclosure):
    moved = spend(disclosure, simulate.set_rate(disclosure, "medical", Decimal(9)))
    new = set(failing(moved)) - set(failing(disclosure))
    assert "contributions.own-unit.medical" in new
    assert "contributions.institution.medical" in new


def test_of_goods_only_training_and_welfare_are_hired(disclosure):
    moves = hire(disclosure, "institution", 1)
    moved = spend(disclosure, moves)
    follow = sum(m.amount for m in moves if m.section in ("30216", "30229"))
    assert {m.section for m in moves if m.section.startswith("302")} == {"30216", "30229"}
    table = "basic-by-economic"
    more = moved.amount(table, "合计", "public_funds") - disclosure.amount(
        table, "合计", "public_funds"
    )
    assert more == follow > 0


@pytest.mark.parametrize("unit", ["own-unit", "institution"])
def test_a_head_has_basic_pay_and_what_follows_it(disclosure, unit):
    """All of it in bonuses would leave training and welfare where they are, and test nothing."""
    moves = {m.section: m.amount for m in hire(disclosure, unit, 1)}
    basic = moves["30101"]
    assert 0 < basic < moves["30103" if unit == "own-unit" else "30107"]
    assert moves["30216"] == round_half_up(Fraction(basic) * 3 / 200, 2)
    assert moves["30229"] == round_half_up(Fraction(basic) * 7 / 200, 2)
    assert len(payrolls(disclosure)) == 2


def test_without_staff_an_experiment_moves_nothing(disclosure):
    odd = with_cell(disclosure, "basic-by-economic/30114.total", Decimal("22401.37"))
    assert staff(odd) == []
    assert hire(odd, "own-unit", 1) == simulate.raise_base(odd, "own-unit", Decimal(1)) == []


def test_base_rate_and_project_move_the_budget_by_their_cost(disclosure):
    cases = [
        simulate.raise_base(disclosure, "own-unit", Decimal(1)),
        simulate.set_rate(disclosure, "pension", Decimal(17)),
        simulate.fund(disclosure, "2150502", Decimal(100000)),
    ]
    for moves in cases:
        cost = sum(m.amount for m in moves)
        assert cost > 0
        moved = simulate.spend(disclosure, moves)
        assert variance.whole(moved).now == variance.whole(disclosure).now + cost


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 8, 11])
def test_a_funded_item_has_its_project(disclosure, seed):
    """On a clean department a larger project breaks sentences alone, its form included.

    Not every department has bought a service before: the account is opened where it is not.
    """
    clean = built(department(seed), disclosure.reference)
    items = [
        r["code"]
        for r in clean.tables["spending-by-function"]
        if len(r["code"] or "") == 7 and r["project"]
    ]
    for item in items:
        (move,) = simulate.fund(clean, item, Decimal(100000))
        assert move.form
        for result in failing(spend(clean, [move])).values():
            leaves = [*result.check.left.leaves(), *result.check.right.leaves()]
            assert any(isinstance(leaf, Claim) for leaf in leaves), result.check.id


def test_an_unchanged_rate_costs_nothing_and_an_unknown_one_is_refused(disclosure):
    rate = next(r["percent"] for r in disclosure.reference["rates"] if r["id"] == "pension")
    assert not sum(m.amount for m in simulate.set_rate(disclosure, "pension", rate))
    with pytest.raises(ValueError, match="pension, annuity"):
        simulate.set_rate(disclosure, "tax", Decimal(1))
    with pytest.raises(ValueError, match="2150501"):
        simulate.fund(disclosure, "2150501", Decimal(1))
