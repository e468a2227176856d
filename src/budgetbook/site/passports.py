"""The passports on the data pages: one to unfold for each figure, below the rows of its table.

A card is what a link to a passport shows in place: the lines that say most of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Any, NamedTuple

from ..checks import Result, Verdict
from ..messages import both, counted, message, parts, said, translated
from ..model.address import CLAIMS, Address
from ..model.disclosure import Disclosure
from ..proof.derived import Derived
from ..proof.findings import Finding
from ..proof.formulas import rebuilt, spoken
from ..proof.guards import Guard, why_not
from ..proof.passports import Passport
from ..words.naming import Names
from .chinese import chinese
from .goals import COMPUTED, every_passport, goals, guarded, once, page_of
from .markup import cite, relation

#: What stands before and after the passports of a page, and where a passport says who uses it.
BEGIN, END = "<!--passports-->", "<!--/passports-->"
USES = "<!--uses {}-->{}<!--/uses-->"
#: So many inputs stand open.
_FEW = 4
_HELD = (Verdict.HOLDS, Verdict.ROUNDED)
#: Verdict → how many checks have it, those that fail first.
_COUNTED = {
    Verdict.FAILS: message("fail 不成立 {number:count}"),
    Verdict.HOLDS: message("hold 成立 {number:count}"),
    Verdict.ROUNDED: message("hold as printed 按所印精度成立 {number:count}"),
    Verdict.OPEN: message("cannot be tested 无法检验 {number:count}"),
    Verdict.APART: message("do not apply 不适用 {number:count}"),
}
#: Verdict → what it is called.
_SAID = {
    Verdict.FAILS: message("fails 不成立"),
    Verdict.HOLDS: message("holds 成立"),
    Verdict.ROUNDED: message("holds at printed precision 按所印精度成立"),
    Verdict.OPEN: message("cannot be tested 无法检验"),
    Verdict.APART: message("does not apply 不适用"),
}


class Card(NamedTuple):
    """What a link to a figure or a term shows, a line each thing; its amount in print, or none."""

    text: str
    amount: str = ""


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
        self._app = app
        self._disclosure: Disclosure = vars(app)["budget"]
        self._guards = {g.figure.address: g for g in guarded(app)}
        self._names = once(app, "budget_names", lambda: Names(self._disclosure))
        self._texts = {p.address: p.figure for p in every_passport(app)}

    def all(self, found: Iterable[Passport]) -> str:
        """Return the passports of a page, between the marks that finishing looks for."""
        return BEGIN + "".join(map(self.passport, found)) + END

    def cards(self) -> dict[str, Card]:
        """Return page#anchor of each passport and term → its card."""
        cards: dict[str, Card] = {}
        lines: tuple[str, ...]
        for mine in every_passport(self._app):
            at = f"{page_of(self._disclosure, mine.address.table)}.html#{mine.anchor}"
            names = (mine.table.both, mine.row.both, mine.column.both)
            lines = (mine.figure, *names, _briefly(mine))
            cards[at] = self._card(lines, mine.text if mine.is_amount else "")
        for one in goals(self._app).computed.values():
            lines = (one.text, one.told, _chinese(one), _computed(one))
            cards[f"{COMPUTED}.html#{one.anchor}"] = self._card(lines, _cents(one.text))
        for term in self._disclosure.reference["glossary"]:
            lines = (both(term["term_en"], term["term_zh"]), translated(term["definition_en"]))
            cards[f"book/glossary.html#term-{term['id']}"] = self._card(
                (*lines, term["definition_zh"])
            )
        return cards

    def _card(self, lines: Iterable[str], amount: str = "") -> Card:
        return Card(spoken("\n".join(filter(None, lines)), self._names), amount)

    def passport(self, passport: Passport) -> str:
        """Return one passport: a line that says most of it, and the rest behind it."""
        mine = passport
        where = (mine.row.both, mine.column.both)
        fails = " class='fails'" if mine.having(Verdict.FAILS) else ""
        return (
            f'<details class="passport" id="{mine.anchor}"><summary>'
            f"<b>{_words(mine.figure)}</b> {_words(' · '.join(where))}"
            f"<small{fails}>{_words(_briefly(mine))}</small></summary>"
            f"{_listed(self._facts(mine))}{self._cite(mine)}</details>"
        )

    def computed(self, found: Iterable[Derived]) -> str:
        """Return the passports of computed amounts, between the same marks."""
        return BEGIN + "".join(map(self._computed, found)) + END

    def _computed(self, mine: Derived) -> str:
        told = _words(mine.told)
        title = said("{figure:text}: {how:text}.", figure=mine.text, how=mine.told)
        where = escape(mine.anchor)
        return (
            f'<details class="passport" id="{where}"><summary><b>{_words(mine.text)}</b> {told}'
            f"<small>{_words(_computed(mine))}</small></summary>"
            f"{_listed(self._derivation(mine))}"
            f"{cite(title, f'{COMPUTED}.html#{mine.anchor}', self._whose)}</details>"
        )

    def _derivation(self, mine: Derived) -> Iterable[tuple[str, str]]:
        yield said("How 算法"), _words(f"{mine.told}\n{_chinese(mine)}")
        behind = [self._input(address) for address in mine.behind]
        yield said("From 所据数字"), _folded_list(behind)
        if mine.results:
            yield said("Checks 核对"), _list(map(self._sides, mine.results))
        if mine.findings:
            yield said("Findings 发现"), _list(map(_finding, mine.findings))
        yield said("Used in 用于"), USES.format(mine.anchor, "")

    def _input(self, address: Address) -> str:
        where = f"{self._page(address)}#{address.fragment}"
        where_en, where_zh = (self._names.place(address, chinese=zh) for zh in (False, True))
        figure = self._texts.get(address) or said("blank 空白")
        place = both(where_en, where_zh)
        words = said("{place:text}: {figure:text}", place=place, figure=figure)
        return f'<a href="{escape(where)}">{_words(words)}</a>'

    def _facts(self, mine: Passport) -> Iterable[tuple[str, str]]:
        yield said("Table 表"), _words(mine.table.both)
        row = _words(mine.row.both)
        found = self._disclosure.at(mine.address)
        yield said("Row 行"), f'<a href="#{self._row(mine)}">{row}</a>' if found else row
        yield said("Column 列"), _words(mine.column.both)
        if mine.line:
            line = said("{line:text} of the extracted text 提取文本第{line:text}行", line=mine.line)
            yield said("Line 行号"), _words(line)
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
        origin = _words(_origin(mine))
        if not mine.formula:
            return origin
        formula = _words(rebuilt(mine.formula, self._names))
        if mine.source:
            page = f"{self._page(mine.source)}#{mine.source.fragment}"
            formula = f'<a class="figure-link" href="{page}">{formula}</a>'
        return "".join(parts("{origin:part}: {formula:part}", origin=origin, formula=formula))

    def _cite(self, mine: Passport) -> str:
        names = {"table": mine.table.english, "row": mine.row.both, "column": mine.column.both}
        names["figure"] = mine.figure
        if mine.line:
            title = said(
                "{table:text}, {row:text}, {column:text}, line {line:text}: {figure:text}.",
                line=mine.line,
                **names,
            )
        else:
            title = said(
                "{table:text}, {row:text}, {column:text}, {origin:text}: {figure:text}.",
                origin=mine.origin,
                **names,
            )
        address = f"book/data/{self._page(mine.address)}#{mine.anchor}"
        return cite(title, address, self._whose)

    @property
    def _whose(self) -> str:
        return source(self._disclosure)

    def _check(self, result: Result) -> str:
        told = (result.check.statement_en, result.check.statement_zh)
        words = _words(" ".join(spoken(text, self._names) for text in told))
        return f'<a href="../checks.html#check-{escape(result.check.id)}">{words}</a>'

    def _open(self, result: Result) -> str:
        needs = _words(spoken(result.needs, self._names))
        check = self._check(result)
        return "".join(parts("{check:part}: needs {figure:part}", check=check, figure=needs))

    def _sides(self, result: Result) -> str:
        left, right = map(_words, result.sides)
        values = {"check": self._check(result), "relation": _words(relation(result))}
        values |= {"left": left, "right": right}
        return "".join(parts("{check:part}: {left:part}, {relation:part} {right:part}", **values))

    def _held(self, held: Sequence[Result]) -> str:
        """Return the checks that hold by family, their number first."""
        count = counted(
            "{number:count} check {number:count}项核对",
            "{number:count} checks {number:count}项核对",
            len(held),
        )
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


