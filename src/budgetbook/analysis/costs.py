"""What basic expenditure is made of in both years, by unit and cost: inferred, exact in yuan."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from ..messages import message
from ..model.disclosure import Disclosure, once
from ..model.expressions import Expression, NeedsFigure, Sum, number, total
from ..model.payroll import RUNNING, WAGES, Pay
from ..package.beside import rows_beside
from .staff import staff

NOTHING = Fraction(0)

#: Costs by their names in places.csv.
_PENSION, _ANNUITY = message("pension insurance"), message("occupational annuity")
_WAGES, _HOUSING, _CARE = message("wages"), message("housing fund"), message("medical care")
GOODS, MIXED = message("goods and services"), message("wages and goods, not told apart")
_TOGETHER = message("both together")
#: What is charged on one base → its rate.
_CHARGES = {_PENSION: "pension", _ANNUITY: "annuity"}
#: What the part of it beyond its base is called → what it is a part of.
ORDINARY = {
    message("pension insurance, beyond its base"): _PENSION,
    message("occupational annuity, beyond its base"): _ANNUITY,
}
_BEYOND = {what: beyond for beyond, what in ORDINARY.items()}

#: Unit → what the book calls it.
CALLED = {"own-unit": message("own unit"), "institution": message("institution")}

#: The institution's wages of last year, printed with its goods: its contribution base at least,
#: all that the two are at most.
LastPay = Literal["least", "most"]


def places(disclosure: Disclosure) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return unit and cost → functional item, department section, government account.

    An empty item of places.csv is the one that the unit runs on, which each class has for itself.
    Pay that cannot be told apart goes to the section that is the unit's own: bonuses, performance
    pay.
    """
    cells = Pay(disclosure).running
    running = {unit: cell.address.name if cell else "" for unit, cell in cells.items()}
    return {
        (row["unit"], row["cost"]): (
            row["item"] or running[row["unit"]],
            row["section"],
            row["account"],
        )
        for row in rows_beside(__file__, "places")
    }


class Cost(NamedTuple):
    """One cost of one unit in both years, exact in yuan.

    `by` says how it moves: `heads` (paid by head), `goods` (bought, or not told apart from what
    is: whether it moves by head is a convention), or `unexplained` (what the rules that fit
    everything else do not give). `on` says what its cost
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
    return list(_costs(disclosure))


@once
def _costs(disclosure: Disclosure) -> Sequence[Cost]:
    pay = Pay(disclosure)
    if not staff(disclosure):
        return []
    result: list[Cost] = []
    try:
        for unit in ("own-unit", "institution"):
            result += _charged(disclosure, pay, unit)
            result += _running(disclosure, pay, unit)
    except NeedsFigure:
        return []
    return result


def told_apart(disclosure: Disclosure, cost: Cost, last_pay: LastPay) -> list[Cost]:
    """Return the institution's wages and goods as two costs, the wages of last year at one end.

    This year's are known. Any other cost is returned as it is.
    """
    if cost.what != MIXED:
        return [cost]
    pay = Pay(disclosure)
    now = number(pay.institution_wages, disclosure)
    least = number(pay.prior_institution_base, disclosure)
    before = least if last_pay == "least" else cost.prior
    return [
        Cost(cost.unit, _WAGES, before, now, "heads"),
        Cost(cost.unit, GOODS, cost.prior - before, cost.now - now, "goods"),
    ]


def _charged(disclosure: Disclosure, pay: Pay, unit: str) -> list[Cost]:
    """Return contributions and medical care, and what stands beside them unexplained."""
    own = unit == "own-unit"
    before, now = pay.prior_base_of(unit), pay.base(unit)
    housing = pay.government("50103")
    prior_wages = pay.prior_housing_base - pay.prior_institution_base if own else before
    rows: list[tuple[str, Expression, Expression, Expression | None]] = [
        (
            _HOUSING,
            pay.charge("housing", prior_wages),
            housing if own else pay.economic("30113") - housing,
            None,
        ),
        (
            message("medical insurance"),
            total([pay.charge(rate, before) for rate in ("medical", "supplement")]),
            total([pay.charge(rate, now) for rate in ("medical", "supplement")]),
            None,
        ),
        (_CARE, pay.prior_care(unit), pay.care(unit), None),
    ]
    for (name, rate), code in zip(_CHARGES.items(), ("30108", "30109"), strict=True):
        theirs = pay.charge(rate, pay.own_unit_base)
        printed = theirs if own else pay.economic(code) - theirs
        rows.append((name, pay.charge(rate, before), pay.charge(rate, now), printed))
    result = []
    for name, prior, ordinary, printed_now in rows:
        a, b = number(prior, disclosure), number(ordinary, disclosure)
        on_pay = name == _CARE or (own and name == _HOUSING)
        result.append(Cost(unit, name, a, b, "heads", "pay" if on_pay else "base"))
        rest = number(printed_now, disclosure) - b if printed_now else NOTHING
        if rest:
            result.append(Cost(unit, _BEYOND[name], NOTHING, rest, "unexplained"))
    return result


def _running(disclosure: Disclosure, pay: Pay, unit: str) -> list[Cost]:
    """Return pay and goods of the running item; the institution's wages and goods are one."""
    items = [pay.item(RUNNING[unit], column) for column in ("prior_total", "basic")]
    whole = [number(item or Sum(()), disclosure) for item in items]
    bases = pay.prior_base_of(unit), pay.base(unit)
    small = [number(pay.charge("small", base), disclosure) for base in bases]
    charged = Cost(unit, message("small contribution"), small[0], small[1], "heads", "base")
    rest = [whole[year] - small[year] for year in (0, 1)]
    if unit == "institution":
        return [charged, Cost(unit, MIXED, rest[0], rest[1], "goods")]
    prior_wages = pay.prior_housing_base - pay.prior_institution_base
    wages = number(prior_wages, disclosure), number(pay.own_unit_wages, disclosure)
    return [
        Cost(unit, _WAGES, *wages, "heads"),
        charged,
        Cost(unit, GOODS, rest[0] - wages[0], rest[1] - wages[1], "goods"),
    ]


