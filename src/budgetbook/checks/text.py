"""Checks of the text: against the tables, and against itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..forms import plain
from ..model.cells import cell, find, when_printed, whole_column
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Cell, Claim, Constant, Count, Expression, total
from ..package.store import Row
from .check import Check

#: Whole → the parts that the text gives for it.
PARTS = {
    "three-public": ["abroad", "reception", "vehicle-running", "vehicle-purchase"],
    "procurement": ["procurement-goods", "procurement-works", "procurement-services"],
    "procurement-general-public": [
        "procurement-goods",
        "procurement-works",
        "procurement-services",
    ],
    "basic": ["personnel", "public-funds"],
    "projects": ["projects-key", "projects-ordinary"],
    "vehicles": [
        f"vehicles-{kind}"
        for kind in ("leaders", "communication", "emergency", "enforcement", "special", "other")
    ],
}
PARTS["vehicles-bought"] = PARTS["vehicles"]

#: Subject → table, row (name or code) and column that print its amount.
AMOUNTS = {
    "expenditure": ("spending-summary", TOTAL, "total"),
    "expenditure-general-public": ("spending-by-function", TOTAL, "total"),
    "basic": ("spending-by-function", TOTAL, "basic"),
    "project": ("spending-by-function", TOTAL, "project"),
    "personnel": ("basic-by-economic", TOTAL, "personnel"),
    "public-funds": ("basic-by-economic", TOTAL, "public_funds"),
    "operating-funds": ("basic-by-government", "502", "basic"),
    "projects": ("spending-by-function", TOTAL, "project"),
    "projects-general-public": ("spending-by-function", TOTAL, "project"),
}
INCOME = {"income": TOTAL, "income-general-public": "一般公共预算财政拨款资金"}
THREE_PUBLIC = {
    "three-public": "total",
    "abroad": "abroad",
    "reception": "reception",
    "vehicle-running": "vehicle_running",
    "vehicle-purchase": "vehicle_purchase",
}
PROCUREMENT = {
    "procurement": "total",
    "procurement-general-public": "total",
    "procurement-goods": "goods",
    "procurement-works": "works",
    "procurement-services": "services",
}
#: Subject whose scope in the tables is a matter of custom → source of that scope.
SCOPES = {"operating-funds": "operating-funds-scope"}


def printed(disclosure: Disclosure, claim: Row) -> Expression | None:
    """Return where the tables print the amount that a claim states, None if nowhere."""
    subject = claim["subject"]
    if subject == "function":
        return find(disclosure, "spending-by-function", claim["code"], "total")
    if subject in AMOUNTS:
        return find(disclosure, *AMOUNTS[subject])
    for row in disclosure.tables.get("budget-summary", ()):
        if subject in INCOME and plain(row["income_item"] or "") == INCOME[subject]:
            return cell(disclosure, row, "income", blank_is_zero=False)
    if subject in THREE_PUBLIC:
        return whole_column(disclosure, "three-public", THREE_PUBLIC[subject])
    if subject in PROCUREMENT:
        return whole_column(disclosure, "procurement", PROCUREMENT[subject])
    if subject == "projects-ordinary":
        return project_budgets(disclosure)
    return None


def project_budgets(disclosure: Disclosure) -> Expression:
    """Return the sum of the budgets of the projects in table 17."""
    budgets = total([Cell(project.address) for project in disclosure.projects])
    return when_printed(disclosure, "project-targets", budgets)


def stated_amounts(disclosure: Disclosure) -> Iterator[Check]:
    """An amount stated in the text is the amount printed in the tables."""
    for claim in disclosure.claims:
        where = printed(disclosure, claim) if claim["kind"] == "amount" else None
        if where:
            name, name_zh = claim_names(disclosure, claim)
            yield Check(
                f"text.{claim['id']}",
                "text against tables",
                f"the text states the amount of {name} that the tables print",
                f"文字所述{name_zh}与表中数额一致",
                "an amount in the text that disagrees with its table",
                Claim(claim["id"]),
                where,
                source=SCOPES.get(claim["subject"], "arithmetic"),
            )


def parts_of_wholes(disclosure: Disclosure) -> Iterator[Check]:
    """The parts that the text gives for a whole add up to it."""
    claims = [c for c in disclosure.claims if c["kind"] in ("amount", "count")]
    for whole in claims:
        wanted = PARTS.get(whole["subject"], [])
        near = {claim["subject"]: claim for claim in reversed(_after(whole, claims))}
        parts = [near[subject] for subject in wanted if subject in near]
        if wanted and len(parts) == len(wanted):
            name, name_zh = claim_names(disclosure, whole)
            yield Check(
                f"parts.{whole['id']}",
                "text against itself",
                f"the parts that the text gives for {name} add up to it",
                f"文字所列{name_zh}的各部分之和等于总数",
                "a part misprinted or left out in the text",
                Claim(whole["id"]),
                total([Claim(claim["id"]) for claim in parts]),
            )


def _after(whole: Row, claims: Sequence[Row]) -> list[Row]:
    """Return what may be parts of a whole: the claims behind it, up to where it is stated again."""
    found = []
    for claim in claims[claims.index(whole) + 1 :]:
        again = (claim["subject"], claim["kind"]) == (whole["subject"], whole["kind"])
        if again or claim["section"] != whole["section"]:
            break
        if claim["kind"] == whole["kind"] and claim["within"] in (whole["subject"], None):
            found.append(claim)
    return found


def repetitions(disclosure: Disclosure) -> Iterator[Check]:
    """A figure that the text states more than once is the same each time."""
    kinds = ("amount", "change", "count", "rate", "threshold")
    stated: dict[tuple[Any, ...], Row] = {}
    for claim in disclosure.claims:
        if claim["kind"] not in kinds or claim["value"] is None:
            continue
        subject = claim["subject"].removesuffix("-general-public")
        key: tuple[Any, ...] = (
            claim["kind"],
            subject,
            claim["code"],
            claim["within"],
            claim["year"],
        )
        if subject in ("income", "expenditure", "projects", "procurement"):
            key = (claim["kind"], subject, claim["year"])
        if claim["kind"] == "threshold":
            key = (claim["kind"], subject)
        first = stated.setdefault(key, claim)
        if first is not claim:
            yield _same(f"repeated.{claim['id']}", Claim(first["id"]), Claim(claim["id"]))
    amounts = {c["subject"]: c["id"] for c in disclosure.claims if c["kind"] == "amount"}
    none_key = any(
        c["subject"] == "projects-key" and c["kind"] == "count" and c["value"] == 0
        for c in disclosure.claims
    )
    if none_key and {"projects", "projects-ordinary"} <= amounts.keys():
        left, right = Claim(amounts["projects"]), Claim(amounts["projects-ordinary"])
        yield _same("repeated.projects", left, right)
    balanced = [
        next((c for c in disclosure.claims if (c["subject"], c["kind"]) == (s, "change")), None)
        for s in ("income", "expenditure")
    ]
    if balanced[0] and balanced[1]:
        yield _same("repeated.balance", Claim(balanced[0]["id"]), Claim(balanced[1]["id"]))
    found = {
        s: [c for c in disclosure.claims if (c["subject"], c["kind"]) == (s, "change")]
        for s in ("expenditure", "basic", "project")
    }
    if all(found.values()):
        parts = total([Claim(found["basic"][0]["id"]), Claim(found["project"][0]["id"])])
        yield _same("repeated.natures", Claim(found["expenditure"][0]["id"]), parts)


def _same(where: str, left: Expression, right: Expression) -> Check:
    places = ", ".join(str(leaf) for leaf in (*left.leaves(), *right.leaves()))
    return Check(
        where,
        "text against itself",
        f"what the text states at {places} is the same",
        f"文字前后所述一致（{places}）",
        "two places of the text that disagree",
        left,
        right,
    )


def counts(disclosure: Disclosure) -> Iterator[Check]:
    """What the text counts is what the tables show."""
    projects = Count("projects in tables 16 and 17", _projects)
    units = Count("subordinate units named in tables 14 and 17", _subordinates)
    counted: dict[str, tuple[Expression, tuple[str, ...]]] = {
        "projects": (projects, ("key-project-targets", "project-targets")),
        "projects-general-public": (projects, ("key-project-targets", "project-targets")),
        "projects-key": (Count("projects in table 16", _key_projects), ("key-project-targets",)),
        "projects-ordinary": (
            Count("projects in table 17", lambda d: len(d.projects)),
            ("project-targets",),
        ),
        "subordinate-units": (units, ("procurement", "project-targets")),
    }
    for claim in disclosure.claims:
        if claim["kind"] == "count" and claim["subject"] in counted:
            name, name_zh = claim_names(disclosure, claim)
            count, tables = counted[claim["subject"]]
            for table in tables:
                count = when_printed(disclosure, table, count)
            yield Check(
                f"count.{claim['id']}",
                "text against tables",
                f"the number of {name} stated in the text is what the tables show",
                f"文字所述{name_zh}的数量与表一致",
                "something counted in the text and not found in the tables",
                Claim(claim["id"]),
                count,
            )
    for claim in disclosure.claims:
        funds = {"government-fund": "fund-spending", "state-capital": "state-capital-spending"}
        if claim["kind"] == "none" and claim["subject"] in funds:
            table = funds[claim["subject"]]
            name, name_zh = claim_names(disclosure, claim)

            def amounts(d: Disclosure, table: str = table) -> int:
                return sum(figure.table == table for figure in d.published())

            yield Check(
                f"none.{claim['id']}",
                "text against tables",
                f"the text says that {name} has no expenditure, and the table is empty",
                f"文字称无{name_zh}支出，表亦为空",
                "money in a table that the text says is empty",
                when_printed(disclosure, table, Count(f"amounts printed in {table}", amounts)),
                Constant(0),
            )


def _key_projects(disclosure: Disclosure) -> int:
    return sum(bool(row["indicator"]) for row in disclosure.tables.get("key-project-targets", ()))


def _projects(disclosure: Disclosure) -> int:
    return len(disclosure.projects) + _key_projects(disclosure)


def _subordinates(disclosure: Disclosure) -> int:
    units = {plain(project.unit) for project in disclosure.projects}
    units |= {plain(row["unit"]) for row in disclosure.tables.get("procurement", ())}
    return sum(not unit.endswith("（本级）") for unit in units)


def claim_names(disclosure: Disclosure, claim: Row) -> tuple[str, str]:
    """Return what a claim speaks of, in English and in Chinese."""
    if claim["code"]:
        rows = disclosure.reference["functional-classification"]
        return next(
            (
                (f"{r['name_en']} ({r['code']})", r["name_zh"])
                for r in rows
                if r["code"] == claim["code"]
            ),
            (claim["code"], claim["code"]),
        )
    rows = disclosure.reference["subjects"]
    return next(
        (
            (r["title_en"][0].lower() + r["title_en"][1:], r["title_zh"])
            for r in rows
            if r["code"] == claim["subject"]
        ),
        (claim["subject"], claim["subject"]),
    )
