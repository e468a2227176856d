"""Finishes the written pages: what a link shows in place, and which pages use a figure.

Both need every page, so they come last. Pages that Sphinx left as they were are finished anew as
well; finishing twice changes nothing.
"""

from __future__ import annotations

import csv
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..messages import message, said, translated
from ..model.address import SCHEME, Address, parse
from ..words.naming import Names
from . import sharing
from .chinese import mark
from .goals import goals, once
from .passports import BEGIN, END, USES, Card, Printer
from .search import index
from .spoken import worded

#: The list of anchors that editions before had: page, former anchor, today's.
MOVED = Path("book") / "moved.csv"
_ADDRESS = re.compile(
    f"<a class='figure-link' href='{SCHEME}([^']+)'(?: data-yuan='([^']*)')?"
    '(?: title="[^"]*" data-formula="([^"]*)")?>(.*?)</a>',
    re.S,
)
#: What a drawing links to: no amount is told apart there, the place is meant.
_DRAWN = re.compile(rf"""href=(['"]){SCHEME}(.+?)\1""")
_OPENED = re.compile(
    r'<tr\b[^>]*\bid="([^"]+)"[^>]*>\s*<t[dh]\b[^>]*>'
    r'|<details\b[^>]*\bid="([^"]+)"[^>]*><summary>'
    r'|<(?:section|figure|span|dt)\b[^>]*\bid="([^"]+)"[^>]*>'
)
_FORMER = re.compile(r'<span class="former" id="[^"]*"></span>')
_LINK = re.compile(r"<a\b[^>]*>")
_CARD = re.compile(r' data-card="[^"]*"')
_ATTRIBUTE = re.compile(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)')""")
_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r'<span id="([^"]+)" data-cell="([^"]*)">')
_USES = re.compile(r"<!--uses (.*?)-->.*?<!--/uses-->")
_PASSPORTS = re.compile(f"{BEGIN}.*?{END}", re.S)
_HIDDEN = re.compile(r"<(pre|script|style)\b.*?</\1>|<[^>]*>", re.S)
_AMOUNT = re.compile(r"(?<![\d,.])\d[\d,]*\.\d\d(?!\d)")
_HEADERLINK = re.compile(r'<a class="headerlink" href="(#[^"]*)" title="([^"]*)">')
#: What Sphinx calls them; it translates that into few languages.
_HEADING = message("Link to this heading")
#: Pages that link to figures because they list all of them.
_LISTS = ("book/checks", "book/guards", "book/findings", "book/completeness")


#: Where a text that links to an address leads, given its title: page#anchor, or nowhere.
Goal = Callable[[str, Address, str, Fraction | None], str]


