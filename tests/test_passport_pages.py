"""Passports in the built site: addresses that stay, links that speak by mouse, finger and key."""

import re
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from accessibility import violations
from server import served

import budgetbook
from budgetbook.analysis.reconstruction import absent_tables
from budgetbook.proof.guards import printed
from budgetbook.site.passports import Printer
from budgetbook.site.postprocessing import MOVED, Finished, read_moved
from budgetbook.words.naming import Names

CARD = "#passport-card"
HAN = re.compile("[\u4e00-\u9fff]")
FINDING = "#finding-projects-without-form"
#: The first figure that this finding tells of, on the page of the figures stated in the text.
STATED = '[id="figure/other-matters/projects/count/this.value"]'
STATED_URL = "**/claims.html#figure/other-matters/projects/count/this.value"


@pytest.fixture(scope="module")
def data_pages(site):
    """The pages of the data: name → HTML."""
    return {p.stem: p.read_text(encoding="utf-8") for p in (site / "book" / "data").glob("*.html")}


@pytest.fixture
def tab(browser):
    """A page of a desk's width; what its console says is a failure."""
    yield from opened(browser, viewport={"width": 1280, "height": 800})


@pytest.fixture
def phone(browser):
    """A page of a phone's width that is touched."""
    yield from opened(browser, viewport={"width": 360, "height": 740}, has_touch=True)


def opened(browser, **how):
    context = browser.new_context(**how)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda r: said.append(r.url) if not r.url.startswith("file:") else None)
    yield page
    context.close()
    assert not said


# ---- Addresses -------------------------------------------------------------------------------


def test_every_figure_has_its_passport_on_the_page_of_its_table(data_pages, disclosure):
    figures = [f.address for f in printed(disclosure)]
    for address in figures:
        table = disclosure.form.tables.get(address.table)
        page = data_pages[table.file if table else address.table]
        assert f'<details class="passport" id="{address.anchor}">' in page
    known = {name: text for name, text in data_pages.items() if name != "derived"}
    count = sum(text.count('<details class="passport"') for text in known.values())
    assert count == len(figures) + len(absent_tables(disclosure))


def test_what_the_data_pages_say_of_a_table_stands_in_chinese_too(data_pages):
    """The state of a table, which way the text goes, the formula of what is rebuilt."""
    said = {name: re.sub("<[^>]*>", "", text) for name, text in data_pages.items()}
    states = re.findall(r"<p>((?:printed|absent)\b.*?)</p>", data_pages["tables"])
    assert len(states) > 17
    assert not [state for state in states if not re.search("印出|空表|未见", state)]
    rows = re.sub(r"(?s)<details.*", "", data_pages["claims"])
    ways = re.findall("(increase|decrease|unchanged)([^<]*<[^>]*>..)", rows)
    assert len(ways) > 20
    assert not [way for _, way in ways if way[-2:] not in ("增加", "减少", "持平")]
    for page in ("table-02", "table-13"):
        rows = re.findall(r'(?s)<span id="rebuilt-.*?</tr>', data_pages[page])
        assert len(rows) > 5
        assert not [row for row in rows if not re.search(r"表[一二三四五六七八九十]+.*栏", row)]
    assert "− projects of table 17" in said["table-13"]


def test_a_page_of_the_data_begins_with_its_table(data_pages):
    """What it answers comes first; how it is made and used is folded, or follows the table."""
    seen = 0
    for name, text in data_pages.items():
        article = re.search(r"(?s)<article.*</article>", text)[0]
        before, table, _ = article.partition("<table")
        if table and name != "index":
            seen += 1
            assert len(re.sub("<[^>]*>", "", before)) < 700, name
            assert "<pre" not in before, name
            assert "<details" not in before, name
    assert seen > 20


def test_each_amount_of_a_table_leads_to_its_passport(data_pages):
    row = re.search(r'(?s)<tr[^>]*id="row/2210201".*?</tr>', data_pages["table-05"])[0]
    links = re.findall(r'<a class="[^"]*in-row[^"]*" href="#([^"]+)">', row)
    columns = ("prior_total", "total", "basic", "growth")
    assert links == [f"figure/2210201.{column}" for column in columns]
    stated = 'id="row/other-matters/projects/count/this"'
    claim = re.search(rf"(?s)<tr[^>]*{stated}.*?</tr>", data_pages["claims"])[0]
    assert claim.count("figure-link") == 1


# ---- What a passport says --------------------------------------------------------------------


def passport(page, anchor):
    opening = re.escape(f'<details class="passport" id="{anchor}">')
    return re.search(f"{opening}.*?</dl>", page)[0]


