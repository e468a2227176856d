"""The question bank: complete in both languages, answered from the data, read back by others."""

import ast
import io
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import openpyxl
import pandas as pd
import pytest
from accessibility import violations
from bs4 import BeautifulSoup
from shapes import made
from worlds import stands, with_cell, with_each

from budgetbook.analysis.reasons import VERDICTS
from budgetbook.errors import InputError
from budgetbook.exact.money import round_half_up
from budgetbook.package.beside import rows_beside
from budgetbook.practice import BANK, check, exercise, exports
from budgetbook.practice.answers import NUMBERS, decimals, wrong_numbers
from budgetbook.practice.questions import KINDS, MISCONCEPTIONS, cell_text, embedded
from budgetbook.show import Budget, material
from budgetbook.synthetic import SHAPES

CHINESE = re.compile(r"[一-龥]")
CHAPTERS = [
    path.stem for path in sorted(Path(__file__).parents[1].joinpath("notebooks").glob("0*.ipynb"))
]
LETTERS = [q for q in BANK.values() if q.kind != "number"]


@pytest.mark.parametrize("question", BANK.values(), ids=BANK)
def test_a_question_is_whole_in_both_languages(question):
    assert question.kind in KINDS
    assert question.level in (1, 2, 3)
    texts = [question.title, question.stem, question.objective, question.explanation]
    texts += question.hints
    texts += [one.text for one in question.choices]
    for english, chinese in texts:
        assert english
        assert not CHINESE.search(english.replace("万元", "").replace("定性", ""))
        assert CHINESE.search(chinese)
        assert ("percentage point" in english) == ("百分点" in chinese)
    assert len(question.hints) == 3
    assert (question.kind == "number") == (question.id in NUMBERS) == bool(question.code)
    for one in question.choices:
        assert one.right != bool(one.misconception), "a wrong choice has a misconception, named"
    placed = question.kind in ("order", "match")
    assert placed == bool(question.misplaced), "so has what stands in another place"


def test_no_text_of_the_bank_types_an_answer(disclosure):
    for name, number in exports.numbers(disclosure).items():
        question = BANK[name]
        texts = [question.stem, question.explanation, *question.hints]
        for word in re.findall(r"[\d.,]*\d", " ".join(map(str, texts))):
            assert Fraction(word.replace(",", "")) != abs(Fraction(number)), name


def test_there_is_a_question_of_each_kind_and_of_each_level_in_each_chapter():
    assert {q.kind for q in BANK.values()} == set(KINDS)
    for chapter in CHAPTERS:
        assert {q.level for q in BANK.values() if q.chapter == chapter} == {1, 2, 3}
    assert {q.chapter for q in BANK.values()} == set(CHAPTERS)


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
        other = check(question.id, "".join(reversed(wanted)), disclosure)
        assert not other.right
        assert other.misconceptions == (question.misplaced,)


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


@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_said_of_a_wrong_number_is_true_of_it(name, disclosure):
    """A part is less than its whole, two parts make it, and a difference has two terms."""
    answer = NUMBERS[name](disclosure)
    right, wrong = answer.right, answer.wrong
    if "part-for-whole" in wrong:
        assert 0 < wrong["part-for-whole"] < right
    if "other-part" in wrong and BANK[name].unit == "yuan":
        totals = {row.get("basic") for row in disclosure.tables["basic-by-government"]}
        assert right + wrong["other-part"] in totals
    elif "other-part" in wrong:
        assert right + wrong["other-part"] == 100
    assert ("subtracted" in wrong) == ("not-subtracted" in wrong)
    if "subtracted" in wrong:
        assert wrong["not-subtracted"] - wrong["subtracted"] == right


@pytest.mark.parametrize("name", [n for n in NUMBERS if BANK[n].unit == "yuan"])
def test_an_amount_with_more_than_cents_is_told_to_be_rounded(name, disclosure):
    right = Decimal(exports.numbers(disclosure)[name])
    for given in (right + Decimal("0.0045"), right - Decimal("0.004")):
        found = check(name, given, disclosure)
        assert not found.right
        assert [one.id for one in found.misconceptions] == ["not-rounded"]


