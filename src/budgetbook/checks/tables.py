"""Checks inside one table, generated from codes and layout."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence

from ..forms import plain
from ..model.address import TOTAL_ROW
from ..model.cells import cell, label
from ..model.classification import children
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Cell, total
from ..package.store import Row
from .check import Check

#: Table → (whole column, part columns) within each row.
ROW_SUMS: dict[str, list[tuple[str, list[str]]]] = {
    "spending-summary": [("total", ["basic", "project"])],
    "appropriations": [("total", ["general_public", "government_fund", "state_capital"])],
    "spending-by-function": [("total", ["basic", "project"])],
    "basic-by-economic": [("total", ["personnel", "public_funds"])],
    "three-public": [
        ("vehicles", ["vehicle_purchase", "vehicle_running"]),
        ("total", ["abroad", "vehicles", "reception"]),
        ("prior_vehicles", ["prior_vehicle_purchase", "prior_vehicle_running"]),
        ("prior_total", ["prior_abroad", "prior_vehicles", "prior_reception"]),
    ],
    "fund-spending": [("total", ["basic", "project"])],
    "state-capital-spending": [("total", ["basic", "project"])],
    "procurement": [("total", ["goods", "works", "services"])],
}


def hierarchy(disclosure: Disclosure) -> Iterator[Check]:
    """Each account is the sum of the accounts one level below; the total is that of the classes."""
    for table, rows in disclosure.tables.items():
        if not disclosure.form.has(table, "code"):
            continue
        for row in rows:
            is_total = plain(row["name"] or "") == TOTAL
            below = children(row["code"] or "", rows) if row["code"] or is_total else []
            for column in disclosure.form.tables[table].amounts:
                printed = [r[column] for r in (row, *below)]
                if not below or not any(value is not None for value in printed):
                    continue
                yield Check(
                    f"hierarchy.{disclosure.address(row, column)}",
                    "hierarchy",
                    f"{row['code'] or 'the total'} is the sum of the accounts one level below it",
                    f"{label(row)}等于其下一级科目之和",
                    "an account misprinted, omitted or placed under the wrong code",
                    cell(disclosure, row, column),
                    total([cell(disclosure, r, column) for r in below]),
                )


def row_totals(disclosure: Disclosure) -> Iterator[Check]:
    """In each row the whole is the sum of its parts."""
    for table, sums in ROW_SUMS.items():
        for row in disclosure.tables.get(table, ()):
            for whole, parts in sums:
                if all(row[name] is None for name in (whole, *parts)):
                    continue
                where = disclosure.address(row).name
                column = _column_name(disclosure, table, whole)
                name = f"in the row {_row_name(disclosure, row)}, {column}"
                yield Check(
                    f"row.{disclosure.address(row, whole)}",
                    "row totals",
                    f"{name} is the sum of its parts",
                    f"{TOTAL if where == TOTAL_ROW else where}：合计等于各部分之和",
                    "a part or a total misprinted within a row",
                    cell(disclosure, row, whole),
                    total([cell(disclosure, row, part) for part in parts]),
                )


def _row_name(disclosure: Disclosure, row: Row) -> str:
    name = disclosure.address(row).name
    return "of the total" if name == TOTAL_ROW else name


def _column_name(disclosure: Disclosure, table: str, name: str) -> str:
    column = disclosure.form.tables[table].column(name)
    return f"“{column.title}”{' of the year before' if column.years_back else ''}"


def ledgers(disclosure: Disclosure) -> Iterator[Check]:
    """Tables 1 and 4: each side adds up, and income equals expenditure."""
    for table, left, right in (
        ("budget-summary", "income", "expenditure"),
        ("appropriations", "income", "total"),
    ):
        rows = list(disclosure.tables.get(table, ()))
        tops: list[Cell | None] = []
        for item, column in (("income_item", left), ("expenditure_item", right)):
            tops.append((yield from _ledger(disclosure, table, rows, item, column)))
        if tops[0] and tops[1]:
            yield Check(
                f"balance.{table}",
                "income and expenditure",
                "total income equals total expenditure",
                "收入合计等于支出合计",
                "a budget that does not balance, or a misprinted total",
                tops[0],
                tops[1],
            )


def _ledger(
    disclosure: Disclosure, table: str, rows: Sequence[Row], item: str, column: str
) -> Generator[Check, None, Cell | None]:
    """Yield the checks of one side of a ledger; return the cell of its total."""
    side = [row for row in rows if row[item]]

    def at(row: Row) -> Cell:
        return cell(disclosure, row, column)

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
