"""The verdicts in print: a table for people, JSON and CSV for machines."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, Inexact, localcontext

from ..checks import Result, Verdict, obligations
from ..checks.obligations import Obligation
from ..messages import said
from ..model.expressions import Value

#: The columns of the machine formats, in order.
COLUMNS = (
    *("id", "family", "kind", "rule", "statement", "verdict", "left", "relation", "right"),
    *("difference", "needs", "offenders", "cells"),
)
#: The columns that hold several addresses.
_SEVERAL = ("offenders", "cells")
#: Verdict → its heading over a column, the width of that column, its colour.
_SHOWN = {
    Verdict.HOLDS: ("holds", 8, "32"),
    Verdict.ROUNDED: ("rounded", 9, "32"),
    Verdict.FAILS: ("fails", 8, "31"),
    Verdict.OPEN: ("open", 7, "33"),
    Verdict.APART: ("apart", 7, "36"),
}
_KINDS = {
    "equality": "equalities",
    "limit": "limits",
    "rounding": "roundings",
    "form": "statements of form, wording, counts and signs",
}
_PLACES = 4
#: More digits than any amount or rate has.
_DIGITS = 100


def exact(value: Value | None) -> str | None:
    """Return a value as a decimal string, as `p/q` where it has no end, None for none."""
    if value is None or isinstance(value, str):
        return value
    with localcontext(prec=_DIGITS) as context:
        context.clear_flags()  # of what the caller divided before
        text = f"{Decimal(value.numerator) / value.denominator:f}"
    return f"{value.numerator}/{value.denominator}" if context.flags[Inexact] else text


def records(results: Iterable[Result]) -> list[dict[str, object]]:
    """Return one object a check, with the keys of COLUMNS; amounts in yuan as exact strings."""
    return [
        {
            "id": result.check.id,
            "family": result.check.family,
            "kind": result.check.kind,
            "rule": result.check.rule,
            "statement": result.check.statement_en,
            "verdict": str(result.verdict),
            "left": exact(result.left),
            "relation": result.check.relation,
            "right": exact(result.right),
            "difference": exact(result.difference),
            "needs": result.needs,
            "offenders": list(result.offenders),
            "cells": result.cells,
        }
        for result in results
    ]


def as_json(results: Sequence[Result]) -> str:
    """Return the verdicts as a JSON list, in the order of the catalogue."""
    return json.dumps(records(results), ensure_ascii=False, indent=2) + "\n"


def as_csv(results: Sequence[Result]) -> str:
    """Return the verdicts as CSV with a heading; several places of a check are joined by `|`."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in records(results):
        joined = {name: "|".join(record[name]) for name in _SEVERAL}  # type: ignore[arg-type]
        writer.writerow({**record, **joined})
    return stream.getvalue()


def as_table(results: Sequence[Result], *, colour: bool = False) -> str:
    """Return a line a family, then what fails with both sides, what is open, and the totals."""
    families: dict[str, Counter[Verdict]] = {}
    for result in results:
        families.setdefault(result.check.family, Counter())[result.verdict] += 1

    def painted(verdict: Verdict, text: str) -> str:
        shown = colour and text.strip() != "0"
        return f"\x1b[{_SHOWN[verdict][2]}m{text}\x1b[0m" if shown else text

    lines = [f"{'':26}" + "".join(f"{name:>{width}}" for name, width, _ in _SHOWN.values())]
    for family, tally in families.items():
        counts = [painted(v, f"{tally[v]:>{width}}") for v, (_, width, _) in _SHOWN.items()]
        lines.append(_pad(family, 26) + "".join(counts))
    lines += _details(results, painted)
    return "\n".join([*lines, "", *_totals(results)]) + "\n"


def _totals(results: Sequence[Result]) -> list[str]:
    """Return the numbers of verdicts, of what holds by kind, and of rules with nothing to test."""
    count = Counter(result.verdict for result in results)
    held = Counter(r.check.kind for r in results if r.verdict in (Verdict.HOLDS, Verdict.ROUNDED))
    lines = [", ".join(f"{count[verdict]} {verdict}" for verdict in Verdict)]
    kinds = [f"{held[kind]} {words}" for kind, words in _KINDS.items()]
    lines.append(f"of these hold: {', '.join(kinds)}")
    head, bare = owed(results)
    return lines + [head] * bool(head) + [f"    {each.rule}: {each.why}" for each in bare]


def owed(results: Sequence[Result]) -> tuple[str, list[Obligation]]:
    """Return how much the form obliges to, and each obligation that got no check.

    Nothing where it obliges to nothing.
    """
    found = obligations(results)
    bare = [each for each in found if each.why]
    head = said(
        "{rules:count} rules and statements of the form, {bare:count} with nothing to test:",
        rules=len(found),
        bare=len(bare),
    )
    return head if found else "", bare


def _details(results: Sequence[Result], painted: Callable[[Verdict, str], str]) -> list[str]:
    lines: list[str] = []
    for result in results:
        heading = f"{painted(result.verdict, str(result.verdict))}: {result.check.statement_en}"
        if result.verdict is Verdict.FAILS:
            shown = result.offenders or result.cells
            more = len(shown) - _PLACES
            places = [f"at {place}" for place in shown[:_PLACES]]
            places += [f"and {more} more"] if more > 0 else []
            left, right = result.sides
            sides = f"    {left}, {result.relation} {right}"
            lines += ["", heading, sides, *(f"    {place}" for place in places)]
        elif result.verdict is Verdict.OPEN:
            lines += ["", heading, f"    needs {result.needs}"]
        elif result.verdict is Verdict.APART:
            lines += ["", heading, f"    {result.needs}"]
    return lines


def _pad(text: str, width: int) -> str:
    """Fill a text up to a width in columns of a terminal; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * (width - taken)
