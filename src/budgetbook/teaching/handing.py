"""Makes a class: a folder for each student, and the keys in a folder beside it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import multiprocessing
import os
import random
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from .. import RELEASED
from ..errors import InputError
from ..model.loading import load
from . import workbooks
from .decoys import MOST, decoys, twinned
from .departments import department, places
from .draft import Draft
from .keys import key
from .overview import write_overview
from .packing import kept, write_package
from .page import page
from .planting import Planting, Reference, planted
from .stock import FOLDER, stock

#: What the folder of keys says of its class.
CLASS = "class.json"
#: Budget years that are printed in four digits, and have a year before.
YEARS = 2001, 2099
Progress = Callable[[int, int], None]


class Order(NamedTuple):
    """What a class is made of; `levels` are errors of levels 1 to 4, `secret` is its chance."""

    secret: str
    students: int
    year: int
    levels: tuple[int, ...]
    decoys: int

    def name(self, nth: int) -> str:
        """Return the name of a student's folder."""
        return f"student-{nth:0{max(2, len(str(self.students)))}}"

    def token(self, nth: int) -> str:
        """Return the token of a student's sheet, which tells nothing of the secret."""
        made = hmac.digest(self.secret.encode(), f"token {nth}".encode(), hashlib.sha256)
        return base64.b32encode(made)[:10].decode()


def usual_levels() -> tuple[int, ...]:
    """Return how many errors of each level a student gets, as points.csv says."""
    return tuple(int(row["count"]) for row in stock("points"))


def levels_of(text: str | None) -> tuple[int, ...]:
    """Return how many errors of each level were asked for. Raises InputError for other texts."""
    if text is None:
        return usual_levels()
    parts = text.split(",")
    if len(parts) != 4 or not all(part.isdigit() and int(part) < 5 for part in parts):
        raise InputError(f"--levels {text}: give four numbers from 0 to 4, such as 2,2,1,1")
    return tuple(map(int, parts))


def key_folder(out: Path) -> Path:
    """Return the folder of keys that stands beside a class."""
    return out.with_name(f"{out.name}-key")


def new(
    out: Path,
    students: int,
    *,
    seed: str = "",
    year: int = 0,
    levels: tuple[int, ...] = (),
    trap: int = 3,
    progress: Progress = lambda done, all_of_them: None,
) -> Path:
    """Make a class in `out`, and return the folder of its keys.

    Without a seed it rests on 128 random bits. A class that was begun in `out` is gone on with.
    Raises InputError for what cannot be made, such as more students than there are names, or for
    another class in `out`.
    """
    out = out.absolute()
    year = year or int(RELEASED[:4])
    _within("students", students, 1, len(stock("places")))
    _within("decoys", trap, 0, MOST)
    _within("year", year, *YEARS)
    secret = f"seed {seed}" if seed else secrets.token_hex(16)
    wanted = Order(secret, students, year, levels or usual_levels(), trap)
    keys = key_folder(out)
    order = _begun(out, keys, wanted, bool(seed))
    todo = [nth for nth in range(1, students + 1) if not _done(out, keys, order, nth)]
    progress(students - len(todo), students)
    for done, _ in enumerate(_each(out, order, todo), students - len(todo) + 1):
        progress(done, students)
    write_overview(keys)
    return keys


