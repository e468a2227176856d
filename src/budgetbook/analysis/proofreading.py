"""Where a proof-reader would stop, by kind: what the import noted, with its table or section."""

from __future__ import annotations

from typing import NamedTuple

from ..model.disclosure import Disclosure
from ..package.store import Row


class Mark(NamedTuple):
    """A row of proof-marks.csv, its kind (a row of proofreading.csv), its section or table."""

    row: Row
    kind: Row
    place: str


def marks(disclosure: Disclosure) -> list[Mark]:
    """Return the marks of a disclosure in the order of their kinds.

    `place` is a role of a table, `sections/<role>`, or empty for what stands in neither.
    """
    kinds = {row["code"]: row for row in disclosure.reference["proofreading"]}
    begins = {0: ""} | {s["line"]: f"sections/{s['section']}" for s in disclosure.rows("sections")}
    begins |= {entry["listed_line"]: "" for entry in disclosure.listing}
    begins |= {entry["line"]: entry["table"] for entry in disclosure.listing if entry["line"]}
    rows = sorted(disclosure.rows("proof-marks"), key=lambda row: [*kinds].index(row["kind"]))
    place = {row["line"]: max(at for at in begins if at <= row["line"]) for row in rows}
    return [Mark(row, kinds[row["kind"]], begins[place[row["line"]]]) for row in rows]
