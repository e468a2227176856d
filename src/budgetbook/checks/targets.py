"""Checks of performance tables 绩效目标表: weights, money, goals, targets set twice, wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..messages import message, said, translated
from ..model.address import CLAIMS, Address, parse, part
from ..model.cells import when_printed
from ..model.counting import Count, where
from ..model.disclosure import Disclosure, Indicator
from ..model.expressions import (
    Cell,
    Claim,
    Constant,
    Expression,
    NumberIn,
    Product,
    Quote,
    Year,
    total,
)
from ..model.units import MONEY_UNITS
from ..package.store import Row
from .check import Check, check, nothing
from .statements import Words
from .text import claim_names

#: A number and a measure word in a name: what is counted, not how large each is.
_COUNTED = r"(\d+)([个台路场项条人套])(?!规模)"
_TERM = "满意度"
#: What a sentence calls whose the table of the department's own targets is.
DEPARTMENT = (message("the department"), "部门")


def weights(disclosure: Disclosure) -> Iterator[Check]:
    """The weights of one form add up to 100, and to the same in all forms of one table."""
    forms: dict[str, dict[str, list[Indicator]]] = {}
    for indicator in disclosure.indicators:
        table = forms.setdefault(indicator.address.table, {})
        table.setdefault(_whose(indicator), []).append(indicator)
    for mine in forms.values():
        first = min(mine)
        for whose, indicators in mine.items():
            name = _called(indicators[0].project)
            weight = _weight(indicators)
            yield check("weights", weight, Constant(100), form=whose, name=name)
            if whose != first:
                other = _weight(mine[first])
                yield check("weights.same", weight, other, form=whose, name=name)


def _called(project: str) -> Words:
    """Return what a sentence calls a project, or the department where there is none."""
    return project or (said(DEPARTMENT[0]), DEPARTMENT[1])


def _table(project: str) -> str:
    """Return the table that a form is printed in: the department's is of no project."""
    return "project-targets" if project else "department-targets"


def _whose(indicator: Indicator) -> str:
    """Return the address of the form that an indicator stands in."""
    return "/".join((indicator.address.table, *indicator.address.row[:-1]))


def _weight(indicators: Sequence[Indicator]) -> Expression:
    return total([_of(indicator, "weight") for indicator in indicators])


def ceilings(disclosure: Disclosure) -> Iterator[Check]:
    """The cost ceilings of a project stay within its budget."""
    for project in disclosure.projects:
        mine = [i for i in disclosure.indicators if i.form == project.form and i.relation == "≤"]
        terms: list[Expression] = [
            Product(_of(i, "target"), Constant(MONEY_UNITS[i.unit]))
            for i in mine
            if i.unit in MONEY_UNITS
        ]
        for rate in mine:
            money, _, per = rate.unit.partition("/")
            volume = next((i for i in mine if per and i.unit == per), None)
            if money in MONEY_UNITS and volume:
                price = Product(_of(rate, "target"), Constant(MONEY_UNITS[money]))
                terms.append(Product(price, _of(volume, "target")))
        if terms:
            budget, at = Cell(project.address), str(project.address.of_row)
            yield check("ceilings", total(terms), budget, at=at, name=project.name)


def goals(disclosure: Disclosure) -> Iterator[Check]:
    """Goals and indicators speak of the same things, with the same numbers."""
    for claim in disclosure.claims:
        ours = (claim["section"], claim["label"]) == ("project-targets", "goal")
        if ours and claim["kind"] in ("count", "rate"):
            yield _number(disclosure, claim)
    parts = disclosure.reference.get("goal-parts", ())
    for row in parts:
        yield _part(disclosure, row)
    for project in dict.fromkeys(row["form"] or "" for row in parts):
        mine = [row["words"] for row in parts if (row["form"] or "") == project]
        yield _attached(disclosure, project, "|".join(mine))
    for row in disclosure.reference.get("same-targets", ()):
        yield _twice(row)
    for row in disclosure.tables.get("project-targets", ()):
        label = disclosure.form.label("project", row["label"] or "")
        if label and label.role == "goal" and row["sha256"]:
            yield from _own_goal(disclosure.address(row))


def _part(disclosure: Disclosure, row: Row) -> Check:
    """A part of a goal, as goal-parts.csv has it, is measured by an indicator."""
    measured = when_printed(disclosure, _table(row["form"] or ""), _naming(row))
    words = translated(row["part_en"]), row["part_zh"]
    return check("goals.part", Constant(1), measured, id=row["id"], part=words)


def _attached(disclosure: Disclosure, project: str, words: str) -> Check:
    """Every indicator of a form names something that its goal names."""
    others = where(("project", "is", project), ("name", "names none of", words))
    what = said(
        "indicators of {name:text} without a key word of its goal",
        name=project or said(DEPARTMENT[0]),
    )
    count = when_printed(disclosure, _table(project), Count(what, "indicators", others))
    form = part(project) or "department"
    return check("goals.attached", count, Constant(0), form=form, name=_called(project))


