"""What nbval cannot say of the notebooks: their form, and that a wrong output fails the suite."""

import contextlib
import io
import itertools
import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import cells
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from budgetbook.build.execution import run as execute
from budgetbook.practice.questions import embedded
from budgetbook.show.plots import MIME, Chart

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if not path.name.startswith("appendix")]
FORBIDDEN = re.compile(r"nbval[-_]|NBVAL_|raises-exception|skip-execution|remove[-_]|hide-output")


def problems(notebook):
    """Return what would let a cell of a notebook go unseen."""
    found = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        found.append("code cells are not counted in order")
    for cell in code:
        if FORBIDDEN.search(cell.source) or FORBIDDEN.search(json.dumps(cell.metadata)):
            found.append("a cell is kept from comparison")
        if sum(bool(line.strip()) for line in cell.source.splitlines()) > 15:
            found.append(f"a cell longer than 15 lines: {cell.source[:40]}")
        for output in cell.outputs:
            if output.get("name") == "stderr" or output.output_type == "error":
                found.append("a cell warns or fails")
            if re.search(r"0x[0-9a-f]{6,}|/(home|root|work|tmp|Users)/", json.dumps(output)):
                found.append("an output holds an address or a path")
    return found


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    """Each notebook as saved."""
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request):
    """Each chapter as saved; an appendix holds its tables in full, and argues nothing."""
    return nbformat.read(request.param, as_version=4)


def test_a_notebook_hides_nothing_from_comparison(notebook):
    nbformat.validate(notebook)
    assert not problems(notebook)


def test_a_chapter_of_the_package_folds_its_code(notebook, request):
    """The first chapter is all code to read; in the others each cell opens by a word."""
    folds = ["hide-input" in cell.metadata.get("tags", []) for cell in notebook.cells
             if cell.cell_type == "code"]  # fmt: skip
    assert not any(folds) if "00-" in request.node.name else all(folds)


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p not in CHAPTERS], ids=lambda p: p.stem)
def test_an_appendix_leads_back_to_its_chapter(path):
    """It is named a letter and what it holds, in both languages."""
    first = nbformat.read(path, as_version=4).cells[0].source
    assert re.match(r"# Appendix [A-Z]\. .* 附录.：", first)
    chapters = re.findall(r"\]\((\d\d-[\w-]+\.ipynb)\)", first)
    assert chapters
    for name in chapters:
        assert f"]({path.name}" in (ROOT / "notebooks" / name).read_text(encoding="utf-8")


def test_the_first_chapter_says_what_it_needs():
    """Its three files, which a reader gets on the site, and the package for its exercises alone."""
    first, *others = nbformat.read(CHAPTERS[0], as_version=4).cells
    code = "\n".join(cell.source for cell in others if cell.cell_type == "code")
    assert re.findall(r"`(table-\d+\.csv)`", first.source) == sorted(
        set(re.findall(r'"(table-\d+\.csv)"', code))
    )
    assert "budgetbook" not in code
    asked = "from budgetbook.practice import check" in "\n".join(cell.source for cell in others)
    assert asked == ("`check`" in first.source)


