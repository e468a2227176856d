"""Measure what a change costs: the cold build of the book against builds after one change.

All builds are made in one run, in a copy of the project, in turn; the result is the median of the
rounds, in book/results/rebuild.json, with each as a ratio to the cold build.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from results import save, setting, table
from throwaway import ROOT, copy

RESULT = ROOT / "book" / "results" / "rebuild.json"
ROUNDS = 3


def timed(project):
    """Return the seconds that a build takes."""
    started = time.perf_counter()
    settings = {**os.environ, "PYTHONPATH": str(project / "src")}
    command = [sys.executable, "-m", "budgetbook.build"]
    subprocess.run(command, cwd=project, env=settings, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def once(project, number):
    """Return case → seconds, of a cold build and of builds after one change each."""
    shutil.rmtree(project / "_build", ignore_errors=True)
    found = {"everything, from nothing": timed(project)}
    found["nothing changed"] = timed(project)
    with (project / "book" / "speed.md").open("a", encoding="utf-8") as page:
        page.write(f"\nOne more sentence, the {number}th.\n")
    found["a sentence of a page"] = timed(project)
    with (project / "src" / "budgetbook" / "exact" / "money.py").open(
        "a", encoding="utf-8"
    ) as module:
        module.write(f"\n# {number}\n")
    found["a line of the package"] = timed(project)
    return found


def tables(cases):
    """Return what each change costs, as the book shows it."""
    head = ["What changed since the last build", "Seconds", "Times the cold build"]
    rows = ((case, f"{m['seconds']:.1f}", f"{m['ratio']:.2f}") for case, m in cases.items())
    return [table(head, rows)]


def main():
    """Measure, and write the result beside, then in place."""
    with tempfile.TemporaryDirectory(prefix="rebuild-") as temporary:
        project = copy(Path(temporary) / "book")
        rounds = [once(project, number) for number in range(1, ROUNDS + 1)]
    seconds = {case: statistics.median(one[case] for one in rounds) for case in rounds[0]}
    cold = seconds["everything, from nothing"]
    cases = {
        case: {"seconds": round(found, 1), "ratio": round(found / cold, 2)}
        for case, found in seconds.items()
    }
    save(RESULT, {**setting(), "repeats": ROUNDS, "cases": cases, "tables": tables(cases)})


if __name__ == "__main__":
    main()
