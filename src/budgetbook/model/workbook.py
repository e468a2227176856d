"""Loads a disclosure from a workbook (xlsx), such as the site and the classes offer it.

Each sheet is a resource, named as in data/ or with that name behind a blank; two rows of headings
stand above its rows. A sheet with another name says something of the others. What is kept by hand
and serves any document is that of this project.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import InputError, plainly
from ..forms import families
from ..package.schema import Resource, columns, descriptor
from ..package.spreadsheet import sheets
from ..package.store import DESCRIPTOR
from .disclosure import WAN, Disclosure, unit_of
from .loading import load

_HEADINGS = 2
_OWN = Path(__file__).parents[3] / "data"
Cells = Sequence[Sequence[str]]


def opened(path: Path) -> Disclosure:
    """Return the disclosure that a workbook holds.

    Raises InputError, naming the sheet, for a workbook that is none of ours, or does not fit.
    """
    try:
        found = sheets(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError(f"{plainly(error)}; give the workbook of a data package") from None
    named = {title.rpartition(" ")[2]: rows[_HEADINGS:] for title, rows in found.items()}
    about = _document(path, named)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for resource in about["resources"]:
            target = folder / resource["path"]
            target.parent.mkdir(exist_ok=True)
            target.write_text(_text(resource, named), encoding="utf-8", newline="\n")
        (folder / DESCRIPTOR).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        return load(folder)


def _document(path: Path, named: Mapping[str, Cells]) -> dict[str, Any]:
    """Return the descriptor of a workbook's document, read off its list of tables."""
    names = columns("tables")
    listing = [
        dict(zip(names, [*row, *[""] * (len(names) - len(row))], strict=False))
        for row in named.get("tables", ())
    ]
    year = re.match(r"\d{4}", listing[0]["listed_title"] if listing else "")
    if not year:
        raise InputError(
            f"{path.name}: no sheet “tables” with the list of tables; give a workbook "
            "as the book's downloads or a class have it"
        )
    known = {form.name: sum(table in form.tables for table in named) for form in families()}
    form = next(f for f in families() if f.name == max(known, key=lambda name: known[name]))
    printed = {role for role in form.tables if role[:20] in {name[:20] for name in named}}
    office = next((row["department"] for row in listing if row["department"]), "")
    document = {"form": form.name, "title": "", "office": office, "year": int(year[0])}
    document |= {"sha256": "", "lines": 0}
    if rounded := [
        role for role in form.tables if role in printed and unit_of(listing, role) == WAN
    ]:
        document["in_ten_thousands"] = rounded
    return descriptor(document, printed)


def _text(resource: Resource, named: Mapping[str, Cells]) -> str:
    """Return the CSV text of a resource: the workbook's, else what this project keeps by hand.

    What is judged of our own document is not taken for another one.
    """
    name, fields = resource["name"], resource["schema"]["fields"]
    rows = next((rows for title, rows in named.items() if title[:20] == name[:20]), None)
    if rows is None and resource["kind"] == "reference":
        kept: Path = _OWN / resource["path"]
        return kept.read_text(encoding="utf-8")
    head = ",".join(field["name"] for field in fields) + "\n"
    return head + _rows(rows or (), len(fields))


def _rows(rows: Cells, width: int) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for row in rows:
        if any(row):
            writer.writerow([*row[:width], *[""] * (width - len(row))])
    return stream.getvalue()
