"""A bar that says how far a long command is, where somebody looks on."""

from __future__ import annotations

import sys

_WIDTH = 30


def bar(done: int, all_of_them: int) -> None:
    """Show how many of all are done; where no terminal shows it, nothing is written."""
    if sys.stderr is None or not sys.stderr.isatty():
        return
    filled = _WIDTH * done // max(all_of_them, 1)
    end = "\n" if done == all_of_them else ""
    shown = f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{all_of_them}{end}"
    print(shown, end="", file=sys.stderr, flush=True)
