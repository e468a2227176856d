"""Walks through the budget: trees of accounts from the total down, and where each is printed.

Every walk begins at the same total. A node's figure is a printed cell at an address, or the sum of
printed cells whose addresses it carries; amounts are exact strings in yuan, empty where blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from ..analysis.reconstruction import by_unit
from ..messages import message, translated
from ..model.classification import INSTITUTIONS, names
from ..model.disclosure import Disclosure
from ..package.store import Row

Node = dict[str, Any]
Figures = dict[str, Node]
Parts = Mapping[str, Decimal | None]
Places = Mapping[str, tuple[str, str]]

_WORDS = {
    "total": (message("Total"), "合计"),
    "basic": (message("Basic expenditure"), "基本支出"),
    "project": (message("Project expenditure"), "项目支出"),
    "own-unit": (message("The department's own unit"), "本级"),
    "institution": (message("Subordinate institutions"), "下属事业单位"),
}
#: The walk by unit is not printed: its title says what it rests on.
_DERIVED = (
    message("Unit (derived, if class 505 is the institution's)"),
    "按单位（推算，以505类仅列下属事业单位为前提）",
)
_FUNCTION = "spending-by-function"
_UNITS = ("own-unit", "institution")
#: Nature → the table and column that print it by department class, and by government class.
_DEPARTMENT = {
    "basic": ("basic-by-economic", "total"),
    "project": ("project-by-economic", "project"),
}
_GOVERNMENT = {
    "basic": ("basic-by-government", "basic"),
    "project": ("project-by-government", "project"),
}


class Account(NamedTuple):
    """A row of a table with the accounts below it."""

    row: Row
    below: list[Account]


def accounts(disclosure: Disclosure, table: str) -> list[Account]:
    """Return the classes of a table with all below them, by code, in printed order.

    A row without a code stands beside the account that it follows.
    """
    top: list[Account] = []
    path: list[Account] = []
    for row in disclosure.tables.get(table, ()):
        account = Account(row, [])
        if disclosure.form.wording.is_total(row["name"] or ""):
            continue
        if not row["code"]:
            (path[-2].below if path[1:] else top).append(account)
            continue
        while path and not _holds(path[-1].row["code"], row["code"]):
            path.pop()
        (path[-1].below if path else top).append(account)
        path.append(account)
    return top


def _holds(code: str, other: str) -> bool:
    """Whether the account `code` has the account `other` below it."""
    return other.startswith(code) and other != code


def walks(disclosure: Disclosure) -> list[dict[str, Any]]:
    """Return every walk: its id and titles, the years that it can show, and its root."""
    makers = {
        "function": (message("Function"), "功能", _by_function),
        "nature": (message("Basic and project"), "性质", _by_nature),
        "unit": (*_DERIVED, _by_unit),
        "department": (message("Department economic class"), "部门经济分类", _by_department),
        "government": (message("Government economic class"), "政府经济分类", _by_government),
    }
    found = []
    for name, (english, chinese, make) in makers.items():
        root = make(disclosure)
        years = list(root["figures"])
        title = translated(english), chinese
        found.append({"id": name, "title": title, "years": years, "root": root})
    return found


def _node(name: str | tuple[str, str], figures: Figures, below: list[Node], code: str = "") -> Node:
    """Return a node; `figures` holds one a year."""
    english, chinese = _WORDS[name] if isinstance(name, str) else name
    words = translated(english), chinese
    return {"code": code, "name": words, "figures": figures, "below": below}


def _figure(
    amount: Decimal | None, parts: Parts, place: str = "", terms: Sequence[str] = ()
) -> Node:
    """Return a figure: its address, or its terms' if it is a sum; `parts` divide its bar."""
    text = "" if amount is None else f"{amount:f}"
    held = [(name, f"{part:f}") for name, part in parts.items() if part]
    return {"amount": text, "place": place, "terms": terms, "parts": held}


def _cell(disclosure: Disclosure, row: Row | None, column: str, parts: Parts) -> Node:
    if row is None:
        return _figure(None, {})
    return _figure(row[column], parts, str(disclosure.address(row, column)))


def _total(disclosure: Disclosure, table: str) -> Row | None:
    is_total, rows = disclosure.form.wording.is_total, disclosure.tables.get(table, ())
    return next((row for row in rows if is_total(row["name"] or "")), None)


def _nodes(
    disclosure: Disclosure, mine: Sequence[Account], figures: Callable[[Row], Figures]
) -> list[Node]:
    """Return accounts as nodes; one without a figure and without accounts below is left out."""
    words = names(disclosure)
    found = []
    for account in mine:
        shown = figures(account.row)
        below = _nodes(disclosure, account.below, figures)
        if below or any(figure["amount"] for figure in shown.values()):
            code = account.row["code"] or ""
            name = (words.get(code, ("", ""))[0], account.row["name"] or "")
            found.append(_node(name, shown, below, code))
    return found


