"""Which files make the project: those that git lists, and of data/ those that its descriptor names.

Where git has no history of the project, as in a downloaded zip, a stated list of folders and
endings stands for it. What editors leave behind, such as locks, swap files and copies, is no part
of the project: it is not packed, and no build depends on it.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath

from .beside import rows_beside
from .store import DESCRIPTOR

_DATA = "data/"
_TEACHING = "data/teaching"
#: What the data package is made of.
PACKAGE = tuple(f"{_DATA}{name}" for name in (DESCRIPTOR, "published", "reference", "editorial"))
#: Without git: folders that belong to the project with all below them, those without what is
#: below, and files by name.
_DEEP = ("book", "src/budgetbook", "tests")
_FLAT = ("benchmarks", "benchmarks/unseen", "notebooks")
_NAMED = tuple(row["name"] for row in rows_beside(__file__, "project"))
_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"  # a copy has a blank, a bracket or another script in it
_ENDINGS = "css|csv|html|ipynb|js|json|md|mjs|mo|otf|png|py|svg|toml|txt|wasm|woff2|zip"
_STATED = re.compile(rf"({_PART}/)+({_PART}\.({_ENDINGS})|LICENSE|SHA256SUMS)")
#: What tools keep for themselves, in folders of their own: no editor's leavings to speak of.
_TOOLS = {"__pycache__", ".ipynb_checkpoints", "node_modules"}


def tracked(root: Path) -> list[str] | None:
    """Return what git lists of the project at `root`, None where it has no history of it.

    It has none in a folder without a repository, in one of another owner, which git refuses, and
    inside another repository, which lists nothing of ours.
    """
    try:
        done = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True)
    except OSError:  # no git at all
        return None
    names = done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]
    return names if done.returncode == 0 and "pyproject.toml" in names else None


def sources(root: Path, places: Iterable[str] = ("",)) -> list[str]:
    """Return the names of the project's files that are there, in order, as `data/x.csv`.

    With `places`, files or folders, only those that are or lie in one of them.
    """
    listed = tracked(root)
    names = set(_stated(root) if listed is None else listed)
    names = {name for name in names if not name.startswith(_DATA)} | set(_of_data(root))
    wanted = tuple(places)
    return [
        name
        for name in sorted(names, key=PurePosixPath)
        if any(place in ("", name) or name.startswith(f"{place}/") for place in wanted)
        and (root / name).is_file()
    ]


def contents(root: Path, places: Iterable[str] = ("",)) -> dict[str, bytes]:
    """Return name → content of the files that `sources` names."""
    return {name: (root / name).read_bytes() for name in sources(root, places)}


def left_out(root: Path) -> list[str]:
    """Return the files that lie among the project's and are no part of it."""
    known = set(sources(root))
    below = (_below(root, folder) for folder in (*_DEEP, *_FLAT, "data"))
    return [
        name
        for name in dict.fromkeys(chain.from_iterable(below))
        if name not in known and not _TOOLS & set(PurePosixPath(name).parts)
    ]


def _of_data(root: Path) -> Iterator[str]:
    """Yield the descriptor, what it names, and what classes are made of, which it does not name.

    A descriptor that cannot be read names nothing.
    """
    yield _DATA + DESCRIPTOR
    yield from (name for name in _below(root, _TEACHING) if _STATED.fullmatch(name))
    try:
        resources = json.loads((root / _DATA / DESCRIPTOR).read_bytes().decode("utf-8-sig"))
        paths = [str(resource["path"]) for resource in resources["resources"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    yield from (_DATA + path for path in paths if ".." not in path)


def _stated(root: Path) -> Iterator[str]:
    yield from _NAMED
    for folder in (*_DEEP, *_FLAT):
        for name in _below(root, folder):
            deep = name.rpartition("/")[0] != folder
            if _STATED.fullmatch(name) and (folder in _DEEP or not deep):
                yield name


def _below(root: Path, folder: str) -> Iterator[str]:
    for path in sorted((root / folder).rglob("*")):
        if path.is_file():
            yield path.relative_to(root).as_posix()
