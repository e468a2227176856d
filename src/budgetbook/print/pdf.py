"""Prints the book: one PDF with contents, page numbers, links, bookmarks and its own fonts.

The site must be built. The document is printed until the page numbers that it shows are those
that it has; the date and the name of the PDF are those of the release. The browser numbers what is
in the PDF, and divides its links, anew each time: the same source gives the same pages, and a
sheet the same bytes.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from playwright.sync_api import Browser

from .. import RELEASED, __version__
from ..errors import BuildError
from ..model.loading import load
from ..show.downloads import PDF
from . import typeset
from .outlines import quadratic
from .paper import order, read

#: The look of the printed page and its fonts.
STYLE = Path("book", "print")
#: The font of the package, which has every Chinese character of the book.
CHINESE = Path(__file__).parents[1] / "fonts" / "NotoSansSC-subset.otf"
#: What a cell that heads others is called, before a number.
_CELL = "node"
#: How often a document is printed until its page numbers stand still.
_PRINTS = 5
#: Makes tables fit the page; returns what is too wide even so.
_FIT = Path(__file__).with_name("fit.js")


def write(root: Path, site: Path, out: Path, browser: Browser) -> Path:
    """Print the site of the project at `root` into the folder `out`; return the PDF's path.

    Raises BuildError if there is no site, a link leads nowhere, or something is too wide.
    """
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    pages = [read(site, *place) for place in order(root)]
    html = typeset.document(settings["title"], load(root / "data"), pages)
    html = styled(root, html)
    out.mkdir(parents=True, exist_ok=True)
    path = out / PDF
    printed = settled(browser, html, out)
    marks = typeset.headings(html)
    path.write_bytes(finished(printed, settings["title"], settings["author"], marks))
    return path


def look(root: Path, html: str) -> str:
    """Return the look of the printed page, with fonts that hold the characters of a document."""
    style = (root / STYLE / "print.css").read_text(encoding="utf-8")
    font = base64.b64encode(quadratic(CHINESE, sorted(set(html)))).decode("ascii")
    style = style.replace('url("chinese")', f"url(data:font/ttf;base64,{font})")
    return style.replace('url("', f'url("{(root / STYLE).resolve().as_uri()}/')


def styled(root: Path, html: str) -> str:
    """Return a document with the look of the printed page and fonts that hold its characters."""
    style = look(root, html)
    # First: of two rules for pages Chromium takes the later, even if the earlier one is named.
    return html.replace("<style>", f"<style>{style}</style><style>", 1)


def settled(browser: Browser, html: str, folder: Path) -> bytes:
    """Return the PDF of a document whose page numbers are those of its pages.

    `folder` is where the document stands while it is printed.
    """
    source = folder / "budget-book.html"
    shown: dict[str, int] = {}
    for _ in range(_PRINTS):
        source.write_text(typeset.numbered(html, shown), encoding="utf-8")
        printed = _print(browser, source)
        found = numbers(printed)
        missing = typeset.places(html) - set(found)
        if missing:
            raise BuildError(f"the PDF has no place for {', '.join(sorted(missing)[:5])}")
        now = {id_: found[id_] for id_ in typeset.places(html)}
        if now == shown:
            source.unlink()
            return printed
        shown = now
    raise BuildError(f"the page numbers still change after {_PRINTS} prints")


def _print(browser: Browser, source: Path) -> bytes:
    """Return the PDF of a file. Raises BuildError if something would be clipped."""
    # As wide as the text on an upright page (see @page), so that what does not fit is seen here.
    tab = browser.new_page(viewport={"width": 627, "height": 900}, color_scheme="light")
    try:
        tab.emulate_media(media="print")
        tab.goto(source.resolve().as_uri())
        tab.evaluate("document.fonts.ready")
        clipped = tab.evaluate(_FIT.read_text(encoding="utf-8"))
        if clipped:
            raise BuildError(f"too wide for the page: {clipped[0]} and {len(clipped) - 1} more")
        return tab.pdf(prefer_css_page_size=True, outline=True, tagged=True, print_background=True)
    finally:
        tab.close()


def numbers(pdf: bytes) -> dict[str, int]:
    """Return the page, counted from 1, of each id that the PDF's own links lead to."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        pages: dict[object, int] = {
            page.objgen: number for number, page in enumerate(book.pages, 1)
        }
        goals = book.Root.get("/Dests", pikepdf.Dictionary())
        return {name[1:]: pages[goal[0].objgen] for name, goal in goals.items()}


def finished(pdf: bytes, title: str, author: str, headings: Sequence[str]) -> bytes:
    """Return the PDF with the release's name and date in place of the print's, and packed.

    The bookmarks get their words anew: Chromium writes those of a heading that opens a page twice.
    Raises BuildError if the bookmarks are not the headings.
    """
    with pikepdf.open(io.BytesIO(pdf)) as book:
        marks = list(_bookmarks(book.Root.Outlines))
        if len(marks) != len(headings):
            raise BuildError(f"the PDF has {len(marks)} bookmarks for {len(headings)} headings")
        for mark, heading in zip(marks, headings, strict=True):
            mark.Title = pikepdf.String(heading)
        book.Root.PageMode = pikepdf.Name.UseOutlines
        return dated(book, title, author)


def dated(book: pikepdf.Pdf, title: str, author: str) -> bytes:
    """Return a PDF with the release's name and date in place of the print's, and packed."""
    _count_cells(book)
    day = f"D:{RELEASED.replace('-', '')}000000Z"
    book.trailer.Info = book.make_indirect(
        pikepdf.Dictionary(
            Title=f"{title}, version {__version__}", Author=author, CreationDate=day, ModDate=day
        )
    )
    packed, stream = pikepdf.ObjectStreamMode.generate, io.BytesIO()
    book.save(stream, object_stream_mode=packed, deterministic_id=True)
    return stream.getvalue()


def _count_cells(book: pikepdf.Pdf) -> None:
    """Number the cells that others are headed by as they are read.

    Chromium counts on from what it drew before, and not always in one order.
    """
    tree = book.Root.StructTreeRoot
    cells = [part for part in _read(tree) if "/ID" in part]
    names = {str(cell.ID): f"{_CELL}{number:08}" for number, cell in enumerate(cells)}
    for part, key in [place for whole in book.objects for place in _named(whole)]:
        part[key] = pikepdf.String(names[str(part[key])])
    found = pikepdf.Array([part for cell in cells for part in (cell.ID, cell)])
    tree.IDTree = book.make_indirect(pikepdf.Dictionary(Names=found))


def _read(part: Any) -> Iterator[Any]:
    """Yield an element of what is read, and all that lie in it, in their order."""
    if isinstance(part, pikepdf.Array):
        for one in part:
            yield from _read(one)
    elif isinstance(part, pikepdf.Dictionary):
        yield part
        yield from _read(part.get("/K"))


def _named(part: Any) -> Iterator[tuple[Any, Any]]:
    """Yield (holder, key) of each name of a cell in a part of a PDF, or in what lies in it."""
    if isinstance(part, pikepdf.Array):
        keys: Iterable[Any] = range(len(part))
    elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        keys = list(part.keys())
    else:
        return
    for key in keys:
        one = part[key]
        if isinstance(one, pikepdf.String) and str(one).startswith(_CELL):
            yield part, key
        elif isinstance(one, pikepdf.Object) and not one.is_indirect:
            yield from _named(one)


def _bookmarks(above: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the bookmarks below one, in reading order."""
    mark = above.get("/First")
    while mark is not None:
        yield mark
        yield from _bookmarks(mark)
        mark = mark.get("/Next")
