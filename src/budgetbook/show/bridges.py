"""A bridge as a waterfall: from last year's amount, step by step, to this year's.

Each step starts where the one above it ended, and a thin line leads from one to the next. A step
that is known as a range is drawn in its two extreme cases: full where both agree, pale where only
one reaches. What the steps do not account for is a step of its own, never hidden in the last bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from ..exact.money import wan, yuan
from ..messages import Message, message, said, say, translated
from . import plots
from .drawing import COLOURS, sheet, svg_of, title
from .plots import Chart
from .tables import paired

LEFT_OVER = message("In no account: the print does not add up")


class Move(NamedTuple):
    """A step: its label and its change in yuan in two cases, which are equal where it is known.

    The cases of all steps hang together: the first goes with the first, the second with the
    second.
    """

    label: str
    one: Decimal | Fraction
    other: Decimal | Fraction

    @property
    def text(self) -> str:
        """The change in 万元 with its sign, or the two ends of its range."""
        low, high = sorted((self.one, self.other))
        return signed(low) if low == high else _to(signed(low), signed(high))


def signed(amount: Decimal | Fraction) -> str:
    """Print a change in 万元 with its sign: a rise can be told without colour."""
    text = wan(amount)
    return f"+{text}" if amount > 0 else text


def _exact(move: Move) -> str:
    ends = sorted({Fraction(move.one), Fraction(move.other)})
    texts = [f"+{yuan(end)}" if end > 0 else yuan(end) for end in ends]
    return _to(*texts) if texts[1:] else texts[0]


def _to(low: str, high: str) -> str:
    return said("{low:text} to {high:text}", low=low, high=high)


def bridge(
    name: str,
    frame: pd.DataFrame,
    caption: str,
    *,
    start: tuple[str | Message, Decimal],
    end: tuple[str | Message, Decimal],
    says: dict[str, Any] | None = None,
) -> Chart:
    """Draw a bridge from a first amount over the rows of a frame to the last, exact in yuan.

    The frame has a column `step` and one `change`, or `low` and `high` for a step in two cases;
    the cases of all rows hang together. What the steps leave to the last amount is a step too
    (`LEFT_OVER`). Raises ValueError if the two cases sum to two amounts.
    """
    sides = ("change", "change") if "change" in frame else ("low", "high")
    labels = map(title, paired(frame)["step"])
    first, last = ((str(label), amount) for label, amount in (start, end))
    columns = [labels, *(frame[side] for side in sides)]
    steps = [Move(*row) for row in zip(*columns, strict=True)]
    return _bridged(name, first, steps, last, str(say(caption, **says or {})))


def _bridged(
    name: str,
    start: tuple[str, Decimal],
    steps: Sequence[Move],
    end: tuple[str, Decimal],
    caption: str,
) -> Chart:
    every = [*steps, *_left(name, start[1], steps, end[1])]
    values = [[said("Step"), said("Yuan")], [start[0], f"{start[1]:,}"]]
    values += [[move.label, _exact(move)] for move in every] + [[end[0], f"{end[1]:,}"]]
    alt = plots.told(caption, values)
    views = {}
    for view, width in plots.VIEWS.items():
        sizes = plots.Layout(view, [row[0] for row in values[1:]], ())
        with sheet(f"{name}-{view}", sizes.height, width) as (figure, axes):
            _steps(axes, start[1], every, end[1], sizes.thick)
            if view == "desk":  # on a phone labels stand where these lines would pass
                _connect(axes, start[1], every)
            sizes.place(axes, (move.text for move in every))
            views[view] = svg_of(figure, f"{name}-{view}", alt)
    return Chart(name, caption, alt, views["desk"], views["phone"], values)


def _left(name: str, start: Decimal, steps: Sequence[Move], end: Decimal) -> list[Move]:
    """Return the step that the others leave, or none."""
    whole, other = (sum((Fraction(move[case]) for move in steps), Fraction(0)) for case in (1, 2))
    if whole != other:
        raise ValueError(f"the steps of {name} sum to {whole} in one case and {other} in the other")
    left = Fraction(end) - Fraction(start) - whole
    return [Move(translated(LEFT_OVER), left, left)] if left else []


def _steps(axes: Axes, start: Decimal, steps: Sequence[Move], end: Decimal, thick: float) -> None:
    """Draw the bars, and write each value beside its bar."""
    level = Fraction(start), Fraction(start)
    _block(axes, 0, (0.0, float(start)), "neutral", thick)
    _beside(axes, 0, float(start), wan(start))
    for row, move in enumerate(steps, 1):
        after = level[0] + Fraction(move.one), level[1] + Fraction(move.other)
        cases = [(float(a), float(b)) for a, b in zip(level, after, strict=True)]
        sure = len(set(cases)) == 1
        for case in dict.fromkeys(cases):
            _block(axes, row, case, "rise" if case[1] > case[0] else "fall", thick, sure=sure)
        low, high = max(map(min, cases)), min(map(max, cases))
        if not sure and low < high:  # both cases reach from low to high
            _block(axes, row, (low, high), "rise" if move.one > 0 else "fall", thick)
        _beside(axes, row, max(map(max, cases)), move.text)
        level = after
    last = len(steps) + 1
    _block(axes, last, (0.0, float(end)), "neutral", thick)
    _beside(axes, last, float(end), wan(end))


def _connect(axes: Axes, start: Decimal, steps: Sequence[Move]) -> None:
    """Draw a line from the end of each bar to the bar that begins there, in each case."""
    level = Fraction(start), Fraction(start)
    for row, move in enumerate(steps):
        for one in set(level):
            axes.plot([float(one)] * 2, [row, row + 1], color=COLOURS["neutral"], lw=0.7, zorder=0)
        level = level[0] + Fraction(move.one), level[1] + Fraction(move.other)
    rows = [len(steps), len(steps) + 1]
    axes.plot([float(level[0])] * 2, rows, color=COLOURS["neutral"], lw=0.7, zorder=0)


def _block(
    axes: Axes, row: int, case: tuple[float, float], colour: str, thick: float, *, sure: bool = True
) -> None:
    left, width = min(case), abs(case[1] - case[0])
    alpha = 1 if sure else 0.35
    axes.barh(row, width, thick, left, color=COLOURS[colour], alpha=alpha, linewidth=0)


def _beside(axes: Axes, row: int, right: float, text: str) -> None:
    axes.annotate(text, (right, row), (4, 0), textcoords="offset points", va="center")
