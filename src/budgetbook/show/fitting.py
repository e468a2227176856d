"""How a table meets a small screen: one that is too wide for a phone becomes a card a row.

How wide a table is at least follows from its words: a number is not broken, and a column of words
is at least SEVEN wide. The cells of a table that becomes cards carry their headings, which a
phone shows beside them, under the first cell as the row's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_UNBROKEN = re.compile(r"[^\s\u2e80-\uffef-]+|[\u2e80-\uffef]")
_PLACE = re.compile(r"[{}]")
#: Pixels of a phone that a table may take, of a Chinese and another letter, between two columns.
_PHONE, _HAN, _LETTER, _GAP = 326, 15, 7.8, 16
#: A column of words has at least so many Chinese letters' room.
SEVEN = 7 * _HAN


class Fit(NamedTuple):
    """Whether a table becomes cards, and which of its columns hold words and keep room for them."""

    cards: bool
    words: Sequence[bool]


def fit(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool]) -> Fit:
    """Return how a table of texts is set, given which of its columns hold numbers."""
    columns = list(zip(*rows, strict=True)) or [()] * len(headings)
    words = [
        not number and any(_width(cell) > SEVEN / 2 for cell in column)
        for number, column in zip(numbers, columns, strict=True)
    ]
    needs = map(_need, headings, columns, numbers, words)
    return Fit(bool(rows) and sum(needs) > _PHONE, words)


def label(heading: str) -> str:
    """Return what a phone shows of a heading beside a cell."""
    return _PLACE.sub("", heading).replace("'", "’")  # as Sphinx sets headings


def _need(heading: str, column: Sequence[str], number: bool, words: bool) -> float:
    """Return the least room that a column takes, in pixels."""
    longest = _width if number else _longest
    return max(_longest(heading), *map(longest, column), SEVEN if words else 0) + _GAP


def _width(text: str) -> float:
    return sum(_HAN if letter > "\u2e7f" else _LETTER for letter in " ".join(text.split()))


def _longest(text: str) -> float:
    return max(map(_width, _UNBROKEN.findall(text)), default=0)
