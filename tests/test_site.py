"""The built site in a real browser: links, figures, console, width, Chinese, exact amounts."""

import csv
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag

import pytest
from accessibility import findings, violations
from axe_playwright_python.sync_playwright import Axe

import budgetbook
from budgetbook.facts import facts
from budgetbook.money import yuan
from budgetbook.site.chinese import mark
from budgetbook.site.serving import served


def failure(request):
    """What to note of a request that failed; one that leaving the page cut short is none."""
    cut_short = "ERR_ABORTED" in (request.failure or "")
    return [] if cut_short else [("failed", request.url, "")]


class Links(HTMLParser):
    """Collects the ids and the link targets of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.targets = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(named["id"])
        for name in ("href", "src"):
            if named.get(name):
                self.targets.append(named[name])


@pytest.fixture(scope="session")
def parsed(pages):
    """The links and ids of each page."""
    return {path: Links(text) for path, text in pages.items()}


def test_every_internal_link_and_anchor_resolves(parsed, site):
    broken = []
    for path, page in parsed.items():
        for target in page.targets:
            if re.match(r"(https?:|mailto:|data:|javascript:)", target):
                continue
            file, anchor = urldefrag(unquote(target))
            goal = (path.parent / file.partition("?")[0]).resolve() if file else path
            if goal.is_dir() or not goal.is_relative_to(site) or not goal.exists():
                broken.append((path.name, target))
            elif anchor and goal.suffix == ".html":
                ids = parsed[goal].ids if goal in parsed else Links(goal.read_text()).ids
                if anchor not in ids:
                    broken.append((path.name, target))
    assert not broken


def test_ids_are_unique_and_each_page_has_one_title(parsed, pages):
    for path, page in parsed.items():
        twice = {i for i in page.ids if page.ids.count(i) > 1}
        assert not twice, path
        article = pages[path].partition('<article class="bd-article"')[2]
        assert article.partition("</article>")[0].count("<h1>") == 1, path


def test_every_page_names_version_and_release_and_never_the_build(pages):
    for path, text in pages.items():
        assert f"Version {budgetbook.__version__}, released {budgetbook.RELEASED}" in text, path
        assert "Last updated" not in text, path


def test_the_words_of_the_home_page_are_computed(site, disclosure, results):
    text = (site / "book" / "index.html").read_text(encoding="utf-8")
    words = facts(disclosure)
    for name in ("total_wan", "change_percent", "change_direction", "checks_hold", "checks_fail"):
        assert words[name] in text
    failing = [r for r in results if r.verdict == "fails"]
    assert words["checks_fail"] == str(len(failing))


def test_nothing_raw_is_left_on_a_page(pages):
    for path, text in pages.items():
        visible = re.sub(r"(?s)<(script|style|pre|code).*?</\1>", "", text)
        for raw in ("{{", "}}", "{cell}", "{claim}", "```"):
            assert raw not in visible, (path, raw)


class Spoken(HTMLParser):
    """Collects the text of a page that has Chinese in it and is not marked as Chinese."""

    def __init__(self, text):
        super().__init__()
        self.open, self.unmarked = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.open.append((tag, (dict(attrs).get("lang") or "").startswith("zh")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if re.search("[\u4e00-\u9fff]", data) and not any(
            marked or tag in ("script", "title") for tag, marked in self.open
        ):
            self.unmarked.append(data.strip())


def test_chinese_is_marked_as_chinese_wherever_it_stands(pages):
    """Contents, charts, tables of the chapters, captions, passports: nothing is left out."""
    for path, text in pages.items():
        assert not Spoken(text).unmarked, path
        assert mark(text) == text, path


def test_marking_leaves_alone_what_is_marked_or_no_text():
    svg = "<svg><text>Rent 租赁费</text></svg>"
    assert mark(svg) == '<svg><text>Rent <tspan lang="zh-Hans">租赁费</tspan></text></svg>'
    for page in (
        "<title>预算</title>",
        "<script>const a = '<p>预算</p>';</script>",
        "<p lang='zh-CN'>一<b>预算<br>二</b>三</p>",
        '<img alt="预算">',
    ):
        assert mark(page) == page
    assert Spoken(f"{svg}<p lang='zh'>预算</p><p>预算</p>").unmarked == ["Rent 租赁费", "预算"]


def test_every_amount_reaches_its_row_exactly(site, data):
    for table in sorted((data / "published").glob("table-*.csv")):
        page = (site / "book" / "data" / f"{table.stem}.html").read_text(encoding="utf-8")
        rows = dict(re.findall(r'(?s)<tr[^>]*id="line-(\d+)"[^>]*>(.*?)</tr>', page))
        for row in csv.DictReader(table.open(encoding="utf-8")):
            cells = re.findall(r"<p>(.*?)</p>", rows[row["line"]])
            shown = [re.sub(r"<[^>]*>", "", cell) for cell in cells]
            for column, text in row.items():
                if re.fullmatch(r"\d+\.\d\d", text) and column != "weight":
                    assert yuan(Decimal(text)) in shown, (table.stem, row["line"], column)


@pytest.fixture(scope="class")
def visits(request, browser, pages, site):
    """Open every page at one width, in light and dark, below a path of a strict host.

    Keeps what was seen.
    """
    found, width = [], request.cls.WIDTH
    with served(site, "/books/budget") as address:
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme
            )
            tab = context.new_page()
            log = listen(tab)
            for path in [*pages, site / "search.html"]:
                log.clear()
                tab.goto(f"{address}/{path.relative_to(site).as_posix()}")
                tab.evaluate("document.fonts.ready")
                wide = tab.evaluate("document.documentElement.scrollWidth")
                charts = tab.evaluate(CHARTS)
                said = list(log)
                wrong = violations(tab)
                found.append(Visit(path, width, scheme, address, said, wide, charts, wrong))
            context.close()
    return found


class Visit(NamedTuple):
    """What was seen of a page in one view: console and requests, width, charts, axe's finds."""

    path: Path
    width: int
    scheme: str
    address: str
    log: list
    wide: int
    charts: list
    violations: list


