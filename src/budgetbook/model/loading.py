"""Loads the data package of a disclosure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..errors import InputError, at_cell
from ..forms import family, plain
from ..package import store
from ..package.schema import declared, points
from ..package.store import Row
from .address import CLAIMS, parse
from .disclosure import Disclosure
from .entries import identified
from .rounding import in_yuan

_APART = {"tables", "claims"}


def load(folder: str | Path | None = None) -> Disclosure:
    """Load the data package in `folder`; without one, the `data` nearest above the work folder.

    Raises InputError, naming file, row and column, for a package that does not fit its schema, and
    for one without a table, or with more or fewer rows of it or figures, than its lists say.
    """
    about, rows = store.read(Path(folder) if folder else _nearest())
    form, year = family(about["document"]["form"]), int(about["document"]["year"])
    tables = {name: tuple(rows[name]) for name in form.tables if name in rows}
    for number, entry in enumerate(rows["tables"], 1):
        if entry["table"] not in form.tables:
            expected = f"the role of a table, such as {next(iter(form.tables))}"
            raise at_cell("published/tables.csv", number, "table", repr(entry["table"]), expected)
        if entry["state"] != "absent" and entry["table"] not in tables:
            missing = f"no resource {entry['table']}, which published/tables.csv says is printed"
            raise InputError(f"{store.DESCRIPTOR}: {missing}; import again")
    for listed, column, entry, name, held in counted(rows.__getitem__):
        if held != entry[column]:
            path = next(r["path"] for r in about["resources"] if r["name"] == name)
            which = entry.get("section") or f"{name} {entry['occurrence']}"
            raise InputError(
                f"{path}: {column} of {which}: found {held}; expected {entry[column] or 0}, as "
                f"published/{listed}.csv says were read: put back or take out what differs, or "
                "correct the number there"
            )
    reference = {n: tuple(rows[n]) for n in sorted(rows.keys() - tables.keys() - _APART)}
    found = Disclosure(
        year=year,
        document=about["document"],
        tables=in_yuan(form, rows["tables"], tables),
        listing=tuple(rows["tables"]),
        claims=identified(rows["claims"], form, tables, year),
        reference=reference,
        descriptor=about,
    )
    reference |= _judgements(found)
    _ = found.indicators  # a form without its project or budget is refused here, not later
    return found


def counted(
    rows: Callable[[str], Sequence[Row]],
) -> Iterator[tuple[str, str, Row, str, int]]:
    """Yield what says how many rows were read, and how many are there of it.

    Each is a list, its column and its entry, then the resource that it speaks of and its number.
    """
    for entry in rows("tables"):
        if entry["state"] != "absent":
            table, nth = entry["table"], entry["occurrence"]
            yield "tables", "rows", entry, table, sum(r.get("form", 1) == nth for r in rows(table))
    for entry in rows("sections"):
        held = sum(claim["section"] == entry["section"] for claim in rows(CLAIMS))
        yield "sections", "claims", entry, CLAIMS, held


def _judgements(disclosure: Disclosure) -> dict[str, tuple[Row, ...]]:
    """Return the editorial rows that speak of this disclosure.

    Rows that speak of another office's are left out, and rows that name a project or an address
    that is not here: what was judged of another document says nothing of this one.
    """
    judged = {name: disclosure.reference[name] for name in declared("editorial")}
    offices = {plain(row["office"]) for row in judged["document"]}
    if plain(disclosure.document["office"]) not in offices:
        return dict.fromkeys(judged, ())
    projects = {project.name for project in disclosure.projects}

    def here(name: str, number: int, row: Row) -> bool:
        named = points(name)
        try:
            return all(row[c] in (None, *projects) for c in named["project"]) and all(
                row[c] is None or disclosure.at(parse(row[c])) for c in named["address"]
            )
        except InputError as error:
            raise InputError(f"editorial/{name}.csv: row {number}: {error}") from None

    return {
        name: tuple(row for number, row in enumerate(rows, 1) if here(name, number, row))
        for name, rows in judged.items()
    }


def _nearest() -> Path:
    """Return the data package of the project that the work folder lies in, else our own."""
    here = Path.cwd()
    own = Path(__file__).parents[3]
    places = [place / "data" for place in (here, *here.parents, own)]
    return next((p for p in places if (p / store.DESCRIPTOR).is_file()), places[0])
