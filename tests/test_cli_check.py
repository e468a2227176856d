"""`budgetbook check`: its formats, its exit status, what a spreadsheet does, what is unusable."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from budgetbook.checks import Verdict
from budgetbook.cli import main
from budgetbook.errors import InputError
from budgetbook.words.reporting import COLUMNS, as_table, exact


def check(capsys, *arguments):
    """Exit status and printed text of `budgetbook check`."""
    status = main(["check", *map(str, arguments)])
    return status, capsys.readouterr().out


def test_json_is_a_list_of_objects_with_exact_amounts(capsys, data, results):
    status, text = check(capsys, data, "--format", "json")
    found = json.loads(text)
    assert status == 1
    assert [tuple(entry) for entry in found] == [COLUMNS] * len(found)
    for entry, result in zip(found, results, strict=True):
        assert (entry["id"], entry["verdict"]) == (result.check.id, str(result.verdict))
        assert entry["cells"] == result.cells
        for name in ("left", "right", "difference"):
            value = getattr(result, name)
            if isinstance(value, Fraction):
                assert Fraction(entry[name]) == value
            else:
                assert entry[name] == value


def test_csv_says_the_same(capsys, data):
    _, text = check(capsys, data, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    _, same = check(capsys, data, "--format", "json")
    for row, entry in zip(rows, json.loads(same), strict=True):
        for name in ("cells", "offenders"):
            assert row[name].split("|") == (entry[name] or [""])
        assert {n: row[n] for n in COLUMNS[:-2]} == {n: entry[n] or "" for n in COLUMNS[:-2]}


def test_the_table_has_a_line_a_family_and_the_failures_with_their_places(capsys, data):
    status, text = check(capsys, data)
    assert status == 1
    assert "\x1b" not in text
    families = {
        result["family"] for result in json.loads(check(capsys, data, "--format", "json")[1])
    }
    for family in families:
        assert re.search(rf"^{family}( +\d+){{{len(Verdict)}}}$", text, re.M), family
    sides = "    9,912.00, not equal to 14,868.00\n"
    claim = "claims/other-matters/procurement/amount/this"
    assert f"{sides}    at {claim}\n    at procurement/" in text


def failing(text):
    """The lines of a check's report that show two sides: (left, relation, right)."""
    return re.findall(r"(?m)^    (\S+), (not [a-z ]+) (\S+)$", text)


def test_two_sides_that_look_alike_have_the_relation_between_them(capsys, data):
    _, text = check(capsys, data)
    shown = failing(text)
    assert ("1", "not below", "1") in shown
    assert len(shown) == text.count("fails: ")
    for left, relation, right in shown:
        assert left != right or relation == "not below", (left, relation, right)
    _, printed = check(capsys, data, "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(printed))}
    late = [row for name, row in rows.items() if name.startswith("targets.can-fail.")]
    assert late
    assert {row["relation"] for row in late} == {"<"}
    assert rows["text.claims/other-matters/procurement/amount/this"]["relation"] == "="


def test_a_third_decimal_is_seen_where_it_makes_the_difference(capsys, package_copy):
    path = package_copy / "published" / "table-05.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",5648141.13,", ",5648141.134,", 1), encoding="utf-8")
    _, printed = check(capsys, package_copy)
    shown = failing(printed)
    assert ("5,648,141.134", "not equal to", "5,648,141.13") in shown
    assert not [sides for sides in shown if sides[0] == sides[2] and sides[1] != "not below"]


def test_one_family(capsys, data):
    status, text = check(capsys, data, "--only", "row totals", "--format", "json")
    assert status == 0
    assert {entry["family"] for entry in json.loads(text)} == {"row totals"}
    assert main(["check", str(data), "--only", "nonsense"]) == 2
    error = capsys.readouterr().err
    assert "no such family" in error
    assert "row totals" in error


def test_the_status_is_that_of_the_figures(capsys, package_copy):
    path = package_copy / "published" / "table-07.csv"
    path.write_text(path.read_text("utf-8").replace("1164", "1165").replace("2000.00", "2000.01"))
    status, _ = check(capsys, package_copy, "--only", "hierarchy")
    assert status == 1


def spreadsheet(text):
    """What a spreadsheet makes of a CSV file: every change at once that means nothing."""
    rows = list(csv.reader(io.StringIO(text)))
    head, body = rows[0], rows[1:]
    body = [
        [re.sub(r"^(-?\d+\.\d*?)0+$", r"\1", cell).removesuffix(".") for cell in row]
        for row in body
    ]
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([head, *body[::-1]])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def test_what_a_spreadsheet_does_on_saving_changes_nothing(capsys, data, package_copy):
    expected = check(capsys, data, "--format", "json")
    for path in sorted((package_copy / "published").glob("*.csv")):
        path.write_bytes(spreadsheet(path.read_text(encoding="utf-8")))
    assert check(capsys, package_copy, "--format", "json") == expected


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ("1750000.00", '"1,750,000.00"'),
        ("1750000.00", "１750000.00"),
        ("1750000.00", "NaN"),
        ("1750000.00", "inf"),
        ("1750000.00", "1.75e6"),
        ("1750000.00", "+1750000.00"),
        ("1750000.00", "1750000.00 "),
        ("1750000.00", "9" * 400),
        ("1750000.00", "1750000.00,"),
        ("1750000.00", '"1750000.00'),
        ("1750000.00", "1 750 000.00"),
        ("1750000.00", "1750000,00"),
    ],
)
def test_an_amount_that_is_none_is_named_with_its_place(capsys, package_copy, printed, wrong):
    path = package_copy / "published" / "table-05.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(printed, wrong, 1), encoding="utf-8", newline="")
    assert main(["check", str(package_copy)]) == 2
    error = capsys.readouterr().err
    assert re.match(r"budgetbook: published/table-05\.csv: row \d+", error), error
    assert error.count("\n") == 1


