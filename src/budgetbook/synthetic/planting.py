"""Plants one error in a disclosure and says where it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from ..model.address import Address, parse
from ..model.disclosure import Disclosure

Row = dict[str, Any]


class Planted(NamedTuple):
    """A disclosure with one error, and the address of the row that has it."""

    disclosure: Disclosure
    kind: str
    address: Address


def plant(disclosure: Disclosure, kind: str, seed: int) -> Planted:
    """Return the disclosure with one error of a kind of PLANTS, placed by the seed.

    Where amounts are printed in 万元 it is larger than their rounding. Raises LookupError for a
    disclosure that has no place for such an error.
    """
    return PLANTS[kind](disclosure, random.Random(seed))


def _cent(disclosure: Disclosure, dice: random.Random) -> Planted:
    table, row, column = dice.choice(_amounts(disclosure))
    more = row[column] + _seen(disclosure, table)
    return _cell(disclosure, "a cent", table, row, column, more)


def _seen(disclosure: Disclosure, table: str) -> Decimal:
    """Return the least error that is planted in a table, in yuan: a cent, or above any rounding."""
    return Decimal(int(200 * disclosure.half_unit(table))) or Decimal("0.01")


def _digits(disclosure: Disclosure, dice: random.Random) -> Planted:
    """Swap two neighbouring digits that differ."""
    while True:
        table, row, column = dice.choice(_amounts(disclosure))
        text = str(row[column])
        at = dice.randrange(max(len(text) - 1, 1))
        pair = text[at : at + 2]
        if pair.isdigit() and pair[0] != pair[-1]:
            value = Decimal(text[:at] + pair[::-1] + text[at + 2 :])
            if abs(value - row[column]) >= _seen(disclosure, table):
                return _cell(disclosure, "two digits swapped", table, row, column, value)


def _claimed(kinds: Sequence[str], name: str) -> Callable[[Disclosure, random.Random], Planted]:
    def planted(disclosure: Disclosure, dice: random.Random) -> Planted:
        mine = [c for c in disclosure.claims if c["kind"] in kinds and c["value"]]
        claim = dice.choice(mine)
        wrong = {**claim, "value": claim["value"] + 1}
        claims = tuple(wrong if c is claim else c for c in disclosure.claims)
        return Planted(replace(disclosure, claims=claims), name, parse(claim["id"]))

    return planted


def _row(disclosure: Disclosure, dice: random.Random) -> Planted:
    """Drop one account of table 3, 6 or 7 that stands at the end of its branch."""
    tables = ("spending-summary", "basic-by-economic", "basic-by-government")
    table = dice.choice([table for table in tables if table in disclosure.tables])
    rows = disclosure.tables[table]
    ends = [r for r in rows if r["code"] and not _below(r["code"], rows)]
    gone = dice.choice(ends)
    left = {**disclosure.tables, table: tuple(r for r in rows if r is not gone)}
    return Planted(replace(disclosure, tables=left), "a row left out", disclosure.address(gone))


def _form(disclosure: Disclosure, dice: random.Random) -> Planted:
    """Drop the form of one project."""
    project = dice.choice(disclosure.projects)
    rows = tuple(r for r in disclosure.tables["project-targets"] if r["form"] != project.form)
    listing = tuple(
        entry
        for entry in disclosure.listing
        if (entry["table"], entry["occurrence"]) != ("project-targets", project.form)
    )
    left = replace(
        disclosure, tables={**disclosure.tables, "project-targets": rows}, listing=listing
    )
    return Planted(left, "a form left out", project.address)


def _below(code: str, rows: Sequence[Row]) -> bool:
    return any((r["code"] or "") != code and (r["code"] or "").startswith(code) for r in rows)


def _amounts(disclosure: Disclosure) -> list[tuple[str, Row, str]]:
    return [
        (table, row, column)
        for table, rows in disclosure.tables.items()
        for row in rows
        for column, value in row.items()
        if isinstance(value, Decimal) and value and column not in ("growth", "weight")
    ]


def _cell(
    disclosure: Disclosure, kind: str, table: str, row: Row, column: str, value: Decimal
) -> Planted:
    rows = tuple({**r, column: value} if r is row else r for r in disclosure.tables[table])
    changed = replace(disclosure, tables={**disclosure.tables, table: rows})
    return Planted(changed, kind, disclosure.address(row))


#: Kind of error → what plants it.
PLANTS: dict[str, Callable[[Disclosure, random.Random], Planted]] = {
    "a cent": _cent,
    "two digits swapped": _digits,
    "an amount in the text": _claimed(("amount", "change"), "an amount in the text"),
    "a share or a growth rate": _claimed(("share", "growth"), "a share or a growth rate"),
    "a number in the text": _claimed(("count",), "a number in the text"),
    "a row left out": _row,
    "a form left out": _form,
}
