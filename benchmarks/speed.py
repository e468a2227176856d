"""Measure the checks against what people would write instead; write the result for the book.

Everything is measured in this one run, on this machine: the command from the shell, then many
invented departments in one process and over all cores, then the baselines. The result is
book/results/speed.json; `made_from` says which checks it was measured with, so that a test can
tell when it is out of date.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from results import save, setting, table

import budgetbook
from budgetbook.checks import Verdict, catalogue, run
from budgetbook.exact.money import round_half_up
from budgetbook.synthetic import department, disclosure

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
RESULT = ROOT / "book" / "results" / "speed.json"
REPEATS = 5

#: The sums of table 5 by hand, as somebody with pandas would write them.
PANDAS = """
import pandas as pd
t = pd.read_csv(r"{data}/published/table-05.csv", dtype={{"code": str}})
assert t.total.notna().any()
for column in ("total", "basic", "project", "prior_total"):
    for code, amount in zip(t.code, t[column]):
        if isinstance(code, str) and len(code) < 7:
            below = t[t.code.str.len().eq(len(code) + 2) & t.code.str.startswith(code, na=False)]
            if abs(below[column].sum() - (amount if amount == amount else 0)) > 0.005:
                print("differs", code, column)
"""
#: Types, keys and references of all files, by a validator of the field.
FRICTIONLESS = """
from frictionless import Package, system
system.trusted = True
assert Package(r"{data}/datapackage.json").validate().valid
"""


def cpu(command):
    """Median user and system seconds, and peak memory in MB, of a command run several times."""
    seconds, peak = [], 0
    for _ in range(REPEATS):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        seconds.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss)
    return {"cpu_seconds": round(sorted(seconds)[REPEATS // 2], 3), "peak_mb": peak // 1024}


_REFERENCE = {}


def invented(seed):
    """Return one invented department."""
    if not _REFERENCE:
        _REFERENCE.update(budgetbook.load(DATA).reference)
    return disclosure(department(seed), _REFERENCE)


def made_from():
    """Return which checks the first department has, as a short digest."""
    checks = " ".join(sorted(check.id for check in catalogue(invented(0))))
    return {"checks": sha256(checks.encode()).hexdigest()[:16]}


def judge(seed):
    """Judge one invented department; return how many checks it has and how many fail."""
    results = run(invented(seed))
    return len(results), sum(result.verdict is Verdict.FAILS for result in results)


def stream(number, cores):
    """Judge so many departments, one after the other, keeping none."""
    start, checks, fails = time.perf_counter(), 0, 0
    with multiprocessing.Pool(cores) if cores > 1 else _One() as pool:
        for found, failed in pool.imap_unordered(judge, range(number), chunksize=50):
            checks, fails = checks + found, fails + failed
    assert fails == 0
    seconds = time.perf_counter() - start
    import resource  # not on Windows, where only this benchmark cannot run

    who = resource.RUSAGE_CHILDREN if cores > 1 else resource.RUSAGE_SELF
    return {
        "departments": number,
        "cores": cores,
        "checks": checks,
        "seconds": round(seconds, 2),
        "ms_each": round(1000 * seconds / number, 1),
        "peak_mb": resource.getrusage(who).ru_maxrss // 1024,
    }


class _One:
    """One process, called like a pool."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def imap_unordered(self, function, items, chunksize):
        """Judge one after the other."""
        return map(function, items)


def child(number, cores):
    """Measure a stream in a process of its own, so that its memory is its own."""
    code = f"import json, speed; print(json.dumps(speed.stream({number}, {cores})))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True)
    done.check_returncode()
    return json.loads(done.stdout)


def tables(shell, many):
    """Return the commands against the check, and the many departments, as the book shows them."""
    ours = Fraction(str(shell["budgetbook check"]["cpu_seconds"]))
    head = ["From the shell", "CPU seconds", "Times the check", "Peak memory, MB"]
    commands = (
        (name, f"{m['cpu_seconds']:.3f}", times(m["cpu_seconds"], ours), m["peak_mb"])
        for name, m in shell.items()
    )
    heads = ["Departments", "Processes", "Checks", "Milliseconds each", "Peak memory, MB"]
    streams = (
        (f"{m['departments']:,}", m["cores"], f"{m['checks']:,}", m["ms_each"], m["peak_mb"])
        for m in many
    )
    return [table(head, commands), table(heads, streams)]


def times(seconds, ours):
    """Return how many times ours a measure is, to two decimals."""
    return round_half_up(Fraction(str(seconds)) / ours, 2)


def main():
    """Measure, and write the result beside, then in place."""
    python = sys.executable
    shell = {
        "budgetbook check": cpu([python, "-m", "budgetbook", "check", str(DATA)]),
        "import pandas": cpu([python, "-c", "import pandas"]),
        "sums of one table by hand in pandas": cpu([python, "-c", PANDAS.format(data=DATA)]),
        "types and keys by frictionless": cpu([python, "-c", FRICTIONLESS.format(data=DATA)]),
        "python itself": cpu([python, "-c", "pass"]),
    }
    cores = os.cpu_count() or 1
    numbers = [1, 100, 1_000] if "--short" not in sys.argv else [1, 20]
    many = [child(number, 1) for number in numbers] + [child(numbers[-1], cores)]
    result = {
        **setting(),
        "made_from": made_from(),
        "repeats": REPEATS,
        "shell": shell,
        "many": many,
        "tables": tables(shell, many),
    }
    save(RESULT, result)


if __name__ == "__main__":
    main()
