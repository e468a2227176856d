"""Links that an edition before made: they name a row by the number of its table and its line.

Such a change is carried over where the data at hand are read from the same text and still have
the line; where not, one sentence says what is lost and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ..errors import InputError
from ..messages import message, pair
from ..model.address import CLAIMS
from ..model.entries import Entry
from .edits import PARTS, Edit, change, entries, unreadable
from .texts import Texts

#: SHA-256 of the published text whose lines these links mean.
LINES_OF = "d5955fa4077ba17079642c336e870862fe908c10bd53dcc6ba138d9fbfce8569"
#: How many parts a change had: action, table, row and, for `set`, column and text.
_PARTS = {"set": 5, "delete": 3, "repeat": 3}
#: Columns whose words have changed since: what is typed there now would be another thing.
_RENAMED = {"section", "table"}
#: Change → what it did, in both languages.
_DONE = {
    "delete": (message("{row:text} left out"), message("{row:text} 删去")),
    "repeat": (message("{row:text} printed twice"), message("{row:text} 重复")),
    "set": (message("{row:text} → {text:text}"), message("{row:text} → {text:text}")),
    "blank": (message("{row:text} → blank"), message("{row:text} → 空白")),
}


def opened(folder: Path, text: str) -> tuple[list[Edit], tuple[str, str] | None]:
    """Return the edits of a link, and a sentence on those that cannot be carried over, if any.

    `text` is a JSON list of changes, of today or of the edition before; each is looked for in the
    texts as the ones before it change them. Raises InputError for anything else.
    """
    texts, found, lost = Texts(folder), [], []
    for parts in entries(text):
        action = parts[0] if parts else ""
        if len(parts) == PARTS.get(action):
            edit: Edit | None = Edit(*parts)
        elif len(parts) == _PARTS.get(action):
            edit = _carried(texts, parts)
        else:
            raise unreadable()
        if edit is None:
            lost.append(parts)
            continue
        found.append(edit)
        with suppress(InputError):  # which says so itself when the edits are judged
            change(texts, edit)
    return found, _sentence(lost) if lost else None


def _carried(texts: Texts, parts: Sequence[str]) -> Edit | None:
    """Return a change of the edition before as it is named today, None if it cannot be."""
    action, table, row, *rest = parts
    roles = {known.file: role for role, known in texts.form.tables.items()}
    name = roles.get(table, table)
    if texts.document["sha256"] != LINES_OF or name not in texts.resources:
        return None
    for entry in texts.entries(name):
        if _key(texts, entry) != row:
            continue
        if action != "set":
            return Edit(action, str(entry.address))
        column, text = rest
        for today, physical in entry.columns.items():
            if physical == column and column not in _RENAMED:
                return Edit(action, str(entry.address._replace(column=today)), text)
    return None


def _key(texts: Texts, entry: Entry) -> str:
    """Return how the edition before named a row."""
    name, row = entry.address.table, entry.row
    if name == CLAIMS:
        return f"L{row['line']}.{row['position']}"
    tables = texts.form.tables
    values = [row[column] for column in texts.resources[name]["schema"]["primaryKey"]]
    return "|".join(tables[v].file if v in tables else str(v) for v in values)


def _sentence(lost: Sequence[Sequence[str]]) -> tuple[str, str]:
    """Return in both languages why changes of a link are not made, and which."""
    english, chinese = map("; ".join, zip(*map(_named, lost), strict=True))
    return pair(
        "This link was made by an earlier edition, which named rows by their line in the text; "
        "what cannot be carried over to this one: {english:text}.",
        "此链接由早前版本生成，当时以文本行号指称各行；无法转入本版的改动：{chinese:text}。",
        english=english,
        chinese=chinese,
    )


def _named(parts: Sequence[str]) -> tuple[str, str]:
    """Return a change of the edition before as it named it, and what it did."""
    action, text = parts[0], "".join(parts[4:])
    done = _DONE["blank" if action == "set" and not text else action]
    return pair(*done, row=" ".join(parts[1:4]), text=text)
