"""The command `budgetbook import`, run as a user runs it."""

import subprocess
import sys
from pathlib import Path

import pytest
from small_disclosure import TEXT

from budgetbook import cli

#: The small disclosure without the one figure of it that no word names.
ALL_READ = TEXT.replace("指1年里的", "指")
HEAVY = ("pandas", "numpy", "matplotlib", "seaborn", "openpyxl")


def run(*arguments):
    """Run the command line in a new process."""
    command = [sys.executable, "-m", "budgetbook", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def files_of(folder):
    """The content of every file in a folder, by its path."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def text(tmp_path):
    """The small disclosure in a file."""
    path = tmp_path / "small.txt"
    path.write_text(ALL_READ, encoding="utf-8")
    return path


def test_the_import_is_quiet_when_all_is_read(text, package_copy):
    done = run("import", text, "--out", package_copy)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "青川市云岭区水务局" in (package_copy / "datapackage.json").read_text(encoding="utf-8")


def test_the_import_reports_what_it_does_not_understand(text, package_copy):
    text.write_text(
        ALL_READ.replace("本局内设3个科室，", "本局内设3个科室、派出机构2个，"), encoding="utf-8"
    )
    done = run("import", text, "--out", package_copy)
    line = ALL_READ[: ALL_READ.index("本局内设")].count("\n") + 1
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("1 figure of the text is unread")
    assert second == f"  line {line} (单位概况): 2个 in 派出机构2个"


def assert_refused(done, message):
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("budgetbook: ")
    assert done.stderr.count("\n") == 1
    assert message in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "small.txt:1: found nothing; expected the text of", id="empty"),
        pytest.param(b"2031", "small.txt:1: found no title of a table", id="no table"),
        pytest.param(b"\xff", "small.txt:1: found bytes that are not UTF-8;", id="not UTF-8"),
        pytest.param(TEXT.encode("utf-16"), "UTF-8 (they look like UTF-16);", id="UTF-16"),
        pytest.param(TEXT.encode("gb18030"), "UTF-8 (they look like GB18030);", id="GB18030"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "(a PDF: take the text out of it first)", id="PDF"),
        pytest.param(b"PK\3\4\xff", "(a zip, as docx and xlsx are: take", id="docx"),
        pytest.param(
            TEXT.replace("\t总计\t基本支出", "\t总额\t基本支出", 1).encode(),
            "expected the headings 科目编码, 科目名称, 总计",
            id="unknown heading",
        ),
        pytest.param(
            TEXT.replace("单位：元", "单位：千元", 1).encode(), "found the unit 千元", id="unit"
        ),
    ],
)
def test_a_text_that_cannot_be_read_ends_with_one_line(text, package_copy, content, message):
    text.write_bytes(content)
    before = files_of(package_copy)
    assert_refused(run("import", text, "--out", package_copy), message)
    assert files_of(package_copy) == before


def test_a_text_that_is_not_there(tmp_path, package_copy):
    done = run("import", tmp_path / "none.txt", "--out", package_copy)
    assert_refused(done, "none.txt: cannot be read")


def test_a_folder_in_the_place_of_the_text(tmp_path, package_copy):
    assert_refused(run("import", tmp_path, "--out", package_copy), "cannot be read")


def test_a_folder_without_the_files_kept_by_hand(text, tmp_path):
    done = run("import", text, "--out", tmp_path / "new")
    assert_refused(done, "copy the folder data/reference of this project there")
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder(text):
    told = "small.txt: no folder; give the folder of a data package"
    assert_refused(run("import", text, "--out", text), told)
    assert_refused(run("check", text), told)


def test_what_is_no_file_in_a_package_is_named(text, package_copy):
    rates = package_copy / "reference" / "rates.csv"
    rates.unlink()
    rates.mkdir()
    assert_refused(run("check", package_copy), "rates.csv: cannot be read (Is a directory); make")
    rates.rmdir()
    rates.symlink_to("rates.csv")
    assert_refused(run("check", package_copy), "rates.csv: ")


def test_a_folder_that_cannot_be_written(monkeypatch, capsys):
    def full(text, folder):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli, "import_text", full)
    assert cli.main(["import", "some.txt"]) == 2
    assert capsys.readouterr().err == (
        "budgetbook: No space left on device; make room or allow access there; "
        "what was there is untouched\n"
    )


def test_loading_and_importing_need_no_heavy_library(text, package_copy, data):
    """The core runs on the standard library alone."""
    program = f"""
import sys, pathlib, budgetbook
from budgetbook.cli import main
budgetbook.load({str(data)!r}).indicators
assert main(["import", {str(text)!r}, "--out", {str(package_copy)!r}]) == 0
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def piped(content, path, target):
    """Import what comes through a pipe, which can be read once only."""
    command = [sys.executable, "-m", "budgetbook", "import", path, "--out", target]
    return subprocess.run(command, input=content, capture_output=True, check=False)


@pytest.mark.parametrize("path", ["-", "/dev/stdin"])
def test_a_text_comes_through_a_pipe(package_copy, text, path):
    if path != "-" and not Path(path).exists():
        pytest.skip(f"this system has no {path}")
    done = piped(ALL_READ.encode(), path, package_copy)
    assert (done.returncode, done.stderr) == (0, b"")
    found = files_of(package_copy)
    assert run("import", text, "--out", package_copy).returncode == 0
    assert files_of(package_copy) == found


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "standard input:1: found nothing; expected the text of a disclosure"),
        (b" \n", "standard input:1: found nothing; expected the text of a disclosure"),
        (b"\xff\xfe", "standard input:1: found bytes that are not UTF-8"),
        ("某局\n".encode(), "standard input:1: found no title of a table"),
    ],
)
def test_a_pipe_without_a_disclosure_is_refused(package_copy, content, message):
    before = files_of(package_copy)
    done = piped(content, "-", package_copy)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.decode().startswith(f"budgetbook: {message}")
    assert files_of(package_copy) == before


def test_a_text_of_no_known_form_says_which_forms_are_known(text, package_copy):
    text.write_text("某局\n\n2031年收支总表（公开）\n\n项目\t预算数\n", encoding="utf-8")
    message = (
        "titles that no form knows (2031年收支总表（公开）); expected titles of one of the forms "
    )
    assert_refused(run("import", text, "--out", package_copy), f"small.txt:3: found {message}")
