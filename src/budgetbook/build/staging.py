"""Puts a new folder in the place of an old one, so that a stop at any moment loses neither."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import BuildError
from .checksums import SUMS


@contextlib.contextmanager
def alone(work: Path) -> Iterator[None]:
    """Hold `work` for one process; the lock ends with it. Raises BuildError if it is held."""
    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("w") as handle:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BuildError(f"Another build is at work in {work}: wait until it ends.") from error
        yield


@contextlib.contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give a path for a new folder on the disk of `out`; what earlier runs left there goes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    for left in out.parent.glob(f".{out.name}-new-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        dir=out.parent, prefix=f".{out.name}-new-", ignore_cleanup_errors=True
    ) as temporary:
        yield Path(temporary) / out.name


def put(new: Path, out: Path) -> Path:
    """Put `new` in the place of `out` (both on one disk) and return `out`.

    Raises BuildError if `out` holds something that no earlier run made, and OSError if it cannot
    be replaced; `out` is then what it was.
    """
    recover(out)
    if out.exists():
        if any(out.iterdir()) and not (out / SUMS).exists():
            raise BuildError(f"{out} holds something else: name an empty folder, or remove it")
        out.rename(_aside(out))
    try:
        new.rename(out)
    except OSError:
        recover(out)
        raise
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
