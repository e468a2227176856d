"""The field's dimensions of an indicator, which the disclosure does not print: assigned twice.

Once by the rules below over name, unit and relation; once by a reading of the bare names
(dimensions.csv). How far the two agree says how much an assignment can carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .checks.targets import MONEY_UNITS
from .disclosure import Indicator

_TIMES = {"年", "月", "日", "天", "小时"}


class Rule(NamedTuple):
    """One rule: the dimension it assigns, when it applies, and how to say so."""

    dimension: str
    applies: Callable[[Indicator], bool]
    says: str


def _named(words: str) -> Callable[[Indicator], bool]:
    return lambda indicator: bool(re.search(words, indicator.name))


def _price(indicator: Indicator) -> bool:
    return indicator.relation in {"≤", "<"} and indicator.unit.partition("/")[0] in MONEY_UNITS


#: The first rule that applies decides.
RULES: tuple[Rule, ...] = (
    Rule("satisfaction", _named("满意"), "the name asks who is satisfied (满意)"),
    Rule("cost", _price, "an amount of money that is a ceiling"),
    Rule("cost", _named("成本|费用"), "the name speaks of cost (成本, 费用)"),
    Rule("timeliness", lambda i: i.unit in _TIMES, "the unit is a time"),
    Rule("timeliness", _named("时效|及时|按期"), "the name speaks of time (时效, 及时, 按期)"),
    Rule(
        "effect",
        _named("效益|成效|影响|可持续|促进|推进|安全感"),
        "the name speaks of what changes (成效, 可持续, 促进, 推进, 安全感)",
    ),
    Rule("quality", lambda i: i.unit == "%", "a share in per cent"),
    Rule(
        "quality",
        _named("质量|合格|标准|规范|平稳"),
        "the name speaks of a standard (质量, 合格, 标准, 规范, 平稳)",
    ),
    Rule("quantity", lambda i: i.relation != "定性", "a number of units"),
    Rule("quantity", _named("建设|建立|构建|产业园"), "a thing to be built or set up (建)"),
    Rule("effect", lambda i: True, "a word, and no rule before this one"),
)


def by_rule(indicator: Indicator) -> Rule:
    """Return the first rule that applies to the indicator's name, unit and relation."""
    return next(rule for rule in RULES if rule.applies(indicator))
