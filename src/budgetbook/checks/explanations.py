"""Checks of what the text says about changes: does a reason exist, and can it be right?"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.classification import names
from ..model.counting import Column, Count, where
from ..model.disclosure import Disclosure
from ..model.expressions import (
    Constant,
    Expression,
    Missing,
    Positive,
    Product,
    Stated,
    total,
)
from ..model.payroll import Pay
from ..package.store import Row
from .check import Check, Family
from .text import claim_names

_OURS = Family(
    "explanations",
    "explanation",
    "a change without a reason, or a reason that its figures contradict",
    "disclosure",
)


def explanations(disclosure: Disclosure) -> Iterator[Check]:
    """Every change has a reason in the text, and one that can explain a change of its sign."""
    for row in disclosure.tables.get("spending-by-function", ()):
        code = row["code"] or ""
        if len(code) == 7:
            yield _item(disclosure, code)
    yield from _subjects(disclosure)
    for claim in disclosure.claims:
        if claim["kind"] == "change" and claim["value"] is not None and claim["reasons"]:
            yield _sign(disclosure, claim)
            yield from _sizes(disclosure, claim)


def _item(disclosure: Disclosure, code: str) -> Check:
    name, name_zh = names(disclosure).get(code, (code, code))
    moved = where(("code", "is", code), ("total", "is another amount than", Column("prior_total")))
    given = where(("kind", "is", "change"), ("code", "is", code), ("reasons", "is filled"))
    return _OURS.check(
        f"mentioned.{code}",
        f"the change of {name} ({code}) has a reason in the text",
        f"{name_zh}的增减在文字中有说明",
        Count(f"change of {code} in table 5", "spending-by-function", moved),
        Count(f"reasons for the change of {code}", "claims", given),
        relation="≤",
    )


def _subjects(disclosure: Disclosure) -> Iterator[Check]:
    """Whatever else the text says has changed has a reason somewhere in it."""
    changed = {
        claim["subject"].removesuffix("-general-public"): claim
        for claim in reversed(disclosure.claims)
        if claim["kind"] == "change" and claim["value"] and not claim["code"]
    }
    for subject, claim in sorted(changed.items()):
        name, name_zh = claim_names(disclosure, claim)
        subjects = ("subject", "is one of", f"{subject}|{subject}-general-public")
        given = where(("kind", "is", "change"), subjects, ("reasons", "is filled"))
        yield _OURS.check(
            f"reason.{subject}",
            f"the change of {name} has a reason in the text",
            f"{name_zh}的增减在文字中有说明",
            Constant(1),
            Count(f"reasons for the change of {name}", "claims", given),
            relation="≤",
        )


def _sign(disclosure: Disclosure, claim: Row) -> Check:
    """Return the check of the reasons given for a change; one that no list knows says nothing."""
    against = where(
        ("claim", "is", claim["id"]),
        ("explains", "is filled"),
        ("explains", "is not", Column("direction")),
    )
    known = {r["code"] for r in disclosure.reference["reasons"] if r["words"]} & {
        *claim["reasons"].split()
    }
    name, _ = claim_names(disclosure, claim)
    reasons = Count(f"reasons of {claim['id']} against its sign", "reasons given", against)
    return _OURS.check(
        f"sign.{claim['id']}",
        "no reason given for a change explains the opposite of it",
        "所给理由与增减方向一致",
        reasons if known else Missing(f"a reason for the change of {name} that reasons.csv knows"),
        Constant(0),
    )


def _sizes(disclosure: Disclosure, claim: Row) -> Iterator[Check]:
    """What the reasons imply for staff, bases and single projects."""
    reasons = claim["reasons"].split()
    if "named-project-cut" in reasons:
        yield _OURS.check(
            f"named-project.{claim['id']}",
            "the project that is named is smaller than last year",
            "所点名项目较上年减少",
            Positive(_named_project(disclosure.year - 1) - _named_project(disclosure.year)),
            Constant(1),
        )
    if claim["subject"] != "function":
        return
    pay = Pay(disclosure)
    if "more-staff" in reasons:
        units = _units(claim["code"])
        yield _inferred(
            f"staff.{claim['id']}",
            "the staff that medical care implies is more than last year's",
            "按医疗费推算的人数多于上年",
            Positive(pay.care(*units) - pay.prior_care(*units)),
        )
    if "higher-base" in reasons:
        yield _inferred(
            f"base.{claim['id']}",
            "the contribution base per head that the figures imply is more than last year's",
            "推算的人均缴费基数高于上年",
            Positive(_base_per_head_rose(pay, claim["code"])),
        )


def _named_project(year: int) -> Expression:
    return Stated("named-project", year, f"the budget for {year} of the project that is named")


def _units(code: str) -> tuple[str, ...]:
    """Return the units that a functional item belongs to."""
    return {"2101101": ("own-unit",), "2101102": ("institution",)}.get(
        code, ("own-unit", "institution")
    )


def _base_per_head_rose(pay: Pay, code: str) -> Expression:
    """Return (this base × last year's heads) − (last year's base × this year's heads).

    Heads stand in by medical care, which is paid by head. The base is the one that fits the other
    contributions, for pension and annuity too.
    """
    units = _units(code)
    now = total([pay.base(unit) for unit in units])
    before = total([pay.prior_base_of(unit) for unit in units])
    return Product(now, pay.prior_care(*units)) - Product(before, pay.care(*units))


def _inferred(where: str, english: str, chinese: str, left: Expression) -> Check:
    return _OURS.check(where, english, chinese, left, Constant(1), source="planning-rates")
