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
from fractions import Fraction

from ..disclosure import Disclosure
from ..layout import plain
from .cells import cell, find
from .check import Check, Relation
from .expressions import (
    Cell,
    Claim,
    Expression,
    Percentage,
    Product,
    Rounded,
    Sum,
    times,
    total,
)

CENT = Fraction(1, 100)
WAGES = ("30101", "30102", "30103", "30106", "30107")


class Pay:
    """The figures of a disclosure that pay and its contributions stand in, as expressions.

    An account that is not printed counts as nothing. Amounts are in yuan, bases in yuan.
    """

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.rates = {
            row["id"]: Fraction(row["percent"]) / 100 for row in disclosure.reference["rates"]
        }
        admin, institution = self.item("行政运行"), self.item("事业运行")
        self.known = bool(admin and institution and self.printed("50103"))
        self.heads_known = self.printed("50199") and not isinstance(self.economic("30114"), Sum)
        self.running = {"bureau": admin, "subordinate": institution}

    def item(self, name: str, column: str = "basic") -> Cell | None:
        """Return the cell of table 5 of the functional item with that name."""
        rows = self.disclosure.tables.get("table-05", ())
        named = (r for r in rows if len(r["code"] or "") == 7 and plain(r["name"]) == name)
        row = next(named, None)
        return cell("table-05", row, column) if row else None

    def printed(self, code: str) -> bool:
        """Whether table 7 has an account."""
        return find(self.disclosure, "table-07", code, "basic") is not None

    def function(self, code: str, column: str = "basic") -> Expression:
        """Return a functional item of table 5."""
        return find(self.disclosure, "table-05", code, column) or Sum(())

    def economic(self, code: str) -> Expression:
        """Return a department economic section of table 6: both units together."""
        return find(self.disclosure, "table-06", code, "total") or Sum(())

    def government(self, code: str) -> Expression:
        """Return a government economic account of table 7."""
        return find(self.disclosure, "table-07", code, "basic") or Sum(())

    def charge(self, rate: str, base: Expression) -> Rounded:
        """Return a contribution: the rate on the base, rounded half up to the cent."""
        return Rounded(times(self.rates[rate], base))

    @property
    def bureau_wages(self) -> Expression:
        """Wages of the administrative unit."""
        return self.government("50101")

    @property
    def subordinate_wages(self) -> Expression:
        """Wages of the institution: all wages less those of the administrative unit."""
        return total([self.economic(code) for code in WAGES]) - self.bureau_wages

    @property
    def bureau_base(self) -> Expression:
        """Contribution base of the administrative unit, from its pension and annuity."""
        left = total([self.government("501"), self.government("502")])
        for part in (self.running["bureau"], self.function("2101101"), self.government("50103")):
            left = left - (part or Sum(()))
        return times(1 / (self.rates["pension"] + self.rates["annuity"]), left)

    @property
    def subordinate_base(self) -> Expression:
        """Contribution base of the institution, from its housing fund."""
        own = self.economic("30113") - self.government("50103")
        return times(1 / self.rates["housing"], own)

    @property
    def prior_base(self) -> Expression:
        """Last year's contribution base of both units, from last year's pension."""
        return times(1 / self.rates["pension"], self.function("2080505", "prior_total"))

    @property
    def prior_housing_base(self) -> Expression:
        """Last year's base of the housing fund of both units."""
        return times(1 / self.rates["housing"], self.function("2210201", "prior_total"))

    @property
    def prior_bureau_base(self) -> Expression:
        """Last year's contribution base of the administrative unit, to the yuan.

        What its medical item leaves after medical care is 10 % of it.
        """
        rate = self.rates["medical"] + self.rates["supplement"]
        left = self.function("2101101", "prior_total") - self.prior_care("bureau")
        return Rounded(times(1 / rate, left), 0)

    @property
    def prior_subordinate_base(self) -> Expression:
        """Last year's contribution base of the institution."""
        return self.prior_base - self.prior_bureau_base

    def base(self, unit: str) -> Expression:
        """Return this year's contribution base of one unit."""
        return self.bureau_base if unit == "bureau" else self.subordinate_base

    def prior_base_of(self, unit: str) -> Expression:
        """Return last year's contribution base of one unit."""
        return self.prior_bureau_base if unit == "bureau" else self.prior_subordinate_base

    def care(self, *units: str) -> Expression:
        """Return this year's medical care of the units: an equal amount for each head."""
        bureau = self.government("50199")
        parts = {"bureau": bureau, "subordinate": self.economic("30114") - bureau}
        return total([parts[unit] for unit in units])

    def prior_care(self, *units: str) -> Expression:
        """Return last year's medical care of the units, which is not printed.

        The administrative unit: what its housing base is above its contribution base is an equal
        amount for each head this year; last year's excess, in the same proportion, gives last
        year's medical care. The institution: what its medical item leaves after its insurance.
        """
        excess = self.prior_housing_base - self.prior_base
        this_year = self.bureau_wages - self.bureau_base
        share = Percentage(self.government("50199"), this_year)
        parts: list[Expression] = [Product(excess, times(CENT, share))]
        if "subordinate" in units:
            base = self.prior_subordinate_base
            charged = total([self.charge(rate, base) for rate in ("medical", "supplement")])
            parts.append(self.function("2101102", "prior_total") - charged)
        return total(parts if "bureau" in units else parts[1:])


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
        pension = find(disclosure, "table-05", "2080505", column)
        annuity = find(disclosure, "table-05", "2080506", column)
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
