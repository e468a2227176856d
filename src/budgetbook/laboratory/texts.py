"""The CSV texts of a data package under change: each row and cell is found by its address.

What is typed may be anything, so the loader may refuse the texts; their addresses are told all
the same, by the rules of the model, for what stands in them at the time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..forms import family
from ..model.address import CLAIMS, Address, numbered, part
from ..model.disclosure import Disclosure
from ..model.entries import Entry, claim_addresses
from ..model.loading import counted
from ..package.store import DESCRIPTOR, Row, printed_order

_CELL = re.compile(r'("(?:[^"]|"")*"(?=,|\r?\n|$)|[^,\r\n]*)(,|\r?\n|$)')
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
#: In an entry's row, which row of the text it is; no column is called so.
_AT = "row of the text"


class Texts:
    """The texts of the package in `folder`, of which some may be `changed` (path → text).

    Changes are made one after the other, each in the texts as they then are; nothing is written.
    """

    def __init__(self, folder: Path, changed: Mapping[str, str] | None = None) -> None:
        about = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        self.document: Mapping[str, Any] = about["document"]
        self.form = family(self.document["form"])
        self.resources: Mapping[str, Any] = {r["name"]: r for r in about["resources"]}
        self._folder, self._given = folder, dict(changed or {})
        self._known: dict[str, list[list[str]]] = {}
        self._headers: dict[str, list[str]] = {}
        self._entries: dict[str, list[Entry]] = {}  # as they stand since the last change
        self._touched: set[str] = set()

    @property
    def changed(self) -> dict[str, str]:
        """Path → text of each file that a change was made in."""
        return {self.resources[n]["path"]: _text(self._cells(n)) for n in sorted(self._touched)}

    def entries(self, name: str) -> list[Entry]:
        """Return what stands under each address of a resource, in printed order."""
        if name not in self._entries:
            self._entries[name] = self._read(name)
        return self._entries[name]

    def _read(self, name: str) -> list[Entry]:
        rows = self._rows(name)
        if name in self.form.tables:
            found = self._disclosure(name).entries.values()
            return sorted((e for entries in found for e in entries), key=_at)
        columns = {column: column for column in self._header(name)}
        if name == CLAIMS:
            forms = {role for role, table in self.form.tables.items() if table.form}
            tables = {role: self._rows(role) for role in forms & self.resources.keys()}
            addresses = claim_addresses(rows, self.form, tables, int(self.document["year"]))
        else:
            names = self.resources[name]["schema"]["primaryKey"]
            keys = [tuple(part(str(row[c])) or "unnamed" for c in names) for row in rows]
            addresses = [Address(name, key) for key in numbered(keys)]
        return [Entry(a, row, columns) for a, row in zip(addresses, rows, strict=True)]

    def find(self, address: Address) -> Entry:
        """Return what stands at an address. Raises InputError that says what is not there."""
        resource = self.resources.get(address.table)
        if resource is None:
            raise InputError(f"{address}: there is no such table in the data: undo this change")
        path, row = resource["path"], address.of_row
        found = [entry for entry in self.entries(address.table) if entry.address == row]
        if not found:
            raise InputError(f"{path}: there is no row {row}: undo this change")
        if address.column:
            found = [entry for entry in found if address.column in entry.columns]
        if not found:
            raise InputError(f"{path}: {row} has no column {address.column}: undo this change")
        return found[0]

    def text(self, entry: Entry, column: str) -> str:
        """Return what is typed into a column, by its name in data/, of what stands somewhere."""
        name = entry.address.table
        return _plain(self._cells(name)[_at(entry)][self._header(name).index(column)])

    def type(self, address: Address, text: str) -> None:
        """Type a text into the cell at an address; no other byte of its file changes."""
        entry = self.find(address)
        at = self._header(address.table).index(entry.columns[address.column])
        self._to_change(address.table)[_at(entry)][at] = _quoted(text)

    def delete(self, address: Address) -> None:
        """Leave out the printed row at an address, as if it had not been read."""
        at = _at(self.find(address))
        del self._to_change(address.table)[at]
        self._count(address.table)

    def repeat(self, address: Address) -> None:
        """Print the row at an address once more below it, under the next key that is free."""
        at = _at(self.find(address))
        lines, header = self._to_change(address.table), self._header(address.table)
        key = [header.index(c) for c in self.resources[address.table]["schema"]["primaryKey"]]
        taken = {tuple(_plain(cells[n]) for n in key) for cells in lines[1:]}
        again = list(lines[at])
        while tuple(_plain(again[n]) for n in key) in taken:
            again[key[-1]] = _quoted(_next(_plain(again[key[-1]])))
        lines.insert(at + 1, again)
        self._count(address.table)

    def _count(self, name: str) -> None:
        """Type how many rows of a resource were read, by those that are there now."""
        known = {n: self._rows(n) for n in (name, "tables", "sections")}
        for listed, column, entry, told, held in counted(lambda n: known.get(n, ())):
            if told == name:
                at = self._header(listed).index(column)
                self._to_change(listed)[int(entry[_AT])][at] = f"{held}"

    def _cells(self, name: str) -> list[list[str]]:
        """Return the cells of a resource as they are typed, quotes and all, the header first."""
        if name not in self._known:
            path = self.resources[name]["path"]
            text = self._given.get(path)
            text = (self._folder / path).read_bytes().decode() if text is None else text
            self._known[name] = _cells(text)
        return self._known[name]

    def _to_change(self, name: str) -> list[list[str]]:
        self._touched.add(name)
        self._entries.clear()
        return self._cells(name)

    def _header(self, name: str) -> list[str]:
        if name not in self._headers:  # no change reaches it
            self._headers[name] = [_plain(cell) for cell in self._cells(name)[0]]
        return self._headers[name]

    def _rows(self, name: str) -> list[Row]:
        """Return the rows as the loader would: in printed order; what is no whole number is 0."""
        resource = self.resources[name]
        whole = {f["name"] for f in resource["schema"]["fields"] if f["type"] == "integer"}
        header, rows = self._header(name), []
        for number, cells in enumerate(self._cells(name)[1:], 1):
            row: Row = {_AT: number}
            for column, cell in zip(header, cells, strict=True):
                text = _plain(cell)
                row[column] = _whole(text) if column in whole else text
            rows.append(row)
        if resource["kind"] == "published":
            rows.sort(key=lambda row: printed_order(row, resource["schema"]["primaryKey"]))
        return rows

    def _disclosure(self, table: str) -> Disclosure:
        """Return a disclosure of one table's texts alone, which knows what each row is called."""
        return Disclosure(
            year=int(self.document["year"]),
            document=self.document,
            tables={table: self._rows(table)},
            listing=(),
            claims=(),
            reference={},
        )


def _at(entry: Entry) -> int:
    return int(entry.row[_AT])


def _whole(text: str) -> int:
    return int(text) if _INTEGER.fullmatch(text) else 0


def _next(key: str) -> str:
    """Return a key with the number at its end one higher, or ` 2` put there."""
    found = re.search(r"\d+$", key)
    return f"{key[: found.start()]}{int(found[0]) + 1}" if found else f"{key} 2"


def _cells(text: str) -> list[list[str]]:
    """Return the cells of a CSV text as they are typed, row by row."""
    rows: list[list[str]] = [[]]
    for found in _CELL.finditer(text):
        if found.start() == len(text) and not rows[-1]:
            break
        rows[-1].append(found[1])
        if found[2] != ",":
            rows.append([])
    return rows[:-1]


def _text(rows: list[list[str]]) -> str:
    return "".join(",".join(cells) + "\n" for cells in rows)


def _plain(cell: str) -> str:
    """Return what a typed cell says."""
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _quoted(text: str) -> str:
    """Return a text as it is typed into a cell: in quotes where it needs them."""
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text
