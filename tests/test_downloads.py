"""What a reader takes home is exact, the same each time, and runs from an empty folder."""

import codecs
import io
import re
import subprocess
import sys
import zipfile
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

import budgetbook
from budgetbook.build.site import NEWEST
from budgetbook.show.budget import FRAMES, Budget
from budgetbook.show.downloads import PACKAGE_ZIP, RUN_ZIP, WORKBOOK, frame_file, write_downloads


@pytest.fixture(scope="module")
def downloads(tmp_path_factory, repo):
    """The downloads, written as the build of the book writes them."""
    folder = tmp_path_factory.mktemp("site") / "downloads"
    write_downloads(repo, folder)
    return folder


def test_csv_files_are_those_of_the_data(downloads, data):
    for path in [p for p in data.glob("*/*.csv") if p.parent.name != "teaching"]:
        assert (downloads / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_is_opened_by_excel_and_by_pandas(downloads, disclosure, name):
    """Its first mark tells Excel that it is UTF-8, and is no part of a column's name."""
    file = downloads / frame_file(name)
    assert file.read_bytes().startswith(codecs.BOM_UTF8)
    frame = getattr(Budget(disclosure), name)()
    again = pd.read_csv(file, dtype=str, keep_default_na=False)
    assert list(again.columns) == list(frame.columns)
    assert file.read_text("utf-8-sig") == frame.to_csv(index=False, lineterminator="\n")


def test_the_package_loads_after_unpacking(downloads, disclosure, tmp_path):
    """Its descriptor lies at the top, where programs look for it."""
    zipfile.ZipFile(downloads / PACKAGE_ZIP).extractall(tmp_path)
    assert budgetbook.load(tmp_path).tables == disclosure.tables


def test_the_workbook_has_typed_cells(downloads, disclosure):
    book = openpyxl.load_workbook(downloads / WORKBOOK)
    assert book.properties.modified == book.properties.created, "the release's date, not today's"
    names = [resource["name"][:31] for resource in disclosure.descriptor["resources"]]
    assert [name.rpartition(" ")[2] for name in book.sheetnames] == ["目录", *names]
    assert "表五 spending-by-function" in book.sheetnames
    contents = [[cell.value for cell in row] for row in book["目录"].iter_rows(min_row=3)]
    assert [row[0] for row in contents] == book.sheetnames[1:]
    assert all(re.search("[a-z]", row[1]) and re.search("[一-龥]", row[2]) for row in contents)
    sheets = {name.rpartition(" ")[2]: book[name] for name in book.sheetnames}
    for table, rows in disclosure.tables.items():
        sheet = sheets[table]
        fields = [
            field["name"]
            for resource in disclosure.descriptor["resources"]
            if resource["name"] == table
            for field in resource["schema"]["fields"]
        ]
        for cells, row in zip(sheet.iter_rows(min_row=3), rows, strict=True):
            for cell, name in zip(cells, fields, strict=True):
                if isinstance(row[name], Decimal):
                    assert cell.data_type == "n"
                    assert Decimal(str(cell.value)) == row[name]
                else:
                    assert cell.value == row[name], (table, row["line"], name)


def test_the_workbook_and_the_frame_say_findings_in_whole_sentences(downloads, register):
    """The places in their templates, which the package keeps, are filled."""
    book = openpyxl.load_workbook(downloads / WORKBOOK)
    for name in ("findings", "readings"):
        rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
        assert len(rows) > 25
        assert not [value for row in rows for value in row if "{" in str(value)]
    cells = {cell.value for row in book["findings"].iter_rows() for cell in row}
    frame = pd.read_csv(downloads / frame_file("findings"), dtype=str, index_col="finding")
    for finding in register:
        assert {finding.sentence("found_en"), finding.sentence("found_zh")} <= cells
        if not finding.fine:
            assert frame.loc[finding.id, "found"] == finding.sentence("found_en")
            assert frame.loc[finding.id, "found_chinese"] == finding.sentence("found_zh")
    reading = next(r for finding in register for r in finding.readings)
    said = "".join(piece.text for piece in reading.chinese)
    assert said in {cell.value for row in book["readings"].iter_rows() for cell in row}


def test_amounts_in_the_workbook_are_written_exactly(downloads):
    """The file itself holds the digits, not the nearest binary number."""
    with zipfile.ZipFile(downloads / WORKBOOK) as archive:
        text = "".join(
            archive.read(name).decode() for name in archive.namelist() if "worksheets" in name
        )
    assert "<v>5648141.13</v>" in text
    assert "<v>1664518.59</v>" in text


def test_writing_twice_gives_the_same_bytes(downloads, repo, tmp_path):
    write_downloads(repo, tmp_path)
    for name in (PACKAGE_ZIP, WORKBOOK, RUN_ZIP):
        assert (tmp_path / name).read_bytes() == (downloads / name).read_bytes()


def test_zips_hold_no_path_outside_and_nothing_compiled(downloads):
    for name in (PACKAGE_ZIP, RUN_ZIP):
        for entry in zipfile.ZipFile(downloads / name).namelist():
            assert not entry.startswith(("/", ".."))
            assert "__pycache__" not in entry


def test_the_zip_to_run_holds_what_its_readme_speaks_of(downloads, tmp_path, repo):
    zipfile.ZipFile(downloads / RUN_ZIP).extractall(tmp_path)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Run this yourself")
    assert "make " not in readme
    paths = {*re.findall(r"`(data/\S+|notebooks\S*)`", readme), *re.findall(r"-r (\S+)", readme)}
    assert {"requirements.txt", "notebooks", "data/published"} <= paths
    for path in paths:
        assert (tmp_path / path).exists(), path
    for guide in (readme, (repo / "README.md").read_text(encoding="utf-8")):
        assert f"Python 3.11 to {'.'.join(map(str, NEWEST))}" in guide


def test_the_zip_to_run_holds_what_its_link_says(downloads):
    """The notebooks, the data and the package: neither the book nor its tests."""
    names = zipfile.ZipFile(downloads / RUN_ZIP).namelist()
    folders = {name.partition("/")[0] for name in names if "/" in name}
    assert folders == {"notebooks", "data", "src"}


def test_the_zip_to_run_is_run_from_its_folder_on_every_system(downloads, tmp_path):
    """JupyterLab shows the data beside the notebooks, and a command has its form for Windows."""
    zipfile.ZipFile(downloads / RUN_ZIP).extractall(tmp_path)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    theirs, ours = (re.findall(rf"(?m)^    \.venv{way}(.*)$", readme)
                    for way in (r"\\Scripts\\", "/bin/"))  # fmt: skip
    assert theirs == ours
    assert "jupyter lab" in ours
    assert not re.search(r"(?m)^(?!    ).*\.venv", readme), "a command in a sentence has one form"
    notebooks = (tmp_path / "notebooks").iterdir()
    assert {path.suffix for path in notebooks} == {".ipynb"}


def run(folder, *arguments):
    """Run Python in an unpacked folder, with its own package first."""
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": "", "HOME": str(folder)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.long
def test_run_this_yourself_runs_from_an_empty_folder(downloads, tmp_path):
    zipfile.ZipFile(downloads / RUN_ZIP).extractall(tmp_path)
    for needed in ("README.md", "requirements.txt", "pyproject.toml", "LICENSE"):
        assert (tmp_path / needed).is_file()
    where = run(tmp_path, "-c", "import budgetbook; print(budgetbook.__file__)")
    assert where.stdout.startswith(str(tmp_path)), where.stderr
    chapters = ["notebooks/02-reconciliation.ipynb", "notebooks/03-variance.ipynb"]
    nbval = run(tmp_path, "-m", "pytest", "--nbval", *chapters, "-q", "-p", "no:cacheprovider")
    assert nbval.returncode == 0, nbval.stdout[-2000:]


@pytest.mark.long
def test_a_class_is_made_and_prepared_there(downloads, tmp_path):
    zipfile.ZipFile(downloads / RUN_ZIP).extractall(tmp_path)
    made = run(tmp_path, "-m", "budgetbook", "class", "new", "--students", "1", "--out", "class")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "class" / "student-01" / "answers.xlsx").is_file()
    written = run(tmp_path, "-m", "budgetbook", "class", "material", "--out", "material")
    assert written.returncode == 0, written.stderr
    assert (tmp_path / "material" / "deck.html").is_file()


def test_a_changed_figure_breaks_checks_there(downloads, tmp_path):
    zipfile.ZipFile(downloads / RUN_ZIP).extractall(tmp_path)
    before = run(tmp_path, "-m", "budgetbook", "check")
    assert before.returncode == 1
    table = tmp_path / "data" / "published" / "table-03.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("313548.32", "313548.33"), "utf-8")
    after = run(tmp_path, "-m", "budgetbook", "check")
    assert after.stdout.count("fails:") > before.stdout.count("fails:")
    assert "2080505" in after.stdout


def test_a_zip_can_be_read_from_memory(downloads):
    assert zipfile.ZipFile(io.BytesIO((downloads / PACKAGE_ZIP).read_bytes())).testzip() is None
