"""Checks inside one table and between tables, generated from codes and layout."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from itertools import pairwise
from typing import Any

from ..classification import INSTITUTIONS, children, crosswalk
from ..disclosure import TOTAL, Disclosure
from ..layout import BY_TABLE, plain
from .check import Check
from .expressions import Cell, Constant, Count, Expression, Sum, total

Row = dict[str, Any]

#: Table → (whole column, part columns) within each row.
ROW_SUMS: dict[str, list[tuple[str, list[str]]]] = {
    "table-03": [("total", ["basic", "project"])],
    "table-04": [("total", ["general_public", "government_fund", "state_capital"])],
    "table-05": [("total", ["basic", "project"])],
    "table-06": [("total", ["personnel", "public_funds"])],
    "table-10": [
        ("vehicles", ["vehicle_purchase", "vehicle_running"]),
        ("total", ["abroad", "vehicles", "reception"]),
        ("prior_vehicles", ["prior_vehicle_purchase", "prior_vehicle_running"]),
        ("prior_total", ["prior_abroad", "prior_vehicles", "prior_reception"]),
    ],
    "table-11": [("total", ["basic", "project"])],
    "table-12": [("total", ["basic", "project"])],
    "table-14": [("total", ["goods", "works", "services"])],
}

#: Same quantity in two tables, account by account: (table, column, table, column).
SAME_ACCOUNTS = [
    ("table-03", "total", "table-05", "total"),
    ("table-03", "basic", "table-05", "basic"),
    ("table-03", "project", "table-05", "project"),
]

#: Same total in two tables: (table, column, table, column).
SAME_TOTALS = [
    ("table-05", "basic", "table-06", "total"),
    ("table-06", "total", "table-07", "basic"),
    ("table-05", "project", "table-08", "project"),
    ("table-08", "project", "table-09", "project"),
]

#: A functional item and the economic section that pays it: (item, section).
SAME_CONTRIBUTIONS = [("2080505", "30108"), ("2080506", "30109"), ("2210201", "30113")]

#: "Three public" column → the economic section it is made of.
THREE_PUBLIC = {"reception": "30217", "vehicle_running": "30231"}


def label(row: Row) -> str:
    """Return what names a row for people: its code, or its name, or its line."""
    return row.get("code") or row.get("name") or f"line={row['line']}"


def cell(table: str, row: Row, column: str, *, blank_is_zero: bool = True) -> Cell:
    """Return the cell of a row; by layout, a blank amount means that nothing is budgeted."""
    return Cell(table, row["line"], column, label(row), blank_is_zero)


def find(disclosure: Disclosure, table: str, key: str, column: str) -> Expression | None:
    """Return the cell of the row with that code or name, None if there is no such row."""
    for row in disclosure.tables.get(table, ()):
        if row.get("code") == key or (not row.get("code") and plain(row.get("name") or "") == key):
            return cell(table, row, column)
    return None


def amount_columns(table: str) -> list[str]:
    """Return the amount columns of a grid."""
    return [column.name for column in BY_TABLE[table].columns if column.kind == "amount"]


def hierarchy(disclosure: Disclosure) -> Iterator[Check]:
    """Each account is the sum of the accounts one level below; the total is that of the classes."""
    for table, rows in disclosure.tables.items():
        if "code" not in {column.name for column in BY_TABLE[table].columns}:
            continue
        for row in rows:
            is_total = plain(row["name"] or "") == TOTAL
            below = children(row["code"] or "", rows) if row["code"] or is_total else []
            for column in amount_columns(table):
                printed = [r[column] for r in (row, *below)]
                if not below or not any(value is not None for value in printed):
                    continue
                yield Check(
                    f"hierarchy.{table}.{row['code'] or 'total'}.{column}",
                    "hierarchy",
                    f"{label(row)} is the sum of the accounts one level below it",
                    f"{label(row)}等于其下一级科目之和",
                    "an account misprinted, omitted or placed under the wrong code",
                    cell(table, row, column),
                    total([cell(table, r, column) for r in below]),
                )


def row_totals(disclosure: Disclosure) -> Iterator[Check]:
    """In each row the whole is the sum of its parts."""
    for table, sums in ROW_SUMS.items():
        for row in disclosure.tables.get(table, ()):
            for whole, parts in sums:
                if all(row[name] is None for name in (whole, *parts)):
                    continue
                where = label(row)
                yield Check(
                    f"row.{table}.{where}.{whole}".replace("line=", "L"),
                    "row totals",
                    f"in the row {where}, {whole} is the sum of its parts",
                    f"{where}一行，合计等于各部分之和",
                    "a part or a total misprinted within a row",
                    cell(table, row, whole),
                    total([cell(table, row, part) for part in parts]),
                )


def ledgers(disclosure: Disclosure) -> Iterator[Check]:
    """Tables 1 and 4: each side adds up, and income equals expenditure."""
    for table, left, right in (
        ("table-01", "income", "expenditure"),
        ("table-04", "income", "total"),
    ):
        rows = list(disclosure.tables.get(table, ()))
        tops = []
        for item, column in (("income_item", left), ("expenditure_item", right)):
            tops.append((yield from _ledger(table, rows, item, column)))
        if all(tops):
            yield Check(
                f"balance.{table}",
                "income and expenditure",
                "total income equals total expenditure",
                "收入合计等于支出合计",
                "a budget that does not balance, or a misprinted total",
                *tops,
            )


def _ledger(
    table: str, rows: list[Row], item: str, column: str
) -> Generator[Check, None, Cell | None]:
    """Yield the checks of one side of a ledger; return the cell of its total."""
    side = [row for row in rows if row[item]]
    named = {row["line"]: row[item] for row in side}

    def at(row: Row) -> Cell:
        return Cell(table, row["line"], column, named[row["line"]], True)

    top = next(
        (row for row in side if plain(row[item]).endswith(TOTAL) and "、" not in row[item]), None
    )
    heads = [row for row in side if re.match(r"[一二三四五]、", row[item])]
    if top is None:
        return None
    yield Check(
        f"ledger.{table}.{column}.total",
        "income and expenditure",
        f"the total of {column} is the sum of its headings",
        "总计等于各大项之和",
        "a heading misprinted or omitted",
        at(top),
        total([at(row) for row in heads]),
    )
    for head in heads:
        start = side.index(head) + 1
        below = []
        for row in side[start:]:
            if row in heads or row is top:
                break
            below.append(row)
        if any(row[column] is not None for row in (head, *below)) and below:
            yield Check(
                f"ledger.{table}.{column}.{plain(head[item])}",
                "income and expenditure",
                f"{head[item]} is the sum of the items under it",
                f"{head[item]}等于其下各项之和",
                "an item misprinted or omitted",
                at(head),
                total([at(row) for row in below]),
            )
    return at(top)


def ties(disclosure: Disclosure) -> Iterator[Check]:
    """The same quantity printed in two tables is the same amount."""
    for first, column, second, other in SAME_ACCOUNTS:
        for row in disclosure.tables.get(first, ()):
            twin = find(disclosure, second, row["code"] or plain(row["name"]), other)
            if twin and row[column] is not None:
                yield _tie(
                    f"{first}.{label(row)}.{column}.{second}", cell(first, row, column), twin
                )
    for first, column, second, other in SAME_TOTALS:
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
    whole = find(disclosure, "table-05", TOTAL, "total")
    for row in disclosure.tables.get("table-01", ()):
        if plain(row["expenditure_item"] or "") == TOTAL:
            yield from _tie_if(
                "table-01.total.table-03",
                Cell("table-01", row["line"], "expenditure", TOTAL),
                find(disclosure, "table-03", TOTAL, "total"),
            )
            yield from _tie_if(
                "table-01.total.table-15",
                Cell("table-01", row["line"], "expenditure", TOTAL),
                department_budget(disclosure),
            )
    for row in disclosure.tables.get("table-04", ()):
        if plain(row["expenditure_item"] or "") == "支出" + TOTAL:
            twin = Cell("table-04", row["line"], "general_public", row["expenditure_item"])
            yield from _tie_if("table-04.total.table-05", twin, whole)
    for first, second in (("一般公共预算财政拨款资金", "一般公共预算财政拨款"),):
        cells = [
            Cell(table, row["line"], "income", name)
            for table, name in (("table-01", first), ("table-04", second))
            for row in disclosure.tables.get(table, ())
            if plain(row["income_item"] or "") == name and row["income"] is not None
        ]
        if len(cells) == 2:
            yield _tie("table-01.general-public.table-04", *cells)
    for row in disclosure.tables.get("table-10", ()):
        for column, section in THREE_PUBLIC.items():
            parts = [
                find(disclosure, "table-06", section, "total"),
                find(disclosure, "table-08", section, "project"),
            ]
            printed = [part for part in parts if part]
            if printed:
                yield _tie(
                    f"table-10.{column}.{section}",
                    cell("table-10", row, column),
                    total(printed),
                    "three-public-items",
                )


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
        "the same quantity is the same amount in both places",
        "同一数额在两处相同",
        "two tables that speak of one quantity and disagree",
        left,
        right,
        source=source,
    )


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


def renamed(disclosure: Disclosure) -> list[tuple[Row, Row]]:
    """Return pairs of rows of table 5 that look like one account under two names.

    The second row has no code, follows a coded account, and has a figure just in those columns
    in which the first is blank; its name begins with the first one's name.
    """
    pairs = []
    rows = list(disclosure.tables.get("table-05", ()))
    columns = amount_columns("table-05")
    for first, second in pairwise(rows):
        if second["code"] or not first["code"] or not second["name"].startswith(first["name"]):
            continue
        if not any(first[c] is not None and second[c] is not None for c in columns):
            pairs.append((first, second))
    return pairs


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


def structure(disclosure: Disclosure) -> Iterator[Check]:
    """Every listed table is printed, every table names its unit, every account has a code."""
    for entry in disclosure.listing:
        table, nth = entry["table"], entry["occurrence"]

        def printed(d: Disclosure, table: str = table) -> int:
            return sum(e["table"] == table and e["state"] != "absent" for e in d.listing)

        def with_unit(d: Disclosure, table: str = table, nth: int = nth) -> int:
            return sum(
                (e["table"], e["occurrence"]) == (table, nth) and bool(e["unit"]) for e in d.listing
            )

        if nth == 1:
            yield _structural(
                f"printed.{table}",
                f"{table} is listed and printed",
                f"目录所列{table}已公开",
                "a table listed and left out",
                Count(f"printings of {table}", lambda d, f=printed: min(1, f(d))),
            )
        if entry["state"] != "absent":
            yield _structural(
                f"unit.{table}.{nth}",
                f"{table} ({nth}) names the unit of its amounts",
                f"{table}（{nth}）注明金额单位",
                "amounts without a unit",
                Count(f"unit line of {table} ({nth})", with_unit),
            )
    for table, rows in disclosure.tables.items():
        if table not in ("table-03", *(f"table-{n:02d}" for n in range(5, 10))):
            continue
        for row in rows:
            if plain(row["name"] or "") != TOTAL:

                def coded(d: Disclosure, table: str = table, line: int = row["line"]) -> int:
                    return sum(r["line"] == line and bool(r["code"]) for r in d.tables[table])

                yield _structural(
                    f"code.{table}.L{row['line']}",
                    f"the account in line {row['line']} has a code",
                    f"第{row['line']}行科目有编码",
                    "an account without a code",
                    Count(f"code in line {row['line']} of {table}", coded),
                )


def _structural(where: str, english: str, chinese: str, guards: str, count: Count) -> Check:
    return Check(
        f"structure.{where}",
        "structure",
        english,
        chinese,
        guards,
        count,
        Constant(1),
        source="disclosure",
    )
