"""Frames, tables and sentences for people: what the notebooks show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd

from .checks import Result
from .disclosure import TOTAL, Disclosure, Figure
from .money import side, yuan
from .reconstruction import absent_tables


def figures_frame(disclosure: Disclosure) -> pd.DataFrame:
    """Return every figure as a row: the fields of `Figure`, amounts as exact Decimal yuan."""
    rows = [*disclosure.published(), *absent_tables(disclosure)]
    frame = pd.DataFrame(rows, columns=list(Figure._fields), dtype=object)
    return frame.astype({"year": "int64", "line": "Int64"})


@dataclass(frozen=True)
class Table:
    """A table for the page: a caption with the unit in it, exact amounts, no index.

    Decimal cells print as yuan with separators and are set to the right, as are whole numbers.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    caption: str

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{escape(str(column))}</th>" for column in self.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows)
        caption = escape(self.caption)
        return (
            f"<p class='table-title'>{caption}</p>"
            f"<div class='table-frame' tabindex='0' role='region' aria-label='{caption}'>"
            f"<table class='budget'><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>"
        )

    def __repr__(self) -> str:
        return f"Table: {self.caption} ({len(self.rows)} rows)"


def table(rows: Sequence[Mapping[str, Any]] | pd.DataFrame, caption: str) -> Table:
    """Return a table of dictionaries (or a frame's rows) under a caption; `\\n` breaks a line."""
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), dtype=object)
    records: list[dict[Any, Any]] = frame.to_dict("records")
    columns = [str(column) for column in frame.columns]
    return Table(columns, [[record[column] for column in columns] for record in records], caption)


def name_of(names: Mapping[str, tuple[str, str]], key: str, *, english: bool = False) -> str:
    """Return the name behind a code or a printed name: English and Chinese, or English alone.

    `names` comes from `classification.names`; a key without an entry stands for itself.
    """
    own = {TOTAL: ("Total", TOTAL), "unlisted": ("Not listed", "未列出")}
    name = names.get(key) or own.get(key)
    if name is None:
        return key
    return name[0] if english else " ".join(name)


def check_rows(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return one row a check: what should hold, both sides with their places, and the verdict."""
    return [
        {
            "Check": result.check.statement_en,
            "Left side": side(result.left),
            "Right side": side(result.right),
            "Verdict": str(result.verdict),
            "Places": ", ".join(result.cells[:4]) + (" …" if len(result.cells) > 4 else ""),
        }
        for result in results
    ]


def _cell(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"<td class='number'>{yuan(value)}</td>"
    if isinstance(value, int):
        return f"<td class='number'>{value}</td>"
    text = escape("" if value is None else str(value)).replace("\n", "<br>")
    return f"<td>{text}</td>"


@dataclass(frozen=True)
class Sentence:
    """Prose with computed figures, shown as Markdown."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


def tell(template: str, **values: object) -> Sentence:
    """Fill a sentence's named places with computed values.

    The template is the unit that an edition in another language translates; the values are
    made by the same functions in every edition.
    """
    return Sentence(template.format(**values))
