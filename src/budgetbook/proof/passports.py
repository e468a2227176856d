"""The passport of each figure: where it stands, where it comes from, which checks touch it.

A figure is printed, or reconstructed with a formula where its table is not printed. A check
touches a figure that one of its sides reads. What a check counts is not read cell by cell; it
touches the figures whose change by one unit it notices, which the guards tell. A figure that is
not printed is read by no check; those are named that read all the figures behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..analysis.reconstruction import absent_tables
from ..checks import Result, Verdict
from ..exact.money import yuan
from ..messages import counted, message, said, translated
from ..model.address import CLAIMS, Address
from ..model.disclosure import Disclosure, Figure
from ..words.naming import Names, Words
from .findings import Finding, Piece, findings
from .formulas import place, source
from .guards import Guard, Printed, printed

#: How one check and how several checks of a verdict are counted.
_COUNTED = {
    Verdict.FAILS: (message("{number:count} fails"), message("{number:count} fail")),
    Verdict.HOLDS: (message("{number:count} holds"), message("{number:count} hold")),
    Verdict.ROUNDED: (
        message("{number:count} holds as printed"),
        message("{number:count} hold as printed"),
    ),
    Verdict.OPEN: (
        message("{number:count} cannot be tested"),
        message("{number:count} cannot be tested"),
    ),
    Verdict.APART: (
        message("{number:count} does not apply"),
        message("{number:count} do not apply"),
    ),
}


@dataclass(frozen=True)
class Passport:
    """Where a figure comes from.

    `text` is the figure in print, `unit` its unit; `table`, `row` and `column` are names in
    English and Chinese; `line` is None for a reconstructed figure, whose `formula` is not empty
    and whose `source` is the figure that it starts from. `checks` touch it, or read all that it
    is computed from; `findings` tell of it.
    """

    address: Address
    text: str
    unit: str
    table: Words
    row: Words
    column: Words
    line: int | None
    checks: Sequence[Result]
    formula: str = ""
    source: Address | None = None
    findings: Sequence[Finding] = ()

    @property
    def anchor(self) -> str:
        """Its anchor on the page of its table."""
        return self.address.anchor

    @property
    def origin(self) -> str:
        """How the figure comes to be here."""
        if self.formula:
            return said("reconstructed, not in the text that was read")
        return said("printed")

    @property
    def figure(self) -> str:
        """The figure with its unit."""
        if self.unit == "points":
            return said("{number:text} points", number=self.text)
        gap = " " if self.unit not in ("", "%") else ""
        return f"{self.text}{gap}{translated(self.unit)}"

    @property
    def is_amount(self) -> bool:
        """Whether it is money to the cent, which no other figure equals by chance."""
        return self.unit in ("yuan", "元") and self.text[-3:-2] == "." and self.text != "0.00"

    def having(self, *verdicts: Verdict) -> list[Result]:
        """Return the checks that have one of these verdicts."""
        return [result for result in self.checks if result.verdict in verdicts]

    @property
    def tally(self) -> str:
        """Return how many checks have which verdict, failing ones first."""
        count = Counter(result.verdict for result in self.checks)
        verdicts = ", ".join(counted(*_COUNTED[v], count[v]) for v in _COUNTED if count[v])
        if not verdicts:
            return said("no check touches it")
        if self.formula:
            return said("checks of the figures behind it: {verdicts:text}", verdicts=verdicts)
        return said("checks: {verdicts:text}", verdicts=verdicts)

    @property
    def short(self) -> str:
        """Return all of it in a line: table, row, column, line, origin, verdicts."""
        line = said("line {line:text}", line=self.line) if self.line else ""
        parts = (*(w.both for w in (self.table, self.row, self.column)), line, self.origin)
        return " · ".join(part for part in (*parts, self.tally) if part)


def passports(
    disclosure: Disclosure, results: Sequence[Result], guards: Iterable[Guard] = ()
) -> list[Passport]:
    """Return the passport of every figure: the printed ones in order, then the reconstructed.

    `results` are the verdicts on the disclosure, `guards` what `guards.guards` says of it.
    """
    names = Names(disclosure)
    touched = touching(results, guards)
    found = [
        _printed(disclosure, names, figure, touched.get(figure.address, ()))
        for figure in printed(disclosure)
    ]
    found += [_reconstructed(disclosure, names, f, touched) for f in absent_tables(disclosure)]
    register = [
        (finding, {told_at(finding, piece) for piece in finding.figures})
        for finding in findings(disclosure, results)
    ]
    return [replace(one, findings=_telling(one, register)) for one in found]


def _telling(
    passport: Passport, register: Sequence[tuple[Finding, Container[Address | None]]]
) -> list[Finding]:
    """Return the findings whose texts tell of a figure, or whose checks touch it.

    `register` has with each finding the addresses that its texts tell of. Of a finding that
    stands, the checks that fail count; of one that is fine, all.
    """
    mine = {result.check.id for result in passport.checks}
    return [
        finding
        for finding, told in register
        if passport.address in told
        or any(r.check.id in mine for r in (finding.failing or finding.results))
    ]


def told_at(finding: Finding, piece: Piece) -> Address | None:
    """Return the address of a figure that a text of a finding tells of."""
    if piece.place:
        return piece.place
    result = finding.everything.get(piece.check)
    return source(result, piece.side)[0] if result else None


def touching(
    results: Sequence[Result], guards: Iterable[Guard] = ()
) -> Mapping[Address, list[Result]]:
    """Return the address of each figure → the checks that touch it, in their order."""
    order = {result.check.id: (n, result) for n, result in enumerate(results)}
    names: dict[Address, set[str]] = {}
    for result in results:
        for side in (result.check.left, result.check.right):
            for leaf in side.leaves():
                if (address := place(leaf)) is not None:
                    names.setdefault(address, set()).add(result.check.id)
    for guard in guards:
        names.setdefault(guard.figure.address, set()).update(guard.checks)
    return {
        figure: [result for _, result in sorted((order[i] for i in ids), key=lambda pair: pair[0])]
        for figure, ids in names.items()
    }


def read_by_failing(results: Sequence[Result]) -> set[Address]:
    """Return the figures that a check which fails reads, and cannot fail once more."""
    failing = [result for result in results if result.verdict is Verdict.FAILS]
    return set(touching(failing))


def _printed(
    disclosure: Disclosure, names: Names, figure: Printed, checks: Sequence[Result]
) -> Passport:
    found = disclosure.at(figure.address)
    assert found, figure.address
    row, column = found
    table = figure.address.table
    plain = figure.kind in ("year", "month")
    return Passport(
        figure.address,
        str(figure.value) if plain else f"{figure.value:,}".replace("-", "−"),
        _unit(figure, row),
        names.table(table),
        names.row(table, row, column),
        names.column(table, row, column),
        row["line"],
        checks,
    )


def _unit(figure: Printed, row: Mapping[str, Any]) -> str:
    if figure.address.table == CLAIMS or figure.kind == "target":
        return row["unit"] or ""
    return {"amount": "yuan", "percentage": "%", "weight": "points"}[figure.kind]


def _reconstructed(
    disclosure: Disclosure, names: Names, figure: Figure, touched: Mapping[Address, list[Result]]
) -> Passport:
    return Passport(
        figure.address,
        yuan(figure.amount),
        "yuan",
        names.table(figure.table),
        names.named(figure.row),
        names.title(figure.column),
        None,
        _of_all([touched.get(address, []) for address in _behind(disclosure, figure)]),
        figure.formula,
        figure.source,
    )


def _behind(disclosure: Disclosure, figure: Figure) -> list[Address]:
    """Return the figures that a reconstructed one is computed from."""
    found = [figure.source] if figure.source else []
    if " − " in figure.formula:
        found += [project.address for project in disclosure.projects]
    return found


def _of_all(several: Sequence[Sequence[Result]]) -> list[Result]:
    """Return the results that are in all of these lists, in order."""
    shared = set.intersection(*({r.check.id for r in results} for results in several))
    return [result for result in several[0] if result.check.id in shared]
