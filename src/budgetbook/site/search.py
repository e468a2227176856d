"""What the search looks through: the text of every finished page, in pieces that have an address.

A piece is a row, a passport, a figure, a term or a section; its text is what stands in it and in
no piece of its own within. The browser looks for the words of a query in this text itself, so it
finds a word of two characters and an amount in each way of writing it, shows the line, and leads
to the place. The file is a script, for a page opened from a folder may fetch nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape

_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.S)
#: What is no text of the page: scripts, marks, texts to cite, permanent links.
_UNSEEN = re.compile(
    r"<(script|style)\b.*?</\1>|<!--.*?-->|<details class=.cite\b.*?</details>"
    r"|<a class=.(?:headerlink|here)\b[^>]*>.*?</a>",
    re.S,
)
#: Tags that part no word; any other does.
_WITHIN = re.compile(r"</?(?:a|b|code|em|i|span|strong|sub|sup|tspan)\b[^>]*>")
_PIECE = re.compile(r"<(/?)(section|tr|details|figure|dt|dl)\b([^>]*)>|<[^>]*>|[^<]+")
_ID = re.compile(r"""\bid=(["'])(.*?)\1""")

#: The address of a piece on its page, and its text.
Piece = tuple[str, str]


def pieces(page: str) -> list[Piece]:
    """Return the pieces of a page's HTML in their order; each address is there once."""
    texts: dict[str, list[str]] = {"": []}
    open_, term = [""], ""  # what is open, innermost last; a term lasts until the next one
    for article in _ARTICLE.findall(page):
        for found in _PIECE.finditer(_WITHIN.sub("", _UNSEEN.sub(" ", article))):
            closes, name, attributes = found.groups()
            if not name:
                word = found[0]
                texts[term or open_[-1]].append(" " if word.startswith("<") else word)
                continue
            anchor = _ID.search(attributes)
            if name == "dt":
                term = unescape(anchor[2]) if anchor else term
            elif closes:
                term = "" if name == "dl" else term
                open_.pop()
            else:
                open_.append(unescape(anchor[2]) if anchor else open_[-1])
            for piece in (term, open_[-1]):
                texts.setdefault(piece, [])
            texts[term or open_[-1]].append(" ")
    told = ((anchor, " ".join(unescape("".join(t)).split())) for anchor, t in texts.items())
    return [(anchor, text) for anchor, text in told if text]


def index(pages: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return the script of all pages (name → HTML, name → title)."""
    content = [[name, titles[name], pieces(text)] for name, text in pages.items()]
    lines = (json.dumps(page, ensure_ascii=False, separators=(",", ":")) for page in content)
    return "window.BOOK_PAGES = [\n" + ",\n".join(lines) + "\n];\n"
