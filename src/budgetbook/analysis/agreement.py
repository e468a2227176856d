"""How often two who judge the same things agree, and how often chance alone would make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction
from typing import NamedTuple


class Agreement(NamedTuple):
    """How many of how many agree, and the share that chance would give.

    `kappa` is Cohen's: the agreement beyond chance as a part of what chance leaves open. No
    interval is given: the things judged here were chosen and not drawn, so they are no sample.
    """

    agreeing: int
    of: int
    chance: Fraction

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
    return Agreement(same, n, chance)
