"""The catalogue of messages: what code, cells, lists and frames of pages show, and nothing else."""

import ast
import json
import os
import re
import subprocess
import sys

import nbformat
import pseudo
import pytest
from copies import ROOT, copied
from server import served

from budgetbook.build.catalogue import messages, prose, shown


def test_messages_of_code_are_the_texts_of_what_makes_them(tmp_path):
    code = tmp_path / "code.py"
    code.write_text(
        'say("a {n:count} " "b", n=f("no"))\nx.said("c")\ncounted("d", "e", 2)\nother("no")\n'
        'frame.pipe(show, "f")\nbars(frame, headline="g", alt=text)\nparts(text)\n'
        'pair("h", "i", n=2)\n',
        encoding="utf-8",
    )
    found = [*messages(code)]
    assert [text for text, _ in found] == ["a {n:count} b", *"cdefghi"]
    assert (found[0][1], found[-1][1]) == (1, 8)


def test_messages_of_a_notebook_are_those_of_its_code(tmp_path):
    cells = [nbformat.v4.new_markdown_cell('say("no")'), nbformat.v4.new_code_cell('say("a")')]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
    assert [*messages(tmp_path / "n.ipynb")] == [("a", 1)]


def test_messages_of_a_list_are_its_english_columns(tmp_path):
    rows = tmp_path / "list.csv"
    rows.write_text("id,title_en,title_zh,words\n1,a,甲,\n2,,乙,b\n3,,丙,甲|乙\n", encoding="utf-8")
    assert [text for text, _ in messages(rows)] == ["a", "b"]


def test_messages_of_declared_resources_are_what_they_and_their_fields_are_called(tmp_path):
    (tmp_path / "package").mkdir()
    declared = tmp_path / "package" / "reference.json"
    field = {"name": "no", "title": "b", "title_zh": "乙", "unit": "c", "enum": ["d", "e"]}
    resource = {"name": "no", "title": "a", "key": ["no"], "fields": [field, {"description": "f"}]}
    declared.write_text(json.dumps([resource]), encoding="utf-8")
    assert [text for text, _ in messages(declared)] == ["a", "b", "c", "d", "e", "f"]


def test_messages_of_a_frame_of_pages_are_those_it_asks_for(tmp_path):
    (tmp_path / "theme").mkdir()
    page = tmp_path / "theme" / "page.html"
    page.write_text("<p>no {{ both('a', '甲') }}</p>\n{{ other('no') }}", encoding="utf-8")
    assert [*messages(page)] == [("a", 1)]


def test_messages_of_settings_and_of_results_are_the_words_that_pages_show(tmp_path):
    toc = tmp_path / "_toc.yml"
    toc.write_text("root: no\nparts:\n- caption: Start 甲\n  chapters: [{file: no}]\n", "utf-8")
    assert [*messages(toc)] == [("Start 甲", 0)]
    (tmp_path / "results").mkdir()
    result = tmp_path / "results" / "r.json"
    result.write_text('{"date": "no", "tables": [{"head": ["Row"], "rows": [["by", "1", "甲"]]}]}')
    assert [text for text, _ in messages(result)] == ["Row", "by"]


def test_whatever_a_frame_of_pages_says_is_a_message():
    frames = [*(ROOT / "book" / "theme").glob("*.html")]
    frames += (ROOT / "src" / "budgetbook").glob("*/lecture/*.html")
    assert len(frames) > 7
    for frame in frames:
        apart = r"{#.*?#}|<style>.*?</style>|{[{%].*?[%}]}|<script>.*?</script>|<[^>]*>"
        text = re.sub(apart, " ", frame.read_text("utf-8"), flags=re.S)
        assert not re.findall(r"[A-Za-z]{2,}", text), frame
        assert frame.name in ("root.html", "sharing.html", "head.html") or [*messages(frame)], frame


#: What reads documents or invents them, whose Chinese is theirs; and what prints 万元.
OF_DOCUMENTS = re.compile(
    "(reading|synthetic)/.*|messages.py|teaching/"
    "(answers|comparisons|consequences|departments|faults|promises|tellings).py"
)


