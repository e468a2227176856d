"""The two commands for a class, followed as a lecturer does; and what students try."""

import csv
import io
import json
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from budgetbook.cli import main
from budgetbook.model.address import parse
from budgetbook.model.loading import load
from budgetbook.model.workbook import opened
from budgetbook.teaching import gradebook, handing, marking
from budgetbook.teaching.answers import Answer, Filled, amount, choice, role_of, sheet_of
from budgetbook.teaching.decoys import FINDERS, TWINS, twinned
from budgetbook.teaching.handing import Order, made
from budgetbook.teaching.intake import files
from budgetbook.teaching.keys import points, where
from budgetbook.teaching.page import page, text_of
from budgetbook.teaching.planting import failures, suspicion
from budgetbook.teaching.sheets import write
from budgetbook.teaching.stock import by_id, stock
from budgetbook.teaching.workbooks import places, sheet_csv, sheet_rows

pytestmark = pytest.mark.long

STUDENTS = 60
CALLED = dict(places())
POINTS = {level: points(level) for level in (1, 2, 3, 4)}
PROGRAM = 40
WHOLE = 60


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A folder with a class and its keys."""
    folder = tmp_path_factory.mktemp("course")
    command = ["class", "new", "--students", str(STUDENTS), "--out", str(folder / "class")]
    assert main(command) == 0
    return folder


@pytest.fixture(scope="module")
def keys(room):
    """Student → key."""
    paths = sorted((room / "class-key").glob("student-*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def titled(name, kind):
    row = by_id(name)[kind]
    return f"{row['title_zh']} {row['title_en']}"


def findings(key, errors=None):
    """The rows that find errors of a key, all without other wishes, with all that is asked."""
    for number, error in enumerate(key["errors"] if errors is None else errors, 1):
        row = error["rows"][0] if error["rows"] else ""
        values = (error["printed"], error["right"])
        chosen = (titled("types", error["type"]), titled("else", error["else"]))
        table = CALLED[error["tables"][0]]
        yield [f"F{number:02}", table, row, "", *values, *chosen, "because the parts differ"]


def sheet(key, rows=(), letter="", name="Li"):
    """A sheet with some rows of findings in it."""
    blank = sheet_rows(key["student"], key["token"])
    blank[3][1] = name
    kept = [row for row in blank if not re.match(r"F\d", row[0])]
    kept[-1][-1] = letter
    return [*kept[:-1], *rows, kept[-1]]


def tabs(rows):
    return "\n".join("\t".join(row) for row in rows).encode("utf-16")


def gbk(rows):
    return sheet_csv(rows).decode("utf-8-sig").encode("gb18030")


def xlsx(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def typed(rows):
    """A workbook as people leave it: codes as numbers, merged cells, a column too many."""
    book = openpyxl.Workbook()
    for row in rows:
        cells = [int(cell) if re.fullmatch(r"\d{5,7}", cell) else cell for cell in row]
        book.active.append([*cells, "note"])
    book.active.merge_cells("B2:C2")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped_gbk(name, content):
    """A zip as a Chinese Windows makes it: names in GBK, without the mark of UTF-8."""
    stand_in = "x" * len(name.encode("gbk"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(stand_in, content)
    return stream.getvalue().replace(stand_in.encode(), name.encode("gbk"))


def handed(keys, folder):
    """Hand in twelve kinds of sheets and more; return student → points expected of the program."""
    key = dict(enumerate(keys.values(), 1))
    folder.mkdir()
    full = {n: sheet(k, findings(k), "May we ask …") for n, k in key.items()}
    wrong = [[f"F{n}", "表三 table 3", f"99{n}", "", "1", "2", "", "", ""] for n in range(30)]
    renamed = [["题号", "所在表格", "行", "列", "原文", "改为", "类型", "其他可能", "理由"]]
    put = {
        "student-01_answers.csv": sheet_csv(full[1]),
        "half student-02.csv": sheet_csv(sheet(key[2], findings(key[2], key[2]["errors"][:3]))),
        "student-03.csv": sheet_csv(sheet(key[3])),
        "student-04.csv": sheet_csv(sheet(key[4], wrong)),
        "student-05.csv": sheet_csv(full[20]),
        "student-06.csv": gbk(full[6]),
        "student-07.txt": tabs(full[7]),
        "student-08.xlsx": typed(full[8]),
        "作业.zip": zipped_gbk("王小明_student-09_作业.csv", sheet_csv(full[9])),
        "student-10.csv": sheet_csv(
            sheet(key[10], findings(key[10]), "=1+1", "=cmd|' /C calc'!A0")
        ),
        "student-11.csv": sheet_csv([*renamed, *full[11][1:]]),
        "student-12.csv": random.Random(1).randbytes(1_000_000),
        "Moodle_12345_student-13_file.xlsx": xlsx(full[13]),
    }
    for name, content in put.items():
        (folder / name).write_bytes(content)
    half = sum(POINTS[e["level"]][p] for e in key[2]["errors"][:3] for p in marking._PARTS)
    perfect = dict.fromkeys((1, 6, 7, 8, 9, 10, 11, 13), PROGRAM)
    return {f"student-{n:02}": score for n, score in (perfect | {2: half}).items()}


def read(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def graded(room, keys):
    """The expected points, and the folder of grades."""
    expected = handed(keys, room / "handed-in")
    before = {p: p.read_bytes() for p in (room / "handed-in").rglob("*") if p.is_file()}
    command = ["class", "grade", str(room / "class-key"), str(room / "handed-in")]
    assert main([*command, "--out", str(room / "grades")]) == 0
    assert {p: p.read_bytes() for p in (room / "handed-in").rglob("*") if p.is_file()} == before
    return expected, room / "grades"


def test_a_folder_has_all_and_a_class_differs(room, keys):
    names = {"answers.csv", "answers.xlsx", "data", "disclosure.html", "read-me.txt", "tables.xlsx"}
    folders = sorted((room / "class").iterdir())
    assert len(folders) == len(keys) == STUDENTS
    assert all({path.name for path in folder.iterdir()} == names for folder in folders)
    assert len({key["office"] for key in keys.values()}) == STUDENTS
    assert len({key["token"] for key in keys.values()}) == STUDENTS
    assert all(
        Counter(e["level"] for e in k["errors"]) == {1: 2, 2: 2, 3: 1, 4: 1} for k in keys.values()
    )
    assert all(len(key["decoys"]) == 3 for key in keys.values())
    assert all(len({d["type"] for d in key["decoys"]}) == 3 for key in keys.values())
    types = {d["type"] for k in keys.values() for d in k["decoys"]}
    rare = {"ended", "shares"}
    assert types - rare == {f.__name__ for f in (*FINDERS, *TWINS)} - rare
    twins = {f.__name__ for f in TWINS}
    assert all(twins & {d["type"] for d in key["decoys"]} for key in keys.values())


def test_a_department_without_room_for_a_twin_is_made_anew(monkeypatch):
    order = Order("room for a twin", 1, 2026, (2, 2, 1, 1), 3)
    first = handing.made(order, 1)
    answers = iter([False, True])
    monkeypatch.setattr(handing, "twinned", lambda planting: next(answers))
    other = handing.made(order, 1)
    assert other.printed.sheet.text != first.printed.sheet.text
    assert twinned(first)
    assert twinned(other)


def test_a_student_without_a_program_is_told_what_to_choose_and_finds_each_table(room):
    folder = room / "class" / "student-01"
    guide = (folder / "read-me.txt").read_text(encoding="utf-8-sig")
    for row in (*stock("types"), *stock("else")):
        assert f"- {row['title_zh']} {row['title_en']}" in guide
    page = (folder / "disclosure.html").read_text(encoding="utf-8")
    titles = re.findall(r"<h3>(.*?)</h3>", page)
    assert titles
    assert all(re.match(r"表[一二三四五六七八九十]+\u3000", title) for title in titles)
    shown = openpyxl.load_workbook(folder / "tables.xlsx")["表十七 project-targets"]
    heads = {cell.value: cell.column_letter for cell in shown[1]}
    assert [cell.value for cell in shown[2]][list(heads).index("指标值")] == "Target"
    money = openpyxl.load_workbook(folder / "tables.xlsx")["表六 basic-by-economic"]
    assert money["D3"].number_format == "#,##0.00"
    answers = openpyxl.load_workbook(folder / "answers.xlsx")
    offered = [cell.value for cell in answers["lists"]["A"] if cell.value]
    assert not [name for name in offered if name.startswith(("表二", "表十三"))]
    sections = re.findall(r"<h2>[一二三四五六七八九十]+、(.*?)</h2>", page)
    assert [name[3:] for name in offered if name.startswith("说明")] == sections
    ranges = [str(each.sqref) for each in answers["answers"].data_validations.dataValidation]
    last = [row[0].value[:3] for row in answers["answers"].rows].index("F10") + 1
    assert all(each.endswith(str(last)) for each in ranges), ranges
    assert shown.column_dimensions[heads["文字的SHA-256值"]].hidden
    assert not shown.column_dimensions[heads["指标值"]].hidden


def test_in_each_form_of_the_print_exactly_the_key_fails_and_a_decoy_never(room, keys):
    for student in keys:
        folder = room / "class" / student
        found = load(folder / "data")
        assert sorted(result.check.id for result in failures(found)) == keys[student]["failing"]
        html = (folder / "disclosure.html").read_text(encoding="utf-8")
        told = text_of(html)
        assert keys[student]["office"] in told
        again = opened(folder / "tables.xlsx")
        assert (again.tables, again.claims) == (found.tables, found.claims)
        assert sorted(r.check.id for r in failures(again)) == keys[student]["failing"]
        counted = suspicion(failures(found))
        for decoy in keys[student]["decoys"]:
            assert decoy["places"][0].rpartition(".")[0] not in counted


def test_every_student_has_a_row_and_the_points_expected(graded):
    expected, grades = graded
    rows = {row["student"]: row for row in read(grades / "grades.csv")}
    assert len(rows) == STUDENTS
    for student, row in rows.items():
        assert int(row["program"]) == expected.get(student, 0), (student, row)
        assert int(row["total"]) == expected.get(student, 0)
        assert int(row["out_of"]) == WHOLE
    assert rows["student-04"]["alarms"] == "60"
    assert "another student" in rows["student-05"]["status_en"]
    assert rows["student-09"]["file"].endswith("王小明_student-09_作业.csv")
    assert "cannot be read" in rows["student-12"]["status_en"]
    assert rows["student-20"]["status_en"] == "Nothing was handed in"


def test_every_missing_point_has_a_reason_in_both_languages(graded, keys):
    _, grades = graded
    reasons = read(grades / "reasons.csv")
    for student in keys:
        mine = [row for row in reasons if row["student"] == student]
        closed = int(student[-2:]) not in (*range(1, 5), *range(6, 12), 13)
        assert sum(int(row["of"]) for row in mine) == (0 if closed else WHOLE)
        assert closed == (not [row for row in mine if row["item"] == "E1"])
        assert all(row["reason_en"] and row["reason_zh"] for row in mine)
        assert (grades / "feedback" / f"{student}.txt").is_file()
    assert "E1" not in (grades / "feedback" / "student-20.txt").read_text(encoding="utf-8-sig")


def test_a_text_for_a_student_has_chinese_for_each_of_its_parts(graded):
    for path in (graded[1] / "feedback").glob("*.txt"):
        heads = re.findall(r"(?m)^\[(.*)\]", path.read_text(encoding="utf-8-sig"))
        assert heads
        assert all(re.search("[一-龥]", head) for head in heads), path.name


def test_no_cell_of_the_grade_book_begins_a_formula(graded):
    _, grades = graded
    for path in grades.glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))):
            texts = [cell for cell in row if not re.fullmatch(r"-\d+", cell)]
            assert not [cell for cell in texts if cell.startswith(("=", "+", "-", "@"))], path


def test_what_a_person_judges_is_kept_and_a_mended_key_says_what_changed(graded, room, keys):
    _, grades = graded
    again, key = room / "again", room / "mended-key"
    shutil.copytree(grades, again)
    shutil.copytree(room / "class-key", key)
    rows = read(again / "judgements.csv")
    assert {row["student"] for row in rows} >= {"student-01", "student-13"}
    for row in rows:
        row["points"] = row["of"] if row["student"] == "student-01" else ""
    write(again / "judgements.csv", list(rows[0]), rows)
    path = key / "student-13.json"
    mended = json.loads(path.read_text(encoding="utf-8"))
    mended["errors"][5]["type"] = "scope"
    path.write_text(json.dumps(mended), encoding="utf-8")
    gradebook.grade(key, room / "handed-in", again)
    found = {row["student"]: row for row in read(again / "grades.csv")}
    assert int(found["student-01"]["total"]) == WHOLE
    assert int(found["student-13"]["total"]) == PROGRAM - POINTS[4]["kind"]
    changes = {row["student"]: row["why_en"] for row in read(again / "changes.csv")}
    assert set(changes) == {"student-01", "student-13"}
    assert "key" in changes["student-13"]


def test_a_withdrawn_error_gives_its_points_to_all(keys):
    key = json.loads(json.dumps(keys["student-01"]))
    key["errors"][5]["withdrawn"] = True
    nothing = Filled(key["token"], {}, [], "")
    assert marking.mark(nothing, key, POINTS).program == 17


def test_no_folder_holds_anything_of_the_key(room, keys):
    order = json.loads((room / "class-key" / "class.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[0-9a-f]{32}", order["secret"])
    for student, key in keys.items():
        whole = b"".join(
            p.read_bytes()
            for p in (room / "class" / student).rglob("*")
            if p.is_file() and p.suffix != ".xlsx"
        )
        assert order["secret"].encode() not in whole
        assert b"student 1" not in whole
        others = {k["token"] for k in keys.values()} - {key["token"]}
        assert not [token for token in others if token.encode() in whole]
        for path in (room / "class" / student).glob("*.xlsx"):
            with zipfile.ZipFile(path) as archive:
                inside = b"".join(map(archive.read, archive.namelist()))
            assert order["secret"].encode() not in inside
            assert not [token for token in others if token.encode() in inside]


def test_a_short_seed_can_be_guessed_and_128_bits_not(room, keys):
    order = Order("seed 7", 60, 2026, (2, 2, 1, 1), 3)
    office = made(order, 3).draft.plan.office
    guessed = [
        seed
        for seed in range(20)
        if office.startswith(handing.places(f"seed {seed}", len(stock("places")))[2])
    ]
    assert guessed == [7]
    first = keys["student-01"]["office"]
    names = (handing.places(f"seed {seed}", len(stock("places")))[0] for seed in range(40))
    hits = [name for name in names if first.startswith(name)]
    assert len(hits) < 3, "chance alone"


def test_an_interrupted_class_goes_on_and_leaves_nothing_half_made(tmp_path, monkeypatch):
    out = tmp_path / "class"
    original, count = handing.make, []

    def stopping(*given):
        count.append(given)
        if len(count) == 2:
            (out / ".student-02.new").mkdir()
            raise KeyboardInterrupt
        original(*given)

    monkeypatch.setattr(handing, "make", stopping)
    monkeypatch.setattr(handing.os, "cpu_count", lambda: 1)
    command = ["class", "new", "--students", "3", "--out", str(out)]
    assert main(command) == 130
    first = (out / "student-01" / "disclosure.html").read_bytes()
    monkeypatch.setattr(handing, "make", original)
    assert main(command) == 0
    assert sorted(p.name for p in out.iterdir()) == ["student-01", "student-02", "student-03"]
    assert (out / "student-01" / "disclosure.html").read_bytes() == first
    assert main(["class", "new", "--students", "4", "--out", str(out)]) == 2


def test_a_class_whose_command_was_killed_goes_on(tmp_path):
    out = tmp_path / "class"
    command = [sys.executable, "-m", "budgetbook", "class", "new", "--students", "5", "--out", out]
    with subprocess.Popen(command) as killed:
        while killed.poll() is None and not [*out.glob("student-*")]:
            time.sleep(0.1)
        killed.kill()
    assert len([*out.glob("student-*")]) < 5
    subprocess.run(command, check=True)
    assert sorted(p.name for p in out.iterdir()) == [f"student-0{nth}" for nth in range(1, 6)]
    assert len([*(tmp_path / "class-key").glob("student-*.json")]) == 5


def test_a_page_says_what_the_print_says_under_headings_that_stay():
    """Headings stand over all that they head, and again on each sheet of paper."""
    for nth in (1, 2, 3):
        planting = made(Order("seed of a page", 3, 2026, (1, 2), 1), nth)
        sheet = planting.printed.sheet
        html = page(sheet, planting.draft.plan.office)
        lines = [line for line in sheet.lines if line]
        told = text_of(html)
        assert len(told) == len(lines)
        assert all(one.endswith(line) for one, line in zip(told, lines, strict=True))
        heads = re.findall(r"(?s)<thead>.*?</thead>", html)
        assert len(heads) > 10
        assert not [head for head in heads if "<td" in head]
        three = next(head for head in heads if "公务接待费" in head)
        assert '<th scope="colgroup" colspan="6">' in three
        assert '<th scope="col" rowspan="2">公务接待费</th>' in three
        assert '<th scope="col"></th>' not in three


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１，２３４．５０", "1234.50"),
        ("￥1,234.50元", "1234.50"),
        ("12 万元", None),
        ("3万", None),
        ("8.4%", "8.4"),
    ],
)
def test_amounts_are_read_as_people_type_them(text, value):
    assert amount(text) == (None if value is None else amount(value))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("表十二", "state-capital-spending"),
        ("表十 Table 10", "three-public"),
        ("table 3", "spending-summary"),
        ("Table 17", "project-targets"),
        ("说明 部门预算情况说明", "explanation"),
        ("somewhere", ""),
    ],
)
def test_a_table_is_known_by_what_it_is_called(text, role):
    assert role_of(text) == role


def test_a_sheet_in_ten_thousands_is_asked_back(keys):
    key = keys["student-01"]
    (row,) = findings(key, key["errors"][:1])
    row[5] = "12.3万元"
    filled = sheet_of(sheet(key, [row]), {key["token"]})
    parts = [p for p in marking.mark(filled, key, POINTS).parts if p.part == "right"]
    assert parts[0].points == 0
    assert "asked back" in parts[0].en


def marked(key, answers):
    """The parts of a mark, of a sheet with these answers alone."""
    return marking.mark(Filled("", {}, answers, ""), key, POINTS).parts


def test_every_right_value_earns_its_points_in_each_of_its_units(keys):
    tried = Counter()
    for key in keys.values():
        for error in key["errors"]:
            row = error["rows"][0]
            for value in error["accepted"]:
                answer = Answer("F01", CALLED[error["tables"][0]], row, right=value)
                right = next(
                    p for p in marked(key, [answer]) if (p.item, p.part) == (error["id"], "right")
                )
                assert right.points == right.of > 0, (error["type"], value)
                tried[error["type"]] += 1
    assert "twice" in tried
    assert len(tried) > 2


def test_the_other_side_of_a_contradiction_is_half_found_and_no_false_alarm(keys):
    tried = Counter()
    for key in keys.values():
        for error in key["errors"]:
            for side in map(parse, error["side"]):
                words = side.row[1:2] if side.table == "claims" else side.row
                row = " ".join(marking._CALLED.get(word, word) for word in words)
                answer = Answer("F01", CALLED[where(str(side))], row)
                parts = marked(key, [answer, answer._replace(question="F02")])
                place = next(p for p in parts if (p.item, p.part) == (error["id"], "place"))
                assert place.points == place.of // 2, error["type"]
                assert not [p for p in parts if p.points < 0], error["type"]
                tried[error["type"]] += 1
    assert "twice" in tried


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("别无其他", "else", "nothing"),
        ("２", "else", "other-side"),
        ("20", "types", "pair"),
        ("24", "types", "spent"),
        ("25", "types", ""),
        ("数字错写或换位 A digit changed or two swapped", "types", "digits"),
        ("目标写的是上年度", "types", "last-year"),
        ("目标", "types", ""),
        ("指标", "types", ""),
    ],
)
def test_a_kind_is_known_by_a_part_of_its_name_that_no_other_has(text, name, kind):
    assert choice(text, name) == kind


def test_noise_is_said_and_nothing_crashes(tmp_path):
    dice = random.Random(3)
    for n, ending in enumerate(("csv", "xlsx", "zip", "txt", "pdf", "xls", "doc")):
        (tmp_path / f"f{n}.{ending}").write_bytes(dice.randbytes(2000))
    (tmp_path / "empty.csv").write_bytes(b"")
    found = list(files(tmp_path))
    assert len(found) == 8
    assert sum(file.problem is not None for file in found) >= 5
    for file in found:
        sheet_of(file.rows, set())
    assert Path(tmp_path / "empty.csv").read_bytes() == b""
