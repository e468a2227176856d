"""Checks of projects 项目: their sum, their units, their functional items, their own forms."""

from __future__ import annotations

from collections.abc import Iterator

from ..forms.rules import rules
from ..model.cells import cell
from ..model.classification import INSTITUTIONS
from ..model.disclosure import Disclosure, Project
from ..model.expressions import Cell, Expression, Inapplicable, total
from ..model.units import is_own, project_items
from ..package.store import Row
from .check import Check, Family
from .places import apart, figure, project_budgets, several_sources, unless

_PROJECTS = Family(
    "projects",
    "projects",
    "a project left out of the list, or its budget misprinted",
)

#: The rule that says where all project expenditure stands.
_ALL = "text.projects"


def budgets(disclosure: Disclosure) -> Iterator[Check]:
    """The projects of table 17 make up the project expenditure, unit by unit."""
    rule = next((r for r in rules(disclosure.form, "stated amount") if r.id == _ALL), None)
    term = rule.first("now") if rule else None
    whole = figure(disclosure, term) if term else None
    if term and whole:
        yield _PROJECTS.check(
            "all",
            "the projects of table 17 make up all project expenditure",
            "表十七各项目合计等于项目支出",
            *apart(unless(disclosure, term), project_budgets(disclosure), whole),
        )
    rows = disclosure.tables.get("project-by-government", ())
    classes = [row for row in rows if len(row["code"] or "") == 3]
    why = several_sources(disclosure)
    for name, own in (("own-unit", True), ("institution", False)):
        accounts = [row for row in classes if (row["code"] != INSTITUTIONS) == own]
        if accounts:
            money = total([cell(disclosure, row, "project") for row in accounts])
            yield from _of_unit(disclosure, name, own, Inapplicable(why) if why else money)
    for project in disclosure.projects:
        yield _form(disclosure, project)


def _of_unit(disclosure: Disclosure, name: str, own: bool, money: Expression) -> Iterator[Check]:
    """The projects of a unit, and its functional items, have its money of table 9."""
    projects = [p for p in disclosure.projects if is_own(p.unit) == own]
    if projects:
        yield _PROJECTS.check(
            name,
            f"the projects of the {name} make up its share of the government classification",
            "本级（或下属事业单位）各项目合计等于政府经济分类中的相应数额",
            total([_budget(project) for project in projects]),
            money,
            source="working-assumption",
        )
    items = project_items(disclosure)[own]
    if items:
        yield _PROJECTS.check(
            f"{name}.items",
            f"the functional items of the {name} have its project money of table 9",
            "本级（或下属事业单位）项目功能科目等于政府经济分类中的相应数额",
            total([cell(disclosure, item, "project") for item in items]),
            money,
            source="working-assumption",
        )


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
    return _PROJECTS.check(
        f"form.{project.address.of_row}",
        f"the budget of {project.name} is its district part and its part for towns",
        f"{project.name}当年预算等于区级支出与补助镇街之和",
        _budget(project),
        total([*parts, *single]),
    )


def _of_money(disclosure: Disclosure, row: Row) -> bool:
    label = disclosure.form.label("project", row["label"] or "")
    return label is not None and label.kind == "amount"


def _budget(project: Project) -> Cell:
    return Cell(project.address)