def test_no_sentence_in_chinese_is_put_together_outside_of_a_message():
    package, found = ROOT / "src" / "budgetbook", {}
    for path in package.rglob("*.py"):
        name = path.relative_to(package).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            texts = [part for part in getattr(node, "values", ()) if isinstance(part, ast.Constant)]
            chinese = any(re.search("[\u3001-\u9fff\uff01-\uffef]", str(t.value)) for t in texts)
            if isinstance(node, ast.JoinedStr) and chinese:
                found.setdefault(name, []).append(node.lineno)
    assert {name for name in found if OF_DOCUMENTS.fullmatch(name)} >= {"messages.py"}
    assert {name: at for name, at in found.items() if not OF_DOCUMENTS.fullmatch(name)} == {}


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """The site of the book in a language in which every message is marked."""
    root = copied(tmp_path_factory.mktemp("edition") / "book")
    texts = {text for text, _, _ in shown(ROOT)}
    pseudo.write(prose(ROOT), texts, root / "src" / "budgetbook" / "locales")
    settings = root / "_config.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("language: en\n", f"language: {pseudo.LANGUAGE}\n"), "utf-8")
    ours = {**os.environ, "PYTHONPATH": str(root / "src")}
    subprocess.run([sys.executable, "-m", "budgetbook.build"], cwd=root, env=ours, check=True)
    return root / "_build" / "html"


def pages(site):
    """Return the pages of a site: name → HTML."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    return {
        name: path.read_text(encoding="utf-8")
        for name, path in found.items()
        if name.partition("/")[0] not in ("_static", "downloads")
    }


#: What is no message of ours, and why: a page, and what stands there.
APART = {
    # it runs where this package is not installed, so what it prints is its own
    "notebooks/00-three-tables.html": "The .*|Table 5 .*|sections: .*|in the forms: .*|True|Dec.*",
    # what a file keeps is shown as the file has it
    "book/data/editorial.html": r"[a-z]+|.*\\u4e00.*|.*用词样式|.*· year a.*",
    "book/data/proof-marks.html": "placeholder",
    "book/completeness.html": "Note",  # Sphinx's own
    "book/references.html": ".* Fisc",  # a proper name, cut
}


@pytest.mark.long
def test_everything_on_a_page_is_a_message(edition):
    found = {name: [*pseudo.unmarked(html)] for name, html in pages(edition).items()}
    left = {
        name: [text for text in texts if not re.fullmatch(APART.get(name, "$"), text)]
        for name, texts in found.items()
    }
    assert {name: texts for name, texts in left.items() if texts} == {}


#: What a reader has a script say: a page, what is pointed at and pressed, and until what.
SAID = [
    ("search.html?q=budget", "", [], "#search-summary:not(:empty)"),
    ("book/practice.html", "", ["form.practice button"], "form.practice output:not(:empty)"),
    ("index.html", "a.figure-link", [], "#passport-card:not([hidden])"),
    ("book/findings.html", "", ["details.cite summary"], "details.cite button"),
    (
        "book/laboratory.html#set=spending-by-function%2Ftotal.total/1.00",
        "",
        [".lab-start button", ".lab-cases summary", ".lab-choose"],
        ".lab-checks .lab-mark",
    ),
]


#: What is found is cut out of pages, with half a mark.
EXCERPTS = "document.querySelectorAll('#search-results :is(ul, strong)').forEach(e => e.remove())"


@pytest.mark.long
@pytest.mark.parametrize(
    ("page", "touched", "pressed", "until"),
    SAID,
    ids=["find", "check", "card", "cite", "laboratory"],
)
def test_whatever_a_script_says_is_a_message(edition, browser, page, touched, pressed, until):
    with served(edition) as address:
        tab = browser.new_page()
        tab.goto(f"{address}/{page}")
        if touched:
            tab.locator(touched).first.hover()
        for button in pressed:
            tab.locator(button).first.click(timeout=120_000)
        tab.wait_for_selector(until)
        tab.evaluate(EXCERPTS)
        html = tab.content()
        tab.close()
    copied = "Copy to clipboard"  # of the buttons that copy code, in languages of their own
    assert [text for text in pseudo.unmarked(html) if text != copied] == []


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>⟦All <b>of</b> it⟧ 全部</p>", []),
        ("<p>⟦All⟧ of it</p>", ["of it"]),
        ("<p>t·h·e 12,000.00 s·u·m</p>", []),
        ("<p>t·h·e sum</p><code>code</code>", ["t·h·e sum"]),
        ('<a title="here">⟦there⟧</a><span lang="zh-Hans">GB</span>', ["here"]),
        ("<i class='zh'>GB 与 ⟦One book⟧ and so it goes</i>", ["GB 与 and so it goes"]),
        ("<div class='output'><pre>printed</pre></div><pre>code</pre>", ["printed"]),
        ('<table class="budget frame"><tr><td>name<br>more</td></tr></table><p>on</p>', ["on"]),
    ],
)
def test_what_is_no_message_is_seen(html, texts):
    assert [*pseudo.unmarked(html)] == texts
