"""Directives of the lists and pictures: glossary, sources, downloads, the picture of the budget."""

from __future__ import annotations

from decimal import Decimal

from docutils import nodes

from ..classification import names
from ..disclosure import TOTAL
from ..downloads import PACKAGE_ZIP, RUN_ZIP, WORKBOOK
from ..frames import name_of
from ..money import percent, wan
from .directive import BudgetDirective, rubric


class GlossaryList(BudgetDirective):
    """`{glossary-list}`: the terms, English and Chinese, each with an anchor."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        items = []
        for row in sorted(
            self.disclosure.reference["glossary"], key=lambda r: r["term_en"].lower()
        ):
            term = nodes.term("", f"{row['term_en']} {row['term_zh']}", ids=[f"term-{row['id']}"])
            text = [nodes.paragraph("", row[key]) for key in ("definition_en", "definition_zh")]
            text[1]["classes"] = ["zh"]
            items.append(nodes.definition_list_item("", term, nodes.definition("", *text)))
        return [nodes.definition_list("", *items)]


class SourceList(BudgetDirective):
    """`{source-list}`: the sources by how they are known, each with an anchor."""

    def run(self) -> list[nodes.Node]:
        """Return one table a grade."""
        parts: list[nodes.Node] = []
        titles = {
            "disclosure": "The disclosure and arithmetic",
            "read": "Read in the source's own text",
            "reported": "Reported by another text, not read",
            "custom": "Custom",
            "assumption": "Working assumptions, never cited",
        }
        for grade, title in titles.items():
            rows = [
                (
                    f"source-{r['id']}",
                    [f"{r['title_en']} {r['title_zh']}", r["rests_on"], r["note"]],
                )
                for r in self.disclosure.reference["sources"]
                if r["grade"] == grade
            ]
            if rows:
                parts += [rubric(title), self.table(["Source", "Where", "What it supports"], rows)]
        return parts


class Picture(BudgetDirective):
    """`{budget-picture}`: the budget of the year by functional class, basic and project."""

    def run(self) -> list[nodes.Node]:
        """Return the chart as inline SVG."""
        from ..charts import Bar, draw  # seaborn takes a second; only a changed page needs it

        rows = [r for r in self.disclosure.tables["table-03"] if len(r["code"] or "") == 3]
        rows.sort(key=lambda row: -row["total"])
        whole = self.disclosure.amount("table-03", TOTAL, "total") or Decimal(0)
        bars = []
        for row in rows:
            label = f"{name_of(names(self.disclosure), row['code'])}: {wan(row['total'])}"
            parts = [(n, row[n], n) for n in ("basic", "project") if row[n]]
            bars.append(Bar(label, parts if parts[1:] else [(*parts[0][:2], "")]))
        year = self.disclosure.year
        share = percent(rows[0]["total"], whole)
        first = names(self.disclosure)[rows[0]["code"]][0]
        caption = f"{first} takes {share} of the {year} budget (万元; blue basic, ochre project)."
        alt = "Bars by functional class, in ten thousand yuan: " + "; ".join(b.label for b in bars)
        chart = draw("overview", bars, caption, alt)
        return [nodes.raw("", chart._repr_html_(), format="html")]


class Downloads(BudgetDirective):
    """`{downloads}`: the files to take home."""

    def run(self) -> list[nodes.Node]:
        """Return the list of links."""
        files = [
            (PACKAGE_ZIP, "The whole data package (zip): datapackage.json and all CSV files"),
            (WORKBOOK, "An Excel workbook, one sheet a table, with typed cells"),
            (
                RUN_ZIP,
                "Run this yourself (zip): notebooks, data, package, requirements, instructions",
            ),
        ]
        return [self.links(files)]