def listen(tab):
    """Return a list that fills with (kind, what, text) of all that a tab says and asks for."""
    log = []
    tab.on("console", lambda m: log.append(("console", m.type, m.text)))
    tab.on("pageerror", lambda e: log.append(("console", "error", str(e))))
    tab.on("requestfailed", lambda r: log.extend(failure(r)))
    tab.on("request", lambda r: log.append(("request", r.url, "")))
    return log


#: What the browser sees of each chart and picture on a page.
CHARTS = """() => [...document.querySelectorAll('figure svg[role=img], article img')].map(e => {
  const figure = e.closest('figure');
  const frame = e.getBoundingClientRect();
  const texts = [...e.querySelectorAll('text')].map(t => t.getBoundingClientRect());
  const ink = [...e.querySelectorAll('text')].map(t => getComputedStyle(t).fill).join();
  return {
    alt: e.getAttribute('aria-label') || e.getAttribute('alt') || '',
    caption: figure ? (figure.querySelector('figcaption') || {innerText: ''}).innerText : '',
    smallest: Math.min(100, ...[...e.querySelectorAll('text')].map(
      t => parseFloat(getComputedStyle(t).fontSize) * frame.width / e.viewBox.baseVal.width)),
    outside: texts.some(r => r.left < frame.left - 2 || r.right > frame.right + 2
      || r.top < frame.top - 2 || r.bottom > frame.bottom + 2),
    overlap: texts.some((a, i) => texts.some((b, j) => i < j
      && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)),
    ink,
  };
})"""


