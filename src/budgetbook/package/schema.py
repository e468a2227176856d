"""The schema of data/: every resource of the package, its columns, units, keys and references.

The columns of the published tables follow from the form family; all other resources stand in
`published.json`, `reference.json` (what serves any document) and `editorial.json` (what speaks of
this one), and what the whole is called in `package.json`. The import writes the result to
data/datapackage.json, and the loader holds the data against it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..forms import Column, Form, Table, family
from ..messages import message, said, translated

Field = dict[str, Any]
Resource = dict[str, Any]

_CONSTRAINTS = ("required", "enum", "pattern", "minimum")


@lru_cache
def declared(kind: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the resources of a kind (published, reference, editorial) as they are declared."""
    text = Path(__file__).with_name(f"{kind}.json").read_text(encoding="utf-8")
    return {resource["name"]: resource for resource in json.loads(text)}


@lru_cache
def kept_by_hand() -> tuple[Resource, ...]:
    """Return the resources that no import writes: reference and editorial ones."""
    return tuple(
        _resource(name, kind, f"{kind}/{name}.csv", about)
        for kind in ("reference", "editorial")
        for name, about in declared(kind).items()
    )


def columns(resource: str) -> list[str]:
    """Return the columns of a published resource, in order; `form` are those of a form's rows."""
    return [field["name"] for field in declared("published")[resource]["fields"]]


def points(resource: str) -> dict[str, list[str]]:
    """Return the columns of an editorial resource that name an `address`, or a `project`."""
    named: Mapping[str, list[str]] = declared("editorial")[resource].get("points", {})
    return {"address": [], "project": [], **named}


def choices(resource: str, column: str) -> list[str]:
    """Return the values that a column of a resource may have, in their order."""
    kinds = (declared(kind) for kind in ("published", "reference", "editorial"))
    fields = next(kind[resource]["fields"] for kind in kinds if resource in kind)
    return list(next(field["enum"] for field in fields if field["name"] == column))


def described(field: Mapping[str, Any]) -> str:
    """Return what a field of the descriptor holds, as the edition says it."""
    title, unit = field["title"], field.get("unit", "")
    if field["description"] == f"{title}, in {unit}":
        return said("{title:name}, in {unit:name}", title=(title,), unit=(unit,))
    return translated(field["description"])


def descriptor(document: Mapping[str, Any], printed: set[str]) -> dict[str, Any]:
    """Return datapackage.json for a document.

    `document` has the keys `form`, `title`, `office`, `year`, `sha256` and `lines`; `printed`
    names the tables, by role, that have rows to store; an absent one has no resource. Tables
    printed in 万元, if any, are named under `in_ten_thousands`: they are stored as printed.
    """
    year, form = int(document["year"]), family(document["form"])
    rounded = document.get("in_ten_thousands", ())
    published = [
        _table(form, table, year, message("10,000 yuan") if role in rounded else "yuan")
        for role, table in form.tables.items()
        if role in printed
    ]
    published += [
        _resource(name, "published", f"published/{name}.csv", about)
        for name, about in declared("published").items()
        if name != "form"
    ]
    about: dict[str, Any] = json.loads(
        Path(__file__).with_name("package.json").read_text(encoding="utf-8")
    )
    unit = ("the unit of their column", "见各栏") if rounded else ("yuan", "为元")
    filled = {"year": year, "office": document["office"], "unit": unit[0], "unit_zh": unit[1]}
    for name, text in about.items():
        if isinstance(text, str):
            about[name] = text.format_map(filled)
    return about | {
        "sources": [{"title": said("{office:text}：{title:text}", **document)}],
        "document": dict(document),
        "resources": [*published, *kept_by_hand()],
    }


def _table(form: Form, table: Table, year: int, unit: str) -> Resource:
    titles = {"title": table.title, "title_zh": form.title(table, year)}
    about: dict[str, Any] = {**declared("published")["form"], **titles}
    if not table.form:
        fields = [about["fields"][0], *(_column(column, year) for column in table.columns)]
        about = {**titles, "key": ["line"], "fields": fields}
    about["fields"] = [
        {**field, "unit": unit} if field.get("unit") == "yuan" else field
        for field in about["fields"]
    ]
    made = _resource(table.role, "published", f"published/{table.file}.csv", about)
    marks = {"relation": form.wording.relations, "core": form.wording.core}
    for field in made["schema"]["fields"]:
        if field.get("unit") == unit:
            field.setdefault("year", year)
        if table.form and field["name"] in marks:
            field["constraints"] = {"enum": list(marks[field["name"]])}
    return made


def _column(column: Column, year: int) -> Field:
    about = {"name": column.name, "type": "string", "title": column.title}
    about |= {"title_zh": "／".join(column.headings(year))}
    match column.kind:
        case "amount":
            return {**about, "type": "number", "unit": "yuan", "year": year - column.years_back}
        case "percent":
            return {**about, "type": "number", "unit": "%", "missingValues": ["", "#DIV/0!"]}
        case "code":
            return {**about, "pattern": r"\d{3}(\d{2}){0,2}"}
    return about


def _field(about: Mapping[str, Any]) -> Field:
    """Return a field of a Table Schema: constraints apart, descriptions where titles suffice."""
    made = {key: value for key, value in about.items() if key not in _CONSTRAINTS}
    unit = f", in {about['unit']}" if "unit" in about else ""
    made.setdefault("description", about["title"] + unit)
    made.setdefault("description_zh", about["title_zh"])
    constraints = {key: about[key] for key in _CONSTRAINTS if key in about}
    return made | ({"constraints": constraints} if constraints else {})


def _resource(name: str, kind: str, path: str, about: Mapping[str, Any]) -> Resource:
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in about["fields"]],
        "primaryKey": about["key"],
        "missingValues": [""],
    }
    foreign = [
        {"fields": [column], "reference": {"resource": target, "fields": [key]}}
        for column, (target, key) in about.get("references", {}).items()
    ]
    return {
        "name": name,
        "type": "table",
        "path": path,
        "title": about["title"],
        "title_zh": about["title_zh"],
        "kind": kind,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
    }
