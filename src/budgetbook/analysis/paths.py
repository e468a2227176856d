"""The ways that the general public budget takes: source, nature, unit, use.

Each way is one printed amount, or what printed amounts leave. The unit rests on the reading of
the government classification in which class 505 is what public institutions spend.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..checks.places import all_of_one, several_sources
from ..messages import both
from ..model.address import TOTAL_ROW, Address
from ..model.classification import INSTITUTIONS, children, names
from ..model.disclosure import Disclosure
from .reconstruction import UNLISTED, ZERO, split, unlisted_projects

#: What every way begins with: tables 5 to 9 hold the money of this source alone.
SOURCE = "general-public"
#: Government account of basic expenditure → what it pays for; any other is `basic`.
_USES = {"501": "personnel", "509": "personnel", "50501": "personnel"}
_USES |= dict.fromkeys(("502", "503", "50502"), "operating")
#: Sum → where the document prints it, the first that is printed.
_SUMS = {
    "basic": ("basic-by-government.basic", "spending-by-function.basic"),
    "project": ("project-by-government.project", "spending-by-function.project"),
    "personnel": ("basic-by-economic.personnel",),
    "operating": ("basic-by-economic.public_funds",),
}


class Path(NamedTuple):
    """Money that takes one way, in yuan.

    `unit` is `own-unit` or `institution`, empty where no table tells them apart; `use` is
    `personnel`, `operating`, a project's name as the edition prints it, `in-no-form`, or the
    nature where nothing more is known. `address` is where the amount is printed, None if it is
    worked out.
    """

    source: str
    nature: str
    unit: str
    use: str
    amount: Decimal
    address: Address | None


def paths(disclosure: Disclosure) -> list[Path]:
    """Return the ways in the order of the print, without those of no money."""
    found = [*_basic(disclosure), *_projects(disclosure)]
    return [path for path in found if path.amount]


#: What stands for a table in the address of a unit's money, which no table prints.
WAYS = "ways"
_GOVERNMENT = {"basic": "basic-by-government", "project": "project-by-government"}


def sum_places(disclosure: Disclosure) -> dict[str, Address]:
    """Return source, nature, unit or use → where the sum of its ways is printed or worked out."""
    found = printed_sums(disclosure)
    found |= {unit: Address(WAYS, (unit,), "amount") for unit in of_units(disclosure)}
    if any(way.use == "in-no-form" for way in paths(disclosure)):
        found["in-no-form"] = UNLISTED
    return found


def of_units(disclosure: Disclosure) -> dict[str, list[tuple[int, Address]]]:
    """Return unit → the printed amounts that its money is, each with its sign, 1 or -1.

    Class 505 is read as the institution's; the own unit has what it leaves of each total. Without
    one of the amounts, or where the ways of a unit are another sum, the unit is left out.
    """
    ways, found = paths(disclosure), {}
    theirs, own = [], []
    for nature, table in _GOVERNMENT.items():
        rows = [r for r in disclosure.tables.get(table, ()) if r["code"] == INSTITUTIONS]
        part = [(1, disclosure.address(row, nature)) for row in rows]
        own += [(1, Address(table, (TOTAL_ROW,), nature)), *((-1, place) for _, place in part)]
        theirs += part
    for unit, parts in (("own-unit", own), ("institution", theirs)):
        amounts = [_printed(disclosure, address) for _, address in parts]
        sum_ = sum((sign * (a or ZERO) for (sign, _), a in zip(parts, amounts, strict=True)), ZERO)
        mine = [way.amount for way in ways if way.unit == unit]
        if len(theirs) == 2 and None not in amounts and mine and sum_ == sum(mine):
            found[unit] = parts
    return found


def printed_sums(disclosure: Disclosure) -> dict[str, Address]:
    """Return source, nature or use → where the sum of its ways is printed, if it is."""
    ways = paths(disclosure)
    places = {SOURCE: all_of_one(disclosure)}
    for name, columns in _SUMS.items():
        split = (column.split(".") for column in columns)
        places[name] = [Address(table, (TOTAL_ROW,), column) for table, column in split]
    found: dict[str, Address] = {}
    for name, addresses in places.items():
        amount = sum((way.amount for way in ways if name in way[:4]), ZERO)
        equal = (a for a in addresses if amount and _printed(disclosure, a) == amount)
        found |= dict(zip((name,), equal, strict=False))
    return found


def _printed(disclosure: Disclosure, address: Address) -> Decimal | None:
    row, column = disclosure.at(address) or ({}, "")
    return row.get(column)


def _basic(disclosure: Disclosure) -> Iterator[Path]:
    rows = disclosure.tables.get("basic-by-government", ())
    for account in children("", rows):
        theirs = account["code"] == INSTITUTIONS
        for row in (theirs and children(INSTITUTIONS, rows)) or [account]:
            use = _USES.get(row["code"], "basic")
            unit = "institution" if theirs else "own-unit"
            address = disclosure.address(row, "basic")
            yield Path(SOURCE, "basic", unit, use, row["basic"] or ZERO, address)
    if not rows:
        for use in ("personnel", "operating"):
            yield from _whole(disclosure, "basic", use)
        if "basic-by-economic" not in disclosure.tables:
            yield from _whole(disclosure, "basic", "basic")


def _whole(disclosure: Disclosure, nature: str, use: str) -> Iterator[Path]:
    """Yield a printed sum as a way, without a unit."""
    for place in _SUMS[use]:
        table, column = place.split(".")
        address = Address(table, (TOTAL_ROW,), column)
        amount = _printed(disclosure, address)
        if amount is not None:
            yield Path(SOURCE, nature, "", use, amount, address)
            return


def _projects(disclosure: Disclosure) -> Iterator[Path]:
    """Yield the projects that have a form, and what they leave; the money, if that says nothing.

    Forms hold money of all sources: beside another source they do not divide that of this one.
    """
    if "project-by-government" not in disclosure.tables:
        yield from _whole(disclosure, "project", "project")
        return
    left = unlisted_projects(disclosure)
    whole = split(disclosure, "project", "project-by-government")
    least = disclosure.half_unit("project-by-government") * (1 + len(disclosure.projects))
    known = names(disclosure)
    told = disclosure.projects and not several_sources(disclosure)
    for unit, rest, amount in (
        ("own-unit", left.own_unit, whole.own_unit),
        ("institution", left.institution, whole.institution),
    ):
        if not told or rest < -least:
            yield Path(SOURCE, "project", unit, "project", amount, None)
            continue
        for one in disclosure.projects:
            if disclosure.is_own(one.unit) == (unit == "own-unit"):
                use = both(known.get(one.name, ("",))[0], one.name)
                yield Path(SOURCE, "project", unit, use, one.budget or ZERO, one.address)
        if rest > least:
            yield Path(SOURCE, "project", unit, "in-no-form", rest, None)
