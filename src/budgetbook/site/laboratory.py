"""The laboratory's page: its frame, the tables for those who cannot run it, what it loads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import Template
from sphinx.application import Sphinx

from ..exact.money import yuan
from ..laboratory import explorer
from ..messages import said
from ..model.address import parse
from ..package.sources import PACKAGE, contents
from ..package.zipping import zipped
from .directive import BudgetDirective

PAGE = "book/laboratory"
CODE_ZIP = "laboratory.zip"
_VENDOR = "book/vendor"
PYODIDE = f"{_VENDOR}/pyodide"
#: What the worker loads of the vendored folder, and shows the progress of.
_LOADED = ("pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
#: What the worker runs, whose progress no browser tells.
_SCRIPTS = ("pyodide.js", "pyodide.asm.js")
#: The rooms that the page does without: those for classes, those above the core, and their fonts.
_ABOVE = ("teaching/", "practice/", "show/", "site/", "build/", "print/", "fonts/")

_FRAME = Path(__file__).with_suffix(".html")


class Laboratory(BudgetDirective):
    """`{laboratory}`: the frame that the script fills, and the budget in tables without it."""

    def run(self) -> list[nodes.Node]:
        """Return the frame and a table a walk."""
        root = Path(self.env.app.srcdir)
        size = len(code_zip(root)) + _weight(root, _LOADED)
        frame = Template(_FRAME.read_text(encoding="utf-8")).render(
            said=lambda template, **values: escape(said(template, **values)),
            bytes=size,
            megabytes=f"{(size + _weight(root, _SCRIPTS)) / 1e6:.0f}",
        )
        still = nodes.container("", classes=["lab-still"])
        for walk in explorer.walks(self.disclosure):
            title = escape(" ".join(walk["title"]))
            opened = " open" if walk["id"] == "function" else ""
            start = f"<details class='lab-walk'{opened}><summary>{title}</summary>"
            still += nodes.raw("", start, format="html")
            years = (said("{year:text}, yuan 元", year=year) for year in walk["years"])
            head = [said("Account 科目"), *years]
            still += self.table(head, list(self._rows(walk["root"], walk["years"])), ["walk"])
            still += nodes.raw("", "</details>", format="html")
        return [nodes.raw("", frame, format="html"), still]

    def _rows(
        self, node: explorer.Node, years: list[str], depth: int = 0
    ) -> Iterator[tuple[str, list[nodes.Node | str]]]:
        name = " ".join(part for part in (node["code"], *node["name"]) if part)
        label = nodes.inline("", name, classes=[f"lab-level-{depth}"])
        yield "", [label, *(self._amount(node["figures"][year]) for year in years)]
        for below in node["below"]:
            yield from self._rows(below, years, depth + 1)

    def _amount(self, figure: explorer.Node) -> nodes.Node | str:
        text = yuan(Decimal(figure["amount"])) if figure["amount"] else ""
        if not text or not figure["place"]:
            return text
        return self.figure(text, parse(figure["place"]))


def _weight(root: Path, names: Iterable[str]) -> int:
    """Return the bytes of vendored files."""
    return sum((root / PYODIDE / name).stat().st_size for name in names)


def code_zip(root: Path) -> bytes:
    """Return the package's standard-library core and the data, as the worker unpacks them."""
    above = tuple(f"src/budgetbook/{room}" for room in _ABOVE)
    code = contents(root, ["src/budgetbook"])
    core = {name.removeprefix("src/"): c for name, c in code.items() if not name.startswith(above)}
    found = contents(root, PACKAGE) | core
    return zipped({name: found[name] for name in sorted(found)})


def add_assets(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the laboratory's page, and no other, its style and script."""
    if page == PAGE:
        app.add_css_file("laboratory.css")
        app.add_js_file("laboratory.js", loading_method="defer")


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write what the laboratory loads once it is started, all of it below `_static`."""
    if exception is None and app.builder.format == "html":
        static, root = Path(app.outdir) / "_static", Path(app.srcdir)
        for name, content in contents(root, [_VENDOR]).items():
            place = static / "vendor" / name.removeprefix(f"{_VENDOR}/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        (static / CODE_ZIP).write_bytes(code_zip(root))
