"""The data package on disk: written whole or not at all, read with every cell checked."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import Any

from ..errors import InputError, at_cell
from ..forms import family
from .schema import Resource, kept_by_hand
from .schema import descriptor as describe

DESCRIPTOR = "datapackage.json"

Row = dict[str, Any]
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_INTEGER = re.compile(r"\d{1,9}")
_BY_NUMBER = re.compile(r"table-\d{2}")  # how an earlier edition named its resources
#: What a descriptor says of its document, and of which kind each is.
_DOCUMENT = {"office": str, "title": str, "form": str, "year": int, "sha256": str, "lines": int}
#: What reading a descriptor raises that is not ours, whatever is wrong with it.
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


def write(
    folder: Path,
    descriptor: Mapping[str, Any],
    rows: Mapping[str, Sequence[Row]],
    check: Callable[[Path], object],
) -> None:
    """Write datapackage.json and the published resources; files kept by hand are left alone.

    Everything is written in a folder inside `folder` first and read back with `check`; only then
    are the old files replaced. Raises InputError and changes nothing if the result cannot be read.
    """
    folder = folder.resolve()
    for resource in kept_by_hand():
        _need(folder, resource)
    _recover(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".import-") as temporary:
        new = Path(temporary)
        (new / "published").mkdir()
        _copy_kept_by_hand(folder, new)
        text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
        (new / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")
        for resource in descriptor["resources"]:
            if resource["kind"] == "published":
                _write_csv(new / resource["path"], resource, rows[resource["name"]])
        check(new)
        _replace(new, folder)


def _copy_kept_by_hand(folder: Path, new: Path) -> None:
    for resource in kept_by_hand():
        (new / resource["path"]).parent.mkdir(exist_ok=True)
        shutil.copyfile(folder / resource["path"], new / resource["path"])


def _need(folder: Path, resource: Resource) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: no folder; give the folder of a data package")
    if not (folder / resource["path"]).is_file():
        kind = resource["kind"]
        raise InputError(
            f"{folder / resource['path']}: not found; {kind} resources are kept by hand: "
            f"copy the folder data/{kind} of this project there, then import again"
        )


def _write_csv(path: Path, resource: Resource, rows: Iterable[Row]) -> None:
    names = [field["name"] for field in resource["schema"]["fields"]]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([row.get(name, "") for name in names] for row in rows)


def _recover(folder: Path) -> None:
    """Undo an import that was killed while it exchanged files, and clear what it left behind."""
    for left in sorted(folder.glob(".import-*")):
        if (left / "old").exists():
            _put_back(left / "old", folder)
        shutil.rmtree(left)


def _replace(new: Path, folder: Path) -> None:
    """Put the new files in place of the old ones; if that fails, put the old ones back.

    Files are exchanged and no folder is moved: both lie below `folder`, so this works where it is
    a disk of its own, as a container's volume is, or comes from a lower layer of an image.
    """
    old = new / "old"
    (old / "published").mkdir(parents=True)
    (folder / "published").mkdir(exist_ok=True)
    try:
        for name in _exchanged(folder):
            (folder / name).rename(old / name)
        for name in _exchanged(new):
            (new / name).rename(folder / name)
    except BaseException:
        _put_back(old, folder)
        raise


def _put_back(old: Path, folder: Path) -> None:
    """Put the old files back in place of those that were exchanged for them.

    The descriptor is the last to be moved: once the old one is away, what is there is new.
    """
    if (old / DESCRIPTOR).exists():
        for name in _exchanged(folder):
            if not (old / name).exists():
                (folder / name).unlink()
    for name in _exchanged(old):
        (old / name).replace(folder / name)


def _exchanged(folder: Path) -> list[str]:
    """Return the names of the files that an import writes, the descriptor last."""
    published = sorted((folder / "published").glob("*.csv"))
    there = [DESCRIPTOR] if (folder / DESCRIPTOR).exists() else []
    return [f"published/{path.name}" for path in published] + there


def read(folder: Path) -> tuple[dict[str, Any], dict[str, list[Row]]]:
    """Return (descriptor, rows by resource) of the package in `folder`.

    Numbers come back as Decimal, integers as int, blanks as None. Raises InputError naming
    file, row and column for anything that the schema does not allow. What an import that was
    killed while it exchanged files had put aside is put back first.
    """
    if any(folder.glob(".import-*/old/**/*.*")):
        _recover(folder)
    descriptor = _read_descriptor(folder)
    resources = descriptor["resources"]
    rows = {resource["name"]: _read_resource(folder, resource) for resource in resources}
    for resource in resources:
        _check_references(resource, rows)
    return descriptor, rows


def read_one(folder: Path, name: str) -> list[Row]:
    """Return the rows of one resource that is kept by hand, without the rest of the package."""
    resource = next(r for r in kept_by_hand() if r["name"] == name)
    _need(folder, resource)
    return _read_resource(folder, resource)


def _read_descriptor(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTOR
    try:
        descriptor: dict[str, Any] = json.loads(path.read_bytes().decode("utf-8-sig"))
        for resource in descriptor["resources"]:
            _ = resource["name"], resource["kind"], resource["schema"]["fields"]
            relative = Path(resource["path"])
            if relative.is_absolute() or ".." in relative.parts:
                raise InputError(f"{path}: path {relative} leaves the folder; keep it inside")
        _check_edition(folder, descriptor)
        _check_document(path, descriptor["document"])
        _check_schemas(path, descriptor)
    except FileNotFoundError:
        raise InputError(f"{path}: not found; give the folder of a data package") from None
    except NotADirectoryError:
        raise InputError(f"{path.parent}: no folder; give the folder of a data package") from None
    except OSError as error:
        told = f"cannot be read ({error.strerror}); make it a file that may be read"
        raise InputError(f"{path}: {told}") from None
    except InputError:
        raise
    except _MALFORMED as error:
        raise InputError(f"{path}: not a package descriptor ({error}); import again") from None
    return descriptor


def _check_edition(folder: Path, descriptor: Mapping[str, Any]) -> None:
    """Refuse a package of the edition that knew tables by number and rows by line."""
    names = (str(resource["name"]) for resource in descriptor["resources"])
    if "form" not in descriptor["document"] and any(map(_BY_NUMBER.fullmatch, names)):
        raise InputError(
            f"{folder}: a data package of an earlier edition, which knew tables by number; copy "
            "the folders data/reference and data/editorial of this project there, then call: "
            f"budgetbook import TEXT --out {folder}"
        )


def _check_document(path: Path, document: Mapping[str, Any]) -> None:
    """Check that what is said of the document is there, words as text and counts as numbers."""
    for name, kind in _DOCUMENT.items():
        if type(document[name]) is not kind:
            expected = "text" if kind is str else "a whole number"
            raise InputError(
                f"{path}: document.{name} is {document[name]!r}, expected {expected}; import again"
            )


def _check_schemas(path: Path, descriptor: Mapping[str, Any]) -> None:
    """Check that each resource has the columns, keys and references that we write."""
    found = {resource["name"]: _shape(resource) for resource in descriptor["resources"]}
    roles = family(descriptor["document"]["form"]).tables
    ours = describe(descriptor["document"], set(roles) & set(found))["resources"]
    expected = {resource["name"]: _shape(resource) for resource in ours}
    for name in [*expected, *found]:
        if found.get(name) != expected.get(name):
            raise InputError(f"{path}: the resource {name} is not as written; import again")


def _shape(resource: Resource) -> list[Any]:
    """Return what the reading of a resource relies on: all but its titles and descriptions."""
    schema = resource["schema"]
    parts = ("name", "type", "constraints", "missingValues")
    fields = [[field.get(part) for part in parts] for field in schema["fields"]]
    keys = [schema.get(key) for key in ("primaryKey", "foreignKeys", "missingValues")]
    return [resource["path"], resource["kind"], fields, keys]


def _read_resource(folder: Path, resource: Resource) -> list[Row]:
    file = resource["path"]
    _refuse_links(folder, file)
    content = _content(folder / file, file)
    if resource["kind"] != "published":
        return [dict(row) for row in _known_rows(resource["name"], content)]
    key = resource["schema"].get("primaryKey", [])
    return sorted(_rows(resource, content), key=lambda row: printed_order(row, key))


def _refuse_links(folder: Path, file: str) -> None:
    """Refuse a file of a package that is a link out of it, or lies in a folder that is one."""
    steps = accumulate(Path(file).parts, os.path.join, initial=str(folder))
    if not any(map(os.path.islink, steps)):
        return
    try:
        inside = (folder / file).resolve().is_relative_to(folder.resolve())
    except RuntimeError:
        raise InputError(f"{file}: a link in a circle; put the file itself there") from None
    if not inside:
        raise InputError(f"{file}: a link that leaves the folder; put the file itself there")


def _content(path: Path, file: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{file}: not found in {path.parent}; import again") from None
    except OSError as error:
        told = f"cannot be read ({error.strerror}); make it a file that may be read"
        raise InputError(f"{file}: {told}") from None


@lru_cache(maxsize=128)
def _known_rows(name: str, content: bytes) -> Sequence[Row]:
    """Return the rows of a file kept by hand; the same content is read once, and not changed."""
    return _rows(next(r for r in kept_by_hand() if r["name"] == name), content)


def _rows(resource: Resource, content: bytes) -> list[Row]:
    """Return the rows that the file of a resource holds, in its order."""
    file, schema = resource["path"], resource["schema"]
    fields = schema["fields"]
    names = [field["name"] for field in fields]
    lines = _csv_lines(content, file)
    header = next(lines, [])
    if not any(header):
        raise at_cell(file, 0, names[0], "a blank row or none", "the names of the columns")
    width = len(header)
    while not header[-1]:
        header = header[:-1]  # a column without a name, which may hold nothing
    _check_header(file, header, names)
    rows: list[Row] = []
    seen: dict[tuple[Any, ...], int] = {}
    missing = schema.get("missingValues", [""])
    key = schema.get("primaryKey", [])
    filled = list(lines)
    while filled and not any(filled[-1]):
        filled.pop()  # blank rows at the end, as spreadsheets leave them
    for number, cells in enumerate(filled, 1):
        if not any(cells):
            raise InputError(f"{file}: row {number}: a blank row; remove it")
        if len(cells) > width or any(cells[len(header) :]):
            found = f"{len(cells)} cells"
            raise at_cell(file, number, header[-1], found, f"{len(header)}: check the quotes")
        # spreadsheets leave out blank cells at the end of a row
        texts = dict(zip_longest(header, cells[: len(header)], fillvalue=""))
        row = {f["name"]: _value(file, number, f, texts[f["name"]], missing) for f in fields}
        identity = tuple(row[name] for name in key)
        if seen.setdefault(identity, number) != number:
            found = f"the key of row {seen[identity]} again ({', '.join(map(str, identity))})"
            raise at_cell(file, number, "+".join(key), found, "each key once: remove one row")
        rows.append(row)
    return rows


def _check_header(file: str, header: Sequence[str], names: Sequence[str]) -> None:
    """Refuse a header that has not each column once; a cause that is known is named."""
    expected = f"the columns {', '.join(names)}"
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            raise at_cell(file, 0, names[0], f"cells separated by {word}", "commas between them")
    for name in names:
        if name not in header:
            raise at_cell(file, 0, name, "no such column", expected)
    if sorted(header) != sorted(names):
        extra = next((n for n in header if header.count(n) > 1 or n not in names), "")
        what = "a column too many" if extra else "a column without a name, as spreadsheets add one"
        raise at_cell(file, 0, extra or "without a name", what, expected)


def printed_order(row: Row, key: Sequence[str]) -> tuple[Any, ...]:
    """Return what a row sorts by: where it is printed, then its key."""
    line = row["listed_line"] if "listed_line" in row else row["line"]
    return (line, *(row[name] for name in key))


def _csv_lines(content: bytes, file: str) -> Iterator[list[str]]:
    try:
        text = decoded(content)
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n")
        raise InputError(f"{file}: row {row}: not UTF-8; save the file as CSV UTF-8") from None
    if text and not text.endswith("\n"):
        last = text.count("\n")
        what = "no line end behind it: the file was cut off, or an editor left it out"
        raise InputError(f"{file}: row {last}: {what}; see that the row is whole, and end its line")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(f"{file}: row {reader.line_num - 1}: {error}; check quotes") from None


def decoded(content: bytes) -> str:
    """Return the text of a CSV file: UTF-8, or GB18030 as a Chinese spreadsheet saves it.

    GB18030 is read where hardly a character is UTF-8; a UTF-8 file with a broken byte is none.
    Raises UnicodeDecodeError for both.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = [letter for letter in content.decode("utf-8", "replace") if letter > "\x7f"]
        if 2 * wide.count("\ufffd") < len(wide):
            raise
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise error from None
        if not any("\u4e00" <= letter <= "\u9fff" for letter in text) or "\0" in text:
            raise
        return text


