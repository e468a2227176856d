"""Departments for a class: plausible, distinct, clean; errors with a measured level."""

import csv
import random
import re
from collections import Counter
from functools import cache

import pytest
from quick import some
from test_tellings import last_month

import budgetbook
from budgetbook.checks import Verdict, run
from budgetbook.errors import InputError
from budgetbook.model.loading import load
from budgetbook.synthetic import figures
from budgetbook.synthetic.printing import resources
from budgetbook.teaching import gradebook, handing
from budgetbook.teaching.comparisons import alone
from budgetbook.teaching.departments import department, places, spelled
from budgetbook.teaching.draft import Draft
from budgetbook.teaching.faults import PLANTERS
from budgetbook.teaching.packing import kept, write_package
from budgetbook.teaching.planting import TYPES, _rows, failures, planted, suspicion
from budgetbook.teaching.progress import bar
from budgetbook.teaching.promises import PROMISES
from budgetbook.teaching.stock import by_id, stock

MANY, FEW, YEAR = 50, 8, 2026
LEVELS = {1: 2, 2: 2, 3: 1, 4: 1}


#: Projects whose item is of another section than their office.
ELSEWHERE = {"地质灾害隐患巡查": "22406", "中小企业公益服务": "21508"}


@cache
def reference():
    return budgetbook.load().reference


@cache
def plan(number):
    return department(random.Random(f"class {number}"), places("class", MANY)[number], YEAR)


@cache
def clean(number):
    return Draft(plan(number)).printed(reference())


@cache
def damaged(number):
    return planted(Draft(plan(number)), reference(), random.Random(f"plant {number}"), LEVELS)


def test_names_are_distinct_in_a_large_class_and_no_real_ones():
    names = places("any", 300)
    assert len(set(names)) == 300
    real = {row["name"] for row in stock("real-names")}
    assert "松江县" in real
    stems = [row["stem"] for row in stock("places")]
    assert len(set(stems)) == len(stems) > 300
    joined = "|".join(real)
    assert not [stem for stem in stems if stem in joined]


def test_another_secret_gives_the_places_in_another_order():
    assert places("one", 60) == places("one", 60) != places("two", 60)


@pytest.mark.parametrize("number", some(range(MANY)))
def test_nothing_fails_before_planting(number):
    assert failures(clean(number).disclosure) == []


@pytest.mark.parametrize("number", some(range(MANY)))
def test_a_department_is_of_one_story(number):
    made = plan(number)
    (field,) = [f for f in stock("fields") if made.office == f"{made.district}{f['office_zh']}"]
    known = {row["name"]: row for row in stock("projects") if row["field"] == field["id"]}
    for task in made.tasks:
        assert known[task.name]["item"] == task.item
        assert task.item.startswith(ELSEWHERE.get(task.name, field["section"]))
        assert known[task.name]["noun"] == task.targets[0].name
        assert spelled(int(task.targets[0].target)) in task.goal
        assert sum(target.weight for target in task.targets) == 100
        assert task.budget % 1000 == 0
    assert sum(target.weight for target in made.targets) == 100


def test_growth_is_bounded_and_some_items_shrink():
    rates = [
        row["growth"]
        for number in range(MANY)
        for row in figures.functions(plan(number))
        if row["growth"] is not None and row["total"]
    ]
    assert max(rates) < 40
    assert min(rates) > -40
    assert sum(rate < 0 for rate in rates) > len(rates) / 10


def test_offices_weights_and_reasons_vary():
    assert len({p.office.removeprefix(p.district) for p in map(plan, range(MANY))}) > 8
    weights = {tuple(t.weight for t in task.targets) for n in range(MANY) for task in plan(n).tasks}
    assert len(weights) > 4
    assert len({said for n in range(MANY) for said in plan(n).reasons.values()}) > 8


@pytest.mark.parametrize("number", some(range(FEW)))
def test_after_planting_exactly_the_key_fails(number):
    made = damaged(number)
    results = run(made.printed.disclosure)
    assert {r.check.id for r in results if r.verdict is Verdict.FAILS} == made.failing
    assert frozenset().union(*(error.failing for error in made.errors)) == made.failing
    assert Counter(error.level for error in made.errors) == LEVELS


@pytest.mark.parametrize("number", some(range(FEW)))
def test_the_level_is_what_the_checks_say(number):
    made, known = damaged(number), []
    results = failures(made.printed.disclosure)
    for error in made.errors:
        row = re.sub(r"\.[^./]+$", "", error.fault.place)
        mine = suspicion(r for r in results if r.check.id in error.failing)
        if error.level == 1:
            assert len(error.failing) > 1
            assert mine[row] == max(mine[each] for each in error.group)
        else:
            assert error.failing or alone(made.printed, _rows(error.fault), known) == (
                error.level == 2
            )
        if error.level > 2:
            assert not error.failing
            assert row not in suspicion(results)
        known += _rows(error.fault)


