"""A frame as a table for the page: `frame.pipe(show, "caption")`.

A column has its heading and the print of its numbers from headings.csv, by its name; a column
that stands in no row there is shown under its own name. Names in two languages share a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from html import escape
from typing import Any, NamedTuple

import pandas as pd

from ..exact.money import percent, wan, yuan
from ..messages import Message, Placed, both, said, say, translated
from ..model.address import SCHEME, Address
from ..package.beside import rows_beside
from ..words.columns import of_numbers
from ..words.naming import is_total
from .fitting import fit, label

#: Column → its row of headings.csv.
HEADINGS = {row["column"]: row for row in rows_beside(__file__, "headings")}
#: English column → the columns that may hold the same name in Chinese.
_PAIRS = {
    "english": ("name", "project", "indicator"),
    "statement": ("chinese",),
    "title": ("chinese",),
}
#: Print of a column → what a table shows; a picture shows yuan in 万元.
_PRINTS: dict[str, Callable[[Any], str]] = {
    "yuan": yuan,
    "share": lambda value: percent(value, Decimal(1)),
    "number": lambda value: f"{value:,}".replace("-", "−"),
}
_IN_PICTURES = _PRINTS | {"yuan": wan}


def paired(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose names in English and Chinese stand in one column, that of the Chinese.

    Both stay text. A frame without a pair is returned as it is.
    """
    for english, partners in _PAIRS.items():
        for chinese in partners:
            if english in frame and chinese in frame:
                named = [both(*pair) for pair in _pairs(frame, english, chinese)]
                frame = frame.assign(**{chinese: named}).drop(columns=english)
    return frame


def _pairs(frame: pd.DataFrame, english: str, chinese: str) -> list[tuple[str, str]]:
    sides = (["" if pd.isna(v) else str(v) for v in frame[side]] for side in (english, chinese))
    return list(zip(*sides, strict=True))


def heading(column: str) -> str:
    """Return what stands over a column: its heading in both languages, or its name in words."""
    row = HEADINGS.get(column)
    if row:
        return both(row["heading_en"], row["heading_zh"])
    return translated(str(column).replace("_", " "))


def of_values(column: str) -> str:
    """Return the heading of the values behind a picture, with their unit, which is yuan."""
    in_yuan = HEADINGS.get(column, {}).get("as") == "yuan"
    what = heading(column)
    return said("{what:text}, yuan 元", what=what) if in_yuan else what


def _over(text: str) -> str:
    """Return a heading whose Chinese begins a line of its own."""
    return re.sub(r" ([\u2e80-\uffef][^a-zA-Z]*)$", r" <span>\1</span>", escape(text))


def printed(value: Any, column: str, *, picture: bool = False) -> str:
    """Return a cell as it is read: a blank stays blank, numbers as headings.csv says of them.

    A text that is a message is shown in the language of the edition.
    """
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, (Decimal, Fraction, int)):
        how = HEADINGS[column]["as"] if column in HEADINGS else "number"
        return (_IN_PICTURES if picture else _PRINTS).get(how, str)(value)
    return translated(str(value))


_NUMBER = " class='number'"
#: JupyterLab sets the cells of tables to the right.
LEFT = " style='text-align:left'"
#: An operation that a caption names.
OPERATION = re.compile(r"\b[\w.]+\(\)")


