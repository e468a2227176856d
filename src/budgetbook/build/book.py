"""Lets Jupyter Book write the pages; what it prints is kept from the reader, its warnings never."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from ..package.sources import sources

for needed in ("docutils", "sphinx", "jupyter_book"):
    if find_spec(needed) is None:
        raise SystemExit(f"{needed} is not installed here: call make book")

try:
    from jupyter_book.cli import main as book
except ImportError as error:  # 2.x is another engine
    raise SystemExit(
        f"Jupyter Book {version('jupyter-book')} is installed here, and the book is made with 1.x: "
        "call make book, which prepares an environment"
    ) from error

#: The files that are pages.
PAGES = frozenset({".md", ".ipynb"})


class _Progress(io.StringIO):
    """Takes what Jupyter Book prints; on a terminal it shows how far it is, in one line."""

    shown = False

    def write(self, text: str) -> int:
        plain = re.sub(r"\x1b\[[\d;]*m", "", text)
        step = re.search(r"([a-z][a-z ]+)\.\.\. *\[ *(\d+%)\]", plain)
        terminal = sys.__stdout__
        if step and terminal and terminal.isatty():
            print(f"\r{step[1]:>20} {step[2]:>4}", end="", file=terminal, flush=True)
            self.shown = True
        return len(text)

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self.shown:
            print(f"\r{'':25}\r", end="", file=sys.__stdout__, flush=True)


def write(root: Path, config: Path, folder: Path, builder: str = "html") -> bool:
    """Write the pages of `root` below `folder`; return whether that succeeded.

    The builder `gettext` writes their messages instead. Warnings and errors are shown always, on
    the standard error.
    """
    options = ["--config", str(config), "--path-output", str(folder)]
    if builder != "html":
        options += ["--builder", "custom", "--custom-builder", builder]
    options += ["--warningiserror", "--nitpick", "--keep-going"]
    progress = _Progress()
    with contextlib.redirect_stdout(progress):
        try:
            book.main(["build", str(root), *options], standalone_mode=False)
        except (RuntimeError, SystemExit):  # it has said why on stderr
            return False
        finally:
            progress.clear()
    return True


def headings(root: Path) -> list[str]:
    """Return the names, headings and labels of all pages, which other pages show or link to."""
    found = []
    for name, path in _pages(root).items():
        lines = re.findall(r'^[\s"]*(?:#.*|\(.*\)=.*)$', path.read_text("utf-8"), re.M)
        found += [name, *lines]
    return found


def forget_changed(root: Path, folder: Path) -> None:
    """Make Sphinx read again what changed since the last build: it goes by dates alone.

    A page put back from a copy can be older than what was read, and different.
    """
    record = folder / "read.json"
    now = {n: hashlib.sha256(p.read_bytes()).hexdigest() for n, p in _pages(root).items()}
    before = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    for name, digest in now.items():
        if before.get(name, digest) != digest:
            read = folder / "_build" / ".doctrees" / name
            read.with_suffix(".doctree").unlink(missing_ok=True)
    record.write_text(json.dumps(now), encoding="utf-8")


def _pages(root: Path) -> dict[str, Path]:
    """Return name → file of each page."""
    return {
        name: root / name
        for name in sources(root, ("book", "notebooks"))
        if PurePosixPath(name).suffix in PAGES
    }
