"""The laboratory in a real browser, on a strict host: the command line's verdicts to the byte."""

import json
import re
import shutil
from urllib.parse import unquote

import pytest
from accessibility import violations
from laboratories import ASK, DESK, OPENED, PAGE, SHOWN, judged, press_until, taken
from mutations import mutations
from server import served

SEED, COUNT = 31415, 60
#: Counts the longest time that the page did not answer, in milliseconds.
WATCH = """() => {
  window.longest = 0;
  let last = performance.now();
  const look = (now) => {
    window.longest = Math.max(window.longest, now - last);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


@pytest.fixture(scope="module")
def address(site):
    """Where the site is served: below a path, with the policy of a strict host."""
    with served(site, "/books/budget") as found:
        yield found


@pytest.fixture
def open_tab(browser, address):
    """Open pages of the site; what their consoles say, and requests elsewhere, are failures."""
    yield from opening(browser, address)


def opening(browser, address):
    """The function that `open_tab` gives."""
    said, contexts = [], []

    def opened(where=PAGE, **how):
        contexts.append(browser.new_context(**({"viewport": DESK} | how)))
        tab = contexts[-1].new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on(
            "request",
            lambda r: None if r.url.startswith((address, "blob:")) else said.append(r.url),
        )
        tab.goto(address + where)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert not said


def start(tab):
    """Press the button, and wait until Python has judged."""
    tab.get_by_role("button", name="Start the laboratory").click()
    tab.wait_for_selector(SHOWN.format(""), timeout=120_000)


@pytest.fixture(scope="module")
def started(browser, address):
    """A laboratory that was started once; Python's start takes seconds."""
    for opened in opening(browser, address):
        tab = opened()
        start(tab)
        yield tab


@pytest.fixture
def running(started):
    """The started laboratory as it is after its start: undone, closed, at a desk, in light."""
    yield started
    while (undo := started.get_by_role("button", name="Undo all")).count():
        undo.click()
        started.wait_for_selector(SHOWN.format('=""'))
    if (back := started.get_by_role("button", name="Back to this book")).count():
        back.click()
        started.wait_for_selector(OPENED.format("budget-2025"))
    started.get_by_label("Find any row").fill("")
    started.get_by_label("Or a table").select_option("")
    started.locator(".lab-radios input").first.check(force=True)
    while (told := started.locator(".lab-cases details[open] > summary")).count():
        told.first.click()
    for opened in (".lab-choose", "li li .lab-toggle"):
        while (button := started.locator(f"{opened}[aria-expanded=true]")).count():
            button.last.click()
    started.set_viewport_size(DESK)
    started.emulate_media(color_scheme="light")
    started.evaluate("scrollTo(0, 0)")


def test_the_browser_says_what_the_command_line_says(running, data, tmp_path, capsys):
    running.evaluate(WATCH)
    for edits, copy in mutations(data, SEED, COUNT, tmp_path):
        report = json.loads(running.evaluate(ASK, ["change", json.dumps(edits)]))
        ours = (report["status"], running.evaluate(ASK, ["verdicts"]), report["error"])
        assert ours == judged(capsys, copy), edits
    assert running.evaluate("window.longest") < 1000  # the page answered while Python judged
    running.evaluate(ASK, ["change", "[]"])


def test_nothing_is_loaded_before_it_is_asked_for(open_tab, browser, address):
    tab = open_tab("/book/index.html")
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address + PAGE)
    assert tab.get_by_role("button", name="Start the laboratory").is_visible()
    assert not [url for url in asked if "vendor" in url or "worker" in url or url.endswith(".zip")]
    start(tab)
    assert [url for url in asked if url.endswith("pyodide.asm.wasm")]


