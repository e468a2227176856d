"""Ways through the book, each from the home page by what is visible alone, no address typed."""

import csv
import io
import re
from urllib.parse import unquote, urldefrag

import pytest
from server import served

import budgetbook

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
#: A link to a figure that is printed; another may be computed.
PRINTED = "a.figure-link[href*='#figure/']"
#: What has the focus: its accessible name as a reader hears it, roughly.
FOCUSED = """() => {
  const e = document.activeElement;
  return (e.getAttribute('aria-label') || e.innerText || e.value || '').trim();
}"""


@pytest.fixture
def home(browser, site):
    """Open the home page with a given kind of browser."""
    contexts = []
    with served(site, "/books/budget") as address:

        def opened(**how):
            contexts.append(browser.new_context(accept_downloads=True, **how))
            tab = contexts[-1].new_page()
            tab.goto(f"{address}/index.html")
            tab.wait_for_url("**/book/index.html")
            return tab

        yield opened
        for context in contexts:
            context.close()


@pytest.fixture(scope="module")
def first(register):
    """The most important disagreement."""
    return next(finding for finding in register if not finding.fine)


def opened_at(tab):
    """What the address of a tab leads to on its page."""
    return tab.locator(f'[id="{unquote(urldefrag(tab.url)[1])}"]')


def link(tab, name):
    """The link of the text with this name."""
    return tab.locator("article").get_by_role("link", name=name).first


def press_until(tab, name, key="Tab", most=400):
    """Press a key until what has the focus bears the name."""
    for _ in range(most):
        tab.keyboard.press(key)
        if name in tab.evaluate(FOCUSED):
            return
    raise AssertionError(f"{key} never reaches “{name}”")


def test_a_reader_on_a_phone_finds_the_first_disagreement_and_its_source(home, first):
    tab = home(**PHONE)
    link(tab, first.sentence("title_en")).tap()
    tab.wait_for_url(f"**/findings.html#finding-{first.id}")
    section = tab.locator(f"#finding-{first.id}")
    assert section.get_by_role("heading").first.is_visible()
    figure = section.locator(PRINTED).first
    figure.tap()
    card = tab.locator("#passport-card")
    assert re.search(r"line \d+", card.inner_text())
    card.get_by_role("link", name="The whole passport").tap()
    tab.wait_for_url("**/book/data/**#figure/**")
    passport = opened_at(tab)
    assert passport.is_visible()
    words = passport.inner_text()
    assert re.search(r"line \d+", words)
    assert first.sentence("title_en") in words


def test_a_reader_on_a_phone_finds_every_page_by_the_contents(home):
    tab = home(**PHONE)
    contents = tab.get_by_role("navigation", name="The pages of the book")
    assert not contents.is_visible()
    tab.get_by_role("button", name="Contents").tap()
    assert contents.is_visible()
    contents.get_by_role("link", name=re.compile("From one year to the next")).tap()
    assert "From one year to the next" in tab.get_by_role("heading", level=1).inner_text()


def test_someone_citing_finds_a_permanent_link_and_the_row(home, first):
    tab = home(viewport={"width": 1280, "height": 900})
    link(tab, first.sentence("title_en")).click()
    section = tab.locator(f"#finding-{first.id}")
    section.get_by_text("Cite 引用").first.click()
    cite = section.locator("details.cite[open]").first
    words = cite.inner_text()
    assert budgetbook.__version__ in words
    assert budgetbook.RELEASED in words
    address = cite.get_by_role("link").first.get_attribute("href")
    assert address.endswith(f"#finding-{first.id}")
    section.locator(PRINTED).first.click()
    tab.wait_for_url("**#figure/**")
    passport = opened_at(tab)
    name = re.search(r"claims|table-\d\d", tab.url)[0]
    with tab.expect_download() as download:
        tab.locator("article").get_by_role("link", name=f"{name}.csv").click()
    text = download.value.path().read_text(encoding="utf-8")
    line = re.search(r"line (\d+)", passport.inner_text())[1]
    assert any(row["line"] == line for row in csv.DictReader(io.StringIO(text)))


def test_a_reader_takes_a_letter_with_its_lines(home, first):
    tab = home(viewport={"width": 1280, "height": 900})
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link(tab, first.sentence("title_en")).click()
    letter = tab.locator(f"#finding-{first.id} details.request")
    letter.locator("summary").click()
    letter.get_by_role("button", name="Copy 复制").click()
    letter.get_by_role("button", name="Copied 已复制").wait_for()
    copied = tab.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0].endswith("：")
    assert "您好" in copied[1]
    assert copied == letter.locator("p").last.inner_text().splitlines()


def test_a_student_breaks_a_figure_and_explains_which_check_fell(home):
    tab = home(viewport={"width": 1280, "height": 900})
    link(tab, "the laboratory").click()
    tab.get_by_role("button", name="Start the laboratory").click()
    tab.get_by_role("button", name=re.compile("^Total 合计")).click(timeout=120_000)
    field = tab.get_by_label("Type another")
    old = field.input_value()
    field.fill(str(int(float(old)) + 1))
    tab.get_by_role("button", name="Change 更改").click()
    result = tab.get_by_role("region", name="What it does")
    result.get_by_role("heading", name=re.compile("Checks that fall")).wait_for()
    words = result.inner_text()
    assert "the sum of the accounts one level below" in words
    assert "not equal to" in words


def test_by_keyboard_alone_from_the_home_page_to_source_citation_and_laboratory(home, first):
    tab = home(viewport={"width": 1280, "height": 900})
    tab.keyboard.press("Tab")
    assert "Skip to the text" in tab.evaluate(FOCUSED)
    tab.keyboard.press("Enter")
    press_until(tab, first.sentence("title_en"))
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/findings.html#finding-{first.id}")
    # The next figure shows its short form when the focus comes; Enter leads to its passport.
    press_until(tab, first.pieces("found_en")[1].text)
    assert re.search(r"line \d+|computed", tab.locator("#passport-card").inner_text())
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/book/data/**#**")
    press_until(tab, "Cite 引用")
    tab.keyboard.press("Enter")
    assert budgetbook.__version__ in tab.locator("details.cite[open]").first.inner_text()
    # By the contents to the laboratory.
    press_until(tab, "The laboratory", key="Shift+Tab", most=900)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/laboratory.html")
    press_until(tab, "Start the laboratory")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#laboratory[data-shown]", timeout=120_000)
    press_until(tab, "Total 合计")
    tab.keyboard.press("Enter")
    press_until(tab, tab.get_by_label("Type another").input_value())
    tab.keyboard.press("End")
    tab.keyboard.press("Backspace")
    tab.keyboard.type("9")
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name=re.compile("Checks that fall")).wait_for()
