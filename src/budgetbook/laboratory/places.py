"""Where things are printed: every row with its address, in words; a check in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from ..checks import Result
from ..errors import InputError
from ..messages import TYPES, translated
from ..model.address import CLAIMS, parse
from ..model.disclosure import Disclosure
from ..model.entries import Entry
from ..proof.guards import figure_columns
from ..words.naming import Names, Words
from .texts import Texts

#: What names a row that is neither a table's nor a claim, the first that it has.
_LABELS = ("title", "listed_title", "detail")


def titles(disclosure: Disclosure) -> dict[str, Any]:
    """Return the published resources: titles, page, columns with title, unit, and if a figure."""
    found = {}
    for resource in disclosure.descriptor["resources"]:
        if resource["kind"] != "published":
            continue
        name, title = resource["name"], (translated(resource["title"]), resource["title_zh"])
        table = disclosure.form.tables.get(name)
        figures = figure_columns(table) if table else ["value"] if name == CLAIMS else []
        found[name] = {
            "title": title,
            "short": TYPES["opening"](table.words[0]) if table else title[0],
            "page": f"data/{table.file if table else name}.html",
            "columns": {
                field["name"]: {
                    "title": (translated(field["title"]), field["title_zh"]),
                    "unit": translated(field.get("unit", "")),
                    "yuan": field.get("unit") == "yuan",
                    "figure": field["name"] in figures,
                }
                for field in resource["schema"]["fields"]
            },
        }
    return found


def rows(texts: Texts, names: Names) -> Iterator[dict[str, Any]]:
    """Yield every row of the published resources under its address, with its cells as text.

    A printed row of a ledger stands there twice, once a side, where the sides differ in name.
    """
    for name, resource in texts.resources.items():
        if resource["kind"] == "published":
            for _, same in groupby(texts.entries(name), _of_row):
                yield _row(texts, list(same), names)


def _of_row(entry: Entry) -> tuple[str, int]:
    return str(entry.address), id(entry.row)


def _row(texts: Texts, same: Sequence[Entry], names: Names) -> dict[str, Any]:
    entry, words = same[0], label(same[0], names)
    return {
        "address": str(entry.address),
        "table": entry.address.table,
        "words": (words.english, words.chinese),
        "code": words.code,
        "line": entry.row.get("line") or "",
        "cells": [
            {
                "address": str(entry.address._replace(column=column)),
                "column": physical,
                "text": texts.text(entry, physical),
            }
            for entry in same
            for column, physical in entry.columns.items()
        ],
    }


def label(entry: Entry, names: Names) -> Words:
    """Return what a row is called, whatever was typed into it; its address's last part at worst."""
    name, row = entry.address.table, entry.row
    if name != CLAIMS and name not in names.tables:
        return Words("", next((row[c] for c in _LABELS if row.get(c)), entry.address.name))
    column = [*entry.columns.values()][-1]
    try:
        words = names.row(name, row, column)
        if name == CLAIMS:
            kind = names.column(name, row, "value")
            words = words._replace(english=f"{words.english}: {kind.english}")
    except KeyError:
        words = Words("")
    return words if words.english or words.chinese else Words(entry.address.name)


def named(texts: Texts, names: Names, address: str) -> tuple[str, str]:
    """Return what an address is called: table, row, and column if it has one."""
    try:
        cell = parse(address)
        entry = texts.find(cell)
    except InputError:
        return address, ""
    resource, words = texts.resources[cell.table], label(entry, names)
    table = texts.form.tables.get(cell.table)
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    column = translated(fields[entry.columns[cell.column]]["title"]) if cell.column else ""
    first = TYPES["opening"](table.words[0]) if table else translated(resource["title"])
    row = " ".join(part for part in (words.code, words.english) if part)
    return ", ".join(part for part in (first, row, column) if part), words.chinese


def check(result: Result) -> dict[str, str]:
    """Return a check and its verdict in words: sides as they are printed on the pages."""
    left, right = result.sides
    return {
        "id": result.check.id,
        "statement": result.check.statement_en,
        "statement_zh": result.check.statement_zh,
        "verdict": str(result.verdict),
        "left": left,
        "relation": result.relation,
        "right": right,
        "needs": result.needs,
    }