def test_an_edit_is_undone_shared_and_exported(running, open_tab, data, tmp_path, capsys):
    tab = running
    tab.locator(".lab-tree .lab-choose").first.click()
    tab.get_by_label("Type another").fill("5648141.31")
    tab.get_by_role("button", name="Change 更改").click()
    tab.wait_for_selector(SHOWN.format('*="5648141.31"'))
    assert "checks fall" in tab.locator(".lab-bar").inner_text()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save all of it").click()
    top = taken(download.value, "budget-2025-1-change.zip", tmp_path)
    status, verdicts, _ = judged(capsys, top / "data")
    assert (status, verdicts) == (1, tab.evaluate(ASK, ["verdicts"]))
    # Whoever opens the link sees the same state.
    other = open_tab(PAGE + "#" + tab.url.partition("#")[2])
    assert "one change" in other.locator(".lab-shared").inner_text()
    start(other)
    assert other.evaluate(ASK, ["verdicts"]) == verdicts
    # Undone, all is as it was.
    tab.locator(".lab-bar").get_by_role("button", name="Undo").click()
    tab.wait_for_selector(SHOWN.format('=""'))
    assert tab.evaluate(ASK, ["verdicts"]) == judged(capsys, data)[1]
    assert "#" not in tab.url


#: The drawn width of each row's bar, and the amount beside it.
BARS = """() => [...document.querySelectorAll('.lab-tree .lab-choose')].map((row) => [
  row.querySelector('.lab-amount').textContent.replaceAll(',', ''),
  [...row.querySelectorAll('rect')].reduce((sum, r) => sum + r.getBoundingClientRect().width, 0),
])"""


@pytest.mark.parametrize("width", [360, 1280])
def test_bars_of_every_depth_have_one_scale(running, width):
    tab = running
    tab.set_viewport_size({"width": width, "height": 800})
    for name in ("Social security", "Pensions of"):
        tab.get_by_role("button", name=f"What is in {name}").click()
    (whole, most), *others = tab.evaluate(BARS)
    assert len(others) > 5
    for amount, drawn in others:
        assert abs(drawn / most - float(amount) / float(whole)) < 0.005, amount


#: In how many lines the text of each is set.
LINES = """all => all.map((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map((line) => line.top)).size;
})"""


def test_a_row_is_its_name_and_its_amount_in_one_line(running):
    tab = running
    tab.set_viewport_size({"width": 360, "height": 800})
    assert not tab.locator(".lab-choose > :empty:not(svg)").count()
    lines = tab.locator(".lab-tree .lab-amount").evaluate_all(LINES)
    assert lines
    assert set(lines) == {1}


def test_a_check_that_went_with_its_row_takes_the_whole_line(running):
    tab = running
    tab.locator(".lab-tree .lab-choose", has_text="Health").first.click()
    tab.get_by_role("button", name="Leave the row out").click()
    tab.wait_for_selector(SHOWN.format('*="delete="'))
    gone = tab.locator("h3:has-text('went with their row') + * li:first-child > span").first
    assert gone.evaluate("(one) => one.offsetWidth / one.parentElement.offsetWidth") > 0.9


def test_a_figure_tells_where_it_is_printed_and_what_reads_it(running, site):
    tab = running
    for words in ("Total 合计", "Health"):
        tab.locator(".lab-tree .lab-choose", has_text=words).first.click()
        tab.wait_for_selector(".lab-checks li")
        told = tab.locator(".lab-passport").inner_text()
        assert "[object" not in told
        assert re.search(r"Table 表\s+General public budget .*2025年", told)
        assert re.search(r"Row 行\s+.*\bline \d+", told)
        link = tab.locator(".lab-passport dd a").get_attribute("href")
        page, _, anchor = link.partition("#")
        assert f'id="{unquote(anchor)}"' in (site / "book" / page).read_text(encoding="utf-8")
    tab.get_by_label("Find any row").fill("ordinary performance")
    tab.locator(".lab-tree .lab-choose").first.click()
    told = tab.locator(".lab-passport").inner_text()
    assert "Projects under ordinary performance evaluation: count 数量, 2025" in told
    assert "claims/" not in tab.locator(".lab-app").inner_text()


def test_what_is_derived_names_its_figures_in_words(running):
    tab = running
    tab.get_by_role("radio", name="Unit (derived").check(force=True)
    tab.locator(".lab-tree .lab-choose", has_text="The department's own unit").first.click()
    told = tab.locator(".lab-passport").inner_text()
    assert "Derived, not printed: it is the sum of these" in told
    assert re.search(r"Table 7: 501 Pay and welfare.*: [\d,]+\.\d\d", told)
    assert "basic-by-government" not in told


