"""The rubric follows its stated rules, and a score does what it says."""

from decimal import Decimal
from fractions import Fraction

import pytest
from worlds import with_each_of, with_resource

from budgetbook.analysis import performance, rubric


def named(disclosure, name):
    """The indicator with a name, after that of its project."""
    return next(i for i in disclosure.indicators if str(i.address) == f"project-targets/{name}")


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
    late = named(disclosure, "政务数字化应用评估、评审/及时完成")
    assert not ruled(disclosure, late)["can-fail"], "its limit is the year of the budget"
    assert ruled(disclosure, late)["timed"], "a form is of one year"
    assert ruled(disclosure, replace_target(late, "0.5"))["can-fail"]
    everyone = named(disclosure, "落实“云长制”数据资源治理/全区各单位物联感知和视频共享工作满意度")
    assert ruled(disclosure, everyone)["attainable"] is False
    assert ruled(disclosure, replace_target(everyone, "95"))["attainable"] is None, "untested"
    assert not ruled(disclosure, everyone)["can-meet"]
    assert ruled(disclosure, replace_target(everyone, "95"))["can-meet"]
    word = named(disclosure, "编外聘用人员经费/取得良好工作成效")
    assert not ruled(disclosure, word)["measurable"]
    assert not ruled(disclosure, word)["specific"]


def test_a_limit_can_be_missed_and_is_met_by_doing_nothing(disclosure):
    limit = named(disclosure, "编外聘用人员经费/聘用人员人数")
    heads = ruled(disclosure, limit)
    assert heads["can-fail"]
    assert not heads["needs-work"]
    more = ruled(
        disclosure, named(disclosure, "编外聘用人员经费/聘用人员人数")._replace(relation="≥")
    )
    assert more["needs-work"]
    cost = named(disclosure, "编外聘用人员经费/聘用人员费用")
    assert ruled(disclosure, cost)["needs-work"] is None, "a limit of cost is a prescribed kind"


@pytest.mark.parametrize("criterion", ["can-fail", "can-meet"])
def test_rubric_and_checks_judge_alike(disclosure, results, criterion):
    """What a check of targets fails is not met in the rubric, and what it passes is."""
    held = {r.check.id: r.verdict for r in results}
    seen = 0
    for indicator in disclosure.indicators:
        verdict = held.get(f"targets.{criterion}.{indicator.address}")
        if verdict is not None:
            seen += 1
            (one,) = [j for j in rubric.judge(disclosure, indicator) if j.criterion == criterion]
            assert one.met is (verdict == "holds"), indicator.name
    assert seen


def test_what_nothing_tests_is_neither_met_nor_missed(disclosure):
    """The forms have no column for a baseline or a method, and nothing printed tests a target."""
    for form in performance.forms(disclosure):
        met, could = (rubric.shares(disclosure, form, a) for a in ((True,), (True, None)))
        assert met["attainable"] == met["baseline"] == met["method"] == 0
        assert could["baseline"] == could["method"] == met["timed"] == 1
        missed = {j.indicator for i in form.indicators for j in rubric.judge(disclosure, i)
                  if j.criterion == "attainable" and j.met is False}  # fmt: skip
        whole = Fraction(form.weight())
        assert could["attainable"] == 1 - sum(Fraction(i.weight) for i in missed) / whole


def test_no_word_of_the_goal_is_not_beside_the_goal(disclosure, results):
    """The indicators that no word ties to a goal are those of the checks; most are relevant."""
    pairs = rubric.crosscheck(disclosure)
    read = [j.met for j, rule in pairs if j.criterion == "relevant" and not rule.met]
    failing = [r for r in results if r.check.id.startswith("goals.attached.")]
    assert len(read) == sum(r.left for r in failing)
    assert read.count(True) > read.count(False)


def test_a_baseline_or_a_method_in_the_name_is_seen(disclosure):
    plain = named(disclosure, "通信行业安全、应急管理/企业满意度")
    assert ruled(disclosure, plain)["baseline"] is None
    assert ruled(disclosure, plain._replace(name="企业满意度较上年提高"))["baseline"]
    assert ruled(disclosure, plain._replace(name="问卷调查企业满意度"))["method"]


def test_the_reader_decides_and_the_rules_stand_beside(disclosure):
    pairs = rubric.crosscheck(disclosure)
    assert all((j.met, rule.met) != (None, None) for j, rule in pairs)
    assert len(pairs) >= (len(rubric.READ) - 1) * len(disclosure.indicators)
    differ = [(j.indicator, j.criterion) for j, rule in pairs if j.met != rule.met]
    platform = named(
        disclosure, "落实“云长制”数据资源治理/为全区物联感知和视频共享等提供平台保障。"
    )
    assert (platform, "specific") in differ
    assert len(differ) < len(pairs) / 4
    about = (str(platform.address), "specific")
    turned = with_each_of(
        disclosure,
        "rubric-judgements",
        lambda r: {"met": "yes"} if (r["address"], r["criterion"]) == about else {},
    )
    (one,) = [j for j in rubric.judge(turned, platform) if j.criterion == "specific"]
    assert one.met


def test_nobody_agrees_where_nobody_read(disclosure):
    unread = with_resource(disclosure, "rubric-judgements", ())
    assert rubric.crosscheck(unread) == []


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
    indicator = named(disclosure, "政务数字化应用评估、评审/评审建设项目")._replace(
        relation=relation, target=target
    )
    assert indicator.weight == 10
    assert rubric.points(indicator, Decimal(outcome)) == points


def test_an_outcome_below_zero_is_an_error(disclosure):
    with pytest.raises(ValueError, match="below zero"):
        rubric.points(named(disclosure, "政务数字化应用评估、评审/评审建设项目"), Decimal(-1))


def test_a_score_is_the_sum_of_its_points(disclosure):
    for form in performance.forms(disclosure):
        assert rubric.score(form, {}) == Fraction(form.weight())
        nothing = {i.address: Decimal(0) for i in form.indicators if i.relation in ("≥", "定性")}
        assert rubric.score(form, nothing) < Fraction(form.weight())
        words = Fraction(form.weight(qualitative=True))
        assert rubric.only_words(form, Fraction(1, 2)) == words / 2
