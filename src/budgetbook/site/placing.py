"""Puts a new folder in the place of an old one, so that a stop at any moment loses neither."""

from __future__ import annotations

import shutil
from pathlib import Path


def put(new: Path, out: Path) -> Path:
    """Put `new` in the place of `out` (both on one disk) and return `out`."""
    recover(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.exists():
        out.rename(_aside(out))
    new.rename(out)
    shutil.rmtree(_aside(out), ignore_errors=True)
    return out


def recover(out: Path) -> None:
    """If a run was stopped between its last two steps, put what was there before back."""
    if _aside(out).exists():
        if out.exists():
            shutil.rmtree(_aside(out))
        else:
            _aside(out).rename(out)


def _aside(out: Path) -> Path:
    return out.with_name(f".{out.name}-before")
