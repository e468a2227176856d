"""Checks of “three public” expenses 三公经费 and agency operating funds 机关运行经费.

Both are parts of the budget seen a second time: every amount of them must be found again in the
economic tables, in the text and in what the text counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..forms.rules import Rule, rules
from ..model.cells import accounts, find
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Cell, Claim, Expression, Inapplicable, Positive, total
from ..package.store import Row
from .check import Check, Family, Relation
from .places import figure, missing, unprinted

_FUNDS = Family(
    "agency operating funds",
    "operating-funds",
    "a scope that differs from its definition or from its wording",
)

_FAMILY = "three public"
_GUARDS = "“three public” money shown in one place and not in another"


def three_public(disclosure: Disclosure) -> Iterator[Check]:
    """Table 10 against both economic classifications and against the vehicles in the text."""
    for rule in rules(disclosure.form, "item"):
        yield _item(disclosure, rule)
    for rule in rules(disclosure.form, "goes with"):
        yield _goes_with(disclosure, rule)


def _item(disclosure: Disclosure, rule: Rule) -> Check:
    """An item of table 10 is what the department's accounts budget, the government's at most."""
    parts = rule.of("part")
    code = parts[0].row
    tables = [disclosure.form.tables[part.table].words for part in parts]
    english, chinese = (
        f"{tables[0][0]} and {tables[1][0].removeprefix('table ')}".replace("table", "tables"),
        "、".join(words[1] for words in tables),
    )
    here = figure(disclosure, rule.whole)
    named = here.words(disclosure.form) if isinstance(here, Cell) else (rule.whole.column, "")
    budgeted = total([accounts(disclosure, p.table, [p.row], p.column) for p in parts])
    if rule.relation == "=":
        said = f"{named[0]} is what {english} budget under {code}"
        words = said, f"{named[1]}等于{chinese}{code}之和"
    else:
        said = f"{english} budget no more under {code} than the {rule.whole.column} of table 10"
        words = said.replace("_", " "), f"{chinese}{code}之和不超过{named[1]}"
    if here is None:
        what = unprinted(disclosure, rule.whole)
        return missing(rule, _FAMILY, words, what)
    left, right = (here, budgeted) if rule.relation == "=" else (budgeted, here)
    no_row = all(find(disclosure, p.table, p.row, p.column) is None for p in parts)
    if rule.relation != "=" and no_row and all(p.table in disclosure.tables for p in parts):
        left = right = Inapplicable(f"{english} have no row {code}")
    return _check(rule, words, left, right)


def _goes_with(disclosure: Disclosure, rule: Rule) -> Check:
    """Money for vehicles stands where the text counts vehicles, and nowhere else."""
    subject = rule.of("part")[0].subject
    stated = [c["id"] for c in disclosure.claims if (c["subject"], c["kind"]) == (subject, "count")]
    here = figure(disclosure, rule.whole)
    words = {
        "vehicles": ("running costs belong to a vehicle owned", "有车才有运行费"),
        "vehicles-bought": (
            "money for a purchase belongs to a vehicle to be bought",
            "有购置才有购置费",
        ),
    }[subject]
    if here is None or not stated:
        what = "the number of vehicles in the text" if here else unprinted(disclosure, rule.whole)
        return missing(rule, _FAMILY, words, what)
    return _check(rule, words, Positive(here), Positive(Claim(stated[-1])))


def _check(rule: Rule, words: tuple[str, str], left: Expression, right: Expression) -> Check:
    relation: Relation = "≤" if rule.relation == "≤" else "="
    return Check(
        rule.id, _FAMILY, *words, _GUARDS, left, right, relation, rule.source, rule=rule.id
    )


def operating_funds(disclosure: Disclosure) -> Iterator[Check]:
    """The stated amount against its definition, its parts, and the scope as it is worded."""
    stated = next((c for c in disclosure.claims if _is(c, "operating-funds", "amount")), None)
    all_funds = find(disclosure, "basic-by-economic", "302", "total")
    if not stated or not all_funds:
        return
    amount = Claim(stated["id"])
    yield _FUNDS.check(
        "definition",
        "agency operating funds are not more than all goods and services of basic expenditure",
        "机关运行经费不超过基本支出中的商品和服务支出",
        amount,
        all_funds,
        "≤",
        source="agency-affairs-rules",
    )
    yield _FUNDS.check(
        "three-public",
        "agency operating funds cover the unit's own “three public” expenses",
        "机关运行经费包含机关的“三公”经费",
        accounts(disclosure, "basic-by-government", ("50206", "50207", "50208"), "basic"),
        amount,
        "≤",
        source="agency-affairs-rules",
    )
    units = next((c for c in disclosure.claims if _with_units(c, stated)), None)
    if units:
        yield _FUNDS.check(
            "as-worded",
            "with the institutions that the sentence names, the amount is all public funds",
            "按文字所述含下属事业单位的口径，机关运行经费等于全部公用经费",
            amount,
            find(disclosure, "basic-by-economic", TOTAL, "public_funds") or all_funds,
            source="operating-funds-scope",
        )


def _is(claim: Row, subject: str, kind: str) -> bool:
    return (claim["subject"], claim["kind"]) == (subject, kind) and claim["value"] is not None


def _with_units(claim: Row, stated: Row) -> bool:
    """Whether a claim counts subordinate institutions in the sentence of another claim."""
    counted = _is(claim, "institutions", "count") and claim["value"] > 0
    return counted and claim["line"] == stated["line"]
