"""How a figure of a check is derived: the addresses that it comes from, and its formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ..checks import Result
from ..messages import both, message, said
from ..model.address import Address, located, parse
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
from ..words.naming import STATEMENTS, Names

#: An address in a text.
_WRITTEN = re.compile(
    r"\b[a-z]+(?:-[a-z]+)*/(?:[^\s,;:()×÷（），。、]|、(?![a-z-]+/))*[^\s,;:().×÷（），。、]"
)
#: Kinds of claims that count with their direction.
_SIGNED = frozenset({"change", "growth"})
#: So many terms of a sum are told; of one that has more, these.
_TERMS = 5
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


def rebuilt(text: str, names: Names) -> str:
    """Return the formula of a reconstructed figure in words: a place, less a table's projects."""
    source, _, less = text.partition(" − ")
    english, chinese = (names.place(parse(source), chinese=zh) for zh in (False, True))
    if less:
        taken = names.roles[less]
        english = said("{place:text} − projects of {table:text}", place=english, table=taken)
        chinese = f"{chinese} − {names.chinese_roles[less]}各项目"
    return both(english, chinese)


def formula(expression: Expression) -> str:
    """Return how a figure is derived, empty for one that is read as it is printed."""
    match expression:  # a sum may be of one thing that is printed
        case Leaf() | Constant() | Quote() | Sum(((1, Leaf()),)):
            return ""
    text = _words(expression)
    if isinstance(expression, Sum):
        text = text.removeprefix("(").removesuffix(")")
    return brief(text, (expression,))


def brief(
    text: str, expressions: Iterable[Expression], long: int = _LONG, *, chinese: bool = False
) -> str:
    """Return a formula, or what it is computed from where it is too long to read."""
    if len(text) <= long:
        return text
    count = len({str(leaf) for expression in expressions for leaf in expression.leaves()})
    from_figures = message("computed from {number:count} figures")
    return _either(chinese, from_figures, "由{number}个数字算出", number=count)


def in_words(expression: Expression, names: Names, *, chinese: bool = False) -> str:
    """Return how a figure is derived, each place said in words."""

    def named(leaf: Leaf) -> str:
        address = leaf.address if isinstance(leaf, NumberIn) else place(leaf)
        words = names.place(address, chinese=chinese) if address else str(leaf)
        if isinstance(leaf, NumberIn):
            return _either(
                chinese, message("the number in {place:text}"), "{place}中的数", place=words
            )
        if isinstance(leaf, Claim) and chinese:
            words += "".join(STATEMENTS[part][1] for part in leaf.address.row if part in STATEMENTS)
        if isinstance(leaf, Claim) and _SIGNED & {*leaf.address.row}:  # a fall counts below nothing
            signed = message("{claim:text}, with its direction")
            return _either(chinese, signed, "{claim}（带正负号）", claim=words)
        return words

    text = _words(expression, named, chinese=chinese)
    return text.removeprefix("(").removesuffix(")") if isinstance(expression, Sum) else text


def _either(chinese: bool, template: str, zh: str, **values: Any) -> str:
    """Return a message, or the same in Chinese."""
    return zh.format(**values) if chinese else said(template, **values)


def _words(
    expression: Expression, named: Callable[[Leaf], str] = str, *, chinese: bool = False
) -> str:
    def worded(part: Expression) -> str:
        return _words(part, named, chinese=chinese)

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
            return _either(chinese, message("0 (no such row)"), "0（无此行）")
        case Sum(terms):
            signed = [f"{'−' if sign < 0 else '+'} {worded(term)}" for sign, term in terms[:_TERMS]]
            text = " ".join(signed).removeprefix("+ ")
            if len(terms) > _TERMS:
                added = message("{first:text} {sign:text} … ({number:count} terms)")
                mixed = message(
                    "{first:text} {sign:text} … ({number:count} terms, added and taken off)"
                )
                signs = any(sign < 0 for sign, _ in terms)
                text = _either(
                    chinese,
                    mixed if signs else added,
                    "{first} {sign} …（共{number}项，有加有减）"
                    if signs
                    else "{first} {sign} …（共{number}项）",
                    first=text,
                    sign="−" if terms[_TERMS][0] < 0 else "+",
                    number=len(terms),
                )
            return f"({text})" if len(terms) > 1 else text
        case Product(first, second):
            return f"{worded(first)} × {worded(second)}"
        case Percentage(part, whole):
            return f"{worded(part)} ÷ {worded(whole)} × 100"
        case Rounded(exact):
            rounded = message("{amount:text}, rounded")
            return _either(chinese, rounded, "{amount}（四舍五入）", amount=worded(exact))
        case Positive(amount):
            above = message("{amount:text} above nothing")
            return _either(chinese, above, "{amount}是否大于零", amount=worded(amount))
    raise TypeError(f"no words for {type(expression).__name__}")
