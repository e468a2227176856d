"""Reads each indicator against a rubric, and scores a form as such forms are usually scored.

The criteria are rows of rubric.csv. Whether an indicator is specific, attainable and relevant
needs a reader: those judgements are rows of rubric-judgements.csv, and a rule over the print
stands beside each as a check. The others follow from a rule alone. All are ours, not the
department's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..messages import message, said
from ..model.address import Address
from ..model.disclosure import Disclosure, Indicator
from ..model.units import MONEY_UNITS
from ..package.beside import rows_beside
from ..package.store import Row
from .agreement import Agreement, agree
from .performance import TIMES, Form, kind

#: Words that name no thing: a name made of them does not say what is done. In vague.csv … stands
#: for any words, and some are `seen` in one document alone: how the rule does on names that it has
#: not seen is measured by benchmarks/agreement.py.
_VAGUE = re.compile(
    "|".join(re.escape(r["words"]).replace("…", ".*") for r in rows_beside(__file__, "vague"))
)


class Judgement(NamedTuple):
    """One criterion of rubric.csv for one indicator: whether it is met, and why.

    `met` is None where nothing printed tests it, or where the form has no column to ask for it:
    what is untested is neither met nor missed. Where a criterion does not `apply`, its question
    does not arise, and no share counts it.
    """

    indicator: Indicator
    criterion: str
    met: bool | None
    reason: str
    applies: bool = True


#: Words by which a name would give a value to compare with, or a way of finding out. A comparison
#: without a value is no baseline.
_BASELINE = re.compile(r"(上年|基期|同期).*\d")
_METHOD = re.compile(r"问卷|抽样|抽查|台账|按.+(计算|统计|评定)")


#: What a rule says of a criterion that is met, that is not, that is open, that does not apply.
_SAID = rows_beside(__file__, "criteria")
#: The criteria that need a reader.
READ = ("specific", "attainable", "relevant")
_ANSWERS = {"yes": True, "no": False, "open": None, "apart": None}
_APART = "apart"


def judge(disclosure: Disclosure, indicator: Indicator) -> list[Judgement]:
    """Return the judgements on one indicator, in the order of rubric.csv.

    A criterion that needs a reader is judged by the rule where rubric-judgements.csv has no row.
    """
    found = {one.criterion: one for one in rules(disclosure, indicator)}
    for row in disclosure.reference.get("rubric-judgements", ()):
        if row["address"] == str(indicator.address) and found[row["criterion"]].applies:
            answer = _ANSWERS[row["met"]], row["reason"], row["met"] != _APART
            found[row["criterion"]] = Judgement(indicator, row["criterion"], *answer)
    return [found[row["id"]] for row in disclosure.reference["rubric"] if row["id"] in found]


def rules(disclosure: Disclosure, indicator: Indicator) -> list[Judgement]:
    """Return what the rules over name, unit, relation, target and goal say of one indicator."""
    name, unit, number = indicator.name, indicator.unit, indicator.value or 0
    goal = [
        part
        for part in disclosure.reference.get("goal-parts", ())
        if (part["form"] or "") == indicator.project
    ]
    limit = indicator.relation in {"≤", "<"}
    below = limit and unit not in TIMES
    beyond = limit and unit == "年" and number > 1
    everyone = unit == "%" and "满意" in name and number >= 100
    met: dict[str, bool | None] = {
        "specific": not _VAGUE.fullmatch(name),
        "measurable": not indicator.in_words,
        "attainable": None,  # nothing printed speaks against a target
        "relevant": any(_names(part, name) for part in goal),
        "timed": True,  # a form is of one year
        "baseline": bool(_BASELINE.search(name)) or None,
        "method": bool(_METHOD.search(name)) or None,
        "can-fail": not (kind(indicator) == "grade" or beyond),
        "can-meet": False if everyone else None,
        "needs-work": None if _absence(indicator) else not below,
    }
    told = _told(indicator, met)
    if not goal:
        told["relevant"] = message("the goal is not in parts, so nothing shows it")
    apart = _apart(indicator)
    told |= {row["criterion"]: row["apart_en"] for row in _SAID if row["criterion"] in apart}
    return [
        Judgement(indicator, key, None if key in apart else met[key], told[key], key not in apart)
        for key in met
    ]


def _told(indicator: Indicator, met: Mapping[str, bool | None]) -> dict[str, str]:
    """Return the reason of each answer."""
    words_of = {True: "met_en", False: "unmet_en", None: "open_en"}
    told = {row["criterion"]: row[words_of[met[row["criterion"]]]] for row in _SAID}
    told["measurable"] = said(told["measurable"], target=indicator.target)
    told["can-meet"] = said(told["can-meet"], asked=_asked(indicator))
    if kind(indicator) == "state":
        told["can-fail"] = message("a thing is done or is not")
    if indicator.relation in {"≤", "<"} and indicator.unit == "年":
        late = message(
            "work that is unfinished when the year ends misses it; no earlier date is set"
        )
        more = message("it allows more than the year of the budget")
        told["can-fail"] = late if met["can-fail"] else more
    return told


def _asked(indicator: Indicator) -> str:
    """Return how many must be asked for one who is not satisfied to leave a target met."""
    left = 100 - Fraction(indicator.value or 0)
    return str(math.ceil(100 / left)) if left > 0 else ""


def _absence(indicator: Indicator) -> bool:
    """Whether the target is that something does not happen."""
    return indicator.relation == "=" and indicator.value == 0


def _apart(indicator: Indicator) -> set[str]:
    """Return the criteria whose question does not arise for an indicator.

    One unsatisfied answer is a question to those who are asked. What the work may cost, when it is
    due and how many may do it belong to a target by the usual definition, and serve no part of its
    goal. A limit of cost asks for no deed.
    """
    limit = indicator.relation in {"≤", "<"}
    price = limit and indicator.unit.partition("/")[0] in MONEY_UNITS
    due = indicator.unit in TIMES and "完成" in indicator.name  # not how long a service takes
    condition = limit and (price or due or indicator.unit == "人")
    asked = {
        "can-meet": "满意" in indicator.name,
        "relevant": not condition,
        "needs-work": not price,
    }
    return {criterion for criterion, arises in asked.items() if not arises}


def crosscheck(disclosure: Disclosure) -> list[tuple[Judgement, Judgement]]:
    """Return each judgement that a reader made, with what the rule says; empty if nobody read.

    What both leave open is left out: two that do not know do not agree.
    """
    read = {
        (r["address"], r["criterion"]) for r in disclosure.reference.get("rubric-judgements", ())
    }
    pairs = []
    for indicator in disclosure.indicators:
        ruled = {one.criterion: one for one in rules(disclosure, indicator)}
        pairs += [
            (j, ruled[j.criterion])
            for j in judge(disclosure, indicator)
            if (str(indicator.address), j.criterion) in read
            and (j.met, ruled[j.criterion].met) != (None, None)
        ]
    return pairs


def agreement(pairs: Sequence[tuple[Judgement, Judgement]]) -> dict[str, Agreement]:
    """Return the agreement of reader and rule for each criterion of `crosscheck`."""
    answers: dict[str, list[tuple[bool | None, bool | None]]] = {}
    for judged, ruled in pairs:
        answers.setdefault(judged.criterion, []).append((judged.met, ruled.met))
    return {criterion: agree(mine) for criterion, mine in answers.items()}


def rewritten(disclosure: Disclosure, form: Form) -> Form:
    """Return a form with the indicators of rewritten.csv in place of those that they replace.

    Weights stay. The targets are for illustration: no result of an earlier year is printed.
    """
    new = {row["address"]: row for row in disclosure.reference.get("rewritten", ())}

    def better(indicator: Indicator) -> Indicator:
        row = new.get(str(indicator.address))
        if row is None:
            return indicator
        return indicator._replace(
            name=row["name_zh"], relation=row["relation"], target=row["target"], unit=row["unit"]
        )

    return form._replace(indicators=[better(i) for i in form.indicators])


def ruled_shares(
    disclosure: Disclosure, form: Form, answers: Sequence[bool | None] = (True,)
) -> dict[str, Fraction]:
    """Return `shares` as the rules alone judge, so that forms that nobody has read compare."""
    return _shares(form, [j for i in form.indicators for j in rules(disclosure, i)], answers)


def shares(
    disclosure: Disclosure, form: Form, answers: Sequence[bool | None] = (True,)
) -> dict[str, Fraction]:
    """Return, for each criterion, the share of points of the indicators that meet it.

    It is a share of the points of those to which the criterion applies; a criterion that applies
    to none has no share.
    With `answers` of (None,) the share that is open, with both the most that can be met.
    """
    return _shares(form, [one for i in form.indicators for one in judge(disclosure, i)], answers)


def _shares(
    form: Form, judged: Sequence[Judgement], answers: Sequence[bool | None] = (True,)
) -> dict[str, Fraction]:
    asked = [j for j in judged if j.applies]
    found = dict.fromkeys((j.criterion for j in asked), Fraction(0))
    whole = dict(found)
    for j in asked:
        whole[j.criterion] += Fraction(j.indicator.weight)
        found[j.criterion] += Fraction(j.indicator.weight) if j.met in answers else 0
    return {criterion: points / whole[criterion] for criterion, points in found.items()}


def points(indicator: Indicator, outcome: Decimal | Fraction) -> Fraction:
    """Return the points that an outcome earns.

    `outcome` is in the indicator's unit, or for a grade the share of it that is granted (0 to 1),
    for a state 1 if it is reached. Full points for a target that is met; less in proportion to how
    far a `≥` or `≤` is missed; nothing for a missed `=` or state. This is the usual way of such
    forms, not a rule that the document states.
    Raises ValueError for an outcome below zero.
    """
    weight, got = Fraction(indicator.weight), Fraction(outcome)
    if got < 0:
        raise ValueError(f"the outcome of {indicator.name} is below zero: {outcome}")
    if indicator.value is None:
        share = min(got, Fraction(1))
        return weight * (math.floor(share) if kind(indicator) == "state" else share)
    target = Fraction(indicator.value)
    match indicator.relation:
        case "≥" | ">":
            return weight if got >= target else weight * got / target
        case "≤" | "<":
            return weight if got <= target else weight * target / got
    return weight if got == target else Fraction(0)


def score(form: Form, outcomes: Mapping[Address, Decimal | Fraction]) -> Fraction:
    """Return the points of a form, by the address of each indicator; what is left out is met."""
    earned = (
        points(i, outcomes[i.address]) if i.address in outcomes else Fraction(i.weight)
        for i in form.indicators
    )
    return sum(earned, Fraction(0))


def only_words(form: Form, granted: Fraction) -> Fraction:
    """Return the score if every number is missed, states are reached, and grades earn a share."""
    worded = [i for i in form.indicators if i.in_words]
    states = sum(i.weight for i in worded if kind(i) == "state")
    grades = sum(i.weight for i in worded) - states
    return Fraction(states) + Fraction(grades) * granted


class Speaking(NamedTuple):
    """How a project speaks of a part of the department's goal.

    `indicators` are those whose own names speak of it; `by_name` says whether the project's does.
    """

    indicators: Sequence[Indicator]
    by_name: bool

    def __bool__(self) -> bool:
        return self.by_name or bool(self.indicators)


def matrix(disclosure: Disclosure) -> list[tuple[Row, dict[int, Speaking]]]:
    """Return each part of the department's goal with project → how it speaks of the part."""
    found = []
    for part in disclosure.reference["goal-parts"]:
        if not part["form"]:
            by = {}
            for project in disclosure.projects:
                mine = [i for i in disclosure.indicators if i.form == project.form]
                by[project.form] = Speaking(_naming(part, mine), _names(part, project.name))
            found.append((part, by))
    return found


