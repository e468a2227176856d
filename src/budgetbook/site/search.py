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
#: What is no text of the page: scripts, marks, texts to cite, permanent links, the handles of
#: folded code, and the exercises of a chapter, which are found where all questions stand.
_UNSEEN = re.compile(
    r"<(script|style)\b.*?</\1>|<!--.*?-->|<details class=.cite\b.*?</details>"
    r"|<form class=.practice. data-kind\b.*?</form>"
    r"|<p class=.(?:collapsed|expanded) admonition-title\b[^>]*>.*?</p>"
    r"|<a class=.(?:headerlink|here)\b[^>]*>.*?</a>",
    re.S,
)
_CODE = re.compile(r"<pre\b.*?</pre>", re.S)
_CHINESE = re.compile(r"[\u2e80-\uffef]+")
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
        said = _CODE.sub(_chinese, _UNSEEN.sub(" ", article))
        for found in _PIECE.finditer(_WITHIN.sub("", said)):
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


def _chinese(code: re.Match[str]) -> str:
    """Return the Chinese words of a block of code: its names and keywords are no words to find."""
    return " ".join(["", *_CHINESE.findall(code[0]), ""])


def index(pages: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return the script of all pages (name → HTML, name → title): their places, then all texts."""
    found = {name: pieces(text) for name, text in pages.items()}
    places = [[name, titles[name], [anchor for anchor, _ in found[name]]] for name in found]
    texts = "\n".join(text for page in found.values() for _, text in page)
    return f"window.BOOK_PAGES = {_script(places)};\nwindow.BOOK_TEXT = {_script(packed(texts))};\n"


def _script(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


#: Begins the mark of what stood before: `first,length;` in hexadecimal digits.
MARK = "\ue000"
#: Letters: what returns is looked for by so many, where a compressor no longer sees it.
_KEY, _FAR = 24, 6000


def packed(text: str) -> str:
    """Return a text in which what stood far before is a mark that says where, and how long.

    Names and sentences return on page after page; gzip looks back 32 KB, and finds them no more.
    `unpacked` gives the text back. Raises ValueError if the text holds a mark.
    """
    if MARK in text:
        raise ValueError(f"the text to pack holds {MARK!r}, which marks what stood before")
    seen: dict[str, int] = {}
    parts, at, done = [], 0, 0
    while at < len(text):
        key = text[at : at + _KEY]
        first = seen.get(key, at)
        if at - first <= _FAR or len(key) < _KEY:
            seen[key] = at
            at += 1
            continue
        length = _KEY
        while text[first + length] == text[at + length : at + length + 1]:
            length += 1
        parts += [text[done:at], f"{MARK}{first:x},{length:x};"]
        done = at = at + length
    return "".join([*parts, text[done:]])


def unpacked(text: str) -> str:
    """Return the text that was packed, as the browser does."""
    whole, *marked = text.split(MARK)
    for part in marked:
        where, rest = part.split(";", 1)
        first, length = (int(number, 16) for number in where.split(","))
        whole += whole[first : first + length] + rest
    return whole
