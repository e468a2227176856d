"""The rubric follows its stated rules, and a score does what it says."""

from decimal import Decimal
from fractions import Fraction

import pytest
from worlds import with_each_of, with_resource

from budgetbook.analysis import performance, rubric
from budgetbook.package.beside import rows_beside


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


def test_general_words_of_one_document_are_in_this_one(disclosure):
    rows = rows_beside(rubric.__file__, "vague")
    assert {row["seen"] for row in rows} == {"anywhere", "one document"}
    for row in rows:
        before, _, after = row["words"].partition("…")
        names = [i.name for i in disclosure.indicators]
        here = [n for n in names if n.startswith(before) and n.endswith(after)]
        assert here or row["seen"] == "anywhere", row["words"]


def test_the_judgements_follow_the_target(disclosure):
    late = named(disclosure, "政务数字化应用评估、评审/及时完成")
    assert ruled(disclosure, late)["can-fail"], "work that is unfinished when the year ends"
    assert not ruled(disclosure, replace_target(late, "2"))["can-fail"], "nobody can tell in time"
    assert ruled(disclosure, late)["timed"], "a form is of one year"
    assert ruled(disclosure, replace_target(late, "0.5"))["can-fail"]
    everyone = named(disclosure, "落实“云长制”数据资源治理/全区各单位物联感知和视频共享工作满意度")
    assert ruled(disclosure, everyone)["attainable"] is None, "nothing printed speaks against it"
    assert ruled(disclosure, everyone)["can-meet"] is False, "one answer defeats it"
    assert ruled(disclosure, replace_target(everyone, "95"))["can-meet"] is None, "asked of whom?"
    word = named(disclosure, "编外聘用人员经费/取得良好工作成效")
    assert not ruled(disclosure, word)["measurable"]
    assert not ruled(disclosure, word)["can-fail"], "a grade without a scale"
    built = ruled(disclosure, replace_target(word, "建成"))
    assert built["can-fail"], "a thing is built or is not"
    assert not built["measurable"], "and still it is no number"
    assert not ruled(disclosure, word)["specific"]


@pytest.mark.parametrize(
    ("name", "specific"),
    [
        ("完成时效", False),
        ("及时完成", False),
        ("项目质量", False),
        ("项目质量。", False),
        ("行业可持续发展", False),
        ("质量检查", True),
        ("及时完成巡检", True),
    ],
)
def test_a_general_word_names_no_thing(disclosure, name, specific):
    other = disclosure.indicators[0]._replace(name=name)
    assert ruled(disclosure, other)["specific"] is specific


def test_a_limit_can_be_missed_and_is_met_by_doing_nothing(disclosure):
    limit = named(disclosure, "编外聘用人员经费/聘用人员人数")
    heads = ruled(disclosure, limit)
    assert heads["can-fail"]
    assert not heads["needs-work"]
    more = ruled(
        disclosure, named(disclosure, "编外聘用人员经费/聘用人员人数")._replace(relation="≥")
    )
    assert more["needs-work"]
    none = named(disclosure, "通信行业安全、应急管理/通信行业事故死亡率")
    assert ruled(disclosure, none)["needs-work"] is None, "an absence can be luck as well as work"
    assert judged(disclosure, none, "needs-work").applies


def judged(disclosure, indicator, criterion):
    """The judgement on one criterion of an indicator."""
    (one,) = [j for j in rubric.judge(disclosure, indicator) if j.criterion == criterion]
    return one


def test_rubric_and_checks_judge_alike(disclosure, results):
    """What a check fails is not met in the rubric; what it passes is open; no check, no question.

    The check asks for less than all; whether one answer fits in hangs on how many are asked.
    """
    held = {r.check.id: r.verdict for r in results}
    asked = set()
    for indicator in disclosure.indicators:
        one = judged(disclosure, indicator, "can-meet")
        verdict = held.get(f"targets.can-meet.{indicator.address}")
        assert one.applies is (verdict is not None), indicator.name
        assert one.met is (False if verdict == "fails" else None), indicator.name
        asked.add(verdict)
    assert len(asked) > 1 + (None in asked), "some hold and some fail"


@pytest.mark.parametrize(("target", "asked"), [("95", 20), ("90", 10), ("80", 5), ("99.9", 1000)])
def test_how_many_must_be_asked_for_one_to_be_dissatisfied(disclosure, target, asked):
    one = named(disclosure, "通信行业安全、应急管理/企业满意度")._replace(target=target)
    (found,) = [j for j in rubric.rules(disclosure, one) if j.criterion == "can-meet"]
    assert f" {asked} or more" in found.reason
    assert 100 * (asked - 1) >= Decimal(target) * asked, "so many leave room for one"
    fewer = asked - 1
    assert 100 * (fewer - 1) < Decimal(target) * fewer, "and one fewer does not"


def test_a_limit_that_only_the_end_of_the_year_shows_is_said_to_be_so(disclosure, results):
    """Where a check finds no date within the year, the rubric's reason says so, and only there."""
    held = {r.check.id: r.verdict for r in results}
    late = [
        indicator
        for indicator in disclosure.indicators
        if "no earlier date" in judged(disclosure, indicator, "can-fail").reason
    ]
    assert late
    for indicator in disclosure.indicators:
        verdict = held.get(f"targets.can-fail.{indicator.address}")
        assert (verdict == "fails") is (indicator in late), indicator.name


