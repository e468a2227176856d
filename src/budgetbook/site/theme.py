"""What the book's own theme needs: which files a page loads, what it is about.

The layout itself is book/theme/layout.html, the style book/site/book.css.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from .. import RELEASED, __version__
from ..messages import parts, said
from . import sharing
from .told import planned

#: Files that are added to every page, and that only pages with code need.
_FOR_CODE = ("documentation_options", "doctools", "clipboard", "copybutton", "sphinx_highlight")
#: Files that no page needs: the book's own style covers what they style.
_NEVER = ("pygments", "mystnb")
#: What extensions write → the same for those who listen and for those who have no mouse: a button
#: is called what stands on it, and a frame that scrolls can be reached.
_HEARD = {
    '<summary aria-label="Toggle hidden content">': "<summary>",
    '<div class="table-frame docutils container">': '<div class="table-frame" tabindex="0">',
    '<div class="highlight"><pre>': '<div class="highlight"><pre tabindex="0">',
}
_LONGEST = 155  # letters of a description, as search engines show them


def needed(file: str, code: bool) -> bool:
    """Return whether a page loads a file: some serve pages with code alone, some none."""
    name = str(file).rpartition("/")[2]
    return not name.startswith(_NEVER) and (code or not name.startswith(_FOR_CODE))


def fill_context(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the layout what it asks for: files, description, picture, version and release date."""
    for bare, named in _HEARD.items():
        context["body"] = context.get("body", "").replace(bare, named)
    context["needed"] = needed
    context["book_version"] = __version__
    context["released"] = RELEASED
    context["author"] = app.config.author
    context["said"] = lambda template, **values: escape(said(template, **values))
    context["parts"] = parts
    context["description"] = describe(doctree) if doctree else ""
    context["told"] = " ".join(planned(vars(app)["budget"]))
    context["base"] = app.config.html_baseurl
    context["pdf"] = app.config.html_theme_options.get("pdf", "")
    shown = page if doctree or page == "search" else app.config.root_doc
    if page == "404":  # it loads nothing
        icon = (Path(app.srcdir) / "book" / "site" / "icon-32.png").read_bytes()
        context["icon"] = b64encode(icon).decode("ascii")
        context["home_share"] = sharing.address(app.config.root_doc)
    context["share"] = "" if page == "404" else sharing.address(shown)  # it leads elsewhere


def describe(doctree: nodes.document) -> str:
    """Return the first sentences of a page, up to what a search engine shows."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > 40:
            return text[:_LONGEST].rpartition(" ")[0] + "…" if len(text) > _LONGEST else text
    return ""
