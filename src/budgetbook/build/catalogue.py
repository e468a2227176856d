"""`python -m budgetbook.build.catalogue` collects every message of the book for translators.

The template has the prose of the pages and notebooks, as Sphinx finds it; the messages of the code,
of the scripts and of the notebooks' cells; the English columns of the lists beside them, and what
the data package calls its tables and columns. A translation of it is
`src/budgetbook/locales/<language>/LC_MESSAGES/budgetbook.mo`, and an edition is the book that is
built with that `language` in `_config.yml`.
"""

from __future__ import annotations

import ast
import csv
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import yaml
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from ..errors import BuildError, speak_utf8
from ..messages import DOMAIN
from ..package.sources import sources
from ..package.store import DESCRIPTOR
from ..site import scripts
from . import book as writing

#: What makes messages of texts: function → which of the texts that it is given.
_CALLS = {
    **dict.fromkeys(("said", "parts", "message", "pipe", "table", "both"), slice(1)),
    **dict.fromkeys(("say", "counted", "pair"), slice(2)),
    "flow": slice(1, 2),
}
#: What the drawing functions call a message, and what frames call a name in English.
_NAMED = ("headline", "caption", "alt", "title", "english", "empty")
#: Columns of a list that hold a message, beside those that end in `_en`.
_COLUMNS = (
    *("words", "english", "title", "description", "heading", "unit", "role"),
    *("family", "guards", "needs", "counts"),  # of statements.csv
    *("article", "detail", "note", "reason", "rests_on", "why"),  # of what is kept by hand
)
#: What settings, the contents and measured results call a message.
_KEYS = (
    *("title", "author", "caption", "nb_code_prompt_show", "nb_code_prompt_hide"),
    *("head", "rows", "folded"),
)
#: Where messages stand, beside the pages.
_PLACES = (
    *("_config.yml", "_toc.yml", "src/budgetbook", "notebooks"),
    *("book/theme", "book/results", scripts.SCRIPTS, "data"),
)
#: Folders of frames of pages, which ask for messages as a template does.
_FRAMES = ("theme", "lecture", "site")
#: A label in both languages, such as Own unit 本级.
_BOTH = re.compile(r"(?s)^(?!.*==)(?=.*[A-Za-z]{2}).*[\u2e80-\uffef]")


def catalogue(root: Path) -> Catalog:
    """Return all messages of the project at `root`, each with the files and lines it stands at.

    Raises BuildError if Sphinx cannot read a page.
    """
    found = prose(root)
    for text, name, line in shown(root):
        found.add(text, locations=[(name, line)])
    return found


def shown(root: Path) -> Iterator[tuple[str, str, int]]:
    """Yield (message, file, line) of what code, cells, lists and frames of pages show."""
    for name in sources(root, _PLACES):
        yield from ((text, name, line) for text, line in messages(root / name) if text.strip())


def prose(root: Path) -> Catalog:
    """Return what Sphinx finds in the pages and in the notebooks' cells, without their outputs.

    Raises BuildError if it cannot read a page.
    """
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    settings["execute"]["execute_notebooks"] = "off"
    settings["sphinx"]["config"] |= {"nb_remove_code_outputs": True, "language": "en"}
    with tempfile.TemporaryDirectory(prefix="budgetbook-") as temporary:
        folder = Path(temporary)
        config = folder / "_config.yml"
        config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
        if not writing.write(root, config, folder, "gettext"):
            raise BuildError("The messages were not collected: mend the pages named above first.")
        template = folder / "_build" / "gettext" / f"{DOMAIN}.pot"
        with template.open("rb") as stream:
            return read_po(stream)


def messages(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (message, line) of a file; of a notebook the line of its cell."""
    if path.suffix == ".csv":
        yield from _of_list(path)
    elif path.suffix == ".json" and path.parent.name == "package":
        yield from _of_schema(path)
    elif path.suffix == ".js":
        yield from scripts.messages(path)
    elif path.name == DESCRIPTOR:
        yield from _of_columns(path)
    elif path.suffix == ".py":
        yield from _of_code(path.read_text(encoding="utf-8"))
    elif path.suffix == ".ipynb":
        for cell in nbformat.read(path, as_version=4).cells:  # type: ignore[no-untyped-call]
            if cell.cell_type == "code":
                yield from _of_code(cell.source)
                yield from _labels(cell.source)
    elif path.suffix == ".yml" or path.parent.name == "results":
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from ((text, 0) for text in _of_tree(tree))
    elif path.parent.name in _FRAMES and path.suffix == ".html":
        with path.open("rb") as stream:
            for line, name, texts, _ in babel_extract(stream, [*_CALLS], [], {}):
                several = [texts] if isinstance(texts, str) else texts or ()
                yield from ((text, line) for text in several[_CALLS[name]] if text)


def _of_list(path: Path) -> Iterator[tuple[str, int]]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for column, text in row.items():
                named = column and (column.endswith("_en") or column in _COLUMNS)
                if named and re.search("[A-Za-z]", text or ""):
                    yield text, 0


def _of_schema(path: Path) -> Iterator[tuple[str, int]]:
    """Yield what the resources of the package, and their fields, are called and may hold."""
    declared = json.loads(path.read_text(encoding="utf-8"))
    for resource in declared if isinstance(declared, list) else [declared]:
        for about in (resource, *resource.get("fields", ())):
            texts = [about.get(key) for key in ("title", "description", "unit", "type")]
            yield from ((text, 0) for text in (*texts, *about.get("enum", ())) if text)


def _of_columns(path: Path) -> Iterator[tuple[str, int]]:
    """Yield what a sentence calls the columns of the data: `prior total`."""
    for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]:
        for field in resource["schema"]["fields"]:
            yield field["name"].replace("_", " "), 0


def _of_tree(tree: Any, key: str = "") -> Iterator[str]:
    """Yield the messages of settings or of JSON: words that stand under one of _KEYS."""
    if isinstance(tree, dict):
        for below, value in tree.items():
            yield from _of_tree(value, below)
    elif isinstance(tree, list):
        for value in tree:
            yield from _of_tree(value, key)
    elif key in _KEYS and isinstance(tree, str) and re.search("[a-z]{2}", tree):
        yield tree


def _of_code(code: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "attr", getattr(function, "id", ""))
            texts = [*_texts(node.args)][_CALLS.get(name, slice(0))]
            texts += _texts(word.value for word in node.keywords if word.arg in _NAMED)
            yield from ((text, node.lineno) for text in texts)
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            named = (v for k, v in pairs if isinstance(k, ast.Constant) and k.value in _NAMED)
            yield from ((text, node.lineno) for text in _texts(named))


def _labels(code: str) -> Iterator[tuple[str, int]]:
    """Yield what a cell names in both languages: a label of its table or picture."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and _BOTH.search(text := str(node.value)):
            yield text, node.lineno


def _texts(values: Iterable[ast.expr]) -> Iterator[str]:
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def main() -> int:
    """Write the template into `_build/budgetbook.pot`; return 0, or 2 if a page is wrong."""
    speak_utf8()
    try:
        found = catalogue(Path.cwd())
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    place = Path("_build") / f"{DOMAIN}.pot"
    place.parent.mkdir(exist_ok=True)
    with place.open("wb") as stream:
        write_po(stream, found, width=0, sort_output=True)
    print(f"{len(found)} messages in {place}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
