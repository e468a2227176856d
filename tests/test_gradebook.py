"""What is graded again: a mended key, a mended judgement, a roster with names that are alike."""

import csv
import io
import json
import shutil

import pytest
from test_class import findings, read, sheet, sheet_csv

from budgetbook.errors import InputError
from budgetbook.teaching import gradebook, handing
from budgetbook.teaching.sheets import write

FIRST, SECOND = "student-01", "student-02"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The keys of a class of two."""
    return handing.new(tmp_path_factory.mktemp("two") / "class", 2, seed="one")


@pytest.fixture
def course(made, tmp_path):
    """A folder with keys of its own, and what was handed in: one full sheet."""
    shutil.copytree(made, tmp_path / "class-key")
    (tmp_path / "handed-in").mkdir()
    hand_in(tmp_path, FIRST, f"{FIRST}.csv")
    return tmp_path


def key_of(course, student):
    path = course / "class-key" / f"{student}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def hand_in(course, student, called, **about):
    key = key_of(course, student)
    content = sheet_csv(sheet(key, list(findings(key)), "May we ask", **about))
    (course / "handed-in" / called).write_bytes(content)


def graded(course):
    gradebook.grade(course / "class-key", course / "handed-in", course / "grades")
    return {row["student"]: row for row in read(course / "grades" / "grades.csv")}


def judge(course, points):
    path = course / "grades" / "judgements.csv"
    rows = read(path)
    for row in rows:
        row["points"] = points
    write(path, list(rows[0]), rows)


def mend(course, **changes):
    key = key_of(course, FIRST)
    key["errors"][0].update(changes)
    text = json.dumps({**key}, ensure_ascii=False)
    (course / "class-key" / f"{FIRST}.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"type": "digit"}, "type is 'digit'; expected one of digits, total"),
        ({"level": 7}, "level is 7; expected one of 1, 2, 3, 4"),
        ({"else": "none"}, "else is 'none'; expected one of nothing"),
        ({"right": 54400}, "right is 54400; expected a text in quotation marks"),
        ({"rows": []}, "rows is empty; expected one at least"),
        ({"rows": "30114"}, "rows is '30114'; expected a list of texts"),
        ({"tables": ["table 6"]}, "tables has table 6; expected roles such as spending-summary"),
        ({"places": ["table 6 row 3"]}, "expected table/row.column"),
        ({"id": "E2"}, "two errors have one id"),
    ],
)
def test_a_key_mended_amiss_is_named_with_what_was_expected(course, changes, expected):
    mend(course, **changes)
    with pytest.raises(InputError, match=rf"{FIRST}\.json: .*{expected}"):
        graded(course)


def test_a_mended_key_says_which_points_changed_and_mended_points_are_not_called_a_key(course):
    total = int(graded(course)[FIRST]["total"])
    mend(course, right="1")
    assert int(graded(course)[FIRST]["total"]) == total - 1
    (change,) = read(course / "grades" / "changes.csv")
    assert change["what"] == "E1 应为 right 1 → 0"
    assert "key" in change["why_en"]
    points = course / "class-key" / "points.csv"
    points.write_text(points.read_text(encoding="utf-8").replace("3,1,2,", "3,1,1,"))
    graded(course)
    first, change = read(course / "grades" / "changes.csv")
    assert change["why_en"].startswith("The points")
    assert (first["what"], first["run"], change["run"]) == ("E1 应为 right 1 → 0", "1", "2")
    graded(course)
    assert read(course / "grades" / "changes.csv") == [first, change], "nothing changed"


@pytest.mark.parametrize("points", ["1.5", "-1", "9", "good"])
def test_points_that_cannot_be_given_are_named_and_nothing_is_written_over(course, points):
    graded(course)
    judge(course, points)
    before = (course / "grades" / "judgements.csv").read_bytes()
    with pytest.raises(InputError, match=r"judgements\.csv: row 1, student-01 E1: points are"):
        graded(course)
    assert (course / "grades" / "judgements.csv").read_bytes() == before


@pytest.mark.parametrize("points", ["2", "２", "2.0", " 2 "])
def test_points_are_read_as_a_spreadsheet_leaves_them(course, points):
    graded(course)
    judge(course, points)
    assert graded(course)[FIRST]["person"] == "14"


def test_points_for_what_was_said_and_not_written_are_kept(course):
    graded(course)
    path = course / "grades" / "judgements.csv"
    row = {"student": SECOND, "item": "E1", "of": "2", "points": "1", "comment": "by word"}
    write(path, list(read(path)[0]), [*read(path), row])
    assert graded(course)[SECOND]["person"] == "1"
    assert graded(course)[SECOND]["person"] == "1", "again"


@pytest.mark.parametrize("names", [("李明", "李明华"), ("王芳", "王芳")])
def test_of_names_alike_nobody_is_taken_for_another(course, names):
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(("student", "name", "number"))
    writer.writerows((s, n, "") for s, n in zip((FIRST, SECOND), names, strict=True))
    (course / "class-key" / "roster.csv").write_text(stream.getvalue(), encoding="utf-8")
    hand_in(course, SECOND, f"{names[1]}.csv", name=names[1])
    rows = graded(course)
    assert [rows[s]["status_en"] for s in (FIRST, SECOND)] == ["Graded", "Graded"]


def test_grades_do_not_lie_among_what_was_handed_in(course):
    with pytest.raises(InputError, match="among what was handed in"):
        gradebook.grade(course / "class-key", course / "handed-in", course / "handed-in" / "grades")


@pytest.mark.parametrize("ending", ["xls", "et", "pdf", "docx"])
def test_a_file_that_is_not_read_is_named_to_its_student_and_the_key_stays_closed(course, ending):
    roster = course / "class-key" / "roster.csv"
    roster.write_text(f"student,name,number\n{SECOND},王小明,1\n", encoding="utf-8")
    (course / "handed-in" / f"王小明 作业.{ending}").write_bytes(b"\0\1\2")
    assert graded(course)[SECOND]["status_en"].startswith("What was handed in cannot be read")
    text = (course / "grades" / "feedback" / f"{SECOND}.txt").read_text(encoding="utf-8-sig")
    assert f"王小明 作业.{ending}：不读取以 .{ending} 结尾的文件，请交 xlsx 或 csv" in text
    assert "E1" not in text
    (unread,) = read(course / "grades" / "unread.csv")
    assert unread["file"] == f"王小明 作业.{ending}"


def test_numbers_are_numbers_and_what_stays_the_same_is_no_change(course):
    key = key_of(course, FIRST)
    wrong = ["F99", "表三", "101", "", "1", "2", "", "", ""]
    rows = [*findings(key), wrong]
    path = course / "handed-in" / f"{FIRST}.csv"
    path.write_bytes(sheet_csv(sheet(key, rows)))
    graded(course)
    text = (course / "grades" / "reasons.csv").read_text(encoding="utf-8-sig")
    assert f"{FIRST},F99,alarm,-2,0," in text
    (course / "grades" / "reasons.csv").write_text(text.replace(",-2,0,", ",'-2,0,"), "utf-8-sig")
    mend(course, right="1")
    graded(course)
    (change,) = read(course / "grades" / "changes.csv")
    assert change["what"] == "E1 应为 right 1 → 0"


def test_a_number_that_is_typed_full_width_is_written_half_width(course):
    blank = sheet(key_of(course, SECOND))
    blank[4][1] = "２０２６０１０１"
    (course / "handed-in" / f"{SECOND}.csv").write_bytes(sheet_csv(blank))
    assert graded(course)[SECOND]["number"] == "20260101"


def feedback(course, student):
    return (course / "grades" / "feedback" / f"{student}.txt").read_text(encoding="utf-8-sig")


def test_what_is_still_to_be_judged_is_not_shown_as_zero(course):
    graded(course)
    text = feedback(course, FIRST)
    assert "程序所评 40 / 40 分" in text
    assert "40 / 40 by the program" in text
    assert "最多 20 分待教师评定" in text
    assert "up to 20 points (7 items) still to be judged" in text
    assert "[E1 说明 explanation] 待评（满分 2） to be judged (of 2)" in text
    assert "40 / 60" not in text
    judge(course, "1")
    graded(course)
    text = feedback(course, FIRST)
    assert "47 / 60" in text
    assert "待评" not in text
    changes = read(course / "grades" / "changes.csv")
    assert "E1 说明 explanation 0 → 1" in changes[-1]["what"]


def test_points_that_wait_for_a_person_are_not_shown_as_zero(course):
    key = key_of(course, FIRST)
    (row,) = findings(key, key["errors"][-1:])
    row[5] = "1.02万元"
    unclear = ["F02", "那张表", "30201", "", "5", "6", "", "", "why"]
    alone = ["F03", "", "", "", "", "", "", "", "only words"]
    path = course / "handed-in" / f"{FIRST}.csv"
    path.write_bytes(sheet_csv(sheet(key, [row, unclear, alone])))
    assert graded(course)[FIRST]["alarms"] == "0"
    text = feedback(course, FIRST)
    for part in ("E6 应为 right", "E6 种类 kind", "F02 位置 place", "F03 说明 explanation"):
        assert f"[{part}] 待评" in text, part
    left = {row["item"]: row["text"] for row in read(course / "grades" / "judgements.csv")}
    assert left["F02 place"] == "F02: 那张表 | 30201 | 5 | 6 | why"
    assert left["F03 explanation"] == "F03: only words"


def test_of_a_sheet_of_another_it_is_said_whose_it_is_and_nothing_of_the_key(course):
    roster = course / "class-key" / "roster.csv"
    roster.write_text(f"student,name,number\n{SECOND},王小明,77\n", encoding="utf-8")
    shutil.move(course / "handed-in" / f"{FIRST}.csv", course / "handed-in" / f"{SECOND}.csv")
    assert "another student" in graded(course)[SECOND]["status_en"]
    (unread,) = read(course / "grades" / "unread.csv")
    assert unread["file"] == f"{SECOND}.csv"
    assert f"{FIRST}，却作为 {SECOND} 王小明 77 的答题表" in unread["why_zh"]
    assert "未发现" not in feedback(course, SECOND)
    told = [row for row in read(course / "grades" / "reasons.csv") if row["student"] == SECOND]
    assert [row["part"] for row in told] == ["status"]


def test_a_sheet_of_nobody_is_not_called_graded(course):
    blank = sheet(key_of(course, SECOND), [["F01", "表三", "201", *[""] * 6]])
    blank[1][1] = blank[2][1] = ""
    (course / "handed-in" / "somebody.csv").write_bytes(sheet_csv(blank))
    assert graded(course)[SECOND]["file"] == ""
    (unread,) = read(course / "grades" / "unread.csv")
    assert "not graded" in unread["why_en"]
    assert "未评分" in unread["why_zh"]
    assert "student-01" in unread["why_zh"]


@pytest.mark.parametrize(
    ("names", "latest"),
    [
        (("a student-02_v2.csv", "a student-02_v10.csv"), "a student-02_v10.csv"),
        (("student-02_20260301120000.csv", "student-02_20260228235959.xls.csv"), ""),
        (("student-02_2026-03-01-12-00.csv", "student-02_2026-02-28-23-59.csv"), "03-01-12-00.csv"),
        (("student-02.csv", "student-02 (1).csv"), ""),
        (("student-02 final.csv", "student-02 new.csv"), ""),
    ],
)
def test_of_several_sheets_the_later_counts_only_where_the_names_say_it(course, names, latest):
    for name in names:
        hand_in(course, SECOND, name)
    row = graded(course)[SECOND]
    assert row["file"].endswith(latest or sorted(names)[0])
    assert all(name in row["status_zh"] for name in names)
    assert ("a person decides" in row["status_en"]) == (not latest)


def test_a_roster_is_read_in_chinese(course):
    roster = course / "class-key" / "roster.csv"
    roster.write_text(f"学生,姓名,学号\n{SECOND},王小明,77\n", encoding="gb18030")
    row = graded(course)[SECOND]
    assert (row["name"], row["number"]) == ("王小明", "77")


@pytest.mark.parametrize("text", ["谁,姓名,学号\nstudent-02,王小明,7\n", "学生,姓名\n2,王小明\n"])
def test_a_roster_that_is_not_understood_is_named(course, text):
    (course / "class-key" / "roster.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"not understood, its headings are .*学生,姓名,学号"):
        graded(course)


def test_a_roster_with_somebody_of_no_folder_says_so(course):
    text = f"学生,姓名,学号\n{SECOND},王小明,77\nstudent-99,李明,78\n"
    (course / "class-key" / "roster.csv").write_text(text, encoding="utf-8")
    told = gradebook.grade(course / "class-key", course / "handed-in", course / "grades")
    assert "no folder of this class: student-99" in told[0]
