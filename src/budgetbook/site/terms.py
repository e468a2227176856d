"""Marks a glossary term where a page first uses it, with a link to its entry.

A term is known by its Chinese, standing alone between other signs (behind a number, typed or
computed, 项 and 类 only count), or by an English name of several words; a single English word may
mean something else.
Headings, links, code and tables are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ..messages import translated

_HAN = "㐀-鿿"
_LEFT_ALONE = (
    nodes.title,
    nodes.rubric,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.table,
    nodes.raw,
    nodes.caption,
    nodes.math,
    nodes.term,
    addnodes.pending_xref,
    addnodes.download_reference,
)
_GLOSSARY = "book/glossary"

#: English name, Chinese name, id.
Term = tuple[str, str, str]


class MarkTerms(SphinxTransform):
    """Links the first use of each term on a page; the glossary itself stays as it is."""

    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Replace words by links."""
        if self.env.docname == _GLOSSARY:
            return
        rows = vars(self.app)["budget"].reference["glossary"]
        terms = tuple((translated(row["term_en"]), row["term_zh"], row["id"]) for row in rows)
        uri = self.app.builder.get_relative_uri(self.env.docname, _GLOSSARY)
        seen: set[str] = set()
        for node in list(self.document.findall(nodes.Text)):
            if not _left_alone(node):
                parts = list(_parts(str(node), terms, seen, uri, *_beside(node)))
                if any(isinstance(part, nodes.reference) for part in parts):
                    node.parent.replace(node, parts)


def _left_alone(node: nodes.Node) -> bool:
    while node := node.parent:
        if isinstance(node, _LEFT_ALONE):
            return True
    return False


def _beside(node: nodes.Node) -> tuple[str, str]:
    """Return the texts before and behind a text; a computed number is one of its own."""
    siblings = node.parent.children
    at = next(n for n, one in enumerate(siblings) if one is node)
    before, behind = siblings[at - 1 : at], siblings[at + 1 : at + 2]
    return "".join(n.astext() for n in before), "".join(n.astext() for n in behind)


def _parts(
    text: str, terms: Sequence[Term], seen: set[str], uri: str, before: str = "", behind: str = ""
) -> Iterator[nodes.Node]:
    """Yield a text's words, and links for the terms in it that the page has not seen."""
    pattern, ids = _pattern(terms)
    at, stop = len(before), len(before + text)
    text = before + text + behind
    for found in pattern.finditer(text, at):
        if found.end() > stop:
            break
        term = ids[found[0].lower()]
        if term[2] not in seen and found.start() >= at:
            seen.add(term[2])
            start, end = _both(text[:stop], at, found, term)
            if start > at:
                yield nodes.Text(text[at:start])
            goal = f"{uri}#term-{term[2]}"
            yield nodes.reference(
                "", text[start:end], refuri=goal, internal=True, classes=["term-link"]
            )
            at = end
    if at < stop:
        yield nodes.Text(text[at:stop])


def _both(text: str, low: int, found: re.Match[str], term: Term) -> tuple[int, int]:
    """Return from where to where a term goes, if its other name stands beside it."""
    english, chinese, _ = term
    before = re.search(f"(?i)(?<!\\w){re.escape(english)}s? $", text[low : found.start()])
    after = re.match(f"s? {re.escape(chinese)}(?![{_HAN}])", text[found.end() :])
    start = low + before.start() if before else found.start()
    return start, found.end() + (after.end() if after else 0)


@lru_cache(maxsize=1)
def _pattern(terms: Sequence[Term]) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    """Return what finds a term, and name → term."""
    ids = {name.lower(): term for term in terms for name in term[:2]}
    chinese = "|".join(re.escape(zh) for _, zh, _ in terms)
    several = sorted((en for en, _, _ in terms if " " in en), key=len, reverse=True)
    english = "|".join(map(re.escape, several))
    alone = rf"(?<![{_HAN}\d])(?<!\d )(?:{chinese})(?![{_HAN}])"
    return re.compile(f"(?i){alone}|(?<!\\w)(?:{english})(?=s?\\b)"), ids
