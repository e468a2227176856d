"""What comes back is read as it comes, and what cannot be is said; nothing crashes."""

import io
import zipfile

import openpyxl
import pytest

from budgetbook.errors import InputError
from budgetbook.laboratory.opening import NotOpenedError, put
from budgetbook.package.spreadsheet import sheets
from budgetbook.teaching.answers import amount, in_ten_thousands, role_of, sheet_of
from budgetbook.teaching.intake import files
from budgetbook.teaching.workbooks import sheet_csv, sheet_rows

TOKEN = "ABCDEFGHIJ"


def filled():
    rows = sheet_rows("student-01", TOKEN)
    rows[5][1:3] = ["表六", "30114 医疗费"]
    return rows


def only(folder):
    (found,) = files(folder)
    return found


def damaged(method):
    """A zip whose content was damaged on its way."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("answers.csv", sheet_csv(filled()))
    content = bytearray(stream.getvalue())
    for at in range(50, 90):
        content[at] ^= 0xFF
    return bytes(content)


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_a_damaged_zip_is_said_and_stops_nothing(tmp_path, method):
    (tmp_path / "a.zip").write_bytes(damaged(method))
    found = only(tmp_path)
    assert found.problem
    assert "zip cannot be opened" in found.problem[0]


@pytest.mark.parametrize("method", METHODS)
def test_a_damaged_workbook_or_package_is_said(tmp_path, method):
    with pytest.raises(InputError, match=r"a\.xlsx: not a workbook"):
        sheets(damaged(method), "a.xlsx")
    with pytest.raises(NotOpenedError):
        put({"a.zip": damaged(method).replace(b"answers.csv", b"package.csv")}, tmp_path)


def test_an_empty_zip_is_said(tmp_path):
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()
    assert only(tmp_path).problem == ("the zip is empty", "压缩包是空的")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "gb18030", "utf-8"])
def test_a_sheet_is_read_in_each_encoding_with_a_mark_or_without(tmp_path, encoding):
    text = "\n".join("\t".join(row) for row in filled())
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    found = sheet_of(only(tmp_path).rows, {TOKEN})
    assert found
    assert (found.token, found.answers[0].row) == (TOKEN, "30114 医疗费")


def test_the_sheet_with_the_answers_is_read_wherever_it_is_in_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["notes"])
    for title, rows in (("answers", sheet_rows("student-01", TOKEN)), ("我的答案", filled())):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    found = sheet_of(only(tmp_path).rows, {TOKEN})
    assert found
    assert [answer.question for answer in found.answers] == ["F01"]


def whole():
    """A sheet with all that a student writes."""
    rows = filled()
    rows[3][1], rows[4][1] = "王小明", "20260101"
    rows[5][1:] = ["表六", "30114 医疗费", "总计", "1", "2", "合计未随分项更新", "别无其他", "why"]
    rows[-1][-1] = "May we ask"
    return rows


#: What stands in a column too many: its heading, and its cells below.
EXTRA = {
    "number": ["序号", *map(str, range(1, 40))],
    "blank number": ["序号", *[""] * 40],
    "class": ["班级", *["二班"] * 40],
    "code": ["编号", *[f"A{n}" for n in range(40)]],
    "project": ["项目", *["课程作业"] * 40],
    "no heading": [""] * 41,
    "note": ["备注", *["a long note that nobody asked for"] * 40],
}


@pytest.mark.parametrize("at", [0, 1, 3, 9])
@pytest.mark.parametrize("what", EXTRA)
def test_a_column_too_many_is_harmless_wherever_it_stands(what, at):
    rows = [[*row[:at], extra, *row[at:]] for row, extra in zip(whole(), EXTRA[what], strict=False)]
    assert sheet_of(rows, {TOKEN}) == sheet_of(whole(), {TOKEN})


@pytest.mark.parametrize("what", EXTRA)
def test_a_front_column_is_harmless_without_headings_too(what):
    rows = [[extra, *row] for row, extra in zip(whole()[1:], EXTRA[what][1:], strict=False)]
    assert sheet_of(rows, {TOKEN}) == sheet_of(whole(), {TOKEN})


def test_the_sheet_with_the_answers_is_found_where_a_column_stands_before_them(tmp_path):
    book = openpyxl.Workbook()
    for rows in (sheet_rows("student-01", TOKEN), [["二班", *row] for row in filled()]):
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert sheet_of(only(tmp_path).rows, {TOKEN}).answers[0].row == "30114 医疗费"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("人民币12,500.00元整", "12500"),
        ("RMB 12,500", "12500"),
        ("1、234.50", "1234.5"),
        ("（1,234.50）", "-1234.5"),
        ("−7", "-7"),
        ("100人次", "100"),
        ("≥ 100", "100"),
        ("120元/户", "120"),
        ("8.4个百分点", "8.4"),
        ("1.2E+05", "120000"),
    ],
)
def test_an_amount_is_read_with_the_words_and_signs_around_it(text, value):
    assert amount(text) == amount(value)
    assert amount(value) is not None


@pytest.mark.parametrize("text", ["12.3（万元）", "万元12.3", "12.3萬元", "1.2 亿", "3 万"])
def test_ten_thousands_are_seen_in_each_way_of_writing(text):
    assert in_ten_thousands(text)
    assert amount(text) is None


@pytest.mark.parametrize("text", ["12千元", "3百", "12-15", "1.2.3", "表六", ""])
def test_what_is_no_one_number_is_none(text):
    assert amount(text) is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("六", "basic-by-economic"),
        ("6", "basic-by-economic"),
        ("第十七表", "project-targets"),
        ("2026年某区部门支出预算总表", "spending-summary"),
        ("财政拨款收支预算总表", "appropriations"),
        ("一般项目绩效目标表", "project-targets"),
        ("一般公共预算财政拨款基本支出预算表(政府预算支出经济分类科目)", "basic-by-government"),
    ],
)
def test_a_table_is_known_by_its_title_and_by_its_number_alone(text, role):
    assert role_of(text) == role
