"""The passport of each figure: where it stands, where it comes from, which checks touch it.

A figure is printed, or reconstructed with a formula where its table is not printed. A check
touches a figure that one of its sides reads. What a check counts is not read cell by cell; it
touches the figures whose change by one unit it notices, which the guards tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .checks import Result, Verdict
from .checks.expressions import (
    Cell,
    Claim,
    Constant,
    Expression,
    Leaf,
    Percentage,
    Positive,
    Product,
    Quote,
    Rounded,
    Stated,
    Sum,
    Unprinted,
)
from .disclosure import TOTAL, Disclosure, Figure
from .guards import Guard, Printed, key, passport, printed
from .layout import BY_TABLE
from .money import yuan
from .naming import Names, Words
from .reconstruction import absent_tables

#: What the verdicts are called in a count.
_COUNTED = {
    Verdict.FAILS: ("fails", "fail"),
    Verdict.HOLDS: ("holds", "hold"),
    Verdict.ROUNDED: ("holds as printed", "hold as printed"),
    Verdict.OPEN: ("cannot be tested", "cannot be tested"),
}
_TERMS = 4
_LONG = 160


@dataclass(frozen=True)
class Passport:
    """Where a figure comes from.

    `text` is the figure in print, `unit` its unit; `table`, `row` and `column` are names in
    English and Chinese; `line` is None for a reconstructed figure, whose `formula` is not empty
    and whose `source` is the resource and passport that it starts from. `checks` touch it.
    """

    resource: str
    anchor: str
    text: str
    unit: str
    table: Words
    row: Words
    column: Words
    line: int | None
    checks: Sequence[Result]
    formula: str = ""
    source: tuple[str, str] | None = None

    @property
    def origin(self) -> str:
        """How the figure comes to be here."""
        return "reconstructed, not published" if self.formula else "printed"

    @property
    def figure(self) -> str:
        """The figure with its unit."""
        return self.text + ("" if self.unit == "%" else " ") * bool(self.unit) + self.unit

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
        parts = [f"{count[v]} {_COUNTED[v][count[v] > 1]}" for v in _COUNTED if count[v]]
        return "checks: " + ", ".join(parts) if parts else "no check touches it"

    @property
    def short(self) -> str:
        """Return all of it in a line: table, row, column, line, origin, verdicts."""
        line = f"line {self.line}" if self.line else ""
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
        _printed(disclosure, names, figure, touched.get(figure[:3], ()))
        for figure in printed(disclosure)
    ]
    return found + [_reconstructed(disclosure, names, f) for f in absent_tables(disclosure)]


def touching(
    results: Sequence[Result], guards: Iterable[Guard] = ()
) -> Mapping[tuple[str, int | str, str], list[Result]]:
    """Return figure (resource, row, column) → the checks that touch it, in their order."""
    order = {result.check.id: (n, result) for n, result in enumerate(results)}
    names: dict[tuple[str, int | str, str], set[str]] = {}
    for result in results:
        for leaf in _leaves(result):
            names.setdefault(key(leaf), set()).add(result.check.id)
    for guard in guards:
        names.setdefault(guard.figure[:3], set()).update(guard.checks)
    return {
        figure: [result for _, result in sorted((order[i] for i in ids), key=lambda pair: pair[0])]
        for figure, ids in names.items()
    }


def _leaves(result: Result) -> Iterator[Leaf]:
    yield from result.check.left.leaves()
    yield from result.check.right.leaves()


def place(leaf: Leaf) -> tuple[str, str] | None:
    """Return the resource and the anchor of what a check reads: its passport, or its row.

    A word has no passport. A figure that is printed blank has none either; its cell in the data
    pages bears the anchor.
    """
    if isinstance(leaf, Claim) or (isinstance(leaf, Cell) and has_figures(leaf.table, leaf.column)):
        resource, row, column = key(leaf)
        return resource, passport(resource, row, column)
    return leaf.place


def first_place(expression: Expression) -> tuple[str, str] | None:
    """Return the place of the first thing that an expression reads, None if it reads nothing."""
    return next((found for leaf in expression.leaves() if (found := place(leaf))), None)


def source(result: Result, which: str) -> tuple[tuple[str, str] | None, str]:
    """Return the place and the formula of a figure that a finding tells of a check.

    `which` is `left`, `right` or `gap`, what the two sides differ by.
    """
    left, right = result.check.left, result.check.right
    first, second = (right, left) if which == "right" else (left, right)
    found = first_place(first) or first_place(second)
    if which != "gap":
        return found, formula(first)
    return found, _brief(f"{_words(left)} − {_words(right)}", (left, right))


def has_figures(table: str, column: str) -> bool:
    """Whether a column of a table holds figures."""
    if BY_TABLE[table].form:
        return column in ("amount", "second_amount", "weight", "target")
    return BY_TABLE[table].column(column).kind in ("amount", "percent")


def formula(expression: Expression) -> str:
    """Return how a figure is derived, empty for one that is read as it is printed."""
    if isinstance(expression, (Leaf, Constant, Quote)):
        return ""
    if _alone(expression):
        return ""
    text = _words(expression)
    if isinstance(expression, Sum):
        text = text.removeprefix("(").removesuffix(")")
    return _brief(text, (expression,))


def _brief(text: str, expressions: Iterable[Expression]) -> str:
    """Return a formula, or what it is computed from where it is too long to read."""
    if len(text) <= _LONG:
        return text
    count = len({key(leaf) for expression in expressions for leaf in expression.leaves()})
    return f"computed from {count} figures"


def _alone(expression: Expression) -> bool:
    """Whether an expression is a sum of one thing that is printed."""
    match expression:
        case Sum(((1, Leaf()),)):
            return True
    return False


def _words(expression: Expression) -> str:
    match expression:
        case Leaf():
            return expression.address
        case Constant(number):
            return str(number)
        case Quote(text):
            return f"“{text}”"
        case Stated():
            return expression.what
        case Unprinted(table):
            return table
        case Sum(terms):
            signed = [f"{'−' if sign < 0 else '+'} {_words(term)}" for sign, term in terms[:_TERMS]]
            text = " ".join(signed).removeprefix("+ ")
            more = f" + … ({len(terms)} terms)" if len(terms) > _TERMS else ""
            return f"({text}{more})" if len(terms) > 1 else text
        case Product(first, second):
            return f"{_words(first)} × {_words(second)}"
        case Percentage(part, whole):
            return f"{_words(part)} ÷ {_words(whole)} × 100"
        case Rounded(exact):
            return f"{_words(exact)}, rounded"
        case Positive(amount):
            return f"{_words(amount)} above nothing"
    raise TypeError(f"no words for {type(expression).__name__}")


def _printed(
    disclosure: Disclosure, names: Names, figure: Printed, checks: Sequence[Result]
) -> Passport:
    row = (
        disclosure.by_claim[str(figure.key)]
        if figure.resource == "claims"
        else disclosure.by_line[figure.resource][int(figure.key)]
    )
    plain = figure.kind in ("year", "month")
    return Passport(
        figure.resource,
        figure.passport,
        str(figure.value) if plain else f"{figure.value:,}".replace("-", "−"),
        _unit(figure, row),
        names.table(figure.resource),
        names.row(figure.resource, row, figure.column),
        names.column(figure.resource, row, figure.column),
        row["line"],
        checks,
    )


def _unit(figure: Printed, row: Mapping[str, Any]) -> str:
    if figure.resource == "claims" or figure.kind == "target":
        return row["unit"] or ""
    return {"amount": "yuan", "percentage": "%", "weight": "points"}[figure.kind]


def _reconstructed(disclosure: Disclosure, names: Names, figure: Figure) -> Passport:
    """Return the passport of a figure of an absent table; its address does not count rows."""
    forms = {p.name: p.line for p in disclosure.projects}
    own = f"L{forms[figure.row]}" if figure.row in forms else figure.row
    total = figure.row == TOTAL
    return Passport(
        figure.table,
        f"figure-{'total' if total else own}-{figure.column}",
        yuan(figure.amount),
        "yuan",
        names.table(figure.table),
        names.named(figure.row),
        names.title(figure.column),
        None,
        (),
        figure.formula,
        _source(disclosure, figure, forms),
    )


def _source(
    disclosure: Disclosure, figure: Figure, forms: Mapping[str, int]
) -> tuple[str, str] | None:
    """Return where the formula of a reconstructed figure begins."""
    table, row, column = figure.formula.partition(" ")[0].split(":")
    line = forms.get(row) or disclosure.row(table, row)["line"]
    return table, passport(table, line, column)
