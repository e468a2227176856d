"""The rubric follows its stated rules, and a score does what it says."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from budgetbook.analysis import performance, rubric


def of_line(disclosure, line):
    """The indicator printed in a line."""
    return next(i for i in disclosure.indicators if i.line == line)


def ruled(disclosure, indicator):
    """Criterion → whether the rules say that it is met."""
    return {j.criterion: j.met for j in rubric.rules(disclosure, indicator)}


def test_each_criterion_of_the_data_is_judged_with_a_reason(disclosure):
    criteria = [row["id"] for row in disclosure.reference["rubric"]]
    for indicator in disclosure.indicators:
        found = rubric.judge(disclosure, indicator)
        assert [j.criterion for j in found] == criteria
        assert all(j.reason for j in found)


def test_the_judgements_follow_the_target(disclosure):
    late = of_line(disclosure, 481)
    assert ruled(disclosure, late)["can-fail"], "finishing after the year misses it"
    assert not ruled(disclosure, late)["timed"]
    assert ruled(disclosure, replace_target(late, "0.5"))["timed"]
    everyone = of_line(disclosure, 437)
    assert not ruled(disclosure, everyone)["attainable"]
    assert ruled(disclosure, replace_target(everyone, "95"))["attainable"]
    assert not ruled(disclosure, replace_target(everyone, "101"))["can-meet"]
    word = of_line(disclosure, 499)
    assert not ruled(disclosure, word)["measurable"]
    assert not ruled(disclosure, word)["specific"]


def test_a_limit_can_be_missed_and_is_met_by_doing_nothing(disclosure):
    heads = ruled(disclosure, of_line(disclosure, 501))
    assert heads["can-fail"]
    assert not heads["needs-work"]
    more = ruled(disclosure, of_line(disclosure, 501)._replace(relation="≥"))
    assert more["needs-work"]


def test_a_baseline_or_a_method_in_the_name_is_seen(disclosure):
    plain = of_line(disclosure, 529)
    assert not ruled(disclosure, plain)["baseline"]
    assert ruled(disclosure, plain._replace(name="企业满意度较上年提高"))["baseline"]
    assert ruled(disclosure, plain._replace(name="问卷调查企业满意度"))["method"]


def test_the_reader_decides_and_the_rules_stand_beside(disclosure):
    pairs = rubric.crosscheck(disclosure)
    assert len(pairs) == len(rubric.READ) * len(disclosure.indicators)
    differ = [(j.indicator.line, j.criterion) for j, rule in pairs if j.met != rule.met]
    assert (435, "specific") in differ
    assert len(differ) < len(pairs) / 4
    rows = tuple(
        {**r, "met": "yes"} if (r["place"], r["criterion"]) == ("table-17:435", "specific") else r
        for r in disclosure.reference["rubric-judgements"]
    )
    turned = replace(disclosure, reference={**disclosure.reference, "rubric-judgements": rows})
    (one,) = [
        j for j in rubric.judge(turned, of_line(disclosure, 435)) if j.criterion == "specific"
    ]
    assert one.met


def test_nobody_agrees_where_nobody_read(disclosure):
    unread = replace(disclosure, reference={**disclosure.reference, "rubric-judgements": ()})
    assert rubric.crosscheck(unread) == []


def test_a_rewritten_set_is_better_by_the_rules_and_keeps_its_weights(disclosure):
    changed = [
        (old, new)
        for old in performance.forms(disclosure)
        if (new := rubric.rewritten(disclosure, old)).indicators != old.indicators
    ]
    ((old, new),) = changed
    assert [i.weight for i in new.indicators] == [i.weight for i in old.indicators]
    was, would = (rubric.ruled_shares(disclosure, form) for form in (old, new))
    for criterion in ("specific", "measurable", "timed", "baseline", "method", "can-fail"):
        assert would[criterion] > was[criterion], criterion
    assert all(would[c] >= was[c] for c in was)
    assert rubric.only_words(old, Fraction(1)) > rubric.only_words(new, Fraction(1)) == 0
    places = {row["place"] for row in disclosure.reference["rewritten"]}
    assert places == {
        f"table-17:{a.line}" for a, b in zip(old.indicators, new.indicators, strict=True) if a != b
    }


def replace_target(indicator, target):
    """The indicator with another target."""
    return indicator._replace(target=target)


def test_shares_are_points_of_points(disclosure):
    for form in performance.forms(disclosure):
        shares = rubric.shares(disclosure, form)
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
        for r in disclosure.tables["project-targets"]
    )
    changed = replace(disclosure, tables={**disclosure.tables, "project-targets": renamed})
    assert {r["id"]: len(i) for r, i in rubric.supports(changed)}["2-scenarios"] == 1
