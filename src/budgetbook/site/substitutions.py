"""The computed words of the prose pages: name → text, for the places `{{ name }}` in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from .. import RELEASED, __version__
from ..analysis.reconstruction import unlisted_projects
from ..analysis.variance import Step, by_function, whole
from ..checks import Result, Verdict, run
from ..exact.money import yuan
from ..forms.wording import inside
from ..messages import TYPES, message, pair
from ..model.address import TOTAL_ROW, Address
from ..model.classification import names
from ..model.disclosure import Disclosure
from ..proof.findings import findings
from ..proof.guards import guards
from .told import way

#: Way of the change → what is planned, in English and Chinese.
_PLAN = {
    "more": (
        message(
            "The department plans to spend {total:text} in {year:year}, {part:share} more than "
            "the year before."
        ),
        message("{office:text}{year:year}年预算{total_zh:text}，比上年多{part:share}。"),
    ),
    "less": (
        message(
            "The department plans to spend {total:text} in {year:year}, {part:share} less than "
            "the year before."
        ),
        message("{office:text}{year:year}年预算{total_zh:text}，比上年少{part:share}。"),
    ),
    "same": (
        message(
            "The department plans to spend {total:text} in {year:year}, as much as the year before."
        ),
        message("{office:text}{year:year}年预算{total_zh:text}，与上年持平。"),
    ),
    "new": (
        message("The department plans to spend {total:text} in {year:year}."),
        message("{office:text}{year:year}年预算{total_zh:text}。"),
    ),
}


def facts(disclosure: Disclosure) -> dict[str, str]:
    """Return every computed word that the prose pages use.

    Amounts are in yuan; those of a sentence are linked, in ten thousands of yuan 万元.
    """
    bridge, results = whole(disclosure), run(disclosure)
    guarded = guards(disclosure)
    states = [entry["state"] for entry in disclosure.listing if entry["occurrence"] == 1]
    return {
        "version": __version__,
        "released": RELEASED,
        "sha256": f"`sha256:{disclosure.document['sha256']}`",
        "lines": str(disclosure.document["lines"]),
        "office": disclosure.document["office"],
        "year": str(disclosure.year),
        "prior_year": str(disclosure.year - 1),
        **_spent(disclosure, bridge),
        "total": yuan(bridge.now),
        **_verdicts(results),
        "findings": str(sum(not f.fine for f in findings(disclosure, results))),
        "tables_listed": str(len(states)),
        "tables_absent": str(states.count("absent")),
        "figures": str(len(guarded)),
        "unguarded": str(sum(not figure.grade for figure in guarded)),
        "amounts": str(sum(1 for _ in disclosure.published())),
        "claims": str(len(disclosure.claims)),
        "unlisted": yuan(unlisted_projects(disclosure).total),
    }


def _verdicts(results: Sequence[Result]) -> dict[str, str]:
    """Return the computed words that count checks, by kind and verdict."""
    verdicts = [result.verdict for result in results]
    held = Counter(r.check.kind for r in results if r.verdict in (Verdict.HOLDS, Verdict.ROUNDED))
    failed = Counter(r.check.kind for r in results if r.verdict is Verdict.FAILS)
    on_rates = sum(
        (r.check.family, r.check.kind, r.verdict) == ("contributions", "equality", Verdict.HOLDS)
        for r in results
    )
    kinds = {"equality": "equalities", "limit": "limits", "rounding": "roundings", "form": "forms"}
    return {
        "checks": str(len(verdicts)),
        "equalities_on_rates": str(on_rates),
        **{f"{several}_hold": str(held[kind]) for kind, several in kinds.items()},
        **{f"{several}_fail": str(failed[kind]) for kind, several in kinds.items()},
        "checks_fail": str(verdicts.count(Verdict.FAILS)),
        "checks_open": str(verdicts.count(Verdict.OPEN)),
        "checks_apart": str(verdicts.count(Verdict.APART)),
    }


def _spent(disclosure: Disclosure, bridge: Step) -> dict[str, str]:
    """Return what is planned, and on what: basic, projects, and the largest function."""
    classes = {step.code: step.now for step in by_function(disclosure, 3)}
    largest = max(classes, key=lambda code: classes[code])
    english, chinese = names(disclosure)[largest]
    values: dict[str, Any] = {"largest": inside(english), "largest_zh": chinese}
    for what, row, column in (
        ("total", TOTAL_ROW, "total"),
        ("basic", TOTAL_ROW, "basic"),
        ("project", TOTAL_ROW, "project"),
        ("most", largest, "total"),
    ):
        place = Address("spending-by-function", (row,), column)
        values[what] = _in_wan(disclosure, place, "wan")
        values[f"{what}_zh"] = _in_wan(disclosure, place, "wan_zh")
    values |= {"office": disclosure.document["office"], "year": disclosure.year}
    plan = pair(*_PLAN[way(bridge)], part=(abs(bridge.change), bridge.prior), **values)
    spent = pair(
        "Of it, {basic:text} is basic expenditure (staff and running costs), {project:text} "
        "project expenditure; most goes to {largest:text}, {most:text}.",
        "其中，基本支出{basic_zh:text}，项目支出{project_zh:text}；"
        "最多的是{largest_zh:text}，{most_zh:text}。",
        **values,
    )
    return {"plan": plan[0], "plan_zh": plan[1], "spent": spent[0], "spent_zh": spent[1]}


def _in_wan(disclosure: Disclosure, place: Address, kind: str) -> str:
    """Return a role that tells an amount in 万元; of a cell that is printed blank, nothing."""
    found = disclosure.at(place)
    if found and found[0][found[1]] is not None:
        return f"{{{kind.replace('_', '-')}}}`{place}`"
    return TYPES[kind](Fraction(0))
