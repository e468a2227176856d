"""The printed disclosure as one HTML page, which prints well: its lines, tables as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby
from pathlib import Path

from ..synthetic.sheet import FORM, Sheet

_FRAME = Path(__file__).with_name("page.html")
#: A table with so many marks between columns or more has no room for wide ones.
_WIDE = 8
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")
_TAGS = re.compile(r"<(?P<tag>h1|h2|h3|p|tr)\b[^>]*>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
_CELLS = re.compile(r"<t[hd]([^>]*)>(.*?)</t[hd]>", re.DOTALL)
_SPANS = re.compile(r'(col|row)span="(\d+)"')


def page(sheet: Sheet, office: str) -> str:
    """Return the page of a printed sheet."""
    frame = _FRAME.read_text(encoding="utf-8")
    title = escape(f"{office}{sheet.year}")
    return frame.replace("{title}", title).replace("{body}", "\n".join(_body(sheet)))


def _body(sheet: Sheet) -> Iterator[str]:
    titles = _titles(sheet)
    sections = {section["line"] for section in sheet.sections}
    filled = {row["line"] for rows in sheet.tables.values() for row in rows}
    numbered = enumerate(sheet.lines, 1)
    first = True
    for tabular, group in groupby(numbered, key=lambda each: "\t" in each[1]):
        lines = list(group)
        if tabular:
            yield from _table(lines, filled)
            continue
        for number, line in lines:
            if line:
                tag = "h3" if number in titles else "h2" if number in sections else "p"
                tag = "h1" if first else tag
                first = False
                called = f"{titles[number]}\u3000" if tag == "h3" else ""
                yield f"<{tag}>{called}{escape(line)}</{tag}>"


def _titles(sheet: Sheet) -> dict[int, str]:
    """Return what the table is called by its number, 表一, for each line that is a title."""
    return {
        entry["line"]: FORM.tables[entry["table"]].words[1]
        for entry in sheet.listing
        if entry.get("line")
    }


def _table(lines: list[tuple[int, str]], filled: set[int]) -> Iterator[str]:
    """Yield a table: what stands before its first row of figures heads its columns.

    A heading is repeated on each sheet of paper that the table takes; words that stand alone in
    the row of a form have all of its width.
    """
    start = next((n for n, _ in lines if n in filled), lines[0][0])
    wide = ' class="wide"' * (max(line.count("\t") for _, line in lines) >= _WIDE)
    yield f"<table{wide}>"
    heads = [line.split("\t") for number, line in lines if number < start]
    if heads:
        yield "<thead>"
        yield from (f"<tr>{''.join(row)}</tr>" for row in _heads(heads))
        yield "</thead>"
    rows = [line.split("\t") for _, line in lines[len(heads) :]]
    form = any(cells[0] == FORM.wording.indicators for cells in rows)
    for cells in rows:
        if cells[0] == FORM.wording.indicators:
            shown = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in cells)
        elif form and cells[1:2] != [""] and not any(cells[2:]) and not _NUMBER.fullmatch(cells[1]):
            words = f'<td colspan="{len(cells) - 1}">{escape(cells[1])}</td>'
            shown = _cell(cells[0], True) + words
        else:
            shown = "".join(_cell(cell, not at) for at, cell in enumerate(cells))
        yield f"<tr>{shown}</tr>"
    yield "</table>"


def _heads(rows: list[list[str]]) -> Iterator[Iterator[str]]:
    """Yield the cells of each row of headings, put together over what stands blank.

    A blank belongs to the heading above it, if that is of this column alone; or else to the one
    on its left.
    """
    begins: dict[tuple[int, int], tuple[int, int]] = {}
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            here, above, left = (at, column), (at - 1, column), (at, column - 1)
            over = begins.get(above)
            alone = over and sum(b == over for (r, _), b in begins.items() if r == over[0]) == 1
            joins = left in begins and (not at or begins[above] == begins[at - 1, column - 1])
            begins[here] = (
                here if text else over if over and alone else (begins[left] if joins else here)
            )
    for at, row in enumerate(rows):
        yield (
            _head(text, [place for place, begin in begins.items() if begin == (at, column)])
            for column, text in enumerate(row)
            if begins[at, column] == (at, column)
        )


def _head(text: str, places: list[tuple[int, int]]) -> str:
    deep, wide = (len({place[way] for place in places}) for way in (0, 1))
    spans = f' colspan="{wide}"' * (wide > 1) + f' rowspan="{deep}"' * (deep > 1)
    return f'<th scope="col{"group" * (wide > 1)}"{spans}>{escape(text)}</th>'


def _cell(text: str, leads: bool) -> str:
    if leads and text:
        return f'<th scope="row">{escape(text)}</th>'
    return f'<td class="n">{text}</td>' if _NUMBER.fullmatch(text) else f"<td>{escape(text)}</td>"


def text_of(html: str) -> list[str]:
    """Return the lines of a page, blank ones apart: what a reader of it finds printed."""
    body = html.partition("<body>")[2]
    found, held = [], dict[int, int]()  # column → rows that a heading above still fills
    for each in _TAGS.finditer(body):
        cells = [each["text"]]
        if each["tag"] == "tr":
            cells = []
            for attributes, text in _CELLS.findall(each["text"]):
                spans = {name: int(number) for name, number in _SPANS.findall(attributes)}
                _fill(cells, held)
                for more in range(spans.get("col", 1)):
                    held[len(cells)] = spans.get("row", 1) - 1
                    cells.append("" if more else text)
            _fill(cells, held)
        found.append(unescape("\t".join(cells)))
    return found


def _fill(cells: list[str], held: dict[int, int]) -> None:
    """Leave blank the next columns of a row that a heading above fills."""
    while held.get(len(cells)):
        held[len(cells)] -= 1
        cells.append("")
