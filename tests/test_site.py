"""The built site in a real browser: links, figures, console, width, Chinese, exact amounts."""

import csv
import gzip
import io
import json
import re
import struct
import time
import zlib
from decimal import Decimal
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urldefrag
from xml.etree import ElementTree

import jinja2
import pypdfium2
import pytest
from accessibility import COLOURS, findings, violations
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from docutils import nodes
from PIL import Image, ImageOps
from server import served

import budgetbook
from budgetbook.analysis.variance import whole
from budgetbook.checks import Verdict
from budgetbook.exact.money import wan, yuan
from budgetbook.model.address import parse
from budgetbook.model.disclosure import TOTAL
from budgetbook.proof.derived import amount
from budgetbook.proof.letters import request
from budgetbook.site import sharing
from budgetbook.site.chinese import mark
from budgetbook.site.pages import _heading
from budgetbook.site.png import _deflated
from budgetbook.site.search import MARK, packed, pieces, unpacked
from budgetbook.site.substitutions import facts
from budgetbook.site.terms import _beside, _parts
from budgetbook.site.told import of_pages, planned
from budgetbook.words.columns import plain
from budgetbook.words.reporting import owed


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


@pytest.mark.parametrize(
    ("before", "text", "behind", "linked"),
    [
        ("21", "项", "", []),
        ("in 21 findings 归为", "21", "项", []),
        ("by ", "item 项", "", ["item 项"]),
        ("", "by 项", "目", []),
        ("", "by 项", ", too", ["项"]),
    ],
)
def test_a_term_is_known_by_what_stands_beside_its_text(before, text, behind, linked):
    terms = (("item", "项", "item"), ("own unit", "本级", "own-unit"))
    paragraph = nodes.paragraph("", "", *map(nodes.Text, (before, text, behind)))
    found = list(_parts(text, terms, set(), "g", *_beside(paragraph[1])))
    assert "".join(part.astext() for part in found) == text
    assert [part.astext() for part in found if isinstance(part, nodes.reference)] == linked


def test_no_term_is_linked_behind_a_number(pages):
    for path, text in pages.items():
        assert not re.search(r"\d\s*(?:<[^>]*>)*<a [^>]*term-link[^>]*>(<[^>]*>)*[项类款]", text), (
            path
        )


def told(words, disclosure):
    """Words of a page with the amounts that their roles tell in 万元."""

    def shown(role):
        row, column = disclosure.at(parse(role[2]))
        return f"{wan(row[column])}{'' if role[1] else ' '}万元"

    return re.sub(r"\{wan(-zh)?\}`([^`]*)`", shown, words)


def test_the_words_of_the_home_page_are_computed(site, disclosure, results):
    text = (site / "book" / "index.html").read_text(encoding="utf-8")
    words = facts(disclosure)
    plain = re.sub(r"<[^>]*>", "", text)
    for name in ("plan_zh", "spent_zh", "plan", "spent"):
        assert told(words[name], disclosure) in plain
    for name in ("equalities_hold", "roundings_hold", "limits_hold", "forms_hold", "checks_fail"):
        assert f"<strong>{words[name]}</strong>" in text
    failing = [r for r in results if r.verdict == "fails"]
    assert words["checks_fail"] == str(len(failing))


def test_a_card_of_a_table_has_no_lines_between_its_values(browser, site):
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto((site / "book" / "class.html").as_uri())
    borders = """cells => cells.map(cell => getComputedStyle(cell).borderBottomWidth)"""
    found = tab.eval_on_selector_all("table.cards tbody tr > *", borders)
    tab.close()
    assert found
    assert {*found} == {"0px"}


def test_the_register_begins_with_one_screen(browser, site, register):
    """A line a finding, with grade, kind and money, at a desk; on a phone nothing is cut off."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto((site / "book" / "findings.html").as_uri())
    tab.evaluate("document.fonts.ready")
    lines = tab.locator(".finding-lines > li")
    boxes = [lines.nth(number).bounding_box() for number in range(lines.count())]
    told = [finding for finding in register if not finding.fine]
    kinds = {finding.brief_kind for finding in told}
    each = tab.locator("p", has_text="The kind of each").all_inner_texts()
    assert each == [f"The kind of each 各项的类型: {kind}." for kind in kinds if len(kinds) == 1]
    assert len(boxes) == len(told)
    assert max(box["height"] for box in boxes) < 1.5 * min(box["height"] for box in boxes)
    assert boxes[0]["height"] < 30
    assert boxes[-1]["y"] + boxes[-1]["height"] <= 900
    for finding, text in zip(told, lines.all_inner_texts(), strict=True):
        assert f": {finding.grade}" in text, finding.id
        assert (finding.brief_kind in text) is (len(kinds) > 1), finding.id
        assert all(size.money in text for size in finding.sizes), finding.id
    tab.set_viewport_size({"width": 360, "height": 780})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.close()


def test_what_a_check_counts_is_said_in_words(site):
    """A proof says how many there are and should be, and each of its places in both languages."""
    page = BeautifulSoup((site / "book" / "findings.html").read_text("utf-8"), "html.parser")
    rows = [
        [" ".join(c.get_text().split()) for c in row("td")] for row in page.select(".checks tr")
    ]
    counted = [cells for cells in rows if len(cells) == 5 and cells[2] == "but 而"]
    assert len(counted) > 8
    told = re.compile(r"(\d+ seen 见\d+项|\d+ needed 需\d+项|none expected 不应有)")
    assert all(told.fullmatch(cells[1]) and told.fullmatch(cells[3]) for cells in counted)
    mentioned = next(cells for cells in rows if cells and "产业发展的增减" in cells[0])
    assert mentioned[1:4] == ["1 needed 需1项", "but 而", "0 seen 见0项"]
    places = [cells[4] for cells in rows if len(cells) == 5]
    assert [
        place
        for place in places
        if re.match("table|text|line", place) and not re.search("表|文字|行", place)
    ] == []


def test_what_an_inference_refutes_says_so(site):
    text = (site / "book" / "findings.html").read_text(encoding="utf-8")
    refuted = re.findall(r"Refuted [^.]*?: ", re.sub(r"<[^>]+>", "", text))
    assert len(refuted) > 1
    assert all("on evidence B (inference 推断)" in words for words in refuted)


def test_the_page_of_repairs_names_each_kind_that_occurs(repo):
    """The list of kinds is kept by hand, and says that it is whole."""
    told = (repo / "book" / "data" / "repairs.md").read_text(encoding="utf-8")
    with (repo / "data" / "published" / "repairs.csv").open(encoding="utf-8") as rows:
        kinds = {row["kind"] for row in csv.DictReader(rows)}
    assert kinds == set(re.findall(r"^- `([\w-]+)`:", told, re.MULTILINE))


def test_no_page_says_that_a_table_was_not_published(repo):
    """The text that was read does not hold it: more is not known of the document's own pages."""
    wrong = re.compile(r"pages do not hold|listed, not printed|listed but not printed")
    pages = [*(repo / "book").rglob("*.md"), *(repo / "notebooks").glob("*.ipynb")]
    texts = {p: p.read_text(encoding="utf-8") for p in pages if p.name != "corrections.md"}
    assert len(texts) > 30
    assert [path for path, text in texts.items() if wrong.search(text)] == []


def test_what_the_form_asks_for_and_gets_no_check_of_is_told(site, results):
    text = (site / "book" / "checks.html").read_text(encoding="utf-8")
    head, bare = owed(results)
    shown = re.sub("<[^>]*>", "", text)
    assert bare
    assert head in shown
    assert [one for one in bare if f"{one.rule}: {one.why}" not in shown] == []


#: What a page shows if a role, a place or a computed word in it was not filled.
RAW = re.compile(r"\{\{|\}\}|\{[\w.*:/“”、~-]+\}|```")


def test_nothing_raw_is_left_on_a_page(pages):
    """The page of the editorial data alone shows the register as it is kept, with its places."""
    for path, text in pages.items():
        if path.match("book/data/editorial.html"):
            continue
        visible = re.sub(r"(?s)<(script|style|pre|code).*?</\1>", "", text)
        assert not RAW.search(visible), (path, RAW.search(visible)[0])


@pytest.mark.parametrize("resource", ["subjects", "reasons", "proofreading"])
def test_a_code_is_shown_as_its_file_has_it(site, disclosure, resource):
    """Some are called as tables are, and are not their numbers."""
    page = BeautifulSoup((site / "book" / "data" / "editorial.html").read_bytes(), "html.parser")
    for row in disclosure.reference[resource]:
        shown = page.find(id=f"{resource}/{row['code']}").find_all("code")
        assert row["code"] in [code.text for code in shown], row["code"]


def test_a_year_is_printed_without_a_separator(pages, disclosure):
    """The document prints a year as a year, and not as a quantity."""
    years = {int(c["value"]) for c in disclosure.claims if c["kind"] == "year"}
    assert disclosure.year in years
    for path, text in pages.items():
        found = [year for year in years if re.search(rf"(?<![\d,]){year:,}(?![\d,.])", text)]
        assert not found, (path, found)


def test_a_place_that_is_not_filled_would_be_seen():
    places = (
        "{weights.project-targets/编外聘用人员经费:gap}",
        "{claim:claims/totals/income/amount/this}",
    )
    for raw in (*places, "{{ total }}", "{printed}", "```"):
        assert RAW.search(f"<p data-card='{raw}'>The missing points")
        assert RAW.search(f"<p>The missing {raw} points")


class Spoken(HTMLParser):
    """Collects the runs that are marked as Chinese, and text with Chinese in it that is not."""

    def __init__(self, text):
        super().__init__()
        self.open, self.unmarked, self.runs = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        chinese = (dict(attrs).get("lang") or "").startswith("zh")
        if chinese and not any(marked for _, marked in self.open):
            self.runs.append("")
        self.open.append((tag, chinese))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(marked for _, marked in self.open):
            self.runs[-1] += data
        elif re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", data) and not any(
            tag in ("script", "style", "title") for tag, _ in self.open
        ):
            self.unmarked.append(data.strip())