#: Links of the edition before, and what they hold today.
FORMER = "set=table-05/205/total/1.00&set=claims/L85.1/value/9"
TODAY = [
    ["set", "spending-by-function/total.total", "1.00"],
    ["set", "claims/other-matters/procurement/amount/this.value", "9"],
]


def test_a_link_of_the_edition_before_opens(open_tab):
    tab = open_tab(f"{PAGE}#{FORMER}")
    assert "2 changes" in tab.locator(".lab-shared").inner_text()
    start(tab)
    assert tab.evaluate("window.budgetLaboratory.edits()") == TODAY
    assert "#set=spending-by-function%2Ftotal.total/1.00&set=claims%2F" in tab.url
    assert "Table 5, Total, Budget of the year" in tab.locator(".lab-changes").inner_text()
    assert not tab.locator(".lab-lost").is_visible()


def test_what_a_link_of_the_edition_before_cannot_do_is_said(running):
    """The link is opened in a laboratory that runs already."""
    tab = running
    tab.goto(f"{tab.url.partition('#')[0]}#{FORMER}&delete=table-05/999")
    tab.wait_for_selector(SHOWN.format('*="set="'))
    assert tab.evaluate("window.budgetLaboratory.edits()") == TODAY
    said = tab.locator(".lab-lost")
    assert said.is_visible()
    assert "named rows by their line" in said.inner_text()
    assert "table-05 999 left out" in said.inner_text()
    tab.locator(".lab-bar").get_by_role("button", name="Undo").click()
    tab.wait_for_selector(SHOWN.format('="set=spending-by-function%2Ftotal.total/1.00"'))
    assert not said.is_visible()


@pytest.mark.parametrize(
    "typed", ["19,912", "１９９１２", "19 912元", "１９，９１２", "−19,912.00"]
)
def test_a_figure_is_taken_as_a_reader_writes_it(running, typed):
    tab = running
    tab.locator(".lab-tree .lab-choose").first.click()
    tab.get_by_label("Type another").fill(typed)
    tab.get_by_role("button", name="Change 更改").click()
    taken = "-19912.00" if "−" in typed else "19912"
    tab.wait_for_selector(SHOWN.format(f'$="/{taken}"'))
    assert "cannot be used" not in tab.locator(".lab-result").inner_text()


def test_what_the_search_suggests_is_found(running):
    field = running.get_by_label("Find any row")
    for words in field.get_attribute("placeholder").rstrip(" …").split(", "):
        field.fill(words)
        assert running.locator(".lab-tree .lab-choose").count(), words


def test_what_cannot_be_used_is_said_on_the_page(running):
    tab = running
    tab.locator(".lab-tree .lab-choose").first.click()
    tab.get_by_label("Type another").fill("1,0")
    tab.get_by_role("button", name="Change 更改").click()
    tab.wait_for_selector(SHOWN.format('*="1%2C0"'))
    text = tab.locator(".lab-result").inner_text()
    assert "table-05.csv" in text
    assert "found '1,0'" in text


def test_each_case_shows_what_it_does(running):
    tab = running
    tab.set_viewport_size({"width": 360, "height": 740})
    cases = tab.locator(".lab-cases button")
    assert cases.count() >= 4
    for number in range(cases.count()):
        before = tab.locator("#laboratory").get_attribute("data-shown")
        cases.nth(number).click()
        tab.wait_for_selector(f'#laboratory:not([data-shown="{before}"])')
        assert tab.locator(".lab-result li").count() >= 1
        tab.get_by_text(f"What was done in case {number + 1}").click()
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_case_tells_what_it_did_when_asked_to(running):
    """Until then no title, no list of changes and no mark in the rows gives it away."""
    tab = running
    cases, told = tab.locator(".lab-cases"), "Two digits change places"
    assert re.fullmatch(r"Case 1 案例1", cases.get_by_role("button").first.inner_text())
    cases.get_by_role("button").first.click()
    tab.wait_for_selector(SHOWN.format('*="="'))
    for words in (told, "数字颠倒", "changed 已改", "Table 5, Total"):
        assert words not in tab.locator(".lab-app").inner_text(), words
    tab.locator(".lab-tree .lab-choose").first.click()
    assert "changed" not in tab.locator(".lab-passport").inner_text()
    asked = tab.locator(".lab-cases summary").first
    asked.focus()
    tab.keyboard.press("Enter")
    tab.get_by_text(told).wait_for()
    assert "What was done in case 1" in tab.evaluate("document.activeElement.textContent")
    assert "changed 已改" in tab.locator(".lab-tree").inner_text()
    assert "changed here" in tab.locator(".lab-passport").inner_text()
    assert "Table 5, Total" in tab.locator(".lab-result").inner_text()
    # One step back takes all of the case back, so that a part of it tells nothing.
    cases.get_by_role("button").nth(4).click()
    tab.wait_for_selector(SHOWN.format('*="&"'))
    tab.locator(".lab-bar").get_by_role("button", name="Undo").click()
    tab.wait_for_selector(SHOWN.format('=""'))


