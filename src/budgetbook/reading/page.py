"""Lines, cells and repairs: what the readers of tables, forms and prose have in common."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InputError, at_line

Row = dict[str, Any]

_AMOUNT = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_PERCENT = re.compile(r"(-?\d+(\.\d+)?)%")
DIVISION_ERROR = "#DIV/0!"


@dataclass
class Page:
    """The lines of a published text (counted from 1) and the repairs made in reading them."""

    file: str
    lines: list[str]
    repairs: list[Row] = field(default_factory=list)

    def repair(self, kind: str, line: int, table: str, detail: str) -> None:
        """Record one repair: its kind, the line it was made in and what was done."""
        self.repairs.append({"line": line, "kind": kind, "table": table, "detail": detail})

    def error(self, line: int, found: str, expected: str) -> InputError:
        """Return the error that names the file and the line."""
        return at_line(self.file, line, found, expected)


def open_page(path: Path) -> Page:
    """Return the page of a UTF-8 text; InputError if it cannot be read or is empty."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give a text file") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise at_line(
            path.name, line, "bytes that are not UTF-8", "a text saved as UTF-8"
        ) from None
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if lines and lines[-1] == "":
        lines.pop()
    return Page(path.name, lines)


def cells(line: str) -> list[str]:
    """Split a line into its cells, each without the white space around it."""
    return [cell.strip() for cell in line.split("\t")]


def to_amount(text: str) -> str | None:
    """Return a printed amount as digits without separators, or None if it is none.

    Full-width digits and marks are read as their plain forms: `１，２３４.５０` is `1234.50`.
    """
    digits = unicodedata.normalize("NFKC", text).replace(" ", "")
    return digits.replace(",", "") if _AMOUNT.fullmatch(digits) else None


def to_percent(text: str) -> str | None:
    """Return a printed percentage as digits (`-7%` is `-7`), the division error as it is."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if plain == DIVISION_ERROR:
        return plain
    match = _PERCENT.fullmatch(plain)
    return match[1] if match else None
