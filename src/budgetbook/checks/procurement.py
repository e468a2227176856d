"""Checks of government procurement 政府采购: what is bought, for which project, of whose money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..forms import plain
from ..forms.rules import Rule, rules
from ..messages import said
from ..model.cells import accounts, cell, when_printed
from ..model.counting import Column, Count, where
from ..model.disclosure import Disclosure
from ..model.expressions import Cell, Constant, Expression, Positive, total
from ..model.units import project_items
from ..package.store import Row
from .check import Check, check, nothing
from .places import UNITS, apart, missing, unit_words, unless

#: The digits of a project's code that name the year it was first entered in.
_CODE = re.compile(r"\d{6}(?P<year>\d{2})[A-Z]\d+-(?P<name>.+)")


def procurement(disclosure: Disclosure) -> Iterator[Check]:
    """Each purchase names a project with a form, of the same unit, that can pay for it."""
    rows = [row for row in disclosure.tables.get("procurement", ()) if row["project"]]
    if rows:
        other = ("unit_code", "does not begin with", Column("department_code"))
        yield nothing("procurement.unit-codes", "procurement", ("project", "is filled"), other)
    for row in rows:
        yield from _purchase(disclosure, row)
    for rule in rules(disclosure.form, "purchases"):
        yield from _economic(disclosure, rule)


def _purchase(disclosure: Disclosure, row: Row) -> Iterator[Check]:
    address = disclosure.address(row)
    found = _CODE.fullmatch(plain(row["project"]))
    name, own = found["name"] if found else "", disclosure.is_own(row["unit"] or "")
    unit = "ends with" if own else "does not end with"
    same = where(("name", "is", name), ("unit", unit, "|".join(disclosure.own_endings)))
    bought = f"“{row['project']}”, {row['unit']}"
    what = said("forms of the project and unit of {purchase:text}", purchase=bought)
    forms: Expression = Count(what, "projects", same)
    forms = when_printed(disclosure, "project-targets", forms)
    table = disclosure.form.tables["project-targets"].words
    yield check("procurement.project", forms, Constant(1), at=str(address), table=table)
    mine = [
        p for p in disclosure.projects if (plain(p.name), disclosure.is_own(p.unit)) == (name, own)
    ]
    if not mine:
        return
    paid, budget = cell(disclosure, row, "total"), Cell(mine[0].address, True)
    yield check("procurement.budget", paid, budget, at=str(address))
    items = project_items(disclosure)[own]
    if found and int(found["year"]) < disclosure.year % 100 and items:
        before = total([cell(disclosure, item, "prior_total") for item in items])
        yield check("procurement.first-year", Positive(before), Constant(1), at=str(address))


def _economic(disclosure: Disclosure, rule: Rule) -> Iterator[Check]:
    """The purchases of a unit are not more than its project money for goods and capital."""
    own = rule.id.endswith(".own")
    unit = UNITS[own]
    whole, parts = rule.whole, rule.of("part")
    is_own, bought = disclosure.is_own, disclosure.tables.get(whole.table, ())
    rows = [row for row in bought if is_own(row["unit"] or "") == own]
    if not rows:
        yield missing(disclosure, "procurement.economic", rule, unit=unit, whose=unit_words(own))
        return
    paid = total([cell(disclosure, row, whole.column) for row in rows])
    codes = [part.row for part in parts]
    money = accounts(disclosure, parts[0].table, codes, parts[0].column)
    sides = apart(unless(disclosure, whole, *parts), paid, money)
    yield check("procurement.economic", *sides, rule=rule, unit=unit, whose=unit_words(own))
