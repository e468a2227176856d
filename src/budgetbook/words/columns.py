"""Which columns of a table hold numbers, so that their digits stand under each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"[−+-]?\d[\d,]*(\.\d+)?( ?%)?")
#: What the heading of a column of names made of digits speaks of.
_NAMES = re.compile(r"\b(code|item|line|checksum)\b|编码|代码|科目", re.I)


def of_numbers(heading: str, cells: Iterable[str]) -> bool:
    """Return whether most cells that are filled are numbers, and no names such as codes."""
    filled = [text for text in map(str.strip, cells) if text]
    numbers = sum(1 for text in filled if _NUMBER.fullmatch(text))
    return 2 * numbers > len(filled) and not _NAMES.search(heading)
