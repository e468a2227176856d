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
    are exact. Coefficients must be positive. Raises Contradiction if there is no solution.
    """
    low: dict[Hashable, Fraction] = {}
    high: dict[Hashable, Fraction | None] = {}
    for form, _ in equations:
        low |= dict.fromkeys(form, ZERO)
        high |= dict.fromkeys(form)
    having: dict[Hashable, list[int]] = {unknown: [] for unknown in low}
    for number, (form, _) in enumerate(equations):
        for unknown in form:
            having[unknown].append(number)
    waiting = set(range(len(equations)))  # whose unknowns moved since they were last looked at
    for _ in range(ROUNDS):
        for number, equation in enumerate(equations):
            if number in waiting:
                waiting.remove(number)
                for unknown in _tighten(equation, low, high):
                    waiting.update(having[unknown])
    return {unknown: Bound(low[unknown], high[unknown]) for unknown in low}


def _tighten(
    equation: Equation, low: dict[Hashable, Fraction], high: dict[Hashable, Fraction | None]
) -> list[Hashable]:
    """Narrow the limits by one equation; return the unknowns of which one moved."""
    form, value = equation
    least = sum((factor * low[unknown] for unknown, factor in form.items()), ZERO)
    tops = {unknown: high[unknown] for unknown in form}
    unlimited = sum(top is None for top in tops.values())
    most = sum((form[u] * top for u, top in tops.items() if top is not None), ZERO)
    moved = []
    for unknown, factor in form.items():
        top, bottom = tops[unknown], low[unknown]
        others_most = most - (factor * top if top is not None else 0)
        if unlimited == (top is None) and (value - others_most) / factor > bottom:
            low[unknown] = (value - others_most) / factor
            moved.append(unknown)
        limit = (value - (least - factor * bottom)) / factor
        if top is None or limit < top:
            high[unknown] = limit
            moved.append(unknown)
        now = high[unknown]
        if now is not None and now < low[unknown]:
            raise Contradiction(str(unknown))
    return moved


def total(unknowns: Iterable[Hashable], value: Fraction) -> Equation:
    """Return the equation that the unknowns add up to a value."""
    return Equation({unknown: Fraction(1) for unknown in unknowns}, value)
