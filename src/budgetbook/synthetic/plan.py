"""An invented department, built from below: staff, pay per head, bases, rates, goods, projects.

Nothing here knows a table or a check. Every amount is made from smaller ones, in yuan and exact.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from ..exact.money import round_half_up
from ..forms.wording import numeral
from .shape import OURS, Shape

#: The rates that an invented department is charged with where none are given.
_RATES = Path(__file__).parents[3] / "data" / "reference" / "rates.csv"
CARE_PER_HEAD = 1600

#: How the name of the department's own unit ends.
OWN = "（本级）"
#: Whose money a project spends: of this year's general public budget, of a fund, carried over.
GENERAL, FUND, CARRIED = "general public", "government fund", "carried over"
#: The functional item that a fund pays for.
FUND_ITEM = "2120899"
#: Functional section → the item under which it had projects last year, now and then.
_ONCE = {"21505": "17", "20113": "08"}

_ALWAYS = ("30201", "30211", "30299")
_SOMETIMES = ("30205", "30206", "30207", "30209", "30213", "30214", "30226", "30227", "30239")
_PROJECT_GOODS = ("30201", "30209", "30214", "30226", "30227")

_PLACES = ("云岭区", "青石区", "白河区", "松江县", "南屏区", "古渡县")
_OFFICES = ("水务局", "农业局", "文化局", "林业局", "交通局", "体育局")
_CENTRES = ("服务中心", "监测中心", "管理站", "信息中心")
_THINGS = ("河道疏浚", "水文观测", "堤岸整修", "古树保护", "桥梁检测", "图书配送", "球场维护")


def cent(amount: Fraction) -> Decimal:
    """Return an amount rounded half up to the cent."""
    return round_half_up(amount, 2)


@dataclass(frozen=True)
class Staff:
    """One unit's staff in one year: heads, pay of all heads by account, contribution bases.

    `excluded` is what of the pay is outside the base; amounts in whole yuan, `rates` in per cent.
    """

    heads: int
    pay: Mapping[str, int]
    excluded: int
    whole_pay_for_housing: bool
    rates: Mapping[str, Decimal]

    @property
    def wages(self) -> int:
        """All pay of the unit."""
        return sum(self.pay.values())

    @property
    def base(self) -> int:
        """The contribution base of the unit."""
        return self.wages - self.excluded

    def charge(self, rate: str, base: int | None = None) -> Decimal:
        """Return a contribution on the base, or on another, rounded to the cent."""
        of = self.base if base is None else base
        return cent(Fraction(self.rates[rate]) / 100 * of)

    @cached_property
    def economic(self) -> Mapping[str, Decimal]:
        """Pay, contributions and medical care by department economic section."""
        housing = self.wages if self.whole_pay_for_housing else self.base
        return {code: Decimal(amount) for code, amount in self.pay.items()} | {
            "30108": self.charge("pension"),
            "30109": self.charge("annuity"),
            "30110": self.charge("medical"),
            "30112": self.charge("supplement") + self.charge("small"),
            "30113": self.charge("housing", housing),
            "30114": Decimal(CARE_PER_HEAD * self.heads),
        }


@dataclass(frozen=True)
class Unit:
    """One unit in one year: its staff, and its goods and services by section, in yuan.

    `running` is the functional item that it runs on, where it is not the section's 01 or 50.
    """

    name: str
    own: bool
    staff: Staff
    goods: Mapping[str, Decimal]
    section: str
    running: str = ""

    @cached_property
    def items(self) -> Mapping[str, Decimal]:
        """Basic expenditure by functional item."""
        pay = self.staff.economic
        health = pay["30110"] + self.staff.charge("supplement") + pay["30114"]
        running = Decimal(self.staff.wages) + self.staff.charge("small")
        return {
            "2080505": pay["30108"],
            "2080506": pay["30109"],
            "2101101" if self.own else "2101102": health,
            self.running or f"{self.section}{'01' if self.own else '50'}": running
            + sum(self.goods.values()),
            "2210201": pay["30113"],
        }


@dataclass(frozen=True)
class Target:
    """An indicator: name, weight in points, unit, relation, target as printed, core or not."""

    name: str
    weight: int
    unit: str
    relation: str
    target: str
    core: bool


@dataclass(frozen=True)
class Task:
    """A project: its unit, what it spends by section in yuan, what it buys, what it promises.

    `item` is the functional item that it stands under, `money` whose money it spends. `code` is
    printed before its name where it buys; `description`, `basis` and `goal` are its form's prose.
    """

    name: str
    unit: str
    item: str
    spends: Mapping[str, Decimal]
    buys: Decimal
    targets: Sequence[Target]
    money: str = GENERAL
    form: bool = True
    code: str = ""
    description: str = ""
    basis: str = ""
    goal: str = ""

    @property
    def own(self) -> bool:
        """Whether it is the own unit's."""
        return self.unit.endswith(OWN)

    @property
    def budget(self) -> Decimal:
        """All that it spends."""
        return sum(self.spends.values(), Decimal(0))