def supports(
    disclosure: Disclosure, *, near: bool | None = None
) -> list[tuple[Row, list[Indicator]]]:
    """Return each part of each goal (a row of goal-parts.csv) with the indicators that name it.

    `near` says whether words count that come near a part and do not name it: all of them or
    none. By default those count that are among the part's words, as the checks count.
    """
    found = []
    for part in disclosure.reference["goal-parts"]:
        mine = [i for i in disclosure.indicators if i.project == (part["form"] or "")]
        found.append((_counting(part, near), _naming(_counting(part, near), mine)))
    return found


def _counting(part: Row, near: bool | None) -> Row:
    """Return a part of a goal with its words, and all or none of those that come near."""
    beside = [word for word in (part["near"] or "").split("|") if word]
    if near is None or not beside:
        return part
    words = [word for word in part["words"].split("|") if word not in beside]
    return {**part, "words": "|".join(words + beside if near else words)}


def _naming(part: Row, indicators: Sequence[Indicator]) -> list[Indicator]:
    """Return the indicators whose names speak of a part of a goal."""
    return [indicator for indicator in indicators if _names(part, indicator.name)]


def _names(part: Row, name: str) -> bool:
    """Whether a name has one of the words of a part of a goal."""
    return any(word in name for word in part["words"].split("|"))
