"""Where a rule's terms stand in a disclosure, and whether its condition is met there."""

from __future__ import annotations

from collections.abc import Iterator

from ..forms import plain
from ..forms.rules import EACH, Rule, Term, rules
from ..model.address import Address
from ..model.cells import cell, when_printed, whole_column
from ..model.disclosure import Disclosure
from ..model.expressions import Cell, Expression, Inapplicable, Missing, total
from ..package.store import Row
from .check import Check

#: Row of a term that is the account which the text names.
ITS_CODE = "its code"
_ALL = "all"


def rows(disclosure: Disclosure, term: Term) -> Iterator[Row]:
    """Yield the printed rows of a term's table that have its column."""
    return iter(disclosure.tables.get(term.table, ()))


def figure(disclosure: Disclosure, term: Term, code: str = "") -> Expression | None:
    """Return what a term reads, None if its table has no such row or is not printed.

    In each row it is the sum of the column, unknown where the table is not printed.
    """
    if term.row == EACH and disclosure.form.tables[term.table].form:
        return project_budgets(disclosure)
    if term.row == EACH:
        return whole_column(disclosure, term.table, term.column)
    address = Address(term.table, (code if term.row == ITS_CODE else term.row,), term.column)
    grid = disclosure.form.tables[term.table].kind == "grid"
    return Cell(address, grid) if disclosure.at(address) else None


def empty(disclosure: Disclosure, table: str) -> str:
    """Return that a table is printed empty, empty if it is not."""
    states = [entry["state"] for entry in disclosure.listing if entry["table"] == table]
    words = disclosure.form.tables[table].words[0]
    return f"{words} is printed empty" if "printed empty" in states else ""


def unprinted(disclosure: Disclosure, term: Term) -> str:
    """Return what is missing where a term cannot be read: its table or its row."""
    words = disclosure.form.tables[term.table].words[0]
    if term.table not in disclosure.tables:
        return f"{words}, which is not printed"
    return f"the row {term.row} of {words}, which is not printed"


def project_budgets(disclosure: Disclosure) -> Expression:
    """Return the sum of the budgets of the projects in table 17."""
    budgets = total([Cell(project.address) for project in disclosure.projects])
    return when_printed(disclosure, "project-targets", budgets)


def other_source(disclosure: Disclosure) -> str:
    """Return what shows that money comes from other sources than one, empty if nothing does.

    The rule `one source` of the form says where the one and the others stand.
    """
    for rule in rules(disclosure.form, "one source"):
        known = [(term.table, term.row) for term in rule.of("whole", "sum")]
        for term in rule.of("other"):
            for row in disclosure.tables.get(term.table, ()):
                place = (
                    disclosure.address(row, term.column) if _named(disclosure, term, row) else ()
                )
                if place and row[term.column] and (term.table, place.name) not in known:
                    return Cell(place).words(disclosure.form)[0]
    return ""


def _named(disclosure: Disclosure, term: Term, row: Row) -> bool:
    """Whether a row has the column: on one side of a ledger it may have no name and no cell."""
    named = disclosure.form.tables[term.table].column(term.column).named_by
    return not named or bool(row[named])


def unless(disclosure: Disclosure, *terms: Term) -> str:
    """Return why terms cannot be held against each other; empty if they can.

    Either one asks for money of one source and there are several, or one holds all money and the
    other that of one source.
    """
    mixed = len({term.money for term in terms if term.money}) > 1
    asked = mixed or any(term.condition == "one source" for term in terms)
    return several_sources(disclosure) if asked else ""


def _told_source(disclosure: Disclosure) -> str:
    """Return the income of another source that the text tells of, empty if it tells of none."""
    titles = {row["code"]: str(row["title_en"]) for row in disclosure.reference.get("subjects", ())}
    for claim in disclosure.claims:
        subject: str = claim["subject"]
        another = subject.startswith("income-") and subject != "income-general-public"
        if another and claim["kind"] == "amount" and claim["value"]:
            return titles.get(subject, subject).lower()
    return ""


def several_sources(disclosure: Disclosure) -> str:
    """Return that money comes from several sources, empty if it does not."""
    other = other_source(disclosure) or _told_source(disclosure)
    return f"not all money is of one source: there is {other}" if other else ""


def missing(rule: Rule, family: str, statement: tuple[str, str], what: str, why: str = "") -> Check:
    """Return the check of a rule that the document gives nothing to test.

    `what` is what it would need; or `why` says why the rule is not meant for the document.
    """
    english, chinese = statement
    guards = "a figure or a sentence that is left out"
    sides = apart(why, Missing(what), Missing(what))
    return Check(f"rule.{rule.id}", family, english, chinese, guards, *sides, rule=rule.id)


def apart(why: str, left: Expression, right: Expression) -> tuple[Expression, Expression]:
    """Return two sides, or what says why they do not apply, if something does."""
    return (Inapplicable(why), Inapplicable(why)) if why else (left, right)


def account_named(disclosure: Disclosure, table: str, name: str, column: str) -> Cell | None:
    """Return the cell of the class of a table with that printed name, None if none has it."""
    for row in disclosure.tables.get(table, ()):
        if plain(row["name"] or "") == name and len(row["code"] or "") == 3:
            return cell(disclosure, row, column)
    return None
