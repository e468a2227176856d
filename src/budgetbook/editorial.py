"""The editorial resources: kept by hand, each row with its source, never written by the import."""

from __future__ import annotations

from .judgements import JUDGEMENTS
from .resources import Resource, both, field, resource

#: What a finding, or one reading of it, can be.
KINDS = [
    "omission",
    "misprint",
    "convention",
    "reclassification",
    "rounding",
    "wording",
    "loss in extraction",
]


def _editorial() -> list[Resource]:
    code = field("code", "string", "Code", "代码", required=True)
    names = [
        field("title_en", "string", "English", "英文", required=True),
        field("title_zh", "string", "Chinese", "中文", required=True),
    ]
    words = field(
        "words", "string", "Words by which the reader knows it, separated by |", "识别用词"
    )
    source = field("source", "string", "Source (id in sources)", "来源", required=True)
    from_source = {"source": ("sources", "id")}

    def classification(name: str, title: str, title_zh: str, levels: list[str]) -> Resource:
        fields = [
            code,
            field("parent", "string", "Code above it", "上级编码"),
            field("level", "string", "Level", "级次", required=True, enum=levels),
            field("name_zh", "string", "Name as printed", "名称", required=True),
            field("name_en", "string", "English name, ours", "英文名称（本书译）", required=True),
            source,
        ]
        references = {"parent": ("", "code")} | from_source
        return resource(name, "editorial", title, title_zh, fields, ["code"], references=references)

    def vocabulary(name: str, title: str, title_zh: str, *more: dict[str, object]) -> Resource:
        fields = [code, *names, words, *more, source]
        return resource(
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
        resource(
            "crosswalk",
            "editorial",
            "Crosswalk between the two economic classifications",
            "两套经济分类对照",
            [
                field(
                    "government_code", "string", "Government account", "政府预算科目", required=True
                ),
                field(
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
        vocabulary(
            "reasons",
            "Reasons that the text gives for changes",
            "文字所给理由",
            field(
                "direction",
                "string",
                "Direction of the change that it can explain",
                "可解释的增减方向",
                enum=["increase", "decrease"],
            ),
        ),
        resource(
            "rates",
            "editorial",
            "Rates that contributions and shares of pay are tested with",
            "缴费与计提比例",
            [
                field("id", "string", "Rate", "编号", required=True),
                *names,
                field("percent", "number", "Rate, %", "比例（%）", required=True),
                field("base_en", "string", "Charged on", "计提基数（英）", required=True),
                field("base_zh", "string", "Charged on, Chinese", "计提基数", required=True),
                source,
            ],
            ["id"],
            references=from_source,
        ),
        *JUDGEMENTS,
        resource(
            "findings",
            "editorial",
            "Register of findings: sentences with places for the figures",
            "发现登记（数字由核对结果填入）",
            [
                field("id", "string", "Finding", "编号", required=True),
                field("rank", "integer", "Rank by importance", "次序", required=True),
                field(
                    "grade", "string", "Evidence", "证据等级", required=True, enum=["A", "B", "C"]
                ),
                field("kind", "string", "Kind", "类型", required=True, enum=KINDS),
                field("checks", "string", "Checks, as patterns", "所属核对", required=True),
                field("missing", "string", "Checks whose gap is missing money", "所缺金额所据核对"),
                field(
                    "contradicted",
                    "string",
                    "Checks whose gap is money stated in two amounts",
                    "不一致金额所据核对",
                ),
                *names,
                *both("found", "What was found", "内容"),
                *both("settles", "What would settle it", "何以查明"),
                *both("ask", "Question to the department", "拟询问"),
            ],
            ["id"],
        ),
        resource(
            "readings",
            "editorial",
            "Rival readings of the findings",
            "各项发现的不同解释",
            [
                field("finding", "string", "Finding", "编号", required=True),
                field("position", "integer", "Position", "次序", required=True),
                field("kind", "string", "Kind", "类型", required=True, enum=KINDS),
                *both("reading", "Reading", "解释"),
                *both("speaks", "What speaks for it or against it", "依据"),
            ],
            ["finding", "position"],
            references={"finding": ("findings", "id")},
        ),
        resource(
            "translations",
            "editorial",
            "English names of projects and indicators, ours",
            "项目与指标的英文名称",
            [
                field("name_zh", "string", "Name as printed", "名称", required=True),
                field(
                    "name_en", "string", "English name, ours", "英文名称（本书译）", required=True
                ),
                source,
            ],
            ["name_zh"],
            references=from_source,
        ),
        resource(
            "glossary",
            "editorial",
            "Glossary",
            "术语表",
            [
                field("id", "string", "Term", "编号", required=True),
                field("term_en", "string", "English term", "英文术语", required=True),
                field("term_zh", "string", "Chinese term", "中文术语", required=True),
                field("definition_en", "string", "English definition", "英文释义", required=True),
                field("definition_zh", "string", "Chinese definition", "中文释义", required=True),
                source,
            ],
            ["id"],
            references=from_source,
        ),
        resource(
            "sources",
            "editorial",
            "Sources of rules and terms, graded by how they are known",
            "规则与术语的来源",
            [
                field("id", "string", "Source", "编号", required=True),
                field("title_en", "string", "English title", "英文名称", required=True),
                field("title_zh", "string", "Chinese title", "中文名称", required=True),
                field(
                    "kind",
                    "string",
                    "Kind",
                    "类型",
                    required=True,
                    enum=["law", "regulation", "guide", "standard", "document", "convention"],
                ),
                field(
                    "grade",
                    "string",
                    "How it is known",
                    "知悉方式",
                    required=True,
                    enum=["disclosure", "read", "reported", "custom", "assumption"],
                ),
                field("rests_on", "string", "Articles or items", "条款", required=True),
                field("note", "string", "What it supports", "用途", required=True),
            ],
            ["id"],
        ),
    ]


EDITORIAL: list[Resource] = _editorial()
