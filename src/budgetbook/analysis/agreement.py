"""How often two who judge the same things agree, and how often chance alone would make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple


class Agreement(NamedTuple):
    """How many of how many agree; the share that chance would give; a 95 % interval in per cent.

    The interval is Wilson's for a share; `kappa` is Cohen's: the agreement beyond chance as a
    part of what chance leaves open. Things that were chosen and not drawn are no sample: of
    those the interval only describes how few they are.
    """

    agreeing: int
    of: int
    chance: Fraction
    low: float
    high: float

    @property
    def kappa(self) -> Fraction | None:
        """Cohen's kappa; None where chance alone would give full agreement."""
        share = Fraction(self.agreeing, self.of)
        return (share - self.chance) / (1 - self.chance) if self.chance < 1 else None


def agree(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Return the agreement of the two answers of each pair.

    Raises ValueError if there is no pair.
    """
    if not pairs:
        raise ValueError("there is nothing that both have judged")
    n, same = len(pairs), sum(one == other for one, other in pairs)
    ones, others = (Counter(answers) for answers in zip(*pairs, strict=True))
    chance = sum((Fraction(ones[a] * others[a], n * n) for a in ones), Fraction())
    z, share = NormalDist().inv_cdf(0.975), same / n
    middle = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = ((middle + sign * spread) / (1 + z * z / n) for sign in (-1, 1))
    return Agreement(same, n, chance, 100 * low, 100 * high)