@dataclass(frozen=True)
class Plan:
    """A department: both years' units, this year's projects, last year's project items.

    `reasons` are those that the text gives for a change, by account, nature or subject: the code
    of the reason and its words. `duty` and `goal` are prose of the text and of table 15;
    `scope` says of which units the text states the operating funds: `own`, `all`, or not.
    """

    seed: int
    year: int
    district: str
    office: str
    now: Sequence[Unit]
    before: Sequence[Unit]
    tasks: Sequence[Task]
    prior_items: Mapping[str, Decimal]
    targets: Sequence[Target]
    divisions: int
    rates: Mapping[str, Decimal]
    shape: Shape = OURS
    code: str = "901"
    duty: str = ""
    goal: str = ""
    scope: str = ""
    reasons: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def forms(self) -> list[Task]:
        """The projects that have a form of their own."""
        return [task for task in self.tasks if task.form]

    @property
    def buyers(self) -> list[Task]:
        """The projects that buy something: the first of each unit."""
        first = {task.unit: task for task in reversed(self.tasks)}
        return [] if "procurement" in self.shape.empty else list(first.values())[::-1]


def known_rates() -> Mapping[str, Decimal]:
    """Return the rates of rates.csv in per cent, by id."""
    with _RATES.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: Decimal(row["percent"]) for row in csv.DictReader(stream)}


def department(seed: int, rates: Mapping[str, Decimal] | None = None, shape: Shape = OURS) -> Plan:
    """Return the invented department of that number and shape; the same number gives the same one.

    `rates` are in per cent by their id in rates.csv; without them, those of the shape or the file.
    """
    rates = rates or shape.rates or known_rates()
    dice = random.Random(seed)
    district, name = dice.choice(_PLACES), dice.choice(_OFFICES)
    district = shape.place or district
    office = f"{district}{name}"
    names = _names(dice, office, shape)
    before, now = _units(dice, names, rates, shape)
    tasks = [_coded(seed, task) for task in _tasks(dice, names, shape)]
    once = dice.sample((_ONCE[shape.section],), dice.randint(0, 1))
    items = [*(("02",) if shape.own_unit else ()), "99", *once]
    prior = {f"{shape.section}{item}": _money(dice, 1, 400) * 1000 for item in items}
    year = 2030 + dice.randint(0, 5)
    units, promised = (now, before), (_targets(dice, "全局"), dice.randint(2, 9))
    place = seed, shape.year or year, district, office
    return Plan(*place, *units, tasks, prior, *promised, rates, shape)


def _names(dice: random.Random, office: str, shape: Shape) -> list[str]:
    """Return the names of the units: the own unit's first, if there is one, the institutions'."""
    centres = [dice.choice(_CENTRES) for _ in range(shape.institutions)]
    nth = [f"第{numeral(n)}" if len(centres) > 1 else "" for n in range(1, len(centres) + 1)]
    stem = office.removesuffix("局")
    theirs = [f"{stem}{n}{c}" for n, c in zip(nth, centres, strict=True)]
    return [f"{office}{OWN}", *theirs] if shape.own_unit else theirs


def _units(
    dice: random.Random, names: Sequence[str], rates: Mapping[str, Decimal], shape: Shape
) -> tuple[list[Unit], list[Unit]]:
    """Return the units of last year and of this year, the own unit first.

    The first has the vehicles and the guests.
    """
    before: list[Unit] = []
    now: list[Unit] = []
    for nth, name in enumerate(names):
        own = name.endswith(OWN)
        heads, grown = dice.randint(4, 40), dice.randint(1, 4)
        pay, excluded = _pay(dice, own)
        raised = {code: amount + 200 * dice.randint(1, 20) for code, amount in pay.items()}
        codes = sorted({*_ALWAYS, *dice.sample(_SOMETIMES, dice.randint(2, len(_SOMETIMES)))})
        last = {code: _money(dice, 500, 90_000) for code in codes}
        this = {code: amount + _money(dice, 0, 9_000) for code, amount in last.items()}
        public = _three_public(dice) if nth == 0 else {}
        public = {} if "three-public" in shape.empty else public
        for units, people, each, goods in (
            (before, heads, pay, last),
            (now, heads + grown, raised, this),
        ):
            paid = {code: people * amount for code, amount in each.items()}
            staff = Staff(people, paid, people * excluded, own, rates)
            units.append(_unit(name, staff, goods | public, shape.section))
    return before, now


