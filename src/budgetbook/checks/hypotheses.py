"""Rules that were tried on the figures and did not enter the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..model.disclosure import Disclosure
from ..model.expressions import Percentage, Product, Rounded, times, total
from ..model.payroll import CENT, WAGES, Pay
from .check import Check, check
from .contributions import percent

#: Share of the base that is tried for the small contribution, and medical care a head in yuan.
_HALF_PERCENT, _CARE = Fraction(1, 200), 1600


def hypotheses(disclosure: Disclosure) -> list[Check]:
    """Return rules that were tried on the figures and are not part of the catalogue.

    They are judged like checks; those that fail are rejected, those that hold were not needed.
    """
    pay = Pay(disclosure)
    return [*_on_pay(pay), *_by_head(pay)]


def _on_pay(pay: Pay) -> Iterator[Check]:
    """What all wages, and the contribution bases of both units, would be charged with."""
    wages = total([pay.economic(code) for code in WAGES])
    for rate, code in (("pension", "30108"), ("union", "30228"), ("training", "30216")):
        share = pay.whose(pay.charge(rate, wages))
        yield check(f"tried.{rate}-on-wages", pay.economic(code), share, rate=percent(pay, rate))
    fund, housing = pay.economic("30113") - pay.government("50103"), percent(pay, "housing")
    share = pay.whose(pay.charge("housing", pay.institution_wages))
    yield check("tried.institution-housing-on-wages", fund, share, rate=housing)
    bases = total([pay.own_unit_base, pay.institution_base])
    dues, union = pay.charge("union", bases), percent(pay, "union")
    yield check("tried.union-on-bases", pay.economic("30228"), dues, rate=union)
    small = pay.economic("30112") - pay.charge("supplement", bases)
    yield check("tried.small-half-percent", small, Rounded(times(_HALF_PERCENT, bases)))


def _by_head(pay: Pay) -> Iterator[Check]:
    """What heads would give."""
    last = pay.prior_housing_base - pay.prior_institution_base
    # this year's heads, in per cent of last year's
    heads = Percentage(pay.care("own-unit"), pay.prior_care("own-unit"))
    fund, rate = pay.charge("housing", Product(last, times(CENT, heads))), percent(pay, "housing")
    yield check("tried.housing-on-last-year", pay.government("50103"), fund, rate=rate)
    care = pay.government("50199")
    whole = times(_CARE, Rounded(times(Fraction(1, _CARE), care), 0))
    yield check("tried.care-by-head", care, whole, care=(f"{_CARE:,}", f"{_CARE}"))