def test_a_passport_lists_the_checks_the_finding_and_the_uses(data_pages):
    text = passport(data_pages["table-05"], "figure/total.project")
    assert text.index("#check-projects.all") < text.index("<dt>Holds")
    assert 'href="../findings.html#finding-projects-without-form"' in text
    assert "grade A" in text
    assert "the same amount is printed in" in text.partition("<dt>Used in")[2]


def test_the_register_shows_the_relation_that_a_check_fails(site):
    text = (site / "book" / "checks.html").read_text(encoding="utf-8")
    target = "project-targets/落实“云长制”数据资源治理/完成时效"
    row = text[text.index(f'id="check-targets.can-fail.{target}"') :]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row[: row.index("</tr>")], re.S)
    assert [re.sub("<[^>]*>", "", cell).strip() for cell in cells[1:4]] == [
        "1",
        "not below 不小于",
        "1",
    ]


def test_a_passport_and_its_card_speak_chinese_too(data_pages, pages):
    """Each fact of a passport and each line of a card that is a sentence has its Chinese."""
    facts = re.findall(r"(?s)<dd>.*?</dd>", "".join(data_pages.values()))
    read = [re.sub("<!--.*?-->|<[^>]*>", "", fact) for fact in facts]
    assert len(read) > 2000
    assert not [fact for fact in read if re.search("[a-z]{3}", fact) and not HAN.search(fact)][:5]
    cards = {card for text in pages.values() for card in re.findall('data-card="([^"]*)"', text)}
    lines = {line for card in cards for line in card.split("\n") if re.search("[a-z]{3}", line)}
    assert len(lines) > 300
    brief = [line for line in lines if re.match(r"(line \d|printed|computed,|reconstructed)", line)]
    assert len(brief) > 100
    assert not [line for line in brief if not HAN.search(line)]


def test_a_passport_names_the_pages_whose_words_link_to_it(data_pages):
    text = passport(data_pages["table-05"], "figure/2080505.prior_total")
    used = text.partition("<dt>Used in")[2]
    assert 'href="table-05.html"' in used  # the page's own prose tells of it


def test_finishing_twice_changes_nothing_and_follows_the_pages(repo, site, disclosure, results):
    cards = Printer(SimpleNamespace(budget=disclosure, budget_results=results)).cards()
    names = ("book/data/table-05", "book/findings", "book/method", "notebooks/03-variance")
    pages = {name: (site / f"{name}.html").read_text(encoding="utf-8") for name in names}
    titles = {name: name.rpartition("/")[2] for name in names}
    given = (lambda *_: "", Names(disclosure), read_moved(repo / MOVED))
    once = Finished(pages, titles, cards, *given)
    pages = {name: once.page(name) for name in names}
    twice = Finished(pages, titles, cards, *given)
    assert {name: twice.page(name) for name in names} == pages
    link = '<a class="figure-link" href="data/table-05.html#figure/2210201.total">x</a>'
    pages["book/method"] = pages["book/method"].replace("</article>", f"{link}</article>")
    again = Finished(pages, titles, cards, *given)
    assert "data-card=" in again.page("book/method").partition("figure/2210201.total")[2][:80]
    text = passport(again.page("book/data/table-05"), "figure/2210201.total")
    assert '<a href="../method.html">method</a>' in text


def test_a_text_to_cite_names_budget_book_version_thing_and_address(pages, site, disclosure):
    kinds = {"finding-": 0, "fig-": 0, "figure/": 0, "derived/": 0}
    for path, text in pages.items():
        for cited in re.findall(r"(?s)<details class='cite'>.*?</details>", text):
            words = re.sub(r"<[^>]*>", "", cited)
            assert f"version {budgetbook.__version__}, released {budgetbook.RELEASED}" in words
            assert "One department's budget" in words
            anchor, link = re.search(r'<a href="([^"]*)">(.*?)</a>', cited).groups()
            address = re.sub(r"<[^>]*>", "", link)
            assert address.startswith(path.relative_to(site).as_posix())
            assert address.endswith(anchor) or anchor == "#"
            for kind in kinds:
                kinds[kind] += anchor.startswith(f"#{kind}")
            if anchor.startswith(("#finding-", "#figure/", "#derived/")):
                told = disclosure.document
                assert f"{told['office']}, budget of {disclosure.year}, {told['title']}" in words
    assert kinds["finding-"] >= 20
    assert kinds["fig-"] >= 10
    assert kinds["figure/"] >= 300
    assert kinds["derived/"] >= 200


