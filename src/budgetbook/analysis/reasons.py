"""The official reasons, held against the arithmetic: what they claim, and what they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..messages import message
from ..model.disclosure import Disclosure
from .variance import Explanation, by_function, by_nature, explanations

#: The verdicts on a reason, from the strongest to the weakest support.
VERDICTS = (
    message("compatible"),
    message("restated"),
    message("cannot be tested"),
    message("contradicted"),
    message("another change"),
)

#: How staff or base moved (1, 0, −1) → what decides. A mean is of different people in two years.
_STAFF = {
    1: message("the staff that the figures imply rose"),
    0: message("the staff that the figures imply did not move"),
    -1: message("the staff that the figures imply fell"),
}
_BASE = {
    1: message("the base per head rose; whose bases rose needs the members of both years"),
    0: message("the base per head did not move; whose bases rose needs the members of both years"),
    -1: message("the base per head fell; whose bases rose needs the members of both years"),
}
_NOTHING = Fraction(0)


class Audit(NamedTuple):
    """One reason that the text gives for one change, and what the arithmetic says of it.

    `verdict` is one of VERDICTS: `compatible` with what the figures imply, for the part that
    `covers` says; `restated`: it says the change again, in two parts; `cannot be tested` by
    anything printed; `contradicted`; or `another change`, where the tables give a change other
    than the one that is explained. `why` says what decided. `change` is the tables' change in yuan,
    the text's where they print none; `covers` is the part of it that the named driver carries,
    None where that is not known.
    """

    explanation: Explanation
    reason: str
    verdict: str
    why: str
    change: Decimal
    covers: Fraction | None


def audit(disclosure: Disclosure, covered: Mapping[tuple[str, str], Fraction]) -> list[Audit]:
    """Return every reason given for a functional item, a nature or a total, judged.

    `covered` is what `drivers.covered` returns: where it is empty, no staff and no base are
    identified, and no reason about them is tested.
    """
    found = []
    for told in explanations(disclosure):
        change = told.stated if told.computed is None else told.computed
        for reason in told.reasons:
            part = covered.get((told.code or told.subject, reason))
            if reason == "basic-up-project-down":
                part = _natures(disclosure, told, change)
            judged = _judge(disclosure, told, reason, change, part)
            found.append(Audit(told, reason, *judged, change, part))
    return found


def _natures(disclosure: Disclosure, told: Explanation, change: Decimal) -> Fraction | None:
    """Return the whole change if basic rose, project fell and both sum to it; None otherwise."""
    changes = [step.change for step in by_nature(disclosure)]
    if not changes:
        return None
    basic, project = changes
    proved = basic > 0 > project and basic + project == change and told.agrees
    return Fraction(change) if proved else None


def _judge(
    disclosure: Disclosure, told: Explanation, reason: str, change: Decimal, moved: Fraction | None
) -> tuple[str, str]:
    if told.agrees is False:
        return "another change", message("the tables give another change than the one explained")
    way = {row["code"]: row["direction"] for row in disclosure.reference["reasons"]}.get(reason)
    if way and change * (1 if way == "increase" else -1) <= 0:
        return "contradicted", message("its sign is not that of the change")
    if reason == "basic-up-project-down" and told.agrees is not None:
        if moved is None:
            return "contradicted", message("the two natures did not move so")
        return "restated", message(
            "the two are the total by definition, and what rose works against it"
        )
    if reason == "named-project-cut":
        return "cannot be tested", message("last year's budget of that project is not printed")
    if moved is not None:
        moves = (moved > 0) - (moved < 0)
        if reason == "higher-base":  # a mean, and it is of different people in two years
            return "cannot be tested", _BASE[moves]
        fits = moved != 0 and (moved > 0) == (change > 0)
        return ("compatible" if fits else "contradicted"), _STAFF[moves]
    if way:
        return "cannot be tested", message("only the sign of the change can be seen, and it fits")
    return "cannot be tested", message("it names nothing that a figure could show")


def could_fail(disclosure: Disclosure, judged: Sequence[Audit]) -> dict[str, int]:
    """Return how many reasons some figure could have contradicted, by what could: `staff` (and the
    sign of the change), the two `parts` of a total, the `sign` alone, or `nothing`."""
    directions = {row["code"]: row["direction"] for row in disclosure.reference["reasons"]}
    found = dict.fromkeys(("staff", "parts", "sign", "nothing"), 0)
    for a in judged:
        if a.reason == "more-staff" and a.covers is not None:
            found["staff"] += 1
        elif a.reason == "basic-up-project-down":
            found["parts"] += 1
        else:
            found["sign" if directions.get(a.reason) else "nothing"] += 1
    return found


def together(judged: Sequence[Audit]) -> dict[str, Fraction]:
    """Return functional item → the share of its change that the drivers of its reasons carry
    together, where one of them is compatible.

    A share above one says that something else moved against the change.
    """
    fit = {a.explanation.code for a in judged if a.verdict == "compatible"} - {""}
    found: dict[str, Fraction] = dict.fromkeys(sorted(fit), _NOTHING)
    for a in judged:
        if a.explanation.code in fit and a.covers is not None:
            found[a.explanation.code] += a.covers / Fraction(a.change)
    return found


def coverage(disclosure: Disclosure, judged: Sequence[Audit]) -> dict[str, Fraction]:
    """Return the gross movement by item in yuan, by what is said of it: the parts sum to it.

    `carried`: what the drivers that are named carry together, at most the item's change; `left`:
    the rest of items with such a driver; `untested`: items whose reasons nothing printed tests, or
    whose reasons fail; `silent`: items without a reason.
    """
    found = dict.fromkeys(("carried", "left", "untested", "silent"), _NOTHING)
    given, shares = {a.explanation.code for a in judged}, together(judged)
    for step in by_function(disclosure, 7):
        size = abs(Fraction(step.change))
        if step.code in shares:
            carried = size * min(max(shares[step.code], _NOTHING), Fraction(1))
            found["carried"] += carried
            found["left"] += size - carried
        else:
            found["untested" if step.code in given else "silent"] += size
    return found
