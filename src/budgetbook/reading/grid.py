"""Reads the tables that are grids: headings over columns, one account a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..forms import Column, Form, Table, plain
from .page import DIVISION_ERROR, Page, Row, cells, narrow, to_amount, to_percent

_CODE = re.compile(r"\d{3}|\d{5}|\d{7}", re.ASCII)
_IDENTIFIER = re.compile(r"[0-9A-Za-z-]{1,30}")

Line = tuple[int, str]


class GridReader:
    """Reads one printed grid of a form, for one budget year."""

    def __init__(self, page: Page, form: Form, table: Table, year: int) -> None:
        self.page, self.form, self.table = page, form, table
        self.columns = table.columns
        self.headings = [column.headings(year) for column in table.columns]
        self.wordings = [column.wordings(year) for column in table.columns]
        self.values = {c.name for c in table.columns if c.kind not in ("code", "text")}
        self.words = set().union(*self.wordings)

    def read(self, lines: Sequence[Line]) -> list[Row]:
        """Return the rows of the grid, each with its line and one value a column.

        Amounts come back as digits, blanks as the empty string. InputError names the line of a
        heading or a row that does not fit the layout.
        """
        lines = self._join_codes(lines)
        start = self._read_headings(lines)
        return self._unwrapped([self._read_row(number, text) for number, text in lines[start:]])

    def _unwrapped(self, rows: Sequence[Row]) -> list[Row]:
        """Join an account whose name goes on in the line below, alone or with the figures.

        One that has figures and no code, below one that has figures, is a row of its own.
        """
        kinds = {column.kind: column.name for column in reversed(self.columns)}
        code, name = kinds.get("code", ""), kinds.get("text", "")
        joined: list[Row] = []
        for row in rows:
            above = joined[-1] if joined else {}
            goes_on = code and above.get(code) and row[name] and not row[code]
            if goes_on and not self.form.wording.is_total(row[name]):
                here, before = (
                    {k: v for k, v in r.items() if v and k in self.values} for r in (row, above)
                )
                if not here or not before:
                    above |= here | {name: above[name] + row[name]}
                    detail = f"{above[name]}: continues line {above['line']}"
                    self.page.repair("wrapped-cell", row["line"], self.table.role, detail)
                    continue
            joined.append(row)
        return joined

    def _join_codes(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Join codes that are printed in a column for each level, under 类, 款 and 项, into one.

        A section or an item that lost its first zero, as spreadsheets take it, gets it back.
        """
        levels = self.form.wording.code_levels
        codes = [column.wordings(0) for column in self.columns if column.kind == "code"]
        for at, (_, text) in enumerate(lines):
            heads = [plain(part) for part in cells(text)]
            count = next((n for n in (3, 2) if heads[:n] == [*levels[:n]]), 0)
            if count and codes:
                above = [(n, _joined(cells(t), count)) for n, t in lines[:at]]
                here = (lines[at][0], "\t".join([min(codes[0]), *cells(text)[count:]]))
                below = [(n, self._code_of_levels(n, cells(t), count)) for n, t in lines[at + 1 :]]
                return [*above, here, *below]
        return lines

    def _code_of_levels(self, number: int, parts: list[str], count: int) -> str:
        """Return a row with its first cells joined to one code."""
        for at in range(1, min(count, len(parts))):
            if len(narrow(parts[at])) == 1 and narrow(parts[at]).isdecimal():
                detail = f"zero restored: {narrow(parts[at])} is 0{narrow(parts[at])}"
                self.page.repair("zero-restored", number, self.table.role, detail)
                parts[at] = f"0{narrow(parts[at])}"
        return _joined(parts, count)

    def _read_headings(self, lines: Sequence[Line]) -> int:
        """Check the headings against the layout; return how many lines they take."""
        found = [""] * len(self.columns)
        count = 0
        for number, text in lines:
            parts = self._split_merged(number, cells(text))
            unknown = [part for part in parts if part and plain(part) not in self.words]
            if unknown:
                self._check_known(number, parts, unknown)
                break
            self._check_order(number, parts)
            for position, part in enumerate(parts[: len(found)]):
                found[position] = part or found[position]
            count += 1
        where = lines[0][0]
        if not any(found):
            raise self.page.misfit(where, "no heading over the rows", self._expected())
        for column, headings, words, text in zip(
            self.columns, self.headings, self.wordings, found, strict=True
        ):
            if not text:
                detail = f"{column.name}: {headings[-1]}"
                self.page.repair("missing-header", where, self.table.role, detail)
            elif plain(text) not in words:
                expected = f"{headings[-1]} ({column.name})"
                raise self.page.misfit(where, f"the heading {text}", expected)
        return count

    def _expected(self) -> str:
        return f"the headings {', '.join(headings[-1] for headings in self.headings)}"

    def _check_known(self, number: int, parts: Sequence[str], unknown: Sequence[str]) -> None:
        """Refuse a line that is mostly headings: one word of it is not known."""
        known = sum(bool(part) for part in parts) - len(unknown)
        figures = any(to_amount(part) or to_percent(part) for part in parts)
        if known > len(unknown) and not figures:
            raise self.page.misfit(number, f"the heading {unknown[0]}", self._expected())

    def _check_order(self, number: int, parts: Sequence[str]) -> None:
        """Check that the headings of a line follow each other as in the layout."""
        after = 0
        for part in filter(None, parts):
            places = [i for i, w in enumerate(self.wordings) if i >= after and plain(part) in w]
            if not places:
                order = " | ".join(headings[-1] for headings in self.headings)
                found = f"the heading {part} out of order"
                raise self.page.misfit(number, found, f"the order {order}")
            after = places[0] + 1

    def _split_merged(self, number: int, parts: list[str]) -> list[str]:
        """Split a cell that holds two headings run together into the two."""
        result: list[str] = []
        skip_blank = False
        for part in parts:
            if skip_blank and not part:
                skip_blank = False
                continue
            pair = self._merged(plain(part))
            if pair:
                self.page.repair("merged-header", number, self.table.role, " + ".join(pair))
            skip_blank = pair is not None
            result.extend(pair or (part,))
        return result

    def _merged(self, text: str) -> tuple[str, str] | None:
        """Return the two headings that a text runs together, None if it does not."""
        cuts = ((text[:i], text[i:]) for i in range(1, len(text)) if text not in self.words)
        return next((two for two in cuts if self.words.issuperset(two)), None)

    def _read_row(self, number: int, text: str) -> Row:
        parts = cells(text)
        width = len(self.columns)
        if len(parts) > width and not any(parts[width:]):
            parts = parts[:width]
            detail = "blank cells beyond the last column"
            self.page.repair("ragged-row", number, self.table.role, detail)
        elif len(parts) < width:
            padded = parts + [""] * (width - len(parts))
            if self._fits(padded):
                detail = "blank cells missing at the end"
                self.page.repair("ragged-row", number, self.table.role, detail)
                parts = padded
        if not (len(parts) == width and self._fits(parts)):
            parts = self._realign(number, parts)
        return {"line": number} | {
            column.name: self._value(column, number, part)
            for column, part in zip(self.columns, self._total_row(parts), strict=True)
        }

    def _total_row(self, parts: list[str]) -> list[str]:
        """Move the word for a total, printed across the code and the name, into the name."""
        names = self.table.named_by.split("|")
        at = {column.name: i for i, column in enumerate(self.columns) if column.name in names}
        code, name = (at[names[0]], at[names[-1]]) if len(at) == 2 else (0, 0)
        if code == name or parts[name] or not self.form.wording.is_total(parts[code]):
            return parts
        moved = list(parts)
        moved[code], moved[name] = "", parts[code]
        return moved

    def _realign(self, number: int, parts: list[str]) -> list[str]:
        """Find the one way to shift the cells that fits the columns; InputError otherwise."""
        width = len(self.columns)
        shifted = (p + [""] * (width - len(p)) for p in _shifts(parts) if not any(p[width:]))
        fitting = {tuple(self._total_row(p[:width])) for p in shifted if self._fits(p[:width])}
        if len(fitting) != 1:
            named = zip(self.columns, self.headings, strict=True)
            kinds = ", ".join(f"{headings[-1]} ({column.kind})" for column, headings in named)
            why = "a row that fits in more than one way" if fitting else "a row that fits no column"
            raise self.page.misfit(number, f"{why}: {' | '.join(parts)}", f"{width} cells: {kinds}")
        self.page.repair("shifted-row", number, self.table.role, "cells moved under their headings")
        return list(fitting.pop())

    def _fits(self, printed: list[str]) -> bool:
        parts = self._total_row(printed)
        pairs = list(zip(self.columns, parts, strict=True))
        named = any(part for column, part in pairs if column.kind == "text")
        wanted = named or all(column.kind == "amount" for column in self.columns)
        return wanted and all(_is_kind(column, part) for column, part in pairs)

    def _value(self, column: Column, number: int, text: str) -> str:
        if column.kind in ("text", "identifier"):
            return text
        reader = {"code": narrow, "percent": to_percent}.get(column.kind, to_amount)
        value = reader(text) or ""
        if value == DIVISION_ERROR:
            detail = f"{column.name}: kept, not a number"
            self.page.repair("spreadsheet-error", number, self.table.role, detail)
        else:
            self.page.repair_number(number, self.table.role, column.name, text)
        return value


def _joined(parts: list[str], count: int) -> str:
    """Return a line whose first cells are one."""
    return "\t".join(["".join(parts[:count]), *parts[count:]])


def _shifts(parts: list[str]) -> Iterator[list[str]]:
    """Yield the rows that one inserted or one dropped blank makes of `parts`."""
    for i in range(len(parts) + 1):
        yield [*parts[:i], "", *parts[i:]]
        if i < len(parts) and not parts[i]:
            yield [*parts[:i], *parts[i + 1 :]]


def _is_kind(column: Column, text: str) -> bool:
    match column.kind:
        case "code":
            return not text or bool(_CODE.fullmatch(narrow(text)))
        case "identifier":
            return not text or bool(_IDENTIFIER.fullmatch(narrow(text)))
        case "amount" | "number":
            return not text or to_amount(text) is not None
        case "percent":
            return not text or to_percent(text) is not None
    return to_amount(text) is None
