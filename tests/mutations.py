"""Generated changes to a data package, and a second way to type them into its files."""

import csv
import json
import random
import shutil

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
    """Header and rows of a CSV file; the rows as dicts."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        return list(reader), reader.fieldnames


def mutations(data, seed, count):
    """So many lists of edits: amounts, names, units, words, rows left out and printed twice."""
    dice = random.Random(seed)
    tables = {name: (read(path), key) for name, (path, key) in resources(data).items()}
    made = []
    for _ in range(count):
        edits, seen = [], set()
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            name = dice.choice(list(tables))
            (rows, header), key = tables[name]
            row = dice.choice(rows)
            address = "|".join(row[column] for column in key)
            if (name, address) in seen:
                continue
            seen.add((name, address))
            kind = dice.choice(("digit", "digit", "digit", "text", "word", "delete", "repeat"))
            if kind in ("delete", "repeat"):
                edits.append([kind, name, address])
                continue
            slip = dice.random() < 0.1  # now and then a key, a code or a number that is none
            free = [c for c in header if slip or c not in (*key, "code", "line", "form")]
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
            edits.append(["set", name, address, column, text])
        made.append(edits)
    return made


def typed(data, edits, folder):
    """Copy the package into `folder` and type the edits into it, one file after the other."""
    shutil.copytree(data, folder)
    for action, name, address, *more in edits:
        path, key = resources(folder)[name]
        rows, header = read(path)
        at = next(i for i, r in enumerate(rows) if "|".join(r[c] for c in key) == address)
        if action == "set":
            rows[at][more[0]] = more[1]
        elif action == "delete":
            rows.pop(at)
        else:
            again = dict(rows[at])
            number = again[key[-1]].split(".")
            while any(all(r[c] == again[c] for c in key) for r in rows):
                if number[-1].isdigit():
                    number[-1] = str(int(number[-1]) + 1)
                    again[key[-1]] = ".".join(number)
                else:
                    again[key[-1]] += " 2"
            rows.insert(at + 1, again)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
