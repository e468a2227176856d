"""A disclosure in memory: its tables, claims, projects and indicators, with exact money."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import package
from .errors import InputError, at_cell, at_line
from .layout import BY_TABLE, plain
from .package import Row
from .reading import Vocabulary
from .reading import read as read_text
from .schema import descriptor

if TYPE_CHECKING:
    import pandas as pd

TOTAL = "合计"
_APART = {"tables", "claims"}


class Figure(NamedTuple):
    """One figure with its address: where it is printed, or how it was reconstructed.

    `amount` is in yuan, exact; `line` the line of the extraction (None if reconstructed);
    `origin` is `published` or `reconstructed`, `formula` is empty for a published figure.
    """

    table: str
    row: str
    column: str
    code: str
    year: int
    amount: Decimal
    line: int | None
    origin: str = "published"
    formula: str = ""


class Project(NamedTuple):
    """A project of table 17: its name, its unit, its budget in yuan, and its form's number."""

    form: int
    name: str
    unit: str
    budget: Decimal | None
    line: int


class Indicator(NamedTuple):
    """A performance indicator: of a project (`form` ≥ 1) or of the department (`form` 0).

    `weight` is in points; `target` is as printed, `value` its number or None if it has none.
    """

    form: int
    project: str
    name: str
    weight: Decimal
    unit: str
    relation: str
    target: str
    core: bool
    line: int

    @property
    def value(self) -> Decimal | None:
        """The target as a number, None for a qualitative target."""
        return Decimal(self.target) if re.fullmatch(r"\d+(\.\d+)?", self.target) else None


class Tables(dict[str, Sequence[Row]]):
    """The printed tables by name; asking for another one raises an InputError that names it."""

    def __missing__(self, name: str) -> Sequence[Row]:
        raise InputError(
            f"{name} is not printed in this disclosure, and what was asked for rests on it: "
            "use a disclosure that prints it"
        )