def test_chinese_is_marked_as_chinese_wherever_it_stands(pages):
    """Contents, charts, tables of the chapters, captions, passports: nothing is left out."""
    for path, text in pages.items():
        assert not Spoken(text).unmarked, path
        assert mark(text) == text, path


def test_quotation_marks_are_chinese_in_pairs(pages):
    """A mark of a Chinese name never stands apart from it, and no English one goes with it."""
    for path, text in pages.items():
        for run in Spoken(text).runs:
            assert run.count("“") == run.count("”"), (path, run)
            assert run.count("‘") == run.count("’"), (path, run)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("“Three public” expenses “三公”经费支出", ["“三公”经费支出"]),
        ("落实“云长制”数据、“一件事”", ["落实“云长制”数据、“一件事”"]),
        ("called “预算”, or ‘2025年’", ["“预算”", "‘2025年’"]),
        ("“the budget 预算” and “预算 of a year”", ["预算", "预算"]),
        ("the district’s 预算’s “2025” (预算）《办法》", ["预算", "预算）《办法》"]),
    ],
)
def test_a_run_of_chinese_takes_the_marks_that_are_its_own(text, runs):
    assert Spoken(mark(text)).runs == runs


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


def test_every_amount_reaches_its_row_exactly(site, data, disclosure):
    files = {table.file: role for role, table in disclosure.form.tables.items()}
    for table in sorted((data / "published").glob("table-*.csv")):
        page = (site / "book" / "data" / f"{table.stem}.html").read_text(encoding="utf-8")
        rows = dict(re.findall(r'(?s)<tr[^>]*id="(row/[^"]+)"[^>]*>(.*?)</tr>', page))
        addresses = map(disclosure.address, disclosure.tables[files[table.stem]])
        printed = [*csv.DictReader(table.open(encoding="utf-8"))]
        for row, address in zip(printed, addresses, strict=True):
            upright = page if len(printed) == 1 else rows[address.anchor]  # one row stands upright
            cells = re.findall(r"<p>(.*?)</p>", upright)
            shown = [re.sub(r"<[^>]*>", "", cell) for cell in cells]
            for column, text in row.items():
                if re.fullmatch(r"\d+\.\d\d", text) and column != "weight":
                    assert yuan(Decimal(text)) in shown, (table.stem, row["line"], column)


def test_in_the_dark_nothing_but_colours_changes(repo):
    """So what axe finds on a page in one scheme, but of colours, holds in the other."""
    seen = 0
    for path in repo.glob("book/site/*.css"):
        style = path.read_text(encoding="utf-8")
        assert "prefers-color-scheme" not in style, path
        for rule in re.findall(r'data-theme="?dark"?\][^{]*\{([^}]*)\}', style):
            for line in filter(None, map(str.strip, rule.splitlines())):
                assert re.match(r"--[\w-]+: #[0-9a-f]{3,8};|color-scheme: dark;", line), line
                seen += 1
    assert seen > 10


@pytest.fixture(scope="class")
def visits(request, browser, pages, site):
    """Open every page at one width, below a path of a strict host, in light and in dark.

    A page is loaded in the first of the two schemes and then put into the other, as a device
    does in the evening; there axe looks at colours, for nothing else changes. Keeps what was seen.
    """
    found, width, schemes = [], request.cls.WIDTH, request.cls.SCHEMES
    with served(site, "/books/budget") as address:
        tab = browser.new_page(viewport={"width": width, "height": 800})
        log = listen(tab)
        for path in [*pages, site / "search.html"]:
            log.clear()
            tab.emulate_media(color_scheme=schemes[0])
            tab.goto(f"{address}/{path.relative_to(site).as_posix()}")
            tab.evaluate("document.fonts.ready")
            for scheme in schemes:
                tab.emulate_media(color_scheme=scheme)
                tab.wait_for_function(
                    "s => document.documentElement.dataset.theme === s", arg=scheme
                )
                wide = tab.evaluate("document.documentElement.scrollWidth")
                charts, tables = tab.evaluate(CHARTS), tab.evaluate(TABLES)
                said = list(log)
                wrong = violations(tab, () if scheme == schemes[0] else COLOURS)
                found.append(Visit(path, width, scheme, address, said, wide, charts, tables, wrong))
        tab.close()
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
    tables: list
    violations: list


def listen(tab):
    """Return a list that fills with (kind, what, text) of all that a tab says and asks for."""
    log = []
    tab.on("console", lambda m: log.append(("console", m.type, m.text)))
    tab.on("pageerror", lambda e: log.append(("console", "error", str(e))))
    tab.on("requestfailed", lambda r: log.extend(failure(r)))
    tab.on("request", lambda r: log.append(("request", r.url, "")))
    return log


#: What the browser sees of each chart and picture on a page. Of a chart that is drawn for desk and
#: phone only one drawing is shown. A text stands upon the last shape drawn below it, or the page.
CHARTS = """() => {
  const rgba = (text) => [...text.matchAll(/[\\d.]+/g)].map(Number);
  const over = (top, alpha, below) => below.map((value, i) => top[i] * alpha + value * (1 - alpha));
  const light = (colour) => colour.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const page = (e) => {
    const colour = rgba(getComputedStyle(e).backgroundColor);
    return colour.length === 3 ? colour : e.parentElement ? page(e.parentElement) : [255, 255, 255];
  };
  const upon = (svg, text, x, y) => {
    const point = new DOMPoint(x, y);
    const paths = [...svg.querySelectorAll('path')].filter((path) =>
      path.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
      && !path.closest('clipPath, defs') && getComputedStyle(path).fill !== 'none'
      && path.isPointInFill(point.matrixTransform(path.getScreenCTM().inverse())));
    const style = paths.length ? getComputedStyle(paths.at(-1)) : null;
    const alpha = style ? style.opacity * style.fillOpacity : 1;
    const ground = style ? over(rgba(style.fill), alpha, page(svg)) : page(svg);
    return {ground, pale: alpha < 1};
  };
  return [...document.querySelectorAll('figure svg[role], article img')].map((e) => {
    const figure = e.closest('figure');
    const frame = e.getBoundingClientRect();
    const words = [...e.querySelectorAll('text')];
    const texts = words.map((t) => t.getBoundingClientRect());
    const shown = e.checkVisibility();
    const grounds = shown ? words.flatMap((word, i) => [0.02, 0.5, 0.98].map((part) => {
      const {left, width, top, height} = texts[i];
      const below = upon(e, word, left + part * width, top + height / 2);
      return {...below, contrast: contrast(rgba(getComputedStyle(word).fill), below.ground)};
    })) : [];
    return {
      shown,
      view: (e.closest('.desk, .phone') || {className: ''}).className,
      alt: e.getAttribute('aria-label') || e.getAttribute('alt') || '',
      caption: figure ? [...figure.querySelectorAll('figcaption, p.source')]
        .map((p) => p.innerText).join(' ') : '',
      smallest: Math.min(100, ...words.map(
        (t) => parseFloat(getComputedStyle(t).fontSize) * frame.width / e.viewBox.baseVal.width)),
      outside: texts.some((r) => r.left < frame.left - 2 || r.right > frame.right + 2
        || r.top < frame.top - 2 || r.bottom > frame.bottom + 2),
      overlap: texts.some((a, i) => texts.some((b, j) => i < j
        && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)),
      contrast: Math.min(21, ...grounds.map((ground) => ground.contrast)),
      pale: grounds.some((ground) => ground.pale),
      ink: words.map((t) => getComputedStyle(t).fill).join(),
    };
  });
}"""


