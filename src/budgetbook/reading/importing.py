"""Reads a published text and writes the data package: the one way into data/published/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import at_line
from ..forms import families
from ..model.loading import load
from ..package import store
from ..package.schema import descriptor
from ..package.store import Row
from . import Vocabulary, read
from .page import open_page
from .proofmarks import proof_marks


def import_text(text: Path, folder: Path) -> None:
    """Read a published text and write the data package into `folder`.

    The resources that are kept by hand must be there already; they tell the reader the words by
    which it knows what a sentence speaks of. Raises InputError and changes nothing on unusable
    input.
    """
    page = open_page(text)
    form, year, resources = read(page, vocabulary(folder), families())
    kinds = store.read_one(folder, "proofreading")
    resources["proof-marks"] = proof_marks(page, form, year, resources, kinds)
    first = [line.strip() for line in page.lines if line.strip()][:2]
    document = {
        "office": first[0],
        "title": first[1],
        "form": form.name,
        "year": year,
        "sha256": page.sha256,
        "lines": len(page.lines),
    }
    about = descriptor(document, set(form.tables) & set(resources))
    _check_codes(page.file, about, resources, folder)
    store.write(folder, about, resources, load)


def _check_codes(
    file: str, about: Mapping[str, Any], resources: Mapping[str, Sequence[Row]], folder: Path
) -> None:
    """Check that the classifications have each code; InputError names the line of one."""
    for resource in about["resources"]:
        for key in (
            resource["schema"].get("foreignKeys", ()) if resource["kind"] == "published" else ()
        ):
            (column,), target = key["fields"], key["reference"]["resource"]
            known = {row["code"] for row in store.read_one(folder, target)}
            for row in resources[resource["name"]]:
                if row[column] and row[column] not in known:
                    expected = f"a code of reference/{target}.csv: add it there or correct the text"
                    raise at_line(file, row["line"], f"the code {row[column]}", expected)


def vocabulary(folder: Path) -> Vocabulary:
    """Return the words of the reference resources subjects and reasons in `folder`."""
    words = {
        name: {
            word: row["code"]
            for row in store.read_one(folder, name)
            for word in (row["words"] or "").split("|")
            if word
        }
        for name in ("subjects", "reasons")
    }
    return Vocabulary(words["subjects"], words["reasons"])
