"""Writes lists for spreadsheets: CSV with the mark of UTF-8, in which no cell begins a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

#: What a spreadsheet would calculate.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def safe(value: object) -> str:
    """Return a cell that no spreadsheet calculates: a text that could begin a formula gets a mark.

    A number of ours is none, -2 neither.
    """
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\0", "")
    return f"'{text}" if text.lstrip().startswith(_STARTS) or text[:1] in _STARTS else text


def write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows under their columns, whole or not at all."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(row.get(column, "")) for column in columns] for row in rows)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(stream.getvalue().encode("utf-8-sig"))
    beside.replace(path)
