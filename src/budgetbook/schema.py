"""The schema of data/: every resource of the package, its columns, units, keys and references.

The published resources follow from `budgetbook.layout`; the editorial ones are listed here.
The import writes the result to data/datapackage.json, and the loader holds the data against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .layout import LAYOUTS, Column, Layout

Field = dict[str, Any]
Resource = dict[str, Any]

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


def _field(name: str, kind: str, title: str, title_zh: str, **more: Any) -> Field:
    constraints = {k: more.pop(k) for k in ("required", "enum", "pattern", "minimum") if k in more}
    field: Field = {"name": name, "type": kind, "title": title, "title_zh": title_zh}
    unit = more.pop("unit", "")
    field["description"] = more.pop("description", "") or title + (f", in {unit}" if unit else "")
    field["description_zh"] = more.pop("description_zh", "") or title_zh
    if unit:
        field["unit"] = unit
    if constraints:
        field["constraints"] = constraints
    return field | more


def _line(title: str = "Line of the extracted text") -> Field:
    return _field("line", "integer", title, "提取文本行号", required=True, minimum=1)


def _resource(
    name: str,
    kind: str,
    title: str,
    title_zh: str,
    fields: list[Field],
    key: list[str],
    **more: Any,
) -> Resource:
    references = [
        {"fields": [field], "reference": {"resource": target, "fields": [column]}}
        for field, (target, column) in more.get("references", {}).items()
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": key, "missingValues": [""]}
    if references:
        schema["foreignKeys"] = references
    return {
        "name": name,
        "type": "table",
        "path": f"{kind}/{name}.csv",
        "title": title,
        "title_zh": title_zh,
        "kind": kind,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _column(column: Column, year: int) -> Field:
    heading = "／".join(column.headings(year))
    match column.kind:
        case "amount":
            extra: Field = {"unit": "yuan", "year": year - column.years_back}
            return _field(column.name, "number", column.title, heading, **extra)
        case "percent":
            extra = {"unit": "%", "missingValues": ["", "#DIV/0!"]}
            return _field(column.name, "number", column.title, heading, **extra)
        case "code":
            return _field(
                column.name, "string", column.title, heading, pattern=r"\d{3}(\d{2}){0,2}"
            )
        case _:
            return _field(column.name, "string", column.title, heading)


def _grid(layout: Layout, year: int) -> Resource:
    fields = [_line(), *(_column(column, year) for column in layout.columns)]
    target = _CODES.get(layout.table)
    references = {"code": (target, "code")} if target else {}
    title_zh = f"{year}年部门{layout.ending}"
    return _resource(
        layout.table, "published", layout.title, title_zh, fields, ["line"], references=references
    )


def _form(layout: Layout, year: int) -> Resource:
    text = [
        ("label", "Label", "栏目"),
        ("text", "Value beside the label, a name", "栏目内容（名称）"),
    ]
    amounts = {"unit": "yuan", "year": year}
    fields = [
        _line(),
        _field(
            "form", "integer", "Number of the form, in printed order", "表的序次", required=True
        ),
        *(_field(name, "string", *titles) for name, *titles in text),
        _field("amount", "number", "Value beside the label, an amount", "栏目金额", **amounts),
        _field("second_label", "string", "Second label of the row", "同行第二栏目"),
        _field("second_text", "string", "Value beside the second label, a name", "第二栏目内容"),
        _field(
            "second_amount",
            "number",
            "Value beside the second label, an amount",
            "第二栏目金额",
            **amounts,
        ),
        _field("indicator", "string", "Indicator", "指标名称"),
        _field("weight", "number", "Weight, in points", "指标权重", unit="points"),
        _field("unit", "string", "Unit of measure", "计量单位"),
        _field(
            "relation",
            "string",
            "Relation (定性: qualitative)",
            "指标性质",
            enum=["≥", "≤", "=", ">", "<", "定性"],
        ),
        _field("target", "string", "Target", "指标值"),
        _field(
            "core", "string", "Core indicator (是 yes, 否 no)", "是否核心指标", enum=["是", "否"]
        ),
        _field("characters", "integer", "Length of the prose cell, in characters", "文字长度"),
        _field(
            "sha256",
            "string",
            "SHA-256 of the prose cell's text (UTF-8)",
            "文字的SHA-256值",
            pattern="[0-9a-f]{64}",
        ),
        _field(
            "same_as", "integer", "Line of the earlier cell with the same text", "相同文字的行号"
        ),
    ]
    title_zh = f"{year}年部门{layout.ending}"
    return _resource(layout.table, "published", layout.title, title_zh, fields, ["line"])


def _tables() -> Resource:
    fields = [
        _field("table", "string", "Resource name", "资源名", required=True, pattern=r"table-\d\d"),
        _field(
            "occurrence", "integer", "Which printing of this table", "第几次出现", required=True
        ),
        _field("listed_title", "string", "Title in the document's list", "目录标题", required=True),
        _field("listed_line", "integer", "Line of the list", "目录行号", required=True),
        _field("title", "string", "Printed title", "表标题"),
        _field("line", "integer", "Line of the printed title", "标题行号"),
        _field("last_line", "integer", "Last line of the table", "末行行号"),
        _field("unit", "string", "Printed unit of money", "单位"),
        _field("department", "string", "Printed department", "部门全称"),
        _field("compiling_unit", "string", "Printed compiling unit", "编制单位"),
        _field(
            "remark", "string", "Remark, coded", "备注（代码）", enum=["nothing-to-report", "other"]
        ),
        _field("rows", "integer", "Rows below the headings", "数据行数"),
        _field(
            "state",
            "string",
            "State",
            "状态",
            required=True,
            enum=["printed", "printed empty", "absent"],
        ),
    ]
    return _resource(
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
        _field("id", "string", "Claim: line and position in it", "编号", required=True),
        _line(),
        _field("section", "string", "Section or table of the text", "所在部分", required=True),
        _field("kind", "string", "Kind of statement", "类型", required=True, enum=kinds),
        _field("subject", "string", "What it speaks of, coded", "所述对象（代码）", required=True),
        _field(
            "code", "string", "Functional account, where the subject is one", "功能分类科目编码"
        ),
        _field("within", "string", "The whole of which the subject is a part", "所属整体（代码）"),
        _field("year", "integer", "Year it speaks of", "年度"),
        _field("base_year", "integer", "Year it is compared with", "比较年度"),
        _field("value", "number", "Printed figure", "数值"),
        _field("unit", "string", "Printed unit", "单位"),
        _field("decimals", "integer", "Printed decimals", "小数位数"),
        _field(
            "direction",
            "string",
            "Direction claimed",
            "所称方向",
            enum=["increase", "decrease", "unchanged"],
        ),
        _field(
            "reasons", "string", "Reasons given, coded, separated by blanks", "所给理由（代码）"
        ),
    ]
    references = {
        "subject": ("subjects", "code"),
        "within": ("subjects", "code"),
        "code": ("functional-classification", "code"),
    }
    title = "Figures stated in the text"
    return _resource(
        "claims", "published", title, "文字所述数字", fields, ["id"], references=references
    )


def _other_published() -> list[Resource]:
    return [
        _resource(
            "regulations",
            "published",
            "Regulations named as the basis of projects",
            "项目立项依据",
            [
                _field(
                    "form", "integer", "Number of the form in table 17", "表的序次", required=True
                ),
                _field("position", "integer", "Position in the basis", "序号", required=True),
                _field("title", "string", "Title", "文件名称", required=True),
                _field("number", "string", "Document number", "文号"),
                _line(),
            ],
            ["form", "position"],
        ),
        _resource(
            "sections",
            "published",
            "Sections of the text",
            "文字说明的各部分",
            [
                _field("section", "integer", "Number", "序号", required=True),
                _field("title", "string", "Printed heading", "标题", required=True),
                _line(),
                _field("last_line", "integer", "Last line", "末行行号", required=True),
                _field("claims", "integer", "Claims read from it", "所述数字个数", required=True),
            ],
            ["section"],
        ),
        _resource(
            "repairs",
            "published",
            "Repairs made in reading the text",
            "读取时的修复记录",
            [
                _line(),
                _field("kind", "string", "Kind of repair", "类型", required=True),
                _field("table", "string", "Table", "所在表"),
                _field("detail", "string", "What was done", "说明", required=True),
            ],
            ["line", "kind", "detail"],
        ),
    ]


def _editorial() -> list[Resource]:
    code = _field("code", "string", "Code", "代码", required=True)
    names = [
        _field("title_en", "string", "English", "英文", required=True),
        _field("title_zh", "string", "Chinese", "中文", required=True),
    ]
    words = _field(
        "words", "string", "Words by which the reader knows it, separated by |", "识别用词"
    )
    source = _field("source", "string", "Source (id in sources)", "来源", required=True)
    from_source = {"source": ("sources", "id")}

    def classification(name: str, title: str, title_zh: str, levels: list[str]) -> Resource:
        fields = [
            code,
            _field("parent", "string", "Code above it", "上级编码"),
            _field("level", "string", "Level", "级次", required=True, enum=levels),
            _field("name_zh", "string", "Name as printed", "名称", required=True),
            _field("name_en", "string", "English name, ours", "英文名称（本书译）", required=True),
            source,
        ]
        references = {"parent": ("", "code")} | from_source
        return _resource(
            name, "editorial", title, title_zh, fields, ["code"], references=references
        )

    def vocabulary(name: str, title: str, title_zh: str) -> Resource:
        fields = [code, *names, words, source]
        return _resource(
            name, "editorial", title, title_zh, fields, ["code"], references=from_source
        )

    return [
        classification(
            "functional-classification",
            "Functional classification of expenditure, accounts that occur",
            "支出功能分类科目（所涉科目）",
            ["class", "section", "item"],
        ),
        classification(
            "department-economic-classification",
            "Department economic classification, accounts that occur",
            "部门预算支出经济分类科目（所涉科目）",
            ["class", "section"],
        ),
        classification(
            "government-economic-classification",
            "Government economic classification, accounts that occur",
            "政府预算支出经济分类科目（所涉科目）",
            ["class", "section"],
        ),
        _resource(
            "crosswalk",
            "editorial",
            "Crosswalk between the two economic classifications",
            "两套经济分类对照",
            [
                _field(
                    "government_code", "string", "Government account", "政府预算科目", required=True
                ),
                _field(
                    "department_code", "string", "Department account", "部门预算科目", required=True
                ),
                source,
            ],
            ["government_code", "department_code"],
            references={
                "government_code": ("government-economic-classification", "code"),
                "department_code": ("department-economic-classification", "code"),
            }
            | from_source,
        ),
        vocabulary("subjects", "Subjects that the text's figures speak of", "文字所述对象"),
        vocabulary("reasons", "Reasons that the text gives for changes", "文字所给理由"),
        _resource(
            "translations",
            "editorial",
            "English names of projects and indicators, ours",
            "项目与指标的英文名称",
            [
                _field("name_zh", "string", "Name as printed", "名称", required=True),
                _field(
                    "name_en", "string", "English name, ours", "英文名称（本书译）", required=True
                ),
                source,
            ],
            ["name_zh"],
            references=from_source,
        ),
        _resource(
            "glossary",
            "editorial",
            "Glossary",
            "术语表",
            [
                _field("id", "string", "Term", "编号", required=True),
                _field("term_en", "string", "English term", "英文术语", required=True),
                _field("term_zh", "string", "Chinese term", "中文术语", required=True),
                _field("definition_en", "string", "English definition", "英文释义", required=True),
                _field("definition_zh", "string", "Chinese definition", "中文释义", required=True),
                source,
            ],
            ["id"],
            references=from_source,
        ),
        _resource(
            "sources",
            "editorial",
            "Sources of rules and terms, graded by how they are known",
            "规则与术语的来源",
            [
                _field("id", "string", "Source", "编号", required=True),
                _field("title_en", "string", "English title", "英文名称", required=True),
                _field("title_zh", "string", "Chinese title", "中文名称", required=True),
                _field(
                    "kind",
                    "string",
                    "Kind",
                    "类型",
                    required=True,
                    enum=["law", "regulation", "guide", "standard", "document", "convention"],
                ),
                _field(
                    "grade",
                    "string",
                    "How it is known",
                    "知悉方式",
                    required=True,
                    enum=["disclosure", "read", "reported", "custom", "assumption"],
                ),
                _field("rests_on", "string", "Articles or items", "条款", required=True),
                _field("note", "string", "What it supports", "用途", required=True),
            ],
            ["id"],
        ),
    ]


EDITORIAL: list[Resource] = _editorial()


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
