"""Fair answers are not punished: another side, another spelling, a bound, what follows."""

import json
import random
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from quick import some
from test_class import CALLED, POINTS, sheet, sheet_csv

import budgetbook
from budgetbook.model.address import parse
from budgetbook.proof import guards
from budgetbook.teaching import gradebook, handing, keys, marking
from budgetbook.teaching.answers import Answer, Filled, amount
from budgetbook.teaching.consequences import consequences
from budgetbook.teaching.departments import department
from budgetbook.teaching.draft import Draft
from budgetbook.teaching.marking import ALARM
from budgetbook.teaching.planting import TYPES, Measured, Planting
from budgetbook.teaching.roll import read_csv
from budgetbook.teaching.stock import by_id
from budgetbook.teaching.workbooks import places

DEPARTMENTS = 12


@cache
def planted(kind, level):
    """Departments with one error of a type, as keys."""
    reference, found = budgetbook.load().reference, []
    for number in some(range(DEPARTMENTS)):
        draft = Draft(department(random.Random(f"fair {number}"), "云岭区", 2026))
        printed = draft.printed(reference)
        try:
            fault = TYPES[kind](draft, printed, random.Random(number))
        except (LookupError, StopIteration):
            continue
        error = Measured(fault, level, frozenset(), [], frozenset())
        planting = Planting(fault.draft, printed, [error], frozenset())
        found.append(keys.key(planting, [], "s", "t"))
    assert found, kind
    return found


def marked(key, *answers):
    named = [answer._replace(question=f"F{n:02}") for n, answer in enumerate(answers, 1)]
    return marking.mark(Filled("", {}, named, ""), key, POINTS)


def points(key, *answers, part="right"):
    return next(p.points for p in marked(key, *answers).parts if p.part == part)


def place(item, **more):
    row = " ".join(item["rows"][::-1])
    return Answer("", CALLED[item["tables"][0]], row, **{"printed": item["printed"], **more})


def test_both_rows_of_a_pair_are_one_error_and_cost_nothing():
    for key in planted("pair", 2):
        (item,) = key["errors"]
        form, prints = CALLED["project-targets"], item["shown"][::2]
        values = item["accepted"]
        for given in (values[::3], values[2::3], ["", ""]):
            rows = [
                Answer("", form, name, printed=old, right=new)
                for name, old, new in zip(item["rows"], prints, given, strict=True)
            ]
            found = marked(key, *rows)
            assert found.alarms == 0, (rows, found.parts)
            assert found.parts[-1].zh.endswith("同属一处错误，只计一次。")
        wrong = rows[1]._replace(right="1")
        assert marked(key, rows[0], wrong).alarms == ALARM


#: Types of which the key knows the other side of the comparison.
SIDED = ("goal", "price", "ceiling", "twice", "pair", "reckoning", "divisions", "row", "form")


@pytest.mark.parametrize("kind", [*SIDED, "name"])
def test_the_other_side_is_half_of_the_place_and_beside_the_place_it_costs_nothing(kind):
    assert any(key["errors"][0]["side"] for key in planted(kind, 3))
    for key in planted(kind, 3):
        (item,) = key["errors"]
        first = place(item, right=item["right"], printed="")
        for address in map(parse, item["side"]):
            parts = address.row[1:2] if address.table == "claims" else address.row
            row = " ".join(marking._CALLED.get(part, part) for part in parts)
            other = Answer("", dict(places())[keys.where(str(address))], row, right="99")
            alone, both = marked(key, other), marked(key, first, other)
            assert alone.parts[0].points == POINTS[3]["place"] // 2, (other, item)
            assert alone.alarms == both.alarms == 0, (other, item)


def called(part):
    """What a student calls a part of an address."""
    subject = by_id("../reference/subjects", "code").get(part)
    return subject["title_zh"] if subject else marking._CALLED.get(part, part)


@pytest.mark.parametrize("kind", ["bought", "spent", "reckoning", "divisions"])
def test_a_figure_that_follows_from_the_error_costs_nothing_beside_it(kind):
    tried = 0
    for key in planted(kind, 4):
        (item,) = key["errors"]
        first = place(item, right=item["right"])
        for address in map(parse, item["follows"]):
            parts = address.row[1:2] if address.table == "claims" else address.row
            row = " ".join(called(part) for part in parts)
            other = Answer("", dict(places())[keys.where(str(address))], row, right="99")
            assert marked(key, first, other).alarms == 0, (other, item)
            tried += 1
            assert marked(key, other).alarms == 0, (other, item)
        elsewhere = Answer("", CALLED["basic-by-economic"], "30101", right="99")
        assert marked(key, first, elsewhere).alarms == ALARM
    assert tried


