"""Takes in what was handed in: folders and zips of sheets as they come, changing none of it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..errors import InputError
from ..messages import pair
from ..package.spreadsheet import sheets
from ..package.zipping import BROKEN, entry_name
from .answers import filled_cells

#: More than a filled-in sheet has, in bytes; and the files and rows that are read of one zip.
MOST, FILES, ROWS = 3_000_000, 2_000, 3_000
_TEXTS = (".csv", ".txt", ".tsv")
_LEFT = ("__MACOSX", "Thumbs.db", "desktop.ini")
_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class File(NamedTuple):
    """A file that was handed in: its path (inside zips too), its rows, why it has none."""

    path: str
    rows: list[list[str]]
    problem: tuple[str, str] | None = None


def files(folder: Path) -> Iterator[File]:
    """Yield every file below a folder, in order, those inside zips too; nothing is written."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and _wanted(name):
            if path.stat().st_size > 60 * MOST:
                yield _unread(name, "it is too large", "文件过大")
            else:
                yield from _content(name, path.read_bytes())


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not any(part.startswith((".", "~$")) or part in _LEFT for part in parts)


def _unread(path: str, why: str, why_zh: str) -> File:
    return File(path, [], (why, why_zh))


def _content(name: str, content: bytes, depth: int = 0) -> Iterator[File]:
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".zip" and depth < 3:
        yield from _zip(name, content, depth)
    elif len(content) > MOST:
        yield _unread(name, "it is too large for an answer sheet", "作为答题表过大")
    elif ending in (".xlsx", ".xlsm"):
        yield _workbook(name, content)
    elif ending in _TEXTS:
        yield _text(name, content)
    elif ending:
        why = pair(
            "files that end in {ending:text} are not read; hand in xlsx or csv",
            "不读取以 {ending:text} 结尾的文件，请交 xlsx 或 csv",
            ending=ending,
        )
        yield _unread(name, *why)
    else:
        why = pair(
            "files without an ending are not read; hand in xlsx or csv",
            "不读取无后缀的文件，请交 xlsx 或 csv",
        )
        yield _unread(name, *why)


def _zip(name: str, content: bytes, depth: int) -> Iterator[File]:
    """Yield the files of a zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not archive.infolist():
                yield _unread(name, "the zip is empty", "压缩包是空的")
            for entry in archive.infolist()[:FILES]:
                inside = f"{name}/{entry_name(entry)}"
                if entry.is_dir() or not _wanted(inside):
                    continue
                if entry.file_size > 60 * MOST:
                    yield _unread(inside, "it is too large", "文件过大")
                    continue
                yield from _content(inside, archive.read(entry), depth + 1)
    except BROKEN as error:
        yield _unread(name, f"the zip cannot be opened ({error})", "压缩包无法打开")


def _workbook(name: str, content: bytes) -> File:
    try:
        found = sheets(content, name)
    except InputError as error:
        return _unread(name, str(error), "工作簿无法读取，请另存为 xlsx")
    likely = max(found.values(), key=filled_cells, default=[])
    return File(name, likely[:ROWS])


def _text(name: str, content: bytes) -> File:
    decoded = _decoded(content)
    if decoded is None or "\0" in decoded:
        why_zh = "编码无法识别，请另存为 CSV UTF-8 或 xlsx"
        return _unread(name, "its characters cannot be read; save it as CSV UTF-8 or xlsx", why_zh)
    head = decoded[:4000]
    mark = max(",\t;", key=head.count)
    csv.field_size_limit(MOST)
    try:
        rows = list(csv.reader(io.StringIO(decoded, newline=""), delimiter=mark))
    except csv.Error as error:
        return _unread(name, f"not a CSV file ({error})", "不是 CSV 文件")
    return File(name, rows[:ROWS])


def _decoded(content: bytes) -> str | None:
    encodings = (_MARKS[content[:2]],) if content[:2] in _MARKS else _ENCODINGS
    if encodings is _ENCODINGS and b"\0" in content:  # UTF-16 without a mark: no other has zeros
        low_first = content[1::2].count(0) >= content[::2].count(0)
        encodings = ("utf-16-le" if low_first else "utf-16-be",)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