def numeric(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[bool]:
    """Return which columns hold numbers, given what programs call them, or empty texts."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return list(map(of_numbers, names, columns))


class Linked(NamedTuple):
    """Texts that lead into the data pages: (text, address or None, formula) each."""

    parts: Sequence[tuple[str, Address | str | None, str]]

    def __str__(self) -> str:
        return ", ".join(text for text, _, _ in self.parts)

    @property
    def html(self) -> str:
        """The texts as links, as they work from a chapter of the built book."""
        return ", ".join(linked(*part) for part in self.parts)


def linked(
    text: str,
    address: Address | str | None,
    formula: str = "",
    yuan: Decimal | Fraction | None = None,
) -> str:
    """Return a link to an address; the site puts the page in its place.

    `formula` says how an amount is computed, and `yuan` which it is where it is told in 万元.
    """
    if not address:
        return escape(text)
    told = f" data-yuan='{yuan}'" if yuan is not None else ""
    if formula:
        title = said("Derived: {formula:text}", formula=formula)
        told += f' title="{escape(title)}" data-formula="{escape(formula)}"'
    goal = escape(f"{SCHEME}{address}")
    return f"<a class='figure-link' href='{goal}'{told}>{escape(text)}</a>"


def cite(amount: Decimal | Fraction, address: Address | str) -> Placed:
    """Return an amount that leads, where a message shows it, to the passport which has it.

    `address` is the figure, or one that it is computed from. An amount that no passport shows is
    told in 万元 and leads nowhere: nobody could follow it to the cent.
    """
    return Placed(amount, partial(linked, address=address, yuan=amount))


#: What a table shows: a text, a message, or texts that lead into the data pages.
Cell = str | Message | Linked


@dataclass(frozen=True)
class Table:
    """A table for the page: a caption with the unit in it, headings, printed cells, no index.

    The row of a total is set off; a column of numbers stands to the right.
    """

    caption: Message | str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    names: Sequence[str] = ()

    def _repr_html_(self) -> str:
        caption = escape(str(self.caption))
        coded = OPERATION.sub(r"<code>\g<0></code>", caption)
        set_out = grid(caption, self.headings, self.rows, self.names)
        return f"<p class='table-title'>{coded}</p>{set_out}"

    def __repr__(self) -> str:
        return f"Table: {self.caption} ({len(self.rows)} rows)"


def grid(
    name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    names: Sequence[str] = (),
    *,
    named: bool = False,
) -> str:
    """Return the HTML of a table, called `name` (HTML), in a frame that scrolls sideways.

    `names` are what programs call its columns, if they do. The first cell of a row is its heading
    where the rows are `named`.
    """
    texts = [list(map(str, row)) for row in rows]
    numbers = numeric(names or [""] * len(headings), texts)
    if named:
        numbers[0] = False
    cards, words = fit(headings, texts, numbers)
    marks = [_NUMBER if number else LEFT for number in numbers]
    head = "".join(
        f"<th scope='col'{mark}{' data-words' if wordy else ''}>{_over(text)}</th>"
        for text, mark, wordy in zip(headings, marks, words, strict=True)
    )
    labels = ["", *(f" data-label='{escape(label(text))}'" * cards for text in headings[1:])]
    first = "th scope='row'" if named else "td"
    body = "".join(_row(row, marks, labels, first) for row in rows)
    return (
        f"<div class='table-frame' tabindex='0' role='region' aria-label='{name}'>"
        f"<table class='{'cards ' * cards}budget'><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[Cell], marks: Sequence[str], labels: Sequence[str], first: str) -> str:
    """Return a row; a blank has no heading beside it."""
    total = " class='total'" if is_total(map(str, row[:3])) else ""
    cells, tag = "", first
    for cell, mark, heading in zip(row, marks, labels, strict=True):
        shown = escape(cell) if isinstance(cell, str) else cell.html
        shown = shown.replace("\n", "<br>")
        cells += f"<{tag}{mark}{heading if shown else ''}>{shown}</{tag.partition(' ')[0]}>"
        tag = "td"
    return f"<tr{total}>{cells}</tr>"


def show(frame: pd.DataFrame, caption: str, *, empty: str = "", **values: Any) -> Table | Message:
    """Return a frame as a table under a caption, a message with its values (see `say`).

    Where the frame has no row, `empty` is said in its place. The index is not shown. A column
    `address` is not shown either: it makes links of the first column of numbers, each to the
    figure that is printed there.
    """
    if empty and frame.empty:
        return say(empty)
    shown = paired(frame.drop(columns="address", errors="ignore"))
    columns = [str(column) for column in shown.columns]
    headings = [heading(column) for column in columns]
    rows: list[list[Cell]] = [
        [
            value if isinstance(value, Message) else printed(value, column)
            for value, column in zip(row, columns, strict=True)
        ]
        for row in shown.itertuples(index=False, name=None)
    ]
    if "address" in frame:
        at = numeric(columns, [list(map(str, row)) for row in rows]).index(True)
        for row, address in zip(rows, frame["address"], strict=True):
            if not pd.isna(address):
                row[at] = Linked([(str(row[at]), str(address), "")])
    return Table(say(caption, **values), headings, rows, columns)
