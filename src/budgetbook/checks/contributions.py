"""Checks of what is charged as a share of pay: contributions, training, welfare, union dues.

The rates are those of rates.csv, custom or reported, so what these checks say is inference from
stated rules, not arithmetic alone. No base is printed. Each is worked out from the figures:

- the own unit's: its basic money, less its running costs, its medical item and its
  housing fund, is its pension and annuity, which are charged on it together;
- the institution's: the housing fund that is left to it is charged on it.

Every contribution is rounded half up to the cent for each unit, then added. The items that name
a kind of unit (running, medical) are read as that unit's.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.cells import find
from ..model.disclosure import Disclosure
from ..model.expressions import Claim, Rounded, times, total
from ..model.payroll import ANNUITY, PENSION, RUNNING, WAGES, Pay
from .check import Check, Family

RATES = Family(
    "contributions",
    "contributions",
    "a contribution misprinted, or charged on a base of its own",
    "planning-rates",
)

_HEALTH = ("medical", "supplement")


def contributions(disclosure: Disclosure) -> Iterator[Check]:
    """What is charged on pay is the same share of the same base wherever it is printed."""
    pay = Pay(disclosure)
    for family in (_pension_and_annuity, _own_unit, _institution, _medical, _basic_pay, _limits):
        yield from family(pay)
    yield from _prior_operating_funds(pay)


def _pension_and_annuity(pay: Pay) -> Iterator[Check]:
    """Both are charged on one base, so they stand to each other as their rates."""
    pension, annuity = pay.rates.get("pension"), pay.rates.get("annuity")
    rates = f"{pay.words('pension').removesuffix(' %')} and {pay.words('annuity')} of one base"
    times_ = pension / annuity if pension and annuity else None
    for column, name, name_zh in (("prior_total", "last", "上年"), ("total", "this", "本年")):
        first = find(pay.disclosure, "spending-by-function", PENSION, column)
        second = find(pay.disclosure, "spending-by-function", ANNUITY, column)
        if first and second:
            many = "twice" if times_ == 2 else f"{times_} times"
            both = rates.removesuffix(" of one base")
            yield RATES.check(
                f"one-base.{column}",
                f"{name} year's pension is {many} the annuity: {rates}",
                f"{name_zh}养老保险缴费与职业年金缴费为同一基数（{both}）",
                first,
                times(times_, second) if times_ else pay.at("pension", "annuity", of=second),
                source="pension-base-wording",
            )


def _own_unit(pay: Pay) -> Iterator[Check]:
    """The contributions of the own unit, on its base and on its wages."""
    base, charge = pay.own_unit_base, pay.charge
    yield RATES.check(
        "own-unit.medical",
        "the medical item of the own unit is its insurance, supplement and medical care",
        "行政单位医疗等于医保、补充部分与医疗费之和",
        pay.medical("own-unit"),
        total([*(charge(rate, base) for rate in _HEALTH), pay.government("50199")]),
    )
    insurance = ("pension", "annuity", "medical", "supplement", "small")
    yield RATES.check(
        "own-unit.insurance",
        "the insurance of the own unit is the sum of its contributions on one base",
        "机关社会保障缴费等于各项缴费（同一基数）之和",
        pay.government("50102"),
        total([charge(rate, base) for rate in insurance]),
    )
    yield RATES.check(
        "own-unit.housing",
        f"the housing fund of the own unit is {pay.words('housing')} of its wages",
        f"机关住房公积金等于工资奖金津补贴的{pay.words('housing')}",
        pay.government("50103"),
        pay.whose(charge("housing", pay.own_unit_wages)),
    )


def _institution(pay: Pay) -> Iterator[Check]:
    """The contributions of the institution, what the other unit leaves, on its own base."""
    own, institution = pay.own_unit_base, pay.institution_base
    for rate, code, name, name_zh, other in (
        ("medical", "30110", "medical insurance", "医保", ("housing fund", "公积金")),
        ("pension", "30108", "pension insurance", "养老保险缴费", ("medical insurance", "医保")),
        ("annuity", "30109", "occupational annuity", "职业年金缴费", ("medical insurance", "医保")),
    ):
        yield RATES.check(
            f"institution.{rate}",
            f"the institution's {name} is charged on the base of its {other[0]}",
            f"事业单位{name_zh}与{other[1]}同一基数",
            pay.economic(code) - pay.charge(rate, own),
            pay.charge(rate, institution),
        )
    yield RATES.check(
        "institution.base",
        "the institution's contribution base is not more than its wages",
        "事业单位缴费基数不超过其工资",
        institution,
        pay.institution_wages,
        "≤",
    )


def _medical(pay: Pay) -> Iterator[Check]:
    """What is left of medical care and small contributions, of both units."""
    own, institution = pay.own_unit_base, pay.institution_base
    both = [
        pay.charge(rate, base) for rate in ("supplement", "small") for base in (own, institution)
    ]
    yield RATES.check(
        "other-insurance",
        "other social insurance is the supplement and a small contribution of both units",
        "其他社会保障缴费等于两单位补充部分与小额缴费之和",
        pay.economic("30112"),
        total(both),
    )
    care = pay.economic("30114") - pay.government("50199")
    yield RATES.check(
        "institution.medical-item",
        "the medical item of the institution is its insurance, supplement and medical care",
        "事业单位医疗等于医保、补充部分与医疗费之和",
        pay.medical("institution"),
        total([*(pay.charge(rate, institution) for rate in _HEALTH), care]),
    )


def _basic_pay(pay: Pay) -> Iterator[Check]:
    """What is a share of basic pay."""
    for rate, code, name, name_zh in (
        ("training", "30216", "training", "培训费"),
        ("welfare", "30229", "the welfare fund", "福利费"),
    ):
        yield RATES.check(
            rate,
            f"{name} is {pay.words(rate)} of basic pay",
            f"{name_zh}等于基本工资的{pay.words(rate)}",
            pay.economic(code),
            pay.whose(pay.charge(rate, pay.economic("30101"))),
        )
    basic_pay = pay.whose(pay.at("training", of=pay.government("50203"), inverse=True))
    yield RATES.check(
        "own-unit.basic-pay",
        "the basic pay that the own unit's training implies is a whole number of yuan",
        "按机关培训费推算的基本工资为整数元",
        basic_pay,
        Rounded(basic_pay, 0),
    )


def _limits(pay: Pay) -> Iterator[Check]:
    """What is charged on wages up to a limit."""
    wages = total([pay.economic(code) for code in WAGES])
    yield RATES.check(
        "union.limit",
        f"trade union dues are not more than {pay.words('union')} of all wages",
        f"工会经费不超过工资总额的{pay.words('union')}",
        pay.economic("30228"),
        pay.whose(pay.charge("union", wages)),
        "≤",
    )


def _prior_operating_funds(pay: Pay) -> Iterator[Check]:
    """Last year's agency operating funds: what last year's running item leaves after pay."""
    claims = pay.disclosure.claims
    stated = {c["kind"]: c["id"] for c in claims if c["subject"] == "operating-funds"}
    running = pay.item(RUNNING["own-unit"], "prior_total")
    if not running or not {"amount", "change"} <= stated.keys():
        return
    wages = pay.prior_housing_base - pay.prior_institution_base
    yield RATES.check(
        "operating-funds.prior",
        "last year's agency operating funds, by the text, are what pay left of the running item",
        "按文字推得的上年机关运行经费等于上年行政运行扣除工资与小额缴费",
        Claim(stated["amount"]) - Claim(stated["change"]),
        running - wages - pay.charge("small", pay.prior_own_unit_base),
    )
