"""What else is printed wrong by one error: the print, beside what it would be without the error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..model.address import parse
from ..package.store import Row
from ..proof.guards import printed
from ..synthetic.plan import Plan, Target, Task
from .departments import wan
from .draft import Draft
from .faults import Fault


def consequences(
    fault: Fault, reference: Mapping[str, Sequence[Row]]
) -> tuple[list[str], list[str]]:
    """Return the rows that print the same wrong figure, and those whose figure follows from it.

    Of an error that is one misprint there are none.
    """
    plan = _meant(fault)
    if plan is None:
        return [], []
    told = _figures(Draft(fault.draft.plan, fault.draft.omitted), reference)
    meant = _figures(Draft(plan, fault.draft.omitted), reference)
    wrong = {place: value for place, value in told.items() if meant.get(place) != value}
    mine = {str(parse(place).of_row) for place in (fault.place, *fault.also)}
    values = Decimal(fault.printed), Decimal(fault.right)
    same, follows = dict[str, None](), dict[str, None]()
    for place, value in wrong.items():
        row = str(parse(place).of_row)
        if row not in mine:
            (same if (value, meant.get(place)) == values else follows)[row] = None
    return [*same], [row for row in follows if row not in same]


def _figures(draft: Draft, reference: Mapping[str, Sequence[Row]]) -> dict[str, Decimal]:
    found = printed(draft.printed(reference).disclosure)
    return {str(figure.address): figure.value for figure in found}


#: What words of a form the right figure follows from, where a table prints another one.
_WORDS = {
    **{"spent": "basis", "bought": "basis"},
    **{"reckoning": "description", "divisions": "description"},
}


def words(fault: Fault) -> str:
    """Return the printed words that the right figure follows from, empty where none are."""
    task = _task(fault)
    return getattr(task, _WORDS[fault.type]).partition("。")[2] if task else ""


def _task(fault: Fault) -> Task | None:
    """Return the project whose words an error contradicts."""
    tasks = fault.draft.plan.tasks if fault.type in _WORDS else ()
    return next((each for each in tasks if each.name in fault.words), None)


def _meant(fault: Fault) -> Plan | None:
    """Return the plan that the words of a form come to, where a table prints another figure."""
    plan, right, task = fault.draft.plan, fault.right, _task(fault)
    match fault.type:
        case "spent" if task:
            new = replace(task, spends={**task.spends, fault.words[0]: Decimal(right)})
            costs = {wan(task.budget): wan(new.budget)}
            new = replace(new, targets=[_target(t, "项目总成本", costs) for t in task.targets])
            whole = [_target(t, f"{task.name}投入", costs) for t in plan.targets]
        case "bought" if task:
            new, whole = replace(task, buys=Decimal(right)), [*plan.targets]
        case "reckoning" | "divisions" if task:
            name, numbers = fault.words[0], {fault.printed: right}
            new = replace(task, targets=[_target(t, name, numbers) for t in task.targets])
            whole = [_target(t, name, numbers) for t in plan.targets]
        case _:
            return None
    tasks: list[Task] = [new if each == task else each for each in plan.tasks]
    return replace(plan, tasks=tasks, targets=whole)


def _target(target: Target, name: str, values: Mapping[str, str]) -> Target:
    """Return a target with the value that is meant, if it is the one of a name."""
    fits = target.name == name
    return replace(target, target=values.get(target.target, target.target)) if fits else target
