"""What guards each printed figure: the checks that a change of one unit of its last digit breaks.

Caught means that a check that held before fails after. Nothing is compared with a stored copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from ..checks import Check, Result, Verdict, catalogue, evaluate
from ..forms import Table
from ..messages import message, said
from ..model.address import CLAIMS, Address
from ..model.counting import Count
from ..model.disclosure import Disclosure
from ..model.entries import Entry
from ..model.expressions import Claim, Place
from ..package.store import Row
from .evidence import grade


class Printed(NamedTuple):
    """A printed figure by its address.

    `kind` is amount (yuan), percentage, weight, target, or the kind of a claim; `unit` is one
    unit of its last printed digit.
    """

    address: Address
    kind: str
    value: Decimal
    unit: Decimal


class Guard(NamedTuple):
    """A printed figure with the checks that guard it and the best grade among them.

    `grade` is A, B or C as in `checks.evidence.grade`, or empty where nothing guards it. `held`
    are the checks whose sides change with the figure and that hold all the same.
    """

    figure: Printed
    checks: Sequence[str]
    grade: str
    held: Sequence[str]


#: Kind of figure → why no check guards one that none reads, or none that can be judged.
_ALONE = {
    "target": message(
        "no check that holds compares this target with another figure "
        "没有成立的核对将该指标值与其他数字比较"
    ),
    "count": message("no check counts again what it counts 没有核对重新计数"),
    "growth": message(
        "a rate on a blank is undefined, whatever is printed "
        "以空白为基数的增长率无从计算，无论印出何值"
    ),
    "year": message(
        "the year of something earlier, which no check compares 所记为早前年份，没有核对比较"
    ),
    "rate": message(
        "a rate of a goal, which no check that holds compares 目标中的比率，没有成立的核对比较"
    ),
}


class Pair(NamedTuple):
    """Two figures that offset each other: one more by a unit and the other less, and the reverse.

    A limit notices one direction alone, so `checks` are those that break in either, and none if
    nothing breaks in one of the two.
    """

    first: Printed
    second: Printed
    together: str
    checks: Sequence[str]


def why_not(guard: Guard, *, failing: bool) -> str:
    """Return why nothing guards a figure, which a check that fails reads or none."""
    if failing:
        return said(
            "a check that reads it fails already, and cannot fail once more "
            "读取它的核对已不成立，不会再次不成立"
        )
    if guard.held:
        return said(
            "a check that reads it holds with one unit more as well "
            "多一个单位时，读取它的核对仍成立"
        )
    kind = guard.figure.kind
    return said(
        _ALONE.get(
            kind,
            message(
                "no check that touches it holds in these data 涉及它的核对在这些数据中无一成立"
            ),
        )
    )


def printed(disclosure: Disclosure) -> Iterator[Printed]:
    """Yield every printed figure: amounts, percentages, weights, targets, and the text's."""
    for role, rows in disclosure.tables.items():
        kinds = figure_columns(disclosure.form.tables[role])
        for row in rows:
            for column, kind in kinds.items():
                value = _decimal(row[column])
                if value is not None:
                    yield Printed(disclosure.address(row, column), kind, value, _unit(value))
    for claim in disclosure.claims:
        if claim["value"] is not None:
            value = claim["value"]
            yield Printed(Claim(claim["id"]).address, claim["kind"], value, _unit(value))


def figure_columns(table: Table) -> dict[str, str]:
    """Return the columns of a table in data/ that hold figures, each with its kind, as a word."""
    if table.form:
        amounts = {"amount": "amount", "second_amount": "amount"}
        return amounts | {"weight": message("weight"), "target": message("target")}
    names = {"amount": message("amount"), "percent": message("percentage")}
    return {c.name: names[c.kind] for c in table.columns if c.kind in names}


def _decimal(content: Any) -> Decimal | None:
    if content is None or isinstance(content, Decimal):
        return content
    text = str(content).removesuffix("%")
    return Decimal(text) if text.removeprefix("-").replace(".", "", 1).isdigit() else None


