"""What an answer earns: one row an answer, the indicator in its form, no net over all rows."""

import json
import random

import pytest
from test_class import CALLED, POINTS

from budgetbook.model.address import parse
from budgetbook.model.loading import load
from budgetbook.teaching import handing, keys, marking
from budgetbook.teaching.answers import Answer, Filled
from budgetbook.teaching.departments import department
from budgetbook.teaching.draft import Draft
from budgetbook.teaching.planting import TYPES, Measured, Planting
from budgetbook.teaching.rows import many

STUDENTS = 6
pytestmark = pytest.mark.long


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
        assert found.alarms == len(places) * marking.ALARM
        assert "several rows" in found.parts[-1].en


def test_a_false_alarm_costs_what_an_error_of_level_one_earns():
    parts = ("place", "right", "kind", "else")
    assert sum(POINTS[1][part] for part in parts) == marking.ALARM


def told_in_words(keys):
    kinds = ("reckoning", "divisions", "bought", "spent")
    return [(k, e) for k in keys.values() for e in k["errors"] if e["type"] in kinds]


def full(error, **changes):
    chosen = Answer("", CALLED[error["tables"][0]], " ".join(error["rows"][::-1]))
    more = {name: error[name] for name in ("printed", "right")}
    return chosen._replace(kind=error["type"], other=error["else"], **{**more, **changes})


def points_of(key, error, *answers):
    return sum(p.points for p in marked(key, *answers).parts if p.item == error["id"])


def test_of_what_only_reading_finds_all_but_the_place_counts_with_the_value_alone(course):
    tried = told_in_words(course[1])
    assert tried
    for key, error in tried:
        of = POINTS[error["level"]]
        most = of["place"] + of["right"] + of["kind"] + of["else"]
        turned = full(error, printed=error["right"], right=error["printed"])
        assert points_of(key, error, full(error)) == most
        assert points_of(key, error, turned) == most, "either way round"
        assert points_of(key, error, full(error, right="1")) == of["place"]
        assert points_of(key, error, full(error, right="1", printed="")) <= of["place"]


def test_a_second_value_for_one_place_is_a_false_alarm_and_the_same_again_is_none(course):
    for key, error in told_in_words(course[1]):
        same = marked(key, full(error), full(error))
        assert same.alarms == 0
        other = marked(key, full(error), full(error, right="1"))
        assert other.alarms == marking.ALARM
        assert "another value" in other.parts[-1].en
        turned = full(error, printed=error["right"], right=error["printed"])
        assert marked(key, full(error), turned).alarms == 0


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


def test_each_of_two_amounts_that_offset_each_other_is_a_place_and_table_15_its_other_side(repo):
    reference, found = load(repo / "data").reference, 0
    for number in range(12):
        draft = Draft(department(random.Random(f"class {number}"), "云岭区", 2026))
        printed = draft.printed(reference)
        try:
            fault = TYPES["pair"](draft, printed, random.Random(number))
        except LookupError:
            continue
        error = Measured(fault, 2, frozenset(), [], frozenset())
        known = keys.key(Planting(draft, printed, [error], frozenset()), [], "s", "t")
        (item,) = known["errors"]
        one, other = item["rows"]
        for value in item["accepted"]:
            answer = Answer("", CALLED["project-targets"], f"{one}、{other}", right=value)
            assert points_of(known, item, answer) == POINTS[2]["place"] + POINTS[2]["right"]
        for side in map(parse, item["side"]):
            answer = Answer("", CALLED[side.table], side.row[0])
            assert points_of(known, item, answer) == POINTS[2]["place"] // 2
        found += 1
    assert found
