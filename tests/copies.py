"""Copies of the project, as a downloaded zip has it: without its history."""

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
