"""Ways to point at the cells of a disclosure's tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..forms.layout import BY_TABLE, plain
from .disclosure import Disclosure
from .expressions import Cell

Row = Mapping[str, Any]


def label(row: Row) -> str:
    """Return what names a row for people: its code, or its name, or its line."""
    return row.get("code") or row.get("name") or f"line={row['line']}"


def cell(table: str, row: Row, column: str, *, blank_is_zero: bool = True) -> Cell:
    """Return the cell of a row; by layout, a blank amount means that nothing is budgeted."""
    return Cell(table, row["line"], column, label(row), blank_is_zero)


def find(disclosure: Disclosure, table: str, key: str, column: str) -> Cell | None:
    """Return the cell of the row with that code or name, None if there is no such row."""
    for row in disclosure.tables.get(table, ()):
        if row.get("code") == key or (not row.get("code") and plain(row.get("name") or "") == key):
            return cell(table, row, column)
    return None


def amount_columns(table: str) -> list[str]:
    """Return the amount columns of a grid."""
    return [column.name for column in BY_TABLE[table].columns if column.kind == "amount"]
