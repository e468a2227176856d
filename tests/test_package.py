"""The data package on disk: what loads, what is refused, and how it is written."""

import csv
import errno
import io
import json
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_disclosure import TEXT

import budgetbook
from budgetbook import Disclosure, InputError
from budgetbook.package import store
from budgetbook.package.beside import rows_beside
from budgetbook.package.schema import choices
from budgetbook.package.zipping import zipped
from budgetbook.reading.importing import import_text

TABLE = "published/table-03.csv"
TARGETS = "published/table-17.csv"


def edit(path, old, new):
    """Replace text in a file; the text has to be in it, the first time counts."""
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8", newline="")


def resources(folder):
    """The resources that datapackage.json lists."""
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]


def contents(disclosure):
    """All rows of a disclosure, by resource."""
    listed = {"tables": disclosure.listing, "claims": disclosure.claims}
    return dict(disclosure.tables) | dict(disclosure.reference) | listed


def files_of(folder):
    """The content of every file in a folder, by its path."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What is refused: the error names file, row and column

CELLS = [
    # In row 13 of table 3 (account 2150502) the budget is printed as 1,750,000.00.
    pytest.param('"1,2"', "found '1,2'; expected digits", id="a separator"),
    pytest.param("1e5", "found '1e5'; expected digits", id="an exponent"),
    pytest.param("NaN", "found 'NaN'; expected digits", id="NaN"),
    pytest.param("Infinity", "found 'Infinity'; expected digits", id="Infinity"),
    pytest.param("１７５０", "found '１７５０'; expected digits", id="full-width digits"),
    pytest.param("1" * 20, f"found '{'1' * 20}'; expected digits", id="a huge number"),
    pytest.param("1.", "found '1.'; expected digits", id="no digit after the point"),
    pytest.param("+1", "found '+1'; expected digits", id="a plus sign"),
    pytest.param(" 1", "found ' 1'; expected digits", id="a blank before"),
    pytest.param("1_000", "found '1_000'; expected digits", id="an underscore"),
    pytest.param("元", "found '元'; expected digits", id="a word"),
]


@pytest.mark.parametrize(("cell", "message"), CELLS)
def test_a_cell_that_is_no_amount_is_refused(package_copy, cell, message):
    edit(package_copy / TABLE, "一般行政管理事务,1750000.00", f"一般行政管理事务,{cell}")
    with pytest.raises(InputError) as error:
        budgetbook.load(package_copy)
    assert str(error.value).startswith(f"{TABLE}: row 13, column total: {message}")


ROW_1 = "159,,合计,5648141.13,3548141.13,2100000.00\n"
ROW_2 = "160,208,社会保障和就业支出,472392.48,472392.48,\n"
WEIGHT = "完成时效,5,年,≤,1,否"
CLAIM = "23,1,about,,,count,internal-divisions,,,2025,,2,个,0,,\n"
READ = "put back or take out what differs, or correct the number there"

FILES = [
    pytest.param(TABLE, ",basic,", ",base,", "header, column basic: ", id="a missing column"),
    pytest.param(
        TABLE, ",project\n", ",project,more\n", "header, column more: ", id="an extra one"
    ),
    pytest.param(TABLE, ",basic,", ",basic,basic,", "header, column basic: ", id="a column twice"),
    pytest.param(TABLE, ROW_2, ROW_2 * 2, "row 3, column line: ", id="a key twice"),
    pytest.param(TABLE, "160,208", ",208", "row 2, column line: found a blank", id="no line"),
    pytest.param(TABLE, "160,208", "160.5,208", "row 2, column line: ", id="half a line"),
    pytest.param(TABLE, "160,208", "160,2O8", "row 2, column code: ", id="a letter in a code"),
    pytest.param(
        TABLE, ROW_2, ROW_2[:-1] + ",9\n", "row 2, column project: found 7 cells", id="no name"
    ),
    pytest.param(
        TABLE,
        "line,code,name,total,basic,project\n",
        "line;code;name;total;basic;project\n",
        "header, column line: found cells separated by semicolons; expected commas",
        id="semicolons",
    ),
    pytest.param(
        TABLE,
        "line,code,name,total,basic,project\n",
        "line\tcode\tname\ttotal\tbasic\tproject\n",
        "header, column line: found cells separated by tabs; expected commas",
        id="tabs",
    ),
    pytest.param(
        TABLE, ROW_1, ROW_1[:-1] + ",\n", "row 1, column project: found 7", id="a cell more"
    ),
    pytest.param(TABLE, ROW_1, "\n" + ROW_1, "row 1: a blank row; remove it", id="a blank row"),
    pytest.param(TABLE, ROW_1, ",,\n" + ROW_1, "row 1: a blank row; remove it", id="blank cells"),
    pytest.param(TABLE, "line,", "\nline,", "found a blank row or none", id="a row above"),
    pytest.param(TABLE, "160,208", '160,"208', "row ", id="a quote that never closes"),
    pytest.param(TABLE, "160,208", '160,"2"08', "row 2: ", id="a quote inside a cell"),
    pytest.param(
        "published/tables.csv",
        ",13,printed",
        ",13,",
        "row 1, column state: found a blank",
        id="a blank",
    ),
    pytest.param(
        "published/tables.csv",
        ",13,printed",
        ",13,lost",
        "row 1, column state: found 'lost'",
        id="enum",
    ),
    pytest.param(
        TARGETS, WEIGHT, WEIGHT.replace("≤", "≈"), "column relation: found '≈'", id="relation"
    ),
    pytest.param(TARGETS, WEIGHT, WEIGHT.replace("≤", ""), "column relation", id="no relation"),
    pytest.param(TARGETS, WEIGHT, WEIGHT.replace(",5,", ",,"), "column weight", id="no weight"),
    pytest.param(
        TARGETS, "423,1,当年预算", "423,1,当年", "当年预算; restore the row", id="no budget"
    ),
    pytest.param(
        TABLE,
        ROW_2,
        "",
        "rows of spending-summary 1: found 17; expected 18, as published/tables.csv says "
        f"were read: {READ}",
        id="a row gone",
    ),
    pytest.param(
        TABLE,
        ROW_2,
        ROW_2 + ROW_2.replace("160", "999"),
        "rows of spending-summary 1: found 19; expected 18, as published/tables.csv says",
        id="a row more",
    ),
    pytest.param(
        TARGETS,
        "423,1,",
        "423,2,",
        "rows of project-targets 1: found 16; expected 17, as published/tables.csv says",
        id="a row in another form",
    ),
    pytest.param(
        "published/claims.csv",
        CLAIM,
        "",
        f"claims of about: found 1; expected 2, as published/sections.csv says were read: {READ}",
        id="a figure of the text gone",
    ),
    pytest.param(
        "published/claims.csv",
        CLAIM,
        CLAIM + CLAIM.replace(",1,", ",99,", 1),
        "claims of about: found 3; expected 2, as published/sections.csv says",
        id="a figure of the text more",
    ),
    pytest.param(
        "published/claims.csv",
        ",internal-divisions,",
        ",divisions,",
        "row 1, column subject: ",
        id="a subject that the vocabulary does not have",
    ),
    pytest.param(
        "reference/crosswalk.csv",
        "50101,30101,",
        "50101,30199,",
        "row 1, column department_code: ",
        id="an account of the crosswalk",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), FILES)
def test_a_file_that_does_not_fit_is_refused(package_copy, file, old, new, message):
    edit(package_copy / file, old, new)
    with pytest.raises(InputError) as error:
        budgetbook.load(package_copy)
    assert str(error.value).startswith(f"{file}: ")
    assert message in str(error.value)


def test_rows_that_a_reader_changes_are_read_again_as_they_are(package_copy):
    _, first = store.read(package_copy)
    for row in first["rates"]:
        row["percent"] = None
    first["rates"].clear()
    _, again = store.read(package_copy)
    assert again["rates"]
    assert all(row["percent"] for row in again["rates"])


def test_a_missing_file_is_refused(package_copy):
    (package_copy / "published" / "claims.csv").unlink()
    with pytest.raises(InputError, match=r"published/claims\.csv: not found .*; import again"):
        budgetbook.load(package_copy)


@pytest.mark.parametrize("name", ["project-targets", "three-public", "fund-spending"])
def test_a_table_that_is_listed_as_printed_and_is_no_resource_is_named(package_copy, name):
    path = package_copy / "datapackage.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    about["resources"] = [r for r in about["resources"] if r["name"] != name]
    path.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(InputError, match=rf"datapackage\.json: no resource {name}, .*import again"):
        budgetbook.load(package_copy)


@pytest.mark.parametrize("gone", [1, 5])
def test_a_file_whose_last_row_may_be_cut_off_is_refused(package_copy, gone):
    path = package_copy / TABLE
    path.write_bytes(path.read_bytes()[:-gone])
    with pytest.raises(InputError, match=rf"{TABLE}: row 18: no line end .* or an editor left it"):
        budgetbook.load(package_copy)


def test_an_empty_file_is_refused(package_copy):
    (package_copy / TABLE).write_bytes(b"")
    with pytest.raises(InputError, match=rf"{TABLE}: header, column line: "):
        budgetbook.load(package_copy)


def test_a_file_saved_by_a_chinese_spreadsheet_is_read(package_copy, disclosure):
    path = package_copy / TABLE
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert budgetbook.load(package_copy).tables == disclosure.tables


def test_a_file_saved_in_another_encoding_is_refused(package_copy):
    path = package_copy / TABLE
    path.write_bytes(path.read_text(encoding="utf-8").encode().replace("合".encode(), b"\xff\xfe"))
    with pytest.raises(InputError, match=rf"{TABLE}: row 1: not UTF-8; save the file as CSV UTF-8"):
        budgetbook.load(package_copy)


def with_path(path):
    """A change of the descriptor: the first resource lies elsewhere."""
    return lambda text: text.replace('"path": "published/table-01.csv"', f'"path": "{path}"')


DESCRIPTORS = [
    pytest.param(with_path("../table-01.csv"), "leaves the folder", id="a path up"),
    pytest.param(with_path("/etc/hosts"), "leaves the folder", id="an absolute path"),
    pytest.param(
        with_path("published/none.csv"), "budget-summary is not as written", id="another path"
    ),
    pytest.param(lambda text: text[:-9], "not a package descriptor", id="cut off"),
    pytest.param(lambda text: "", "not a package descriptor", id="empty"),
    pytest.param(lambda text: "[]", "not a package descriptor", id="a list"),
    pytest.param(lambda text: "[" * 100_000, "not a package descriptor", id="deep"),
    pytest.param(lambda text: text.replace('"year": 2025,', ""), "not a package", id="no year"),
    pytest.param(
        lambda text: text.replace('"name": "claims"', '"name": "claim"'), "claims", id="no claims"
    ),
    pytest.param(
        lambda text: text.replace('"type": "number"', '"type": "string"', 1),
        "as written",
        id="type",
    ),
]


@pytest.mark.parametrize(("change", "message"), DESCRIPTORS)
def test_a_broken_descriptor_is_refused(package_copy, change, message):
    path = package_copy / "datapackage.json"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(InputError, match=message) as error:
        budgetbook.load(package_copy)
    assert str(error.value).startswith(str(path))


def test_a_folder_without_a_package_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"datapackage\.json: not found; give the folder"):
        budgetbook.load(tmp_path)


# A package of an earlier edition


def earlier(folder):
    """Turn a package into one as the earlier edition wrote it, of one small table."""
    for kind in ("published", "reference", "editorial"):
        shutil.rmtree(folder / kind)
    kept = {"path": "editorial/crosswalk.csv", "name": "crosswalk", "kind": "editorial"}
    table = {"path": "published/table-05.csv", "name": "table-05", "kind": "published"}
    schema = {"fields": [{"name": "line", "type": "integer"}], "primaryKey": ["line"]}
    about = {
        "document": {"office": "某局", "title": "", "year": 2025, "sha256": "", "lines": 9},
        "resources": [resource | {"schema": schema} for resource in (table, kept)],
    }
    (folder / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    for resource in (table, kept):
        (folder / resource["path"]).parent.mkdir()
        (folder / resource["path"]).write_text("line\n3\n", encoding="utf-8")


def test_a_package_of_an_earlier_edition_is_refused_with_the_way_out(package_copy):
    earlier(package_copy)
    with pytest.raises(InputError) as error:
        budgetbook.load(package_copy)
    assert str(error.value).startswith(f"{package_copy}: a data package of an earlier edition")
    assert "data/reference and data/editorial of this project" in str(error.value)
    assert str(error.value).endswith(f"budgetbook import TEXT --out {package_copy}")


def test_the_way_out_of_an_earlier_edition_works(package_copy, data, tmp_path):
    earlier(package_copy)
    text = tmp_path / "small.txt"
    text.write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match="copy the folder data/reference of this project there"):
        import_text(text, package_copy)
    for kind in ("reference", "editorial"):
        shutil.copytree(data / kind, package_copy / kind, dirs_exist_ok=True)
    import_text(text, package_copy)
    assert budgetbook.load(package_copy).year == 2031
    assert not (package_copy / "published" / "table-09.csv").exists()


# What loads


def as_a_spreadsheet_saves(text, numbers, reverse):
    """A CSV file as spreadsheets save it: BOM, CRLF, every cell quoted, superfluous zeros cut."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    for row in rows:
        for at, name in enumerate(header):
            if name in numbers and "." in row[at]:
                row[at] = row[at].rstrip("0").rstrip(".")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([header, *(reversed(rows) if reverse else rows)])
    return stream.getvalue().encode("utf-8-sig")