def test_a_students_package_is_opened_shown_and_closed(running, student, tmp_path, capsys):
    tab = running
    zipped = shutil.make_archive(tmp_path / "王小明", "zip", student.parent)
    for field, what in (("zip", zipped), ("folder", student)):
        tab.locator(f"#lab-{field}").set_input_files(what)
        tab.wait_for_selector(OPENED.format("student-01"))
        assert tab.evaluate(ASK, ["verdicts"]) == judged(capsys, student / "data")[1]
        assert not tab.locator(".lab-cases").is_visible()
        assert "(student-01)" in tab.locator(".lab-whose").inner_text()
        assert tab.locator(".lab-result details[open] li .lab-fails").count()
        # It is nobody else's: no link to pages of the book's figures, none to share.
        tab.locator(".lab-tree .lab-choose").first.click()
        tab.wait_for_selector(".lab-checks li")
        assert not tab.locator(".lab-passport a").count()
        assert not tab.get_by_role("button", name="Copy link").count()
        tab.get_by_label("Type another").fill("1.00")
        tab.keyboard.press("Enter")
        tab.wait_for_selector(SHOWN.format('*="1.00"'))
        assert "#" not in tab.url
        tab.get_by_role("button", name="Back to this book").click()
        tab.wait_for_selector(OPENED.format("budget-2025"))
        assert tab.locator(".lab-cases").is_visible()


@pytest.mark.parametrize("own", [True, False])
def test_every_table_is_shown_as_it_is_printed(running, student, data, own):
    tab = running
    if not own:
        tab.locator("#lab-folder").set_input_files(student)
        tab.wait_for_selector(OPENED.format("student-01"))
    folder = data if own else student / "data"
    about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in about["resources"]:
        if resource["kind"] != "published":
            continue
        tab.get_by_label("Or a table").select_option(resource["name"])
        lines = (folder / resource["path"]).read_text(encoding="utf-8").strip().split("\n")
        assert tab.locator(".lab-scroll tbody tr").count() == len(lines) - 1, resource["name"]
    tab.get_by_label("Or a table").select_option("spending-by-function")
    figure = tab.locator(".lab-scroll td button").first
    text = figure.inner_text().replace(",", "")
    figure.click()
    assert tab.get_by_label("Type another").input_value() == text


def test_what_cannot_be_opened_is_said_and_what_was_open_stays(running, student, tmp_path):
    tab = running
    (tmp_path / "a.zip").write_bytes(b"no")
    copy = tmp_path / "damaged"
    shutil.copytree(student, copy)
    table = copy / "data" / "published" / "table-05.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(".00,", ".0O,", 1), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.txt").write_text("a")
    for field, what, english, chinese in (
        ("zip", tmp_path / "a.zip", "a.zip: not a zip", "不是可以打开的 zip"),
        ("folder", tmp_path / "empty", "no data package", "没有数据包"),
        ("folder", copy, "published/table-05.csv: row 1, column", "table-05.csv 表头下第 1 行"),
    ):
        tab.locator(f"#lab-{field}").set_input_files(what)
        tab.get_by_text(chinese).wait_for()
        assert english in tab.get_by_role("alert").inner_text()
        assert tab.locator(OPENED.format("budget-2025")).count()
    assert not violations(tab)
    tab.locator(".lab-cases button").first.click()
    tab.wait_for_selector(SHOWN.format('*="="'))


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_running_laboratory_hides_nothing_from_a_screen_reader(running, width, scheme):
    tab = running
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    tab.wait_for_function("s => document.documentElement.dataset.theme === s", arg=scheme)
    tab.locator(".lab-cases button").first.click()
    tab.wait_for_selector(SHOWN.format('*="="'))
    tab.locator(".lab-tree .lab-choose").first.click()
    assert not violations(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_by_keyboard_alone_a_figure_is_broken_and_mended(open_tab):
    tab = open_tab()
    tab.get_by_role("button", name="Start the laboratory").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format(""), timeout=120_000)
    # The focus stands on the heading of what is open; then come its two fields, then the cases.
    press_until(tab, "Case 1")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('*="="'))
    assert tab.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('=""'))


