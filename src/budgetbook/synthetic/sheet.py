"""A page to print on: it counts the lines and keeps, beside each, the row that it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..exact.money import round_half_up
from ..forms import Table, family
from ..forms.wording import numeral
from ..package.schema import columns

Row = dict[str, Any]

#: The form that the departments are printed in.
FORM = family("chongqing-district")


class Figure:
    """A figure in a sentence: how it is printed, and the claim that it makes.

    `printed` is empty for a claim without a figure.
    """

    def __init__(self, printed: str, kind: str, subject: str, **more: Any) -> None:
        self.printed, self.kind, self.subject, self.more = printed, kind, subject, more


def short(amount: Decimal) -> str:
    """Print an amount as the text does: no separators, no trailing zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Sheet:
    """The text so far, and the rows, claims, sections and repairs that belong to it.

    `spoken` are the parts of each paragraph by its line, and `places` says for each claim which
    part of which line it is: so that a printed figure can be changed where it stands.
    """

    def __init__(self, year: int, unit: str) -> None:
        self.year, self.unit = year, unit
        self.lines: list[str] = []
        self.tables: dict[str, list[Row]] = {}
        self.listing: list[Row] = []
        self.claims: list[Row] = []
        self.sections: list[Row] = []
        self.repairs: list[Row] = []
        self.spoken: dict[int, list[str]] = {}
        self.places: list[tuple[int, int]] = []

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines) + "\n"

    def amount(self, yuan: Decimal) -> Decimal:
        """Return an amount as it is printed, in the unit of the sheet with two decimals."""
        return yuan if self.unit == "元" else round_half_up(Fraction(yuan) / 10_000, 2)

    def _as_printed(self, table: Table, column: str, value: Any) -> Any:
        return self.amount(value) if value is not None and column in table.amounts else value

    def line(self, *cells: str) -> int:
        """Print a line of cells; return its number."""
        self.lines.append("\t".join(cells))
        return len(self.lines)

    def gap(self) -> None:
        """Print a blank line."""
        self.lines.append("")

    def section(self, role: str) -> None:
        """Print the heading of a section of the text, by its role in the form."""
        title = next(s.titles[0] for s in FORM.sections if s.role == role)
        number = 1 + len(self.sections)
        line = self.line(FORM.wording.sections[0].format(numeral=numeral(number), title=title))
        self.sections.append(
            {"section": role, "title": title, "line": line, "last_line": line, "claims": 0}
        )
        self.gap()

    def say(self, *parts: str | Figure, cut: int = 0) -> None:
        """Print one paragraph; each figure in it becomes a claim.

        With `cut` a page ends before that part: the rest stands in a line of its own.
        """
        self._say(parts[:cut] if cut else parts)
        if cut:
            before = len(self.lines) - 1
            self._say(parts[cut:])
            line = len(self.lines) - 1
            self.repair(line, "joined-paragraph", None, f"continues line {before}")

    def _say(self, parts: Sequence[str | Figure]) -> None:
        words = [part if isinstance(part, str) else part.printed for part in parts]
        line = self.line("".join(words))
        self.spoken[line] = words
        self.places += [(line, at) for at, p in enumerate(parts) if isinstance(p, Figure)]
        self.gap()
        section = self.sections[-1]
        section["last_line"] = line
        figures = [part for part in parts if isinstance(part, Figure)]
        for nth, figure in enumerate(figures, 1):
            claim: Row = dict.fromkeys(columns("claims")) | {"year": self.year} | figure.more
            claim |= {"line": line, "position": nth, "section": section["section"]}
            claim |= {"kind": figure.kind, "subject": figure.subject}
            self.claims.append(claim)
        section["claims"] += len(figures)

    def misprint(self, table: str, line: int, column: str, value: Any) -> None:
        """Print another value in a cell of a table of accounts."""
        row = next(row for row in self.tables[table] if row["line"] == line)
        layout = FORM.tables[table].columns
        at = next(n for n, each in enumerate(layout) if each.name == column)
        cells = self.lines[line - 1].split("\t")
        cells[at], row[column] = _printed(value, layout[at].kind), value
        self.lines[line - 1] = "\t".join(cells)

    def misstate(self, claim: int, value: Decimal) -> None:
        """Print another number in the claim with that index."""
        (line, at), row = self.places[claim], self.claims[claim]
        words = self.spoken[line]
        words[at] = words[at].replace(f"{row['value']:f}", f"{value:f}")
        row |= {"value": value, "decimals": len(f"{value:f}".partition(".")[2])}
        self.lines[line - 1] = "".join(words)

    def repair(self, line: int, kind: str, table: str | None, detail: str) -> None:
        """Note what a reader has to mend in a line."""
        self.repairs.append({"line": line, "kind": kind, "table": table, "detail": detail})

    def grid(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Print the headings and the rows of a table."""
        headings = [column.headings(self.year) for column in table.columns]
        for level in range(max(map(len, headings))):
            cells = []
            for at, heading in enumerate(headings):
                own = level < len(heading)
                same = at > 0 and headings[at - 1][: level + 1] == heading[: level + 1]
                last = level == len(heading) - 1
                cells.append(heading[level] if own and (last or not same) else "")
            self.line(*cells)
        for each in rows:
            row = {name: self._as_printed(table, name, value) for name, value in each.items()}
            cells = [_printed(row.get(column.name), column.kind) for column in table.columns]
            if table.columns[0].kind == "code" and row.get("name") == FORM.total:
                cells[:2] = [FORM.total, ""]
            number = self.line(*cells)
            kept = {column.name: row.get(column.name) for column in table.columns}
            self.tables.setdefault(table.role, []).append({"line": number} | kept)


def _printed(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == "amount":
        return f"{value:,.2f}"
    return f"{value}%" if kind == "percent" and isinstance(value, Decimal) else str(value)
