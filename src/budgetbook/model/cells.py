"""Ways to point at the cells of a disclosure's tables."""

from __future__ import annotations

from ..forms import plain
from ..package.store import Row
from .disclosure import Disclosure
from .expressions import Cell


def label(row: Row) -> str:
    """Return what names a row for people: its code or its name."""
    return row.get("code") or row.get("name") or ""


def cell(disclosure: Disclosure, row: Row, column: str, *, blank_is_zero: bool = True) -> Cell:
    """Return the cell of a row; by layout, a blank amount means that nothing is budgeted."""
    return Cell(disclosure.address(row, column), blank_is_zero)


def find(disclosure: Disclosure, table: str, key: str, column: str) -> Cell | None:
    """Return the cell of the row with that code or name, None if there is no such row."""
    for row in disclosure.tables.get(table, ()):
        if row.get("code") == key or (not row.get("code") and plain(row.get("name") or "") == key):
            return cell(disclosure, row, column)
    return None