#: A window of 1280 × 900 at 200 %.
ENLARGED = {"width": 640, "height": 450}
#: What has the focus, and whether nothing hides it: neither the masthead nor the bar.
FOCUSED = """() => {
  const box = (name) => document.querySelector(name).getBoundingClientRect();
  const [held, bar] = [document.activeElement, box('.lab-bar')];
  const { top, bottom } = held.getBoundingClientRect();
  const seen = top >= box('.masthead').bottom && bottom <= (bar.height ? bar.top : innerHeight);
  return [held.innerText || held.id, seen, top];
}"""


def test_the_keyboard_is_never_lost_while_it_starts(open_tab):
    tab = open_tab(viewport=ENLARGED)
    tab.get_by_role("button", name="Start the laboratory").focus()
    tab.keyboard.press("Enter")
    tab.get_by_text("Loading Python").wait_for()
    while not tab.locator(SHOWN.format("")).count():
        assert tab.evaluate("document.activeElement.tagName") in ("BUTTON", "H2")
    words, seen, _ = tab.evaluate(FOCUSED)
    assert words.startswith("Open a package")
    assert seen


def test_what_has_the_focus_stays_in_its_place_and_in_sight(running):
    tab = running
    tab.set_viewport_size(ENLARGED)
    tab.locator(".lab-tree .lab-choose").first.click()
    tab.wait_for_selector(".lab-checks li")
    below = tab.get_by_role("button", name="What is in Health")
    below.focus()
    _, _, before = tab.evaluate(FOCUSED)
    tab.keyboard.press("Enter")
    below.and_(tab.locator("[aria-expanded=true]")).wait_for()
    tab.wait_for_timeout(500)  # until the checks have come again
    _, seen, after = tab.evaluate(FOCUSED)
    assert seen
    assert abs(after - before) < 2
    # The bar grows, and does not cover the field below which it was.
    field = tab.get_by_label("Type another")
    field.fill("1.00")
    bar = tab.locator(".lab-bar").bounding_box()["y"]
    tab.evaluate("by => scrollBy(0, by)", field.bounding_box()["y"] + 50 - bar)
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('*="/1.00"'))
    assert tab.locator(".lab-bar").bounding_box()["y"] < bar
    assert tab.evaluate("document.activeElement.id") == "lab-field"
    assert tab.evaluate(FOCUSED)[1]


def test_undoing_leads_back_to_what_was_changed(running):
    tab = running
    tab.set_viewport_size(ENLARGED)
    tab.locator(".lab-tree .lab-choose", has_text="Health").first.click()
    tab.get_by_label("Type another").fill("1.00")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('*="/1.00"'))
    tab.locator(".lab-bar").get_by_role("button", name="Undo").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('=""'))
    words, seen, _ = tab.evaluate(FOCUSED)
    assert "Health" in words
    assert seen
    # After a case it is the case, whose change is not given away; the bar comes right after them.
    tab.locator(".lab-cases button").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('*="="'))
    press_until(tab, "See what it does", most=2 * tab.locator(".lab-cases button").count())
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('=""'))
    words, seen, _ = tab.evaluate(FOCUSED)
    assert words.startswith("Case 1")
    assert seen


