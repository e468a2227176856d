"""Copies of the project, as a downloaded zip has it, and of what its data/ keeps by hand."""

import shutil
from fnmatch import fnmatchcase
from pathlib import Path

from budgetbook.package.sources import sources

ROOT = Path(__file__).resolve().parent.parent


def copied(folder, *left_out):
    """Copy the project, without the files that fit a pattern, and return the folder."""
    for name in sources(ROOT):
        if not any(fnmatchcase(name, pattern) for pattern in left_out):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def without_judgements(data, target):
    """Copy what serves any department; of what speaks of one, the headings alone."""
    shutil.copytree(data / "reference", target / "reference")
    (target / "editorial").mkdir()
    for path in (data / "editorial").glob("*.csv"):
        head = path.read_text(encoding="utf-8").splitlines()[0]
        (target / "editorial" / path.name).write_text(head + "\n", encoding="utf-8")
    return target
