"""What drives the change of basic expenditure: staff, pay per head, goods, and what is left over.

No head and no base is printed for either year. They are inferred (see `staff` and `checks.pay`),
so every split here is inference from stated rules; only its sum is arithmetic: the drivers add up
to the printed change of basic expenditure, to the cent.

A cost that is paid by head is heads × cost per head. Its change has a staff part, a price part
and a joint part (more heads at a higher price), and where the joint part goes is a convention:
`shared` gives a half to each, `staff` and `price` give it to one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from .checks.expressions import Expression, NeedsFigure, Sum, total
from .checks.pay import Pay
from .disclosure import Disclosure
from .money import round_half_up
from .reconstruction import ZERO
from .staff import staff
from .variance import Step

Joint = Literal["shared", "staff", "price"]


class Cost(NamedTuple):
    """One cost of one unit in both years, exact in yuan.

    `by` says how it moves: `heads` (paid by head), `goods` (bought, not by head), or
    `unexplained` (what the rules that fit everything else do not give).
    """

    unit: str
    what: str
    prior: Fraction
    now: Fraction
    by: str


class Driven(NamedTuple):
    """A cost with its change split by driver; the three parts sum to the change, in yuan."""

    cost: Cost
    staff: Fraction
    price: Fraction
    other: Fraction

    @property
    def change(self) -> Fraction:
        """This year's cost less last year's."""
        return self.cost.now - self.cost.prior


def costs(disclosure: Disclosure) -> list[Cost]:
    """Return the basic expenditure of both years by unit and cost; empty if not identified.

    The costs of a year sum to its basic expenditure as table 5 has it by item.
    """
    pay = Pay(disclosure)
    if not staff(disclosure):
        return []
    result: list[Cost] = []
    try:
        for unit in ("bureau", "subordinate"):
            result += _charged(disclosure, pay, unit)
            result += _running(disclosure, pay, unit)
    except NeedsFigure:
        return []
    return result


def _value(expression: Expression, disclosure: Disclosure) -> Fraction:
    value = expression.value(disclosure)
    if isinstance(value, str):
        raise NeedsFigure(f"a number instead of {value}")
    return value


def _charged(disclosure: Disclosure, pay: Pay, unit: str) -> list[Cost]:
    """Return contributions and medical care, and what stands beside them unexplained."""
    own = unit == "bureau"
    before, now = pay.prior_base_of(unit), pay.base(unit)
    housing = pay.government("50103")
    prior_wages = pay.prior_housing_base - pay.prior_subordinate_base if own else before
    rows: list[tuple[str, Expression, Expression, Expression | None]] = [
        (
            "housing fund",
            pay.charge("housing", prior_wages),
            housing if own else pay.economic("30113") - housing,
            None,
        ),
        (
            "medical insurance",
            total([pay.charge(rate, before) for rate in ("medical", "supplement")]),
            total([pay.charge(rate, now) for rate in ("medical", "supplement")]),
            None,
        ),
        ("medical care", pay.prior_care(unit), pay.care(unit), None),
    ]
    for rate, name, code in (
        ("pension", "pension insurance", "30108"),
        ("annuity", "occupational annuity", "30109"),
    ):
        bureau = pay.charge(rate, pay.bureau_base)
        printed = bureau if own else pay.economic(code) - bureau
        rows.append((name, pay.charge(rate, before), pay.charge(rate, now), printed))
    result = []
    for name, prior, ordinary, printed_now in rows:
        a, b = _value(prior, disclosure), _value(ordinary, disclosure)
        result.append(Cost(unit, name, a, b, "heads"))
        rest = _value(printed_now, disclosure) - b if printed_now else Fraction(0)
        if rest:
            result.append(Cost(unit, f"{name}, beyond its base", Fraction(0), rest, "unexplained"))
    return result


def _running(disclosure: Disclosure, pay: Pay, unit: str) -> list[Cost]:
    """Return pay and goods of the running item; the institution's are one for last year."""
    if unit == "subordinate":
        name = "事业运行"
        now, before = pay.item(name) or Sum(()), pay.item(name, "prior_total") or Sum(())
        amounts = _value(before, disclosure), _value(now, disclosure)
        return [Cost(unit, "pay and goods, not told apart", *amounts, "heads")]
    prior_wages = pay.prior_housing_base - pay.prior_subordinate_base
    wages = _value(prior_wages, disclosure), _value(pay.bureau_wages, disclosure)
    bases = pay.prior_bureau_base, pay.bureau_base
    small = [_value(pay.charge("small", base), disclosure) for base in bases]
    running = [pay.item("行政运行", column) or Sum(()) for column in ("prior_total", "basic")]
    whole = [_value(item, disclosure) for item in running]
    goods = [whole[year] - wages[year] - small[year] for year in (0, 1)]
    return [
        Cost(unit, "wages", *wages, "heads"),
        Cost(unit, "small contribution", small[0], small[1], "heads"),
        Cost(unit, "goods and services", goods[0], goods[1], "goods"),
    ]


