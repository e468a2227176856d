"""The directive that shows what a long run of the Makefile measured last."""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes

from ..messages import said, translated
from .directive import BudgetDirective
from .markup import folded


class Measured(BudgetDirective):
    """`{measured} NAME`: the tables of book/results/NAME.json, and what they were measured on."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the tables of the result; the page is built again when it changes."""
        path = Path(self.env.app.srcdir) / "book" / "results" / f"{self.arguments[0]}.json"
        self.env.note_dependency(str(path))
        result = json.loads(path.read_text(encoding="utf-8"))
        tables = []
        for table in result["tables"]:
            head, *rows = ([*map(translated, row)] for row in (table["head"], *table["rows"]))
            shown = self.table(head, [("", row) for row in rows], ["counts"])
            more = translated(table.get("folded", ""))
            tables.append(folded("more", more, shown) if more else shown)
        if "machine" in result:
            named = {name: str(result[name]) for name in ("date", "machine", "repeats")}
            text = said(
                "Measured on {date:text}: {machine:text}; medians of {repeats:text}.", **named
            )
            return [nodes.paragraph("", text), *tables]
        return tables
