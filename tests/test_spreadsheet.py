"""Cells of a workbook, read with the standard library alone."""

import openpyxl
import pytest

from budgetbook.package.spreadsheet import number, sheets


def test_merged_cells_formulas_and_shared_texts_are_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a", None, "=1+1", 2080505, True])
    book.active.merge_cells("A1:B1")
    book.save(tmp_path / "x.xlsx")
    (rows,) = sheets((tmp_path / "x.xlsx").read_bytes(), "x").values()
    assert rows == [["a", "a", "", "2080505", "1"]]


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ("5648141.1299999999", "5648141.13"),
        ("1.75E6", "1750000"),
        ("0.1", "0.1"),
        ("words", "words"),
        ("1e999", "1e999"),
    ],
)
def test_a_number_is_what_the_cell_shows(kept, text):
    assert number(kept) == text
