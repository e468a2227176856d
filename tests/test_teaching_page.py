"""What a lecturer finds: whole in both languages, and pages that work from a disk."""

import io
import re

import pytest
from accessibility import violations
from pptx import Presentation
from server import served

from budgetbook.site import teaching

CHINESE = re.compile(r"[一-龥]")
LISTS = ("assignments", "rubric", "sessions", "discussions", "slides", "handout")


@pytest.mark.parametrize("name", LISTS)
def test_every_text_stands_in_both_languages(name):
    rows = teaching.rows(name)
    assert rows
    for row in rows:
        for column, text in row.items():
            assert text, (row, column)
            if column.endswith("_zh"):
                assert CHINESE.search(text), (row, column)
            if column.endswith("_en"):
                assert not CHINESE.search(text), (row, column)


def test_each_assignment_that_a_person_grades_has_an_example_for_each_grade():
    judged = [r["id"] for r in teaching.rows("assignments") if "rubric" in r["graded_en"]]
    grades = {}
    for row in teaching.rows("rubric"):
        grades.setdefault(row["assignment"], []).append(row["grade"])
    assert grades == {assignment: ["A", "B", "C", "D"] for assignment in judged}


def test_deck_and_handout_load_nothing_from_elsewhere():
    for text in teaching.files().values():
        assert not re.search(r"https?:|//", text)
        assert set(re.findall(r'(?:href|src)="([^"]*)"', text)) <= {
            "../_static/deck.css",
            "../_static/deck.js",
        }
    deck = teaching.files()[teaching.DECK]
    assert deck.count("<section ") == deck.count("<aside>") == len(teaching.rows("slides"))
    assert teaching.files()[teaching.HANDOUT].count("<tr><td>") == 10


def test_the_slides_to_change_hold_what_the_deck_holds():
    made = teaching.presentation(teaching.rows("slides"))
    assert made == teaching.presentation(teaching.rows("slides"))
    slides = Presentation(io.BytesIO(made)).slides
    for slide, row in zip(slides, teaching.rows("slides"), strict=True):
        words = [shape.text_frame.text for shape in slide.placeholders]
        assert words == [f"{row[n + '_en']}\n{row[n + '_zh']}" for n in ("title", "body")]
        assert row["notes_zh"] in slide.notes_slide.notes_text_frame.text


@pytest.mark.site
def test_the_page_links_to_what_is_there(site):
    page = (site / "book" / "teach.html").read_text(encoding="utf-8")
    for name in (teaching.DECK, teaching.HANDOUT):
        assert f"downloads/{name}" in page
        assert (site / "downloads" / name).read_text(encoding="utf-8") == teaching.files()[name]
    for row in teaching.rows("assignments"):
        assert f'id="assignment-{row["id"]}"' in page


@pytest.mark.parametrize("name", [teaching.DECK, teaching.HANDOUT])
def test_deck_and_handout_are_read_by_all(browser, site, name):
    with served(site) as address:
        tab = browser.new_page()
        tab.goto(f"{address}/downloads/{name}")
        assert violations(tab) == []
        tab.close()


def test_the_deck_runs_from_a_disk_by_keyboard(browser, site):
    tab = browser.new_page()
    tab.goto((site / "downloads" / teaching.DECK).as_uri())
    shown = "document.querySelector('section[data-shown]').id"
    assert tab.evaluate(shown) == "slide-1"
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate(shown) == "slide-2"
    assert not tab.locator("aside:visible").count()
    tab.get_by_role("button", name="Notes").press("Enter")
    assert tab.locator("aside:visible").count() == 1
    tab.close()