def figures(draft):
    found = guards.printed(draft.printed(budgetbook.load().reference).disclosure)
    return {str(figure.address): figure.value for figure in found}


@pytest.mark.long
@pytest.mark.parametrize("kind", ["spent", "reckoning", "divisions"])
def test_each_place_of_the_same_wrong_figure_is_the_error_and_no_place_of_it_costs(kind):
    tried = 0
    for key in planted(kind, 4):
        (item,) = key["errors"]
        of = sum(POINTS[4].values()) - POINTS[4]["explanation"]
        first = place(item, right=item["right"], kind=kind, other=item["else"])
        for address in map(parse, item["same"]):
            row = [part for part in address.row if part != "total"][-1:] or ["合计"]
            other = first._replace(table=CALLED[address.table], row=row[0])
            assert marked(key, other).program == of, (other, item)
            assert marked(key, first, other).program == of
            assert marked(key, first, other).alarms == 0
            assert marked(key, other._replace(right="1")).alarms == 0
            tried += 1
        assert {*item["same"]} <= {*item["follows"]}
    assert tried


@pytest.mark.long
def test_what_an_error_makes_wrong_is_every_figure_that_its_right_value_would_change():
    reference, found = budgetbook.load().reference, 0
    for number in some(range(DEPARTMENTS)):
        draft = Draft(department(random.Random(f"fair {number}"), "云岭区", 2026))
        try:
            fault = TYPES["spent"](draft, draft.printed(reference), random.Random(number))
        except LookupError:
            continue
        code, _, project = fault.words
        task = next(each for each in fault.draft.plan.tasks if each.name == project)
        spends = {**task.spends, code: Decimal(fault.right)}
        meant = figures(fault.draft.with_task(task, replace(task, spends=spends)))
        told = figures(fault.draft)
        wrong = {str(parse(a).of_row) for a, v in told.items() if meant.get(a) != v}
        same, follows = consequences(fault, reference)
        assert wrong <= {*same, *follows, str(parse(fault.place).of_row)}
        account = [a for a in same if a.startswith("project-by-government/")]
        found += bool(account)
    assert found, "a government account that holds this account alone"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百四十二", "142"),
        ("一万零二百元", "10200"),
        ("一百四十二户", "142"),
        ("一百〇五", "105"),
        ("百分之九十八", "98"),
        ("不超过一百", "100"),
        ("一般", None),
        ("十二月份以后", None),
        ("一百二或一百三", None),
        ("万元", None),
    ],
)
def test_a_cell_that_is_one_spelled_number_is_read(text, value):
    assert amount(text) == (None if value is None else amount(value))


@pytest.mark.parametrize("given", ["1.02万元", "１．０２万元", "1.02（万元）"])
def test_a_value_in_ten_thousands_waits_for_a_ruling_and_costs_nothing_then(given):
    for key in planted("bought", 4):
        (item,) = key["errors"]
        answer = place(item, right=given, kind="bought", other="other-side")
        found, of = marked(key, answer), POINTS[4]
        assert found.asked == {"E1 right": (f"F01: {given}", of["right"] + of["kind"] + of["else"])}
        told = next(p for p in found.parts if p.part == "right")
        assert "告诉教师" in told.zh
        assert "hand in again" in told.en
        yuan = marked(key, answer._replace(right=item["right"]))
        assert not yuan.asked
        assert yuan.program == sum(of.values()) - of["explanation"]


@pytest.mark.long
def test_what_is_asked_back_is_waiting_until_a_person_rules_or_a_new_sheet_comes(tmp_path):
    folder = handing.new(tmp_path / "class", 1, seed="one")
    (path,) = folder.glob("student-*.json")
    key = json.loads(path.read_text(encoding="utf-8"))
    error = next(e for e in key["errors"] if e["level"] == 4)
    titles = (by_id("types")[error["type"]]["title_zh"], by_id("else")[error["else"]]["title_zh"])
    row = ["F01", CALLED[error["tables"][0]], " ".join(error["rows"]), "", error["printed"]]
    handed = tmp_path / "in" / "student-01.csv"
    handed.parent.mkdir()

    def graded(value):
        handed.write_bytes(sheet_csv(sheet(key, [[*row, value, *titles, ""]])))
        told = gradebook.grade(folder, handed.parent, tmp_path / "grades")
        (found,) = read_csv(tmp_path / "grades" / "grades.csv")
        return told, {name: int(found[name]) for name in ("total", "waiting", "out_of")}

    most = sum(POINTS[4].values()) - POINTS[4]["explanation"]
    told, found = graded("1.02万元")
    assert found == {"total": POINTS[4]["place"], "waiting": 1, "out_of": 60}
    assert "1 answers are left to you" in told[-1]
    judged = tmp_path / "grades" / "judgements.csv"
    text = judged.read_text(encoding="utf-8-sig")
    line = f"{error['id']} right,F01: 1.02万元,{most - POINTS[4]['place']},"
    assert line in text
    judged.write_text(text.replace(line, f"{line}{most - POINTS[4]['place']}"), encoding="utf-8")
    told, found = graded("1.02万元")
    assert found == {"total": most, "waiting": 0, "out_of": 60}
    assert len(told) == 2
    told, found = graded(error["right"])
    assert found == {"total": most, "waiting": 0, "out_of": 60}, "the ruling counts no second time"


