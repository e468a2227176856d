"""Grades what a class handed in: a grade book, a reason for each point, what a person judges.

Nothing that was handed in is changed or run; what a person judged in an earlier run is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import InputError
from ..messages import pair
from .answers import Filled, plain
from .intake import File, files
from .keys import Key
from .marking import LETTER, Mark, Part, mark
from .roll import Class, HandIn, given, opened, placed, read_csv, status_words
from .sheets import write
from .stock import by_id, stock

#: Sheets that are graded, by their status; and a sheet with nothing in it.
_COUNT = ("graded", "unknown token")
_NOTHING = Filled("", {}, [], "")
#: What leaves a student to hand in a sheet, and the key closed.
_CLOSED = ("missing", "another's", "not read")
#: Student and item → what a person wrote of it.
Judged = Mapping[tuple[str, str], Mapping[str, str]]
GRADES = (
    *("student", "name", "number", "token", "file", "status_en", "status_zh"),
    *("program", "alarms", "person", "waiting", "total", "out_of", "percent"),
)
#: What the parts of a mark are called in Chinese, in the texts for students.
_PARTS = {
    **{"status": "状态", "place": "位置", "right": "应为", "kind": "种类", "else": "其他可能"},
    **{"explanation": "说明", "alarm": "误报", "decoy": "并非错误", "again": "重复"},
}
_BOTH = ("zh", "en")
_REASONS = ("student", "item", "part", "points", "of", "reason_en", "reason_zh")
_JUDGED = ("student", "item", "text", "of", "points", "comment")
_CHANGES = ("run", "student", "before", "after", "what", "why_en", "why_zh")


def grade(
    keys: Path, handed_in: Path, out: Path, progress: Any = lambda done, all_of_them: None
) -> list[str]:
    """Grade a class into `out`; return what is to be said in lines.

    Raises InputError for folders that are not there, and keys or points that cannot be used.
    """
    known = opened(keys)
    if not handed_in.is_dir():
        raise InputError(f"{handed_in}: no such folder; give the one with what was handed in")
    if out.absolute().is_relative_to(handed_in.absolute()):
        raise InputError(f"{out}: the grades would lie among what was handed in; take another")
    mine, lost = placed(files(handed_in), known)
    judged = _judged(out / "judgements.csv")
    rows, reasons, texts, asked = [], [], [], 0
    for done, (student, key) in enumerate(known.keys.items(), 1):
        row, why, said = _student(student, key, mine.get(student, []), known, judged)
        rows.append(row)
        reasons += why
        texts += said
        asked += sum(bool(text.get("asked")) and not text["points"] for text in said)
        progress(done, len(known.keys))
    out.mkdir(parents=True, exist_ok=True)
    changes = _changes(rows, reasons, out, known)
    write(out / "grades.csv", GRADES, rows)
    write(out / "reasons.csv", _REASONS, reasons)
    write(out / "judgements.csv", _JUDGED, texts)
    write(out / "changes.csv", _CHANGES, [*read_csv(out / "changes.csv"), *changes])
    unread = _not_graded(mine, lost, known)
    write(out / "unread.csv", ("file", "why_en", "why_zh"), unread)
    _feedback(out / "feedback", rows, reasons)
    _guide(out)
    lines = [
        _counted(rows, unread, known),
        f"{len(changes)} grades changed; see {out / 'changes.csv'}",
    ]
    if asked:
        where = f"{out / 'judgements.csv'}, the rows whose item has a second word"
        lines.append(f"{asked} answers are left to you: give their points in {where}")
    return lines


def _student(
    student: str,
    key: Key,
    sheets: Sequence[HandIn],
    known: Class,
    judged: Judged,
) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the row of a student, the reasons, and the texts for a person."""
    chosen, words = _chosen(sheets)
    counts = chosen.status in _COUNT
    filled = chosen.filled if counts else _NOTHING
    marked = mark(filled, key, known.points)
    texts = _texts(student, key, marked, known, judged)
    listed, about = known.roster.get(student, {}), chosen.filled.about
    row = {
        "student": student,
        "name": listed.get("name") or about.get("name", ""),
        "number": listed.get("number") or _narrow(about.get("number", "")),
        "token": key["token"],
        "file": chosen.path,
        "status_en": words[0],
        "status_zh": words[1],
    }
    row |= _sums(marked, texts, counts) | {"closed": chosen.status in _CLOSED}
    head = {"student": student, "item": "sheet", "part": "status", "points": 0, "of": 0}
    reasons = [
        head | {"reason_en": english, "reason_zh": chinese}
        for english, chinese in (words, *_unread(sheets))
    ]
    if row["closed"]:
        marked = marked._replace(parts=())
    left = {text["item"] for text in texts if text["asked"] and not text["points"]}
    for part in marked.parts:
        points = "" if _open(part, left) else part.points if counts else min(part.points, 0)
        reasons.append(dict(zip(_REASONS, (student, *part[:2], points, *part[3:]), strict=True)))
    judgeable = [text for text in texts if text["points"] or not (text["asked"] or row["closed"])]
    reasons += [_of_person(text) for text in judgeable]
    told = [text for text in texts if text["text"] or text["points"]]
    return row, reasons, told + _kept(student, texts, judged)


