"""Change every two amounts of a table that offset each other; write what is caught.

The result is book/results/pairs.json, which the book shows. `figures` and `checks` say what it was
made from, so that a test can tell when it is out of date.
"""

from collections import Counter
from hashlib import sha256
from pathlib import Path

from results import save, table

import budgetbook
from budgetbook.checks import catalogue_json
from budgetbook.proof.guards import pairs, printed

RESULT = Path(__file__).parents[1] / "book" / "results" / "pairs.json"


def made_from(disclosure):
    """Return what a result depends on, as two short digests: printed figures and checks."""
    figures = repr(list(printed(disclosure)))
    checks = catalogue_json(disclosure)
    return {
        name: sha256(text.encode()).hexdigest()[:16]
        for name, text in (("figures", figures), ("checks", checks))
    }


def place(figure):
    """Return a figure's address, and the figure."""
    return f"{figure.address}: {figure.value:,}"


def tables(counts, missed):
    """Return the counts and the pairs that are not caught, as the book shows them."""
    rows = ((name, n["pairs"], n["caught"]) for name, n in counts.items())
    both = ((pair["table"], pair["first"], pair["second"]) for pair in missed)
    return [
        table(["In the same", "Pairs", "Caught"], rows),
        table(["Not caught, in", "One figure", "The other"], both),
    ]


def main():
    """Judge all pairs and write the result beside, then in place."""
    disclosure = budgetbook.load()
    tried, caught, missed = Counter(), Counter(), []
    for pair in pairs(disclosure):
        tried[pair.together] += 1
        caught[pair.together] += bool(pair.checks)
        if not pair.checks:
            missed.append(
                {
                    "table": pair.first.address.table,
                    "first": place(pair.first),
                    "second": place(pair.second),
                }
            )
    counts = {name: {"pairs": tried[name], "caught": caught[name]} for name in tried}
    result = {"made_from": made_from(disclosure), "counts": counts, "missed": missed}
    save(RESULT, {**result, "tables": tables(counts, missed)})


if __name__ == "__main__":
    main()
