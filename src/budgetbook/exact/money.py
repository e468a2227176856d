"""Exact money: rounding and printing. Amounts are Decimal in yuan, never a binary float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """Return `value` rounded half up (away from zero) to so many decimals."""
    over, under = value.numerator, value.denominator
    scaled = abs(over) * 10 ** max(decimals, 0)
    under *= 10 ** max(-decimals, 0)
    whole = (2 * scaled + under) // (2 * under)
    sign = "-" if over < 0 < whole else ""
    return Decimal(f"{sign}{whole}E{-decimals}")  # exact at any length


def yuan(amount: Decimal | Fraction | int | None) -> str:
    """Print an amount with separators and two decimals; a blank prints as a blank."""
    if amount is None:
        return ""
    return f"{round_half_up(Fraction(amount), 2):,}".replace("-", "−")


def wan(amount: Decimal | Fraction, decimals: int = 1) -> str:
    """Print an amount in ten thousands of yuan (万元), rounded half up."""
    return f"{round_half_up(Fraction(amount) / 10_000, decimals):,}".replace("-", "−")


def percent(part: Decimal | Fraction, whole: Decimal | Fraction, decimals: int = 1) -> str:
    """Print `part` as a share of `whole`, in %, rounded half up; `undefined` of nothing."""
    if not whole:
        return "undefined"
    value = round_half_up(Fraction(part) / Fraction(whole) * 100, decimals)
    return f"{value}%".replace("-", "−")


def side(value: Fraction | str | None, decimals: int = 2) -> str:
    """Print one side of a check: money with two decimals, small whole numbers as they are.

    With more `decimals`, a value that two do not hold is printed with so many; a rate that is
    printed with fewer has as many as the print.
    """
    if value is None or isinstance(value, str):
        return value or ""
    if value.denominator == 1 and abs(value) < 1000:
        return str(value.numerator).replace("-", "−")
    if decimals > 2 and Fraction(round_half_up(value, 2)) == value:
        decimals = 2
    return f"{round_half_up(value, decimals):,}".replace("-", "−")
