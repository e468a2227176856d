"""Changes to a data package, made in the text of its CSV files as a person would type them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import InputError
from ..package.store import DESCRIPTOR

#: How many parts an edit of each action has.
PARTS = {"set": 5, "delete": 3, "repeat": 3}


class Edit(NamedTuple):
    """One change: `set` a cell to a text, `delete` a row, or `repeat` one.

    `row` is the row's key as printed in the file; the parts of a longer key are joined by `|`.
    """

    action: str
    resource: str
    row: str
    column: str = ""
    text: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The edit as `parse` reads it: without the parts that its action has not."""
        return self[: PARTS[self.action]]


def parse(text: str) -> list[Edit]:
    """Return the edits of a JSON list of lists. Raises InputError for anything else."""
    try:
        found = json.loads(text)
        if not isinstance(found, list):
            raise TypeError
        for entry in found:
            if len(entry) != PARTS[entry[0]] or not all(isinstance(p, str) for p in entry):
                raise TypeError
    except (ValueError, TypeError, KeyError, IndexError):
        raise InputError("the list of changes cannot be read: start again without it") from None
    return [Edit(*entry) for entry in found]


def describe(folder: Path) -> dict[str, Any]:
    """Return the resources of the package in `folder` by name, as its descriptor has them."""
    about = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in about["resources"]}


def apply(folder: Path, edits: Sequence[Edit]) -> dict[str, str]:
    """Return path → new text of each file that the edits change; nothing is written.

    A repeated row stands below the first and gets the next key that is free, as if it were
    printed once more: two rows with one key are what the loader refuses. Raises InputError for
    an edit that names a resource, a row or a column that is not there.
    """
    resources = describe(folder)
    open_files: dict[str, list[list[str]]] = {}
    for edit in edits:
        resource = resources.get(edit.resource)
        if resource is None:
            raise InputError(f"there is no {edit.resource} in the data: undo this change")
        path = resource["path"]
        if path not in open_files:
            open_files[path] = rows_of((folder / path).read_text(encoding="utf-8"))
        _change(open_files[path], resource, edit)
    return {path: _text(lines) for path, lines in open_files.items()}


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a CSV text, the header first."""
    return list(csv.reader(io.StringIO(text, newline="")))


def key_of(header: Sequence[str], cells: Sequence[str], resource: Mapping[str, Any]) -> str:
    """Return the key of a row as an edit names it."""
    return "|".join(cells[header.index(name)] for name in resource["schema"]["primaryKey"])


def _change(lines: list[list[str]], resource: Mapping[str, Any], edit: Edit) -> None:
    header = lines[0]
    keys = [key_of(header, cells, resource) for cells in lines[1:]]
    if edit.row not in keys:
        raise InputError(f"{resource['path']}: there is no row {edit.row}: undo this change")
    at = 1 + keys.index(edit.row)
    match edit.action:
        case "delete":
            del lines[at]
        case "repeat":
            again = list(lines[at])
            last = header.index(resource["schema"]["primaryKey"][-1])
            while key_of(header, again, resource) in keys:
                again[last] = _next(again[last])
            lines.insert(at + 1, again)
        case _:
            if edit.column not in header:
                raise InputError(f"{resource['path']}: no column {edit.column}: undo this change")
            lines[at][header.index(edit.column)] = edit.text


def _next(key: str) -> str:
    """Return a key with the number at its end one higher, or ` 2` put there."""
    found = re.search(r"\d+$", key)
    return f"{key[: found.start()]}{int(found[0]) + 1}" if found else f"{key} 2"


def _text(lines: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue()
