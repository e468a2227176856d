"""Sets the pages of the book as one HTML document that can be printed: title, contents, chapters.

A place that shows a page number is an element with `data-page`, which names the id that it counts;
the numbers are filled in when a first print has shown them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Tag

from .. import RELEASED, __version__
from ..errors import BuildError
from ..model.disclosure import Disclosure
from .paper import Page
from .tables import fit, mark

#: Until it is known, a page number has three digits.
UNKNOWN = "000"
_CODE = "code"
_WHERE_CODE = "The code of the chapters"


def document(title: str, disclosure: Disclosure, pages: Sequence[Page]) -> str:
    """Return the whole book as HTML. Raises BuildError if a link leads nowhere inside it."""
    title = title.replace("'", "’")
    listings = [(page, _take_code(page)) for page in pages]
    code = _listings([(page, cells) for page, cells in listings if cells])
    chapters: list[Tag] = []
    for before, page in zip([None, *pages], pages, strict=False):
        _set(page, opens=before is None or page.part != before.part)
        into = chapters[-1] if page.depth and chapters else chapters
        into.append(page.content)
    body = BeautifulSoup("".join([*map(str, chapters), code]), "html.parser")
    _resolve(body, pages)
    heads = []
    for name, words in [("contents", "Contents"), *_running(body)]:
        head = f"@top-left {{ content: {_quoted(title)} }}"
        head += f" @top-right {{ content: {_quoted(words)} }}"
        heads.append(f"@page {name} {{ {head} }}")
        heads.append(f"@page {name}-wide {{ size: A4 landscape; {head} }}")
        heads.append(f".{name} {{ page: {name} }} .{name} .wide {{ page: {name}-wide }}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{' '.join(heads)}</style></head><body>{_title_page(title, disclosure)}"
        f"{_contents(body)}{body}</body></html>"
    )


def numbered(html: str, numbers: Mapping[str, int]) -> str:
    """Return the document with the page of each id in its places."""
    return re.sub(
        r'(data-page="([^"]+)"[^>]*>)\d+',
        lambda found: f"{found[1]}{numbers.get(found[2], UNKNOWN)}",
        html,
    )


def places(html: str) -> set[str]:
    """Return the ids whose page numbers the document shows."""
    return set(re.findall(r'data-page="([^"]+)"', html))


def headings(html: str) -> list[str]:
    """Return the words of each heading of the document, in order."""
    found = re.findall(r"(?s)<h([1-6])\b.*?>(.*?)</h\1>", html)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", inner)).split()) for _, inner in found]


def _page_of(id_: str) -> str:
    return f'<span class="number" data-page="{escape(id_)}">{UNKNOWN}</span>'


def _quoted(words: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", words) + '"'


def _take_code(page: Page) -> list[str]:
    """Take the code out of a chapter, leave a note of where it went, and return the cells."""
    cells, waiting = [], 0
    chapter = _number(page)
    for cell in page.content.select("div.cell"):
        source = cell.select_one(".cell_input")
        if source is None:
            continue
        pre = source.find("pre")
        assert isinstance(pre, Tag)
        cells.append(f"<pre>{pre.decode_contents()}</pre>")
        waiting += 1
        (source.find_parent("details") or source).decompose()
        if cell.select_one(".cell_output"):
            first = len(cells) - waiting + 1
            names = f"{chapter}.{first}" + (f"–{chapter}.{len(cells)}" if waiting > 1 else "")
            id_ = f"{_CODE}-{chapter}-{first}"
            note = f'<p class="code-note"><a href="#{id_}">code {names}, p. {_page_of(id_)}</a></p>'
            cell.append(BeautifulSoup(note, "html.parser"))
            waiting = 0
    return cells


def _number(page: Page) -> str:
    """Return the number that a chapter's heading begins with, else its id."""
    found = re.match(r"\d+", page.content.get_text().strip())
    return found[0] if found else page.id


def _listings(chapters: Sequence[tuple[Page, list[str]]]) -> str:
    """Return the appendix with the code of the chapters, small and numbered as the notes do."""
    if not chapters:
        return ""
    parts = [
        f'<article class="chapter code" id="{_CODE}"><h2>{_WHERE_CODE}</h2><p>Every table, figure '
        "and computed sentence of the chapters comes from these cells, in this order. On the site "
        "each cell stands folded where it is used; the data package and the book to run come with "
        "it.</p>"
    ]
    for page, cells in chapters:
        title = page.content.find("h1")
        assert isinstance(title, Tag)
        number = _number(page)
        parts.append(f'<section id="{_CODE}-{number}"><h3>{escape(title.get_text())}</h3>')
        for count, cell in enumerate(cells, 1):
            id_ = f"{_CODE}-{number}-{count}"
            parts.append(f'<div id="{id_}"><b>{number}.{count}</b>{cell}</div>')
        parts.append("</section>")
    return "".join([*parts, "</article>"])


