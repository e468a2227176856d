"""The command line: `budgetbook import` and `budgetbook check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .disclosure import import_text
from .errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, 1 if a check fails, or 2 for unusable input."""
    parser = argparse.ArgumentParser(prog="budgetbook", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="read a published text into a data package")
    importing.add_argument("path", type=Path, help="the published text (UTF-8)")
    importing.add_argument("--out", type=Path, default=Path("data"), help="folder of the package")
    given = parser.parse_args(arguments)
    try:
        import_text(given.path, given.out)
    except InputError as error:
        print(f"budgetbook: {error}", file=sys.stderr)
        return 2
    return 0