def test_what_a_spreadsheet_saves_loads_to_the_same_rows(package_copy, disclosure):
    """Published rows may come back in any order; editorial ones keep the order given by hand."""
    for resource in resources(package_copy):
        path = package_copy / resource["path"]
        numbers = [f["name"] for f in resource["schema"]["fields"] if f["type"] == "number"]
        reverse = resource["kind"] == "published"
        text = path.read_text(encoding="utf-8")
        path.write_bytes(as_a_spreadsheet_saves(text, numbers, reverse))
    assert b'"50626.8"' in (package_copy / TABLE).read_bytes()
    assert b'"1750000"' in (package_copy / TABLE).read_bytes()
    assert contents(budgetbook.load(package_copy)) == contents(disclosure)


@pytest.mark.parametrize("blank", ["", "\r\n", "\n\n\n", ",,,\n", ",,,,,\n\n"])
def test_rows_that_a_spreadsheet_cut_short_load_to_the_same_rows(package_copy, disclosure, blank):
    """Blank cells at the end of a row are left out, as after row 16; blank rows follow the last."""
    for resource in resources(package_copy):
        path = package_copy / resource["path"]
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[16:] = [line.rstrip(",") for line in lines[16:]]
        path.write_bytes(("\n".join(lines) + "\n" + blank).encode())
    assert contents(budgetbook.load(package_copy)) == contents(disclosure)


