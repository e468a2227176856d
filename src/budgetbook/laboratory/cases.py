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
from ..forms import plain
from ..model.classification import crosswalk
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Claim
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
    made = [Case(*words, list(make(disclosure))) for make, words in _CASES.items()]
    return [case for case in made if case.edits]


def _rows(disclosure: Disclosure, table: str, digits: int = 0) -> list[Row]:
    """Return the accounts of a table with so many digits; with none, its row of totals."""
    rows = disclosure.tables.get(table, ())
    if digits:
        return [row for row in rows if len(row["code"] or "") == digits]
    return [row for row in rows if row["name"] == TOTAL]


def _set(disclosure: Disclosure, row: Row, column: str, value: Decimal | str) -> Edit:
    text = value if isinstance(value, str) else f"{value:.2f}"
    return Edit("set", str(disclosure.address(row, column)), text)


def _row(action: str, disclosure: Disclosure, row: Row) -> Edit:
    return Edit(action, str(disclosure.address(row)))


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
        yield _row("delete", disclosure, largest)


def _doubled(disclosure: Disclosure) -> Iterator[Edit]:
    for row in _rows(disclosure, "spending-summary", 7)[:1]:
        yield _row("repeat", disclosure, row)


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
    ours = [p for p in disclosure.projects if plain(p.unit).endswith("（本级）") and p.budget]
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


_CASES: dict[Callable[[Disclosure], Iterator[Edit]], tuple[str, tuple[str, str], tuple[str, str]]]
_CASES = {
    _swapped: (
        "swapped-digits",
        ("Two digits change places", "数字颠倒"),
        (
            "In the total of table 5 two neighbouring digits are swapped, the commonest slip of "
            "the hand.",
            "表五合计中相邻两位数字颠倒，是最常见的笔误。",
        ),
    ),
    _deleted: (
        "row-left-out",
        ("A row is left out", "漏列一行"),
        (
            "The largest account of table 6 is deleted. Its class no longer adds up.",
            "删去表六金额最大的一款，其类不再等于各款之和。",
        ),
    ),
    _doubled: (
        "row-twice",
        ("A row stands there twice", "重复一行"),
        (
            "The first item of table 3 is printed once more.",
            "表三的第一个项级科目重复印出。",
        ),
    ),
    _wrong_unit: (
        "wrong-unit",
        ("Ten thousand yuan for yuan", "误用万元"),
        (
            "The total of the three public expenses is written in 万元 in a table of yuan.",
            "“三公”经费合计以万元填入以元为单位的表。",
        ),
    ),
    _hidden: (
        "errors-that-hide",
        ("Two errors that hide each other", "互相抵消的错误"),
        (
            "Two accounts of table 8 that the government classification groups into one are "
            "changed, one up and one down. Only their sum is printed twice.",
            "表八中归入同一政府经济科目的两款一增一减，而印出两次的只有其和。",
        ),
    ),
    _procurement: (
        "procurement-mended",
        ("Mended: the text counts all procurement", "更正：文字计入全部采购"),
        (
            "Wherever the text states less procurement than table 14, it is given the sum of the "
            "table.",
            "凡文字所述采购额少于表十四之处，改为表中合计。",
        ),
    ),
    _missing_project: (
        "project-mended",
        ("Mended: the missing project", "更正：缺失的项目"),
        (
            "The money without a form is added to a printed project of the own unit, and the text "
            "counts the forms that are printed. This is one way in which the finding could vanish, "
            "not what happened.",
            "把没有绩效目标表的资金并入本级一个已印出的项目，文字按已印出的表计数。"
            "这只是该发现消失的一种方式，并非事实。",
        ),
    ),
}
