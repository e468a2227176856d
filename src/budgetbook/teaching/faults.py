"""Plants one error of a type of data/teaching/types.csv in a draft, and says what is wrong there.

Each planter returns a Fault, or raises LookupError for a department without a place for it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ..model.address import Address
from ..model.disclosure import Disclosure
from ..package.store import Row
from ..synthetic import figures
from .draft import Draft, Printed

#: Tables of accounts, and the columns in which errors are planted.
_ACCOUNTS = {
    "spending-summary": ("total", "basic", "project"),
    "spending-by-function": ("total", "prior_total"),
    "basic-by-economic": ("total",),
    "basic-by-government": ("basic",),
    "project-by-economic": ("project",),
    "project-by-government": ("project",),
}
#: Listed tables that nothing else rests on.
_ALONE = ("state-capital-spending", "fund-spending", "key-project-targets")


class Fault(NamedTuple):
    """An error: the draft with it, where it is, what is printed and what is right there.

    `place` and `also` are addresses, `words` what a person may call the row; `evidence` names the
    tables or sections that contradict it. `accepted` are further values that are right as well:
    another unit, another of the places; with `most` every number up to the right one is. `shown` is
    what is printed in the other places. `side` are addresses of what it is compared with, and
    `follows` of what would be another figure too, if this one were.
    """

    type: str
    draft: Draft
    place: str
    printed: str
    right: str
    words: Sequence[str] = ()
    also: Sequence[str] = ()
    evidence: Sequence[str] = ()
    accepted: Sequence[str] = ()
    side: Sequence[str] = ()
    follows: Sequence[str] = ()
    shown: Sequence[str] = ()
    most: bool = False


Planter = Callable[[Draft, Printed, random.Random], Fault]


def _cells(disclosure: Disclosure, leaf: bool) -> list[tuple[str, Row, str]]:
    """Return the amounts of tables of accounts: those at the end of a branch, or those above."""
    found = []
    for table, columns in _ACCOUNTS.items():
        rows = disclosure.tables.get(table, ())
        codes = {row["code"] or "" for row in rows}
        for row in rows:
            code = row["code"] or ""
            above = not code or any(c != code and c.startswith(code) for c in codes)
            if above != leaf:
                found += [(table, row, c) for c in columns if row[c]]
    return found


def _misprint(
    kind: str, draft: Draft, printed: Printed, cell: tuple[str, Row, str], value: Any
) -> Fault:
    _, row, column = cell
    address = str(printed.disclosure.address(row, column))
    words = [text for text in (row["code"], row["name"]) if text]
    told = [
        f"{amount:.2f}" if isinstance(amount, Decimal) else amount
        for amount in (value, row[column])
    ]
    return Fault(kind, draft.misprinting(address, value), address, told[0], told[1], words)


def digits(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Swap two neighbouring digits of an amount, or change one."""
    for _ in range(20):
        cell = dice.choice(_cells(printed.disclosure, leaf=True))
        text = str(cell[1][cell[2]])
        at = dice.randrange(max(text.find(".") - 1, 1))
        pair = text[at : at + 2]
        if pair.isdigit() and pair[0] != pair[1] and not (at == 0 and pair[1] == "0"):
            value = Decimal(text[:at] + pair[::-1] + text[at + 2 :])
            return _misprint("digits", draft, printed, cell, value)
    raise LookupError("no amount with two digits that differ")