def _money(dice: random.Random, low: int, high: int) -> Decimal:
    return Decimal(dice.randint(low * 100, high * 100)).scaleb(-2)


def _pay(dice: random.Random, own: bool) -> tuple[dict[str, int], int]:
    """Return pay per head and year by account, and what of it is outside the base."""
    third, most = ("30103", 70_000) if own else ("30107", 95_000)
    pay = {
        "30101": 200 * dice.randint(150, 250),
        "30102": dice.randint(1_000, 40_000),
        third: dice.randint(50_000, most),
    }
    return pay, dice.randint(5_000, 40_000)


def _unit(name: str, staff: Staff, goods: Mapping[str, Decimal], section: str) -> Unit:
    basic = staff.pay["30101"]
    shares = {
        "30216": staff.charge("training", basic),
        "30229": staff.charge("welfare", basic),
        "30228": staff.charge("union", staff.wages),
    }
    bought = dict(sorted((dict(goods) | shares).items()))
    return Unit(name, name.endswith(OWN), staff, bought, section)


def _three_public(dice: random.Random) -> dict[str, Decimal]:
    return {
        "30217": Decimal(1000 * dice.randint(1, 9)),
        "30231": Decimal(10_000 * dice.randint(1, 6)),
    }


def _tasks(dice: random.Random, units: Sequence[str], shape: Shape) -> list[Task]:
    """Return the projects: the own unit's first, then those of the institutions.

    An own unit that is alone has them under any item. What no form is printed for, what a fund
    pays and what is carried over are the first unit's.
    """
    things = dice.sample(_THINGS, len(_THINGS))
    things = [f"{thing}{numeral(n)}期" for n in (4, 3, 2) for thing in things] + things
    tasks = []
    for unit in units if "project-targets" not in shape.empty else ():
        for nth in range(dice.randint(1, 3)):
            ours = unit.endswith(OWN) and (shape.institutions or not nth)
            item = f"{shape.section}{'02' if ours else '99'}"
            tasks.append(_task(dice, things.pop(), unit, item))
    own, item = units[0], f"{shape.section}{'02' if shape.own_unit else '99'}"
    more = [_task(dice, things.pop(), own, item) for _ in range(shape.formless)]
    more = [replace(task, form=False) for task in more]
    for money, amount, where in ((FUND, shape.fund, FUND_ITEM), (CARRIED, shape.carried, item)):
        if amount:
            task = _task(dice, things.pop(), own, where, {"30201": Decimal(amount)})
            more.append(replace(task, money=money, form=money == FUND))
    return tasks + more


def _task(
    dice: random.Random,
    name: str,
    unit: str,
    item: str,
    spends: Mapping[str, Decimal] | None = None,
) -> Task:
    if spends is None:
        codes = dice.sample(_PROJECT_GOODS, dice.randint(1, 3))
        spends = {code: Decimal(1000 * dice.randint(10, 300)) for code in codes}
        if unit.endswith(OWN) and dice.random() < 0.5:
            spends["31022"] = Decimal(1000 * dice.randint(5, 90))
    budget = sum(spends.values(), Decimal(0))
    ceiling = Target("总成本", 10, "万元", "≤", str(int(budget // 10_000)), False)
    buys = min(Decimal(dice.randint(1, 50) * 100), budget)
    return Task(name, unit, item, spends, buys, [*_targets(dice, name, 90), ceiling])


def _coded(seed: int, task: Task) -> Task:
    """Return a project with a code; nothing of the seed is in it."""
    return replace(task, code=f"{random.Random(f'{seed} {task.name}').randrange(10**6):06}")


def _targets(dice: random.Random, name: str, points: int = 100) -> list[Target]:
    """Return indicators whose weights add up to so many points."""
    kinds = [
        ("完成数量", "处", "≥", str(dice.randint(2, 90)), True),
        ("合格率", "%", "≥", str(dice.randint(80, 98)), True),
        ("进度", "", "定性", "按期", False),
        ("效果", "", "定性", "良好", False),
        ("群众满意度", "%", "≥", str(dice.randint(80, 97)), False),
    ]
    chosen = kinds[: dice.randint(2, len(kinds))]
    weights = [10] * len(chosen)
    weights[0] += points - sum(weights)
    return [
        Target(f"{name}{kind}", weight, unit, relation, target, core)
        for (kind, unit, relation, target, core), weight in zip(chosen, weights, strict=True)
    ]
