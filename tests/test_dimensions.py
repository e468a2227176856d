"""Dimensions follow their rules, and the agreement with the reading is computed."""

import pytest
from worlds import with_each_of, with_resource

from budgetbook.analysis import dimensions, rubric
from budgetbook.analysis.dimensions import DIMENSIONS


def test_every_indicator_is_assigned_twice(disclosure):
    found = dimensions.assignments(disclosure)
    assert [a.indicator for a in found] == list(disclosure.indicators)
    assert {a.settled for a in found} <= set(DIMENSIONS)


def test_a_rule_sees_name_unit_relation_and_a_word_and_nothing_else(disclosure):
    for indicator in disclosure.indicators:
        target = indicator.target if indicator.value is None else "7"
        other = indicator._replace(weight=indicator.weight + 1, target=target, core=True)
        assert dimensions.by_rule(other) is dimensions.by_rule(indicator)


@pytest.mark.parametrize(
    ("change", "dimension"),
    [
        ({"name": "满意度"}, "satisfaction"),
        ({"name": "检查", "unit": "万元/人", "relation": "≤"}, "cost"),
        ({"name": "检查", "unit": "亿元", "relation": "≥"}, "quantity"),
        ({"name": "检查", "unit": "年", "relation": "≤"}, "timeliness"),
        ({"name": "检查", "unit": "%", "relation": "≥"}, "quality"),
        ({"name": "促进", "unit": "", "relation": "定性"}, "effect"),
        ({"name": "其他", "unit": "", "relation": "定性"}, "effect"),
        ({"name": "其他", "unit": "", "relation": "定性", "target": "建成"}, "quantity"),
        (
            {"name": "为某建设工作提供服务", "unit": "", "relation": "定性", "target": "优"},
            "effect",
        ),
        ({"name": "成本降低", "unit": "%", "relation": "≥"}, "effect"),
        ({"name": "成本", "unit": "%", "relation": "≤"}, "cost"),
    ],
)
def test_the_rules(disclosure, change, dimension):
    indicator = disclosure.indicators[0]._replace(**change)
    assert dimensions.by_rule(indicator).dimension == dimension


def test_twins_are_settled_alike(disclosure):
    """What rule and reader treat alike is settled alike, though the reader was sure of one."""
    found = dimensions.assignments(disclosure)
    twins = [(a, b) for a in found for b in found if a is not b and a.like(b)]
    assert any(a.sure and not a.agrees and not b.sure for a, b in twins)
    assert all(a.settled == b.settled for a, b in twins)
    doubtful = with_each_of(disclosure, "dimensions", lambda _: {"sure": "no"})
    assert not any(a.twin for a in dimensions.assignments(doubtful))


def test_agreement_moves_with_the_reading(disclosure):
    found = dimensions.assignments(disclosure)
    same = dimensions.agreement(found)
    assert 0 < same.agreeing < same.of
    full = [a._replace(read=a.rule.dimension) for a in found]
    assert dimensions.agreement(full).kappa == 1
    none = [a._replace(read="effect" if a.rule.dimension == "cost" else "cost") for a in found]
    assert dimensions.agreement(none).agreeing == 0
    assert dimensions.agreement(none).kappa < 0


def test_no_reading_is_a_clear_error_and_the_rules_stand_alone(disclosure):
    unread = with_resource(disclosure, "dimensions", ())
    found = dimensions.assignments(unread)
    assert len(found) == len(disclosure.indicators)
    assert all(a.settled == a.rule.dimension and a.agrees is None for a in found)
    for none in ([], found):
        with pytest.raises(ValueError, match=r"dimensions\.csv"):
            dimensions.agreement(none)
    assert not any(dimensions.weights(found, 0, "read").values())


def test_an_indicator_without_a_reading_is_not_counted_as_agreeing(disclosure):
    rows = disclosure.reference["dimensions"][1:]
    fewer = with_resource(disclosure, "dimensions", rows)
    found = dimensions.assignments(fewer)
    assert dimensions.agreement(found).of == len(disclosure.indicators) - 1


def test_points_by_dimension_and_group_add_up(disclosure):
    found = dimensions.assignments(disclosure)
    for form in range(len(disclosure.projects) + 1):
        points = sum(i.weight for i in disclosure.indicators if i.form == form)
        by_dimension = dimensions.weights(found, form)
        assert sum(by_dimension.values()) == points
        assert sum(dimensions.by_group(by_dimension).values()) == points


def test_the_matrix_follows_the_words(disclosure):
    parts = {row["id"]: by for row, by in rubric.matrix(disclosure)}
    assert not any(parts["department-economy"].values())
    name = disclosure.projects[0].name
    renamed = with_each_of(disclosure, "goal-parts", lambda _: {"words": name})
    for _, by in rubric.matrix(renamed):
        assert by[1]
        assert by[1].by_name
        assert not by[2]


def test_the_matrix_counts_indicators_by_their_own_names(disclosure):
    """The name of a project gives its indicators nothing."""
    for row, by in rubric.matrix(disclosure):
        for project in disclosure.projects:
            names = [i.name for i in disclosure.indicators if i.form == project.form]
            speaking = [n for n in names if any(w in n for w in row["words"].split("|"))]
            assert [i.name for i in by[project.form].indicators] == speaking


def other(dimension):
    """Another dimension."""
    return DIMENSIONS[(DIMENSIONS.index(dimension) + 1) % len(DIMENSIONS)]
