"""One look for every figure: bars with their labels above them, arcs between names, for phones.

A chart is drawn with seaborn's theme and shown as inline SVG: its text stays text, its colours
follow the page's light or dark theme, and the same data give the same bytes. Every chart has a
caption that states its message and an alternative text that says what it shows.
"""

from __future__ import annotations

import io
import pathlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

_FONT = pathlib.Path(__file__).with_name("fonts") / "NotoSansSC-subset.otf"
_FAMILY = font_manager.FontProperties(fname=str(_FONT)).get_name()
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_WIDTH = 5.2  # inches: 374 units wide, so that text stays legible at 360 px

INK = "#1f2933"
#: What a colour means, in every chapter. The page may give each another shade in dark mode.
COLOURS = {
    "neutral": "#7b8794",
    "basic": "#3f6fa8",
    "project": "#c8852c",
    "bureau": "#5b6fae",
    "subordinate": "#4f9d8b",
    "rise": "#2f8297",
    "fall": "#bf5b30",
    "holds": "#4c956c",
    "rounded": "#97b98a",
    "fails": "#bf4341",
    "open": "#a9a29b",
    "count": "#3f6fa8",
    "money": "#c8852c",
}


@dataclass(frozen=True)
class Chart:
    """A drawn chart: `name` (its anchor), inline SVG, caption and alternative text."""

    name: str
    svg: str
    caption: str
    alt: str

    def _repr_html_(self) -> str:
        return (
            f'<figure class="chart" id="fig-{self.name}" style="max-width:36rem;margin:1.5rem 0">'
            f"{self.svg}<figcaption>{escape(self.caption)}</figcaption></figure>"
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


def draw(name: str, bars: Sequence[Bar], caption: str, alt: str) -> Chart:
    """Draw bars under each other, each with its label above it and its value beside it."""
    with mpl.rc_context(_style(name)):  # type: ignore[arg-type]
        figure = Figure(figsize=(_WIDTH, 0.25 + 0.5 * len(bars)))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        widest = max(float(bar.start + sum(v for _, v, _ in bar.parts)) for bar in bars)
        for position, bar in enumerate(bars):
            _draw_bar(axes, bar, -position, widest)
        _frame(axes, bars, widest)
        svg = _svg(figure, name, alt)
    return Chart(name, svg, caption, alt)


def waterfall(
    name: str,
    start: tuple[str, Decimal],
    steps: Sequence[tuple[str, Decimal]],
    end: str,
    texts: Sequence[str],
    caption: str,
    alt: str,
) -> Chart:
    """Draw a bridge from a first amount over signed steps to the last, exact in yuan.

    `texts` are the printed values of start, steps and end, in order.
    """
    level = start[1]
    bars = [Bar(start[0], [("neutral", level, texts[0])])]
    for (label, change), text in zip(steps, texts[1:], strict=False):
        low = min(level, level + change)
        bars.append(Bar(label, [("rise" if change > 0 else "fall", abs(change), text)], low))
        level += change
    bars.append(Bar(end, [("neutral", level, texts[-1])]))
    return draw(name, bars, caption, alt)


def heat(
    name: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[tuple[Decimal | int, str]]],
    caption: str,
    alt: str,
) -> Chart:
    """Draw a heat map: each cell as (value from 0 to 1, text), the row's label above its cells."""
    with mpl.rc_context(_style(name)):  # type: ignore[arg-type]
        figure = Figure(figsize=(_WIDTH, 0.62 * len(rows) + 0.5))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        for across, column in enumerate(columns):
            axes.text(
                across + 0.5,
                0.9,
                column,
                ha="center",
                va="baseline",
                fontsize=9 if len(columns) > 5 else 9.5,
            )
        for down, (label, line) in enumerate(zip(rows, cells, strict=True)):
            axes.text(0.02, -down + 0.42, label, ha="left", va="bottom")
            for across, (value, text) in enumerate(line):
                shade = 0.12 + 0.88 * float(value)
                box = Rectangle((across + 0.02, -down - 0.06), 0.96, 0.44, lw=0, alpha=shade)
                box.set_facecolor(COLOURS["count"])
                axes.add_patch(box)
                ink = "#fff" if shade > 0.6 else INK
                axes.text(
                    across + 0.5,
                    -down + 0.16,
                    text,
                    ha="center",
                    va="center",
                    color=ink,
                    fontsize=9,
                )
        axes.set_xlim(0, len(columns))
        axes.set_ylim(-len(rows) + 0.85, 1.25)
        axes.set_axis_off()
        svg = _svg(figure, name, alt)
    return Chart(name, svg, caption, alt)


