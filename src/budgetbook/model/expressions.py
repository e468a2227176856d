"""The sides of a check: expressions over cells, claims and counts, evaluated exactly.

An expression that needs a figure which is not printed has no value; it says what it needs. All
are plain data: they compare, and `as_data` writes them down.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

from ..exact.money import round_half_up
from ..forms import Form, inside, plain
from ..messages import said, translated
from .address import TOTAL_ROW, Address, parse
from .disclosure import Disclosure

Value = Fraction | str
_NUMBER = re.compile(r"\d+(\.\d+)?")
#: Where a figure is read: its address, or a resource and one of its columns.
Place = Address | tuple[str, str]


class NeedsFigure(Exception):
    """An expression cannot be evaluated: `str()` says which figure would be needed."""


class Expression(ABC):
    """One side of a check."""

    @abstractmethod
    def value(self, disclosure: Disclosure) -> Value:
        """Return the exact value; NeedsFigure if a figure it needs is not printed."""

    def operands(self) -> Iterator[Expression]:
        """Yield the expressions that its own value is worked out from."""
        yield from (content for content in vars(self).values() if isinstance(content, Expression))

    def leaves(self) -> Iterator[Leaf]:
        """Yield the cells, claims and counts that the expression reads."""
        for operand in self.operands():
            yield from operand.leaves()

    def reads(self) -> Iterator[Place]:
        """Yield where the figures stand that a change of its value can come from."""
        for operand in self.operands():
            yield from operand.reads()

    def parts(self) -> Iterator[Expression]:
        """Yield the expression and all expressions that it is made of."""
        yield self
        for operand in self.operands():
            yield from operand.parts()

    def __add__(self, other: Expression) -> Sum:
        return Sum((*_terms(self), *_terms(other)))

    def __sub__(self, other: Expression) -> Sum:
        return Sum((*_terms(self), *((-sign, term) for sign, term in _terms(other))))


class Leaf(Expression):
    """An expression that stands for something printed, or for what is counted in print."""

    def operands(self) -> Iterator[Expression]:
        """Yield nothing."""
        yield from ()

    def parts(self) -> Iterator[Expression]:
        """Yield itself."""
        yield self

    def leaves(self) -> Iterator[Leaf]:
        """Yield itself."""
        yield self

    @abstractmethod
    def __str__(self) -> str:
        """Return its address, or what is counted."""


@dataclass(frozen=True)
class Cell(Leaf):
    """A cell of a table, by its address.

    With `blank_is_zero` a blank counts as nothing, because the layout means so there: an
    account without money in a column is left blank.
    """

    address: Address
    blank_is_zero: bool = False

    def __str__(self) -> str:
        """Return its address."""
        return str(self.address)

    def reads(self) -> Iterator[Place]:
        """Yield its address."""
        yield self.address

    def words(self, form: Form) -> tuple[str, str]:
        """Return what a sentence calls it, in English and in Chinese."""
        return cell_words(form, self.address)

    def value(self, disclosure: Disclosure) -> Value:
        """Return the cell's amount (yuan), percentage or text."""
        found = disclosure.at(self.address)
        content = found[0][found[1]] if found and found[1] else None
        if isinstance(content, Decimal):
            return Fraction(*content.as_integer_ratio())
        if content is None and self.blank_is_zero:
            return Fraction(0)
        if content is None or content.startswith("#"):
            what = self.words(disclosure.form)[0]
            blank = said("{what:text} (printed blank)", what=what)
            wrong = said("{what:text} (printed {content:text})", what=what, content=content)
            raise NeedsFigure(wrong if content else blank)
        if _NUMBER.fullmatch(content):
            return Fraction(content)
        return plain(content)


