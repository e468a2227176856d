"""Ways to point at the cells of a disclosure's tables."""

from __future__ import annotations

from collections.abc import Iterable

from ..forms import plain
from ..messages import said
from ..package.store import Row
from .disclosure import Disclosure
from .expressions import Cell, Expression, Inapplicable, Sum, Unprinted, total


def label(row: Row) -> str:
    """Return what names a row for people: its code or its name."""
    return row.get("code") or row.get("name") or ""


def cell(
    disclosure: Disclosure, row: Row, column: str, *, blank_is_zero: bool = True
) -> Cell | Inapplicable:
    """Return the cell of a row; by layout, a blank amount means that nothing is budgeted.

    What rests on a column that the form does not have does not apply.
    """
    if column not in row:
        return no_column(disclosure, disclosure.address(row).table, column)
    return Cell(disclosure.address(row, column), blank_is_zero)


def no_column(disclosure: Disclosure, table: str, column: str) -> Inapplicable:
    """Return what stands for a column that a table of the form does not have."""
    words = disclosure.form.tables[table].words[0]
    why = said("{table:text} has no column {column:text}", table=words, column=column)
    return Inapplicable(why)


def find(disclosure: Disclosure, table: str, key: str, column: str) -> Cell | Inapplicable | None:
    """Return the cell of the row with that code or name, None if there is no such row."""
    for row in disclosure.tables.get(table, ()):
        if row.get("code") == key or (not row.get("code") and plain(row.get("name") or "") == key):
            return cell(disclosure, row, column)
    return None


def accounts(disclosure: Disclosure, table: str, codes: Iterable[str], column: str) -> Expression:
    """Return the sum of accounts of a table; one that has no row there has no money.

    Where the table is not printed, the sum is unknown.
    """
    found = (find(disclosure, table, code, column) for code in codes)
    return when_printed(disclosure, table, total([part for part in found if part]))


def whole_column(disclosure: Disclosure, table: str, column: str) -> Expression:
    """Return the sum of a column over all rows of a table, unknown where it is not printed."""
    rows = disclosure.tables.get(table, ())
    return when_printed(disclosure, table, total([cell(disclosure, row, column) for row in rows]))


def account(disclosure: Disclosure, table: str, code: str, column: str) -> Expression:
    """Return an account of a table: its cell, nothing if it has no row, unknown without table."""
    found = find(disclosure, table, code, column)
    return found or when_printed(disclosure, table, Sum(()))


def when_printed(disclosure: Disclosure, table: str, read: Expression) -> Expression:
    """Return what is read from a table, unknown where the table is not printed."""
    return read if table in disclosure.tables else Unprinted(table)
