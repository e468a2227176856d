"""Checks of the text: against the tables, and against itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..forms import inside
from ..forms.rules import Rule, rules
from ..messages import pair, said
from ..model.cells import when_printed
from ..model.counting import Condition, Count, where
from ..model.disclosure import Disclosure, once
from ..model.expressions import Claim, Constant, Expression, total
from ..package.store import Row
from .check import Check, check
from .places import ITS_CODE, apart, empty, figure, missing, several_sources, together, unless


@once
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
            rule, name = amounts(disclosure)[claim["subject"]], claim_names(disclosure, claim)
            sides = Claim(claim["id"]), there
            yield check("text", *sides, rule=rule, claim=claim["id"], name=name)
    for subject, rule in amounts(disclosure).items():
        claims = claimed(disclosure, subject, "amount")
        if not any(stated(disclosure, claim) for claim in claims):
            gone, name = rule.terms[1] if claims else None, subject_names(disclosure, subject)
            yield missing(disclosure, "text", rule, gone, name=name)


def parts_of_wholes(disclosure: Disclosure) -> Iterator[Check]:
    """The parts that the text gives for a whole add up to it."""
    claims = [c for c in disclosure.claims if c["kind"] in ("amount", "count")]
    for rule in rules(disclosure.form, "stated parts"):
        name = subject_names(disclosure, rule.whole.subject)
        found = False
        for whole in claims:
            if whole["subject"] != rule.whole.subject:
                continue
            near = {claim["subject"]: claim for claim in reversed(_after(whole, claims))}
            parts = [near.get(term.subject) for term in rule.of("part")]
            if all(parts):
                found = True
                added = total([Claim(claim["id"]) for claim in parts if claim])
                sides = Claim(whole["id"]), added
                yield check("parts", *sides, rule=rule, claim=whole["id"], name=name)
        if not found:
            yield missing(disclosure, "parts", rule, name=name)


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
            yield _same(claim["id"], *sides)
    yield from _of_wholes(disclosure)


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
    account = claim["code"] or (claim["label"] if subject == "function" else None)
    return claim["kind"], subject, account, claim["within"], claim["year"]


def _of_wholes(disclosure: Disclosure) -> Iterator[Check]:
    """Where no project is a key project, all are ordinary.

    Income changes as expenditure does, and that as basic and project expenditure together.
    """
    stated = {c["subject"]: Claim(c["id"]) for c in disclosure.claims if c["kind"] == "amount"}
    none_key = any(c["value"] == 0 for c in claimed(disclosure, "projects-key", "count"))
    if none_key and {"projects", "projects-ordinary"} <= stated.keys():
        yield _same("projects", stated["projects"], stated["projects-ordinary"])
    told = reversed([c for c in disclosure.claims if c["kind"] == "change"])
    changes = {c["subject"]: Claim(c["id"]) for c in told}
    whole = changes.get("expenditure")
    if whole and "income" in changes:
        yield _same("balance", changes["income"], whole)
    if whole and {"basic", "project"} <= changes.keys():
        yield _same("natures", whole, total([changes["basic"], changes["project"]]))


def _same(at: str, left: Expression, right: Expression) -> Check:
    places = ", ".join(str(leaf) for leaf in (*left.leaves(), *right.leaves()))
    return check("repeated", left, right, at=at, places=places)


def confirmed(disclosure: Disclosure) -> Iterator[Check]:
    """What the text counts is what the tables show, and what it says is not spent is not there.

    Of units the tables name those alone that have a project or buy something.
    """
    for kind in ("count", "none"):
        for rule in rules(disclosure.form, f"stated {kind}"):
            name = subject_names(disclosure, rule.whole.subject)
            shown = _counted(disclosure, rule) if kind == "count" else _spent(disclosure, rule)
            units = any(term.column == "unit" for term in rule.of("part"))
            nameless = _nameless(disclosure, rule) if units else ""
            key = "named" if units else kind
            claims = claimed(disclosure, rule.whole.subject, kind)
            for claim in claims:
                stated = Claim(claim["id"]) if kind == "count" else Constant(0)
                sides = (stated, shown) if key == "count" else (shown, stated)
                asked = apart(unless(disclosure, rule.whole) or nameless, *sides)
                yield check(key, *asked, rule=rule, claim=claim["id"], name=name)
            if not claims:
                yield missing(disclosure, key, rule, name=name)


def _nameless(disclosure: Disclosure, rule: Rule) -> str:
    """Return that units would be named in tables that are all printed empty; empty if not so."""
    states = [empty(disclosure, term.table) for term in rule.of("part")]
    return together(states) if all(states) else ""


def _counted(disclosure: Disclosure, rule: Rule) -> Expression:
    """Return what the tables show of what a rule counts: units by name, else forms."""
    tables = [term.table for term in rule.of("part")]
    words = together([disclosure.form.tables[t].words[0] for t in sorted(tables)])
    if any(term.column == "unit" for term in rule.of("part")):
        what = said("subordinate institutions named in {tables:text}", tables=words)
        own = "|".join(disclosure.own_endings)
        others = where(("unit", "does not end with", own))
        count: Expression = Count(what, "projects|procurement", others, "unit")
    else:
        lists = {"project-targets": "projects", "key-project-targets": "key-project-targets"}
        filled = {"project-targets": (), "key-project-targets": where(("indicator", "is filled"))}
        count = total([_projects(disclosure, t, lists[t], filled[t]) for t in tables])
    for table in tables:
        count = when_printed(disclosure, table, count)
    return count


def _projects(
    disclosure: Disclosure, table: str, resource: str, filled: tuple[Condition, ...]
) -> Count:
    words, words_zh = disclosure.form.tables[table].words
    what, chinese = pair(
        "projects in {table:text}", "{table_zh:text}所列项目数", table=words, table_zh=words_zh
    )
    return Count(what, resource, filled, chinese=chinese)


def _spent(disclosure: Disclosure, rule: Rule) -> Expression:
    """Return how many amounts a table has that the text says is empty."""
    table = rule.of("part")[0].table
    words = disclosure.form.tables[table].words[0]
    what = said("amounts printed in {table:text}", table=words)
    found = Count(what, "amounts", where(("table", "is", table)))
    return when_printed(disclosure, table, found)


def claimed(disclosure: Disclosure, subject: str, kind: str) -> list[Row]:
    """Return what the text states of a subject, of one kind."""
    return [c for c in disclosure.claims if (c["subject"], c["kind"]) == (subject, kind)]


def claim_names(disclosure: Disclosure, claim: Row) -> tuple[str, str]:
    """Return what a claim speaks of, in English and in Chinese."""
    if claim["subject"] == "function" and not claim["code"]:
        return claim["label"], claim["label"]
    if not claim["code"]:
        return subject_names(disclosure, claim["subject"])
    for row in disclosure.reference["functional-classification"]:
        if row["code"] == claim["code"]:
            name, code = (row["name_en"],), row["code"]
            return said("{name:name} ({code:text})", name=name, code=code), row["name_zh"]
    return claim["code"], claim["code"]


def subject_names(disclosure: Disclosure, subject: str) -> tuple[str, str]:
    """Return what a subject of the text is called, in English and in Chinese."""
    for row in disclosure.reference["subjects"]:
        if row["code"] == subject:
            return inside(row["title_en"]), row["title_zh"]
    if subject == "function":
        return said("each functional item"), "各功能科目"
    return subject, subject
