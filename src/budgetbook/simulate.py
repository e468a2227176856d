"""What if? Spend more or less, hire or lose staff, and see the budget and every check move.

A change is carried into every table that prints the money, up to the totals, with the growth
rates of table 5. The text is not rewritten: the checks that break then are the sentences that
would have to change with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .costs import PLACES, Cost, costs
from .disclosure import TOTAL, Disclosure
from .layout import plain
from .money import round_half_up
from .package import Row
from .staff import staff


class Move(NamedTuple):
    """Money added (or taken away, below zero), in yuan: where each classification has it."""

    nature: str
    item: str
    section: str
    account: str
    amount: Decimal


_INCOME = {"合计", "一、本年收入合计", "一般公共预算财政拨款资金"}
_INCOME |= {"一、本年收入", "一般公共预算财政拨款", "收入合计"}
_SPENDING = {"合计", "一、本年支出合计", "一、本年支出", "支出合计"}


#: The part of medical insurance that the supplement is: 1.5 of 10 per cent, in a section apart.
_SUPPLEMENT, _OTHER_INSURANCE = Fraction(15, 100), "30112"


def hire(disclosure: Disclosure, unit: str, heads: int) -> list[Move]:
    """Return the moves that so many more heads in a unit make, at this year's cost per head.

    Empty where the staff is not identified. Goods that are not paid by head do not move.
    """
    people = {(p.unit, p.year): p.heads for p in staff(disclosure)}
    moves = []
    for cost in costs(disclosure):
        place = PLACES.get((cost.unit, cost.what))
        if cost.unit == unit and cost.by == "heads" and place:
            item, section, account = place
            whole = round_half_up(cost.now / people[unit, disclosure.year] * heads, 2)
            if cost.what == "medical insurance":
                part = round_half_up(Fraction(whole) * _SUPPLEMENT, 2)
                moves.append(Move("basic", item, _OTHER_INSURANCE, account, part))
                whole -= part
            moves.append(Move("basic", item, section, account, whole))
    return moves


#: Contribution → the cost that it is.
_CHARGED = {
    "pension": "pension insurance",
    "annuity": "occupational annuity",
    "housing": "housing fund",
    "medical": "medical insurance",
    "small": "small contribution",
}


def raise_base(disclosure: Disclosure, unit: str, percent: Decimal) -> list[Move]:
    """Return the moves that a contribution base so many per cent higher makes in a unit.

    Contributions follow the base; pay itself does not. Empty where no base is identified.
    """
    return _scaled(
        [c for c in costs(disclosure) if c.unit == unit and c.what in _CHARGED.values()],
        Fraction(percent) / 100,
    )


def set_rate(disclosure: Disclosure, rate: str, percent: Decimal) -> list[Move]:
    """Return the moves that another rate of one contribution makes in both units.

    `rate` is an id of rates.csv: pension, annuity, housing, medical or small. Raises ValueError
    for another one. Empty where no base is identified.
    """
    if rate not in _CHARGED:
        raise ValueError(f"{rate} is not one of the rates {', '.join(_CHARGED)}")
    rates = {row["id"]: Fraction(row["percent"]) for row in disclosure.reference["rates"]}
    old = rates["medical"] + rates["supplement"] if rate == "medical" else rates[rate]
    mine = [c for c in costs(disclosure) if c.what == _CHARGED[rate]]
    return _scaled(mine, (Fraction(percent) - rates[rate]) / old)


def fund(disclosure: Disclosure, item: str, amount: Decimal) -> list[Move]:
    """Return the move that gives a project item so many more yuan for commissioned services.

    Which section the money goes to is a choice of this function. Raises ValueError if table 5
    has no such item with project money.
    """
    known = {r["code"] for r in disclosure.tables["table-05"] if r["project"] and r["code"]}
    if item not in known or len(item) != 7:
        raise ValueError(f"{item} is no item of table 5 with project expenditure")
    return [Move("project", item, "30227", "50205", amount)]


def _scaled(found: Sequence[Cost], factor: Fraction) -> list[Move]:
    return [
        Move("basic", *PLACES[cost.unit, cost.what], round_half_up(cost.now * factor, 2))
        for cost in found
        if (cost.unit, cost.what) in PLACES
    ]


def spend(disclosure: Disclosure, moves: Sequence[Move]) -> Disclosure:
    """Return the disclosure with the money moved, in every table that prints it."""
    for move in moves:
        tables = {name: _moved(disclosure, name, rows, move) for name, rows in _all(disclosure)}
        disclosure = replace(disclosure, tables=tables)
    return disclosure


def _all(disclosure: Disclosure) -> list[tuple[str, Sequence[Row]]]:
    return list(disclosure.tables.items())


def _moved(disclosure: Disclosure, table: str, rows: Sequence[Row], move: Move) -> tuple[Row, ...]:
    classes = {
        plain(row["name"])
        for row in disclosure.tables["table-05"]
        if row["code"] and len(row["code"]) == 3 and move.item.startswith(row["code"])
    }
    result = []
    for row in rows:
        columns = _columns(table, row, move, classes)
        new = {**row, **{c: (row[c] or Decimal(0)) + move.amount for c in columns}}
        if table == "table-05" and columns and isinstance(row["growth"], Decimal):
            rate = Fraction(new["total"] - row["prior_total"]) / Fraction(row["prior_total"])
            new["growth"] = round_half_up(rate * 100, 0)
        result.append(new)
    return tuple(result)


def _columns(table: str, row: Row, move: Move, classes: set[str]) -> list[str]:
    """Return the columns of a row that hold the money of a move."""
    basic = move.nature == "basic"
    match table:
        case "table-03" | "table-05":
            return [move.nature, "total"] if _holds(row, move.item) else []
        case "table-06" if basic:
            part = "personnel" if move.section.startswith("301") else "public_funds"
            return ["total", part] if _holds(row, move.section) else []
        case "table-08" if not basic:
            return ["project"] if _holds(row, move.section) else []
        case "table-07" | "table-09" if basic == (table == "table-07"):
            return [move.nature] if _holds(row, move.account) else []
        case "table-01" | "table-04":
            named = plain(row["income_item"] or "") in _INCOME
            income = ["income"] if named and row["income"] is not None else []
            spent = plain(row["expenditure_item"] or "") in _SPENDING | classes
            names = ["expenditure"] if table == "table-01" else ["total", "general_public"]
            return income + (names if spent else [])
        case "table-15":
            return ["second_amount"] if row["second_amount"] is not None else []
    return []


def _holds(row: Row, code: str) -> bool:
    """Whether a row is an account, one above it, or the total."""
    return plain(row["name"] or "") == TOTAL or bool(row["code"] and code.startswith(row["code"]))
