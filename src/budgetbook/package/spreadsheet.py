"""Reads the cells of a workbook (xlsx) as texts, with the standard library alone.

Of a formula the value that was saved with it is read; nothing is calculated.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from decimal import Context, InvalidOperation
from xml.etree import ElementTree

from ..errors import InputError
from .zipping import BROKEN

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_BROKEN: tuple[type[Exception], ...] = (*BROKEN, ElementTree.ParseError)
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
#: More than any workbook of ours has, unpacked; and the last row and column that are read.
_MOST, _ROWS, _COLUMNS = 50_000_000, 20_000, 200
#: A spreadsheet keeps 15 digits of a number; what it writes beyond them is noise.
_DIGITS = Context(prec=15)


def sheets(content: bytes, name: str) -> dict[str, list[list[str]]]:
    """Return sheet → rows of cells of a workbook; cells of a merged range have its text.

    `name` names the file in errors. Raises InputError for what is no workbook, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST:
                raise InputError(
                    f"{name}: unpacked it has more than {_MOST} bytes; make it smaller"
                )
            return {title: _rows(archive, part) for title, part in _parts(archive)}
    except InputError:
        raise
    except _BROKEN as error:
        raise InputError(
            f"{name}: not a workbook that can be read ({error}); save as xlsx"
        ) from None


def _xml(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    content = archive.read(part)
    if b"<!DOCTYPE" in content[:2000]:
        raise ValueError("a document type, which no spreadsheet writes")
    text = ElementTree.fromstring(content)
    for element in text.iter():
        element.tag = element.tag.replace(_STRICT, _MAIN)
    return text


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the title and the part of each sheet, in order."""
    links = {
        link.get("Id"): link.get("Target", "")
        for link in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    for sheet in _xml(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        key = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
        target = posixpath.normpath(posixpath.join("xl", links[key]))
        yield sheet.get("name", ""), links[key].lstrip("/") if links[key][:1] == "/" else target


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(item) for item in _xml(archive, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(item: ElementTree.Element) -> str:
    """Return the text of a string, without what says how it is pronounced."""
    runs = [item, *(run for run in item if run.tag == f"{_MAIN}r")]
    return "".join(t.text or "" for run in runs for t in run if t.tag == f"{_MAIN}t")


def _rows(archive: zipfile.ZipFile, part: str) -> list[list[str]]:
    shared, sheet = _shared(archive), _xml(archive, part)
    cells: dict[tuple[int, int], str] = {}
    for cell in sheet.iter(f"{_MAIN}c"):
        place = _place(cell.get("r", ""))
        if place and place[0] < _ROWS and place[1] < _COLUMNS:
            cells[place] = _content(cell, shared)
    for merged in sheet.iter(f"{_MAIN}mergeCell"):
        _fill(cells, merged.get("ref", ""))
    height = max((row for row, _ in cells), default=-1) + 1
    widths = [0] * height
    for row, column in cells:
        widths[row] = max(widths[row], column + 1)
    return [[cells.get((row, c), "") for c in range(widths[row])] for row in range(height)]


def _place(reference: str) -> tuple[int, int] | None:
    found = _CELL.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _content(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{_MAIN}v") or ""
    match cell.get("t"):
        case "s":
            return shared[int(value)] if value else ""
        case "inlineStr":
            inline = cell.find(f"{_MAIN}is")
            return _text(inline) if inline is not None else ""
        case "str" | "b" | "e":
            return value
    return number(value)


def number(text: str) -> str:
    """Return a number as a spreadsheet keeps it, without an exponent and without noise."""
    try:
        kept = _DIGITS.create_decimal(text)
    except InvalidOperation:
        return text
    if not kept.is_finite() or abs(kept.adjusted()) > 30:
        return text
    plain = f"{kept:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _fill(cells: dict[tuple[int, int], str], merged: str) -> None:
    """Give the cells of a merged range its text."""
    first, _, last = merged.partition(":")
    start, end = _place(first), _place(last)
    if start and end and (end[0] - start[0]) * (end[1] - start[1] + 1) < _ROWS:
        for row in range(start[0], min(end[0], _ROWS) + 1):
            for column in range(start[1], min(end[1], _COLUMNS) + 1):
                cells.setdefault((row, column), "")
                cells[row, column] = cells[row, column] or cells.get(start, "")