def total(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Print a total as it was before one of its parts was changed."""
    cell = dice.choice(_cells(printed.disclosure, leaf=False))
    right = cell[1][cell[2]]
    gap = Decimal(dice.randint(3, 90) * 500)
    return _misprint("total", draft, printed, cell, right + (gap if right <= gap else -gap))


def _claim(
    printed: Printed, dice: random.Random, kinds: Sequence[str], least: Decimal
) -> Mapping[str, Any]:
    mine = [
        claim
        for claim in printed.disclosure.claims
        if claim["kind"] in kinds and claim["value"] and claim["value"] >= least
    ]
    if not mine:
        raise LookupError(f"no claim of {kinds}")
    chosen: Mapping[str, Any] = dice.choice(mine)
    return chosen


def _misstated(
    printed: Printed, kind: str, draft: Draft, claim: Mapping[str, Any], value: Decimal
) -> Fault:
    right, code = claim["value"], claim["code"]
    subjects = printed.disclosure.reference["subjects"]
    called = next(s["title_zh"] for s in subjects if s["code"] == claim["subject"])
    words = [code, figures.NAMES[code]] if code else [called]
    edited = draft.misstating(claim["id"], value)
    return Fault(kind, edited, claim["id"], f"{value:f}", f"{right:f}", words=words)


def unit(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """State an amount of ten thousands of yuan and call it yuan."""
    claim = _claim(printed, dice, ("amount",), Decimal(100_000))
    value = Decimal(f"{claim['value'] / 10_000:.2f}".rstrip("0").rstrip("."))
    fault = _misstated(printed, "unit", draft, claim, value)
    return fault._replace(accepted=[f"{value:f}万元"])


def change(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """State a change that is not the difference of the two years."""
    claim = _claim(printed, dice, ("change",), Decimal(2000))
    step = max(int(claim["value"]) // 10, 1000)
    value = claim["value"] + dice.choice((-1, 1)) * dice.randint(step // 4, step)
    return _misstated(printed, "change", draft, claim, value)


def rate(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """State a share or a rate of growth some points off."""
    claim = _claim(printed, dice, ("share", "growth"), Decimal(1))
    if claim["value"] == 100:
        raise LookupError("all of it is no share to get wrong")
    value = claim["value"] + Decimal(dice.randint(3, 19)).scaleb(-1)
    as_kept = f"{claim['value'].scaleb(-2):f}"  # by a spreadsheet, of a cell that shows per cent
    return _misstated(printed, "rate", draft, claim, value)._replace(accepted=[as_kept])


def count(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """State another number of projects, vehicles or institutions."""
    claim = _claim(printed, dice, ("count",), Decimal(1))
    return _misstated(printed, "count", draft, claim, claim["value"] + 1)


def absent(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """List a table and do not print it."""
    left = [table for table in _ALONE if table not in draft.plan.shape.absent]
    table = dice.choice(left)
    shape = draft.plan.shape
    shape = type(shape)(**{**vars(shape), "absent": [*shape.absent, table]})
    words = list(printed.disclosure.form.tables[table].words)
    return Fault("absent", draft.planning(shape=shape), f"tables/{table}", "", "", words=words)


def row(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Leave out an account at the end of its branch."""
    tables = ("spending-summary", "basic-by-economic", "basic-by-government")
    table, gone, column = dice.choice(
        [cell for cell in _cells(printed.disclosure, leaf=True) if cell[0] in tables]
    )
    total = next(c for c in ("total", "basic", "project") if gone.get(c))
    address = str(printed.disclosure.address(gone))
    words = [gone["code"], gone["name"]]
    edited = draft.omitting(f"{table}/{gone['code']}")
    _ = column
    side = [str(printed.disclosure.address(r)) for r in above(printed, table, gone["code"])[:1]]
    return Fault("row", edited, address, "", f"{gone[total]:.2f}", words=words, side=side)


def above(printed: Printed, table: str, code: str) -> list[Row]:
    """Return the rows of a table that hold an account, the nearest first."""
    by_code = {row["code"] or "": row for row in printed.disclosure.tables[table]}
    held = sorted((c for c in by_code if c != code and code.startswith(c)), key=len, reverse=True)
    return [by_code[each] for each in held]


def form(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Leave out the form of a project."""
    tasks = [task for task in draft.plan.forms if task.name not in draft.omitted]
    if len(tasks) < 3:
        raise LookupError("too few projects to leave one out")
    task = dice.choice(tasks[1:])
    address = next(str(p.address) for p in printed.disclosure.projects if p.name == task.name)
    right = f"{task.budget:.2f}"
    counted = [c["id"] for c in printed.disclosure.claims if c["subject"] == "projects"]
    side = [str(Address("department-targets", (f"{task.name}投入",))), *counted]
    edited = draft.omitting(task.name)
    return Fault("form", edited, address, "", right, words=[task.name], side=side)


def name(draft: Draft, printed: Printed, dice: random.Random) -> Fault:
    """Print an account under another name in one table.

    No account that the text knows by this table alone: its sentence would name none.
    """
    known = {row["code"] for row in printed.disclosure.tables["spending-summary"]}
    cells = [
        cell
        for cell in _cells(printed.disclosure, leaf=True)
        if cell[1]["code"] and (cell[0] != "spending-by-function" or cell[1]["code"] in known)
    ]
    _, chosen, _ = dice.choice(cells)
    right = chosen["name"]
    wrong = f"{right.removesuffix('支出')}管理" if right.endswith("支出") else f"{right}支出"
    address = f"{printed.disclosure.address(chosen)}.name"
    edited, code = draft.misprinting(address, wrong), chosen["code"]
    side = [
        str(printed.disclosure.address(row))
        for table in _ACCOUNTS
        for row in printed.disclosure.tables.get(table, ())
        if row["code"] == code and row is not chosen
    ]
    return Fault("name", edited, address, wrong, right, words=[code, right, wrong], side=side)


PLANTERS: dict[str, Planter] = {
    planter.__name__: planter
    for planter in (digits, total, unit, change, rate, count, absent, row, form, name)
}
