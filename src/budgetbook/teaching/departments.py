"""Departments fit for a class: office, accounts, projects, indicators and reasons of one story.

Amounts, heads and pay follow data/teaching/scales.csv; nothing grows or shrinks beyond it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..synthetic import figures
from ..synthetic.plan import OWN, Plan, Staff, Target, Task, Unit, known_rates
from . import tellings
from .stock import by_id, stock, texts
from .tellings import spelled

Field = Mapping[str, str]
_OFFICE_COSTS = ("30201", "30207", "30211", "30226", "30227", "30239", "30299")
_SOMETIMES = ("30205", "30206", "30209", "30213", "30214")


class Scales:
    """Draws numbers from the scales, and all else from one source of chance."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def draw(self, what: str) -> int:
        """Return a number of a scale, one of its steps."""
        row = by_id("scales", "what")[what]
        low, high, step = (int(row[name]) for name in ("low", "high", "step"))
        return self.dice.randrange(low, high + 1, step)

    def between(self, low: int, high: int) -> int:
        """Return a number with two leading digits, the second one 0 or 5."""
        drawn = self.dice.randint(low, high)
        step = int(f"5{'0' * (len(str(drawn)) - 2)}") if drawn > 9 else 1
        return max(low, drawn // step * step)


def places(seed: str, count: int) -> list[str]:
    """Return as many names of invented districts as there are, in an order of their own."""
    dice = random.Random(f"{seed} places")
    stems = [row["stem"] for row in stock("places")]
    dice.shuffle(stems)
    return [f"{stem}{dice.choice('区区县')}" for stem in stems[:count]]


def department(dice: random.Random, district: str, year: int) -> Plan:
    """Return an invented department of a district; chance decides which and how large."""
    scales = Scales(dice)
    field = dice.choice(stock("fields"))
    office = f"{district}{field['office_zh']}"
    names = (f"{office}{OWN}", f"{district}{field['centre']}")
    units = [_unit(scales, field, name) for name in names]
    before, now = [pair[0] for pair in units], [pair[1] for pair in units]
    divisions = dice.randint(3, 9)
    tasks = [task for unit in now for task in _tasks(scales, field, unit)]
    tasks = _told(dice, tasks, divisions)
    plan = Plan(
        seed=0,
        year=year,
        district=district,
        office=office,
        now=now,
        before=before,
        tasks=tasks,
        prior_items=_before(scales, field, tasks),
        targets=_whole_targets(scales, tasks),
        divisions=divisions,
        rates=known_rates(),
        code=str(dice.randint(101, 899)),
        duty=field["duty"],
        goal=f"本年度{field['duty']}，各项任务按期完成。",
        scope="own",
    )
    return replace(plan, reasons=reasons(dice, plan))


def _unit(scales: Scales, field: Field, name: str) -> tuple[Unit, Unit]:
    """Return a unit last year and this year."""
    own = name.endswith(OWN)
    kind = "own" if own else "institution"
    heads = scales.draw(f"{kind}.heads")
    change = scales.dice.choice([-1, 0, 0, 1, 1, *([-2, 2] if heads > 24 else [])])
    codes = ("30101", "30102", "30103") if own else ("30101", "30102", "30107")
    pay = {code: scales.draw(f"{kind}.{code}") for code in codes}
    raised = {code: _raised(amount, scales.draw("raise")) for code, amount in pay.items()}
    excluded = scales.draw("excluded")
    last, this = _goods(scales, heads, own)
    made = []
    for people, each, goods in ((heads, pay, last), (heads + change, raised, this)):
        paid = {code: people * amount for code, amount in each.items()}
        staff = Staff(people, paid, people * excluded, own, known_rates())
        made.append(_spending(field, name, staff, goods))
    return made[0], made[1]


def _raised(amount: int, percent: int) -> int:
    """Return pay a few per cent higher, in steps of 200 yuan as basic pay has them."""
    return max(amount, round(amount * (100 + percent) / 100 / 200) * 200)


def _goods(scales: Scales, heads: int, own: bool) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return goods and services of both years by section: so much a head, in round sums."""
    more = scales.dice.sample(_SOMETIMES, scales.dice.randint(2, len(_SOMETIMES)))
    codes = sorted({*_OFFICE_COSTS, *more})
    last = {code: scales.draw(f"goods.{code}") * heads // 100 * 100 for code in codes}
    change = scales.draw("goods.change")
    this = {code: amount * (100 + change) // 100 // 100 * 100 for code, amount in last.items()}
    fixed = {"30217": scales.draw("reception"), "30231": scales.draw("vehicle")} if own else {}
    years = (last | fixed, this | fixed)
    return tuple({c: Decimal(a) for c, a in goods.items()} for goods in years)  # type: ignore[return-value]


def _spending(field: Field, name: str, staff: Staff, goods: Mapping[str, Decimal]) -> Unit:
    shares = {
        "30216": staff.charge("training", staff.pay["30101"]),
        "30229": staff.charge("welfare", staff.pay["30101"]),
        "30228": staff.charge("union", staff.wages),
    }
    own = name.endswith(OWN)
    running = f"{field['section']}01" if own else field["running"]
    bought = dict(sorted((dict(goods) | shares).items()))
    return Unit(name, own, staff, bought, field["section"], running)


def _tasks(scales: Scales, field: Field, unit: Unit) -> list[Task]:
    whose = "own" if unit.own else "institution"
    known = [r for r in stock("projects") if (r["field"], r["whose"]) == (field["id"], whose)]
    chosen = scales.dice.sample(known, scales.dice.randint(2, 3))
    return [_task(scales, unit, row) for row in known if row in chosen]


def _task(scales: Scales, unit: Unit, row: Mapping[str, str]) -> Task:
    number = scales.between(int(row["low"]), int(row["high"]))
    price = scales.between(int(row["price_low"]), int(row["price_high"]))
    budget = -(-number * price // 1000) * 1000
    spends = _spends(scales, unit, row["goods"].split("|"), budget)
    words = dict(row) | {"unit_zh": unit.name.removesuffix(OWN)}
    choose = scales.dice.choice
    about = choose(texts("description")).format_map(words | {"unit": words["unit_zh"]})
    goal = f"{row['does']}，{row['noun']}达到{spelled(number)}{row['unit']}，"
    aim = choose(texts(f"aim-{row['way']}")).format_map(words)
    return Task(
        name=row["name"],
        unit=unit.name,
        item=row["item"],
        spends=spends,
        buys=Decimal(scales.draw("buys")),
        targets=_targets(scales, row, number, price, budget),
        code=f"{scales.dice.randrange(10**6):06}",
        description=about,
        basis=choose(texts("basis")),
        goal=f"本年度{goal}{aim}。",
    )


def _told(dice: random.Random, tasks: Sequence[Task], divisions: int) -> list[Task]:
    """Return projects whose forms tell in words how their numbers come about.

    Two at least count the divisions of the department, and two what they name themselves. Who
    buys tells what, and who alone spends on an account tells how much.
    """
    kinds = ["own", "own", "divisions", "divisions", *dice.choices(("own", "divisions"), k=2)]
    kinds = dice.sample(kinds[: len(tasks)], len(tasks))
    found, units = [], set()
    for kind, task in zip(kinds, tasks, strict=True):
        told = telling(dice, kind, task, divisions) or telling(dice, "own", task, divisions)
        if told is None:
            raise LookupError(f"{task.name}: no words for {task.targets[0].target}")
        account = alone(task, tasks)
        basis = task.basis
        if task.unit not in units:
            basis += tellings.money(dice, "bought", int(task.buys)).text
        elif account:
            name = figures.NAMES[account]
            basis += tellings.money(dice, "spent", int(task.spends[account]), name).text
        units.add(task.unit)
        found.append(replace(task, description=f"{task.description}{told.text}", basis=basis))
    return found


def telling(dice: random.Random, kind: str, task: Task, divisions: int) -> tellings.Telling | None:
    """Return a telling of a project's number: of its `own` things, or of the `divisions`."""
    first, limit = task.targets[0], next(t for t in task.targets if t.unit == "月")
    unit = by_id("projects", "name")[task.name]["told"]
    kinds = ["places", "months", "times"] if kind == "own" else [kind]
    for each in dice.sample(kinds, len(kinds)):
        about = (int(first.target), unit, int(limit.target), divisions)
        try:
            return tellings.quantity(dice, each, *about)
        except LookupError:
            continue
    return None


def alone(task: Task, tasks: Sequence[Task]) -> str:
    """Return the account that a project alone spends on, empty if there is none."""
    others = {code for other in tasks if other.name != task.name for code in other.spends}
    return next((code for code in task.spends if code not in others), "")


def _spends(scales: Scales, unit: Unit, codes: Sequence[str], budget: int) -> dict[str, Decimal]:
    """Return what a budget is spent on: two sections, and now and then what is bought to keep."""
    spends = {}
    if unit.own and budget > 150_000 and scales.dice.random() < 0.4:
        spends["31022"] = scales.draw("capital")
    left = budget - sum(spends.values())
    first = left * scales.dice.choice((55, 60, 70)) // 100 // 1000 * 1000
    spends |= {codes[0]: first, codes[1]: left - first}
    return {code: Decimal(amount) for code, amount in sorted(spends.items())}


def _targets(
    scales: Scales, row: Mapping[str, str], number: int, price: int, budget: int
) -> list[Target]:
    """Return the indicators of a project: number, quality, time, effect, satisfaction, costs."""
    choose, unit = scales.dice.choice, row["unit"]
    weights = _weights(scales, "project")
    told = [
        (row["noun"], unit, "≥", str(number), True),
        (row["quality"], "%", "≥", str(scales.draw("quality")), True),
        ("完成时限", "月", "≤", choose(texts("time")), False),
        (row["effect"], "", "定性", choose(texts(f"word-{row['way']}")), False),
        (f"{row['group']}满意度", "%", "≥", str(scales.draw("satisfied")), False),
        (f"每{unit}平均成本", f"元/{unit}", "≤", str(price), False),
        ("项目总成本", "万元", "≤", wan(budget), False),
    ]
    return [
        Target(name, weight, of, relation, target, core)
        for (name, of, relation, target, core), weight in zip(told, weights, strict=True)
    ]


def _weights(scales: Scales, form: str) -> list[int]:
    kept = [row["weights"] for row in stock("weights") if row["form"] == form]
    return [int(weight) for weight in scales.dice.choice(kept).split("|")]


def wan(yuan: int | Decimal) -> str:
    """Return an amount in ten thousands of yuan, without zeros at the end."""
    return f"{(Decimal(yuan) / 10_000).normalize():f}"


def _whole_targets(scales: Scales, tasks: Sequence[Task]) -> list[Target]:
    """Return the indicators of the department: what two projects deliver and cost, and trust."""
    shown = [tasks[0], tasks[-1]]
    told = [
        (task.targets[0].name, task.targets[0].unit, "≥", task.targets[0].target, True)
        for task in shown
    ]
    told += [(f"{task.name}投入", "万元", "=", wan(task.budget), False) for task in tasks]
    told.append(("服务对象满意度", "%", "≥", str(scales.draw("satisfied")), False))
    weights = _weights(scales, "department")
    middle = len(told) - 3
    share = 60 // middle // 5 * 5
    costs = [share] * (middle - 1) + [60 - share * (middle - 1)]
    weights = [15, 15, *costs, 10] if weights[0] < 20 else [10, 15, *costs, 15]
    return [
        Target(name, weight, unit, relation, target, core)
        for (name, unit, relation, target, core), weight in zip(told, weights, strict=True)
    ]


def _before(scales: Scales, field: Field, tasks: Sequence[Task]) -> dict[str, Decimal]:
    """Return last year's project money by item: near this year's, and sometimes one that ended."""
    prior: dict[str, Decimal] = {}
    for code, amount in figures.added((task.item, task.budget) for task in tasks).items():
        change = scales.draw("items.change")
        prior[code] = Decimal(int(amount) * 100 // (100 + change) // 1000 * 1000)
    known = {row["item"] for row in stock("projects") if row["field"] == field["id"]}
    gone = sorted(known - {task.item for task in tasks})
    if gone and scales.dice.random() < 0.7:
        prior[scales.dice.choice(gone)] = Decimal(scales.draw("ended"))
    return prior


def reasons(dice: random.Random, plan: Plan) -> dict[str, tuple[str, str]]:
    """Return the reason of each change that the text tells, one that fits its direction."""
    found: dict[str, tuple[str, str]] = {}
    sums = {"basic": Decimal(0), "project": Decimal(0)}
    for row in figures.functions(plan)[1:]:
        code = row["code"]
        if len(code) == 7:
            change = (row["total"] or Decimal(0)) - (row["prior_total"] or Decimal(0))
            nature = "project" if row["basic"] is None else "basic"
            sums[nature] += change
            project = nature == "project"
            found[code] = _project(dice, change) if project else _basic(dice, plan, code, change)
    found["basic"] = _basic(dice, plan, "", sums["basic"])
    found["project"] = _project(dice, sums["project"])
    found["whole"] = said(dice, "work-plan")
    funds = _funds(plan.now) - _funds(plan.before)
    found["operating-funds"] = said(dice, _way("goods", funds))
    return found


def _way(of: str, change: Decimal) -> str:
    return f"{of}-up" if change > 0 else f"{of}-down"


def said(dice: random.Random, *ids: str) -> tuple[str, str]:
    """Return the code and the words of a reason of one of these kinds."""
    row = dice.choice([row for row in stock("reasons") if row["id"] in ids])
    return row["code"], row["words"]


def _project(dice: random.Random, change: Decimal) -> tuple[str, str]:
    return said(dice, "up" if change > 0 else "down")


def _basic(dice: random.Random, plan: Plan, code: str, change: Decimal) -> tuple[str, str]:
    """Return the reason for a change of basic money: staff, pay or goods, as they changed.

    The base of contributions is a reason of contributions alone, and pay of what is mostly pay.
    """
    own, other = plan.now
    units = {"2101101": slice(0, 1), "2101102": slice(1, 2)}
    mine = (units | {own.running: slice(0, 1), other.running: slice(1, 2)}).get(code, slice(0, 2))
    now, before, up = plan.now[mine], plan.before[mine], change > 0
    heads, base, wages, goods = (of(now) - of(before) for of in (_heads, _base, _wages, _goods_of))
    if heads and (heads > 0) == up:  # the check of these words counts all heads
        known = ("more-staff",) if up and _heads(plan.now) > _heads(plan.before) else ()
        return said(dice, _way("staff", change), *known)
    if code.startswith(CONTRIBUTIONS) and base and (base > 0) == up:
        return said(dice, _way("base", change), *(("higher-base",) if up else ()))
    if not code.startswith(CONTRIBUTIONS):
        for kind, amount in (("pay", wages), ("goods", goods)):
            if (amount > 0) == up and abs(amount) * 2 >= abs(change):
                return said(dice, _way(kind, change))
    return said(dice, "work-plan")


#: Functional classes of what is paid on the base of contributions.
CONTRIBUTIONS = ("208", "210", "221")


def _heads(units: Sequence[Unit]) -> int:
    return sum(unit.staff.heads for unit in units)


def _base(units: Sequence[Unit]) -> int:
    return sum(unit.staff.base for unit in units)


def _wages(units: Sequence[Unit]) -> int:
    return sum(unit.staff.wages for unit in units)


def _goods_of(units: Sequence[Unit]) -> int:
    return sum(int(amount) for unit in units for amount in unit.goods.values())


def _funds(units: Sequence[Unit]) -> Decimal:
    return sum((a for unit in units if unit.own for a in unit.goods.values()), Decimal(0))
