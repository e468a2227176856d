"""What is counted, declared: a resource, and conditions on its columns.

A resource is a table by its role, another resource by its name, or one of the lists below that
are read off the tables (`DERIVED`). A condition is a column, a named operator of `OPERATORS` and
a value: a word, a number, another column of the same row, or an expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from ..forms import plain
from ..messages import said
from .address import Address
from .classification import parent
from .disclosure import Disclosure, once
from .expressions import Expression, Leaf, Place, Value

#: What a row of a resource is called, and its columns.
Record = tuple[str, Mapping[str, Any]]


class Column(NamedTuple):
    """Another column of the same row, as the value of a condition."""

    name: str


def _same(content: Any, value: Any) -> bool:
    if isinstance(content, str) and isinstance(value, str):
        return content == value or plain(content) == plain(value)
    return bool(content == value)


def _any(content: Any, value: Any) -> bool:
    return any(word in (content or "") for word in value.split("|"))


def _ends(content: Any, value: Any) -> bool:
    return plain(content or "").endswith(tuple(map(plain, value.split("|"))))


#: Operator → whether what stands in the column meets it, given the value.
OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": _same,
    "is not": lambda content, value: not _same(content, value),
    "is blank": lambda content, _: not content,
    "is filled": lambda content, _: bool(content),
    "is another amount than": lambda content, value: (content or 0) != (value or 0),
    "is one of": lambda content, value: content in value.split("|"),
    "begins with": lambda content, value: (content or "").startswith(value or "?"),
    "does not begin with": lambda content, value: not (content or "").startswith(value or "?"),
    "ends with": _ends,
    "does not end with": lambda content, value: not _ends(content, value),
    "names one of": _any,
    "names none of": lambda content, value: not _any(content, value),
}


class Condition(NamedTuple):
    """A column, an operator of `OPERATORS`, and a value."""

    column: str
    operator: str
    value: str | int | Column | Expression | None = None

    def meeting(self, records: Sequence[Record], disclosure: Disclosure) -> list[Record]:
        """Return those of some rows that meet it; for none of them its value is worked out."""
        meets, column, value = OPERATORS[self.operator], self.column, self.value
        if isinstance(value, Column):
            other = value.name
            return [r for r in records if meets(r[1].get(column), r[1].get(other))]
        if isinstance(value, Expression) and records:
            same = value.value(disclosure)
            return [r for r in records if meets(r[1].get(column), same)]
        return [r for r in records if meets(r[1].get(column), value)]


@dataclass(frozen=True)
class Count(Leaf):
    """How many rows of a resource meet all conditions; with `distinct`, how many contents.

    `what` says for people what is counted, `chinese` too where it has a name. Several resources
    are joined by `|`.
    """

    what: str
    resource: str
    conditions: tuple[Condition, ...] = ()
    distinct: str = ""
    chinese: str = ""

    def __str__(self) -> str:
        """Return what is counted."""
        return self.what

    def found(self, disclosure: Disclosure) -> list[str]:
        """Return what is counted, each by its address: what offends, where nothing should."""
        return [name for name, _ in self._found(disclosure)]

    def _found(self, disclosure: Disclosure) -> list[Record]:
        found = [
            record
            for name in self.resource.split("|")
            for record in _meeting_first(disclosure, name, self.conditions)
        ]
        for condition in self.conditions:
            found = condition.meeting(found, disclosure)
        return found

    def value(self, disclosure: Disclosure) -> Value:
        """Return the count."""
        found = self._found(disclosure)
        if self.distinct:
            return Fraction(len({plain(row.get(self.distinct) or "") for _, row in found}))
        return Fraction(len(found))

    def sees(self, row: Mapping[str, Any], column: str, disclosure: Disclosure) -> bool:
        """Whether a change in that column of a row of its resource could change the count."""
        others = (
            condition
            for condition in self.conditions
            if condition.column != column and not isinstance(condition.value, Column | Expression)
        )
        return self.resource in DERIVED or all(c.meeting([("", row)], disclosure) for c in others)

    def reads(self) -> Iterator[Place]:
        """Yield the columns that its conditions read, and what stands in their values."""
        for resource in self.resource.split("|"):
            sources = _SOURCES.get(resource, () if resource in DERIVED else (resource,))
            for condition in self.conditions:
                for content in (Column(condition.column), condition.value):
                    if isinstance(content, Expression):
                        yield from content.reads()
                    elif isinstance(content, Column):
                        name = _FIGURES.get((resource, content.name), content.name)
                        yield from ((source, name) for source in sources)


def where(*conditions: tuple[Any, ...]) -> tuple[Condition, ...]:
    """Return conditions written as (column, operator, value)."""
    return tuple(Condition(*condition) for condition in conditions)


@once
def records(disclosure: Disclosure, resource: str) -> Sequence[Record]:
    """Return each row of a resource with what it is called; nothing where it is not at hand.

    They are read once and kept with the disclosure.
    """
    return list(_records(disclosure, resource))


def _meeting_first(
    disclosure: Disclosure, resource: str, conditions: Sequence[Condition]
) -> Sequence[Record]:
    """Return the rows that can meet conditions: if the first names a word, those that hold it."""
    if conditions and conditions[0].operator == "is" and isinstance(conditions[0].value, str):
        return _by_word(disclosure, resource, conditions[0].column).get(
            plain(conditions[0].value), ()
        )
    return records(disclosure, resource)


@once
def _by_word(disclosure: Disclosure, resource: str, column: str) -> Mapping[str, Sequence[Record]]:
    """Return the rows of a resource by the word in one column, in its plain form."""
    found: dict[str, list[Record]] = {}
    for record in records(disclosure, resource):
        word = record[1].get(column)
        if isinstance(word, str):
            found.setdefault(plain(word), []).append(record)
    return found


def _records(disclosure: Disclosure, resource: str) -> Iterator[Record]:
    if resource in DERIVED:
        yield from DERIVED[resource](disclosure)
    elif resource == "claims":
        yield from ((claim["id"], claim) for claim in disclosure.claims)
    elif resource in disclosure.form.tables:
        for row in disclosure.tables.get(resource, ()):
            address = str(disclosure.address(row))
            yield address, {"address": address, **row}
    else:
        for row in disclosure.reference.get(resource, ()):
            yield said("line {line:text}", line=row["line"]), row


def _accounts(disclosure: Disclosure) -> Iterator[Record]:
    """Accounts of all tables with codes: table, code, name, and what their code leads to.

    A code that its classification does not have has the name that it is first printed with.
    """
    first: dict[tuple[str, str], str] = {}
    for table, rows in disclosure.tables.items():
        if not disclosure.form.has(table, "code", "name"):
            continue
        kind = disclosure.form.tables[table].classification
        known = {r["code"]: r["name_zh"] for r in disclosure.reference.get(kind, ())}
        codes = {row["code"] for row in rows}
        for row in rows:
            code, above = row["code"], parent(row["code"] or "")
            if not disclosure.form.wording.is_total(row["name"] or ""):
                found = {"table": table, "code": code, "name": row["name"], "above": above}
                printed = first.setdefault((kind, code or ""), row["name"])
                named = known.get(code, printed if code else None)
                found |= {"above_printed": above in codes, "name_of_code": named}
                yield str(disclosure.address(row)), found


def _printings(disclosure: Disclosure) -> Iterator[Record]:
    """Entries of the list of tables, and whether the title agrees."""
    for entry in disclosure.listing:
        table, nth = entry["table"], entry["occurrence"]
        name = str(Address("tables", (f"{table}~{nth}" if nth > 1 else table,)))
        agrees = disclosure.form.agree(entry["listed_title"], entry["title"] or "")
        yield name, {**entry, "as_listed": agrees or None}


def _projects(disclosure: Disclosure) -> Iterator[Record]:
    """Projects with a form of their own: name, unit."""
    for project in disclosure.projects:
        name = Address("project-targets", (project.key,))
        yield str(name), {"name": project.name, "unit": project.unit}


def _indicators(disclosure: Disclosure) -> Iterator[Record]:
    """Indicators of all forms: table, form, project, name, unit, value of the target."""
    for i in disclosure.indicators:
        whose = {"address": str(i.address), "table": i.address.table, "form": i.form}
        about = {"project": i.project, "name": i.name, "unit": i.unit, "value": i.value}
        yield str(i.address), whose | about


def _amounts(disclosure: Disclosure) -> Iterator[Record]:
    """Amounts printed in tables: table, column."""
    for figure in disclosure.published():
        yield str(figure.address), {"table": figure.table, "column": figure.column}


def _reasons(disclosure: Disclosure) -> Iterator[Record]:
    """Reasons that the text gives: the claim, the way it goes, the way the reason explains."""
    ways = {r["code"]: r["direction"] for r in disclosure.reference["reasons"]}
    for claim in disclosure.claims:
        for code in (claim["reasons"] or "").split():
            about = {"claim": claim["id"], "reason": code, "direction": claim["direction"]}
            yield claim["id"], {**about, "explains": ways.get(code)}


#: Lists that are read off the tables and the text: name → its rows.
DERIVED: Mapping[str, Callable[[Disclosure], Iterator[Record]]] = {
    "accounts": _accounts,
    "amounts": _amounts,
    "indicators": _indicators,
    "printings": _printings,
    "projects": _projects,
    "reasons given": _reasons,
}
#: Of a derived list, where it has any: the tables whose figures it reads, and their columns.
_SOURCES = {"indicators": ("department-targets", "project-targets")}
_FIGURES = {("indicators", "value"): "target"}
