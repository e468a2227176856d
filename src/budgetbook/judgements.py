"""The editorial resources that judge the performance forms: our readings, each with its source."""

from __future__ import annotations

from .resources import Resource, both, field, resource

#: A claim by its id, or an indicator by its table and line.
CLAIM = r"L\d{1,6}\.\d{1,4}"
PLACE = rf"claims:{CLAIM}|table-1[57]:\d{{1,6}}"

#: The field's dimensions of an indicator, in the order of the usual form.
DIMENSIONS = ["quantity", "quality", "timeliness", "cost", "effect", "satisfaction"]

#: What guides give points to: the dimensions, output together, and the use of the money.
GROUPS = ["output", "cost", "effect", "satisfaction", "execution"]

_SOURCE = field("source", "string", "Source (id in sources)", "来源", required=True)
_FROM_SOURCE = {"source": ("sources", "id")}

JUDGEMENTS: list[Resource] = [
    resource(
        "same-targets",
        "editorial",
        "Quantities that seem to be targeted in two places",
        "两处设定目标的同一事项",
        [
            field("id", "string", "Quantity", "编号", required=True),
            field("first", "string", "One place", "一处", required=True, pattern=PLACE),
            field("second", "string", "The other", "另一处", required=True, pattern=PLACE),
            field("what_en", "string", "What is targeted", "事项（英）", required=True),
            field("what_zh", "string", "What is targeted, Chinese", "事项", required=True),
            _SOURCE,
        ],
        ["id"],
        references=_FROM_SOURCE,
    ),
    resource(
        "rubric",
        "editorial",
        "Rubric for performance indicators",
        "绩效指标评价量表",
        [
            field("id", "string", "Criterion", "编号", required=True),
            *both("title", "Title", "名称"),
            *both("asks", "What it asks", "评判问题"),
            _SOURCE,
        ],
        ["id"],
        references=_FROM_SOURCE,
    ),
    resource(
        "rubric-judgements",
        "editorial",
        "Judgements on performance indicators that need a reader, with their reasons",
        "须由读者作出的绩效指标评判及理由",
        [
            field("place", "string", "Indicator", "指标", required=True, pattern=PLACE),
            field("criterion", "string", "Criterion (id in rubric)", "评判项目", required=True),
            field("met", "string", "Is it met", "是否符合", required=True, enum=["yes", "no"]),
            field("reason", "string", "Reason", "理由", required=True),
            _SOURCE,
        ],
        ["place", "criterion"],
        references={**_FROM_SOURCE, "criterion": ("rubric", "id")},
    ),
    resource(
        "rewritten",
        "editorial",
        "Indicators rewritten so that a stranger can check them: a worked example, ours",
        "改写示例：可供外人核对的绩效指标（本书拟）",
        [
            field(
                "place",
                "string",
                "Indicator that it replaces",
                "原指标",
                required=True,
                pattern=PLACE,
            ),
            *both("name", "Name", "名称"),
            field(
                "relation", "string", "Relation", "指标性质", required=True, enum=["≥", "≤", "="]
            ),
            field("target", "string", "Target, for illustration", "指标值（示例）", required=True),
            field("unit", "string", "Unit", "计量单位", required=True),
            *both("why", "What the old one lacked", "原指标之不足"),
            _SOURCE,
        ],
        ["place"],
        references=_FROM_SOURCE,
    ),
    resource(
        "goal-parts",
        "editorial",
        "Parts of each performance goal in our words, and words of their indicators",
        "绩效目标分解（本书概括）与对应指标用词",
        [
            field("id", "string", "Part", "编号", required=True),
            field("form", "integer", "Form (0: the department)", "表序", required=True),
            field("part_en", "string", "What is promised", "目标内容（英）", required=True),
            field("part_zh", "string", "What is promised, Chinese", "目标内容", required=True),
            field("words", "string", "Words of its indicators", "指标用词", required=True),
            field(
                "number",
                "string",
                "Number in the goal that its indicators are as many as",
                "与指标个数相同的目标数字",
                pattern=CLAIM,
            ),
            _SOURCE,
        ],
        ["id"],
        references=_FROM_SOURCE,
    ),
    resource(
        "dimensions",
        "editorial",
        "Dimension of each indicator, as read from its bare name",
        "各项指标的维度（按名称阅读）",
        [
            field("place", "string", "Indicator", "指标", required=True, pattern=PLACE),
            field("read", "string", "As read", "阅读所得", required=True, enum=DIMENSIONS),
            field(
                "sure",
                "string",
                "Was the reader sure",
                "是否有把握",
                required=True,
                enum=["yes", "no"],
            ),
            field("why", "string", "Reason of the reader", "阅读者的理由", required=True),
            _SOURCE,
        ],
        ["place"],
        references=_FROM_SOURCE,
    ),
    resource(
        "guide-weights",
        "editorial",
        "Points by dimension in guides and forms, as reported",
        "各类指引与表式的指标权重（转述）",
        [
            field("guide", "string", "Guide", "指引", required=True),
            *both("when", "Where it applies", "适用情形"),
            field("group", "string", "Points for", "分值对象", required=True, enum=GROUPS),
            field("points", "number", "Points", "分值", required=True),
            _SOURCE,
        ],
        ["guide", "group"],
        references=_FROM_SOURCE,
    ),
]
