"""Checks of changes, growth rates and shares: in the text and in table 5, as printed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..forms.rules import Rule, rules
from ..model.cells import cell, when_printed
from ..model.disclosure import Disclosure
from ..model.expressions import (
    Cell,
    Claim,
    Constant,
    Expression,
    Missing,
    Percentage,
    Positive,
    Stated,
    total,
)
from ..package.store import Row
from .check import Check
from .places import apart, missing, several_sources, unprinted
from .text import amounts, claim_names, printed, stated, subject_names

_FAMILY = "changes and growth"


def changes(disclosure: Disclosure) -> Iterator[Check]:
    """A change stated in the text is this year's amount less last year's."""
    for claim in disclosure.claims:
        if claim["kind"] == "change":
            name, name_zh = claim_names(disclosure, claim)
            yield Check(
                f"change.{claim['id']}",
                _FAMILY,
                f"the change of {name} is this year's amount less last year's",
                f"{name_zh}的增减额等于两年之差",
                "a change that the two years' amounts do not give",
                *_change(disclosure, claim),
            )
    for subject, rule in amounts(disclosure).items():
        told = any(c["kind"] == "change" and c["subject"] == subject for c in disclosure.claims)
        if rule.first("prior") and not told:
            yield _untold(disclosure, rule)


def _change(disclosure: Disclosure, claim: Row) -> tuple[Expression, Expression]:
    """Return both sides: the stated change, and what the two years' amounts give."""
    now, before = stated(disclosure, claim), stated(disclosure, claim, "prior")
    if claim["subject"] in ("basic", "project"):
        moved = nature_change(disclosure, claim["subject"])
        return apart(several_sources(disclosure), Claim(claim["id"]), moved)
    if claim["direction"] == "unchanged" and now and before:
        return now, before
    if now and before:
        return Claim(claim["id"]), now - before
    name, _ = claim_names(disclosure, claim)
    subject, year = claim["subject"], disclosure.year
    this_year = now or Stated(subject, year, f"this year's amount of {name}")
    last_year = Stated(subject, year - 1, f"last year's amount of {name}")
    return Claim(claim["id"]), this_year - last_year


def _untold(disclosure: Disclosure, rule: Rule) -> Check:
    """Return the check of a change that the text does not speak of."""
    name, name_zh = subject_names(disclosure, rule.whole.subject)
    said = f"the text states how {name} changed, and the two years' amounts give it"
    what = f"the change of {name} in the text"
    words = said, f"文字说明{name_zh}较上年增减"
    found = missing(rule, _FAMILY, words, what)
    return Check(
        f"{found.id}.change",
        _FAMILY,
        *words,
        found.guards,
        found.left,
        found.right,
        rule=rule.id,
    )


def listed_changes(disclosure: Disclosure) -> Iterator[Check]:
    """The changes that the text gives item by item add up to the change of the whole."""
    listed = [c for c in disclosure.claims if c["kind"] == "change" and len(c["code"] or "") == 7]
    wholes = [c for c in disclosure.claims if c["kind"] == "change"]
    whole = next((c["id"] for c in wholes if c["subject"] == "expenditure"), None)
    if listed and whole:
        yield Check(
            "change.items",
            "text against itself",
            "the changes that the text gives item by item add up to the change of the whole",
            "文字逐项所述增减额之和等于总增减额",
            "an item whose change is not mentioned",
            *apart(
                several_sources(disclosure),
                total([Claim(claim["id"]) for claim in listed]),
                Claim(whole),
            ),
        )


def nature_change(disclosure: Disclosure, nature: str) -> Expression:
    """Return the change of basic or project expenditure, from the items of table 5.

    Last year's split is not printed. An item that has project and no basic money this year, or
    no money at all, is taken as a project item in both years.
    """
    terms: list[Expression] = []
    for row in disclosure.tables.get("spending-by-function", ()):
        if len(row["code"] or "") == 7 and (row["basic"] is None) == (nature == "project"):
            terms.append(cell(disclosure, row, "total") - cell(disclosure, row, "prior_total"))
    return when_printed(disclosure, "spending-by-function", total(terms))