def test_a_chapter_is_an_argument(chapter):
    prose = [cell.source for cell in chapter.cells if cell.cell_type == "markdown"]
    text = "\n".join(prose)
    assert len(re.findall(r"(?m)^# ", text)) == 1
    levels = [len(mark) for mark in re.findall(r"(?m)^(#+) ", text)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert "**The question.**" in prose[0]
    assert "After this chapter you will be able to" in prose[0]
    assert "## What this chapter does not show" in prose[-1]
    questions = prose[-1].partition("## To discuss")[2]
    assert len(re.findall(r"(?m)^\d\. ", questions)) == 3


def test_the_answer_is_three_computed_bullets(chapter):
    answers = [
        output.data["text/markdown"]
        for cell in chapter.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "The answer" in output.get("data", {}).get("text/markdown", "")
    ]
    assert len(answers) == 1
    bullets = re.findall(r"(?m)^- (.*)", answers[0])
    assert len(bullets) == 3
    assert all(re.search(r"\d", bullet) for bullet in bullets)


def test_no_amount_is_typed_into_prose(notebook):
    """Prose may name tables, classes of account and steps of a list, never an amount.

    An exercise is the question bank's, which types no answer (see test_practice.py).
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not embedded(cell.source):
            text = re.sub(
                r"(?m)^\d\. |\([^)]*\.(md|ipynb)\)|`table-\d+\.csv`|[Tt]ables? \d+( (to|and) \d+)?",
                "",
                cell.source,
            )
            text = re.sub(r"\b50[1-5]\b", "", text)
            assert not re.search(r"\d", text), cell.source


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_cell_can_be_read_at_a_glance(path):
    measured = cells.measures([path])
    assert measured["median lines"] <= 5
    assert measured["median characters"] <= 160
    assert measured["longest"] <= 12
    assert measured["over 100 columns"] == 0


def test_computed_sentences_are_rare(chapter):
    """The answer, captions and conclusions; beside them a step may come to a sentence, or two."""
    told, since = 0, 0
    for cell in chapter.cells:
        if cell.cell_type == "markdown":
            since = 0
            continue
        sentences = sum(map(_is_sentence, cell.outputs))
        told, since = told + sentences, since + sentences
        assert since <= 2, cell.source
    assert told <= 10


def _is_sentence(output):
    """Whether an output is a sentence of its own: neither table nor chart nor the answer."""
    text = output.get("data", {}).get("text/markdown", "")
    return bool(text) and "The answer" not in text and "<table" not in text


def test_code_does_not_run_on_without_a_word(chapter):
    """Prose, or a comment that says what begins here, stands before every eighth cell of code."""
    silent = 0
    for cell in chapter.cells:
        spoken = cell.cell_type == "markdown" or cell.source.startswith("# ")
        silent = 0 if spoken else silent + 1
        assert silent <= 7, cell.source


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_is_told_in_pandas_and_seaborn(path):
    assert cells.measures([path])["plain"] >= Fraction(40, 100)


def test_charts_speak(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            html = data.get("text/html", "")
            if MIME in data:
                chart = Chart(**data[MIME])
                assert "<svg" not in html, "a notebook that is not trusted would show nothing"
                for svg in (chart.desk, chart.phone):
                    assert ElementTree.fromstring(svg).get("aria-label") == chart.alt
                    assert "style=" not in svg
                message, *drawn = chart.caption.split("\n")
                assert min(len(chart.alt), len(message)) > 30
                assert len(drawn) == 2, "what is drawn and its unit, then its source"
                assert all(line.endswith(".") for line in (message, *drawn)), chart.caption
            assert MIME in data or "<svg" not in html


# A wrong saved output fails the suite -----------------------------------------------------------

KINDS = {
    "stream": "print('total 12')",
    "text/plain": "6 * 7",
    "text/markdown": "from budgetbook.show import say\nsay('**{n:count}** yuan', n=12)",
    "HTML table": (
        "import pandas as pd\nfrom budgetbook.show import show\n"
        "show(pd.DataFrame({'name': ['a'], 'amount': [12]}), 'Amounts of {n:count}', n=12)"
    ),
    "chart": (
        "import seaborn as sns\nfrom budgetbook.show import draw\n"
        "money = pd.DataFrame({'name': ['twelve'], 'amount': [12]})\n"
        "draw('bar', sns.barplot, money, 'Twelve is 12.', x='amount', y='name')"
    ),
    "picture": (
        "import base64\nfrom IPython.display import Image\n"
        "Image(base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk'\n"
        "                       '+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))"
    ),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A small notebook with one cell for each kind of output, executed and saved."""
    folder = tmp_path_factory.mktemp("notebooks")
    source = (ROOT / "notebooks" / "conftest.py").read_text(encoding="utf-8")
    (folder / "conftest.py").write_text(source, encoding="utf-8")
    path = folder / "small.ipynb"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    cells = [new_code_cell(text, id=f"c{n}") for n, text in enumerate(KINDS.values())]
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    nbformat.write(execute(path, 120), path)
    return path


def wrong(text):
    """Change the last digit of a text, or of a picture's code its last letter but four."""
    at = max(i for i, letter in enumerate(text) if letter.isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def corrupted(saved):
    """The small notebook with another last digit in each output; in a chart, in its drawing."""
    notebook = nbformat.read(saved, as_version=4)
    for cell in notebook.cells:
        output = cell.outputs[0]
        if output.output_type == "stream":
            output.text = wrong(output.text)
        elif MIME in output.data:
            output.data[MIME]["phone"] = wrong(output.data[MIME]["phone"])
        else:
            kinds = ("image/png", "text/html", "text/markdown", "text/plain")
            kind = next(kind for kind in kinds if kind in output.data)
            output.data[kind] = wrong(output.data[kind])
    return notebook


def stripped(saved):
    """The small notebook without its outputs."""
    notebook = nbformat.read(saved, as_version=4)
    for cell in notebook.cells:
        cell.outputs = []
    return notebook


@pytest.fixture(scope="module")
def failing(saved):
    """The numbers of the cells that nbval fails, by the name of the notebook; run once for all."""
    nbformat.write(corrupted(saved), saved.with_name("corrupted.ipynb"))
    nbformat.write(stripped(saved), saved.with_name("stripped.ipynb"))
    settings = saved.with_name("pytest.ini")
    settings.write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-q"]
    run = subprocess.run(
        [*command, "--rootdir", str(saved.parent), "-c", str(settings), str(saved.parent)],
        cwd=saved.parent,
        capture_output=True,
        text=True,
    )
    assert f"{2 * len(KINDS)} failed, {len(KINDS)} passed" in run.stdout, run.stdout + run.stderr
    found = {}
    for name, cell in re.findall(r"FAILED .*?(\w+)\.ipynb::Cell (\d+)", run.stdout):
        found.setdefault(name, set()).add(int(cell))
    return found


@pytest.mark.long
def test_the_small_notebook_passes_untouched(failing):
    assert "small" not in failing


@pytest.mark.long
@pytest.mark.parametrize("name", ["corrupted", "stripped"])
def test_a_corrupted_or_removed_output_of_any_kind_fails(failing, name):
    assert failing[name] == set(range(len(KINDS)))


@pytest.mark.long
def test_a_blanked_count_fails(saved):
    notebook = nbformat.read(saved, as_version=4)
    assert not problems(notebook)
    notebook.cells[2].execution_count = None
    assert problems(notebook) == ["code cells are not counted in order"]


# A notebook runs anywhere, and follows its data --------------------------------------------------


def answer(folder, work):
    """Execute the cells of chapter three up to its answer, with the data of a project folder.

    `work` is the folder that they run in; returns what they print.
    """
    notebook = nbformat.read(ROOT / "notebooks" / "03-variance.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    told = next(i for i, cell in enumerate(cells) if cell.startswith("answer("))
    code = "\n".join([*cells[:told], f"print({cells[told]})"])
    assert code.count("budget = Budget()") == 1
    if folder:
        where = f"import budgetbook\nbudget = Budget(budgetbook.load({str(folder)!r}))"
        code = code.replace("budget = Budget()", where)
    printed = io.StringIO()
    with contextlib.chdir(work), contextlib.redirect_stdout(printed):
        exec(code, {})
    return printed.getvalue()


def test_an_error_of_the_package_is_its_sentence_in_a_notebook(tmp_path):
    """And not the lines of the code that raised it, which stand above it in dozens."""
    code = f"import budgetbook\nbudgetbook.load({str(tmp_path / 'data')!r})"
    command = [sys.executable, "-m", "IPython", "--colors=NoColor", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    (line,) = done.stdout.splitlines()
    assert line.startswith("InputError: ")
    assert line.endswith("not found; give the folder of a data package")


def test_a_notebook_runs_from_any_folder(tmp_path):
    assert answer(None, tmp_path) == answer(None, ROOT)


def test_a_changed_figure_changes_the_sentence_with_its_direction(package_copy, tmp_path):
    before = answer(package_copy, tmp_path)
    assert "44.8 万元 less than the year before" in before
    table = package_copy / "published" / "table-05.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count("6095655.89") == 1
    table.write_text(text.replace("6095655.89", "5095655.89"), encoding="utf-8")
    assert "55.2 万元 more than the year before" in answer(package_copy, tmp_path)
