"""Checks between tables: the same quantity in two places, in two classifications, in two years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..forms import plain
from ..model.cells import cell, find
from ..model.classification import INSTITUTIONS, children, crosswalk, renamed
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Cell, Expression, Sum, total
from ..package.store import Row
from .check import Check

#: Same quantity in two tables, account by account: (table, column, table, column).
SAME_ACCOUNTS = [
    ("spending-summary", "total", "spending-by-function", "total"),
    ("spending-summary", "basic", "spending-by-function", "basic"),
    ("spending-summary", "project", "spending-by-function", "project"),
]

#: Tables and columns whose totals are one quantity: each pair of them is a tie.
SAME_TOTALS = [
    [
        ("spending-summary", "basic"),
        ("spending-by-function", "basic"),
        ("basic-by-economic", "total"),
        ("basic-by-government", "basic"),
    ],
    [
        *(("spending-summary", "project"), ("spending-by-function", "project")),
        *(("project-by-economic", "project"), ("project-by-government", "project")),
    ],
]

#: A functional item and the economic section that pays it: (item, section).
SAME_CONTRIBUTIONS = [("2080505", "30108"), ("2080506", "30109"), ("2210201", "30113")]


def ties(disclosure: Disclosure) -> Iterator[Check]:
    """The same quantity printed in two tables is the same amount."""
    for first, column, second, other in SAME_ACCOUNTS:
        for row in disclosure.tables.get(first, ()):
            twin = find(disclosure, second, row["code"] or plain(row["name"]), other)
            if twin and row[column] is not None:
                yield _tie(
                    disclosure,
                    f"{disclosure.address(row, column)}.{second}",
                    cell(disclosure, row, column),
                    twin,
                )
    for places in SAME_TOTALS:
        for (first, column), (second, other) in combinations(places, 2):
            if (first, column, second, other) not in SAME_ACCOUNTS:
                yield from _tie_if(
                    disclosure,
                    f"{first}.{column}.{second}",
                    find(disclosure, first, TOTAL, column),
                    find(disclosure, second, TOTAL, other),
                )
    for item, section in SAME_CONTRIBUTIONS:
        yield from _tie_if(
            disclosure,
            f"{item}.{section}",
            find(disclosure, "spending-summary", item, "basic"),
            find(disclosure, "basic-by-economic", section, "total"),
        )
    for table, column in (("budget-summary", "expenditure"), ("appropriations", "general_public")):
        for row in disclosure.tables.get(table, ()):
            name = plain(row["expenditure_item"] or "")
            twin = next(
                (
                    cell(disclosure, r, "total")
                    for r in disclosure.tables.get("spending-by-function", ())
                    if name and plain(r["name"]) == name and len(r["code"] or "") == 3
                ),
                None,
            )
            if twin:
                yield _tie(
                    disclosure,
                    str(disclosure.address(row, column)),
                    cell(disclosure, row, column),
                    twin,
                )
    yield from _whole_ties(disclosure)


def _whole_ties(disclosure: Disclosure) -> Iterator[Check]:
    """Ties of totals whose rows have no code."""
    wholes: list[tuple[str, Expression | None]] = [
        ("budget-summary", _ledger_total(disclosure, "budget-summary", TOTAL, "expenditure")),
        ("spending-summary", find(disclosure, "spending-summary", TOTAL, "total")),
        ("appropriations", _ledger_total(disclosure, "appropriations", "支出" + TOTAL, "total")),
        ("spending-by-function", find(disclosure, "spending-by-function", TOTAL, "total")),
        ("department-targets", department_budget(disclosure)),
    ]
    for (first, left), (second, right) in combinations(wholes, 2):
        if (first, second) != (
            "spending-summary",
            "spending-by-function",
        ):  # a tie account by account
            yield from _tie_if(disclosure, f"{first}.total.{second}", left, right)
    for first, second in (("一般公共预算财政拨款资金", "一般公共预算财政拨款"),):
        cells = [
            cell(disclosure, row, "income", blank_is_zero=False)
            for table, name in (("budget-summary", first), ("appropriations", second))
            for row in disclosure.tables.get(table, ())
            if plain(row["income_item"] or "") == name and row["income"] is not None
        ]
        if len(cells) == 2:
            yield _tie(
                disclosure, "budget-summary.general-public.appropriations", cells[0], cells[1]
            )


def _ledger_total(disclosure: Disclosure, table: str, name: str, column: str) -> Cell | None:
    """Return the cell of total expenditure of table 1 or 4."""
    for row in disclosure.tables.get(table, ()):
        if plain(row["expenditure_item"] or "") == name:
            return cell(disclosure, row, column, blank_is_zero=False)
    return None


def department_budget(disclosure: Disclosure) -> Cell | None:
    """Return the cell of table 15 with the department's whole budget."""
    return next(
        (
            cell(disclosure, row, "second_amount", blank_is_zero=False)
            for row in disclosure.tables.get("department-targets", ())
            if row["second_amount"] is not None
        ),
        None,
    )


