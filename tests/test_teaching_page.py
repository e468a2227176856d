"""What a lecturer finds: whole in both languages, and pages that work from a disk."""

import re
import zipfile
from itertools import pairwise

import pytest
from accessibility import violations
from server import served

from budgetbook import cli
from budgetbook.show import material
from budgetbook.teaching.handing import usual_levels

CHINESE = re.compile(r"[一-龥]")
LISTS = ("assignments", "rubric", "sessions", "discussions", "slides", "handout")


@pytest.mark.parametrize("name", LISTS)
def test_every_text_stands_in_both_languages(name):
    rows = material.rows(name)
    assert rows
    for row in rows:
        for column, text in row.items():
            assert text, (row, column)
            if column.endswith("_zh"):
                assert CHINESE.search(text), (row, column)
            if column.endswith("_en"):
                assert not CHINESE.search(text), (row, column)


def test_the_single_session_runs_through_without_a_gap_and_shows_slides_that_are_there():
    parts = [r for r in material.rows("sessions") if r["session"] == "one"]
    times = [tuple(map(int, r["minutes"].split("–"))) for r in parts]
    assert times[0][0] == 0
    assert times[-1][1] == 90
    assert all(one[1] == other[0] for one, other in pairwise(times))
    text = " ".join(r["what_en"] for r in parts)
    shown = [
        int(n) for found in re.findall(r"Slides? (\d+)(?: to (\d+))?", text) for n in found if n
    ]
    assert max(shown) == len(material.rows("slides"))
    longer = {r["id"]: int(r["minutes"]) for r in material.rows("assignments")}
    for row, (start, end) in zip(parts, times, strict=True):
        for number in re.findall(r"Assignment (\d)", row["what_en"]):
            assert longer[number] <= end - start or "shortened" in row["what_en"], row


@pytest.mark.parametrize("page", ["teach", "class"])
def test_the_commands_of_a_guide_are_commands(repo, page):
    text = (repo / "book" / f"{page}.md").read_text(encoding="utf-8")
    called = re.findall(r"(?m)^ {4,}(?:\.venv\\Scripts\\)?budgetbook (.+)$", text)
    assert {"new", "grade"} <= {words.split()[1] for words in called}
    for words in called:
        cli._parser().parse_args(words.split())


def test_no_assignment_speaks_of_one_error_where_several_are_planted():
    assert sum(usual_levels()) > 1
    for row in material.rows("assignments"):
        told = " ".join(row[c] for c in ("objective_en", "objective_zh", "task_en", "task_zh"))
        assert not re.search(r"the one (change|error)|一处(改正|错误)即", told), row["id"]


def test_each_assignment_has_an_example_for_each_grade():
    grades = {row["id"]: [] for row in material.rows("assignments")}
    for row in material.rows("rubric"):
        grades[row["assignment"]].append(row["grade"])
        assert all(row[f"{name}_{each}"] for name in ("what", "example") for each in ("en", "zh"))
    assert all(found == ["A", "B", "C", "D"] for found in grades.values()), grades


@pytest.mark.site
def test_the_page_links_to_what_is_there(site, disclosure):
    page = (site / "book" / "teach.html").read_text(encoding="utf-8")
    for name in material.everything(disclosure).keys() - {"deck.css", "deck.js"}:
        assert f"downloads/{name}" in page
    with zipfile.ZipFile(site / "downloads" / "teaching-material.zip") as together:
        held = {name: together.read(name) for name in together.namelist()}
    assert held == material.everything(disclosure)
    for name, content in material.everything(disclosure).items():
        assert (site / "downloads" / name).read_bytes() == content
    for row in material.rows("assignments"):
        assert f'id="assignment-{row["id"]}"' in page


@pytest.mark.parametrize("name", [material.DECK, *material.PAPER])
def test_deck_handout_and_sheet_are_read_by_all(browser, site, name):
    with served(site) as address:
        for scheme in ("light", "dark"):
            tab = browser.new_page(color_scheme=scheme)
            tab.goto(f"{address}/downloads/{name}")
            assert violations(tab) == []
            tab.close()


def test_the_deck_runs_from_a_disk_by_keyboard(browser, site):
    tab = browser.new_page()
    tab.goto((site / "downloads" / material.DECK).as_uri())
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
