"""The command line: `budgetbook import`, `budgetbook check` and `budgetbook where`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .checks import Result, Verdict, run
from .errors import InputError, plainly, speak_utf8
from .model.loading import load
from .proof.locate import locate
from .reading.importing import import_text
from .words import reporting


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, 1 if a check fails, or 2 for unusable input."""
    given = _parser().parse_args(arguments)
    speak_utf8()
    try:
        if given.command == "import":
            sys.stdout.writelines(f"{line}\n" for line in import_text(given.path, given.out))
            return 0
        if given.command == "where":
            print("\n".join(locate(load(given.data), given.address)))
            return 0
        return _check(given.data, given.format, given.only)
    except BrokenPipeError:  # the reader of a pipe, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except InputError as error:
        print(f"budgetbook: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        advice = "make room or allow access there; what was there is untouched"
        print(f"budgetbook: {plainly(error)}; {advice}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="budgetbook", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="read a published text into a data package")
    importing.add_argument("path", type=Path, help="the published text (UTF-8); - reads a pipe")
    importing.add_argument("--out", type=Path, default=Path("data"), help="folder of the package")
    checking = commands.add_parser("check", help="check the figures of a data package")
    checking.add_argument(
        "data", type=Path, nargs="?", help="folder of the package (default: data)"
    )
    checking.add_argument(
        "--format",
        choices=("table", "json", "csv"),
        default="table",
        help="a table for people (default), JSON or CSV for machines",
    )
    checking.add_argument("--only", metavar="FAMILY", help="show the checks of one family")
    finding = commands.add_parser("where", help="show what stands at an address")
    finding.add_argument("address", help="such as spending-by-function/2080505.total; or an id")
    finding.add_argument("data", type=Path, nargs="?", help="folder of the package (default: data)")
    return parser


def _check(data: Path | None, form: str, family: str | None) -> int:
    """Print the verdicts; return 1 if one that is shown fails."""
    results = run(load(data))
    if family is not None:
        results = _of_family(results, family)
    match form:
        case "json":
            text = reporting.as_json(results)
        case "csv":
            text = reporting.as_csv(results)
        case _:
            colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
            text = reporting.as_table(results, colour=colour)
    sys.stdout.write(text)
    sys.stdout.flush()
    return int(any(result.verdict is Verdict.FAILS for result in results))


def _of_family(results: Sequence[Result], family: str) -> list[Result]:
    known = list(dict.fromkeys(result.check.family for result in results))
    if family not in known:
        raise InputError(f"--only {family}: no such family; choose one of: {', '.join(known)}")
    return [result for result in results if result.check.family == family]
