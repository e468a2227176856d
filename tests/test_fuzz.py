"""Damaged input of any kind: a clear error or a correct answer, no traceback, no silent pass."""

import contextlib
import io
import json
import shutil
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import with_rows

from budgetbook.checks import run
from budgetbook.cli import main
from budgetbook.model.loading import load
from budgetbook.synthetic import department, printed
from budgetbook.words.reporting import as_json

pytestmark = pytest.mark.long


def examples(number):
    """So many examples, the same ones every time."""
    return settings(
        derandomize=True,
        deadline=None,
        max_examples=number,
        suppress_health_check=list(HealthCheck),
    )


FILES = [f"published/table-{n:02d}.csv" for n in (1, 3, 5, 7, 10, 14, 15, 17)]
FILES += ["published/claims.csv", "published/tables.csv", "reference/rates.csv"]
FILES += ["reference/crosswalk.csv", "editorial/findings.csv", "editorial/goal-parts.csv"]
FILES += ["editorial/same-targets.csv", "datapackage.json"]


@pytest.fixture(scope="module")
def folder(data, tmp_path_factory):
    """A copy of the data package; each example mends what it broke."""
    return shutil.copytree(data, tmp_path_factory.mktemp("fuzz") / "data")


def called(*arguments):
    """Exit status, printed text and error of the command line."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(argument) for argument in arguments])
    return status, out.getvalue(), err.getvalue()


def answered(folder):
    """Judge the package: an error of one line, or the verdicts on what was loaded."""
    status, out, err = called("check", folder, "--format", "json")
    if status == 2:
        assert err.startswith("budgetbook: ")
        assert err.count("\n") == 1
        assert not out
        return None
    assert status in (0, 1)
    assert out == as_json(run(load(folder)))
    assert (status == 1) == any(entry["verdict"] == "fails" for entry in json.loads(out))
    return out


@contextlib.contextmanager
def broken(path, content):
    """The file with other content, mended afterwards."""
    good = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(good)


@examples(120)
@given(data=st.data())
def test_bytes_changed_anywhere(folder, data):
    path = folder / data.draw(st.sampled_from(FILES))
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    gone = data.draw(st.integers(0, 12))
    new = data.draw(st.binary(max_size=4) | st.sampled_from([b",", b'"', b"\n", b"9", b"-", b"|"]))
    with broken(path, good[:at] + new + good[at + gone :]):
        answered(folder)


@examples(100)
@given(data=st.data())
def test_cells_rows_and_columns_changed(folder, data):
    path = folder / data.draw(st.sampled_from(FILES[:-1]))
    lines = path.read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[at].split(",")
    place = data.draw(st.integers(0, len(cells) - 1))
    words = [
        "",
        "0",
        "-1",
        "1e3",
        "NaN",
        "٣",
        "9999999999999999",
        "合计",
        "215",
        "是",
        "x|y",
        "2025",
    ]
    match data.draw(st.sampled_from(["cell", "row", "twice", "swap", "column"])):
        case "cell":
            cells[place] = data.draw(st.sampled_from(words) | st.text(max_size=5))
            lines[at] = ",".join(cells)
        case "row":
            del lines[at]
        case "twice":
            lines.insert(at, lines[at])
        case "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        case "column":
            lines = [",".join(line.split(",")[:-1]) for line in lines]
    with broken(path, ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")):
        answered(folder)


@examples(60)
@given(data=st.data())
def test_a_changed_amount_is_never_passed_over(disclosure, results, data):
    """Another amount in a table, however large or small, is seen on a side of some check."""
    before = as_json(results)
    table = data.draw(
        st.sampled_from([n for n in disclosure.tables if n not in ("key-project-targets",)])
    )
    rows = disclosure.tables[table]
    places = [
        (row, column)
        for row in rows
        for column, value in row.items()
        if isinstance(value, Decimal) and column not in ("growth", "weight")
    ]
    if not places:
        return
    row, column = data.draw(st.sampled_from(places))
    value = data.draw(st.integers(-(10**12), 10**12).map(lambda n: Decimal(n).scaleb(-2)))
    if value == row[column]:
        return
    wrong = ({**r, column: value} if r is row else r for r in rows)
    assert as_json(run(with_rows(disclosure, table, wrong))) != before


@pytest.fixture(scope="module")
def bare(folder, tmp_path_factory):
    """A package without what speaks of one document alone, and the verdicts on it."""
    target = shutil.copytree(folder, tmp_path_factory.mktemp("bare") / "data")
    for file in (target / "editorial").glob("*.csv"):
        file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return target, answered(target)


@examples(60)
@given(data=st.data())
def test_texts_damaged_anywhere(bare, tmp_path_factory, data):
    """An import ends in a package that can be judged, or in one clear line; never in between."""
    text = printed(department(data.draw(st.integers(0, 5))))
    at = data.draw(st.integers(0, len(text) - 1))
    gone = data.draw(st.integers(0, 60))
    new = data.draw(st.text(max_size=6) | st.sampled_from(["\t", "\n", "元", "合计", "99.9", "（"]))
    path = tmp_path_factory.mktemp("text") / "text.txt"
    path.write_bytes((text[:at] + new + text[at + gone :]).encode("utf-8", "surrogatepass"))
    untouched, before = bare
    target = shutil.copytree(untouched, path.parent / "data")
    status, out, err = called("import", path, "--out", target)
    assert status in (0, 2)
    assert not out
    if status == 2:
        assert err.count("\n") == 1
        assert answered(target) == before
    else:
        answered(target)