def _tie(
    disclosure: Disclosure,
    where: str,
    left: Expression,
    right: Expression,
    source: str = "arithmetic",
) -> Check:
    return Check(
        f"tie.{where}",
        "ties between tables",
        f"{_named(disclosure, left, 0)} is the same amount as {_named(disclosure, right, 0)}",
        f"{_named(disclosure, left, 1)}与{_named(disclosure, right, 1)}数额相同",
        "two tables that speak of one quantity and disagree",
        left,
        right,
        source=source,
    )


def _named(disclosure: Disclosure, expression: Expression, language: int) -> str:
    cells = [leaf for leaf in expression.leaves() if isinstance(leaf, Cell)]
    return " + ".join(cell.words(disclosure.form)[language] for cell in cells)


def _tie_if(
    disclosure: Disclosure, where: str, left: Expression | None, right: Expression | None
) -> Iterator[Check]:
    if left and right:
        yield _tie(disclosure, where, left, right)


def economic_crosswalk(disclosure: Disclosure) -> Iterator[Check]:
    """The two economic classifications describe the same money."""
    for kind, department, column, government in (
        ("basic", "basic-by-economic", "total", "basic-by-government"),
        ("project", "project-by-economic", "project", "project-by-government"),
    ):
        groups = crosswalk(disclosure)
        for side, accounts in _sides(disclosure, government).items():
            left = find(disclosure, department, side, column)
            right = [cell(disclosure, row, kind) for row in accounts]
            if left and right:
                yield Check(
                    f"crosswalk.{kind}.{side}",
                    "crosswalk",
                    f"department class {side} is what the government classification groups from it",
                    f"部门预算{side}类等于政府预算相应科目之和",
                    "money that one classification shows and the other does not",
                    left,
                    total(right),
                    source="two-classification-table",
                )
        for row in disclosure.tables.get(government, ()):
            code = row["code"] or ""
            if code[:3] == INSTITUTIONS or code not in groups:
                continue
            parts = [find(disclosure, department, item, column) for item in groups[code]]
            printed = [part for part in parts if part]
            if printed:
                yield Check(
                    f"crosswalk.{kind}.{code}",
                    "crosswalk",
                    f"{code} is not more than the department accounts that it groups",
                    f"{code}不超过其对应的部门预算科目之和",
                    "an account grouped wrongly, or money that appears from nowhere",
                    cell(disclosure, row, kind),
                    total(printed),
                    "≤",
                    "two-classification-table",
                )


def _sides(disclosure: Disclosure, table: str) -> dict[str, list[Row]]:
    """Return department class → the rows of the government table that are made of it."""
    sides: dict[str, list[Row]] = {}
    groups = crosswalk(disclosure)
    for row in disclosure.tables.get(table, ()):
        if row["code"] in groups:
            sides.setdefault(groups[row["code"]][0][:3], []).append(row)
    return sides


def like_for_like(disclosure: Disclosure) -> Iterator[Check]:
    """A row without a code takes the place of the account before it in the prior year."""
    rows = list(disclosure.tables.get("spending-by-function", ()))
    for first, second in renamed(disclosure):
        column = "prior_total"
        above = find(disclosure, "spending-by-function", first["code"][:3], column)
        below = [cell(disclosure, row, column) for row in children(first["code"], rows)]
        siblings = [cell(disclosure, row, column) for row in children(first["code"][:3], rows)]
        uncoded = cell(disclosure, second, column, blank_is_zero=False)
        sides: list[tuple[str, Expression | None, Sum]] = [
            ("items", uncoded, total(below)),
            ("class", above, total([*siblings, uncoded])),
        ]
        for name, left, right in sides:
            if left:
                yield Check(
                    f"renamed.spending-by-function/{first['code']}.{name}",
                    "like for like",
                    "the row without a code is this account under its earlier name",
                    "无编码的一行即该科目的旧名",
                    "an account that changed its name between the years",
                    left,
                    right,
                )
