"""Checks between tables: the same quantity in two places, in two classifications, in two years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from ..forms import plain
from ..forms.rules import Rule, Term, rules
from ..model.cells import account, accounts, cell, find
from ..model.classification import INSTITUTIONS, children, crosswalk, renamed
from ..model.disclosure import Disclosure
from ..model.expressions import Cell, Expression, total
from .check import Check, check
from .places import apart, empty, figure, lacking, missing, together, unless


def ties(disclosure: Disclosure) -> Iterator[Check]:
    """The same quantity printed in two tables is the same amount."""
    for kind, found in (("accounts", _accounts), ("total", _totals), ("classes", _classes)):
        for rule in rules(disclosure.form, f"same {kind}"):
            yield from _or_missing(disclosure, rule, list(found(disclosure, rule)))


def _accounts(disclosure: Disclosure, rule: Rule) -> Iterator[Check]:
    """Yield a tie for every account of the first table that the second has too."""
    first, second = rule.whole, rule.of("part")[0]
    for row in disclosure.tables.get(first.table, ()):
        twin = find(disclosure, second.table, row["code"] or plain(row["name"]), second.column)
        if twin and row[first.column] is not None:
            where = f"{disclosure.address(row, first.column)}.{second.table}"
            left = cell(disclosure, row, first.column)
            yield _tie(disclosure, rule, where, (first, left), (second, twin))


def _totals(disclosure: Disclosure, rule: Rule) -> Iterator[Check]:
    """Yield a tie for every two places of one quantity, but for those compared row by row."""
    known = {
        (whole[:4], part[:4])
        for accounts in rules(disclosure.form, "same accounts")
        for whole in accounts.of("whole")
        for part in accounts.of("part")
    }
    placed = [(term, figure(disclosure, term)) for term in rule.terms]
    for term, found in placed:
        if not found and term.table in disclosure.tables and not empty(disclosure, term.table):
            yield _gone(disclosure, rule, term, term.table)
    several = len(rule.terms) > 2
    for (first, left), (second, right) in combinations(placed, 2):
        pair = tuple(
            t._replace(row="each", role=r)[:4] for t, r in ((first, "whole"), (second, "part"))
        )
        if left and right and not (first.row == "total" and pair in known):
            where = f"{first.table}.{first.column}.{second.table}" if several else rule.id
            yield _tie(disclosure, rule, where, (first, left), (second, right))


def _classes(disclosure: Disclosure, rule: Rule) -> Iterator[Check]:
    """Yield a tie for every row of a ledger that bears the name of a class."""
    first, second = rule.whole, rule.of("part")[0]
    named = disclosure.form.tables[first.table].column(first.column).named_by
    for row in disclosure.tables.get(first.table, ()):
        twin = _class_named(disclosure, second, plain(row[named] or ""))
        if twin:
            where = str(disclosure.address(row, first.column))
            left = cell(disclosure, row, first.column)
            yield _tie(disclosure, rule, where, (first, left), (second, twin))
    here = {plain(row[named] or "") for row in disclosure.tables.get(first.table, ())}
    for row in disclosure.tables.get(second.table, ()) if here else ():
        name = plain(row["name"] or "")
        if len(row["code"] or "") == 3 and row[second.column] and name not in here:
            yield _gone(disclosure, rule, first._replace(row=name), row["code"])


def _gone(disclosure: Disclosure, rule: Rule, term: Term, at: str) -> Check:
    """Return the check of a term that its table does not have, though others are there."""
    words = disclosure.form.tables[term.table].words
    gone = missing(disclosure, "tie.none", rule, term, tables=words)
    return replace(gone, id=f"{gone.id}.{at}")


def _class_named(disclosure: Disclosure, term: Term, name: str) -> Expression | None:
    """Return the cell of the class of a term's table with that name, None if none has it."""
    for row in disclosure.tables.get(term.table, ()):
        if name and plain(row["name"] or "") == name and len(row["code"] or "") == 3:
            return cell(disclosure, row, term.column)
    return None


