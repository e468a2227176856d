"""Checks of performance tables 绩效目标表: weights, money, goals, targets set twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.address import CLAIMS, Address, parse, part
from ..model.cells import when_printed
from ..model.counting import Count, where
from ..model.disclosure import Disclosure, Indicator
from ..model.expressions import Cell, Claim, Constant, Expression, Product, Year, total
from ..model.units import MONEY_UNITS
from ..package.store import Row
from .check import Check

_GOALS = "goals and indicators"
_UNMEASURED = "a promise that nothing measures"


def weights(disclosure: Disclosure) -> Iterator[Check]:
    """The weights of one form add up to 100, and to the same in all forms of one table."""
    forms: dict[str, dict[str, list[Indicator]]] = {}
    for indicator in disclosure.indicators:
        table = forms.setdefault(indicator.address.table, {})
        table.setdefault(_whose(indicator), []).append(indicator)
    for mine in forms.values():
        first = min(mine)
        for whose, indicators in mine.items():
            name = indicators[0].project or "the department"
            yield Check(
                f"weights.{whose}",
                "weights",
                f"the weights of {name} add up to 100",
                "指标权重之和为100",
                "an indicator left out, or a misprinted weight",
                _weight(indicators),
                Constant(100),
            )
            if whose != first:
                yield Check(
                    f"weights.{whose}.same",
                    "weights",
                    f"the weights of {name} add up to what those of another form add up to",
                    "各表指标权重之和相同",
                    "an indicator left out of one form, whatever the sum is meant to be",
                    _weight(indicators),
                    _weight(mine[first]),
                )


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
            yield Check(
                f"ceilings.{project.address.of_row}",
                "money and targets",
                f"the cost ceilings of {project.name} stay within its budget",
                f"{project.name}的成本指标上限不超过其预算",
                "a ceiling that cannot bind, or one carried over from a larger budget",
                total(terms),
                Cell(project.address),
                "≤",
            )


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
    count = _naming(row)
    return Check(
        f"goals.part.{row['id']}",
        _GOALS,
        f"an indicator measures this part of the goal: {row['part_en']}",
        f"目标内容有对应指标：{row['part_zh']}",
        _UNMEASURED,
        Constant(1),
        when_printed(disclosure, _table(row["form"] or ""), count),
        "≤",
        "book-usage",
    )


def _attached(disclosure: Disclosure, project: str, words: str) -> Check:
    """Every indicator of a form names something that its goal names."""
    name = project or "the department"
    others = where(("project", "is", project), ("name", "names none of", words))
    count = Count(f"indicators of {name} that name no part of the goal", "indicators", others)
    return Check(
        f"goals.attached.{part(project) or 'department'}",
        _GOALS,
        f"every indicator of {name} measures a part of its goal",
        "每个指标都对应目标内容",
        "an indicator that no promise stands behind",
        when_printed(disclosure, _table(project), count),
        Constant(0),
        source="book-usage",
    )


def _twice(row: Row) -> Check:
    """One quantity has one target wherever it has one, as same-targets.csv says."""
    return Check(
        f"twice.{row['id']}",
        _GOALS,
        f"one quantity has one target in both places: {row['what_en']}",
        f"同一事项两处目标一致：{row['what_zh']}",
        "the same quantity promised twice, differently",
        _place(row["first"]),
        _place(row["second"]),
        source="book-usage",
    )


def _own_goal(goal: Address) -> Iterator[Check]:
    """A goal is not the project's description, and speaks of this year."""
    whose = "/".join(goal.row[:-1])
    again = where(("address", "is", str(goal)), ("same_as", "is filled"))
    yield Check(
        f"goals.own-words.{goal}",
        "wording",
        "the goal is not the project's description again, word for word",
        "绩效目标与项目概况文字不相同",
        "a goal that only describes the project",
        Count(f"texts that the goal of {whose} repeats", goal.table, again),
        Constant(0),
        source="disclosure",
    )
    claims = ("id", "begins with", "/".join((CLAIMS, goal.table, *goal.row, "")))
    others = where(claims, ("kind", "is", "year"), ("value", "is not", Year()))
    yield Check(
        f"goals.year.{goal}",
        "wording",
        "the goal names no other year than that of the budget",
        "绩效目标未提及其他年度",
        "a goal left over from another year",
        Count(f"other years in the goal of {whose}", CLAIMS, others),
        Constant(0),
        source="disclosure",
    )


def _number(disclosure: Disclosure, claim: Row) -> Check:
    """Return the check that something measures a number in the goal of a form.

    An indicator has it as its target; or, where goal-parts.csv says that a part of the goal has
    one indicator for each of so many things, that many indicators speak of the part.
    """
    for row in disclosure.reference.get("goal-parts", ()):
        if row["number"] == claim["id"]:
            return Check(
                f"goals.{claim['id']}",
                _GOALS,
                f"as many indicators as the goal says measure this part of it: {row['part_en']}",
                f"目标所述个数各有指标：{row['part_zh']}",
                _UNMEASURED,
                Claim(claim["id"]),
                when_printed(disclosure, _table(row["form"] or ""), _naming(row)),
                source="book-usage",
            )
    same = where(("form", "is", claim["form"]), ("value", "is", Claim(claim["id"])))
    what = f"indicators of the same form with the target of {claim['id']}"
    return Check(
        f"goals.{claim['id']}",
        _GOALS,
        "a number in the goal is the target of an indicator of the same form",
        "目标中的数字有同值的指标",
        _UNMEASURED,
        Constant(1),
        when_printed(disclosure, claim["section"], Count(what, "indicators", same)),
        "≤",
    )


def _naming(row: Row) -> Count:
    """Return the count of the indicators of a form whose name has one of the words of a part."""
    named = where(("project", "is", row["form"] or ""), ("name", "names one of", row["words"]))
    return Count(f"indicators for: {row['part_en']}", "indicators", named)


def _place(text: str) -> Expression:
    address = parse(text)
    return Claim(text) if address.table == CLAIMS else Cell(address._replace(column="target"))


def _of(indicator: Indicator, column: str) -> Cell:
    return Cell(indicator.address._replace(column=column))