def drivers(disclosure: Disclosure, joint: Joint = "shared") -> list[Driven]:
    """Return every cost with its change split into staff, price and what is neither, in yuan."""
    heads = {(person.unit, person.year): person.heads for person in staff(disclosure)}
    year = disclosure.year
    return [
        split(cost, heads[cost.unit, year - 1], heads[cost.unit, year], joint)
        for cost in costs(disclosure)
    ]


def split(cost: Cost, before: Fraction, now: Fraction, joint: Joint = "shared") -> Driven:
    """Split one change, with the heads of both years. Only the ratio of the heads matters."""
    change = cost.now - cost.prior
    if cost.by != "heads":
        return Driven(cost, Fraction(0), Fraction(0), change)
    more, prices = now - before, (cost.prior / before, cost.now / now)
    weight = {"shared": sum(prices, Fraction(0)) / 2, "staff": prices[1], "price": prices[0]}
    by_staff = more * weight[joint]
    return Driven(cost, by_staff, change - by_staff, Fraction(0))


def totals(driven: Sequence[Driven]) -> dict[str, Fraction]:
    """Return the change by driver, in yuan: staff, price, goods, unexplained."""
    result = {
        "staff": sum((d.staff for d in driven), Fraction(0)),
        "price": sum((d.price for d in driven), Fraction(0)),
    }
    for kind in ("goods", "unexplained"):
        result[kind] = sum((d.other for d in driven if d.cost.by == kind), Fraction(0))
    return result


def by_unit(disclosure: Disclosure) -> list[Step]:
    """Return the bridge by unit, in yuan: basic expenditure as inferred, projects by their items.

    An item of last year that no unit's name gives away is a step of its own. The steps sum to
    the change of the total; nothing is returned where the costs are not identified.
    """
    found = costs(disclosure)
    if not found:
        return []
    steps = []
    for unit in ("bureau", "subordinate"):
        mine = [cost for cost in found if cost.unit == unit]
        prior = sum((cost.prior for cost in mine), Fraction(0))
        now = sum((cost.now for cost in mine), Fraction(0))
        steps.append(Step(unit, "basic", round_half_up(prior, 2), round_half_up(now, 2)))
    own = Pay(disclosure).item("一般行政管理事务", "project")
    for row in disclosure.tables["table-05"]:
        if len(row["code"] or "") == 7 and row["basic"] is None:
            if own and row["line"] == own.line:
                unit = "bureau"
            else:
                unit = "subordinate" if row["project"] else "unit not printed"
            steps.append(Step(unit, row["code"], row["prior_total"] or ZERO, row["total"] or ZERO))
    return steps


def prior_personnel(disclosure: Disclosure) -> tuple[Fraction, Fraction] | None:
    """Return the least and the most that last year's personnel 人员经费 can have been, in yuan.

    Only the institution's pay and goods are not told apart: its pay is at least its contribution
    base and at most the whole of both.
    """
    found = costs(disclosure)
    base = next((p.base for p in staff(disclosure) if p.unit == "subordinate"), None)
    if not found or base is None:
        return None
    mixed = [cost for cost in found if cost.what.endswith("not told apart")]
    known = [cost for cost in found if cost.by != "goods" and cost not in mixed]
    least = sum((cost.prior for cost in known), Fraction(0))
    return least + base, least + sum((cost.prior for cost in mixed), Fraction(0))
