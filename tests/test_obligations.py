"""A word that changes in a text makes no rule vanish in silence: what is gone is said to be."""

import pytest
from small_disclosure import TEXT
from worlds import with_claims, with_each, with_rows

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


def test_a_share_that_is_left_out_is_missed(judged):
    assert not [name for name in judged() if name.startswith("share.untold.")]
    for old, subject in (("，占66.7%", "basic"), ("占22.2%", "208")):
        found = judged(old, "")
        (name,) = (name for name in found if name.startswith("share.untold."))
        assert f"/{subject}/amount/" in name
        assert found[name].verdict is Verdict.OPEN


def test_a_table_that_the_list_leaves_out_is_missed(judged):
    before = judged()["structure.printed.income-summary"]
    assert before.verdict is Verdict.FAILS
    (line,) = (line for line in TEXT.splitlines() if line.startswith("2\t"))
    found = judged(line + "\n", "")["structure.printed.income-summary"]
    assert found.verdict is Verdict.OPEN
    assert found.needs == "a line of the list of tables for table 2"
    assert "printed.income-summary" in {o.rule for o in obligations([found]) if o.why}


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
    assert (
        f"{len(owed)} rules and statements of the form, {len(bare)} with nothing to test:" in text
    )
    for obligation in bare:
        assert f"    {obligation.rule}: {obligation.why}\n" in text


def test_the_unlike_table_is_not_an_empty_one(judged):
    """A table that the form has and the text lists nowhere leaves its rules without a check."""
    found = judged()
    assert found["rule.row.appropriations.total"].needs == "table 4, which is not printed"
    assert found["rule.row.fund-spending.total"].verdict is Verdict.APART


def test_a_change_that_no_table_confirms_is_missed_too(disclosure):
    """Last year's operating funds are printed nowhere; that their change is told is asked for."""
    name = "rule.text.operating-funds.change"
    change = ("operating-funds", "change")
    left = with_claims(disclosure, lambda c: None if (c["subject"], c["kind"]) == change else c)
    assert name not in verdicts(disclosure)
    assert verdicts(left)[name] is Verdict.OPEN


# A word or a row that changes in the tables


def verdicts(disclosure):
    """The verdicts by the id of the check."""
    return {result.check.id: result.verdict for result in run(disclosure)}


def worded(table, column, old, new):
    """The change that prints another word wherever a column of a table has one."""
    return lambda d: with_each(d, table, lambda r: {column: new} if r[column] == old else {})


def left_out(table, column, content):
    """The change that leaves out the rows of a table with that content of a column."""
    return lambda d: with_rows(d, table, [r for r in d.tables[table] if r[column] != content])


CLASS = worded("budget-summary", "expenditure_item", "卫生健康支出", "卫生与健康支出")
TOLD = [
    (worded("budget-summary", "expenditure_item", "合计", "总合计"), "rule.whole.budget-summary"),
    (
        worded("appropriations", "expenditure_item", "支出合计", "支出总计"),
        "rule.whole.appropriations",
    ),
    (CLASS, "rule.classes.all.210"),
    (left_out("basic-by-government", "name", "合计"), "rule.natures.basic.basic-by-government"),
    (left_out("project-by-economic", "name", "合计"), "rule.natures.project.project-by-economic"),
    (
        left_out("project-by-government", "name", "合计"),
        "rule.natures.project.project-by-government",
    ),
]


@pytest.mark.parametrize(("change", "told"), TOLD, ids=[told for _, told in TOLD])
def test_a_place_that_a_rule_does_not_find_is_told(disclosure, change, told):
    assert told not in verdicts(disclosure)
    assert verdicts(change(disclosure))[told] is Verdict.OPEN


@pytest.mark.parametrize(
    ("change", "turned"),
    [
        (worded("project-by-economic", "code", "31022", "31025"), "crosswalk.project.50399"),
        (left_out("basic-by-economic", "code", "302"), "crosswalk.basic.302"),
        (left_out("basic-by-economic", "code", "30113"), "crosswalk.basic.50103"),
    ],
)
def test_an_account_that_is_not_there_groups_nothing(disclosure, change, turned):
    before, after = verdicts(disclosure), verdicts(change(disclosure))
    assert turned in before
    assert after[turned] is Verdict.FAILS
    assert [name for name in before if name.startswith("crosswalk.") and name not in after] == []


def test_a_class_that_nothing_groups_any_more_fails(disclosure):
    """The only account that groups a class is left out: its money is in one table alone."""
    left = left_out("project-by-government", "code", "50399")(disclosure)
    assert verdicts(disclosure)["crosswalk.project.310"] is Verdict.HOLDS
    assert verdicts(left)["crosswalk.project.310"] is Verdict.FAILS


def test_an_account_that_the_crosswalk_has_not_leaves_its_classes_open(disclosure):
    """Equipment 50306 groups accounts that our list does not have: nothing is missing for it."""
    other = worded("project-by-government", "code", "50399", "50306")(disclosure)
    found = {r.check.id: r for r in run(other)}
    for code in ("302", "310"):
        assert found[f"crosswalk.project.{code}"].verdict is Verdict.OPEN
        assert "50306" in found[f"crosswalk.project.{code}"].needs


def test_an_account_under_another_name_is_known_in_any_order(disclosure):
    rows = disclosure.tables["spending-by-function"]
    bare = [row for row in rows if not row["code"] and row["name"] != "合计"]
    moved = with_rows(disclosure, "spending-by-function", [r for r in rows if r not in bare] + bare)
    names = [name for name in verdicts(disclosure) if name.startswith("renamed.")]
    assert len(names) == 2
    assert {n: verdicts(moved)[n] for n in names} == {n: verdicts(disclosure)[n] for n in names}


@pytest.mark.parametrize("mark", ["、", "；", "以及", "，主要是"])
@pytest.mark.parametrize("parts", [("详见附件", "社保基数上涨"), ("人员的增加", "财力的变动")])
def test_one_of_two_reasons_that_is_none_leaves_the_sign_open(judged, mark, parts):
    found = judged(REASON, f"主要原因是{mark.join(parts)}")
    sign = next(n for n in found if n.startswith("explanation.sign.") and "/income/" in n)
    assert found[sign].verdict is Verdict.OPEN
    against = judged(REASON, f"主要原因是{mark.join((*parts, '过紧日子'))}")
    assert against[sign].verdict is Verdict.FAILS
