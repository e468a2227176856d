"""Grades what a class handed in: a grade book, a reason for each point, what a person judges.

Nothing that was handed in is changed or run; what a person judged in an earlier run is kept.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..errors import InputError
from .answers import Filled, plain, sheet_of
from .handing import CLASS
from .intake import File, files
from .keys import Key
from .marking import LETTER, Mark, mark
from .stock import by_id, stock

_FOLDER = re.compile(r"student-\d{2,4}(?!\d)")
#: What a spreadsheet would calculate.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
GRADES = (
    *("student", "name", "number", "token", "file", "status_en", "status_zh"),
    *("program", "alarms", "person", "waiting", "total", "out_of", "percent"),
)
_REASONS = ("student", "item", "part", "points", "of", "reason_en", "reason_zh")
_JUDGED = ("student", "item", "text", "of", "points", "comment")
_CHANGES = ("student", "before", "after", "why_en", "why_zh")


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


def opened(folder: Path) -> Class:
    """Return the keys of a class. Raises InputError for a folder that has none, or a broken one."""
    if not (folder / CLASS).is_file():
        raise InputError(f"{folder}: no {CLASS} in it; give the folder that ends in -key")
    keys = {}
    for path in sorted(folder.glob("student-*.json")):
        try:
            key = json.loads(path.read_text(encoding="utf-8-sig"))
            _ = key["token"], key["errors"], key["decoys"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: cannot be read ({error}); mend it as JSON") from None
        keys[path.stem] = key
    rows: Sequence[Mapping[str, str]] = _read(folder / "points.csv") or stock("points")
    parts = ("place", "right", "kind", "else", "explanation")
    try:
        points = {int(row["level"]): {part: int(row[part]) for part in parts} for row in rows}
    except (KeyError, ValueError) as error:
        raise InputError(f"{folder}/points.csv: {error}; whole numbers are expected") from None
    roster = {row.get("student", ""): row for row in _read(folder / "roster.csv")}
    return Class(keys, points, roster)


def _read(path: Path) -> list[dict[str, str]]:
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


def safe(value: object) -> str:
    """Return a cell that no spreadsheet calculates: what could begin a formula gets a mark."""
    text = str(value).replace("\0", "")
    return f"'{text}" if text.lstrip().startswith(_STARTS) or text[:1] in _STARTS else text


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(row.get(column, "")) for column in columns] for row in rows)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(stream.getvalue().encode("utf-8-sig"))
    beside.replace(path)


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
            mine.setdefault(student, []).append(HandIn(file.path, empty, "not read"))
        elif not filled or status:
            lost.append(file._replace(problem=file.problem or _status(status or "no sheet")))
    return mine, lost


def _whose(file: File, filled: Filled | None, known: Class) -> tuple[str, str]:
    """Return who handed in a file, and what is to be said of it: by path, roster, sheet."""
    named = _FOLDER.findall(file.path)
    path = next((name for name in reversed(named) if name in known.keys), "")
    if not filled:
        sheet_like = PurePosixPath(file.path).suffix.lower() in (".xlsx", ".csv")
        return (path, "not read") if path and not _given(file.path) and sheet_like else ("", "")
    owner = known.tokens.get(filled.token, "")
    listed = _listed(file.path, filled, known.roster)
    claimed = filled.about.get("student", "")
    student = listed or path or (claimed if claimed in known.keys else "") or owner
    if not student:
        return "", "unknown token"
    if not owner:
        return student, "unknown token"
    others = {name for name in (listed, path, claimed) if name in known.keys and name != owner}
    return (student, "another's") if others else (owner, "graded")


def _given(path: str) -> bool:
    """Whether a file is one that a student got and did not write."""
    parts = PurePosixPath(path).parts
    return parts[-1] in ("tables.xlsx", "read-me.txt", "disclosure.html") or "data" in parts[:-1]


def _listed(path: str, filled: Filled, roster: Mapping[str, Mapping[str, str]]) -> str:
    """Return who of the roster a sheet names, by number, else by name, else by the path."""
    number, name = (plain(filled.about.get(what, "")) for what in ("number", "name"))
    for column, given in (("number", number), ("name", name)):
        for student, row in roster.items():
            if given and plain(row.get(column, "")) == given:
                return student
    called = {student: plain(row.get("name", "")) for student, row in roster.items()}
    return next((s for s, name in called.items() if len(name) > 1 and name in plain(path)), "")


def _status(status: str) -> tuple[str, str]:
    row = by_id("statuses")[status]
    return row["title_en"], row["title_zh"]


def grade(
    keys: Path, handed_in: Path, out: Path, progress: Any = lambda done, all_of_them: None
) -> list[str]:
    """Grade a class into `out`; return what is to be said in lines.

    Raises InputError for folders that are not there, or keys that cannot be read.
    """
    known = opened(keys)
    if not handed_in.is_dir():
        raise InputError(f"{handed_in}: no such folder; give the one with what was handed in")
    mine, lost = placed(files(handed_in), known)
    before = {row["student"]: row for row in _read(out / "grades.csv")}
    judged = {(row["student"], row["item"]): row for row in _read(out / "judgements.csv")}
    rows, reasons, texts = [], [], []
    for done, (student, key) in enumerate(known.keys.items(), 1):
        row, why, said = _student(student, key, mine.get(student, []), known, judged)
        rows.append(row)
        reasons += why
        texts += said
        progress(done, len(known.keys))
    out.mkdir(parents=True, exist_ok=True)
    changes = _changes(before, rows, out, known)
    _write(out / "grades.csv", GRADES, rows)
    _write(out / "reasons.csv", _REASONS, reasons)
    _write(out / "judgements.csv", _JUDGED, texts)
    _write(out / "changes.csv", _CHANGES, changes)
    unread = [
        {"file": f.path, "why_en": f.problem[0], "why_zh": f.problem[1]}
        for f in lost
        if f.problem and not _given(f.path)
    ]
    _write(out / "unread.csv", ("file", "why_en", "why_zh"), unread)
    _feedback(out / "feedback", rows, reasons)
    _guide(out)
    graded = sum(bool(row["file"]) for row in rows)
    told = f"{graded} of {len(rows)} students handed in a sheet, {len(unread)} files were not read"
    return [told, f"{len(changes)} grades changed; see {out / 'grades.csv'}"]


def _student(
    student: str,
    key: Key,
    sheets: Sequence[HandIn],
    known: Class,
    judged: Mapping[tuple[str, str], Mapping[str, str]],
) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the row of a student, the reasons, and the texts for a person."""
    sheets = [s for s in sheets if s.filled.answers or s.filled.letter] or sheets[:1]
    order = ("graded", "unknown token", "another's", "not read")
    ranked = sorted(sheets, key=lambda sheet: order.index(sheet.status))
    chosen = ranked[0] if ranked else HandIn("", Filled("", {}, [], ""), "missing")
    good = sum(sheet.status in order[:2] for sheet in sheets)
    status = "several" if good > 1 else chosen.status
    counts = chosen.status in ("graded", "unknown token")
    filled = chosen.filled if counts else Filled("", {}, [], "")
    marked = mark(filled, key, known.points)
    texts = _texts(student, key, marked, known, judged)
    person = sum(int(t["points"]) for t in texts if str(t["points"]).isdigit())
    waiting = sum(bool(t["text"]) and not str(t["points"]).isdigit() for t in texts)
    earned = marked.program if counts else 0
    out_of = sum(part.of for part in marked.parts) + sum(t["of"] for t in texts)
    total = max(0, earned - marked.alarms) + person * counts
    listed, about = known.roster.get(student, {}), chosen.filled.about
    row = {
        "student": student,
        "name": listed.get("name") or about.get("name", ""),
        "number": listed.get("number") or about.get("number", ""),
        "token": key["token"],
        "file": chosen.path,
        "status_en": _status(status)[0],
        "status_zh": _status(status)[1],
        **{"program": earned, "alarms": marked.alarms, "person": person, "waiting": waiting},
        **{"total": total, "out_of": out_of, "percent": f"{100 * total / out_of:.1f}"},
    }
    head = _status(status)
    reasons = [
        {
            "student": student,
            "item": "sheet",
            "part": "status",
            "points": 0,
            "of": 0,
            "reason_en": head[0],
            "reason_zh": head[1],
        }
    ]
    for part in marked.parts:
        points = part.points if counts else min(part.points, 0)
        reasons.append(dict(zip(_REASONS, (student, *part[:2], points, *part[3:]), strict=True)))
    reasons += [_of_person(text) for text in texts]
    return row, reasons, [text for text in texts if text["text"]]


