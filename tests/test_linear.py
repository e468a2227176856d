"""What exact equations imply of each other, and the bounds that they leave."""

from fractions import Fraction

import pytest

from budgetbook.exact.linear import Contradiction, Equation, Span, bounds, total


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
