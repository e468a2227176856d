"""The field's dimensions of an indicator, which the disclosure does not print: assigned twice.

Once by the rules of rules.csv over name, unit, relation and a target's word; once by a reading of
the bare names (dimensions.csv). How far the two agree says how much an assignment can carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from ..messages import message, said, translated
from ..model.disclosure import Disclosure, Indicator
from ..model.units import MONEY_UNITS
from ..package.beside import rows_beside
from ..package.schema import choices
from .agreement import Agreement, agree
from .performance import TIMES, kind

#: The field's dimensions of an indicator, in the order of the usual form.
DIMENSIONS = choices("dimensions", "read")


class Rule(NamedTuple):
    """One rule: the dimension it assigns, when it applies, and the words of a name it looks for."""

    dimension: str
    applies: Callable[[Indicator], bool]
    reason: str
    words: str = ""

    @property
    def says(self) -> str:
        """When it applies, in words."""
        if not self.words:
            return translated(self.reason)
        return said(
            "{reason:text} ({words:text})", reason=translated(self.reason), words=self.words
        )


def _ceiling(indicator: Indicator) -> bool:
    return indicator.relation in {"≤", "<"} and indicator.unit.partition("/")[0] in MONEY_UNITS


#: What rules.csv says of an indicator beside the words of its name → whether it is so.
_TESTS: dict[str, Callable[[Indicator], bool]] = {
    "ceiling": _ceiling,
    "time": lambda indicator: indicator.unit in TIMES,
    "at least": lambda indicator: indicator.relation in {"≥", ">"},
    "done": lambda indicator: kind(indicator) == "state",
    "percentage": lambda indicator: indicator.unit == "%",
    "number": lambda indicator: not indicator.in_words,
    "any": lambda indicator: True,
}


def _rule(row: Mapping[str, str]) -> Rule:
    """Return the rule of a row: one of `_TESTS`, and that the name has one of the row's words."""
    test, words = _TESTS[row["if"]], re.compile(row["words"])
    told = row["says_en"], row["words"].replace("|", ", ")
    return Rule(row["dimension"], lambda i: test(i) and bool(words.search(i.name)), *told)


#: The first rule that applies decides.
RULES = tuple(map(_rule, rows_beside(__file__, "rules")))


def by_rule(indicator: Indicator) -> Rule:
    """Return the first rule that applies to the indicator."""
    return next(rule for rule in RULES if rule.applies(indicator))


class Assignment(NamedTuple):
    """One indicator with the dimension by rule, as read from the bare name, and as settled.

    Where the two differ, the rule decides if the reader was not sure, and the reading if the
    reader was: a rule sees unit and relation, but it cannot know what a name means. `twin` says
    that the reader was sure of another indicator that rule and reader treat like this one: both
    are settled alike. `read` is None for an indicator that nobody has read: the rule stands alone.
    """

    indicator: Indicator
    rule: Rule
    read: str | None
    sure: bool
    why: str
    twin: bool = False

    @property
    def agrees(self) -> bool | None:
        """Whether rule and reading give the same dimension; None without a reading."""
        return None if self.read is None else self.rule.dimension == self.read

    @property
    def settled(self) -> str:
        """The dimension that the book uses."""
        return self.read if self.read and (self.sure or self.twin) else self.rule.dimension

    def like(self, other: Assignment) -> bool:
        """Whether rule, reading, form, unit, relation and target are those of another."""
        return self._alike() == other._alike()

    def _alike(self) -> tuple[object, ...]:
        mine = self.indicator
        return self.rule, self.read, mine.form, mine.unit, mine.relation, mine.target


def assignments(disclosure: Disclosure) -> list[Assignment]:
    """Return every indicator by rule and, where dimensions.csv has a row, as read."""
    readings = {row["address"]: row for row in disclosure.reference["dimensions"]}
    found = []
    for indicator in disclosure.indicators:
        row = readings.get(str(indicator.address))
        read = (row["read"], row["sure"] == "yes", row["why"]) if row else (None, False, "")
        found.append(Assignment(indicator, by_rule(indicator), *read))
    sure = [one for one in found if one.sure]
    return [a._replace(twin=not a.sure and any(map(a.like, sure))) for a in found]


def agreement(found: Sequence[Assignment]) -> Agreement:
    """Return the agreement of rules and reading where both exist.

    Raises ValueError if no indicator has both.
    """
    both = [(a.rule.dimension, a.read) for a in found if a.read]
    if not both:
        raise ValueError("there is no indicator with both assignments: see dimensions.csv")
    return agree(both)


View = Literal["settled", "rule", "read"]


def weights(found: Sequence[Assignment], form: int, view: View = "settled") -> dict[str, Decimal]:
    """Return the points of a form by dimension, all dimensions in order.

    `view` says whose: as settled, by rule alone, or as read alone.
    """
    points = dict.fromkeys(DIMENSIONS, Decimal(0))
    for one in found:
        names = {"settled": one.settled, "rule": one.rule.dimension, "read": one.read}
        name = names[view]
        if one.indicator.form == form and name:
            points[name] += one.indicator.weight
    return points


#: Dimension → what guides call it: the first three are output 产出.
GROUP = {
    message("quantity"): message("output"),
    message("quality"): "output",
    message("timeliness"): "output",
    message("cost"): "cost",
    message("effect"): "effect",
    message("satisfaction"): "satisfaction",
}


def by_group(weights_: dict[str, Decimal]) -> dict[str, Decimal]:
    """Return points by dimension as points by group: output, cost, effect, satisfaction."""
    result = dict.fromkeys(GROUP.values(), Decimal(0))
    for dimension, points in weights_.items():
        result[GROUP[dimension]] += points
    return result