def arcs(
    name: str,
    nodes: Sequence[str],
    links: Sequence[tuple[int, int, int, str]],
    caption: str,
    alt: str,
) -> Chart:
    """Draw a list of nodes with arcs between them: (node, node, how many, colour name)."""
    with mpl.rc_context(_style(name)):  # type: ignore[arg-type]
        figure = Figure(figsize=(_WIDTH, 0.3 * len(nodes) + 0.2))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
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
        axes.set_axis_off()
        svg = _svg(figure, name, alt)
    return Chart(name, svg, caption, alt)


def _style(name: str) -> dict[str, Any]:
    """Return the house style: seaborn's, with the font that the package carries."""
    font_manager.fontManager.addfont(str(_FONT))
    return dict(sns.axes_style("white")) | {
        "font.family": "sans-serif",
        "font.sans-serif": [_FAMILY],
        "font.size": 10.5,
        "text.color": INK,
        "axes.unicode_minus": False,
        "svg.fonttype": "none",
        "svg.hashsalt": name,
    }


def _draw_bar(axes: Axes, bar: Bar, position: int, widest: float) -> None:
    left = bar.start
    beside = ""
    for colour, value, text in bar.parts:
        # Drawing is the one place where an exact value becomes a binary float.
        width, x = float(value), float(left)
        axes.barh(position, width, left=x, height=0.42, color=COLOURS[colour], linewidth=0)
        left += value
        beside = text
        if len(bar.parts) > 1 and width > 0.013 * len(text) * widest:
            axes.text(
                x + width / 2, position, text, ha="center", va="center", color="#fff", fontsize=9.5
            )
            beside = ""
    place = (float(left), position)  # a last part too narrow for its text has it beside it
    axes.annotate(beside, place, (4, 0), textcoords="offset points", va="center")
    axes.text(0, position + 0.28, bar.label, va="bottom", ha="left")


def _frame(axes: Axes, bars: Sequence[Bar], widest: float) -> None:
    """Take away what does not speak: axes, ticks and frame; keep a line at zero."""
    room = 1.28 if any(len(bar.parts) == 1 for bar in bars) else 1.06
    axes.set_xlim(0, widest * room)
    axes.set_ylim(-len(bars) + 0.6, 0.78)
    axes.set_axis_off()
    axes.axvline(0, color=INK, linewidth=0.8)


def _svg(figure: Figure, name: str, alt: str) -> str:
    """Return the figure as an SVG element to put into a page."""
    stream = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(stream, format="svg", metadata=nothing, transparent=True)
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(stream.getvalue())
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        _plain_attributes(element, name)
    for size in ("width", "height", "version"):
        root.attrib.pop(size, None)
    root.set("width", "100%")
    root.set("role", "img")
    root.set("aria-label", alt)
    root.set("stroke-linejoin", "round")
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r">\s+<", "><", text)


def _plain_attributes(element: ElementTree.Element, name: str) -> None:
    """Turn styles into attributes, colours into variables, and make the ids the chart's own."""
    for part in element.attrib.pop("style", "").split(";"):
        key, _, value = part.partition(":")
        key, value = key.strip(), value.strip()
        if key == "font":
            size = re.search(r"([\d.]+)px", value)
            element.set("font-size", size[1] if size else "10.5")
            element.set("font-family", "inherit")
        elif key:
            element.set(key, value)
    for key in ("fill", "stroke"):
        if element.get(key):
            element.set(key, _VARIABLES.get(element.get(key, ""), element.get(key, "")))
    if element.tag == f"{{{_SVG}}}text" and not element.get("fill"):
        element.set("fill", _VARIABLES[INK])
    for key, value in list(element.attrib.items()):
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key == f"{{{_XLINK}}}href":
            element.set(key, value.replace("#", f"#{name}-", 1))
        elif value.startswith("url(#"):
            element.set(key, value.replace("url(#", f"url(#{name}-", 1))


_VARIABLES = {
    colour: f"var(--{meaning}, {colour})"
    for meaning, colour in [(f"bb-{key}", value) for key, value in reversed(COLOURS.items())]
} | {INK: "var(--bb-ink, var(--jp-content-font-color1, currentColor))"}
