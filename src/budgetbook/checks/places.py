"""Where a rule's terms stand in a disclosure, and whether its condition is met there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from ..forms import inside
from ..forms.rules import EACH, Rule, Term, rules
from ..messages import message, said
from ..model.address import Address
from ..model.cells import when_printed, whole_column
from ..model.disclosure import Disclosure, once
from ..model.expressions import Cell, Expression, Inapplicable, Missing, total
from .check import Check
from .statements import Words, statements

#: Row of a term that is the account which the text names.
ITS_CODE = "its code"
#: What the own unit and an institution are called in ids, and in sentences in Chinese.
UNITS = {True: "own-unit", False: "institution"}
_CALLED = {True: (message("own unit"), "本级"), False: (message("institution"), "下属事业单位")}
#: Whose money a column holds, and one that has what is carried over from the year before, too.
ONE, CARRIED = "general public", "general public, carried over too"


def figure(disclosure: Disclosure, term: Term, code: str = "") -> Expression | None:
    """Return what a term reads, None if its table has no such row or is not printed.

    In each row it is the sum of the column, unknown where the table is not printed.
    """
    if term.row == EACH and disclosure.form.tables[term.table].form:
        return project_budgets(disclosure)
    if term.row == EACH:
        return whole_column(disclosure, term.table, term.column)
    grid = disclosure.form.tables[term.table].kind == "grid"
    for row in [code] if term.row == ITS_CODE else term.rows:
        address = Address(term.table, (row,), term.column)
        if disclosure.at(address):
            return Cell(address, grid)
    return None


def empty(disclosure: Disclosure, table: str) -> str:
    """Return that a table is printed empty, empty if it is not."""
    states = [entry["state"] for entry in disclosure.listing if entry["table"] == table]
    words = disclosure.form.tables[table].words[0]
    return said("{table:text} is printed empty", table=words) if "printed empty" in states else ""


def unprinted(disclosure: Disclosure, term: Term) -> str:
    """Return what is missing where a term cannot be read: its table or its row."""
    words = disclosure.form.tables[term.table].words[0]
    if term.table not in disclosure.tables:
        return said("{what:text}, which is not printed", what=words)
    return said(
        "the row {row:text} of {table:text}, which is not printed", row=term.rows[0], table=words
    )


def project_budgets(disclosure: Disclosure) -> Expression:
    """Return the sum of the budgets of the projects in table 17."""
    budgets = total([Cell(project.address) for project in disclosure.projects])
    return when_printed(disclosure, "project-targets", budgets)


@once
def several_sources(disclosure: Disclosure) -> str:
    """Return what shows that money comes from other sources than one, empty if nothing does.

    Where nothing does and no ledger that was to show it is printed, that is what is returned.
    """
    other = _other_money(disclosure, ONE) or _told_source(disclosure)
    if other:
        return said("not all money is of one source: there is {other:text}", other=other)
    lost = _lost_ledgers(disclosure)
    unknown = said(
        "whether all money is of one source is not known: {lost:text} is not printed", lost=lost
    )
    return unknown if lost else ""


def _lost_ledgers(disclosure: Disclosure) -> str:
    """Return the ledgers that say whose money it is if none is printed though they are listed."""
    ledgers = {t.table for rule in _of_money(disclosure, ONE) for t in rule.of("whole", "sum")}
    listed = dict.fromkeys(e["table"] for e in disclosure.listing if e["table"] in ledgers)
    if ledgers & disclosure.tables.keys():
        return ""
    names = [disclosure.form.tables[role].words[0] for role in listed]
    if not names:
        return ""
    return reduce(lambda a, b: said("{first:text} or {second:text}", first=a, second=b), names)


@once
def _other_money(disclosure: Disclosure, one: str) -> str:
    """Return where other money than one stands, empty if nowhere.

    The rule `one source` of the form for that money says where it and the others stand. On one
    side of a ledger a row may have no name, and then no cell.
    """
    for rule in _of_money(disclosure, one):
        known = {str(found.address) for found in _summed(disclosure, rule)}
        for term in rule.of("other"):
            named = disclosure.form.tables[term.table].column(term.column).named_by
            for row in disclosure.tables.get(term.table, ()):
                if not row[term.column] or (named and not row[named]):
                    continue
                place = disclosure.address(row, term.column)
                if (term.row == EACH or place.name in term.rows) and str(place) not in known:
                    return Cell(place).words(disclosure.form)[0]
    return ""


def _of_money(disclosure: Disclosure, one: str) -> list[Rule]:
    return [rule for rule in rules(disclosure.form, "one source") if rule.whole.money == one]


def _summed(disclosure: Disclosure, rule: Rule) -> list[Cell]:
    """Return the cells of ledgers that hold all money, if it is of the source of a rule."""
    found = (figure(disclosure, term) for term in rule.of("whole", "sum"))
    return [place for place in found if isinstance(place, Cell)]


def all_of_one(disclosure: Disclosure) -> list[Address]:
    """Return where ledgers print all money of the year, if there is none but one source's."""
    places = [c for rule in _of_money(disclosure, ONE) for c in _summed(disclosure, rule)]
    return [place.address for place in places]


