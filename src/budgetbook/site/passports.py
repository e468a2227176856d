"""The passports on the data pages: one to unfold for each figure, below the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Any

from ..checks import Result, Verdict
from ..messages import counted, parts, said, translated
from ..model.address import CLAIMS, Address
from ..model.disclosure import Disclosure
from ..proof.derived import Derived
from ..proof.findings import Finding
from ..proof.formulas import rebuilt, spoken
from ..proof.guards import Guard, why_not
from ..proof.passports import Passport
from ..words.naming import Names
from .chinese import chinese
from .goals import COMPUTED, every_passport, guarded, once
from .markup import cite

#: What stands before and after the passports of a page, and where a passport says who uses it.
BEGIN, END = "<!--passports-->", "<!--/passports-->"
USES = "<!--uses {}-->{}<!--/uses-->"
#: So many inputs stand open.
_FEW = 4
_HELD = (Verdict.HOLDS, Verdict.ROUNDED)


def source(disclosure: Disclosure) -> str:
    """Return the disclosure as a source to cite: office, year and title."""
    office, title = disclosure.document["office"], disclosure.document["title"]
    year = disclosure.year
    return said(
        "{office:text}, budget of {year:year}, {title:text}", office=office, year=year, title=title
    )


class Printer:
    """Prints passports as HTML for the pages in book/data."""

    def __init__(self, app: Any) -> None:
        self._disclosure: Disclosure = vars(app)["budget"]
        self._guards = {g.figure.address: g for g in guarded(app)}
        self._names = once(app, "budget_names", lambda: Names(self._disclosure))
        self._texts = {p.address: p.figure for p in every_passport(app)}

    def all(self, found: Iterable[Passport]) -> str:
        """Return the passports of a page, between the marks that finishing looks for."""
        return BEGIN + "".join(map(self.passport, found)) + END

    def passport(self, passport: Passport) -> str:
        """Return one passport: a line that says most of it, and the rest behind it."""
        mine = passport
        where = (mine.row.both, mine.column.both)
        line = said("line {line:text}", line=mine.line) if mine.line else ""
        small = " · ".join(filter(None, (line, mine.origin, mine.tally)))
        fails = " class='fails'" if mine.having(Verdict.FAILS) else ""
        return (
            f'<details class="passport" id="{mine.anchor}"><summary>'
            f"<b>{_words(mine.figure)}</b> {_words(' · '.join(where))}"
            f"<small{fails}>{small}</small></summary>"
            f"{_listed(self._facts(mine))}{self._cite(mine)}</details>"
        )

    def computed(self, found: Iterable[Derived]) -> str:
        """Return the passports of computed amounts, between the same marks."""
        return BEGIN + "".join(map(self._computed, found)) + END

    def _computed(self, mine: Derived) -> str:
        told = _words(mine.told)
        title = said("{figure:text}: {how:text}", figure=mine.text, how=mine.told)
        where = escape(mine.anchor)
        verdicts = dict.fromkeys(result.verdict.words for result in mine.results)
        small = said("computed, not printed")
        if verdicts:
            small = said("computed, not printed · checks: {found:text}", found=", ".join(verdicts))
        return (
            f'<details class="passport" id="{where}"><summary><b>{_words(mine.text)}</b> {told}'
            f"<small>{small}</small></summary>"
            f"{_listed(self._derivation(mine))}"
            f"{cite(title, f'{COMPUTED}.html#{mine.anchor}', self._whose)}</details>"
        )

    def _derivation(self, mine: Derived) -> Iterable[tuple[str, str]]:
        told = escape("：".join(filter(None, ("计算所得，非印出", mine.chinese))), quote=False)
        zh = f"<span lang='zh-Hans'>{told}</span>"
        yield said("Kind 性质"), "".join(parts("Computed, not printed {zh:part}", zh=zh))
        behind = [self._input(address) for address in mine.behind]
        yield said("From 所据数字"), _folded_list(behind)
        if mine.results:
            yield said("Checks 核对"), _list(map(self._sides, mine.results))
        if mine.findings:
            yield said("Findings 发现"), _list(map(_finding, mine.findings))
        yield said("Used in 用于"), USES.format(mine.anchor, "")

    def _input(self, address: Address) -> str:
        where = f"{self._page(address)}#{address.fragment}"
        words = f"{self._names.place(address)}: {self._texts.get(address) or said('blank 空白')}"
        return f'<a href="{escape(where)}">{_words(words)}</a>'

    def _facts(self, mine: Passport) -> Iterable[tuple[str, str]]:
        yield said("Table 表"), _words(mine.table.both)
        row = _words(mine.row.both)
        found = self._disclosure.at(mine.address)
        yield said("Row 行"), f'<a href="#{self._row(mine)}">{row}</a>' if found else row
        yield said("Column 列"), _words(mine.column.both)
        if mine.line:
            yield said("Line 行号"), said("{line:text} of the extracted text", line=mine.line)
        yield said("Origin 来源"), self._origin(mine)
        if failing := mine.having(Verdict.FAILS):
            yield said("Fails 不成立"), _list(map(self._sides, failing))
        if mine.findings:
            yield said("Findings 发现"), _list(map(_finding, mine.findings))
        if open_ := mine.having(Verdict.OPEN):
            yield said("Open 无法检验"), _list(map(self._open, open_))
        if held := mine.having(*_HELD):
            yield said("Holds 成立"), self._held(held)
        if guard := self._guards.get(mine.address):
            yield said("Guarded 看护"), _guard(guard, bool(failing))
        yield said("Used in 用于"), USES.format(mine.anchor, "")

    def _origin(self, mine: Passport) -> str:
        if not mine.formula:
            return mine.origin
        formula = _words(rebuilt(mine.formula, self._names))
        if mine.source:
            page = f"{self._page(mine.source)}#{mine.source.fragment}"
            formula = f'<a class="figure-link" href="{page}">{formula}</a>'
        return f"{mine.origin}: {formula}"

    def _cite(self, mine: Passport) -> str:
        names = {"table": mine.table.english, "row": mine.row.both, "column": mine.column.both}
        names["figure"] = mine.figure
        if mine.line:
            title = said(
                "{table:text}, {row:text}, {column:text}, line {line:text}: {figure:text}",
                line=mine.line,
                **names,
            )
        else:
            title = said(
                "{table:text}, {row:text}, {column:text}, {origin:text}: {figure:text}",
                origin=mine.origin,
                **names,
            )
        address = f"book/data/{self._page(mine.address)}#{mine.anchor}"
        return cite(title, address, self._whose)

    @property
    def _whose(self) -> str:
        return source(self._disclosure)

    def _check(self, result: Result) -> str:
        words = _words(spoken(result.check.statement_en, self._names))
        return f'<a href="../checks.html#check-{escape(result.check.id)}">{words}</a>'

    def _open(self, result: Result) -> str:
        needs = _words(spoken(result.needs, self._names))
        check = self._check(result)
        return "".join(parts("{check:part}: needs {figure:part}", check=check, figure=needs))

    def _sides(self, result: Result) -> str:
        left, right = map(_words, result.sides)
        return f"{self._check(result)}: {left}, {result.relation} {right}"

    def _held(self, held: Sequence[Result]) -> str:
        """Return the checks that hold by family, their number first."""
        count = counted("{number:count} check", "{number:count} checks", len(held))
        ordered = sorted(held, key=lambda result: result.check.family)
        families = [
            f"{translated(family)}: {'; '.join(map(self._check, members))}"
            for family, members in groupby(ordered, key=lambda result: result.check.family)
        ]
        return f"<details><summary>{count}</summary>{_list(families)}</details>"

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


def _finding(finding: Finding) -> str:
    title = escape(finding.sentence("title_en"), quote=False)
    link = f'<a href="../findings.html#finding-{finding.id}">{title}</a>'
    return "".join(parts("{finding:part} (fine)", finding=link)) if finding.fine else link


def _listed(facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{_words(name)}</dt><dd>{text}</dd>" for name, text in facts)
    return f"<dl>{rows}</dl>"


def _folded_list(items: Sequence[str]) -> str:
    """Return items under each other; many are folded, their number first."""
    if len(items) <= _FEW:
        return _list(items)
    count = said("{number:count} figures", number=len(items))
    return f"<details><summary>{count}</summary>{_list(items)}</details>"


def _list(items: Iterable[str]) -> str:
    """Return items under each other; a single one needs no list."""
    found = list(items)
    return found[0] if len(found) == 1 else f"<ul><li>{'<li>'.join(found)}</ul>"


def _guard(guard: Guard, failing: bool) -> str:
    if not guard.checks:
        why = why_not(guard, failing=failing)
        return escape(said("by nothing: {why:text}", why=why))
    return counted(
        "grade {best:text}: changed by one unit of its last digit, it breaks {number:count} check",
        "grade {best:text}: changed by one unit of its last digit, it breaks {number:count} checks",
        len(guard.checks),
        best=guard.grade,
    )