def test_a_column_without_a_name_is_passed_over_where_it_is_blank(package_copy, disclosure):
    for resource in resources(package_copy):
        stream = io.StringIO((package_copy / resource["path"]).read_text("utf-8"), newline="")
        with (package_copy / resource["path"]).open("w", encoding="utf-8", newline="") as saved:
            csv.writer(saved, lineterminator="\n").writerows(
                [*row, "", ""] for row in csv.reader(stream)
            )
    assert contents(budgetbook.load(package_copy)) == contents(disclosure)


def test_a_short_row_without_a_figure_that_it_needs_is_refused(package_copy):
    path = package_copy / "published" / "repairs.csv"
    path.write_text(path.read_text(encoding="utf-8") + "600,stray-word\n", encoding="utf-8")
    with pytest.raises(InputError, match="column detail: found a blank; expected a value"):
        budgetbook.load(package_copy)


def test_numbers_are_exact_decimals_and_never_floats(disclosure, data):
    rows = contents(disclosure)
    assert not any(
        isinstance(value, float)
        for table in rows.values()
        for row in table
        for value in row.values()
    )
    for resource in resources(data):
        for field in resource["schema"]["fields"]:
            if field["type"] == "number":
                found = {type(row[field["name"]]) for row in rows[resource["name"]]}
                assert found <= {Decimal, type(None), str if field["name"] == "growth" else Decimal}
    assert disclosure.amount("spending-summary", "2101102", "total") == Decimal("50626.80")


