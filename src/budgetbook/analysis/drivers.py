"""What drives the change of basic expenditure: staff, base and pay per head, goods, what is left.

No head and no base is printed for either year. They are inferred (see `staff` and `checks.pay`),
so every split here is inference from stated rules; only its sum is arithmetic: the drivers add up
to the printed change of basic expenditure, to the cent.

A cost that is paid by head is heads × cost per head. Its change has a staff part, a price part
and a joint part (more heads at a higher price), and where the joint part goes is a convention:
`shared` gives a half to each, `staff` and `price` give it to one of them. Whose goods are paid by
head is another, and where the institution's are not, its pay of last year has bounds (`WAYS`): no
table decides, so what staff carries is a range over these.

A price part is a change of a mean. Who joined and who left is printed nowhere, so it does not say
that anybody's pay or base moved (see `staff.newcomers`).

The price of a contribution is rate × base per head. Both enter as a product, so the rates are
held as they are and the price part of contributions is the base per head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from ..exact.money import round_half_up
from ..messages import message
from ..model.disclosure import TOTAL, Disclosure
from ..model.payroll import Pay
from ..package.store import Row
from .costs import (
    CALLED,
    GOODS,
    MIXED,
    NOTHING,
    ORDINARY,
    Cost,
    LastPay,
    costs,
    places,
    told_apart,
)
from .reconstruction import ZERO, units
from .staff import staff
from .variance import Step, by_nature, regrouped

Joint = Literal["shared", "staff", "price"]


class Way(NamedTuple):
    """A convention: the units whose goods move by head, and the institution's pay of last year.

    That pay is told apart from the goods only where the goods do not move by head as well.
    """

    says: str
    by_head: tuple[str, ...]
    last_pay: LastPay = "least"


#: Name → way. The split as stated has the first.
WAYS: Mapping[str, Way] = {
    "both": Way(message("goods by head in both units"), ("own-unit", "institution")),
    "institution": Way(message("goods by head in the institution alone"), ("institution",)),
    "own-unit-least": Way(
        message(
            "goods by head in the own unit alone, the institution's pay of last year at its least"
        ),
        ("own-unit",),
    ),
    "neither-least": Way(
        message("goods by head in neither unit, the institution's pay of last year at its least"),
        (),
    ),
    "own-unit-most": Way(
        message(
            "goods by head in the own unit alone, the institution's pay of last year at its most"
        ),
        ("own-unit",),
        "most",
    ),
    "neither-most": Way(
        message("goods by head in neither unit, the institution's pay of last year at its most"),
        (),
        "most",
    ),
}
#: Unit, and how many heads more it had last year → what the case is called.
_MOVED = {
    ("own-unit", 1): message("own unit: one head more last year"),
    ("own-unit", -1): message("own unit: one head fewer last year"),
    ("institution", 1): message("institution: one head more last year"),
    ("institution", -1): message("institution: one head fewer last year"),
}
#: Unit and year → heads.
Heads = dict[tuple[str, int], Fraction]


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


def drivers(disclosure: Disclosure, joint: Joint = "shared", way: str = "both") -> list[Driven]:
    """Return every cost with its change split into staff, price and what is neither, in yuan.

    `way` is one of WAYS.
    """
    return _split_all(disclosure, costs(disclosure), _heads(disclosure), joint, way)


def by_way(disclosure: Disclosure) -> dict[str, dict[str, Fraction]]:
    """Return the change by driver in each of WAYS, least staff first; empty if not identified."""
    found = {way: drivers(disclosure, way=way) for way in WAYS}
    split = {way: totals(driven) for way, driven in found.items() if driven}
    return dict(sorted(split.items(), key=lambda pair: pair[1]["staff"]))


def _heads(disclosure: Disclosure) -> Heads:
    return {(person.unit, person.year): person.heads for person in staff(disclosure)}


def _split_all(
    disclosure: Disclosure,
    found: Sequence[Cost],
    heads: Heads,
    joint: Joint = "shared",
    way: str = "both",
) -> list[Driven]:
    year, (_, by_head, last_pay) = disclosure.year, WAYS[way]
    moved: list[Cost] = []
    for cost in found:
        if cost.by == "goods" and cost.unit in by_head:
            moved.append(cost._replace(by="heads"))
        else:
            moved += told_apart(disclosure, cost, last_pay)
    return [split(c, heads[c.unit, year - 1], heads[c.unit, year], joint) for c in moved]


class Case(NamedTuple):
    """The split when one assumption is moved: the change by driver, in yuan.

    `one_amount` says whether medical care is still the same amount a head in both units and
    years. Where it is, no printed figure tells the case from the split as stated.
    """

    moved: str
    split: Mapping[str, Fraction]
    one_amount: bool


def sensitivity(disclosure: Disclosure) -> list[Case]:
    """Return the split as stated, then with one assumption moved at a time; empty if not
    identified. Every split sums to the same change.
    """
    heads, found = _heads(disclosure), costs(disclosure)
    if not found:
        return []
    cases = [(says, moved, found) for says, moved in _moved_heads(disclosure)]
    contributions = message("the unexplained part counts as contributions")
    cases.append((contributions, heads, _on_own_bases(found)))
    result = [_case(disclosure, *case) for case in cases]
    ways = by_way(disclosure)
    goods = [Case(WAYS[w].says, ways[w], one_amount=True) for w in WAYS if w != "both"]
    rates = {**ways["both"], "base": NOTHING, "rate": ways["both"]["base"]}
    last_case = Case(message("rates moved instead of bases per head"), rates, one_amount=True)
    return [*result, *goods, last_case]


def _moved_heads(disclosure: Disclosure) -> list[tuple[str, Heads]]:
    """Return the heads as stated, then with one more or fewer in one unit last year."""
    heads, last = _heads(disclosure), disclosure.year - 1
    found = [(message("as stated"), heads)]
    for (unit, more), says in _MOVED.items():
        moved = {**heads, (unit, last): heads[unit, last] + more}
        if moved[unit, last] > 0:
            found.append((says, moved))
    return found


def reach(disclosure: Disclosure) -> list[tuple[str, Fraction, Fraction]]:
    """Return (heads of last year, the least and the most that staff carries over WAYS, in yuan).

    The heads are those as stated, then one more or fewer in one unit. Empty if not identified.
    """
    found, result = costs(disclosure), []
    for says, heads in _moved_heads(disclosure) if found else []:
        splits = [_split_all(disclosure, found, heads, way=way) for way in WAYS]
        carried = [totals(one)["staff"] for one in splits]
        result.append((says, min(carried), max(carried)))
    return result


def _case(disclosure: Disclosure, says: str, heads: Heads, found: Sequence[Cost]) -> Case:
    care = {(person.unit, person.year): person.care for person in staff(disclosure)}
    same = len({care[place] / number for place, number in heads.items()}) == 1
    return Case(says, totals(_split_all(disclosure, found, heads)), same)


def _on_own_bases(found: Sequence[Cost]) -> list[Cost]:
    """Return the costs with each contribution charged on the base that it implies itself."""
    return [
        merged._replace(now=merged.now + sum((o.now for o in found if _beyond(o, merged)), NOTHING))
        for merged in found
        if merged.by != "unexplained"
    ]


def _beyond(odd: Cost, ordinary: Cost) -> bool:
    """Whether a cost is what stands beyond the base of an ordinary one."""
    return odd.unit == ordinary.unit and ORDINARY.get(odd.what) == ordinary.what


def split(cost: Cost, before: Fraction, now: Fraction, joint: Joint = "shared") -> Driven:
    """Split one change, with the heads of both years. Only the ratio of the heads matters."""
    change = cost.now - cost.prior
    if cost.by != "heads":
        return Driven(cost, NOTHING, NOTHING, change)
    more, prices = now - before, (cost.prior / before, cost.now / now)
    weight = {"shared": sum(prices, NOTHING) / 2, "staff": prices[1], "price": prices[0]}
    by_staff = more * weight[joint]
    return Driven(cost, by_staff, change - by_staff, NOTHING)


def totals(driven: Sequence[Driven]) -> dict[str, Fraction]:
    """Return the change by driver, in yuan: staff, base, rate, pay, goods, unexplained.

    `base` and `pay` are the price parts of contributions and of all else; `rate` is nothing, for
    the rates are held.
    """
    result = {"staff": sum((d.staff for d in driven), NOTHING)}
    for on in ("base", "rate", "pay"):
        result[on] = sum((d.price for d in driven if d.cost.on == on), NOTHING)
    for kind in ("goods", "unexplained"):
        result[kind] = sum((d.other for d in driven if d.cost.by == kind), NOTHING)
    return result


#: Reason of reasons.csv → the driver that it names.
_NAMED = {"more-staff": "staff", "higher-base": "base"}
#: What stands beyond a base → the ordinary cost.


def covered(
    disclosure: Disclosure, way: str = "both", *, own_bases: bool = False
) -> dict[tuple[str, str], Fraction]:
    """Return (item, reason) → the part of the item's change in yuan that the reason's driver
    carries; the item `basic` stands for basic expenditure as a whole, `operating-funds` for the own
    unit's goods. With `own_bases` each contribution is charged on the base that it implies itself,
    not on that of medical insurance. Empty if not identified.
    """
    found: dict[tuple[str, str], Fraction] = {}
    where, paid = places(disclosure), costs(disclosure)
    priced = _on_own_bases(paid) if own_bases else paid
    for one in _split_all(disclosure, priced, _heads(disclosure), way=way):
        unit, what = one.cost.unit, ORDINARY.get(one.cost.what, one.cost.what)
        place = where.get((unit, what))
        funds = ["operating-funds"] if (unit, what) == ("own-unit", GOODS) else []
        for reason, driver in _NAMED.items():
            part = one.staff if driver == "staff" else one.price if one.cost.on == driver else None
            if part is None:
                continue
            for item in ("basic", *funds, *([place[0]] if place else [])):
                found[item, reason] = found.get((item, reason), NOTHING) + part
    return found


def by_unit(disclosure: Disclosure) -> list[Step]:
    """Return the bridge by unit, in yuan: basic expenditure as inferred, projects by their items.

    An item whose unit cannot be told is a step of its own, with the unit `none`. Projects of last
    year are those that `prior_natures` takes as such. The steps sum to the change of the total;
    nothing is returned where the costs are not identified.
    """
    found = costs(disclosure)
    if not found:
        return []
    steps = []
    for unit in CALLED:
        mine = [(cost.prior, cost.now) for cost in found if cost.unit == unit]
        prior, now = (
            round_half_up(sum(amounts, NOTHING), 2) for amounts in zip(*mine, strict=True)
        )
        steps.append(Step(unit, "basic", prior, now))
    for row in disclosure.tables["spending-by-function"]:
        if len(row["code"] or "") == 7:
            last = ZERO if row["basic"] is not None else row["prior_total"] or ZERO
            if last or row["project"]:
                whose = _unit_of_project(disclosure, row)
                steps.append(Step(whose, row["code"], last, row["project"] or ZERO))
    return steps


def ranges_by_unit(disclosure: Disclosure) -> dict[str, tuple[Decimal, Decimal]]:
    """Return unit → the least and the most that its budget can have changed by, in yuan.

    Two origins of project money stay open. Money without a unit in print can be either unit's.
    And the money of an item that begins may have stood under an item that falls (`regrouped`): of
    another unit, then that much of last year's was not that unit's. Empty if not identified.
    """
    steps = by_unit(disclosure)
    whose = {step.name: step.code for step in steps}
    ends = {}
    for unit in CALLED if steps else ():
        low = high = sum((step.change for step in steps if step.code == unit), ZERO)
        low -= sum((step.prior for step in steps if step.code == "none"), ZERO)
        high += sum((step.now for step in steps if step.code == "none"), ZERO)
        for one in regrouped(disclosure):
            came = {whose[step.code] for step in one.losing}
            went = {whose[step.code] for step in one.gaining}
            if one.kind == "split" and came != went and "none" not in came | went:
                most = min(
                    sum((step.now for step in one.gaining), ZERO),
                    sum((step.prior for step in one.losing), ZERO),
                )
                low -= most if unit in went else ZERO
                high += most if unit in came else ZERO
        ends[unit] = low, high
    return ends


def _unit_of_project(disclosure: Disclosure, row: Row) -> str:
    """Return the unit of an item's project money: one that the tables by unit give away.

    General administration 一般行政管理事务 is the own unit's; if it is all of the own unit's
    project money, what the other items spend is the institution's.
    """
    own = Pay(disclosure).item("一般行政管理事务", "project")
    if own and disclosure.address(row) == own.address.of_row:
        return "own-unit"
    split = next((split for split in units(disclosure) if split.code == "project"), None)
    alone = own and split and own.value(disclosure) == Fraction(split.own_unit)
    return "institution" if row["project"] and alone else "none"


class Ranged(NamedTuple):
    """A step of a bridge that is known as a range: the least and the most change, in yuan."""

    code: str
    low: Decimal
    high: Decimal


def by_economic_class(disclosure: Disclosure) -> list[Ranged]:
    """Return the bridge by economic class as far as it is determined; empty if not identified.

    Last year's personnel (301) has bounds, so its change has too, and goods (302) take what is
    left of basic expenditure: the least of one goes with the most of the other, and the two
    then sum to the change of basic expenditure. Last year's projects are not printed by class;
    they are a step of their own (`project`).
    """
    found = prior_personnel(disclosure)
    if found is None:
        return []
    low, high = (round_half_up(bound, 2) for bound in found)
    basic, project = by_nature(disclosure)
    personnel = disclosure.amount("basic-by-economic", TOTAL, "personnel") or ZERO
    return [
        Ranged("301", personnel - high, personnel - low),
        Ranged("302", basic.change - (personnel - low), basic.change - (personnel - high)),
        Ranged("project", project.change, project.change),
    ]


def prior_personnel(disclosure: Disclosure) -> tuple[Fraction, Fraction] | None:
    """Return the least and the most that last year's personnel 人员经费 can have been, in yuan.

    Only the institution's wages and goods are not told apart: its wages are at least its
    contribution base and at most the whole of both.
    """
    found = costs(disclosure)
    base = next((p.base for p in staff(disclosure) if p.unit == "institution"), None)
    if not found or base is None:
        return None
    mixed = [cost for cost in found if cost.what == MIXED]
    known = [cost for cost in found if cost.by != "goods" and cost not in mixed]
    least = sum((cost.prior for cost in known), NOTHING)
    return least + base, least + sum((cost.prior for cost in mixed), NOTHING)
