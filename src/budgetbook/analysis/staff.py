"""Staff and contribution bases that the figures imply; none of them is printed.

Medical care is paid by head, so the amounts of both units in both years share a factor: the
amount a head. The largest common one gives the fewest heads that fit; a half or a third of it
would fit as well, so heads are known up to that factor only.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import NamedTuple

from ..model.disclosure import Disclosure
from ..model.expressions import Expression, NeedsFigure, number
from ..model.payroll import Pay


class Staff(NamedTuple):
    """One unit in one year: medical care, heads that it implies, contribution base, in yuan."""

    unit: str
    year: int
    care: Fraction
    heads: Fraction
    base: Fraction


def care_per_head(disclosure: Disclosure) -> Fraction | None:
    """Return the largest amount a head, in yuan, that divides the medical care of all units and
    years; None where one of them cannot be worked out."""
    found = [value for *_, value in _cares(disclosure)]
    if not found or any(value is None or value.denominator != 1 for value in found):
        return None
    return Fraction(gcd(*(value.numerator for value in found if value is not None)))


def staff(disclosure: Disclosure) -> list[Staff]:
    """Return the staff and bases of both units, last year first; empty where not identified."""
    each = care_per_head(disclosure)
    if not each:
        return []
    pay = Pay(disclosure)
    result = []
    for unit, year, care in _cares(disclosure):
        now = year == disclosure.year
        base = _value(pay.base(unit) if now else pay.prior_base_of(unit), disclosure)
        if care is not None and base is not None:
            result.append(Staff(unit, year, care, care / each, base))
    return result


def _cares(disclosure: Disclosure) -> list[tuple[str, int, Fraction | None]]:
    pay = Pay(disclosure)
    if not pay.known or not pay.heads_known:
        return []
    units = ("own-unit", "institution")
    last = [(u, disclosure.year - 1, _value(pay.prior_care(u), disclosure)) for u in units]
    return last + [(u, disclosure.year, _value(pay.care(u), disclosure)) for u in units]


def _value(expression: Expression, disclosure: Disclosure) -> Fraction | None:
    try:
        return number(expression, disclosure)
    except NeedsFigure:
        return None
