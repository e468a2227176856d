"""Whole sentences with named, typed values: what a chapter says of its figures.

A message is one sentence (or a few) in which every value stands under a name and a type, as in
`{total:yuan}` or `{part:share}`. The English message is also what an edition in another language
looks it up by.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..exact.money import percent, wan, yuan


def _name(value: str | Iterable[str]) -> str:
    """Print a name: English and Chinese of a pair, or the one that there is."""
    return value if isinstance(value, str) else " ".join(filter(None, dict.fromkeys(value)))


def _names(values: Iterable[str | Iterable[str]]) -> str:
    return ", ".join(map(_name, values))


def _change(value: Decimal | Fraction) -> str:
    """Print a change in 万元 with its sign: a rise can be told without colour."""
    return f"{'+' if value > 0 else ''}{wan(value)} 万元"


def _share(value: Decimal | Fraction | tuple[Any, Any]) -> str:
    """Print a part of one, or one amount as a part of another; `undefined` of nothing."""
    return percent(*value) if isinstance(value, tuple) else percent(value, Decimal(1))


#: Type → how its values are printed: yuan to the cent, 万元 and % with one decimal, half up.
TYPES: dict[str, Callable[[Any], str]] = {
    "yuan": lambda value: f"{yuan(value)} yuan",
    "wan": lambda value: f"{wan(value)} 万元",
    "change": _change,
    "share": _share,
    "count": lambda value: f"{value:,}",
    "year": str,
    "name": _name,
    "names": _names,
    "message": str,
}


@dataclass(frozen=True)
class Message:
    """A message with its values; shown as Markdown in a notebook, as text by `str`."""

    template: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return _WRITER.vformat(self.template, (), self.values)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return str(self)


def say(template: str, **values: Any) -> Message:
    """Return a message; amounts are exact yuan, shares parts of one, names pairs or texts.

    Raises KeyError when it is shown if a value is missing or its type is none of TYPES.
    """
    return Message(template, values)


class _Writer(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        return TYPES[format_spec](value)


_WRITER = _Writer()
