"""Amounts printed in 万元: what they are in yuan, and between which bounds the exact ones lie.

A disclosure in memory holds yuan. One printed in 万元 rounded every amount, so a sum of its
figures holds if some exact amounts within the rounding could have made it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..exact.money import round_half_up
from ..forms import Form
from ..messages import said
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
)

#: The least and the most that an expression can be.
Bounds = tuple[Fraction, Fraction]
ZERO = Fraction(0)


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
            parts = [sorted(sign * b for b in bounds(term, disclosure)) for sign, term in terms]
            return sum((p[0] for p in parts), ZERO), sum((p[1] for p in parts), ZERO)
        case Product(first, second):
            values = [a * b for a in bounds(first, disclosure) for b in bounds(second, disclosure)]
            return min(values), max(values)
        case Percentage(part, whole):
            low, high = bounds(whole, disclosure)
            if low <= 0 <= high:
                raise NeedsFigure(
                    said("a whole that is more than its rounding: the rate is undefined")
                )
            values = [100 * a / b for a in bounds(part, disclosure) for b in (low, high)]
            return min(values), max(values)
        case Positive(amount):
            low, high = bounds(amount, disclosure)
            return Fraction(low > 0), Fraction(high > 0)
        case Rounded(exact, decimals):
            return rounded(bounds(exact, disclosure), decimals)
    value, half = expression.value(disclosure), ZERO
    if isinstance(value, str):
        raise NeedsFigure(said("a number instead of {word:text}", word=value))
    if value and isinstance(expression, Cell | Claim):
        half = disclosure.half_unit(expression.address.table, str(expression))
    return value - half, value + half


def rounded(between: Bounds, decimals: int) -> Bounds:
    """Return both bounds rounded half up."""
    low, high = (Fraction(round_half_up(bound, decimals)) for bound in between)
    return low, high
