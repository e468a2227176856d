"""What a lecturer takes along: pages that work from a disk, and sheets of one A4 page."""

import io
import re
from base64 import b64encode

import pypdfium2
import pytest
from pptx import Presentation

from budgetbook.cli import main
from budgetbook.errors import BuildError
from budgetbook.print import sheets
from budgetbook.show import material
from budgetbook.teaching.stock import stock

PAGES = material.pages()
A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)


def test_the_pages_load_nothing_but_the_files_beside_them(disclosure, repo):
    beside = material.everything(disclosure)
    icon = b64encode((repo / "book" / "site" / "icon-32.png").read_bytes()).decode()
    for text in material.pages().values():
        assert icon in text
        text = text.replace(icon, "")
        assert not re.search(r"https?:|//", text)
        assert not re.search(r"<!--(?!-->)", text), "a place that nothing was put in"
        found = set(re.findall(r'(?:href|src)="([^"]*)"', text))
        found.discard("data:image/png;base64,")
        assert found <= {"deck.css", "deck.js"} <= beside.keys()
        told = dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', text))
        assert told["og:title"] in text.partition("<title>")[2].partition("</title>")[0]
        assert len(told["description"]) > 40
        assert told["description"] == told["og:description"]
    deck = material.pages()[material.DECK]
    assert deck.count("<section ") == deck.count("<aside>") == len(material.rows("slides"))
    assert deck.count("<h1>") == 1
    assert deck.count("<h2>") == deck.count("<section ") - 1
    assert "Previous" in deck
    assert material.pages()[material.HANDOUT].count("<tr><td>") == 10


def test_the_sheet_for_paper_asks_what_the_sheet_that_is_graded_asks():
    text = material.pages()[material.SHEET]
    found = [row["id"] for row in stock("questions") if row["id"].startswith("F")]
    assert re.findall(r'<th scope="row">(F\d+)</th>', text) == found
    for column in stock("columns"):
        asked = column["id"] not in ("question", "explanation")
        assert (f"{column['title_zh']}</span></th>" in text) == asked
    for row in (*stock("types"), *stock("else")):
        assert row["title_zh"] in text
    assert "说明和信写在背面" in text


def test_the_slides_to_change_hold_what_the_deck_holds():
    made = material.presentation(material.rows("slides"))
    assert made == material.presentation(material.rows("slides"))
    show = Presentation(io.BytesIO(made))
    assert show.slide_width * 9 == show.slide_height * 16
    slides = show.slides
    for slide, row in zip(slides, material.rows("slides"), strict=True):
        words = [shape.text_frame.text for shape in slide.placeholders]
        assert words == [f"{row[n + '_en']}\n{row[n + '_zh']}" for n in ("title", "body")]
        for shape in slide.placeholders:
            assert shape.left + shape.width > show.slide_width * 0.9, "it goes across the slide"
        assert row["notes_zh"] in slide.notes_slide.notes_text_frame.text


def test_a_command_writes_all_of_it_and_the_same_bytes_twice(tmp_path, disclosure, capsys):
    for name in ("one", "two"):
        assert main(["class", "material", "--out", str(tmp_path / name)]) == 0
    made = material.everything(disclosure)
    assert capsys.readouterr().out.count("handout.html") == 2
    for name, content in made.items():
        assert (tmp_path / "one" / name).read_bytes() == content
        assert (tmp_path / "two" / name).read_bytes() == content
    assert {path.name for path in (tmp_path / "one").iterdir()} == set(made)


@pytest.mark.parametrize("name", material.PAPER)
def test_a_sheet_is_read_on_a_small_phone(browser, tmp_path, disclosure, name):
    for file, content in material.everything(disclosure).items():
        (tmp_path / file).write_bytes(content)
    tab = browser.new_page(viewport={"width": 320, "height": 640})
    tab.goto((tmp_path / name).as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    small = """all => all.filter(e => parseFloat(getComputedStyle(e).fontSize) < 12).length"""
    assert tab.eval_on_selector_all("body *", small) == 0
    tab.close()


@pytest.mark.parametrize("name", material.PAPER)
def test_a_sheet_prints_from_the_browser_on_one_page(browser, tmp_path, disclosure, name):
    """With whatever fonts this machine has, in the page's own look."""
    for file, content in material.everything(disclosure).items():
        (tmp_path / file).write_bytes(content)
    tab = browser.new_page()
    tab.goto((tmp_path / name).as_uri())
    printed = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
    tab.close()
    assert [page.get_size() for page in printed] == [pytest.approx(A4, abs=1)]


def test_the_sheets_of_a_release_are_one_page_each_and_the_same_bytes_twice(
    browser, repo, tmp_path, monkeypatch
):
    first, second = (sheets.write(repo, tmp_path / name, browser) for name in "ab")
    assert [path.name for path in first] == ["handout.pdf", "answer-sheet.pdf"]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
        (page,) = pypdfium2.PdfDocument(one)
        assert page.get_size() == pytest.approx(A4, abs=1)
    words = pypdfium2.PdfDocument(first[0])[0].get_textpage().get_text_range()
    for row in material.rows("handout"):
        assert row["tie_zh"] in words
    much = {name: text.replace("</main>", "<p>more</p>" * 60) for name, text in PAGES.items()}
    monkeypatch.setattr(sheets, "pages", lambda: much)
    with pytest.raises(BuildError, match=r"handout\.html takes \d pages"):
        sheets.write(repo, tmp_path / "c", browser)
