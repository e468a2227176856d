"""Pictures: a seaborn function and a frame in, a drawing for the desk and one for the phone out.

`draw` calls the seaborn function twice in the house style, sets every label beside what it
labels, and keeps the drawn values as a table. Yuan are shown in 万元. The output of a cell holds
both drawings, which the site puts into the page as they are, and an image for any notebook.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from html import escape
from itertools import accumulate, chain
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, to_hex
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation
from numpy import ma

from ..messages import Message, said, say
from .drawing import (
    BLACK,
    COLOURS,
    INK,
    ON_BAR,
    ON_PALE,
    PAPER,
    SHADES,
    SIZE,
    WHITE,
    alone,
    on,
    on_paper,
    sheet,
    svg_of,
    title,
)
from .tables import grid, heading, of_values, paired, printed

MIME = "application/vnd.budgetbook.chart+json"
#: View → the width of its drawing in inches of 72 units: a desk's column, a phone's.
VIEWS = {"desk": 10.0, "phone": 4.5}
#: View → how wide a label may be, in ems: beside its bar on a desk, above it on a phone.
_ROOM = {"desk": 22.0, "phone": 27.0}
#: Inches: a bar, a line of text, the air between two rows.
_BAR, _LINE, _AIR = 0.2, 0.21, 0.16


@dataclass(frozen=True)
class Chart:
    """A drawn chart: its name (and anchor), caption, alternative text, drawings and values.

    A caption is a line that says what the picture shows, one for what is drawn and its unit, and
    one for the source; the last two may be missing. `values` is the table of what is drawn, its
    headings first.
    """

    name: str
    caption: str
    alt: str
    desk: str
    phone: str
    values: Sequence[Sequence[str]]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: asdict(self), "text/html": self.page(image=True), "text/plain": repr(self)}

    def page(self, *, image: bool = False, here: str = "", menu: str = "") -> str:
        """Return the figure for a page: both drawings inline, or the desk's as an image.

        The message and the unit stand above it, the source below. `here` is a link to it, `menu`
        what may be taken of it beside its values; both are HTML.
        """
        if image:  # a notebook that is not trusted shows no inline drawing
            code = b64encode(on_paper(self.desk).encode()).decode()
            drawn = f'<img alt="{escape(self.alt)}" src="data:image/svg+xml;base64,{code}">'
        else:
            drawn = f'<div class="desk">{self.desk}</div><div class="phone">{self.phone}</div>'
        message, *more = map(escape, self.caption.split("\n"))
        unit = f" <span>{more[0]}</span>" if more else ""
        source = f'<p class="source">{more[1]}</p>' if more[1:] else ""
        return (
            f'<figure class="chart" id="fig-{self.name}"><figcaption><b>{message}</b>{unit}{here}'
            f"</figcaption>{drawn}{source}{self._table(menu)}</figure>"
        )

    def _table(self, menu: str) -> str:
        heads, *rows = self.values
        label = escape(said("The values drawn: {caption:text}", caption=_one_line(self.caption)))
        site = said("Values, picture, cite 数值、图片、引用")
        title = site if menu else said("The values drawn 图中数值")
        return (
            f"<details class='values'><summary>{title}</summary>"
            f"{grid(label, heads, rows, named=True)}{menu}</details>"
        )

    def alone(self, source: str) -> str:
        """Return the desk's drawing as a file of its own, its caption and its source below."""
        below = [*self.caption.split("\n"), source]
        lines = (folded(line, VIEWS["desk"] * 72 / SIZE) for line in below)
        return alone(self.desk, [*chain.from_iterable(lines)])

    def __repr__(self) -> str:
        return f"Chart: {_one_line(self.caption)}"


def draw(
    name: str,
    plot: Callable[..., Axes],
    frame: pd.DataFrame,
    caption: str,
    *,
    y: str = "",
    says: dict[str, Any] | None = None,
    empty: str = "",
    **how: Any,
) -> Chart | Message:
    """Draw rows of a frame as bars under each other with a seaborn function.

    With `sns.heatmap` the frame itself is drawn, a row a label of its index and no `y`. Else `y`
    names the column of the bars' labels; `how` is what the seaborn function takes, with the column
    of the values as `x` (of a histogram: `weights`, or none to count rows). A `hue` whose values
    are meanings of colours.csv takes their colours. The caption is a message, `says` its values;
    its lines are those of a `Chart`. Where the frame has no row, `empty` is said in the place of
    the chart. Raises KeyError for a column that the frame lacks.
    """
    if empty and frame.empty:
        return say(empty)
    message = str(say(caption, **says or {}))
    if plot is sns.heatmap:
        return _matrix(name, frame, message, how)
    exact = paired(frame)
    value = how.get("x") or how.get("weights")
    how = _defaults(plot, exact, how)
    values = _values(exact, y, how.get("hue"), value)
    alt = told(message, values)
    numbers, views = _Numbers(exact, value), {}
    for view, width in VIEWS.items():
        sizes = Layout(view, list(dict.fromkeys(exact[y])), _hues(how))
        with sheet(f"{name}-{view}", sizes.height, width) as (figure, axes):
            plot(numbers.floats, y=y, ax=axes, **how | {_THICK[plot]: sizes.thick})
            sizes.place(axes, (numbers.text(bar.get_width()) for bar in _bars(axes)))
            _set_values(axes, numbers)
            sizes.set_legend(axes)
            views[view] = svg_of(figure, f"{name}-{view}", alt)
    return Chart(name, message, alt, views["desk"], views["phone"], values)


