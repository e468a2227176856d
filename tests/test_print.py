"""The printed book, read back page by page, and the zip for use without a network."""

import io
import re
import zipfile
from contextlib import nullcontext
from html.parser import HTMLParser

import pikepdf
import pypdfium2
import pytest
import yaml

import budgetbook
from budgetbook.build import release
from budgetbook.errors import BuildError
from budgetbook.print import __main__ as command
from budgetbook.print import paper, pdf, typeset

#: The margins of print.css, in points; running heads and page numbers stand above and below.
SIDE, EDGE = 22 / 25.4 * 72, 10 / 25.4 * 72
FONTS = {"BookSans", "BookSerif", "BookCode", "NotoSansCJKsc"}


@pytest.fixture(scope="module")
def printed(repo, site, browser, tmp_path_factory):
    """The bytes of the printed book."""
    return pdf.write(repo, site, tmp_path_factory.mktemp("pdf"), browser).read_bytes()


@pytest.fixture(scope="module")
def book(printed):
    """The printed book, opened by the library that packed it."""
    with pikepdf.open(io.BytesIO(printed)) as opened:
        yield opened


@pytest.fixture(scope="module")
def sheets(printed):
    """Of each page: its size, its text, and the boxes of its lines."""
    found = []
    for page in pypdfium2.PdfDocument(printed):
        text = page.get_textpage()
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
        found.append((page.get_size(), text.get_text_range(), boxes, text))
    return found


@pytest.fixture(scope="module")
def destinations(book):
    """Each id that a link of the book leads to, and its page, counted from 1."""
    order = {page.objgen: number for number, page in enumerate(book.pages, 1)}
    return {name: order[goal[0].objgen] for name, goal in book.Root.Dests.items()}


def links(page):
    """The links of a page: (rectangle, name of the destination or address)."""
    for note in page.get("/Annots", []):
        if note.Subtype == "/Link":
            address = note.A.URI if "/A" in note else note.Dest
            yield [float(side) for side in note.Rect], str(address)


def squeezed(text):
    """A text without blanks, line ends and the hyphens that may stand at them."""
    return re.sub(r"[\s\ufffe\u00ad-]+", "", text)


