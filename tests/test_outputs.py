"""A frame of pandas looks like a table of the book; the first chapter needs pandas alone."""

import contextlib
import io
import json
import re
import shutil
import sys
from dataclasses import asdict
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import nbformat
import pandas as pd
import pytest
import seaborn as sns
from bs4 import BeautifulSoup

import budgetbook
from budgetbook.reading.importing import import_text
from budgetbook.show import draw
from budgetbook.show.plots import MIME
from budgetbook.site.outputs import NotebookOutput, framed
from budgetbook.synthetic import SHAPES, department
from budgetbook.synthetic.printing import printed
from budgetbook.words.columns import plain

ROOT = Path(__file__).resolve().parent.parent
FIRST = ROOT / "notebooks" / "00-three-tables.ipynb"
FILES = ("table-05.csv", "table-07.csv", "table-17.csv")


@pytest.fixture
def table():
    """A function: the table of a frame as the book shows it."""

    def shown(frame):
        found = BeautifulSoup(framed(frame._repr_html_()), "html.parser")
        assert found.select_one("div.table-frame")["tabindex"] == "0"
        return found.select_one("div.table-frame > table.budget")

    return shown


def test_numbers_stand_to_the_right_and_words_do_not(table):
    found = table(pd.DataFrame({"name": ["a", "b"], "yuan": ["12.50", "NaN"], "code": [501, 502]}))
    marked = [[c.text for c in row.select(".number")] for row in found.select("tr")]
    assert marked == [["", "yuan"], ["0", "12.50"], ["1", ""]], "a blank is blank"
    assert not found.select("style, [style], [border], th:empty")


def test_the_name_of_an_index_stands_over_it(table):
    frame = pd.DataFrame({"yuan": [1, 2]}, index=pd.Index(["x", "y"], name="unit"))
    (head,) = table(frame).thead.select("tr")
    assert [cell.text for cell in head.select("th")] == ["unit", "yuan"]


def test_an_empty_frame_keeps_its_heading(table):
    assert [c.text for c in table(pd.DataFrame(columns=["a", "b"])).select("th")] == ["a", "b"]


# Charts -----------------------------------------------------------------------------------------


class Output(NamedTuple):
    """What the page renderer is given of an output of a cell."""

    mime_type: str
    content: dict


@pytest.fixture(scope="module")
def chart():
    """A small chart, as a cell puts it out."""
    money = pd.DataFrame({"name": ["twelve"], "amount": [12]})
    caption = "Twelve is 12.\nA number, yuan.\nTable 5."
    return draw("bar", sns.barplot, money, caption, x="amount", y="name")


def test_a_chart_of_a_cell_stands_on_its_page_with_both_drawings(chart, disclosure, tmp_path):
    bundle = json.loads(json.dumps(chart._repr_mimebundle_()))
    app = SimpleNamespace(outdir=tmp_path, budget=disclosure)
    env = SimpleNamespace(docname="notebooks/one", app=app)
    cell = SimpleNamespace(renderer=SimpleNamespace(sphinx_env=env))
    (node,) = NotebookOutput.handle_mime(cell, Output(MIME, bundle[MIME]), inline=False)
    found = BeautifulSoup(node.astext(), "html.parser")
    assert found.select_one("figure.chart")["id"] == "fig-bar"
    assert [part["class"] for part in found.select("figure > div")] == [["desk"], ["phone"]]
    assert len(found.select("svg")) == 2
    parts = [part.name for part in found.figure.find_all(recursive=False)]
    assert parts == ["figcaption", "div", "div", "p", "details"], "message above, source below"
    assert found.figcaption.b.text == "Twelve is 12."
    assert found.figcaption.span.text == "A number, yuan."
    assert found.select_one("p.source").text == "Table 5."
    picture = (tmp_path / "downloads" / "figures" / "one-bar.svg").read_text(encoding="utf-8")
    office, year = disclosure.document["office"], disclosure.year
    for part in (f"{office}{year}年部门预算", budgetbook.__version__, "CC BY 4.0"):
        assert part in picture
    cited = found.select_one("details.values details.cite p").text
    assert "Twelve is 12. In:" in cited
    assert cited.endswith("notebooks/one.html#fig-bar")
    assert [cell.text for cell in found.select("tbody td")] == ["12.00"]
    for link, end in zip(found.select("a[download]"), (".svg", ".csv"), strict=True):
        assert link["href"] == f"../downloads/figures/one-bar{end}"
        assert (tmp_path / link["href"].removeprefix("../")).is_file()


