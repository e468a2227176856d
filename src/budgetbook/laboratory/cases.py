"""Prepared cases for the laboratory: a few errors and mendings, made from the figures themselves.

No case holds a figure. Each is a list of edits that follows from the disclosure; a case whose
figures a disclosure does not have is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ..analysis.reconstruction import unlisted_projects
from ..checks import Verdict, run
from ..messages import translated
from ..model.classification import crosswalk
from ..model.disclosure import Disclosure
from ..model.expressions import Claim
from ..package.beside import rows_beside
from ..package.store import Row
from .edits import Edit

_COUNTED = ("projects", "projects-general-public", "projects-ordinary")
_SHIFT = Decimal(100)


class Case(NamedTuple):
    """A named list of edits; `about` says in both languages what it does and why."""

    id: str
    title: tuple[str, str]
    about: tuple[str, str]
    edits: list[Edit]


def cases(disclosure: Disclosure) -> list[Case]:
    """Return the cases that a disclosure allows."""
    found = []
    tables = disclosure.form.tables.items()
    english = {role: translated(table.words[0]) for role, table in tables}
    chinese = {role: table.words[1] for role, table in tables}
    for row in rows_beside(__file__, "cases"):
        if edits := list(_EDITS[row["id"]](disclosure)):
            told = translated(row["about_en"])
            about = told.format_map(english), row["about_zh"].format_map(chinese)
            title = translated(row["title_en"]), row["title_zh"]
            found.append(Case(row["id"], title, about, edits))
    return found


def _rows(disclosure: Disclosure, table: str, digits: int = 0) -> list[Row]:
    """Return the accounts of a table with so many digits; with none, its row of totals."""
    rows = disclosure.tables.get(table, ())
    if digits:
        return [row for row in rows if len(row["code"] or "") == digits]
    return [row for row in rows if disclosure.form.wording.is_total(row["name"] or "")]


def _set(disclosure: Disclosure, row: Row, column: str, value: Decimal | str) -> Edit:
    text = value if isinstance(value, str) else f"{value:.2f}"
    return Edit("set", str(disclosure.address(row, column)), text)


def _state(claim: Row, value: object) -> Edit:
    return Edit("set", str(Claim(claim["id"]).address), str(value))


def _swapped(disclosure: Disclosure) -> Iterator[Edit]:
    for row in _rows(disclosure, "spending-by-function"):
        text = f"{row['total'] or ''}"
        for first, second in pairwise(text):
            if first != second and (first + second).isdigit():
                wrong = text.replace(first + second, second + first, 1)
                yield _set(disclosure, row, "total", wrong)
                return


def _deleted(disclosure: Disclosure) -> Iterator[Edit]:
    rows = _rows(disclosure, "basic-by-economic", 5)
    if rows:
        largest = max(rows, key=lambda row: row["total"] or Decimal(0))
        yield Edit("delete", str(disclosure.address(largest)))


def _doubled(disclosure: Disclosure) -> Iterator[Edit]:
    for row in _rows(disclosure, "spending-summary", 7)[:1]:
        yield Edit("repeat", str(disclosure.address(row)))


def _wrong_unit(disclosure: Disclosure) -> Iterator[Edit]:
    for row in disclosure.tables.get("three-public", ()):
        if row["total"]:
            yield _set(disclosure, row, "total", row["total"] / 10_000)


def _hidden(disclosure: Disclosure) -> Iterator[Edit]:
    rows = {
        row["code"]: row for row in _rows(disclosure, "project-by-economic", 5) if row["project"]
    }
    for group in crosswalk(disclosure).values():
        both = [rows[code] for code in group if code in rows][:2]
        if both[1:]:
            for row, more in zip(both, (_SHIFT, -_SHIFT), strict=True):
                yield _set(disclosure, row, "project", row["project"] + more)
            return


def _procurement(disclosure: Disclosure) -> Iterator[Edit]:
    for result in run(disclosure):
        claim = disclosure.by_claim.get(result.check.id.removeprefix("text."), {})
        whole = claim.get("unit") == "元" and not claim["decimals"]
        ours = "procurement" in (claim.get("subject") or "")
        if result.verdict is Verdict.FAILS and ours and whole:
            yield _state(claim, result.right)


def _missing_project(disclosure: Disclosure) -> Iterator[Edit]:
    if not {"project-by-government", "project-targets"} <= disclosure.tables.keys():
        return
    left = unlisted_projects(disclosure)
    ours = [p for p in disclosure.projects if disclosure.is_own(p.unit) and p.budget]
    if left.total <= 0 or left.total != left.own_unit or not ours:
        return
    ceilings = {check.id for check in (r.check for r in run(disclosure))}
    free = [p for p in ours if f"ceilings.{p.address.of_row}" not in ceilings] or ours
    project = max(free, key=lambda p: p.budget or Decimal(0))
    whole = (project.budget or Decimal(0)) + left.total
    for row in disclosure.tables["project-targets"]:
        if row["form"] == project.form:
            for column in ("amount", "second_amount"):
                if row[column] == project.budget:
                    yield _set(disclosure, row, column, whole)
    for claim in disclosure.claims:
        if claim["kind"] == "count" and claim["subject"] in _COUNTED:
            yield _state(claim, len(disclosure.projects))


#: Case of cases.csv → what makes its edits.
_EDITS: dict[str, Callable[[Disclosure], Iterator[Edit]]] = {
    "swapped-digits": _swapped,
    "row-left-out": _deleted,
    "row-twice": _doubled,
    "wrong-unit": _wrong_unit,
    "errors-that-hide": _hidden,
    "procurement-mended": _procurement,
    "project-mended": _missing_project,
}