def cell_words(form: Form, address: Address) -> tuple[str, str]:
    """Return what a sentence calls a cell, in English and in Chinese."""
    table, label = form.tables[address.table], address.name
    english, chinese = table.words
    found = next((c for c in table.columns if c.name == address.column), None)
    title = inside(found.title) if found else said("amount")
    total = label == TOTAL_ROW or label.endswith(form.total)
    of = next(
        (x for x in form.labels if table.form and x.form == table.whose and x.role == label), None
    )
    row = inside(of.title) if of else translated(label)
    label = of.wordings[0] if of else label
    called = said(
        "the {title:text} of {row:text} in {table:text}", title=title, row=row, table=english
    )
    if total:
        called = said(
            "the {title:text} of all accounts in {table:text}", title=title, table=english
        )
    if label.isdigit():
        chinese = said("{table:text}科目{code:text}", table=chinese, code=label)
    else:
        named = form.total if total else label
        chinese = said("{table:text}“{row:text}”行", table=chinese, row=named)
    if found:
        heading = found.heading.format(prior="上", year="")
        chinese = said("{row:text}“{column:text}”栏", row=chinese, column=heading)
    return called, chinese


@dataclass(frozen=True)
class Claim(Leaf):
    """A figure stated in the text, by the claim's id; signed by the direction it claims."""

    id: str

    def __str__(self) -> str:
        """Return the claim's address."""
        return self.id

    @property
    def address(self) -> Address:
        """The address of the stated figure."""
        return parse(self.id)._replace(column="value")

    def reads(self) -> Iterator[Place]:
        """Yield its address."""
        yield self.address

    def value(self, disclosure: Disclosure) -> Value:
        """Return the stated figure, negative where a decrease is claimed, in yuan, % or units."""
        claim = disclosure.by_claim.get(self.id)
        if claim is None or claim["value"] is None:
            raise NeedsFigure(said("{claim:text} (no figure is stated)", claim=self.id))
        scale = 10_000 if claim["unit"] == "万元" else 1
        sign = -1 if claim["direction"] == "decrease" else 1
        return Fraction(claim["value"]) * scale * sign


@dataclass(frozen=True)
class NumberIn(Leaf):
    """The first number in a printed name that `pattern` finds; nothing where it finds none."""

    address: Address
    pattern: str

    def __str__(self) -> str:
        """Return what is read."""
        return said("the number in {place:text}", place=str(self.address))

    def reads(self) -> Iterator[Place]:
        """Yield its address."""
        yield self.address

    def value(self, disclosure: Disclosure) -> Value:
        """Return the number."""
        place = disclosure.at(self.address)
        found = re.search(self.pattern, str(place[0][place[1]] or "")) if place else None
        return Fraction(found[1]) if found else Fraction(0)


@dataclass(frozen=True)
class Year(Leaf):
    """The year in the titles of the tables, or so many years after it."""

    after: int = 0

    def __str__(self) -> str:
        """Return what it is called."""
        if self.after:
            return said("year in the titles of the tables less one")
        return said("year in the titles of the tables")

    def value(self, disclosure: Disclosure) -> Value:
        """Return the year."""
        return Fraction(disclosure.year + self.after)


@dataclass(frozen=True)
class Constant(Expression):
    """A number that the rule itself names."""

    number: int | Fraction

    def value(self, disclosure: Disclosure) -> Value:
        """Return the number."""
        return Fraction(self.number)


@dataclass(frozen=True)
class Quote(Expression):
    """A word that the rule itself names."""

    text: str

    def value(self, disclosure: Disclosure) -> Value:
        """Return the word, in its plain form."""
        return plain(self.text)


@dataclass(frozen=True)
class Stated(Expression):
    """An amount that the text may state of a subject for a year; mostly it does not.

    `what` says for people which figure that would be; `account` is the code or the printed path
    of the functional account, if it is one's.
    """

    subject: str
    year: int
    what: str
    account: str = ""

    def reads(self) -> Iterator[Place]:
        """Yield the column of all stated figures."""
        yield "claims", "value"

    def value(self, disclosure: Disclosure) -> Value:
        """Return the amount in yuan; NeedsFigure where the text states none."""
        for claim in disclosure.claims:
            found = (claim["subject"], claim["kind"], claim["year"])
            mine = self.account in ("", claim["code"] or claim["label"])
            stated = mine and claim["value"] is not None
            if stated and found == (self.subject, "amount", self.year):
                return Claim(claim["id"]).value(disclosure)
        raise NeedsFigure(self.what)


@dataclass(frozen=True)
class Unprinted(Expression):
    """What would stand in a table that is not printed: never nothing, always unknown."""

    table: str

    def value(self, disclosure: Disclosure) -> Value:
        """Raise NeedsFigure, which names the table."""
        table = disclosure.form.tables[self.table].words[0]
        raise NeedsFigure(said("{what:text}, which is not printed", what=table))