def _within(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise InputError(f"--{name} {number}: give a number from {least} to {most}")


def _begun(out: Path, keys: Path, wanted: Order, seeded: bool) -> Order:
    """Return the order of the class that was begun in a folder, or note a new one."""
    path = keys / CLASS
    if path.is_file():
        about = json.loads(path.read_text(encoding="utf-8"))
        order = Order(**{**about, "levels": tuple(about["levels"])})
        if order._replace(secret="") != wanted._replace(secret="") or (
            seeded and order.secret != wanted.secret
        ):
            raise InputError(f"{path}: another class was begun there; take another folder for this")
        for left in out.glob(".student-*"):
            shutil.rmtree(left)
        return order
    if out.exists() and any(out.iterdir()):
        raise InputError(f"{out}: there is something in it; take a folder that is not there yet")
    out.mkdir(parents=True, exist_ok=True)
    keys.mkdir(exist_ok=True)
    shutil.copyfile(FOLDER / "points.csv", keys / "points.csv")
    _put(path, json.dumps(wanted._asdict(), indent=1) + "\n")
    return wanted


def _done(out: Path, keys: Path, order: Order, nth: int) -> bool:
    name = order.name(nth)
    return (out / name).is_dir() and (keys / f"{name}.json").is_file()


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def _each(out: Path, order: Order, todo: list[int]) -> Iterator[None]:
    """Make the folders that are missing, on all cores where that is worth their start."""
    cores = os.cpu_count() or 1
    if cores == 1 or len(todo) < 4:
        for nth in todo:
            make(out, order, nth)
            yield
        return
    with ProcessPoolExecutor(cores, initializer=_end_with_the_command) as pool:
        waiting = [pool.submit(make, out, order, nth) for nth in todo]
        try:
            for each in waiting:
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_the_command() -> None:
    """Let a process that helps end when the command is gone, however it went."""

    def wait() -> None:
        command = multiprocessing.parent_process()
        if command:
            command.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


#: So many departments are tried for a student.
_TRIES = 9


@lru_cache
def _reference() -> Reference:
    """Return what is kept by hand and serves any department."""
    return load(FOLDER.parent).reference


def made(order: Order, nth: int) -> Planting:
    """Return the department of a student, with its errors.

    Where errors leave no room for the twin of one that only reading finds, another is made; an
    order of very many errors may leave none in any.
    """
    district = places(order.secret, len(stock("places")))[nth - 1]
    levels = dict(enumerate(order.levels, 1))
    for again in range(_TRIES):
        chance = random.Random(f"{order.secret} student {nth}" + f" again {again}" * bool(again))
        draft = Draft(department(chance, district, order.year))
        planting = planted(draft, _reference(), chance, levels)
        if twinned(planting):
            break
    return planting


def make(out: Path, order: Order, nth: int) -> None:
    """Make the folder of one student and its key; the folder is there when all of it is."""
    planting, name = made(order, nth), order.name(nth)
    chance = random.Random(f"{order.secret} decoys {nth}")
    chosen = decoys(planting, chance, order.decoys)
    folder = out / f".{name}.new"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    _fill(folder, planting, name, order.token(nth))
    about: Mapping[str, Any] = key(planting, chosen, name, order.token(nth))
    text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    _put(key_folder(out) / f"{name}.json", text)
    folder.replace(out / name)


def _fill(folder: Path, planting: Planting, name: str, token: str) -> None:
    """Write what a student gets."""
    printed, office = planting.printed, planting.draft.plan.office
    write_package(printed.sheet.text, kept(printed.disclosure.reference), folder / "data")
    html = page(printed.sheet, office)
    (folder / "disclosure.html").write_text(html, encoding="utf-8", newline="\n")
    (folder / "tables.xlsx").write_bytes(workbooks.tables_workbook(printed.disclosure))
    rows = workbooks.sheet_rows(name, token)
    sections = {each["section"] for each in printed.sheet.sections}
    (folder / "answers.xlsx").write_bytes(workbooks.sheet_workbook(rows, sections))
    (folder / "answers.csv").write_bytes(workbooks.sheet_csv(rows))
    (folder / "read-me.txt").write_bytes(_guide(office, name).encode("utf-8-sig"))


def _guide(office: str, name: str) -> str:
    """Return the read-me of a student: what to do, and the lists to choose from."""
    guide = (FOLDER / "read-me.txt").read_text(encoding="utf-8")
    chosen = workbooks.lists(())
    listed = {each: "\n".join(f"- {one}" for one in chosen[each]) for each in ("kind", "else")}
    return guide.format(office=office, student=name, kinds=listed["kind"], others=listed["else"])
