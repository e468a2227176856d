"""What the printed tables determine of what is not printed, and what they leave open.

Nothing here is a guess: each reconstructed figure carries its formula, each bound its reason.
Splits by unit rest on the reading of the government classification in which classes 501 to 503
are spending of the department's own unit and 505 that of public institutions.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..checks.places import all_of_one, several_sources
from ..exact.money import round_half_up
from ..model.address import TOTAL_ROW, Address
from ..model.classification import INSTITUTIONS, crosswalk
from ..model.disclosure import TOTAL, Disclosure, Figure
from ..model.expressions import Cell

ZERO = Decimal(0)
#: Nature → its table by department section, the column there, its table by government account.
ECONOMIC = {
    "basic": ("basic-by-economic", "total", "basic-by-government"),
    "project": ("project-by-economic", "project", "project-by-government"),
}
#: What is left of project money beside the printed projects.
#: The project money that no printed project accounts for.
UNLISTED = Address("project-detail", ("unlisted",), "total")


class Split(NamedTuple):
    """One amount, in yuan, divided between the own unit and the subordinate institution."""

    code: str
    total: Decimal
    own_unit: Decimal
    institution: Decimal


class Bounds(NamedTuple):
    """The own unit's part of one account: at least `low`, at most `high`, in yuan.

    `determined` says whether the two are one.
    """

    code: str
    nature: str
    total: Decimal
    low: Decimal
    high: Decimal

    @property
    def determined(self) -> bool:
        """Whether the printed tables leave no choice."""
        return self.low == self.high


def units(disclosure: Disclosure) -> list[Split]:
    """Return basic and project expenditure divided between own unit and institution.

    Codes are `basic` and `project`; from the classes of tables 7 and 9. One whose table is not
    printed is left out.
    """
    tables = ((nature, table) for nature, (_, _, table) in ECONOMIC.items())
    return [split(disclosure, *each) for each in tables if not disclosure.lacks(each[1])]


def split(disclosure: Disclosure, nature: str, table: str) -> Split:
    """Return what a table by government account divides; InputError if it is not printed."""
    whole = disclosure.amount(table, TOTAL, nature) or ZERO
    rows = (row for row in disclosure.tables[table] if row["code"] == INSTITUTIONS)
    theirs = sum((row[nature] or ZERO for row in rows), ZERO)
    return Split(nature, whole, whole - theirs, theirs)


def by_unit(disclosure: Disclosure) -> list[Bounds]:
    """Return, for each department economic section, what the own unit's part of it can be.

    Of a section the own unit has at most what its account holds, and at least what the
    institution's part of the account's sections leaves of it. Expenditure whose printed margins
    contradict each other or are rounded to 万元, or one of whose two tables is not printed, is
    left out.
    """
    result = []
    for nature, (department, column, government) in ECONOMIC.items():
        printed = {department, government} <= disclosure.tables.keys()
        if not printed or disclosure.half_unit(department) or disclosure.half_unit(government):
            continue
        found = groups(disclosure, nature)
        if any(min(group.own_unit, group.institution) < 0 for group in found):
            continue
        for code, amount in sections(disclosure, department, column).items():
            group = next(group for group in found if code in group.sections)
            low, high = max(Fraction(0), amount - group.institution), min(amount, group.own_unit)
            result.append(Bounds(code, nature, _yuan(amount), _yuan(low), _yuan(high)))
    return result


class Group(NamedTuple):
    """Department sections that one government account of the own unit groups, and its money.

    `institution` is what the account leaves of the sections. The account is empty for sections
    that no account of the own unit holds. In yuan.
    """

    account: str
    sections: tuple[str, ...]
    own_unit: Fraction
    institution: Fraction


def groups(disclosure: Disclosure, nature: str) -> list[Group]:
    """Return the sections of basic or project expenditure by government account, by the crosswalk.

    Both tables must be printed: an absent one raises InputError.
    """
    department, column, government = ECONOMIC[nature]
    amounts, table = sections(disclosure, department, column), crosswalk(disclosure)
    free, found = dict.fromkeys(amounts), []
    for account, own in sections(disclosure, government, nature).items():
        if not account.startswith(INSTITUTIONS):
            parts = tuple(code for code in table.get(account, ()) if free.pop(code, 0) is None)
            found.append((account, parts, own))
    found.append(("", tuple(free), Fraction(0)))
    return [
        Group(account, parts, own, sum((amounts[code] for code in parts), -own))
        for account, parts, own in found
        if parts or own
    ]


def sections(
    disclosure: Disclosure, table: str, column: str, digits: int = 5
) -> dict[str, Fraction]:
    """Return code → amount in yuan of a table's accounts with so many digits, blank ones not."""
    return {
        row["code"]: Fraction(row[column])
        for row in disclosure.tables[table]
        if len(row["code"] or "") == digits and row[column] is not None
    }