def implied_bases(disclosure: Disclosure) -> list[tuple[str, Fraction, Fraction]]:
    """Return (what, yuan that the rows leave the institution, the base that they imply) of its
    pension, its annuity and both together.

    Only both together are determined: the print gives the own unit's part of the sum alone, and
    that it divides as the rates do is assumed. Empty if not identified.
    """
    pay = Pay(disclosure)
    lefts: dict[str, Fraction] = {}
    for cost in costs(disclosure):
        name = ORDINARY.get(cost.what, cost.what)
        if cost.unit == "institution" and name in _CHARGES:
            lefts[name] = lefts.get(name, NOTHING) + cost.now
    if len(lefts) < len(_CHARGES):
        return []
    rates = {name: pay.rates[rate] for name, rate in _CHARGES.items()}
    lefts[_TOGETHER] = sum(lefts.values(), NOTHING)
    rates[_TOGETHER] = sum(rates.values(), NOTHING)
    return [(name, left, left / rates[name]) for name, left in lefts.items()]


def union_funds(disclosure: Disclosure) -> list[Fraction]:
    """Return trade union funds, the base that they imply, and wages of own unit and institution.

    In yuan; the rate on all wages is that of the Trade Union Law, art. 43 (`trade-union-law`).
    Empty where one of them is not known.
    """
    pay, dues = Pay(disclosure), Pay(disclosure).economic("30228")
    base = pay.at("union", of=dues, inverse=True)
    try:
        sides = dues, base, pay.own_unit_wages, pay.institution_wages
        return [number(pay.whose(one), disclosure) for one in sides]
    except NeedsFigure:
        return []


def on_all_wages(disclosure: Disclosure) -> list[tuple[str, Fraction, Fraction]]:
    """Return (what, yuan that the department budgets, its rate on all wages of both units) of
    pension, annuity and both together; empty if one of them is not known."""
    pay = Pay(disclosure)
    wages = total([pay.economic(code) for code in WAGES])
    found: list[tuple[str, Fraction, Fraction]] = []
    try:
        for (name, rate), code in zip(_CHARGES.items(), ("30108", "30109"), strict=True):
            charged = number(pay.whose(pay.charge(rate, wages)), disclosure)
            found.append((name, number(pay.economic(code), disclosure), charged))
    except NeedsFigure:
        return []
    budgeted = sum((row[1] for row in found), NOTHING)
    return [*found, (_TOGETHER, budgeted, sum((row[2] for row in found), NOTHING))]
