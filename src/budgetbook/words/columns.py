"""Which cells and columns of a table hold numbers, and how a program reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"[−+-]?\d[\d,]*(\.\d+)?( ?%)?")
#: What programs call a column of names made of digits.
_NAMES = re.compile(r"(?:^|_)(code|item|line|parent|same_as)(?:$|_)")
#: A number, or the two ends of a range, as in "−1,000.00 to +2,000.00".
_RANGE = re.compile(rf"{_NUMBER.pattern}( \D+ {_NUMBER.pattern})?")


def plain(text: str) -> str:
    """Return a cell as a program reads it: a number without commas or plus, its minus a hyphen."""
    if not _RANGE.fullmatch(text):
        return text
    return re.sub("[,+]", "", text).replace("−", "-")


def of_numbers(name: str, cells: Iterable[str]) -> bool:
    """Return whether most cells that are filled are numbers, and no names such as codes.

    `name` is what programs call the column, or empty.
    """
    filled = [text for text in map(str.strip, cells) if text]
    numbers = sum(1 for text in filled if _NUMBER.fullmatch(text))
    return 2 * numbers > len(filled) and not _NAMES.search(name)
