"""What basic expenditure is made of in both years, by unit and cost: inferred, exact in yuan."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from ..model.disclosure import Disclosure
from ..model.expressions import Expression, NeedsFigure, Sum, total
from ..model.payroll import Pay
from .staff import staff

NOTHING = Fraction(0)

#: Unit → what the book calls it.
CALLED = {"bureau": "bureau", "subordinate": "centre"}

#: Unit and cost → functional item, department section, government account. An empty item is the one
#: that the unit runs on, which each class has for itself. Pay that cannot be told apart goes to the
#: section that is the unit's own: bonuses, performance pay.
_PLACES = {
    ("bureau", "pension insurance"): ("2080505", "30108", "50102"),
    ("bureau", "occupational annuity"): ("2080506", "30109", "50102"),
    ("bureau", "housing fund"): ("2210201", "30113", "50103"),
    ("bureau", "medical insurance"): ("2101101", "30110", "50102"),
    ("bureau", "medical supplement"): ("2101101", "30112", "50102"),
    ("bureau", "medical care"): ("2101101", "30114", "50199"),
    ("bureau", "small contribution"): ("", "30112", "50102"),
    ("bureau", "wages"): ("", "30103", "50101"),
    ("subordinate", "pension insurance"): ("2080505", "30108", "50501"),
    ("subordinate", "occupational annuity"): ("2080506", "30109", "50501"),
    ("subordinate", "housing fund"): ("2210201", "30113", "50501"),
    ("subordinate", "medical insurance"): ("2101102", "30110", "50501"),
    ("subordinate", "medical supplement"): ("2101102", "30112", "50501"),
    ("subordinate", "medical care"): ("2101102", "30114", "50501"),
    ("subordinate", "small contribution"): ("", "30112", "50501"),
    ("subordinate", "wages"): ("", "30107", "50501"),
    ("subordinate", "pay and goods, not told apart"): ("", "30107", "50501"),
}


def places(disclosure: Disclosure) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return unit and cost → functional item, department section, government account."""
    cells = Pay(disclosure).running
    running = {unit: cell.address.name if cell else "" for unit, cell in cells.items()}
    return {
        (unit, what): (item or running[unit], section, account)
        for (unit, what), (item, section, account) in _PLACES.items()
    }


class Cost(NamedTuple):
    """One cost of one unit in both years, exact in yuan.

    `by` says how it moves: `heads` (paid by head), `goods` (bought, not by head), or
    `unexplained` (what the rules that fit everything else do not give). `on` says what its cost
    per head is: a rate on the contribution `base`, or `pay` (what is paid, or charged on pay).
    """

    unit: str
    what: str
    prior: Fraction
    now: Fraction
    by: str
    on: str = "pay"


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
        on_pay = name == "medical care" or (own and name == "housing fund")
        result.append(Cost(unit, name, a, b, "heads", "pay" if on_pay else "base"))
        rest = _value(printed_now, disclosure) - b if printed_now else NOTHING
        if rest:
            result.append(Cost(unit, f"{name}, beyond its base", NOTHING, rest, "unexplained"))
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
        Cost(unit, "small contribution", small[0], small[1], "heads", "base"),
        Cost(unit, "goods and services", goods[0], goods[1], "goods"),
    ]