@pytest.mark.parametrize("number", some(range(FEW)))
def test_read_back_the_print_is_the_same(number, tmp_path):
    made = damaged(number)
    hand = kept(made.printed.disclosure.reference)
    write_package(made.printed.sheet.text, hand, tmp_path)
    found, expected = load(tmp_path), resources(made.printed.sheet)
    assert list(found.listing) == expected["tables"]
    assert found.claims == made.printed.disclosure.claims
    for name, rows in found.tables.items():
        assert list(rows) == expected[name], name
    assert {result.check.id for result in failures(found)} == made.failing


def test_every_type_of_error_is_planted_and_told():
    assert set(TYPES) == {row["id"] for row in stock("types")} == {*PLANTERS, *PROMISES}
    found = Counter()
    for number in range(FEW):
        for kind, planter in TYPES.items():
            try:
                fault = planter(Draft(plan(number)), clean(number), random.Random(number))
            except (LookupError, StopIteration):
                continue
            assert fault.printed != fault.right or kind == "absent"
            found[kind] += 1
    assert set(found) == set(TYPES)
    for row in stock("types"):
        assert by_id("else").keys() >= {*row["else"].split("|")}


def test_no_account_that_stands_in_one_table_alone_gets_another_name():
    """The sentence of the text would name an account of no table, and be read as another."""
    made = [clean(number) for number in range(FEW)]
    codes = {"spending-by-function": set(), "spending-summary": set()}
    for printed in made:
        for table, known in codes.items():
            known |= {row["code"] for row in printed.disclosure.tables[table]}
    alone = codes["spending-by-function"] - codes["spending-summary"]
    assert alone, "some item of last year has no money now"
    for number, printed in enumerate(made):
        for seed in range(60):
            fault = PLANTERS["name"](Draft(plan(number)), printed, random.Random(seed))
            assert not alone & set(fault.words), (number, seed)


def test_what_a_print_shows_says_nothing_of_chance_or_order():
    text = clean(7).sheet.text
    assert "class 7" not in text
    codes = {task.code for number in range(MANY) for task in plan(number).tasks}
    assert len(codes) > 4 * MANY


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (7, "七"),
        (10, "十"),
        (15, "十五"),
        (105, "一百零五"),
        (1200, "一千二百"),
        (20050, "二万零五十"),
    ],
)
def test_numbers_are_spelled(number, words):
    assert spelled(number) == words


def test_phrases_are_there():
    ways = {row["way"] for row in stock("projects")}
    told = {f"{kind}-{way}" for kind in ("aim", "word") for way in ways}
    assert {row["kind"] for row in stock("phrases")} == {*told, "basis", "description", "time"}


#: A rise that nobody wants or says, by what is to be reached; and a thing that does not rise.
WRONG = re.compile(
    "(?:提高|提升|增强|改善|改进)[^，。]*能耗|能耗[^，。]*(?:升|高|强|改)"
    "|(?:提高|提升|增强)[^，。]*(?:面貌|村貌|形势|状况|营商环境|成长)"
    "|(?:面貌|村貌|形势|状况|营商环境|成长)[^，。]*(?:提升|提高|改进)"
    "|(?:改善|改进)[^，。]*(?:程度|能力|意识|质量|效率)|情况明显"
)


@pytest.mark.parametrize("number", some(range(MANY)))
def test_a_goal_has_the_verb_of_what_it_is_about(number):
    for task in plan(number).tasks:
        assert not WRONG.search(task.goal), task.goal
        (effect,) = [t for t in task.targets if t.relation == "定性"]
        assert not WRONG.search(f"{effect.name}{effect.target}"), effect


def test_a_project_stands_under_the_item_that_is_for_it():
    """Under general affairs stands only what the classification has no item for."""
    general = {r["name"] for r in stock("projects") if figures.NAMES[r["item"]].startswith("一般")}
    assert general == {
        *("工业节能监察", "重大项目前期论证", "热线诉求办理", "营商环境监测", "政府债务监测"),
    }
    items = {row["name"]: row["item"] for row in stock("projects")}
    for name, item, called in (
        ("法治宣传活动", "2040605", "普法宣传"),
        ("社区矫正对象教育", "2040610", "社区矫正"),
        ("人民调解案件补贴", "2040604", "基层司法业务"),
        ("工业企业抽样调查", "2010508", "统计抽样调查"),
        ("安全生产专家检查", "2240106", "安全监管"),
    ):
        assert items[name] == item
        assert figures.NAMES[item] == called
    for item in items.values():
        assert {item, item[:5], item[:3]} <= {*figures.NAMES}


