"""The computed words of the prose pages: name → text, for the places `{{ name }}` in them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from . import RELEASED, __version__
from .checks import Verdict, run
from .checks.evidence import kind
from .disclosure import Disclosure
from .findings import findings
from .money import percent, wan, yuan
from .reconstruction import unlisted_projects
from .variance import whole


def direction(change: object, up: str = "more", down: str = "less", same: str = "the same") -> str:
    """Return the word for a signed change, so that prose follows the figures."""
    return up if change > 0 else down if change < 0 else same  # type: ignore[operator]


def compared(change: Decimal) -> str:
    """Return `1.00 yuan more than`, `1.00 yuan less than` or `the same as`."""
    return f"{yuan(abs(change))} yuan {direction(change)} than" if change else "the same as"


def carried(part: Fraction, change: Decimal) -> str:
    """Return how much of a change a part carries: its share, or yuan where a share misleads.

    A share below zero or above 100 % reads as nonsense: the part then moves against the change
    or beyond it.
    """
    if change and 0 <= part / Fraction(change) <= 1:
        return f"{percent(part, change)} of the change"
    if not change:
        return f"{yuan(part)} yuan, though in all nothing changes"
    way = "more than the whole" if part * Fraction(change) > 0 else "against the"
    return f"{yuan(part)} yuan, {way} change of {yuan(change)} yuan"


def facts(disclosure: Disclosure) -> dict[str, str]:
    """Return every computed word that the prose pages use.

    Amounts are in yuan or, where the name ends in `_wan`, in ten thousands of yuan.
    """
    bridge = whole(disclosure)
    results = run(disclosure)
    verdicts = [result.verdict for result in results]
    held = Counter(kind(r.check) for r in results if r.verdict in (Verdict.HOLDS, Verdict.ROUNDED))
    states = [entry["state"] for entry in disclosure.listing if entry["occurrence"] == 1]
    return {
        "version": __version__,
        "released": RELEASED,
        "sha256": disclosure.document["sha256"],
        "lines": str(disclosure.document["lines"]),
        "office": disclosure.document["office"],
        "year": str(disclosure.year),
        "prior_year": str(disclosure.year - 1),
        "total": yuan(bridge.now),
        "total_wan": wan(bridge.now),
        "change_wan": wan(abs(bridge.change)),
        "change_direction": direction(bridge.change),
        "change_percent": percent(abs(bridge.change), bridge.prior) if bridge.prior else "",
        "checks": str(len(results)),
        "equalities_hold": str(held["equality"]),
        "limits_hold": str(held["limit"]),
        "roundings_hold": str(held["rounding"]),
        "forms_hold": str(held["form"]),
        "checks_fail": str(verdicts.count(Verdict.FAILS)),
        "checks_open": str(verdicts.count(Verdict.OPEN)),
        "findings": str(sum(not f.fine for f in findings(disclosure, results))),
        "tables_listed": str(len(states)),
        "tables_absent": str(states.count("absent")),
        "amounts": str(sum(1 for _ in disclosure.published())),
        "claims": str(len(disclosure.claims)),
        "unlisted": yuan(unlisted_projects(disclosure).total),
    }