def _texts(
    student: str,
    key: Key,
    marked: Mark,
    known: Class,
    judged: Mapping[tuple[str, str], Mapping[str, str]],
) -> list[dict[str, Any]]:
    """Return what a person judges of a sheet, with the points that were given already."""
    most = {e["id"]: known.points[e["level"]]["explanation"] for e in key["errors"]}
    found = []
    for item, of in {**most, "letter": LETTER}.items():
        text, old = marked.texts.get(item, ""), judged.get((student, item), {})
        points = old.get("points", "").strip()
        points = str(min(int(points), of)) if points.isdigit() and text else ""
        row = {"student": student, "item": item, "text": text, "of": of, "points": points}
        found.append(row | {"comment": old.get("comment", "")})
    return found


def _of_person(text: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reason for the points that a person gives."""
    which = "silent" if not text["text"] else "judged" if text["points"] else "person"
    row = by_id("said")[which]
    words = {"comment": text["comment"] or "–"}
    points = int(text["points"] or 0)
    head = {"student": text["student"], "item": text["item"], "part": "explanation"}
    head |= {"points": points, "of": text["of"]}
    return head | {f"reason_{each}": row[each].format_map(words) for each in ("en", "zh")}


def _changes(
    before: Mapping[str, Mapping[str, str]],
    rows: Sequence[Mapping[str, Any]],
    out: Path,
    known: Class,
) -> list[dict[str, Any]]:
    """Return whose total is another than in the run before, and why; note the keys of this run."""
    path = out / "keys.json"
    old: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    new = {
        student: hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()
        for student, key in known.keys.items()
    }
    path.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    found = []
    for row in rows:
        student, was = row["student"], before.get(row["student"])
        if was and was.get("total") != str(row["total"]):
            mended = old.get(student) not in (None, new[student])
            why = _status("key mended" if mended else "sheet or judgement changed")
            found.append(
                {
                    "student": student,
                    "before": was.get("total", ""),
                    "after": row["total"],
                    "why_en": why[0],
                    "why_zh": why[1],
                }
            )
    return found


def _feedback(
    folder: Path, rows: Sequence[Mapping[str, Any]], reasons: Sequence[Mapping[str, Any]]
) -> None:
    """Write a text a student: every point with its reason, in both languages.

    Who has handed in no sheet of the own yet is told that alone: the rest would be the key.
    """
    folder.mkdir(exist_ok=True)
    mine: dict[str, list[Mapping[str, Any]]] = {}
    for reason in reasons:
        mine.setdefault(reason["student"], []).append(reason)
    for row in rows:
        closed = row["status_en"] in (_status("missing")[0], _status("another's")[0])
        told = mine[row["student"]][: 1 if closed else None]
        lines = [f"{row['student']}  {row['name']}", f"{row['total']} / {row['out_of']}", ""]
        for each in told:
            got = f"{each['points']}/{each['of']}" if each["of"] else f"{each['points']}"
            lines.append(f"[{each['item']} {each['part']}] {got}")
            lines += [f"    {each['reason_zh']}", f"    {each['reason_en']}"]
        text = "\n".join(lines) + "\n"
        path = folder / f"{row['student']}.txt"
        path.write_bytes(text.encode("utf-8-sig"))


def _guide(out: Path) -> None:
    """Write the rubric beside the texts that a person judges."""
    columns = ("part", "points", "en", "zh")
    _write(out / "rubric.csv", columns, stock("rubric"))
