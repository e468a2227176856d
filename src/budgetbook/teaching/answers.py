"""What a filled-in sheet says: who, and one finding a row, whatever its columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ..synthetic.sheet import FORM
from .comparisons import numbers
from .stock import stock
from .workbooks import LIST

_QUESTION = re.compile(r"(token|student|name|number|letter|f\d{1,3})(?![a-z])")
#: What people write before a number: 人民币, ≥, 不超过, 应为.
_BEFORE = (
    "(?:rmb|cny|不[超高大多][过于]|小于或?等于|[小低少]于|至多|最[多高]|atmost|nomorethan|upto|>="
    "|shouldbe|应[该当]?改?[为是成]|改[为成]|更正[为成]|正确(?:值|数|金额)?|[人民币约为是共≥≤≦=<:])*"
)
#: A sum that ends in what it comes to: 5*6000-6500=23500.
_SUM = re.compile(r"[^=]*\d[^=\d]*[-+*/×÷x][^=\d]*\d[^=]*=([^=]+)")
#: A number with that and with what people write after it: 元整, 人次, 以内.
_NUMBER = re.compile(rf"{_BEFORE}([-+]?\d+(?:\.\d+)?(?:e[+-]?\d{{1,2}})?)[^\d.]*")
_NUMERALS = "零一二三四五六七八九十百千万两"
_TABLE = re.compile(r"(?:table|表)\D{0,2}(\d{1,2})(?!\d)")
_NUMBERED = re.compile(r"(?:附?表格?)?第?(\d{1,2}|[一二三四五六七八九十]{1,2})[号张]?表?格?")
_MONEY = str.maketrans("−", "-", ",、'’￥¥$")
#: A number in 万元 or 亿元, and in no other way that is for a person to read.
_LARGE = re.compile(r"\d[(个]?[万萬亿億]|[万萬亿億]元?[):]?\d")
_WHOLE_LARGE = re.compile(rf"{_BEFORE}(\d+(?:\.\d+)?)[(个]?[万萬]元?[)]?")
#: Words for the text as a whole, where a section is asked for.
PROSE = re.compile("文字|正文|说明|text|prose", re.IGNORECASE)
_MIXED = re.compile(r"\d[十百千]")
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

    @property
    def role(self) -> str:
        """The role of the table or section that it names, in its cell or before the row."""
        return role_of(self.table) or _called(plain(self.row))

    @property
    def cells(self) -> str:
        """All that it says, for a person to read."""
        return f"{self.question}: {' | '.join(filter(None, self[1:]))}"


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
    """Return the number that an answer states, None for other words and for 万元.

    Units and words around it are passed over; brackets around a whole number make it negative. A
    number may be spelled as the document spells it, 一百四十二户, where nothing else is said.
    """
    narrow = plain(text).translate(_MONEY)
    if in_ten_thousands(narrow) or _MIXED.search(narrow):
        return None
    if told := _SUM.fullmatch(narrow):
        narrow = told[1]
    if told := _spelled().fullmatch(narrow.replace("〇", "零")):
        return Decimal(numbers(told[1])[0])
    inside = re.fullmatch(r"\(([\d.]+)\)元?", narrow)
    found = _NUMBER.fullmatch(f"-{inside[1]}" if inside else narrow)
    return Decimal(found[1]) if found else None


@lru_cache
def _spelled() -> re.Pattern[str]:
    """Return what matches a cell that is one number in Chinese, with a unit or without."""
    units = {row["unit"] for row in stock("projects")} | {"元", "元整", "个月", "月", "辆", "%"}
    longest = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    digit = f"(?=[{_NUMERALS}]*[零一二三四五六七八九十两])"
    return re.compile(rf"{_BEFORE}(?:百分之)?{digit}([{_NUMERALS}]+)(?:{longest})?")


def ten_thousands(text: str) -> Decimal | None:
    """Return the number before the unit of an answer that is in 万元 as a whole, None of others."""
    found = _WHOLE_LARGE.fullmatch(plain(text).translate(_MONEY))
    return Decimal(found[1]) if found else None


def in_ten_thousands(text: str) -> bool:
    """Whether an answer is in 万元, which is asked back and never guessed."""
    return bool(_LARGE.search(plain(text)))


def several(text: str) -> bool:
    """Whether an answer holds numbers and does not say which is meant: it is asked back."""
    return amount(text) is None and len(re.findall(r"\d+", plain(text).translate(_MONEY))) > 1


def filled_cells(rows: Sequence[Sequence[str]]) -> int:
    """Return how many cells are filled in the rows of the questions of the sheet."""
    at = _asked(rows)
    asked = [row for row in rows if at is not None and at < len(row) and _question(row[at])]
    return sum(bool(cell.strip()) for row in asked for cell in row)


def sheet_of(rows: Sequence[Sequence[str]], tokens: Collection[str]) -> Filled | None:
    """Return what the rows of a file say, None if they are no answer sheet."""
    cells = [[cell.strip()[:LONGEST] for cell in row] for row in rows]
    start, columns = _columns(cells)
    token = next((c for row in cells for c in map(str.upper, row) if c in tokens), "")
    about: dict[str, str] = {}
    found, letter = [], ""
    for number, row in enumerate(cells[start:], 1):
        by = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        what = _question(by.pop("question", ""))
        if what in ("token", "student", "name", "number"):
            about[what] = next(filter(None, by.values()), "")
        elif what == "letter":
            letter = max(by.values(), key=len, default="")
        else:
            found.append(_answer(what.upper() or f"row {number}", by))
    if not token and "token" not in about and not any(a.question[:1] == "F" for a in found):
        return None
    token = token or about.get("token", "").upper()
    return Filled(token, about, [a for a in found if any(a[1:])], letter)


def _question(text: str) -> str:
    """Return which question of the sheet a cell names, in small letters, empty if none."""
    asked = _QUESTION.match(unicodedata.normalize("NFKC", text).strip().lower())
    return asked[1] if asked else ""


def _answer(question: str, by: Mapping[str, str]) -> Answer:
    names = ("table", "row", "column", "printed", "right", "kind", "else", "explanation")
    return Answer(question, *(by.get(name, "") for name in names))


def _asked(cells: Sequence[Sequence[str]]) -> int | None:
    """Return the column in which the questions of the sheet stand, None where none do."""
    asked = Counter(at for row in cells for at, cell in enumerate(row) if _question(cell))
    return max(asked, key=lambda at: (asked[at], -at), default=None)


def _columns(cells: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return where the answers begin, and the place of each column, in the usual order.

    The questions are known by what stands in them, the others by their headings; where a heading
    is not known, it is the column that usually follows, if no other is there.
    """
    names = [column["id"] for column in stock("columns")]
    asked = _asked(cells)
    start, found = 0, dict[str, int]()
    for number, row in enumerate(cells[:20]):
        headed = _headed(row)
        if len(headed) >= 4:
            start, found = number + 1, headed
            break
    if asked is not None:
        found = {name: at for name, at in found.items() if at != asked} | {"question": asked}
    before = found.setdefault("question", 0)
    for name in names:
        if name not in found and before + 1 not in found.values():
            found[name] = before + 1
        before = found.get(name, before)
    return start, {name: found[name] for name in names if name in found}