def told(message: str, values: Sequence[Sequence[str]]) -> str:
    """Return the alternative text of a chart: its message, then what is drawn, in its unit."""
    drawn = "; ".join(f"{row[0]}: {', '.join(row[1:])}" for row in values[1:])
    unit = values[0][-1] if values[0] else ""
    return f"{_one_line(message)} {unit and f'{unit}: '}{drawn}."


def _one_line(caption: str) -> str:
    return caption.replace("\n", " ")


def _matrix(name: str, frame: pd.DataFrame, message: str, how: dict[str, Any]) -> Chart:
    """Draw a frame of numbers as cells, the darker the larger, each with its number.

    A blank is no cell. With `annot`, a frame of the same shape, its texts stand in the cells.
    """
    texts = how.get("annot")
    if texts is None:
        texts = frame.map(lambda value: printed(value, "", picture=True))
    columns = [title(str(column)) for column in frame.columns]
    labels = [title(str(label)) for label in frame.index]
    values = [[heading(str(frame.index.name or "")), *columns]]
    values += [[label, *row] for label, row in zip(labels, texts.values, strict=True)]
    alt, views = told(message, [[], *values[1:]]), {}
    look = {"cmap": ListedColormap(SHADES), "cbar": False} | how
    look |= {"linewidths": 1.5, "linecolor": PAPER}
    for view in VIEWS:
        sizes = _Cells(view, labels, columns, texts)
        with sheet(f"{name}-{view}", sizes.height, VIEWS[view]) as (figure, axes):
            sns.heatmap(frame.astype(float), ax=axes, **look | {"annot": sizes.texts, "fmt": ""})
            sizes.place(axes)
            views[view] = svg_of(figure, f"{name}-{view}", alt)
    return Chart(name, message, alt, views["desk"], views["phone"], values)


class _Cells:
    """Where things stand in a drawing of cells: labels to the left, headings above."""

    def __init__(
        self, view: str, labels: Sequence[str], columns: Sequence[str], texts: pd.DataFrame
    ) -> None:
        self._labels = [wrapped(label, 22 if view == "desk" else 10) for label in labels]
        self._left = (_widest(self._labels) + 0.8) * SIZE / 72 / VIEWS[view]
        across = (1 - self._left) * VIEWS[view] * 72 / SIZE / len(columns)
        broken = [wrapped(column, across - 0.4) for column in columns]
        self._turned = any(ems(line) > across for text in broken for line in text.split("\n"))
        self._columns = columns if self._turned else broken
        lines = max(text.count("\n") + 1 for text in self._columns)
        self._top = 0.1 + (_widest(columns) * SIZE / 72 if self._turned else _LINE * lines)
        #: What stands in the cells, in lines that they have room for.
        self.texts = texts.map(lambda text: wrapped(text, across - 0.3))
        told = [*self._labels, *self.texts.to_numpy().ravel()]
        row = max(_BAR + 0.08, _LINE * max(text.count("\n") + 1 for text in told)) + 0.04
        #: Inches of the whole drawing.
        self.height = self._top + row * len(labels)

    def place(self, axes: Axes) -> None:
        """Set the labels and headings beside the cells."""
        axes.set_position((self._left, 0, 1 - self._left, 1 - self._top / self.height))
        axes.xaxis.tick_top()
        axes.set_xticklabels(self._columns, rotation=90 if self._turned else 0, linespacing=1.25)
        axes.tick_params(length=0, labelcolor=INK)
        axes.set(xlabel="", ylabel="", yticks=[])
        cells: Any = axes.collections[0]
        filled = cells.get_facecolor()[~ma.getmaskarray(cells.get_array()).ravel()]
        for text, face in zip(list(axes.texts), filled, strict=True):
            ink = ON_BAR if on(to_hex(face)) == WHITE else ON_PALE
            write(axes, text.get_text(), text.get_position(), (0.0, 0.0), "center", ink)
            text.remove()
        for row, label in enumerate(self._labels):
            write(axes, label, (0, row + 0.5), (-5.0, 0.0), "right")


