"""Checks of what the text says about changes: does a reason exist, and can it be right?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.classification import names
from ..model.disclosure import Disclosure
from ..model.expressions import Constant, Count, Expression, Positive, Product, Stated, total
from ..model.payroll import Pay
from ..package.store import Row
from .check import Check


def explanations(disclosure: Disclosure) -> Iterator[Check]:
    """Every changed item is mentioned and given a reason that can explain a change of its sign."""
    for row in disclosure.tables.get("spending-by-function", ()):
        code = row["code"] or ""
        if len(code) == 7:
            yield from _item(disclosure, code)
    for claim in disclosure.claims:
        if claim["kind"] == "change" and claim["value"] is not None and claim["reasons"]:
            yield _check(
                f"sign.{claim['id']}",
                "no reason given for a change explains the opposite of it",
                "所给理由与增减方向一致",
                Count(f"reasons of {claim['id']} against its sign", _against(claim["id"])),
                Constant(0),
            )
            yield from _sizes(disclosure, claim)


def _item(disclosure: Disclosure, code: str) -> Iterator[Check]:
    def changed(d: Disclosure) -> int:
        rows = (r for r in d.tables["spending-by-function"] if r["code"] == code)
        return sum((r["total"] or 0) != (r["prior_total"] or 0) for r in rows)

    def explained(d: Disclosure) -> int:
        return int(
            any(c["kind"] == "change" and c["code"] == code and c["reasons"] for c in d.claims)
        )

    name, name_zh = names(disclosure).get(code, (code, code))
    yield _check(
        f"mentioned.{code}",
        f"the change of {name} ({code}) has a reason in the text",
        f"{name_zh}的增减在文字中有说明",
        Count(f"change of {code} in table 5", changed),
        Count(f"reason for the change of {code}", explained),
        relation_at_most=True,
    )


def _against(claim_id: str) -> Callable[[Disclosure], int]:
    def count(d: Disclosure) -> int:
        claim = next((c for c in d.claims if c["id"] == claim_id), None)
        direction = {r["code"]: r["direction"] for r in d.reference["reasons"]}
        if claim is None:
            return 0
        given = (direction.get(code) for code in (claim["reasons"] or "").split())
        return sum(bool(way) and way != claim["direction"] for way in given)

    return count


def _sizes(disclosure: Disclosure, claim: Row) -> Iterator[Check]:
    """What the reasons imply for staff, bases and single projects."""
    reasons = claim["reasons"].split()
    pay = Pay(disclosure)
    if "named-project-cut" in reasons:
        yield _check(
            f"named-project.{claim['id']}",
            "the project that is named is smaller than last year",
            "所点名项目较上年减少",
            Positive(_named_project(disclosure.year - 1) - _named_project(disclosure.year)),
            Constant(1),
        )
    if claim["subject"] == "function" and pay.known and pay.heads_known:
        if "more-staff" in reasons:
            yield _inferred(
                f"staff.{claim['id']}",
                "the staff that medical care implies is more than last year's",
                "按医疗费推算的人数多于上年",
                Positive(pay.care(*_units(claim["code"])) - pay.prior_care(*_units(claim["code"]))),
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
    return {"2101101": ("bureau",), "2101102": ("subordinate",)}.get(
        code, ("bureau", "subordinate")
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
    return _check(where, english, chinese, left, Constant(1), source="planning-rates")


def _check(
    where: str,
    english: str,
    chinese: str,
    left: Expression,
    right: Expression,
    *,
    source: str = "disclosure",
    relation_at_most: bool = False,
) -> Check:
    return Check(
        f"explanation.{where}",
        "explanations",
        english,
        chinese,
        "a change without a reason, or a reason that its figures contradict",
        left,
        right,
        "≤" if relation_at_most else "=",
        source,
    )
