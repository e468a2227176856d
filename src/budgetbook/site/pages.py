"""Directives that render what data/ holds, so that nothing of it is typed into a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from ..charts import Bar, draw
from ..checks import Result, Verdict
from ..checks.expressions import Expression, Value
from ..classification import names
from ..disclosure import TOTAL, Disclosure
from ..downloads import PACKAGE_ZIP, RUN_ZIP, WORKBOOK
from ..frames import name_of
from ..layout import BY_TABLE
from ..money import percent, side, wan, yuan
from ..reconstruction import absent_tables
from .figures import Budget, figure_text

_NUMBER = re.compile(r"−?\d[\d,]*\.\d+|−?\d{1,3}(,\d{3})+|−?\d+%")


class BudgetDirective(SphinxDirective, Budget):
    """A directive that knows the data, and how a table of the book looks."""

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[tuple[str, Sequence[nodes.Node | str]]],
        classes: Sequence[str] = (),
    ) -> nodes.Node:
        """Return a table whose rows carry anchors, inside a frame that scrolls sideways."""
        group = nodes.tgroup(cols=len(head))
        group += [nodes.colspec(colwidth=1) for _ in head]
        group += nodes.thead("", nodes.row("", *[_entry(text) for text in head]))
        body = nodes.tbody()
        for anchor, cells in rows:
            row = nodes.row("", *[_entry(cell) for cell in cells])
            if anchor:
                row["ids"] = [anchor]
            body += row
        group += body
        table = nodes.table("", group, classes=["budget", *classes])
        return nodes.container("", table, classes=["table-frame"])

    def links(self, files: Sequence[tuple[str, str]]) -> nodes.Node:
        """Return a list of downloads as (file, title)."""
        items = []
        for file, title in files:
            link = nodes.reference("", title, refuri=self.download(file), internal=True)
            items.append(nodes.list_item("", nodes.paragraph("", "", link)))
        return nodes.bullet_list("", *items)


def _entry(content: nodes.Node | str) -> nodes.entry:
    node = content if isinstance(content, nodes.Node) else nodes.Text(content)
    entry = nodes.entry("", nodes.paragraph("", "", node))
    if _NUMBER.fullmatch(node.astext()):
        entry["classes"] = ["number"]
    return entry


class DataTable(BudgetDirective):
    """`{data-table} NAME`: all that data/ holds of one resource."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return card, rows, dictionary and downloads."""
        name = self.arguments[0]
        resource = next(
            (r for r in self.disclosure.descriptor["resources"] if r["name"] == name), None
        )
        if resource is None and name in BY_TABLE:
            return [*self._card(name), *self._rebuilt(name)]
        if resource is None:
            raise self.error(f"no such resource: {name}")
        rows = _rows(self.disclosure, name)
        fields = resource["schema"]["fields"]
        tables: list[nodes.Node] = []
        for title, part in _parts(name, rows):
            tables += [_rubric(title), self._rows_table(name, resource, part)]
        dictionary = self.table(
            ["Column", "Type", "Meaning", "中文"],
            [("", [f["name"], f["type"], f["description"], f["description_zh"]]) for f in fields],
        )
        parts: list[nodes.Node] = [*self._card(name), *tables]
        parts += [_rubric("Columns"), dictionary, _rubric("Download")]
        files = [
            (f"{name}.csv", f"{name}.csv"),
            (WORKBOOK, "Excel workbook"),
            (PACKAGE_ZIP, "Data package (zip)"),
        ]
        return [*parts, self.links(files)]

    def _rows_table(
        self, name: str, resource: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
    ) -> nodes.Node:
        """Return rows with their anchors; a column that is blank in all of many is left out."""
        fields = resource["schema"]["fields"]
        used = [f for f in fields if len(rows) < 3 or any(r[f["name"]] is not None for r in rows)]
        if name in ("table-15", "table-16", "table-17"):
            used = [f for f in used if any(r[f["name"]] is not None for r in rows)]
        body = [
            (_anchor(name, resource, row), [_print(row[field["name"]], field) for field in used])
            for row in rows
        ]
        return self.table([_heading(field) for field in used], body, ["data"])

    def _card(self, name: str) -> list[nodes.Node]:
        """Return what the document's list says of a table, one line each printing."""
        rows = [entry for entry in self.disclosure.listing if entry["table"] == name]
        if not rows:
            return []
        return [
            self.table(
                ["Printed title", "State", "Lines", "Unit", "Department or unit"],
                [
                    (
                        "",
                        [
                            row["title"] or row["listed_title"],
                            row["state"],
                            f"{row['line']}–{row['last_line']}" if row["line"] else "not printed",
                            row["unit"] or "none printed",
                            row["department"] or row["compiling_unit"] or "none printed",
                        ],
                    )
                    for row in rows
                ],
                ["card"],
            )
        ]

    def _rebuilt(self, name: str) -> list[nodes.Node]:
        """Return what can be rebuilt of an absent table, marked as reconstructed."""
        figures = [figure for figure in absent_tables(self.disclosure) if figure.table == name]
        if not figures:
            return []
        rows = [
            (
                f"row-{number}",
                [f.row, f.column, yuan(f.amount), "reconstructed", f.formula],
            )
            for number, f in enumerate(figures, 1)
        ]
        head = ["Row", "Column", "Amount, yuan", "Origin", "Formula"]
        return [_rubric("Reconstructed, not published"), self.table(head, rows, ["reconstructed"])]


