"""Two who judge alike agree; chance is taken off; and few are said to be few."""

from fractions import Fraction

import pytest

from budgetbook.analysis.agreement import agree


def pairs(same, apart):
    """So many pairs of one answer and so many of two, half of each kind."""
    kinds = ("yes", "no")
    return [(kinds[n % 2],) * 2 for n in range(same)] + [
        (kinds[n % 2], kinds[1 - n % 2]) for n in range(apart)
    ]


@pytest.mark.parametrize(
    ("same", "apart", "kappa"),
    [(10, 0, 1), (0, 10, -1), (5, 5, Fraction(0)), (8, 2, Fraction(3, 5))],
)
def test_kappa_is_what_is_left_beyond_chance(same, apart, kappa):
    found = agree(pairs(same, apart))
    assert (found.agreeing, found.of, found.chance) == (same, 10, Fraction(1, 2))
    assert found.kappa == kappa


def test_who_always_says_the_same_agrees_by_chance():
    """Nine of ten, and nothing beyond what the commonest answer gives."""
    found = agree([("yes", "yes")] * 9 + [("yes", "no")])
    assert found.agreeing == 9
    assert found.kappa == 0
    assert agree([("yes", "yes")] * 3).kappa is None, "chance alone gives all of it"


def test_what_one_leaves_open_is_an_answer():
    assert agree([(None, None), (True, None)]).agreeing == 1


def test_nothing_that_both_have_judged_is_an_error():
    with pytest.raises(ValueError, match="both have judged"):
        agree([])