def test_a_question_that_does_not_arise_is_in_no_share(disclosure):
    """A limit of cost, time or staff serves no part of a goal; it is neither met nor missed."""
    apart = {}
    for indicator in disclosure.indicators:
        for one in rubric.judge(disclosure, indicator):
            if not one.applies:
                assert one.met is None
                apart.setdefault(one.criterion, []).append(indicator)
    assert apart.keys() == {"relevant", "can-meet", "needs-work"}
    assert {i.relation for i in apart["relevant"]} == {"≤"}
    assert {i.unit for i in apart["relevant"]} == {"万元", "万元/人", "元/人*天", "年", "人"}
    assert not {i.unit for i in apart["needs-work"]} & {"年", "人"}
    slow = apart["relevant"][0]._replace(name="突发事件处置用时", unit="小时")
    assert next(j for j in rubric.rules(disclosure, slow) if j.criterion == "relevant").applies
    for form in performance.forms(disclosure):
        met, could = (rubric.shares(disclosure, form, a) for a in ((True,), (True, None)))
        asked = [i for i in form.indicators if i not in apart["can-meet"]]
        left = [i for i in asked if judged(disclosure, i, "can-meet").met is None]
        points = [Fraction(sum(i.weight for i in some)) for some in (left, asked)]
        assert met["can-meet"] == 0
        assert could["can-meet"] == points[0] / points[1]
    for row in disclosure.reference["rubric-judgements"]:
        where = [i for i in apart.get(row["criterion"], ()) if str(i.address) == row["address"]]
        assert (row["met"] == "apart") is bool(where), "rule and rows know the same questions"


def test_a_form_that_asks_nobody_has_no_share_of_answers(disclosure):
    form = performance.forms(disclosure)[1]
    silent = form._replace(indicators=[i for i in form.indicators if "满意" not in i.name])
    assert "can-meet" in rubric.shares(disclosure, form)
    assert "can-meet" not in rubric.shares(disclosure, silent)


def test_what_nothing_tests_is_neither_met_nor_missed(disclosure):
    """The forms have no column for a baseline or a method, and nothing printed tests a target."""
    for form in performance.forms(disclosure):
        met, could = (rubric.shares(disclosure, form, a) for a in ((True,), (True, None)))
        assert met["attainable"] == met["baseline"] == met["method"] == 0
        assert could["attainable"] == could["baseline"] == could["method"] == met["timed"] == 1


def test_no_word_of_the_goal_is_not_beside_the_goal(disclosure, results):
    """The indicators that no word ties to a goal are those of the checks; most are relevant."""
    pairs = rubric.crosscheck(disclosure)
    read = [j.met for j, rule in pairs if j.criterion == "relevant" and not rule.met]
    failing = [r for r in results if r.check.id.startswith("goals.attached.")]
    beside = {place for r in failing for place in r.offenders}
    conditions = [
        i
        for i in disclosure.indicators
        if str(i.address) in beside and not judged(disclosure, i, "relevant").applies
    ]
    assert conditions
    assert len(read) + len(conditions) == sum(r.left for r in failing)
    assert read.count(True) > read.count(False)


def test_a_baseline_or_a_method_in_the_name_is_seen(disclosure):
    plain = named(disclosure, "通信行业安全、应急管理/企业满意度")
    assert ruled(disclosure, plain)["baseline"] is None
    assert ruled(disclosure, plain._replace(name="企业满意度较上年提高"))["baseline"] is None
    assert ruled(disclosure, plain._replace(name="企业满意度（与上年同比）"))["baseline"] is None
    assert ruled(disclosure, plain._replace(name="企业满意度较上年92%提高"))["baseline"]
    assert ruled(disclosure, plain._replace(name="问卷调查企业满意度"))["method"]


def test_the_reader_decides_and_the_rules_stand_beside(disclosure):
    pairs = rubric.crosscheck(disclosure)
    assert all((j.met, rule.met) != (None, None) for j, rule in pairs)
    found = rubric.agreement(pairs)
    assert found.keys() == {"specific", "relevant"}, "all of attainable is open to both"
    assert found["specific"].of == len(disclosure.indicators)
    assert sum(one.of for one in found.values()) == len(pairs)
    assert found["specific"].kappa > found["relevant"].kappa, "unlike criteria are not pooled"
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
        ("定性", "建成", "0.8", 0),
        ("定性", "建成", "1", 10),
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
        words = [i for i in form.indicators if i.relation == "定性"]
        half = [rubric.points(i, Fraction(1, 2 if i.target == "优" else 1)) for i in words]
        assert rubric.only_words(form, Fraction(1, 2)) == sum(half, Fraction(0))
    one_matter = performance.forms(disclosure)[2]
    assert rubric.only_words(one_matter, Fraction(4, 5)) == 45 + 15 * Fraction(4, 5)
