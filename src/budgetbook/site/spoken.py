"""Says in words what a page names by an address or a role, wherever it stands outside code."""

from __future__ import annotations

import re
from html import escape, unescape

from ..proof.formulas import spoken
from ..words.naming import Names

_PIECE = re.compile(r"<(pre|code|script|style|title)\b.*?</\1>|<!--.*?-->|<[^>]*>|[^<]+", re.S)
_LABEL = re.compile(r'(?<=aria-label=")[^"]*')
_PLACE = re.compile(r"\{[a-z]+\}")


def worded(page: str, names: Names) -> str:
    """Return a page whose addresses and roles are words."""

    def spoken_of(text: str) -> str:
        return escape(spoken(unescape(text), names), quote=False) if "/" in text else text

    def piece(found: re.Match[str]) -> str:
        text = found[0]
        if text.startswith("<"):
            return _LABEL.sub(lambda label: spoken_of(label[0]).replace('"', "&quot;"), text)
        role = text.strip()
        if role in names.tables:
            return text.replace(role, names.roles[role])
        return _PLACE.sub(r"<code>\g<0></code>", spoken_of(text))

    return _PIECE.sub(piece, page)
