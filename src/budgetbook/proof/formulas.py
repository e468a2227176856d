"""How a figure of a check is derived: the addresses that it comes from, and its formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..checks import Result
from ..messages import message, said
from ..model.address import Address, located
from ..model.expressions import (
    Cell,
    Claim,
    Constant,
    Expression,
    Leaf,
    Missing,
    NumberIn,
    Percentage,
    Positive,
    Product,
    Quote,
    Rounded,
    Stated,
    Sum,
    Unprinted,
)
from ..words.naming import Names

#: An address in a text.
_WRITTEN = re.compile(
    r"\b[a-z]+(?:-[a-z]+)*/(?:[^\s,;:()×÷（），。、]|、(?![a-z-]+/))*[^\s,;:().×÷（），。、]"
)
#: Kinds of claims that count with their direction.
_SIGNED = frozenset({"change", "growth"})
_TERMS = 4
_LONG = 160
#: Words are longer than addresses.
SPOKEN = 320


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
    return found, brief(f"{_words(left)} − {_words(right)}", (left, right))


def spoken(text: str, names: Names) -> str:
    """Return a text with its addresses in words; one that nothing has stays as it is."""

    def named(found: re.Match[str]) -> str:
        address = located(found[0])
        words = names.place(address) if address else ""
        return found[0] if words == str(address or "") else words

    return _WRITTEN.sub(named, text)


def formula(expression: Expression) -> str:
    """Return how a figure is derived, empty for one that is read as it is printed."""
    match expression:  # a sum may be of one thing that is printed
        case Leaf() | Constant() | Quote() | Sum(((1, Leaf()),)):
            return ""
    text = _words(expression)
    if isinstance(expression, Sum):
        text = text.removeprefix("(").removesuffix(")")
    return brief(text, (expression,))


def brief(text: str, expressions: Iterable[Expression], long: int = _LONG) -> str:
    """Return a formula, or what it is computed from where it is too long to read."""
    if len(text) <= long:
        return text
    count = len({str(leaf) for expression in expressions for leaf in expression.leaves()})
    return said("computed from {number:count} figures", number=count)


def in_words(expression: Expression, names: Names) -> str:
    """Return how a figure is derived, each place said in words."""

    def named(leaf: Leaf) -> str:
        if isinstance(leaf, NumberIn):
            return said("the number in {place:text}", place=names.place(leaf.address))
        address = place(leaf)
        words = names.place(address) if address else str(leaf)
        if isinstance(leaf, Claim) and _SIGNED & {*leaf.address.row}:  # a fall counts below nothing
            return said("{claim:text}, with its direction", claim=words)
        return words

    text = _words(expression, named)
    return text.removeprefix("(").removesuffix(")") if isinstance(expression, Sum) else text


def _words(expression: Expression, named: Callable[[Leaf], str] = str) -> str:
    match expression:
        case Leaf():
            return named(expression)
        case Constant(number):
            return str(number)
        case Quote(text):
            return f"“{text}”"
        case Stated() | Missing():
            return expression.what
        case Unprinted(table):
            return table
        case Sum(()):
            return said("no such row")
        case Sum(terms):
            signed = [
                f"{'−' if sign < 0 else '+'} {_words(term, named)}" for sign, term in terms[:_TERMS]
            ]
            text = " ".join(signed).removeprefix("+ ")
            if len(terms) > _TERMS:
                added = message("{first:text} {sign:text} … ({number:count} terms)")
                mixed = message(
                    "{first:text} {sign:text} … ({number:count} terms, added and taken off)"
                )
                text = said(
                    mixed if any(sign < 0 for sign, _ in terms) else added,
                    first=text,
                    sign="−" if terms[_TERMS][0] < 0 else "+",
                    number=len(terms),
                )
            return f"({text})" if len(terms) > 1 else text
        case Product(first, second):
            return f"{_words(first, named)} × {_words(second, named)}"
        case Percentage(part, whole):
            return f"{_words(part, named)} ÷ {_words(whole, named)} × 100"
        case Rounded(exact):
            return said("{amount:text}, rounded", amount=_words(exact, named))
        case Positive(amount):
            return said("{amount:text} above nothing", amount=_words(amount, named))
    raise TypeError(f"no words for {type(expression).__name__}")
