"""What a filled-in sheet says: who, and one finding a row, whatever its columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from .stock import stock
from .workbooks import places

_QUESTION = re.compile(r"(token|student|name|number|letter|f\d{1,3})(?![a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_TABLE = re.compile(r"(?:table|表)\D{0,2}(\d{1,2})(?!\d)")
_MONEY = str.maketrans("", "", ",，'’￥¥$ \u00a0\u3000")
#: An answer longer than this is cut: nobody explains more than that in a cell.
LONGEST = 4000


class Answer(NamedTuple):
    """One row of findings, as texts; `question` is its number."""

    question: str
    table: str = ""
    row: str = ""
    column: str = ""
    printed: str = ""
    right: str = ""
    kind: str = ""
    other: str = ""
    explanation: str = ""

    @property
    def filled(self) -> bool:
        """Whether it says of a place that it is wrong."""
        return any((self.table, self.row, self.printed, self.right))


class Filled(NamedTuple):
    """A filled-in sheet: what it says of its student, its findings, its letter."""

    token: str
    about: Mapping[str, str]
    answers: Sequence[Answer]
    letter: str


def plain(text: str) -> str:
    """Return a text as it is compared: half-width, without blanks, in small letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def amount(text: str) -> Decimal | None:
    """Return the number that an answer states, None for other words and for 万元."""
    narrow = unicodedata.normalize("NFKC", text).translate(_MONEY)
    narrow = narrow.removesuffix("元").removesuffix("%").strip()
    return Decimal(narrow) if _NUMBER.fullmatch(narrow) else None


def in_ten_thousands(text: str) -> bool:
    """Whether an answer is in 万元, which is asked back and never guessed."""
    return bool(re.search(r"\d\s*万", unicodedata.normalize("NFKC", text)))


def sheet_of(rows: Sequence[Sequence[str]], tokens: Collection[str]) -> Filled | None:
    """Return what the rows of a file say, None if they are no answer sheet."""
    cells = [[cell.strip()[:LONGEST] for cell in row] for row in rows]
    start, columns = _columns(cells)
    token = next((c for row in cells for c in map(str.upper, row) if c in tokens), "")
    about: dict[str, str] = {}
    found, letter = [], ""
    for number, row in enumerate(cells[start:], 1):
        by = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        asked = _QUESTION.match(unicodedata.normalize("NFKC", by.get("question", "")))
        what = asked[1].lower() if asked else ""
        if what in ("token", "student", "name", "number"):
            about[what] = next((cell for cell in row[1:] if cell), "")
        elif what == "letter":
            letter = max((cell for cell in row[1:]), key=len, default="")
        else:
            found.append(_answer(what.upper() or f"row {number}", by))
    if not token and "token" not in about and not any(a.question[:1] == "F" for a in found):
        return None
    token = token or about.get("token", "").upper()
    return Filled(token, about, [a for a in found if any(a[1:])], letter)


def _answer(question: str, by: Mapping[str, str]) -> Answer:
    names = ("table", "row", "column", "printed", "right", "kind", "else", "explanation")
    return Answer(question, *(by.get(name, "") for name in names))


def _columns(cells: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return where the answers begin, and the place of each column: by its heading, or as usual."""
    usual = {column["id"]: at for at, column in enumerate(stock("columns"))}
    for number, row in enumerate(cells[:20]):
        found: dict[str, int] = {}
        for at, cell in enumerate(row):
            name = _heading(plain(cell))
            if name:
                found.setdefault(name, at)
        if len(found) >= 4:
            free = {name: at for name, at in usual.items() if at not in found.values()}
            return number + 1, free | found
    return 0, usual


def _heading(text: str) -> str:
    for exact in (True, False):
        for column in stock("columns"):
            names = [column["title_zh"], column["title_en"], *column["also"].split("|")]
            for name in map(plain, names):
                if text == name or (not exact and len(name) > 3 and name in text):
                    return str(column["id"])
    return ""


@lru_cache
def _places() -> tuple[tuple[str, str, str], ...]:
    """Return (role, Chinese name, English name) of what can be chosen, longest names first."""
    found = []
    for role, called in places():
        chinese, _, english = called.partition(" ")
        found.append((role, plain(english if chinese == "说明" else chinese), plain(english)))
    return tuple(sorted(found, key=lambda each: -len(each[1])))


def role_of(text: str) -> str:
    """Return the role of the table or section that an answer names, empty if of none."""
    given = plain(text)
    if not given:
        return ""
    if numbered := _TABLE.search(given):
        named = f"table{int(numbered[1])}"
        return next((role for role, _, english in _places() if english == named), "")
    for role, chinese, english in _places():
        if given.startswith(chinese) or chinese in given or given == english or role in given:
            return role
    return ""


@lru_cache(maxsize=4096)
def choice(text: str, name: str) -> str:
    """Return the id of what was chosen from types.csv or else.csv, empty if of none.

    A part of a title is enough where it is a part of one title alone.
    """
    given, parts = plain(text), []
    chinese = re.split("[a-z]", given)[0]
    for row in stock(name) if given else ():
        titles = plain(row["title_zh"]), plain(row["title_en"])
        if given == row["id"] or any(title in given for title in titles):
            return str(row["id"])
        if any(len(part) > 3 and part in title for part in (given, chinese) for title in titles):
            parts.append(str(row["id"]))
    return parts[0] if len(parts) == 1 else ""
