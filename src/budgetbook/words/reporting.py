"""The verdicts in print: a table for people, JSON and CSV for machines."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from ..checks import Result, Verdict
from ..model.expressions import Value

#: The columns of the machine formats, in order.
COLUMNS = (
    *("id", "family", "statement", "verdict", "left", "relation", "right"),
    *("difference", "cells"),
)
_COLOURS = {Verdict.FAILS: "31", Verdict.OPEN: "33", Verdict.HOLDS: "32", Verdict.ROUNDED: "32"}
_PLACES = 4


def exact(value: Value | None) -> str | None:
    """Return a value as a decimal string, as `p/q` where it has no end, None for none."""
    if value is None or isinstance(value, str):
        return value
    left, digits = value.denominator, 0
    while left % 2 == 0 or left % 5 == 0:
        left, digits = Fraction(left, 10).numerator, digits + 1
    if left != 1:
        return f"{value.numerator}/{value.denominator}"
    scaled = abs(value) * 10**digits
    text = str(scaled.numerator).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def records(results: Iterable[Result]) -> list[dict[str, object]]:
    """Return one object a check, with the keys of COLUMNS; amounts in yuan as exact strings."""
    return [
        {
            "id": result.check.id,
            "family": result.check.family,
            "statement": result.check.statement_en,
            "verdict": str(result.verdict),
            "left": exact(result.left),
            "relation": result.check.relation,
            "right": exact(result.right),
            "difference": exact(result.difference),
            "cells": result.cells,
        }
        for result in results
    ]


def as_json(results: Sequence[Result]) -> str:
    """Return the verdicts as a JSON list, in the order of the catalogue."""
    return json.dumps(records(results), ensure_ascii=False, indent=2) + "\n"


def as_csv(results: Sequence[Result]) -> str:
    """Return the verdicts as CSV with a heading; the places of a check are joined by `|`."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in records(results):
        cells = record["cells"]
        assert isinstance(cells, list)
        writer.writerow({**record, "cells": "|".join(cells)})
    return stream.getvalue()


def as_table(results: Sequence[Result], *, colour: bool = False) -> str:
    """Return a line a family, then what fails with both sides, what is open, and the totals."""
    families: dict[str, Counter[Verdict]] = {}
    for result in results:
        families.setdefault(result.check.family, Counter())[result.verdict] += 1

    def painted(verdict: Verdict, text: str) -> str:
        return f"\x1b[{_COLOURS[verdict]}m{text}\x1b[0m" if colour and text.strip() != "0" else text

    lines = [f"{'':26}{'holds':>8}{'rounded':>9}{'fails':>8}{'open':>7}"]
    for family, tally in families.items():
        counts = [
            painted(verdict, f"{tally[verdict]:>{width}}")
            for verdict, width in zip(Verdict, (8, 9, 8, 7), strict=True)
        ]
        lines.append(_pad(family, 26) + "".join(counts))
    lines += _details(results, painted)
    count = Counter(result.verdict for result in results)
    lines += ["", ", ".join(f"{count[verdict]} {verdict}" for verdict in Verdict)]
    return "\n".join(lines) + "\n"


def _details(results: Sequence[Result], painted: Callable[[Verdict, str], str]) -> list[str]:
    lines: list[str] = []
    for result in results:
        heading = f"{painted(result.verdict, str(result.verdict))}: {result.check.statement_en}"
        if result.verdict is Verdict.FAILS:
            more = len(result.cells) - _PLACES
            places = [*result.cells[:_PLACES], *([f"and {more} more"] if more > 0 else [])]
            left, right = result.sides
            sides = f"    {left}, {result.relation} {right}"
            lines += ["", heading, sides, *(f"    at {place}" for place in places)]
        elif result.verdict is Verdict.OPEN:
            lines += ["", heading, f"    needs {result.needs}"]
    return lines


def _pad(text: str, width: int) -> str:
    """Fill a text up to a width in columns of a terminal; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * (width - taken)