def _unit(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def changed(disclosure: Disclosure, figures: Mapping[Printed, Decimal]) -> Disclosure:
    """Return the disclosure with each figure more by so much.

    No figure is part of an address: what stands where is taken over, only the rows are new.
    """
    tables, claims = dict(disclosure.tables), list(disclosure.claims)
    entries, of_row = dict(disclosure.entries), dict(disclosure._of_row)
    by_claim = dict(disclosure.by_claim)
    for figure, more in figures.items():
        old, column = _found(entries, by_claim, figure.address)
        content, value = old[column], figure.value + more
        percent = "%" if str(content).endswith("%") else ""
        new = {**old, column: value if isinstance(content, Decimal) else f"{value}{percent}"}
        if figure.address.table == CLAIMS:
            claims = [new if claim is old else claim for claim in claims]
            by_claim[new["id"]] = new
            continue
        rows = tables[figure.address.table]
        tables[figure.address.table] = tuple(new if row is old else row for row in rows)
        of_row[id(new)] = moved = [e._replace(row=new) for e in of_row[id(old)]]
        for entry in moved:
            there = entries[entry.address]
            entries[entry.address] = [e._replace(row=new) if e.row is old else e for e in there]
    result = replace(disclosure, tables=tables, claims=tuple(claims))
    known = {"entries": entries, "_of_row": of_row, "by_claim": by_claim}
    vars(result).update(known, form=disclosure.form, _form_keys=disclosure._form_keys)
    return result


def _found(
    entries: Mapping[Address, Sequence[Entry]], by_claim: Mapping[str, Row], address: Address
) -> tuple[Row, str]:
    """Return the row in which a figure stands and its column in data/."""
    if address.table == CLAIMS:
        return by_claim[str(address.of_row)], address.column
    entry = next(e for e in entries[address.of_row] if address.column in e.columns)
    return entry.row, entry.columns[address.column]


class Watch:
    """The checks of a disclosure that hold, ready to be judged again on changed figures."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        results = evaluate(catalogue(disclosure), disclosure)
        held = [r.check for r in results if r.verdict in (Verdict.HOLDS, Verdict.ROUNDED)]
        self.grades = {check.id: grade(check, disclosure) for check in held}
        self._sides = {r.check.id: (r.left, r.right) for r in results}
        self._order = {check.id: n for n, check in enumerate(held)}
        self._readers: dict[Place, list[Check]] = {}
        for check in held:
            for place in {*check.left.reads(), *check.right.reads()}:
                self._readers.setdefault(place, []).append(check)

    def reading(self, address: Address) -> list[Check]:
        """Return the checks that read a figure, by its address or with its whole column."""
        row, column = _found(self.disclosure.entries, self.disclosure.by_claim, address)
        found = list(self._readers.get(address, ()))
        for check in self._readers.get((address.table, column), ()):
            leaves = (*check.left.leaves(), *check.right.leaves())
            counts = [leaf for leaf in leaves if isinstance(leaf, Count)]
            if not counts or any(c.sees(row, column, self.disclosure) for c in counts):
                found.append(check)
        return found

    def moved(self, figures: Mapping[Printed, Decimal]) -> list[Result]:
        """Return the checks that held and whose sides change with the figures, judged anew."""
        touched = {c.id: c for figure in figures for c in self.reading(figure.address)}
        checks = sorted(touched.values(), key=lambda check: self._order[check.id])
        results = evaluate(checks, changed(self.disclosure, figures))
        return [r for r in results if (r.left, r.right) != self._sides[r.check.id]]

    def broken(self, figures: Mapping[Printed, Decimal]) -> list[str]:
        """Return the ids of the checks that held and fail once the figures are changed."""
        return [r.check.id for r in self.moved(figures) if r.verdict is Verdict.FAILS]


def guards(disclosure: Disclosure) -> list[Guard]:
    """Return every printed figure with what guards it, in printed order."""
    watch = Watch(disclosure)
    result = []
    for figure in printed(disclosure):
        found: dict[bool, list[str]] = {True: [], False: []}
        for judged in watch.moved({figure: figure.unit}):
            found[judged.verdict is Verdict.FAILS].append(judged.check.id)
        grades = sorted(watch.grades[check] for check in found[True])
        result.append(Guard(figure, found[True], grades[0] if grades else "", found[False]))
    return result


def pairs(disclosure: Disclosure) -> Iterator[Pair]:
    """Yield every pair of amounts of a table that offset each other in a column or in a row.

    `together` says which; a pair of one hierarchy is a pair of one column, and the two sides of a
    ledger share a row.
    """
    watch = Watch(disclosure)
    figures = [f for f in printed(disclosure) if f.kind == "amount" and f.address.table != CLAIMS]
    for first, second in combinations(figures, 2):
        if first.address.table != second.address.table:
            continue
        (row, column), (other_row, other_column) = (
            _found(disclosure.entries, disclosure.by_claim, figure.address)
            for figure in (first, second)
        )
        together = "column" if column == other_column else "row" if row is other_row else ""
        if together:
            yield Pair(first, second, together, _both_ways(watch, first, second))


def _both_ways(watch: Watch, first: Printed, second: Printed) -> list[str]:
    there = watch.broken({first: first.unit, second: -first.unit})
    back = watch.broken({first: -first.unit, second: first.unit}) if there else []
    return list(dict.fromkeys((*there, *back))) if back else []
