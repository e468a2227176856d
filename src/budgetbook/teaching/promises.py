"""Plants errors in what a department promises and explains: indicators, goals, reasons, scope."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from ..exact.money import round_half_up
from ..model.address import Address
from ..synthetic import figures
from ..synthetic.plan import Target, Task
from ..synthetic.sheet import short
from .departments import CONTRIBUTIONS, alone, said, telling, wan
from .draft import Draft, Printed
from .faults import Fault, Planter, above
from .tellings import money

_FORM, _WHOLE = "project-targets", "department-targets"


#: What else a relation may be called that keeps a cost at its target.
_AT_MOST = ("<=", "≦", "<", "=", "小于等于", "小于或等于", "不高于", "不超过", "不大于", "等于")


def _in_yuan(target: Target) -> tuple[str, ...]:
    """Return what else says the same as a target in 万元: the sheet asks for yuan."""
    if target.unit != "万元":
        return ()
    return (f"{Decimal(target.target) * 10_000:f}", f"{target.target}万元")


def _chosen(draft: Draft, dice: random.Random) -> Task:
    return dice.choice([task for task in draft.plan.forms if task.name not in draft.omitted])


def _target(task: Task, test: Callable[[Target], bool]) -> Target:
    found = next((target for target in task.targets if test(target)), None)
    if found is None:
        raise LookupError("no such indicator")
    return found


def _indicator(printed: Printed, task: Task, name: str) -> str:
    """Return the address of an indicator's target."""
    for each in printed.disclosure.indicators:
        if each.project == task.name and each.name == name:
            return str(each.address._replace(column="target"))
    raise LookupError(f"{task.name} prints no {name}")


def _promise(
    kind: str,
    draft: Draft,
    printed: Printed,
    task: Task,
    old: Target,
    told: tuple[str, str],
    **changes: str,
) -> Fault:
    """Return the fault of an indicator printed with something else; `told` is wrong and right."""
    address = _indicator(printed, task, old.name)
    edited = draft.with_target(task, old, **changes)
    words = [old.name, task.name]
    accepted = _in_yuan(old) if told[1] == old.target else ()
    return Fault(kind, edited, address, *told, words, evidence=[_FORM], accepted=accepted)


def _in_form(printed: Printed, task: Task, *parts: str) -> list[str]:
    """Return addresses in the form of a project: of its budget, or of its prose."""
    budget = next(p.address for p in printed.disclosure.projects if p.name == task.name)
    return [str(Address(_FORM, (*budget.row[:-1], part))) for part in parts]


