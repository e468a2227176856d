"""Directives on the disclosure as a text: what must be there, its wording, its bases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from docutils import nodes

from ..analysis.bases import bases
from ..analysis.completeness import completeness
from ..analysis.proofreading import marks
from ..messages import both, message, parts, said, translated
from ..model.address import CLAIMS, located
from .directive import BudgetDirective, rubric

#: State of an item → what it is called.
_STATES = {
    "printed": message("printed 已列示"),
    "printed empty": message("printed empty 空表或空白"),
    "listed and not printed": message("listed and not printed 列入目录而未见"),
    "not found": message("not found 本文件中未找到"),
    "not asked": message("not asked 不要求本文件"),
}
#: Grade of a source → what it is called.
_GRADES = {
    "disclosure": message("disclosure"),
    "read": message("read"),
    "reported": message("reported"),
    "custom": message("custom"),
    "ours": message("ours"),
    "assumption": message("assumption"),
}


def _both(row: Mapping[str, str | None], name: str) -> str:
    return both(row[f"{name}_en"], row[f"{name}_zh"])


def _inline(found: Iterable[nodes.Node | str]) -> nodes.inline:
    """Return the parts of a message, texts and links, as one node."""
    return nodes.inline("", "", *(nodes.Text(p) if isinstance(p, str) else p for p in found))


class _Places(BudgetDirective):
    """What links to a table, a section, a row or a figure."""

    def place(self, where: str) -> list[nodes.Node]:
        """Return the link to a role of a table, `sections/<role>` or an address; or nothing."""
        table, _, row = where.partition("/")
        if table == "sections":
            titles = {s["section"]: s["title"] for s in self.disclosure.reference["sections"]}
            section = said("text, {section:text}", section=titles[row])
            return [self.link(section, "book/data/sections", where)]
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
        total = "; ".join(
            said("{number:count} {state:text}", number=count[state], state=said(name))
            for state, name in _STATES.items()
        )
        rows = []
        for row, state, where in items:
            source = sources[row["source"]]
            title = translated(source["title_en"])
            name = self.link(title, "book/references", f"source-{source['id']}")
            asked = _inline(
                parts(
                    "{source:part}, {article:text} ({grade:text})",
                    source=name,
                    article=translated(row["article"] or ""),
                    grade=said(_GRADES[source["grade"]]),
                )
            )
            note = nodes.Text(f" {_both(row, 'note')}".rstrip())
            there = nodes.inline("", "", *self.place(where), note)
            cells = [_both(row, "title"), said(_STATES[state]), there, asked]
            rows.append((f"item-{row['id']}", cells))
        asked_of, by = said("What is asked 应公开内容"), said("Asked by 依据")
        head = asked_of, said("State 状态"), said("Where 所在"), by
        return [nodes.paragraph("", f"{total}."), self.table(head, rows, ["items"])]


class ProofMarks(_Places):
    """`{proof-marks}`: the kinds that were looked for, and the words that were found."""

    def run(self) -> list[nodes.Node]:
        """Return a table of the kinds, with how many lines are listed, and one of the words."""
        found = marks(self.disclosure)
        count = Counter(mark.kind["code"] for mark in found)
        kinds = [
            (f"kind-{k['code']}", [_both(k, "title"), str(count[k["code"]]), _both(k, "innocent")])
            for k in self.disclosure.reference["proofreading"]
        ]
        rows = []
        for row, kind, place in found:
            link = (self.place(place) or [""])[0]
            there = _inline(parts("{place:part}, line {line:text}", place=link, line=row["line"]))
            against = {"words": row["against"] or said("the words"), "line": row["against_line"]}
            held = said("{words:text}, line {line:text}", **against) if against["line"] else ""
            rows.append(("", [_both(kind, "title"), there, row["words"], held]))
        called = said("Kind 情形")
        head = called, said("Listed 所列条数"), said("What it may be 可能的缘由")
        words = called, said("Where 所在"), said("Words 用词"), said("Held against 对照")
        title = rubric(said("What was found 所见各处"))
        return [self.table(head, kinds), title, self.table(words, rows)]


class Bases(BudgetDirective):
    """`{bases}`: the documents and earlier figures that projects name as their basis."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = []
        for basis in bases(self.disclosure):
            age = str(self.disclosure.year - basis.year) if basis.year else ""
            title = basis.title or said("no document: it speaks of this year 非文件，仅述及该年")
            year, word = str(basis.year or ""), said("yes 是") if basis.provisional else ""
            project = self.names.named(basis.project).both
            rows.append(("", [project, title, basis.number, year, age, word]))
        basis_of = said("Project 项目"), said("Basis 依据"), said("Number 文号"), said("Year 年份")
        head = *basis_of, said("Age, years 距今年数"), said("Provisional 试行或暂行")
        return [self.table(head, rows)]