def _twice(row: Row) -> Check:
    """One quantity has one target wherever it has one, as same-targets.csv says."""
    sides = _place(row["first"]), _place(row["second"])
    what = translated(row["what_en"]), row["what_zh"]
    return check("twice", *sides, id=row["id"], what=what)


def _own_goal(goal: Address) -> Iterator[Check]:
    """A goal is not the project's description, and speaks of this year."""
    whose, at = "/".join(goal.row[:-1]), str(goal)
    again = ("address", "is", at), ("same_as", "is filled")
    yield nothing("goals.own-words", goal.table, *again, goal=at, whose=whose)
    claims = ("id", "begins with", "/".join((CLAIMS, goal.table, *goal.row, "")))
    others = claims, ("kind", "is", "year"), ("value", "is not", Year())
    yield nothing("goals.year", CLAIMS, *others, goal=at, whose=whose)


def _number(disclosure: Disclosure, claim: Row) -> Check:
    """Return the check that something measures a number in the goal of a form.

    An indicator has it as its target; or, where goal-parts.csv says that a part of the goal has
    one indicator for each of so many things, that many indicators speak of the part.
    """
    stated = Claim(claim["id"])
    for row in disclosure.reference.get("goal-parts", ()):
        if row["number"] == claim["id"]:
            found = when_printed(disclosure, _table(row["form"] or ""), _naming(row))
            words = translated(row["part_en"]), row["part_zh"]
            return check("goals.many", stated, found, claim=stated.id, part=words)
    same = where(("form", "is", claim["form"]), ("value", "is", stated))
    named = stated.address.row
    what = said(
        "indicators of the form with the number of its goal as their target: "
        "{number:text}, {whose:text}",
        number=claim_names(disclosure, claim)[0],
        whose="/".join(named[1 : named.index(claim["label"])]) or said(DEPARTMENT[0]),
    )
    measured = when_printed(disclosure, claim["section"], Count(what, "indicators", same))
    return check("goals.number", Constant(1), measured, claim=stated.id)


def _naming(row: Row) -> Count:
    """Return the count of the indicators of a form whose name has one of the words of a part."""
    named = where(("project", "is", row["form"] or ""), ("name", "names one of", row["words"]))
    what = said("indicators for: {part:name}", part=(row["part_en"],))
    return Count(what, "indicators", named)


def _place(text: str) -> Expression:
    address = parse(text)
    return Claim(text) if address.table == CLAIMS else Cell(address._replace(column="target"))


def wording(disclosure: Disclosure) -> Iterator[Check]:
    """Targets that can be missed and met, units and names that do not drift."""
    for indicator in disclosure.indicators:
        yield from _target(indicator)
        yield from _numbers(indicator)
    for table in dict.fromkeys(i.address.table for i in disclosure.indicators):
        yield from _names(disclosure, table)


def _target(indicator: Indicator) -> Iterator[Check]:
    """A target can be missed and met: a time limit, a number of staff, a share of the satisfied."""
    name, unit, at = indicator.name, indicator.unit, str(indicator.address)
    target = _of(indicator, "target")
    if unit == "年" and indicator.relation == "≤":
        yield check("targets.can-fail", target, Constant(1), at=at, name=name)
    if unit == "人":
        yield check("targets.staff", _of(indicator, "relation"), Quote("≥"), at=at, name=name)
    if unit == "%" and "满意" in name:
        yield check("targets.can-meet", target, Constant(100), at=at, name=name)


def _numbers(indicator: Indicator) -> Iterator[Check]:
    found = re.search(_COUNTED, indicator.name)
    of_money = indicator.unit.startswith(tuple(MONEY_UNITS))
    if not found or indicator.value is None or of_money:
        return
    number = NumberIn(_of(indicator, "indicator").address, _COUNTED)
    target, unit = _of(indicator, "target"), _of(indicator, "unit")
    at, name = str(indicator.address), indicator.name
    yield check("targets.number", number, target, at=at, name=name)
    yield check("targets.unit", Quote(found[2]), unit, at=at, name=name)


def _names(disclosure: Disclosure, table: str) -> Iterator[Check]:
    """The names of a table's indicators are names, and call satisfaction by one term."""
    words, mine = disclosure.form.tables[table].words, ("table", "is", table)
    sentence = ("name", "ends with", "。")
    yield nothing("targets.name", "indicators", mine, sentence, table=table, words=words)
    yield nothing(
        "targets.term",
        "indicators",
        mine,
        ("unit", "is", "%"),
        ("name", "names one of", "满意"),
        ("name", "names none of", _TERM),
        table=table,
        words=words,
        term=_TERM,
    )


def _of(indicator: Indicator, column: str) -> Cell:
    return Cell(indicator.address._replace(column=column))
