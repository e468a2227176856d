"""A copy of the project and an environment of its own, for a run that must leave no trace."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def copy(folder: Path) -> Path:
    """Copy what git tracks or could track into `folder`, and return it."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def need(*pythons: str) -> None:
    """End with one sentence if an interpreter is not on this machine."""
    for python in pythons:
        if shutil.which(python) is None:
            raise SystemExit(f"{python} is not on this machine: install it or name another")


def environment(python: str, project: Path, *what: str) -> Path:
    """Make a virtual environment in the copy, install what pip is told to, return its Python."""
    _run([python, "-m", "venv", project / ".venv"], project)
    inside = project / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, *what], project)
    _run([*pip, "--no-deps", "--no-build-isolation", "-e", "."], project)
    return inside


def _run(command: list[object], folder: Path) -> None:
    """Run a step; end with one sentence if it fails."""
    if subprocess.run(command, cwd=folder).returncode:
        raise SystemExit(
            f"no environment could be made with {command[0]}: is a package index in reach, and "
            "does the message above name a package?"
        )