#: What a reader sees of each table at rest: whether it is wider than its frame, the rows of which
#: the name or the first amount is cut, and the columns narrower than seven letters that hold words.
TABLES = r"""() => [...document.querySelectorAll('article table')]
  .filter(t => t.checkVisibility() && !t.closest('details:not([open])'))
  .map(t => {
    const frame = t.closest('.table-frame') || t.parentElement;
    const edge = Math.min(innerWidth, frame.getBoundingClientRect().right) + 1;
    const cut = cell => {
      if (!cell) return false;
      const range = document.createRange();
      range.selectNodeContents(cell);
      return [...range.getClientRects()].some(r => r.width > 1 && r.right > edge + 1);
    };
    const rows = [...t.querySelectorAll('tbody tr')].map(row => [...row.cells]);
    const named = cells => cells.find(c => /[A-Za-z\u4e00-\u9fff]/.test(c.textContent));
    const first = cells => cells.find(c => c.matches('.number') && /\d/.test(c.textContent));
    const narrow = c => {
      const style = getComputedStyle(c);
      const size = parseFloat(style.fontSize);
      const room = c.getBoundingClientRect().width - parseFloat(style.paddingRight);
      const words = /[A-Za-z]{2,}\s+[A-Za-z]{2,}|[\u4e00-\u9fff]{5,}/.test(c.innerText);
      const broken = c.getBoundingClientRect().height > 2.4 * parseFloat(style.lineHeight);
      return words && broken && !c.matches('.number') && room > 0 && room < 7 * size - 1;
    };
    return {
      head: t.tHead ? t.tHead.innerText.slice(0, 60) : '',
      wide: t.scrollWidth > frame.clientWidth + 1,
      cut: rows.filter(cells => cut(named(cells)) || cut(first(cells))).length,
      narrow: rows.flat().filter(narrow).map(c => c.innerText.slice(0, 40)),
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

    def test_hardly_a_table_is_wider_than_the_screen(self, visits):
        tables = [(v.path.stem, t["head"], t["wide"]) for v in visits for t in v.tables]
        assert len(tables) > 2 * 150
        assert 10 * sum(wide for *_, wide in tables) <= len(tables)

    def test_no_column_that_holds_words_is_narrower_than_seven_letters(self, visits):
        found = {(v.path.stem, t["head"], *t["narrow"][:1]) for v in visits for t in v.tables}
        assert not {one for one in found if one[2:]}

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
        """Each text is as large as that of a small note at least, alone and within its drawing."""
        for visit in visits:
            for chart in filter(lambda chart: chart["shown"], visit.charts):
                what = (visit.path, visit.width, chart["alt"][:40])
                assert chart["smallest"] >= (12 if chart["view"] else 9.5), what
                assert not chart["outside"], what
                assert not chart["overlap"], what

    def test_a_text_of_a_chart_can_be_read_upon_what_it_stands(self, visits):
        """And it stands upon no ribbon, nor on another pale shape."""
        for visit in visits:
            for chart in filter(lambda chart: chart["shown"] and chart["view"], visit.charts):
                what = (visit.path, visit.width, visit.scheme, chart["alt"][:40])
                assert chart["contrast"] >= 4.5, what
                assert not chart["pale"], what

    def test_a_phone_and_a_desk_see_their_own_drawing_alone(self, visits):
        seen = 0
        for visit in visits:
            mine = "phone" if visit.width < 640 else "desk"
            for chart in filter(lambda chart: chart["view"], visit.charts):
                assert chart["shown"] == (chart["view"] == mine), visit.path
                seen += 1
        assert seen >= 2 * 2 * 4

    def test_charts_follow_the_theme(self, visits):
        inks = {(v.path, v.scheme): {chart["ink"] for chart in v.charts} for v in visits}
        for (path, scheme), ink in inks.items():
            if ink and scheme == "light":
                assert ink.isdisjoint(inks[path, "dark"]), path


class TestPhone(Visits):
    """Every page on a phone, opened in light."""

    WIDTH, SCHEMES = 360, ("light", "dark")

    def test_each_row_shows_its_name_and_its_first_amount(self, visits):
        assert not {
            (v.path.stem, t["head"], t["cut"]) for v in visits for t in v.tables if t["cut"]
        }


class TestDesk(Visits):
    """Every page at a desk, opened in dark."""

    WIDTH, SCHEMES = 1280, ("dark", "light")


#: A drawing with a ribbon, a box, and a text that stands right; what a fault in it is seen by.
DRAWING = """<style>body {background: #fff} .phone {display: none}</style>
<figure><div class="desk"><svg role="img" aria-label="a" viewBox="0 0 200 60" width="200">
<path d="M 0 0 L 80 0 L 80 30 L 0 30 z" fill="#3f6fa8"/>
<path d="M 80 0 C 100 0 100 30 120 30 L 120 60 C 100 60 100 30 80 30 z" fill="#000" opacity="0.4"/>
<text x="8" y="18" font-size="12" fill="#ffffff">box</text>
<text x="140" y="18" font-size="12" fill="#1c242b">page</text></svg></div>
<div class="phone"><svg role="img" viewBox="0 0 9 9"><text>b</text></svg></div></figure>"""


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("", "", {}),
        ("#3f6fa8", "#97b98a", {"contrast": False}),
        ('x="140" y="18"', 'x="84" y="32"', {"pale": True}),
        ('x="140" y="18"', 'x="12" y="22"', {"overlap": True, "contrast": False}),
        ('x="140" y="18"', 'x="190" y="18"', {"outside": True}),
        ('width="200"', 'width="180"', {"smallest": False}),
        (".phone {", ".desk {", {"shown": False}),
    ],
)
def test_what_is_wrong_with_a_drawing_is_seen(browser, old, new, seen):
    tab = browser.new_page(viewport={"width": 400, "height": 300})
    tab.set_content(DRAWING.replace(old, new))
    desk, phone = tab.evaluate(CHARTS)
    tab.close()
    assert phone["shown"] != desk["shown"]
    found = {key: desk[key] for key in ("pale", "overlap", "outside", "shown")}
    if desk["shown"]:
        found |= {"contrast": desk["contrast"] >= 4.5, "smallest": desk["smallest"] >= 12}
    right = {"pale": False, "overlap": False, "outside": False, "shown": True}
    right |= {"contrast": True, "smallest": True}
    assert found.items() <= (right | seen).items()


def test_a_better_memory_changes_nothing_that_axe_says(browser, site):
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


#: What stands outside an A4 page less its margins, and what of the apparatus is printed.
PRINTED = r"""() => {
  const main = document.querySelector('main').getBoundingClientRect();
  const cells = [...document.querySelectorAll('article :is(th, td, pre)')];
  const out = cells.filter(c => c.checkVisibility()).filter(c => {
    const range = document.createRange();
    range.selectNodeContents(c);
    return range.getBoundingClientRect().right > main.right + 2;
  });
  const asked = '.exercise > summary, form.practice, .readings > summary';
  const tools = 'summary, button, form, nav, a.here, a.headerlink, .tools';
  const shown = [...document.querySelectorAll(tools)].filter(e => e.checkVisibility()
    && !e.matches(asked) && !e.closest('details.passport, details[open]'));
  return [out.map(c => c.innerText.slice(0, 30)), shown.map(e => e.outerHTML.slice(0, 60))];
}"""


def test_paper_holds_every_column_and_no_apparatus(browser, pages):
    """As Ctrl+P lays it out: A4 less its margins is 680 pixels wide."""
    tab = browser.new_page(viewport={"width": 680, "height": 962})
    tab.emulate_media(media="print")
    found = {}
    for path in pages:
        tab.goto(path.as_uri())
        out, apparatus = tab.evaluate(PRINTED)
        if out or apparatus:
            found[path.stem] = (len(out), out[:2], apparatus[:2])
    tab.close()
    assert not found


def test_every_page_opens_from_a_folder(browser, pages):
    """As from a memory stick: nothing is said, nothing fails, nothing but files is asked for."""
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    log = listen(tab)
    for path in pages:
        tab.goto(path.as_uri())
        tab.evaluate("document.fonts.ready")
    tab.close()
    assert not [e for e in log if e[0] != "request" or not e[1].startswith(("file:", "data:"))]


def test_paper_is_light_whatever_the_theme_and_has_what_is_open(browser, site):
    """What a reader opened below a finding is printed, without its button."""
    tab = browser.new_page(viewport={"width": 680, "height": 962}, color_scheme="light")
    inks = {}
    for theme in ("light", "dark"):
        tab.goto((site / "book" / "findings.html").as_uri())
        tab.locator(".buttons summary").first.click()
        tab.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        tab.emulate_media(media="print")
        inks[theme] = tab.evaluate(INKS)
        assert tab.locator(".buttons details[open] p").first.is_visible()
        assert not tab.locator(".buttons details:not(.readings) > summary:visible").count()
        readings = tab.locator(".buttons details.readings:not([open]) td")
        assert readings.count() > 40
        assert all(cell.is_visible() for cell in readings.all())
        tab.emulate_media(media="screen")
    tab.close()
    assert inks["light"] == inks["dark"]


def test_each_sheet_of_paper_says_which_page_it_is_of(browser, site):
    tab = browser.new_page()
    tab.goto((site / "book" / "findings.html").as_uri())
    sheets = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
    tab.close()
    assert len(sheets) > 5
    for sheet in sheets:
        words = sheet.get_textpage().get_text_range()
        for part in ("Findings", budgetbook.__version__, "book/findings.html"):
            assert part in words


#: The colours of the text and of its links and tables.
INKS = """() => ['body', 'article h2', 'article a', 'article td', 'article .zh'].map((one) =>
  getComputedStyle(document.querySelector(one)).color)"""


def test_findings_stay_within_a_phone_once_all_are_laid_out(browser, site):
    """A part out of sight is laid out when it comes into sight, and then scrolls no page."""
    tab = browser.new_page(viewport={"width": 360, "height": 780})
    tab.goto((site / "book" / "findings.html").as_uri())
    tab.add_style_tag(content="* { content-visibility: visible !important }")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.close()


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


def test_the_switch_of_all_code_says_what_it_will_do(browser, site):
    tab = browser.new_page()
    tab.goto((site / "notebooks" / "02-reconciliation.html").as_uri())
    for name, opens in (("Show all code 展开代码", True), ("Hide all code 收起代码", False)):
        tab.get_by_role("button", name=name, exact=True).click()
        code = tab.locator("details.above-input").first
        assert (code.get_attribute("open") is not None) == opens
    assert tab.locator("button.all-code").inner_text() == "Show all code 展开代码"
    # A button that copies is seen when it is reached.
    tab.locator("button.all-code").click()
    tab.locator("button.copybtn").first.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    tab.wait_for_function("getComputedStyle(document.querySelector('.copybtn')).opacity === '1'")
    tab.close()


#: The frames in sight that are a stop of the keyboard and do not scroll, or scroll and are none.
STOPS = """() => [...document.querySelectorAll('.table-frame, article pre')]
  .filter((frame) => frame.checkVisibility())
  .filter((frame) => (frame.tabIndex === 0) !== (frame.scrollWidth > frame.clientWidth))
  .map((frame) => frame.innerText.slice(0, 80))"""


def test_a_frame_is_a_stop_of_the_keyboard_where_it_scrolls(browser, site):
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto((site / "notebooks" / "02-reconciliation.html").as_uri())
    tab.get_by_role("button", name="Show all code").click()
    for width in (360, 1280, 360):
        tab.set_viewport_size({"width": width, "height": 740})
        tab.wait_for_function(f"({STOPS})().length === 0")
        assert tab.locator("article pre[tabindex]").count()
    tab.close()


def test_the_contents_say_where_one_is_and_close_when_the_keyboard_leaves(browser, site):
    tab = browser.new_page(viewport={"width": 640, "height": 450})
    tab.goto((site / "book" / "findings.html").as_uri())
    contents = tab.locator("nav.pages")
    assert "Findings" in contents.locator('[aria-current="page"]').inner_text()
    for key in ("Tab", "Shift+Tab"):
        tab.get_by_role("button", name="Contents").focus()
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        inside = "document.querySelector('nav.pages').contains(document.activeElement)"
        while tab.evaluate(inside):
            assert contents.is_visible()
            tab.keyboard.press(key)
        assert not contents.is_visible()
        assert tab.evaluate("document.activeElement.closest('header') !== null")
    tab.close()


@pytest.mark.parametrize("width", [360, 640])
def test_what_a_page_of_data_opens_stays_within_the_window(browser, site, width):
    tab = browser.new_page(viewport={"width": width, "height": 450})
    wide = {}
    for path in sorted((site / "book" / "data").glob("*.html")):
        tab.goto(path.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        wide[path.name] = tab.evaluate("document.documentElement.scrollWidth")
    tab.close()
    assert len(wide) > 10
    assert not {name: drawn for name, drawn in wide.items() if drawn > width}


def test_the_glossary_can_be_narrowed_to_some_terms(browser, site):
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto((site / "book" / "glossary.html").as_uri())
    terms = tab.locator("#glossary dt:visible")
    whole = terms.count()
    tab.get_by_label("Find a term").fill("三公")
    assert 0 < terms.count() < whole
    told = zip(terms.all_inner_texts(), tab.locator("dd:visible").all_inner_texts(), strict=True)
    assert all("三公" in term + text for term, text in told)
    assert tab.locator(".seek [role=status]").inner_text().startswith(f"{terms.count()} term")
    assert not violations(tab)
    # A link to a term that is left out shows all again.
    tab.evaluate("location.hash = '#term-blank-and-zero'")
    tab.locator("#term-blank-and-zero").wait_for()
    assert terms.count() == whole
    tab.close()


def test_a_verdict_on_an_answer_is_in_sight(browser, site):
    tab = browser.new_page(viewport={"width": 640, "height": 450})
    tab.goto((site / "book" / "practice.html").as_uri())
    form = tab.locator("form.practice[data-kind=choice]").first
    button = form.get_by_role("button")
    bottom = "button => scrollBy(0, button.getBoundingClientRect().bottom + 2 - innerHeight)"
    form.locator("input").first.check()
    button.focus()
    button.evaluate(bottom)
    tab.keyboard.press("Enter")
    assert form.locator("output").inner_text()
    box = form.locator("output").bounding_box()
    assert box["y"] + box["height"] <= 450
    tab.close()


#: Words of every length; the last stands nowhere.
WORDS = (
    "税 预算 绩效 支出 工资 采购 政府采购 三公 养老 核对 养老保险 一般公共预算 "
    "大数据应用发展管理局 一般项目绩效目标 功能分类科目编码 采购月球"
)
#: Elements that stand within a line, and part no word.
WITHIN = {
    *("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small"),
    *("span", "strong", "sub", "sup", "tspan", "u"),
}
#: A mark between two Chinese letters: the word before and the word after it are one as well.
BETWEEN = re.compile(r"""(?<=[㐀-鿿])["'“”‘’「」『』《》〈〉【】()（）](?=[㐀-鿿])""")


class Visible(HTMLParser):
    """The text of a page's article, a line for each element that is no part of a line."""

    def __init__(self, page):
        super().__init__()
        self.text, self.inside, self.hidden = "", False, False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.inside |= tag == "article"
        self.hidden |= tag in ("script", "style")
        self.text += "" if tag in WITHIN else "\n"

    def handle_endtag(self, tag):
        self.inside &= tag != "article"
        self.hidden &= tag not in ("script", "style")
        self.text += "" if tag in WITHIN else "\n"

    def handle_data(self, data):
        self.text += data if self.inside and not self.hidden else ""


@cache
def visible(page):
    """The text that the article of a page shows."""
    return Visible(page).text


@pytest.fixture
def search(browser, site):
    """Search the book for words, opened from a folder; return what is found: page → places."""
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    log = listen(tab)

    def found(words):
        tab.goto((site / "search.html").as_uri() + f"?q={quote(words)}")
        places = {}
        links = "links => links.map(link => [link.href, link.innerText])"
        for goal, line in tab.eval_on_selector_all("#search-results li li a", links):
            page, anchor = urldefrag(goal)
            places.setdefault(page, []).append((unquote(anchor), line))
        return places

    yield found
    assert not [entry for entry in log if entry[0] in ("console", "failed")]
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.close()


def holding(pages, word):
    """The pages whose text holds a word."""
    return {path.as_uri() for path, text in pages.items() if word in visible(text)}


def test_the_search_finds_every_page_that_holds_a_chinese_word_and_no_other(search, pages):
    for word in WORDS.split():
        found = search(word)
        assert set(found) == holding(pages, word), word
        assert all(word in line for places in found.values() for _, line in places), word


def test_each_word_of_two_chinese_letters_finds_every_page_that_holds_it_and_no_other(
    browser, site, pages
):
    """Of all that an article shows, its exercises and texts to cite among it."""
    holds = {}
    for path, html in pages.items():
        text = visible(html)
        for run in re.findall("[㐀-鿿]+", f"{text}\n{BETWEEN.sub('', text)}"):
            for one, other in pairwise(run):
                name = str(path.relative_to(site).with_suffix("").as_posix())
                holds.setdefault(one + other, set()).add(name)
    assert len(holds) > 3000
    tab = browser.new_page()
    tab.goto((site / "search.html").as_uri())
    names = "words => words.map(word => searchBook(word).map(({page}) => page))"
    found = dict(zip(holds, tab.evaluate(names, [*holds]), strict=True))
    tab.close()
    wrong = {word: pages ^ {*found[word]} for word, pages in holds.items()}
    assert not {word: pages for word, pages in wrong.items() if pages}


def test_a_word_goes_on_within_a_line_and_ends_with_it():
    page = "<article><p>预<b>算</b>是<span>公</span>开</p><p>的</p><td>支</td><td>出</td></article>"
    assert pieces(page) == [("", "预算是公开 的 支 出")]


def test_a_mark_between_two_chinese_letters_is_not_looked_for(search, pages):
    found = search("三公经费")
    assert len(found) > 10
    assert set(found) == set(search("“三公”经费"))
    assert set(found) == holding(pages, "“三公”经费") | holding(pages, "三公经费")
    assert set(search("因公出国(境)费")) == set(search("因公出国境费"))


def test_the_currency_of_an_amount_is_not_looked_for(search):
    ways = ("RMB 9,912", "人民币9912元", "CNY 9912", "9,912 RMB", "9912元人民币", "rmb￥9,912.00")
    found = search("9,912")
    assert found
    assert all(search(way) == found for way in ways)


@pytest.mark.parametrize("rounded", ["5,648,141", "5648141元", "564.81", "564.8"])
def test_an_amount_is_found_by_a_number_that_it_rounds_to(search, rounded):
    """After the places that hold the number itself."""
    found = search(rounded)
    places = [(anchor, line) for links in found.values() for anchor, line in links]
    assert ("figure/total.total", True) in {(a, "5,648,141.13" in line) for a, line in places}
    own = [bool(re.search(rf"{rounded}(?![\d.])", links[0][1])) for links in found.values()]
    assert own == sorted(own, reverse=True)
    assert not any("5,648,141.13" in line for links in search("8.4").values() for _, line in links)


def test_an_amount_in_ten_thousands_comes_before_a_code_of_its_digits(search):
    first = next(iter(search("210.0").values()))[0][1]
    assert re.search(r"210\.0|2,100,000\.00", first), first


#: Pages that repeat what others say.
LATE = ("derived", "checks", "guards", "editorial", "corrections")


@pytest.mark.parametrize("words", ["公务接待费", "就业", "产业发展", "2150517", "公用经费"])
def test_tables_and_findings_are_found_before_what_repeats_them(search, words):
    late = [Path(page).stem in LATE for page in search(words)]
    assert late == sorted(late)
    assert set(late) == {False, True}


def test_a_row_of_a_table_that_lies_on_its_side_is_found(search, site):
    places = search("公务接待费")[(site / "book" / "data" / "table-10.html").as_uri()]
    assert places[0] == ("row/total.reception", "Official receptions 公务接待费 2,000.00 2,000.00")


def test_the_first_place_is_next_to_who_searches_by_keyboard(browser, site):
    """And the button stands beside the field on the narrowest phone."""
    tab = browser.new_page(viewport={"width": 320, "height": 640})
    tab.goto((site / "search.html").as_uri())
    tab.keyboard.type("采购")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**q=*")
    assert tab.evaluate("document.activeElement.id") == "search-summary"
    tab.keyboard.press("Tab")
    first = tab.locator("#search-results a").first
    assert first.evaluate("link => link === document.activeElement")
    field, button = (tab.locator(f"form.ask input[{kind}]") for kind in ("name=q", "type=submit"))
    assert field.bounding_box()["y"] == button.bounding_box()["y"]
    assert field.bounding_box()["width"] > 120
    tab.close()


def test_where_errors_are_corrected_is_found_by_the_usual_words(search):
    for word in ("纠错", "更正"):
        assert {"corrections", "method"} & {Path(page).stem for page in search(word)}, word


def test_a_search_that_finds_no_page_says_where_else_to_look(browser, site):
    tab = browser.new_page()
    for goal in ("book/glossary.html", "book/data/index.html"):
        for number in (0, 1):
            tab.goto((site / "search.html").as_uri() + "?q=招待")
            assert "找到0页" in tab.locator("#search-summary").inner_text()
            tab.locator(f"#search-summary a[href='{goal}']").nth(number).click()
            tab.wait_for_url(f"**/{goal}")
    tab.close()


@pytest.mark.parametrize(
    "ways",
    [
        (
            "9,912",
            "9912",
            "9912.00",
            "９，９１２",
            "9 912.00",
            "￥9,912元",
            "0.9912万元",
            "0.9912 万",
        ),
        ("200,000", "200000", "200 000"),
    ],
)
def test_the_search_finds_an_amount_in_each_way_of_writing_it(search, pages, ways):
    found = [search(way) for way in ways]
    assert all(each == found[0] for each in found)
    assert holding(pages, "9,912.00" if ways[0] == "9,912" else "200,000.00") <= set(found[0])
    best = next(iter(found[0].values()))[0]
    assert best[0].startswith("figure/"), "the passport of the printed amount is first"
    assert best[1].startswith(ways[0])


def test_the_search_finds_every_printed_amount(site, disclosure):
    """By the numbers that the browser would look for: the text holds each, with its passport."""
    script = (site / "_static" / "search-pages.js").read_text(encoding="utf-8")
    lines = script.strip().split("\n")
    places, *texts = (json.loads(line.split(" = ", 1)[1][:-1]) for line in lines)
    anchors = [anchor for *_, page in places for anchor in page]
    held = {
        (anchor, text.split(" ")[0])
        for anchor, text in zip(anchors, unpacked(*texts).split("\n"), strict=True)
    }
    for figure in disclosure.published():
        assert (figure.address.anchor, yuan(figure.amount)) in held, figure


#: Finds the passports of amounts: anchor, amount, what is marked of it.
PASSPORTS = """queries => queries.map(query => searchBook(query).map(({places}) => places
  .filter(({anchor}) => anchor.startsWith("figure/"))
  .map(({anchor, text, hits: [[at, length]]}) =>
    [anchor, text.split(" ")[0], text.substr(at, length), at, places[0].anchor])).flat())"""


def written(money):
    """Each way of writing an amount, and to how many decimals of 万元 it is written, if so."""
    commas = f"{money:,}"
    full = "".join(chr(ord(letter) + 0xFEE0) for letter in commas)
    blanks = [commas.replace(",", blank) for blank in (" ", "\u202f")]
    for way in (commas, str(money), *blanks, full, f"￥{commas}", f"{money}元", f"{commas} 元"):
        yield way, None
    exact = -(money / 10_000).normalize().as_tuple().exponent
    for decimals in (max(exact, 0), 2, 1):
        yield f"{wan(money, decimals)}万元", decimals


def test_every_printed_amount_is_found_in_each_way_of_writing_it(browser, site, disclosure):
    """Its passports, each marked where it stands; and as 万元 nothing that rounds otherwise."""
    passports = {}
    for figure in disclosure.published():
        if abs(figure.amount) >= 1000:
            passports.setdefault(abs(figure.amount), set()).add(figure.address.anchor)
    assert len(passports) > 80
    ways = [(money, *way) for money in passports for way in written(money)]
    tab = browser.new_page()
    tab.goto((site / "search.html").as_uri())
    lost, wrong = [], []
    for (money, query, decimals), places in zip(
        ways, tab.evaluate(PASSPORTS, [query for _, query, _ in ways]), strict=True
    ):
        own = {(a, shown, at) for a, text, shown, at, _ in places if text == yuan(money)}
        if not {(anchor, yuan(money), 0) for anchor in passports[money]} <= own:
            lost.append(query)
        if not places or not places[0][-1].startswith("figure/"):
            lost.append(query)
        for _, _, shown, at, _ in places:
            found = Decimal(re.sub(r"[^\d.]", "", shown)) * (10_000 if "万" in shown else 1)
            same = found == money if decimals is None else wan(found, decimals) == query[:-2]
            if at == 0 and not same:
                wrong.append((query, shown))
    tab.close()
    assert not lost, (len(lost), lost[:5])
    assert not wrong, (len(wrong), wrong[:5])


def test_an_amount_in_ten_thousands_is_rounded_half_up_to_the_decimals_written(browser, site):
    """As a text of its own has it, in yuan or in 万元; no code, rate or count is an amount."""
    holds = {
        "0.99万元": [
            "9,912.00",
            "9912.00 paid",
            "9,850 元",
            "9,949.99 yuan",
            "0.99 万元",
            "0.9949万元",
        ],
        "1.00 万": ["9,950.00", "10,049.99"],
        "20万元": ["195,000.00", "204,999.99", "20 万元", "19.5万元"],
        "564.814113万元": ["5,648,141.13"],
    }
    no = {
        "0.99万元": ["9,950.00", "9,849.99", "9912", "9,912 departments", "0.98 万元", "99.00%"],
        "20万元": ["194,999.99", "205,000.00", "20 of 万元", "1.20.00", "2020", "200,000.001"],
        "20万人": ["200,000.00"],
        "564.814114万元": ["5,648,141.13"],
    }
    tab = browser.new_page()
    tab.goto((site / "search.html").as_uri())
    finds = """([query, text]) => {
      BOOK_PAGES.splice(0, Infinity, ["page", "title", [""]]);
      BOOK_TEXT = text;
      return searchBook(query).length;
    }"""
    for wanted, cases in ((1, holds), (0, no)):
        for query, texts in cases.items():
            for text in texts:
                tab.goto((site / "search.html").as_uri())
                assert tab.evaluate(finds, [query, text]) == wanted, (query, text)
    tab.close()


def test_digits_that_are_no_amount_together_are_sought_apart(search):
    places = [line for page in search("208 215").values() for _, line in page]
    assert all("208" in line or "215" in line for line in places)
    assert places


def test_every_figure_can_be_taken_as_a_picture_and_as_values(site, disclosure):
    """The picture has the figure's caption, the values are its table's, as a program reads them."""
    seen = 0
    for path in sorted(site.rglob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for figure in page.select("article figure.chart"):
            picture, values = (path.parent / a["href"] for a in figure.select("a[download]"))
            words = " ".join(ElementTree.parse(picture).getroot().itertext())
            source = figure.select_one("p.source")
            caption = figure.figcaption.get_text() + (source.get_text() if source else "")
            told, said = ("".join(each.split()) for each in (caption.replace("¶", ""), words))
            said, licence, _ = said.rpartition("CCBY4.0")
            assert licence, path
            said = said.rpartition(disclosure.document["office"])[0]
            assert said.endswith(told[-60:]), path  # however its lines are broken
            table = [[cell.get_text() for cell in row("th") + row("td")] for row in figure("tr")]
            with values.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.reader(stream))
            amounts = [cell for row in rows for cell in row if re.fullmatch(r"[+−-]?[\d,.]+", cell)]
            assert all(re.fullmatch(r"-?\d+(\.\d+)?", amount) for amount in amounts), path
            assert rows == [[plain(cell) for cell in row] for row in table], path
            seen += 1
    assert seen > 20


def test_no_style_is_lost_in_a_browser_of_2020(repo):
    """The ones inside apps on phones are often that old; they drop a rule that they cannot read."""
    styles = [*repo.glob("book/site/*.css"), *repo.glob("src/**/*.css")]
    assert len(styles) > 3
    for path in styles:
        style = path.read_text(encoding="utf-8")
        assert not re.findall(r":(?:is|where)\(.*", style), path
        for before, unit in re.findall(r"([^\n]*)\n[^\n]*\b100([dsl]vh)\b", style):
            assert "100vh" in before, (path, unit)


def test_no_rule_is_lost_for_a_selector_that_only_some_know(repo):
    """A browser drops a whole rule for one selector that it does not know."""
    for path in repo.glob("book/site/*.css"):
        style = re.sub(r"(?s)/\*.*?\*/", "", path.read_text(encoding="utf-8"))
        for listed in re.findall(r"[^{};]*(?=\{)", style):
            if not listed.strip().startswith("@"):
                new = [":has(" in one or "::details-content" in one for one in listed.split(",")]
                assert all(new) or not any(new), (path.name, listed.strip())


def test_no_script_of_the_search_is_lost_in_a_browser_of_2020(repo):
    """It would run nothing of a script with an expression that it cannot read."""
    script = (repo / "book" / "site" / "search.js").read_text(encoding="utf-8")
    assert not re.findall(r"\(\?<[=!]|\b\d+n\b|\.replaceAll|\w\?\.\w|\?\?", script)


def test_a_table_of_computed_amounts_names_its_frame_and_operation(pages, disclosure):
    """In its caption; or pandas printed it, and the code that made it stands above it."""
    printed = {yuan(figure.amount) for figure in disclosure.published()}
    seen = 0
    for path, html in pages.items():
        if "notebooks" not in path.parts and path.name != "questions.html":
            continue
        for table in BeautifulSoup(html, "html.parser").select("article table.budget"):
            amounts = re.findall(r"(?<![\d,.])\d[\d,]*\.\d\d(?!\d)", table.get_text(" "))
            if table.find_parent("details", class_="values") or set(amounts) <= printed:
                continue
            title = table.find_parent(class_="table-frame").find_previous_sibling("p")
            caption = title.get_text() if title else ""
            code = table.find_parent(class_="cell")
            shown = not caption and code and code.select(".cell_input")
            assert shown or re.search(r"\w\(\)", caption), f"{path.name}: {caption}"
            seen += 1
    assert seen > 30


@pytest.mark.parametrize("far", [0, 30, 7000])
def test_what_is_packed_comes_back_whole(far):
    """However far it returns, over itself too; and what looks like a mark is refused."""
    often = "机关事业单位基本养老保险缴费支出 1,234,567.89 yuan, " * 3
    text = often + "".join(map(str, range(far))) + often + "a" * 9000 + often
    assert unpacked(*packed(text)) == text
    assert packed(text)[1] != text
    for letter in (MARK, "\uf8ff"):
        with pytest.raises(ValueError, match="mark"):
            packed(text + letter)


def test_a_place_that_is_found_is_on_its_page(search, parsed):
    for words in ("采购", "9,912", "procurement"):
        for page, places in search(words).items():
            ids = parsed[Path(unquote(page.removeprefix("file://")))].ids
            assert {anchor for anchor, _ in places} <= {"", *ids}


def test_the_search_asks_for_the_chinese_and_for_the_english(search, pages):
    english = set(search("procurement"))
    both = english & holding(pages, "采购")
    assert both
    assert set(search("procurement 采购")) == set(search("procurements采购")) == both
    assert set(search("of 采购")) == holding(pages, "采购")
    assert not search("qz 采购")


def test_what_the_search_looks_through_is_light(site):
    text = (site / "_static" / "search-pages.js").read_bytes()
    assert len(gzip.compress(text, 9)) <= 300_000


#: How a page looks to a browser without popovers: it knows neither the attribute nor the selector.
OLD = [(".html", "popover", "unknown"), (".css", "popover", "unknown")]
#: What of it can be had in a browser that knows the selector.
STRIPPED = [
    (".html", ' popovertarget="pages"', ""),
    (".html", ' id="pages" popover', ' id="pages"'),
]


@pytest.mark.parametrize("changes", [OLD, STRIPPED])
@pytest.mark.parametrize(("width", "script"), [(390, True), (820, False)])
def test_without_popovers_the_contents_stand_below_the_text(browser, site, changes, width, script):
    def older(route):
        answer = route.fetch()
        text = answer.text()
        for end, new, old in changes:
            text = text.replace(new, old) if route.request.url.endswith(end) else text
        route.fulfill(response=answer, body=text)

    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script
    )
    tab = context.new_page()
    tab.route(re.compile(r"\.(html|css)$"), older)
    with served(site) as address:
        tab.goto(f"{address}/book/findings.html")
        contents = tab.get_by_role("navigation", name="The pages of the book")
        text = tab.locator("main").bounding_box()
        assert contents.bounding_box()["y"] >= text["y"] + text["height"]
        assert not tab.get_by_role("button", name="Contents").count()
        tab.get_by_role("link", name="Contents").click()
        contents.get_by_role("link", name=re.compile("From one year to the next")).click()
        assert "From one year to the next" in tab.get_by_role("heading", level=1).inner_text()
    context.close()


