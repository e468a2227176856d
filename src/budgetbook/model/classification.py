"""Code hierarchies and the crosswalk between the two economic classifications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..package.store import Row
from .disclosure import Disclosure

_LENGTHS = (3, 5, 7)

#: The class of the government classification that holds spending of public institutions.
INSTITUTIONS = "505"


def parent(code: str) -> str:
    """Return the code one level above (`2080505` → `20805`), empty for a class."""
    return code[: max((n for n in _LENGTHS if n < len(code)), default=0)]


def children(code: str, rows: Iterable[Row]) -> list[Row]:
    """Return the rows one level below `code`; for the empty code, the classes."""
    return [row for row in rows if row["code"] and parent(row["code"]) == code]


def names(disclosure: Disclosure) -> dict[str, tuple[str, str]]:
    """Return (English name, printed Chinese name) of every account, project and indicator.

    Keys are the codes of the three classifications, and the printed names of projects and
    indicators.
    """
    kinds = ("functional", "department-economic", "government-economic")
    accounts = {
        row["code"]: (row["name_en"], row["name_zh"])
        for kind in kinds
        for row in disclosure.reference[f"{kind}-classification"]
    }
    printed = {
        row["name_zh"]: (row["name_en"], row["name_zh"])
        for row in disclosure.reference["translations"]
    }
    return accounts | printed


def crosswalk(disclosure: Disclosure) -> dict[str, list[str]]:
    """Return government account → the department accounts that it groups."""
    pairs: Sequence[Mapping[str, Any]] = disclosure.reference["crosswalk"]
    groups: dict[str, list[str]] = {}
    for pair in pairs:
        groups.setdefault(pair["government_code"], []).append(pair["department_code"])
    return groups


def renamed(disclosure: Disclosure) -> list[tuple[Row, Row]]:
    """Return pairs of rows of table 5 that look like one account under two names.

    The second row has no code, and has figures in none of the columns in which the first has one.
    The first is the account whose name is the longest that the second one's name begins with.
    """
    pairs = []
    rows = list(disclosure.tables.get("spending-by-function", ()))
    columns = disclosure.form.tables["spending-by-function"].amounts
    for second in (row for row in rows if not row["code"]):
        like = [r for r in rows if r["code"] and (second["name"] or "").startswith(r["name"])]
        first = max(like, key=lambda row: len(row["name"]), default=None)
        if first and not any(first[c] is not None and second[c] is not None for c in columns):
            pairs.append((first, second))
    return pairs
