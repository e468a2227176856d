"""The passports on the data pages: one to unfold for each figure, below the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Any

from ..checks import Result, Verdict
from ..model.address import CLAIMS, Address
from ..model.disclosure import Disclosure
from ..proof.findings import Finding
from ..proof.guards import Guard, guards, why_not
from ..proof.passports import Passport, passports
from .chinese import chinese
from .figures import once
from .markup import cite

#: What stands before and after the passports of a page, and where a passport says who uses it.
BEGIN, END = "<!--passports-->", "<!--/passports-->"
USES = "<!--uses {}-->{}<!--/uses-->"
_HELD = (Verdict.HOLDS, Verdict.ROUNDED)


def guarded(app: Any) -> list[Guard]:
    """Return what guards each figure, judged once a build."""
    return once(app, "budget_guards", lambda: guards(vars(app)["budget"]))


def every_passport(app: Any) -> list[Passport]:
    """Return all passports, with the checks that only the guards know; made once a build."""
    known = vars(app)
    given = (known["budget"], known["budget_results"], guarded(app))
    return once(app, "budget_passports", lambda: passports(*given))


def source(disclosure: Disclosure) -> str:
    """Return the disclosure as a source to cite: office and title."""
    return f"{disclosure.document['office']}: {disclosure.document['title']}"


class Printer:
    """Prints passports as HTML for the pages in book/data."""

    def __init__(self, app: Any) -> None:
        self._disclosure: Disclosure = vars(app)["budget"]
        self._guards = {g.figure.address: g for g in guarded(app)}

    def all(self, found: Iterable[Passport]) -> str:
        """Return the passports of a page, between the marks that finishing looks for."""
        return BEGIN + "".join(map(self.passport, found)) + END

    def passport(self, passport: Passport) -> str:
        """Return one passport: a line that says most of it, and the rest behind it."""
        mine = passport
        where = (mine.row.both, mine.column.both)
        line = f"line {mine.line} · " if mine.line else ""
        fails = " class='fails'" if mine.having(Verdict.FAILS) else ""
        return (
            f'<details class="passport" id="{mine.anchor}"><summary>'
            f"<b>{_words(mine.figure)}</b> {_words(' · '.join(where))}"
            f"<small{fails}>{line}{mine.origin} · {mine.tally}</small></summary>"
            f"<dl>{''.join(f'<dt>{name}</dt><dd>{text}</dd>' for name, text in self._facts(mine))}"
            f"</dl>{self._cite(mine)}</details>"
        )

    def _facts(self, mine: Passport) -> Iterable[tuple[str, str]]:
        yield "Table", _words(mine.table.both)
        row = _words(mine.row.both)
        found = self._disclosure.at(mine.address)
        yield "Row", f'<a href="#{self._row(mine)}">{row}</a>' if found else row
        yield "Column", _words(mine.column.both)
        if mine.line:
            yield "Line", f"{mine.line} of the published text"
        yield "Origin", self._origin(mine)
        if failing := mine.having(Verdict.FAILS):
            yield "Fails", _list(map(_sides, failing))
        if mine.findings:
            yield "Findings", _list(map(_finding, mine.findings))
        if open_ := mine.having(Verdict.OPEN):
            yield "Open", _list(f"{_check(r)}: needs {_words(r.needs)}" for r in open_)
        if held := mine.having(*_HELD):
            yield "Holds", _folded(held)
        if guard := self._guards.get(mine.address):
            yield "Guarded", _guard(guard, bool(failing))
        yield "Used in", USES.format(mine.anchor, "")

    def _origin(self, mine: Passport) -> str:
        if not mine.formula:
            return mine.origin
        formula = _words(mine.formula)
        if mine.source:
            page = f"{self._page(mine.source)}#{mine.source.fragment}"
            formula = f'<a class="figure-link" href="{page}">{formula}</a>'
        return f"{mine.origin}: {formula}"

    def _cite(self, mine: Passport) -> str:
        names = (mine.table.english, mine.row.both, mine.column.both)
        line = f"line {mine.line}" if mine.line else mine.origin
        title = f"{'; '.join((*names, line))}: {mine.figure}"
        address = f"book/data/{self._page(mine.address)}#{mine.anchor}"
        return cite(title, address, source(self._disclosure))

    def _row(self, mine: Passport) -> str:
        """Return the anchor of the row that a figure is printed in."""
        found = self._disclosure.at(mine.address)
        if found is None or mine.address.table == CLAIMS:
            return mine.address.of_row.fragment
        return self._disclosure.address(found[0]).fragment

    def _page(self, address: Address) -> str:
        """Return the page of a figure, as the data pages call it."""
        table = self._disclosure.form.tables.get(address.table)
        return f"{table.file if table else address.table}.html"


def _words(text: str) -> str:
    return chinese(escape(text, quote=False))


def _check(result: Result) -> str:
    words = _words(result.check.statement_en)
    return f'<a href="../checks.html#check-{result.check.id}">{words}</a>'


def _sides(result: Result) -> str:
    left, right = map(_words, result.sides)
    return f"{_check(result)}: {left}, {result.relation} {right}"


def _finding(finding: Finding) -> str:
    title = escape(finding.sentence("title_en"), quote=False)
    fine = " (fine)" if finding.fine else ""
    return f'<a href="../findings.html#finding-{finding.id}">{title}</a>{fine}'


def _list(items: Iterable[str]) -> str:
    """Return items under each other; a single one needs no list."""
    found = list(items)
    return found[0] if len(found) == 1 else f"<ul><li>{'<li>'.join(found)}</ul>"


def _folded(held: Sequence[Result]) -> str:
    """Return the checks that hold by family, their number first."""
    count = f"{len(held)} check{'s' if len(held) > 1 else ''}"
    ordered = sorted(held, key=lambda result: result.check.family)
    families = [
        f"{family}: {'; '.join(map(_check, members))}"
        for family, members in groupby(ordered, key=lambda result: result.check.family)
    ]
    return f"<details><summary>{count}</summary>{_list(families)}</details>"


def _guard(guard: Guard, failing: bool) -> str:
    if not guard.checks:
        return f"by nothing: {escape(why_not(guard.figure.kind, failing=failing))}"
    count = len(guard.checks)
    return (
        f"grade {guard.grade}: changed by one unit of its last digit, it breaks "
        f"{count} check{'s' if count > 1 else ''}"
    )