class CheckList(BudgetDirective):
    """`{check-list}`: checks with their verdicts, those with the same two sides in one row.

    `:verdict:` keeps the checks of one verdict; `:short:` leaves out the list of places, for
    the sides link to their first place anyway.
    """

    option_spec = {  # noqa: RUF012 (as docutils wants it)
        "verdict": directives.unchanged,
        "short": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table of checks."""
        wanted = self.options.get("verdict")
        groups: dict[tuple[object, ...], list[Result]] = {}
        for result in self.results:
            if wanted in (None, result.verdict):
                alone = result.check.id if result.check.family in ("structure", "hierarchy") else ""
                key = (result.check.family, result.left, result.right, result.needs, alone)
                groups.setdefault(key, []).append(result)
        short = "short" in self.options
        head = ["What should hold", "One side", "Other side"]
        head += [] if short else ["Where", "Verdict"]
        rows = [(f"check-{g[0].check.id}", self._row(g, short)) for g in groups.values()]
        return [self.table(head, rows, ["checks"])]

    def _row(self, group: Sequence[Result], short: bool) -> list[nodes.Node | str]:
        first = group[0]
        more = f" (and {len(group) - 1} more with the same two sides)" if group[1:] else ""
        statement = first.check.statement_en[0].upper() + first.check.statement_en[1:] + more
        sides: list[nodes.Node | str] = [
            self._side(first.left, first.check.left),
            self._side(first.right, first.check.right),
        ]
        if first.verdict == Verdict.OPEN:
            sides = ["", f"needs {first.needs}"]
        return [statement, *sides, *([] if short else [self._places(group), first.verdict])]

    def _side(self, value: Value | None, expression: Expression) -> nodes.Node | str:
        """Return a side's value, linked to the first place that it is read from."""
        place = next((p for leaf in expression.leaves() if (p := leaf.place)), None)
        return self.figure(side(value), *place) if place else side(value)

    def _places(self, group: Sequence[Result]) -> nodes.Node:
        """Return links to the rows that the checks of a group read, at most six."""
        places = {
            leaf.address: leaf.place
            for result in group
            for expression in (result.check.left, result.check.right)
            for leaf in expression.leaves()
            if leaf.place
        }
        inline = nodes.inline()
        for address, place in list(places.items())[:6]:
            inline += [self.figure(address, *place), nodes.Text("; ")]
        if len(places) > 6:
            inline += nodes.Text(f"and {len(places) - 6} more")
        return inline


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
                parts += [_rubric(title), self.table(["Source", "Where", "What it supports"], rows)]
        return parts


class Picture(BudgetDirective):
    """`{budget-picture}`: the budget of the year by functional class, basic and project."""

    def run(self) -> list[nodes.Node]:
        """Return the chart as inline SVG."""
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


def _rows(disclosure: Disclosure, name: str) -> Sequence[Mapping[str, Any]]:
    special = {"tables": disclosure.listing, "claims": disclosure.claims}
    found = special.get(name) or disclosure.tables.get(name) or disclosure.reference.get(name)
    return list(found or ())


def _parts(
    name: str, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return (title, rows): a form's labels and its indicators apart, a grid's rows together."""
    if name not in ("table-15", "table-16", "table-17"):
        return [("Rows", list(rows))] if rows else []
    parts = []
    forms = sorted({row["form"] for row in rows})
    for form in forms:
        which = f", form {form}" if len(forms) > 1 else ""
        mine = [row for row in rows if row["form"] == form]
        labels = [row for row in mine if not row["indicator"]]
        indicators = [row for row in mine if row["indicator"]]
        parts += [(f"Labels{which}", labels)] if labels else []
        parts += [(f"Indicators{which}", indicators)] if indicators else []
    return parts


def _anchor(name: str, resource: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    if name == "claims":
        return f"claim-{row['id']}"
    if resource["schema"]["primaryKey"] == ["line"]:
        return f"line-{row['line']}"
    key = "-".join(str(row[column]) for column in resource["schema"]["primaryKey"])
    return f"{name}-{key}".replace(" ", "-").replace(",", "").replace(":", "")


def _heading(field: Mapping[str, Any]) -> str:
    unit = f", {field['unit']}" if field.get("unit") else ""
    return f"{field['title']}{unit} {field['title_zh']}"


def _print(value: object, field: Mapping[str, Any]) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return figure_text(value, field.get("unit", ""))
    return f"{str(value)[:12]}…" if field["name"] == "sha256" else str(value)


def _rubric(text: str) -> nodes.rubric:
    return nodes.rubric("", text)
