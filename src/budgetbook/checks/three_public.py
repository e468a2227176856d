"""Checks of “three public” expenses 三公经费 and agency operating funds 机关运行经费.

Both are parts of the budget seen a second time: every amount of them must be found again in the
economic tables, in the text and in what the text counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..forms import inside
from ..forms.rules import Rule, rules
from ..messages import message, said
from ..model.address import Address
from ..model.cells import accounts, find
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Claim, Inapplicable, Positive, cell_words, total
from ..package.store import Row
from .check import Check, check
from .places import figure, missing
from .text import claimed

#: Column of table 10 → what a sentence on its limit calls it.
_LIMITED = {
    "abroad": message("abroad"),
    "reception": message("reception"),
    "vehicle_running": message("vehicle running"),
    "vehicle_purchase": message("vehicle purchase"),
}


def three_public(disclosure: Disclosure) -> Iterator[Check]:
    """Table 10 against both economic classifications and against the vehicles in the text."""
    for rule in rules(disclosure.form, "item"):
        yield _item(disclosure, rule)
    for rule in rules(disclosure.form, "goes with"):
        yield _goes_with(disclosure, rule)


def _item(disclosure: Disclosure, rule: Rule) -> Check:
    """An item of table 10 is what the department's accounts budget, the government's at most."""
    parts = rule.of("part")
    code = parts[0].row
    tables = [disclosure.form.tables[part.table].words for part in parts]
    english = tables[0][0]
    if len(parts) > 1:
        one, other = (disclosure.form.tables[part.table].number for part in parts[:2])
        english = said("tables {one:count} and {other:count}", one=one, other=other)
    words = english, "、".join(words[1] for words in tables)
    here = figure(disclosure, rule.whole)
    budgeted = total([accounts(disclosure, p.table, [p.row], p.column) for p in parts])
    key = "three-public.item" if rule.relation == "=" else "three-public.limit"
    item = _named(disclosure, rule)
    if here is None:
        return missing(disclosure, key, rule, rule.whole, item=item, tables=words, code=code)
    left, right = (here, budgeted) if rule.relation == "=" else (budgeted, here)
    no_row = all(find(disclosure, p.table, p.row, p.column) is None for p in parts)
    if rule.relation != "=" and no_row and all(p.table in disclosure.tables for p in parts):
        why = said("{tables:text} have no row {code:text}", tables=english, code=code)
        left = right = Inapplicable(why)
    return check(key, left, right, rule=rule, item=item, tables=words, code=code)


def _named(disclosure: Disclosure, rule: Rule) -> tuple[str, str]:
    """Return what a sentence calls an item of table 10, in a limit by its column alone."""
    whole = rule.whole
    words = cell_words(disclosure.form, Address(whole.table, (whole.row,), whole.column))
    if rule.relation == "=":
        return words
    table = disclosure.form.tables[whole.table]
    column = _LIMITED.get(whole.column) or table.column(whole.column).title
    words_of = said("{column:text} of {table:text}", column=inside(column), table=table.words[0])
    return words_of, words[1]


def _goes_with(disclosure: Disclosure, rule: Rule) -> Check:
    """Money for vehicles stands where the text counts vehicles, and nowhere else."""
    subject = rule.of("part")[0].subject
    stated = claimed(disclosure, subject, "count")
    here = figure(disclosure, rule.whole)
    key = f"three-public.{subject}"
    if here is None or not stated:
        return missing(disclosure, key, rule, None if here else rule.whole)
    return check(key, Positive(here), Positive(Claim(stated[-1]["id"])), rule=rule)


def operating_funds(disclosure: Disclosure) -> Iterator[Check]:
    """The stated amount against its definition, its parts, and the scope as it is worded."""
    stated = next(_known(disclosure, "operating-funds", "amount"), None)
    all_funds = find(disclosure, "basic-by-economic", "302", "total")
    if not stated or not all_funds:
        return
    amount = Claim(stated["id"])
    yield check("operating-funds.definition", amount, all_funds)
    own = accounts(disclosure, "basic-by-government", ("50206", "50207", "50208"), "basic")
    yield check("operating-funds.three-public", own, amount)
    units = _known(disclosure, "institutions", "count")
    if any(claim["value"] > 0 and claim["line"] == stated["line"] for claim in units):
        public = find(disclosure, "basic-by-economic", TOTAL, "public_funds") or all_funds
        yield check("operating-funds.as-worded", amount, public)


def _known(disclosure: Disclosure, subject: str, kind: str) -> Iterator[Row]:
    """Yield what the text states of a subject with a figure."""
    return (c for c in claimed(disclosure, subject, kind) if c["value"] is not None)
