"""Reads the tables that are grids: headings over columns, one account a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..forms import Column, Table, plain
from .page import DIVISION_ERROR, Page, Row, cells, narrow, to_amount, to_percent

_CODE = re.compile(r"\d{3}|\d{5}|\d{7}", re.ASCII)
_TOTAL = "合计"

Line = tuple[int, str]


def read_grid(page: Page, table: Table, lines: Sequence[Line], year: int) -> list[Row]:
    """Return the rows of a grid, each with its line and one value a column.

    Amounts come back as digits, blanks as the empty string. InputError names the line of a
    heading or a row that does not fit the layout.
    """
    start = _read_headings(page, table, lines, year)
    return [_read_row(page, table, number, text, year) for number, text in lines[start:]]


def _read_headings(page: Page, table: Table, lines: Sequence[Line], year: int) -> int:
    """Check the headings against the layout; return how many lines they take."""
    expected = [column.headings(year) for column in table.columns]
    wordings = [column.wordings(year) for column in table.columns]
    words = set().union(*wordings)
    found = [""] * len(expected)
    count = 0
    for number, text in lines:
        parts = _split_merged(page, table, number, cells(text), words)
        if not all(plain(part) in words for part in parts if part):
            break
        _check_order(page, number, parts, wordings, expected)
        for position, part in enumerate(parts[: len(found)]):
            found[position] = part or found[position]
        count += 1
    where = lines[0][0]
    if not any(found):
        inner = ", ".join(headings[-1] for headings in expected)
        raise page.error(where, "no heading over the rows", f"the headings {inner}")
    for column, headings, text in zip(table.columns, expected, found, strict=True):
        if not text:
            page.repair("missing-header", where, table.role, f"{column.name}: {headings[-1]}")
        elif plain(text) not in column.wordings(year):
            raise page.error(where, f"the heading {text}", f"{headings[-1]} ({column.name})")
    return count


def _check_order(
    page: Page,
    number: int,
    parts: Sequence[str],
    wordings: Sequence[set[str]],
    expected: Sequence[Sequence[str]],
) -> None:
    """Check that the headings of a line follow each other as in the layout."""
    after = 0
    for part in filter(None, parts):
        places = [i for i, w in enumerate(wordings) if i >= after and plain(part) in w]
        if not places:
            order = " | ".join(headings[-1] for headings in expected)
            raise page.error(number, f"the heading {part} out of order", f"the order {order}")
        after = places[0] + 1


def _split_merged(
    page: Page, table: Table, number: int, parts: list[str], words: set[str]
) -> list[str]:
    """Split a cell that holds two headings run together into the two."""
    result: list[str] = []
    skip_blank = False
    for part in parts:
        if skip_blank and not part:
            skip_blank = False
            continue
        skip_blank = False
        text = plain(part)
        pair = next(
            (
                (text[:i], text[i:])
                for i in range(1, len(text))
                if text not in words and text[:i] in words and text[i:] in words
            ),
            None,
        )
        if pair:
            page.repair("merged-header", number, table.role, " + ".join(pair))
            skip_blank = True
        result.extend(pair or (part,))
    return result


def _read_row(page: Page, table: Table, number: int, text: str, year: int) -> Row:
    parts = cells(text)
    width = len(table.columns)
    if len(parts) > width and not any(parts[width:]):
        parts = parts[:width]
        page.repair("ragged-row", number, table.role, "blank cells beyond the last column")
    elif len(parts) < width:
        padded = parts + [""] * (width - len(parts))
        if _fits(table.columns, padded):
            page.repair("ragged-row", number, table.role, "blank cells missing at the end")
            parts = padded
    if not (len(parts) == width and _fits(table.columns, parts)):
        parts = _realign(page, table, number, parts, year)
    return {"line": number} | {
        column.name: _value(page, table, column, number, part)
        for column, part in zip(table.columns, _total_row(table, parts), strict=True)
    }


def _total_row(table: Table, parts: list[str]) -> list[str]:
    """Move the word 合计, printed across the code and the name, into the name."""
    if table.columns[0].kind == "code" and plain(parts[0]) == _TOTAL:
        return ["", parts[0], *parts[2:]]
    return parts


def _realign(page: Page, table: Table, number: int, parts: list[str], year: int) -> list[str]:
    """Find the one way to shift the cells that fits the columns; InputError otherwise."""
    width = len(table.columns)
    shifted = (p + [""] * (width - len(p)) for p in _shifts(parts) if not any(p[width:]))
    fitting = {
        tuple(_total_row(table, p[:width])) for p in shifted if _fits(table.columns, p[:width])
    }
    if len(fitting) != 1:
        kinds = ", ".join(f"{c.headings(year)[-1]} ({c.kind})" for c in table.columns)
        why = "a row that fits in more than one way" if fitting else "a row that fits no column"
        raise page.error(number, f"{why}: {' | '.join(parts)}", f"{width} cells: {kinds}")
    page.repair("shifted-row", number, table.role, "cells moved under their headings")
    return list(fitting.pop())


def _shifts(parts: list[str]) -> Iterator[list[str]]:
    """Yield the rows that one inserted or one dropped blank makes of `parts`."""
    for i in range(len(parts) + 1):
        yield [*parts[:i], "", *parts[i:]]
        if i < len(parts) and not parts[i]:
            yield [*parts[:i], *parts[i + 1 :]]


def _fits(columns: Sequence[Column], parts: Sequence[str]) -> bool:
    if columns[0].kind == "code" and plain(parts[0]) == _TOTAL:
        return not parts[1] and all(map(_is_kind, columns[2:], parts[2:]))
    named = any(part for column, part in zip(columns, parts, strict=True) if column.kind == "text")
    wanted = named or all(column.kind == "amount" for column in columns)
    return wanted and all(map(_is_kind, columns, parts))


def _is_kind(column: Column, text: str) -> bool:
    match column.kind:
        case "code":
            return not text or bool(_CODE.fullmatch(narrow(text)))
        case "amount" | "number":
            return not text or to_amount(text) is not None
        case "percent":
            return not text or to_percent(text) is not None
    digits = to_amount(text)
    return digits is None or column.name.endswith("code")


def _value(page: Page, table: Table, column: Column, number: int, text: str) -> str:
    if column.kind == "text":
        return text
    reader = {"code": narrow, "percent": to_percent}.get(column.kind, to_amount)
    value = reader(text) or ""
    if value == DIVISION_ERROR:
        page.repair("spreadsheet-error", number, table.role, f"{column.name}: kept, not a number")
    else:
        page.repair_number(number, table.role, column.name, text)
    return value
