"""Who is in a class, and who handed in what: keys, roster, and each sheet with its student."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..errors import InputError
from .answers import Filled, plain, sheet_of
from .handing import CLASS
from .intake import File
from .keys import Key, complaint
from .stock import by_id, stock

_FOLDER = re.compile(r"student-\d{2,4}(?!\d)")


class Class(NamedTuple):
    """The keys of a class by student, the points by level, the roster by student."""

    keys: Mapping[str, Key]
    points: Mapping[int, Mapping[str, int]]
    roster: Mapping[str, Mapping[str, str]]

    @property
    def tokens(self) -> dict[str, str]:
        """Token → student."""
        return {key["token"]: student for student, key in self.keys.items()}


class HandIn(NamedTuple):
    """A sheet of a student: where it is, what it says, what is to be said of it."""

    path: str
    filled: Filled
    status: str
    problem: tuple[str, str] | None = None


def opened(folder: Path) -> Class:
    """Return the keys of a class. Raises InputError for a folder that has none, or a broken one."""
    if not (folder / CLASS).is_file():
        raise InputError(f"{folder}: no {CLASS} in it; give the folder that ends in -key")
    rows: Sequence[Mapping[str, str]] = read_csv(folder / "points.csv") or stock("points")
    parts = ("place", "right", "kind", "else", "explanation")
    try:
        points = {int(row["level"]): {part: int(row[part]) for part in parts} for row in rows}
    except (KeyError, ValueError) as error:
        raise InputError(f"{folder}/points.csv: {error}; whole numbers are expected") from None
    paths = sorted(folder.glob("student-*.json"))
    keys = {path.stem: _key(path, points) for path in paths}
    return Class(keys, points, _roster(folder / "roster.csv", keys))


#: What the columns of a roster may be called.
_ROSTER = {
    "student": ("student", "folder", "学生", "文件夹", "学生文件夹"),
    "name": ("name", "姓名", "名字"),
    "number": ("number", "studentnumber", "学号"),
}


def _roster(path: Path, keys: Collection[str]) -> dict[str, dict[str, str]]:
    """Return who is who: folder of a student → name and number.

    Raises InputError for a roster that names no folder of the class, so that none is passed over.
    """
    found = {}
    rows = read_csv(path)
    for row in rows:
        cells = {plain(heading): cell.strip() for heading, cell in row.items()}
        about = {
            name: next((cells[each] for each in called if each in cells), "")
            for name, called in _ROSTER.items()
        }
        found[about["student"]] = about
    named = [student for student in found if student in keys]
    if rows and not any(found[student]["name"] or found[student]["number"] for student in named):
        expected = "student,name,number or 学生,姓名,学号, with folders such as student-01"
        got = ",".join(rows[0])
        raise InputError(f"{path}: not understood, its headings are {got}; expected {expected}")
    return found


def _key(path: Path, points: Collection[int]) -> Key:
    """Return the key in a file. Raises InputError for one that cannot be used."""
    try:
        key: Key = json.loads(path.read_text(encoding="utf-8-sig"))
        _ = key["token"]
        wrong = complaint(key, points)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); mend it as JSON") from None
    if wrong:
        raise InputError(f"{path}: {wrong}")
    return key


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file of ours, none where there is none."""
    if not path.is_file():
        return []
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: value or "" for name, value in row.items() if name} for row in rows]


def placed(found: Iterable[File], known: Class) -> tuple[dict[str, list[HandIn]], list[File]]:
    """Return student → sheets that were handed in for that student, and files of nobody."""
    mine: dict[str, list[HandIn]] = {}
    lost = []
    for file in found:
        filled = sheet_of(file.rows, known.tokens) if file.rows else None
        student, status = _whose(file, filled, known)
        if student and filled:
            mine.setdefault(student, []).append(HandIn(file.path, filled, status))
        elif student:
            empty = Filled("", {}, [], "")
            mine.setdefault(student, []).append(HandIn(file.path, empty, status, file.problem))
        elif not filled or status:
            lost.append(file._replace(problem=file.problem or status_words(status or "no sheet")))
    return mine, lost


def _whose(file: File, filled: Filled | None, known: Class) -> tuple[str, str]:
    """Return who handed in a file, and what is to be said of it: by path, roster, sheet."""
    named = _FOLDER.findall(file.path)
    path = next((name for name in reversed(named) if name in known.keys), "")
    if not filled:
        mine = path or _listed(file.path, Filled("", {}, [], ""), known.roster)
        sheet_like = PurePosixPath(file.path).suffix.lower() in (".xlsx", ".csv")
        unread = (file.problem or sheet_like) and not given(file.path)
        return (mine, "not read") if mine and unread else ("", "")
    owner = known.tokens.get(filled.token, "")
    listed = _listed(file.path, filled, known.roster)
    claimed = filled.about.get("student", "")
    student = listed or path or (claimed if claimed in known.keys else "") or owner
    if not student:
        return "", "nobody's"
    if not owner:
        return student, "unknown token"
    others = {name for name in (listed, path, claimed) if name in known.keys and name != owner}
    return (student, "another's") if others else (owner, "graded")


def given(path: str) -> bool:
    """Whether a file is one that a student got and did not write."""
    parts = PurePosixPath(path).parts
    return parts[-1] in ("tables.xlsx", "read-me.txt", "disclosure.html") or "data" in parts[:-1]


def _listed(path: str, filled: Filled, roster: Mapping[str, Mapping[str, str]]) -> str:
    """Return who of the roster a sheet names: by number, else by name, else by the path.

    Nobody where two students have that name; of names within one another the longest counts.
    """
    called = {s: (plain(r.get("number", "")), plain(r.get("name", ""))) for s, r in roster.items()}
    for nth, what in enumerate(("number", "name")):
        given = plain(filled.about.get(what, ""))
        fit = [student for student, names in called.items() if given and names[nth] == given]
        if len(fit) == 1:
            return fit[0]
    within = [(names[1], s) for s, names in called.items() if names[1] in plain(path)]
    longest = max(map(len, dict(within)), default=0)
    fit = [student for name, student in within if len(name) == longest > 1]
    return fit[0] if len(fit) == 1 else ""


def status_words(status: str, **words: str) -> tuple[str, str]:
    """Return what is said of a hand-in, in English and in Chinese."""
    row = by_id("statuses")[status]
    return row["title_en"].format_map(words), row["title_zh"].format_map(words)
