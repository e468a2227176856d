"""What a form of disclosure looks like, before any document is opened.

Each form family is a folder of data files beside this module; another form is another folder:

- `form.json`: its name, how titles and the list of tables are worded, units, marks of indicators;
- `tables.csv`: the role of each table, its number in the form, its titles, what names a row;
- `columns.csv`: the columns of each table in printed order, with the headings over them;
- `labels.csv`: the labels of the forms for performance targets; `sections.csv`: those of the text.

Several wordings of one thing stand in one cell, separated by `|`; the first is the usual one.
A family holds no name of a department and no amount.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

Kind = Literal["code", "text", "amount", "percent", "number", "prose"]

#: Where form families lie, a folder each.
FOLDERS = [Path(__file__).parent]

_MARKS = str.maketrans({"(": "（", ")": "）", ":": "：", ",": "，"})
_NUMERALS = "一二三四五六七八九十"


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return `text` without white space and with full-width marks, for comparing names.

    Names are kept as printed; two printings of one name (`维修(护)费`, `维修（护）费`) are equal
    when their plain forms are.
    """
    return re.sub(r"\s", "", text).translate(_MARKS)


@dataclass(frozen=True)
class Column:
    """One column of a table, known by the role `name`.

    `heading` is the usual printed heading next to the rows, `others` its other wordings, `group`
    the printed headings above it (`／` between levels). `{year}` and `{prior}` in headings stand
    for the budget year and the year before; `years_back` says which of the two the amounts belong
    to. `named_by` is the column that names its rows where not all columns share one.
    """

    name: str
    kind: Kind
    heading: str
    title: str
    group: str = ""
    years_back: int = 0
    others: tuple[str, ...] = ()
    named_by: str = ""

    def headings(self, year: int) -> list[str]:
        """Return the printed headings over the column for a budget year, outermost first."""
        fill = {"year": year, "prior": year - 1}
        return [part.format(**fill) for part in (*self.group.split("／"), self.heading) if part]

    def wordings(self, year: int) -> set[str]:
        """Return every heading that may stand over the column, in its plain form."""
        fill = {"year": year, "prior": year - 1}
        return {plain(w.format(**fill)) for w in (*self.headings(year), *self.others)}


@dataclass(frozen=True)
class Table:
    """One table of a form, known by its role.

    `number` is its number in the form's list, `endings` how its title may end, `kind` whether it
    is a grid, a ledger (income and expenditure side by side) or a form (labels and values, then
    indicators); empty for a table that is listed and whose layout has not been seen.
    `classification` is the one that its codes belong to; `named_by` the columns that name a row,
    the first that is filled (`|`) or all of them (`+`).
    """

    role: str
    number: int
    endings: tuple[str, ...]
    title: str
    kind: Literal["grid", "ledger", "form", ""]
    classification: str = ""
    named_by: str = ""
    columns: tuple[Column, ...] = ()

    @property
    def form(self) -> bool:
        """Whether it is a form of labels, values and indicators."""
        return self.kind == "form"

    @property
    def file(self) -> str:
        """The name of its file in data/published/, by the document's own number."""
        return f"table-{self.number:02d}"

    @property
    def words(self) -> tuple[str, str]:
        """What a sentence calls it, in English and in Chinese."""
        tens = "十" * (self.number > 10)
        return f"table {self.number}", f"表{tens}{_NUMERALS[(self.number - 1) % 10]}"

    def column(self, name: str) -> Column:
        """Return the column with that role; KeyError if the table has none."""
        return {column.name: column for column in self.columns}[name]

    @cached_property
    def names(self) -> frozenset[str]:
        """The roles of its columns."""
        return frozenset(column.name for column in self.columns)

    @property
    def amounts(self) -> list[str]:
        """The roles of its columns of money."""
        return [column.name for column in self.columns if column.kind == "amount"]


