"""Another document over the data: what serves any document stays, what speaks of ours is silent."""

import shutil

import pytest
from small_disclosure import DEPARTMENT, TEXT

import budgetbook
from budgetbook.analysis import dimensions, rubric
from budgetbook.checks import run
from budgetbook.cli import main
from budgetbook.model.classification import names
from budgetbook.proof.findings import findings
from budgetbook.proof.passports import passports
from budgetbook.reading.importing import import_text

OUR_OFFICE = "重庆市渝北区大数据应用发展管理局"


def files_of(folder, *kinds):
    """The content of the files of a package that are kept by hand, by name."""
    return {p: p.read_bytes() for kind in kinds for p in sorted((folder / kind).iterdir())}


def imported(text, folder, place):
    """A copy of the data with a text imported over it."""
    shutil.copytree(folder, place / "data")
    path = place / "another.txt"
    path.write_text(text, encoding="utf-8")
    import_text(path, place / "data")
    return place / "data"


@pytest.fixture(scope="module")
def another(data, tmp_path_factory):
    """The package of another department, imported over a copy of ours."""
    return imported(TEXT, data, tmp_path_factory.mktemp("another"))


@pytest.fixture(scope="module")
def next_of_ours(data, tmp_path_factory):
    """A disclosure of our own office with other projects."""
    text = TEXT.replace(DEPARTMENT, OUR_OFFICE)
    return imported(text, data, tmp_path_factory.mktemp("next"))


def test_the_import_leaves_what_is_kept_by_hand(data, another):
    for kind in ("reference", "editorial"):
        ours, theirs = files_of(data, kind), files_of(another, kind)
        assert [*ours.values()] == [*theirs.values()]


def test_projects_with_other_names_have_no_translation(disclosure, another, next_of_ours):
    for folder in (another, next_of_ours):
        found = budgetbook.load(folder)
        assert [project.name for project in found.projects] == ["河道疏浚", "水文观测"]
        assert not {project.name for project in found.projects} & names(found).keys()
        assert names(found)["208"] == names(disclosure)["208"]


def test_judgements_of_another_office_are_silent(disclosure, another):
    found = budgetbook.load(another)
    assert found.reference["subjects"] == disclosure.reference["subjects"]
    for name in ("dimensions", "findings", "goal-parts", "translations"):
        assert disclosure.reference[name]
        assert not found.reference[name]
    assert findings(found, run(found)) == []
    assert rubric.supports(found) == []
    assert [a.read for a in dimensions.assignments(found)] == [None] * 5


def test_judgements_of_our_office_stay_with_what_they_name(next_of_ours):
    """Where the office is ours and the projects are others, rows that point to nothing go."""
    found = budgetbook.load(next_of_ours)
    assert found.reference["findings"]
    assert found.reference["dimensions"] == found.reference["same-targets"] == ()
    assert [a.read for a in dimensions.assignments(found)] == [None] * 5
    assert {row["form"] for row, _ in rubric.supports(found)} == {None}


@pytest.mark.parametrize("package", ["another", "next_of_ours"])
def test_check_and_analyses_speak_of_what_is_there(package, disclosure, request, capsys):
    folder = request.getfixturevalue(package)
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    found = budgetbook.load(folder)
    results = run(found)
    told = [f.sentence("found_en") for f in findings(found, results)]
    told += [said.out, *(passport.short for passport in passports(found, results))]
    told += [str(rubric.judge(found, indicator)) for indicator in found.indicators]
    strangers = {p.name for p in disclosure.projects} | {i.name for i in disclosure.indicators}
    strangers -= {indicator.name for indicator in found.indicators}
    assert [name for name in strangers if any(name in text for text in told)] == []
