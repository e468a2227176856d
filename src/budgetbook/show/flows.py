"""Money on its ways: a frame of ways in, a flow from stage to stage out.

A desk sees ribbons between the nodes of neighbouring stages, from left to right. A phone sees the
nodes under each other, each as a bar below that part of the one above which goes into it. Yuan are
shown in 万元; an amount that is printed in the document leads to where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..exact.money import wan, yuan
from ..messages import message, say
from ..model.address import SCHEME
from .drawing import BLACK, COLOURS, INK, ON_BAR, SIZE, WHITE, on, sheet, svg_of, title
from .plots import VIEWS, Chart, ems, told, wrapped
from .tables import HEADINGS, heading, of_values

#: So many nodes at most; beyond, the smallest of the last stage are one.
MOST = 20
OTHERS = message("Others 其余")
#: Points: a line of text, the air between two nodes, the height of the whole amount.
_LINE, _AIR, _WHOLE = 15.0, 9.0, 290.0
#: Points: a box of an early stage, a bar, the room of the labels of the last stage.
_BOX, _BAR, _LABEL = 100.0, 12.0, 200.0


@dataclass
class Node:
    """A node: its stage, value, amount in yuan, the colours of its ways, and where it is drawn."""

    stage: int
    value: str
    amount: Decimal = Decimal(0)
    hues: set[str] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)
    top: float = 0.0

    @property
    def label(self) -> str:
        """What it is called, in both languages."""
        return called(self.value)

    @property
    def colour(self) -> str:
        """Its own colour if it has one, else that of all its ways, else none in particular."""
        own = [self.value] if self.value in COLOURS else sorted(self.hues)
        return COLOURS[own[0]] if len(own) == 1 else COLOURS["neutral"]


def _widest(nodes: Iterable[Node]) -> float:
    """Return the room of the amounts of nodes, in points, with some air."""
    return max(ems(wan(node.amount)) for node in nodes) * SIZE + 12


def called(value: str) -> str:
    """Return what a value of a stage is called: as colours or headings call it, or itself."""
    return heading(value) if value in HEADINGS and value not in COLOURS else title(value)


def flow(
    name: str,
    frame: pd.DataFrame,
    caption: str,
    *,
    stages: Sequence[str],
    says: dict[str, Any] | None = None,
    at: Mapping[str, Any] | None = None,
) -> Chart:
    """Draw the ways of money through stages, a row of the frame a way.

    The frame has a column of text for each stage, `amount` in exact yuan, and `address`, where
    that is printed, or blank. A stage that is blank for some way is not known, and left out. `at`
    says where the sum of a node is printed. A way has the colour of the first of its values that
    is a meaning of colours.csv. The caption is a message, `says` its values. Raises ValueError
    for fewer than two stages that are known, or an amount that is not above zero.
    """
    stages = [stage for stage in stages if frame[stage].fillna("").ne("").all()]
    if len(stages) < 2 or not len(frame) or not all(amount > 0 for amount in frame["amount"]):
        raise ValueError(f"the flow {name} needs two known stages and amounts above zero")
    ways = _folded(frame, stages)
    told_as = str(say(caption, **says or {}))
    nodes = _nodes(ways, stages, at or {})
    values = [[*map(heading, stages), of_values("amount")]]
    for way in ways[[*stages, "amount"]].itertuples(index=False, name=None):
        values.append([*map(called, way[:-1]), yuan(way[-1])])
    alt = told(told_as, [[], *([node.label, wan(node.amount)] for node in nodes.values())])
    views = (("desk", _across), ("phone", _down))
    desk, phone = (draw(f"{name}-{view}", ways, nodes, stages, alt) for view, draw in views)
    return Chart(name, told_as, alt, desk, phone, values)


_Key = tuple[int, str]


def _folded(frame: pd.DataFrame, stages: Sequence[str]) -> pd.DataFrame:
    """Return the ways with the smallest uses as one, where there would be too many nodes."""
    last = stages[-1]
    more = sum(frame[stage].nunique() for stage in stages) - MOST
    sums = frame.groupby(last)["amount"].sum().drop(list(COLOURS), errors="ignore")
    small = sorted(sums.index, key=lambda value: sums[value])[: more + 1 if more > 0 else 0]
    folded = frame.assign(**{last: frame[last].mask(frame[last].isin(small), OTHERS)})
    folded = folded.sort_values(
        list(stages), key=lambda column: column.map(list(column.unique()).index), kind="stable"
    )
    return folded.assign(hue=list(map(_hue, folded[list(stages)].itertuples(index=False))))


def _hue(way: Iterable[str]) -> str:
    return next((value for value in way if value in COLOURS), "neutral")


def _nodes(ways: pd.DataFrame, stages: Sequence[str], at: Mapping[str, Any]) -> dict[_Key, Node]:
    """Return the nodes by stage and value, each stage in the order of the ways."""
    found: dict[_Key, Node] = {}
    for stage, column in enumerate(stages):
        for way in ways.to_dict("records"):
            node = found.setdefault((stage, way[column]), Node(stage, way[column]))
            node.amount += way["amount"]
            node.hues.add(way["hue"])
            address = way.get("address")
            node.addresses.append("" if pd.isna(address) else str(address))
    first = {node.value: node for node in reversed(found.values())}
    for node in found.values():
        if len(node.addresses) > 1 or not node.addresses[0]:
            node.addresses = [str(at.get(node.value, "")) if first[node.value] is node else ""]
    return found


class _Pen:
    """Draws into axes of points, from the top left."""

    def __init__(self, axes: Axes, width: float, height: float) -> None:
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        self.axes = axes

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        self.axes.add_patch(Rectangle((left, top), width, height, lw=0, fc=colour))

    def lines(self, text: str, left: float, top: float, ink: str = INK) -> None:
        for number, line in enumerate(text.split("\n")):
            self.axes.text(left, top + _LINE * (number + 0.5), line, color=ink, va="center")

    def amount(
        self, node: Node, right: float, top: float, ink: str = INK, ha: str = "right"
    ) -> None:
        """Write an amount, as a link if it is printed somewhere."""
        link = f"{SCHEME}{node.addresses[0]}" if node.addresses[0] else None
        how: dict[str, Any] = {"color": ink, "va": "center", "ha": ha, "url": link}
        self.axes.text(right, top + _LINE / 2, wan(node.amount), **how)

    def ribbon(
        self, left: tuple[float, float], right: tuple[float, float], wide: float, hue: str
    ) -> None:
        (x, y), (end, to) = left, right
        middle = (x + end) / 2
        upper = [(x, y), (middle, y), (middle, to), (end, to)]
        lower = [(end, to + wide), (middle, to + wide), (middle, y + wide), (x, y + wide)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3]
        shape = Path([*upper, *lower], codes)
        self.axes.add_patch(PathPatch(shape, lw=0, fc=COLOURS[hue], alpha=0.4))


# On a desk ---------------------------------------------------------------------------------------


class _Desk:
    """Where the nodes stand: stages from left to right, each in the middle of the height."""

    def __init__(self, nodes: Mapping[_Key, Node]) -> None:
        self.last = max(stage for stage, _ in nodes)
        self.width = VIEWS["desk"] * 72
        whole = sum(node.amount for node in nodes.values() if node.stage == 0)
        self.scale = _WHOLE / float(whole)
        #: The room of the amounts of the last stage.
        self.amounts = _widest(node for node in nodes.values() if node.stage == self.last)
        between = self.width - _BAR - self.amounts - _LABEL - self.last * _BOX
        self.step = _BOX + between / self.last
        stages = [[n for n in nodes.values() if n.stage == s] for s in range(self.last + 1)]
        highs = [sum(map(self.slot, mine)) + _AIR * (len(mine) - 1) for mine in stages]
        self.height = max(highs) + 2 * _LINE
        for mine, high in zip(stages, highs, strict=True):
            top = 2 * _LINE + (max(highs) - high) / 2
            for node in mine:
                node.top = top + (0 if node.stage < self.last else self._spare(node) / 2)
                top += self.slot(node) + _AIR

    def text(self, node: Node) -> str:
        room = _BOX - 12 if node.stage < self.last else _LABEL
        return wrapped(node.label, room / SIZE)

    def size(self, node: Node) -> float:
        return float(node.amount) * self.scale

    def words(self, node: Node) -> float:
        """The height of a node's label, with the line of its amount in an early stage."""
        lines = self.text(node).count("\n") + 1
        return _LINE * (lines + (node.stage < self.last))

    def within(self, node: Node) -> bool:
        """Whether the label of a node of an early stage stands in its box, and not below it."""
        return self.size(node) >= self.words(node) + 4

    def slot(self, node: Node) -> float:
        if node.stage == self.last:
            return max(self.size(node), self.words(node))
        return self.size(node) + (0 if self.within(node) else self.words(node))

    def _spare(self, node: Node) -> float:
        return self.slot(node) - self.size(node)


