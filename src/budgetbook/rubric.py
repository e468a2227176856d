"""Reads each indicator against a rubric, and scores a form as such forms are usually scored.

The criteria are rows of rubric.csv. Each judgement follows a stated rule over name, unit,
relation and target, and carries its reason; the rules are ours, not the department's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .disclosure import Disclosure, Indicator, Project
from .performance import QUALITATIVE, Form

#: Words that name no thing: a name made of them does not say what is done.
_VAGUE = re.compile(
    r"^(完成时效|及时完成|取得良好工作成效|协调推进.*|保持.*感|.*质量。?|.*可持续发展)$"
)


class Judgement(NamedTuple):
    """One criterion of rubric.csv for one indicator: whether it is met, and why."""

    indicator: Indicator
    criterion: str
    met: bool
    reason: str


def judge(indicator: Indicator) -> list[Judgement]:
    """Return the judgements on one indicator, in the order of rubric.csv."""
    words = indicator.relation == QUALITATIVE
    vague = bool(_VAGUE.match(indicator.name))
    year = indicator.unit == "年"
    whole_year = year and indicator.relation == "≤" and (indicator.value or 0) >= 1
    everyone = indicator.unit == "%" and indicator.value == 100 and "满意" in indicator.name
    nobody = indicator.unit == "人" and indicator.relation == "≤"
    found = {
        "specific": (not vague, "the name is a general word" if vague else "the name says it"),
        "measurable": (not words, f"a word: {indicator.target}" if words else "a number"),
        "timed": (
            year and not whole_year,
            "its limit is the year itself" if whole_year else "no time but the budget year",
        ),
        "baseline": (False, "no value of last year is printed"),
        "method": (False, "no way of counting, asking or judging is printed"),
        "can-fail": (
            not (words or whole_year or nobody),
            "judged by a word without a standard"
            if words
            else "the limit is the year itself"
            if whole_year
            else "nobody hired would meet it"
            if nobody
            else "a number can be missed",
        ),
        "can-meet": (not everyone, "one answer defeats it" if everyone else "within reach"),
    }
    return [Judgement(indicator, name, met, reason) for name, (met, reason) in found.items()]


def shares(form: Form) -> dict[str, Fraction]:
    """Return, for each criterion, the share of a form's points whose indicators meet it."""
    whole = Fraction(form.weight())
    judged = [one for indicator in form.indicators for one in judge(indicator)]
    return {
        name: sum(
            (Fraction(j.indicator.weight) for j in judged if j.criterion == name and j.met),
            Fraction(0),
        )
        / whole
        for name in dict.fromkeys(j.criterion for j in judged)
    }


def points(indicator: Indicator, outcome: Decimal | Fraction) -> Fraction:
    """Return the points that an outcome earns.

    `outcome` is in the indicator's unit, or for a target in words the share of it that is
    granted (0 to 1). Full points for a target that is met; less in proportion to how far a `≥`
    or `≤` is missed; nothing for a missed `=`. This is the usual way of such forms, not a rule
    that the document states. Raises ValueError for an outcome below zero.
    """
    weight, got = Fraction(indicator.weight), Fraction(outcome)
    if got < 0:
        raise ValueError(f"the outcome of {indicator.name} is below zero: {outcome}")
    if indicator.value is None:
        return weight * min(got, Fraction(1))
    target = Fraction(indicator.value)
    match indicator.relation:
        case "≥" | ">":
            return weight if got >= target else weight * got / target
        case "≤" | "<":
            return weight if got <= target else weight * target / got
    return weight if got == target else Fraction(0)


def score(form: Form, outcomes: Mapping[int, Decimal | Fraction]) -> Fraction:
    """Return the points of a form, by the line of each indicator; one left out is met in full."""
    return sum(
        (
            points(i, outcomes[i.line]) if i.line in outcomes else Fraction(i.weight)
            for i in form.indicators
        ),
        Fraction(0),
    )


def only_words(form: Form, granted: Fraction) -> Fraction:
    """Return the score if every number is missed and words alone earn a share of their points."""
    return sum(
        (Fraction(i.weight) * granted for i in form.indicators if i.relation == QUALITATIVE),
        Fraction(0),
    )


def slack(form: Form, share: Fraction) -> tuple[int, int]:
    """Return (the most that can be lost, the fewest that must not be) of the indicators.

    The first is how many of the lightest can be lost while `share` of the points stay; the
    second how few of the heaviest suffice to fall below it.
    """
    weights = sorted(Fraction(i.weight) for i in form.indicators)
    room = sum(weights, Fraction(0)) * (1 - share)
    return _until(weights, room), _until(weights[::-1], room) + 1


def _until(weights: Sequence[Fraction], room: Fraction) -> int:
    """Return how many weights, from the first on, fit into the room."""
    lost = Fraction(0)
    for count, weight in enumerate(weights):
        lost += weight
        if lost > room:
            return count
    return len(weights)


def matrix(disclosure: Disclosure) -> list[tuple[Mapping[str, object], dict[int, list[Indicator]]]]:
    """Return each part of the department's goal with project → its indicators that speak of it.

    A project whose own name speaks of the part supports it with all its indicators.
    """
    return [
        (
            row,
            {
                project.form: _speaking(disclosure, project, row["words"].split("|"))
                for project in disclosure.projects
            },
        )
        for row in disclosure.reference["goal-parts"]
        if row["form"] == 0
    ]


def _speaking(disclosure: Disclosure, project: Project, words: Sequence[str]) -> list[Indicator]:
    mine = [i for i in disclosure.indicators if i.form == project.form]
    whole = any(word in project.name for word in words)
    return [i for i in mine if whole or any(word in i.name for word in words)]


def supports(disclosure: Disclosure) -> list[tuple[Mapping[str, object], list[Indicator]]]:
    """Return each part of each goal (a row of goal-parts.csv) with the indicators that name it."""
    return [
        (
            row,
            [
                i
                for i in disclosure.indicators
                if i.form == row["form"] and any(w in i.name for w in row["words"].split("|"))
            ],
        )
        for row in disclosure.reference["goal-parts"]
    ]
