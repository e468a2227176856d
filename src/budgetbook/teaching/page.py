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
_TAGS = re.compile(r"<(?P<tag>h1|h2|h3|p|tr)\b[^>]*>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
_CELLS = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


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
    """Yield a table: what stands before its first row of figures heads its columns."""
    start = next((n for n, _ in lines if n in filled), lines[0][0] + 1)
    wide = ' class="wide"' * (max(line.count("\t") for _, line in lines) >= _WIDE)
    yield f"<table{wide}>"
    for number, line in lines:
        cells = line.split("\t")
        if number < start or cells[0] == FORM.wording.indicators:
            shown = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in cells)
        else:
            shown = "".join(_cell(cell, not at) for at, cell in enumerate(cells))
        yield f"<tr>{shown}</tr>"
    yield "</table>"


def _cell(text: str, leads: bool) -> str:
    if leads and text:
        return f'<th scope="row">{escape(text)}</th>'
    number = re.fullmatch(r"-?[\d,]+(\.\d+)?%?", text)
    return f'<td class="n">{text}</td>' if number else f"<td>{escape(text)}</td>"


def text_of(html: str) -> list[str]:
    """Return the lines of a page, blank ones apart: what a reader of it finds printed."""
    body = html.partition("<body>")[2]
    found = []
    for each in _TAGS.finditer(body):
        cells = _CELLS.findall(each["text"]) if each["tag"] == "tr" else [each["text"]]
        found.append(unescape("\t".join(cells)))
    return found
