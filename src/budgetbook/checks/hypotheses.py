"""Rules that were tried on the figures and did not enter the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..model.disclosure import Disclosure
from ..model.expressions import Percentage, Product, Rounded, times, total
from ..model.payroll import CENT, WAGES, Pay
from .check import Check, check
from .contributions import percent

#: Share of the base that unemployment insurance would be, and medical care a head in yuan.
_UNEMPLOYMENT, _CARE = Fraction(1, 200), 1600


def hypotheses(disclosure: Disclosure) -> list[Check]:
    """Return rules that were tried on the figures and are not part of the catalogue.

    They are judged like checks; those that fail are rejected, those that hold were not needed.
    """
    pay = Pay(disclosure)
    return [*_on_wages(pay), *_on_bases(pay), *_by_head(pay)]


def _on_wages(pay: Pay) -> Iterator[Check]:
    """What all wages would be charged with."""
    for rate, code in (("pension", "30108"), ("union", "30228"), ("training", "30216")):
        yield check(
            f"contributions.tried.{rate}-on-wages",
            pay.economic(code),
            pay.whose(pay.charge(rate, total([pay.economic(code) for code in WAGES]))),
            rate=percent(pay, rate),
        )
    yield check(
        "contributions.tried.institution-housing-on-wages",
        pay.economic("30113") - pay.government("50103"),
        pay.whose(pay.charge("housing", pay.institution_wages)),
        rate=percent(pay, "housing"),
    )


def _on_bases(pay: Pay) -> Iterator[Check]:
    """What the contribution bases of both units would be charged with."""
    bases = total([pay.own_unit_base, pay.institution_base])
    yield check(
        "contributions.tried.union-on-bases",
        pay.economic("30228"),
        pay.charge("union", bases),
        rate=percent(pay, "union"),
    )
    yield check(
        "contributions.tried.small-half-percent",
        pay.economic("30112") - pay.charge("supplement", bases),
        Rounded(times(_UNEMPLOYMENT, bases)),
    )


def _by_head(pay: Pay) -> Iterator[Check]:
    """What heads would give."""
    last = pay.prior_housing_base - pay.prior_institution_base
    # this year's heads, in per cent of last year's
    heads = Percentage(pay.care("own-unit"), pay.prior_care("own-unit"))
    yield check(
        "contributions.tried.housing-on-last-year",
        pay.government("50103"),
        pay.charge("housing", Product(last, times(CENT, heads))),
        rate=percent(pay, "housing"),
    )
    care = pay.government("50199")
    yield check(
        "contributions.tried.care-by-head",
        care,
        times(_CARE, Rounded(times(Fraction(1, _CARE), care), 0)),
        care=(f"{_CARE:,}", f"{_CARE}"),
    )
