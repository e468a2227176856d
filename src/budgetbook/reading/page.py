"""Lines, cells and repairs: what the readers of tables, forms and prose have in common."""

from __future__ import annotations

import codecs
import hashlib
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InputError, at_line

Row = dict[str, Any]

_AMOUNT = re.compile(r"-?(\d{1,3}(,\d{3}){1,4}|\d{1,15})(\.\d{1,6})?", re.ASCII)
_PERCENT = re.compile(r"(-?\d{1,9}(\.\d{1,6})?)%", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
#: Characters that nobody sees: zero-width ones, marks of direction, the soft hyphen, selectors
#: of variants, fillers.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef"
)
_ODD = re.compile(f"[{_INVISIBLE}\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
#: Radicals that look like ideographs and that no normal form knows: each before its ideograph.
_PAIRS = (
    "⺁厂⺄乙⺇几⺈刀⺊卜⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺕彐⺛旡⺜日⺝月⺠民⺢水⺧牛⺩王⺫目⺬示⺮竹⺶羊⺷羊⺻聿⺼肉⺽臼⻁虎"
    "⻄西⻅见⻆角⻇角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀"
)
_RADICALS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_NUMERALS = str.maketrans("〇○零一二三四五六七八九OＯ０", "000123456789000")
#: A year of this or the last century in numerals, as 二〇三一年.
_NUMERAL_YEAR = re.compile(
    r"(?<![〇○零一二三四五六七八九十百])(?:一九|二[〇○零OＯ0０])[〇○零一二三四五六七八九OＯ0０]{2}(?=\s*年)"
)
DIVISION_ERROR = "#DIV/0!"


#: How files begin that are no text, or one in another encoding.
_STARTS = {
    b"%PDF": "a PDF: take the text out of it first",
    b"PK\3\4": "a zip, as docx and xlsx are: take the text out of it first",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file: take the text out of it first",
    codecs.BOM_UTF16_LE: "they look like UTF-16",
    codecs.BOM_UTF16_BE: "they look like UTF-16",
}


@dataclass
class Page:
    """The lines of a published text (counted from 1) and the repairs made in reading them.

    `sha256` is that of the whole file; `form` the name of the form that it is read as.
    """

    file: str
    lines: list[str]
    sha256: str = ""
    form: str = ""
    repairs: list[Row] = field(default_factory=list)

    def repair(self, kind: str, line: int, table: str, detail: str) -> None:
        """Record one repair: its kind, the line it was made in and what was done.

        It is recorded once, whether a line needs it twice or two passes over the line find it.
        """
        made = {"line": line, "kind": kind, "detail": detail}
        if not any(made.items() <= repair.items() for repair in self.repairs):
            self.repairs.append(made | {"table": table})

    def repair_number(self, line: int, table: str, name: str, text: str) -> None:
        """Record that a number was printed with full-width marks or with blanks in it."""
        if not text.isascii():
            self.repair("full-width-mark", line, table, f"{name}: {text}")
        elif " " in text:
            self.repair("blank-in-number", line, table, f"{name}: {text}")

    def error(self, line: int, found: str, expected: str) -> InputError:
        """Return the error that names the file and the line."""
        return at_line(self.file, line, found, expected)

    def misfit(self, line: int, found: str, expected: str) -> InputError:
        """Return the error for a line that the form has no place for: it names the form too."""
        return self.error(line, found, f"{expected} (form {self.form})")


@dataclass
class Told:
    """What the text tells: the figures that were read, and those that were not."""

    claims: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)

    def next_in(self, line: int) -> int:
        """Return the position of the next figure of a line."""
        return 1 + sum(1 for row in (*self.claims, *self.unread) if row["line"] == line)


def open_page(path: Path) -> Page:
    """Return the page of a UTF-8 text, read once; InputError if it cannot be read.

    The path `-` is the standard input.
    """
    piped = str(path) == "-"
    file = "standard input" if piped else path.name
    try:
        content = path.read_bytes() if not piped else sys.stdin.buffer.read() if sys.stdin else b""
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give a text file") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"bytes that are not UTF-8{_looks_like(content)}"
        raise at_line(file, line, found, "a text saved as UTF-8") from None
    if not content.strip():
        how = ", through a pipe" if piped else ""
        raise at_line(file, 1, "nothing", f"the text of a disclosure{how}")
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if lines and lines[-1] == "":
        lines.pop()
    page = Page(file, lines, hashlib.sha256(content).hexdigest())
    if content.startswith(codecs.BOM_UTF8):
        page.repair("byte-order-mark", 1, "", "mark before the first character passed over")
    if "\r\n" in text:
        page.repair("line-ends", 1, "", "CRLF line ends read as LF")
    for number, printed in enumerate(lines, 1):
        if _ODD.search(printed):
            _stand_for(page, number)
        _read_years(page, number)
        control = _CONTROL.search(printed.strip())
        if control:
            found = f"the control character U+{ord(control[0]):04X}"
            raise page.error(number, found, "printed characters and tabs")
    return page


def _looks_like(content: bytes) -> str:
    """Return what bytes that are not UTF-8 look like, empty if like nothing that is known."""
    for start, what in _STARTS.items():
        if content.startswith(start):
            return f" ({what})"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return " (they look like GB18030)" if b"\0" not in content else ""


def _stand_for(page: Page, number: int) -> None:
    """Read the characters of a line as what they stand for, and drop those that nobody sees."""
    done: dict[str, str] = {}

    def read(found: re.Match[str]) -> str:
        printed = found[0]
        seen = not re.match(f"[{_INVISIBLE}]", printed)
        meant = _RADICALS.get(printed) or unicodedata.normalize("NFKC", printed) if seen else ""
        if "\u2e80" <= meant <= "\u2fdf":
            name = f"the radical U+{ord(printed):04X} ({printed})"
            raise page.error(number, name, "the ideograph that it is a part of")
        if meant != printed:
            done[printed] = meant
        return meant

    page.lines[number - 1] = _ODD.sub(read, page.lines[number - 1])
    for printed, meant in done.items():
        kind = "look-alike-character" if meant else "invisible-character"
        what = f"read as {meant}" if meant else "passed over"
        page.repair(kind, number, "", f"U+{ord(printed):04X} {what}")


def _read_years(page: Page, number: int) -> None:
    """Read the years of a line that stand in numerals as digits."""

    def read(found: re.Match[str]) -> str:
        year = found[0].translate(_NUMERALS)
        page.repair("year-in-numerals", number, "", f"{found[0]} read as {year}")
        return year

    page.lines[number - 1] = _NUMERAL_YEAR.sub(read, page.lines[number - 1])


def cells(line: str) -> list[str]:
    """Split a line into its cells, each without the white space around it."""
    return [cell.strip() for cell in line.split("\t")]


def narrow(text: str) -> str:
    """Return `text` with full-width digits and marks in their plain forms, of equal length."""
    return text.translate(_NARROW)


def to_amount(text: str) -> str | None:
    """Return a printed amount as digits without separators, or None if it is none.

    Full-width digits and marks are read as their plain forms: `１，２３４.５０` is `1234.50`.
    """
    digits = narrow(text).replace(" ", "")
    return digits.replace(",", "") if _AMOUNT.fullmatch(digits) else None


def to_percent(text: str) -> str | None:
    """Return a printed percentage as digits (`-7%` is `-7`), the division error as it is."""
    plain = narrow(text).replace(" ", "")
    if plain == DIVISION_ERROR:
        return plain
    match = _PERCENT.fullmatch(plain)
    return match[1] if match else None
