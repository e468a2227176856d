"""The keys of a class as a list for a person, who grades on paper or without the program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from .keys import Key
from .marking import named, others, place_of, told
from .sheets import write

_BOTH = ((0, "en"), (1, "zh"))
#: What the list is called, and its columns.
NAME = "keys.csv"
COLUMNS = (
    *("student", "office", "item", "level", "place_zh", "place_en", "printed", "right"),
    *("kind_zh", "kind_en", "else_zh", "else_en", "why_zh", "why_en"),
)


def write_overview(folder: Path) -> None:
    """Write the list of all errors and decoys beside the keys of a class."""
    paths = sorted(folder.glob("student-*.json"))
    keys = [json.loads(path.read_text(encoding="utf-8-sig")) for path in paths]
    write(folder / NAME, COLUMNS, [row for key in keys for row in _rows(key)])


def _rows(key: Key) -> Iterator[Mapping[str, object]]:
    for name, titles in (("errors", "types"), ("decoys", "decoys")):
        for item in key[name]:
            row = {"student": key["student"], "office": key["office"], "item": item["id"]}
            row |= {"level": item.get("level", ""), "right": _right(item)}
            pairs = {"place": place_of(item), "why": told(titles, item)}
            if name == "errors":
                pairs |= {"kind": named("types", item["type"]), "else": others(item)}
            texts = {f"{what}_{each}": pair[n] for what, pair in pairs.items() for n, each in _BOTH}
            yield row | {"printed": item["printed"]} | texts


def _right(item: Key) -> str:
    """Return what is right in a place: none for a reason, a bound where any lower value is."""
    if item["type"] == "reason":
        return ""
    return f"≤{item['right']}" if item.get("most") else str(item["right"])