def _briefly(mine: Passport) -> str:
    """Return where a figure comes from and what the checks say of it, in a line."""
    line = said("line {line:text} 第{line:text}行", line=mine.line) if mine.line else ""
    return " · ".join(filter(None, (line, _origin(mine), _checked(mine))))


def _origin(mine: Passport) -> str:
    if mine.formula:
        return said("reconstructed, not in the text that was read 重建，所读文本中未见")
    return said("printed 印出")


def _checked(mine: Passport) -> str:
    """Return how many checks have which verdict."""
    count = Counter(result.verdict for result in mine.checks)
    if not count:
        return said("no check touches it 无核对涉及")
    found = ", ".join(said(_COUNTED[v], number=count[v]) for v in _COUNTED if count[v])
    if mine.formula:
        return said("checks of the figures behind it 对所据数字的核对: {found:text}", found=found)
    return said("checks 核对: {found:text}", found=found)


def _computed(mine: Derived) -> str:
    """Return that an amount is computed, and what the checks say that compute it."""
    found = ", ".join(dict.fromkeys(said(_SAID[result.verdict]) for result in mine.results))
    if not found:
        return said("computed, not printed 计算所得，非印出")
    return said("computed, not printed 计算所得，非印出 · checks 核对: {found:text}", found=found)


