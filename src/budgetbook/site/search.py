"""What the search looks through: the text of every finished page, in pieces that have an address.

A piece is a row, a passport, a figure, a term or a section; its text is what stands in it and in
no piece of its own within. The browser looks for the words of a query in this text itself, so it
finds a word of two characters and an amount in each way of writing it, shows the line, and leads
to the place. The file is a script, for a page opened from a folder may fetch nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from html import unescape

_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.S)
#: What is no text of the page: scripts, marks, permanent links, and the handles of folded code.
_UNSEEN = re.compile(
    r"<(script|style)\b.*?</\1>|<!--.*?-->"
    r"|<p class=.(?:collapsed|expanded) admonition-title\b[^>]*>.*?</p>"
    r"|<a class=.(?:headerlink|here)\b[^>]*>.*?</a>",
    re.S,
)
#: Begins what says how to cite a page or a figure. Of all but the first of a page, the address
#: alone is new, and of it the Chinese words.
_CITE = "<details class='cite'>"
_CITED = re.compile(rf"{_CITE}.*?<code>(.*?)</code>.*?</details>", re.S)
_CODE = re.compile(r"<pre\b(.*?)</pre>", re.S)
_CHINESE = re.compile("[\u2e80-\uffef“”‘’]+")
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
        first, cite, rest = article.partition(_CITE)
        said = first + cite + _CITED.sub(_chinese, rest)
        said = _CODE.sub(_chinese, _UNSEEN.sub(" ", said))
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
    """Return the Chinese words of a block of code or of an address: no other is one to find."""
    return " ".join(["", *_CHINESE.findall(code[1]), ""])


def index(pages: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return the script of all pages (name → HTML, name → title): places, words, all texts."""
    found = {name: pieces(text) for name, text in pages.items()}
    places = [[name, titles[name], [anchor for anchor, _ in found[name]]] for name in found]
    words, text = packed("\n".join(text for page in found.values() for _, text in page))
    values = {"BOOK_PAGES": places, "BOOK_WORDS": words, "BOOK_TEXT": text}
    return "".join(f"window.{name} = {_script(value)};\n" for name, value in values.items())


def _script(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


#: Begins the mark of what stood before: `first,length;` in hexadecimal digits.
MARK = "\ue000"
#: The letters behind it, of private use as well, stand for a word each.
_FIRST, _LAST = "\ue001", "\uf8ff"
_WORD = re.compile(" ?[A-Za-z]+|[\u3400-\u9fff]+|\\d[\\d,.]*|.", re.S)
#: A word that is told by a letter occurs so often.
_OFTEN = 3
#: Letters: what returns is looked for by so many, where a compressor no longer sees it.
_KEY, _FAR = 10, 10_000


def packed(text: str) -> tuple[str, str]:
    """Return words, a line each, and a text in which letters and marks stand for what returns.

    A letter of private use is the word of its number; a mark says where what follows stood far
    before, and how long it is. Names and sentences return on page after page; gzip looks back 32
    KB, and finds them no more. `unpacked` gives the text back. Raises ValueError if the text
    holds a letter of private use.
    """
    if re.search(f"[{MARK}-{_LAST}]", text):
        raise ValueError(f"the text to pack holds letters that mark what returns, {MARK!r} on")
    counts = Counter(_WORD.findall(text))
    often = [word for word, n in counts.most_common() if n >= _OFTEN and len(word) > 1]
    letters = {word: chr(ord(_FIRST) + n) for n, word in enumerate(often[: ord(_LAST) - ord(MARK)])}
    return "\n".join(letters), _marked(_WORD.sub(lambda w: letters.get(w[0], w[0]), text))


def _marked(text: str) -> str:
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


def unpacked(words: str, text: str) -> str:
    """Return the text that was packed, as the browser does."""
    whole, *marked = text.split(MARK)
    for part in marked:
        where, rest = part.split(";", 1)
        first, length = (int(number, 16) for number in where.split(","))
        whole += whole[first : first + length] + rest
    known = words.split("\n")
    return re.sub(f"[{_FIRST}-{_LAST}]", lambda w: known[ord(w[0]) - ord(_FIRST)], whole)
