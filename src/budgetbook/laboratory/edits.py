"""Changes to a data package, each named by the address of the cell or row that it changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..model.address import parse as address_of
from .texts import Texts

#: How many parts an edit of each action has.
PARTS = {"set": 3, "delete": 2, "repeat": 2}


class Edit(NamedTuple):
    """One change: `set` a cell to a text, `delete` a row, or `repeat` one.

    `address` is that of the cell or the row, as `model.address` prints it.
    """

    action: str
    address: str
    text: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The edit as `parse` reads it: without the text that its action has not."""
        return self[: PARTS[self.action]]


def entries(text: str) -> list[list[str]]:
    """Return a JSON list of lists of texts. Raises InputError for anything else."""
    try:
        found = json.loads(text)
        if not isinstance(found, list) or not all(isinstance(entry, list) for entry in found):
            raise TypeError
        if not all(isinstance(part, str) for entry in found for part in entry):
            raise TypeError
    except (ValueError, TypeError):
        raise unreadable() from None
    return found


def unreadable() -> InputError:
    """Return the error for a list of changes that is none."""
    return InputError("the list of changes cannot be read: start again without it")


def parse(text: str) -> list[Edit]:
    """Return the edits of a JSON list of lists. Raises InputError for anything else."""
    found = entries(text)
    if not all(entry and len(entry) == PARTS.get(entry[0]) for entry in found):
        raise unreadable()
    return [Edit(*entry) for entry in found]


def apply(folder: Path, edits: Sequence[Edit]) -> dict[str, str]:
    """Return path → new text of each file that the edits change; nothing is written.

    Each address is looked for in the texts as changed so far. A repeated row stands below the
    first and gets the next key that is free, as if it were printed once more: two rows with one
    key are what the loader refuses; its address ends in `~2`. Raises InputError for an address
    that is none or is not there.
    """
    texts = Texts(folder)
    for edit in edits:
        change(texts, edit)
    return texts.changed


def change(texts: Texts, edit: Edit) -> None:
    """Make one edit. Raises InputError for an address that is none or is not there."""
    address = address_of(edit.address)
    if bool(address.column) != (edit.action == "set"):
        wanted = "cell, with its column" if edit.action == "set" else "row, without a column"
        raise InputError(f"{edit.address}: expected the address of a {wanted}: undo this change")
    match edit.action:
        case "delete":
            texts.delete(address)
        case "repeat":
            texts.repeat(address)
        case _:
            texts.type(address, edit.text)