def unless(disclosure: Disclosure, *terms: Term) -> str:
    """Return why terms cannot be held against each other; empty if they can.

    Either one asks for money of one source and there are several, or one holds all money and the
    other that of one source; or one holds what is carried over, and the other may not.
    """
    held = {term.money for term in terms if term.money}
    if held == {ONE, CARRIED}:
        carried = _other_money(disclosure, CARRIED)
        told = said("not all money is of this year: there is {other:text}", other=carried)
        return told if carried else ""
    asked = len(held) > 1 or any(term.condition == "one source" for term in terms)
    return several_sources(disclosure) if asked else ""


def _told_source(disclosure: Disclosure) -> str:
    """Return money of another source that the text tells of, empty if it tells of none.

    It is an income, or the spending of a kind of money of which a text may say that there is none.
    """
    none = {rule.whole.subject for rule in rules(disclosure.form, "stated none")}
    for claim in disclosure.claims:
        subject: str = claim["subject"]
        another = subject.startswith("income-") and subject != "income-general-public"
        another = another or subject in none
        if another and claim["kind"] == "amount" and claim["value"]:
            known = disclosure.reference.get("subjects", ())
            titles = {row["code"]: str(row["title_en"]) for row in known}
            return inside(titles.get(subject, subject))
    return ""


def missing(
    disclosure: Disclosure, key: str, rule: Rule, gone: Term | None = None, **places: Words
) -> Check:
    """Return the check of a rule that the document gives nothing to test.

    `key` is the row of statements.csv that says what the rule states, and what it needs. Where a
    table is not printed, or the row of a term is `gone`, it needs that.
    """
    row = statements()[key]
    unread = (t for t in rule.terms[:1] if t.table and t.table not in disclosure.tables)
    term = gone or next(unread, None)
    needed = Missing(unprinted(disclosure, term)) if term else lacking(key, **places)
    guards = said("a figure or a sentence that is left out")
    sides = (needed, needed)
    return Check(f"rule.{rule.id}", row.family, *row.said(places), guards, *sides, rule=rule.id)


def lacking(key: str, **places: Words) -> Missing:
    """Return the side of a check that the document does not have, as its row says it."""
    return Missing(statements()[key].filled("needs", places))


def together(names: Sequence[str]) -> str:
    """Return names of things that are all meant, in one phrase."""
    return reduce(lambda a, b: said("{first:text} and {second:text}", first=a, second=b), names)


def unit_words(own: bool) -> tuple[str, str]:
    """Return what a sentence calls the own unit or an institution, in English and in Chinese."""
    english, chinese = _CALLED[own]
    return said(english), chinese


def apart(why: str, left: Expression, right: Expression) -> tuple[Expression, Expression]:
    """Return two sides, or what says why they do not apply, if something does."""
    return (Inapplicable(why), Inapplicable(why)) if why else (left, right)
