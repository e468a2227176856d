"""Directives on the disclosure as a text: what must be there, its wording, its bases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from docutils import nodes

from ..analysis.bases import bases
from ..analysis.completeness import STATES, completeness
from ..analysis.proofreading import marks
from ..model.address import CLAIMS, located
from .directive import BudgetDirective, rubric


def _both(row: Mapping[str, str | None], name: str) -> str:
    return " ".join(filter(None, (row[f"{name}_en"], row[f"{name}_zh"])))


class _Places(BudgetDirective):
    """What links to a table, a section, a row or a figure."""

    def place(self, where: str) -> list[nodes.Node]:
        """Return the link to a role of a table, `sections/<role>` or an address; or nothing."""
        table, _, row = where.partition("/")
        if table == "sections":
            titles = {s["section"]: s["title"] for s in self.disclosure.reference["sections"]}
            return [self.link(f"text, {titles[row]}", "book/data/sections", where)]
        if not row:
            known = self.disclosure.form.tables[table]
            return [self.link(known.words[0], f"book/data/{known.file}")] if where else []
        address = located(where)
        found = self.disclosure.at(address) if address else None
        if address is None or found is None:
            return []
        text, (cells, column) = self.names.place(address).removesuffix(": "), found
        if column and cells[column] is not None:
            return [self.figure(text, address)]
        own = address.of_row if table == CLAIMS else self.disclosure.address(cells)
        return [self.figure(text, own)]


class Completeness(_Places):
    """`{completeness}`: each item that a disclosure is asked to contain, and where it is."""

    def run(self) -> list[nodes.Node]:
        """Return how many items there are of each state, and the table of them."""
        items = completeness(self.disclosure)
        sources = {row["id"]: row for row in self.disclosure.reference["sources"]}
        count = Counter(item.state for item in items)
        total = "; ".join(f"{count[state]} {state} {zh}" for state, zh in STATES.items())
        rows = []
        for row, state, where in items:
            source = sources[row["source"]]
            title = source["title_en"].partition(" (")[0]
            name = self.link(title, "book/references", f"source-{source['id']}")
            article = nodes.Text(f", {row['article']} ({source['grade']})")
            asked = nodes.inline("", "", name, article)
            note = nodes.Text(f" {_both(row, 'note')}".rstrip())
            there = nodes.inline("", "", *self.place(where), note)
            cells = [_both(row, "title"), f"{state} {STATES[state]}", there, asked]
            rows.append((f"item-{row['id']}", cells))
        head = ["What is asked 应公开内容", "State 状态", "Where 所在", "Asked by 依据"]
        return [nodes.paragraph("", f"{total}."), self.table(head, rows, ["items"])]


class ProofMarks(_Places):
    """`{proof-marks}`: the kinds that were looked for, and the words that were found."""

    def run(self) -> list[nodes.Node]:
        """Return a table of the kinds, with their count, and one of the words."""
        found = marks(self.disclosure)
        count = Counter(mark.kind["code"] for mark in found)
        kinds = [
            (f"kind-{k['code']}", [_both(k, "title"), str(count[k["code"]]), _both(k, "innocent")])
            for k in self.disclosure.reference["proofreading"]
        ]
        rows = []
        for row, kind, place in found:
            there = nodes.inline("", "", *self.place(place), nodes.Text(f", line {row['line']}"))
            against = f"{row['against'] or 'the words'}, line {row['against_line']}"
            held = against if row["against_line"] else ""
            rows.append(("", [_both(kind, "title"), there, row["words"], held]))
        head = ["Kind 情形", "Found 处数", "What it may be 可能的缘由"]
        words = ["Kind 情形", "Where 所在", "Words 用词", "Held against 对照"]
        parts = [
            self.table(head, kinds),
            rubric("What was found 所见各处"),
            self.table(words, rows),
        ]
        return parts


class Bases(BudgetDirective):
    """`{bases}`: the documents and earlier figures that projects name as their basis."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = []
        for basis in bases(self.disclosure):
            age = str(self.disclosure.year - basis.year) if basis.year else ""
            title = basis.title or "no document: it speaks of this year 非文件，仅述及该年"
            year, word = str(basis.year or ""), "yes 是" if basis.provisional else ""
            project = self.names.named(basis.project).both
            rows.append(("", [project, title, basis.number, year, age, word]))
        head = ["Project 项目", "Basis 依据", "Number 文号", "Year 年份", "Age, years 距今年数"]
        return [self.table([*head, "Provisional 试行或暂行"], rows)]