def _set(page: Page, opens: bool) -> None:
    """Set a page as a chapter, or as a section of the chapter that it stands below."""
    content = page.content
    for heading in content.find_all(re.compile("^h[1-6]$")):
        heading.name = f"h{min(6, int(heading.name[1]) + 1 + page.depth)}"
    for count, caption in enumerate(content.select("figure figcaption"), 1):
        if not re.match("Figure", caption.get_text().strip()):
            mark = BeautifulSoup(f"<b>Figure {count}. </b>", "html.parser")
            caption.insert(0, mark)
    for folded in content.find_all("details"):
        folded.name, folded.attrs = (
            "div",
            {"class": " ".join(["opened", *folded.get_attribute_list("class")])},
        )
    for summary in content.find_all("summary"):
        summary.name, summary.attrs = "p", {"class": "summary"}
    for table in content.find_all("table"):
        fit(table)
    content.name = "article"
    content.attrs = {"id": page.id, "class": "chapter" if page.depth == 0 else "section"}
    if opens:
        part = BeautifulSoup(f'<h1 class="part">{escape(page.part)}</h1>', "html.parser")
        content.insert(0, part)


def _resolve(body: Tag, pages: Sequence[Page]) -> None:
    """Name the page where prose leads to another chapter, and unlink what is not in the book."""
    ids = {str(element["id"]): element for element in body.find_all(id=True)}
    names = {page.id for page in pages} | {_CODE}
    moved = {old: new for page in pages for old, new in page.moved.items()}
    for link in body.find_all("a", href=True):
        target = str(link["href"])
        if target.startswith("site:"):
            _forget_file(link)
        elif target.startswith("#"):
            target = f"#{moved.get(target[1:], target[1:])}"
            link["href"] = target
            if link.find_parent(id=target[1:]) is not None:
                link.unwrap()
                continue
            page = target[1:].partition("--")[0]
            if target[1:] in ids:
                _name_page(link, ids[target[1:]])
            elif page in names:
                raise BuildError(f"a link leads to {target}, which is not in the book")
            else:
                link.unwrap()


def _forget_file(link: Tag) -> None:
    """Leave of a link to a file its words, and of a list of such links nothing."""
    item = link.find_parent("li")
    if item is not None and item.get_text().strip() == link.get_text().strip():
        whole = item.find_parent("ul")
        item.decompose()
        if whole is not None and not whole.find("li"):
            title = whole.find_previous_sibling()
            if isinstance(title, Tag) and "rubric" in title.get_attribute_list("class"):
                title.decompose()
            whole.decompose()
    else:
        link.unwrap()


def _name_page(link: Tag, target: Tag) -> None:
    """Say on which page a chapter or section is, where prose leads there from another chapter."""
    there = target.find_parent("article") or target
    here = link.find_parent("article")
    prose = link.find_parent("p") is not None and link.find_parent("table") is None
    shown = target.name in ("article", "section") and not link.select("[data-page]")
    if prose and here is not there and shown:
        note = f'<span class="page-of"> (p. {_page_of(str(target["id"]))})</span>'
        link.append(BeautifulSoup(note, "html.parser"))


def _running(body: Tag) -> list[tuple[str, str]]:
    """Give each chapter a class of its own; return (class, words of its running head)."""
    found = []
    for number, chapter in enumerate(body.select("article.chapter"), 1):
        title = chapter.find("h2")
        assert isinstance(title, Tag)
        name = f"c{number}"
        mark(chapter, name)
        found.append((name, title.get_text()))
    return found


def _title_page(title: str, disclosure: Disclosure) -> str:
    document = disclosure.document
    words = {"title": title, "office": document["office"], "disclosure": document["title"]}
    words |= {"year": str(disclosure.year), "version": __version__, "released": RELEASED}
    page = Path(__file__).with_name("title.html").read_text(encoding="utf-8")
    return page.format_map({name: escape(text) for name, text in words.items()})


def _contents(body: Tag) -> str:
    """Return the contents: parts, chapters, and their sections, with the places of the pages."""
    lines = []
    for heading in body.find_all(["h1", "h2", "h3"]):
        if heading.name == "h1":
            lines.append(f'<p class="l1">{escape(heading.get_text())}</p>')
            continue
        holder = heading.find_parent(id=True)
        if holder is None:
            raise BuildError(
                f"the heading “{heading.get_text()}” has no id: nothing can lead there"
            )
        id_ = str(holder["id"])
        lines.append(
            f'<p class="l{heading.name[1]}"><a href="#{escape(id_)}"><span>'
            f"{escape(heading.get_text())}</span><i></i>{_page_of(id_)}</a></p>"
        )
    return f'<nav class="contents"><h2>Contents</h2>{"".join(lines)}</nav>'