def _headed(row: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that a row heads: by its own title, else by another."""
    found: dict[str, int] = {}
    for names in (("title_zh", "title_en"), ("also",)):
        for at, cell in enumerate(row):
            name = "" if at in found.values() else _heading(plain(cell), names)
            if name:
                found.setdefault(name, at)
    return found


def _heading(text: str, fields: Sequence[str]) -> str:
    for exact in (True, False):
        for column in stock("columns"):
            names = [name for field in fields for name in column[field].split("|")]
            for name in map(plain, names):
                if text == name or (not exact and len(name) > 3 and name in text):
                    return str(column["id"])
    return ""


@lru_cache
def _places() -> tuple[tuple[str, str, str], ...]:
    """Return (role, Chinese name, English name) of what can be named, longest names first."""
    called = [(role, *table.words) for role, table in FORM.tables.items()] + [("list", *LIST)]
    called += [(section.role, section.titles[0], section.titles[0]) for section in FORM.sections]
    found = [(role, plain(chinese), plain(english)) for role, english, chinese in called]
    for table in FORM.tables.values():
        found += [(table.role, plain(title), plain(table.title)) for title in table.endings]
    return tuple(sorted(found, key=lambda each: -len(each[1])))


def role_of(text: str) -> str:
    """Return the role of the table or section that an answer names, empty if of none.

    A table is known by its number, 表六 or 6, by its title, and by a short name that fits one.
    """
    given = plain(text)
    return _called(given) or _short(given)


def _called(given: str) -> str:
    """Return the role of what a text calls by its number or its title."""
    if not given:
        return ""
    if alone := _NUMBERED.fullmatch(given):
        given = f"表{alone[1]}"
    if numbered := _TABLE.search(given):
        named = f"table{int(numbered[1])}"
        return next((role for role, _, english in _places() if english == named), "")
    for role, chinese, english in _places():
        if re.search(f"{re.escape(chinese)}(?!(?<=表.)[一二三四五六七八九十])", given):
            return role
        if given == english or role in given:
            return role
    return ""


def _short(given: str) -> str:
    """Return the role of the one table whose title has the signs of a short name in their order.

    So 采购表 is the table of procurement; words for the text as a whole are no short name.
    """
    if len(given) < 2 or PROSE.search(given):
        return ""
    english = given.replace("table", "")
    signs = re.compile(".*".join(map(re.escape, given)))
    fit = {
        role
        for role, title, called in _places()
        if role in FORM.tables and (signs.search(title) or (len(english) > 4 and english in called))
    }
    return fit.pop() if len(fit) == 1 else ""


@lru_cache(maxsize=4096)
def choice(text: str, name: str) -> str:
    """Return the id of what was chosen from types.csv or else.csv, empty if of none.

    A part of a title is enough where it is a part of one title alone, and so is the number under
    which the sheet for paper has it.
    """
    given, parts = plain(text), []
    if re.fullmatch("[0-9]{1,2}", given) and 0 < int(given) <= len(stock(name)):
        return str(stock(name)[int(given) - 1]["id"])
    chinese = re.split("[a-z]", given)[0]
    for row in stock(name) if given else ():
        titles = plain(row["title_zh"]), plain(row["title_en"])
        if given == row["id"] or any(title in given for title in titles):
            return str(row["id"])
        if any(len(part) > 3 and part in title for part in (given, chinese) for title in titles):
            parts.append(str(row["id"]))
    return parts[0] if len(parts) == 1 else ""
