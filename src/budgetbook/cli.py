"""The command line: `budgetbook import` and `budgetbook check`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .checks import Result, Verdict, run
from .disclosure import import_text, load
from .errors import InputError
from .money import side


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, 1 if a check fails, or 2 for unusable input."""
    parser = argparse.ArgumentParser(prog="budgetbook", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="read a published text into a data package")
    importing.add_argument("path", type=Path, help="the published text (UTF-8)")
    importing.add_argument("--out", type=Path, default=Path("data"), help="folder of the package")
    checking = commands.add_parser("check", help="check the figures of a data package")
    checking.add_argument(
        "data", type=Path, nargs="?", help="folder of the package (default: data)"
    )
    given = parser.parse_args(arguments)
    try:
        if given.command == "import":
            import_text(given.path, given.out)
            return 0
        return _report(run(load(given.data)))
    except (InputError, OSError) as error:
        print(f"budgetbook: {error}", file=sys.stderr)
        return 2


def _report(results: Sequence[Result]) -> int:
    """Print what fails and what is open, then the count of each verdict."""
    for result in results:
        if result.verdict is Verdict.FAILS:
            places = ", ".join(result.cells[:4]) + (" …" if len(result.cells) > 4 else "")
            print(f"fails: {result.check.statement_en}")
            print(f"    {side(result.left)} against {side(result.right)}   ({places})")
        elif result.verdict is Verdict.OPEN:
            print(f"cannot be tested: {result.check.statement_en}\n    needs {result.needs}")
    count = Counter(result.verdict for result in results)
    print(", ".join(f"{count[verdict]} {verdict}" for verdict in Verdict))
    return 1 if count[Verdict.FAILS] else 0
