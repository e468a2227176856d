"""One look for every figure: bars with their labels above them, arcs between names, for phones.

A chart is drawn with seaborn's theme and shown as inline SVG: its text stays text, its colours
follow the page's light or dark theme, and the same data give the same bytes. Every chart has a
caption that states its message and an alternative text that says what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..exact.money import yuan
from .drawing import COLOURS, INK, SIZE, WIDTH, sheet, svg_of


@dataclass(frozen=True)
class Chart:
    """A drawn chart: `name` (its anchor), inline SVG, caption, alternative text, and `values`.

    `values` is the table of what is drawn, its heading first; a reader opens it below the chart.
    """

    name: str
    svg: str
    caption: str
    alt: str
    values: Sequence[Sequence[str]]

    def _repr_html_(self) -> str:
        return (
            f'<figure class="chart" id="fig-{self.name}" style="max-width:32rem;margin:1.5rem 0">'
            f"{self.svg}<figcaption>{escape(self.caption)}</figcaption>{self._table()}</figure>"
        )

    def _table(self) -> str:
        heads, *rows = self.values
        head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
        body = "".join(
            f"<tr><th scope='row'>{escape(row[0])}</th>"
            + "".join(f"<td class='number'>{escape(text)}</td>" for text in row[1:])
            + "</tr>"
            for row in rows
        )
        label = escape(f"The values drawn in figure {self.name}")
        return (
            "<details class='values'><summary>The values drawn 图中数值</summary>"
            f"<div class='table-frame' tabindex='0' role='region' aria-label='{label}'>"
            f"<table class='budget'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            "</div></details>"
        )

    def __repr__(self) -> str:
        return f"Chart: {self.caption}"


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its parts as (colour name, exact value, text), and its start.

    Values are yuan, points or counts, all of one kind in a chart; `start` moves the bar along
    the axis, as a waterfall needs it.
    """

    label: str
    parts: Sequence[tuple[str, Decimal | int, str]]
    start: Decimal | int = 0


def draw(
    name: str,
    bars: Sequence[Bar],
    caption: str,
    alt: str,
    values: Sequence[Sequence[str]] | None = None,
    unit: str = "Yuan",
) -> Chart:
    """Draw bars under each other, each with its label above it and its value beside it.

    The table of values is that of the bars' parts, under their `unit`, unless `values` gives
    another one.
    """
    with sheet(name, height([bar.label for bar in bars])) as (figure, axes):
        axes.set_axis_off()
        widest = max(float(bar.start + sum(v for _, v, _ in bar.parts)) for bar in bars)
        for position, bar in enumerate(bars):
            _draw_bar(axes, bar, -position, widest)
        _frame(axes, bars, widest)
        svg = svg_of(figure, name, alt)
    return Chart(name, svg, caption, alt, values or _values(bars, unit))


