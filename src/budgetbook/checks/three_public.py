"""Checks of “three public” expenses 三公经费 and agency operating funds 机关运行经费.

Both are parts of the budget seen a second time: every amount of them must be found again in the
economic tables, in the text and in what the text counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.cells import accounts, cell, find
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Claim, Expression, Positive, Sum
from ..package.store import Row
from .check import Check, Relation

#: Column of table 10 → economic section of the department classification, of the government's.
ITEMS = {
    "abroad": ("30212", "50207"),
    "reception": ("30217", "50206"),
    "vehicle_running": ("30231", "50208"),
    "vehicle_purchase": ("31013", "50303"),
}


def three_public(disclosure: Disclosure) -> Iterator[Check]:
    """Table 10 against both economic classifications and against the vehicles in the text."""
    claims = {c["subject"]: c["id"] for c in disclosure.claims if c["kind"] == "count"}
    for row in disclosure.tables.get("three-public", ()):
        for column, (department, government) in ITEMS.items():
            here = cell(disclosure, row, column)
            yield _check(
                f"{column}.{department}",
                f"{here.words(disclosure.form)[0]} is what tables 6 and 8 budget under {department}",
                f"表十该项等于表六、表八{department}之和",
                here,
                _in_both(
                    disclosure,
                    department,
                    ("basic-by-economic", "total"),
                    ("project-by-economic", "project"),
                ),
            )
            there = _in_both(
                disclosure,
                government,
                ("basic-by-government", "basic"),
                ("project-by-government", "project"),
            )
            if there.terms:
                yield _check(
                    f"{column}.{government}",
                    f"tables 7 and 9 budget no more under {government} than table 10 prints",
                    f"表七、表九{government}之和不超过表十该项",
                    there,
                    here,
                    "≤",
                )
        for column, subject, english, chinese in (
            (
                "vehicle_running",
                "vehicles",
                "running costs belong to a vehicle owned",
                "有车才有运行费",
            ),
            (
                "vehicle_purchase",
                "vehicles-bought",
                "money for a purchase belongs to a vehicle to be bought",
                "有购置才有购置费",
            ),
        ):
            if subject in claims:
                yield _check(
                    f"{column}.vehicles",
                    english,
                    chinese,
                    Positive(cell(disclosure, row, column)),
                    Positive(Claim(claims[subject])),
                )


def _in_both(disclosure: Disclosure, code: str, *places: tuple[str, str]) -> Sum:
    """Return the sum of an account in two tables; where it has no row it has no money."""
    first, second = (accounts(disclosure, table, [code], column) for table, column in places)
    return first + second


def operating_funds(disclosure: Disclosure) -> Iterator[Check]:
    """The stated amount against its definition, its parts, and the scope as it is worded."""
    stated = next((c for c in disclosure.claims if _is(c, "operating-funds", "amount")), None)
    all_funds = find(disclosure, "basic-by-economic", "302", "total")
    if not stated or not all_funds:
        return
    amount = Claim(stated["id"])
    yield _funds(
        "definition",
        "agency operating funds are not more than all goods and services of basic expenditure",
        "机关运行经费不超过基本支出中的商品和服务支出",
        amount,
        all_funds,
        "agency-affairs-rules",
        "≤",
    )
    yield _funds(
        "three-public",
        "agency operating funds cover the unit's own “three public” expenses",
        "机关运行经费包含机关的“三公”经费",
        accounts(disclosure, "basic-by-government", ("50206", "50207", "50208"), "basic"),
        amount,
        "agency-affairs-rules",
        "≤",
    )
    units = next((c for c in disclosure.claims if _with_units(c, stated)), None)
    if units:
        yield _funds(
            "as-worded",
            "with the subordinate units that the sentence names, the amount is all public funds",
            "按文字所述含下属单位的口径，机关运行经费等于全部公用经费",
            amount,
            find(disclosure, "basic-by-economic", TOTAL, "public_funds") or all_funds,
            "operating-funds-scope",
        )


def _is(claim: Row, subject: str, kind: str) -> bool:
    return (claim["subject"], claim["kind"]) == (subject, kind) and claim["value"] is not None


def _with_units(claim: Row, stated: Row) -> bool:
    """Whether a claim counts subordinate units in the sentence of another claim."""
    counted = _is(claim, "subordinate-units", "count") and claim["value"] > 0
    return counted and claim["line"] == stated["line"]


def _funds(
    where: str,
    english: str,
    chinese: str,
    left: Expression,
    right: Expression,
    source: str,
    relation: Relation = "=",
) -> Check:
    return Check(
        f"operating-funds.{where}",
        "agency operating funds",
        english,
        chinese,
        "a scope that differs from its definition or from its wording",
        left,
        right,
        relation,
        source,
    )


def _check(
    where: str,
    english: str,
    chinese: str,
    left: Expression,
    right: Expression,
    relation: Relation = "=",
) -> Check:
    return Check(
        f"three-public.{where}",
        "three public",
        english,
        chinese,
        "“three public” money shown in one place and not in another",
        left,
        right,
        relation,
        "three-public-items",
    )
