"""Checks of projects 项目: their sum, their units, their functional items, their own forms."""

from __future__ import annotations

from collections.abc import Iterator

from ..forms.rules import rules
from ..model.cells import cell
from ..model.classification import INSTITUTIONS
from ..model.disclosure import Disclosure, Project
from ..model.expressions import Cell, Expression, Inapplicable, total
from ..model.units import project_items
from ..package.store import Row
from .check import Check, check
from .places import UNITS, apart, figure, project_budgets, several_sources, unit_words, unless

#: The rule that says where all project expenditure stands.
_ALL = "text.projects"


def budgets(disclosure: Disclosure) -> Iterator[Check]:
    """The projects of table 17 make up the project expenditure, unit by unit."""
    rule = next((r for r in rules(disclosure.form, "stated amount") if r.id == _ALL), None)
    term = rule.first("now") if rule else None
    whole = figure(disclosure, term) if term else None
    if term and whole:
        sides = apart(unless(disclosure, term), project_budgets(disclosure), whole)
        table = disclosure.form.tables["project-targets"].words
        yield check("projects.all", *sides, table=table)
    rows = disclosure.tables.get("project-by-government", ())
    classes = [row for row in rows if len(row["code"] or "") == 3]
    why = several_sources(disclosure)
    for own in (True, False):
        accounts = [row for row in classes if (row["code"] != INSTITUTIONS) == own]
        if accounts:
            money = total([cell(disclosure, row, "project") for row in accounts])
            yield from _of_unit(disclosure, own, Inapplicable(why) if why else money)
    for project in disclosure.projects:
        yield _form(disclosure, project)


def _of_unit(disclosure: Disclosure, own: bool, money: Expression) -> Iterator[Check]:
    """The projects of a unit have its money of table 9, and its functional items can hold it.

    One item is the own unit's alone, and has no more than the own unit; the others may serve both,
    so the institution has no more than they.
    """
    budgets = [Cell(p.address) for p in disclosure.projects if disclosure.is_own(p.unit) == own]
    items = [cell(disclosure, item, "project") for item in project_items(disclosure)[own]]
    unit, whose = UNITS[own], unit_words(own)
    table = disclosure.form.tables["project-by-government"].words
    if budgets:
        yield check("projects.unit", total(budgets), money, unit=unit, whose=whose)
    if items and own:
        yield check("projects.items", total(items), money, unit=unit, whose=whose, table=table)
    elif items:
        sides = money, total(items)
        yield check("projects.items.shared", *sides, unit=unit, whose=whose, table=table)


def _form(disclosure: Disclosure, project: Project) -> Check:
    """The budget of a project is what its form divides it into."""
    lines = [row for row in disclosure.tables["project-targets"] if row["form"] == project.form]
    parts = [
        cell(disclosure, row, "second_amount")
        for row in lines
        if row["second_label"] and row["line"] >= project.line and not row["second_text"]
    ]
    single = [
        cell(disclosure, row, "amount")
        for row in lines
        if row["line"] > project.line and _of_money(disclosure, row)
    ]
    budget, divided = Cell(project.address), total([*parts, *single])
    at = project.address.of_row
    return check("projects.form", budget, divided, at=str(at), name=project.name)


def _of_money(disclosure: Disclosure, row: Row) -> bool:
    label = disclosure.form.label("project", row["label"] or "")
    return label is not None and label.kind == "amount"
