"""The two workbooks of a student: the printed tables, and the sheet for the answers.

The one module of the room that needs more than the standard library.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Sequence
from typing import Any

from ..messages import message, pair
from ..model.disclosure import Disclosure
from ..package.zipping import restamped
from ..synthetic.printing import LISTED
from ..synthetic.sheet import FORM
from .stock import stock

#: Resources in the workbook beside the printed tables: what the checks of a department need.
_BESIDE = ("tables", "claims", "sections", "repairs", "rates", "functional-classification")
#: Columns for programs, which are there and folded away.
_UNASKED = ("line", "characters", "sha256", "same_as")
_LETTERS = "ABCDEFGHI"
#: What the list of tables is called, in both languages.
LIST = (message("list of tables"), "目录")


def places() -> list[tuple[str, str]]:
    """Return role → what a table, a section of the text or the list is called, to choose from."""
    tables = [(role, _called(table.words)) for role, table in FORM.tables.items()]
    texts = [(role, chinese) for role, (_, chinese) in sections().items()]
    return [*tables, *texts, ("list", _called(LIST))]


def sections() -> dict[str, tuple[str, str]]:
    """Return role → what a section of the text is called, in both languages."""
    return {
        section.role: pair(
            "text, section {number:count}",
            "说明 {title:text}",
            number=number,
            title=section.titles[0],
        )
        for number, section in enumerate(FORM.sections, 1)
    }


def _called(words: tuple[str, str]) -> str:
    return f"{words[1]} {words[0]}"


def tables_workbook(disclosure: Disclosure) -> bytes:
    """Return the printed tables, a sheet each, with typed cells: two rows of headings above."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for resource in disclosure.descriptor["resources"]:
        name = resource["name"]
        if name not in disclosure.tables and name not in _BESIDE:
            continue
        number = FORM.tables[name].words[1] + " " if name in FORM.tables else ""
        sheet = book.create_sheet(f"{number}{name}"[:31])
        sheet.freeze_panes = "A3"
        fields = resource["schema"]["fields"]
        for at, field in enumerate(fields, 1):
            about = sheet.column_dimensions[get_column_letter(at)]
            about.width = 18 if field["type"] == "number" else 26
            about.hidden = field["name"] in _UNASKED
        for title in ("title_zh", "title"):
            sheet.append([field[title] for field in fields])
        for row in disclosure.rows(name):
            cells = [WriteOnlyCell(sheet, row[field["name"]]) for field in fields]
            for cell, field in zip(cells, fields, strict=True):
                if field.get("unit") == "yuan":
                    cell.number_format = "#,##0.00"
            sheet.append(cells)
    return _saved(book)


def sheet_rows(student: str, token: str) -> list[list[str]]:
    """Return the rows of an answer sheet that nobody has filled in."""
    width = len(stock("columns"))
    rows = [[f"{column['title_zh']} {column['title_en']}" for column in stock("columns")]]
    for question in stock("questions"):
        given = {"token": token, "student": student}.get(question["id"], "")
        name = f"{question['id']} {question['title_zh']} {question['title_en']}"
        rows.append([name, given, *[""] * (width - 2)])
    return rows


def sheet_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return an answer sheet as CSV, in UTF-8 with the mark by which a spreadsheet knows it."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def lists(printed: Collection[str]) -> dict[str, list[str]]:
    """Return the lists to choose from, by column of the sheet; of sections those `printed`."""
    kinds = [f"{row['title_zh']} {row['title_en']}" for row in stock("types")]
    others = [f"{row['title_zh']} {row['title_en']}" for row in stock("else")]
    tables = [_called(table.words) for table in FORM.tables.values() if table.number in LISTED]
    tables += [chinese for role, (_, chinese) in sections().items() if role in printed]
    tables.append(_called(LIST))
    return {"table": tables, "kind": kinds, "else": others}


def sheet_workbook(rows: Sequence[Sequence[str]], printed: Collection[str]) -> bytes:
    """Return an answer sheet as a workbook: lists to choose from, one question a row.

    `printed` are the sections of the text that the student's page has.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet, kept = book.active, book.create_sheet("lists")
    sheet.title, sheet.freeze_panes = "answers", "B2"
    for row in rows:
        sheet.append(list(row))
    columns = [column["id"] for column in stock("columns")]
    last = max(n for n, row in enumerate(rows, 1) if row[0].startswith("F"))
    for at, (column, choices) in enumerate(lists(printed).items()):
        letter, own = _LETTERS[columns.index(column)], _LETTERS[at]
        for number, choice in enumerate(choices, 1):
            kept[f"{own}{number}"] = choice
        chosen = DataValidation("list", formula1=f"lists!${own}$1:${own}${len(choices)}")
        chosen.showErrorMessage = False
        sheet.add_data_validation(chosen)
        chosen.add(f"{letter}6:{letter}{last}")
    for letter, width in zip(_LETTERS, (34, 26, 24, 14, 18, 18, 30, 34, 60), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
        for cell in sheet[letter]:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    return _saved(book)


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return restamped(stream.getvalue(), zipfile.ZIP_DEFLATED)