def running_in_projects(disclosure: Disclosure) -> tuple[Decimal, Decimal]:
    """Return project money for office, property and rent, and for labour beside them, in yuan.

    Basic expenditure keeps a body running, project expenditure serves a task: Implementing
    Regulations of the Budget Law, art. 5 (`budget-law-rules`).
    """
    found = sections(disclosure, "project-by-economic", "project")
    codes = ("30201", "30209", "30214", "30226")
    *kept, labour = (found.get(code, Fraction(0)) for code in codes)
    return _yuan(sum(kept, Fraction(0))), _yuan(labour)


def _yuan(amount: Fraction) -> Decimal:
    return round_half_up(amount, 2)  # exact: sums of cents


def prior_natures(disclosure: Disclosure) -> dict[str, Decimal]:
    """Return last year's basic and project expenditure, in yuan.

    It is not printed. An item that has project and no basic money this year, or no money at
    all, is taken as a project item in both years; every other item as a basic one.
    """
    result = {"basic": ZERO, "project": ZERO}
    for row in disclosure.tables["spending-by-function"]:
        if len(row["code"] or "") == 7:
            nature = "project" if row["basic"] is None else "basic"
            result[nature] += row["prior_total"] or ZERO
    return result


def unlisted_projects(disclosure: Disclosure) -> Split:
    """Return the project money that no printed project accounts for, by unit, in yuan.

    It says nothing where money has several sources: table 9 holds that of one, forms that of all.
    """
    project = split(disclosure, "project", "project-by-government")
    listed = {True: ZERO, False: ZERO}
    for item in disclosure.projects:
        listed[disclosure.is_own(item.unit)] += item.budget or ZERO
    return Split(
        "unlisted",
        project.total - listed[True] - listed[False],
        project.own_unit - listed[True],
        project.institution - listed[False],
    )


def absent_tables(disclosure: Disclosure) -> Sequence[Figure]:
    """Return the figures of listed tables that are not printed, as far as they are determined.

    Table 2 (income): income equals expenditure, all of it is general public budget
    appropriation and nothing is carried over, so each account's income is its expenditure.
    Table 13 (projects): the projects of table 17, and what is left of the total.
    Nothing is returned for a table that is printed, or whose conditions do not hold, nor what
    rests on a table that is not printed either.
    """
    absent = {entry["table"] for entry in disclosure.listing if entry["state"] == "absent"}
    found: list[tuple[Address, str, Decimal, Address]] = []
    if "income-summary" in absent and _single_source(disclosure):
        for row in disclosure.tables.get("spending-summary", ()):
            if row["total"] is not None:
                key, name = disclosure.address(row).row, row["code"] or row["name"]
                source = disclosure.address(row, "total")
                for column in ("total", "general_public"):
                    found.append(
                        (Address("income-summary", key, column), name, row["total"], source)
                    )
    if "project-detail" in absent:
        for project in disclosure.projects:
            if project.budget is not None:
                address = Address("project-detail", (project.key,), "total")
                found.append((address, project.name, project.budget, project.address))
        whole = {"spending-by-function", "project-by-government"} <= disclosure.tables.keys()
        single = whole and not several_sources(disclosure)
        left = unlisted_projects(disclosure) if single else None
        half = disclosure.half_unit("project-by-government")
        if left and abs(left.total) > half * (1 + len(disclosure.projects)):
            source = Address("spending-by-function", (TOTAL_ROW,), "project")
            found.append((UNLISTED, "unlisted", left.total, source))
    return [_reconstructed(disclosure, *one) for one in found]


def _single_source(disclosure: Disclosure) -> bool:
    """Whether all money that ledgers print is of one source and of this year, in one amount."""
    amounts = {Cell(address, True).value(disclosure) for address in all_of_one(disclosure)}
    return len(amounts) == 1 and amounts != {0} and not several_sources(disclosure)


def _reconstructed(
    disclosure: Disclosure, address: Address, row: str, amount: Decimal, source: Address
) -> Figure:
    code, year = row if row.isdigit() else "", disclosure.year
    formula = f"{source} − project-targets" if address == UNLISTED else str(source)
    return Figure(address, row, code, year, amount, None, "reconstructed", formula, source)