class Visits:
    """What holds on every page, in light and dark; each width is visited by a worker of its own."""

    def test_no_page_says_anything_on_the_console_and_no_request_fails(self, visits):
        for visit in visits:
            bad = [entry for entry in visit.log if entry[0] in ("failed", "console")]
            assert not bad, (visit.path, visit.width, visit.scheme)

    def test_no_request_leaves_the_site(self, visits):
        for visit in visits:
            own = (f"{visit.address}/", "data:")
            asked = [url for kind, url, _ in visit.log if kind == "request"]
            assert asked, visit.path
            assert not [url for url in asked if not url.startswith(own)], visit.path

    def test_no_page_scrolls_sideways(self, visits):
        assert not {(v.path.name, v.width) for v in visits if v.wide > v.width}

    def test_no_page_hides_something_from_a_screen_reader(self, visits):
        """Axe finds nothing on any page, in light and dark, at phone and desk width."""
        found = {(v.path.stem, v.width, v.scheme, *one) for v in visits for one in v.violations}
        assert not found

    def test_every_chart_has_a_caption_and_an_alternative_text_that_say_something(self, visits):
        seen = 0
        for visit in visits:
            for chart in visit.charts:
                seen += 1
                assert len(chart["alt"]) > 40, visit.path
                assert re.search(r"\d", chart["alt"]), visit.path
                assert not re.search(r"[/\\]|[0-9a-f]{16}", chart["alt"]), visit.path
                assert len(chart["caption"]) > 40, visit.path
                assert re.search(r"\d", chart["caption"]), visit.path
        assert seen >= 2 * 10

    def test_charts_are_legible_at_every_width(self, visits):
        for visit in visits:
            for chart in visit.charts:
                what = (visit.path, visit.width, chart["alt"][:40])
                assert chart["smallest"] >= 9.5, what
                assert not chart["outside"], what
                assert not chart["overlap"], what

    def test_charts_follow_the_theme(self, visits):
        inks = {(v.path, v.scheme): {chart["ink"] for chart in v.charts} for v in visits}
        for (path, scheme), ink in inks.items():
            if ink and scheme == "light":
                assert ink.isdisjoint(inks[path, "dark"]), path


class TestPhone(Visits):
    """Every page on a phone."""

    WIDTH = 360


class TestDesk(Visits):
    """Every page at a desk."""

    WIDTH = 1280


def test_a_memory_for_colours_changes_nothing_that_axe_says(browser, site):
    """On a page with planted faults, some of them of colour, it says the same with and without."""
    said = []
    for asked in (findings, lambda tab: Axe().run(tab).response):
        tab = browser.new_page(viewport={"width": 360, "height": 800})
        tab.goto((site / "book" / "data" / "table-07.html").as_uri())
        tab.add_style_tag(
            content="article p { color: #888 } td { background: rgb(0 0 0 / 40%); opacity: 0.8 }"
        )
        tab.evaluate("document.querySelector('article').append(document.createElement('button'))")
        said.append({k: v for k, v in asked(tab).items() if k != "timestamp"})
        tab.close()
    assert said[0] == said[1]
    assert {"color-contrast", "button-name"} <= {v["id"] for v in said[0]["violations"]}


def test_every_page_opens_from_a_folder(browser, pages):
    """As from a memory stick: nothing is said, nothing fails, nothing but files is asked for."""
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    log = listen(tab)
    for path in pages:
        tab.goto(path.as_uri())
        tab.evaluate("document.fonts.ready")
    tab.close()
    assert not [e for e in log if e[0] != "request" or not e[1].startswith(("file:", "data:"))]


#: Draws characters with a font family and returns their pixels.
PIXELS = """([family, characters]) => [...characters].map(c => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 48;
  const context = canvas.getContext('2d');
  context.font = '32px ' + family;
  context.fillText(c, 4, 36);
  return context.getImageData(0, 0, 48, 48).data.join();
})"""


@pytest.mark.parametrize("family", ["the page's own", '"Book Chinese"'])
def test_chinese_renders_as_chinese(browser, site, family):
    tab = browser.new_page()
    tab.goto((site / "book" / "index.html").as_uri())
    loaded = tab.evaluate(
        "async () => (await document.fonts.load('32px \"Book Chinese\"', '预算项目渝北区')).length"
    )
    assert loaded >= 1
    if family == "the page's own":
        family = tab.evaluate("getComputedStyle(document.body).fontFamily")
    drawn = tab.evaluate(PIXELS, [family, "预算项目渝北区\U0010ffff"])
    tab.close()
    assert len(set(drawn)) == len(drawn), "different characters look the same: boxes"


def test_code_is_folded_and_opens_by_keyboard(browser, site):
    tab = browser.new_page()
    tab.goto((site / "notebooks" / "01-reconstruction.html").as_uri())
    first = tab.locator("details").first
    assert first.get_attribute("open") is None
    first.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert first.get_attribute("open") is not None
    tab.close()


@pytest.mark.parametrize("words", ["procurement", "政府采购"])
def test_the_search_finds_pages_without_a_server(browser, site, words):
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    log = []
    tab.on("console", lambda message: log.append((message.type, message.text)))
    tab.goto((site / "search.html").as_uri() + f"?q={words}")
    tab.wait_for_selector("#search-results li")
    assert not [entry for entry in log if entry[0] in ("error", "warning")]
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.close()
