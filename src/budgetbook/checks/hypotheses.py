"""Rules that were tried on the figures and did not enter the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..model.disclosure import Disclosure
from ..model.expressions import Percentage, Product, Rounded, times, total
from ..model.payroll import CENT, WAGES, Pay
from .check import Check
from .contributions import RATES

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
    for name, rate, code, words, words_zh in (
        ("pension", "pension", "30108", "pension is {} of this year's", "养老保险缴费等于当年"),
        ("union", "union", "30228", "union dues are {} of all", "工会经费等于"),
        ("training", "training", "30216", "training is {} of all", "培训费等于"),
    ):
        yield RATES.check(
            f"tried.{name}-on-wages",
            f"{words.format(pay.words(rate))} wages",
            f"{words_zh}工资总额的{pay.words(rate)}",
            pay.economic(code),
            pay.whose(pay.charge(rate, total([pay.economic(code) for code in WAGES]))),
        )
    yield RATES.check(
        "tried.institution-housing-on-wages",
        f"the institution's housing fund is {pay.words('housing')} of its wages",
        f"事业单位住房公积金等于其工资的{pay.words('housing')}",
        pay.economic("30113") - pay.government("50103"),
        pay.whose(pay.charge("housing", pay.institution_wages)),
    )


def _on_bases(pay: Pay) -> Iterator[Check]:
    """What the contribution bases of both units would be charged with."""
    bases = total([pay.own_unit_base, pay.institution_base])
    yield RATES.check(
        "tried.union-on-bases",
        f"union dues are {pay.words('union')} of the contribution bases",
        f"工会经费等于缴费基数的{pay.words('union')}",
        pay.economic("30228"),
        pay.charge("union", bases),
    )
    yield RATES.check(
        "tried.small-half-percent",
        "the small contribution is half a per cent, as unemployment insurance is",
        "小额缴费为百分之零点五（失业保险）",
        pay.economic("30112") - pay.charge("supplement", bases),
        Rounded(times(_UNEMPLOYMENT, bases)),
    )


def _by_head(pay: Pay) -> Iterator[Check]:
    """What heads would give."""
    last = pay.prior_housing_base - pay.prior_institution_base
    heads = Percentage(
        pay.care("own-unit"), pay.prior_care("own-unit")
    )  # of last year's, in per cent
    yield RATES.check(
        "tried.housing-on-last-year",
        f"the own unit's housing fund is {pay.words('housing')} of last year's pay per "
        "head, for this year's heads, as the rule says",
        f"机关住房公积金等于上年人均工资的{pay.words('housing')}乘以本年人数（法定口径）",
        pay.government("50103"),
        pay.charge("housing", Product(last, times(CENT, heads))),
    )
    care = pay.government("50199")
    yield RATES.check(
        "tried.care-by-head",
        f"medical care is {_CARE:,} yuan a head: the unit's share is a whole number of heads",
        f"医疗费每人{_CARE}元，机关部分为整数人",
        care,
        times(_CARE, Rounded(times(Fraction(1, _CARE), care), 0)),
    )
