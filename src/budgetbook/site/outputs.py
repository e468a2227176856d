"""Sets what notebooks show as the book sets it: the charts, and the frames that pandas prints."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.environment import BuildEnvironment

from .. import __version__
from ..messages import said
from ..show.fitting import fit, label
from ..show.plots import MIME, Chart
from ..show.tables import numeric
from ..words.columns import plain
from .markup import BOOK, cite, permalink
from .passports import source


class NotebookOutput:
    """Renders charts from their data and frames of pandas: an entry point of myst-nb."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return what the page shows of a chart or a frame, or None for another output."""
        if inline:
            return None
        if data.mime_type == MIME:
            return [figure(Chart(**data.content), renderer.renderer.sphinx_env)]
        if data.mime_type == "text/html" and "dataframe" in data.content:
            return [nodes.raw("", framed(data.content), format="html")]
        return None


def figure(chart: Chart, env: BuildEnvironment) -> nodes.raw:
    """Return a chart for a page; its picture and its values become downloads."""
    stem = f"{env.docname.rpartition('/')[2]}-{chart.name}"
    folder = Path(env.app.outdir) / "downloads" / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    rows = io.StringIO()
    csv.writer(rows, lineterminator="\n").writerows(map(plain, row) for row in chart.values)
    (folder / f"{stem}.svg").write_text(chart.alone(_whose(env)), encoding="utf-8", newline="\n")
    (folder / f"{stem}.csv").write_text(rows.getvalue(), encoding="utf-8-sig", newline="\n")
    at = "../" * env.docname.count("/") + f"downloads/figures/{stem}"
    files = {"svg": said("The picture 图 (SVG)"), "csv": said("The values 数值 (CSV)")}
    links = (f'<a download href="{at}.{kind}">{title}</a>' for kind, title in files.items())
    anchor = f"fig-{chart.name}"
    title = said("Figure: {caption:text}", caption=chart.caption.partition("\n")[0])
    whose = source(vars(env.app)["budget"])
    menu = f"<p>{' · '.join(links)}</p>{cite(title, f'{env.docname}.html#{anchor}', whose)}"
    here = f" {permalink(anchor, said('this figure'))}"
    return nodes.raw("", chart.page(here=here, menu=menu), format="html")


def _whose(env: BuildEnvironment) -> str:
    """Return the line below a picture to take away: whose budget, which book and licence."""
    budget = vars(env.app)["budget"]
    return said(
        "{office:text}{year:year}年部门预算 · {book:text}, {version:text}, CC BY 4.0",
        office=budget.document["office"],
        year=budget.year,
        book=said(BOOK),
        version=__version__,
    )


_BLANK = ("NaN", "None", "<NA>")
#: A name for programs, such as that of a check.
_NAME = re.compile(r"[a-z]+(?:[-_./:][^\s-]+)+")


def framed(html: str) -> str:
    """Return the HTML of a frame as a table of the book: blanks blank, numbers to the right.

    Names for programs and those of columns stand as code, the style of pandas goes.
    """
    new: Any = BeautifulSoup(html, "html.parser")
    table = new.find("table", class_="dataframe")
    head, *below = table.thead.find_all("tr")
    for named in below:  # pandas prints the name of the index in a row of its own
        head.find("th").replace_with(named.find("th"))
        named.decompose()
    rows = table.tbody.find_all("tr")
    cells = [row.find_all(["th", "td"]) for row in (head, *rows)]
    for cell in chain.from_iterable(cells[1:]):
        if cell.text in _BLANK:
            cell.string = ""
        elif _NAME.fullmatch(cell.text):
            cell.string.wrap(new.new_tag("code"))
    heads, *texts = ([cell.text for cell in row] for row in cells)
    numbers = numeric(heads, texts)
    cards, words = fit(heads, texts, numbers)
    for at, (title, *column) in enumerate(zip(*cells, strict=True)):
        if numbers[at]:
            for cell in (title, *column):
                cell["class"] = "number"
        if words[at]:
            title["data-words"] = ""
        for cell in column:
            if cards and at and cell.text:
                cell["data-label"] = label(title.text)
        if title.text:
            title.string.wrap(new.new_tag("code"))
        else:
            title.name = "td"  # a heading that is empty is none
    del table["border"], head["style"]
    table["class"] = "cards budget frame" if cards else "budget frame"
    return f'<div class="table-frame" tabindex="0">{table}</div>'
