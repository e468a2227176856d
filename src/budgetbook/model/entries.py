"""What names each printed row and claim: the addresses of a disclosure, worked out from print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..forms import Form, Table
from ..package.store import Row
from .address import CLAIMS, TOTAL_ROW, Address, numbered, part, relative


class Entry(NamedTuple):
    """What one printed row holds under one address: its row, and column of address → of data/."""

    address: Address
    row: Row
    columns: Mapping[str, str]


def entries(
    form: Form, tables: Mapping[str, Sequence[Row]], keys_of: Mapping[tuple[str, int], str]
) -> Iterator[Entry]:
    """Yield every row of every table under its address, or its addresses.

    `keys_of` names the printed forms, as `form_keys` does.
    """
    for role, rows in tables.items():
        table = form.tables[role]
        sides: dict[tuple[str, ...], list[tuple[tuple[str, ...], Row, Mapping[str, str]]]] = {}
        for row in rows:
            for key, columns in _sides(form, keys_of, table, row):
                side = tuple(columns) if table.kind == "ledger" else ()
                sides.setdefault(side, []).append((key, row, columns))
        for found in sides.values():
            keys = numbered(key for key, _, _ in found)
            for key, (_, row, columns) in zip(keys, found, strict=True):
                yield Entry(Address(role, key), row, columns)


_OF_LABEL = ("text", "amount")
_OF_INDICATOR = ("indicator", "weight", "unit", "relation", "target", "core")
_OF_PROSE = ("label", "characters", "sha256", "same_as")


def _sides(
    form: Form, keys_of: Mapping[tuple[str, int], str], table: Table, row: Row
) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    """Yield what names a printed row and the columns that belong to it: mostly once a row."""
    if table.form:
        yield from _sides_of_form(form, keys_of, table, row)
        return
    named = {column.named_by for column in table.columns if column.named_by}
    for name in sorted(named) if table.kind == "ledger" else [""]:
        columns = {c.name: c.name for c in table.columns if c.named_by == name or c.name == name}
        if not name:
            yield _named(form, table, row), columns
        elif any(row[column] not in (None, "") for column in columns):
            yield (_total_or(form, row[name]),), columns


def _sides_of_form(
    form: Form, keys_of: Mapping[tuple[str, int], str], table: Table, row: Row
) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    whose: tuple[str, ...] = ()
    if table.whose == "project":
        whose = (keys_of[table.role, row["form"]],)
    if row["indicator"]:
        yield (*whose, part(row["indicator"])), {name: name for name in _OF_INDICATOR}
        return
    for prefix in ("", "second_"):
        text = row[f"{prefix}label"] or ""
        label = form.label(table.whose, text)
        columns = {name: prefix + name for name in _OF_LABEL}
        if not prefix:
            columns |= {name: name for name in _OF_PROSE}
        if text or not prefix or row["second_amount"] not in (None, ""):
            yield (*whose, label.role if label else part(text) or "unnamed"), columns


def _named(form: Form, table: Table, row: Row) -> tuple[str, ...]:
    """Return what names a row: the columns that do, all of them or the first that is filled."""
    if not table.named_by:
        return (TOTAL_ROW,)
    if "+" in table.named_by:
        return tuple(_total_or(form, row[name]) for name in table.named_by.split("+"))
    return (_total_or(form, next((row[n] for n in table.named_by.split("|") if row[n]), None)),)


def _total_or(form: Form, name: str | None) -> str:
    return TOTAL_ROW if form.wording.is_total(name or "") else part(name or "") or "unnamed"


def form_keys(form: Form, tables: Mapping[str, Sequence[Row]]) -> Mapping[tuple[str, int], str]:
    """Return table and number of each printed form of targets → what names it."""
    found: dict[tuple[str, int], str] = {}
    for role, table in form.tables.items():
        if not table.form:
            continue
        names: dict[int, str] = {}
        for row in tables.get(role, ()):
            label = form.label("project", row["label"] or "")
            names.setdefault(row["form"], "unnamed")
            if label and label.role == "project" and row["text"]:
                names[row["form"]] = part(row["text"])
        keys = numbered((name,) for name in names.values())
        found |= {(role, number): key for number, (key,) in zip(names, keys, strict=True)}
    return found


def identified(
    claims: Sequence[Row], form: Form, tables: Mapping[str, Sequence[Row]], year: int
) -> tuple[Row, ...]:
    """Return claims with their `id`: their address, by what each states of what."""
    addresses = claim_addresses(claims, form, tables, year)
    return tuple({"id": str(a), **c} for a, c in zip(addresses, claims, strict=True))


def claim_addresses(
    claims: Sequence[Row], form: Form, tables: Mapping[str, Sequence[Row]], year: int
) -> list[Address]:
    """Return the address of each claim; those of a form are named by its project."""
    forms = form_keys(form, tables)
    keys = []
    for claim in claims:
        own = (claim["section"], claim["form"] or 0)
        where = (claim["section"], *((forms[own],) if own in forms else ()))
        where += (claim["label"],) if claim["label"] else ()
        when = (relative(claim["year"], year),) if claim["year"] else ()
        keys.append((*where, claim["code"] or claim["subject"], claim["kind"], *when))
    return [Address(CLAIMS, key) for key in numbered(keys)]
