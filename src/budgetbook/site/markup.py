"""Small pieces of HTML that the pages share: permanent links, anchors, texts to cite."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes

from .. import RELEASED, __version__
from ..checks import Result, Verdict
from ..messages import message, parts, said
from .chinese import chinese

#: What the book is called where it is cited.
BOOK = message("One department's budget, opened")

#: Relation → how it is said that it does not hold, in both languages.
_NOT = {
    "=": message("not equal to 不等于"),
    "<": message("not below 不小于"),
    "≤": message("not at most 大于"),
    "rounds to": message("not rounding to 舍入后不等于"),
    "sums to": message("not summing to 合计不等于"),
}


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


def relation(result: Result) -> str:
    """Return what stands between the two sides of a check, in both languages if it fails."""
    if result.verdict is Verdict.FAILS:
        return said(_NOT[result.check.relation])
    return result.relation


def permalink(anchor: str, what: str) -> str:
    """Return a link to something on its own page, shown when one points at it."""
    name = escape(said("Permanent link: {what:text}", what=what))
    return f'<a class="here" href="#{anchor}" aria-label="{name}">¶</a>'


def anchors(names: Iterable[str]) -> str:
    """Return more anchors for the same place."""
    return "".join(f'<span id="{escape(name)}"></span>' for name in names)


def cite(claim: str, address: str, source: str = "", chinese_too: str = "") -> str:
    """Return what opens a sentence to cite: whose budget, what, in which book, where.

    `claim` is a sentence with its full stop; `chinese_too` is whose budget and what in Chinese:
    with it, a sentence in Chinese follows.
    `address` is that of the site's page with its anchor; a script makes it a whole one.
    """
    anchor = "#" + address.partition("#")[2]
    claim = f"{source}. {claim}" if source else claim
    link = f'<a href="{escape(anchor)}"><code>{escape(address)}</code></a>'
    values = {"book": said(BOOK), "version": __version__, "date": RELEASED, "link": link}
    told = parts(
        "{claim:text} In: {book:text}, version {version:text}, released {date:text}, {link:part}",
        claim=claim,
        **values,
    )
    text = "".join(p if p is link else chinese(escape(p, quote=False)) for p in told)
    if chinese_too:
        told = parts(
            "{claim:text}载于《{book:text}》{version:text}版，{date:text}发布，{link:part}",
            claim=chinese_too,
            **values,
        )
        zh = "".join(p if p is link else escape(p, quote=False) for p in told)
        text += f"<br><span lang='zh-Hans'>{zh}</span>"
    summary = "".join(parts("Cite {zh:part}", zh="<span lang='zh-Hans'>引用</span>"))
    return f"<details class='cite'><summary>{summary}</summary><p>{text}</p></details>"


def folded(kind: str, summary: str, content: nodes.Node) -> nodes.Node:
    """Return something behind a line that opens it."""
    opening = f"<details class='{kind}'><summary>{escape(summary)}</summary>"
    parts = (nodes.raw("", opening, format="html"), content)
    return nodes.container("", *parts, nodes.raw("", "</details>", format="html"))
