"""Amounts printed in 万元: what they are in yuan, and between which bounds the exact ones lie.

A disclosure in memory holds yuan. One printed in 万元 rounded every amount, so a sum of its
figures holds if some exact amounts within the rounding could have made it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from ..exact.money import round_half_up
from ..forms import Form
from ..package.store import Row
from .disclosure import WAN, Disclosure, unit_of
from .expressions import (
    Cell,
    Claim,
    Expression,
    NeedsFigure,
    Percentage,
    Positive,
    Product,
    Rounded,
    Sum,
    Value,
)

#: The least and the most that an expression can be.
Bounds = tuple[Fraction, Fraction]


def in_yuan(
    form: Form, listing: Sequence[Row], tables: Mapping[str, Sequence[Row]]
) -> dict[str, Sequence[Row]]:
    """Return tables as printed with their amounts in yuan, whatever unit they are printed in."""
    found = dict(tables)
    for role, rows in tables.items():
        if unit_of(listing, role) == WAN:
            table = form.tables[role]
            names = ("amount", "second_amount") if table.form else table.amounts
            found[role] = tuple(
                {**row, **{n: row[n] * 10_000 for n in names if row[n] is not None}} for row in rows
            )
    return found


def bounds(expression: Expression, disclosure: Disclosure) -> Bounds:
    """Return between what an expression lies, as its figures are rounded: twice its value if none.

    NeedsFigure where a figure is missing, or where what it is a share of can be nothing.
    """
    match expression:
        case Sum(terms):
            parts = [_signed(sign, bounds(term, disclosure)) for sign, term in terms]
            return sum((a for a, _ in parts), Fraction(0)), sum((b for _, b in parts), Fraction(0))
        case Product(first, second):
            return _corners([a * b for a, b in _pairs(first, second, disclosure)])
        case Percentage(part, whole):
            low, high = bounds(whole, disclosure)
            if low <= 0 <= high:
                raise NeedsFigure("a whole that is more than its rounding: the rate is undefined")
            return _corners([100 * a / b for a, b in _pairs(part, whole, disclosure)])
        case Positive(amount):
            low, high = bounds(amount, disclosure)
            return Fraction(low > 0), Fraction(high > 0)
        case Rounded(exact, decimals):
            low, high = bounds(exact, disclosure)
            return rounded((low, high), decimals)
    value = number(expression.value(disclosure))
    half = _half(expression, disclosure) if value else Fraction(0)
    return value - half, value + half


def rounded(between: Bounds, decimals: int) -> Bounds:
    """Return both bounds rounded half up."""
    low, high = (Fraction(round_half_up(bound, decimals)) for bound in between)
    return low, high


def number(value: Value) -> Fraction:
    """Return a value that is a number; NeedsFigure for a word."""
    if isinstance(value, str):
        raise NeedsFigure(f"a number instead of {value}")
    return value


def _half(expression: Expression, disclosure: Disclosure) -> Fraction:
    """Return half a unit of the last digit that a figure is printed with, in yuan."""
    match expression:
        case Cell(address):
            return disclosure.half_unit(address.table)
        case Claim():
            return disclosure.half_unit_of_claim(expression.id)
    return Fraction(0)


def _signed(sign: int, between: Bounds) -> Bounds:
    low, high = between
    return (low, high) if sign > 0 else (-high, -low)


def _pairs(
    first: Expression, second: Expression, disclosure: Disclosure
) -> list[tuple[Fraction, Fraction]]:
    return list(product(bounds(first, disclosure), bounds(second, disclosure)))


def _corners(values: Sequence[Fraction]) -> Bounds:
    return min(values), max(values)
