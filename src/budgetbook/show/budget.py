"""The budget as tidy frames for pandas: one row a thing, columns named in words, money exact.

Columns, units and meanings are rows of budget.csv. An exact column holds `Decimal` in a column of
type `object`, blank where the document prints nothing; a blank is no zero. Sums, differences,
groups, pivots, merges and sorting keep it exact; a mean does not (see the page on the frames).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from ..analysis.dimensions import assignments
from ..analysis.reconstruction import ECONOMIC, absent_tables
from ..checks import Result, run
from ..exact.money import round_half_up
from ..model.classification import names
from ..model.disclosure import Disclosure
from ..model.loading import load
from ..package.beside import rows_beside
from ..package.store import Row
from ..proof.evidence import grade, implied
from ..proof.findings import Finding, findings
from ..proof.formulas import place

#: Frame → its title (the first row, which names no column) and its columns, as in budget.csv.
FRAMES = {
    name: tuple(rows)
    for name, rows in groupby(rows_beside(__file__, "budget"), lambda row: row["frame"])
}
_TYPES = {"text": "str", "exact": "object", "integer": "Int64", "boolean": "bool"}
_LEVELS = {0: "total", 3: "class", 5: "section", 7: "item"}


class Budget:
    """A disclosure as frames.

    `disclosure` is what the exact functions of the package take, or the folder of a data package;
    without one, the data nearest above the work folder are loaded. What a document does not print
    is a frame without rows. Raises InputError for a folder that holds no data package.
    """

    def __init__(self, disclosure: Disclosure | str | Path | None = None) -> None:
        if isinstance(disclosure, str | Path):
            disclosure = load(disclosure)
        self.disclosure = disclosure or load()
        self._names = names(self.disclosure)

    def figures(self) -> pd.DataFrame:
        """Return every amount that a table prints."""
        printed = self.disclosure.published()
        return _frame(
            "figures", ({**f._asdict(), "table": f.table, "column": f.column} for f in printed)
        )

    def rebuilt(self) -> pd.DataFrame:
        """Return what can be derived of the tables that are listed and not printed."""
        figures = absent_tables(self.disclosure)
        return _frame(
            "rebuilt",
            (
                {**f._asdict(), "table": f.table, "column": f.column, "address": f.source}
                for f in figures
            ),
        )

    def spending(self) -> pd.DataFrame:
        """Return expenditure by function in both years, and its growth as printed."""
        rows = self.disclosure.tables.get("spending-by-function", ())
        return _frame(
            "spending",
            (
                {
                    **row,
                    **self._account(row),
                    "last_year": row["prior_total"],
                    "this_year": row["total"],
                }
                for row in rows
            ),
        )

    def economic(self) -> pd.DataFrame:
        """Return basic and project expenditure of this year by both economic classifications."""
        found = []
        for nature, (department, column, government) in ECONOMIC.items():
            for whose, table in (("department", department), ("government", government)):
                amount = column if whose == "department" else nature
                for row in self.disclosure.tables.get(table, ()):
                    same = {"nature": nature, "classification": whose, "amount": row[amount]}
                    operating = row.get("public_funds")
                    found.append({**row, **self._account(row), **same, "operating": operating})
        return _frame("economic", found)

    def projects(self) -> pd.DataFrame:
        """Return the projects that have a form of targets."""
        printed = self.disclosure.projects
        return _frame(
            "projects", ({**p._asdict(), **self._named("project", p.name)} for p in printed)
        )

    def procurement(self) -> pd.DataFrame:
        """Return what is to be bought by government procurement."""
        rows = self.disclosure.tables.get("procurement", ())
        return _frame("procurement", ({**row, "amount": row["total"]} for row in rows))

    def indicators(self) -> pd.DataFrame:
        """Return the performance indicators of the department and of its projects."""
        found = (
            {**one.indicator._asdict(), **self._named("indicator", one.indicator.name)}
            | {"value": one.indicator.value, "dimension": one.settled}
            for one in assignments(self.disclosure)
        )
        return _frame("indicators", found)

    def claims(self) -> pd.DataFrame:
        """Return what the text states."""
        return _frame("claims", ({**row, "address": row["id"]} for row in self.disclosure.claims))

    def checks(self) -> pd.DataFrame:
        """Return every check with both of its sides and its verdict."""
        owner = {r.check.id: f.id for f in self._register for r in f.failing}
        follow = implied(self._results, self.disclosure)
        rows = (
            {
                **_check(r, owner),
                "grade": grade(r.check, self.disclosure),
                "follows": r.check.id in follow,
            }
            for r in self._results
        )
        return _frame("checks", rows)

    def findings(self) -> pd.DataFrame:
        """Return the register of findings, in its order, without those of which nothing fails."""
        return _frame("findings", (_finding(one) for one in self._register if not one.fine))

    @cached_property
    def _results(self) -> list[Result]:
        return run(self.disclosure)

    @cached_property
    def _register(self) -> list[Finding]:
        return findings(self.disclosure, self._results)

    def _account(self, row: Row) -> dict[str, str]:
        code = row["code"] or ""
        english = self._names.get(code or row["name"], ("Total" if not code else "",))[0]
        return {"english": english, "level": _LEVELS[len(code)]}

    def _named(self, what: str, name: str) -> dict[str, str]:
        return {what: name, "english": self._names.get(name, ("",))[0]}


for _name, (_, *_columns) in FRAMES.items():
    _told = "".join(f"\n{c['column']}: {c['meaning_en']} {c['meaning_zh']}" for c in _columns)
    _made = getattr(Budget, _name)
    _made.__doc__ = f"{_made.__doc__}\n\nIts columns, as on the page *The frames*:\n{_told}"


def _frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the frame of that name; text that is empty is blank."""
    types = {column["column"]: _TYPES[column["type"]] for column in FRAMES[name][1:]}
    cells = [[None if row.get(c) == "" else row.get(c) for c in types] for row in rows]
    return pd.DataFrame(cells, columns=list(types), dtype=object).astype(types)


def _check(result: Result, owner: Mapping[str, str]) -> dict[str, Any]:
    check, gap = result.check, result.difference
    left, right = result.sides
    read = [leaf for one in (check.left, check.right) for leaf in one.leaves()]
    tables = dict.fromkeys(at.table for leaf in read if (at := place(leaf)))
    return {
        "check": check.id,
        "family": check.family,
        "kind": check.kind,
        "statement": check.statement_en,
        "chinese": check.statement_zh,
        "left": left,
        "relation": result.relation,
        "right": right,
        "gap": None if gap is None else _decimal(gap),
        "verdict": str(result.verdict),
        "finding": owner.get(check.id),
        "tables": " ".join(tables),
    }


def _decimal(value: Fraction) -> Decimal:
    """Return a number in cents, or if it is none in cents to six decimals."""
    return round_half_up(value, 2 if (100 * value).denominator == 1 else 6)


def _finding(one: Finding) -> dict[str, Any]:
    money = {size.kind: _decimal(size.amount) for size in one.sizes}
    return {
        "finding": one.id,
        "title": one.sentence("title_en"),
        "chinese": one.sentence("title_zh"),
        "found": one.sentence("found_en"),
        "found_chinese": one.sentence("found_zh"),
        "grade": one.grade,
        "kind": one.kind,
        "failing": len(one.failing),
        **money,
    }
