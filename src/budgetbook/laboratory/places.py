"""Where things are printed: every row as text with its anchor; a check in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..checks import Result
from ..model.disclosure import Disclosure
from .edits import describe, key_of, rows_of

#: What names a row to a reader, the first that it has.
_LABELS = (
    *("name", "label", "indicator", "project", "expenditure_item", "income_item"),
    *("title", "subject"),
)


def titles(disclosure: Disclosure) -> dict[str, Any]:
    """Return the published resources: titles, and the columns with titles and units."""
    return {
        resource["name"]: {
            "title": (resource["title"], resource["title_zh"]),
            "columns": {
                field["name"]: (field["title"], field["title_zh"], field.get("unit", ""))
                for field in resource["schema"]["fields"]
            },
        }
        for resource in disclosure.descriptor["resources"]
        if resource["kind"] == "published"
    }


def rows(folder: Path, changed: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield every row of the published resources as text, with its key, label and anchor."""
    for name, resource in describe(folder).items():
        if resource["kind"] != "published":
            continue
        path = resource["path"]
        lines = rows_of(changed.get(path) or (folder / path).read_text(encoding="utf-8"))
        for line in lines[1:]:
            cells = dict(zip(lines[0], line, strict=False))
            key = key_of(lines[0], line, resource)
            label = next((cells[name] for name in _LABELS if cells.get(name)), key)
            yield {
                "resource": name,
                "row": key,
                "label": label,
                "anchor": anchor(name, key),
                "cells": cells,
            }


def anchor(resource: str, key: str) -> str:
    """Return the anchor of a row in the data pages."""
    if resource == "claims":
        return f"claim-{key}"
    if resource.startswith("table-"):
        return f"line-{key}"
    plain = "-".join(key.split("|")).replace(" ", "-").replace(",", "").replace(":", "")
    return f"{resource}-{plain}"


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