def test_a_table_that_is_chosen_is_shown_whatever_is_sought(running):
    tab = running
    tab.get_by_label("Find any row").fill("pension")
    tab.get_by_label("Or a table").select_option("spending-by-function")
    assert tab.get_by_label("Find any row").input_value() == ""
    name = tab.locator(".lab-scroll td button").first.get_attribute("aria-label")
    assert re.search(r"^Total 合计 .*2024.* [\d,]+\.\d\d$", name), name


def test_what_the_bar_says_is_one_element_that_stays(running):
    """One that is put in again may not be read aloud."""
    tab = running
    tab.evaluate("window.says = document.querySelector('.lab-says')")
    gone = "window.gone = 0; new MutationObserver((all) => { window.gone += all.length; })"
    tab.evaluate(gone + ".observe(says.parentElement, { childList: true })")
    tab.locator(".lab-cases button").first.click()
    tab.wait_for_selector(SHOWN.format('*="="'))
    assert "fall" in tab.evaluate("window.says.textContent")
    assert tab.evaluate("window.gone") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_opened_package_fits_a_phone(running, student, scheme):
    tab = running
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.emulate_media(color_scheme=scheme)
    tab.locator("#lab-folder").set_input_files(student)
    tab.wait_for_selector(OPENED.format("student-01"))
    tab.get_by_label("Or a table").select_option("spending-by-function")
    tab.locator(".lab-scroll td button").first.click()
    tab.wait_for_selector(".lab-checks li")
    assert not violations(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    box = tab.locator(".lab-passport").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360


def cut(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.body()[:100_000])


@pytest.mark.parametrize(
    ("file", "comes"),
    [
        ("pyodide.asm.wasm", lambda route: route.abort("connectionreset")),
        ("pyodide.asm.wasm", lambda route: route.fulfill(status=404)),
        ("pyodide.asm.wasm", lambda route: route.fulfill(body="<p>Please log in.</p>")),
        ("pyodide.asm.wasm", cut),
        ("pyodide.asm.js", lambda route: route.fulfill(status=404)),
        ("pyodide.js", lambda route: route.fulfill(status=404)),
        ("laboratory-view.js", lambda route: route.abort()),
    ],
)
def test_a_file_that_does_not_arrive_is_said_at_once(browser, address, file, comes):
    tab = browser.new_page()
    tab.route(f"**/{file}", comes)
    tab.goto(address + PAGE)
    tab.get_by_role("button", name="Start the laboratory").click()
    said = tab.locator("div > p.lab-cannot")
    said.wait_for(timeout=20_000)
    assert "a file did not arrive" in said.inner_text()
    assert tab.evaluate("document.activeElement.className") == "lab-cannot"
    assert not tab.locator(".lab-start").is_visible()
    assert tab.locator(".lab-phase").text_content() == ""
    assert tab.locator(".lab-still table").first.is_visible()
    tab.close()


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (r"\.(mjs|wasm|zip)$", "application/octet-stream"),
        (r"\.js$", "text/plain"),
        (r"\.js$", "application/octet-stream"),
    ],
)
def test_the_types_that_a_plain_server_gives_do_not_matter(open_tab, files, kind):
    """Some know neither .mjs nor .wasm, some on Windows not even .js; none has a policy."""
    tab = open_tab("/book/index.html")

    def plainly(route):
        answer = route.fetch()
        headers = answer.headers | {"content-security-policy": ""}
        if re.search(files, route.request.url.partition("?")[0]):
            headers["content-type"] = kind
        route.fulfill(response=answer, headers=headers)

    tab.route("http://**", plainly)
    tab.goto(tab.url.replace("/book/index.html", PAGE))
    start(tab)


def test_what_the_laboratory_tells_is_told_in_both_languages(running):
    tab = running
    tab.locator(".lab-tree .lab-choose").first.click()
    tab.get_by_label("Type another").fill("5648141.31")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('*="5648141.31"'))
    told = tab.locator(".lab-result").inner_text()
    assert re.search(r"[\d,.]+, not equal to 不等于 [\d,.]+", told)
    assert re.search(r"What the book calls fine no longer is: .* 本书原认为无误，现有\d+项", told)


def test_without_scripts_it_says_that_it_cannot_run(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + PAGE)
    assert "Scripts are off" in tab.locator("noscript").inner_text()
    assert tab.locator(".lab-still table").first.is_visible()
    context.close()
