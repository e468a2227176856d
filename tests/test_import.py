"""The published text against the data package made from it.

The text is read here once more, by a few regular expressions of these tests and none of the
package, so that a figure that the import lost or changed would show.
"""

import csv
import json
import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal

import pytest

from budgetbook.reading.importing import import_text

AMOUNT = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d\d)(?![\d.])")
NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# What is printed in digits and states no figure: the marks of list items (`1.`, `6.`, `(1)`)
# and the name 5G.
MARK = re.compile(r"(?:^|(?<=[ 。]))\d{1,2}\.(?!\d)|[（(]\d{1,2}[）)]|5G")
PROSE_LABELS = ("项目概况", "当年绩效目标", "当年整体绩效目标")
CHINESE_RUN = re.compile(r"[\u4e00-\u9fff，。；、]{26,}")
LONGEST_QUOTE = 25


def number(text):
    """A printed numeral as an exact number."""
    return Decimal(text.replace(",", ""))


def amounts(text):
    """How often each amount is printed in a text."""
    return Counter(number(found) for found in AMOUNT.findall(text))


def numerals(text):
    """How often each Arabic numeral is printed in a text, list marks and 5G left out."""
    return Counter(number(found) for found in NUMERAL.findall(MARK.sub(" ", text)))


def rows_of(path):
    """The rows of a CSV file as dicts of strings."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def files_of(folder):
    """The content of every file in a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "teaching" not in path.parts  # kept by hand, no part of a package
    }


@pytest.fixture(scope="module")
def lines(source):
    """The lines of the published text by their number, from 1."""
    return dict(enumerate(source.read_text(encoding="utf-8").split("\n"), 1))


@pytest.fixture(scope="module")
def narrative(lines):
    """The lines of sections one to five: from the heading `一、` to the heading `六、`."""
    start = next(n for n, text in lines.items() if text.startswith("一、"))
    stop = next(n for n, text in lines.items() if text.startswith("六、"))
    return {n: text for n, text in lines.items() if start <= n < stop}


@pytest.fixture(scope="module")
def table_lines(lines):
    """The lines of the tables part: all below the list of tables."""
    start = next(n for n, text in lines.items() if text.endswith("（目录）"))
    return {n: text for n, text in lines.items() if n > start}


@pytest.fixture(scope="module")
def prose_cells(table_lines):
    """The prose cells of the forms: line → text."""
    rows = {n: text.split("\t") for n, text in table_lines.items()}
    return {n: cells[1] for n, cells in rows.items() if cells[0] in PROSE_LABELS}


@pytest.fixture(scope="module")
def published(data):
    """The published rows of data/ by resource, and the fields of each resource."""
    resources = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return [
        (resource["schema"]["fields"], rows_of(data / resource["path"]))
        for resource in resources
        if resource["kind"] == "published"
    ]


def claimed(data, line):
    """How often each figure is among the claims of a line."""
    rows = rows_of(data / "published" / "claims.csv")
    return Counter(
        Decimal(row["value"]) for row in rows if row["line"] == str(line) and row["value"]
    )


def test_the_import_makes_the_data_package_byte_for_byte(source, data, tmp_path):
    for kind in ("reference", "editorial"):
        shutil.copytree(data / kind, tmp_path / "data" / kind)
    import_text(source, tmp_path / "data")
    assert files_of(tmp_path / "data") == files_of(data)


def test_importing_again_changes_nothing(source, package_copy):
    import_text(source, package_copy)
    once = files_of(package_copy)
    import_text(source, package_copy)
    assert files_of(package_copy) == once


def test_the_import_writes_nothing_beside_the_package(source, package_copy):
    import_text(source, package_copy)
    assert [path.name for path in package_copy.parent.iterdir()] == ["data"]


def test_every_amount_of_the_text_is_in_the_data(lines, published):
    printed = amounts("\n".join(lines.values()))
    stored = Counter(
        Decimal(row[field["name"]])
        for fields, rows in published
        for field in fields
        for row in rows
        if field["type"] == "number" and re.fullmatch(r"-?[\d.]+", row[field["name"]])
    )
    assert printed.total() == 288
    assert printed - stored == Counter()


