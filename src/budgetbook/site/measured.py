"""Directives that show what the long runs of the Makefile measured last, kept in book/results/."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from docutils import nodes

from ..exact.money import round_half_up
from .directive import BudgetDirective

#: Heading → the column of worlds.csv.
_COUNTED = {
    "Hold 成立": "holds",
    "Fail 不成立": "fails",
    "Cannot be tested 无法检验": "cannot_be_tested",
    "Do not apply 不适用": "does_not_apply",
    "Errors planted 植入错误": "planted",
    "Found 查出": "found",
}


class Measured(BudgetDirective):
    """What a target of the Makefile measured last, kept in book/results/."""

    def result(self, name: str) -> dict[str, Any]:
        """Return one result; the page is built again when it changes."""
        path = Path(self.env.app.srcdir) / "book" / "results" / f"{name}.json"
        self.env.note_dependency(str(path))
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def conditions(self, result: Mapping[str, Any]) -> nodes.Node:
        """Return when and on what a result was measured."""
        text = "Measured on {date}: {machine}; medians of {repeats}."
        return nodes.paragraph("", text.format_map(result))

    def counts(self, head: Sequence[str], rows: Iterable[Sequence[object]]) -> nodes.Node:
        """Return a table of measures."""
        texts = ([c if isinstance(c, nodes.Node) else str(c) for c in row] for row in rows)
        return self.table(head, [("", cells) for cells in texts], ["counts"])


class SpeedResult(Measured):
    """`{speed-result}`: the last full run of `make bench`."""

    def run(self) -> list[nodes.Node]:
        """Return the machine, the commands against each other, and the many departments."""
        result = self.result("speed")
        ours = Fraction(str(result["shell"]["budgetbook check"]["cpu_seconds"]))
        shell = (
            [name, f"{m['cpu_seconds']:.3f}", _ratio(m["cpu_seconds"], ours), m["peak_mb"]]
            for name, m in result["shell"].items()
        )
        many = (
            (f"{m['departments']:,}", m["cores"], f"{m['checks']:,}", m["ms_each"], m["peak_mb"])
            for m in result["many"]
        )
        heads = (
            ["From the shell", "CPU seconds", "Times the check", "Peak memory, MB"],
            ["Departments", "Processes", "Checks", "Milliseconds each", "Peak memory, MB"],
        )
        tables = map(self.counts, heads, (shell, many))
        return [self.conditions(result), *tables]


class RebuildResult(Measured):
    """`{rebuild-result}`: what a change costs, from the last full run of `make bench`."""

    def run(self) -> list[nodes.Node]:
        """Return the machine, and each build against the cold one."""
        result = self.result("rebuild")
        rows = (
            [case, f"{found['seconds']:.1f}", f"{found['ratio']:.2f}"]
            for case, found in result["cases"].items()
        )
        heads = ["What changed since the last build", "Seconds", "Times the cold build"]
        return [self.conditions(result), self.counts(heads, rows)]


def _ratio(seconds: float, ours: Fraction) -> str:
    return str(round_half_up(Fraction(str(seconds)) / ours, 2))


class PairResult(Measured):
    """`{pair-result}`: the last full run of `make pairs`."""

    def run(self) -> list[nodes.Node]:
        """Return the counts and the pairs that are not caught."""
        result = self.result("pairs")
        rows = ([name, n["pairs"], n["caught"]] for name, n in result["counts"].items())
        missed = [("", [pair["table"], pair["first"], pair["second"]]) for pair in result["missed"]]
        return [
            self.counts(["In the same", "Pairs", "Caught"], rows),
            self.table(["Not caught, in", "One figure", "The other"], missed),
        ]


class ShapesResult(Measured):
    """`{shapes-result}`: invented departments by shape and by family, from `make shapes`."""

    def run(self) -> list[nodes.Node]:
        """Return what the checks say of each shape, and of all shapes by family."""
        path = Path(self.env.app.srcdir) / "book" / "results" / "worlds.csv"
        self.env.note_dependency(str(path))
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        return [
            self.counts([head, *_COUNTED], _groups(rows, column, once))
            for head, column, once in (
                ("Shape 类型", "shape", True),
                ("Family 类别", "family", False),
            )
        ]


def _groups(rows: list[dict[str, str]], by: str, once: bool) -> Iterator[list[str]]:
    """Yield the sums of each group; rows of one shape repeat its errors, which count `once`."""
    for name in dict.fromkeys(row[by] for row in rows):
        mine = [row for row in rows if row[by] == name]
        columns = [*list(_COUNTED.values())[:-1], "found_by_any" if once else "found"]
        adds = [max if once and column in columns[-2:] else sum for column in columns]
        sums = [add(int(row[c]) for row in mine) for add, c in zip(adds, columns, strict=True)]
        yield [name, *map(str, sums)]


class PagesResult(Measured):
    """`{pages-result}`: how pages open on a phone, beside the default theme, from `make bench`."""

    def run(self) -> list[nodes.Node]:
        """Return the machine, and each page in this book and in the default theme."""
        result = self.result("pages")
        rows = (
            [self._page(page), theme, *(_shown(name, value) for name, value in found.items())]
            for page, themes in result["pages"].items()
            for theme, found in themes.items()
        )
        heads = ["Page", "Theme", "Performance", "Accessibility", "Best practices", "SEO"]
        heads += ["Transferred, KB", "Largest paint, s", "Blocking, ms"]
        return [self.conditions(result), self.counts(heads, rows)]

    def _page(self, page: str) -> nodes.Node:
        document = page.removesuffix(".html")
        title = self.env.titles[document].astext() if document in self.env.titles else document
        return self.link(title, document)


def _shown(name: str, value: float) -> str:
    """Return a measure as its column shows it: scores to hundredths, KB, seconds, milliseconds."""
    if name == "bytes":
        return f"{value / 1000:,.0f}"
    if name == "largest_paint_ms":
        return f"{value / 1000:.1f}"
    return f"{value:.0f}" if name == "blocking_ms" else f"{value:.2f}"
