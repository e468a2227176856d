"""Checks of the text: against the tables, and against itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..forms.rules import Rule, rules
from ..model.cells import when_printed
from ..model.counting import Count, where
from ..model.disclosure import Disclosure
from ..model.expressions import Claim, Constant, Expression, total
from ..package.store import Row
from .check import Check
from .places import ITS_CODE, apart, empty, figure, missing, several_sources, unless, unprinted

_ITSELF, _TABLES = "text against itself", "text against tables"


def amounts(disclosure: Disclosure) -> Mapping[str, Rule]:
    """Return subject → the rule that says where the tables print its amount."""
    return {rule.whole.subject: rule for rule in rules(disclosure.form, "stated amount")}


def printed(
    disclosure: Disclosure, subject: str, code: str = "", role: str = "now"
) -> Expression | None:
    """Return where the tables print the amount of a subject of the text, None if nowhere.

    `role` is `now` or `prior`: last year's. Where it cannot be compared in this disclosure, the
    expression says why.
    """
    rule = amounts(disclosure).get(subject)
    term = rule.first(role) if rule else None
    found = figure(disclosure, term, code) if term else None
    if not term or not found:
        return None
    return apart(unless(disclosure, term), found, found)[0]


def stated(disclosure: Disclosure, claim: Row, role: str = "now") -> Expression | None:
    """Return where the tables print the amount that a claim speaks of, None if nowhere.

    A part of all expenditure is looked up where all money stands, if it has several sources.
    """
    if claim["within"] == "expenditure" and claim["code"] and several_sources(disclosure):
        every = amounts(disclosure)["expenditure"].first("now")
        whole = every._replace(row=ITS_CODE) if every and role == "now" else None
        return figure(disclosure, whole, claim["code"]) if whole else None
    return printed(disclosure, claim["subject"], claim["code"] or "", role)


def stated_amounts(disclosure: Disclosure) -> Iterator[Check]:
    """An amount stated in the text is the amount printed in the tables."""
    for claim in disclosure.claims:
        there = stated(disclosure, claim) if claim["kind"] == "amount" else None
        if there:
            rule = amounts(disclosure)[claim["subject"]]
            name, name_zh = claim_names(disclosure, claim)
            yield Check(
                f"text.{claim['id']}",
                _TABLES,
                f"the text states the amount of {name} that the tables print",
                f"文字所述{name_zh}与表中数额一致",
                "an amount in the text that disagrees with its table",
                Claim(claim["id"]),
                there,
                source=rule.source,
                rule=rule.id,
            )
    for subject, rule in amounts(disclosure).items():
        claims = [c for c in disclosure.claims if (c["subject"], c["kind"]) == (subject, "amount")]
        if not any(stated(disclosure, claim) for claim in claims):
            name, name_zh = subject_names(disclosure, subject)
            said = f"the text states the amount of {name} that the tables print"
            words = said, f"文字所述{name_zh}与表中数额一致"
            gone = unprinted(disclosure, rule.terms[1]) if claims else ""
            yield missing(rule, _TABLES, words, gone or f"the amount of {name} in the text")


def parts_of_wholes(disclosure: Disclosure) -> Iterator[Check]:
    """The parts that the text gives for a whole add up to it."""
    claims = [c for c in disclosure.claims if c["kind"] in ("amount", "count")]
    for rule in rules(disclosure.form, "stated parts"):
        name, name_zh = subject_names(disclosure, rule.whole.subject)
        said = f"the parts that the text gives for {name} add up to it"
        said_zh = f"文字所列{name_zh}的各部分之和等于总数"
        found = False
        for whole in claims:
            if whole["subject"] != rule.whole.subject:
                continue
            near = {claim["subject"]: claim for claim in reversed(_after(whole, claims))}
            parts = [near.get(term.subject) for term in rule.of("part")]
            if all(parts):
                found = True
                yield Check(
                    f"parts.{whole['id']}",
                    _ITSELF,
                    said,
                    said_zh,
                    "a part misprinted or left out in the text",
                    Claim(whole["id"]),
                    total([Claim(claim["id"]) for claim in parts if claim]),
                    rule=rule.id,
                )
        if not found:
            yield missing(rule, _ITSELF, (said, said_zh), f"{name} with all parts in the text")


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
    first: dict[tuple[Any, ...], Row] = {}
    for claim in disclosure.claims:
        key = _stated_again(claim)
        if key and (before := first.setdefault(key, claim)) is not claim:
            why = several_sources(disclosure) if before["subject"] != claim["subject"] else ""
            sides = apart(why, Claim(before["id"]), Claim(claim["id"]))
            yield _same(f"repeated.{claim['id']}", *sides)
    yield from _one_kind_of_projects(disclosure)
    yield from _changes_of_wholes(disclosure)


def _stated_again(claim: Row) -> tuple[Any, ...]:
    """Return what two claims have in common that state the same; empty for what stands alone."""
    kinds = ("amount", "change", "count", "rate", "threshold")
    if claim["kind"] not in kinds or claim["value"] is None:
        return ()
    subject = claim["subject"].removesuffix("-general-public")
    if claim["kind"] == "threshold":
        return claim["kind"], subject
    if subject in ("income", "expenditure", "projects", "procurement"):
        return claim["kind"], subject, claim["year"]
    return claim["kind"], subject, claim["code"], claim["within"], claim["year"]


def _one_kind_of_projects(disclosure: Disclosure) -> Iterator[Check]:
    """Where no project is a key project, all are ordinary."""
    amounts = {c["subject"]: c["id"] for c in disclosure.claims if c["kind"] == "amount"}
    none_key = any(
        (c["subject"], c["kind"], c["value"]) == ("projects-key", "count", 0)
        for c in disclosure.claims
    )
    if none_key and {"projects", "projects-ordinary"} <= amounts.keys():
        left, right = Claim(amounts["projects"]), Claim(amounts["projects-ordinary"])
        yield _same("repeated.projects", left, right)


def _changes_of_wholes(disclosure: Disclosure) -> Iterator[Check]:
    """Income changes as expenditure does, and that as basic and project expenditure together."""
    changes = {
        c["subject"]: Claim(c["id"]) for c in reversed(disclosure.claims) if c["kind"] == "change"
    }
    income, whole = changes.get("income"), changes.get("expenditure")
    if income and whole:
        yield _same("repeated.balance", income, whole)
    if whole and {"basic", "project"} <= changes.keys():
        parts = total([changes["basic"], changes["project"]])
        yield _same("repeated.natures", whole, parts)


def _same(name: str, left: Expression, right: Expression) -> Check:
    places = ", ".join(str(leaf) for leaf in (*left.leaves(), *right.leaves()))
    return Check(
        name,
        _ITSELF,
        f"what the text states at {places} is the same",
        f"文字前后所述一致（{places}）",
        "two places of the text that disagree",
        left,
        right,
    )


def counts(disclosure: Disclosure) -> Iterator[Check]:
    """What the text counts is what the tables show."""
    for rule in rules(disclosure.form, "stated count"):
        count = _counted(disclosure, rule)
        name, name_zh = subject_names(disclosure, rule.whole.subject)
        said = f"the number of {name} stated in the text is what the tables show"
        said_zh = f"文字所述{name_zh}的数量与表一致"
        claims = _claims(disclosure, rule, "count")
        for claim in claims:
            why = unless(disclosure, rule.whole) or _nameless(disclosure, rule)
            yield Check(
                f"count.{claim['id']}",
                _TABLES,
                said,
                said_zh,
                "something counted in the text and not found in the tables",
                *apart(why, Claim(claim["id"]), count),
                rule=rule.id,
            )
        if not claims:
            yield missing(rule, _TABLES, (said, said_zh), f"the number of {name} in the text")


def _nameless(disclosure: Disclosure, rule: Rule) -> str:
    """Return that units would be named in tables that are all printed empty; empty if not so."""
    parts = rule.of("part")
    states = [empty(disclosure, term.table) for term in parts if term.column == "unit"]
    return " and ".join(states) if states and all(states) else ""


def _counted(disclosure: Disclosure, rule: Rule) -> Expression:
    """Return what the tables show of what a rule counts: units by name, else forms."""
    tables = [term.table for term in rule.of("part")]
    words = " and ".join(disclosure.form.tables[t].words[0] for t in sorted(tables))
    if any(term.column == "unit" for term in rule.of("part")):
        what = f"subordinate institutions named in {words}"
        others = where(("unit", "does not end with", "（本级）"))
        count: Expression = Count(what, "projects|procurement", others, "unit")
    else:
        lists = {"project-targets": "projects", "key-project-targets": "key-project-targets"}
        filled = {"project-targets": (), "key-project-targets": where(("indicator", "is filled"))}
        count = total([Count(f"projects in {words}", lists[t], filled[t]) for t in tables])
    for table in tables:
        count = when_printed(disclosure, table, count)
    return count


def nothing_spent(disclosure: Disclosure) -> Iterator[Check]:
    """Where the text says that a budget has no expenditure, its table is empty."""
    for rule in rules(disclosure.form, "stated none"):
        table = rule.of("part")[0].table
        name, name_zh = subject_names(disclosure, rule.whole.subject)
        said = f"the text says that {name} has no expenditure, and the table is empty"
        said_zh = f"文字称无{name_zh}支出，表亦为空"
        claims = _claims(disclosure, rule, "none")
        words = disclosure.form.tables[table].words[0]
        printed = Count(f"amounts printed in {words}", "amounts", where(("table", "is", table)))
        for claim in claims:
            yield Check(
                f"none.{claim['id']}",
                _TABLES,
                said,
                said_zh,
                "money in a table that the text says is empty",
                when_printed(disclosure, table, printed),
                Constant(0),
                rule=rule.id,
            )
        if not claims:
            what = f"a sentence on whether {name} has expenditure"
            yield missing(rule, _TABLES, (said, said_zh), what)


def _claims(disclosure: Disclosure, rule: Rule, kind: str) -> list[Row]:
    wanted = (rule.whole.subject, kind)
    return [c for c in disclosure.claims if (c["subject"], c["kind"]) == wanted]


def claim_names(disclosure: Disclosure, claim: Row) -> tuple[str, str]:
    """Return what a claim speaks of, in English and in Chinese."""
    if not claim["code"]:
        return subject_names(disclosure, claim["subject"])
    for row in disclosure.reference["functional-classification"]:
        if row["code"] == claim["code"]:
            return f"{row['name_en']} ({row['code']})", row["name_zh"]
    return claim["code"], claim["code"]


def subject_names(disclosure: Disclosure, subject: str) -> tuple[str, str]:
    """Return what a subject of the text is called, in English and in Chinese."""
    for row in disclosure.reference["subjects"]:
        if row["code"] == subject:
            return row["title_en"][0].lower() + row["title_en"][1:], row["title_zh"]
    words = {"function": ("each functional item", "各功能科目")}
    return words.get(subject, (subject, subject))
