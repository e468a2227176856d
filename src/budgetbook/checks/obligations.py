"""What a form obliges to: each rule of it, and each figure that a text states, gives a check.

A word that changes in the text may leave a rule with nothing to test. It is not gone then: the
catalogue holds a check of it that cannot be tested, or does not apply, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..messages import message, said
from ..model.disclosure import Disclosure
from ..model.expressions import Claim
from .check import Check, Result, Verdict, check
from .places import lacking
from .text import claim_names

#: Kinds of figures of the text that something else in the document should confirm.
_STATED = {
    "amount": (message("amount"), "数额"),
    "change": (message("change"), "增减额"),
    "growth": (message("growth rate"), "增长率"),
    "share": (message("share"), "占比"),
}


class Obligation(NamedTuple):
    """A rule of the form, or a figure of the text: the checks of it, and why none could be made.

    `why` is empty unless every check of it lacks a figure or does not apply.
    """

    rule: str
    checks: tuple[str, ...]
    why: str


def obligations(results: Sequence[Result]) -> list[Obligation]:
    """Return what the form asks for, in the order of the catalogue, from the verdicts on it."""
    asked: dict[str, list[Result]] = {}
    for result in results:
        if result.check.rule:
            asked.setdefault(result.check.rule, []).append(result)
    found = []
    for rule, mine in asked.items():
        judged = [r for r in mine if r.verdict not in (Verdict.OPEN, Verdict.APART)]
        why = "" if judged else mine[0].needs
        found.append(Obligation(rule, tuple(r.check.id for r in mine), why))
    return found


def unheld(disclosure: Disclosure, checks: Iterable[Check]) -> Iterator[Check]:
    """Yield a check for every stated figure that no other check holds against anything."""
    read = {
        leaf.id
        for check in checks
        for side in (check.left, check.right)
        for leaf in side.leaves()
        if isinstance(leaf, Claim)
    }
    for claim in disclosure.claims:
        if claim["kind"] not in _STATED or claim["value"] is None or claim["id"] in read:
            continue
        (english, chinese), name = _STATED[claim["kind"]], claim_names(disclosure, claim)
        kind = said(english), chinese
        yield check(
            "held",
            Claim(claim["id"]),
            lacking("held", kind=kind, name=name),
            rule=f"stated.{claim['id']}",
            claim=claim["id"],
            kind=kind,
            name=name,
        )