class Texts(HTMLParser):
    """The headings and the cells of a page's article, as they stand in it."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.cells, self.open = [], [], []
        self.inside, self.skipped = False, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.inside |= tag == "article"
        unprinted = {"values", "cite", "passport"} & set((named.get("class") or "").split())
        self.skipped += tag == "details" and bool(self.skipped or unprinted)
        if (
            self.inside
            and not self.skipped
            and (re.fullmatch("h[1-6]", tag) or tag in ("td", "th"))
        ):
            self.open.append([tag, ""])

    def handle_endtag(self, tag):
        self.inside &= tag != "article"
        self.skipped -= tag == "details" and self.skipped > 0
        if self.open and self.open[-1][0] == tag:
            _, text = self.open.pop()
            (self.headings if tag[0] == "h" else self.cells).append(text)

    def handle_data(self, data):
        if self.open:
            self.open[-1][1] += data


@pytest.fixture(scope="module")
def originals(repo, site):
    """The pages of the site in reading order: (part, texts)."""
    return [
        (part, Texts((site / f"{name}.html").read_text(encoding="utf-8")))
        for name, part, _ in paper.order(repo)
    ]


def test_the_book_has_every_page_of_the_site_once(repo):
    toc = yaml.safe_load((repo / "_toc.yml").read_text(encoding="utf-8"))
    names = re.findall(r"'(?:file|root)': '([^']+)'", str(toc))
    ordered = [name for name, _, _ in paper.order(repo)]
    assert sorted(ordered) == sorted(names)
    assert ordered[0] == toc["root"]
    assert set(ordered[-len(paper.APPENDIX) :]) == set(paper.APPENDIX)


def test_all_headings_are_bookmarks_in_order(printed, originals):
    expected, last = ["Contents"], None
    for part, texts in originals:
        expected += [part] * (part != last) + [h.rstrip("#¶") for h in texts.headings]
        last = part
    toc = pypdfium2.PdfDocument(printed).get_toc()
    found = [squeezed(mark.get_title()) for mark in toc]
    expected = [squeezed(heading) for heading in expected]
    assert found[: len(expected)] == expected
    first = squeezed("Three tables and a gap 三张表，一处缺口")
    chapters = [h for h in expected if h == first or re.match(r"[1-4]\.\D|Appendix[A-Z]\.", h)]
    assert found[len(expected) :] == ["Thecodeofthechapters", *chapters]


def test_the_contents_show_the_pages_that_they_lead_to(printed, book, sheets, destinations):
    lines = {}
    for page in range(1, min(destinations.values()) - 1):
        for (left, bottom, right, top), goal in links(book.pages[page]):
            words = sheets[page][3].get_text_bounded(left, bottom, right, top)
            lines[goal] = f"{lines.get(goal, '')} {words}"
    marks = [m for m in pypdfium2.PdfDocument(printed).get_toc() if 1 <= m.level <= 2]
    assert len(lines) == len(marks)
    for goal, line in lines.items():
        *title, number = line.split()
        assert int(number) == destinations[goal], line
        assert squeezed("".join(title)) in squeezed(sheets[int(number) - 1][1]), line


def test_page_numbers_and_notes_in_the_text_are_right(book, sheets, destinations):
    seen = 0
    for number, page in enumerate(book.pages, 1):
        (_, height), _, _, text = sheets[number - 1]
        if number > 1:
            foot = text.get_text_bounded(0, 0, 900, height * 0.07).strip()
            assert foot == str(number)
        for (left, bottom, right, top), goal in links(page):
            told = re.search(r"p\. (\d+)", text.get_text_bounded(left, bottom, right, top))
            if told and goal.startswith("/"):
                assert int(told[1]) == destinations[goal], (number, goal)
                seen += 1
    assert seen > 100


def test_every_link_leads_somewhere(book, destinations):
    inside, outside = set(), set()
    for page in book.pages:
        for _, goal in links(page):
            (inside if goal.startswith("/") else outside).add(goal)
    assert inside <= set(destinations)
    assert len(inside) > 500
    assert all(re.match("https?://", address) for address in outside)


def test_no_text_leaves_its_margins(sheets):
    for number, ((width, height), _, boxes, _) in enumerate(sheets, 1):
        assert boxes, number
        for left, bottom, right, top in boxes:
            assert left >= SIDE - 1, number
            assert right <= width - SIDE + 1, number
            assert bottom >= EDGE, number
            assert top <= height - EDGE, number


def test_no_cell_is_lost_or_cut(sheets, originals):
    """A long cell may go on below the head of the next page."""
    bodies = (text.split("\n", 2)[-1] for _, text, _, _ in sheets)
    whole = squeezed("".join(bodies))
    cells = {squeezed(cell) for _, texts in originals for cell in texts.cells}
    assert len(cells) > 3000
    out = {cell for cell in cells if cell not in whole}
    lost = {cell for cell in out if len(cell) < 200 or not parted(cell, whole)}
    assert not lost, [cell[:80] for cell in lost]


def parted(cell, whole):
    """Whether a cell stands in up to four parts, heads of pages and tables between them."""
    for _ in range(4):
        low, high = 0, len(cell)
        while low < high:  # the longest beginning that stands there
            middle = (low + high + 1) // 2
            low, high = (middle, high) if cell[:middle] in whole else (low, middle - 1)
        if low in (0, len(cell)):
            return low > 0
        cell = cell[low:]
    return False


def test_every_font_is_the_books_own_and_embedded(book):
    seen = set()
    for page in book.pages:
        for font in page.Resources.get("/Font", {}).values():
            assert font.Subtype == "/Type0", font.Subtype
            (inner,) = font.DescendantFonts
            assert "/FontFile2" in inner.FontDescriptor
            seen.add(str(font.BaseFont).partition("+")[2].partition("-")[0])
    assert seen == FONTS


def test_chinese_can_be_read_back(sheets, disclosure):
    assert disclosure.document["office"] in sheets[0][1]
    whole = squeezed("".join(text for _, text, _, _ in sheets))
    for row in disclosure.tables["spending-by-function"]:
        assert squeezed(row["name"]) in whole


def test_the_book_says_what_it_is(book, printed):
    day = f"D:{budgetbook.RELEASED.replace('-', '')}000000Z"
    assert budgetbook.__version__ in str(book.docinfo.Title)
    assert (str(book.docinfo.CreationDate), str(book.docinfo.ModDate)) == (day, day)
    assert book.Root.Lang == "en"
    assert book.Root.MarkInfo.Marked
    assert len(book.pages) < 470  # the readings of the findings among them
    assert len(printed) < 6_000_000


def small(repo, site, change=lambda page: None):
    """A document of one page of the site, which may be changed first."""
    page = paper.read(site, "book/data/table-05", "The data", 0)
    change(page.content)
    html = typeset.document("A sample", budgetbook.load(repo / "data"), [page])
    return pdf.styled(repo, html)


def test_the_same_source_gives_the_same_bytes(repo, site, browser, tmp_path):
    html = small(repo, site)
    one, two = (
        pdf.finished(pdf.settled(browser, html, tmp_path), "A", "B", typeset.headings(html))
        for _ in "12"
    )
    assert one == two


def test_what_would_be_clipped_stops_the_print(repo, site, browser, tmp_path):
    def widen(content):
        content.find("h1").attrs["style"] = "width: 300mm"

    with pytest.raises(BuildError, match="too wide"):
        pdf.settled(browser, small(repo, site, widen), tmp_path)


def test_a_link_that_leads_nowhere_stops_the_print(repo, site):
    def lead_astray(content):
        content.find("a")["href"] = "#book-data-table-05--no-such-row"

    with pytest.raises(BuildError, match="no-such-row"):
        small(repo, site, lead_astray)


def test_a_quick_check_asks_on_paper_and_is_answered_with_the_solutions(site):
    content = paper.read(site, "notebooks/01-reconstruction", "The analysis", 0).content
    words = content.select_one(".exercise").get_text(" ")
    assert "What share of" in words
    assert "________" in words
    assert "Answer" not in words
    assert not content.select("[data-says]")
    assert len(content.select(".exercise label")) == 1 + 4 + 4
    solved = paper.read(site, "book/solutions", "The analysis", 0).content.get_text(" ")
    assert solved.count("Answer") >= 23


def test_a_missing_page_is_named(tmp_path):
    with pytest.raises(BuildError, match="book/index: call make book"):
        paper.read(tmp_path, "book/index", "", 0)
    (tmp_path / "a.html").write_text("<p>No article</p>")
    with pytest.raises(BuildError, match=r"a\.html has no article"):
        paper.read(tmp_path, "a", "", 0)


@pytest.fixture(scope="module")
def unzipped(repo, site, printed, tmp_path_factory):
    """The zip for use without a network, unpacked."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "book.pdf").write_bytes(printed)
    (folder / "offline.zip").write_bytes(release.offline(repo, site, folder / "book.pdf"))
    with zipfile.ZipFile(folder / "offline.zip") as archive:
        archive.extractall(folder)
    return folder / "budget-book"


