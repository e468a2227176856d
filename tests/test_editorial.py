"""What people judged of this document points to what stands in this document's data.

The loader does not ask this, for the data may be another document's; of our own it has to hold.
"""

import pytest

from budgetbook.errors import InputError
from budgetbook.model.address import parse
from budgetbook.model.loading import load
from budgetbook.package import store
from budgetbook.package.schema import declared, points


@pytest.fixture(scope="module")
def judged(data):
    """The rows of data/editorial as they are kept, by resource."""
    rows = store.read(data)[1]
    return {name: rows[name] for name in declared("editorial")}


def astray(disclosure, judged):
    """What editorial rows name and the disclosure does not have: addresses, projects, names."""
    projects = {project.name for project in disclosure.projects}
    names = projects | {indicator.name for indicator in disclosure.indicators}
    names |= {row["project"] for row in disclosure.tables["procurement"]}
    columns = [(row, points(name)) for name, rows in judged.items() for row in rows]
    addresses = [row[c] for row, named in columns for c in named["address"] if row[c]]
    named = [row[c] for row, named in columns for c in named["project"] if row[c]]
    translated = [row["name_zh"] for row in judged["translations"]]
    return [
        *(address for address in addresses if disclosure.at(parse(address)) is None),
        *(name for name in named if name not in projects),
        *(name for name in translated if name not in names),
    ]


def test_each_row_kept_by_hand_has_its_source(disclosure):
    """Findings rest on checks and readings belong to findings, as README and package say."""
    kept = [r["name"] for r in disclosure.descriptor["resources"] if r["kind"] != "published"]
    rows = {name: disclosure.rows(name) for name in kept}
    without = {name for name, some in rows.items() if not all(row.get("source") for row in some)}
    assert without == {"findings", "readings", "sources"}
    assert all(row["checks"] for row in rows["findings"])
    assert {r["finding"] for r in rows["readings"]} <= {r["id"] for r in rows["findings"]}
    assert all(row["grade"] for row in rows["sources"])


def test_every_judgement_points_to_something_of_this_document(disclosure, judged):
    assert astray(disclosure, judged) == []


def test_every_judgement_of_this_document_is_loaded(disclosure, judged):
    assert {name: len(disclosure.reference[name]) for name in judged} == {
        name: len(rows) for name, rows in judged.items()
    }
    assert all(judged.values())


def test_the_judgements_speak_of_this_office(disclosure, judged):
    assert [row["office"] for row in judged["document"]] == [disclosure.document["office"]]


def test_no_column_of_addresses_is_forgotten(judged):
    """A cell that begins as an address does stands in a column that is said to hold them."""
    for name, rows in judged.items():
        for column in rows[0]:
            texts = [row[column] for row in rows if isinstance(row[column], str)]
            like = [t for t in texts if t.startswith(("department-targets/", "project-targets/"))]
            assert not like or column in points(name)["address"], (name, column)


@pytest.mark.parametrize(
    ("resource", "column", "wrong"),
    [
        ("dimensions", "address", "department-targets/无"),
        ("rubric-judgements", "address", "department-targets/无"),
        ("rewritten", "address", "department-targets/无"),
        ("same-targets", "first", "claims/project-targets/无/goal/user-satisfaction/rate/this"),
        ("same-targets", "second", "department-targets/无"),
        ("goal-parts", "number", "claims/project-targets/无/goal/reforms/count/this"),
        ("goal-parts", "form", "无此项目"),
        ("translations", "name_zh", "无此名称"),
    ],
)
def test_a_row_that_points_to_nothing_is_noticed(disclosure, judged, resource, column, wrong):
    rows = judged[resource]
    changed = {resource: [{**rows[0], column: wrong}, *rows[1:]]}
    assert astray(disclosure, judged | changed) == [wrong]


def test_an_address_that_is_none_is_named_with_its_file(package_copy):
    path = package_copy / "editorial" / "same-targets.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("department-targets/", "department-targets//", 1), "utf-8")
    with pytest.raises(InputError, match=r"^editorial/same-targets\.csv: row 1: the address"):
        load(package_copy)
