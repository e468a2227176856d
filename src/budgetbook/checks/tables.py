"""Checks inside one table: accounts and the accounts below them, rows, ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from ..forms import plain
from ..forms.rules import Rule, Term, rules
from ..messages import message, said
from ..model.address import TOTAL_ROW
from ..model.cells import cell, label
from ..model.classification import children
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Expression, total
from ..package.store import Row
from .check import Check, check
from .places import apart, empty, missing

_SIDES = {"income": (message("income"), "收入"), "expenditure": (message("expenditure"), "支出")}


def hierarchy(disclosure: Disclosure) -> Iterator[Check]:
    """Each account is the sum of the accounts one level below; the total is that of the classes."""
    for table, rows in disclosure.tables.items():
        if not disclosure.form.has(table, "code"):
            continue
        for row in rows:
            is_total = disclosure.form.wording.is_total(row["name"] or "")
            below = children(row["code"] or "", rows) if row["code"] or is_total else []
            for column in disclosure.form.tables[table].amounts:
                printed = [r[column] for r in (row, *below)]
                if not below or not any(value is not None for value in printed):
                    continue
                yield check(
                    "hierarchy",
                    cell(disclosure, row, column),
                    total([cell(disclosure, r, column) for r in below]),
                    at=str(disclosure.address(row, column)),
                    account=(row["code"] or said("the total"), label(row)),
                )


def row_totals(disclosure: Disclosure) -> Iterator[Check]:
    """In each row the whole is the sum of its parts (rules of the kind `row sum`)."""
    for rule in rules(disclosure.form, "row sum"):
        whole, parts = rule.whole, [term.column for term in rule.of("part")]
        found = False
        for row in disclosure.tables.get(whole.table, ()):
            if any(row[name] is not None for name in (whole.column, *parts)):
                found = True
                yield _row_sum(disclosure, rule, row, parts)
        if not found:
            words = disclosure.form.tables[whole.table].words
            none = missing(disclosure, "row.none", rule, table=words)
            left, right = apart(empty(disclosure, whole.table), none.left, none.right)
            yield replace(none, left=left, right=right)


def _row_sum(disclosure: Disclosure, rule: Rule, row: Row, parts: list[str]) -> Check:
    address = disclosure.address(row, rule.whole.column)
    column = disclosure.form.tables[rule.whole.table].column(rule.whole.column)
    words = said("“{title:name}”", title=(column.title,))
    if column.years_back:
        words = said("“{title:name}” of the year before", title=(column.title,))
    return check(
        "row.total" if address.name == TOTAL_ROW else "row",
        cell(disclosure, row, rule.whole.column),
        total([cell(disclosure, row, part) for part in parts]),
        rule=rule,
        at=str(address),
        row=address.name,
        column=(words, f"{'上年' if column.years_back else ''}“{column.heading}”"),
    )


class _Side(NamedTuple):
    """One side of a ledger: its total, its headings with the rows under each."""

    top: Row
    heads: list[tuple[Row, list[Row]]]


def ledgers(disclosure: Disclosure) -> Iterator[Check]:
    """Each side of a ledger adds up, and income equals expenditure (rules of kind `ledger`)."""
    for rule in rules(disclosure.form, "ledger"):
        sides = [(term, _side(disclosure, term)) for term in rule.terms]
        tops: list[Expression] = []
        for term, side in sides:
            if side:
                tops.append(cell(disclosure, side.top, term.column))
                yield from _ledger(disclosure, rule, term, side)
        if len(tops) < len(sides):
            gone = next(term for term, side in sides if not side)._replace(row=TOTAL)
            yield missing(disclosure, "balance", rule, gone)
        else:
            yield check("balance", *tops, rule=rule)


def _side(disclosure: Disclosure, term: Term) -> _Side | None:
    """Return one side of a ledger, None if its total is not printed."""
    named = disclosure.form.tables[term.table].column(term.column).named_by
    rows = [row for row in disclosure.tables.get(term.table, ()) if row[named]]
    wording = disclosure.form.wording
    heads: list[tuple[Row, list[Row]]] = []
    top = None
    open_ = False
    for row in rows:
        if wording.heads_ledger(row[named]):
            heads.append((row, []))
            open_ = True
        elif top is None and wording.tops_ledger(row[named]):
            top, open_ = row, False
        elif open_:
            heads[-1][1].append(row)
    return _Side(top, heads) if top else None


def _ledger(disclosure: Disclosure, rule: Rule, term: Term, side: _Side) -> Iterator[Check]:
    def added(rows: Iterable[Row]) -> Expression:
        return total([cell(disclosure, row, term.column) for row in rows])

    whole = cell(disclosure, side.top, term.column)
    heads = added(head for head, _ in side.heads)
    english, chinese = _SIDES[term.role]
    words, table, column = (said(english), chinese), term.table, term.column
    yield check("ledger.total", whole, heads, rule=rule, side=words, table=table, column=column)
    named = disclosure.form.tables[term.table].column(term.column).named_by
    for head, below in side.heads:
        if below and any(row[term.column] is not None for row in (head, *below)):
            sides = cell(disclosure, head, term.column), added(below)
            yield check(
                "ledger.heading",
                *sides,
                rule=rule,
                table=table,
                column=column,
                at=plain(head[named]),
                name=head[named],
            )
