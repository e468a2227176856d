"""Measures the cells of notebooks by one rule: how long they are, what they are, what they show.

    python benchmarks/cells.py [FOLDER …]

prints a line for our chapters, and one for the notebooks of each folder that is named.
"""

import json
import re
import sys
from pathlib import Path
from statistics import median

from throwaway import ROOT

#: What in a cell is pandas or seaborn; it is plain if the cell calls no more of our package than
#: what gives frames, shows and draws them.
PLAIN = re.compile(
    r"\bpd\.|groupby|\.merge\(|pivot|\.assign\(|\.query\(|\.loc\[|\.sort_values|\.agg\(|"
    r"value_counts|\.unstack|\.melt\(|\.filter\(|\.rename\(|\bsns\.|\bso\."
)
_FRAMES = {"Budget", "bridge", "draw", "flow", "show"}
_IMPORTED = re.compile(r"(?m)^from budgetbook[\w.]* import (.+)$")
_HIDDEN = re.compile(r"(hide|remove)[-_](input|cell)")
_SHOWN = re.compile(r"<table|<figure|image/|<svg|chart\+json")


def sources(path):
    """Return the code cells of a notebook: (source, whether hidden, outputs)."""
    found = []
    for cell in json.loads(path.read_text(encoding="utf-8")).get("cells", ()):
        source = "".join(cell["source"]).strip()
        if cell["cell_type"] == "code" and source:
            tags = " ".join(cell.get("metadata", {}).get("tags", ()))
            found.append((source, bool(_HIDDEN.search(tags)), cell.get("outputs", [])))
    return found


def plain(cells):
    """Return how many cells of one notebook are plain pandas or seaborn."""
    imports = [names for source, *_ in cells for names in _IMPORTED.findall(source)]
    ours = {name.split()[-1] for names in imports for name in names.split(",")} - _FRAMES
    calls = re.compile(rf"\b({'|'.join(sorted(ours))})(?=[.(),])") if ours else re.compile("(?!)")
    return sum(bool(PLAIN.search(source)) and not calls.search(source) for source, *_ in cells)


def measures(paths):
    """Return what the code cells of notebooks measure together, None if they have none.

    Lines and characters are those of the source; shares are parts of one.
    """
    notebooks = [sources(path) for path in paths]
    cells = [cell for notebook in notebooks for cell in notebook]
    if not cells:
        return None
    lines = [source.splitlines() for source, *_ in cells]
    return {
        "cells": len(cells),
        "median lines": median(map(len, lines)),
        "median characters": median(len(source) for source, *_ in cells),
        "longest": max(map(len, lines)),
        "over 100 columns": sum(len(line) > 100 for cell in lines for line in cell),
        "plain": sum(map(plain, notebooks)) / len(cells),
        "hidden": sum(hidden for _, hidden, _ in cells) / len(cells),
        "shown": sum(bool(_SHOWN.search(json.dumps(out))) for *_, out in cells) / len(cells),
    }


def line(name, found):
    """Return the measures of one book in a line."""
    if found is None:
        return f"{name}: no notebook with code"
    shares = {"plain": "pandas or seaborn", "hidden": "hidden", "shown": "with a table or figure"}
    parts = [f"{title} {found[title]:g}" for title in found if title not in shares]
    parts += [f"{round(100 * found[share])} % {title}" for share, title in shares.items()]
    return f"{name}: {', '.join(parts)}"


def main(folders):
    """Print our measures and those of other books; return 1 if a folder is none."""
    ours = sorted((ROOT / "notebooks").glob("0*.ipynb"))
    print(line("all chapters", measures(ours)))
    for path in ours:
        print(line(f"  {path.stem}", measures([path])))
    for folder in map(Path, folders):
        if not folder.is_dir():
            print(f"{folder} is no folder: name one that holds notebooks", file=sys.stderr)
            return 1
        print(line(str(folder), measures(sorted(folder.rglob("*.ipynb")))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