def growth(disclosure: Disclosure) -> Iterator[Check]:
    """A growth rate, in the text or in table 5, is the rounded rate of the two years' amounts."""
    for claim in disclosure.claims:
        now, before = stated(disclosure, claim), stated(disclosure, claim, "prior")
        if claim["kind"] == "growth" and now and before:
            yield _rate(f"growth.{claim['id']}", Claim(claim["id"]), now, before, claim["decimals"])
        if claim["kind"] == "growth" and isinstance(before, Cell):
            name, name_zh = claim_names(disclosure, claim)
            yield Check(
                f"growth.undefined.{claim['id']}",
                _FAMILY,
                f"{name} had money last year, so that its growth is a number at all",
                f"{name_zh}上年有数，增幅方有意义",
                "a rate from nothing, given as a number",
                Positive(before),
                Constant(1),
            )
    yield from _rates_untold(disclosure)
    for rule in rules(disclosure.form, "growth"):
        yield from _printed_growth(disclosure, rule)


def _rates_untold(disclosure: Disclosure) -> Iterator[Check]:
    """Yield a check for every item whose change the text states without its rate of growth."""
    told = {c["code"] for c in disclosure.claims if c["kind"] == "growth"}
    for claim in disclosure.claims:
        code = claim["code"] or ""
        if claim["kind"] == "change" and claim["value"] and len(code) == 7 and code not in told:
            name, name_zh = claim_names(disclosure, claim)
            yield Check(
                f"growth.untold.{code}",
                _FAMILY,
                f"the text states the growth rate of {name}",
                f"文字说明{name_zh}的增幅",
                "a growth rate that is left out",
                Constant(1),
                Missing(f"the growth rate of {name} in the text"),
                rule=f"growth.{code}",
            )


def _printed_growth(disclosure: Disclosure, rule: Rule) -> Iterator[Check]:
    rate, this, last = rule.terms
    rows = [r for r in disclosure.tables.get(rate.table, ()) if r[rate.column] is not None]
    for row in rows:
        now, before = (cell(disclosure, row, term.column) for term in (this, last))
        there = cell(disclosure, row, rate.column, blank_is_zero=False)
        yield _rate(f"growth.{there.address}", there, now, before, 0, rule.id)
    if not rows:
        english, chinese = disclosure.form.tables[rate.table].words
        said = f"the growth rates of {english} are those of the two years' amounts"
        words = said, f"{chinese}所列增幅与两年数额相符"
        printed_ = rate.table in disclosure.tables
        what = f"a growth rate in {english}" if printed_ else unprinted(disclosure, rate)
        yield missing(rule, _FAMILY, words, what)


def _rate(
    where: str,
    rate: Expression,
    now: Expression,
    before: Expression,
    decimals: int,
    rule: str = "",
) -> Check:
    return Check(
        where,
        _FAMILY,
        "the growth rate, rounded half up as printed, is that of the two years' amounts",
        "增幅（按所印位数四舍五入）与两年数额相符",
        "a growth rate that the two years' amounts do not give",
        Percentage(now - before, before),
        rate,
        "rounds to",
        decimals=decimals,
        rule=rule,
    )


def shares(disclosure: Disclosure) -> Iterator[Check]:
    """A share in the text is the rounded share; the shares of one whole add up to 100 %."""
    claims = [claim for claim in disclosure.claims if claim["kind"] == "share"]
    for claim in claims:
        part = stated(disclosure, claim)
        whole = printed(disclosure, claim["within"] or "expenditure")
        if part and whole:
            name, name_zh = claim_names(disclosure, claim)
            yield Check(
                f"share.{claim['id']}",
                "shares",
                f"the share of {name}, rounded half up, is that of the tables",
                f"{name_zh}所占比重（四舍五入）与表相符",
                "a share that the amounts do not give",
                Percentage(part, whole),
                Claim(claim["id"]),
                "rounds to",
                decimals=claim["decimals"],
            )
    for (section, within), grouped in groupby(claims, key=lambda c: (c["section"], c["within"])):
        parts = list(grouped)
        if len(parts) > 1:
            yield Check(
                f"shares.{section}.{within or 'expenditure'}",
                "shares",
                "the printed shares of one whole add up to 100 % but for their rounding",
                "各部分比重之和为100%（容许四舍五入之差）",
                "a part left out of a list of shares, or a misprinted share",
                total([Claim(claim["id"]) for claim in parts]),
                Constant(100),
                "sums to",
                decimals=max(claim["decimals"] for claim in parts),
                terms=len(parts),
            )
