"""Checks of what is charged as a share of pay: contributions, training, welfare, union dues.

The rates are those of rates.csv, custom or reported, so what these checks say is inference from
stated rules, not arithmetic alone. No base is printed. Each is worked out from the figures:

- the administrative unit's: its basic money, less its running costs, its medical item and its
  housing fund, is its pension and annuity, and these are 24 % of the base;
- the institution's: the housing fund that is left to it is 12 % of the base.

Every contribution is rounded half up to the cent for each unit, then added. The items that name
a kind of unit (running, medical) are read as that unit's.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.cells import find
from ..model.disclosure import Disclosure
from ..model.expressions import Claim, Expression, Rounded, times, total
from ..model.payroll import WAGES, Pay
from .check import Check, Relation


def contributions(disclosure: Disclosure) -> Iterator[Check]:
    """What is charged on pay is the same share of the same base wherever it is printed."""
    yield from _pension_and_annuity(disclosure)
    pay = Pay(disclosure)
    if not pay.known:
        return
    bureau, own = pay.bureau_base, pay.subordinate_base
    health = ("medical", "supplement")
    insurance = ("pension", "annuity", "medical", "supplement", "small")
    yield rate_check(
        "bureau.medical",
        "the medical item of the administrative unit is its insurance, supplement and medical care",
        "行政单位医疗等于医保、补充部分与医疗费之和",
        pay.function("2101101"),
        total([*(pay.charge(rate, bureau) for rate in health), pay.government("50199")]),
    )
    yield rate_check(
        "bureau.insurance",
        "the insurance of the administrative unit is the sum of its contributions on one base",
        "机关社会保障缴费等于各项缴费（同一基数）之和",
        pay.government("50102"),
        total([pay.charge(rate, bureau) for rate in insurance]),
    )
    yield rate_check(
        "bureau.housing",
        "the housing fund of the administrative unit is 12 % of its wages",
        "机关住房公积金等于工资奖金津补贴的12%",
        pay.government("50103"),
        pay.charge("housing", pay.bureau_wages),
    )
    yield rate_check(
        "subordinate.medical",
        "the institution's medical insurance is charged on the base of its housing fund",
        "事业单位医保与公积金同一基数",
        pay.economic("30110") - pay.charge("medical", bureau),
        pay.charge("medical", own),
    )
    both = [pay.charge(rate, base) for rate in ("supplement", "small") for base in (bureau, own)]
    yield rate_check(
        "other-insurance",
        "other social insurance is the supplement and a small contribution of both units",
        "其他社会保障缴费等于两单位补充部分与小额缴费之和",
        pay.economic("30112"),
        total(both),
    )
    care = pay.economic("30114") - pay.government("50199")
    yield rate_check(
        "subordinate.medical-item",
        "the medical item of the institution is its insurance, supplement and medical care",
        "事业单位医疗等于医保、补充部分与医疗费之和",
        pay.function("2101102"),
        total([*(pay.charge(rate, own) for rate in health), care]),
    )
    for rate, code, name, name_zh in (
        ("pension", "30108", "pension insurance", "养老保险缴费"),
        ("annuity", "30109", "occupational annuity", "职业年金缴费"),
    ):
        yield rate_check(
            f"subordinate.{rate}",
            f"the institution's {name} is charged on the base of its medical insurance",
            f"事业单位{name_zh}与医保同一基数",
            pay.economic(code) - pay.charge(rate, bureau),
            pay.charge(rate, own),
        )
    for rate, code, name, name_zh in (
        ("training", "30216", "training is 1.5 % of basic pay", "培训费等于基本工资的1.5%"),
        ("welfare", "30229", "the welfare fund is 3.5 % of basic pay", "福利费等于基本工资的3.5%"),
    ):
        yield rate_check(
            rate, name, name_zh, pay.economic(code), pay.charge(rate, pay.economic("30101"))
        )
    basic_pay = times(1 / pay.rates["training"], pay.government("50203"))
    yield rate_check(
        "bureau.basic-pay",
        "the basic pay that the administrative unit's training implies is a whole number of yuan",
        "按机关培训费推算的基本工资为整数元",
        basic_pay,
        Rounded(basic_pay, 0),
    )
    yield rate_check(
        "union.limit",
        "trade union dues are not more than 2 % of all wages",
        "工会经费不超过工资总额的2%",
        pay.economic("30228"),
        pay.charge("union", total([pay.economic(code) for code in WAGES])),
        "≤",
    )
    yield rate_check(
        "subordinate.base",
        "the institution's contribution base is not more than its wages",
        "事业单位缴费基数不超过其工资",
        own,
        pay.subordinate_wages,
        "≤",
    )
    yield from _prior_operating_funds(disclosure, pay)


def _pension_and_annuity(disclosure: Disclosure) -> Iterator[Check]:
    """Both are charged on one base, so they stand two to one."""
    for column, name, name_zh in (("prior_total", "last", "上年"), ("total", "this", "本年")):
        pension = find(disclosure, "spending-by-function", "2080505", column)
        annuity = find(disclosure, "spending-by-function", "2080506", column)
        if pension and annuity:
            yield rate_check(
                f"one-base.{column}",
                f"{name} year's pension is twice the annuity: 16 and 8 % of one base",
                f"{name_zh}养老保险缴费为职业年金缴费的两倍（同一基数的16%与8%）",
                pension,
                times(2, annuity),
                source="pension-base-wording",
            )


def _prior_operating_funds(disclosure: Disclosure, pay: Pay) -> Iterator[Check]:
    """Last year's agency operating funds: what last year's running item leaves after pay."""
    stated = {c["kind"]: c["id"] for c in disclosure.claims if c["subject"] == "operating-funds"}
    running = pay.item("行政运行", "prior_total")
    if not running or not {"amount", "change"} <= stated.keys():
        return
    wages = pay.prior_housing_base - pay.prior_subordinate_base
    yield rate_check(
        "operating-funds.prior",
        "last year's agency operating funds, by the text, are what pay left of the running item",
        "按文字推得的上年机关运行经费等于上年行政运行扣除工资与小额缴费",
        Claim(stated["amount"]) - Claim(stated["change"]),
        running - wages - pay.charge("small", pay.prior_bureau_base),
    )


def rate_check(
    where: str,
    english: str,
    chinese: str,
    left: Expression,
    right: Expression,
    relation: Relation = "=",
    source: str = "planning-rates",
) -> Check:
    """Return a check of this family."""
    return Check(
        f"contributions.{where}",
        "contributions",
        english,
        chinese,
        "a contribution misprinted, or charged on a base of its own",
        left,
        right,
        relation,
        source,
    )