def test_charts_rows_and_checks_have_a_permanent_link_with_a_name(pages):
    text = {path.stem: html for path, html in pages.items()}
    assert 'href="#row/2210201" aria-label="Permanent link: the row' in text["table-05"]
    assert 'href="#check-projects.all" aria-label="Permanent link: the row' in text["checks"]
    charts = re.findall(r'<figure class="chart[^"]*" id="(fig-[^"]+)"', text["03-variance"])
    assert charts
    for name in charts:
        assert f'<a class="here" href="#{name}"' in text["03-variance"]


def test_every_link_to_a_passport_has_its_card_once_a_page(pages, site):
    passports = {
        f"{path.relative_to(site).as_posix()}#{anchor}"
        for path, text in pages.items()
        for anchor in re.findall(
            r'<(?:details class="passport"|span) id="((?:figure|derived)/[^"]+)"', text
        )
    }
    cards = 0
    for path, text in pages.items():
        bearing = {}
        for link in re.findall(r"<a [^>]*figure-link[^>]*>", text):
            href = re.search(r"""href=["']([^"']*)""", link)[1]
            bearing.setdefault(href, []).append("data-card=" in link)
        for href, bears in bearing.items():
            file, _, anchor = href.partition("#")
            goal = (path.parent / file).resolve() if file else path
            place = f"{goal.relative_to(site).as_posix()}#{unquote(anchor)}"
            known = file and place in passports
            assert bears == [bool(known), *[False] * (len(bears) - 1)], (path.name, href)
            cards += bool(known)
    assert cards > 1000


# ---- Terms -----------------------------------------------------------------------------------


def test_a_term_is_marked_once_a_page_and_nowhere_that_is_no_prose(pages):
    seen = 0
    for path, text in pages.items():
        article = text.partition("<article")[2].partition("</article>")[0]
        goals = re.findall(r'<a class="[^"]*term-link[^"]*" href="[^"]*#term-([^"]+)"', article)
        assert len(set(goals)) == len(goals), path
        seen += len(goals)
        for part in re.findall(r"(?s)<h\d.*?</h\d>|<pre.*?</pre>|<code.*?</code>", article):
            assert "term-link" not in part, path
    assert seen > 50


def test_a_term_is_its_chinese_alone_or_several_english_words(site):
    text = (site / "book" / "how-to-read.html").read_text(encoding="utf-8")
    marked = {
        goal: re.sub("<[^>]*>", "", words)
        for goal, words in re.findall(r'(?s)term-link[^>]*#term-([^"]+)"[^>]*>(.*?)</a>', text)
    }
    assert marked["subordinate-institution"] == "subordinate institutions 下属事业单位"
    assert marked["class"] == "class 类"
    assert "share" not in marked  # a word of every day


# ---- In a browser ----------------------------------------------------------------------------


def figure_of(page, site):
    page.goto((site / "book" / "findings.html").as_uri())
    return page.locator(f"{FINDING} > p a.figure-link").first


def inside(page):
    """Whether the card is within the window, and nothing scrolls sideways."""
    return page.evaluate(
        """() => { const r = document.querySelector('#passport-card').getBoundingClientRect();
        return r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight
          && document.documentElement.scrollWidth <= innerWidth; }"""
    )


def test_pointing_at_a_figure_shows_where_it_comes_from(tab, site):
    link = figure_of(tab, site)
    link.hover()
    card = tab.locator(CARD)
    card.wait_for()
    said = card.inner_text()
    for part in ("The text 文字说明", "line 87", "printed", "checks 核对: "):
        assert part in said
    assert inside(tab)
    described = link.get_attribute("aria-describedby")
    assert tab.locator(f"#{described}").inner_text() in said
    card.hover()  # the pointer may come to the card
    tab.wait_for_timeout(500)
    assert card.is_visible()
    tab.keyboard.press("Escape")
    assert not card.is_visible()
    assert link.get_attribute("aria-describedby") is None
    link.hover(position={"x": 1, "y": 1})
    tab.mouse.move(5, 790)
    card.wait_for(state="hidden")


def test_a_computed_figure_shows_its_formula_in_words(tab, site):
    figure_of(tab, site)
    link = tab.locator("section > p > a.figure-link[href*='derived.html']").first
    shown = link.inner_text().removesuffix(" yuan")
    link.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    tab.locator(CARD).wait_for()
    said = tab.locator(CARD).inner_text()
    assert said.startswith(shown.removesuffix(".00"))
    assert "computed, not printed 计算所得，非印出" in said
    assert re.search(r"(table|text),? ?\d*, ", said)


