"""The layout of a Chinese department budget disclosure: its tables and their columns.

This is all that the reader knows of a disclosure before it opens one: which tables the
district's form has, which headings stand over their columns, and what kind of cell belongs
under each. It holds no name of a department and no amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["code", "text", "amount", "percent", "number"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `name` is its English name in data/, `heading` the printed heading next to the rows,
    `group` the printed headings above that one (`／` between levels). `{year}` and `{prior}` in
    headings stand for the budget year and the year before; `years_back` says which of the two
    the amounts belong to.
    """

    name: str
    kind: Kind
    heading: str
    title: str
    group: str = ""
    years_back: int = 0

    def headings(self, year: int) -> list[str]:
        """Return the printed headings over the column for a budget year, outermost first."""
        fill = {"year": year, "prior": year - 1}
        return [part.format(**fill) for part in (*self.group.split("／"), self.heading) if part]


@dataclass(frozen=True)
class Layout:
    """One table: its number in the list, how its title ends, its English name, its columns.

    `form` marks the tables that are forms (label and value side by side, then indicators).
    A table without columns is listed by the form but its layout has not been seen.
    """

    number: int
    ending: str
    title: str
    columns: tuple[Column, ...] = ()
    form: bool = False

    @property
    def table(self) -> str:
        """The resource name: table-01 to table-17."""
        return f"table-{self.number:02d}"

    def column(self, name: str) -> Column:
        """Return the column of that English name; KeyError if the table has none."""
        return {column.name: column for column in self.columns}[name]


def _amount(name: str, heading: str, title: str, group: str = "", back: int = 0) -> Column:
    return Column(name, "amount", heading, title, group, back)


def _accounts(group: str = "") -> tuple[Column, Column]:
    return (
        Column("code", "code", "科目编码", "Account code", group),
        Column("name", "text", "科目名称", "Account name", group),
    )


def _nature(group: str = "") -> tuple[Column, Column, Column]:
    return (
        _amount("total", "总计", "Total", group),
        _amount("basic", "基本支出", "Basic expenditure", group),
        _amount("project", "项目支出", "Project expenditure", group),
    )


_THIS, _PRIOR = "{year}年预算数", "{prior}年预算数"


def _three_public(group: str, prefix: str, back: int) -> tuple[Column, ...]:
    cars = group + "／公务用车购置及运行费"
    return tuple(
        _amount(prefix + name, heading, title, cars if "vehicle" in name else group, back)
        for name, heading, title in (
            ("total", "合计", "Three public expenses, total"),
            ("abroad", "因公出国（境）费", "Official travel abroad"),
            ("vehicles", "小计", "Official vehicles, purchase and running"),
            ("vehicle_purchase", "公务用车购置费", "Vehicle purchase"),
            ("vehicle_running", "公务用车运行费", "Vehicle running costs"),
            ("reception", "公务接待费", "Official receptions"),
        )
    )


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        1,
        "收支预算总表",
        "Income and expenditure, summary",
        (
            Column("income_item", "text", "项目", "Income item", "收入"),
            _amount("income", "预算数", "Income budget", "收入"),
            Column("expenditure_item", "text", "项目", "Expenditure item", "支出"),
            _amount("expenditure", "预算数", "Expenditure budget", "支出"),
        ),
    ),
    Layout(2, "收入预算总表", "Income, summary"),
    Layout(3, "支出预算总表", "Expenditure, summary", (*_accounts(), *_nature())),
    Layout(
        4,
        "财政拨款收支预算总表",
        "Fiscal appropriations, income and expenditure",
        (
            Column("income_item", "text", "项目", "Income item", "收入"),
            _amount("income", "预算数", "Income budget", "收入"),
            Column("expenditure_item", "text", "项目", "Expenditure item", "支出"),
            _amount("total", "合计", "Total", "支出"),
            _amount("general_public", "一般公共预算", "General public budget", "支出"),
            _amount("government_fund", "政府性基金预算", "Government fund budget", "支出"),
            _amount("state_capital", "国有资本经营预算", "State capital operating budget", "支出"),
        ),
    ),
    Layout(
        5,
        "一般公共预算财政拨款支出预算表",
        "General public budget expenditure by function, two years",
        (
            *_accounts("功能分类科目"),
            _amount("prior_total", _PRIOR, "Budget of the prior year", "", 1),
            _amount("total", "小计", "Budget of the year, total", _THIS),
            _amount("basic", "基本支出", "Basic expenditure", _THIS),
            _amount("project", "项目支出", "Project expenditure", _THIS),
            Column(
                "growth",
                "percent",
                "{year}年预算比{prior}年预算增幅%",
                "Growth over the prior year, %",
            ),
        ),
    ),
    Layout(
        6,
        "一般公共预算财政拨款基本支出预算表（部门预算支出经济分类科目）",
        "Basic expenditure by department economic classification",
        (
            *_accounts("经济分类科目"),
            _amount("total", "总计", "Total", "{year}年基本支出"),
            _amount("personnel", "人员经费", "Personnel", "{year}年基本支出"),
            _amount("public_funds", "日常公用经费", "Day-to-day public funds", "{year}年基本支出"),
        ),
    ),
    Layout(
        7,
        "一般公共预算财政拨款基本支出预算表（政府预算支出经济分类科目）",
        "Basic expenditure by government economic classification",
        (*_accounts("政府预算经济科目"), _amount("basic", "基本支出", "Basic expenditure")),
    ),
    Layout(
        8,
        "一般公共预算财政拨款项目支出预算表（部门预算支出经济分类科目）",
        "Project expenditure by department economic classification",
        (*_accounts("部门预算支出经济科目"), _amount("project", "项目支出", "Project expenditure")),
    ),
    Layout(
        9,
        "一般公共预算财政拨款项目支出预算表（政府预算支出经济分类科目）",
        "Project expenditure by government economic classification",
        (*_accounts("政府预算经济科目"), _amount("project", "项目支出", "Project expenditure")),
    ),
    Layout(
        10,
        "一般公共预算“三公”经费支出预算表",
        "“Three public” expenses, two years",
        (*_three_public(_THIS, "", 0), *_three_public(_PRIOR, "prior_", 1)),
    ),
    Layout(
        11,
        "政府性基金预算财政拨款支出预算表",
        "Government fund budget expenditure",
        (*_accounts(), *_nature("本年政府性基金预算财政拨款支出")),
    ),
    Layout(
        12,
        "国有资本经营预算财政拨款支出预算表",
        "State capital operating budget expenditure",
        (*_accounts(), *_nature("国有资本经营预算财政拨款支出")),
    ),
    Layout(13, "项目支出明细表", "Project expenditure, detail"),
    Layout(
        14,
        "政府采购预算明细表",
        "Government procurement, detail",
        (
            Column("department_code", "text", "部门代码", "Department code"),
            Column("department", "text", "部门名称", "Department"),
            Column("unit_code", "text", "单位代码", "Unit code"),
            Column("unit", "text", "单位名称", "Unit"),
            Column("project", "text", "采购项目名称", "Procurement project, code and name"),
            _amount("total", "合计", "Total"),
            _amount("goods", "货物类", "Goods"),
            _amount("works", "工程类", "Works"),
            _amount("services", "服务类", "Services"),
        ),
    ),
    Layout(15, "预算整体绩效目标表", "Overall performance targets of the department", form=True),
    Layout(16, "重点项目绩效目标表", "Performance targets of key projects", form=True),
    Layout(17, "一般项目绩效目标表", "Performance targets of ordinary projects", form=True),
)

