"""Reads the pages of the built site in the order in which a book prints them.

Of a page it takes its `<article>` (or `<main>`) alone, so the site's look plays no part. What
only a screen can use is left out; an element of the class `screen-only` is never printed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import yaml
from bs4 import BeautifulSoup
from bs4.element import Tag

from ..errors import BuildError

#: What only a screen can use.
_SCREEN = (
    "script, style, link, button, input, select, textarea, form, iframe, template, dialog, nav, "
    "noscript, [hidden], .headerlink, .toctree-wrapper, .screen-only, details.values, details.cite"
)
#: Attributes that name ids of the same page.
_NAMING = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
#: Pages whose lists are too long to stand between chapters.
APPENDIX = ("book/checks", "book/guards", "book/data/editorial")


@dataclass
class Page:
    """A page of the site: its name, its place in the book, and its content."""

    name: str
    part: str
    depth: int
    content: Tag
    #: Where links lead on paper that lead on the site to what is not printed: id → id.
    moved: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the page in the document."""
        return self.name.replace("/", "-")


def order(root: Path) -> list[tuple[str, str, int]]:
    """Return (page, part, depth) in reading order; the appendix comes last."""
    toc: Mapping[str, Any] = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    parts = toc["parts"]
    pages = [(toc["root"], parts[0]["caption"], 0)]
    pages += [found for part in parts for found in _files(part["chapters"], part["caption"], 0)]
    late = [(name, "Appendix", 0) for name, _, _ in pages if name in APPENDIX]
    return [page for page in pages if page[0] not in APPENDIX] + late


def _files(entries: list[dict[str, Any]], part: str, depth: int) -> Iterator[tuple[str, str, int]]:
    for entry in entries:
        yield entry["file"], part, depth
        yield from _files(entry.get("sections", []), part, depth + 1)


def read(site: Path, name: str, part: str, depth: int) -> Page:
    """Return a page of the site with its ids and links made the document's own.

    Raises BuildError if the site has no such page or the page no content.
    """
    path = site / f"{name}.html"
    if not path.is_file():
        raise BuildError(f"the site has no page {name}: call make book first")
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    content = soup.find("article") or soup.find("main")
    if not isinstance(content, Tag) or content.find("h1") is None:
        raise BuildError(f"{path} has no article with a heading: the book cannot be printed")
    moved = _leave_out_passports(content)
    _ask(content)
    for element in content.select(_SCREEN):
        if not element.decomposed:
            element.decompose()
    page = Page(name, part, depth, content)
    page.moved = {
        f"{page.id}--{old}": f"{page.id}--{new}" if new else page.id for old, new in moved.items()
    }
    for element in content.find_all(True):
        _rename(element, page)
    return page


def _leave_out_passports(content: Tag) -> dict[str, str]:
    """Take out the passports, which are for a screen; return each one's row, if it has one."""
    moved = {}
    for passport in content.select("details.passport"):
        row = passport.select_one('dd > a[href^="#"]:not([href^="#figure-"])')
        title = passport.find_previous_sibling()
        moved[str(passport["id"])] = str(row["href"]).removeprefix("#") if row else ""
        if isinstance(title, Tag) and "rubric" in title.get_attribute_list("class"):
            title.decompose()
        passport.decompose()
    return moved


def _ask(content: Tag) -> None:
    """Leave of a quick check its question and room for the answer: solutions are a page apart."""
    for form in content.select("form.practice"):
        form.name, form.attrs = "div", {"class": "practice"}
        for part in form.select("details, p:has(> button)"):
            part.decompose()
        for choice in form.select("input[type]"):
            choice.replace_with("( ) ")
        for answer in form.select("input, select"):
            answer.replace_with("________ ")


def _rename(element: Tag, page: Page) -> None:
    """Make an element's id unique in the document, and point its links into the document."""
    if element.get("id"):
        element["id"] = f"{page.id}--{element['id']}"
    for name in _NAMING:
        if element.get(name):
            element[name] = " ".join(f"{page.id}--{one}" for one in str(element[name]).split())
    for name in ("href", "xlink:href", "src"):
        if element.get(name):
            element[name] = _target(str(element[name]), page)
    for name in ("fill", "stroke", "clip-path", "mask", "filter"):
        if "url(#" in str(element.get(name, "")):
            element[name] = str(element[name]).replace("url(#", f"url(#{page.id}--")


def _target(link: str, page: Page) -> str:
    """Return where a link of the site leads in the document; a file of the site by its path."""
    if re.match(r"[a-z]+:", link):
        return link
    file, anchor = urldefrag(unquote(link))
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), file))
    if not file:
        return f"#{page.id}--{anchor}"
    if not path.endswith(".html"):
        return f"site:{path}"
    id_ = path.removesuffix(".html").replace("/", "-")
    return f"#{id_}--{anchor}" if anchor else f"#{id_}"
