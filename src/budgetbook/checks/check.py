"""A check as data, and the one evaluator that judges it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from ..exact.money import round_half_up, side
from ..forms.rules import Rule
from ..messages import message, said, translated
from ..model.counting import Count, where
from ..model.disclosure import Disclosure
from ..model.expressions import (
    Cell,
    Claim,
    Constant,
    Expression,
    Inapplicable,
    Leaf,
    NeedsFigure,
    Positive,
    Quote,
    Stated,
    Value,
)
from ..model.expressions import as_data as expression_data
from ..model.rounding import bounds, rounded
from .statements import Relation, Words, statements

#: How a sentence says that a relation holds where it is words, that it holds but for rounding,
#: and that it does not hold.
_HOLDS: dict[Relation, str] = {"rounds to": message("rounds to"), "sums to": message("sums to")}
_BUT_FOR_ROUNDING: dict[Relation, str] = {
    "=": message("= (but for rounding)"),
    "<": message("< (but for rounding)"),
    "≤": message("≤ (but for rounding)"),
}
_NOT: dict[Relation, str] = {
    "=": message("not equal to"),
    "<": message("not below"),
    "≤": message("not at most"),
    "rounds to": message("not rounding to"),
    "sums to": message("not summing to"),
}


class Verdict(StrEnum):
    """What the evaluation of a check says; its value is its id, `words` what a page shows."""

    HOLDS = message("holds")
    ROUNDED = message("holds at printed precision")
    FAILS = message("fails")
    OPEN = message("cannot be tested")
    APART = message("does not apply")

    @property
    def words(self) -> str:
        """The verdict as the edition says it."""
        return said(self.value)


#: What a check states: printed figures that are equal, limits, roundings; wording and form.
KINDS = message("equality"), message("limit"), message("rounding"), message("form")


@dataclass(frozen=True)
class Check:
    """Something that should hold.

    `left` and `right` are the two sides. `=`, `<` and `≤` admit no tolerance, but for what amounts
    printed in 万元 may have been before they were rounded. With `rounds to` the
    left side, rounded half up to `decimals`, must be the right; with `sums to` rounded parts
    (`terms` of them) may miss the right side by half a unit of the last decimal each.
    `guards` says which problem it would show; `source` is an id of the editorial sources; `rule`
    the rule of the form that it comes from, if one asks for it.
    """

    id: str
    family: str
    statement_en: str
    statement_zh: str
    guards: str
    left: Expression
    right: Expression
    relation: Relation = "="
    source: str = "arithmetic"
    decimals: int = 0
    terms: int = 0
    rule: str = ""

    @property
    def parts(self) -> Iterator[Expression]:
        """All that the two sides are made of."""
        yield from self.left.parts()
        yield from self.right.parts()

    @cached_property
    def why(self) -> str:
        """Why it does not apply to its disclosure; empty if it does."""
        return next((part.what for part in self.parts if type(part) is Inapplicable), "")

    @property
    def kind(self) -> str:
        """What it states, one of `KINDS`.

        An equality or a limit compares printed figures alone. All that is neither one of them nor
        a rounding is form: what is counted, whether there is anything, signs, units and words.
        """
        if self.relation in ("rounds to", "sums to"):
            return "rounding"
        parts = list(self.parts)
        leaves = [part for part in parts if isinstance(part, Leaf)]
        located = bool(leaves) and all(isinstance(leaf, Cell | Claim) for leaf in leaves)
        if not located or any(isinstance(part, Positive | Quote | Stated) for part in parts):
            return "form"
        return "equality" if self.relation == "=" else "limit"


def check(
    key: str,
    left: Expression,
    right: Expression,
    *,
    rule: Rule | str = "",
    decimals: int = 0,
    terms: int = 0,
    **places: Words,
) -> Check:
    """Return the check that a row of statements.csv states of two sides.

    `places` fill its sentences and its id. `rule` is the rule of the form that asks for it, which
    names the source then, or only the id of what asks; `{rule}` is the place of its id.
    """
    asked, source = (rule.id, rule.source) if isinstance(rule, Rule) else (rule, "")
    more = (source, decimals, terms, asked)
    return _stated(key, left, right, {"rule": asked, **places}, *more)


def nothing(key: str, resource: str, *conditions: tuple[Any, ...], **places: Words) -> Check:
    """Return the check that no row of a resource meets all conditions.

    They are written as (column, operator, value). What is counted is the row's `counts`, or what
    is an exception to its sentence.
    """
    row = statements()[key]
    exceptions = said("exceptions: {statement:text}", statement=row.said(places)[0])
    what = row.filled("counts", places) or exceptions
    return _stated(key, Count(what, resource, where(*conditions)), Constant(0), places)


def _stated(
    key: str,
    left: Expression,
    right: Expression,
    places: Mapping[str, Words],
    source: str = "",
    *more: Any,
) -> Check:
    row = statements()[key]
    words = (row.family, *row.said(places), translated(row.guards))
    sides = (left, right, row.relation)
    return Check(row.filled("id", places), *words, *sides, source or row.source, *more)


@dataclass(frozen=True)
class Result:
    """A check with its verdict. `left` and `right` are exact; None where not evaluated.

    `needs` says which figure is missing, or why the check does not apply. `offenders` are, where
    nothing should be counted, the addresses of what was.
    """

    check: Check
    verdict: Verdict
    left: Value | None = None
    right: Value | None = None
    needs: str = ""
    offenders: tuple[str, ...] = ()

    @property
    def difference(self) -> Fraction | None:
        """Left minus right, None unless both are numbers."""
        if isinstance(self.left, Fraction) and isinstance(self.right, Fraction):
            return self.left - self.right
        return None

    @property
    def relation(self) -> str:
        """What stands between the two sides: the relation, or in words that it fails."""
        says = {Verdict.ROUNDED: _HOLDS | _BUT_FOR_ROUNDING, Verdict.FAILS: _NOT}
        relation = self.check.relation
        return said(says.get(self.verdict, _HOLDS).get(relation, relation))

    @property
    def sides(self) -> tuple[str, str]:
        """Both sides in print, those of a failing check with the decimals that show why.

        A rate that is printed, and a sum of such, has as many as the print.
        """
        left, right = self.left, self.right
        decimals = 2
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            while self.verdict is Verdict.FAILS and self.verdict is not _verdict(
                self.check, *(Fraction(round_half_up(v, decimals)) for v in (left, right))
            ):
                decimals += 1
        places = {"rounds to": (decimals, self.check.decimals), "sums to": (self.check.decimals, 0)}
        for_left, for_right = places.get(self.check.relation, (decimals, decimals))
        return side(left, for_left), side(right, for_right)

    @property
    def cells(self) -> list[str]:
        """The addresses of everything the check reads, left side first, each once."""
        leaves = (*self.check.left.leaves(), *self.check.right.leaves())
        return list(dict.fromkeys(map(str, leaves)))


def as_data(check: Check) -> dict[str, Any]:
    """Return a check as what JSON can hold: its fields, and its kind."""
    return {**expression_data(check), "kind": check.kind}


def evaluate(checks: Iterable[Check], disclosure: Disclosure) -> list[Result]:
    """Judge each check on a disclosure; one that lacks a figure cannot be tested."""
    return [_judge(check, disclosure) for check in checks]


def _judge(check: Check, disclosure: Disclosure) -> Result:
    if check.why:
        return Result(check, Verdict.APART, needs=check.why)
    try:
        left, right = check.left.value(disclosure), check.right.value(disclosure)
    except NeedsFigure as need:
        return Result(check, Verdict.OPEN, needs=str(need))
    verdict, counted = _verdict(check, left, right), check.left
    if verdict is Verdict.FAILS and disclosure.rounds and _within_rounding(check, disclosure):
        verdict = Verdict.ROUNDED
    offend = verdict is Verdict.FAILS and isinstance(counted, Count) and right == 0
    offenders = tuple(counted.found(disclosure)) if offend and isinstance(counted, Count) else ()
    return Result(check, verdict, left, right, offenders=offenders)


def _verdict(check: Check, left: Value, right: Value) -> Verdict:
    if isinstance(left, str) or isinstance(right, str):
        return Verdict.HOLDS if left == right else Verdict.FAILS
    match check.relation:
        case "=":
            return Verdict.HOLDS if left == right else Verdict.FAILS
        case "<":
            return Verdict.HOLDS if left < right else Verdict.FAILS
        case "≤":
            return Verdict.HOLDS if left <= right else Verdict.FAILS
        case "rounds to":
            rounded = Fraction(round_half_up(left, check.decimals))
            if rounded != right:
                return Verdict.FAILS
            return Verdict.HOLDS if left == right else Verdict.ROUNDED
        case "sums to":
            slack = Fraction(check.terms, 2 * 10**check.decimals)
            if left == right:
                return Verdict.HOLDS
            return Verdict.ROUNDED if abs(left - right) <= slack else Verdict.FAILS


def _within_rounding(check: Check, disclosure: Disclosure) -> bool:
    """Whether exact amounts could make a check hold that are printed as these are, in 万元."""
    try:
        left, right = bounds(check.left, disclosure), bounds(check.right, disclosure)
    except NeedsFigure:
        return False
    if left[0] == left[1] and right[0] == right[1]:
        return False
    match check.relation:
        case "<":
            return left[0] < right[1]
        case "≤":
            return left[0] <= right[1]
        case "rounds to":
            left = rounded(left, check.decimals)
        case "sums to":
            slack = Fraction(check.terms, 2 * 10**check.decimals)
            left = left[0] - slack, left[1] + slack
    return left[0] <= right[1] and right[0] <= left[1]