def test_the_zip_says_what_to_open_and_holds_it(unzipped, printed, disclosure):
    assert sorted(p.name for p in unzipped.iterdir()) == [
        *("READ ME.txt", "budget-book.pdf", "data", "site")
    ]
    english, chinese = (unzipped / "READ ME.txt").read_text(encoding="utf-8").splitlines()
    for named in ("site/index.html", "budget-book.pdf", "data/"):
        assert named in english
        assert named in chinese
        assert (unzipped / named).exists()
    assert (unzipped / "budget-book.pdf").read_bytes() == printed
    assert budgetbook.load(unzipped / "data").tables == disclosure.tables


def test_the_zip_is_read_with_the_network_off(unzipped, browser):
    """Every page that the contents list, from a folder, and the search, without one request out."""
    context = browser.new_context(offline=True)
    tab = context.new_page()
    log = []
    tab.on("request", lambda r: log.append(r.url))
    tab.on("requestfailed", lambda r: log.append(f"failed {r.url} {r.failure}"))
    tab.on("console", lambda m: log.append(f"{m.type} {m.text}") if m.type == "error" else None)
    tab.goto((unzipped / "site" / "index.html").as_uri())
    tab.wait_for_url("**/book/index.html")
    for page in sorted((unzipped / "site").glob("*/**/*.html")):
        if not {"_static", "downloads"} & set(page.parts) and page.name != "index.html":
            tab.goto(page.as_uri())
            assert tab.locator("h1").filter(visible=True).count() == 1, page
    tab.goto((unzipped / "site" / "search.html").as_uri() + "?q=政府采购")
    tab.wait_for_selector("#search-results li a")
    tab.locator("#search-results li a").first.click()
    tab.wait_for_url(lambda url: "search.html" not in url)
    assert "政府采购" in tab.inner_text("body")
    context.close()
    assert len(log) > 100
    allowed = ("file:", "data:", "blob:")
    bad = [entry for entry in log if not entry.startswith(allowed) and "ERR_ABORTED" not in entry]
    assert not bad


def test_without_a_site_the_command_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "chromium", lambda: nullcontext(None))
    monkeypatch.chdir(tmp_path)
    assert command.main() == 2
    assert re.fullmatch(r"No PDF is made: .*_config\.yml.*\n", capsys.readouterr().err)
