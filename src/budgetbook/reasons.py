"""The official reasons, held against the arithmetic: what they claim, and what they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .checks import Result, Verdict
from .disclosure import Disclosure
from .variance import Explanation, by_function, by_nature, explanations

#: The verdicts on a reason, from the strongest to the weakest support.
VERDICTS = ("supported", "compatible", "not testable", "contradicted", "another change")

_TESTS = {"more-staff": "staff", "higher-base": "base"}
_NOTHING = Fraction(0)


class Audit(NamedTuple):
    """One reason that the text gives for one change, and what the arithmetic says of it.

    `verdict` is one of VERDICTS: `supported` by arithmetic alone; `compatible` with what the
    figures imply; `not testable` by anything printed; `contradicted`; or `another change`, where
    the tables give a change other than the one that is explained. `why` says what decided.
    `change` is the tables' change in yuan, the text's where they print none; `covers` is the
    part of it that the named driver carries, None where that is not known.
    """

    explanation: Explanation
    reason: str
    verdict: str
    why: str
    change: Decimal
    covers: Fraction | None


def audit(
    disclosure: Disclosure,
    results: Sequence[Result],
    covered: Mapping[tuple[str, str], Fraction],
) -> list[Audit]:
    """Return every reason given for a functional item, a nature or a total, judged.

    `covered` is what `drivers.covered` returns.
    """
    verdicts = {result.check.id: result.verdict for result in results}
    found = []
    for told in explanations(disclosure):
        change = told.stated if told.computed is None else told.computed
        for reason in told.reasons:
            part = covered.get((told.code or told.subject, reason))
            if reason == "basic-up-project-down":
                part = _natures(disclosure, told, change)
            check = verdicts.get(f"explanation.{_TESTS.get(reason, '')}.{told.claim}")
            judged = _judge(disclosure, told, reason, change, part, check)
            found.append(Audit(told, reason, *judged, change, part))
    return found


def _natures(disclosure: Disclosure, told: Explanation, change: Decimal) -> Fraction | None:
    """Return the whole change if basic rose, project fell and both sum to it; None otherwise."""
    basic, project = (step.change for step in by_nature(disclosure))
    proved = basic > 0 > project and basic + project == change and told.agrees
    return Fraction(change) if proved else None


def _judge(
    disclosure: Disclosure,
    told: Explanation,
    reason: str,
    change: Decimal,
    part: Fraction | None,
    check: Verdict | None,
) -> tuple[str, str]:
    if told.agrees is False:
        return "another change", "the tables give another change than the one explained"
    way = {row["code"]: row["direction"] for row in disclosure.reference["reasons"]}.get(reason)
    if way and way != ("increase" if change > 0 else "decrease"):
        return "contradicted", "its sign is that of the opposite change"
    if reason == "basic-up-project-down":
        if part is None:
            return "contradicted", "the two natures did not move so"
        return "supported", "both natures moved so, and they sum to the change"
    if reason in _TESTS and (part is not None or check in (Verdict.HOLDS, Verdict.FAILS)):
        rose = part > 0 if part is not None else check is Verdict.HOLDS
        moved = "did not move" if part == 0 else "rose" if rose else "fell"
        what = f"the {_TESTS[reason]} that the figures imply {moved}"
        fits = part != 0 and rose == (change > 0)
        return ("compatible" if fits else "contradicted"), what
    return "not testable", "only its sign can be seen, and it fits"


def coverage(disclosure: Disclosure, judged: Sequence[Audit]) -> dict[str, Fraction]:
    """Return the gross movement by item in yuan, by what is said of it: the parts sum to it.

    `carried`: what compatible or supported drivers carry, at most the item's change; `left`: the
    rest of items with such a driver; `untested`: items whose reasons nothing printed tests, or
    whose reasons fail; `silent`: items without a reason.
    """
    found = dict.fromkeys(("carried", "left", "untested", "silent"), _NOTHING)
    for step in by_function(disclosure, 7):
        size = abs(Fraction(step.change))
        mine = [a for a in judged if a.explanation.code == step.code]
        fits = [abs(a.covers) for a in mine if a.covers is not None and a.verdict == "compatible"]
        if fits:
            carried = min(size, sum(fits, _NOTHING))
            found["carried"] += carried
            found["left"] += size - carried
        else:
            found["untested" if mine else "silent"] += size
    return found
