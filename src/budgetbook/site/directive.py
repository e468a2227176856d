"""What the directives share: the data, and how a table of the book looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..naming import is_total
from .figures import Budget
from .markup import markup, permalink

_NUMBER = re.compile(r"−?\d[\d,]*\.\d+|−?\d{1,3}(,\d{3})+|−?\d+%")


class BudgetDirective(SphinxDirective, Budget):
    """A directive that knows the data, and how a table of the book looks."""

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[tuple[str, Sequence[nodes.Node | str]]],
        classes: Sequence[str] = (),
    ) -> nodes.Node:
        """Return a table whose rows carry anchors, inside a frame that scrolls sideways.

        An anchor has a permanent link in the first cell of its row.
        Amounts are set to the right, as is the heading of a column of amounts; with the class
        `counts` whole numbers are too. The row of a total is set off.
        """
        group = nodes.tgroup(cols=len(head))
        group += [nodes.colspec(colwidth=1) for _ in head]
        heads = [_entry(text) for text in head]
        group += nodes.thead("", nodes.row("", *heads))
        body = nodes.tbody()
        for anchor, cells in rows:
            row = nodes.row("", *[_entry(cell, counts="counts" in classes) for cell in cells])
            if anchor:
                row["ids"] = [anchor]
                row[0][0] += markup(permalink(anchor, f"the row {row[0].astext()[:60]}".strip()))
            if is_total(cell.astext() for cell in row[:3]):
                row["classes"] = ["total"]
            body += row
        for column, entry in enumerate(heads):
            filled = [row[column] for row in body if row[column].astext()]
            if filled and all("number" in cell["classes"] for cell in filled):
                entry["classes"] = ["number"]
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


def _entry(content: nodes.Node | str, *, counts: bool = False) -> nodes.entry:
    node = content if isinstance(content, nodes.Node) else nodes.Text(content)
    entry = nodes.entry("", nodes.paragraph("", "", node))
    text = node.astext()
    if _NUMBER.fullmatch(text) or (counts and text.isdigit()):
        entry["classes"] = ["number"]
    return entry


def rubric(text: str) -> nodes.rubric:
    """Return a heading that the page's contents leave out."""
    return nodes.rubric("", text)
