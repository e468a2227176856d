"""Reads a published text and writes the data package: the one way into data/published/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..forms import Form, families
from ..model.disclosure import WAN, unit_of
from ..model.loading import load
from ..package import store
from ..package.schema import descriptor
from ..package.store import Row
from . import Vocabulary, read
from .page import open_page
from .proofmarks import proof_marks


def import_text(text: Path, folder: Path) -> list[str]:
    """Read a published text and write the data package into `folder`; return the report.

    The report has a line for each figure of the text that is not understood, and for each account
    that the classifications kept in `folder` do not have; it is empty where there are none. The
    resources that are kept by hand must be there already; they tell the reader the words by which
    it knows what a sentence speaks of. Raises InputError and changes nothing on unusable input.
    """
    page = open_page(text)
    form, year, cover, resources = read(page, vocabulary(folder), families())
    kinds = store.read_one(folder, "proofreading")
    resources["proof-marks"] = proof_marks(page, form, year, resources, kinds)
    document = {
        "office": cover.office,
        "title": cover.title,
        "form": form.name,
        "year": year,
        "sha256": page.sha256,
        "lines": len(page.lines),
    }
    listing = resources["tables"]
    if rounded := [r for r in form.tables if r in resources and unit_of(listing, r) == WAN]:
        document["in_ten_thousands"] = rounded
    about = descriptor(document, set(form.tables) & set(resources))
    store.write(folder, about, resources, load)
    return [*_unread(resources["unread"]), *_unlisted(form, resources, folder)]


def _unread(rows: Sequence[Row]) -> Iterator[str]:
    """Yield how many figures of the text are unread, then each with its line and words."""
    if rows:
        told = (
            "1 figure of the text is" if len(rows) == 1 else f"{len(rows)} figures of the text are"
        )
        yield f"{told} unread; a word in reference/subjects.csv tells what one speaks of:"
    for row in rows:
        yield f"  line {row['line']} ({row['section']}): {row['printed']} in {row['words']}"


def _unlisted(form: Form, resources: Mapping[str, Sequence[Row]], folder: Path) -> Iterator[str]:
    """Yield the accounts that the classification of their table does not have: no fault of it."""
    for role, table in form.tables.items():
        if table.classification and resources.get(role):
            known = {row["code"] for row in store.read_one(folder, table.classification)}
            for row in resources[role]:
                if row["code"] and row["code"] not in known:
                    account = f"{row['code']} {row['name']}"
                    where = f"line {row['line']} ({role})"
                    yield f"{where}: {account} is not in reference/{table.classification}.csv"


def vocabulary(folder: Path) -> Vocabulary:
    """Return the words of the reference resources in `folder`: subjects, reasons, classes."""
    words = {
        name: {
            word: row["code"]
            for row in store.read_one(folder, name)
            for word in (row["words"] or "").split("|")
            if word
        }
        for name in ("subjects", "reasons")
    }
    accounts = store.read_one(folder, "functional-classification")
    classes = {row["name_zh"]: row["code"] for row in accounts if row["level"] == "class"}
    return Vocabulary(words["subjects"], words["reasons"], classes)
