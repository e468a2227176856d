"""Judge invented departments of every shape, clean and with planted errors; write what comes out.

The result is book/results/worlds.csv, which the book shows: for each shape and each family of
checks, how many hold, fail, cannot be tested and do not apply on clean departments, and how many
of the planted errors a check of the family, or of any family, finds. A test compares it with
what it finds itself.
"""

import csv
import io
from functools import cache
from pathlib import Path
from typing import NamedTuple

import budgetbook
from budgetbook.checks import Verdict, run
from budgetbook.synthetic import PLANTS, SHAPES, department, disclosure, plant

RESULT = Path(__file__).parents[1] / "book" / "results" / "worlds.csv"
#: The departments of a shape that are judged; errors are planted in the first.
SEEDS = (1, 2)
COLUMNS = (
    *("shape", "family", "holds", "fails", "cannot_be_tested", "does_not_apply"),
    *("planted", "found", "found_by_any"),
)
_COUNTED = {
    Verdict.HOLDS: "holds",
    Verdict.ROUNDED: "holds",
    Verdict.FAILS: "fails",
    Verdict.OPEN: "cannot_be_tested",
    Verdict.APART: "does_not_apply",
}


class Error(NamedTuple):
    """A planted error, and the checks that fail with it and did not without it."""

    planted: object
    failing: list


@cache
def reference():
    """Return what is kept by hand and serves any department."""
    return budgetbook.load().reference


@cache
def clean(shape, seed):
    """Return a clean department of a shape, and the verdicts on it."""
    found = disclosure(department(seed, shape=SHAPES[shape]), reference())
    return found, run(found)


@cache
def errors(shape):
    """Return an error of every kind that a department of the shape has a place for.

    They stand at another place in each shape.
    """
    found, before = clean(shape, SEEDS[0])
    failed = {result.check.id for result in before if result.verdict is Verdict.FAILS}
    made = []
    for kind in PLANTS:
        try:
            planted = plant(found, kind, list(SHAPES).index(shape))
        except LookupError:
            continue
        results = run(planted.disclosure)
        new = [r for r in results if r.verdict is Verdict.FAILS and r.check.id not in failed]
        made.append(Error(planted, new))
    return made


def table():
    """Return the rows of the result, in the order of the shapes and the families."""
    rows = []
    for shape in SHAPES:
        families = {}
        for seed in SEEDS:
            for result in clean(shape, seed)[1]:
                row = families.setdefault(result.check.family, dict.fromkeys(COLUMNS[2:], 0))
                row[_COUNTED[result.verdict]] += 1
        made = errors(shape)
        for family, row in families.items():
            row["planted"] = len(made)
            row["found_by_any"] = sum(bool(error.failing) for error in made)
            row["found"] = sum(any(r.check.family == family for r in e.failing) for e in made)
            rows.append({"shape": shape, "family": family} | row)
    return rows


def text():
    """Return the result as the text of its file."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table())
    return stream.getvalue()


def main():
    """Write the result beside, then in place."""
    new = RESULT.with_suffix(".new")
    new.write_text(text(), encoding="utf-8")
    new.replace(RESULT)
    print(f"{len(SHAPES)} shapes, {len(SEEDS)} departments of each: {RESULT.name}")


if __name__ == "__main__":
    main()
