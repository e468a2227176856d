"""Small pieces of HTML that the pages share: permanent links, anchors, texts to cite."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes

from .. import RELEASED, __version__
from .chinese import chinese

#: What the book is called where it is cited.
BOOK = "One department's budget, opened"


class Markup(nodes.General, nodes.Inline, nodes.Element):  # type: ignore[misc]
    """HTML as it is. It is not searched, and an output of another kind leaves it out."""


def markup(html: str) -> Markup:
    """Return HTML as a node."""
    return Markup("", html=html)


def write(translator: Any, node: Markup) -> None:
    """Write the HTML; Sphinx calls it."""
    translator.body.append(node["html"])
    raise nodes.SkipNode


def skip(translator: Any, node: Markup) -> None:
    """Leave it out of plain text."""
    raise nodes.SkipNode


def permalink(anchor: str, what: str) -> str:
    """Return a link to something on its own page, shown when one points at it."""
    name = escape(f"Permanent link: {what}")
    return f'<a class="here" href="#{anchor}" aria-label="{name}">¶</a>'


def anchors(names: Iterable[str]) -> str:
    """Return more anchors for the same place."""
    return "".join(f'<span id="{escape(name)}"></span>' for name in names)


def cite(title: str, address: str, source: str = "") -> str:
    """Return what opens a sentence to cite: whose budget, what, in which book, where.

    `address` is that of the site's page with its anchor; a script makes it a whole one.
    """
    anchor = "#" + address.partition("#")[2]
    said = title.rstrip(". ")
    said += "" if said.endswith("。") else "."
    text = f"{f'{source}. ' if source else ''}{said} In: {BOOK}, version {__version__}"
    return (
        "<details class='cite'><summary>Cite <span lang='zh-Hans'>引用</span></summary>"
        f"<p>{chinese(escape(text, quote=False))}, released {RELEASED}, "
        f'<a href="{escape(anchor)}"><code>{escape(address)}</code></a></p></details>'
    )


def folded(kind: str, summary: str, content: nodes.Node) -> nodes.Node:
    """Return something behind a line that opens it."""
    opening = f"<details class='{kind}'><summary>{escape(summary)}</summary>"
    parts = (nodes.raw("", opening, format="html"), content)
    return nodes.container("", *parts, nodes.raw("", "</details>", format="html"))
