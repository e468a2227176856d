"""Amounts that are computed and nowhere printed: how, from which figures, for which checks.

A side of a check that adds, multiplies or rounds, one that a text states with another sign or in
another unit, what two sides differ by, what a finding adds up of such gaps, and the money of a
unit, and the sums of the chapters that no check adds: each has an anchor of its own, so that a link
leads to the amount that it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..analysis.paths import WAYS, of_units, paths
from ..analysis.reconstruction import ECONOMIC, ZERO
from ..analysis.variance import unexplained
from ..checks import Result, Verdict
from ..exact.money import side, yuan
from ..messages import message, pair, said
from ..model.address import Address
from ..model.cells import cell, find
from ..model.classification import renamed
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Claim, Expression, number, total
from ..words.naming import Names
from .findings import Finding
from .formulas import SPOKEN, brief, first_place, formula, in_words, place, source

#: An amount alone, as a link shows it, with its unit.
_AMOUNT = re.compile(r"([−-]?\d[\d,]*(?:\.\d+)?) ?(?:%|yuan|元|万元|points)?")

#: What the money of a unit rests on, before the sum.
_UNITS = {
    "own-unit": (
        message("the own unit's, if class 505 is the institution's: {english:text}"),
        message("本级（以505类为下属事业单位）：{chinese:text}"),
    ),
    "institution": (
        message("the institution's, if class 505 is: {english:text}"),
        message("下属事业单位（以505类为准）：{chinese:text}"),
    ),
}

#: What the address of a sum of the chapters begins with.
SUMS = "sums"

#: What a link to a computed amount says: the amount, the first figure behind it, the formula.
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Derived:
    """A computed amount: `text` in print, `told` how, in words, from the figures of `behind`.

    `chinese` tells it too; it is empty where something counted has no name in Chinese.
    """

    anchor: str
    text: str
    told: str
    chinese: str
    behind: Sequence[Address]
    results: Sequence[Result]
    findings: Sequence[Finding]


def amount(text: str) -> str:
    """Return an amount without commas, unit and closing noughts; empty for any other text."""
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        return ""
    plain = found[1].replace(",", "").replace("−", "-")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def added(finding: Finding, checks: Sequence[str]) -> tuple[Address | None, str]:
    """Return the first address and the formula of money that several checks differ by."""
    first, told = source(finding.everything[checks[0]], "gap")
    if not checks[1:]:
        return first, told
    number = len(checks)
    return first, said(
        "what the two sides of {number:count} checks differ by, added", number=number
    )


def derivations(
    disclosure: Disclosure,
    names: Names,
    results: Sequence[Result],
    register: Sequence[Finding],
    texts: Mapping[str, str],
) -> dict[Key, Derived]:
    """Return every computed amount by what its links say.

    `texts` has address → figure in print, which tells an amount that is stated otherwise.
    """
    found: dict[Key, Derived] = {}
    for key, one in (
        *_of_checks(names, results, register, texts),
        *_of_findings(names, register),
        *_of_units(disclosure, names),
        *_of_sums(disclosure, names),
    ):
        found.setdefault(key, one)
    return found


def _of_checks(
    names: Names, results: Iterable[Result], register: Sequence[Finding], texts: Mapping[str, str]
) -> Iterator[tuple[Key, Derived]]:
    for result in results:
        check = result.check
        fails = result.verdict is Verdict.FAILS and result.difference is not None
        values: dict[str, Any] = {"left": result.left, "right": result.right}
        values |= {"gap": abs(result.difference or 0)} if fails else {}
        for which, value in values.items():
            first, told = source(result, which)
            expression = {"left": check.left, "right": check.right}.get(which)
            first = first_place(expression) if expression else first
            if first is None or not isinstance(value, Fraction):
                continue
            text = side(value) if which == "gap" else result.sides[which == "right"]
            if not told and amount(text) == amount(texts.get(str(first), "0")):
                continue
            telling = [f for f in register if result in (f.failing or f.results)]
            sides = [expression] if expression else [check.left, check.right]
            spoken = _spoken(names, result, which)
            leaves = [leaf for part in sides for leaf in part.leaves()]
            named = all(place(leaf) or getattr(leaf, "chinese", "") for leaf in leaves)
            chinese = _spoken(names, result, which, chinese=True) if named else ""
            anchor = f"derived/{check.id}/{which}"
            one = Derived(anchor, text, spoken, chinese, _behind(sides), [result], telling)
            yield (amount(text), str(first), told), one


def _of_findings(names: Names, register: Iterable[Finding]) -> Iterator[tuple[Key, Derived]]:
    for finding in register:
        for size in finding.sizes:
            if size.checks[1:]:
                first, told = added(finding, size.checks)
                results = [finding.everything[name] for name in size.checks]
                sides = [s for r in results for s in (r.check.left, r.check.right)]
                anchor = f"derived/{finding.id}/{size.kind}"
                text = side(size.amount)
                chinese = said("{number:count}项核对两边之差相加", number=len(results))
                one = Derived(anchor, text, told, chinese, _behind(sides), results, [finding])
                yield (amount(text), str(first), told), one


def _of_units(disclosure: Disclosure, names: Names) -> Iterator[tuple[Key, Derived]]:
    for unit, parts in of_units(disclosure).items():
        behind = [address for _, address in parts]
        money = sum((way.amount for way in paths(disclosure) if way.unit == unit), ZERO)
        words = {zh: [names.place(one, chinese=zh) for one in behind] for zh in (False, True)}
        signs = ["+" if sign > 0 else "−" for sign, _ in parts]
        told, chinese = (
            " ".join(f"{sign} {word}" for sign, word in zip(signs, words[zh], strict=True))[2:]
            for zh in (False, True)
        )
        told, chinese = pair(*_UNITS[unit], english=told, chinese=chinese)
        text = said("{amount:yuan}", amount=money)
        one = Derived(f"derived/{WAYS}/{unit}", text, told, chinese, behind, [], [])
        yield (amount(yuan(money)), str(behind[0]), told), one


def _of_sums(disclosure: Disclosure, names: Names) -> Iterator[tuple[Key, Derived]]:
    for name, expression in sums(disclosure).items():
        told, first = formula(expression), first_place(expression)
        if told and first:
            money = number(expression, disclosure)
            text = said("{amount:yuan}", amount=money)
            english, chinese = (
                brief(in_words(expression, names, chinese=zh), (expression,), SPOKEN, chinese=zh)
                for zh in (False, True)
            )
            behind, anchor = _behind([expression]), f"derived/{SUMS}/{name}"
            one = Derived(anchor, text, english, chinese, behind, [], [])
            yield (amount(yuan(money)), str(first), told), one


def sums(disclosure: Disclosure) -> dict[str, Expression]:
    """Return the sums that the chapters tell and no check adds, by the name in their address.

    `rises`, `falls` (without their sign) and `silent` add changes of items of table 5, like for
    like: those that rise, that fall, that the text does not mention. `department` and `government`
    add both natures by an economic classification, `services` the commissioned services of both.
    """
    table = "spending-by-function"
    earlier = {first["code"]: [second] for first, second in renamed(disclosure)}
    silent = {step.code for step in unexplained(disclosure)}
    changes: dict[str, list[Expression]] = {"rises": [], "falls": [], "silent": []}
    for row in disclosure.tables.get(table, ()):
        if len(row["code"] or "") == 7:
            rows = [row, *earlier.get(row["code"], ())]
            now, prior = (
                total([cell(disclosure, one, column) for one in rows if one[column] is not None])
                for column in ("total", "prior_total")
            )
            by = number(now - prior, disclosure)
            if by:
                changes["rises" if by > 0 else "falls"].append(
                    now - prior if by > 0 else prior - now
                )
            if row["code"] in silent:
                changes["silent"].append(now - prior)
    nothing: Expression = total([])
    found = {name: sum(parts, nothing) for name, parts in changes.items()}
    places = {
        "department": [(d, TOTAL, column) for d, column, _ in ECONOMIC.values()],
        "government": [(g, TOTAL, nature) for nature, (_, _, g) in ECONOMIC.items()],
        "services": [(d, "30227", column) for d, column, _ in ECONOMIC.values()],
    }
    for name, cells in places.items():
        found[name] = total([one for place in cells if (one := find(disclosure, *place))])
    return found


def _behind(sides: Iterable[Expression]) -> list[Address]:
    found = (place(leaf) for expression in sides for leaf in expression.leaves())
    return list(dict.fromkeys(address for address in found if address))


def _spoken(names: Names, result: Result, which: str, *, chinese: bool = False) -> str:
    """Return the formula with places in words."""
    left, right = result.check.left, result.check.right
    if which == "gap":
        told = pair(
            "({left:text}) − ({right:text}), without its sign",
            "（{left:text}）−（{right:text}），不计正负",
            left=in_words(left, names, chinese=chinese),
            right=in_words(right, names, chinese=chinese),
        )[chinese]
        return brief(told, (left, right), SPOKEN, chinese=chinese)
    expression = left if which == "left" else right
    told = in_words(expression, names, chinese=chinese)
    if isinstance(expression, Claim) and result.check.relation in ("=", "≤", "<"):
        told = pair("{claim:text}, in yuan", "{claim:text}，以元计", claim=told)[chinese]
    return brief(told, (expression,), SPOKEN, chinese=chinese)