def test_no_wrong_choice_on_core_is_true_of_the_print(disclosure):
    indicators = disclosure.indicators
    pairs = [(a, b) for a in indicators if a.core for b in indicators if a.form == b.form]
    refuted = {
        "It has the largest weight of its form.": any(b.weight > a.weight for a, b in pairs),
        "It weighs more than each of its form that is not marked.": any(
            b.weight >= a.weight for a, b in pairs if not b.core
        ),
    }
    wrong = [one.text.english for one in BANK["core-weight"].choices if not one.right]
    assert wrong == [text for text, is_refuted in refuted.items() if is_refuted]


def test_the_evidence_of_a_class_quotes_its_printed_name(disclosure):
    rows = disclosure.tables["basic-by-government"]
    (name,) = (row["name"] for row in rows if row["code"] == "505")
    choices = BANK["institution-evidence"].choices
    assert [bool(c.right) for c in choices if f"“{name}”" in c.text.chinese] == [True]


def test_the_gap_of_the_machine_lies_behind_the_cents_and_no_place_is_typed(disclosure):
    """Where it begins hangs on the size of the amounts; no rounding of the print could make it."""
    rows = {row["code"]: row["basic"] for row in disclosure.tables["basic-by-government"]}
    gap = sum(float(rows[code]) for code in rows if len(code or "") == 5) - float(rows[None])
    assert 0 < abs(gap) < 1e-8
    question = BANK["float-gap"]
    assert question.title.english == "Behind the cents"
    texts = [str(text) for text in (question.title, question.stem, *question.hints)]
    assert not re.search(r"seventh|tenth|第[七十]位", " ".join(texts))
    wrong = [one.misconception.id for one in question.choices if not one.right]
    assert wrong == ["machine-gap", "machine-gap"]


def test_the_numbers_are_those_of_the_print(disclosure):
    total, before = (
        disclosure.amount("spending-by-function", "合计", c) for c in ("total", "prior_total")
    )
    assert check("total-change", str(total - before), disclosure).right
    assert not check("total-change", str(before - total), disclosure).right
    assert "Right size" in repr(
        check("total-change", str(before - total), disclosure).misconceptions
    )


#: A cell, what is added to it, and the answers that rest on it.
CHANGED = [
    ("spending-by-function/total.prior_total", "1.00", {"total-change"}),
    (
        "spending-by-function/total.prior_total",
        "99999.00",
        {"total-change", "total-growth", "rounding-room"},
    ),
    (
        "spending-by-function/total.total",
        "99999.00",
        {"total-change", "total-growth", "basic-share"},
    ),
    ("spending-by-function/total.basic", "99999.00", {"basic-share"}),
    ("spending-by-function/total.project", "0.01", {"project-gap"}),
    ("basic-by-government/505.basic", "0.01", {"institution-money"}),
    ("basic-by-economic/30108.total", "0.16", {"implied-base"}),
]


def moved(disclosure, other):
    """The questions whose answers differ between two disclosures."""
    before, after = exports.numbers(disclosure), exports.numbers(other)
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(("address", "more", "named"), CHANGED)
def test_one_changed_cell_changes_the_answers_that_rest_on_it(address, more, named, disclosure):
    row, column = stands(disclosure, address)
    other = with_cell(disclosure, address, row[column] + Decimal(more))
    assert moved(disclosure, other) == named
    for name in named:
        assert not check(name, exports.numbers(disclosure)[name], other).right


def test_changed_indicators_change_the_answers_that_rest_on_them(disclosure):
    """And every answer that is a number rests on something that was changed here."""
    heavier = with_each(
        disclosure,
        "project-targets",
        lambda row: {"weight": row["weight"] + 1} if row["relation"] == "定性" else {},
    )
    higher = with_each(
        disclosure,
        "project-targets",
        lambda row: {"target": row["target"] + "0"} if row["unit"] == "万元" else {},
    )
    assert moved(disclosure, heavier) == {"points-on-words"}
    assert moved(disclosure, higher) == {"ceiling-excess"}
    cells = set().union(*(named for _, _, named in CHANGED))
    assert cells | {"points-on-words", "ceiling-excess"} == set(NUMBERS)


@pytest.mark.parametrize("shape", [None, *SHAPES])
def test_the_code_of_a_solution_computes_the_same_number(shape, disclosure):
    """Two ways to one answer: the exact functions, and what a student is shown in pandas."""
    other = made(shape, 1) if shape else disclosure
    at_hand = {"budget": Budget(other), "Decimal": Decimal, "pd": pd}
    numbers = exports.numbers(other)
    for name in numbers:
        if BANK[name].chapter != CHAPTERS[0]:
            found = last_value(BANK[name].code, dict(at_hand))
            assert check(name, found, other).right, name


