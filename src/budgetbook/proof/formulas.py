"""How a figure of a check is derived: the addresses that it comes from, and its formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..checks import Result
from ..messages import both, message, pair, said
from ..model.address import Address, located, parse
from ..model.counting import Count
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
#: Whether some are taken off → a sum of more, in English and Chinese.
_MORE = {
    False: (
        message("{first:text} {sign:text} … ({number:count} terms)"),
        message("{first:text} {sign:text} …（共{number:count}项）"),
    ),
    True: (
        message("{first:text} {sign:text} … ({number:count} terms, added and taken off)"),
        message("{first:text} {sign:text} …（共{number:count}项，有加有减）"),
    ),
}
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
        english, chinese = pair(
            "{place:text} − projects of {table:text}",
            "{place_zh:text} − {table_zh:text}各项目",
            place=english,
            table=names.roles[less],
            place_zh=chinese,
            table_zh=names.chinese_roles[less],
        )
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
    told = pair("computed from {number:count} figures", "由{number:count}个数字算出", number=count)
    return told[chinese]


def in_words(expression: Expression, names: Names, *, chinese: bool = False) -> str:
    """Return how a figure is derived, each place said in words."""

    def named(leaf: Leaf) -> str:
        address = leaf.address if isinstance(leaf, NumberIn) else place(leaf)
        words = names.place(address, chinese=chinese) if address else str(leaf)
        if isinstance(leaf, Count) and chinese:
            return leaf.chinese
        if isinstance(leaf, NumberIn):
            return pair("the number in {place:text}", "{place:text}中的数", place=words)[chinese]
        if isinstance(leaf, Claim) and chinese:
            words += "".join(STATEMENTS[part][1] for part in leaf.address.row if part in STATEMENTS)
        if isinstance(leaf, Claim) and _SIGNED & {*leaf.address.row}:  # a fall counts below nothing
            signed = pair(
                "{claim:text}, with its direction", "{claim:text}（带正负号）", claim=words
            )
            return signed[chinese]
        return words

    text = _words(expression, named, chinese=chinese)
    return text.removeprefix("(").removesuffix(")") if isinstance(expression, Sum) else text


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
            return pair("0 (no such row)", "0（无此行）")[chinese]
        case Sum(terms):
            signed = [f"{'−' if sign < 0 else '+'} {worded(term)}" for sign, term in terms[:_TERMS]]
            text = " ".join(signed).removeprefix("+ ")
            if len(terms) > _TERMS:
                mixed = any(sign < 0 for sign, _ in terms)
                sign = "−" if terms[_TERMS][0] < 0 else "+"
                text = said(_MORE[mixed][chinese], first=text, sign=sign, number=len(terms))
            return f"({text})" if len(terms) > 1 else text
        case Product(first, second):
            return f"{worded(first)} × {worded(second)}"
        case Percentage(part, whole):
            return f"{worded(part)} ÷ {worded(whole)} × 100"
        case Rounded(exact):
            value = worded(exact)
            told = pair("{amount:text}, rounded", "{amount:text}（四舍五入）", amount=value)
            return told[chinese]
        case Positive(amount):
            value = worded(amount)
            told = pair("{amount:text} above nothing", "{amount:text}是否大于零", amount=value)
            return told[chinese]
    raise TypeError(f"no words for {type(expression).__name__}")
