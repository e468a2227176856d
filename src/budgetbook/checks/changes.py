"""Checks of changes, growth rates and shares: in the text and in table 5, as printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ..forms.rules import Rule, rules
from ..messages import said
from ..model.cells import cell, no_column, when_printed
from ..model.disclosure import Disclosure
from ..model.expressions import (
    Cell,
    Claim,
    Constant,
    Expression,
    Percentage,
    Positive,
    Stated,
    total,
)
from ..package.store import Row
from .check import Check, check
from .places import apart, lacking, missing, several_sources
from .text import amounts, claim_names, printed, stated, subject_names

#: The two halves of all expenditure.
NATURES = ("basic", "project")


def changes(disclosure: Disclosure) -> Iterator[Check]:
    """A change stated in the text is this year's amount less last year's."""
    for claim in disclosure.claims:
        if claim["kind"] == "change":
            name = claim_names(disclosure, claim)
            yield check("change", *_change(disclosure, claim), claim=claim["id"], name=name)
    for subject, rule in amounts(disclosure).items():
        told = any(c["kind"] == "change" and c["subject"] == subject for c in disclosure.claims)
        if rule.first("prior") and not told:
            name = subject_names(disclosure, subject)
            untold = missing(disclosure, "change.untold", rule, name=name)
            yield replace(untold, id=f"{untold.id}.change")


def _change(disclosure: Disclosure, claim: Row) -> tuple[Expression, Expression]:
    """Return both sides: the stated change, and what the two years' amounts give."""
    now, before = stated(disclosure, claim), stated(disclosure, claim, "prior")
    if claim["subject"] in NATURES:
        moved = nature_change(disclosure, claim["subject"])
        return apart(several_sources(disclosure), Claim(claim["id"]), moved)
    if claim["direction"] == "unchanged" and now and before:
        return now, before
    if now and before:
        return Claim(claim["id"]), now - before
    name, _ = claim_names(disclosure, claim)
    subject, year = claim["subject"], disclosure.year
    account = claim["code"] or claim["label"] or "" if subject == "function" else ""
    this = said("this year's amount of {name:text}", name=name)
    last = said("last year's amount of {name:text}", name=name)
    this_year = now or Stated(subject, year, this, account)
    return Claim(claim["id"]), this_year - Stated(subject, year - 1, last, account)


def listed_changes(disclosure: Disclosure) -> Iterator[Check]:
    """The changes that the text gives item by item add up to the change of the whole."""
    changes = [c for c in disclosure.claims if c["kind"] == "change"]
    # an account that no table has stands with its printed path, which ends with an item
    listed = [c for c in changes if len(c["code"] or "") == 7 or "（项）" in (c["label"] or "")]
    whole = next((c["id"] for c in changes if c["subject"] == "expenditure"), None)
    if listed and whole:
        items = _all_of(disclosure, "change.items", listed, "元")
        yield check("change.items", *apart(several_sources(disclosure), items, Claim(whole)))


def _all_of(disclosure: Disclosure, key: str, claims: Sequence[Row], unit: str) -> Expression:
    """Return the sum of claims, or what says that a figure of that unit beside them is unread."""
    sections = {claim["section"] for claim in claims}
    for row in disclosure.reference.get("unread", ()):
        if row["section"] in sections and row["printed"].endswith(unit):
            return lacking(key, printed=row["printed"], line=str(row["line"]))
    return total([Claim(claim["id"]) for claim in claims])


def nature_change(disclosure: Disclosure, nature: str) -> Expression:
    """Return the change of basic or project expenditure, from the items of table 5.

    Last year's split is not printed. An item that has project and no basic money this year, or
    no money at all, is taken as a project item in both years.
    """
    terms: list[Expression] = []
    if not disclosure.form.has("spending-by-function", "basic"):
        return no_column(disclosure, "spending-by-function", "basic")
    for row in disclosure.tables.get("spending-by-function", ()):
        if len(row["code"] or "") == 7 and (row["basic"] is None) == (nature == "project"):
            terms.append(cell(disclosure, row, "total") - cell(disclosure, row, "prior_total"))
    return when_printed(disclosure, "spending-by-function", total(terms))


