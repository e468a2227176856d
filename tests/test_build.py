"""The site is the same bytes everywhere, never stale, and never broken by a build that stops."""

import errno
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from copies import ROOT, copied

import budgetbook
import budgetbook.reading.importing
import budgetbook.show.downloads
from budgetbook import cli
from budgetbook.build import book, checksums, execution, notebooks, release, staging
from budgetbook.build import site as build
from budgetbook.errors import BuildError
from budgetbook.show import plots
from budgetbook.site import theme


def silent(_):
    """Say nothing."""


def write(path, text):
    """Write a source as git keeps it: with the same line ends on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


#: The pages of a small book, which is built as the whole one is, by the same code and settings.
PAGES = {
    "book/index": "# A small book\n\nIts checks: {{ checks }}.\n",
    "book/prose": "# Prose\n\nA page about the own unit 本级, and no figures.\n",
    "book/glossary": "# Words\n\n```{glossary-list}\n```\n",
    "book/money": "# Money\n\nServices cost {printed}`project-by-economic/30227.project` yuan.\n",
}
AMOUNTS = """\
import budgetbook
from budgetbook.show.frames import table
amount = budgetbook.load().amount("project-by-economic", "30227", "project")
table([{"Yuan": amount}], "Services (table 8)")
"""
NOTEBOOKS = {"notebooks/1-amounts": AMOUNTS, "notebooks/2-other": "print(6 * 7)"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A small book with the data, the package and the look of the whole one."""
    folder = copied(
        tmp_path_factory.mktemp("small") / "book", "book/*.md", "*.ipynb", "*/pyodide/*"
    )
    names = "".join(f"  - file: {name}\n" for name in (*PAGES, *NOTEBOOKS) if name != "book/index")
    write(folder / "_toc.yml", f"format: jb-book\nroot: book/index\nchapters:\n{names}")
    for name, text in PAGES.items():
        write(folder / f"{name}.md", text)
    for name, code in NOTEBOOKS.items():
        prose = nbformat.v4.new_markdown_cell("# Chapter\n\n**The question.** Why?", id="c0")
        cells = [prose, nbformat.v4.new_code_cell(code, id="c1")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{name}.ipynb")
    return folder


def make(project, seed="7", options=()):
    """Build the copy with its own package under another hash seed; return the finished process."""
    settings = {**os.environ, "PYTHONPATH": str(project / "src"), "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "budgetbook.build", *options]
    return subprocess.run(command, cwd=project, env=settings, capture_output=True, text=True)


def executed(done):
    """How many notebooks a build says that it has executed."""
    assert done.returncode == 0, done.stdout + done.stderr
    return len(re.findall(r"(?m)^executed (?:\d|appendix)", done.stdout))


@pytest.fixture(scope="module")
def built(project):
    """The small book, built once, and the digests of its site."""
    assert executed(make(project)) == len(NOTEBOOKS)
    return project, checksums.digests(project / "_build" / "html")


def key(project):
    """The key that decides whether notebooks are executed."""
    return build._key(project, build._RUN_INPUTS, "en")


AMOUNT = ("data/published/table-08.csv", "665000.00", "665000.01")
LINE = ("src/budgetbook/show/tables.py", "{coded}</p>", "{coded}!</p>")


class TestWholeBook:
    """One worker builds the whole book from nothing."""

    def test_two_cold_builds_are_the_same_bytes(self, site, tmp_path):
        """The whole book, built from nothing in a folder of another name and depth."""
        project = copied(tmp_path / "a" / "another name")
        assert executed(make(project)) == len(list((project / "notebooks").glob("*.ipynb")))
        copy = checksums.digests(project / "_build" / "html")
        assert not checksums.compare(checksums.digests(site), copy)


class TestSmallBook:
    """One worker changes the small book and builds it again."""

    def test_one_sentence_of_prose_executes_nothing_and_reaches_its_page(self, built):
        project, first = built
        page = project / "book" / "prose.md"
        text = page.read_text(encoding="utf-8")
        write(page, text + "\nA sentence that was not here before.\n")
        chapter = project / "notebooks" / "1-amounts.ipynb"
        before = chapter.read_text(encoding="utf-8")
        assert before.count("**The question.** ") == 1
        write(chapter, before.replace("**The question.** ", "**The question.** So: "))
        assert executed(make(project)) == 0
        copy = project / "_build" / "html"
        assert "A sentence that was not here" in (copy / "book" / "prose.html").read_text("utf-8")
        assert "</strong> So: " in (copy / "notebooks" / "1-amounts.html").read_text("utf-8")
        write(page, text)
        write(chapter, before)
        assert executed(make(project)) == 0
        assert not checksums.compare(first, checksums.digests(copy))

    @pytest.mark.parametrize(
        "name",
        ["data/published/table-05.csv", "src/budgetbook/exact/money.py", "requirements.txt"],
    )
    def test_an_input_of_the_notebooks_makes_them_run_again(self, project, name):
        before, text = key(project), (project / name).read_text(encoding="utf-8")
        write(project / name, text + "\n")
        changed = key(project)
        write(project / name, text)
        assert changed != before == key(project)
        assert build._key(project, build._RUN_INPUTS, "zh_CN") != before

    @pytest.mark.parametrize(
        ("change", "page", "shows"),
        [
            (AMOUNT, "book/money.html", "665,000.01"),
            (LINE, "notebooks/1-amounts.html", "(table 8)!</p>"),
        ],
        ids=["one amount", "one line of the package"],
    )
    def test_one_change_alone_executes_the_notebooks_and_reaches_its_page(
        self, built, change, page, shows
    ):
        project, _ = built
        name, old, new = change
        path = project / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        write(path, text.replace(old, new))
        done = make(project)
        write(path, text)
        assert executed(done) == len(NOTEBOOKS)
        html = (project / "_build" / "html" / page).read_text(encoding="utf-8")
        assert shows in html

    def test_a_page_that_warns_is_named_and_the_site_stays(self, built):
        project, _ = built
        copy = project / "_build" / "html"
        page = project / "book" / "prose.md"
        before, text = checksums.digests(copy), page.read_text(encoding="utf-8")
        write(page, text + "\n[nowhere](no-such-page.md)\n")
        done = make(project)
        write(page, text)
        assert done.returncode == 2
        assert "prose.md" in done.stderr
        assert "no-such-page" in done.stderr
        assert "Traceback" not in done.stderr
        assert checksums.digests(copy) == before

    def test_a_build_that_is_killed_leaves_the_last_site(self, built):
        """Killed at moments that a seed draws, with notebooks to execute and without.

        The next build goes on and ends the same.
        """
        project, first = built
        line = project / "src" / "budgetbook" / "exact" / "money.py"
        code = line.read_text(encoding="utf-8")
        assert make(project).returncode == 0
        copy = project / "_build" / "html"
        good = checksums.digests(copy)
        page = project / "book" / "prose.md"
        text = page.read_text(encoding="utf-8")
        draw = random.Random(20)
        settings = {**os.environ, "PYTHONPATH": str(project / "src")}
        for number, moment in enumerate(sorted(draw.uniform(0.3, 7) for _ in range(4))):
            write(line, code + "\n" * (number % 2))  # every second: execute
            write(page, f"{text}\nKilled after {moment}.\n")
            process = subprocess.Popen(
                [sys.executable, "-m", "budgetbook.build"],
                cwd=project,
                env=settings,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            time.sleep(moment)
            if process.poll() is None:
                stop(process)
            found = checksums.digests(copy)
            done = f"Killed after {moment}." in (copy / "book" / "prose.html").read_text("utf-8")
            assert found == good or done, f"killed after {moment} s"
            assert (copy / checksums.SUMS).read_text("utf-8") == checksums.sums(found), (
                "a site that is whole"
            )
            good = found
        write(page, text)
        write(line, code)
        assert make(project).returncode == 0
        assert not checksums.compare(first, checksums.digests(copy))

    @pytest.mark.long
    def test_a_change_of_the_theme_or_of_the_versions_reads_all_pages_again(
        self, project, monkeypatch
    ):
        def folder():
            inside = build.installed(project)
            return build._key(project, build._PAGE_INPUTS, *inside, but=book.PAGES)

        before = folder()
        for name in ("book/theme/layout.html", "book/site/book.css", "book/results/pairs.json"):
            text = (project / name).read_text(encoding="utf-8")
            write(project / name, text + "\n")
            assert folder() != before
            write(project / name, text)
            assert folder() == before
        monkeypatch.setattr(build, "version", lambda name: "0")
        assert folder() != before

    def test_nothing_is_built_where_nothing_changed(self, built):
        project, _ = built
        assert make(project).returncode == 0
        said, copy = [], project / "_build" / "html"
        build.build(project, copy, project / "_build" / "work", said.append)
        assert said == ["nothing changed"]
        before = checksums.digests(copy)
        (copy / "index.html").write_text("touched by hand")
        assert make(project).returncode == 0
        assert checksums.digests(copy) == before

    def test_a_site_links_to_its_release_and_to_a_contact_where_it_is_told_of_them(self, built):
        """One that is told of nothing promises nothing."""
        project, _ = built
        page = project / "book" / "index.md"
        text = page.read_text(encoding="utf-8")
        write(page, f"{text}\n{{{{ report }}}}\n\n```{{downloads}}\n```\n")

        def shown(*options):
            done = make(project, options=("--out", "_build/public", *options))
            assert executed(done) == 0
            names = "notebooks/1-amounts", "book/index"
            return [(project / f"_build/public/{n}.html").read_text("utf-8") for n in names]

        chapter, home = shown()
        assert "budget-book.pdf" not in chapter + home
        assert "Report an error" not in chapter + home
        assert "whoever gave you this copy" in home
        places = "--baseurl", "https://book", "--release", "https://host/v1"
        chapter, home = shown(*places, "--contact", "a@b.example")
        assert 'href="https://host/v1/budget-book.pdf"' in chapter
        for name in ("budget-book.pdf", "offline.zip", "class-sample.zip", "handout.pdf"):
            assert f'href="https://host/v1/{name}"' in home
        for each in (chapter, home):
            assert 'content="https://book/_static/share/' in each
            assert '<a href="mailto:a@b.example">Report an error' in each
        assert unescape(home).replace("%40", "@").count('href="mailto:a@b.example"') == 2
        assert "whoever gave you" not in home
        write(page, text)


@pytest.mark.parametrize(
    ("folder", "deep", "found"),
    [("", 1, ""), ("https://a/", 1, "https://a/x.pdf"), ("release/", 1, "../release/x.pdf")],
)
def test_a_release_lies_at_an_address_or_beside_the_site(folder, deep, found):
    config = SimpleNamespace(html_theme_options={"release": folder} if folder else {})
    assert theme.released(config, "x.pdf", deep) == found


@pytest.mark.long
def test_only_the_changed_notebook_runs(project, tmp_path):
    """Two small notebooks, and code that changes in one."""
    small = tmp_path / "notebooks"
    small.mkdir()
    for name in "ab":
        cells = [nbformat.v4.new_code_cell(f"print('{name}')", id="c1")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), small / f"{name}.ipynb")
    assert execution.execute(tmp_path, tmp_path / "cache", 60, silent) == ["a.ipynb", "b.ipynb"]
    assert execution.execute(tmp_path, tmp_path / "cache", 60, silent) == []
    notebook = nbformat.read(small / "b.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("prose", id="c2"))
    nbformat.write(notebook, small / "b.ipynb")
    assert execution.execute(tmp_path, tmp_path / "cache", 60, silent) == []
    notebook.cells[0].source = "print('c')"
    nbformat.write(notebook, small / "b.ipynb")
    assert execution.execute(tmp_path, tmp_path / "cache", 60, silent) == ["b.ipynb"]


def stop(process):
    """Kill a process and, where there are groups of them, what it has started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def test_a_build_stopped_between_its_last_two_steps_is_put_back(tmp_path):
    site, aside = tmp_path / "html", tmp_path / ".html-before"
    aside.mkdir()
    (aside / "index.html").write_text("good")
    staging.recover(site)
    assert (site / "index.html").read_text() == "good"
    assert not aside.exists()


@pytest.mark.long
@pytest.mark.parametrize("moment", range(12))
def test_an_import_that_is_killed_loses_nothing(source, package_copy, moment):
    """Killed at moments that a seed draws: the package is whole, or the next import mends it."""
    before = {p: p.read_bytes() for p in sorted(package_copy.rglob("*")) if p.is_file()}
    command = [sys.executable, "-m", "budgetbook", "import", str(source), "--out"]
    process = subprocess.Popen([*command, str(package_copy)], stderr=subprocess.DEVNULL)
    time.sleep(random.Random(moment).uniform(0.05, 0.6))
    process.kill()
    process.wait()
    assert subprocess.run([*command, str(package_copy)]).returncode == 0
    assert {p: p.read_bytes() for p in sorted(package_copy.rglob("*")) if p.is_file()} == before
    assert not list(package_copy.glob(".import-*"))
    budgetbook.load(package_copy)


def test_an_import_killed_while_it_exchanged_files_is_undone(source, package_copy):
    left = package_copy / ".import-x"
    (left / "old" / "published").mkdir(parents=True)
    for name in ("claims", "table-05"):
        (package_copy / f"published/{name}.csv").rename(left / f"old/published/{name}.csv")
    budgetbook.reading.importing.import_text(source, package_copy)
    assert not left.exists()
    budgetbook.load(package_copy)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_ends_in_one_sentence(tmp_path, monkeypatch, number):
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "index.html").write_text("good")

    def fails(*_, **__):
        raise OSError(number, os.strerror(number), "somewhere")

    monkeypatch.setattr(build, "execute", fails)
    with pytest.raises(BuildError, match="somewhere") as caught:
        build.build(ROOT, tmp_path / "html", tmp_path / "work", silent)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "html" / "index.html").read_text() == "good"


def test_a_disk_that_is_nearly_full_is_said_before_anything_is_begun(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "ROOM", shutil.disk_usage(tmp_path).total + 1)
    monkeypatch.setattr(build, "execute", None)
    with pytest.raises(BuildError, match=r"MB are free; make room") as caught:
        build.build(ROOT, tmp_path / "html", tmp_path / "work", silent)
    assert "\n" not in str(caught.value)


def test_a_disk_that_fills_at_the_last_step_leaves_the_last_site(tmp_path, monkeypatch):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html").write_text("new")
    out = tmp_path / "html"
    build._put(tmp_path / "pages", out)
    before = checksums.digests(out)

    def full(path, _):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match=r"index\.html"):
        build._put(tmp_path / "pages", out)
    monkeypatch.undo()
    assert checksums.digests(out) == before
    assert not list(tmp_path.glob(".html-*"))


def test_the_line_ends_of_the_site_are_the_same_on_every_system(site, tmp_path):
    pages = tmp_path / "pages" / "below"
    pages.mkdir(parents=True)
    (pages / "a.html").write_bytes(b"one\r\ntwo\n")
    (pages / "a.woff2").write_bytes(b"one\r\ntwo\n")
    build._put(tmp_path / "pages", tmp_path / "html")
    assert (tmp_path / "html" / "below" / "a.html").read_bytes() == b"one\ntwo\n"
    assert (tmp_path / "html" / "below" / "a.woff2").read_bytes() == b"one\r\ntwo\n"
    suffixes = {path.suffix for path in checksums.files(site)}
    binary = {
        ".woff2",
        ".ttf",
        ".png",
        ".ico",
        ".xlsx",
        ".zip",
        ".inv",
        ".csv",
        ".ipynb",
        ".gif",
        ".pptx",
    }
    binary |= {".wasm", ".pptx"}  # the first vendored, kept as published
    assert suffixes <= build._TEXT | binary | {"", ".po", ".mo"}, "say which ones are text"


def test_a_build_that_the_user_stops_says_so_in_one_sentence(monkeypatch, capsys):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(build, "build", stopped)
    assert build.main([]) == 130
    assert capsys.readouterr().err.splitlines() == [
        "Stopped. The last good site is untouched; call make book to go on."
    ]


def test_saving_that_the_user_stops_says_so_in_one_sentence(monkeypatch, capsys):
    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(notebooks, "save", stopped)
    assert notebooks.main() == 130
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("writer", ["import", "saving", "release"])
def test_every_writer_names_the_place_that_cannot_be_written(monkeypatch, capsys, writer, number):
    def fails(*_, **__):
        raise OSError(number, os.strerror(number), "from here", None, "to there")

    calls = {
        "import": (cli, "import_text", lambda: cli.main(["import", "text"])),
        "saving": (notebooks, "save", notebooks.main),
        "release": (release, "release", release.main),
    }
    module, name, call = calls[writer]
    monkeypatch.delenv("GITHUB_REF_NAME", raising=False)
    monkeypatch.setattr(module, name, fails)
    assert call()
    (line,) = capsys.readouterr().err.splitlines()
    assert f"to there: {os.strerror(number)}" in line
    assert "Errno" not in line


def test_a_terminal_sees_one_line_of_progress_and_a_pipe_none(monkeypatch):
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "__stdout__", terminal)
    step = "\x1b[01mwriting output... \x1b[39;49;00m[ 73%] \x1b[32mbook/method\x1b[39;49;00m\r"
    progress = book._Progress()
    progress.write(step)
    progress.clear()
    assert not terminal.getvalue()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    progress.write(step)
    progress.write("no progress")
    assert terminal.getvalue() == "\r      writing output  73%"
    progress.clear()
    assert terminal.getvalue().endswith("\r")


@pytest.mark.long
def test_a_build_does_not_wait_for_grammars():
    code = "import sys, budgetbook.build.site, jsonschema; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="the system does not list open files"
)
def test_the_cache_is_closed_after_a_run(tmp_path):
    """Windows could not remove it otherwise."""
    small(tmp_path, "print(1)")
    execution.execute(tmp_path, tmp_path / "cache", 60, silent)
    opened = [os.path.realpath(one) for one in Path("/proc/self/fd").iterdir()]
    assert not [name for name in opened if "global.db" in name]


@pytest.mark.long
def test_a_failing_or_warning_notebook_is_named(tmp_path):
    for text, says in (("1/0", "ZeroDivisionError"), ("import warnings; warnings.warn('w')", "w")):
        cells = [nbformat.v4.new_code_cell(text, id="c1")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
        with pytest.raises(BuildError, match=rf"n\.ipynb.*{says}"):
            execution.run(tmp_path / "n.ipynb", 60)


@pytest.mark.long
def test_saving_says_which_table_figure_and_number_changed(tmp_path):
    code = (
        "import pandas as pd\nimport seaborn as sns\nfrom IPython.display import display\n"
        "from budgetbook.show import draw, say, show\n"
        "money = pd.DataFrame({'name': ['a'], 'amount': [N]})\n"
        "display(show(money, 'Amounts, yuan'))\ndisplay(say('It is {n:count} yuan.', n=N))\n"
        "draw('bar', sns.barplot, money, 'One bar.', x='amount', y='name')"
    )
    path = tmp_path / "n.ipynb"
    cells = [nbformat.v4.new_code_cell(code.replace("N", "17"), id="c1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    notebooks.save(tmp_path)
    assert notebooks.save(tmp_path) == ["n.ipynb: no output changed"]
    path.write_text(path.read_text().replace("[17]", "[18]").replace("n=17", "n=19"))
    said = "\n".join(notebooks.save(tmp_path))
    assert re.search(r"table “Amounts, yuan”:\s+was +a \| 17.00\s+now +a \| 18.00", said), said
    assert re.search(r"figure “bar”:\s+was +a \| 17.00\s+now +a \| 18.00", said), said
    assert "was  It is 17 yuan." in said
    assert "now  It is 19 yuan." in said


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [("caption", "Twelve.", "Dozen."), ("phone", ">12<", ">13<"), ("desk", "M 0 1", "M 0 2"),
     ("desk", "--bb-basic", "--bb-project"), ("name", "bar", "bars")],
)  # fmt: skip
def test_no_part_of_a_chart_changes_unsaid(part, old, new):
    drawn = '<svg><path d="M 0 1" fill="var(--bb-basic, #3f6fa8)"/><text x="1">12</text></svg>'
    chart = {"name": "bar", "caption": "Twelve.", "alt": "", "values": [["a", "Yuan"], ["b", "12"]],
             "desk": drawn, "phone": drawn}  # fmt: skip
    books = []
    for one in (chart, chart | {part: chart[part].replace(old, new)}):
        output = nbformat.v4.new_output("display_data", {notebooks.CHART: one})
        cell = nbformat.v4.new_code_cell("", outputs=[output])
        books.append(nbformat.v4.new_notebook(cells=[cell]))
    assert notebooks.changes(books[0], books[0]) == []
    assert notebooks.changes(*books)


def test_a_chart_is_known_by_the_kind_that_it_writes():
    assert notebooks.CHART == plots.MIME


@pytest.mark.long
def test_a_notebook_that_fails_keeps_all_from_being_saved(tmp_path):
    for name, text in (("a", "1"), ("b", "1/0")):
        cells = [nbformat.v4.new_code_cell(text, id="c1")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / f"{name}.ipynb")
    before = (tmp_path / "a.ipynb").read_bytes()
    with pytest.raises(BuildError, match=r"b\.ipynb"):
        notebooks.save(tmp_path)
    assert (tmp_path / "a.ipynb").read_bytes() == before


def test_a_copy_is_held_against_the_source_page_by_page(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    for name in ("a.html", "b.html"):
        (site / name).write_text(name)
    ours = checksums.digests(site)
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as archive:
        archive.write(site / "a.html", "a.html")
        archive.writestr("c.html", "c")
    lines = checksums.compare(ours, checksums.digests(tmp_path / "copy.zip"))
    assert lines == ["missing    b.html", "not ours   c.html"]
    (site / "a.html").write_text("other")
    assert checksums.compare(ours, checksums.digests(site)) == ["different  a.html"]


def test_the_site_carries_its_checksums(site):
    text = (site / checksums.SUMS).read_text(encoding="utf-8")
    assert text == checksums.sums(checksums.digests(site))
    assert len(text.splitlines()) > 40


def test_a_host_that_leaves_out_folders_with_a_line_is_told_not_to(site):
    assert any(path.name.startswith("_") for path in site.iterdir())
    assert (site / ".nojekyll").read_bytes() == b""
    assert "  .nojekyll\n" in (site / checksums.SUMS).read_text(encoding="utf-8")


def test_a_release_holds_the_site_the_data_the_workbook_and_their_sums(tmp_path, site):
    for name in ("book", "handout", "answer-sheet"):
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF")
    names = release.release(ROOT, site, tmp_path / "book.pdf", tmp_path / "release", 1)
    files = ["answer-sheet.pdf", "budget-book.pdf", "budget-data.xlsx", "budget-data.zip"]
    files += ["class-sample.zip", "handout.pdf", "offline.zip", "site.zip"]
    assert names == ["NOTES.md", "SHA256SUMS", *files]
    found = checksums.digests(tmp_path / "release")
    listed = (tmp_path / "release" / checksums.SUMS).read_text()
    unlisted = {"NOTES.md", checksums.SUMS}
    assert {line.split("  ")[1] for line in listed.splitlines()} == set(found) - unlisted
    inside = checksums.digests(tmp_path / "release" / "site.zip")
    assert inside == checksums.digests(site)
    assert ".nojekyll" in inside


def test_the_changelog_speaks_of_this_version():
    assert "-" in release.notes(ROOT, budgetbook.__version__)
    with pytest.raises(BuildError, match="0000"):
        release.notes(ROOT, "0000")


def test_other_versions_are_named(tmp_path):
    text = "pytest==0.1 \\\n    --hash=sha256:0\nnot-installed==1.0 \\\n"
    (tmp_path / "requirements.txt").write_text(text)
    (sentence,) = build.unlike_pins(tmp_path)
    assert sentence.startswith(f"pytest {pytest.__version__} is installed")
    assert build.unlike_pins(ROOT) == []


def test_a_missing_python_is_named(tmp_path):
    for script in ("same.py", "newest.py"):
        command = [sys.executable, ROOT / "benchmarks" / script, "no-such-python", sys.executable]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode
        assert (
            done.stderr.strip()
            == "no-such-python is not on this machine: install it or name another"
        )


def test_an_older_python_is_told_so(tmp_path):
    lines = (ROOT / "src" / "budgetbook" / "__init__.py").read_text().splitlines()
    end = next(n for n, line in enumerate(lines) if "raise SystemExit" in line) + 1
    old = "import sys\nsys.version_info = (3, 10, 0)\n" + "\n".join(lines[:end])
    done = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("budgetbook needs Python 3.11 or newer; this is ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_make_with_a_wrong_or_missing_python_ends_in_one_sentence(tmp_path):
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    command = ["make", "book", "PYTHON=no-such-python"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode
    assert "This book needs Python 3.11 or newer" in done.stdout
    assert not (tmp_path / ".venv").exists()


def small(folder, *sources):
    """A project with one small notebook for each source."""
    (folder / "notebooks").mkdir(exist_ok=True)
    for number, source in enumerate(sources):
        cells = [nbformat.v4.new_code_cell(source, id="c1")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"notebooks/{number}.ipynb")
    return folder


@pytest.mark.long
@pytest.mark.parametrize("damage", ["no notebook", "half a notebook", "half a database"])
def test_a_cache_that_a_stop_left_damaged_is_thrown_away(tmp_path, damage):
    cache = tmp_path / "cache"
    small(tmp_path, "print(1)")
    execution.execute(tmp_path, cache, 60, silent)
    (stored,) = cache.rglob("base.ipynb")
    if damage == "no notebook":
        stored.unlink()
    else:
        broken = stored if damage == "half a notebook" else cache / "global.db"
        broken.write_bytes(broken.read_bytes()[:100])
    assert execution.execute(tmp_path, cache, 60, silent) == ["0.ipynb"]
    assert execution.execute(tmp_path, cache, 60, silent) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import time; time.sleep(60)", "more than 1 seconds"),
        ("import os; os._exit(3)", "the kernel died or does not answer"),
    ],
)
def test_a_notebook_that_does_not_end_is_named(tmp_path, source, says):
    small(tmp_path, source)
    with pytest.raises(BuildError, match=rf"0\.ipynb.*{says}"):
        execution.run(tmp_path / "notebooks" / "0.ipynb", 1)


def test_what_is_no_notebook_and_no_settings_is_named(tmp_path):
    small(tmp_path)
    (tmp_path / "notebooks" / "0.ipynb").write_text('{"cells": [')
    with pytest.raises(BuildError, match="not a notebook"):
        execution.execute(tmp_path, tmp_path / "cache", 60, silent)
    for text in ("a: [", "sphinx: {}", ""):
        (tmp_path / "_config.yml").write_text(text)
        with pytest.raises(BuildError, match=r"_config\.yml cannot be used"):
            build._settings(tmp_path, {})


def test_a_users_own_start_up_files_play_no_part(tmp_path, monkeypatch):
    start = tmp_path / "ipython" / "profile_default" / "startup"
    start.mkdir(parents=True)
    (start / "0.py").write_text("round = lambda x: 0")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    small(tmp_path, "print(round(3.7))")
    notebook = execution.run(tmp_path / "notebooks" / "0.ipynb", 60)
    assert notebook.cells[0].outputs[0].text == "4\n"


SHADOW = {"argv": ["/bin/false", "{connection_file}"], "display_name": "x", "language": "python"}


def a_notebook(folder, source):
    """A notebook of one cell."""
    cells = [nbformat.v4.new_code_cell(source, id="c1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "a.ipynb")
    return folder / "a.ipynb"


def test_the_kernel_is_that_of_the_python_that_builds(tmp_path, monkeypatch):
    kernel = tmp_path / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps(SHADOW))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    done = execution.run(a_notebook(tmp_path, "import sys; print(sys.executable)"), 60)
    assert done.cells[0].outputs[0].text == f"{sys.executable}\n"


@pytest.mark.long
def test_a_kernel_that_dies_at_its_start_gives_one_sentence(tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from jupyter_client.kernelspec import KernelSpec, KernelSpecManager\n"
        "from budgetbook.errors import BuildError\nfrom budgetbook.build import execution\n"
        "dead = KernelSpec(argv=[sys.executable, '-c', 'raise SystemExit(3)'], display_name='x')\n"
        "KernelSpecManager.get_kernel_spec = lambda *_: dead\n"
        "try:\n    execution.run(Path(sys.argv[1]), 60)\n"
        "except BuildError as error:\n    print(error)\n"
    )
    command = [sys.executable, "-c", code, str(a_notebook(tmp_path, "1"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("a.ipynb: the kernel died or does not answer"), done.stderr
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_a_users_own_settings_of_matplotlib_play_no_part(tmp_path, monkeypatch):
    own = tmp_path / "own" / "matplotlibrc"
    own.parent.mkdir()
    own.write_text("savefig.bbox: tight\nlines.linewidth: 9\nno.key: 1\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(own))
    source = "import matplotlib as mpl; print(mpl.rcParams['savefig.bbox'])"
    done = execution.run(a_notebook(tmp_path, source), 60)
    assert done.cells[0].outputs[0].text == "None\n"


def test_an_environment_is_no_user_install():
    command = ["make", "--no-print-directory", "--eval", "shown: ; @echo $$PIP_USER", "shown"]
    settings = {**os.environ, "PIP_USER": "1"}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
    assert done.stdout == "0\n", done.stderr


def test_other_installed_versions_make_notebooks_run_again(monkeypatch):
    before = build.installed(ROOT)
    assert any(line.startswith("nbclient ") for line in before)
    monkeypatch.setattr(build, "version", lambda name: "0")
    assert build.installed(ROOT) != before


@pytest.mark.long
def test_a_source_that_changes_meanwhile_is_not_published(tmp_path, monkeypatch):
    project = copied(tmp_path / "project")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "index.html").write_text("page")

    def edits(*_):
        with (project / "data" / "published" / "table-08.csv").open("a") as table:
            table.write("\n")
        return pages

    monkeypatch.setattr(build, "execute", lambda *_: [])
    monkeypatch.setattr(build, "_pages", lambda *_: pages)
    site = build.build(project, tmp_path / "html", tmp_path / "work", silent)
    (site / "mark").write_text("the last good site")
    monkeypatch.setattr(build, "_pages", edits)
    with pytest.raises(BuildError, match="changed meanwhile"):
        build.build(project, site, tmp_path / "work", silent)
    assert (site / "mark").exists()
    assert not list((tmp_path / "work").glob("run-*"))


def test_a_page_that_is_put_back_with_an_older_date_is_read_again(tmp_path):
    page = tmp_path / "book" / "a.md"
    read = tmp_path / "work" / "_build" / ".doctrees" / "book" / "a.doctree"
    for folder in (page, read):
        folder.parent.mkdir(parents=True)
    write(page, "one")
    read.touch()
    book.forget_changed(tmp_path, tmp_path / "work")
    assert read.exists(), "a first build has nothing to forget"
    write(page, "two")
    os.utime(page, (1.7e9, 1.7e9))
    book.forget_changed(tmp_path, tmp_path / "work")
    assert not read.exists()
    assert page.stat().st_mtime == 1.7e9, "a build leaves its sources as they are"
    read.touch()
    book.forget_changed(tmp_path, tmp_path / "work")
    assert read.exists()


def test_a_second_build_at_the_same_time_is_refused(tmp_path):
    with staging.alone(tmp_path / "work"):
        code = (
            "from pathlib import Path; from budgetbook.build import staging\n"
            f"with staging.alone(Path({str(tmp_path / 'work')!r})): pass"
        )
        second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert "Another build is at work" in second.stderr
    with staging.alone(tmp_path / "work"):
        pass


def test_a_site_that_cannot_be_replaced_is_put_back(tmp_path):
    site = tmp_path / "html"
    site.mkdir()
    (site / checksums.SUMS).write_text("")
    with pytest.raises(OSError, match="nothing"):
        staging.put(tmp_path / "nothing", site)
    assert (site / checksums.SUMS).exists()


def test_a_folder_of_something_else_is_not_replaced(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    (tmp_path / "new").mkdir()
    with pytest.raises(BuildError, match="something else"):
        staging.put(tmp_path / "new", tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_what_a_killed_run_left_is_cleared(tmp_path):
    left = tmp_path / ".html-new-abc"
    left.mkdir()
    with staging.beside(tmp_path / "html"):
        assert not left.exists()
    assert not list(tmp_path.glob(".html-new-*"))


@pytest.mark.parametrize("copy", ["", "no-such.zip"])
def test_verify_needs_a_copy(copy, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert build.main(["--verify", copy]) == 2
    assert "make verify COPY=" in capsys.readouterr().err


def test_a_copy_is_read_whole(tmp_path):
    site = tmp_path / "site"
    (site / "__pycache__").mkdir(parents=True)
    (site / "__pycache__" / "more.html").write_text("more")
    (site / checksums.SUMS).write_text("sums")
    assert set(checksums.digests(site)) == {"__pycache__/more.html", checksums.SUMS}
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as archive:
        archive.write(site / checksums.SUMS, f"site-1.0/{checksums.SUMS}")
        archive.writestr("site-1.0/__pycache__/more.html", "more")
    assert checksums.digests(tmp_path / "copy.zip") == checksums.digests(site)
    for content in (b"", b"no zip", (tmp_path / "copy.zip").read_bytes()[:-30]):
        (tmp_path / "bad.zip").write_bytes(content)
        with pytest.raises(BuildError, match="get it again"):
            checksums.digests(tmp_path / "bad.zip")


@pytest.mark.long
def test_another_folders_package_builds_nothing(tmp_path):
    command = [sys.executable, "-m", "budgetbook.build"]
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert "not of this folder" in done.stderr


@pytest.mark.long
def test_a_notebook_edited_meanwhile_keeps_all_from_being_saved(tmp_path, monkeypatch):
    (tmp_path / "p").mkdir()
    folder = small(tmp_path / "p", "1", "2") / "notebooks"
    real = notebooks.run

    def edited(path, timeout):
        done = real(path, timeout)
        if path.name == "1.ipynb":
            path.write_text(path.read_text().replace('"2"', '"3"'))
        return done

    before = (folder / "0.ipynb").read_bytes()
    monkeypatch.setattr(notebooks, "run", edited)
    with pytest.raises(BuildError, match="edited meanwhile"):
        notebooks.save(folder)
    assert (folder / "0.ipynb").read_bytes() == before


@pytest.mark.long
def test_saving_that_is_killed_leaves_whole_notebooks_and_nothing_for_the_book(tmp_path):
    """Killed at moments that a seed draws; every notebook is the old or the new one."""
    project = tmp_path / "p"
    project.mkdir()
    folder = small(project, "print(1)", "print(2)") / "notebooks"
    command = [sys.executable, "-m", "budgetbook.build.notebooks"]
    for moment in (0.8, random.Random(5).uniform(1, 4)):
        process = subprocess.Popen(
            command, cwd=project, stdout=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(moment)
        if process.poll() is None:
            stop(process)
        assert sorted(p.name for p in folder.iterdir()) == ["0.ipynb", "1.ipynb"]
        assert all(execution.read(path).cells for path in folder.iterdir())
    assert subprocess.run(command, cwd=project, capture_output=True).returncode == 0
    assert not list((project / "_build").glob(".saving-*"))


def test_a_tag_is_the_version(monkeypatch):
    release.check_tag("main")
    release.check_tag(f"v{budgetbook.__version__}")
    with pytest.raises(BuildError, match=r"v0\.0\.1"):
        release.check_tag("v0.0.1")


@pytest.mark.long
def test_a_missing_or_foreign_package_ends_in_one_sentence(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules[__import__('os').environ['GONE']] = None"
    )
    cases = {"docutils": "is not installed here", "jupyter_book.cli": "made with 1.x"}
    for gone, says in cases.items():
        settings = {**os.environ, "PYTHONPATH": str(tmp_path), "GONE": gone}
        command = [sys.executable, "-c", "import budgetbook.build.site"]
        done = subprocess.run(command, env=settings, capture_output=True, text=True)
        assert done.returncode == 1
        assert says in done.stderr
        assert "Traceback" not in done.stderr


def test_a_newer_python_is_told_so(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(build, "NEWEST", (3, 10))
    assert build.main(["--verify", ""]) == 2
    assert "newer than any that this book is tested on" in capsys.readouterr().out