def _across(
    name: str, ways: pd.DataFrame, nodes: dict[_Key, Node], stages: Sequence[str], alt: str
) -> str:
    desk = _Desk(nodes)
    with sheet(name, desk.height / 72, desk.width / 72) as (figure, axes):
        pen = _Pen(axes, desk.width, desk.height)
        for stage, column in enumerate(stages):
            pen.lines(heading(column), stage * desk.step, 0)
        for one, start, end in _ribbons(ways, nodes, stages, desk):
            left = one.start[0] * desk.step + _BOX
            right = one.end[0] * desk.step
            pen.ribbon((left, start), (right, end), one.wide, one.hue)
        for node in nodes.values():
            _boxed(pen, desk, node)
        return svg_of(figure, name, alt)


class _Ribbon(NamedTuple):
    """A ribbon: from which node to which, how wide in points, and its meaning of colours.csv."""

    start: _Key
    end: _Key
    wide: float
    hue: str


def _ribbons(
    ways: pd.DataFrame, nodes: Mapping[_Key, Node], stages: Sequence[str], desk: _Desk
) -> Iterator[tuple[_Ribbon, float, float]]:
    """Yield each ribbon with the heights where it starts and ends, in the order of the nodes."""
    order = {key: place for place, key in enumerate(nodes)}
    for stage, (column, following) in enumerate(pairwise(stages)):
        sums = ways.groupby([column, following, "hue"], sort=False, as_index=False)["amount"].sum()
        rows = sums.itertuples(index=False, name=None)
        found = [
            _Ribbon((stage, start), (stage + 1, end), float(amount) * desk.scale, hue)
            for start, end, hue, amount in rows
        ]
        tops = {key: node.top for key, node in nodes.items()}
        starts: dict[_Ribbon, float] = {}
        for one in sorted(found, key=lambda one: (order[one.start], order[one.end])):
            starts[one] = tops[one.start]
            tops[one.start] += one.wide
        for one in sorted(found, key=lambda one: (order[one.end], order[one.start])):
            yield one, starts[one], tops[one.end]
            tops[one.end] += one.wide


