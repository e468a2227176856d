"""What a form of disclosure looks like, before any document is opened.

Each form family is a folder of data files beside this module; another form is another folder:

- `form.json`: its name, how titles, the list of tables and sections are worded (`Wording`);
- `tables.csv`: the role of each table, its number in the form, its titles, what names a row;
- `columns.csv`: the columns of each table in printed order, with the headings over them;
- `labels.csv`: the labels of the forms for performance targets; `sections.csv`: those of the text.

Several wordings of one thing stand in one cell, separated by `|`; the first is the usual one.
A family holds no name of a department and no amount. Roles of tables and columns are the same in
all families: they are what checks and analyses ask for.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from ..errors import InputError, at_cell
from ..messages import pair
from .wording import Wording, inside, numeral, plain

__all__ = [
    "FOLDERS",
    "Column",
    "Form",
    "Label",
    "Section",
    "Table",
    "families",
    "family",
    "inside",
    "plain",
]

#: What a column holds: `identifier` is a code in digits that no classification has.
Kind = Literal["code", "identifier", "text", "amount", "percent", "number", "prose"]

#: A column of whole numbers, in `_CELLS`.
_COUNT = "[0-9]+"
#: File of a family → its columns that take few words or a number, and which.
_CELLS = {
    "tables.csv": {"number": _COUNT, "kind": "grid|ledger|form|"},
    "columns.csv": {"kind": "|".join(get_args(Kind)), "years_back": _COUNT},
    "labels.csv": {"form": "department|project", "kind": "|".join(get_args(Kind))},
    "sections.csv": {"figures": "yes|no"},
}
#: Where form families lie, a folder each.
FOLDERS = [Path(__file__).parent]


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
    def whose(self) -> Literal["department", "project"]:
        """Whose targets a form holds, which says what labels it has."""
        return "department" if self.role == "department-targets" else "project"

    @property
    def file(self) -> str:
        """The name of its file in data/published/, by the document's own number."""
        return f"table-{self.number:02d}"

    @property
    def words(self) -> tuple[str, str]:
        """What a sentence calls it, in English and in Chinese."""
        if not self.number:
            return pair("the table {role:text}", "“{role:text}”表", role=self.role)
        values = {"number": self.number, "numeral": numeral(self.number)}
        return pair("table {number:count}", "表{numeral:text}", **values)

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


class Tables(dict[str, Table]):
    """The tables of a form by role; one that it does not have has no number, title or column."""

    def __missing__(self, role: str) -> Table:
        return Table(role, 0, (), role, "")


@dataclass(frozen=True)
class Label:
    """A label of a form for performance targets, and the kind of value that belongs beside it."""

    form: Literal["department", "project"]
    role: str
    wordings: tuple[str, ...]
    kind: Kind
    title: str

    @property
    def printed(self) -> str:
        """The usual wording."""
        return self.wordings[0]


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
    wording: Wording = field(repr=False)

    @property
    def total(self) -> str:
        """The usual word that names a total."""
        return self.wording.totals[0]

    def titled(self, text: str) -> Table | None:
        """Return the table with that printed title, None if it is no table's title."""
        title = self.wording.title(text)
        return self._ending(title["ending"]) if title else None

    def listed(self, title: str) -> Table | None:
        """Return the table that the document's list calls so: by its title, or by its own words."""
        return self.titled(title) or self._ending(title)

    def agree(self, listed: str, printed: str) -> bool:
        """Whether a printed title is the one that the list gives, in full or by its own words."""
        if self.wording.title(listed):
            return plain(listed) == plain(printed)
        table = self.titled(printed)
        return table is not None and table == self._ending(listed)

    def _ending(self, words: str) -> Table | None:
        return next((t for t in self.tables.values() if plain(words) in t.endings), None)

    def title(self, table: Table, year: int, place: str = "") -> str:
        """Return the usual title of a table."""
        words = {"year": year, "place": place, "ending": table.endings[0]}
        return self.wording.titles[0].format(**words)

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
        columns.setdefault(row["table"], []).append(_column(row))
    tables = Tables((row["role"], _table(row, columns)) for row in _rows(folder / "tables.csv"))
    for role in columns.keys() - tables.keys():
        raise InputError(f"{folder / 'columns.csv'}: the table {role} is no role of tables.csv")
    for role, table in tables.items():
        for name in re.split("[|+]", table.named_by) if table.named_by else ():
            if name not in table.names:
                path = folder / "tables.csv"
                raise InputError(f"{path}: {role} is named by {name}, which columns.csv lacks")
    labels = [
        Label(r["form"], r["role"], _wordings(r["labels"]), r["kind"], r["title_en"])  # type: ignore[arg-type]
        for r in _rows(folder / "labels.csv")
    ]
    sections = [
        Section(row["role"], _wordings(row["titles"]), row["figures"] == "yes")
        for row in _rows(folder / "sections.csv")
    ]
    return Form(folder.name, tables, labels, sections, _wording(folder / "form.json"))


def _column(row: Mapping[str, str]) -> Column:
    heading, *others = row["headings"].split("|")
    return Column(
        row["name"],
        row["kind"],  # type: ignore[arg-type]
        heading,
        row["title_en"],
        row["group"],
        int(row["years_back"]),
        tuple(others),
        row["named_by"],
    )


def _table(row: Mapping[str, str], columns: Mapping[str, Sequence[Column]]) -> Table:
    return Table(
        row["role"],
        int(row["number"]),
        _wordings(row["titles"]),
        row["title_en"],
        row["kind"],  # type: ignore[arg-type]
        row["classification"],
        row["named_by"],
        tuple(columns.get(row["role"], ())),
    )


def _wording(path: Path) -> Wording:
    about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    try:
        return Wording(**about)
    except TypeError as error:  # a key is missing, or is none
        reason = str(error).partition(" ")[2]
        raise InputError(f"{path}: {reason}; see the keys of another form's form.json") from None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of the folder; a word or number that is none is refused."""
    if not path.is_file():
        raise InputError(f"{path}: not found; a form has it, with the header alone if need be")
    with path.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 1):
            for column, pattern in _CELLS[path.name].items():
                if not re.fullmatch(pattern, row.get(column) or ""):
                    words = (word or "nothing" for word in pattern.split("|"))
                    expected = "a whole number" if pattern == _COUNT else " or ".join(words)
                    raise at_cell(str(path), number, column, repr(row.get(column)), expected)
            yield row


def _wordings(cell: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in cell.split("|"))