def test_on_paper_the_readings_of_a_finding_cover_nothing(browser, site):
    tab = browser.new_page(viewport={"width": 720, "height": 900})
    tab.emulate_media(media="print")
    tab.goto((site / "book" / "findings.html").as_uri())
    ends = tab.locator("section").evaluate_all(
        """all => all.filter(one => one.id.startsWith('finding-')).map(one => [
          one.id, one.getBoundingClientRect().bottom,
          ...[...one.querySelectorAll('.readings table')].map(t => t.getBoundingClientRect().bottom)
        ])"""
    )
    tab.close()
    assert sum(len(tables) for _, _, *tables in ends) > 15
    assert not [name for name, end, *tables in ends if any(below > end for below in tables)]


LOST = {
    "reset": lambda route: route.abort("connectionreset"),
    "another page": lambda route: route.fulfill(body="<p>Please log in.</p>"),
}


@pytest.mark.parametrize("comes", LOST)
@pytest.mark.parametrize(
    ("page", "file", "says"),
    [
        ("book/laboratory.html", "laboratory.js", "实验室未能完整载入"),
        ("search.html?q=1", "search-pages.js", "搜索未能完整载入"),
        ("search.html", "search-pages.js", "搜索未能完整载入"),
        ("search.html?q=1", "search.js", "搜索未能完整载入"),
        ("search.html?q=1", "book.js", "搜索未能完整载入"),
        ("book/laboratory.html", "book.js", "实验室未能完整载入"),
    ],
)
def test_a_script_that_does_not_arrive_is_said_on_its_page(browser, site, page, file, says, comes):
    tab = browser.new_page()
    said = tab.locator(".lost-file")
    with served(site) as address:
        tab.goto(f"{address}/{page}")
        assert not said.count(), "it is said though all is there"
        tab.route(re.compile(rf"/{file}"), LOST[comes])
        tab.reload()
        said.wait_for(timeout=5000)
        assert says in said.inner_text()
        assert not violations(tab)
    tab.close()


