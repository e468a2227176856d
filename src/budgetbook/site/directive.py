"""What the directives share: the data, and how a table of the book looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..messages import said
from ..proof.formulas import spoken
from ..show.fitting import fit, label
from ..show.tables import numeric
from ..words.naming import is_total
from .figures import Budget
from .markup import Markup, markup, permalink


class BudgetDirective(SphinxDirective, Budget):
    """A directive that knows the data, and how a table of the book looks."""

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[tuple[str, Sequence[nodes.Node | str]]],
        classes: Sequence[str] = (),
        *,
        names: Sequence[str] = (),
        total: int | None = None,
    ) -> nodes.Node:
        """Return a table whose rows carry anchors, inside a frame that scrolls sideways.

        `names` are what programs call its columns, if they do.

        An anchor has a permanent link in the first cell of its row.
        A column of numbers is set to the right with its heading. The row of a total is set
        off: one that a document calls so, and that at the place `total`.
        """
        group = nodes.tgroup(cols=len(head))
        group += [nodes.colspec(colwidth=1) for _ in head]
        heads = nodes.row("", *map(_entry, head))
        group += nodes.thead("", heads)
        body = nodes.tbody()
        for anchor, cells in rows:
            row = nodes.row("", *map(_entry, cells))
            if anchor:
                row["ids"] = [anchor]
                named = spoken(row[0].astext(), self.names)
                what = said("the row {row:text}", row=named) if named else said("the row")
                row[0][0] += markup(permalink(anchor, what))
            if is_total(cell.astext() for cell in row[:3]):
                row["classes"] = ["total"]
            body += row
        if total is not None:
            body[total]["classes"] = ["total"]
        group += body
        names = names or [""] * len(head)
        cards = ["cards"] if self._fitted(heads, body, names) else []
        table = nodes.table("", group, classes=[*cards, "budget", *classes])
        return nodes.container("", table, classes=["table-frame"])

    def _fitted(self, heads: nodes.row, body: nodes.tbody, names: Sequence[str]) -> bool:
        """Set which columns hold numbers and words; return whether a phone shows rows as cards."""
        head, *texts = (
            [spoken(cell.astext(), self.names) for cell in row] for row in (heads, *body)
        )
        numbers = numeric(names, texts)
        cards, words = fit(head, texts, numbers)
        for at, number in enumerate(numbers):
            if words[at]:
                heads[at]["words"] = True
            for row in (heads, *body):
                row[at]["classes"] += ["number"] if number else []
            for row in body if cards and at else ():
                if row[at].astext() or row[at].next_node(Markup):
                    row[at]["label"] = label(head[at])
        return cards

    def links(self, files: Sequence[tuple[str, str]]) -> nodes.Node:
        """Return a list of downloads as (file, title)."""
        return listed([(self.download(file), title) for file, title in files])


def listed(places: Iterable[tuple[str, str]]) -> nodes.Node:
    """Return a list of links as (address, title)."""
    items = []
    for place, title in places:
        link = nodes.reference("", title, refuri=place, internal=True)
        items.append(nodes.list_item("", nodes.paragraph("", "", link)))
    return nodes.bullet_list("", *items, classes=["downloads"])


def _entry(content: nodes.Node | str) -> nodes.entry:
    node = content if isinstance(content, nodes.Node) else nodes.Text(content)
    return nodes.entry("", nodes.paragraph("", "", node))


def rubric(text: str) -> nodes.rubric:
    """Return a heading that the page's contents leave out."""
    return nodes.rubric("", text)


def write_entry(translator: Any, node: nodes.entry) -> None:
    """Write the tag of a cell with what a phone needs to know of it; Sphinx calls it."""
    more = {"data-label": node["label"]} if "label" in node else {}
    if "words" in node:
        more["data-words"] = ""
    if _heads(node):
        more["scope"] = "col"
    translator.body.append(translator.starttag(node, "th" if _heads(node) else "td", "", **more))


def end_entry(translator: Any, node: nodes.entry) -> None:
    """Write the closing tag of a cell."""
    translator.body.append("</th>\n" if _heads(node) else "</td>\n")


def _heads(node: nodes.entry) -> bool:
    return isinstance(node.parent.parent, nodes.thead)
