"""Why checks do not apply, in short and in both languages: kinds of reasons, in apart.csv."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_KEPT = Path(__file__).with_name("apart.csv")


class Kind(NamedTuple):
    """A kind of reasons: what they say, with `*` for what differs, and what it is called."""

    says: str
    title_en: str
    title_zh: str

    def has(self, reason: str) -> bool:
        """Whether a reason is of the kind."""
        return bool(re.fullmatch(".+".join(map(re.escape, self.says.split("*"))), reason))


@lru_cache
def kinds() -> tuple[Kind, ...]:
    """Return the kinds of reasons for which a check does not apply, as apart.csv lists them."""
    with _KEPT.open(encoding="utf-8", newline="") as stream:
        return tuple(Kind(**row) for row in csv.DictReader(stream))


def kind_of(reason: str) -> Kind:
    """Return the kind of a reason, as `Result.needs` gives it.

    Raises LookupError for a reason of no kind.
    """
    found = next((kind for kind in kinds() if kind.has(reason)), None)
    if found is None:
        raise LookupError(f"{reason}: a reason of no kind; add one to {_KEPT.name}")
    return found
