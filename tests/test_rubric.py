"""The rubric follows its stated rules, and a score does what it says."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from budgetbook import performance, rubric


def of_line(disclosure, line):
    """The indicator printed in a line."""
    return next(i for i in disclosure.indicators if i.line == line)


def judged(indicator):
    """Criterion → whether it is met."""
    return {j.criterion: j.met for j in rubric.judge(indicator)}


def test_each_criterion_of_the_data_is_judged_with_a_reason(disclosure):
    criteria = [row["id"] for row in disclosure.reference["rubric"]]
    for indicator in disclosure.indicators:
        found = rubric.judge(indicator)
        assert [j.criterion for j in found] == criteria
        assert all(j.reason for j in found)


def test_the_judgements_follow_the_target(disclosure):
    late = of_line(disclosure, 481)
    assert not judged(late)["can-fail"]
    soon = replace_target(late, "0.5")
    assert judged(soon)["can-fail"]
    assert judged(soon)["timed"]
    everyone = of_line(disclosure, 437)
    assert not judged(everyone)["can-meet"]
    assert judged(replace_target(everyone, "95"))["can-meet"]
    word = of_line(disclosure, 499)
    assert not judged(word)["measurable"]
    assert not judged(word)["specific"]


def replace_target(indicator, target):
    """The indicator with another target."""
    return indicator._replace(target=target)


def test_shares_are_points_of_points(disclosure):
    for form in performance.forms(disclosure):
        shares = rubric.shares(form)
        assert all(0 <= share <= 1 for share in shares.values())
        assert shares["measurable"] == 1 - Fraction(form.weight(qualitative=True)) / Fraction(
            form.weight()
        )


@pytest.mark.parametrize(
    ("relation", "target", "outcome", "points"),
    [
        ("≥", "20", "20", 10),
        ("≥", "20", "25", 10),
        ("≥", "20", "5", Fraction(5, 2)),
        ("≤", "4", "4", 10),
        ("≤", "4", "5", 8),
        ("=", "0", "0", 10),
        ("=", "0", "1", 0),
        ("定性", "优", "0.8", 8),
    ],
)
def test_points(disclosure, relation, target, outcome, points):
    indicator = of_line(disclosure, 477)._replace(relation=relation, target=target)
    assert indicator.weight == 10
    assert rubric.points(indicator, Decimal(outcome)) == points


def test_an_outcome_below_zero_is_an_error(disclosure):
    with pytest.raises(ValueError, match="below zero"):
        rubric.points(of_line(disclosure, 477), Decimal(-1))


def test_a_score_is_the_sum_of_its_points(disclosure):
    for form in performance.forms(disclosure):
        assert rubric.score(form, {}) == Fraction(form.weight())
        nothing = {i.line: Decimal(0) for i in form.indicators if i.relation in ("≥", "定性")}
        assert rubric.score(form, nothing) < Fraction(form.weight())
        words = Fraction(form.weight(qualitative=True))
        assert rubric.only_words(form, Fraction(1, 2)) == words / 2


def test_a_part_of_a_goal_without_an_indicator_is_seen(disclosure):
    found = {row["id"]: len(indicators) for row, indicators in rubric.supports(disclosure)}
    assert found["2-scenarios"] == 0
    assert found["5-deaths"] == 1
    renamed = tuple(
        {**r, "indicator": "多跨场景数"} if r["line"] == 455 else r
        for r in disclosure.tables["table-17"]
    )
    changed = replace(disclosure, tables={**disclosure.tables, "table-17": renamed})
    assert {r["id"]: len(i) for r, i in rubric.supports(changed)}["2-scenarios"] == 1
