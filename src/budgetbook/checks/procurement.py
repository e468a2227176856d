"""Checks of government procurement 政府采购: what is bought, for which project, of whose money."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..forms import plain
from ..model.address import Address
from ..model.cells import accounts, cell, when_printed
from ..model.disclosure import Disclosure, Project
from ..model.expressions import Cell, Constant, Count, Expression, Positive, total
from ..model.units import is_own, project_items
from ..package.store import Row
from .check import Check, Relation

#: The digits of a project's code that name the year it was first entered in.
_CODE = re.compile(r"\d{6}(?P<year>\d{2})[A-Z]\d+-(?P<name>.+)")
#: Government accounts that pay for goods, services and capital, of the bureau and of institutions.
_PAY = {True: ("502", "503"), False: ("505", "506")}


def procurement(disclosure: Disclosure) -> Iterator[Check]:
    """Each purchase names a project with a form, of the same unit, that can pay for it."""
    for row in disclosure.tables.get("procurement", ()):
        if not row["project"]:
            continue
        where = disclosure.address(row)
        yield _check(
            f"unit-code.{where}",
            "the unit's code begins with the department's",
            "单位代码以部门代码开头",
            Count(
                f"unit codes of {where} that begin with the department's",
                _counts(where, _code_fits),
            ),
            Constant(1),
        )
        project = _named(disclosure, row)
        forms = Count(f"forms of the project and unit of {where}", _counts(where, _forms))
        yield _check(
            f"project.{where}",
            "the project of a purchase has one form in table 17, of the same unit",
            "采购项目在表十七有一张同一单位的绩效目标表",
            when_printed(disclosure, "project-targets", forms),
            Constant(1),
        )
        if not project:
            continue
        yield _check(
            f"budget.{where}",
            "a purchase is not more than its project's budget",
            "采购金额不超过项目预算",
            cell(disclosure, row, "total"),
            Cell(project.address, True),
            "≤",
        )
        yield from _first_year(disclosure, row)
    yield from _economic(disclosure)


def _economic(disclosure: Disclosure) -> Iterator[Check]:
    """The purchases of a unit are not more than its project money for goods and capital."""
    for own, name, name_zh in ((True, "bureau", "本级"), (False, "subordinate", "下属单位")):
        rows = [r for r in disclosure.tables.get("procurement", ()) if is_own(r["unit"]) == own]
        if rows:
            yield _check(
                f"economic.{name}",
                f"the purchases of the {name} are within its project money for goods and capital",
                f"{name_zh}采购金额不超过其项目支出中的商品服务与资本性支出",
                total([cell(disclosure, row, "total") for row in rows]),
                accounts(disclosure, "project-by-government", _PAY[own], "project"),
                "≤",
            )


def _first_year(disclosure: Disclosure, row: Row) -> Iterator[Check]:
    """A project whose code was made in an earlier year had money in its item last year."""
    found = _CODE.fullmatch(plain(row["project"]))
    items = project_items(disclosure)[is_own(row["unit"])]
    if found and int(found["year"]) < disclosure.year % 100 and items:
        yield _check(
            f"first-year.{disclosure.address(row)}",
            "a project whose code bears an earlier year had money in its item last year",
            "项目编码属以前年度的，其功能科目上年有预算",
            Positive(total([cell(disclosure, item, "prior_total") for item in items])),
            Constant(1),
            source="working-assumption",
        )


def _named(disclosure: Disclosure, row: Row) -> Project | None:
    return next((p for p in disclosure.projects if _is_for(row, p)), None)


def _is_for(row: Row, project: Project) -> bool:
    found = _CODE.fullmatch(plain(row["project"] or ""))
    same_unit = is_own(project.unit) == is_own(row["unit"] or "")
    return found is not None and found["name"] == plain(project.name) and same_unit


def _forms(disclosure: Disclosure, row: Row) -> int:
    return sum(_is_for(row, project) for project in disclosure.projects)


def _code_fits(disclosure: Disclosure, row: Row) -> int:
    return int((row["unit_code"] or "").startswith(row["department_code"] or "?"))


def _counts(where: Address, count: Callable[[Disclosure, Row], int]) -> Callable[[Disclosure], int]:
    """Return what counts something in the purchase at that address."""
    return lambda d: sum(count(d, found[0]) for found in [d.at(where)] if found)


def _check(
    where: str,
    english: str,
    chinese: str,
    left: Expression,
    right: Expression,
    relation: Relation = "=",
    source: str = "arithmetic",
) -> Check:
    return Check(
        f"procurement.{where}",
        "procurement",
        english,
        chinese,
        "a purchase without a project, or beyond the money of its project or unit",
        left,
        right,
        relation,
        source,
    )
