"""Checks between tables: the same quantity in two places, in two classifications, in two years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..forms.layout import plain
from ..model.cells import Row, cell, find, label
from ..model.classification import INSTITUTIONS, children, crosswalk, renamed
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Cell, Expression, Sum, total
from .check import Check

#: Same quantity in two tables, account by account: (table, column, table, column).
SAME_ACCOUNTS = [
    ("table-03", "total", "table-05", "total"),
    ("table-03", "basic", "table-05", "basic"),
    ("table-03", "project", "table-05", "project"),
]

#: Tables and columns whose totals are one quantity: each pair of them is a tie.
SAME_TOTALS = [
    [("table-03", "basic"), ("table-05", "basic"), ("table-06", "total"), ("table-07", "basic")],
    [
        *(("table-03", "project"), ("table-05", "project")),
        *(("table-08", "project"), ("table-09", "project")),
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
                    f"{first}.{label(row)}.{column}.{second}", cell(first, row, column), twin
                )
    for places in SAME_TOTALS:
        for (first, column), (second, other) in combinations(places, 2):
            if (first, column, second, other) not in SAME_ACCOUNTS:
                yield from _tie_if(
                    f"{first}.{column}.{second}",
                    find(disclosure, first, TOTAL, column),
                    find(disclosure, second, TOTAL, other),
                )
    for item, section in SAME_CONTRIBUTIONS:
        yield from _tie_if(
            f"{item}.{section}",
            find(disclosure, "table-03", item, "basic"),
            find(disclosure, "table-06", section, "total"),
        )
    for table, column in (("table-01", "expenditure"), ("table-04", "general_public")):
        for row in disclosure.tables.get(table, ()):
            name = plain(row["expenditure_item"] or "")
            twin = next(
                (
                    cell("table-05", r, "total")
                    for r in disclosure.tables.get("table-05", ())
                    if name and plain(r["name"]) == name and len(r["code"] or "") == 3
                ),
                None,
            )
            if twin:
                yield _tie(f"{table}.{name}", Cell(table, row["line"], column, name, True), twin)
    yield from _whole_ties(disclosure)


def _whole_ties(disclosure: Disclosure) -> Iterator[Check]:
    """Ties of totals whose rows have no code."""
    wholes: list[tuple[str, Expression | None]] = [
        ("table-01", _ledger_total(disclosure, "table-01", TOTAL, "expenditure")),
        ("table-03", find(disclosure, "table-03", TOTAL, "total")),
        ("table-04", _ledger_total(disclosure, "table-04", "支出" + TOTAL, "total")),
        ("table-05", find(disclosure, "table-05", TOTAL, "total")),
        ("table-15", department_budget(disclosure)),
    ]
    for (first, left), (second, right) in combinations(wholes, 2):
        if (first, second) != ("table-03", "table-05"):  # a tie account by account
            yield from _tie_if(f"{first}.total.{second}", left, right)
    for first, second in (("一般公共预算财政拨款资金", "一般公共预算财政拨款"),):
        cells = [
            Cell(table, row["line"], "income", name)
            for table, name in (("table-01", first), ("table-04", second))
            for row in disclosure.tables.get(table, ())
            if plain(row["income_item"] or "") == name and row["income"] is not None
        ]
        if len(cells) == 2:
            yield _tie("table-01.general-public.table-04", cells[0], cells[1])


def _ledger_total(disclosure: Disclosure, table: str, name: str, column: str) -> Cell | None:
    """Return the cell of total expenditure of table 1 or 4."""
    for row in disclosure.tables.get(table, ()):
        if plain(row["expenditure_item"] or "") == name:
            return Cell(table, row["line"], column, row["expenditure_item"])
    return None


def department_budget(disclosure: Disclosure) -> Cell | None:
    """Return the cell of table 15 with the department's whole budget."""
    return next(
        (
            Cell("table-15", row["line"], "second_amount", row["second_label"])
            for row in disclosure.tables.get("table-15", ())
            if row["second_amount"] is not None
        ),
        None,
    )


def _tie(where: str, left: Expression, right: Expression, source: str = "arithmetic") -> Check:
    return Check(
        f"tie.{where}",
        "ties between tables",
        f"{_named(left, 0)} is the same amount as {_named(right, 0)}",
        f"{_named(left, 1)}与{_named(right, 1)}数额相同",
        "two tables that speak of one quantity and disagree",
        left,
        right,
        source=source,
    )


def _named(expression: Expression, language: int) -> str:
    cells = [leaf for leaf in expression.leaves() if isinstance(leaf, Cell)]
    return " + ".join(cell.words[language] for cell in cells)


def _tie_if(where: str, left: Expression | None, right: Expression | None) -> Iterator[Check]:
    if left and right:
        yield _tie(where, left, right)


def economic_crosswalk(disclosure: Disclosure) -> Iterator[Check]:
    """The two economic classifications describe the same money."""
    for kind, department, column, government in (
        ("basic", "table-06", "total", "table-07"),
        ("project", "table-08", "project", "table-09"),
    ):
        groups = crosswalk(disclosure)
        for side, accounts in _sides(disclosure, government).items():
            left = find(disclosure, department, side, column)
            right = [cell(government, row, kind) for row in accounts]
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
                    cell(government, row, kind),
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
    rows = list(disclosure.tables.get("table-05", ()))
    for first, second in renamed(disclosure):
        column = "prior_total"
        above = find(disclosure, "table-05", first["code"][:3], column)
        below = [cell("table-05", row, column) for row in children(first["code"], rows)]
        siblings = [cell("table-05", row, column) for row in children(first["code"][:3], rows)]
        uncoded = Cell("table-05", second["line"], column, second["name"])
        sides: list[tuple[str, Expression | None, Sum]] = [
            ("items", uncoded, total(below)),
            ("class", above, total([*siblings, uncoded])),
        ]
        for name, left, right in sides:
            if left:
                yield Check(
                    f"renamed.table-05.{first['code']}.{name}",
                    "like for like",
                    "the row without a code is this account under its earlier name",
                    "无编码的一行即该科目的旧名",
                    "an account that changed its name between the years",
                    left,
                    right,
                )