@pytest.mark.long
def test_frictionless_finds_the_package_valid(data):
    report = frictionless.validate(str(data / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(TABLE, "472392.48", "many", id="no amount"),
        pytest.param(TABLE, "160,208", "160,2O8", id="no such code"),
        pytest.param("published/claims.csv", "\n23,2,", "\n23,1,", id="a key twice"),
    ],
)
def test_frictionless_finds_a_corrupted_package_invalid(package_copy, file, old, new):
    edit(package_copy / file, old, new)
    assert not frictionless.validate(str(package_copy / "datapackage.json")).valid


# Properties


@pytest.fixture(scope="module")
def spare(data, tmp_path_factory):
    """A copy of the package; who changes a file puts it right again."""
    return shutil.copytree(data, tmp_path_factory.mktemp("spare") / "data")


def load_with(folder, file, content):
    """Load the package with another content of one file: the disclosure, or the error's text."""
    path = folder / file
    original = path.read_bytes()
    try:
        path.write_bytes(content)
        return budgetbook.load(folder)
    except InputError as error:
        return str(error)
    finally:
        path.write_bytes(original)


CSV_FILES = sorted(
    path.relative_to(Path(__file__).parent.parent / "data").as_posix()
    for path in (Path(__file__).parent.parent / "data").rglob("*.csv")
    if path.parent.name != "teaching"
)
BYTES = st.sampled_from([b",", b'"', b"\n", b"\r", b"\x00", b"\xff", b"-", b".", b"e5", b"9" * 20])


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(
    file=st.sampled_from(CSV_FILES),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), BYTES | st.binary(max_size=3)),
        min_size=1,
        max_size=3,
    ),
)
def test_any_bytes_load_or_are_refused(spare, file, edits):
    """Cut some bytes out of a file and put others in: never another exception than ours."""
    content = (spare / file).read_bytes()
    for place, cut, new in edits:
        at = int(place * len(content))
        content = content[:at] + new + content[at + cut :]
    found = load_with(spare, file, content)
    if isinstance(found, Disclosure):
        assert list(found.published())
    else:
        assert ".csv: " in found