class _Numbers:
    """The drawn column in both forms: binary fractions for the drawing, exact for the labels."""

    def __init__(self, exact: pd.DataFrame, value: str | None) -> None:
        self._column = value or "count"
        self.floats = exact.assign(**{value: exact[value].astype(float)}) if value else exact
        known = exact[value].dropna() if value else ()
        self._exact = {round(float(number), 6): number for number in known}

    def text(self, drawn: float) -> str:
        """Return a drawn length as it is read, from the exact number behind it."""
        number = self._exact.get(round(drawn, 6), round(drawn))
        return printed(number, self._column, picture=True)


#: Function → what it calls the thickness of a bar.
_THICK = {sns.barplot: "width", sns.histplot: "shrink"}


def _defaults(
    plot: Callable[..., Axes], exact: pd.DataFrame, how: dict[str, Any]
) -> dict[str, Any]:
    """Return a call's settings with those of the house: flat colours that mean something."""
    hue = how.get("hue")
    house: dict[str, Any] = {"palette": COLOURS} if hue else {"color": COLOURS["neutral"]}
    house["linewidth"] = 0  # seaborn's edges are white, and seen in the dark
    if plot is sns.barplot:
        house |= {"saturation": 1, "errorbar": None, "legend": False, "dodge": False}
    else:
        house |= {"multiple": "stack", "alpha": 1}
    if plot is sns.histplot and hue:  # it stacks from the last to the first
        present = list(exact[hue].unique())
        order = [one for one in how.get("hue_order") or present if one in present]
        how["hue_order"] = order[::-1]
    return house | how


def _hues(how: dict[str, Any]) -> list[str]:
    """Return what the colours of a stacked drawing mean, from left to right."""
    return [title(one) for one in reversed(how.get("hue_order", ()))]


def _values(frame: pd.DataFrame, y: str, hue: str | None, value: str | None) -> list[list[str]]:
    keys = [key for key in (y, hue) if key and (key == y or hue != value)]
    if value is None:
        frame, value = frame.groupby(keys, sort=False).size().reset_index(name="count"), "count"
    rows = [[*map(heading, keys), of_values(value)]]
    for row in frame[[*keys, value]].itertuples(index=False, name=None):
        rows.append([title(str(v)) for v in row[:-1]] + [printed(row[-1], value)])
    return rows


def wrapped(label: str, room: float) -> str:
    """Return a label in lines of so many ems: broken before its Chinese, then where it must be."""
    if ems(label) <= room:
        return label
    parts = re.split(r" (?=\w*[\u2e80-\uffef])", label, maxsplit=1)
    return "\n".join(line for part in parts for line in folded(part, room))