def goal(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Promise in the goal another number than the indicator has."""
    task = _chosen(draft, dice)
    old = task.targets[0]
    wrong = _lower(old.target)
    twin = [target for target in draft.plan.targets if target.name == old.name]
    if twin:
        raise LookupError("the form of the department repeats the number")
    fault = _promise("goal", draft, printed, task, old, (wrong, old.target), target=wrong)
    return fault._replace(side=_in_form(printed, task, "goal"))


def _lower(number: str) -> str:
    return str(max(int(number) * 7 // 10, 1))


def price(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Allow ten times the cost of each; whatever the budget allows is right."""
    task = _chosen(draft, dice)
    old = _target(task, lambda target: target.unit.startswith("元/"))
    wrong = f"{old.target}0"
    most = round_half_up(Fraction(task.budget) / int(task.targets[0].target), 2)
    told = wrong, short(most)
    fault = _promise("price", draft, printed, task, old, told, target=wrong)
    return fault._replace(side=_in_form(printed, task, "budget"), most=True)


def impossible(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Ask for more than all of it; whatever is no more is right."""
    task = _chosen(draft, dice)
    old = task.targets[1]
    wrong = str(100 + dice.randint(2, 9))
    fault = _promise("impossible", draft, printed, task, old, (wrong, "100"), target=wrong)
    return fault._replace(most=True)


def ceiling(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Allow a project to cost more than its budget; whatever is no more is right."""
    task = _chosen(draft, dice)
    old = _target(task, lambda target: target.unit == "万元")
    wrong = wan(task.budget + dice.randint(2, 6) * 10_000)
    fault = _promise("ceiling", draft, printed, task, old, (wrong, old.target), target=wrong)
    return fault._replace(side=_in_form(printed, task, "budget"), most=True)


def relation(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Ask for a cost of at least so much."""
    task = _chosen(draft, dice)
    old = _target(task, lambda target: target.unit.startswith("元/") and target.relation == "≤")
    fault = _promise("relation", draft, printed, task, old, ("≥", "≤"), relation="≥")
    return fault._replace(accepted=_AT_MOST)


def last_year(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Promise last year's work in a goal."""
    task = _chosen(draft, dice)
    if not task.goal.startswith("本年度"):
        raise LookupError("the goal is of another year already")
    edited = draft.with_task(task, replace(task, goal=f"上年度{task.goal.removeprefix('本年度')}"))
    (goal,) = _in_form(printed, task, "goal")
    words, year = [task.name, "当年绩效目标", "goal"], draft.plan.year
    told = ("上年度", "本年度")
    fault = Fault("last-year", edited, f"{goal}.text", *told, words=words, evidence=[_FORM])
    return fault._replace(accepted=["本年", "今年", "当年", f"{year}年", f"{year}年度"])


def reason(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Give a reason that would move the item the other way."""
    rows = [
        row
        for row in figures.functions(draft.plan)
        if len(row["code"] or "") == 7 and (row["total"] or 0) != (row["prior_total"] or 0)
    ]
    row = dice.choice(rows)
    way = "down" if (row["total"] or 0) > (row["prior_total"] or 0) else "up"
    paid = "base" if row["code"].startswith(CONTRIBUTIONS) else "pay"
    kinds = (way,) if row["basic"] is None else (f"staff-{way}", f"{paid}-{way}")
    told, before = said(dice, *kinds), draft.plan.reasons[row["code"]][1]
    place = next(
        claim["id"]
        for claim in printed.disclosure.claims
        if (claim["kind"], claim["code"]) == ("change", row["code"])
    )
    words = [row["code"], figures.NAMES[row["code"]]]
    edited = draft.planning(reasons={**draft.plan.reasons, row["code"]: told})
    return Fault("reason", edited, place, told[1], before, words=words, evidence=["explanation"])


def _reckoned(kind: str, bases: str, draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Return a description that comes to another number than the form promises."""
    task = _chosen(draft, dice)
    told = telling(dice, bases, task, draft.plan.divisions)
    if told is None:
        raise LookupError(f"{task.name} is not told so")
    first, other = task.targets[0], told.flipped(dice)
    about = f"{task.description.partition('。')[0]}。{other.text}"
    address = _indicator(printed, task, first.name)
    words = [first.name, task.name]
    values = (first.target, f"{other.value}")
    edited = draft.with_task(task, replace(task, description=about))
    twins = [
        str(each.address)
        for each in printed.disclosure.indicators
        if not each.form and each.name == first.name
    ]
    return Fault(
        *(kind, edited, address, *values, words),
        side=_in_form(printed, task, "description"),
        follows=[*_in_form(printed, task, "goal"), *twins],
    )


def reckoning(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Promise another number than the description of the same form comes to."""
    return _reckoned("reckoning", "own", draft, printed, dice)._replace(evidence=[_FORM])


def divisions(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Promise another number than so much for each division, which the text counts."""
    fault = _reckoned("divisions", "divisions", draft, printed, dice)
    claims = printed.disclosure.claims
    counted = [c["id"] for c in claims if c["subject"] == "internal-divisions"]
    return fault._replace(evidence=["about", _FORM], side=[*fault.side, *counted])


def _paid(
    kind: str, draft: Draft, printed: Printed, dice: random.Random, task: Task, account: str
) -> Fault:
    """Return a basis that comes to another amount than a table prints for the project."""
    called = figures.NAMES.get(account, "")
    right = task.spends[account] if account else task.buys
    other = money(dice, kind, int(right), called).flipped(dice)
    basis = f"{task.basis.partition('。')[0]}。{other.text}"
    edited = draft.with_task(task, replace(task, basis=basis))
    tables = printed.disclosure.tables
    if account:
        row = next(r for r in tables["project-by-economic"] if r["code"] == account)
        address, words = printed.disclosure.address(row, "project"), [account, called, task.name]
    else:
        row = next(r for r in tables["procurement"] if str(r["project"]).endswith(f"-{task.name}"))
        address, words = printed.disclosure.address(row, "total"), [task.name]
    also = [f"{basis}.text" for basis in _in_form(printed, task, "basis")]
    told = (f"{right:.2f}", f"{other.value}.00")
    if account:
        follows = _after_spending(printed, task, account)
    else:
        follows = [c["id"] for c in printed.disclosure.claims if c["subject"] in _BOUGHT]
    return Fault(
        *(kind, edited, str(address), *told, words, also, [_FORM]),
        follows=follows,
    )


#: What the text says of all that is bought.
_BOUGHT = ("procurement", "procurement-general-public", "procurement-goods")


def _after_spending(printed: Printed, task: Task, account: str) -> list[str]:
    """Return what would be another figure, if a project spent another amount on an account."""
    table = "project-by-economic"
    found = [str(printed.disclosure.address(row)) for row in above(printed, table, account)]
    for table in ("spending-summary", "spending-by-function"):
        rows = [row for row in printed.disclosure.tables[table] if row["code"] == task.item]
        rows += above(printed, table, task.item)
        found += [str(printed.disclosure.address(row)) for row in rows]
    twin = str(Address(_WHOLE, (f"{task.name}投入",)))
    return [*found, twin]


def bought(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Say in a form how much is bought, and print another amount in table 14."""
    return _paid(
        "bought", draft, printed, dice, dice.choice(_printed(draft, draft.plan.buyers)), ""
    )


def spent(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Say in a form what a project alone spends on an account, and print another in table 8."""
    buyers, forms = draft.plan.buyers, draft.plan.forms
    own = [(task, alone(task, forms)) for task in _printed(draft, forms) if task not in buyers]
    task, account = dice.choice([(task, code) for task, code in own if code] or _none())
    return _paid("spent", draft, printed, dice, task, account)


def _printed(draft: Draft, tasks: Sequence[Task]) -> list[Task]:
    return [task for task in tasks if task.name not in draft.omitted]


def _none() -> NoReturn:
    raise LookupError("no project spends alone on an account")


def scope(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """State the own unit's operating funds as those of all units."""
    if draft.plan.scope != "own":
        raise LookupError("the scope is changed already")
    claim = next(
        c
        for c in printed.disclosure.claims
        if (c["kind"], c["subject"]) == ("amount", "operating-funds")
    )
    edited = draft.planning(scope="all")
    words = ["机关运行经费", "operating-funds"]
    told = ("本局及下属单位", "本级")
    both = next(r for r in printed.disclosure.tables["basic-by-economic"] if not r["code"])
    return Fault(
        *("scope", edited, claim["id"], *told, words),
        evidence=["basic-by-government"],
        accepted=["本局", "本局本级", f"{both['public_funds']:.2f}"],
    )


def twice(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Promise or grant in table 15 another number than the project's own form does."""
    old = dice.choice([target for target in draft.plan.targets if "满意" not in target.name])
    exact = Decimal(old.target)
    wrong = f"{exact + 7}" if old.unit == "万元" else str(int(exact) * 13 // 10 + 1)
    targets = [replace(t, target=wrong) if t == old else t for t in draft.plan.targets]
    address = next(
        str(each.address._replace(column="target"))
        for each in printed.disclosure.indicators
        if not each.form and each.name == old.name
    )
    told = (wrong, old.target)
    edited = draft.planning(targets=targets)
    return Fault(
        *("twice", edited, address, *told, [old.name]),
        evidence=[_FORM],
        accepted=_in_yuan(old),
        side=_own_forms(printed, old.name),
    )


def _own_forms(printed: Printed, name: str) -> list[str]:
    """Return what the forms of projects print of a target of the department."""
    return [
        str(each.address)
        for each in printed.disclosure.indicators
        if each.form
        and (each.name == name or (each.name == "项目总成本" and f"{each.project}投入" == name))
    ]


def pair(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Move money from one project to another of its item and unit."""
    pairs = [
        (one, other, code)
        for one in draft.plan.forms
        for other in draft.plan.forms
        if one != other and (one.unit, one.item) == (other.unit, other.item)
        for code in one.spends
        if code in other.spends
        and one.spends[code] > 20_000
        and not {one.name, other.name} & draft.omitted
    ]
    if not pairs:
        raise LookupError("no two projects share an item and an account")
    one, other, code = dice.choice(pairs)
    moved = Decimal(int(one.spends[code]) // 4 // 1000 * 1000)
    places, accepted, shown = [], [], []
    for task, amount in ((one, -moved), (other, moved)):
        spends = {**task.spends, code: task.spends[code] + amount}
        new = replace(task, spends=spends)
        cost = _target(task, lambda target: target.unit == "万元")
        targets = [replace(t, target=wan(new.budget)) if t == cost else t for t in task.targets]
        draft = draft.with_task(task, replace(new, targets=targets))
        places += [str(p.address) for p in printed.disclosure.projects if p.name == task.name]
        accepted += [f"{task.budget:.2f}", wan(task.budget), f"{wan(task.budget)}万元"]
        shown += [f"{new.budget:.2f}", wan(new.budget)]
    told = (f"{one.budget - moved:.2f}", f"{one.budget:.2f}")
    words = [one.name, other.name]
    side = [
        str(each.address)
        for each in printed.disclosure.indicators
        if not each.form and each.name in {f"{word}投入" for word in words}
    ]
    return Fault(
        *("pair", draft, places[0], *told, words, places[1:], [_WHOLE]),
        accepted=accepted,
        side=side,
        shown=shown,
    )


PROMISES: dict[str, Planter] = {
    planter.__name__.replace("_", "-"): planter
    for planter in (
        *(ceiling, goal, price, impossible, relation, last_year, scope, twice, pair),
        *(reason, reckoning, divisions, bought, spent),
    )
}
