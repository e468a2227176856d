"""Executes the notebooks and saves their outputs, and says in words what a reviewer should see.

The exercises in them are written anew from the question bank. All notebooks are executed first;
one that fails or warns stops the command, and none is saved.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from bs4 import BeautifulSoup

from ..errors import BuildError, plainly, speak_utf8
from ..practice.questions import cell_text
from .execution import read, run
from .staging import beside

TIMEOUT = 120
#: The kind of output of a chart, as `show.plots` writes it; to import that takes seconds.
CHART = "application/vnd.budgetbook.chart+json"


class Shown(NamedTuple):
    """What an output shows: its kind (table, figure or text), its name and its parts."""

    kind: str
    name: str
    parts: tuple[str, ...]


def _rows(html: str) -> list[str]:
    """Return the cells of a table, row by row."""
    rows = BeautifulSoup(html, "html.parser").find_all("tr")
    return [" | ".join(cell.get_text() for cell in row.find_all(["th", "td"])) for row in rows]


def shown(output: Any) -> Shown:
    """Return what an output of a cell shows."""
    data = output.get("data", {})
    html = "".join(data.get("text/html", ""))
    if CHART in data:
        return _chart(data[CHART])
    title = re.search(r"<p class='table-title'>(.*?)</p>", html, re.S)
    if title:
        return Shown("table", re.sub("<[^>]*>", "", title[1]), tuple(_rows(html)))
    text = "".join(data.get("text/markdown", "")) or html or "".join(output.get("text", ""))
    return Shown("text", " ".join(text.split())[:40], tuple(re.split(r"(?<=[.;])\s+", text)))


def _chart(chart: dict[str, Any]) -> Shown:
    """Return what a chart shows: its caption, its values, and both drawings, each part named."""
    rows = (" | ".join(row) for row in chart["values"])
    drawn = (f"{view}: {part}" for view in ("desk", "phone") for part in _drawn(chart[view]))
    return Shown("figure", chart["name"], (chart["caption"], *rows, *drawn))


def _drawn(html: str) -> list[str]:
    """Return the texts of a drawing, then the outlines of what is drawn with their colours."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", html)
    shapes = re.findall(r'<(?:path|use|rect)[^>]* d?="([^"]*)"(?:[^>]* fill="([^"]*)")?', html)
    return [*texts, *(f"{outline} {colour}".strip() for outline, colour in shapes)]


def changes(before: nbformat.NotebookNode, after: nbformat.NotebookNode) -> list[str]:
    """Return a line for each table, figure and text that differs: which, and the parts changed."""
    old, new = (
        [shown(o) for cell in book.cells for o in cell.get("outputs", [])]
        for book in (before, after)
    )
    lines = []
    names, renamed = ([_key(one) for one in side] for side in (old, new))
    matcher = difflib.SequenceMatcher(None, names, renamed, autojunk=False)
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            for one, other in zip(old[a:b], new[c:d], strict=True):
                lines += _between(one, other)
        else:
            lines += [f"gone: {s.kind} “{s.name}”" for s in old[a:b]]
            lines += [f"new: {s.kind} “{s.name}”" for s in new[c:d]]
    return lines


def _key(one: Shown) -> str:
    """Return what an output is found again by: a text has no name that stays."""
    return one.kind if one.kind == "text" else f"{one.kind} {one.name}"


def _between(old: Shown, new: Shown) -> list[str]:
    if old.parts == new.parts:
        return []
    lines = [f"{new.kind} “{new.name}”:"]
    for part in difflib.ndiff(old.parts, new.parts):
        if part[0] in "-+":
            sign = "was" if part[0] == "-" else "now"
            lines.append(f"    {sign}  {' '.join(part[2:].split())[:160]}")
    return lines


def save(folder: Path) -> list[str]:
    """Execute the notebooks of a folder, save all of them, and return what changed, in words.

    Raises BuildError, and saves nothing, if one fails or warns, or was edited meanwhile.
    """
    paths = sorted(folder.glob("*.ipynb"))
    before = {path: path.read_bytes() for path in paths}
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        executed = list(pool.map(lambda path: run(path, TIMEOUT), paths))
    lines = []
    with beside(folder.resolve().parent / "_build" / "saving") as aside:
        aside.mkdir()
        for path, notebook in zip(paths, executed, strict=True):
            notebook.metadata.language_info = {"name": "python"}
            for cell in notebook.cells:
                if cell.cell_type == "markdown":
                    cell.source = cell_text(cell.source)
            found = changes(read(path), notebook)
            lines += [f"{path.name}: {'no output changed' if not found else 'changed'}", *found]
            nbformat.write(notebook, aside / path.name)  # type: ignore[no-untyped-call]
        for path in paths:
            if path.read_bytes() != before[path]:
                raise BuildError(f"{path.name} was edited meanwhile: call make notebooks again")
        for path in paths:
            (aside / path.name).replace(path)
    return lines


def main() -> int:
    """Save the notebooks of this project; return 0, or 1 and a sentence if one fails."""
    speak_utf8()
    try:
        print("\n".join(save(Path("notebooks"))))
    except BuildError as error:
        print(f"No notebook is saved: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The notebooks are not saved: {plainly(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Every notebook is whole; call make notebooks again.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
