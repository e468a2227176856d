"""The question bank: complete in both languages, answered from the data, read back by others."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import openpyxl
import pytest
from bs4 import BeautifulSoup
from worlds import with_cell

from budgetbook.analysis.reasons import VERDICTS
from budgetbook.errors import InputError
from budgetbook.exact.money import round_half_up
from budgetbook.package.beside import rows_beside
from budgetbook.practice import BANK, check, exercise, exports
from budgetbook.practice.answers import NUMBERS, decimals, wrong_numbers
from budgetbook.practice.questions import KINDS, MISCONCEPTIONS
from budgetbook.synthetic import SHAPES, department
from budgetbook.synthetic import disclosure as built

CHINESE = re.compile(r"[一-龥]")
LETTERS = [q for q in BANK.values() if q.kind != "number"]


@pytest.mark.parametrize("question", BANK.values(), ids=BANK)
def test_a_question_is_whole_in_both_languages(question):
    assert question.kind in KINDS
    assert question.level in (1, 2, 3)
    texts = [question.stem, question.objective, question.explanation, *question.hints]
    texts += [one.text for one in question.choices]
    for english, chinese in texts:
        assert english
        assert not CHINESE.search(english.replace("万元", "").replace("定性", ""))
        assert CHINESE.search(chinese)
    assert len(question.hints) == 3
    assert (question.kind == "number") == (question.id in NUMBERS)
    for one in question.choices:
        assert one.right != bool(one.misconception), "a wrong choice has a misconception, named"


def test_there_is_a_question_of_each_kind_and_level_and_for_each_chapter():
    assert {q.kind for q in BANK.values()} == set(KINDS)
    assert {q.level for q in BANK.values()} == {1, 2, 3}
    assert len({q.chapter for q in BANK.values()}) == 5


@pytest.mark.parametrize("question", LETTERS, ids=lambda q: q.id)
def test_letters_are_right_or_told_what_is_wrong(question, disclosure):
    wanted = question.wanted()
    found = check(question.id, "".join(wanted), disclosure)
    assert found.right
    assert question.explanation.english in repr(found)
    for one in question.choices:
        if one.misconception:
            said = check(question.id, one.letter, disclosure)
            assert not said.right
            assert one.misconception.sentence.chinese in repr(said)
    if question.kind in ("order", "match"):
        assert wanted != sorted(wanted), "the letters do not give the order away"
        assert not check(question.id, "".join(reversed(wanted)), disclosure).right


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_right_or_told_what_is_wrong(name, disclosure):
    question, answer = BANK[name], NUMBERS[name](disclosure)
    right = round_half_up(answer.right, decimals(question.unit))
    assert check(name, f"{right:,}", disclosure).right
    assert check(name, str(right).replace("-", "−"), disclosure).right
    for misconception, value in wrong_numbers(answer, question.unit).items():
        wrong = round_half_up(value, decimals(question.unit))
        if wrong != right:
            said = check(name, str(wrong), disclosure)
            assert not said.right
            assert {m.id for m in said.misconceptions} <= set(wrong_numbers(answer, question.unit))
            assert said.misconceptions, misconception
    assert not check(name, str(right + 1), disclosure).misconceptions


def test_the_numbers_are_those_of_the_print(disclosure):
    total, before = (
        disclosure.amount("spending-by-function", "合计", c) for c in ("total", "prior_total")
    )
    assert check("total-change", str(total - before), disclosure).right
    assert not check("total-change", str(before - total), disclosure).right
    assert "Right size" in repr(
        check("total-change", str(before - total), disclosure).misconceptions
    )


def test_one_changed_cell_changes_the_answers_that_rest_on_it(disclosure):
    before = exports.numbers(disclosure)
    amount = disclosure.amount("spending-by-function", "合计", "prior_total") + Decimal("1.00")
    after = exports.numbers(with_cell(disclosure, "spending-by-function/total.prior_total", amount))
    assert {name for name in before if before[name] != after[name]} == {"total-change"}
    assert Fraction(after["total-change"]) == Fraction(before["total-change"]) - 1


@pytest.mark.parametrize("shape", SHAPES)
def test_the_bank_follows_any_department(shape, disclosure):
    """What a department does not print has no question in the exports; nothing else falls out."""
    other = built(department(1, shape=SHAPES[shape]), disclosure.reference)
    known = exports.numbers(other)
    assert {"basic-share", "total-change", "total-growth"} <= known.keys()
    for name, number in known.items():
        assert check(name, number, other).right
    for name in NUMBERS.keys() - known.keys():
        with pytest.raises(InputError):
            check(name, "1", other)
    rows = exports.rows(other, "zh")
    assert len(rows) == len(LETTERS) + len(known)


def test_what_cannot_be_read_is_refused():
    for identifier, answer, says in [
        ("nothing", "1", "no exercise is called"),
        ("total-change", 0.1, "a float holds no cents"),
        ("total-change", "many", "is no number"),
        ("blank-cell", "z", "with letters of a, b, c"),
        ("blank-cell", "ab", "with letters of"),
    ]:
        with pytest.raises(InputError, match=says):
            check(identifier, answer)
    assert "Give your answer" in repr(check("total-change"))
    assert "Hint 3" in exercise("total-change")._repr_markdown_()


# Read back by readers that share nothing with the writers -------------------------------------


def in_moodle(text):
    """Identifier → the texts of its right answers, from Moodle XML."""
    found = {}
    for question in ElementTree.fromstring(text.encode()).findall("question"):
        name, _, _ = question.findtext("idnumber").partition(".")
        right = [
            a.findtext("text") for a in question.findall("answer") if float(a.get("fraction")) > 0
        ]
        pairs = [
            (s.findtext("text"), s.findtext("answer/text")) for s in question.findall("subquestion")
        ]
        assert question.findtext("questiontext/text")
        assert question.findtext("generalfeedback/text")
        for answer in question.findall("answer"):
            assert answer.findtext("feedback/text")
        found[name] = sorted(right) or sorted(pairs)
    return found


def in_gift(text):
    """The same from the GIFT format, read letter by letter."""
    found = {}
    for name, body in re.findall(r"::(.*?)::(.*?)\n\}\n", text, re.S):
        stem, _, answers = body.partition("{")
        assert stem.strip()
        lines = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\)\n", answers) if part]
        right = []
        for line in lines:
            if line.startswith("=%0%") or line.startswith("####"):
                continue
            if " -> " in line:
                right.append(tuple(line[1:].split(" -> ")))
            elif line.startswith("=") or re.match(r"~%[1-9]", line):
                right.append(re.sub(r"^(=|~%[\d.]+%)|(:0)?#.*$", "", line))
        found[name] = sorted(right)
    return found


@pytest.mark.parametrize("language", exports.LANGUAGES)
def test_the_exports_hold_the_same_questions_and_right_answers(language, disclosure):
    moodle = in_moodle(exports.moodle(disclosure, language))
    assert list(moodle) == list(BANK)
    assert in_gift(exports.gift(disclosure, language)) == moodle
    assert len(exports.rows(disclosure, language)) == len(BANK)
    numbers = exports.numbers(disclosure)
    assert {name: moodle[name] for name in numbers} == {n: [v] for n, v in numbers.items()}


@pytest.mark.site
def test_the_page_and_its_files_hold_the_bank(site, disclosure):
    page = (site / "book" / "practice.html").read_text(encoding="utf-8")
    forms = BeautifulSoup(page, "html.parser").select("form.practice")
    says = {form["id"].removeprefix("practice-"): json.loads(form["data-says"]) for form in forms}
    assert list(says) == list(BANK)
    numbers = exports.numbers(disclosure)
    assert {n: says[n]["wanted"] for n in numbers} == numbers
    book = openpyxl.load_workbook(site / "downloads" / "questions.xlsx")
    assert [sheet.max_row for sheet in book] == [len(BANK) + 1] * 2
    text = (site / "downloads" / "questions-zh.gift.txt").read_text(encoding="utf-8")
    assert text == exports.gift(disclosure, "zh")


def test_verdicts_on_reasons_are_called_as_the_chapter_calls_them(repo):
    """What a student is asked to say of a reason has the names that chapter three explains."""
    chapter = (repo / "notebooks" / "03-variance.ipynb").read_text(encoding="utf-8")
    names = re.findall(r"\*([a-zA-Z ]+)\* ([\u4e00-\u9fff]{2,4})", chapter)
    called = {english.lower(): chinese for english, chinese in names}
    assert called.keys() >= set(VERDICTS)
    tasks = rows_beside(exports.__file__, "assignments")
    (task,) = (row for row in tasks if "the reason that the text gives (" in row["task_en"])
    english = re.search(r"text gives \(([^)]+)\)", task["task_en"])[1].split(", ")
    chinese = re.search(r"原因（([^）]+)）", task["task_zh"])[1].split("、")
    assert [called[word] for word in english] == chinese
    offered = [c.text.english for c in BANK["reason-fits"].choices if c.right]
    assert ["not testable" in text for text in offered] == [True]


def test_a_misconception_is_used_and_said_in_both_languages():
    used = {c.misconception.id for q in BANK.values() for c in q.choices if c.misconception}
    computed = {"sign", "ten-thousand", "not-to-the-cent", "part-for-whole", "other-part"}
    computed |= {"wrong-year", "wrong-base", "percent-as-number", "rate-upside-down"}
    assert used | computed == MISCONCEPTIONS.keys()