def test_the_top_of_the_site_says_where_it_leads(browser, site):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    stay = re.compile('<meta http-equiv="refresh"[^>]*>')  # as a browser that does not go by itself
    text = (site / "index.html").read_text(encoding="utf-8")
    assert stay.search(text)
    with served(site) as address:
        tab.route("**/index.html", lambda route: route.fulfill(body=stay.sub("", text)), times=1)
        tab.goto(f"{address}/index.html")
        assert tab.title() == "One department's budget"
        assert tab.locator("html").get_attribute("lang") == "en"
        tab.get_by_role("link", name="One department's budget 打开本书").click()
        assert tab.url == f"{address}/book/index.html"
    context.close()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 900)])
def test_the_home_page_begins_with_the_money(browser, site, disclosure, register, width, height):
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.goto((site / "book" / "index.html").as_uri())
    words = facts(disclosure)
    lead = tab.locator(".lead")
    for name in ("plan_zh", "spent_zh"):
        assert told(words[name], disclosure) in lead.inner_text()
    odd = tab.locator(".odd li")
    sized = [f for f in register if f.sizes and not f.fine][:3]
    assert odd.count() == len(sized) == 3
    for item, finding in zip(odd.all(), sized, strict=True):
        said = item.inner_text()
        assert f"{wan(finding.sizes[0].amount)} 万元" in said
        assert f"grade {finding.grade}" in said
        assert finding.sentence("title_zh") in item.get_by_role("link").last.inner_text()
        assert f"证据等级{finding.grade}" in said
    bottoms = [part.evaluate("e => e.getBoundingClientRect().bottom") for part in (lead, odd.last)]
    assert max(bottoms) <= height
    kinds = ".lead, .odd, figure.chart, .doors, .tally"
    order = tab.locator(kinds).evaluate_all("all => all.map(e => e.className.split(' ')[0])")
    assert order == ["lead", "odd", "chart", "doors", "tally"]
    tab.close()


