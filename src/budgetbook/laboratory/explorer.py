"""Walks through the budget: trees of accounts from the total down, and where each is printed.

Every walk begins at the same total. A node's figure is a printed cell at an address, or the sum of
printed cells whose addresses it carries; amounts are exact strings in yuan, empty where blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ..analysis.reconstruction import by_unit
from ..model.classification import INSTITUTIONS, names
from ..model.disclosure import TOTAL, Disclosure
from ..package.store import Row

Node = dict[str, Any]
Figures = dict[str, Node]

_WORDS = {
    "total": ("Total", "合计"),
    "basic": ("Basic expenditure", "基本支出"),
    "project": ("Project expenditure", "项目支出"),
    "own-unit": ("The department's own unit", "本级"),
    "institution": ("Subordinate institutions", "下属事业单位"),
}
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
        if row["name"] == TOTAL:
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
        "function": ("Function", "功能", _by_function),
        "nature": ("Basic and project", "性质", _by_nature),
        "unit": ("Unit", "单位", _by_unit),
        "department": ("Department economic class", "部门经济分类", _by_department),
        "government": ("Government economic class", "政府经济分类", _by_government),
    }
    found = []
    for name, (english, chinese, make) in makers.items():
        root = make(disclosure)
        years = list(root["figures"])
        found.append({"id": name, "title": (english, chinese), "years": years, "root": root})
    return found


def _node(name: str | tuple[str, str], figures: Figures, below: list[Node], code: str = "") -> Node:
    """Return a node; `figures` holds one a year."""
    words = _WORDS[name] if isinstance(name, str) else name
    return {"code": code, "name": words, "figures": figures, "below": below}


def _figure(amount: Decimal | None, place: str = "", terms: Sequence[str] = ()) -> Node:
    """Return a figure: its address, or its terms' if it is a sum; `parts` divide its bar."""
    text = "" if amount is None else f"{amount:f}"
    return {"amount": text, "place": place, "terms": terms, "parts": []}


def _cell(disclosure: Disclosure, row: Row | None, column: str) -> Node:
    if row is None:
        return _figure(None)
    return _figure(row[column], str(disclosure.address(row, column)))


def _parted(figure: Node, parts: Mapping[str, Decimal | None]) -> Node:
    held = [(name, f"{amount:f}") for name, amount in parts.items() if amount]
    return figure | {"parts": held}


def _total(disclosure: Disclosure, table: str) -> Row | None:
    return next((r for r in disclosure.tables.get(table, ()) if r["name"] == TOTAL), None)


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


def _two_years(disclosure: Disclosure) -> Callable[[Row | None], Figures]:
    """Return what shows a row of table 5 in both years, this one by nature."""
    year = disclosure.year

    def figures(row: Row | None) -> Figures:
        parts = {name: row[name] if row else None for name in _DEPARTMENT}
        return {
            str(year): _parted(_cell(disclosure, row, "total"), parts),
            str(year - 1): _cell(disclosure, row, "prior_total"),
        }

    return figures


def _by_function(disclosure: Disclosure) -> Node:
    figures = _two_years(disclosure)
    below = _nodes(disclosure, accounts(disclosure, "spending-by-function"), figures)
    return _node("total", figures(_total(disclosure, "spending-by-function")), below)


def _by_nature(disclosure: Disclosure) -> Node:
    year, below = str(disclosure.year), []
    for nature in _DEPARTMENT:

        def figures(row: Row | None, nature: str = nature) -> Figures:
            cell = _cell(disclosure, row, nature)
            return {year: _parted(cell, {nature: row[nature] if row else None})}

        mine = _nodes(disclosure, accounts(disclosure, "spending-by-function"), figures)
        below.append(_node(nature, figures(_total(disclosure, "spending-by-function")), mine))
    return _node("total", _this_year(disclosure), below)


def _this_year(disclosure: Disclosure) -> Figures:
    year = str(disclosure.year)
    return {year: _two_years(disclosure)(_total(disclosure, "spending-by-function"))[year]}


def _by_department(disclosure: Disclosure) -> Node:
    """Return the walk by department class; a section's bar shows what is known of the units."""
    split = {(b.nature, b.code): b for b in by_unit(disclosure)}
    year, below = str(disclosure.year), []
    for nature, (table, column) in _DEPARTMENT.items():

        def figures(
            row: Row | None, nature: str = nature, table: str = table, column: str = column
        ) -> Figures:
            cell = _cell(disclosure, row, column)
            bound = split.get((nature, row["code"] or "")) if row else None
            if bound is None:
                return {year: cell}
            parts = {
                "own-unit": bound.low,
                "open": bound.high - bound.low,
                "institution": bound.total - bound.high,
            }
            return {year: _parted(cell, parts)}

        mine = _nodes(disclosure, accounts(disclosure, table), figures)
        below.append(_node(nature, figures(_total(disclosure, table)), mine))
    return _node("total", _this_year(disclosure), below)


def _government_nodes(disclosure: Disclosure, nature: str, units: Sequence[str]) -> list[Node]:
    table, column = _GOVERNMENT[nature]

    def figures(row: Row) -> Figures:
        cell = _cell(disclosure, row, column)
        return {str(disclosure.year): _parted(cell, {_unit(row): row[column]})}

    mine = [a for a in accounts(disclosure, table) if _unit(a.row) in units]
    return _nodes(disclosure, mine, figures)


def _unit(row: Row) -> str:
    """Return the unit that a government account belongs to."""
    return _UNITS[(row["code"] or "").startswith(INSTITUTIONS)]


def _by_government(disclosure: Disclosure) -> Node:
    below = []
    for nature, (table, column) in _GOVERNMENT.items():
        cell = _cell(disclosure, _total(disclosure, table), column)
        mine = _government_nodes(disclosure, nature, _UNITS)
        below.append(_node(nature, {str(disclosure.year): cell}, mine))
    return _node("total", _this_year(disclosure), below)


def _by_unit(disclosure: Disclosure) -> Node:
    """Return the walk by unit: classes of the government classification tell the units apart."""
    year, below = str(disclosure.year), []
    for unit in _UNITS:
        natures = []
        for nature, (table, column) in _GOVERNMENT.items():
            mine = [a.row for a in accounts(disclosure, table) if _unit(a.row) == unit]
            held = [row for row in mine if row[column] is not None]
            printed = table in disclosure.tables
            amount = sum((row[column] for row in held), Decimal(0)) if printed else None
            terms = [str(disclosure.address(row, column)) for row in held]
            figure = _parted(_figure(amount, terms=terms), {unit: amount})
            nodes = _government_nodes(disclosure, nature, (unit,))
            natures.append(_node(nature, {year: figure}, nodes))
        figures = [node["figures"][year] for node in natures]
        known = [Decimal(figure["amount"]) for figure in figures if figure["amount"]]
        whole = sum(known, Decimal(0)) if len(known) == len(figures) else None
        terms = [term for figure in figures for term in figure["terms"]]
        figure = _parted(_figure(whole, terms=terms), {unit: whole})
        below.append(_node(unit, {year: figure}, natures))
    return _node("total", _this_year(disclosure), below)
