"""Exact linear algebra over the rationals: what equations imply, determine and bound.

A linear form maps unknowns to coefficients; an equation says what a form is worth. Nothing here
knows what an unknown stands for, and nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

Form = Mapping[Hashable, Fraction]
Number = int | Fraction
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
    scale = lcm(*(value.denominator for _, value in equations))  # whole numbers are faster
    forms = [{u: 1 if f == 1 else f for u, f in form.items()} for form, _ in equations]
    values = [value.numerator * (scale // value.denominator) for _, value in equations]
    low: dict[Hashable, Number] = {unknown: 0 for form in forms for unknown in form}
    high: dict[Hashable, Number | None] = dict.fromkeys(low)
    having: dict[Hashable, list[int]] = {unknown: [] for unknown in low}
    for number, form in enumerate(forms):
        for unknown in form:
            having[unknown].append(number)
    waiting = set(range(len(forms)))  # whose unknowns moved since they were last looked at
    for _ in range(ROUNDS):
        for number, form in enumerate(forms):
            if number in waiting:
                waiting.remove(number)
                for unknown in _tighten(form, values[number], low, high):
                    waiting.update(having[unknown])
    tops = {
        unknown: None if top is None else Fraction(top) / scale for unknown, top in high.items()
    }
    return {unknown: Bound(Fraction(low[unknown]) / scale, top) for unknown, top in tops.items()}


def _tighten(
    form: Mapping[Hashable, Number],
    value: int,
    low: dict[Hashable, Number],
    high: dict[Hashable, Number | None],
) -> list[Hashable]:
    """Narrow the limits by one equation; return the unknowns of which one moved."""
    least = sum(_times(factor, low[unknown]) for unknown, factor in form.items())
    tops = {unknown: high[unknown] for unknown in form}
    unlimited = sum(top is None for top in tops.values())
    most = sum(_times(form[u], top) for u, top in tops.items() if top is not None)
    moved = []
    for unknown, factor in form.items():
        top, bottom = tops[unknown], low[unknown]
        if unlimited == (top is None):
            others_most = most if top is None else most - _times(factor, top)
            if (limit := _part(value - others_most, factor)) > bottom:
                low[unknown] = limit
                moved.append(unknown)
        limit = _part(value - least + _times(factor, bottom), factor)
        if top is None or limit < top:
            high[unknown] = limit
            moved.append(unknown)
        now = high[unknown]
        if now is not None and now < low[unknown]:
            raise Contradiction(str(unknown))
    return moved


def _times(factor: Number, amount: Number) -> Number:
    return amount if factor == 1 else factor * amount


def _part(amount: Number, factor: Number) -> Number:
    return amount if factor == 1 else Fraction(amount) / factor


def total(unknowns: Iterable[Hashable], value: Fraction) -> Equation:
    """Return the equation that the unknowns add up to a value."""
    return Equation({unknown: Fraction(1) for unknown in unknowns}, value)