def test_the_keyboard_alone_reaches_the_passport_and_the_finding_and_comes_back(tab, site):
    link = figure_of(tab, site)
    tab.locator(f"{FINDING} .headerlink").first.focus()
    tab.keyboard.press("Tab")
    assert link.evaluate("e => e === document.activeElement")
    tab.locator(CARD).wait_for()
    tab.keyboard.press("Enter")
    tab.wait_for_url(STATED_URL)
    opened = tab.locator(STATED)
    assert opened.get_attribute("open") is not None
    goal = opened.get_by_role(
        "link", name="More projects are counted than forms stand in the text 文字所计"
    )
    for _ in range(40):
        tab.keyboard.press("Tab")
        if goal.evaluate("e => e === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/findings.html#finding-projects-without-form")
    tab.go_back()
    tab.go_back()
    tab.wait_for_url("**/findings.html")


def test_a_first_tap_shows_and_a_second_follows(phone, site):
    link = figure_of(phone, site)
    link.tap()
    phone.locator(CARD).wait_for()
    assert inside(phone)
    assert phone.url.endswith("findings.html")
    phone.locator("h1").first.tap()
    phone.locator(CARD).wait_for(state="hidden")
    link.tap()
    phone.locator(CARD).wait_for()
    link.tap()
    phone.wait_for_url(STATED_URL)


def test_the_card_itself_leads_there_by_finger(phone, site):
    figure_of(phone, site).tap()
    phone.locator(f"{CARD} a").tap()
    phone.wait_for_url(STATED_URL)


def test_every_card_of_a_finding_fits_a_phone(phone, site):
    figure_of(phone, site)
    links = phone.locator("section[id^=finding-] > p a:is(.figure-link, .term-link)")
    for number in range(0, links.count(), 6):
        links.nth(number).tap()
        phone.locator(CARD).wait_for()
        assert inside(phone), number


def test_a_term_shows_its_entry(tab, site):
    tab.goto((site / "book" / "how-to-read.html").as_uri())
    tab.locator("a.term-link", has_text="下属事业单位").hover()
    tab.locator(CARD).wait_for()
    assert "A public institution below the department" in tab.locator(CARD).inner_text()


def test_a_figure_on_its_own_page_shows_its_passport_too(tab, site):
    tab.goto((site / "book" / "data" / "table-05.html").as_uri())
    tab.locator('[id="row/2210201"] a.in-row').first.hover()
    tab.locator(CARD).wait_for()
    assert "145,686.84 yuan" in tab.locator(CARD).inner_text()
    assert "checks 核对: " in tab.locator(CARD).inner_text()


def test_a_figure_that_is_printed_blank_says_so(tab, site):
    tab.goto((site / "book" / "checks.html").as_uri())
    tab.get_by_role("link", name="0", exact=True).first.hover()
    tab.locator(CARD).wait_for()
    assert "printed blank" in tab.locator(CARD).inner_text()


@pytest.mark.parametrize("hosted", [True, False])
def test_a_text_to_cite_gets_its_address_and_is_copied(browser, site, hosted):
    """The whole one where others can follow it; from a folder the place in the book."""
    tab = browser.new_page()
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = "book/data/table-05.html#figure/2210201.total"
    with served(site, "/books/budget") as address:
        tab.goto(f"{address if hosted else site.as_uri()}/{page}")
        opened = tab.locator('[id="figure/2210201.total"]')
        opened.locator("details.cite > summary").click()
        opened.get_by_role("button").click()
        copied = "document.querySelector('[open] .cite button').textContent[3] === 'i'"
        tab.wait_for_function(copied)
        text = tab.evaluate("navigator.clipboard.readText()")
        assert text.endswith(f" {tab.url if hosted else page}")
        assert "189,888.12 yuan" in text
    tab.close()


def test_without_a_script_the_links_lead_to_the_passport(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    figure_of(page, site).click()
    page.wait_for_url(STATED_URL)
    page.locator(f"{STATED} > summary").click()
    assert "of the extracted text" in page.locator(STATED).inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_an_open_card_and_an_open_passport_hide_nothing_from_a_screen_reader(
    browser, site, scheme, width
):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    figure_of(page, site).hover()
    page.locator(CARD).wait_for()
    assert not violations(page)
    page.goto((site / "book" / "data" / "table-05.html").as_uri() + "#figure/total.project")
    for summary in page.locator('[id="figure/total.project"] summary').all()[1:]:
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not violations(page)
    context.close()


def test_a_strict_policy_stops_nothing(browser, site):
    policy = "default-src 'self'; style-src 'self' 'unsafe-inline'"

    def answer(route):
        path = site / route.request.url.removeprefix("http://book.test/").partition("?")[0]
        route.fulfill(path=path, headers={"Content-Security-Policy": policy})

    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.route("http://book.test/**", answer)
    page.goto("http://book.test/book/findings.html")
    page.locator(f"{FINDING} > p a.figure-link").first.hover()
    page.locator(CARD).wait_for()
    assert not said
    context.close()
