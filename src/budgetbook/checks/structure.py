"""Checks of the document's form: listed tables, unit lines, codes of accounts."""

from __future__ import annotations

from collections.abc import Iterator

from ..disclosure import TOTAL, Disclosure
from ..layout import plain
from .check import Check
from .expressions import Constant, Count


def structure(disclosure: Disclosure) -> Iterator[Check]:
    """Every listed table is printed, every table names its unit, every account has a code."""
    for entry in disclosure.listing:
        table, nth = entry["table"], entry["occurrence"]

        def printed(d: Disclosure, table: str = table) -> int:
            return int(any(e["table"] == table and e["state"] != "absent" for e in d.listing))

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
                Count(f"printings of {table}", printed),
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
