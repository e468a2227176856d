"""How a figure of a check is derived: the addresses that it comes from, and its formula."""

from __future__ import annotations

from collections.abc import Iterable

from ..checks import Result
from ..model.address import Address
from ..model.expressions import (
    Cell,
    Claim,
    Constant,
    Expression,
    Leaf,
    Missing,
    Percentage,
    Positive,
    Product,
    Quote,
    Rounded,
    Stated,
    Sum,
    Unprinted,
)

_TERMS = 4
_LONG = 160


def place(leaf: Leaf) -> Address | None:
    """Return the address of what a check reads, None for what it counts.

    A word, and a figure that is printed blank, have no passport; their cells in the data pages
    bear the anchor.
    """
    return leaf.address if isinstance(leaf, Cell | Claim) else None


def first_place(expression: Expression) -> Address | None:
    """Return the address of the first thing that an expression reads, None if it reads nothing."""
    return next((found for leaf in expression.leaves() if (found := place(leaf))), None)


def source(result: Result, which: str) -> tuple[Address | None, str]:
    """Return the address and the formula of a figure that a finding tells of a check.

    `which` is `left`, `right` or `gap`, what the two sides differ by.
    """
    left, right = result.check.left, result.check.right
    first, second = (right, left) if which == "right" else (left, right)
    found = first_place(first) or first_place(second)
    if which != "gap":
        return found, formula(first)
    return found, _brief(f"{_words(left)} − {_words(right)}", (left, right))


def formula(expression: Expression) -> str:
    """Return how a figure is derived, empty for one that is read as it is printed."""
    match expression:  # a sum may be of one thing that is printed
        case Leaf() | Constant() | Quote() | Sum(((1, Leaf()),)):
            return ""
    text = _words(expression)
    if isinstance(expression, Sum):
        text = text.removeprefix("(").removesuffix(")")
    return _brief(text, (expression,))


def _brief(text: str, expressions: Iterable[Expression]) -> str:
    """Return a formula, or what it is computed from where it is too long to read."""
    if len(text) <= _LONG:
        return text
    count = len({str(leaf) for expression in expressions for leaf in expression.leaves()})
    return f"computed from {count} figures"


def _words(expression: Expression) -> str:
    match expression:
        case Leaf():
            return str(expression)
        case Constant(number):
            return str(number)
        case Quote(text):
            return f"“{text}”"
        case Stated() | Missing():
            return expression.what
        case Unprinted(table):
            return table
        case Sum(terms):
            signed = [f"{'−' if sign < 0 else '+'} {_words(term)}" for sign, term in terms[:_TERMS]]
            text = " ".join(signed).removeprefix("+ ")
            more = f" + … ({len(terms)} terms)" if len(terms) > _TERMS else ""
            return f"({text}{more})" if len(terms) > 1 else text
        case Product(first, second):
            return f"{_words(first)} × {_words(second)}"
        case Percentage(part, whole):
            return f"{_words(part)} ÷ {_words(whole)} × 100"
        case Rounded(exact):
            return f"{_words(exact)}, rounded"
        case Positive(amount):
            return f"{_words(amount)} above nothing"
    raise TypeError(f"no words for {type(expression).__name__}")
