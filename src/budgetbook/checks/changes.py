"""Checks of changes, growth rates and shares: in the text and in table 5, as printed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..model.cells import cell, find, when_printed, whole_column
from ..model.disclosure import TOTAL, Disclosure
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
from .check import Check
from .text import THREE_PUBLIC, claim_names, printed


def prior(disclosure: Disclosure, claim: Row) -> Expression | None:
    """Return where the tables print last year's amount of what a claim speaks of."""
    subject = claim["subject"]
    if subject == "function":
        return find(disclosure, "spending-by-function", claim["code"], "prior_total")
    if subject in ("expenditure", "expenditure-general-public", "income"):
        return find(disclosure, "spending-by-function", TOTAL, "prior_total")
    if subject in THREE_PUBLIC:
        column = "prior_" + THREE_PUBLIC[subject]
        return whole_column(disclosure, "three-public", column)
    return None


def changes(disclosure: Disclosure) -> Iterator[Check]:
    """A change stated in the text is this year's amount less last year's."""
    for claim in disclosure.claims:
        if claim["kind"] != "change":
            continue
        name, name_zh = claim_names(disclosure, claim)
        now, before = printed(disclosure, claim), prior(disclosure, claim)
        if claim["subject"] in ("basic", "project"):
            left: Expression = Claim(claim["id"])
            right = nature_change(disclosure, claim["subject"])
        elif claim["direction"] == "unchanged" and now and before:
            left, right = now, before
        elif now and before:
            left, right = Claim(claim["id"]), now - before
        else:
            left, right = (
                Claim(claim["id"]),
                now_or_stated(disclosure, claim)
                - Stated(claim["subject"], disclosure.year - 1, f"last year's amount of {name}"),
            )
        yield Check(
            f"change.{claim['id']}",
            "changes and growth",
            f"the change of {name} is this year's amount less last year's",
            f"{name_zh}的增减额等于两年之差",
            "a change that the two years' amounts do not give",
            left,
            right,
        )


def listed_changes(disclosure: Disclosure) -> Iterator[Check]:
    """The changes that the text gives item by item add up to the change of the whole."""
    stated = [c for c in disclosure.claims if c["kind"] == "change" and len(c["code"] or "") == 7]
    whole = [c["id"] for c in disclosure.claims if _is_change(c, "expenditure")]
    if stated and whole:
        yield Check(
            "change.items",
            "text against itself",
            "the changes that the text gives item by item add up to the change of the whole",
            "文字逐项所述增减额之和等于总增减额",
            "an item whose change is not mentioned",
            total([Claim(claim["id"]) for claim in stated]),
            Claim(whole[0]),
        )


def _is_change(claim: Row, subject: str) -> bool:
    return bool((claim["kind"], claim["subject"]) == ("change", subject))


def now_or_stated(disclosure: Disclosure, claim: Row) -> Expression:
    """Return this year's amount of what a change speaks of, where it is printed or stated."""
    name, _ = claim_names(disclosure, claim)
    here = Stated(claim["subject"], disclosure.year, f"this year's amount of {name}")
    return printed(disclosure, claim) or here


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
        now, before = printed(disclosure, claim), prior(disclosure, claim)
        if claim["kind"] == "growth" and now and before:
            yield _rate(f"growth.{claim['id']}", Claim(claim["id"]), now, before, claim["decimals"])
        if claim["kind"] == "growth" and isinstance(before, Cell):
            name, name_zh = claim_names(disclosure, claim)
            yield Check(
                f"growth.undefined.{claim['id']}",
                "changes and growth",
                f"{name} had money last year, so that its growth is a number at all",
                f"{name_zh}上年有数，增幅方有意义",
                "a rate from nothing, given as a number",
                Positive(before),
                Constant(1),
            )
    for row in disclosure.tables.get("spending-by-function", ()):
        if row["growth"] is None:
            continue
        now, before = (
            cell(disclosure, row, "total"),
            cell(disclosure, row, "prior_total"),
        )
        stated = cell(disclosure, row, "growth", blank_is_zero=False)
        yield _rate(f"growth.{stated.address}", stated, now, before, 0)


def _rate(
    where: str, stated: Expression, now: Expression, before: Expression, decimals: int
) -> Check:
    return Check(
        where,
        "changes and growth",
        "the growth rate, rounded half up as printed, is that of the two years' amounts",
        "增幅（按所印位数四舍五入）与两年数额相符",
        "a growth rate that the two years' amounts do not give",
        Percentage(now - before, before),
        stated,
        "rounds to",
        decimals=decimals,
    )


def shares(disclosure: Disclosure) -> Iterator[Check]:
    """A share in the text is the rounded share; the shares of one whole add up to 100 %."""
    claims = [claim for claim in disclosure.claims if claim["kind"] == "share"]
    for claim in claims:
        part = printed(disclosure, claim)
        whole = printed(disclosure, {"subject": claim["within"] or "expenditure"})
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
