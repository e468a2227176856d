"""Directives that render what data/ holds, so that nothing of it is typed into a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives

from ..analysis.reconstruction import absent_tables
from ..checks import Result, Verdict
from ..model.address import CLAIMS, Address, parse, part
from ..package.store import Row
from ..proof.evidence import grade, implied
from ..proof.formulas import place
from ..proof.passports import Passport
from ..show.downloads import PACKAGE_ZIP, WORKBOOK
from ..words.reporting import owed
from .directive import BudgetDirective, rubric
from .figures import figure_text, once
from .markup import anchors, cite, markup
from .passports import Printer, every_passport, source
from .register import Proof

#: Families of which each failing check has a row of its own.
_ALONE = ("structure", "hierarchy", "goals and indicators", "wording")


class DataTable(BudgetDirective):
    """`{data-table} NAME`: all that data/ holds of one resource."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return card, rows, dictionary and downloads."""
        name = self.arguments[0]
        resources = self.disclosure.descriptor["resources"]
        resource = next((r for r in resources if r["name"] == name), None)
        if resource is None and name in self.disclosure.form.tables:
            return [*self._card(name), *self._rebuilt(name), *self._passports(name)]
        if resource is None:
            raise self.error(f"no such resource: {name}")
        rows = self.disclosure.rows(name)
        fields = resource["schema"]["fields"]
        tables: list[nodes.Node] = []
        for title, some in _parts(name, rows):
            tables += [rubric(title), self._rows_table(name, resource, some)]
        dictionary = self.table(
            ["Column", "Type", "Meaning", "中文"],
            [("", [f["name"], f["type"], f["description"], f["description_zh"]]) for f in fields],
        )
        parts: list[nodes.Node] = [*self._card(name), *tables, *self._passports(name)]
        parts += [rubric("Columns"), dictionary, rubric("Download")]
        file = resource["path"].rpartition("/")[2]
        files = [(file, file), (WORKBOOK, "Excel workbook"), (PACKAGE_ZIP, "Data package (zip)")]
        return [*parts, self.links(files)]

    def _rows_table(
        self, name: str, resource: Mapping[str, Any], rows: Sequence[Row]
    ) -> nodes.Node:
        """Return rows with their anchors; a column that is blank in all of many is left out."""
        fields = resource["schema"]["fields"]
        used = [f for f in fields if len(rows) < 3 or any(r[f["name"]] is not None for r in rows)]
        table = self.disclosure.form.tables.get(name)
        if table and table.form:
            used = [f for f in used if any(r[f["name"]] is not None for r in rows)]
        body = [
            (self._anchor(name, resource, row), [self._shown(name, row, field) for field in used])
            for row in rows
        ]
        for row, (_, cells) in zip(rows, body, strict=True):  # a check may read what is left out
            unseen = [self._shown(name, row, field) for field in fields if field not in used]
            found = [cell for cell in unseen if isinstance(cell, nodes.Node)]
            if found:
                cells[0] = nodes.inline("", "", nodes.Text(str(cells[0])), *found)
        return self.table([_heading(field) for field in used], body, ["data"])

    def _shown(self, name: str, row: Row, field: Mapping[str, Any]) -> nodes.Node | str:
        """Return a cell; a figure leads to its passport, and one that is not there has an anchor.

        A check may read a cell that is printed blank: what links to it finds the cell itself.
        """
        text = _print(row[field["name"]], field)
        if name == "claims" and field["name"] != "value":
            return text
        address = self._address(name, row, field["name"])
        if address in self._figures:
            return self._link(self._figures[address], text)
        if address and address in self._read:
            goal = self._goal(name, row, field, text, address)
            return nodes.inline("", "", goal, nodes.Text(text))
        return text

    def _address(self, name: str, row: Row, column: str = "") -> Address | None:
        """Return the address of a row or a cell, None in what no address leads into."""
        if name == CLAIMS:
            return parse(row["id"])._replace(column=column)
        if name not in self.disclosure.tables:
            return None
        try:
            return self.disclosure.address(row, column)
        except KeyError:
            return None

    def _anchor(self, name: str, resource: Mapping[str, Any], row: Row) -> str:
        address = self._address(name, row)
        if address:
            return address.anchor
        key = (str(row[column]) for column in resource["schema"]["primaryKey"])
        return "/".join((name, *map(part, key)))

    def _goal(
        self, name: str, row: Row, field: Mapping[str, Any], text: str, goal: Address
    ) -> nodes.Node:
        """Return the anchor of a cell that holds no figure, with what a link to it shows."""
        names = self.names
        words = (names.table(name), names.row(name, row, field["name"]))
        where = [w.both for w in (*words, names.column(name, row, field["name"]))]
        last = f"line {row['line']} · printed {'so, no figure' if text else 'blank'}"
        card = escape("\n".join((text or "Blank", *where, last)))
        return markup(f'<span id="{goal.anchor}" data-cell="{card}"></span>')

    def _link(self, passport: Passport, text: str, anchor: str = "") -> nodes.Node:
        """Return a figure that leads to its passport on the same page."""
        link = self.figure(text, passport.address)
        link["classes"].append("in-row")
        return nodes.inline("", "", link, ids=[anchor]) if anchor else link

    @cached_property
    def _figures(self) -> dict[Address | None, Passport]:
        return {p.address: p for p in every_passport(self.env.app)}

    @cached_property
    def _read(self) -> set[Address | None]:
        sides = [side for r in self.results for side in (r.check.left, r.check.right)]
        return {found for side in sides for leaf in side.leaves() if (found := place(leaf))}

    def _passports(self, name: str) -> list[nodes.Node]:
        """Return how to cite a table, and the passports of its figures."""
        found = [p for p in every_passport(self.env.app) if p.address.table == name]
        table = self.disclosure.form.tables.get(name)
        if self.env.docname.rpartition("/")[2] != (table.file if table else name):
            return []  # several share the page of what is kept by hand
        about = {r["name"]: r["title"] for r in self.disclosure.descriptor["resources"]}
        title = f"Table {table.number}. {table.title}" if table else about[name]
        text = cite(title, f"{self.env.docname}.html", source(self.disclosure))
        parts: list[nodes.Node] = [markup(text)]
        if found:
            title = "Where each figure comes from 数字的出处"
            parts += [rubric(title), markup(Printer(self.env.app).all(found))]
        return parts

    def _card(self, name: str) -> list[nodes.Node]:
        """Return what the document's list says of a table, one line each printing."""
        rows = [entry for entry in self.disclosure.listing if entry["table"] == name]
        if not rows:
            return []
        head = ["Printed title", "State", "Lines", "Unit", "Department or unit"]
        cells = [
            [
                row["title"] or row["listed_title"],
                row["state"],
                f"{row['line']}–{row['last_line']}" if row["line"] else "not printed",
                row["unit"] or "none printed",
                row["department"] or row["compiling_unit"] or "none printed",
            ]
            for row in rows
        ]
        return [self.table(head, [("", texts) for texts in cells], ["listing"])]

    def _rebuilt(self, name: str) -> list[nodes.Node]:
        """Return what can be rebuilt of an absent table, marked as reconstructed."""
        figures = [figure for figure in absent_tables(self.disclosure) if figure.table == name]
        if not figures:
            return []
        found = [p for p in every_passport(self.env.app) if p.address.table == name]
        pairs = enumerate(zip(figures, found, strict=True), 1)
        links = [self._link(p, p.text, f"rebuilt-{n}") for n, (_, p) in pairs]
        rows = [
            ("", [f.row, f.column, link, "reconstructed", f.formula])
            for f, link in zip(figures, links, strict=True)
        ]
        head = ["Row", "Column", "Amount, yuan", "Origin", "Formula"]
        return [rubric("Reconstructed, not published"), self.table(head, rows, ["reconstructed"])]