def folded(text: str, room: float) -> list[str]:
    """Return a text in lines of so many ems, broken between words and Chinese letters."""
    lines, line = [], ""
    for word in re.findall(r"[\u2e80-\uffef“”]|[^\s\u2e80-\uffef“”]+\s*|\s+", text):
        if line and ems((line + word).rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += word
    return [*lines, line.rstrip()]


def _widest(texts: Sequence[str]) -> float:
    """Return how wide texts of several lines are, in ems."""
    return max((ems(line) for text in texts for line in text.split("\n")), default=0)


def ems(text: str) -> float:
    """Return how wide a text is, in ems: one a Chinese letter, and a quotation mark too."""
    return sum(1 if letter > "\u2e7f" or letter in "“”‘’" else 0.52 for letter in text)


def write(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    offset: tuple[float, float],
    side: str,
    colour: str = INK,
) -> None:
    """Write a text of lines so many points from a place, centred in height; `side` is its anchor.

    Each line is a text of its own, so that the page's font, wider or narrower than the one that
    this was measured by, moves no line away from its anchor.
    """
    lines = text.split("\n")
    for nth, line in enumerate(lines):
        up = offset[1] + 72 * _LINE * ((len(lines) - 1) / 2 - nth)
        axes.annotate(
            line, at, (offset[0], up), textcoords="offset points", ha=side, va="center",
            annotation_clip=False, color=colour,
        )  # fmt: skip


class Layout:
    """Where things stand in a drawing of bars: rows, the labels beside or above them, colours."""

    def __init__(self, view: str, labels: Sequence[str], hues: Sequence[str]) -> None:
        self._beside, self._hues = view == "desk", hues
        self._texts = [wrapped(title(label), _ROOM[view]) for label in labels]
        lines = [text.count("\n") + 1 for text in self._texts] or [1]
        if self._beside:
            self._inches = [max(_BAR, _LINE * max(lines)) + _AIR for _ in lines]
        else:
            self._inches = [_LINE * many + _BAR + _AIR for many in lines]
        #: Inches that the highest row takes, which one step of the axis is.
        self.row = max(self._inches)
        #: What part of it a bar fills.
        self.thick = _BAR / self.row
        width = VIEWS[view]
        self._left = _widest(self._texts) * SIZE / 72 / width + 0.015 if self._beside else 0.0
        longest = max((ems(hue) + 2.5 for hue in hues), default=1)
        room = (1 - self._left) * width * 72 / SIZE
        fits = sum(ems(hue) + 2.5 for hue in hues) <= room
        self._columns = len(hues) if fits else max(1, int(room / longest))
        self._top = 0.04 + (1.25 * _LINE * -(-len(hues) // self._columns) + 0.08 if hues else 0)
        #: Inches of the whole drawing.
        self.height = self._top + sum(self._inches[: len(labels)])

    def place(self, axes: Axes, texts: Iterable[str]) -> None:
        """Set the labels, and let the bars with the texts beside them fill the rest."""
        axes.set_position((self._left, 0.0, 1 - self._left, 1 - self._top / self.height))
        axes.set(xlabel="", ylabel="", xticks=[], yticks=[])
        sns.despine(ax=axes, left=True, bottom=True)
        low, high = axes.get_xlim()
        beside = (max(map(ems, texts), default=0) + 1) * SIZE / 72
        more = (high - low) * beside / (axes.bbox.width / axes.figure.dpi - beside)
        low, high = low - (more if low < 0 else 0), high + (more if high > 0 else 0)
        below = 0.5 if self._beside else (_BAR / 2 + _AIR / 2) / self.row
        ends = [end / self.row - 1 + below for end in accumulate(self._inches, initial=0.0)]
        axes.set(xlim=(low, high), ylim=(ends[-1], ends[0]))
        places = [end - below for end in ends[1:]]
        _move(axes, places)
        if self._beside:
            axes.axvline(0, color=INK, linewidth=0.8)
        else:  # beside the bars alone, as between them stand the labels
            half = 0.7 * self.thick
            tops, bottoms = [row - half for row in places], [row + half for row in places]
            axes.vlines([0.0] * len(places), tops, bottoms, color=INK, linewidth=0.8)
        for row, text in zip(places, self._texts, strict=False):
            if self._beside:
                write(axes, text, (low, row), (-10.0, 0.0), "right")
            else:
                above = 36 * _BAR + 3 + 36 * _LINE * (text.count("\n") + 1)
                write(axes, text, (low, row), (0.0, above), "left")

    def set_legend(self, axes: Axes) -> None:
        """Say above the bars what each colour means, from left to right."""
        legend = axes.get_legend()
        if legend is None:
            return
        handles: Sequence[Any] = legend.legend_handles[::-1]
        legend.remove()
        axes.legend(
            handles=handles, labels=self._hues, ncols=self._columns, loc="lower left",
            bbox_to_anchor=(0, 1), frameon=False, borderpad=0, borderaxespad=0.3,
            handlelength=0.8, handleheight=0.8, labelspacing=0.3,
            columnspacing=1.2, handletextpad=0.4,
        )  # fmt: skip


def _move(axes: Axes, places: Sequence[float]) -> None:
    """Move what was drawn at 0, 1, 2 … down the axis to the place of each row."""
    for bar in axes.patches:
        if isinstance(bar, Rectangle):
            half = bar.get_height() / 2
            bar.set_y(places[round(bar.get_y() + half)] - half)
    for text in axes.texts:
        if isinstance(text, Annotation):
            text.xy = (text.xy[0], places[round(text.xy[1])])


def _bars(axes: Axes) -> list[Any]:
    """Return the bars drawn, without those of no length."""
    kinds = (one for one in axes.containers if isinstance(one, BarContainer))
    return [bar for container in kinds for bar in container if bar.get_width()]


def _set_values(axes: Axes, numbers: _Numbers) -> None:
    """Write every value at the end of its bar, or within it where others share the row."""
    bars = _bars(axes)
    middles = [round(bar.get_y() + bar.get_height() / 2, 6) for bar in bars]
    low, high = axes.get_xlim()
    unit = axes.bbox.width * 72 / axes.figure.dpi / (high - low)
    for bar, row in zip(bars, middles, strict=True):
        text, length = numbers.text(bar.get_width()), bar.get_width()
        if middles.count(row) > 1:
            if length * unit > (ems(text) + 0.6) * SIZE:
                at = (bar.get_x() + length / 2, row)
                ink = ON_BAR if on(to_hex(bar.get_facecolor())) == WHITE else BLACK
                axes.annotate(text, at, ha="center", va="center", color=ink)
            continue
        place, side = ((4, 0), "left") if length > 0 else ((-4, 0), "right")
        at = (bar.get_x() + length, row)
        axes.annotate(text, at, place, textcoords="offset points", ha=side, va="center")
