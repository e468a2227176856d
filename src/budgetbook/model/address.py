"""What a thing is called wherever it is spoken of: by what it is, never by where it was printed.

An address reads `table/row.column`, such as `spending-by-function/2080505.prior_total`: the
table's role, what names the row, the column's role. A row may take several parts: an indicator is
`project-targets/<project>/<indicator>`, a claim of the text
`claims/<section>/<subject>/<kind>/<year>`. The year is relative (`this`, `prior`); what is printed
more than once counts among its equals (`~2`). The line of the text is a property, no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..errors import InputError
from ..forms import plain

#: The resource of the figures that the text states.
CLAIMS = "claims"
#: What a link to an address begins with, before the site puts a page in its place.
SCHEME = "address:"
#: What names the row of a table's total.
TOTAL_ROW = "total"

_ADDRESS = re.compile(r"(?P<table>[a-z-]+)(?P<row>(?:/[^/]+?)+?)(?:\.(?P<column>[a-z][a-z0-9_]*))?")


class Address(NamedTuple):
    """One address: a figure's, or with an empty column a row's."""

    table: str
    row: tuple[str, ...]
    column: str = ""

    def __str__(self) -> str:
        """Return it as it is printed and parsed."""
        return "/".join((self.table, *self.row)) + (f".{self.column}" if self.column else "")

    @property
    def of_row(self) -> Address:
        """The address of the whole row."""
        return Address(self.table, self.row)

    @property
    def name(self) -> str:
        """What names the row, without the parts before it: a code, an account, an indicator."""
        return self.row[-1]

    @property
    def anchor(self) -> str:
        """The anchor on the page of its table: of a figure's passport, or of the row."""
        place = "/".join(self.row)
        return f"figure/{place}.{self.column}" if self.column else f"row/{place}"

    @property
    def fragment(self) -> str:
        """The anchor as a link writes it."""
        return self.anchor.replace("%", "%25")


@lru_cache(maxsize=8192)
def parse(text: str) -> Address:
    """Return the address that `text` is. Raises InputError for a text that is none."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found:
        expected = "table/row.column, such as spending-by-function/2080505.total"
        raise InputError(f"the address {text!r}: expected {expected}")
    row = tuple(part(piece) for piece in found["row"].split("/")[1:])
    return Address(found["table"], row, found["column"] or "")


def part(text: str) -> str:
    """Return a printed name as a part of an address: its plain form, without a slash.

    A full stop before letters at its end would read as a column; it is written full-width too.
    """
    return re.sub(r"\.(?=[a-z][a-z0-9_]*$)", "．", plain(text).replace("/", "／"))


def numbered(keys: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return keys with an ordinal behind the second, third … of those that are equal."""
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for key in keys:
        seen[key] = count = seen.get(key, 0) + 1
        found.append((*key[:-1], f"{key[-1]}~{count}") if count > 1 else key)
    return found


def relative(year: int, budget_year: int) -> str:
    """Return how an address calls a year: `this`, `prior`, or so many years from the budget's."""
    away = year - budget_year
    return {0: "this", -1: "prior"}.get(away, f"{away:+d}-years")


def located(name: str) -> Address | None:
    """Return the address of an offender that a check names, None if no page has it."""
    try:
        address = parse(name)
    except InputError:
        return None
    if address.table == CLAIMS:
        return address._replace(column="value")
    return None if address.table == "tables" else address