def test_files_that_are_not_what_was_written(capsys, package_copy):
    path = package_copy / "published" / "table-07.csv"
    good = path.read_bytes()
    text = good.decode()
    rows = text.splitlines(keepends=True)
    for name, content in {
        "cut": good[:-9],
        "utf-16": text.encode("utf-16"),
        "a row twice": (text + rows[-1]).encode(),
        "no such column": text.replace("basic", "basis", 1).encode(),
        "a column too many": "".join(r.rstrip("\n") + ",x\n" for r in rows).encode(),
        "empty": b"",
    }.items():
        path.write_bytes(content)
        assert main(["check", str(package_copy)]) == 2, name
        error = capsys.readouterr().err
        assert "published/table-07.csv" in error, name
        assert error.count("\n") == 1, name
    path.unlink()
    assert main(["check", str(package_copy)]) == 2
    path.mkdir()
    assert main(["check", str(package_copy)]) == 2
    capsys.readouterr()


@pytest.mark.parametrize("path", ["../x.csv", "/etc/passwd", "C:\\x.csv", "..\\x.csv"])
def test_paths_that_leave_the_folder(capsys, package_copy, path):
    descriptor = package_copy / "datapackage.json"
    about = json.loads(descriptor.read_text(encoding="utf-8"))
    about["resources"][0]["path"] = path
    descriptor.write_text(json.dumps(about), encoding="utf-8")
    assert main(["check", str(package_copy)]) == 2
    assert "datapackage.json" in capsys.readouterr().err


def test_a_link_that_leaves_the_folder(capsys, package_copy, tmp_path):
    path = package_copy / "published" / "table-07.csv"
    outside = shutil.move(path, tmp_path / "elsewhere.csv")
    try:
        path.symlink_to(outside)
    except OSError:
        pytest.skip("this machine makes no symbolic links")
    assert main(["check", str(package_copy)]) == 2
    assert "leaves the folder" in capsys.readouterr().err


@pytest.mark.long
def test_losing_any_row_is_noticed(capsys, data, package_copy):
    """A row that is cut off at its end is no error of form; a verdict turns instead."""
    expected = check(capsys, data, "--format", "json")
    for path in sorted((package_copy / "published").glob("table-*.csv")):
        good = path.read_text(encoding="utf-8")
        path.write_text("".join(good.splitlines(keepends=True)[:-1]), encoding="utf-8")
        status = main(["check", str(package_copy), "--format", "json"])
        out = capsys.readouterr().out
        assert status == 2 or (status, out) != expected, path.name
        path.write_text(good, encoding="utf-8")


def test_a_pipe_that_closes_early_is_no_accident(data):
    command = f'"{sys.executable}" -m budgetbook check "{data}" --format json | head -1'
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell that closes an output is needed")
def test_a_closed_output_is_no_accident(data):
    command = f'"{sys.executable}" -m budgetbook check "{data}" >&-'
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_command_line_does_not_load_pandas():
    code = "import sys, budgetbook.cli; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_an_input_error_is_one_line():
    assert "\n" not in str(InputError("x"))


def test_a_value_is_exact_whatever_was_divided_before():
    assert Decimal(1) / Decimal(3) < 1  # which leaves a mark in the context of decimals
    assert exact(Fraction("0.10")) == "0.1"
    assert exact(Fraction(1, 3)) == "1/3"


def test_places_that_are_not_shown_are_counted(results):
    """Where several places belong to a failing check, the first few stand there."""
    many = next(
        r for r in results if r.verdict is Verdict.FAILS and len(r.offenders or r.cells) > 4
    )
    rest = len(many.offenders or many.cells) - 4
    assert as_table([many]).count("\n    at ") == 4
    assert f"\n    and {rest} more\n" in as_table([many]) + "\n"