@pytest.mark.parametrize(
    ("base", "shown"), [("", "../a.png"), ("https://book/", "https://book/a.png")]
)
def test_a_shared_picture_has_the_whole_address_where_the_site_has_one(repo, base, shown):
    theme = jinja2.Environment(loader=jinja2.FileSystemLoader(repo / "book" / "theme"))
    told = {"base": base, "share": "a.png", "pathto": lambda path, _: f"../{path}"}
    head = BeautifulSoup(theme.get_template("sharing.html").render(told), "html.parser")
    assert head.find("meta", property="og:image")["content"] == shown


def test_every_page_says_what_it_is_and_has_an_icon(site):
    """The first page, that of no address, the pages to print and those of folders among them."""
    seen = {}
    for path in site.rglob("*.html"):
        head = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").head
        told = {
            meta.get("property") or meta.get("name"): meta["content"]
            for meta in head.find_all("meta", content=True)
        }
        assert told["og:title"], path
        assert len(told["description"]) > 20, path
        assert told["description"] == told["og:description"], path
        assert head.find("link", rel="icon", type="image/png"), path
        seen.setdefault(told["description"], []).append(path.relative_to(site).as_posix())
    assert len(seen) > 55
    twice = [names for names in seen.values() if len(names) > 1]
    assert [sorted(names) for names in twice] == [
        ["404.html", "index.html", "notebooks/index.html"]
    ]


def test_the_picture_of_a_page_tells_of_that_page(disclosure, register):
    told = of_pages(disclosure, register, facts(disclosure))
    assert not [text for texts in told.values() for text in texts if re.search("[{}`]", text)]
    seen = 0
    for role, table in disclosure.form.tables.items():
        english, chinese = told[f"book/data/{table.file}"]
        if disclosure.lacks(role):
            assert "does not hold it" in english
        elif "code" in disclosure.rows(role)[0]:
            row = disclosure.row(role, TOTAL)
            total = row.get("total") or row.get("basic") or row.get("project")
            wanted = f"{wan(total)} 万元" if total else "without an amount"
            assert wanted in english, role
            assert not total or wanted.replace(" ", "") in chinese, role
            seen += 1
    assert seen > 7
    first = next(finding for finding in register if finding.sizes and not finding.fine)
    english, chinese = told["book/findings"]
    assert f"{wan(first.sizes[0].amount)} 万元" in english
    assert first.sentence("title_zh") in chinese
    for page in ("00-three-tables", "01-reconstruction", "03-variance", "04-performance"):
        assert re.search(r"\d", told[f"notebooks/{page}"][0]), page
    assert "book/glossary" not in told


def test_each_page_can_be_shared(site, pages):
    for path in [*pages, site / "index.html", site / "search.html"]:
        text = path.read_text(encoding="utf-8")
        told = dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', text))
        assert told["og:title"]
        assert len(told["description"]) > 20, path
        assert len(told["og:description"]) > 20, path
        picture = (path.parent / told["og:image"]).read_bytes()
        assert struct.unpack(">4s2I", picture[12:24]) == (b"IHDR", 1200, 630)
    sizes = {"icon-32.png": 32, "icon-180.png": 180}
    for name, size in sizes.items():
        icon = (site / "_static" / name).read_bytes()
        assert struct.unpack(">2I", icon[16:24]) == (size, size)
        assert f"_static/{name}" in text


def test_the_picture_to_share_is_told_in_few_shades_and_the_same_bytes(disclosure):
    told = planned(disclosure)
    drawn = [sharing.drawn("Findings 发现登记", disclosure.document["office"], told) for _ in "ab"]
    assert drawn[0] == drawn[1]
    opened = Image.open(io.BytesIO(drawn[0]))
    opened.load()
    assert opened.size == (1200, 630)
    assert len(opened.convert("RGB").getcolors()) == 4
    for text in told:
        assert wan(whole(disclosure).now) in text


def test_no_text_of_a_picture_to_share_passes_its_edge(site, disclosure):
    """Neither in the pictures of the site nor of a title that is longer than any; ’ is no blank."""
    long = "Table 8. Project expenditure by department economic classification " + "项目支出" * 15
    told = disclosure.document["office"], planned(disclosure)
    drawn = {path.name: path.read_bytes() for path in (site / "_static" / "share").glob("*.png")}
    assert len(drawn) > 50
    drawn["long"] = sharing.drawn(long, *told)
    for number, sentence in enumerate((("A word " * 60,), ("预算" * 200,), ("一" * 60, "w" * 90))):
        drawn[f"long sentence {number}"] = sharing.drawn("Title", told[0], sentence)
    for name, picture in drawn.items():
        ink = ImageOps.invert(Image.open(io.BytesIO(picture)).convert("L")).point(lambda v: v > 9)
        left, top, right, bottom = ink.getbbox()
        assert 60 <= left < right <= 1200 - 60, name
        assert 40 <= top < bottom <= 630 - 40, name
    for curly, straight in ("’'", ("“Three”", '"Three"')):
        assert sharing.drawn(f"a{curly}s", *told) == sharing.drawn(f"a{straight}s", *told)