def growth(disclosure: Disclosure) -> Iterator[Check]:
    """A growth rate, in the text or in table 5, is the rounded rate of the two years' amounts."""
    for claim in disclosure.claims:
        now, before = stated(disclosure, claim), stated(disclosure, claim, "prior")
        if claim["kind"] != "growth":
            continue
        at, rate = claim["id"], Claim(claim["id"])
        if now and before:
            exact = Percentage(now - before, before)
            yield check("growth", exact, rate, decimals=claim["decimals"], at=at)
        if isinstance(before, Cell):
            name = claim_names(disclosure, claim)
            yield check("growth.undefined", Positive(before), Constant(1), claim=at, name=name)
    yield from _rates_untold(disclosure)
    for rule in rules(disclosure.form, "growth"):
        yield from _printed_growth(disclosure, rule)


def _rates_untold(disclosure: Disclosure) -> Iterator[Check]:
    """Yield a check for every item whose change the text states without its rate of growth."""
    told = {c["code"] for c in disclosure.claims if c["kind"] == "growth"}
    for claim in disclosure.claims:
        code = claim["code"] or ""
        if claim["kind"] == "change" and claim["value"] and len(code) == 7 and code not in told:
            name = claim_names(disclosure, claim)
            sides = Constant(1), lacking("growth.untold", name=name)
            yield check("growth.untold", *sides, rule=f"growth.{code}", code=code, name=name)


def _printed_growth(disclosure: Disclosure, rule: Rule) -> Iterator[Check]:
    rate, this, last = rule.terms
    rows = [r for r in disclosure.tables.get(rate.table, ()) if r[rate.column] is not None]
    for row in rows:
        now, before = (cell(disclosure, row, term.column) for term in (this, last))
        there = cell(disclosure, row, rate.column, blank_is_zero=False)
        exact, at = Percentage(now - before, before), str(disclosure.address(row, rate.column))
        yield check("growth", exact, there, rule=rule, at=at)
    if not rows:
        words = disclosure.form.tables[rate.table].words
        yield missing(disclosure, "growth.none", rule, table=words)


def shares(disclosure: Disclosure) -> Iterator[Check]:
    """A share in the text is the rounded share; the shares of one whole add up to 100 %."""
    claims = [claim for claim in disclosure.claims if claim["kind"] == "share"]
    yield from _shares_untold(disclosure, claims)
    for claim in claims:
        part = stated(disclosure, claim)
        whole = printed(disclosure, claim["within"] or "expenditure")
        if part and whole:
            at, name, decimals = claim["id"], claim_names(disclosure, claim), claim["decimals"]
            exact = Percentage(part, whole)
            yield check("share", exact, Claim(at), decimals=decimals, claim=at, name=name)
    for (section, within), grouped in groupby(claims, key=lambda c: (c["section"], c["within"])):
        parts = list(grouped)
        if len(parts) > 1:
            yield check(
                "shares",
                _all_of(disclosure, "shares", parts, "%"),
                Constant(100),
                decimals=max(claim["decimals"] for claim in parts),
                terms=len(parts),
                section=section,
                whole=within or "expenditure",
            )


def _shares_untold(disclosure: Disclosure, told: Sequence[Row]) -> Iterator[Check]:
    """Yield a check for every part of all income or expenditure that is stated without its share.

    Where the text says of no part what it is a part of, those are basic and project expenditure.
    """
    known = {(claim["subject"], claim["code"]) for claim in told}
    for claim in disclosure.claims:
        part = claim["within"] in ("income", "expenditure") or claim["subject"] in NATURES
        named = claim["subject"], claim["code"]
        if claim["kind"] == "amount" and claim["value"] and part and named not in known:
            at, name = claim["id"], claim_names(disclosure, claim)
            sides = Constant(1), lacking("share.untold", name=name)
            yield check("share.untold", *sides, rule=f"share.{at}", claim=at, name=name)