def _kept(student: str, texts: Sequence[Mapping[str, Any]], judged: Judged) -> list[dict[str, Any]]:
    """Return the judgements of a student whose text is no longer there."""
    items = {text["item"] for text in texts}
    return [
        {name: old.get(name, "") for name in _JUDGED} | {"text": ""}
        for (whose, item), old in judged.items()
        if whose == student and item not in items and old["points"]
    ]


def _open(part: Part, left: Collection[str]) -> bool:
    """Whether a person still decides a part: it is left open, or waits for a value that is."""
    with_value = part.part in ("kind", "else") and f"{part.item} right" in left
    return not part.points and (with_value or f"{part.item} {part.part}" in left)


def _unread(sheets: Sequence[HandIn]) -> list[tuple[str, str]]:
    """Return which files of a student could not be read, and why, in both languages."""
    return [
        pair(
            "{path:text}: {english:text}",
            "{path:text}：{chinese:text}",
            path=sheet.path,
            english=sheet.problem[0],
            chinese=sheet.problem[1],
        )
        for sheet in sheets
        if sheet.problem
    ]


def _chosen(sheets: Sequence[HandIn]) -> tuple[HandIn, tuple[str, str]]:
    """Return the sheet that is graded, and what is to be said of what a student handed in."""
    filled = [s for s in sheets if s.filled.answers or s.filled.letter]
    filled = filled or [s for s in sheets if s.problem] or list(sheets[:1])
    order = (*_COUNT, "another's", "not read")
    ranked = sorted(filled, key=lambda sheet: order.index(sheet.status))
    good = [sheet for sheet in ranked if sheet.status in _COUNT]
    if len(good) < 2:
        chosen = ranked[0] if ranked else HandIn("", _NOTHING, "missing")
        return chosen, status_words(chosen.status)
    later = _latest(good)
    chosen = later or good[0]
    others = ", ".join(sheet.path for sheet in good if sheet is not chosen)
    return chosen, status_words("later" if later else "several", file=chosen.path, others=others)


#: A time or the number of a version in the name of a file.
_STAMP = re.compile(
    r"20\d\d[-_.年]?\d\d[-_.月]?\d\d日?[-_ T]*\d\d[-_.:时]?\d\d(?:[-_.:分]?\d\d)?"
    r"|(?<![A-Za-z])(?:[vV]|版本)\d{1,2}(?!\d)|第\d{1,2}版"
)


def _latest(sheets: Sequence[HandIn]) -> HandIn | None:
    """Return the latest of a student's sheets, None where their names do not say it for certain.

    They do where they differ in a time or in the number of a version alone.
    """
    names = [str(PurePosixPath(sheet.path).with_suffix("")) for sheet in sheets]
    stamps = [re.sub(r"\D", "", "".join(_STAMP.findall(name))) for name in names]
    alike = len({_STAMP.sub("", name) for name in names}) == 1
    once = all(len(_STAMP.findall(name)) == 1 for name in names)
    times = len({len(stamp) for stamp in stamps}) == 1 or max(map(len, stamps)) < 3
    if not (alike and once and times and len({*map(int, stamps)}) == len(sheets)):
        return None
    return max(zip(map(int, stamps), sheets, strict=True), key=lambda each: each[0])[1]


