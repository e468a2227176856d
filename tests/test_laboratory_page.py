"""The laboratory in a real browser, on a strict host: the command line's verdicts to the byte."""

import io
import json
import re
import zipfile

import pytest
from accessibility import violations
from mutations import mutations, typed

from budgetbook.cli import main
from budgetbook.site.serving import served

SEED, COUNT = 31415, 100
PAGE = "/book/laboratory.html"
ASK = "async ([what, ...given]) => await window.budgetLaboratory.ask(what, ...given)"
SHOWN = "#laboratory[data-shown{}]"
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
    said, contexts = [], []

    def opened(where=PAGE, **how):
        contexts.append(browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | how)))
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


def judged(capsys, folder):
    """What the command line says of a package: status, verdicts, error."""
    status = main(["check", str(folder), "--format", "json"])
    printed = capsys.readouterr()
    return status, printed.out, printed.err.removeprefix("budgetbook: ").removesuffix("\n")


def test_the_browser_says_what_the_command_line_says(open_tab, data, tmp_path, capsys):
    tab = open_tab()
    start(tab)
    tab.evaluate(WATCH)
    for number, edits in enumerate(mutations(data, SEED, COUNT)):
        report = json.loads(tab.evaluate(ASK, ["change", json.dumps(edits)]))
        ours = (report["status"], tab.evaluate(ASK, ["verdicts"]), report["error"])
        assert ours == judged(capsys, typed(data, edits, tmp_path / str(number))), edits
    assert tab.evaluate("window.longest") < 1000  # the page answered while Python judged


def test_nothing_is_loaded_before_it_is_asked_for(open_tab, browser, address):
    tab = open_tab("/book/index.html")
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address + PAGE)
    assert tab.get_by_role("button", name="Start the laboratory").is_visible()
    assert not [url for url in asked if "vendor" in url or "worker" in url or url.endswith(".zip")]
    start(tab)
    assert [url for url in asked if url.endswith("pyodide.asm.wasm")]


def test_an_edit_is_undone_shared_and_exported(open_tab, data, tmp_path, capsys):
    tab = open_tab()
    start(tab)
    tab.locator(".lab-tree .lab-choose").first.click()
    tab.get_by_label("Type another").fill("5648141.31")
    tab.get_by_role("button", name="Change 更改").click()
    tab.wait_for_selector(SHOWN.format('*="5648141.31"'))
    assert "checks fall" in tab.locator(".lab-bar").inner_text()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Export the changed package").click()
    exported = io.BytesIO(download.value.path().read_bytes())
    with zipfile.ZipFile(exported) as archive:
        archive.extractall(tmp_path)
    status, verdicts, _ = judged(capsys, tmp_path / "data")
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
def test_bars_of_every_depth_have_one_scale(open_tab, width):
    tab = open_tab(viewport={"width": width, "height": 800})
    start(tab)
    for name in ("Social security", "Pensions of"):
        tab.get_by_role("button", name=f"What is in {name}").click()
    (whole, most), *others = tab.evaluate(BARS)
    assert len(others) > 5
    for amount, drawn in others:
        assert abs(drawn / most - float(amount) / float(whole)) < 0.005, amount


def test_a_figure_tells_where_it_is_printed_and_what_reads_it(open_tab, site):
    tab = open_tab()
    start(tab)
    for words in ("Total 合计", "Health"):
        tab.locator(".lab-tree .lab-choose", has_text=words).first.click()
        tab.wait_for_selector(".lab-checks li")
        told = tab.locator(".lab-passport").inner_text()
        assert "[object" not in told
        assert re.search(r"Table 表\s+General public budget .*2025年", told)
        assert re.search(r"Row 行\s+line \d+", told)
        link = tab.locator(".lab-passport dd a").get_attribute("href")
        page, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in (site / "book" / page).read_text(encoding="utf-8")
    tab.get_by_label("Find any row").fill("L87.2")
    tab.locator(".lab-tree .lab-choose").first.click()
    assert "L87.2 L87.2" not in tab.locator(".lab-passport").inner_text()


def test_what_cannot_be_used_is_said_on_the_page(open_tab):
    tab = open_tab()
    start(tab)
    tab.locator(".lab-tree .lab-choose").first.click()
    tab.get_by_label("Type another").fill("1,0")
    tab.get_by_role("button", name="Change 更改").click()
    tab.wait_for_selector(SHOWN.format('*="1%2C0"'))
    text = tab.locator(".lab-result").inner_text()
    assert "table-05.csv" in text
    assert "found '1,0'" in text


def test_each_case_shows_what_it_does(open_tab):
    tab = open_tab(viewport={"width": 360, "height": 740})
    start(tab)
    cases = tab.locator(".lab-cases button")
    assert cases.count() >= 4
    for number in range(cases.count()):
        before = tab.locator("#laboratory").get_attribute("data-shown")
        cases.nth(number).click()
        tab.wait_for_selector(f'#laboratory:not([data-shown="{before}"])')
        assert tab.locator(".lab-result li").count() >= 1
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_running_laboratory_hides_nothing_from_a_screen_reader(open_tab, width, scheme):
    tab = open_tab(viewport={"width": width, "height": 800}, color_scheme=scheme)
    start(tab)
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
    # The focus stands on the heading of the cases; the next stop is the first case.
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('*="="'))
    assert tab.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('=""'))


def test_from_a_folder_it_says_that_it_cannot_run(browser, site):
    tab = browser.new_page()
    tab.goto((site / PAGE[1:]).as_uri())
    words = tab.locator("div > p.lab-cannot").inner_text()
    assert "over http" in words
    assert tab.locator(".lab-still table").first.is_visible()
    assert "budgetbook check" in tab.locator("article").inner_text()
    tab.close()


def test_without_scripts_it_says_that_it_cannot_run(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + PAGE)
    assert "Scripts are off" in tab.locator("noscript").inner_text()
    assert tab.locator(".lab-still table").first.is_visible()
    context.close()
