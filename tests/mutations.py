"""Generated changes to a data package: their addresses, and a second way to type them."""

import csv
import json
import random
import re
import shutil

from budgetbook.errors import InputError
from budgetbook.model.address import part
from budgetbook.model.loading import load

WORDS = ("元", "万元", "%", "合计", "是", "定性", "≥", "#DIV/0!", "1,000.00", "12.5", "")


def resources(data):
    """The published resources: name → (path, key columns)."""
    about = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    return {
        r["name"]: (data / r["path"], r["schema"]["primaryKey"])
        for r in about["resources"]
        if r["kind"] == "published"
    }


def read(path):
    """Rows of a CSV file as dicts, and the header."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        return list(reader), reader.fieldnames


def write(path, rows, header):
    """Write a CSV file as the import does."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def counted(folder, name, rows):
    """Say in the lists of tables and of sections that as many rows were read as are there."""
    path = folder / "published" / ("sections.csv" if name == "claims" else "tables.csv")
    entries, header = read(path)
    for entry in entries:
        if name == "claims":
            entry["claims"] = sum(row["section"] == entry["section"] for row in rows)
        elif entry["table"] == name and entry["state"] != "absent":
            entry["rows"] = sum(row.get("form", "1") == entry["occurrence"] for row in rows)
    write(path, entries, header)


def addressed(folder, name, row, key):
    """The address of a row of a file, and of each of its cells by column, as loading tells them.

    None of it where the package cannot be loaded.
    """
    try:
        disclosure = load(folder)
    except InputError:
        return None, {}
    if name == "claims":
        (claim,) = (c for c in disclosure.claims if all(str(c[k]) == row[k] for k in key))
        return claim["id"], {column: f"{claim['id']}.{column}" for column in row}
    if name not in disclosure.tables:
        address = "/".join((name, *(part(row[column]) for column in key)))
        return address, {column: f"{address}.{column}" for column in row}
    (found,) = (r for r in disclosure.tables[name] if str(r["line"]) == row["line"])
    cells = {}
    for column in row:
        try:
            cells[column] = str(disclosure.address(found, column))
        except KeyError:
            continue  # it belongs to nothing that the row names
    return str(disclosure.address(found)), cells


def mutations(data, seed, count, folder):
    """So many times (edits by address, a copy of the package below `folder` with them typed in).

    Amounts, names, units, words, rows left out and printed twice. Each edit is told by the
    addresses that rows have when the edits before it are made.
    """
    dice = random.Random(seed)
    for number in range(count):
        copy = shutil.copytree(data, folder / str(number))
        edits = []
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            name = dice.choice(list(resources(copy)))
            path, key = resources(copy)[name]
            rows, header = read(path)
            if not rows:
                continue
            row = dice.choice(rows)
            address, cells = addressed(copy, name, row, key)
            if address is None:
                break
            edits.append(_mutate(dice, rows, row, address, cells))
            if edits[-1][0] == "repeat":
                rows.insert(rows.index(row) + 1, again(rows, row, key))
            write(path, rows, header)
            if edits[-1][0] != "set":
                counted(copy, name, rows)
        yield edits, copy


def _mutate(dice, rows, row, address, cells):
    """Change a row or leave it out, and return the edit that says so."""
    kind = dice.choice(("digit", "digit", "digit", "text", "word", "delete", "repeat"))
    if kind == "delete":
        rows.remove(row)
    if kind in ("delete", "repeat"):
        return [kind, address]
    slip = dice.random() < 0.1  # now and then a key, a code or a number that is none
    free = [c for c in cells if slip or c not in ("code", "line", "form")]
    filled = [c for c in free if any(letter.isdigit() for letter in row[c])]
    if kind == "digit" and filled:
        column = dice.choice(filled)
        text = row[column]
        at = dice.choice([i for i, letter in enumerate(text) if letter.isdigit()])
        text = text[:at] + dice.choice("0123456789") + text[at + 1 :]
    else:
        words = [c for c in free if slip or (row[c] and c not in filled)]
        column = dice.choice(words or free)
        text = dice.choice(WORDS) if kind == "word" else row[column] + "。"
    row[column] = text
    return ["set", cells[column], text]


def again(rows, row, key):
    """A row as if it were printed once more, under the next key that is free."""
    found = dict(row)
    while any(all(r[c] == found[c] for c in key) for r in rows):
        name, number = re.fullmatch(r"(.*?)(\d*)", found[key[-1]]).groups()
        found[key[-1]] = f"{name}{int(number) + 1}" if number else f"{name} 2"
    return found