BY_TABLE: dict[str, Layout] = {layout.table: layout for layout in LAYOUTS}

_NUMERALS = "一二三四五六七八九十"


def table_words(table: str) -> tuple[str, str]:
    """Return what a sentence calls a table, in English and in Chinese."""
    number = BY_TABLE[table].number
    return f"table {number}", f"表{'十' * (number > 10)}{_NUMERALS[(number - 1) % 10]}"


def cell_words(table: str, label: str, column: str) -> tuple[str, str]:
    """Return what a sentence calls a cell, by its row's label, in English and in Chinese."""
    english, chinese = table_words(table)
    found = next((c for c in BY_TABLE[table].columns if c.name == column), None)
    title = found.title[0].lower() + found.title[1:] if found else "amount"
    row = "all accounts" if label.endswith("合计") else label.replace("line=", "line ")
    heading = f"“{found.heading}”栏" if found else ""
    named = f"科目{label}" if label.isdigit() else f"“{label}”行"
    named = label.replace("line=", "第") + "行" if "=" in label else named
    return (
        f"the {title} of {row} in {english}",
        f"{chinese}{named}{heading}".replace("{prior}", "上").replace("{year}", ""),
    )


#: Labels of the forms (tables 15 to 17) and the kind of value that belongs beside each.
LABELS: dict[str, Literal["text", "amount", "prose"]] = {
    "部门（单位）名称": "text",
    "部门支出预算数": "amount",
    "当年整体绩效目标": "prose",
    "专项资金名称": "text",
    "业务主管部门": "text",
    "当年预算": "amount",
    "区级支出（元）": "amount",
    "补助镇街（元）": "amount",
    "项目概况": "prose",
    "立项依据": "prose",
    "当年绩效目标": "prose",
}
#: The labels of the department's own form (table 15); the other labels are those of a project.
DEPARTMENT_LABELS = ("部门（单位）名称", "部门支出预算数", "当年整体绩效目标")
INDICATORS = "绩效指标"
INDICATOR_HEADINGS = (
    "指标名称",
    "指标权重",
    "计量单位",
    "指标性质",
    "指标值",
    "是否核心指标",
)
RELATIONS = ("≥", "≤", "=", ">", "<", "定性")
CORE = ("是", "否")

TITLE = re.compile(r"(?P<year>\d{4})年(?P<place>.+?)部门(?P<ending>.+表(（.+）)?)")

_MARKS = str.maketrans({"(": "（", ")": "）", ":": "：", ",": "，"})


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return `text` without white space and with full-width marks, for comparing names.

    Names are kept as printed; two printings of one name (`维修(护)费`, `维修（护）费`) are equal
    when their plain forms are.
    """
    return re.sub(r"\s", "", text).translate(_MARKS)


def layout_of(title: str) -> Layout | None:
    """Return the layout whose title ending `title` has, or None if it is no table's title."""
    match = TITLE.fullmatch(plain(title))
    return next((x for x in LAYOUTS if match and x.ending == match["ending"]), None)