def test_of_a_reason_no_value_is_asked_and_two_readings_are_right():
    for key in planted("reason", 3):
        (item,) = key["errors"]
        for other, fine in (("nothing", True), ("other-side", True), ("missing", False)):
            answer = place(item, right="", kind="reason", other=other)
            assert points(key, answer, part="else") == POINTS[3]["else"] * fine
        told = next(p for p in marked(key, answer).parts if p.part == "right")
        assert told.points == told.of
        assert "contradicts the change" in told.en
        assert "此处没有印数" not in told.zh


@pytest.mark.parametrize("given", ["100", "98", "≤100", "不超过100", "至多 100", "小于等于100%"])
def test_a_share_may_be_any_that_is_no_more_than_all(given):
    for key in planted("impossible", 2):
        (item,) = key["errors"]
        assert points(key, place(item, right=given)) == 1
        assert points(key, place(item, right="101")) == 0
        assert points(key, place(item, right=item["printed"])) == 0
        told = next(p for p in marked(key, place(item, right="103")).parts if p.part == "right")
        assert "at most 100" in told.en
        assert "不高于 100" in told.zh


def test_what_the_print_bounds_is_asked_as_a_bound():
    for key in planted("price", 2):
        (item,) = key["errors"]
        most = amount(item["right"])
        assert points(key, place(item, right=item["right"])) == 1
        assert points(key, place(item, right=f"{int(most)}")) == 1
        assert points(key, place(item, right=f"{most + 1}")) == 0
    for key in planted("ceiling", 2):
        (item,) = key["errors"]
        wan = amount(item["right"])
        for given in (
            f"{wan}",
            f"{wan}万元",
            f"{wan:.2f}（万元）",
            f"{wan * 10_000}",
            f"{wan - 1}",
        ):
            assert points(key, place(item, right=given)) == 1, given
        for given in (item["printed"], f"{item['printed']}万元", f"{wan * 10_000 + 1}"):
            assert points(key, place(item, right=given)) == 0, given


@pytest.mark.parametrize(
    ("kind", "givens"),
    [
        ("relation", ["≤", "<=", "不高于", "="]),
        ("last-year", ["本年度", "今年", "2026年度", "本年度完成"]),
    ],
)
def test_words_that_say_the_same_are_right(kind, givens):
    for key in planted(kind, 2):
        (item,) = key["errors"]
        for given in givens:
            assert points(key, place(item, right=given)) == 1, given
        assert points(key, place(item, right=item["printed"])) == 0


def test_a_rate_is_right_in_more_decimals_and_an_amount_of_the_text_in_its_own_unit():
    for key in planted("rate", 2):
        (item,) = key["errors"]
        for given in (f"{item['right']}%", f"{item['right']}2", f"-{item['right']}"):
            assert points(key, place(item, right=given)) == 1, given
        assert points(key, place(item, right=f"{item['right']}7")) == 0
    for key in planted("unit", 2):
        (item,) = key["errors"]
        assert points(key, place(item, right=f"{item['printed']} 万元")) == 1


def told(key, *answers, part):
    return next(p for p in marked(key, *answers).parts if p.part == part)


@pytest.mark.parametrize("given", ["采购表", "第十四张表", "附表十四", "政府采购明细", "14号表"])
def test_a_table_is_understood_by_its_usual_short_name(given):
    for key in planted("bought", 4):
        (item,) = key["errors"]
        answer = place(item, right=item["right"])._replace(table=given)
        in_row = answer._replace(table="", row=f"表十四 {answer.row}")
        for each in (answer, in_row):
            assert told(key, each, part="place").points == POINTS[4]["place"]
            assert told(key, each, part="right").points == POINTS[4]["right"]


