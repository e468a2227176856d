"""Table Schema resources and fields, with titles and descriptions in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Field = dict[str, Any]
Resource = dict[str, Any]


def field(name: str, kind: str, title: str, title_zh: str, **more: Any) -> Field:
    """Return a field of a Table Schema.

    `more` may hold constraints (required, enum, pattern, minimum), a unit, descriptions where
    the titles do not suffice, and properties of our own.
    """
    constraints = {k: more.pop(k) for k in ("required", "enum", "pattern", "minimum") if k in more}
    made: Field = {"name": name, "type": kind, "title": title, "title_zh": title_zh}
    unit = more.pop("unit", "")
    made["description"] = more.pop("description", "") or title + (f", in {unit}" if unit else "")
    made["description_zh"] = more.pop("description_zh", "") or title_zh
    if unit:
        made["unit"] = unit
    if constraints:
        made["constraints"] = constraints
    return made | more


def line_field() -> Field:
    """Return the field that holds the line of the extracted text."""
    title = "Line of the extracted text"
    return field("line", "integer", title, "提取文本行号", required=True, minimum=1)


def resource(
    name: str,
    kind: str,
    title: str,
    title_zh: str,
    fields: list[Field],
    key: list[str],
    references: Mapping[str, tuple[str, str]] | None = None,
) -> Resource:
    """Return a resource, `published` or `editorial`, with its schema.

    `references` maps a field to the (resource, field) that its values must occur in; an empty
    resource name stands for this one.
    """
    foreign = [
        {"fields": [name], "reference": {"resource": target, "fields": [column]}}
        for name, (target, column) in (references or {}).items()
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": key, "missingValues": [""]}
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": name,
        "type": "table",
        "path": f"{kind}/{name}.csv",
        "title": title,
        "title_zh": title_zh,
        "kind": kind,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def both(name: str, title: str, title_zh: str) -> list[Field]:
    """Return a required text in English and in Chinese."""
    return [
        field(f"{name}_en", "string", title, f"{title_zh}（英）", required=True),
        field(f"{name}_zh", "string", f"{title}, Chinese", title_zh, required=True),
    ]
