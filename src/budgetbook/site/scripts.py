"""What the site's scripts say, and the file that gives it to them in another language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_javascript
from sphinx.application import Sphinx

from ..messages import translated

#: The scripts of the pages, below the project's root.
SCRIPTS = "book/site"
#: What a page of an edition loads before `book.js`; the English edition needs none.
MESSAGES = "messages.js"
#: What makes messages of texts in a script → how many of its first texts are messages.
_CALLS = {"said": 1, "message": 1, "both": 1, "counted": 2}


def messages(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (message, line) of a script."""
    with path.open("rb") as stream:
        for line, name, found, _ in extract_javascript(stream, dict.fromkeys(_CALLS), [], {}):
            texts: Any = [found] if isinstance(found, str) else found
            yield from ((text, line) for text in texts[: _CALLS[str(name)]] if text)


def add_messages(app: Sphinx) -> None:
    """Give every page of an edition in another language what its scripts say."""
    if translations(Path(app.srcdir)):
        app.add_js_file(MESSAGES, priority=90)


def write_messages(app: Sphinx, exception: Exception | None) -> None:
    """Write the file that those pages load."""
    found = translations(Path(app.srcdir))
    if exception is None and app.builder.format == "html" and found:
        text = f"window.BOOK_MESSAGES = {json.dumps(found, ensure_ascii=False)};\n"
        (Path(app.outdir) / "_static" / MESSAGES).write_text(text, encoding="utf-8")


def translations(root: Path) -> dict[str, str]:
    """Return what the scripts say in the language of the edition, by the English message."""
    texts = {text for path in sorted((root / SCRIPTS).glob("*.js")) for text, _ in messages(path)}
    said: dict[str, Any] = {text: translated(text) for text in sorted(texts)}
    return {text: other for text, other in said.items() if other != text}
