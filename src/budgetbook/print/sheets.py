"""Prints what students write on, handout and answer sheet, as PDFs of one A4 page each.

A site cannot hold them, for it is made without a browser: it has the pages, which print alike.
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import pikepdf
import yaml
from playwright.sync_api import Browser

from ..errors import BuildError
from ..messages import said
from ..show.material import LOOK, PAPER, TITLES, pages
from . import pdf


def write(root: Path, out: Path, browser: Browser) -> list[Path]:
    """Print the sheets of the project at `root` into the folder `out`; return their paths.

    Raises BuildError if one does not fit on a page.
    """
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    made = []
    out.mkdir(parents=True, exist_ok=True)
    for name in PAPER:
        html = pages()[name]
        path = out / name.replace(".html", ".pdf")
        with pikepdf.open(io.BytesIO(_printed(browser, html, _look(root, html)))) as book:
            if len(book.pages) != 1:
                raise BuildError(f"{name} takes {len(book.pages)} pages and has to fit on one")
            path.write_bytes(pdf.dated(book, said(TITLES[name]), settings["author"]))
        made.append(path)
    return made


def _look(root: Path, html: str) -> str:
    """Return the pages' own look, with the fonts of the printed book that a page needs."""
    faces = "".join(re.findall(r"(?s)@font-face \{.*?\}", pdf.look(root, html)))
    family = 'body { font-family: "Book Sans", "Book Chinese" }'
    return f"{faces}{LOOK.read_text(encoding='utf-8')}{family}"


def _printed(browser: Browser, html: str, look: str) -> bytes:
    """Return the PDF of a page whose look is a file beside it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sheet.html"
        source.write_text(html, encoding="utf-8")
        source.with_name(LOOK.name).write_text(look, encoding="utf-8")
        tab = browser.new_page(color_scheme="light")
        try:
            tab.goto(source.as_uri())
            tab.evaluate("document.fonts.ready")
            return tab.pdf(prefer_css_page_size=True, tagged=True)
        finally:
            tab.close()
