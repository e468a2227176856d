"""Hold 1,000 departments of a class against their keys, and time the two commands.

Before planting nothing fails; after it, read back from the package, exactly what the key says.
Ends with an error otherwise. Writes what three scripts earn to book/results/scripts.json; with
`--scripts` it does that alone.
"""

import random
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from results import save, setting

from budgetbook.model.loading import load
from budgetbook.teaching import gradebook, handing
from budgetbook.teaching.decoys import decoys
from budgetbook.teaching.departments import department
from budgetbook.teaching.draft import Draft
from budgetbook.teaching.keys import points
from budgetbook.teaching.marking import LETTER
from budgetbook.teaching.packing import kept, write_package
from budgetbook.teaching.planting import failures, planted, suspicion
from budgetbook.teaching.progress import bar
from budgetbook.teaching.stock import stock

ROOT = Path(__file__).parents[1]
MANY, YEAR, LEVELS = 1000, 2026, {1: 2, 2: 2, 3: 1, 4: 1}
#: Students → seconds allowed, on two cores; and for grading the larger class.
ALLOWED, GRADING = {60: 60, 300: 240}, 60


def mistakes(number):
    """Return what is wrong with one department, nothing if it is fit for a class."""
    reference = load(handing.FOLDER.parent).reference
    chance = random.Random(f"bench {number}")
    draft = Draft(department(chance, "云岭区", YEAR))
    found = [f"clean: {r.check.id}" for r in failures(draft.printed(reference).disclosure)]
    made = planted(draft, reference, chance, LEVELS)
    with tempfile.TemporaryDirectory() as folder:
        sheet, hand = made.printed.sheet, kept(made.printed.disclosure.reference)
        write_package(sheet.text, hand, Path(folder))
        back = load(folder)
    results = failures(back)
    if {r.check.id for r in results} != made.failing:
        found.append("read back, other checks fail than the key says")
    if (
        back.claims != made.printed.disclosure.claims
        or back.tables != made.printed.disclosure.tables
    ):
        found.append("read back, other figures stand there")
    named = suspicion(results)
    for decoy in decoys(made, chance, 3):
        if decoy.place.rpartition(".")[0] in named:
            found.append(f"a decoy fails: {decoy.type}")
    return [f"{number}: {each}" for each in found]


def timed(students):
    """Return how long a class takes to be made, and to be graded where nothing was filled in."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "class"
        begun = time.perf_counter()
        keys = handing.new(out, students, progress=bar)
        made = time.perf_counter() - begun
        handed = Path(folder) / "handed-in"
        handed.mkdir()
        for path in out.glob("*/answers.xlsx"):
            shutil.copyfile(path, handed / f"{path.parent.name}.xlsx")
        begun = time.perf_counter()
        gradebook.grade(keys, handed, Path(folder) / "grades")
        return made, time.perf_counter() - begun


def scripts():
    """Write what the scripts of the tests earn, for the guide of a class."""
    sys.path.insert(0, str(ROOT / "tests"))
    import attacks

    by_level = {level: points(level) for level in (1, 2, 3, 4)}
    counts = {int(row["level"]): int(row["count"]) for row in stock("points")}
    all_parts = sum(sum(by_level[n].values()) * count for n, count in counts.items())
    person = sum(by_level[n]["explanation"] * count for n, count in counts.items())
    course = [*attacks.departments()]
    made = attacks.tried(course, by_level, all_parts - person, all_parts + LETTER)
    save(ROOT / "book" / "results" / "scripts.json", made)


def main():
    """Print what was measured; return 1 where something is wrong or takes too long."""
    wrong = []
    scripts()
    if "--scripts" in sys.argv:
        return 0
    with ProcessPoolExecutor() as pool:
        for done, found in enumerate(pool.map(mistakes, range(MANY), chunksize=8), 1):
            bar(done, MANY)
            wrong += found
    print(f"{setting()['machine']}: {MANY} departments, {len(wrong)} mistakes", *wrong, sep="\n")
    for students, allowed in ALLOWED.items():
        made, graded = timed(students)
        print(f"{students} students: made in {made:.0f} s, graded in {graded:.0f} s")
        if made > allowed or graded > GRADING:
            wrong.append(f"{students} students take longer than {allowed} s")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
