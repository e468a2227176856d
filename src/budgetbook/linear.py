"""Exact linear algebra over the rationals: what equations imply, determine and bound.

A linear form maps unknowns to coefficients; an equation says what a form is worth. Nothing here
knows what an unknown stands for, and nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

Form = Mapping[Hashable, Fraction]
ZERO = Fraction(0)

#: Limits that creep towards a value without reaching it are left after so many rounds.
ROUNDS = 50


class Equation(NamedTuple):
    """A linear form and what it is worth."""

    form: Form
    value: Fraction


class Bound(NamedTuple):
    """What an unknown can be: at least `low`, at most `high` (None: no limit)."""

    low: Fraction
    high: Fraction | None

    @property
    def determined(self) -> bool:
        """Whether the equations leave no choice."""
        return self.low == self.high


class Span:
    """The forms that follow from those added so far, by exact elimination."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, dict[Hashable, Fraction]] = {}

    def remainder(self, form: Form) -> dict[Hashable, Fraction]:
        """Return what is left of a form; nothing is left of one that follows from the others."""
        left = {unknown: Fraction(factor) for unknown, factor in form.items() if factor}
        for pivot, row in self._rows.items():
            factor = left.get(pivot, ZERO)
            if factor:
                _subtract(left, row, factor)
        return left

    def add(self, form: Form) -> bool:
        """Add a form; return whether it says something new (False: it follows)."""
        left = self.remainder(form)
        if not left:
            return False
        pivot = next(iter(left))
        factor = left[pivot]
        self._rows[pivot] = {unknown: value / factor for unknown, value in left.items()}
        return True


def _subtract(
    form: dict[Hashable, Fraction], row: Mapping[Hashable, Fraction], factor: Fraction
) -> None:
    for unknown, value in row.items():
        result = form.get(unknown, ZERO) - factor * value
        if result:
            form[unknown] = result
        else:
            form.pop(unknown, None)


class Contradiction(Exception):
    """The equations cannot all hold with nothing below zero; `str()` names one unknown."""


def bounds(equations: Sequence[Equation]) -> dict[Hashable, Bound]:
    """Return what each unknown can be, if none is below zero.

    Each equation limits its unknowns by what the others can be, again and again until nothing
    moves (or ROUNDS times). The limits are never too narrow; for groups that split a total they
    are exact. Raises Contradiction if there is no solution within them.
    """
    low: dict[Hashable, Fraction] = {}
    high: dict[Hashable, Fraction | None] = {}
    for form, _ in equations:
        for unknown in form:
            low[unknown], high[unknown] = ZERO, None
    moved = True
    for _ in range(ROUNDS):
        if not moved:
            break
        moved = False
        for form, value in equations:
            for unknown, factor in form.items():
                least, most = _limits(form, value, unknown, factor, low, high)
                if least is not None and least > low[unknown]:
                    low[unknown], moved = least, True
                top = high[unknown]
                if most is not None and (top is None or most < top):
                    high[unknown], moved = most, True
                top = high[unknown]
                if top is not None and top < low[unknown]:
                    raise Contradiction(str(unknown))
    return {unknown: Bound(low[unknown], high[unknown]) for unknown in low}


def _limits(
    form: Form,
    value: Fraction,
    unknown: Hashable,
    factor: Fraction,
    low: Mapping[Hashable, Fraction],
    high: Mapping[Hashable, Fraction | None],
) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the most that one equation allows an unknown to be."""
    least: Fraction | None = ZERO  # of the sum of the other terms
    most: Fraction | None = ZERO
    for other, other_factor in form.items():
        if other == unknown:
            continue
        ends = (low[other], high[other]) if other_factor > 0 else (high[other], low[other])
        least = None if least is None or ends[0] is None else least + other_factor * ends[0]
        most = None if most is None or ends[1] is None else most + other_factor * ends[1]
    a = None if most is None else (value - most) / factor
    b = None if least is None else (value - least) / factor
    return (a, b) if factor > 0 else (b, a)


def total(unknowns: Iterable[Hashable], value: Fraction) -> Equation:
    """Return the equation that the unknowns add up to a value."""
    return Equation({unknown: Fraction(1) for unknown in unknowns}, value)
