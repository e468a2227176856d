"""The field's dimensions of an indicator, which the disclosure does not print: assigned twice.

Once by the rules of rules.csv over name, unit and relation; once by a reading of the bare names
(dimensions.csv). How far the two agree says how much an assignment can carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Literal, NamedTuple

from ..model.disclosure import Disclosure, Indicator
from ..model.units import MONEY_UNITS
from ..package.beside import rows_beside
from ..package.schema import choices
from .performance import QUALITATIVE

_TIMES = {"年", "月", "日", "天", "小时"}

#: The field's dimensions of an indicator, in the order of the usual form.
DIMENSIONS = choices("dimensions", "read")


class Rule(NamedTuple):
    """One rule: the dimension it assigns, when it applies, and how to say so."""

    dimension: str
    applies: Callable[[Indicator], bool]
    says: str


def _ceiling(indicator: Indicator) -> bool:
    return indicator.relation in {"≤", "<"} and indicator.unit.partition("/")[0] in MONEY_UNITS


#: What rules.csv says of an indicator beside the words of its name → whether it is so.
_TESTS: dict[str, Callable[[Indicator], bool]] = {
    "ceiling": _ceiling,
    "time": lambda indicator: indicator.unit in _TIMES,
    "share": lambda indicator: indicator.unit == "%",
    "number": lambda indicator: indicator.relation != QUALITATIVE,
    "any": lambda indicator: True,
}


def _rule(row: Mapping[str, str]) -> Rule:
    """Return the rule of a row: one of `_TESTS`, or that the name has one of the row's words."""
    if row["if"] in _TESTS:
        return Rule(row["dimension"], _TESTS[row["if"]], row["says"])
    named, words = re.compile(row["words"]), row["words"].replace("|", ", ")
    says = f"{row['says']} ({words})"
    return Rule(row["dimension"], lambda indicator: bool(named.search(indicator.name)), says)


#: The first rule that applies decides.
RULES = tuple(map(_rule, rows_beside(__file__, "rules")))


def by_rule(indicator: Indicator) -> Rule:
    """Return the first rule that applies to the indicator's name, unit and relation."""
    return next(rule for rule in RULES if rule.applies(indicator))


class Assignment(NamedTuple):
    """One indicator with the dimension by rule, as read from the bare name, and as settled.

    Where the two differ, the rule decides if the reader was not sure, and the reading if the
    reader was: a rule sees unit and relation, but it cannot know what a name means. `read` is
    None for an indicator that nobody has read: the rule stands alone.
    """

    indicator: Indicator
    rule: Rule
    read: str | None
    sure: bool
    why: str

    @property
    def agrees(self) -> bool | None:
        """Whether rule and reading give the same dimension; None without a reading."""
        return None if self.read is None else self.rule.dimension == self.read

    @property
    def settled(self) -> str:
        """The dimension that the book uses."""
        return self.read if self.read and self.sure else self.rule.dimension


def assignments(disclosure: Disclosure) -> list[Assignment]:
    """Return every indicator by rule and, where dimensions.csv has a row, as read."""
    readings = {row["address"]: row for row in disclosure.reference["dimensions"]}
    found = []
    for indicator in disclosure.indicators:
        row = readings.get(str(indicator.address))
        read = (row["read"], row["sure"] == "yes", row["why"]) if row else (None, False, "")
        found.append(Assignment(indicator, by_rule(indicator), *read))
    return found


class Agreement(NamedTuple):
    """How many of how many agree; the share that chance would give; a 95 % interval in per cent.

    The interval is Wilson's for a share; `kappa` is Cohen's: the agreement beyond chance as a
    part of what chance leaves open.
    """

    agreeing: int
    of: int
    chance: Fraction
    low: float
    high: float

    @property
    def kappa(self) -> Fraction | None:
        """Cohen's kappa; None where chance alone would give full agreement."""
        share = Fraction(self.agreeing, self.of)
        return (share - self.chance) / (1 - self.chance) if self.chance < 1 else None


def agreement(found: Sequence[Assignment]) -> Agreement:
    """Return the agreement of rules and reading where both exist.

    Raises ValueError if no indicator has both.
    """
    both = [a for a in found if a.read]
    if not both:
        raise ValueError("there is no indicator with both assignments: see dimensions.csv")
    n, same = len(both), sum(a.agrees is True for a in both)
    rules, reads = ([a.rule.dimension for a in both], [a.read for a in both])
    chance = sum((Fraction(rules.count(d) * reads.count(d), n * n) for d in DIMENSIONS), Fraction())
    z, share = NormalDist().inv_cdf(0.975), same / n
    middle = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = ((middle + sign * spread) / (1 + z * z / n) for sign in (-1, 1))
    return Agreement(same, n, chance, 100 * low, 100 * high)


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
GROUP = dict.fromkeys(("quantity", "quality", "timeliness"), "output") | {
    name: name for name in ("cost", "effect", "satisfaction")
}


def by_group(weights_: dict[str, Decimal]) -> dict[str, Decimal]:
    """Return points by dimension as points by group: output, cost, effect, satisfaction."""
    result = dict.fromkeys(GROUP.values(), Decimal(0))
    for dimension, points in weights_.items():
        result[GROUP[dimension]] += points
    return result