def _counted(
    rows: Sequence[Mapping[str, Any]], unread: Sequence[Mapping[str, str]], known: Class
) -> str:
    """Return how many handed in, what was not graded, and who is of no folder of the class."""
    graded = sum(bool(row["file"]) for row in rows)
    told = (
        f"{graded} of {len(rows)} students handed in a sheet, {len(unread)} files were not graded"
    )
    if strange := sorted(known.roster.keys() - known.keys.keys()):
        told += f"; roster.csv names no folder of this class: {', '.join(strange)}"
    return told


def _not_graded(
    mine: Mapping[str, Sequence[HandIn]], lost: Sequence[File], known: Class
) -> list[dict[str, str]]:
    """Return the files that were not graded, and why, in both languages."""
    problems = [(file.path, file.problem) for file in lost]
    problems += [(sheet.path, sheet.problem) for each in mine.values() for sheet in each]
    problems += _others(mine, known)
    return [
        {"file": path, "why_en": problem[0], "why_zh": problem[1]}
        for path, problem in problems
        if problem and not given(path)
    ]


def _others(
    mine: Mapping[str, Sequence[HandIn]], known: Class
) -> list[tuple[str, tuple[str, str]]]:
    """Return the sheets that carry the token of another student, each with whose it is."""
    found = []
    for student, sheets in mine.items():
        for sheet in sheets:
            if sheet.status == "another's":
                owner, came = (
                    " ".join(filter(None, (each, about.get("name"), about.get("number"))))
                    for each in (known.tokens[sheet.filled.token], student)
                    for about in (known.roster.get(each, {}),)
                )
                found.append((sheet.path, status_words("whose", owner=owner, student=came)))
    return found


def _sums(marked: Mark, texts: Sequence[Mapping[str, Any]], counts: bool) -> dict[str, Any]:
    """Return the points of a student: of the program, of a person, and of all."""
    person = sum(int(text["points"]) for text in texts if text["points"])
    waiting = sum(bool(text["text"]) and not text["points"] for text in texts)
    earned = marked.program if counts else 0
    own = [text for text in texts if not text.get("asked")]
    out_of = sum(part.of for part in marked.parts) + sum(text["of"] for text in own)
    total = max(0, earned - marked.alarms) + person
    open_ = sum(int(text["of"]) for text in texts if text["text"] and not text["points"])
    return {
        **{"program": earned, "alarms": marked.alarms, "person": person, "waiting": waiting},
        **{"total": total, "out_of": out_of, "percent": f"{100 * total / out_of:.1f}"},
        **{"of_program": sum(part.of for part in marked.parts), "open": open_},
    }


def _texts(
    student: str,
    key: Key,
    marked: Mark,
    known: Class,
    judged: Judged,
) -> list[dict[str, Any]]:
    """Return what a person judges of a sheet, with the points that were given already.

    What the program leaves open is among it, with the points that wait for it.
    """
    most = {e["id"]: known.points[e["level"]]["explanation"] for e in key["errors"]}
    asked = [(item, of, text, True) for item, (text, of) in marked.asked.items()]
    all_of_them = [(i, of, marked.texts.get(i, ""), False) for i, of in most.items()]
    all_of_them.append(("letter", LETTER, marked.texts.get("letter", ""), False))
    found = []
    for item, of, text, back in all_of_them + asked:
        old = judged.get((student, item), {})
        points = str(min(int(old["points"]), of)) if old.get("points") else ""
        row = {"student": student, "item": item, "text": text, "of": of, "points": points}
        found.append(row | {"comment": old.get("comment", ""), "asked": back})
    return found