def _chinese(mine: Derived) -> str:
    """Return how an amount is computed in Chinese; things that are counted have no name there."""
    return mine.chinese or "由计数算得，算式见英文"


def _cents(text: str) -> str:
    """Return an amount to the cent, which no other figure equals by chance; no other text."""
    return text if text[-3:-2] == "." and text != "0.00" else ""


def _words(text: str) -> str:
    return chinese(escape(text, quote=False))


def _finding(finding: Finding) -> str:
    title = _words(both(finding.sentence("title_en"), finding.sentence("title_zh")))
    link = f'<a href="../findings.html#finding-{finding.id}">{title}</a>'
    return "".join(parts("{finding:part} (fine)", finding=link)) if finding.fine else link


def _listed(facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{_words(name)}</dt><dd>{text}</dd>" for name, text in facts)
    return f"<dl>{rows}</dl>"


def _folded_list(items: Sequence[str]) -> str:
    """Return items under each other; many are folded, their number first."""
    if len(items) <= _FEW:
        return _list(items)
    count = said("{number:count} figures {number:count}个数字", number=len(items))
    return f"<details><summary>{count}</summary>{_list(items)}</details>"


def _list(items: Iterable[str]) -> str:
    """Return items under each other; a single one needs no list."""
    found = list(items)
    return found[0] if len(found) == 1 else f"<ul><li>{'<li>'.join(found)}</ul>"


def _guard(guard: Guard, failing: bool) -> str:
    if not guard.checks:
        why = why_not(guard, failing=failing)
        return _words(said("by nothing 无: {why:text}", why=why))
    told = counted(
        "grade {best:text}: changed by one unit of its last digit, it breaks {number:count} check "
        "{best:text}级：末位改动一个单位，{number:count}项核对不再成立",
        "grade {best:text}: changed by one unit of its last digit, it breaks {number:count} checks "
        "{best:text}级：末位改动一个单位，{number:count}项核对不再成立",
        len(guard.checks),
        best=guard.grade,
    )
    return _words(told)