@pytest.mark.parametrize("raw", [b"", b"ab" * 9, bytes(300), bytes(range(256)) * 2, b"x" * 260])
def test_a_picture_is_packed_as_any_program_unpacks_it(raw):
    assert zlib.decompress(_deflated(raw), -15) == raw


SHALLOW = ["gone.html", "book/gone.html", "notebooks/gone.html"]
DEEP = [
    *("book/no/such/gone.html", "downloads/no/gone.html", "data/gone.html"),
    *("foo/gone.html/", "_static/gone.html", "foo/book/gone.html"),
]


def gone_at(tab, site, address, gone):
    """Come to an address that is not there, as a host shows it."""
    missing = (site / "404.html").read_text(encoding="utf-8")
    shown = re.compile("gone.html/?$")
    tab.route(shown, lambda route: route.fulfill(status=404, body=missing))
    tab.goto(f"{address}/{gone}")
    assert "这个网址" in tab.get_by_role("heading").inner_text()


@pytest.mark.parametrize("above", ["", "/user/budget-book", "/book", "/book/notebooks"])
def test_an_address_that_is_not_there_leads_to_the_book(browser, site, above):
    tab = browser.new_page()
    with served(site, above) as address:
        for gone in SHALLOW + DEEP:
            gone_at(tab, site, address, gone)
            leads = "goal => document.querySelector('a').href === goal"
            tab.wait_for_function(leads, arg=f"{address}/index.html", timeout=5000)
        tab.get_by_role("link").click()
        tab.wait_for_url(f"{address}/book/index.html")
    tab.close()


@pytest.mark.parametrize("gone", SHALLOW)
def test_without_a_script_the_index_of_a_folder_leads_on(browser, site, gone):
    tab = browser.new_page(java_script_enabled=False)
    with served(site, "/books/budget") as address:
        gone_at(tab, site, address, gone)
        tab.get_by_role("link").click()
        if "/notebooks/" in tab.url:
            tab.get_by_role("link").click()
        tab.wait_for_url(f"{address}/book/index.html")
    tab.close()


#: What is a name for machines: an address, a line, a column, a place to fill.
MACHINE = re.compile(
    r"table-\d\d:|\bL\d+\.\d|\b[a-z]+_[a-z]+|\{[\w.:*]+\}"
    r"|\b[a-z]+(?:-[a-z]+)*/[^\s/]+\.[a-z_]+|\b[a-z]{3,}(?:-[a-z]+)*/[\w-]+/[\w-]+"
    r"|\b(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{8,}"
)


def test_no_name_for_machines_is_read_outside_code(pages):
    for path, text in pages.items():
        article = re.search(r"(?s)<article.*</article>", text)[0]
        visible = re.sub(r"(?s)<(script|style|pre|code)\b.*?</\1>", " ", article)
        assert not MACHINE.findall(re.sub("<[^>]*>", "", visible)), path


#: An amount alone, as a link shows it.
ALONE = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?(?: ?(?:yuan|元|万元|points|%))?")
IN_WAN = re.compile(r"[+−-]?\d[\d,]*(\.\d+)? ?万元")
OPENED = re.compile(
    r'<details class="passport" id="([^"]+)"><summary>(?:<span[^>]*></span>)*<b>(.*?)</b>'
    r'|<span id="([^"]+)" data-cell="([^"\n]*)'
)


def test_every_link_of_an_amount_leads_to_that_amount(pages):
    shown = {}
    for path, text in pages.items():
        for anchor, figure, cell, blank in OPENED.findall(text):
            number = ALONE.match(re.sub("<[^>]*>", "", figure or blank))
            shown[path, unescape(anchor or cell)] = amount(number[0]) if number else "0"
    seen, in_wan, wrong = 0, 0, []
    for path, text in pages.items():
        for attributes, inner in re.findall(r"(?s)<a\b([^>]*figure-link[^>]*)>(.*?)</a>", text):
            words = unescape(re.sub("<[^>]*>", "", inner)).strip()
            if ALONE.fullmatch(words):
                href = unquote(unescape(re.search(r"""href=["']([^"']*)""", attributes)[1]))
                file, _, anchor = href.partition("#")
                goal = (path.parent / file).resolve() if file else path
                seen += 1
                drawn = shown.get((goal, anchor), "")
                if "<text" in inner and drawn:  # a picture says 万元
                    drawn = amount(wan(Decimal(drawn)))
                if rounded := IN_WAN.fullmatch(words):  # prose does, where a passport has yuan
                    in_wan += 1
                    decimals = len((rounded[1] or ".")[1:])
                    drawn = amount(wan(Decimal(drawn or "0"), decimals))
                    words = words.removeprefix("+").replace("-", "−")
                if drawn != amount(words):
                    wrong.append((path.stem, words, href))
    assert seen > 2000
    assert in_wan > 45
    assert not wrong


#: Pages whose amounts in 万元 lead to their passports.
TOLD = (
    "book/index",
    "book/how-to-read",
    *(f"notebooks/0{chapter}" for chapter in ("1-", "2-", "3-", "4-")),
)
#: Where an amount is no prose: tables, pictures, code, exercises.
NOT_TOLD = "table, figure, pre, code, script, details.exercise, .table-title"
#: Ends of ranges that rest on inference: no passport has them.
INFERRED = {"54.7", "74.9", "−110.8", "−15.8", "−29.0", "+66.0"}


def test_no_cell_of_a_table_is_an_amount_in_wan(pages):
    """Tables are in yuan to the cent; a target stands as it is printed, its unit beside it."""
    for path, text in pages.items():
        if "万元" in text:
            cells = BeautifulSoup(text, "html.parser").select("td")
            assert not [c.text for c in cells if IN_WAN.fullmatch(c.text.strip())], path


def test_each_answer_is_told_in_chinese_with_its_own_numbers(pages):
    """The numbers of the paragraph stand in the English answer before it."""
    number = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
    chapters = [text for path, text in pages.items() if re.match(r"0\d-", path.stem)]
    assert len(chapters) == 5
    for text in chapters:
        article = BeautifulSoup(text, "html.parser").article
        (told,) = article.select("p.zh[lang=zh-Hans]")
        answer = told.find_previous_sibling("ul")
        assert answer.find_previous_sibling("p").text == "The answer"
        assert len(told.text) > 60
        assert {*number.findall(told.text)} <= {*number.findall(answer.text)}, told.text
        assert not re.search(r"[A-Za-z]{2,}", told.text)


def test_every_amount_in_wan_in_prose_leads_to_its_passport(pages, site):
    loose, linked = [], 0
    for path, text in pages.items():
        if path.relative_to(site).as_posix().startswith(TOLD):
            article = BeautifulSoup(text, "html.parser").article
            for apart in article.select(NOT_TOLD):
                apart.decompose()
            for link in article.select("a.figure-link"):
                linked += "万元" in link.text
                link.decompose()
            loose += re.findall(r"([+−]?\d[\d,]*\.\d) ?万元", article.text)
    assert {*loose} == INFERRED
    assert linked > 40


#: An amount to the cent: with commas, or with its unit.
CENT = re.compile(
    r"(?<![\d,.])\d{1,3}(?:,\d{3})+\.\d\d(?!\d)|(?<![\d,.])\d+\.\d\d(?= ?(?:yuan|元))"
)
#: Where an amount is no prose: tables, pictures and code, what is copied or cited, a passport.
NO_PROSE = "table, svg, pre, code, script, details.request, details.cite, details.passport"


def test_every_amount_to_the_cent_in_prose_leads_to_its_passport(pages):
    """What nobody could follow to the cent is told in 万元, or as code where it is typed."""
    loose, linked = [], 0
    for path, text in pages.items():
        if path.stem == "00-three-tables":  # it runs where this package is not installed
            continue
        article = BeautifulSoup(text, "html.parser").article
        for apart in article.select(NO_PROSE):
            apart.decompose()
        for found in article.find_all(string=CENT):
            if found.find_parent(class_="figure-link"):
                linked += 1
            else:
                loose.append((path.stem, CENT.findall(found), found.strip()[:60]))
    assert not loose
    assert linked > 100


def test_a_finding_shows_both_numbers_and_opens_four_things(browser, site, register, disclosure):
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto((site / "book" / "findings.html").as_uri())
    for finding in register:
        section = tab.locator(f"#finding-{finding.id}")
        holding = [r for r in finding.results if r.verdict is not Verdict.APART]
        proof = holding if finding.fine else finding.failing
        assert proof[0].check.statement_zh in section.locator(".numbers").inner_text()
        assert f"{len(proof)} check" in section.locator(".card-line").inner_text()
        names = section.locator(".buttons summary").all_inner_texts()
        none = section.locator(".buttons .no-letter").count()
        wanted = ["Proof 证明", "Readings 其他解释", "Letter 信", "Cite 引用"]
        letter = bool(request(finding)) and not finding.fine
        assert letter != bool(none), "a finding without a letter says so"
        assert [n for n in wanted if letter or n != "Letter 信"] == [
            name.partition(",")[0] for name in names
        ]
        cited = section.locator("details.cite p").text_content()
        for part in (disclosure.document["office"], str(disclosure.year), budgetbook.__version__):
            assert part in cited
        assert finding.sentence("found_en").rstrip(".") in cited
        assert finding.sentence("found_zh").rstrip(".") in cited
        assert "。. In" not in cited
        first, second = section.locator("details.cite p").inner_html().split("<br>")
        assert not re.search("[。；]", first), "the English sentence is English"
        for sentence in (first, second):
            for part in (
                disclosure.document["office"],
                budgetbook.__version__,
                f"#finding-{finding.id}",
            ):
                assert part in sentence
        buttons = section.locator(".buttons summary").all()
        boxes = [button.bounding_box() for button in buttons]
        assert len({box["height"] for box in boxes}) == 1, finding.id
        assert not any(0 < abs(a["y"] - b["y"]) < a["height"] for a in boxes for b in boxes)
        for button in buttons:
            button.evaluate("summary => { summary.parentElement.open = true; }")
        assert [button.bounding_box() for button in buttons] == boxes, "what opens moves a button"
    tab.close()


