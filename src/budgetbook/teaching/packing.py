"""Writes the data package of an invented department: its printed text, read as any other."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import InputError
from ..package.schema import kept_by_hand
from ..package.store import Row
from ..reading.importing import import_text

#: What a figure in the prose of a project's form is listed with.
_IN_FORMS = "(project-targets): "


def kept(reference: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """Return path → text of what a package keeps by hand: of what speaks of one office, headings.

    `reference` is that of an invented department, which knows its accounts and its rates.
    """
    found = {}
    for resource in kept_by_hand():
        names = [field["name"] for field in resource["schema"]["fields"]]
        rows = reference[resource["name"]] if resource["kind"] == "reference" else ()
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(["" if row[n] is None else row[n] for n in names] for row in rows)
        found[resource["path"]] = stream.getvalue()
    return found


def write_package(text: str, hand: Mapping[str, str], folder: Path) -> None:
    """Read a printed text into a package in `folder`, with what is kept by hand.

    Raises InputError where a figure of the text is not understood: what is printed for a class is,
    but for the prose in the forms of projects, which is for people to read.
    """
    for name, content in hand.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as temporary:
        page = Path(temporary) / "disclosure.txt"
        page.write_text(text, encoding="utf-8", newline="\n")
        report = import_text(page, folder)
    strange = [line for line in report if _IN_FORMS not in line and not line.endswith(":")]
    if strange:
        raise InputError(f"{folder}: the print is not understood: {'; '.join(strange)}")