@dataclass(frozen=True)
class Disclosure:
    """One department's disclosure for one budget year, as data/ holds it.

    `tables` maps `table-01` … to its rows (dicts; amounts are Decimal in yuan, a blank cell is
    None), and a table that is not printed raises InputError; `listing` is the document's list of
    tables; `claims` the figures stated in its text; `reference` the editorial resources and the
    other published ones.
    """

    year: int
    document: Mapping[str, Any]
    tables: Mapping[str, Sequence[Row]] = field(repr=False)
    listing: Sequence[Row] = field(repr=False)
    claims: Sequence[Row] = field(repr=False)
    reference: Mapping[str, Sequence[Row]] = field(repr=False)
    descriptor: Mapping[str, Any] = field(repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", Tables(self.tables))

    @cached_property
    def by_line(self) -> Mapping[str, Mapping[int, Row]]:
        """The rows of each table by their line."""
        return {name: {row["line"]: row for row in rows} for name, rows in self.tables.items()}

    @cached_property
    def by_claim(self) -> Mapping[str, Row]:
        """The claims by their id."""
        return {claim["id"]: claim for claim in self.claims}

    def row(self, table: str, key: str) -> Row:
        """Return the row of a table whose code is `key`, or whose name is.

        KeyError if the table has none, InputError if the table is not printed.
        """
        for row in self.tables[table]:
            if row.get("code") == key or (row.get("name") and plain(row["name"]) == plain(key)):
                return row
        raise KeyError(f"{table} has no row {key}")

    def amount(self, table: str, key: str, column: str) -> Decimal | None:
        """Return one amount in yuan by table, code or name, and column; None if printed blank."""
        value: Decimal | None = self.row(table, key)[column]
        return value

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """The projects, one for each printing of table 17."""
        projects = []
        for entry in self.listing:
            if entry["table"] != "table-17" or entry["state"] != "printed":
                continue
            labels = {
                plain(row["label"]): row
                for row in self.tables.get("table-17", ())
                if row["form"] == entry["occurrence"] and row["label"]
            }
            for label in ("专项资金名称", "当年预算"):
                if label not in labels:
                    form = f"form {entry['occurrence']} has no row labelled {label}"
                    raise InputError(f"published/table-17.csv: {form}; restore the row")
            name, budget = labels["专项资金名称"], labels["当年预算"]
            projects.append(
                Project(
                    entry["occurrence"],
                    name["text"] or "",
                    entry["compiling_unit"] or "",
                    budget["amount"],
                    budget["line"],
                )
            )
        return tuple(projects)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of the department (table 15, form 0) and of each project (table 17)."""
        names = {project.form: project.name for project in self.projects}
        for table in ("table-15", "table-17"):
            for row in self.tables.get(table, []):
                blank = [x for x in ("weight", "relation", "target", "core") if row[x] is None]
                if row["indicator"] and (
                    blank or (table == "table-17" and row["form"] not in names)
                ):
                    place = f"published/{table}.csv: the indicator of line {row['line']}"
                    raise InputError(f"{place}, column {(*blank, 'form')[0]}: give it a value")
        return tuple(
            Indicator(
                row["form"] if table == "table-17" else 0,
                names[row["form"]] if table == "table-17" else "",
                row["indicator"],
                row["weight"],
                row["unit"] or "",
                row["relation"],
                row["target"],
                row["core"] == "是",
                row["line"],
            )
            for table in ("table-15", "table-17")
            for row in self.tables.get(table, [])
            if row["indicator"]
        )

    def published(self) -> Iterator[Figure]:
        """Yield every amount printed in a table, in printed order, with its address."""
        for table, rows in self.tables.items():
            layout = BY_TABLE[table]
            columns = [c for c in layout.columns if c.kind == "amount"]
            for row in rows:
                for column in columns:
                    if row[column.name] is not None:
                        year = self.year - column.years_back
                        yield _figure(table, row, column.name, year)
                for name in ("amount", "second_amount") if layout.form else ():
                    if row[name] is not None:
                        yield _figure(table, row, name, self.year)

    def figures(self) -> pd.DataFrame:
        """Return all figures, published and reconstructed, as one long frame.

        Columns: table, row, column, code, year, amount (Decimal, yuan), line, origin, formula.
        """
        from .frames import figures_frame

        return figures_frame(self)


def _figure(table: str, row: Row, column: str, year: int) -> Figure:
    names = {
        "income": "income_item",
        "expenditure": "expenditure_item",
        "amount": "label",
        "second_amount": "second_label",
    }
    if table == "table-04":
        name = row["income_item"] if column == "income" else row["expenditure_item"]
    elif table == "table-14":
        name = row["project"]
    else:
        name = row.get(names.get(column, "name")) or TOTAL
    return Figure(table, name or "", column, row.get("code") or "", year, row[column], row["line"])


def load(folder: str | Path | None = None) -> Disclosure:
    """Load the data package in `folder`; without one, the `data` nearest above the work folder.

    Raises InputError, naming file, row and column, for a package that does not fit its schema.
    """
    about, rows = package.read(Path(folder) if folder else _nearest())
    tables = {name: tuple(rows[name]) for name in sorted(rows) if name in BY_TABLE}
    disclosure = Disclosure(
        year=int(about["document"]["year"]),
        document=about["document"],
        tables=tables,
        listing=tuple(rows["tables"]),
        claims=tuple(rows["claims"]),
        reference={n: tuple(rows[n]) for n in sorted(rows.keys() - tables.keys() - _APART)},
        descriptor=about,
    )
    _check_translations(disclosure)
    return disclosure


def _check_translations(disclosure: Disclosure) -> None:
    """Check that every name with an English translation is printed as a project or indicator.

    Where table 15 or 17 is not printed, the names cannot be looked up.
    """
    if not {"table-15", "table-17"} <= disclosure.tables.keys():
        return
    printed = {p.name for p in disclosure.projects} | {i.name for i in disclosure.indicators}
    for number, row in enumerate(disclosure.reference.get("translations", ()), 1):
        if (name := row["name_zh"]) not in printed:
            expected = "a project or indicator of tables 15 to 17: change both or remove the row"
            raise at_cell("editorial/translations.csv", number, "name_zh", repr(name), expected)


def _nearest() -> Path:
    """Return the data package of the project that the work folder lies in, else our own."""
    here = Path.cwd()
    own = Path(__file__).parents[2]
    places = [place / "data" for place in (here, *here.parents, own)]
    return next((p for p in places if (p / package.DESCRIPTOR).is_file()), places[0])


def import_text(text: Path, folder: Path) -> None:
    """Read a published text and write the data package into `folder`.

    The editorial resources must be there already; they tell the reader the words by which it
    knows what a sentence speaks of. Raises InputError and changes nothing on unusable input.
    """
    resources = read_text(text, vocabulary(folder))
    content = text.read_bytes()
    lines = content.decode("utf-8-sig").removesuffix("\n").split("\n")
    first = [line.strip() for line in lines if line.strip()][:2]
    document = {
        "office": first[0],
        "title": first[1],
        "year": int(plain(resources["tables"][0]["listed_title"])[:4]),
        "sha256": hashlib.sha256(content).hexdigest(),
        "lines": len(lines),
    }
    about = descriptor(document, {name for name in resources if name in BY_TABLE})
    _check_codes(text.name, about, resources, folder)
    package.write(folder, about, resources, load)


def _check_codes(
    file: str, about: Mapping[str, Any], resources: Mapping[str, Sequence[Row]], folder: Path
) -> None:
    """Check that the editorial resources have each code; InputError names the line of one."""
    for resource in about["resources"]:
        for key in (
            resource["schema"].get("foreignKeys", ()) if resource["kind"] == "published" else ()
        ):
            (column,), target = key["fields"], key["reference"]["resource"]
            known = {row["code"] for row in package.read_editorial(folder, target)}
            for row in resources[resource["name"]]:
                if row[column] and row[column] not in known:
                    expected = f"a code of editorial/{target}.csv: add it there or correct the text"
                    raise at_line(file, row["line"], f"the code {row[column]}", expected)


def vocabulary(folder: Path) -> Vocabulary:
    """Return the words of the editorial resources subjects and reasons in `folder`."""
    words = {
        name: {
            word: row["code"]
            for row in package.read_editorial(folder, name)
            for word in (row["words"] or "").split("|")
            if word
        }
        for name in ("subjects", "reasons")
    }
    return Vocabulary(words["subjects"], words["reasons"])
