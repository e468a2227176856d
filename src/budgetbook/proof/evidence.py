"""What a check states, which are evidence of their own, and which follow from others.

An equality of sums is a linear form in the printed figures: left side less right side. Taken in
the order of the catalogue (sums inside a table, ties, then the text), a check whose form is a
combination of others that hold must hold with them: it is implied. A blank cell counts as nothing
here, as in the checks. A check that is not linear (a rounding, a limit, a count, a word) is
implied only if an earlier check compares the very same things in the same way.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction

from ..checks.check import Check, Result, Verdict
from ..exact.linear import Span
from ..model.disclosure import Disclosure
from ..model.expressions import Cell, Constant, Expression, Leaf, NeedsFigure, Product, Sum

ONE = "the number one"
#: How the source of a rule is known → the evidence, where it is not B.
_EVIDENCE = {"disclosure": "A", "ours": "C"}


def grade(check: Check, disclosure: Disclosure) -> str:
    """Return the evidence that a check's verdict is: A arithmetic, B inference, C hint.

    It follows from how the source of the rule is known: figures and words of the document alone,
    a rule of elsewhere or of custom, or this book's own reading of a wording.
    """
    known = {row["id"]: row["grade"] for row in disclosure.reference["sources"]}
    return _EVIDENCE.get(known.get(check.source, ""), "B")


def implied(results: Sequence[Result], disclosure: Disclosure) -> set[str]:
    """Return the ids of the checks that follow from others.

    What holds follows from other checks that hold, before it in the catalogue. What fails is
    implied if it only repeats disagreements before it.
    """
    span = Span()
    seen: set[Hashable] = set()
    found = set()
    for fails in (False, True):
        for result in results:
            judged = result.verdict not in (Verdict.OPEN, Verdict.APART)
            if not judged or (result.verdict is Verdict.FAILS) is not fails:
                continue
            if not _new(result.check, disclosure, span, seen):
                found.add(result.check.id)
    return found


def _new(check: Check, disclosure: Disclosure, span: Span, seen: set[Hashable]) -> bool:
    form = _form(check, disclosure) if check.relation == "=" else None
    if form is not None:
        return span.add(form)
    sides = (check.relation, check.left, check.right)
    known = sides in seen
    seen.add(sides)
    return not known


def _form(check: Check, disclosure: Disclosure) -> dict[Hashable, Fraction] | None:
    left, right = _linear(check.left, disclosure), _linear(check.right, disclosure)
    if left is None or right is None:
        return None
    return {k: left.get(k, Fraction(0)) - right.get(k, Fraction(0)) for k in {**left, **right}}


def _linear(expression: Expression, disclosure: Disclosure) -> dict[Hashable, Fraction] | None:
    """Return an expression as a linear form, None if it is not one."""
    match expression:
        case Constant(number):
            return {ONE: Fraction(number)}
        case Sum(terms):
            result: dict[Hashable, Fraction] = {}
            for sign, term in terms:
                part = _linear(term, disclosure)
                if part is None:
                    return None
                for key, factor in part.items():
                    result[key] = result.get(key, Fraction(0)) + sign * factor
            return result
        case Product(Constant(number), other) | Product(other, Constant(number)):
            part = _linear(other, disclosure)
            return part and {key: number * factor for key, factor in part.items()}
        case Cell():
            return _figure(expression, disclosure, expression.address)
        case Leaf():
            return _figure(expression, disclosure, str(expression))
    return None


def _figure(leaf: Leaf, disclosure: Disclosure, key: Hashable) -> dict[Hashable, Fraction] | None:
    try:
        value = leaf.value(disclosure)
    except NeedsFigure:
        return None
    if isinstance(value, str):
        return None
    return {key: Fraction(1)} if value or not _blank(leaf, disclosure) else {}


def _blank(leaf: Leaf, disclosure: Disclosure) -> bool:
    if not isinstance(leaf, Cell):
        return False
    found = disclosure.at(leaf.address)
    return found is None or found[0][found[1]] is None
