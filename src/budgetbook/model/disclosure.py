"""A disclosure in memory: its tables, claims, projects and indicators, with exact money."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from ..errors import InputError
from ..forms import Form, Table, family, plain
from ..messages import said
from ..package.store import Row
from .address import CLAIMS, Address
from .entries import Entry, entries, form_keys

TOTAL = "合计"
#: Relations of an indicator that compare a number with its target; any other one is words.
COMPARISONS = frozenset("≥≤=><")
#: Ten thousand yuan, as the unit of printed amounts.
WAN = "万元"
#: Kinds of claims that round an amount; a threshold is none.
_ROUNDED = ("amount", "change")
_More = ParamSpec("_More")
_Found = TypeVar("_Found")


def unit_of(listing: Sequence[Row], table: str) -> str:
    """Return the unit of a table's printed amounts; one that names none has the others'."""
    named = {entry["table"]: entry["unit"] for entry in reversed(listing) if entry.get("unit")}
    return named.get(table) or next(iter(named.values()), "元")


def _half_unit(amounts: Iterable[Decimal | None]) -> Fraction:
    """Return half a unit of the last digit of amounts in 万元, in yuan; nothing if to the cent.

    A zero at the end may be left out, so the longest of them says how they are printed.
    """
    exponents = (amount.as_tuple().exponent for amount in amounts if amount is not None)
    decimals = max((-e for e in exponents if isinstance(e, int)), default=0)
    return Fraction(0) if decimals >= 6 else Fraction(10_000, 2 * 10**decimals)


class Figure(NamedTuple):
    """One amount with its address: where it is printed, or how it was reconstructed.

    `row` is what names its row as printed, `amount` is in yuan, exact; `line` the line of the
    text (None if reconstructed); `origin` is `published` or `reconstructed`. `formula` is empty
    for a published figure, and `source` is then None; else it is the figure it starts from.
    """

    address: Address
    row: str
    code: str
    year: int
    amount: Decimal
    line: int | None
    origin: str = "published"
    formula: str = ""
    source: Address | None = None

    @property
    def table(self) -> str:
        """The role of its table."""
        return self.address.table

    @property
    def column(self) -> str:
        """The role of its column."""
        return self.address.column


class Project(NamedTuple):
    """A project with a form of its own: its name, its unit, its budget in yuan.

    `key` names its form in addresses; `form` is the number of its form in printed order, `line`
    the line of its budget.
    """

    form: int
    name: str
    unit: str
    budget: Decimal | None
    line: int
    key: str

    @property
    def address(self) -> Address:
        """The address of its budget."""
        return Address("project-targets", (self.key, "budget"), "amount")


class Indicator(NamedTuple):
    """A performance indicator: of a project (`form` ≥ 1) or of the department (`form` 0).

    `weight` is in points; `target` is as printed, `value` its number or None if it has none;
    `address` is that of its row.
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
    address: Address

    @property
    def in_words(self) -> bool:
        """Whether its target is judged in words: its relation compares no numbers."""
        return self.relation not in COMPARISONS

    @property
    def value(self) -> Decimal | None:
        """The target as a number, None for a qualitative target."""
        return Decimal(self.target) if re.fullmatch(r"\d+(\.\d+)?", self.target) else None


class Tables(dict[str, Sequence[Row]]):
    """The printed tables by role; asking for another one raises an InputError that names it."""

    def __missing__(self, role: str) -> Sequence[Row]:
        raise InputError(
            f"{role} is not printed in this disclosure, and what was asked for rests on it: "
            "use a disclosure that prints it"
        )


