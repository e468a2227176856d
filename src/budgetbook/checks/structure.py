"""Checks of the document's form: tables, titles, units, codes, names, years, signs of damage.

One check a table for each thing that every row or printing should have; what has it not is
counted, and named as an offender.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..messages import said
from ..model.counting import Column, Count, records, where
from ..model.disclosure import Disclosure, unit_of
from ..model.expressions import Constant, Year
from .check import Check, check, nothing
from .places import lacking
from .statements import statements

_SIGNS = "structure.signs."
#: Stands for the unit that a table's amounts are in.
_UNIT = "the unit of the table"
#: What offends against a check of every printing of a table.
_PRINTINGS: dict[str, list[tuple[Any, ...]]] = {
    "units": [("state", "is not", "absent"), ("unit", "is not", _UNIT)],
    "titles": [("state", "is not", "absent"), ("as_listed", "is blank")],
    "remarks": [("state", "is", "printed empty"), ("remark", "is blank")],
    "notes": [("state", "is", "printed"), ("remark", "is", "nothing-to-report")],
}
#: The same of every account of a table.
_ACCOUNTS: dict[str, list[tuple[Any, ...]]] = {
    "codes": [("code", "is blank")],
    "parents": [("above", "is filled"), ("above_printed", "is blank")],
    "names": [("code", "is filled"), ("name", "is not", Column("name_of_code"))],
}


def signs() -> list[str]:
    """Return the kinds of repairs that show damage: those that statements.csv has a row of."""
    return [key.removeprefix(_SIGNS) for key in statements() if key.startswith(_SIGNS)]


def structure(disclosure: Disclosure) -> Iterator[Check]:
    """Tables are printed as listed, with unit and remark; accounts have codes; years agree."""
    listed = dict.fromkeys(entry["table"] for entry in disclosure.listing)
    for table in listed:
        yield from _printings(disclosure, table)
    for table, about in disclosure.form.tables.items():
        if table not in listed:
            sides = lacking("structure.printed", words=about.words), Constant(1)
            asked, words = f"printed.{table}", about.words
            yield check("structure.printed", *sides, rule=asked, table=table, words=words)
    for table in dict.fromkeys(row["table"] for _, row in records(disclosure, "accounts")):
        for rule, offends in _ACCOUNTS.items():
            yield _none(disclosure, rule, "accounts", table, *offends)
    yield from _years(disclosure)
    for kind in signs():
        yield nothing(f"{_SIGNS}{kind}", "repairs", ("kind", "is", kind))


def _printings(disclosure: Disclosure, table: str) -> Iterator[Check]:
    entries = [entry for entry in disclosure.listing if entry["table"] == table]
    states = [entry["state"] for entry in entries]
    noted = any(entry["remark"] == "nothing-to-report" for entry in entries)
    words = disclosure.form.tables[table].words
    there = where(("table", "is", table), ("state", "is not", "absent"), ("occurrence", "is", 1))
    printings = said("printings of {table:text}", table=words[0])
    printed = Count(printings, "printings", there)
    yield check("structure.printed", printed, Constant(1), table=table, words=words)
    if set(states) != {"absent"}:
        unit = unit_of(disclosure.listing, table)
        asked = {"remarks": "printed empty" in states, "notes": noted}
        for rule, offends in _PRINTINGS.items():
            if asked.get(rule, True):
                told = ((*each[:2], unit) if _UNIT in each else each for each in offends)
                yield _none(disclosure, rule, "printings", table, *told)


def _none(
    disclosure: Disclosure, rule: str, resource: str, table: str, *offends: tuple[Any, ...]
) -> Check:
    """Return the check that nothing of a table offends against a rule."""
    mine, words = ("table", "is", table), disclosure.form.tables[table].words
    return nothing(f"structure.{rule}", resource, mine, *offends, table=table, words=words)


def _years(disclosure: Disclosure) -> Iterator[Check]:
    """The years that the text names are the year of the tables' titles or the year before."""
    for rule, subject, kind, expected in (
        ("years.this", "budget-year", "year", Year()),
        ("years.prior", "prior-year", "year", Year(-1)),
        ("stock-dates", "stock-date", "month", 12),
    ):
        offends = ("subject", "is", subject), ("kind", "is", kind), ("value", "is not", expected)
        if any((c["subject"], c["kind"]) == (subject, kind) for c in disclosure.claims):
            yield nothing(f"structure.{rule}", "claims", *offends)
