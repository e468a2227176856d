"""Judge invented departments of every shape, clean and with planted errors; write what comes out.

The result is book/results/worlds.csv: for each shape and each family of
checks, how many hold, fail, cannot be tested and do not apply on clean departments, and how many
of the planted errors a check of the family, or of any family, finds. A test compares it with
what it finds itself. The book shows its sums by shape and by family, why checks do not apply, and
the errors that no check finds, worlds.json.
"""

import csv
import io
from functools import cache
from pathlib import Path
from typing import NamedTuple

from results import save, table

import budgetbook
from budgetbook.checks import Verdict, run
from budgetbook.synthetic import PLANTS, SHAPES, department, disclosure, plant
from budgetbook.words.apart import kind_of

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
#: Heading → the column that it sums.
_SHOWN = {
    "Hold 成立": "holds",
    "Fail 不成立": "fails",
    "Cannot be tested 无法检验": "cannot_be_tested",
    "Do not apply 不适用": "does_not_apply",
    "Errors planted 植入错误": "planted",
    "Found 查出": "found",
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
def made(shape, seed):
    """Return a clean department of a shape."""
    return disclosure(department(seed, shape=SHAPES[shape]), reference())


@cache
def clean(shape, seed):
    """Return a clean department of a shape, and the verdicts on it."""
    found = made(shape, seed)
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


def rows():
    """Return the rows of the result, in the order of the shapes and the families."""
    found = []
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
            found.append({"shape": shape, "family": family} | row)
    return found


def text():
    """Return the result as the text of its file."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return stream.getvalue()


def tables(found):
    """Return what the checks say of each shape, and of all shapes by family, as the book shows."""
    return [
        table(
            [head, *_SHOWN],
            (_sums(name, [row for row in found if row[by] == name], by) for name in names),
        )
        for head, by in (("Shape 类型", "shape"), ("Family 类别", "family"))
        for names in [dict.fromkeys(row[by] for row in found)]
    ]


def apart():
    """Return why checks do not apply, as the book shows it: reasons with shapes and families."""
    found = {}
    for shape in SHAPES:
        for seed in SEEDS:
            for result in clean(shape, seed)[1]:
                if result.verdict is Verdict.APART:
                    mine = found.setdefault(kind_of(result.needs), [])
                    mine.append((shape, result.check.family))
    rows = (
        (f"{kind.title_en} {kind.title_zh}", *map(_some, zip(*mine, strict=True)), len(mine))
        for kind, mine in found.items()
    )
    return table(["Reason 原因", "Shapes 类型", "Families 类别", "Do not apply 不适用"], rows)


def _some(names):
    """Return each name once; of most shapes those that are left out."""
    names = dict.fromkeys(names)
    left = [shape for shape in SHAPES if shape not in names]
    if 2 * len(left) > len(SHAPES):
        return ", ".join(names)
    return " but ".join(filter(None, ("every shape 各类型", ", ".join(left))))


def not_found():
    """Return the planted errors that no check finds, as the book shows them: shape, kind, where."""
    missed = (
        (shape, error.planted.kind, str(error.planted.address))
        for shape in SHAPES
        for error in errors(shape)
        if not error.failing
    )
    return table(["Shape 类型", "Not found 未查出", "Where 所在"], missed)


def _sums(name, mine, by):
    """Return the sums of a group; rows of one shape repeat its errors, which count once."""
    last = ("planted", "found")
    if by == "shape":
        errors = (mine[0]["planted"], mine[0]["found_by_any"])
    else:
        errors = (sum(row[column] for row in mine) for column in last)
    kinds = [column for column in _SHOWN.values() if column not in last]
    return [name, *(sum(row[column] for row in mine) for column in kinds), *errors]


def shown():
    """Return what the book shows: sums by shape and by family, reasons, and what no check finds."""
    return {"tables": [*tables(rows()), apart(), not_found()]}


def main():
    """Write the result beside, then in place."""
    new = RESULT.with_suffix(".new")
    new.write_text(text(), encoding="utf-8")
    new.replace(RESULT)
    save(RESULT.with_suffix(".json"), shown())
    print(f"{len(SHAPES)} shapes, {len(SEEDS)} departments of each: {RESULT.name}")


if __name__ == "__main__":
    main()