def _or_missing(disclosure: Disclosure, rule: Rule, found: list[Check]) -> Iterator[Check]:
    """Yield what a rule gave, or what says that it gave nothing."""
    yield from found
    if not found:
        gone = next((t for t in rule.terms if t.table not in disclosure.tables), rule.whole)
        names = [disclosure.form.tables[term.table].words for term in rule.terms]
        english, chinese = (list(dict.fromkeys(words)) for words in zip(*names, strict=True))
        tables = together(english), "与".join(chinese)
        yield missing(disclosure, "tie.none", rule, gone, tables=tables)


def _tie(
    disclosure: Disclosure,
    rule: Rule,
    where: str,
    first: tuple[Term, Expression],
    second: tuple[Term, Expression],
) -> Check:
    (one, left), (other, right) = first, second
    return check(
        "tie",
        *apart(unless(disclosure, one, other), left, right),
        rule=rule,
        at=where,
        one=_named(disclosure, left),
        other=_named(disclosure, right),
    )


def _named(disclosure: Disclosure, side: Expression) -> tuple[str, str]:
    words = [leaf.words(disclosure.form) for leaf in side.leaves() if isinstance(leaf, Cell)]
    return " + ".join(w[0] for w in words), " + ".join(w[1] for w in words)


def economic_crosswalk(disclosure: Disclosure) -> Iterator[Check]:
    """The two economic classifications describe the same money."""
    for rule in rules(disclosure.form, "crosswalk"):
        department, government = rule.terms
        terms = disclosure, rule, department, government
        yield from _or_missing(disclosure, rule, [*_sides(*terms), *_groups(*terms)])


def _sides(
    disclosure: Disclosure, rule: Rule, department: Term, government: Term
) -> Iterator[Check]:
    """A class of the department's classification is what the government's groups from it.

    Where the government's table has an account that the crosswalk has not, that is not known.
    """
    groups, made = crosswalk(disclosure), dict[str, list[Expression]]()
    rows = disclosure.tables.get(government.table, ())
    for row in rows:
        if row["code"] in groups:
            side = groups[row["code"]][0][:3]
            made.setdefault(side, []).append(cell(disclosure, row, government.column))
    sides = {code[:3] for codes in groups.values() for code in codes}
    printed = disclosure.tables.get(department.table, ())
    for row in printed if made else ():
        if row["code"] in sides and row[department.column]:
            made.setdefault(row["code"], [])
    other = [r["code"] for r in rows if len(r["code"] or "") == 5 and r["code"] not in groups]
    for side, parts in made.items() if department.table in disclosure.tables else ():
        left = account(disclosure, department.table, side, department.column)
        right = lacking("crosswalk.class", others=", ".join(other)) if other else total(parts)
        yield check("crosswalk.class", left, right, rule=rule, code=side)


def _groups(
    disclosure: Disclosure, rule: Rule, department: Term, government: Term
) -> Iterator[Check]:
    """An account of the government's classification is no more than what it groups."""
    groups = crosswalk(disclosure)
    for row in disclosure.tables.get(government.table, ()):
        code = row["code"] or ""
        if code[:3] == INSTITUTIONS or code not in groups:
            continue
        if department.table in disclosure.tables:
            left = cell(disclosure, row, government.column)
            made_of = accounts(disclosure, department.table, groups[code], department.column)
            yield check("crosswalk.account", left, made_of, rule=rule, code=code)


def like_for_like(disclosure: Disclosure) -> Iterator[Check]:
    """A row without a code takes the place of the account before it in the prior year."""
    rows = list(disclosure.tables.get("spending-by-function", ()))
    for first, second in renamed(disclosure):
        column = "prior_total"
        above = find(disclosure, "spending-by-function", first["code"][:3], column)
        below = [cell(disclosure, row, column) for row in children(first["code"], rows)]
        siblings = [cell(disclosure, row, column) for row in children(first["code"][:3], rows)]
        uncoded = cell(disclosure, second, column, blank_is_zero=False)
        code = first["code"]
        yield check("renamed", uncoded, total(below), code=code, level="items")
        if above:
            yield check("renamed", above, total([*siblings, uncoded]), code=code, level="class")