def test_the_code_of_the_first_chapter_needs_its_frames_alone(disclosure, repo, monkeypatch):
    monkeypatch.chdir(repo / "notebooks")
    frames = {}
    for cell in nbformat.read("00-three-tables.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, frames)
        found = cell.cell_type == "markdown" and embedded(cell.source)
        if found in NUMBERS:  # here a student has what its code asks for
            value = last_value(BANK[found].code, frames)
            assert check(found, value, disclosure).right


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_solution_takes_no_name_of_its_chapter(chapter, repo):
    """Tried before the chapter goes on, it changes none of the chapter's own figures."""
    cells = nbformat.read(repo / "notebooks" / f"{chapter}.ipynb", as_version=4).cells
    used = names("\n".join(cell.source for cell in cells if cell.cell_type == "code"))
    for question in BANK.values():
        if question.chapter == chapter:
            assert not names(question.code, assigned=True) & used, question.id


def names(code, assigned=False):
    """The names in some code, or those alone that it assigns or imports."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name) and (isinstance(node.ctx, ast.Store) or not assigned):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name)
    return found


def last_value(code, frames):
    """What the last line of some code gives."""
    *before, last = code.splitlines()
    exec("\n".join(before), frames)
    return eval(last, frames)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_bank_follows_any_department(shape):
    """What a department does not print has no question in the exports; nothing else falls out."""
    other = made(shape, 1)
    known = exports.numbers(other)
    assert {"basic-share", "total-change", "total-growth"} <= known.keys()
    for name, number in known.items():
        assert check(name, number, other).right
        if Fraction(number):
            wrong = check(name, str(-Fraction(number)), other)
            assert {one.id for one in wrong.misconceptions} == {"sign"}, name
    for name in NUMBERS.keys() - known.keys():
        with pytest.raises(InputError):
            check(name, "1", other)
    rows = exports.rows(other, "zh")
    assert len(rows) == len(LETTERS) + len(known)


UNREAD = {
    "total-change": [0.1, "many", "…", "3万元", "1/0", None, [], Decimal("NaN")],
    "blank-cell": ["z", "ab", "", "…", 1],
    "what-follows": ["az", "", "…"],
    "test-growth": ["abc", "abcdef", "…"],
    "relations": ["abc", "abcde", "1234", "…", 3],
}


@pytest.mark.parametrize("identifier", UNREAD)
def test_an_answer_that_cannot_be_read_is_told_how_it_is_written(identifier, disclosure):
    """Nothing is raised, so that a notebook goes on when all of it is run."""
    question = exercise(identifier)
    says = {
        "number": "in the unit asked for",
        "choice": "one letter",
        "several": "all that are right",
        "order": "5 letters, the first step first",
        "match": "4 letters, in the order of 1 to 4",
    }[question.kind]
    for answer in UNREAD[identifier]:
        found = check(identifier, answer, disclosure)
        assert not found.right
        assert (says in found.sentence.english) == (answer is not None), answer
        assert CHINESE.search(found.sentence.chinese)
        assert found._repr_markdown_().startswith("**✗**")
    assert says in question._repr_markdown_()
    assert "Give your answer" in repr(check("total-change"))
    example = re.search(r'such as "([a-z]+)"', repr(question.written()))
    assert not example or not check(identifier, example[1], disclosure).right


def test_an_exercise_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="no exercise is called"):
        check("nothing", "1")
    with pytest.raises(InputError, match="no exercise is called 'nothing'"):
        embedded(exercise("total-change")._repr_markdown_().replace("total-change", "nothing"))


# In the chapters -------------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_holds_exercises_of_each_level_as_the_bank_has_them(chapter, repo):
    cells = nbformat.read(repo / "notebooks" / f"{chapter}.ipynb", as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    held = [BANK[name] for name in map(embedded, texts) if name]
    assert 3 <= len(held) <= 5
    assert {question.level for question in held} == {1, 2, 3}
    assert {question.chapter for question in held} == {chapter}
    for text in texts:
        assert text == cell_text(text), "make notebooks writes exercises from the bank"
    assert "先修" in texts[0]
    assert "用时" in texts[0]


def test_an_exercise_folds_three_hints_before_its_solution():
    text = exercise("total-change")._repr_markdown_()
    places = [text.index(str(hint)) for hint in exercise("total-change").hints]
    assert places == sorted(places)
    assert max(places) < text.index("<summary>Solution")
    assert text.count("<details") == text.count("</details>") == 5
    code = re.search(r"```python\n(.*?)```", text, re.S)[1]
    assert "Not yet" in repr(last_value(code.replace("…", "1"), {}))


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


def test_each_language_has_the_same_answers(disclosure):
    book = openpyxl.load_workbook(io.BytesIO(material.bank(disclosure)["questions.xlsx"]))
    kinds, answers = (
        [[row[at] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book]
        for at in (0, 7)
    )
    assert kinds[0] == kinds[1] == [question.kind for question in BANK.values()]
    assert answers[0] == answers[1]
    numbers = exports.numbers(disclosure)
    wanted = [numbers.get(q.id) or "".join(q.wanted()).upper() for q in BANK.values()]
    assert answers[0] == wanted


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
    assert ["cannot be tested" in text for text in offered] == [True]


def number_said(value):
    """An amount as the page of solutions prints it."""
    return f"{Decimal(value):,}".replace("-", "−")


@pytest.mark.site
def test_the_solutions_have_each_answer_its_code_and_what_is_behind_the_others(site, disclosure):
    page = BeautifulSoup((site / "book" / "solutions.html").read_text("utf-8"), "html.parser")
    numbers = exports.numbers(disclosure)
    for name, question in BANK.items():
        words = " ".join(page.find(id=f"solution-{name}").get_text().split())
        words = words.replace("’", "'")
        answers = [number_said(numbers[name])] if name in numbers else question.wanted()
        assert all(answer in words.partition("Answer")[2] for answer in answers), name
        assert question.explanation.english in words
        assert not question.code or question.code.splitlines()[-1] in words
        for one in question.choices:
            assert not one.misconception or one.misconception.sentence.english[:40] in words
        assert not question.misplaced or question.misplaced.sentence.english in words


@pytest.mark.site
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_page_of_a_chapter_has_a_form_in_the_place_of_each_exercise(chapter, site, repo):
    cells = nbformat.read(repo / "notebooks" / f"{chapter}.ipynb", as_version=4).cells
    held = [embedded(cell.source) for cell in cells if cell.cell_type == "markdown"]
    page = (site / "notebooks" / f"{chapter}.html").read_text(encoding="utf-8")
    folded = BeautifulSoup(page, "html.parser").select("details.exercise")
    assert [one["id"].removeprefix("practice-") for one in folded] == list(filter(None, held))
    assert all(len(one.select("form.practice")) == 1 for one in folded)
    assert "can be read in this page" in page
    assert "practice.js" in page
    assert "practice.js" not in (site / "book" / "findings.html").read_text(encoding="utf-8")


@pytest.fixture
def practice_page(browser, site):
    """The page with all questions, from a disk."""
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto((site / "book" / "practice.html").as_uri())
    yield tab
    tab.close()


def answer(form, question, given):
    """Answer a form, and return what it says."""
    if question.kind == "number":
        form.locator("input").fill(given)
    elif question.kind in ("order", "match"):
        for field, letter in zip(form.locator("select").all(), given, strict=True):
            field.select_option(letter)
    else:
        for box in form.locator("input").all():
            box.evaluate("(box, given) => box.checked = given.includes(box.value)", given)
    form.get_by_role("button").press("Enter")
    return form.locator("output").inner_text()


def test_the_page_says_what_the_notebook_says(practice_page, disclosure):
    """Right, and each wrong answer with the sentence of its misconception, for every question."""
    for question in BANK.values():
        form = practice_page.locator(f"#practice-{question.id}")
        known = exports.numbers(disclosure)
        right = known.get(question.id) or "".join(question.wanted())
        assert question.explanation.english in answer(form, question, right)
        wrong = [one.letter for one in question.choices if one.misconception]
        if question.misplaced:
            wrong = [right[::-1]]
        if question.unit == "yuan":
            assert "✗ Not yet." in answer(form, question, f"{right}4")
            assert not check(question.id, f"{right}4", disclosure).right
            assert "Round it half up" in answer(form, question, f"{right}4")
        if question.kind == "number":
            for unread in ("12万元", "much"):
                assert "请按所问单位写数字" in answer(form, question, unread)
                assert "所问单位写数字" in repr(check(question.id, unread, disclosure))
        if question.kind == "number":
            places, found = decimals(question.unit), NUMBERS[question.id](disclosure)
            values = wrong_numbers(found, question.unit).values()
            wrong = [str(round_half_up(value, places)) for value in values]
        for given in wrong:
            if given == right:
                continue
            said = answer(form, question, given)
            assert "✗ Not yet." in said
            for one in check(question.id, given, disclosure).misconceptions:
                assert one.sentence.english in said, (question.id, given)


def test_an_exercise_of_a_chapter_is_done_with_the_keys_alone(browser, site, disclosure):
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto((site / "notebooks" / "03-variance.html").as_uri())
    form = tab.locator("#practice-total-change form")
    assert not form.is_visible()
    tab.locator("#practice-total-change > summary").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    right = exports.numbers(disclosure)["total-change"]
    tab.keyboard.type(right.removeprefix("-"))
    tab.keyboard.press("Enter")
    assert "the sign is not" in form.locator("output").inner_text()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.type(right.replace("-", "−"))
    tab.keyboard.press("Enter")
    assert "✓ Right" in form.locator("output").inner_text()
    tab.keyboard.press("Tab")
    for name in ("First", "Second", "Third"):
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.innerText").startswith(name)
        assert tab.evaluate("document.activeElement.parentElement.open")
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["notebooks/01-reconstruction", "book/solutions"])
def test_nothing_that_is_unfolded_shuts_anybody_out(browser, site, page, scheme):
    tab = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    tab.goto((site / f"{page}.html").as_uri())
    tab.evaluate("document.querySelectorAll('.exercise, .exercise details').forEach(d=>d.open=1)")
    for form in tab.locator("form.practice").all():
        form.get_by_role("button").press("Enter")
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.close()


#: What stands before a question on paper.
NUMBERED = 'counter(practice) ". "'


def test_on_paper_an_exercise_asks_and_does_not_answer(browser, site):
    tab = browser.new_page()
    tab.goto((site / "notebooks" / "01-reconstruction.html").as_uri())
    tab.emulate_media(media="print")
    form = tab.locator("#practice-what-follows form")
    assert form.locator("legend").is_visible()
    assert not tab.locator(".paper-only").count()
    assert form.locator("label").first.is_visible()
    assert not form.get_by_role("button").is_visible()
    assert not form.get_by_text("First hint").is_visible()
    assert not form.get_by_text("Answer (").is_visible()
    tab.goto((site / "book" / "practice.html").as_uri())
    for number in (1, 2):  # the counter of a page, which starts anew on each
        counted = "e => getComputedStyle(e, '::before').content"
        assert tab.locator("form.practice legend").nth(number).evaluate(counted) == NUMBERED
    assert "Name 姓名" in tab.locator(".paper-only").inner_text()
    tab.emulate_media(media="screen")
    assert not tab.locator(".paper-only").is_visible()
    tab.close()


def test_a_misconception_is_used_and_said_in_both_languages():
    used = {c.misconception.id for q in BANK.values() for c in q.choices if c.misconception}
    computed = {"sign", "ten-thousand", "not-to-the-cent", "part-for-whole", "other-part"}
    computed |= {"subtracted", "not-subtracted", "whole-step", "wrong-year"}
    computed |= {"wrong-base", "percent-as-number", "rate-upside-down"}
    computed |= {"not-rounded", "fraction-for-percent", "grades-alone"}
    used |= {q.misplaced.id for q in BANK.values() if q.misplaced}
    assert used | computed == MISCONCEPTIONS.keys()


def test_each_case_that_teachers_meet_is_told_somewhere(disclosure):
    """Sign, 万元 for yuan, a part for the whole, the wrong year, not to the cent."""
    met = {
        misconception.id
        for name in NUMBERS
        for value in wrong_numbers(NUMBERS[name](disclosure), BANK[name].unit).values()
        for misconception in check(
            name, str(round_half_up(value, decimals(BANK[name].unit))), disclosure
        ).misconceptions
    }
    cases = {"sign", "ten-thousand", "part-for-whole", "wrong-year", "not-to-the-cent"}
    assert cases <= met


@pytest.mark.parametrize(
    ("identifier", "given", "behind"),
    [
        ("basic-share", "0.628", "fraction-for-percent"),
        ("basic-share", "0.6282", "fraction-for-percent"),
        ("points-on-words", "34.4", "grades-alone"),
    ],
)
def test_what_students_answered_is_told_its_reason(identifier, given, behind, disclosure):
    found = check(identifier, given, disclosure)
    assert not found.right
    assert [one.id for one in found.misconceptions] == [behind]
