"""Marks Chinese in English pages, so that it is read aloud, broken and set as Chinese."""

from __future__ import annotations

import re

_HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BETWEEN = r"[·—…\d.%/-]*"
_PHRASE = f"{_HAN}(?:{_BETWEEN}{_HAN})*"
#: English and Chinese share these marks: they are Chinese in pairs, around Chinese alone.
_QUOTED = f"“{_BETWEEN}{_PHRASE}{_BETWEEN}”|‘{_BETWEEN}{_PHRASE}{_BETWEEN}’"
_UNIT = f"(?:{_HAN}|{_QUOTED})"
#: A run of Chinese: it begins and ends with a Chinese character or mark, or with a pair of marks.
_CHINESE = re.compile(f"{_UNIT}(?:{_BETWEEN}{_UNIT})*")
_PIECE = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.S)
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
_SPEAKS = re.compile(r"""\slang=["']?zh""")
#: Elements whose text is no text of the page, or that hold no element.
_RAW = frozenset({"script", "style", "title", "option", "textarea"})


def chinese(html: str) -> str:
    """Return text that is HTML, without tags, with its runs of Chinese marked as such."""
    return _CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', html)


def mark(page: str) -> str:
    """Return a page with the runs of Chinese marked that are not yet; twice changes nothing."""
    written: list[str] = []
    silent, inside, drawing = "", 0, False  # the element to leave alone, how deep it nests
    for piece in _PIECE.findall(page):
        tag = _TAG.match(piece)
        name = tag[1].lower() if tag else ""
        closes = piece.startswith("</")
        if tag and name == silent:
            inside += -1 if closes else 1
            silent = silent if inside else ""
        elif tag and not silent and not closes and (name in _RAW or _SPEAKS.search(piece)):
            silent, inside = name, 1
        elif not tag and not silent and not piece.startswith("<"):
            shape = "tspan" if drawing else "span"
            piece = chinese(piece).replace("<span ", f"<{shape} ").replace("</span>", f"</{shape}>")
        if name == "svg":
            drawing = not closes
        written.append(piece)
    return "".join(written)
