"""What classes are made of, kept by hand in data/teaching/: names, stories, types, points."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ..errors import InputError

FOLDER = Path(__file__).parents[3] / "data" / "teaching"


@lru_cache
def stock(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of data/teaching/`name`.csv.

    Raises InputError where the file is not there: the project has to be at hand as a whole.
    """
    path = FOLDER / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return tuple(csv.DictReader(stream))
    except FileNotFoundError:
        raise InputError(f"{path}: not found; use the whole project, data/ included") from None


@lru_cache
def by_id(name: str, key: str = "id") -> Mapping[str, Mapping[str, str]]:
    """Return the rows of data/teaching/`name`.csv by their id, or by another column."""
    return {row[key]: row for row in stock(name)}


def texts(kind: str) -> list[str]:
    """Return the phrases of a kind in phrases.csv."""
    return [row["text"] for row in stock("phrases") if row["kind"] == kind]