class CheckList(Proof):
    """`{check-list}`: checks with their verdicts, those with the same two sides in one row.

    `:owed:` lists instead what the form obliges to and this document gives no check of;
    `:verdict:` keeps the checks of one verdict; `:short:` leaves out the list of places, for
    the sides link to their first place anyway.
    """

    option_spec = {  # noqa: RUF012 (as docutils wants it)
        "owed": directives.flag,
        "verdict": directives.unchanged,
        "short": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table of checks, or the list of what got none."""
        if "owed" in self.options:
            head, *bare = (nodes.paragraph("", line) for line in owed(self.results))
            return [head, nodes.bullet_list("", *(nodes.list_item("", line) for line in bare))]
        wanted = self.options.get("verdict")
        groups: dict[tuple[object, ...], list[Result]] = {}
        for result in self.results:
            if wanted in (None, result.verdict):
                fails = result.verdict is Verdict.FAILS
                alone = result.check.id if fails and result.check.family in _ALONE else ""
                what = (result.check.family, result.check.guards, alone)
                key = (*what, result.left, result.right, result.check.relation, result.needs)
                groups.setdefault(key, []).append(result)
        short = "short" in self.options
        head = ["What should hold", "One side", "Relation", "Other side"]
        head += [] if short else ["Where", "Evidence"]
        rows = [(f"check-{g[0].check.id}", self._row(g, short)) for g in groups.values()]
        return [self.table(head, rows, ["checks"])]

    def _row(self, group: Sequence[Result], short: bool) -> list[nodes.Node | str]:
        first = group[0]
        more = f" (and {len(group) - 1} more with the same two sides)" if group[1:] else ""
        statement = first.check.statement_en[0].upper() + first.check.statement_en[1:] + more
        sides = self.sides(first)
        others = markup(anchors(f"check-{result.check.id}" for result in group[1:]))
        named = nodes.inline("", "", nodes.Text(statement), others)
        return [named, *sides, *([] if short else [self.places(group), self._evidence(group)])]

    def _evidence(self, group: Sequence[Result]) -> str:
        """Return the grade of a group's evidence, and how many of it follow from other checks."""
        made = partial(implied, self.results, self.disclosure)
        known = once(self.env.app, "budget_implied", made)
        follow = sum(result.check.id in known for result in group)
        words = {0: "independent", len(group): "implied by others"}
        return f"{grade(group[0].check)}, {words.get(follow, f'{follow} of them implied')}"


def _parts(name: str, rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Return (title, rows): a form's labels and its indicators apart, a grid's rows together."""
    if name not in ("department-targets", "key-project-targets", "project-targets"):
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


def _heading(field: Mapping[str, Any]) -> str:
    unit = f", {field['unit']}" if field.get("unit") else ""
    unit = "" if field["title"].endswith(unit[1:]) else unit
    return f"{field['title']}{unit} {field['title_zh']}"


def _print(value: object, field: Mapping[str, Any]) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return figure_text(value, field.get("unit", ""))
    return f"{str(value)[:12]}…" if field["name"] == "sha256" else str(value)