@pytest.mark.parametrize("name", ["office", "title", "form", "year", "sha256", "lines"])
def test_what_is_said_of_the_document_has_its_kind(spare, name):
    about = json.loads((spare / "datapackage.json").read_text(encoding="utf-8"))
    about["document"][name] = [] if name in ("year", "lines") else 0
    found = load_with(spare, "datapackage.json", json.dumps(about).encode())
    assert f"datapackage.json: document.{name} is " in found


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.integers(0, 999), min_size=1, max_size=7), value=st.sampled_from([0, "x"]))
def test_any_change_of_the_descriptor_loads_or_is_refused(spare, steps, value):
    """Put a number or a word in the place of any part of the descriptor."""
    about = json.loads((spare / "datapackage.json").read_text(encoding="utf-8"))
    node, key = [about], 0
    for step in steps:
        inner = node[key]
        if not isinstance(inner, dict | list) or not inner:
            break
        keys = list(inner) if isinstance(inner, dict) else range(len(inner))
        node, key = inner, keys[step % len(inner)]
    node[key] = value
    found = load_with(spare, "datapackage.json", json.dumps(about).encode())
    assert isinstance(found, Disclosure) or "datapackage.json: " in found


# How the package is written


@pytest.fixture
def attempt(package_copy, tmp_path):
    """Import another text over a package; return whether all is as it was before."""
    text = tmp_path / "small.txt"
    text.write_text(TEXT, encoding="utf-8")

    def attempt(error):
        before = files_of(tmp_path)
        with pytest.raises(error):
            import_text(text, package_copy)
        return files_of(tmp_path) == before

    return attempt


def failing(function, at, error):
    """The function, but its call number `at` raises an error."""
    calls = []

    def fails(*arguments, **named):
        calls.append(arguments)
        if len(calls) == at:
            raise error
        return function(*arguments, **named)

    return fails


@pytest.mark.parametrize("at", [1, 2, 10, 22, 23, 24, 30])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_write_that_is_interrupted_while_files_are_exchanged(attempt, monkeypatch, at, error):
    monkeypatch.setattr(Path, "rename", failing(Path.rename, at, error))
    assert attempt(type(error))


