"""Sets what notebooks show as the book sets it: the frames that pandas prints, the charts."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any, ClassVar

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..messages import said
from ..show.plots import MIME, Chart
from ..words.columns import of_numbers, plain
from .markup import cite, permalink
from .passports import source


class ChartOutput:
    """Renders the charts of notebooks from their data: an entry point of myst-nb."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the figure with its drawings for desk and phone, or None for another output."""
        if inline or data.mime_type != MIME:
            return None
        return [figure(Chart(**data.content), renderer.renderer.sphinx_env)]


def figure(chart: Chart, env: BuildEnvironment) -> nodes.raw:
    """Return a chart for a page; its picture and its values become downloads."""
    stem = f"{env.docname.rpartition('/')[2]}-{chart.name}"
    folder = Path(env.app.outdir) / "downloads" / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    rows = io.StringIO()
    csv.writer(rows, lineterminator="\n").writerows(map(plain, row) for row in chart.values)
    (folder / f"{stem}.svg").write_text(chart.alone(), encoding="utf-8", newline="\n")
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


_FRAME = re.compile(
    r"<div>\s*<style scoped>.*?</style>\s*(<table [^>]*\bdataframe\b.*?</table>)", re.S
)
_BLANK = ("NaN", "None", "<NA>")
#: A name for programs, such as that of a check.
_NAME = re.compile(r"[a-z]+(?:[-_./:][^\s-]+)+")


def framed(body: str) -> str:
    """Return a page's HTML with its frames in boxes that scroll, numbers to the right."""
    return _FRAME.sub(lambda found: f'<div class="table-frame" tabindex="0">{_set(found[1])}', body)


_CAPTION = re.compile(r"(?<=<p class=['\"]table-title['\"]>).*?(?=</p>)", re.S)


def coded(body: str) -> str:
    """Return a page's HTML whose captions set the operations that they name as code."""
    return _CAPTION.sub(
        lambda found: re.sub(r"\b[\w.]+\(\)", r"<code>\g<0></code>", found[0]), body
    )


def _set(html: str) -> str:
    new: Any = BeautifulSoup(html, "html.parser")
    table = new.table
    head, *below = table.thead.find_all("tr")
    for named in below:  # pandas prints the name of the index in a row of its own
        head.find("th").replace_with(named.find("th"))
        named.decompose()
    rows = table.tbody.find_all("tr")
    cells = [row.find_all(["th", "td"]) for row in (head, *rows)]
    for title, *column in zip(*cells, strict=True):
        for cell in column:
            if cell.text in _BLANK:
                cell.string = ""
            elif _NAME.fullmatch(cell.text):
                cell.string.wrap(new.new_tag("code"))
        if of_numbers(title.text, [cell.text for cell in column]):
            for cell in (title, *column):
                cell["class"] = "number"
        if not title.text:
            title.name = "td"  # a heading that is empty is none
    for name in head.find_all("th"):  # the name of a column in code
        name.string.wrap(new.new_tag("code"))
    del table["border"], head["style"]
    table["class"] = "budget frame"
    return str(table)
