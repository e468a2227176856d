"""Parts of sentences that follow from a figure, so that prose never contradicts it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ..exact.money import percent, yuan


def direction(change: object, up: str = "more", down: str = "less", same: str = "the same") -> str:
    """Return the word for a signed change, so that prose follows the figures."""
    return up if change > 0 else down if change < 0 else same  # type: ignore[operator]


def compared(change: Decimal) -> str:
    """Return `1.00 yuan more than`, `1.00 yuan less than` or `the same as`."""
    return f"{yuan(abs(change))} yuan {direction(change)} than" if change else "the same as"


def carried(part: Fraction, change: Decimal) -> str:
    """Return how much of a change a part carries: its share, or yuan where a share misleads.

    A share below zero or above 100 % reads as nonsense: the part then moves against the change
    or beyond it.
    """
    if change and 0 <= part / Fraction(change) <= 1:
        return f"{percent(part, change)} of the change"
    if not change:
        return f"{yuan(part)} yuan, though in all nothing changes"
    way = "more than the whole" if part * Fraction(change) > 0 else "against the"
    return f"{yuan(part)} yuan, {way} change of {yuan(change)} yuan"
