"""Invented departments: printed and read they are the same, clean ones pass, errors are found."""

import csv
import shutil

import pytest

from budgetbook.checks import Verdict, run
from budgetbook.model.disclosure import load
from budgetbook.reading.importing import import_text
from budgetbook.synthetic import (
    DAMAGES,
    PECULIAR,
    PLANTS,
    department,
    disclosure,
    package,
    plant,
    printed,
)


@pytest.fixture(scope="session")
def reference(data):
    """The editorial resources of the data package."""
    return load(data).reference


PUBLISHED = ("sections", "regulations", "repairs")


@pytest.fixture
def folder(tmp_path, data):
    """A folder with the editorial resources that serve any department."""
    target = tmp_path / "data"
    shutil.copytree(data / "editorial", target / "editorial")
    for name in PECULIAR:
        path = target / "editorial" / f"{name}.csv"
        head = next(csv.reader(path.open(encoding="utf-8")))
        path.write_text(",".join(head) + "\n", encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("seed", "damage"),
    [
        *((seed, ()) for seed in (1, 2, 3)),
        *((seed, (name,)) for seed, name in enumerate(DAMAGES, 4)),
        (99, DAMAGES),
    ],
)
def test_printed_and_read_again_it_is_the_same(folder, tmp_path, seed, damage):
    plan = department(seed)
    text = tmp_path / "text.txt"
    text.write_text(printed(plan, damage), encoding="utf-8", newline="\n")
    import_text(text, folder)
    found, expected = load(folder), package(plan, damage)
    assert list(found.listing) == expected["tables"]
    assert list(found.claims) == expected["claims"]
    for name in PUBLISHED:
        assert list(found.reference[name]) == expected[name], name
    for name, rows in found.tables.items():
        assert list(rows) == expected[name], name


@pytest.mark.parametrize("seed", range(30))
def test_nothing_fails_on_a_clean_department(reference, seed):
    results = run(disclosure(department(seed), reference))
    assert [r.check.id for r in results if r.verdict is Verdict.FAILS] == []
    assert len(results) > 500


def test_damages_are_found_and_nothing_else(reference):
    expected = {
        "lost unit": {"structure.unit.table-17.1"},
        "lost table": {"structure.printed.table-02"},
        "lost code": {
            "structure.code.table-05.L",
            "structure.signs.spreadsheet-error",
            "hierarchy.table-05.215.prior_total",
            "hierarchy.table-05.21505.prior_total",
        },
        "shifted indicator": {"structure.signs.shifted-row"},
        "blank line": {"structure.signs.blank-line"},
        "ragged row": {"structure.signs.ragged-row"},
        "narrow marks": {"structure.signs.mark-width"},
        "cut paragraph": {"structure.signs.joined-paragraph"},
        "stray word": {"structure.signs.stray-word"},
        "lone number": {"structure.signs.lone-number", "structure.signs.joined-paragraph"},
    }
    for damage in DAMAGES:
        results = run(disclosure(department(5), reference, (damage,)))
        failing = {r.check.id for r in results if r.verdict is Verdict.FAILS}
        assert {name.partition(".L")[0] for name in failing} == {
            name.partition(".L")[0] for name in expected[damage]
        }


@pytest.mark.parametrize("kind", PLANTS)
@pytest.mark.parametrize("seed", range(12))
def test_a_planted_error_is_found_and_nothing_else_is_blamed(reference, kind, seed):
    clean = disclosure(department(seed), reference)
    planted = plant(clean, kind, seed)
    failing = [r for r in run(planted.disclosure) if r.verdict is Verdict.FAILS]
    alone = planted.resource == "claims" and "internal-divisions" in [
        c["subject"] for c in clean.claims if c["id"] == planted.key
    ]
    assert failing or alone
    for result in failing:
        assert touches(result, planted, clean), result.check.id


def touches(result, planted, clean):
    """Whether a check reads the place of the error, or what a left-out row was part of."""
    leaves = [*result.check.left.leaves(), *result.check.right.leaves()]
    anchor = f"claim-{planted.key}" if planted.resource == "claims" else f"line-{planted.key}"
    if (planted.resource, anchor) in [leaf.place for leaf in leaves]:
        return True
    if planted.kind == "a row left out":
        code = next(r["code"] for r in clean.tables[planted.resource] if r["line"] == planted.key)
        known = any(leaf.place and leaf.place[0] == planted.resource for leaf in leaves)
        return known or planted.resource in result.check.id or code in result.check.id
    return planted.kind == "a form left out" and (
        "project-targets" in result.check.id
        or "project" in result.check.id
        or any(leaf.place is None or leaf.place[0] == "project-targets" for leaf in leaves)
    )


def test_the_same_number_gives_the_same_department():
    assert department(7) == department(7)
    assert printed(department(7)) != printed(department(8))


def test_an_unknown_damage_is_named():
    with pytest.raises(ValueError, match="no such damage: fire"):
        printed(department(1), ("fire",))
