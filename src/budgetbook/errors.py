"""The errors that a user of the package meets."""

from __future__ import annotations

import io
import os
import sys


class _Told:
    """An error whose sentence says all: a notebook shows it without the code that raised it."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class InputError(_Told, ValueError):
    """Input that cannot be used: says where it is, what was expected and what to do."""


def at_line(file: str, line: int, found: str, expected: str) -> InputError:
    """Return the error for a line of a text: `file:line: found …; expected …`."""
    return InputError(f"{file}:{line}: found {found}; expected {expected}")


def at_cell(file: str, row: int, column: str, found: str, expected: str) -> InputError:
    """Return the error for a cell of a CSV file; `row` counts from 1 below the header."""
    place = f"row {row}" if row else "header"
    return InputError(f"{file}: {place}, column {column}: found {found}; expected {expected}")


class BuildError(_Told, RuntimeError):
    """A build that could not be finished: says in one sentence why and what to do."""


def plainly(error: OSError) -> str:
    """Return an error of the system as a clause: where, and what is wrong."""
    where = error.filename2 or error.filename
    reason = error.strerror or str(error)
    return f"{where}: {reason}" if where else reason


def speak_utf8() -> None:
    """Print UTF-8 whatever the console is set to: amounts and Chinese names must come out.

    Where the output is closed, what is printed goes nowhere and the exit status still speaks.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (for all that follows)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
