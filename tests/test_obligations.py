"""A word that changes in a text makes no rule vanish in silence: what is gone is said to be."""

import pytest
from small_disclosure import TEXT

import budgetbook
from budgetbook.checks import Verdict, obligations, run
from budgetbook.reading.importing import import_text
from budgetbook.words.reporting import as_json, as_table

LEVEL = "rule.text.three-public.change"
REASON = "主要原因是人员的增加"


@pytest.fixture
def judged(package_copy, tmp_path):
    """What reads the small text with one word changed, and judges it: check id → result."""

    def judge(old="", new=""):
        assert old in TEXT
        path = tmp_path / "small.txt"
        path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
        import_text(path, package_copy)
        return {result.check.id: result for result in run(budgetbook.load(package_copy))}

    return judge


def test_a_reason_that_is_no_reason_cannot_be_tested(judged):
    before = judged()
    sign = next(n for n in before if n.startswith("explanation.sign.") and "/income/" in n)
    assert before[sign].verdict is Verdict.HOLDS
    found = judged(REASON, "主要原因是详见附件")[sign]
    assert found.verdict is Verdict.OPEN
    assert "that reasons.csv knows" in found.needs


def test_a_reason_that_is_left_out_fails(judged):
    assert judged()["explanation.reason.income"].verdict is Verdict.HOLDS
    assert judged("，" + REASON, "")["explanation.reason.income"].verdict is Verdict.FAILS


def test_a_change_that_no_word_states_is_missed(judged):
    assert LEVEL not in judged()
    found = judged("30,000元，与上年持平", "30,000元，较上年增加持平")
    assert found[LEVEL].verdict is Verdict.OPEN
    assert found[LEVEL].needs in as_table(list(found.values()))
    assert LEVEL in as_json(list(found.values()))


def test_an_amount_that_nothing_confirms_cannot_be_tested(judged):
    found = judged("涉及项目2个，金额300,000元", "涉及项目2个，金额300,000元，公务接待费5元")
    held = [r for name, r in found.items() if name.startswith(("held.", "text.", "repeated."))]
    assert any("reception" in r.check.id for r in held)


def test_what_is_missing_is_counted_and_says_why(judged):
    results = list(judged().values())
    owed = obligations(results)
    bare = [o for o in owed if o.why]
    assert 0 < len(bare) < len(owed)
    text = as_table(results)
    assert f"{len(owed)} rules and statements of the form, {len(bare)} without a check:" in text
    for obligation in bare:
        assert f"    {obligation.rule}: {obligation.why}\n" in text


def test_the_unlike_table_is_not_an_empty_one(judged):
    """A table that the form has and the text lists nowhere leaves its rules without a check."""
    found = judged()
    assert found["rule.row.appropriations.total"].needs == "table 4, which is not printed"
    assert found["rule.row.fund-spending.total"].verdict is Verdict.APART
