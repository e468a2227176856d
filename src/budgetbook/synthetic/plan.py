"""An invented department, built from below: staff, pay per head, bases, rates, goods, projects.

Nothing here knows a table or a check. Every amount is made from smaller ones, in yuan and exact.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from ..exact.money import round_half_up

#: The rates that an invented department is charged with where none are given.
_RATES = Path(__file__).parents[3] / "data" / "reference" / "rates.csv"
CARE_PER_HEAD = 1600

#: Goods and services of basic expenditure → the account of the government classification.
GOODS = {
    "30201": "50201",
    "30205": "50201",
    "30206": "50201",
    "30207": "50201",
    "30209": "50201",
    "30211": "50201",
    "30213": "50209",
    "30214": "50201",
    "30216": "50203",
    "30217": "50206",
    "30226": "50205",
    "30227": "50205",
    "30228": "50201",
    "30229": "50201",
    "30231": "50208",
    "30239": "50201",
    "30299": "50299",
    "31022": "50399",
}
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

    @property
    def economic(self) -> dict[str, Decimal]:
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
    """One unit in one year: its staff, and its goods and services by section, in yuan."""

    name: str
    own: bool
    staff: Staff
    goods: Mapping[str, Decimal]

    @property
    def items(self) -> dict[str, Decimal]:
        """Basic expenditure by functional item."""
        pay = self.staff.economic
        health = pay["30110"] + self.staff.charge("supplement") + pay["30114"]
        running = Decimal(self.staff.wages) + self.staff.charge("small")
        return {
            "2080505": pay["30108"],
            "2080506": pay["30109"],
            "2101101" if self.own else "2101102": health,
            "2150501" if self.own else "2150550": running + sum(self.goods.values()),
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
    """A project: its unit, what it spends by section in yuan, what it buys, what it promises."""

    name: str
    own: bool
    spends: Mapping[str, Decimal]
    buys: Decimal
    targets: Sequence[Target]

    @property
    def budget(self) -> Decimal:
        """All that it spends."""
        return sum(self.spends.values(), Decimal(0))


@dataclass(frozen=True)
class Plan:
    """A department: both years' units, this year's projects, last year's project items."""

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


def known_rates() -> Mapping[str, Decimal]:
    """Return the rates of rates.csv in per cent, by id."""
    with _RATES.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: Decimal(row["percent"]) for row in csv.DictReader(stream)}


def department(seed: int, rates: Mapping[str, Decimal] | None = None) -> Plan:
    """Return the invented department of that number; the same number gives the same one.

    `rates` are in per cent by their id in rates.csv; without them, those of that file.
    """
    rates = rates or known_rates()
    dice = random.Random(seed)
    district, name = dice.choice(_PLACES), dice.choice(_OFFICES)
    office = f"{district}{name}"
    names = (f"{office}（本级）", f"{office.removesuffix('局')}{dice.choice(_CENTRES)}")
    before, now = [], []
    for own, name in zip((True, False), names, strict=True):
        heads, grown = dice.randint(4, 40), dice.randint(1, 4)
        pay, excluded = _pay(dice, own)
        raised = {code: amount + 200 * dice.randint(1, 20) for code, amount in pay.items()}
        codes = sorted({*_ALWAYS, *dice.sample(_SOMETIMES, dice.randint(2, len(_SOMETIMES)))})
        last = {code: _money(dice, 500, 90_000) for code in codes}
        this = {code: amount + _money(dice, 0, 9_000) for code, amount in last.items()}
        public = _three_public(dice) if own else {}
        before.append(_unit(name, own, heads, pay, excluded, last | public, rates))
        now.append(_unit(name, own, heads + grown, raised, excluded, this | public, rates))
    tasks = _tasks(dice)
    prior = {
        item: _money(dice, 1, 400) * 1000
        for item in ("2150502", "2150599", *dice.sample(("2150517",), dice.randint(0, 1)))
    }
    return Plan(
        seed,
        2030 + dice.randint(0, 5),
        district,
        office,
        now,
        before,
        tasks,
        prior,
        _targets(dice, "全局"),
        dice.randint(2, 9),
        rates,
    )


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


def _unit(
    name: str,
    own: bool,
    heads: int,
    pay: Mapping[str, int],
    excluded: int,
    goods: Mapping[str, Decimal],
    rates: Mapping[str, Decimal],
) -> Unit:
    paid = {code: heads * amount for code, amount in pay.items()}
    staff = Staff(heads, paid, heads * excluded, own, rates)
    basic = staff.pay["30101"]
    shares = {
        "30216": staff.charge("training", basic),
        "30229": staff.charge("welfare", basic),
        "30228": staff.charge("union", staff.wages),
    }
    return Unit(name, own, staff, dict(sorted((dict(goods) | shares).items())))


def _three_public(dice: random.Random) -> dict[str, Decimal]:
    return {
        "30217": Decimal(1000 * dice.randint(1, 9)),
        "30231": Decimal(10_000 * dice.randint(1, 6)),
    }


def _tasks(dice: random.Random) -> list[Task]:
    """Return the projects: the own unit's first, then the institution's."""
    things = dice.sample(_THINGS, len(_THINGS))
    tasks = []
    for own in (True, False):
        for _ in range(dice.randint(1, 3)):
            codes = dice.sample(_PROJECT_GOODS, dice.randint(1, 3))
            spends = {code: Decimal(1000 * dice.randint(10, 300)) for code in codes}
            if own and dice.random() < 0.5:
                spends["31022"] = Decimal(1000 * dice.randint(5, 90))
            name = things.pop()
            budget = sum(spends.values(), Decimal(0))
            ceiling = Target("总成本", 10, "万元", "≤", str(int(budget // 10_000)), False)
            buys = Decimal(dice.randint(1, 50) * 100)
            tasks.append(Task(name, own, spends, buys, [*_targets(dice, name, 90), ceiling]))
    return tasks


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
