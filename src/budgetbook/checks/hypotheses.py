"""Rules that were tried on the figures and did not enter the catalogue."""

from __future__ import annotations

from fractions import Fraction

from ..model.disclosure import Disclosure
from ..model.expressions import Expression, Percentage, Product, Rounded, times, total
from ..model.payroll import CENT, WAGES, Pay
from .check import Check
from .contributions import rate_check


def hypotheses(disclosure: Disclosure) -> list[Check]:
    """Return rules that were tried on the figures and are not part of the catalogue.

    They are judged like checks; those that fail are rejected, those that hold were not needed.
    """
    pay = Pay(disclosure)
    wages = total([pay.economic(code) for code in WAGES])
    bases = total([pay.bureau_base, pay.subordinate_base])
    own_housing = pay.economic("30113") - pay.government("50103")
    last = pay.prior_housing_base - pay.prior_subordinate_base
    heads = Percentage(pay.care("bureau"), pay.prior_care("bureau"))  # of last year's, in per cent
    tried: list[tuple[str, str, str, Expression, Expression]] = [
        (
            "pension-on-wages",
            "pension is 16 % of this year's wages",
            "养老保险缴费等于当年工资的16%",
            pay.economic("30108"),
            pay.charge("pension", wages),
        ),
        (
            "housing-on-last-year",
            "the administrative unit's housing fund is 12 % of last year's pay per head, for "
            "this year's heads, as the rule says",
            "机关住房公积金等于上年人均工资的12%乘以本年人数（法定口径）",
            pay.government("50103"),
            pay.charge("housing", Product(last, times(CENT, heads))),
        ),
        (
            "institution-housing-on-wages",
            "the institution's housing fund is 12 % of its wages",
            "事业单位住房公积金等于其工资的12%",
            own_housing,
            pay.charge("housing", pay.subordinate_wages),
        ),
        (
            "union-on-wages",
            "union dues are 2 % of all wages",
            "工会经费等于工资总额的2%",
            pay.economic("30228"),
            pay.charge("union", wages),
        ),
        (
            "union-on-bases",
            "union dues are 2 % of the contribution bases",
            "工会经费等于缴费基数的2%",
            pay.economic("30228"),
            pay.charge("union", bases),
        ),
        (
            "training-on-wages",
            "training is 1.5 % of wages",
            "培训费等于工资的1.5%",
            pay.economic("30216"),
            pay.charge("training", wages),
        ),
        (
            "small-half-percent",
            "the small contribution is 0.5 % (unemployment at half a per cent)",
            "小额缴费为0.5%",
            pay.economic("30112") - pay.charge("supplement", bases),
            Rounded(times(Fraction(1, 200), bases)),
        ),
        (
            "care-by-head",
            "medical care is 1,600 yuan a head: the unit's share is a whole number of heads",
            "医疗费每人1600元，机关部分为整数人",
            pay.government("50199"),
            times(1600, Rounded(times(Fraction(1, 1600), pay.government("50199")), 0)),
        ),
    ]
    return [rate_check(f"tried.{name}", *rest) for name, *rest in tried]  # type: ignore[arg-type]