def broken(label: str) -> str:
    """Break a label that is wider than a figure: before its Chinese, or near its middle."""
    wide = sum(1 if letter > "\u2e7f" else 0.45 for letter in label) * SIZE
    chinese = re.search(r" (?=[\u2e80-\uffef])", label)
    at = chinese.start() if chinese else label.rfind(" ", 0, len(label) * 3 // 5)
    return f"{label[:at]}\n{label[at + 1 :]}" if wide > WIDTH * 72 and at > 0 else label


def height(labels: Sequence[str]) -> float:
    """Return the height of a figure with a bar under each label, in inches."""
    lines = 1 + max(broken(label).count("\n") for label in labels)
    return 0.34 + len(labels) * (0.34 + 0.2 * lines)


def _values(bars: Sequence[Bar], unit: str) -> list[list[str]]:
    """Return bars as a table: a row each, or a row each part where a bar has several."""
    rows = [["Bar", unit]]
    for bar in bars:
        for _, value, text in bar.parts:
            named = text if re.search("[A-Za-z一-龥]", text) and len(bar.parts) > 1 else ""
            shown = yuan(value) if unit == "Yuan" else f"{value:,}"
            rows.append([f"{bar.label}: {named}" if named else bar.label, shown])
    return rows


def heat(
    name: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[tuple[Decimal | int, str]]],
    caption: str,
    alt: str,
) -> Chart:
    """Draw a heat map: each cell as (value from 0 to 1, text), the row's label above its cells."""
    with sheet(name, 0.62 * len(rows) + 0.5) as (figure, axes):
        axes.set_axis_off()
        for across, column in enumerate(columns):
            size = 10 if len(columns) > 5 else 11
            axes.text(across + 0.5, 0.9, column, ha="center", va="baseline", fontsize=size)
        for down, (label, line) in enumerate(zip(rows, cells, strict=True)):
            axes.text(0.02, -down + 0.42, label, ha="left", va="bottom")
            for across, (value, text) in enumerate(line):
                shade = 0.12 + 0.88 * float(value)
                box = Rectangle((across + 0.02, -down - 0.06), 0.96, 0.44, lw=0, alpha=shade)
                box.set_facecolor(COLOURS["points"])
                axes.add_patch(box)
                ink = "#fff" if shade > 0.75 else INK
                at = (across + 0.5, -down + 0.16)
                axes.text(*at, text, ha="center", va="center", color=ink, fontsize=11)
        axes.set_xlim(0, len(columns))
        axes.set_ylim(-len(rows) + 0.85, 1.25)
        svg = svg_of(figure, name, alt)
    values = [[label, *(text for _, text in line)] for label, line in zip(rows, cells, strict=True)]
    return Chart(name, svg, caption, alt, [["Row", *columns], *values])


def arcs(
    name: str,
    nodes: Sequence[str],
    links: Sequence[tuple[int, int, int, str]],
    caption: str,
    alt: str,
) -> Chart:
    """Draw a list of nodes with arcs between them: (node, node, how many, colour name)."""
    with sheet(name, 0.3 * len(nodes) + 0.2) as (figure, axes):
        axes.set_axis_off()
        for first, second, number, colour in links:
            reach = 0.12 + 0.34 * abs(second - first) / len(nodes)
            curve = [(0.5, -first), (0.5 + reach, -first), (0.5 + reach, -second), (0.5, -second)]
            codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
            width = 0.8 + 0.5 * number.bit_length()
            line = (0, (3, 1)) if colour == "fails" else "-"  # told apart without colour too
            patch = PathPatch(Path(curve, codes), fill=False, lw=width, ec=COLOURS[colour], ls=line)
            axes.add_patch(patch)
        for position, label in enumerate(nodes):
            axes.text(0.48, -position, label, ha="right", va="center")
            axes.plot([0.5], [-position], marker="o", markersize=4, color=INK)
        axes.set_xlim(0, 1)
        axes.set_ylim(-len(nodes) + 0.4, 0.6)
        svg = svg_of(figure, name, alt)
    values = [[f"{nodes[a]} – {nodes[b]}", str(number), colour] for a, b, number, colour in links]
    return Chart(name, svg, caption, alt, [["Between", "Number", "Verdict"], *values])


def _draw_bar(axes: Axes, bar: Bar, position: int, widest: float) -> None:
    left = bar.start
    beside = ""
    for colour, value, text in bar.parts:
        # Drawing is the one place where an exact value becomes a binary float.
        width, x = float(value), float(left)
        axes.barh(position, width, left=x, height=0.42, color=COLOURS[colour], linewidth=0)
        left += value
        beside = text
        if len(bar.parts) > 1 and width > 0.017 * len(text) * widest:
            middle = x + width / 2
            axes.text(middle, position, text, ha="center", va="center", color="#fff", fontsize=11)
            beside = ""
    place = (float(left), position)  # a last part too narrow for its text has it beside it
    axes.annotate(beside, place, (4, 0), textcoords="offset points", va="center")
    axes.text(0, position + 0.26, broken(bar.label), va="bottom", ha="left", linespacing=1.25)


def _frame(axes: Axes, bars: Sequence[Bar], widest: float) -> None:
    """Set how far the sheet reaches, and draw a line at zero."""
    room = 1.32 if any(len(bar.parts) == 1 for bar in bars) else 1.06
    axes.set_xlim(0, widest * room)
    axes.set_ylim(-len(bars) + 0.6, 0.88)
    axes.axvline(0, color=INK, linewidth=0.8)
