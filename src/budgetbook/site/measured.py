"""The directive that shows what a long run of the Makefile measured last."""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes

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
            shown = self.table(table["head"], [("", row) for row in table["rows"]], ["counts"])
            tables.append(folded("more", table["folded"], shown) if "folded" in table else shown)
        if "machine" in result:
            text = "Measured on {date}: {machine}; medians of {repeats}."
            return [nodes.paragraph("", text.format_map(result)), *tables]
        return tables
