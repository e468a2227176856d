"""Directives that show what the long runs of the Makefile measured last, kept in book/results/."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
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


class SpeedResult(Measured):
    """`{speed-result}`: the last full run of `make bench`."""

    def run(self) -> list[nodes.Node]:
        """Return the machine, the commands against each other, and the many departments."""
        result = self.result("speed")
        ours = Fraction(str(result["shell"]["budgetbook check"]["cpu_seconds"]))
        shell = [
            ("", [name, f"{m['cpu_seconds']:.3f}", _ratio(m["cpu_seconds"], ours), m["peak_mb"]])
            for name, m in result["shell"].items()
        ]
        many = [
            (
                "",
                [
                    f"{m['departments']:,}",
                    m["cores"],
                    f"{m['checks']:,}",
                    m["ms_each"],
                    m["peak_mb"],
                ],
            )
            for m in result["many"]
        ]
        text = f"Measured on {result['date']}: {result['machine']}; medians of {result['repeats']}."
        heads = (
            ["From the shell", "CPU seconds", "Times the check", "Peak memory, MB"],
            ["Departments", "Processes", "Checks", "Milliseconds each", "Peak memory, MB"],
        )
        return [
            nodes.paragraph("", text),
            *(
                self.table(head, [(a, [str(cell) for cell in row]) for a, row in rows], ["counts"])
                for head, rows in zip(heads, (shell, many), strict=True)
            ),
        ]


class RebuildResult(Measured):
    """`{rebuild-result}`: what a change costs, from the last full run of `make bench`."""

    def run(self) -> list[nodes.Node]:
        """Return the machine, and each build against the cold one."""
        result = self.result("rebuild")
        rows = [
            ("", [case, f"{found['seconds']:.1f}", f"{found['ratio']:.2f}"])
            for case, found in result["cases"].items()
        ]
        text = f"Measured on {result['date']}: {result['machine']}; medians of {result['repeats']}."
        heads = ["What changed since the last build", "Seconds", "Times the cold build"]
        return [nodes.paragraph("", text), self.table(heads, rows, ["counts"])]


def _ratio(seconds: float, ours: Fraction) -> str:
    return str(round_half_up(Fraction(str(seconds)) / ours, 2))


class PairResult(Measured):
    """`{pair-result}`: the last full run of `make pairs`."""

    def run(self) -> list[nodes.Node]:
        """Return the counts and the pairs that are not caught."""
        result = self.result("pairs")
        rows = [
            ("", [together, str(found["pairs"]), str(found["caught"])])
            for together, found in result["counts"].items()
        ]
        missed = [("", [pair["table"], pair["first"], pair["second"]]) for pair in result["missed"]]
        return [
            self.table(["In the same", "Pairs", "Caught"], rows, ["counts"]),
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
            self.table([head, *_COUNTED], list(_groups(rows, column, once)), ["counts"])
            for head, column, once in (
                ("Shape 类型", "shape", True),
                ("Family 类别", "family", False),
            )
        ]


def _groups(rows: list[dict[str, str]], by: str, once: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield the sums of each group; rows of one shape repeat its errors, which count `once`."""
    for name in dict.fromkeys(row[by] for row in rows):
        mine = [row for row in rows if row[by] == name]
        columns = [*list(_COUNTED.values())[:-1], "found_by_any" if once else "found"]
        adds = [max if once and column in columns[-2:] else sum for column in columns]
        sums = [add(int(row[c]) for row in mine) for add, c in zip(adds, columns, strict=True)]
        yield "", [name, *map(str, sums)]


class PagesResult(Measured):
    """`{pages-result}`: how pages open on a phone, beside the default theme, from `make bench`."""

    def run(self) -> list[nodes.Node]:
        """Return the machine, and each page in this book and in the default theme."""
        result = self.result("pages")
        rows = [
            ("", [self._page(page), theme, *(_shown(name, value) for name, value in found.items())])
            for page, themes in result["pages"].items()
            for theme, found in themes.items()
        ]
        text = f"Measured on {result['date']}: {result['machine']}; medians of {result['repeats']}."
        heads = ["Page", "Theme", "Performance", "Accessibility", "Best practices", "SEO"]
        heads += ["Transferred, KB", "Largest paint, s", "Blocking, ms"]
        return [nodes.paragraph("", text), self.table(heads, rows, ["counts"])]

    def _page(self, page: str) -> nodes.Node:
        document = page.removesuffix(".html")
        title = self.env.titles[document].astext() if document in self.env.titles else document
        address = self.env.app.builder.get_relative_uri(self.env.docname, document)
        return nodes.reference("", title, refuri=address, internal=True)


def _shown(name: str, value: float) -> str:
    """Return a measure as its column shows it: scores to hundredths, KB, seconds, milliseconds."""
    if name == "bytes":
        return f"{value / 1000:,.0f}"
    if name == "largest_paint_ms":
        return f"{value / 1000:.1f}"
    return f"{value:.0f}" if name == "blocking_ms" else f"{value:.2f}"