def _of_person(text: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reason for the points that a person gives."""
    which = "judged" if text["points"] else "person" if text["text"] else "silent"
    row = by_id("said")[which]
    words = {"comment": text["comment"] or "–", "of": text["of"]}
    points = int(text["points"] or 0) if which != "person" else ""
    part, of = "explanation", text["of"]
    if text["asked"]:
        part, of = text["item"].rpartition(" ")[2], 0
    head = {"student": text["student"], "item": text["item"], "part": part}
    head |= {"points": points, "of": of}
    return head | {f"reason_{each}": row[each].format_map(words) for each in ("en", "zh")}


def _judged(path: Path) -> Judged:
    """Return what a person wrote of each text, with whole points.

    Raises InputError for points that are none, so that none of them is lost without a word.
    """
    found = {}
    for number, row in enumerate(read_csv(path), 1):
        if left := {"student", "item", "of", "points"} - row.keys():
            raise InputError(f"{path}: no column {', '.join(sorted(left))}; put it back")
        points, of = (plain(row[name]).removesuffix(".0") for name in ("points", "of"))
        whole = re.fullmatch("[0-9]{1,3}/[0-9]{1,3}", f"{points}/{of}")
        if points and not (whole and int(points) <= int(of)):
            place = f"{path}: row {number}, {row['student']} {row['item']}"
            raise InputError(f"{place}: points are {points}; give a whole number from 0 to {of}")
        found[row["student"], row["item"]] = row | {"points": points}
    return found


def _changes(
    rows: Sequence[Mapping[str, Any]],
    reasons: Sequence[Mapping[str, Any]],
    out: Path,
    known: Class,
) -> list[dict[str, Any]]:
    """Return whose total is another than in the run before, what changed, and why.

    Notes the keys and points of this run; its number is one more than that of the last that
    changed anything.
    """
    run = 1 + max((int(row.get("run") or 0) for row in read_csv(out / "changes.csv")), default=0)
    before = {row["student"]: row["total"] for row in read_csv(out / "grades.csv")}
    old_reasons = read_csv(out / "reasons.csv")
    told = {_of(reason): reason["points"].removeprefix("'") for reason in old_reasons}
    path = out / "keys.json"
    old: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    new = {student: _digest(key) for student, key in known.keys.items()}
    new["points"] = _digest(known.points)
    path.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    found = []
    for row in rows:
        student, total = row["student"], row["total"]
        if student not in before or before[student] == str(total):
            continue
        mended = [name for name in (student, "points") if old.get(name) not in (None, new[name])]
        status = "sheet or judgement changed"
        if mended:
            status = "points changed" if mended[0] == "points" else "key mended"
        why = status_words(status)
        what = [
            f"{each['item']} {_PARTS[each['part']]} {each['part']} {was} → {each['points']}"
            for each in reasons
            if each["student"] == student
            and (was := told.get(_of(each)) or "0") != str(each["points"] or "0")
        ]
        about = {"run": run, "student": student, "before": before[student], "after": total}
        found.append(about | {"what": "; ".join(what), "why_en": why[0], "why_zh": why[1]})
    return found


def _narrow(text: str) -> str:
    """Return a number of a student as it is written half-width."""
    return unicodedata.normalize("NFKC", text).strip()


def _of(reason: Mapping[str, Any]) -> tuple[str, ...]:
    return reason["student"], reason["item"], reason["part"]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _feedback(
    folder: Path, rows: Sequence[Mapping[str, Any]], reasons: Sequence[Mapping[str, Any]]
) -> None:
    """Write a text a student: every point with its reason, in both languages.

    Of whom no sheet of the own was read yet is told that alone: the rest would be the key.
    """
    folder.mkdir(exist_ok=True)
    mine: dict[str, list[Mapping[str, Any]]] = {}
    for reason in reasons:
        mine.setdefault(reason["student"], []).append(reason)
    for row in rows:
        closed, told = row["closed"], mine[row["student"]]
        lines = [f"{row['student']}  {row['name']}"]
        sums = "open" if row["open"] else "sums"
        lines += ["" if closed else by_id("said")[sums][each].format_map(row) for each in _BOTH]
        for each in told:
            got = f"{each['points']}/{each['of']}" if each["of"] else f"{each['points']}"
            if each["points"] == "":
                left = by_id("said")["to-judge" if each["of"] else "to-read"]
                got = " ".join(left[language].format_map(each) for language in _BOTH)
            lines.append(f"[{each['item']} {_PARTS[each['part']]} {each['part']}] {got}")
            lines += [f"    {each['reason_zh']}", f"    {each['reason_en']}"]
        text = "\n".join(lines) + "\n"
        path = folder / f"{row['student']}.txt"
        path.write_bytes(text.encode("utf-8-sig"))


def _guide(out: Path) -> None:
    """Write the rubric beside the texts that a person judges."""
    columns = ("part", "points", "en", "zh")
    write(out / "rubric.csv", columns, stock("rubric"))
