"""Checks of government procurement 政府采购: what is bought, for which project, of whose money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..forms import plain
from ..forms.rules import Rule, rules
from ..model.cells import accounts, cell, when_printed
from ..model.counting import Column, Count, where
from ..model.disclosure import Disclosure
from ..model.expressions import Cell, Constant, Positive, total
from ..model.units import is_own, project_items
from ..package.store import Row
from .check import Check, Family
from .places import apart, missing, unless, unprinted

_OURS = Family(
    "procurement",
    "procurement",
    "a purchase without a project, or beyond the money of its project or unit",
)

#: The digits of a project's code that name the year it was first entered in.
_CODE = re.compile(r"\d{6}(?P<year>\d{2})[A-Z]\d+-(?P<name>.+)")


def procurement(disclosure: Disclosure) -> Iterator[Check]:
    """Each purchase names a project with a form, of the same unit, that can pay for it."""
    rows = [row for row in disclosure.tables.get("procurement", ()) if row["project"]]
    if rows:
        other = ("unit_code", "does not begin with", Column("department_code"))
        offends = where(("project", "is filled"), other)
        yield _OURS.check(
            "unit-codes",
            "the code of every unit that buys begins with the department's",
            "各采购单位代码均以部门代码开头",
            Count("unit codes that do not begin with the department's", "procurement", offends),
            Constant(0),
        )
    for row in rows:
        yield from _purchase(disclosure, row)
    for rule in rules(disclosure.form, "purchases"):
        yield from _economic(disclosure, rule)


def _purchase(disclosure: Disclosure, row: Row) -> Iterator[Check]:
    address = disclosure.address(row)
    found = _CODE.fullmatch(plain(row["project"]))
    name, own = found["name"] if found else "", is_own(row["unit"] or "")
    unit = "ends with" if own else "does not end with"
    same = where(("name", "is", name), ("unit", unit, "（本级）"))
    forms = Count(f"forms of the project and unit of {address}", "projects", same)
    yield _OURS.check(
        f"project.{address}",
        "the project of a purchase has one form in table 17, of the same unit",
        "采购项目在表十七有一张同一单位的绩效目标表",
        when_printed(disclosure, "project-targets", forms),
        Constant(1),
    )
    mine = [p for p in disclosure.projects if (plain(p.name), is_own(p.unit)) == (name, own)]
    if not mine:
        return
    yield _OURS.check(
        f"budget.{address}",
        "a purchase is not more than its project's budget",
        "采购金额不超过项目预算",
        cell(disclosure, row, "total"),
        Cell(mine[0].address, True),
        "≤",
    )
    items = project_items(disclosure)[own]
    if found and int(found["year"]) < disclosure.year % 100 and items:
        yield _OURS.check(
            f"first-year.{address}",
            "a project whose code bears an earlier year had money in its item last year",
            "项目编码属以前年度的，其功能科目上年有预算",
            Positive(total([cell(disclosure, item, "prior_total") for item in items])),
            Constant(1),
            source="working-assumption",
        )


def _economic(disclosure: Disclosure, rule: Rule) -> Iterator[Check]:
    """The purchases of a unit are not more than its project money for goods and capital."""
    own = rule.id.endswith(".own")
    name, name_zh = ("own-unit", "本级") if own else ("institution", "下属事业单位")
    words = (
        f"the purchases of the {name} are within its project money for goods and capital",
        f"{name_zh}采购金额不超过其项目支出中的商品服务与资本性支出",
    )
    whole, parts = rule.whole, rule.of("part")
    rows = [r for r in disclosure.tables.get(whole.table, ()) if is_own(r["unit"] or "") == own]
    if not rows:
        none = whole.table in disclosure.tables
        what = f"a purchase of the {name}" if none else unprinted(disclosure, whole)
        yield missing(rule, "procurement", words, what)
        return
    bought = total([cell(disclosure, row, whole.column) for row in rows])
    codes = [part.row for part in parts]
    money = accounts(disclosure, parts[0].table, codes, parts[0].column)
    yield _OURS.check(
        f"economic.{name}",
        *words,
        *apart(unless(disclosure, whole, *parts), bought, money),
        "≤",
        rule=rule.id,
    )
