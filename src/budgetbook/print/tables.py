"""Makes the tables of the site fit a printed page."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

#: A table with more columns than this is turned if it has fewer rows, else it stands across.
_MANY = 9


def fit(table: Tag) -> None:
    """Set a table for paper: numbers under their headings, and no more columns than fit."""
    for paragraph in table.find_all("p"):
        paragraph.unwrap()
    _align(table)
    _turn(table)


def mark(tag: Tag, name: str) -> None:
    """Give an element one more class."""
    tag["class"] = " ".join(filter(None, [*tag.get_attribute_list("class"), name]))


def _align(table: Tag) -> None:
    """Set the heading and every cell of a column of numbers as numbers are."""
    rows = [row.find_all(["th", "td"], recursive=False) for row in table.find_all("tr")]
    for column in zip(*rows, strict=False):
        numbers = [cell for cell in column[1:] if "number" in cell.get_attribute_list("class")]
        others = [cell for cell in column[1:] if cell not in numbers]
        if numbers and all(re.fullmatch(r"[−\d.,%]*", cell.get_text()) for cell in others):
            for cell in (column[0], *others):
                mark(cell, "number")


def _turn(table: Tag) -> None:
    """Make a table of many columns fit: its columns become rows, or it gets a page across."""
    rows = [row.find_all(["th", "td"], recursive=False) for row in table.find_all("tr")]
    columns = len(rows[0])
    if columns <= _MANY:
        return
    simple = all(len(row) == columns for row in rows) and not table.select("[colspan], [rowspan]")
    if len(rows) > columns or not simple:
        _put_across(table)
        return
    ids = [row.get("id") for row in table.find_all("tr")]
    lines = []
    for column in range(columns):
        cells = []
        for row, id_ in zip(rows, ids, strict=True):
            cell = row[column]
            if cell is rows[0][column]:
                cell.name, cell.attrs = "th", {"scope": "row"}
            elif id_ and column == 0:
                cell["id"] = id_
            cells.append(str(cell))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    table.clear()
    mark(table, "turned")
    table.append(BeautifulSoup(f"<tbody>{''.join(lines)}</tbody>", "html.parser"))


def _put_across(table: Tag) -> None:
    """Let a table and its title stand on a page across."""
    block = table
    while block.parent is not None and len(block.parent.find_all(True, recursive=False)) == 1:
        block = block.parent
    across = BeautifulSoup('<div class="wide"></div>', "html.parser").div
    assert across is not None
    title = block.find_previous_sibling()
    block.wrap(across)
    if isinstance(title, Tag) and {"rubric", "table-title"} & set(
        title.get_attribute_list("class")
    ):
        across.insert(0, title.extract())
