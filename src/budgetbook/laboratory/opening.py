"""Finds the data package in what a reader opens: a zip or a folder of any name, however deep.

What a spreadsheet saved is read as the loader reads it, and kept as the import would write it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ..errors import InputError
from ..messages import pair, said
from ..model.loading import load
from ..package.store import DESCRIPTOR, decoded
from ..package.zipping import BROKEN, entry_name

#: More than any package has, unpacked, in bytes.
MOST = 50_000_000
_KEPT = (".csv", ".json")
_PLACE = re.compile(r"([\w/.-]+\.(?:csv|json)):(?: row (\d+))?(?:, column (\w+))?")


class NotOpenedError(InputError):
    """What was opened cannot be used: why, and what to do, in English and in Chinese."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.said = english, chinese


def put(files: Mapping[str, bytes], folder: Path) -> str:
    """Put the package that is in `files` (path → content) into `folder`, and return its name.

    A single file without a folder is a zip. Raises NotOpenedError for what is no zip, holds no
    package or several, or holds one that does not load.
    """
    names, stem = list(files), ""
    if len(names) == 1 and "/" not in names[0]:
        stem = PurePosixPath(names[0]).stem
        files = _unzipped(names[0], files[names[0]])
    root, name = _root(files, stem)
    for path, content in files.items():
        place = PurePosixPath(path)
        within = place.is_relative_to(root) and ".." not in place.parts
        if within and place.suffix.lower() in _KEPT:
            target = folder / place.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    try:
        load(folder)
    except InputError as error:
        raise _damaged(str(error).replace(str(folder), str(root))) from None
    about = json.loads((folder / DESCRIPTOR).read_bytes().decode("utf-8-sig"))
    for path in (DESCRIPTOR, *(resource["path"] for resource in about["resources"])):
        _tidy(folder / path)
    return name


def _unzipped(name: str, content: bytes) -> dict[str, bytes]:
    """Return path → content of the files of a zip that a package may be made of."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry_name(entry): entry for entry in archive.infolist()}
            kept = {p: e for p, e in entries.items() if p.lower().endswith(_KEPT)}
            if sum(entry.file_size for entry in kept.values()) > MOST:
                large = pair(
                    "{name:text}: unpacked it has more than {most:text} bytes; open the folder of "
                    "a data package, such as a student's, or a zip of it",
                    "{name:text}：解压后过大；请打开数据包所在文件夹（如学生文件夹）或其压缩包。",
                    name=name,
                    most=str(MOST),
                )
                raise NotOpenedError(*large)
            return {path: archive.read(entry) for path, entry in kept.items()}
    except NotOpenedError:
        raise
    except BROKEN as error:
        broken = pair(
            "{name:text}: not a zip that can be opened ({error:text}); open the folder of a data "
            "package, such as a student's, or a zip of it",
            "{name:text}：不是可以打开的 zip 压缩包；"
            "请打开数据包所在文件夹（如学生文件夹）或其压缩包。",
            name=name,
            error=error,
        )
        raise NotOpenedError(*broken) from None


def _root(files: Mapping[str, bytes], stem: str) -> tuple[PurePosixPath, str]:
    """Return where the one package of some files lies, and what it is called after.

    That is the innermost folder that is not `data`, or else the zip, without its ending.
    """
    places = [PurePosixPath(path) for path in files]
    roots = [p.parent for p in places if p.name == DESCRIPTOR and ".." not in p.parts]
    if not roots:
        none = pair(
            "there is no data package in it: no {file:text} in any folder; open the folder of a "
            "data package, such as a student's, or a zip of it",
            "其中没有数据包：各级文件夹都没有 {file:text}；"
            "请打开数据包所在文件夹（如学生文件夹）或其压缩包。",
            file=DESCRIPTOR,
        )
        raise NotOpenedError(*none)
    if len(roots) > 1:
        several = pair(
            "there are {number:count} data packages in it ({some:names} …); open the folder of one",
            "其中有 {number:count} 个数据包（{some:names} 等）；请打开其中一个文件夹。",
            number=len(roots),
            some=sorted(map(str, roots))[:3],
        )
        raise NotOpenedError(*several)
    parts = [part for part in roots[0].parts if part != "data"]
    return roots[0], parts[-1] if parts else stem or roots[0].name


def _damaged(sentence: str) -> NotOpenedError:
    """Return the error for a package that does not load: the loader's sentence, and its place."""
    found = _PLACE.search(sentence)
    file, row, column = found.groups() if found else (DESCRIPTOR, None, None)
    place = said("{file:text} 表头下第 {row:text} 行", file=file, row=row) if row else file
    if column:
        place = said("{place:text} {column:text} 栏", place=place, column=column)
    return NotOpenedError(
        sentence,
        said(
            "{place:text} 有误或缺失，原因见英文说明；请改正或取回原文件后重新打开。", place=place
        ),
    )


def _tidy(file: Path) -> None:
    """Write a file that loads as the import writes it: UTF-8, no cell short, no blank row."""
    text = decoded(file.read_bytes())
    if file.suffix.lower() == ".csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        while not any(rows[-1]):
            rows.pop()
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([*row, *[""] * (len(rows[0]) - len(row))] for row in rows)
        text = stream.getvalue()
    file.write_text(text, encoding="utf-8", newline="")