def test_what_can_be_cited_names_department_year_and_version(pages, disclosure):
    seen = 0
    for path, text in pages.items():
        for cited in re.findall(r"(?s)<details class='cite'>.*?</details>", text):
            seen += 1
            for part in (
                disclosure.document["office"],
                str(disclosure.year),
                budgetbook.__version__,
            ):
                assert part in cited, (path, cited)
            assert "。. In" not in cited, (path, cited)
    assert seen > 300


def test_a_reader_of_chinese_alone_is_led(site, pages, register):
    """By the pages' names, by each finding and what should hold: a tap on the Chinese leads on."""
    han = re.compile("[\u4e00-\u9fff]")
    menu = re.search(r"(?s)<nav class=\"pages\".*?</nav>", pages[site / "book" / "index.html"])[0]
    names = re.findall(r"(?s)<(?:a|span class=\"caption-text\")[ >].*?</(?:a|span)>", menu)
    assert len(names) > 30
    assert not [name for name in names if not han.search(name)]
    findings = pages[site / "book" / "findings.html"]
    leading = [
        re.sub("<[^>]*>", "", link)
        for link in re.findall(r"(?s)<a\b.*?</a>", findings + pages[site / "book" / "index.html"])
    ]
    for finding in register:
        if not finding.fine:
            title = f"{finding.sentence('title_en')} {finding.sentence('title_zh')}"
            assert leading.count(title) >= 2, finding.id
            for result in finding.failing[:1]:
                assert any(result.check.statement_zh in link for link in leading), finding.id
    assert "not equal to 不等于" in re.sub("<[^>]*>", "", findings)


@pytest.mark.parametrize(
    "page", [*(f"data/table-{number:02}" for number in range(1, 14)), "completeness"]
)
def test_a_table_of_accounts_or_places_is_whole_at_a_desk(browser, site, page):
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto((site / "book" / f"{page}.html").as_uri())
    tab.evaluate("document.fonts.ready")
    assert not [table["head"] for table in tab.evaluate(TABLES) if table["wide"]]
    tab.close()


def test_a_place_in_words_names_a_column_or_ends(pages):
    for path, text in pages.items():
        assert not re.search(r"figure-link[^>]*>[^<]*: *</a>", text), path


def test_what_is_on_a_page_never_stands_over_its_text(browser, pages):
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    seen = 0
    for path, text in pages.items():
        if 'class="this-page"' in text:
            seen += 1
            tab.goto(path.as_uri())
            over = tab.evaluate("""() => {
              scrollTo({top: 3000, behavior: 'instant'});
              const list = document.querySelector('.this-page').getBoundingClientRect();
              const text = document.querySelector('.text').getBoundingClientRect();
              return list.left < text.right && list.right > text.left
                && list.top < text.bottom && list.bottom > text.top;
            }""")
            assert not over, path
    tab.close()
    assert seen > 30


def test_a_link_to_a_last_section_leads_there_past_long_tables(browser, pages):
    """A long table is as high as it seems only when it comes into sight."""
    seen = 0
    for path, text in pages.items():
        sections = re.findall(r'<section id="([^"]+)"', text)
        if any(table.count("<tr") > 40 for table in text.split("<table")) and sections:
            seen += 1
            tab = browser.new_page(viewport={"width": 360, "height": 800})
            tab.goto(f"{path.as_uri()}#{sections[-1]}")
            tab.wait_for_timeout(300)
            top = "id => document.getElementById(id).getBoundingClientRect().top"
            assert 0 <= tab.evaluate(top, sections[-1]) < 800, path
            tab.close()
    assert seen > 3


def test_a_verdict_and_the_crosswalk_have_one_chinese_word(pages, repo):
    """Other words for what holds as rounded, and for the crosswalk."""
    others = re.compile("四舍五入后相符|在印出精度内成立|分类、对照")
    for path, text in pages.items():
        assert not others.search(text), path
    for script in (repo / "book" / "site").glob("*.js"):
        assert not others.search(script.read_text(encoding="utf-8")), script


@pytest.mark.parametrize("mark", ["#%", "#%e9%a2", "#nowhere"])
def test_a_broken_address_after_the_mark_leads_to_the_page(browser, site, mark):
    tab = browser.new_page()
    log = listen(tab)
    tab.goto((site / "book" / "findings.html").as_uri() + mark)
    tab.get_by_role("heading", level=1).wait_for()
    assert not [entry for entry in log if entry[0] == "console"]
    tab.close()


@pytest.mark.parametrize("page", ["book/findings.html", "notebooks/02-reconciliation.html"])
def test_the_search_is_reached_by_a_key_that_no_reader_types(browser, site, page):
    """One letter alone would catch those who speak to their computer."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto((site / page).as_uri())
    search = tab.locator("form.search input")
    tab.keyboard.press("Tab")
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Control+k")
    tab.keyboard.type("a/b")
    assert search.input_value() == "a/b"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.close()


def test_the_lines_of_the_text_come_last_in_every_table_of_the_data(site):
    seen = 0
    for path in sorted((site / "book" / "data").glob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for table in page.select("article table.data"):
            heads = [head.get_text() for head in table.select("thead th")]
            lines = [bool(re.search(r"\bline\b", head, re.I)) for head in heads]
            assert lines == sorted(lines), (path.name, heads)
            seen += any(lines)
    assert seen > 20


def test_a_form_of_a_project_says_whose_it_is(site, disclosure):
    page = BeautifulSoup((site / "book/data/table-17.html").read_text("utf-8"), "html.parser")
    titles = [rubric.get_text() for rubric in page.select("p.rubric")]
    for project in disclosure.projects:
        mine = [title for title in titles if f"第{project.form}表" in title]
        assert len(mine) == 2
        assert all(title.endswith(project.name) for title in mine), mine


def test_every_appendix_that_is_named_is_there(pages):
    """By the name that its heading has, in Chinese."""
    headings = {h for text in pages.values() for h in re.findall("附录.：", visible(text))}
    named = {
        h for text in pages.values() for h in re.findall("附录([^，。、 \n收])", visible(text))
    }
    assert len(headings) == 6
    assert named == {heading[2] for heading in headings}


def test_a_heading_names_its_unit_once(disclosure):
    for resource in disclosure.descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            words = re.findall(r"[a-z%]+", _heading(field).lower())
            assert all(words.count(unit) < 2 for unit in ("yuan", "points")), field


def test_a_look_at_a_frame_is_folded_with_its_code(browser, site):
    tab = browser.new_page(viewport={"width": 1280, "height": 740})
    for name in ("02-reconciliation", "03-variance"):
        tab.goto((site / "notebooks" / f"{name}.html").as_uri())
        frame = tab.locator("table.frame").first
        assert not frame.is_visible()
        tab.locator(".cell:has(table.frame) details").first.evaluate("code => code.open = true")
        assert frame.is_visible()
    tab.close()


@pytest.mark.parametrize(("width", "most"), [(1280, 8000), (360, 11000)])
def test_a_chapter_is_one_argument_that_ends(browser, site, width, most):
    """Folded, no chapter is higher than some nine screens of a desk, or fifteen of a phone."""
    tab = browser.new_page(viewport={"width": width, "height": 740})
    high = {}
    for path in sorted((site / "notebooks").glob("[0-9]*.html")):
        tab.goto(path.as_uri())
        tab.evaluate("document.fonts.ready")
        high[path.stem] = tab.evaluate("document.documentElement.scrollHeight")
    tab.close()
    assert len(high) == 5
    assert not {name: height for name, height in high.items() if height > most}


@pytest.mark.parametrize(("width", "most"), [(1280, 8000), (360, 11000)])
def test_a_chapter_is_as_high_before_the_fonts_of_the_book_are_there(browser, site, width, most):
    """On a first visit, what stands in for them takes the same room to a hundredth."""
    high = {}
    for blocked in (True, False):
        context = browser.new_context(viewport={"width": width, "height": 740})
        tab = context.new_page()
        if blocked:
            tab.route("**/*.woff2", lambda route: route.abort())
        for path in sorted((site / "notebooks").glob("[0-9]*.html")):
            for _ in range(1 if blocked else 2):  # a font that comes late is for the next visit
                tab.goto(path.as_uri())
                tab.evaluate("document.fonts.ready")
            height = tab.evaluate("document.documentElement.scrollHeight")
            high.setdefault(path.stem, []).append(height)
        context.close()
    assert len(high) == 5
    assert not {name: heights for name, heights in high.items() if max(heights) > most}
    assert not {name: (a, b) for name, (a, b) in high.items() if abs(a - b) > b / 100}


SHIFTS = """() => {
  window.shifts = 0;
  const add = (list) => list.getEntries().forEach((one) => { window.shifts += one.value; });
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
}"""


@pytest.mark.parametrize("seconds", [0.05, 0.3])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_comes_in(browser, site, width, seconds):
    """Cold, with fonts that come late: neither they nor a script move a line that is read."""

    def late(route):
        time.sleep(seconds)
        route.continue_()

    moved = {}
    with served(site) as address:
        for page in ("book/index", "notebooks/03-variance", "book/findings", "book/data/table-05"):
            context = browser.new_context(viewport={"width": width, "height": 740})
            tab = context.new_page()
            tab.add_init_script(f"({SHIFTS})()")
            tab.route("**/*.woff2", late)
            tab.goto(f"{address}/{page}.html", wait_until="networkidle")
            tab.evaluate("document.fonts.ready")
            moved[page] = tab.evaluate("window.shifts")
            context.close()
    assert not {page: shift for page, shift in moved.items() if shift > 0.02}