@dataclass(frozen=True)
class Label:
    """A label of a form for performance targets, and the kind of value that belongs beside it."""

    form: Literal["department", "project"]
    role: str
    wordings: tuple[str, ...]
    kind: Kind
    title: str


@dataclass(frozen=True)
class Section:
    """A section of the text: its role, its titles, whether it states figures."""

    role: str
    titles: tuple[str, ...]
    figures: bool


@dataclass(frozen=True)
class Form:
    """A form family: its tables by role, its labels, its sections, its wording."""

    name: str
    tables: Mapping[str, Table]
    labels: Sequence[Label]
    sections: Sequence[Section]
    wording: Mapping[str, Any] = field(repr=False)

    @property
    def total(self) -> str:
        """The word that names a total."""
        return str(self.wording["total"])

    @cached_property
    def title(self) -> re.Pattern[str]:
        """The pattern of a table's title in its plain form: groups `year` and `ending`."""
        groups = {
            "year": r"(?P<year>\d{4})",
            "place": ".+?",
            "ending": r"(?P<ending>.+表(（.+）)?)",
        }
        parts = re.split(r"\{(\w+)\}", plain(self.wording["title"]))
        return re.compile(
            "".join(groups[p] if n % 2 else re.escape(p) for n, p in enumerate(parts)), re.ASCII
        )

    def titled(self, text: str) -> Table | None:
        """Return the table with that printed title, None if it is no table's title."""
        match = self.title.fullmatch(plain(text))
        ending = match["ending"] if match else None
        return next((t for t in self.tables.values() if ending in t.endings), None)

    def label(self, form: str, text: str) -> Label | None:
        """Return the label of a form that is worded so, None if there is none."""
        found = (x for x in self.labels if x.form == form and plain(text) in x.wordings)
        return next(found, None)

    def section(self, title: str) -> Section | None:
        """Return the section with that printed title, None if the form has none."""
        return next((s for s in self.sections if plain(title) in s.titles), None)

    def has(self, table: str, *columns: str) -> bool:
        """Whether the form has a table with these columns."""
        return table in self.tables and self.tables[table].names.issuperset(columns)


def families() -> list[Form]:
    """Return every form family that is known."""
    names = {path.parent.name for folder in FOLDERS for path in folder.glob("*/form.json")}
    return [family(name) for name in sorted(names)]


def family(name: str) -> Form:
    """Return the form family with that name; KeyError if there is none."""
    for folder in FOLDERS:
        if (folder / name / "form.json").is_file():
            return _read(folder / name)
    raise KeyError(name)


@lru_cache
def _read(folder: Path) -> Form:
    columns: dict[str, list[Column]] = {}
    for row in _rows(folder / "columns.csv"):
        heading, *others = row["headings"].split("|")
        columns.setdefault(row["table"], []).append(
            Column(
                row["name"],
                row["kind"],  # type: ignore[arg-type]
                heading,
                row["title_en"],
                row["group"],
                int(row["years_back"]),
                tuple(others),
                row["named_by"],
            )
        )
    tables = {
        row["role"]: Table(
            row["role"],
            int(row["number"]),
            _wordings(row["titles"]),
            row["title_en"],
            row["kind"],  # type: ignore[arg-type]
            row["classification"],
            row["named_by"],
            tuple(columns.get(row["role"], ())),
        )
        for row in _rows(folder / "tables.csv")
    }
    labels = [
        Label(r["form"], r["role"], _wordings(r["labels"]), r["kind"], r["title_en"])  # type: ignore[arg-type]
        for r in _rows(folder / "labels.csv")
    ]
    sections = [
        Section(row["role"], _wordings(row["titles"]), row["figures"] == "yes")
        for row in _rows(folder / "sections.csv")
    ]
    wording = json.loads((folder / "form.json").read_text(encoding="utf-8"))
    return Form(folder.name, tables, labels, sections, wording)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _wordings(cell: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in cell.split("|"))
