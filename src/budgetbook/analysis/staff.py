"""Staff and contribution bases that the figures imply; none of them is printed.

Medical care is paid by head, so the amounts of both units in both years share a factor: the
amount a head. The largest common one gives the fewest heads that fit; a half or a third of it
would fit as well, so heads are known up to that factor only. Last year's medical care is not
printed: it follows if pay stands above the base by one amount a head in both years. Two routes
that do not need that (`by_operating_funds`, `gaps`) test it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from ..model.disclosure import Disclosure, once
from ..model.expressions import Expression, NeedsFigure, number, total
from ..model.payroll import RUNNING, Pay
from .variance import prior_operating_funds


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
    return _shared([value for *_, value in _cares(disclosure)])


def _shared(found: list[Fraction | None]) -> Fraction | None:
    if not found or any(value is None or value.denominator != 1 for value in found):
        return None
    return Fraction(gcd(*(value.numerator for value in found if value is not None)))


def staff(disclosure: Disclosure) -> list[Staff]:
    """Return the staff and bases of both units, last year first; empty where not identified."""
    return list(_staff(disclosure))


@once
def _staff(disclosure: Disclosure) -> Sequence[Staff]:
    cares = _cares(disclosure)
    each = _shared([value for *_, value in cares])
    if not each:
        return []
    pay = Pay(disclosure)
    result = []
    for unit, year, care in cares:
        now = year == disclosure.year
        base = _value(pay.base(unit) if now else pay.prior_base_of(unit), disclosure)
        if care is not None and base is not None:
            result.append(Staff(unit, year, care, care / each, base))
    return result


def newcomers(disclosure: Disclosure) -> dict[str, tuple[Fraction, Fraction]]:
    """Return unit → (heads more, the base a year, in yuan, of each if nobody else's moved).

    A mean per head can fall while every base rises, and rise while every base falls: that needs
    the bases of those who stayed. A unit with as many heads as before is left out.
    """
    found = {(person.unit, person.year): person for person in staff(disclosure)}
    result = {}
    for (unit, year), now in found.items():
        before = found.get((unit, year - 1))
        if before and now.heads != before.heads:
            more = now.heads - before.heads
            result[unit] = more, (now.base - before.base) / more
    return result


def by_operating_funds(disclosure: Disclosure) -> tuple[Fraction, Fraction] | None:
    """Return last year's base and medical care of the own unit, in yuan, without an amount a head.

    What its running item holds beside the operating funds that the text implies is wages and the
    small contribution. Parts of a cent come of rounding. None where a figure is missing.
    """
    pay, funds = Pay(disclosure), prior_operating_funds(disclosure)
    running = pay.item(RUNNING["own-unit"], "prior_total")
    if not pay.known or running is None or funds is None:
        return None
    above = pay.prior_housing_base - pay.prior_base
    item = _value(pay.medical("own-unit", "prior_total"), disclosure)
    paid = _value(running - above, disclosure)
    if paid is None or item is None:
        return None
    base = (paid - Fraction(funds)) / (1 + pay.rates["small"])
    return base, item - (pay.rates["medical"] + pay.rates["supplement"]) * base


def left_of_medical(disclosure: Disclosure) -> tuple[Fraction, Fraction] | None:
    """Return last year's medical items of both units and what is left of them, in yuan, if their
    insurance and its supplement stand on the base of last year's pension. None where unknown."""
    pay = Pay(disclosure)
    items = total([pay.medical(unit, "prior_total") for unit in RUNNING])
    charged = pay.whose(pay.at("medical", "supplement", of=pay.prior_base))
    whole, left = _value(items, disclosure), _value(items - charged, disclosure)
    return None if whole is None or left is None else (whole, left)


def gaps(disclosure: Disclosure) -> dict[tuple[str, int], tuple[Fraction, Fraction]]:
    """Return (unit, year) → pay less contribution base, in yuan, in all and a head.

    Last year's is known for the own unit alone. Empty where no staff is identified.
    """
    pay, year = Pay(disclosure), disclosure.year
    above = {
        ("own-unit", year - 1): pay.prior_housing_base - pay.prior_base,
        ("own-unit", year): pay.own_unit_wages - pay.own_unit_base,
        ("institution", year): pay.institution_wages - pay.institution_base,
    }
    heads = {(person.unit, person.year): person.heads for person in staff(disclosure)}
    found = {place: _value(gap, disclosure) for place, gap in above.items() if place in heads}
    return {at: (gap, gap / heads[at]) for at, gap in found.items() if gap is not None}


def basic_pay(disclosure: Disclosure) -> dict[str, Fraction]:
    """Return unit → this year's basic pay in yuan, by the own unit's training; may be empty."""
    pay = Pay(disclosure)
    training = pay.whose(pay.government("50203"))
    own = _value(pay.at("training", of=training, inverse=True), disclosure)
    whole = _value(pay.economic("30101"), disclosure)
    if own is None or whole is None:
        return {}
    return {"own-unit": own, "institution": whole - own}


class Funds(NamedTuple):
    """Operating expenses of one unit in one year: yuan, inferred heads, and of the yuan what
    stands under other goods and services (None: not printed)."""

    unit: str
    year: int
    yuan: Fraction
    heads: Fraction
    other: Fraction | None = None


def operating_expenses(disclosure: Disclosure) -> list[Funds]:
    """Return the operating expenses of both units, those of the own unit last year first.

    Last year's are the agency operating funds that the text implies. Empty without staff.
    """
    heads = {(person.unit, person.year): person.heads for person in staff(disclosure)}
    if not heads:
        return []
    pay, year, before = Pay(disclosure), disclosure.year, prior_operating_funds(disclosure)
    pairs = (("502", "302"), ("50299", "30299"))
    own, other = (number(pay.government(ours), disclosure) for ours, _ in pairs)
    whole, under = (number(pay.economic(all_), disclosure) for _, all_ in pairs)
    now = [("own-unit", own, other), ("institution", whole - own, under - other)]
    last = [] if before is None else [("own-unit", year - 1, Fraction(before))]
    found = [Funds(*one, heads["own-unit", year - 1]) for one in last]
    return found + [Funds(unit, year, yuan, heads[unit, year], part) for unit, yuan, part in now]


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