def test_every_line_of_a_table_keeps_exactly_its_amounts(table_lines, published):
    stored = {n: Counter() for n in table_lines}
    for fields, rows in published:
        money = [field["name"] for field in fields if field.get("unit") == "yuan"]
        for row in rows:
            stored.get(int(row.get("line") or 0), Counter()).update(
                Decimal(row[name]) for name in money if row[name]
            )
    assert stored == {n: amounts(text) for n, text in table_lines.items()}


def test_a_blank_cell_stays_blank_and_no_zero_is_made_of_it(table_lines, published):
    """The tables of this text print no zero, so that data/ may hold none."""
    assert not any(re.search(r"(?<![\d.,])0\.00", text) for text in table_lines.values())
    amounts_stored = [
        row[field["name"]]
        for fields, rows in published
        for field in fields
        for row in rows
        if field.get("unit") == "yuan"
    ]
    assert "" in amounts_stored
    assert all(Decimal(text) for text in amounts_stored if text)


def test_every_numeral_of_sections_one_to_five_is_a_claim(narrative, data):
    printed = {n: numerals(text) for n, text in narrative.items()}
    assert sum(found.total() for found in printed.values()) > 130
    assert printed == {n: claimed(data, n) for n in narrative}


def test_every_numeral_of_a_prose_cell_is_a_claim(prose_cells, data):
    assert len(prose_cells) == 13
    assert {n: numerals(text) for n, text in prose_cells.items()} == {
        n: claimed(data, n) for n in prose_cells
    }


def test_every_numeral_of_a_basis_is_a_claim_or_in_the_name_of_a_regulation(table_lines, data):
    regulations = rows_of(data / "published" / "regulations.csv")
    for n, text in table_lines.items():
        label, *rest = text.split("\t")
        if label == "立项依据":
            names = [r["title"] + " " + r["number"] for r in regulations if r["line"] == str(n)]
            assert numerals(" ".join(rest)) == numerals(" ".join(names)) + claimed(data, n), n


@pytest.fixture(scope="module")
def tracked(repo):
    """The text of every file of the repository, ignored files left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=repo, capture_output=True, check=True).stdout.decode()
    paths = [repo / name for name in listed.split("\0") if name]
    return {
        path.relative_to(repo).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in paths
        if path.is_file() and "teaching" not in path.parts  # kept by hand, no part of a package
    }


def windows(texts):
    """Every piece of 26 Chinese characters (`，。；、` among them) of some texts."""
    size = LONGEST_QUOTE + 1
    runs = (run for text in texts for run in CHINESE_RUN.findall(text))
    return {run[i : i + size] for run in runs for i in range(len(run) - size + 1)}


def test_no_sentence_of_the_published_text_is_in_the_repository(
    lines, table_lines, prose_cells, tracked
):
    """Titles of regulations and tables and the names of indicators are names, not sentences."""
    sentences = [text for n, text in lines.items() if n not in table_lines]
    cells = {n: text.split("\t") for n, text in table_lines.items()}
    names = [row[1] for row in cells.values() if row[0] == "" and len(row) > 1]
    names += [row[0] for row in cells.values() if len(row) == 1 or row[1].isdigit()]
    bases = [row[1] for row in cells.values() if row[0] == "立项依据"]
    for item in (item for basis in bases for item in re.split(r"(?:^| )\d\.", basis)):
        (names if re.search(r"》|标准$|（暂行）$", item) else sentences).append(item)
    pieces = windows([*sentences, *prose_cells.values()]) - windows(names)
    assert len(pieces) > 1000
    quoted = {path: pieces & windows([text]) for path, text in tracked.items()}
    assert {path: found for path, found in quoted.items() if found} == {}


def test_no_telephone_number_is_in_the_repository(tracked):
    mobile = r"(?<![\w.-])1[3-9]\d{9}(?![\w.-])"
    landline = r"(?<![\w.-])(?:0\d{2,3}-)\d{7,8}(?![\w.-])|(?:电话|联系方式)[：:]\s*\d{7,}"
    found = {path: re.findall(f"{mobile}|{landline}", text) for path, text in tracked.items()}
    assert {path: numbers for path, numbers in found.items() if numbers} == {}
