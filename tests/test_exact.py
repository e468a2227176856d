"""Exact: money as it is printed and rounded; what equations imply, and the bounds they leave."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgetbook.exact.linear import Contradiction, Equation, Span, bounds, total
from budgetbook.exact.money import percent, round_half_up, side, wan, yuan


def test_what_equations_imply():
    span = Span()
    one = Fraction(1)
    assert span.add({"a": one, "b": -one})
    assert span.add({"b": one, "c": -one})
    assert not span.add({"a": Fraction(2), "c": Fraction(-2)})
    assert span.remainder({"a": one, "d": one}) == {"c": one, "d": one}


def test_what_equations_bound():
    found = bounds([total(["a", "b"], Fraction(10)), total(["b", "c"], Fraction(4))])
    assert (found["a"].low, found["a"].high) == (6, 10)
    assert not found["a"].determined
    fixed = bounds([Equation({"a": Fraction(4)}, Fraction(10))])
    assert fixed["a"].determined
    assert fixed["a"].low == Fraction(5, 2)
    with pytest.raises(Contradiction):
        bounds([total(["a", "b"], Fraction(1)), total(["a"], Fraction(2))])


@given(st.decimals(-(10**12), 10**12, places=2))
def test_money_prints_exactly(amount):
    printed = yuan(amount).replace(",", "").replace("−", "-")
    assert Decimal(printed) == amount


@given(st.fractions(), st.integers(0, 4))
@example(Fraction(10**28 + 1), 0)
def test_rounding_is_never_further_than_half_a_unit(value, decimals):
    rounded = Fraction(round_half_up(value, decimals))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**decimals)


def test_a_large_amount_is_rounded_to_thousands_exactly():
    assert round_half_up(Fraction(-7_058_558_077_251_294_500), -3) == -7_058_558_077_251_295_000


def test_bounds_are_exact_where_no_amount_is_whole():
    thirds = total(["b", "c"], Fraction(1, 3))
    found = bounds([Equation({"a": Fraction(3), "b": Fraction(1)}, Fraction(10, 7)), thirds])
    assert (found["a"].low, found["a"].high) == (Fraction(23, 63), Fraction(10, 21))
    assert (found["b"].low, found["b"].high) == (0, Fraction(1, 3))


def test_limits_that_move_one_another_are_followed_until_nothing_moves():
    """The last equation moves what the first has looked at already."""
    chain = [total([a, b], Fraction(10)) for a, b in ("ab", "bc", "cd")]
    found = bounds([*chain, Equation({"d": Fraction(2)}, Fraction(6))])
    assert [(found[name].low, found[name].high) for name in "abcd"] == [(7, 7), (3, 3)] * 2


def test_printed_words_of_money():
    assert yuan(None) == ""
    assert wan(Decimal("5648141.13")) == "564.8"
    assert percent(Decimal(1), Decimal(8), 2) == "12.50%"
    assert side(Fraction(6)) == "6"
    assert side(Fraction("-447514.76")) == "−447,514.76"
