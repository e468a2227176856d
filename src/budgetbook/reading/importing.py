"""Reads a published text and writes the data package: the one way into data/published/."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import at_line
from ..forms.layout import BY_TABLE, plain
from ..model.disclosure import load
from ..package import store
from ..package.schema import descriptor
from ..package.store import Row
from . import Vocabulary
from . import read as read_text


def import_text(text: Path, folder: Path) -> None:
    """Read a published text and write the data package into `folder`.

    The editorial resources must be there already; they tell the reader the words by which it
    knows what a sentence speaks of. Raises InputError and changes nothing on unusable input.
    """
    resources = read_text(text, vocabulary(folder))
    content = text.read_bytes()
    lines = content.decode("utf-8-sig").removesuffix("\n").split("\n")
    first = [line.strip() for line in lines if line.strip()][:2]
    document = {
        "office": first[0],
        "title": first[1],
        "year": int(plain(resources["tables"][0]["listed_title"])[:4]),
        "sha256": hashlib.sha256(content).hexdigest(),
        "lines": len(lines),
    }
    about = descriptor(document, {name for name in resources if name in BY_TABLE})
    _check_codes(text.name, about, resources, folder)
    store.write(folder, about, resources, load)


def _check_codes(
    file: str, about: Mapping[str, Any], resources: Mapping[str, Sequence[Row]], folder: Path
) -> None:
    """Check that the editorial resources have each code; InputError names the line of one."""
    for resource in about["resources"]:
        for key in (
            resource["schema"].get("foreignKeys", ()) if resource["kind"] == "published" else ()
        ):
            (column,), target = key["fields"], key["reference"]["resource"]
            known = {row["code"] for row in store.read_editorial(folder, target)}
            for row in resources[resource["name"]]:
                if row[column] and row[column] not in known:
                    expected = f"a code of editorial/{target}.csv: add it there or correct the text"
                    raise at_line(file, row["line"], f"the code {row[column]}", expected)


def vocabulary(folder: Path) -> Vocabulary:
    """Return the words of the editorial resources subjects and reasons in `folder`."""
    words = {
        name: {
            word: row["code"]
            for row in store.read_editorial(folder, name)
            for word in (row["words"] or "").split("|")
            if word
        }
        for name in ("subjects", "reasons")
    }
    return Vocabulary(words["subjects"], words["reasons"])
