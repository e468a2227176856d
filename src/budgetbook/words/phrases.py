"""Parts of sentences that follow from a figure, so that prose never contradicts it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ..messages import said


def direction(change: object, up: str, down: str, same: str) -> str:
    """Return which of three stands for a signed change: it rose, fell, or did neither."""
    return up if change > 0 else down if change < 0 else same  # type: ignore[operator]


def carried(part: Fraction, change: Decimal) -> str:
    """Return how much of a change a part carries: its share, or yuan where a share misleads.

    A share below zero or above 100 % reads as nonsense: the part then moves against the change
    or beyond it.
    """
    if change and 0 <= part / Fraction(change) <= 1:
        return said("{part:share} of the change", part=(part, change))
    if not change:
        return said("{part:yuan}, though in all nothing changes", part=part)
    if part * Fraction(change) > 0:
        return said(
            "{part:yuan}, more than the whole change of {whole:yuan}", part=part, whole=change
        )
    return said("{part:yuan}, against the change of {whole:yuan}", part=part, whole=change)
