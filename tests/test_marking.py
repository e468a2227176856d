"""What an answer earns: one row an answer, the indicator in its form, no net over all rows."""

import json

import pytest
from test_class import CALLED, POINTS

from budgetbook.model.loading import load
from budgetbook.teaching import handing, marking
from budgetbook.teaching.answers import Answer, Filled
from budgetbook.teaching.rows import many

STUDENTS = 6


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A small class, and its keys by student."""
    out = tmp_path_factory.mktemp("marking") / "class"
    folder = handing.new(out, STUDENTS, seed="two")
    found = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("stu*.json")}
    return out, found


def marked(key, *answers):
    named = [answer._replace(question=f"F{n:02}") for n, answer in enumerate(answers, 1)]
    return marking.mark(Filled("", {}, named, ""), key, POINTS)


def test_one_answer_with_all_rows_of_the_document_finds_nothing(course):
    out, keys = course
    for student, key in keys.items():
        tables = load(out / student / "data").tables
        called = {
            str(row[name])
            for rows in tables.values()
            for row in rows
            for name in ("code", "name", "indicator", "text")
            if row.get(name)
        }
        net = Answer("", row=" ".join(sorted(called))[:4000])
        places = {error["tables"][0] for error in key["errors"]}
        found = marked(key, *(net._replace(table=CALLED[place]) for place in places))
        assert found.program == 0
        assert found.alarms == len(places)
        assert "several rows" in found.parts[-1].en


def in_forms(keys, *kinds):
    return [(k, e) for k in keys.values() for e in k["errors"] if e["type"] in kinds]


def test_a_project_alone_is_half_of_the_place_of_an_indicator(course):
    tried = in_forms(course[1], "goal", "price", "impossible", "relation", "ceiling")
    assert tried
    for key, error in tried:
        indicator, project = error["rows"]
        alone = Answer("", CALLED["project-targets"], project)
        more = (
            alone._replace(row=f"{project} {indicator}"),
            alone._replace(column=indicator),
            alone._replace(printed=error["printed"]),
            alone._replace(right=error["right"]),
        )
        most = POINTS[error["level"]]["place"]
        for answer, points in ((alone, most // 2), *((each, most) for each in more)):
            place = next(p for p in marked(key, answer).parts if p.item == error["id"])
            assert place.points == points, (answer, error)


def test_a_goal_is_known_by_its_label_or_by_words_quoted_from_it(course):
    for key, error in in_forms(course[1], "last-year"):
        alone = Answer("", CALLED["project-targets"], error["rows"][0])
        quoted = alone._replace(printed="上年度对接项目三十个")
        for answer in (quoted, alone._replace(column="当年绩效目标")):
            assert marked(key, answer).parts, "it is marked"
            place = next(p for p in marked(key, answer).parts if p.item == error["id"])
            assert place.points == place.of


@pytest.mark.parametrize("called", ["文字说明", "正文", "预算说明", "the text"])
def test_the_text_as_a_whole_is_a_place_for_what_stands_in_it(course, called):
    tried = [(k, e) for k in course[1].values() for e in k["errors"] if "claims/" in e["places"][0]]
    assert tried
    for key, error in tried:
        answer = Answer("", called, error["rows"][0], printed=error["printed"])
        place = next(p for p in marked(key, answer).parts if p.item == error["id"])
        assert place.points == place.of


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("30201 办公费", False),
        ("卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）", False),
        ("消费促进活动、农贸市场改造指导", False),
        ("电商人才培训 培训人数", False),
        ("30108 机关事业单位基本养老保险缴费，30109 职业年金缴费", False),
        ("合计", False),
        ("30201 30205 30207", True),
        ("办公费邮电费差旅费", True),
        ("消费促进活动展会组织电商人才培训", True),
        ("培训人数调查户数办案件数", True),
    ],
)
def test_an_answer_names_a_row_or_a_pair(text, several):
    assert many(text) is several