def _value(file: str, row: int, field: dict[str, Any], text: str, missing: list[str]) -> Any:
    name, constraints = field["name"], field.get("constraints", {})
    if text in field.get("missingValues", missing):
        if constraints.get("required"):
            raise at_cell(file, row, name, "a blank", "a value")
        return text or None
    match field["type"]:
        case "number":
            if not _NUMBER.fullmatch(text) or not text.isascii():
                expected = "digits with a decimal point, such as 1234.50"
                raise at_cell(file, row, name, repr(text), expected)
            return Decimal(text)
        case "integer":
            if not _INTEGER.fullmatch(text) or not text.isascii():
                raise at_cell(file, row, name, repr(text), "a whole number")
            return int(text)
    if "enum" in constraints and text not in constraints["enum"]:
        raise at_cell(file, row, name, repr(text), " or ".join(constraints["enum"]))
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text, re.ASCII):
        raise at_cell(file, row, name, repr(text), f"the form {constraints['pattern']}")
    return text


def _check_references(resource: Resource, rows: Mapping[str, Sequence[Row]]) -> None:
    """Check that every foreign key of a resource points to a row that exists."""
    for key in resource["schema"].get("foreignKeys", []):
        (column,), target = key["fields"], key["reference"]["resource"] or resource["name"]
        known = {row[key["reference"]["fields"][0]] for row in rows[target]}
        for number, row in enumerate(rows[resource["name"]], 1):
            if row[column] is not None and row[column] not in known:
                raise at_cell(
                    resource["path"],
                    number,
                    column,
                    repr(row[column]),
                    f"a value of {target}: add it to {target}.csv or correct it here",
                )
