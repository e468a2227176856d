"""The computed words of the prose pages: name → text, for the places `{{ name }}` in them."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from .. import RELEASED, __version__
from ..analysis.reconstruction import unlisted_projects
from ..analysis.variance import Step, by_function, whole
from ..checks import Verdict, run
from ..exact.money import yuan
from ..messages import TYPES, message, said, translated
from ..model.address import TOTAL_ROW, Address
from ..model.disclosure import Disclosure
from ..proof.findings import findings
from ..proof.guards import guards
from ..words.naming import Names
from ..words.phrases import direction
from .told import compared

#: Way of the change → the sentence of the first page.
_PLAN = {
    "more": message(
        "The department plans to spend {total:text} in {year:year}, {part:share} more than the "
        "year before: {basic:text} of basic expenditure (staff and running costs), "
        "{project:text} of project expenditure; most goes to {largest:name}, {most:text}."
    ),
    "less": message(
        "The department plans to spend {total:text} in {year:year}, {part:share} less than the "
        "year before: {basic:text} of basic expenditure (staff and running costs), "
        "{project:text} of project expenditure; most goes to {largest:name}, {most:text}."
    ),
    "same": message(
        "The department plans to spend {total:text} in {year:year}, as much as the year before: "
        "{basic:text} of basic expenditure (staff and running costs), {project:text} of "
        "project expenditure; most goes to {largest:name}, {most:text}."
    ),
    "new": message(
        "The department plans to spend {total:text} in {year:year}: {basic:text} of basic "
        "expenditure (staff and running costs), {project:text} of project expenditure; most "
        "goes to {largest:name}, {most:text}."
    ),
}


def facts(disclosure: Disclosure) -> dict[str, str]:
    """Return every computed word that the prose pages use.

    Amounts are in yuan or, where the name ends in `_wan`, linked in ten thousands of yuan 万元.
    """
    bridge = whole(disclosure)
    results = run(disclosure)
    verdicts = [result.verdict for result in results]
    held = Counter(r.check.kind for r in results if r.verdict in (Verdict.HOLDS, Verdict.ROUNDED))
    on_rates = sum(
        (r.check.family, r.check.kind, r.verdict) == ("contributions", "equality", Verdict.HOLDS)
        for r in results
    )
    failed = Counter(r.check.kind for r in results if r.verdict is Verdict.FAILS)
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
        "compared_zh": compared(bridge),
        "checks": str(len(verdicts)),
        "equalities_hold": str(held["equality"]),
        "equalities_on_rates": str(on_rates),
        "limits_hold": str(held["limit"]),
        "roundings_hold": str(held["rounding"]),
        "forms_hold": str(held["form"]),
        "equalities_fail": str(failed["equality"]),
        "limits_fail": str(failed["limit"]),
        "roundings_fail": str(failed["rounding"]),
        "forms_fail": str(failed["form"]),
        "checks_fail": str(verdicts.count(Verdict.FAILS)),
        "checks_open": str(verdicts.count(Verdict.OPEN)),
        "checks_apart": str(verdicts.count(Verdict.APART)),
        "findings": str(sum(not f.fine for f in findings(disclosure, results))),
        "tables_listed": str(len(states)),
        "tables_absent": str(states.count("absent")),
        "figures": str(len(guarded)),
        "unguarded": str(sum(not figure.grade for figure in guarded)),
        "amounts": str(sum(1 for _ in disclosure.published())),
        "claims": str(len(disclosure.claims)),
        "unlisted": yuan(unlisted_projects(disclosure).total),
    }


def _spent(disclosure: Disclosure, bridge: Step) -> dict[str, str]:
    """Return what is planned, and on what: basic, projects, and the largest function."""
    classes = {step.code: step.now for step in by_function(disclosure, 3)}
    largest = max(classes, key=lambda code: classes[code])
    name = Names(disclosure).named(largest)
    english = translated(name.english)
    cells = {
        "total": (TOTAL_ROW, "total"),
        "basic": (TOTAL_ROW, "basic"),
        "project": (TOTAL_ROW, "project"),
        "most": (largest, "total"),
    }
    places = {
        what: Address("spending-by-function", (row,), column)
        for what, (row, column) in cells.items()
    }
    amounts = {what: _in_wan(disclosure, place, "wan") for what, place in places.items()}
    plan = said(
        _PLAN[direction(bridge.change, "more", "less", "same") if bridge.prior else "new"],
        year=disclosure.year,
        part=(abs(bridge.change), bridge.prior),
        largest=f"{english[0].lower()}{english[1:]}",
        **amounts,
    )
    chinese = {
        f"{what}_wan": _in_wan(disclosure, place, "wan_zh") for what, place in places.items()
    }
    return {**chinese, "largest_zh": name.chinese, "plan": plan}


def _in_wan(disclosure: Disclosure, place: Address, kind: str) -> str:
    """Return a role that tells an amount in 万元; of a cell that is printed blank, nothing."""
    found = disclosure.at(place)
    if found and found[0][found[1]] is not None:
        return f"{{{kind.replace('_', '-')}}}`{place}`"
    return TYPES[kind](Fraction(0))
