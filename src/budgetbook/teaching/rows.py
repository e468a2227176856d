"""Which rows of a department an answer names: one is an answer, many are a net."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ..synthetic.figures import NAMES
from .answers import plain
from .stock import stock

#: An offsetting pair is two rows; who names more in one answer names none.
MOST = 2


def codes(row: str) -> list[str]:
    """Return the runs of digits of a text; a spreadsheet may have made a number of a code."""
    narrow = unicodedata.normalize("NFKC", row).strip().removesuffix(".0")
    found = "".join(letter if letter.isdigit() else " " for letter in narrow)
    return found.split()


def many(text: str) -> bool:
    """Whether a text names more rows than an answer may.

    A code and its name are one row, and so are an account and those above it, a project and its
    indicators.
    """
    left, found = plain(text), []
    named = {NAMES[code] for code in codes(text) if code in NAMES}
    for name, kind in _vocabulary():
        if name in left:
            left = left.replace(name, "|")
            found.append((kind, name))
    named |= {name for kind, name in found if kind == "account"}
    mine = {code for code, name in NAMES.items() if plain(name) in set(map(plain, named))}
    lowest = {c for c in mine if not any(o != c and o.startswith(c) for o in mine)}
    accounts = {plain(NAMES[code]) for code in lowest}
    projects = {name for kind, name in found if kind == "project"}
    indicators = {name for kind, name in found if kind == "indicator"}
    return len(accounts) + len(projects or indicators) > MOST


def known(text: str) -> bool:
    """Whether a text names a row that departments print: an account, a project, an indicator."""
    words = plain(text)
    return any(code in NAMES for code in codes(text)) or any(n in words for n, _ in _vocabulary())


@lru_cache
def _vocabulary() -> tuple[tuple[str, str], ...]:
    """Return (name, what it is of) of all that departments print in rows, longest first."""
    found = {plain(name): "account" for name in NAMES.values()}
    for row in stock("projects"):
        found |= {plain(row[name]): "indicator" for name in ("noun", "quality", "effect", "group")}
        found[plain(row["name"])] = "project"
    return tuple(sorted(found.items(), key=lambda each: -len(each[0])))
