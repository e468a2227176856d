"""What guards each printed figure: the checks that a change of one unit of its last digit breaks.

Caught means that a check that held before fails after. Nothing is compared with a stored copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from ..checks import Check, Verdict, catalogue, evaluate
from ..forms.layout import BY_TABLE
from ..model.disclosure import Disclosure
from ..model.expressions import Cell, Claim, Count, Leaf
from .evidence import grade


class Printed(NamedTuple):
    """A printed figure: its resource, the key of its row (a line or a claim's id), its column.

    `kind` is amount (yuan), percentage, weight, target, or the kind of a claim; `unit` is one
    unit of its last printed digit.
    """

    resource: str
    key: int | str
    column: str
    kind: str
    value: Decimal
    unit: Decimal

    @property
    def anchor(self) -> str:
        """The anchor of its row in the data pages."""
        return f"claim-{self.key}" if self.resource == "claims" else f"line-{self.key}"

    @property
    def passport(self) -> str:
        """The anchor of its passport there."""
        return passport(self.resource, self.key, self.column)


def passport(resource: str, row: int | str, column: str) -> str:
    """Return the anchor of a figure's passport: by line and column, or by a claim's id."""
    return f"figure-{row}" if resource == "claims" else f"figure-{row}-{column}"


class Guard(NamedTuple):
    """A printed figure with the checks that guard it and the best grade among them.

    `grade` is A, B or C as in `checks.evidence.grade`, or empty where nothing guards it.
    """

    figure: Printed
    checks: Sequence[str]
    grade: str


#: Kind of figure → why nothing in the document can guard one that stands alone.
ALONE = {
    "target": "an indicator's target is printed once and nothing is computed from it",
    "count": "counted once; the document lists nothing that could be counted again",
    "growth": "a rate from nothing is undefined, whatever is printed",
    "year": "a year of the project's own history, printed once",
    "rate": "promised once, in a goal that no indicator repeats",
}


class Pair(NamedTuple):
    """Two figures that offset each other: one more by a unit, the other less."""

    first: Printed
    second: Printed
    together: str
    checks: Sequence[str]


def printed(disclosure: Disclosure) -> Iterator[Printed]:
    """Yield every printed figure: amounts, percentages, weights, targets, and the text's."""
    for table, rows in disclosure.tables.items():
        layout = BY_TABLE[table]
        kinds: dict[str, str] = {
            c.name: c.kind for c in layout.columns if c.kind in ("amount", "percent")
        }
        if layout.form:
            kinds = {"amount": "amount", "second_amount": "amount"}
            kinds |= {"weight": "number", "target": "number"}
        for row in rows:
            for column, kind in kinds.items():
                value = _decimal(row[column])
                if value is not None:
                    name = {"number": column, "percent": "percentage"}.get(kind, "amount")
                    yield Printed(table, row["line"], column, name, value, _unit(value))
    for claim in disclosure.claims:
        if claim["value"] is not None:
            value = claim["value"]
            yield Printed("claims", claim["id"], "value", claim["kind"], value, _unit(value))


def _decimal(content: Any) -> Decimal | None:
    if content is None or isinstance(content, Decimal):
        return content
    text = str(content).removesuffix("%")
    return Decimal(text) if text.removeprefix("-").replace(".", "", 1).isdigit() else None


def _unit(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def changed(disclosure: Disclosure, figures: Mapping[Printed, Decimal]) -> Disclosure:
    """Return the disclosure with each figure more by so much."""
    tables, claims = dict(disclosure.tables), list(disclosure.claims)
    for figure, more in figures.items():
        if figure.resource == "claims":
            at = next(i for i, c in enumerate(claims) if c["id"] == figure.key)
            claims[at] = {**claims[at], "value": figure.value + more}
        else:
            rows = tables[figure.resource]
            tables[figure.resource] = tuple(_with(r, figure, more) for r in rows)
    return replace(disclosure, tables=tables, claims=tuple(claims))


def _with(row: dict[str, Any], figure: Printed, more: Decimal) -> dict[str, Any]:
    if row["line"] != figure.key:
        return row
    old, value = row[figure.column], figure.value + more
    new = value if isinstance(old, Decimal) else f"{value}{'%' if old.endswith('%') else ''}"
    return {**row, figure.column: new}


class Watch:
    """The checks of a disclosure that hold, ready to be judged again on changed figures."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        results = evaluate(catalogue(disclosure), disclosure)
        held = (Verdict.HOLDS, Verdict.ROUNDED)
        self._by_leaf: dict[tuple[str, int | str, str], list[Check]] = {}
        self._counting: list[Check] = []
        self.grades = {result.check.id: grade(result.check) for result in results}
        for result in results:
            if result.verdict in held:
                self._note(result.check)

    def _note(self, check: Check) -> None:
        leaves = [*check.left.leaves(), *check.right.leaves()]
        if any(isinstance(leaf, Count) for leaf in leaves):
            self._counting.append(check)
            return
        for read in dict.fromkeys(map(key, leaves)):
            self._by_leaf.setdefault(read, []).append(check)

    def broken(self, figures: Mapping[Printed, Decimal]) -> list[str]:
        """Return the ids of the checks that held and fail once the figures are changed."""
        touched = {
            check.id: check
            for figure in figures
            for check in self._by_leaf.get((figure.resource, figure.key, figure.column), ())
        }
        checks = [*touched.values(), *self._counting]
        results = evaluate(checks, changed(self.disclosure, figures))
        return [result.check.id for result in results if result.verdict is Verdict.FAILS]


def key(leaf: Leaf) -> tuple[str, int | str, str]:
    """Return the resource, row and column of what a check reads; the column of a count is empty."""
    match leaf:
        case Cell():
            return leaf.table, leaf.line, leaf.column
        case Claim():
            return "claims", leaf.id, "value"
    return "", leaf.address, ""


def guards(disclosure: Disclosure) -> list[Guard]:
    """Return every printed figure with what guards it, in printed order."""
    watch = Watch(disclosure)
    result = []
    for figure in printed(disclosure):
        broken = watch.broken({figure: figure.unit})
        grades = sorted(watch.grades[check] for check in broken)
        result.append(Guard(figure, broken, grades[0] if grades else ""))
    return result


def pairs(disclosure: Disclosure) -> Iterator[Pair]:
    """Yield every pair of amounts of a table that offset each other in a column or in a row.

    `together` says which; a pair of one hierarchy is a pair of one column.
    """
    watch = Watch(disclosure)
    figures = [f for f in printed(disclosure) if f.kind == "amount" and f.resource != "claims"]
    for first, second in combinations(figures, 2):
        if first.resource != second.resource:
            continue
        together = (
            "column" if first.column == second.column else "row" if first.key == second.key else ""
        )
        if together:
            broken = watch.broken({first: first.unit, second: -first.unit})
            yield Pair(first, second, together, broken)