@pytest.mark.parametrize("at", [1, 7])
def test_a_write_that_is_interrupted_before_all_files_are_written(attempt, monkeypatch, at):
    monkeypatch.setattr(store, "_write_csv", failing(store._write_csv, at, OSError("full")))
    assert attempt(OSError)


def test_a_result_that_does_not_load_is_not_written(attempt, package_copy):
    edit(package_copy / "reference" / "crosswalk.csv", "50101,30101,", "50101,30199,")
    assert attempt(InputError)


@pytest.mark.parametrize("kept", ["reference/subjects.csv", "editorial/findings.csv"])
def test_the_files_kept_by_hand_have_to_be_there(attempt, package_copy, kept):
    (package_copy / kept).unlink()
    assert attempt(InputError)


def test_the_work_folder_itself_can_be_the_package(source, package_copy, monkeypatch):
    before = files_of(package_copy)
    monkeypatch.chdir(package_copy)
    import_text(source, Path("."))
    assert files_of(package_copy) == before


def test_a_package_on_a_disk_of_its_own_is_written(package_copy, tmp_path, monkeypatch):
    """Nothing crosses the border of the folder, and no folder is moved: both give EXDEV."""
    text = tmp_path / "small.txt"
    text.write_text(TEXT, encoding="utf-8")
    true = Path.rename

    def rename(path, target):
        inside = all(Path(p).is_relative_to(package_copy) for p in (path, target))
        if path.is_dir() or not inside:
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(path))
        return true(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    import_text(text, package_copy)
    assert budgetbook.load(package_copy).year == 2031


KILLED = """
import os, pathlib, shutil, sys
from budgetbook.package import store
from budgetbook.package.beside import rows_beside
from budgetbook.package.schema import choices
folder, left = pathlib.Path(sys.argv[1]), int(sys.argv[2])
new = folder / ".import-killed"
shutil.copytree(folder, new.with_name(".copy"))
new.with_name(".copy").rename(new)
(new / "published" / "table-10.csv").write_text("half done")
true = pathlib.Path.rename
def rename(self, target):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return true(self, target)
pathlib.Path.rename = rename
store._replace(new, folder)
os._exit(9)
"""


@pytest.mark.parametrize("renames", [0, 1, 5, 19, 20, 21, 22, 23, 30, 43, 44])
def test_an_import_killed_between_any_two_steps_leaves_what_was_there(package_copy, renames):
    before = files_of(package_copy)
    command = [sys.executable, "-c", KILLED, str(package_copy), str(renames)]
    assert subprocess.run(command).returncode == 9
    budgetbook.load(package_copy)
    after = files_of(package_copy)
    assert {path: after.get(path) for path in before} == before
    assert renames == 0 or after == before  # nothing was begun: the next import clears what is left


def test_zips_are_the_same_on_every_system():
    data = zipped({"a": b"1"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (entry,) = archive.infolist()
    assert (entry.create_system, entry.date_time[0] > 2000) == (3, True)


# What a module keeps beside it


def test_what_a_module_keeps_beside_it_is_read_as_it_is_written(tmp_path):
    (tmp_path / "words.csv").write_text('id,说法\na,"两个, 一起"\n', encoding="utf-8")
    assert rows_beside(str(tmp_path / "module.py"), "words") == ({"id": "a", "说法": "两个, 一起"},)


def test_no_row_beside_a_module_lacks_a_cell_or_has_one_too_many(repo):
    paths = sorted((repo / "src" / "budgetbook").glob("*/*.csv"))
    assert paths
    for path in paths:
        for row in rows_beside(str(path.with_suffix(".py")), path.stem):
            assert None not in row, (path.name, row)
            assert None not in row.values(), (path.name, row)


@pytest.mark.parametrize(
    ("module", "name", "column", "resource", "of"),
    [
        ("words/naming.py", "statements", "kind", "claims", "kind"),
        ("site/lists.py", "grades", "grade", "sources", "grade"),
    ],
)
def test_every_choice_of_the_schema_has_its_words(repo, module, name, column, resource, of):
    rows = rows_beside(str(repo / "src" / "budgetbook" / module), name)
    assert [row[column] for row in rows] == choices(resource, of)
