"""Checks inside one table: accounts and the accounts below them, rows, ledgers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..forms import plain
from ..forms.rules import Rule, Term, rules
from ..model.address import TOTAL_ROW
from ..model.cells import cell, label
from ..model.classification import children
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Cell, total
from ..package.store import Row
from .check import Check
from .places import empty, missing, unprinted

_HEAD = re.compile(r"[一二三四五]、")


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
                yield Check(
                    f"hierarchy.{disclosure.address(row, column)}",
                    "hierarchy",
                    f"{row['code'] or 'the total'} is the sum of the accounts one level below it",
                    f"{label(row)}等于其下一级科目之和",
                    "an account misprinted, omitted or placed under the wrong code",
                    cell(disclosure, row, column),
                    total([cell(disclosure, r, column) for r in below]),
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
            table = disclosure.form.tables[whole.table].words
            said = f"in each row of {table[0]} the whole is the sum of its parts"
            what = "an amount in " + table[0] if whole.table in disclosure.tables else ""
            what = what or unprinted(disclosure, whole)
            words = said, f"{table[1]}各行合计等于各部分之和"
            yield missing(rule, "row totals", words, what, empty(disclosure, whole.table))


def _row_sum(disclosure: Disclosure, rule: Rule, row: Row, parts: list[str]) -> Check:
    whole = rule.whole
    address = disclosure.address(row, whole.column)
    column = disclosure.form.tables[whole.table].column(whole.column)
    year = " of the year before" if column.years_back else ""
    of_total = address.name == TOTAL_ROW
    name = "of the total" if of_total else address.name
    return Check(
        f"row.{address}",
        "row totals",
        f"in the row {name}, “{column.title}”{year} is the sum of its parts",
        f"{TOTAL if of_total else name}：合计等于各部分之和",
        "a part or a total misprinted within a row",
        cell(disclosure, row, whole.column),
        total([cell(disclosure, row, part) for part in parts]),
        rule=rule.id,
    )


class _Side(NamedTuple):
    """One side of a ledger: its total, its headings with the rows under each."""

    top: Row
    heads: list[tuple[Row, list[Row]]]


def ledgers(disclosure: Disclosure) -> Iterator[Check]:
    """Each side of a ledger adds up, and income equals expenditure (rules of kind `ledger`)."""
    for rule in rules(disclosure.form, "ledger"):
        sides = [(term, _side(disclosure, term)) for term in rule.terms]
        tops: list[Cell] = []
        for term, side in sides:
            if side:
                tops.append(cell(disclosure, side.top, term.column))
                yield from _ledger(disclosure, rule, term, side)
        statement = "total income equals total expenditure", "收入合计等于支出合计"
        if len(tops) < len(sides):
            gone = next(term for term, side in sides if not side)._replace(row=TOTAL)
            what = unprinted(disclosure, gone)
            yield missing(rule, "income and expenditure", statement, what)
            continue
        income, spent = tops
        yield Check(
            rule.id,
            "income and expenditure",
            *statement,
            "a budget that does not balance, or a misprinted total",
            income,
            spent,
            rule=rule.id,
        )


def _side(disclosure: Disclosure, term: Term) -> _Side | None:
    """Return one side of a ledger, None if its total is not printed."""
    named = disclosure.form.tables[term.table].column(term.column).named_by
    rows = [row for row in disclosure.tables.get(term.table, ()) if row[named]]
    heads: list[tuple[Row, list[Row]]] = []
    top = None
    open_ = False
    for row in rows:
        name = plain(row[named])
        if _HEAD.match(name):
            heads.append((row, []))
            open_ = True
        elif top is None and name.endswith(TOTAL):
            top, open_ = row, False
        elif open_:
            heads[-1][1].append(row)
    return _Side(top, heads) if top else None


def _ledger(disclosure: Disclosure, rule: Rule, term: Term, side: _Side) -> Iterator[Check]:
    def check(
        where: str, words: tuple[str, str], guards: str, left: Row, right: list[Row]
    ) -> Check:
        whole, *below = (cell(disclosure, row, term.column) for row in (left, *right))
        where = f"ledger.{term.table}.{term.column}.{where}"
        family = "income and expenditure"
        return Check(where, family, *words, guards, whole, total(below), rule=rule.id)

    said = f"the total of {term.column} is the sum of its headings", "总计等于各大项之和"
    heads = [head for head, _ in side.heads]
    yield check("total", said, "a heading misprinted or omitted", side.top, heads)
    named = disclosure.form.tables[term.table].column(term.column).named_by
    for head, below in side.heads:
        if below and any(row[term.column] is not None for row in (head, *below)):
            name = head[named]
            words = f"{name} is the sum of the items under it", f"{name}等于其下各项之和"
            yield check(plain(name), words, "an item misprinted or omitted", head, below)
