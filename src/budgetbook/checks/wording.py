"""Checks of the wording of indicators: targets that can be missed and met, names that agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..forms import plain
from ..model.disclosure import Disclosure, Indicator
from ..model.expressions import Cell, Constant, Count, Expression, Quote
from ..model.units import MONEY_UNITS
from .check import Check, Relation

#: A number and a measure word in a name: what is counted, not how large each is.
_COUNTED = re.compile(r"(?P<number>\d+)(?P<unit>[个台路场项条人套])(?!规模)")


def wording(disclosure: Disclosure) -> Iterator[Check]:
    """Targets that can be missed and met, units and names that do not drift."""
    for indicator in disclosure.indicators:
        yield from _targets(
            "project-targets" if indicator.form else "department-targets", indicator
        )
        yield from _names(indicator)


def _targets(table: str, indicator: Indicator) -> Iterator[Check]:
    where = str(indicator.address)

    def of(column: str) -> Cell:
        return Cell(indicator.address._replace(column=column))

    if indicator.unit == "年" and indicator.relation == "≤":
        yield _check(
            f"targets.can-fail.{where}",
            "targets",
            f"“{indicator.name}” can be missed within the year: its limit is less than a year",
            f"“{indicator.name}”的时限短于预算年度",
            "a target that cannot be missed",
            of("target"),
            Constant(1),
            "<",
        )
    if indicator.unit == "人":
        yield _check(
            f"targets.staff.{where}",
            "targets",
            f"“{indicator.name}” asks for staff; it is not met by hiring nobody",
            f"“{indicator.name}”不因未聘用而完成",
            "a number of staff set as a limit, which nobody hired would meet",
            of("relation"),
            Quote("≥"),
        )
    if indicator.unit == "%" and "满意" in indicator.name:
        yield _check(
            f"targets.can-meet.{where}",
            "targets",
            f"“{indicator.name}” leaves room for one unsatisfied answer",
            f"“{indicator.name}”未要求满意度达到百分之百",
            "a target that one answer can defeat",
            of("target"),
            Constant(100),
            "<",
        )
        yield _check(
            f"targets.term.{where}",
            "wording",
            f"“{indicator.name}” calls satisfaction by the field's term, 满意度",
            "满意度指标使用规范用语“满意度”",
            "a name that drifts between the rows of one table",
            Count(f"满意度 in the name of {where}", _name_has(indicator, "满意度")),
            Constant(1),
        )
    found = _COUNTED.search(indicator.name)
    if found and indicator.value is not None and not indicator.unit.startswith(tuple(MONEY_UNITS)):
        yield _check(
            f"targets.number.{where}",
            "targets",
            f"the number in the name of “{indicator.name}” is its target",
            "指标名称中的数量与指标值一致",
            "a number in a name that its target does not follow",
            Count(f"the number in the name of {where}", _number_in(indicator)),
            of("target"),
        )
        yield _check(
            f"targets.unit.{where}",
            "wording",
            f"“{indicator.name}” is counted in the measure word of its name",
            "指标名称中的量词与计量单位一致",
            "a unit that drifts between a name and its column",
            Quote(found["unit"]),
            of("unit"),
        )


def _names(indicator: Indicator) -> Iterator[Check]:
    yield _check(
        f"targets.name.{indicator.address}",
        "wording",
        "an indicator's name is a name, not a sentence with a full stop",
        "指标名称不以句号结尾",
        "a sentence moved into the column of names",
        Count(f"full stops at the end of the name of {indicator.address}", _stops(indicator)),
        Constant(0),
    )


def _in_name(indicator: Indicator, read: Callable[[str], int]) -> Callable[[Disclosure], int]:
    """Return what reads a number from the name that the indicator's row has in a disclosure."""

    def count(disclosure: Disclosure) -> int:
        rows = (i for i in disclosure.indicators if i.address == indicator.address)
        return sum(read(i.name) for i in rows)

    return count


def _name_has(indicator: Indicator, term: str) -> Callable[[Disclosure], int]:
    return _in_name(indicator, lambda name: int(term in name))


def _number_in(indicator: Indicator) -> Callable[[Disclosure], int]:
    def read(name: str) -> int:
        found = _COUNTED.search(name)
        return int(found["number"]) if found else 0

    return _in_name(indicator, read)


def _stops(indicator: Indicator) -> Callable[[Disclosure], int]:
    return _in_name(indicator, lambda name: int(plain(name).endswith("。")))


def _check(
    where: str,
    family: str,
    english: str,
    chinese: str,
    guards: str,
    left: Expression,
    right: Expression,
    relation: Relation = "=",
) -> Check:
    return Check(where, family, english, chinese, guards, left, right, relation, "book-usage")
