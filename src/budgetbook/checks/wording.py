"""Checks of the wording of indicators: targets that can be missed and met, names that agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.disclosure import Disclosure, Indicator
from ..model.expressions import Constant, NumberIn, Quote
from ..model.units import MONEY_UNITS
from .check import Check, check, nothing
from .places import of

#: A number and a measure word in a name: what is counted, not how large each is.
_COUNTED = r"(\d+)([个台路场项条人套])(?!规模)"
_TERM = "满意度"


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
    target = of(indicator, "target")
    if unit == "年" and indicator.relation == "≤":
        yield check("targets.can-fail", target, Constant(1), at=at, name=name)
    if unit == "人":
        yield check("targets.staff", of(indicator, "relation"), Quote("≥"), at=at, name=name)
    if unit == "%" and "满意" in name:
        yield check("targets.can-meet", target, Constant(100), at=at, name=name)


def _numbers(indicator: Indicator) -> Iterator[Check]:
    found = re.search(_COUNTED, indicator.name)
    of_money = indicator.unit.startswith(tuple(MONEY_UNITS))
    if not found or indicator.value is None or of_money:
        return
    number = NumberIn(of(indicator, "indicator").address, _COUNTED)
    target, unit = of(indicator, "target"), of(indicator, "unit")
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
