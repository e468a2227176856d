"""Checks of what the text says about changes: does a reason exist, and can it be right?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..messages import said, translated
from ..model.cells import no_column
from ..model.classification import names
from ..model.counting import Column, Count, where
from ..model.disclosure import Disclosure
from ..model.expressions import Constant, Expression, Positive, Product, Stated, total
from ..model.payroll import Pay
from ..package.store import Row
from .check import Check, check
from .places import lacking
from .text import claim_names


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
    table = disclosure.form.tables["spending-by-function"].words[0]
    change = said("change of {code:text} in {table:text}", code=code, table=table)
    moved = where(("code", "is", code), ("total", "is another amount than", Column("prior_total")))
    changes: Expression = Count(change, "spending-by-function", moved)
    for column in ("total", "prior_total"):
        if not disclosure.form.has("spending-by-function", column):
            changes = no_column(disclosure, "spending-by-function", column)
    given = where(("kind", "is", "change"), ("code", "is", code), ("reasons", "is filled"))
    return check(
        "explanation.mentioned",
        changes,
        Count(said("reasons for the change of {name:text}", name=code), "claims", given),
        code=code,
        name=(said("{name:text} ({code:text})", name=translated(name), code=code), name_zh),
    )


def _subjects(disclosure: Disclosure) -> Iterator[Check]:
    """Whatever else the text says has changed has a reason somewhere in it."""
    changed = {
        claim["subject"].removesuffix("-general-public"): claim
        for claim in reversed(disclosure.claims)
        if claim["kind"] == "change" and claim["value"] and not claim["code"]
    }
    for subject, claim in sorted(changed.items()):
        name = claim_names(disclosure, claim)
        subjects = ("subject", "is one of", f"{subject}|{subject}-general-public")
        given = where(("kind", "is", "change"), subjects, ("reasons", "is filled"))
        what = said("reasons for the change of {name:text}", name=name[0])
        reasons = Count(what, "claims", given)
        yield check("explanation.reason", Constant(1), reasons, subject=subject, name=name)


def _sign(disclosure: Disclosure, claim: Row) -> Check:
    """Return the check of the reasons given for a change.

    One that no list knows may go either way: then only a known one against the sign decides.
    """
    against = where(
        ("claim", "is", claim["id"]),
        ("explains", "is filled"),
        ("explains", "is not", Column("direction")),
    )
    known = {row["code"] for row in disclosure.reference["reasons"] if row["words"]}
    name = claim_names(disclosure, claim)
    what = said("reasons against the sign of the change of {name:text}", name=name[0])
    contrary = Count(what, "reasons given", against)
    reasons: Expression = contrary
    if {*claim["reasons"].split()} - known and not contrary.found(disclosure):
        reasons = lacking("explanation.sign", name=name)
    return check("explanation.sign", reasons, Constant(0), claim=claim["id"])


def _sizes(disclosure: Disclosure, claim: Row) -> Iterator[Check]:
    """What the reasons imply for staff, bases and single projects."""
    reasons, at = claim["reasons"].split(), claim["id"]
    if "named-project-cut" in reasons:
        last, this = (_named_project(disclosure.year - n) for n in (1, 0))
        yield check("explanation.named-project", Positive(last - this), Constant(1), claim=at)
    if claim["subject"] != "function":
        return
    pay, units = Pay(disclosure), _units(claim["code"])
    if "more-staff" in reasons:
        more = Positive(pay.care(*units) - pay.prior_care(*units))
        yield check("explanation.staff", more, Constant(1), claim=at)
    if "higher-base" in reasons:
        more = Positive(_base_per_head_rose(pay, units))
        yield check("explanation.base", more, Constant(1), claim=at)


def _named_project(year: int) -> Stated:
    what = said("the budget for {year:year} of the project that is named", year=year)
    return Stated("named-project", year, what)


def _units(code: str) -> tuple[str, ...]:
    """Return the units that a functional item belongs to."""
    return {"2101101": ("own-unit",), "2101102": ("institution",)}.get(
        code, ("own-unit", "institution")
    )


def _base_per_head_rose(pay: Pay, units: Sequence[str]) -> Expression:
    """Return (this base × last year's heads) − (last year's base × this year's heads).

    Heads stand in by medical care, which is paid by head. The base is the one that fits the other
    contributions, for pension and annuity too.
    """
    now = total([pay.base(unit) for unit in units])
    before = total([pay.prior_base_of(unit) for unit in units])
    return Product(now, pay.prior_care(*units)) - Product(before, pay.care(*units))
