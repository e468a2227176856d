"""Checks of the wording of indicators: targets that can be missed and met, names that agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.counting import Count, where
from ..model.disclosure import Disclosure, Indicator
from ..model.expressions import Cell, Constant, Expression, NumberIn, Quote
from ..model.units import MONEY_UNITS
from .check import Check, Relation

#: A number and a measure word in a name: what is counted, not how large each is.
_COUNTED = r"(\d+)([个台路场项条人套])(?!规模)"
_TERM = "满意度"


def wording(disclosure: Disclosure) -> Iterator[Check]:
    """Targets that can be missed and met, units and names that do not drift."""
    for indicator in disclosure.indicators:
        yield from _can_be_missed(indicator)
        yield from _asks_for_staff(indicator)
        yield from _can_be_met(indicator)
        yield from _numbers(indicator)
    for table in dict.fromkeys(i.address.table for i in disclosure.indicators):
        yield from _names(disclosure, table)


def _of(indicator: Indicator, column: str) -> Cell:
    return Cell(indicator.address._replace(column=column))


def _can_be_missed(indicator: Indicator) -> Iterator[Check]:
    if indicator.unit == "年" and indicator.relation == "≤":
        yield _check(
            f"targets.can-fail.{indicator.address}",
            "targets",
            f"“{indicator.name}” can be missed within the year: its limit is less than a year",
            f"“{indicator.name}”的时限短于预算年度",
            "a target that cannot be missed",
            _of(indicator, "target"),
            Constant(1),
            "<",
        )


def _asks_for_staff(indicator: Indicator) -> Iterator[Check]:
    if indicator.unit == "人":
        yield _check(
            f"targets.staff.{indicator.address}",
            "targets",
            f"“{indicator.name}” asks for staff; it is not met by hiring nobody",
            f"“{indicator.name}”不因未聘用而完成",
            "a number of staff set as a limit, which nobody hired would meet",
            _of(indicator, "relation"),
            Quote("≥"),
        )


def _can_be_met(indicator: Indicator) -> Iterator[Check]:
    if indicator.unit == "%" and "满意" in indicator.name:
        yield _check(
            f"targets.can-meet.{indicator.address}",
            "targets",
            f"“{indicator.name}” leaves room for one unsatisfied answer",
            f"“{indicator.name}”未要求满意度达到百分之百",
            "a target that one answer can defeat",
            _of(indicator, "target"),
            Constant(100),
            "<",
        )


def _numbers(indicator: Indicator) -> Iterator[Check]:
    found = re.search(_COUNTED, indicator.name)
    of_money = indicator.unit.startswith(tuple(MONEY_UNITS))
    if not found or indicator.value is None or of_money:
        return
    yield _check(
        f"targets.number.{indicator.address}",
        "targets",
        f"the number in the name of “{indicator.name}” is its target",
        "指标名称中的数量与指标值一致",
        "a number in a name that its target does not follow",
        NumberIn(_of(indicator, "indicator").address, _COUNTED),
        _of(indicator, "target"),
    )
    yield _check(
        f"targets.unit.{indicator.address}",
        "wording",
        f"“{indicator.name}” is counted in the measure word of its name",
        "指标名称中的量词与计量单位一致",
        "a unit that drifts between a name and its column",
        Quote(found[2]),
        _of(indicator, "unit"),
    )


def _names(disclosure: Disclosure, table: str) -> Iterator[Check]:
    """The names of a table's indicators are names, and call satisfaction by one term."""
    english, chinese = disclosure.form.tables[table].words
    for name, said, said_zh, guards, offends in (
        (
            "name",
            f"the names of the indicators of {english} are names, not sentences with a full stop",
            f"{chinese}指标名称不以句号结尾",
            "a sentence moved into the column of names",
            [("name", "ends with", "。")],
        ),
        (
            "term",
            f"the indicators of {english} call satisfaction by the field's term, {_TERM}",
            f"{chinese}满意度指标使用规范用语“{_TERM}”",
            "a name that drifts between the rows of one table",
            [
                ("unit", "is", "%"),
                ("name", "names one of", "满意"),
                ("name", "names none of", _TERM),
            ],
        ),
    ):
        count = Count(f"exceptions: {said}", "indicators", where(("table", "is", table), *offends))
        where_ = f"targets.{name}.{table}"
        yield _check(where_, "wording", said, said_zh, guards, count, Constant(0))


def _check(
    name: str,
    family: str,
    english: str,
    chinese: str,
    guards: str,
    left: Expression,
    right: Expression,
    relation: Relation = "=",
) -> Check:
    return Check(name, family, english, chinese, guards, left, right, relation, "book-usage")