def test_the_deadline_of_a_form_is_not_before_the_last_month_that_it_tells():
    """Neither in a form that is right nor in one that promises another number."""
    for number in range(MANY):
        drafts = [Draft(plan(number))]
        for kind in ("reckoning", "divisions"):
            for seed in range(4):
                try:
                    fault = PROMISES[kind](drafts[0], clean(number), random.Random(seed))
                except LookupError:
                    continue
                drafts.append(fault.draft)
        assert len(drafts) > 4
        for task in (task for draft in drafts for task in draft.plan.forms):
            limit = next(int(t.target) for t in task.targets if t.unit == "月")
            assert last_month(task.description) <= limit, task.description


def test_what_is_counted_in_pieces_is_named():
    """“Three each” is of nothing, and reads as three of the places."""
    for row in stock("projects"):
        assert row["told"].startswith(row["unit"])
        assert row["told"] != "个", row["name"]


@pytest.mark.long
def test_a_sheet_that_comes_back_as_it_went_out_earns_nothing_and_is_told_why(tmp_path, capsys):
    keys = handing.new(tmp_path / "class", 1, seed="one")
    told = gradebook.grade(keys, tmp_path / "class", tmp_path / "grades", bar)
    assert told[0].startswith("1 of 1 students handed in a sheet")
    text = (tmp_path / "grades" / "grades.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].endswith(",0,0,0,0,0,60,0.0")
    feedback = (tmp_path / "grades" / "feedback" / "student-01.txt").read_bytes().decode()
    assert feedback.count("Not found") == 6
    assert capsys.readouterr().err == "", "a bar is for a terminal"


@pytest.mark.parametrize("asked", [{"trap": -1}, {"trap": 30}, {"year": 12}, {"year": 20260}])
def test_what_cannot_be_made_is_said_with_what_can(tmp_path, asked):
    (name,) = asked
    called = {"trap": "decoys", "year": "year"}[name]
    with pytest.raises(InputError, match=f"--{called} .*: give a number from"):
        handing.new(tmp_path / "class", 1, seed="one", **asked)


def test_a_class_is_made_in_the_folder_where_one_is(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert handing.new(handing.Path("."), 1, seed="one") == tmp_path / "here-key"


@pytest.mark.long
def test_the_keys_of_a_class_are_a_list_for_a_person_too(tmp_path):
    keys = handing.new(tmp_path / "class", 6, seed="one")
    rows = list(csv.DictReader((keys / "keys.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert Counter(row["student"] for row in rows) == {f"student-{n:02}": 9 for n in range(1, 7)}
    for row in rows:
        assert row["place_zh"]
        assert row["why_zh"]
        assert bool(row["kind_zh"]) == bool(row["level"]) == row["item"].startswith("E")
        assert not re.search("[a-z]+-[a-z]+", row["place_en"]), "a place is no address"
        assert not row["place_en"].startswith("说明")
        assert not re.search(r"(table \d+).*\1|(表.+?)\b.*\2", f"{row['place_en']}"), "once"
        assert not (row["kind_zh"].startswith("原因与") and row["right"])
        if row["place_zh"].startswith(("表三", "表五", "表六")) and row["printed"].endswith(".00"):
            assert row["place_zh"].endswith("栏"), "of which column"
            assert ", " in row["place_en"]


#: Items that contributions are paid under, and words that speak of them.
_CONTRIBUTED, _BASE = ("208", "210", "221"), re.compile("缴费|社保基数|封顶")


@pytest.mark.parametrize("number", some(range(MANY)))
def test_a_reason_speaks_of_what_its_item_pays(number):
    made = plan(number)
    codes = {row["code"] for row in figures.functions(made) if len(row["code"] or "") == 7}
    for code, (_, words) in made.reasons.items():
        if _BASE.search(words):
            assert code.startswith(_CONTRIBUTED), (code, words)
    for unit, before in zip(made.now, made.before, strict=True):
        if unit.running in codes and made.reasons[unit.running][0] == "more-staff":
            assert unit.staff.heads > before.staff.heads
    for seed in range(9):
        try:
            fault = PROMISES["reason"](Draft(made), clean(number), random.Random(seed))
        except StopIteration:
            continue
        assert not _BASE.search(fault.printed) or fault.words[0].startswith(_CONTRIBUTED)


DISTRICT = re.compile("[全本邻外我]区|区级|区里|市区")


def test_a_county_office_speaks_of_no_district():
    lists = ("tellings", "phrases", "reasons", "fields", "projects", "decoys", "types")
    words = [text for name in lists for row in stock(name) for text in row.values() if text]
    assert not [text for text in words if DISTRICT.search(text)]
    for number, stem in enumerate(row["stem"] for row in stock("places")[::12]):
        made = department(random.Random(f"county {number}"), f"{stem}县", YEAR)
        text = Draft(made).printed(reference()).sheet.text.replace(f"{stem}县", "")
        assert "县级支出（元）" in text
        assert not DISTRICT.search(text)


def test_a_survey_by_sample_stands_under_surveys_by_sample():
    known = {row["name"]: row["item"] for row in stock("projects")}
    assert known["人口变动抽样调查"] == "2010508"
    assert figures.NAMES["2010508"] == "统计抽样调查"
