"""The command line: `budgetbook import`, `check`, `where`, and `class` for courses."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import __version__
from .checks import Result, Verdict, run
from .errors import InputError, plainly, speak_utf8
from .model.loading import load
from .model.workbook import opened
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
        if given.command == "class":
            return _class(given)
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
    except KeyboardInterrupt:
        print("budgetbook: stopped; call it again and it goes on", file=sys.stderr)
        return 130
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
        "data", type=Path, nargs="?", help="folder of the package (default: data), or its workbook"
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
    _add_class(commands)
    return parser


def _add_class(commands: Any) -> None:
    """Add the commands for courses: a department for each student, and what comes back."""
    several = commands.add_parser("class", help="make a class of invented departments, grade it")
    parts = several.add_subparsers(dest="part", required=True)
    new = parts.add_parser("new", help="make a folder a student, and the keys beside them")
    new.add_argument("--students", type=int, required=True, help="how many")
    new.add_argument("--out", type=Path, default=Path("class"), help="the folder of the class")
    new.add_argument("--seed", default="", help="make the same class again; can be guessed")
    new.add_argument("--year", type=int, default=0, help="the budget year of the departments")
    new.add_argument("--levels", help="errors of levels 1 to 4, such as 2,2,1,1 (default)")
    new.add_argument("--decoys", type=int, default=3, help="what looks wrong and is right")
    material = parts.add_parser("material", help="write deck, handout, answer sheet, questions")
    material.add_argument("--out", type=Path, default=Path("material"), help="where they go")
    grade = parts.add_parser("grade", help="grade the sheets that were handed in")
    grade.add_argument("keys", type=Path, help="the folder of keys, which ends in -key")
    grade.add_argument("handed_in", type=Path, help="the folder of what was handed in")
    grade.add_argument("--out", type=Path, default=Path("grades"), help="folder of the grades")


def _class(given: argparse.Namespace) -> int:
    """Make a class or grade one; the room for it is loaded when it is asked for."""
    from .teaching import gradebook, handing
    from .teaching.progress import bar

    if given.part == "material":
        return _material(given.out)
    if given.part == "grade":
        told = gradebook.grade(given.keys, given.handed_in, given.out, bar)
        print("\n".join(told))
        return 0
    made = {"seed": given.seed, "year": given.year, "trap": given.decoys}
    levels = handing.levels_of(given.levels)
    keys = handing.new(given.out, given.students, levels=levels, progress=bar, **made)
    print(f"{given.out}: a folder for each student; {keys}: the keys, for you alone")
    return 0


def _material(out: Path) -> int:
    """Write what a lecturer takes along; it needs the packages that make the book."""
    try:
        from .show.material import everything
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is not installed here: call make book once") from None
    out.mkdir(parents=True, exist_ok=True)
    made = everything(load())
    for name, content in made.items():
        (out / name).write_bytes(content)
    print(f"{out}: {', '.join(sorted(made))}")
    return 0


def _check(data: Path | None, form: str, family: str | None) -> int:
    """Print the verdicts; return 1 if one that is shown fails."""
    results = run(opened(data) if data and data.suffix.lower() == ".xlsx" else load(data))
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
