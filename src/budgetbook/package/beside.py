"""Wording and lists that a module keeps beside it as a CSV file, for they are data."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache
def rows_beside(module: str, name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `name`.csv in the folder of a module, which gives its `__file__`."""
    with Path(module).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
