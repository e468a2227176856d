"""Fits the tables of finished pages to small screens: what is too wide becomes a card a row.

How wide a table is at least follows from its words: a number is not broken, and a column of words
is at least SEVEN wide. A table that is wider than a phone gets the class `cards`; its cells
carry their headings, which a phone shows beside them, under the first cell as the row's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

_TABLE = re.compile(r"<table class=(['\"])([^'\"]*\bbudget\b[^'\"]*)\1[^>]*>.*?</table>", re.S)
_ROW = re.compile(r"(<tr\b[^>]*>)(.*?)</tr>", re.S)
_CELL = re.compile(r"<(t[dh])\b([^>]*)>(.*?)</\1>", re.S)
_TAG = re.compile(r"<[^>]*>")
_UNBROKEN = re.compile(r"[^\s\u2e80-\uffef-]+|[\u2e80-\uffef]")
_PLACE = re.compile(r"[{}]")
#: Pixels of a phone that a table may take, of a Chinese and another letter, between two columns.
_PHONE, _HAN, _LETTER, _GAP = 326, 15, 7.8, 16
#: A column of words has at least so many Chinese letters' room.
SEVEN = 7 * _HAN


def fitted(page: str) -> str:
    """Return a page on which every table says how a phone is to show it; twice changes nothing."""
    return _TABLE.sub(lambda found: _fitted(found[0]), page)


def _fitted(table: str) -> str:
    head, _, body = table.partition("</thead>")
    heads = [_text(cell[3]) for cell in _CELL.finditer(head)]
    rows = [list(_CELL.finditer(row[2])) for row in _ROW.finditer(body)]
    if not rows or any(len(row) != len(heads) for row in rows):
        return table
    columns = list(zip(*rows, strict=True))
    needs = [_need(heads[at], column) for at, column in enumerate(columns)]
    wordy = [_wordy(column) for column in columns]
    head = _widened(head, wordy)
    if sum(needs) > _PHONE:
        head = re.sub(r"^<table class=(['\"])(cards )?", r"<table class=\1cards ", head)
        body = _labelled(body, heads)
    return f"{head}</thead>{body}"


def _need(head: str, column: Sequence[re.Match[str]]) -> float:
    """Return the least room that a column takes, in pixels."""
    texts = [head, *(_text(cell[3]) for cell in column)]
    if "number" in column[0][2]:
        unbroken = max(_longest(head), *map(_width, texts[1:]))
        return unbroken + _GAP
    return max(*map(_longest, texts), SEVEN if _wordy(column) else 0) + _GAP


def _wordy(column: Sequence[re.Match[str]]) -> bool:
    """Return whether a column holds words, and more than one fits on half its room."""
    numbers = "number" in column[0][2]
    return not numbers and any(_width(_text(cell[3])) > SEVEN / 2 for cell in column)


def _labelled(body: str, heads: Sequence[str]) -> str:
    """Return rows whose cells, but the first, name their column where they are not blank."""

    def row(found: re.Match[str]) -> str:
        at = iter(range(len(heads)))
        return found[1] + _CELL.sub(lambda cell: _cell(cell, next(at), heads), found[2]) + "</tr>"

    return _ROW.sub(row, body)


def _cell(cell: re.Match[str], at: int, heads: Sequence[str]) -> str:
    tag, attributes, content = cell.groups()
    attributes = re.sub(r' data-label="[^"]*"', "", attributes)
    if at and (_text(content) or "data-cell" in content):
        attributes += f' data-label="{escape(_PLACE.sub("", heads[at]))}"'
    return f"<{tag}{attributes}>{content}</{tag}>"


def _widened(head: str, wordy: Sequence[bool]) -> str:
    """Return headings of which those over words keep room for them."""
    at = iter(wordy)

    def heading(cell: re.Match[str]) -> str:
        tag, attributes, content = cell.groups()
        attributes = attributes.replace(" data-words", "")
        return f"<{tag}{attributes}{' data-words' if next(at) else ''}>{content}</{tag}>"

    return _CELL.sub(heading, head)


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).replace("¶", "").split())


def _width(text: str) -> float:
    return sum(_HAN if letter > "\u2e7f" else _LETTER for letter in text)


def _longest(text: str) -> float:
    return max(map(_width, _UNBROKEN.findall(text)), default=0)
