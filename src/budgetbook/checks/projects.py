"""Checks of projects, performance tables and units."""

from __future__ import annotations

from collections.abc import Iterator

from ..classification import INSTITUTIONS
from ..disclosure import TOTAL, Disclosure, Indicator, Project
from ..layout import plain
from .cells import cell, find
from .check import Check
from .expressions import Cell, Constant, Expression, Product, total
from .text import project_budgets

#: Unit of a target that is an amount of money → yuan.
MONEY_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def budgets(disclosure: Disclosure) -> Iterator[Check]:
    """The projects of table 17 make up the project expenditure, unit by unit."""
    whole = find(disclosure, "table-05", TOTAL, "project")
    if whole:
        yield _projects(
            "all",
            "the projects of table 17 make up all project expenditure",
            "表十七各项目合计等于项目支出",
            project_budgets(disclosure),
            whole,
        )
    rows = disclosure.tables.get("table-09", ())
    classes = [row for row in rows if len(row["code"] or "") == 3]
    for name, own, accounts in (
        ("bureau", True, [row for row in classes if row["code"] != INSTITUTIONS]),
        ("subordinate", False, [row for row in classes if row["code"] == INSTITUTIONS]),
    ):
        projects = [p for p in disclosure.projects if plain(p.unit).endswith("（本级）") == own]
        if accounts and projects:
            yield _projects(
                name,
                f"the projects of the {name} make up its share of the government classification",
                "本级（或下属单位）各项目合计等于政府经济分类中的相应数额",
                total([_budget(project) for project in projects]),
                total([cell("table-09", row, "project") for row in accounts]),
                "working-assumption",
            )
    for project in disclosure.projects:
        lines = [row for row in disclosure.tables["table-17"] if row["form"] == project.form]
        parts = [
            Cell(
                "table-17",
                row["line"],
                "second_amount",
                f"{project.name} {row['second_label'] or ''}",
                True,
            )
            for row in lines
            if row["second_label"] and row["line"] >= project.line and not row["second_text"]
        ]
        single = [
            Cell("table-17", row["line"], "amount", f"{project.name} {row['label']}", True)
            for row in lines
            if row["label"] and row["line"] > project.line and "（元）" in row["label"]
        ]
        yield _projects(
            f"form-{project.form}",
            f"the budget of {project.name} is its district part and its part for towns",
            f"{project.name}当年预算等于区级支出与补助镇街之和",
            _budget(project),
            total([*parts, *single]),
        )


def _budget(project: Project) -> Cell:
    return Cell("table-17", project.line, "amount", project.name)


def _projects(
    where: str,
    english: str,
    chinese: str,
    left: Expression,
    right: Expression,
    source: str = "arithmetic",
) -> Check:
    return Check(
        f"projects.{where}",
        "projects",
        english,
        chinese,
        "a project left out of the list, or its budget misprinted",
        left,
        right,
        source=source,
    )


def weights(disclosure: Disclosure) -> Iterator[Check]:
    """The weights of one form add up to 100, or to 90 where 10 are left to budget execution."""
    for form in sorted({indicator.form for indicator in disclosure.indicators}):
        table = "table-17" if form else "table-15"
        mine = [indicator for indicator in disclosure.indicators if indicator.form == form]
        whole = total([_of(table, indicator, "weight") for indicator in mine])
        name = mine[0].project or "the department"
        yield Check(
            f"weights.{table}.{form}.100",
            "weights",
            f"the weights of {name} add up to 100",
            "指标权重之和为100",
            "an indicator left out, or a misprinted weight",
            whole,
            Constant(100),
        )
        if form:
            yield Check(
                f"weights.{table}.{form}.90",
                "weights",
                f"with ten points for budget execution, the weights of {name} add up to 100",
                "加上预算执行10分后权重之和为100",
                "an indicator left out, where ten points are kept for budget execution",
                whole + Constant(10),
                Constant(100),
                source="local-90-10-forms",
            )


def ceilings(disclosure: Disclosure) -> Iterator[Check]:
    """The cost ceilings of a project stay within its budget."""
    for project in disclosure.projects:
        mine = [i for i in disclosure.indicators if i.form == project.form and i.relation == "≤"]
        terms: list[Expression] = [
            Product(_of("table-17", i, "target"), Constant(MONEY_UNITS[i.unit]))
            for i in mine
            if i.unit in MONEY_UNITS
        ]
        for rate in mine:
            money, _, per = rate.unit.partition("/")
            volume = next((i for i in mine if per and i.unit == per), None)
            if money in MONEY_UNITS and volume:
                price = Product(_of("table-17", rate, "target"), Constant(MONEY_UNITS[money]))
                terms.append(Product(price, _of("table-17", volume, "target")))
        if terms:
            yield Check(
                f"ceilings.form-{project.form}",
                "money and targets",
                f"the cost ceilings of {project.name} stay within its budget",
                f"{project.name}的成本指标上限不超过其预算",
                "a ceiling that cannot bind, or one carried over from a larger budget",
                total(terms),
                _budget(project),
                "≤",
            )


def _of(table: str, indicator: Indicator, column: str) -> Expression:
    return Cell(table, indicator.line, column, indicator.name)