def finish(app: Any, exception: Exception | None) -> None:
    """Finish all pages of a build that went well."""
    if exception is not None or app.builder.format != "html":
        return
    places = {name: Path(app.outdir) / f"{name}.html" for name in sorted(app.env.found_docs)}
    pages = {name: path.read_text(encoding="utf-8") for name, path in places.items()}
    titles = {name: app.env.titles[name].astext() for name in pages}
    budget = vars(app)["budget"]
    names = once(app, "budget_names", lambda: Names(budget))
    moved = read_moved(Path(app.srcdir) / MOVED)
    book = Finished(pages, titles, Printer(app).cards(), goals(app).of, names, moved)
    finished = {name: book.page(name) for name in pages}
    for name, text in finished.items():
        if text != pages[name]:
            places[name].write_text(text, encoding="utf-8", newline="\n")
    out = Path(app.outdir)
    sharing.write(app, titles)
    text = index(finished, titles)
    (out / "_static" / "search-pages.js").write_text(text, encoding="utf-8", newline="\n")
    for name in ("search.html", "404.html"):
        page = out / name
        page.write_text(mark(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


class Finished:
    """The pages of the book (name → HTML and title), each ready to be finished."""

    def __init__(
        self,
        pages: Mapping[str, str],
        titles: Mapping[str, str],
        cards: Mapping[str, Card],
        goal: Goal,
        names: Names,
        moved: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        self._pages = {
            name: worded(_resolved(_FORMER.sub("", text), name, goal), names)
            for name, text in pages.items()
        }
        self._titles, self._moved = titles, moved
        self._known = cards
        self._cards = {address: escape(card.text) for address, card in cards.items()}
        for name, text in self._pages.items():
            for anchor, blank in _BLANK.findall(text):
                self._cards[f"{name}.html#{anchor}"] = blank
        self._linking = self._find_links()
        self._printing = {
            name: set(_AMOUNT.findall(_HIDDEN.sub(" ", text)))
            for name, text in self._pages.items()
            if name.startswith("notebooks/")
        }

    def page(self, name: str) -> str:
        """Return a page with cards on its links and uses in its passports."""
        seen: set[str] = set()
        text = _LINK.sub(lambda found: self._carded(found[0], name, seen), self._pages[name])
        text = _USES.sub(lambda found: USES.format(found[1], self._used(name, found[1])), text)
        text = _HEADERLINK.sub(_named, text)
        return mark(_with_former(text, self._moved.get(name, {})))

    def _carded(self, link: str, page: str, seen: set[str]) -> str:
        """Return a link's opening tag with its card.

        The script finds the card of a link on the same page in its goal, and that of a link to
        where another has led before in that one.
        """
        bare = _CARD.sub("", link)
        href = _attributes(bare).get("href", "")
        card = self._cards.get(_target(href, page)) if "#" in href[1:] else None
        if not card or href in seen:
            return bare
        seen.add(href)
        return f'{bare[:-1]} data-card="{card}">'

    def _find_links(self) -> dict[str, list[str]]:
        """Return address → the pages whose words link to it."""
        linking: dict[str, list[str]] = {}
        for name, text in self._pages.items():
            if name in _LISTS:
                continue
            for link in _LINK.findall(_PASSPORTS.sub("", text)):
                attributes = _attributes(link)
                classes = attributes.get("class", "").split()
                if "figure-link" in classes and "in-row" not in classes:
                    names = linking.setdefault(_target(attributes["href"], name), [])
                    if name not in names:
                        names.append(name)
        return linking

    def _used(self, page: str, anchor: str) -> str:
        """Return the pages that link to a figure, and the chapters that print the same amount."""
        address = f"{page}.html#{anchor}"
        linked = self._linking.get(address, [])
        amount = self._known[address].amount
        same = [name for name, amounts in self._printing.items() if amount in amounts]
        parts = [self._links(page, linked)] if linked else []
        if same:
            links = self._links(page, same)
            parts.append(
                said("the same amount is printed in 同额亦见于 {chapters:text}", chapters=links)
            )
        return "; ".join(parts) or said(
            "no page beside the findings, What must be there, and the lists of figures and checks "
            "除发现、应有内容及数字与核对诸表外，无页面用到"
        )

    def _links(self, page: str, names: Iterable[str]) -> str:
        here = posixpath.dirname(page)
        return ", ".join(
            f'<a href="{posixpath.relpath(name + ".html", here)}">'
            f"{escape(self._titles[name], quote=False)}</a>"
            for name in names
        )


def read_moved(path: Path) -> dict[str, dict[str, list[str]]]:
    """Return page → anchor → the anchors that it had in editions before, from book/moved.csv."""
    found: dict[str, dict[str, list[str]]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            page = found.setdefault(row["page"].removesuffix(".html"), {})
            page.setdefault(row["anchor"], []).append(row["former"])
    return found


def _with_former(text: str, moved: Mapping[str, Sequence[str]]) -> str:
    """Return a page on which each anchor of an edition before leads to what it led to then."""

    def opened(found: re.Match[str]) -> str:
        former = moved.get(unescape(found[1] or found[2] or found[3]), ())
        return found[0] + "".join(f'<span class="former" id="{escape(a)}"></span>' for a in former)

    return _OPENED.sub(opened, text)


def _named(link: re.Match[str]) -> str:
    """Return the opening tag of a link to a heading, named for those who listen as well."""
    name = escape(translated(_HEADING)) if link[2] == _HEADING else link[2]
    return f'<a class="headerlink" href="{link[1]}" title="{name}" aria-label="{name}">'


def _resolved(text: str, page: str, goal: Goal) -> str:
    """Return a page on which links to addresses lead to their passports; without one, no link."""
    here = posixpath.dirname(page)

    def link(found: re.Match[str]) -> str:
        address, yuan, formula, inner = found.groups()
        words = unescape(_TAG.sub("", inner))
        told = Fraction(yuan) if yuan else None
        place = goal(words, parse(unescape(address)), unescape(formula or ""), told)
        name, _, anchor = place.partition("#")
        if not name:
            return inner
        place = posixpath.relpath(f"{name}.html", here)
        return f"<a class='figure-link' href='{place}#{escape(anchor)}'>{inner}</a>"

    def drawn(found: re.Match[str]) -> str:
        name, _, anchor = goal("", parse(unescape(found[2])), "", None).partition("#")
        place = posixpath.relpath(f"{name}.html", here)
        return f"href={found[1]}{place}#{escape(anchor)}{found[1]}"

    return _DRAWN.sub(drawn, _ADDRESS.sub(link, text))


def _target(href: str, page: str) -> str:
    """Return the address from the top of the site that a link of a page leads to."""
    path, _, anchor = unquote(unescape(href)).partition("#")
    here = posixpath.dirname(page)
    return f"{posixpath.normpath(posixpath.join(here, path)) if path else page + '.html'}#{anchor}"


def _attributes(link: str) -> dict[str, str]:
    return {name: first or second for name, first, second in _ATTRIBUTE.findall(link)}