@pytest.mark.parametrize(
    ("shown", "taken"),
    [
        ("−1,309,800.00", "-1309800.00"),
        ("+862,285.24", "862285.24"),
        ("−202,000.26 to +348,077.72", "-202000.26 to 348077.72"),
        ("61%", "61%"),
        ("Health, 2,000", "Health, 2,000"),
        ("65 (45)", "65 (45)"),
        ("", ""),
    ],
)
def test_a_program_reads_the_numbers_of_a_chart(shown, taken):
    assert plain(shown) == taken


def test_other_outputs_and_words_in_a_line_are_left_to_others(chart):
    assert NotebookOutput.handle_mime(None, Output("text/html", {}), inline=False) is None
    assert NotebookOutput.handle_mime(None, Output(MIME, asdict(chart)), inline=True) is None


def test_the_renderer_of_charts_is_asked_first():
    (found,) = (e for e in entry_points(group="myst_nb.mime_renderers") if "budgetbook" in e.value)
    assert found.load() is NotebookOutput
    ((builders, kind, rank),) = NotebookOutput.mime_priority_overrides
    assert (builders, kind) == ("*", MIME)
    assert rank < 10, "above HTML, which is what a notebook shows"


# The first chapter ------------------------------------------------------------------------------


def answer(folder, monkeypatch):
    """Run the first chapter beside its files and return its answer."""
    monkeypatch.chdir(folder)
    monkeypatch.setitem(sys.modules, "budgetbook", None)  # an import of the package fails
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        cells = nbformat.read(FIRST, as_version=4).cells
        *cells, last = (cell.source for cell in cells if cell.cell_type == "code")
        exec("\n".join(cells), names)
        lines, _, markdown = last.partition("Markdown(")
        exec(f"{lines}\nanswer = Markdown({markdown}", names)
    return names["answer"].data


@pytest.fixture
def beside(tmp_path):
    """A folder with the three files that the chapter reads."""
    for name in FILES:
        shutil.copy(ROOT / "data" / "published" / name, tmp_path)
    return tmp_path


def test_the_first_chapter_needs_pandas_and_three_files(beside, monkeypatch):
    saved = nbformat.read(FIRST, as_version=4).cells
    shown = next(c for c in reversed(saved) if c.cell_type == "code").outputs[0]
    assert answer(beside, monkeypatch) == shown.data["text/markdown"]


def test_its_answer_follows_the_figures(beside, monkeypatch):
    before = answer(beside, monkeypatch)
    for name, old, new in (
        ("table-07.csv", "309149.06", "309149.07"),
        ("table-05.csv", "313548.16,,82", "313548.16,,81"),
        ("table-17.csv", ",50000.00,", ",60000.00,"),
    ):
        path = beside / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    after = answer(beside, monkeypatch)
    assert "3,548,141.14" in after
    assert "3,548,141.14" not in before


@pytest.mark.parametrize("shape", SHAPES)
def test_it_reads_departments_of_every_shape(tmp_path, monkeypatch, shape):
    """If they print its three tables; the gap between forms and table is theirs."""
    text = tmp_path / "published.txt"
    text.write_text(printed(department(1, shape=SHAPES[shape])), encoding="utf-8")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    import_text(text, tmp_path / "data")
    folder = tmp_path / "data" / "published"
    if all((folder / name).is_file() for name in FILES):
        told = answer(folder, monkeypatch)
        assert told.count("yuan") == 3
        assert not re.search(r"\bnan\b|None|Decimal", told), told
    else:
        with pytest.raises(FileNotFoundError, match="table-"):
            answer(folder, monkeypatch)
