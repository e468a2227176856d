"""What a reader takes home: CSV files, the data package, a workbook, and the book to run."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .. import RELEASED
from ..checks import run
from ..messages import said
from ..model.disclosure import Disclosure
from ..model.loading import load
from ..package.sources import PACKAGE, contents
from ..package.zipping import restamped, zipped
from ..proof.findings import fill, findings
from .budget import FRAMES, Budget

PACKAGE_ZIP = "budget-data.zip"
WORKBOOK = "budget-data.xlsx"
RUN_ZIP = "run-this-yourself.zip"
#: What a release has beside the site: the printed book; the site, the printed book and the data
#: package for use without a network; a class with its keys.
PDF, OFFLINE, CLASS_ZIP = "budget-book.pdf", "offline.zip", "class-sample.zip"
#: What the zip to run holds beside its guide.
_RUN = (
    *("LICENSE", "pyproject.toml", "requirements.txt", *PACKAGE, "data/teaching"),
    *("notebooks", "src/budgetbook"),
)

_DATE = datetime.fromisoformat(RELEASED)


def write_downloads(root: Path, folder: Path) -> None:
    """Write every download into `folder`, from the project at `root`.

    A workbook that is there stays: each state of the data has a folder of its own in a build.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = root / "data"
    disclosure = load(data)
    for resource in disclosure.descriptor["resources"]:
        content = (data / resource["path"]).read_bytes()
        (folder / Path(resource["path"]).name).write_bytes(content)
    for name in FRAMES:
        frame = getattr(Budget(disclosure), name)()
        text = frame.to_csv(index=False, lineterminator="\n")
        # By its first mark Excel knows UTF-8.
        (folder / frame_file(name)).write_bytes(text.encode("utf-8-sig"))
    # A zip is a package where its descriptor lies at the top.
    package = {name.removeprefix("data/"): c for name, c in contents(root, PACKAGE).items()}
    (folder / PACKAGE_ZIP).write_bytes(zipped(package))
    if not (folder / WORKBOOK).exists():
        (folder / WORKBOOK).write_bytes(workbook(disclosure))
    (folder / RUN_ZIP).write_bytes(zipped(_to_run(root)))


def frame_file(name: str) -> str:
    """Return the name of the CSV file of a frame."""
    return f"frame-{name}.csv"


def _to_run(root: Path) -> dict[str, bytes]:
    """Return what runs the notebooks: they, the data and the package, with a README of its own."""
    found = contents(root, _RUN)
    found.pop("notebooks/conftest.py")  # of our tests
    return found | {"README.md": found.pop("notebooks/RUN.md")}


def workbook(disclosure: Disclosure) -> bytes:
    """Return the package as an Excel workbook, one sheet a resource, with typed cells.

    Amounts are number cells with two decimals, codes are text, blanks are blank. The sentences of
    findings and readings have their figures filled in. The first sheet lists the others.
    """
    book, told = Workbook(), _sentences(disclosure)
    contents: Any = book.active
    contents.title = "目录"
    contents.append([said("Sheet"), said("What it holds"), "内容"])
    contents.append(["工作表", "", ""])
    for resource in disclosure.descriptor["resources"]:
        name, fields = resource["name"], resource["schema"]["fields"]
        sheet = book.create_sheet(_sheet(disclosure, name))
        sheet.append([field["title"] for field in fields])
        sheet.append([field["title_zh"] for field in fields])
        for row in told.get(name) or disclosure.rows(name):
            sheet.append([row[field["name"]] for field in fields])
        _format(sheet, fields)
        contents.append([sheet.title, resource["title"], resource["title_zh"]])
        contents.cell(contents.max_row, 1).hyperlink = f"#'{sheet.title}'!A1"
    for column, width in zip("ABC", (36, 60, 40), strict=True):
        contents.column_dimensions[column].width = width
        contents[f"{column}1"].font = contents[f"{column}2"].font = Font(bold=True)
    contents.freeze_panes = "A3"
    return packed(book)


def _sheet(disclosure: Disclosure, name: str) -> str:
    """Return what the sheet of a resource is called: a printed table by its number as well."""
    table = disclosure.form.tables.get(name)
    return (f"{table.words[1]} {name}" if table and table.number else name)[:31]


def _sentences(disclosure: Disclosure) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of findings and readings with the figures of their sentences filled in."""
    found: dict[str, list[dict[str, Any]]] = {"findings": [], "readings": []}
    if disclosure.rows("findings"):
        for finding in findings(disclosure, run(disclosure)):
            for name, row in [
                ("findings", finding.row),
                *(("readings", r) for r in finding.rivals),
            ]:
                texts = {
                    column: "".join(piece.text for piece in fill(text, finding, column))
                    for column, text in row.items()
                    if text and column.endswith(("_en", "_zh"))
                }
                found[name].append({**row, **texts})
    return found


def packed(book: Workbook) -> bytes:
    """Return a workbook as a file that has the same bytes each time it is made."""
    book.properties.creator = "budgetbook"
    book.properties.created = _DATE
    stream = io.BytesIO()
    book.save(stream)
    return restamped(stream.getvalue())


def _format(sheet: Any, fields: list[dict[str, Any]]) -> None:
    sheet.freeze_panes = "A3"
    for position, field in enumerate(fields, 1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = 14 if field["type"] == "number" else 18
        for cell in sheet[letter]:
            if isinstance(cell.value, Decimal) and field.get("unit") == "yuan":
                cell.number_format = "#,##0.00"
            elif isinstance(cell.value, str):
                cell.number_format = "@"
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