@pytest.mark.parametrize("given", ["", "绩效目标表", "那张表"])
def test_a_table_that_is_not_understood_is_left_to_a_person_and_no_reason_is_false(given):
    for key in planted("bought", 4):
        (item,) = key["errors"]
        answer = place(item, right=item["right"])._replace(table=given)
        found = marked(key, answer)
        assert found.alarms == 0
        text, most = found.asked["F01 place"]
        assert item["printed"] in text
        assert most == sum(POINTS[4].values()) - POINTS[4]["explanation"]
        reasons = " ".join(part.zh for part in found.parts)
        assert "出错的是" not in reasons
        assert ("没有读懂" in reasons) == bool(given)


def test_another_row_is_said_only_where_another_row_of_a_known_table_was_named():
    for key in planted("ceiling", 2):
        (item,) = key["errors"]
        alone = Answer("", CALLED["project-targets"], item["rows"][1])
        assert "没有写明表中哪一行" in told(key, alone, part="place").zh
        other = alone._replace(row=f"{item['rows'][1]} 完成时限")
        assert "但出错的是" in told(key, other, part="place").zh


@pytest.mark.parametrize(
    "words", ["应为{}", "改为{}元", "应该是：{}", "2*100+3={}", "5个×7-1={}元"]
)
def test_a_clear_amount_is_read_among_words(words):
    for key in planted("bought", 4):
        (item,) = key["errors"]
        answer = place(item, right=words.format(item["right"]))
        assert told(key, answer, part="right").points == POINTS[4]["right"]


@pytest.mark.parametrize("words", ["{}（少12500）", "36000→{}", "5*6000-6500", "{}或1"])
def test_of_two_amounts_none_is_guessed(words):
    for key in planted("bought", 4):
        (item,) = key["errors"]
        found = marked(key, place(item, right=words.format(item["right"]), kind="bought"))
        assert found.asked["E1 right"][1] == POINTS[4]["right"] + POINTS[4]["kind"]
        assert "不止一个数" in next(p.zh for p in found.parts if p.part == "right")


def test_a_kind_in_words_of_no_list_is_quoted_and_left_to_a_person():
    for key in planted("unit", 1):
        (item,) = key["errors"]
        answer = place(item, right=item["right"], kind="单位弄错，万元写成元", other="不知道")
        at_four = json.loads(json.dumps(key))
        at_four["errors"][0]["level"] = 4
        found = marked(at_four, answer)
        assert found.asked["E1 kind"] == ("F01: 单位弄错，万元写成元", POINTS[4]["kind"])
        assert found.asked["E1 else"] == ("F01: 不知道", POINTS[4]["else"])
        assert "“单位弄错，万元写成元”不在" in next(p.zh for p in found.parts if p.part == "kind")
        wrong = told(at_four, answer._replace(kind="total"), part="kind")
        assert "所填为：total" in wrong.zh
        assert not marked(at_four, answer._replace(right="1")).asked, "no points wait for it"


def test_a_value_that_was_not_filled_in_is_called_so():
    for key in planted("bought", 4):
        (item,) = key["errors"]
        reason = told(key, place(item, right=""), part="right")
        assert "没有填" in reason.zh
        assert "–" not in reason.zh


def test_a_wrong_value_of_what_words_come_to_is_told_with_the_words():
    for kind in ("bought", "spent", "reckoning", "divisions"):
        for key in planted(kind, 4):
            (item,) = key["errors"]
            reason = told(key, place(item, right="1"), part="right")
            assert len(item["words"]) > 10
            assert item["words"] in reason.zh
            assert item["words"] in reason.en


def test_an_explanation_without_a_place_is_told_and_left_to_a_person():
    for key in planted("bought", 4):
        found = marked(key, Answer("", explanation="the sums differ"))
        assert found.asked == {"F01 explanation": ("F01: the sums differ", 2)}
        assert found.parts[-1].item == "F01"
        assert found.alarms == 0


@pytest.mark.parametrize(
    ("table", "row"), [("表八", "全部"), ("表八 全部", ""), ("表八", "整张表")]
)
def test_a_whole_table_is_asked_for_its_row(table, row):
    for key in planted("spent", 4):
        found = marked(key, Answer("", table, row))
        assert found.alarms == ALARM
        assert "哪一行" in found.parts[-1].zh


def test_the_levels_at_which_the_value_is_needed_are_those_of_the_rule():
    for key in planted("bought", 4):
        reason = told(key, place(key["errors"][0], right="1"), part="kind")
        assert reason.zh.startswith("三、四级错误须")
        assert "levels 3 and 4" in reason.en
