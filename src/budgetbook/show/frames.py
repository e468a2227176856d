"""Frames, tables and sentences for people: what the notebooks show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any, NamedTuple

import pandas as pd

from ..analysis.reconstruction import absent_tables
from ..checks import Result
from ..exact.money import side, yuan
from ..model.address import SCHEME, Address
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Expression, Value
from ..proof.findings import GRADES, Finding, Piece
from ..proof.formulas import first_place, formula, place, source
from ..proof.passports import told_at
from ..words.columns import of_numbers
from ..words.naming import Names, is_total


def figures_frame(disclosure: Disclosure) -> pd.DataFrame:
    """Return every figure as a row, amounts as exact Decimal yuan.

    Columns: table, row, column, code, year, amount, line, origin, formula.
    """
    figures = [*disclosure.published(), *absent_tables(disclosure)]
    rows = [{**f._asdict(), "table": f.table, "column": f.column} for f in figures]
    names = ["table", "row", "column", "code", "year", "amount", "line", "origin", "formula"]
    frame = pd.DataFrame(rows, columns=names, dtype=object)
    return frame.astype({"year": "int64", "line": "Int64"})


@dataclass(frozen=True)
class Table:
    """A table for the page: a caption with the unit in it, exact amounts, no index.

    Decimal cells print as yuan with separators. A column of numbers is set to the right with its
    heading. The row of a total is set off.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    caption: str

    def _repr_html_(self) -> str:
        numbers = [
            of_numbers(column, (_shown(row[at]) for row in self.rows))
            for at, column in enumerate(self.columns)
        ]
        head = "".join(
            f"<th scope='col'{_RIGHT if number else ''}>{escape(column)}</th>"
            for column, number in zip(self.columns, numbers, strict=True)
        )
        body = "".join(
            f"<tr{_TOTAL if is_total(map(str, row[:3])) else ''}>"
            + "".join(_cell(v, number=n) for v, n in zip(row, numbers, strict=True))
            + "</tr>"
            for row in self.rows
        )
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


class Linked(NamedTuple):
    """Texts that lead into the data pages: (text, address or None, formula) each."""

    parts: Sequence[tuple[str, Address | None, str]]

    def __str__(self) -> str:
        return ", ".join(text for text, _, _ in self.parts)

    @property
    def html(self) -> str:
        """The texts as links, as they work from a chapter of the built book."""
        return ", ".join(_link(*part) for part in self.parts)


def _link(text: str, address: Address | None, formula: str = "") -> str:
    """Return a link to an address; the site puts the page in its place."""
    if not address:
        return escape(text)
    derived = f' title="Derived: {escape(formula)}"' if formula else ""
    return f"<a class='figure-link' href='{SCHEME}{address}'{derived}>{escape(text)}</a>"


def check_rows(disclosure: Disclosure, results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return one row a check: what should hold, both sides as links, the verdict."""
    names = Names(disclosure)
    return [
        {
            "Check": result.check.statement_en,
            "Left side": _side(result.left, result.check.left),
            "Right side": _side(result.right, result.check.right),
            "Verdict": str(result.verdict),
            "Places": _places(names, result),
        }
        for result in results
    ]


def _side(value: Value | None, expression: Expression) -> Linked:
    return Linked([(side(value), first_place(expression), formula(expression))])


def _places(names: Names, result: Result) -> Linked:
    leaves = (*result.check.left.leaves(), *result.check.right.leaves())
    named = {str(leaf): place(leaf) for leaf in leaves}
    places = [(names.place(a) if a else what, a, "") for what, a in named.items()]
    more = [("…", None, "")] if len(places) > 4 else []
    return Linked([*places[:4], *more])


@dataclass(frozen=True)
class Note:
    """A finding in one sentence, its figures linked to their passports, with grade and size."""

    finding: Finding

    def _repr_html_(self) -> str:
        finding = self.finding
        words = "".join(self._piece(piece) for piece in finding.pieces("found_en"))
        sizes = "".join(f", {size.money} {size.matter}" for size in finding.sizes)
        grade = finding.grade
        return (
            f"<p>{words}</p><p class='card-line'>Evidence {grade} ({escape(GRADES[grade])}); "
            f"{escape(finding.kind)}{sizes}; "
            f"<a href='../book/findings.html#finding-{finding.id}'>the whole entry</a>.</p>"
        )

    def __repr__(self) -> str:
        return self.finding.sentence("found_en")

    def _piece(self, piece: Piece) -> str:
        result = self.finding.everything.get(piece.check)
        derived = source(result, piece.side)[1] if result else ""
        return _link(piece.text, told_at(self.finding, piece), derived)


_TOTAL = " class='total'"
_RIGHT = " class='number'"


def _shown(value: Any) -> str:
    """Return a cell as it is read."""
    if isinstance(value, Decimal):
        return yuan(value)
    return "" if value is None else str(value)


def _cell(value: Any, *, number: bool) -> str:
    html = value.html if isinstance(value, Linked) else escape(_shown(value))
    return f"<td{_RIGHT if number else ''}>{html}</td>".replace("\n", "<br>")


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
