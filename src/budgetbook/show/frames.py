"""What the appendices show: tables under headings of their own, checks, entries, sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd

from ..checks import Result
from ..exact.money import yuan
from ..messages import both, message, said, say, translated
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Expression
from ..proof.derived import added
from ..proof.findings import GRADES, Finding, Piece, Size
from ..proof.formulas import first_place, formula, place, source
from ..proof.passports import told_at
from ..words.naming import Names
from .tables import Linked, Table, linked


def table(rows: Sequence[Mapping[str, Any]] | pd.DataFrame, caption: str, **values: Any) -> Table:
    """Return a table of dictionaries (or a frame's rows) under headings of their own.

    The caption is a message with its values, and what is one in headings and cells is shown in
    the language of the edition. A Decimal prints as yuan, a blank as nothing, all else as it is;
    `\\n` breaks a line.
    """
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), dtype=object)
    cells = [list(map(_shown, row)) for row in frame.itertuples(index=False, name=None)]
    columns = [str(column) for column in frame.columns]
    names = [column.lower() for column in columns]
    return Table(say(caption, **values), [*map(translated, columns)], cells, names)


def _shown(value: Any) -> str | Linked:
    if isinstance(value, Decimal):
        return yuan(value)
    return value if isinstance(value, Linked) else "" if value is None else translated(str(value))


def name_of(names: Mapping[str, tuple[str, str]], key: str, *, english: bool = False) -> str:
    """Return the name behind a code or a printed name: English and Chinese, or English alone.

    `names` comes from `classification.names`; a key without an entry stands for itself.
    """
    own = {
        TOTAL: (message("Total"), TOTAL),
        "unlisted": (message("Not listed"), "未列出"),
    }
    name = names.get(key) or own.get(key)
    if name is None:
        return key
    return translated(name[0]) if english else both(*name)


def check_rows(disclosure: Disclosure, results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return one row a check: what should hold, both sides as links, the verdict."""
    names = Names(disclosure)
    return [
        {
            said("Check"): result.check.statement_en,
            said("Left side"): _side(result.sides[0], result.check.left),
            said("Right side"): _side(result.sides[1], result.check.right),
            said("Verdict"): str(result.verdict),
            said("Places"): _places(names, result),
        }
        for result in results
    ]


def _side(text: str, expression: Expression) -> Linked:
    return Linked([(text, first_place(expression), formula(expression))])


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
        sizes = "".join(f", {self._money(size)} {escape(size.matter)}" for size in finding.sizes)
        at = f"../book/findings.html#finding-{finding.id}"
        line = said(
            "Evidence {grade:text} ({means:text}); {kind:text}{sizes:text}; {entry:text}.",
            grade=finding.grade,
            means=escape(translated(GRADES[finding.grade])),
            kind=escape(finding.kind),
            sizes=sizes,
            entry=f"<a href='{at}'>{said('the whole entry')}</a>",
        )
        return f"<p>{words}</p><p class='card-line'>{line}</p>"

    def __repr__(self) -> str:
        return self.finding.sentence("found_en")

    def _money(self, size: Size) -> str:
        return linked(size.money, *added(self.finding, size.checks))

    def _piece(self, piece: Piece) -> str:
        result = self.finding.everything.get(piece.check)
        derived = source(result, piece.side)[1] if result else ""
        return linked(piece.text, told_at(self.finding, piece), derived)