def _boxed(pen: _Pen, desk: _Desk, node: Node) -> None:
    """Draw a node with its label: in its box or below it, of the last stage beside its bar."""
    left, size, words = node.stage * desk.step, desk.size(node), desk.words(node)
    last = node.stage == desk.last
    pen.box(left, node.top, _BAR if last else _BOX, size, node.colour)
    top = node.top + (size - words) / 2
    if last:
        pen.amount(node, left + _BAR + desk.amounts - 5, top)
        pen.lines(desk.text(node), left + _BAR + desk.amounts, top)
        return
    inside = desk.within(node)
    ink = (ON_BAR if on(node.colour) == WHITE else BLACK) if inside else INK
    top = top if inside else node.top + size
    pen.lines(desk.text(node), left + 6, top, ink)
    pen.amount(node, left + 6, top + words - _LINE, ink, ha="left")


# On a phone --------------------------------------------------------------------------------------


def _down(
    name: str, ways: pd.DataFrame, nodes: dict[_Key, Node], stages: Sequence[str], alt: str
) -> str:
    width = VIEWS["phone"] * 72
    room = (width - _widest(nodes.values())) / SIZE
    texts = {key: wrapped(node.label, room) for key, node in nodes.items()}
    lines = sum(text.count("\n") + 1 for text in texts.values())
    height = _LINE * lines + (_BAR + _AIR + 2) * len(nodes) + 2 * _LINE * len(stages)
    with sheet(name, height / 72, width / 72) as (figure, axes):
        pen, top, stage = _Pen(axes, width, height), 0.0, -1
        for key, node in nodes.items():
            if node.stage > stage:
                stage = node.stage
                pen.lines(heading(stages[stage]), 0, top + _LINE / 2)
                pen.box(0, top + 1.6 * _LINE, width, 0.7, INK)
                top += 2 * _LINE
            pen.lines(texts[key], 0, top)
            pen.amount(node, width, top)
            top += _LINE * (texts[key].count("\n") + 1) + 2
            pen.box(0, top + _BAR / 2 - 0.35, width, 0.7, COLOURS["neutral"])
            for left, wide in _parts(ways, stages[stage], node.value):
                pen.box(left * width, top, wide * width, _BAR, node.colour)
            top += _BAR + _AIR
        return svg_of(figure, name, alt)


def _parts(ways: pd.DataFrame, column: str, value: str) -> Iterator[tuple[float, float]]:
    """Yield which parts of the whole go into a node: where each begins and how wide it is."""
    whole, level = float(ways["amount"].sum()), Decimal(0)
    mine = (ways[column] == value).tolist()
    for here, several in groupby(zip(mine, ways["amount"], strict=True), lambda one: one[0]):
        wide = sum(amount for _, amount in several)
        if here:
            yield float(level) / whole, float(wide) / whole
        level += wide
