"""The schema of data/: every resource of the package, its columns, units, keys and references.

The published resources follow from `budgetbook.forms`, the editorial ones are listed in
`budgetbook.package.editorial`.
The import writes the result to data/datapackage.json, and the loader holds the data against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..forms.layout import LAYOUTS, Column, Layout
from .editorial import EDITORIAL
from .resources import Field, Resource, field, line_field, resource

_CODES = {
    "table-03": "functional-classification",
    "table-05": "functional-classification",
    "table-06": "department-economic-classification",
    "table-07": "government-economic-classification",
    "table-08": "department-economic-classification",
    "table-09": "government-economic-classification",
    "table-11": "functional-classification",
    "table-12": "functional-classification",
}
_LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def _column(column: Column, year: int) -> Field:
    heading = "／".join(column.headings(year))
    match column.kind:
        case "amount":
            extra: Field = {"unit": "yuan", "year": year - column.years_back}
            return field(column.name, "number", column.title, heading, **extra)
        case "percent":
            extra = {"unit": "%", "missingValues": ["", "#DIV/0!"]}
            return field(column.name, "number", column.title, heading, **extra)
        case "code":
            return field(column.name, "string", column.title, heading, pattern=r"\d{3}(\d{2}){0,2}")
        case _:
            return field(column.name, "string", column.title, heading)


def _grid(layout: Layout, year: int) -> Resource:
    fields = [line_field(), *(_column(column, year) for column in layout.columns)]
    target = _CODES.get(layout.table)
    references = {"code": (target, "code")} if target else {}
    title_zh = f"{year}年部门{layout.ending}"
    return resource(
        layout.table, "published", layout.title, title_zh, fields, ["line"], references=references
    )


def _form(layout: Layout, year: int) -> Resource:
    text = [
        ("label", "Label", "栏目"),
        ("text", "Value beside the label, a name", "栏目内容（名称）"),
    ]
    amounts = {"unit": "yuan", "year": year}
    fields = [
        line_field(),
        field("form", "integer", "Number of the form, in printed order", "表的序次", required=True),
        *(field(name, "string", *titles) for name, *titles in text),
        field("amount", "number", "Value beside the label, an amount", "栏目金额", **amounts),
        field("second_label", "string", "Second label of the row", "同行第二栏目"),
        field("second_text", "string", "Value beside the second label, a name", "第二栏目内容"),
        field(
            "second_amount",
            "number",
            "Value beside the second label, an amount",
            "第二栏目金额",
            **amounts,
        ),
        field("indicator", "string", "Indicator", "指标名称"),
        field("weight", "number", "Weight, in points", "指标权重", unit="points"),
        field("unit", "string", "Unit of measure", "计量单位"),
        field(
            "relation",
            "string",
            "Relation (定性: qualitative)",
            "指标性质",
            enum=["≥", "≤", "=", ">", "<", "定性"],
        ),
        field("target", "string", "Target", "指标值"),
        field(
            "core", "string", "Core indicator (是 yes, 否 no)", "是否核心指标", enum=["是", "否"]
        ),
        field("characters", "integer", "Length of the prose cell, in characters", "文字长度"),
        field(
            "sha256",
            "string",
            "SHA-256 of the prose cell's text (UTF-8)",
            "文字的SHA-256值",
            pattern="[0-9a-f]{64}",
        ),
        field(
            "same_as", "integer", "Line of the earlier cell with the same text", "相同文字的行号"
        ),
    ]
    title_zh = f"{year}年部门{layout.ending}"
    return resource(layout.table, "published", layout.title, title_zh, fields, ["line"])


def _tables() -> Resource:
    fields = [
        field("table", "string", "Resource name", "资源名", required=True, pattern=r"table-\d\d"),
        field("occurrence", "integer", "Which printing of this table", "第几次出现", required=True),
        field("listed_title", "string", "Title in the document's list", "目录标题", required=True),
        field("listed_line", "integer", "Line of the list", "目录行号", required=True),
        field("title", "string", "Printed title", "表标题"),
        field("line", "integer", "Line of the printed title", "标题行号"),
        field("last_line", "integer", "Last line of the table", "末行行号"),
        field("unit", "string", "Printed unit of money", "单位"),
        field("department", "string", "Printed department", "部门全称"),
        field("compiling_unit", "string", "Printed compiling unit", "编制单位"),
        field(
            "remark", "string", "Remark, coded", "备注（代码）", enum=["nothing-to-report", "other"]
        ),
        field("rows", "integer", "Rows below the headings", "数据行数"),
        field(
            "state",
            "string",
            "State",
            "状态",
            required=True,
            enum=["printed", "printed empty", "absent"],
        ),
    ]
    return resource(
        "tables", "published", "List of tables", "公开表目录", fields, ["table", "occurrence"]
    )


def _claims() -> Resource:
    kinds = [
        "amount",
        "change",
        "growth",
        "share",
        "rate",
        "count",
        "threshold",
        "year",
        "month",
        "none",
    ]
    fields = [
        field("id", "string", "Claim: line and position in it", "编号", required=True),
        line_field(),
        field("section", "string", "Section or table of the text", "所在部分", required=True),
        field("kind", "string", "Kind of statement", "类型", required=True, enum=kinds),
        field("subject", "string", "What it speaks of, coded", "所述对象（代码）", required=True),
        field("code", "string", "Functional account, where the subject is one", "功能分类科目编码"),
        field("within", "string", "The whole of which the subject is a part", "所属整体（代码）"),
        field("year", "integer", "Year it speaks of", "年度"),
        field("base_year", "integer", "Year it is compared with", "比较年度"),
        field("value", "number", "Printed figure", "数值"),
        field("unit", "string", "Printed unit", "单位"),
        field("decimals", "integer", "Printed decimals", "小数位数"),
        field(
            "direction",
            "string",
            "Direction claimed",
            "所称方向",
            enum=["increase", "decrease", "unchanged"],
        ),
        field("reasons", "string", "Reasons given, coded, separated by blanks", "所给理由（代码）"),
    ]
    references = {
        "subject": ("subjects", "code"),
        "within": ("subjects", "code"),
        "code": ("functional-classification", "code"),
    }
    title = "Figures stated in the text"
    return resource(
        "claims", "published", title, "文字所述数字", fields, ["id"], references=references
    )


def _other_published() -> list[Resource]:
    return [
        resource(
            "regulations",
            "published",
            "Regulations named as the basis of projects",
            "项目立项依据",
            [
                field(
                    "form", "integer", "Number of the form in table 17", "表的序次", required=True
                ),
                field("position", "integer", "Position in the basis", "序号", required=True),
                field("title", "string", "Title", "文件名称", required=True),
                field("number", "string", "Document number", "文号"),
                line_field(),
            ],
            ["form", "position"],
        ),
        resource(
            "sections",
            "published",
            "Sections of the text",
            "文字说明的各部分",
            [
                field("section", "integer", "Number", "序号", required=True),
                field("title", "string", "Printed heading", "标题", required=True),
                line_field(),
                field("last_line", "integer", "Last line", "末行行号", required=True),
                field("claims", "integer", "Claims read from it", "所述数字个数", required=True),
            ],
            ["section"],
        ),
        resource(
            "repairs",
            "published",
            "Repairs made in reading the text",
            "读取时的修复记录",
            [
                line_field(),
                field("kind", "string", "Kind of repair", "类型", required=True),
                field("table", "string", "Table", "所在表"),
                field("detail", "string", "What was done", "说明", required=True),
            ],
            ["line", "kind", "detail"],
        ),
    ]


def descriptor(document: Mapping[str, Any], printed: set[str]) -> dict[str, Any]:
    """Return datapackage.json for a document (`title`, `office`, `year`, `sha256`, `lines`).

    `printed` names the tables that have rows to store; an absent table has no resource.
    """
    year = int(document["year"])
    tables = [
        (_form if layout.form else _grid)(layout, year)
        for layout in LAYOUTS
        if layout.table in printed
    ]
    published = [*tables, _tables(), _claims(), *_other_published()]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"budget-{year}",
        "title": f"The {year} budget of one department, as published",
        "title_zh": f"{document['office']}{year}年部门预算",
        "description": "Every figure printed in the disclosure, once. Amounts are in yuan; a blank "
        "cell was printed blank. Published resources are written by the import alone, editorial "
        "ones are kept by hand with the source of each row.",
        "description_zh": "公开文件中印出的每个数字，各存一次。金额单位为元；空白即原表空白。"
        "published 各表只由导入程序写成，editorial 各表由人工维护并逐行注明来源。",
        "licenses": [_LICENSE],
        "sources": [{"title": f"{document['office']}：{document['title']}"}],
        "document": dict(document),
        "resources": [*published, *EDITORIAL],
    }