@dataclass(frozen=True)
class Disclosure:
    """One department's disclosure for one budget year, as data/ holds it.

    `tables` maps the role of each table that has rows to them (dicts; amounts are Decimal in
    yuan, a blank cell is None), and a table that is not printed raises InputError; `listing` is
    the document's list of tables; `claims` the figures stated in its text; `reference` what is
    kept by hand, and the other published resources; of what was judged of another document
    only the rows that name something of this one.
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
    def form(self) -> Form:
        """The form family that it was published in."""
        return family(self.document["form"])

    @cached_property
    def own_endings(self) -> tuple[str, ...]:
        """How the names end that mean the department's own unit 本级.

        What the form says, and the department's own name where a table calls a unit by it, with
        or without the place before it.
        """
        office = plain(self.document["office"] or "")
        units = {entry["compiling_unit"] for entry in self.listing}
        units |= {row["unit"] for row in self.tables.get("procurement", ())}
        named = {unit for unit in units if unit and office.endswith(plain(unit))}
        return (*self.form.wording.own_unit, *sorted(named))

    def is_own(self, unit: str) -> bool:
        """Whether a unit is the department's own unit 本级."""
        return plain(unit).endswith(tuple(map(plain, self.own_endings)))

    def half_unit(self, table: str, claim: str = "") -> Fraction:
        """Return half a unit of the last printed digit of a table's amounts, in yuan.

        Of a `claim` it is that of the amounts that the text states. Nothing is rounded in yuan.
        """
        stated = self.by_claim.get(claim)
        if (stated["unit"] if stated else unit_of(self.listing, table)) != WAN:
            return Fraction(0)
        if stated and stated["kind"] not in _ROUNDED:
            return Fraction(0)
        if table not in self._half_units:
            amounts = (f.amount for f in self.published() if f.table == table)
            claims = (c for c in self.claims if c["unit"] == WAN and c["kind"] in _ROUNDED)
            found = (c["value"] for c in claims) if stated else amounts
            self._half_units[table] = _half_unit(found)
        return self._half_units[table]

    @cached_property
    def rounds(self) -> bool:
        """Whether an amount is printed in 万元, and so rounded."""
        amounts = (claim for claim in self.claims if claim["kind"] in _ROUNDED)
        return any(row["unit"] == WAN for row in (*self.listing, *amounts))

    @cached_property
    def _half_units(self) -> dict[str, Fraction]:
        return {}

    @cached_property
    def entries(self) -> Mapping[Address, Sequence[Entry]]:
        """What each row's address leads to: one row, or of a ledger one a side."""
        found: dict[Address, list[Entry]] = {}
        for entry in entries(self.form, self.tables, self._form_keys):
            found.setdefault(entry.address, []).append(entry)
        return found

    @cached_property
    def _of_row(self) -> Mapping[int, Sequence[Entry]]:
        found: dict[int, list[Entry]] = {}
        for several in self.entries.values():
            for entry in several:
                found.setdefault(id(entry.row), []).append(entry)
        return found

    @cached_property
    def by_claim(self) -> Mapping[str, Row]:
        """The claims by their id, which is their address."""
        return {claim["id"]: claim for claim in self.claims}

    def address(self, row: Row, column: str = "") -> Address:
        """Return the address of a row of a table, or of a cell by its column in data/.

        Raises KeyError for a row that is not one of this disclosure's, or has no such cell.
        """
        mine = self._of_row[id(row)]
        if not column:
            return mine[0].address
        for entry in mine:
            for name, physical in entry.columns.items():
                if physical == column:
                    return Address(entry.address.table, entry.address.row, name)
        raise KeyError(f"{mine[0].address} has no column {column}")

    def at(self, address: Address) -> tuple[Row, str] | None:
        """Return the row that stands at an address and the column in data/, None if none does."""
        if address.table == CLAIMS:
            claim = self.by_claim.get(str(address.of_row))
            return (claim, address.column) if claim else None
        for entry in self.entries.get(address.of_row, ()):
            if not address.column or address.column in entry.columns:
                return entry.row, entry.columns.get(address.column, "")
        return None

    def rows(self, resource: str) -> Sequence[Row]:
        """Return the rows of any resource of data/, none of one that is not there."""
        special = {"tables": self.listing, "claims": self.claims}
        known = special.get(resource) or self.tables.get(resource)
        return known or self.reference.get(resource, ())

    def form_key(self, table: str, form: int) -> str:
        """Return what names one printed form of targets in addresses: its project."""
        return self._form_keys[table, form]

    @cached_property
    def _form_keys(self) -> Mapping[tuple[str, int], str]:
        return form_keys(self.form, self.tables)

    def lacks(self, *roles: str) -> str:
        """Return why what rests on the tables of these roles is not there, empty if all are."""
        return "; ".join(
            said("{table:text} is not printed in this disclosure", table=role)
            for role in roles
            if role not in self.tables
        )

    def row(self, table: str, key: str) -> Row:
        """Return the row of a table whose code is `key`, or whose name is; `TOTAL` is any total.

        KeyError if the table has none, InputError if the table is not printed.
        """
        for row in self.tables[table]:
            name = row.get("name") or ""
            if row.get("code") == key or (name and plain(name) == plain(key)):
                return row
            if key == TOTAL and self.form.wording.is_total(name):
                return row
        raise KeyError(f"{table} has no row {key}")

    def amount(self, table: str, key: str, column: str) -> Decimal | None:
        """Return one amount in yuan by table, code or name, and column; None if printed blank."""
        value: Decimal | None = self.row(table, key)[column]
        return value

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """The projects that have a form of their own, in printed order."""
        projects = []
        for entry in self.listing:
            if entry["table"] != "project-targets" or entry["state"] != "printed":
                continue
            number = entry["occurrence"]
            labels = {
                label.role: row
                for row in self.tables.get("project-targets", ())
                if row["form"] == number
                and (label := self.form.label("project", row["label"] or ""))
            }
            for wanted in ("project", "budget"):
                if wanted not in labels:
                    ours = (x for x in self.form.labels if x.form == "project")
                    word = next(x.printed for x in ours if x.role == wanted)
                    file = self.form.tables["project-targets"].file
                    form = f"form {number} has no row labelled {word}"
                    raise InputError(f"published/{file}.csv: {form}; restore the row")
            name, budget = labels["project"]["text"] or "", labels["budget"]
            unit, key = entry["compiling_unit"] or "", self.form_key("project-targets", number)
            projects.append(Project(number, name, unit, budget["amount"], budget["line"], key))
        return tuple(projects)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of the department (form 0) and of each project."""
        names = {project.form: project.name for project in self.projects}
        found = []
        for table in ("department-targets", "project-targets"):
            ours = table == "project-targets"
            for row in self.tables.get(table, ()):
                if not row["indicator"]:
                    continue
                blank = [x for x in ("weight", "relation", "target", "core") if row[x] is None]
                if blank or (ours and row["form"] not in names):
                    file = self.form.tables[table].file
                    place = f"published/{file}.csv: the indicator of line {row['line']}"
                    raise InputError(f"{place}, column {(*blank, 'form')[0]}: give it a value")
                found.append(
                    Indicator(
                        row["form"] if ours else 0,
                        names[row["form"]] if ours else "",
                        row["indicator"],
                        row["weight"],
                        row["unit"] or "",
                        row["relation"],
                        row["target"],
                        row["core"] == self.form.wording.core[0],
                        row["line"],
                        self.address(row),
                    )
                )
        return tuple(found)

    def published(self) -> Iterator[Figure]:
        """Yield every amount printed in a table, in printed order, with its address."""
        for role, rows in self.tables.items():
            table = self.form.tables[role]
            years = {c.name: self.year - c.years_back for c in table.columns if c.kind == "amount"}
            if table.form:
                years = dict.fromkeys(("amount", "second_amount"), self.year)
            for row in rows:
                for column, year in years.items():
                    if row[column] is not None:
                        address = self.address(row, column)
                        name = _printed_name(table, row, column)
                        code, amount = row.get("code") or "", row[column]
                        yield Figure(address, name, code, year, amount, row["line"])


def _printed_name(table: Table, row: Row, column: str) -> str:
    """Return what names a row where a column of it stands, as printed."""
    if table.form:
        return str(row["label" if column == "amount" else "second_label"] or "")
    own = table.column(column).named_by or table.named_by.split("+")[-1].split("|")[-1]
    return str(row[own] or "") if own else TOTAL


def once(
    function: Callable[Concatenate[Disclosure, _More], _Found],
) -> Callable[Concatenate[Disclosure, _More], _Found]:
    """Keep with a disclosure what a function says of it, so that it is worked out once.

    The other arguments must be hashable. What is returned is shared: nobody may change it.
    """

    @wraps(function)
    def kept(disclosure: Disclosure, /, *args: _More.args, **named: _More.kwargs) -> _Found:
        known: dict[Any, _Found] = vars(disclosure).setdefault("_once", {})
        asked = (f"{function.__module__}.{function.__qualname__}", args, *named.items())
        if asked not in known:
            known[asked] = function(disclosure, *args, **named)
        return known[asked]

    return kept