@dataclass(frozen=True)
class Missing(Expression):
    """What the form expects and the document does not say: `what` names it."""

    what: str

    def value(self, disclosure: Disclosure) -> Value:
        """Raise NeedsFigure."""
        raise NeedsFigure(self.what)


@dataclass(frozen=True)
class Inapplicable(Missing):
    """A side of a rule that is not meant for this disclosure: `what` says why."""


@dataclass(frozen=True)
class Sum(Expression):
    """A sum of signed terms."""

    terms: tuple[tuple[int, Expression], ...]

    def value(self, disclosure: Disclosure) -> Value:
        """Return the sum; NeedsFigure names the first term without a value."""
        above, below = 0, 1  # whole numbers: a fraction in lowest terms is made once, at the end
        for sign, term in self.terms:
            part = number(term, disclosure)
            shared = lcm(below, part.denominator)
            above *= shared // below
            above += sign * part.numerator * (shared // part.denominator)
            below = shared
        return Fraction(above, below)

    def operands(self) -> Iterator[Expression]:
        """Yield its terms without their signs."""
        yield from (term for _, term in self.terms)


@dataclass(frozen=True)
class Product(Expression):
    """A product of two expressions."""

    first: Expression
    second: Expression

    def value(self, disclosure: Disclosure) -> Value:
        """Return the product."""
        return number(self.first, disclosure) * number(self.second, disclosure)


@dataclass(frozen=True)
class Rounded(Expression):
    """An expression rounded half up, as a budget rounds each contribution to the cent."""

    exact: Expression
    decimals: int = 2

    def value(self, disclosure: Disclosure) -> Value:
        """Return the rounded value."""
        return Fraction(round_half_up(number(self.exact, disclosure), self.decimals))


@dataclass(frozen=True)
class Positive(Expression):
    """Whether an expression is above nothing: one if it is, nothing if not."""

    amount: Expression

    def value(self, disclosure: Disclosure) -> Value:
        """Return 1 or 0."""
        return Fraction(number(self.amount, disclosure) > 0)


@dataclass(frozen=True)
class Percentage(Expression):
    """`part` as a percentage of `whole`; undefined where the whole is nothing."""

    part: Expression
    whole: Expression

    def value(self, disclosure: Disclosure) -> Value:
        """Return 100 × part ÷ whole."""
        whole = number(self.whole, disclosure)
        if whole == 0:
            leaves = self.whole.leaves()
            form = disclosure.form
            names = ", ".join(x.words(form)[0] if isinstance(x, Cell) else str(x) for x in leaves)
            raise NeedsFigure(
                said("an amount other than nothing as {of:text}: the rate is undefined", of=names)
            )
        return number(self.part, disclosure) / whole * 100


def as_data(content: Any) -> Any:
    """Return an expression, and all that it is made of, as what JSON can hold.

    An expression is an object with its `kind` and its fields; an address is its text, a fraction
    an exact decimal or `p/q`.
    """
    if isinstance(content, Address | Fraction | Decimal):
        return str(content)
    if is_dataclass(content) and not isinstance(content, type):
        named = {f.name: as_data(getattr(content, f.name)) for f in fields(content)}
        return {"kind": type(content).__name__, **named}
    if isinstance(content, tuple):
        parts = [as_data(part) for part in content]
        return (
            dict(zip(content._fields, parts, strict=True)) if hasattr(content, "_fields") else parts
        )
    return content


def total(terms: Sequence[Expression]) -> Sum:
    """Return the sum of expressions."""
    return Sum(tuple((1, term) for term in terms))


def times(factor: Fraction | int, expression: Expression) -> Product:
    """Return an expression multiplied by a number that a rule names."""
    return Product(Constant(factor), expression)


def _terms(expression: Expression) -> tuple[tuple[int, Expression], ...]:
    return expression.terms if isinstance(expression, Sum) else ((1, expression),)


def number(expression: Expression, disclosure: Disclosure) -> Fraction:
    """Return the value of an expression; NeedsFigure if it has none, or a word instead."""
    value = expression.value(disclosure)
    if isinstance(value, str):
        raise NeedsFigure(said("a number instead of {word:text}", word=value))
    return value