def _this_year(disclosure: Disclosure, row: Row | None) -> Figures:
    """Return a row of table 5 this year, by nature."""
    parts = {nature: row[nature] for nature in _DEPARTMENT} if row else {}
    return {str(disclosure.year): _cell(disclosure, row, "total", parts)}


def _by_function(disclosure: Disclosure) -> Node:
    def figures(row: Row | None) -> Figures:
        prior = _cell(disclosure, row, "prior_total", {})
        return _this_year(disclosure, row) | {str(disclosure.year - 1): prior}

    below = _nodes(disclosure, accounts(disclosure, _FUNCTION), figures)
    return _node("total", figures(_total(disclosure, _FUNCTION)), below)


def _root(disclosure: Disclosure, below: list[Node]) -> Node:
    return _node("total", _this_year(disclosure, _total(disclosure, _FUNCTION)), below)


def _walk(disclosure: Disclosure, places: Places, parts: Callable[[str, Row], Parts]) -> Node:
    """Return the walk by nature through the tables and columns that print it, this year.

    `parts` says of a nature and a row what divides the bar of its figure.
    """
    below = []
    for nature, (table, column) in places.items():
        figures = partial(_divided, disclosure, nature, column, parts)
        nodes = _nodes(disclosure, accounts(disclosure, table), figures)
        below.append(_node(nature, figures(_total(disclosure, table)), nodes))
    return _root(disclosure, below)


def _divided(
    disclosure: Disclosure,
    nature: str,
    column: str,
    parts: Callable[[str, Row], Parts],
    row: Row | None,
) -> Figures:
    mine = parts(nature, row) if row else {}
    return {str(disclosure.year): _cell(disclosure, row, column, mine)}


def _by_nature(disclosure: Disclosure) -> Node:
    places = {nature: (_FUNCTION, nature) for nature in _DEPARTMENT}
    return _walk(disclosure, places, lambda nature, row: {nature: row[nature]})


def _by_department(disclosure: Disclosure) -> Node:
    """Return the walk by department class; a section's bar shows what is known of the units."""
    split = {(b.nature, b.code): b for b in by_unit(disclosure)}

    def parts(nature: str, row: Row) -> Parts:
        bound = split.get((nature, row["code"] or ""))
        if bound is None:
            return {}
        left = {"open": bound.high - bound.low, "institution": bound.total - bound.high}
        return {"own-unit": bound.low, **left}

    return _walk(disclosure, _DEPARTMENT, parts)


def _unit(row: Row) -> str:
    """Return the unit that a government account belongs to."""
    return _UNITS[(row["code"] or "").startswith(INSTITUTIONS)]


def _of_unit(nature: str, row: Row) -> Parts:
    return {_unit(row): row[_GOVERNMENT[nature][1]]} if row["code"] else {}


def _by_government(disclosure: Disclosure) -> Node:
    return _walk(disclosure, _GOVERNMENT, _of_unit)


def _by_unit(disclosure: Disclosure) -> Node:
    """Return the walk by unit: classes of the government classification tell the units apart."""
    year, below = str(disclosure.year), []
    for unit in _UNITS:
        natures = [_nature_of(disclosure, unit, nature) for nature in _GOVERNMENT]
        figures = [node["figures"][year] for node in natures]
        known = [Decimal(figure["amount"]) for figure in figures if figure["amount"]]
        whole = sum(known, Decimal(0)) if len(known) == len(figures) else None
        terms = [term for figure in figures for term in figure["terms"]]
        below.append(_node(unit, {year: _figure(whole, {unit: whole}, terms=terms)}, natures))
    return _root(disclosure, below)


def _nature_of(disclosure: Disclosure, unit: str, nature: str) -> Node:
    """Return a unit's money of one nature: the sum of its classes, unknown without the table."""
    table, column = _GOVERNMENT[nature]
    mine = [a for a in accounts(disclosure, table) if _unit(a.row) == unit]
    held = [account.row for account in mine if account.row[column] is not None]
    printed = table in disclosure.tables
    amount = sum((row[column] for row in held), Decimal(0)) if printed else None
    terms = [str(disclosure.address(row, column)) for row in held]
    nodes = _nodes(disclosure, mine, partial(_divided, disclosure, nature, column, _of_unit))
    figure = _figure(amount, {unit: amount}, terms=terms)
    return _node(nature, {str(disclosure.year): figure}, nodes)
