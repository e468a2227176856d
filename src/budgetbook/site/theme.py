"""What the book's own theme needs: which files a page loads, what it is about.

The layout itself is book/theme/layout.html, the style book/site/book.css.
"""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from .. import RELEASED, __version__
from ..messages import parts, said
from ..show.downloads import PDF
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
_TAG = re.compile(r"<[^>]*>")


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
    contact = app.config.html_theme_options.get("contact", "")
    context["contact"] = contact if ":" in contact or not contact else f"mailto:{contact}"
    context["pdf"] = released(app.config, PDF, page.count("/"))
    shown = page if doctree or page == "search" else app.config.root_doc
    if page == "404":  # it loads nothing
        icon = (Path(app.srcdir) / "book" / "site" / "icon-32.png").read_bytes()
        context["icon"] = b64encode(icon).decode("ascii")
        context["home_share"] = sharing.address(app.config.root_doc)
    name = unescape(_TAG.sub("", context.get("title", "")))
    heading = said(
        "{page:text} · {book:text}, {version:text}",
        page=name,
        book=app.config.html_title,
        version=__version__,
    )
    context["on_paper"] = _quoted(heading), _quoted(f"{app.config.html_baseurl}{page}.html")
    context["share"] = "" if page == "404" else sharing.address(shown)  # it leads elsewhere


def _quoted(text: str) -> str:
    """Return a text as a string of a style sheet that stands in a page."""
    return '"{}"'.format(re.sub(r'["\\<]', lambda found: f"\\{ord(found[0]):x} ", text))


def released(config: Config, file: str, deep: int) -> str:
    """Return where a page, so many folders deep, finds a file of the release; else nothing."""
    folder: str = config.html_theme_options.get("release", "")
    beside = folder and not re.match(r"[a-z]+:", folder)
    return f"{'../' * deep if beside else ''}{folder}{file}" if folder else ""


def report(config: Config) -> str:
    """Return whom to tell of an error, in Markdown: the `contact` of the settings, if there is one.

    It is the address of a page or of a mailbox.
    """
    contact = config.html_theme_options.get("contact", "")
    if contact:
        return said("Please tell us: {contact:text} 请告知我们。", contact=f"<{contact}>")
    return said("Please tell whoever gave you this copy of the book. 请告知提供本副本者。")


def describe(doctree: nodes.document) -> str:
    """Return the first paragraph of a page that says something."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > 40:
            return text
    return ""
