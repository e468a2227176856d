"""Invented departments: printed and read they are the same, clean ones pass, errors are found."""

from dataclasses import replace

import pytest
from copies import without_judgements
from quick import some
from worlds import alone

from budgetbook.checks import Verdict, run
from budgetbook.model.loading import load
from budgetbook.proof.formulas import place
from budgetbook.reading.importing import import_text
from budgetbook.synthetic import (
    DAMAGES,
    PLANTS,
    department,
    disclosure,
    figures,
    package,
    plant,
    printed,
)


@pytest.fixture(scope="session")
def reference(data):
    """The resources of the data package that are kept by hand."""
    return load(data).reference


PUBLISHED = ("sections", "regulations", "repairs")


@pytest.fixture
def folder(tmp_path, data):
    """A folder with what serves any department; of what speaks of one, the headings alone."""
    return without_judgements(data, tmp_path / "data")


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
    assert found.claims == disclosure(plan, found.reference, damage).claims
    for name in PUBLISHED:
        assert list(found.reference[name]) == expected[name], name
    for name, rows in found.tables.items():
        assert list(rows) == expected[name], name


def unmoved(plan, also=()):
    """A department of which nothing is another than last year, but for what `also` keeps."""
    spent = figures.added((task.item, task.budget) for task in plan.tasks)
    changes = {"before": plan.now, "prior_items": spent}
    return replace(plan, **{name: to for name, to in changes.items() if name not in also})


@pytest.mark.parametrize("also", [(), ("before",), ("prior_items",)])
def test_a_change_of_nothing_is_told_as_one_and_has_no_reason(folder, tmp_path, also):
    plan = unmoved(department(1), also)
    text = tmp_path / "text.txt"
    text.write_text(printed(plan), encoding="utf-8", newline="\n")
    assert import_text(text, folder) == []
    found = load(folder)
    assert found.claims == disclosure(plan, found.reference).claims
    told = [c for c in found.claims if c["kind"] == "change" and c["value"] == 0]
    assert len(told) == {(): 5, ("before",): 1, ("prior_items",): 2}[also]
    assert not any(claim["reasons"] for claim in told)
    assert [r.check.id for r in run(found) if r.verdict is Verdict.FAILS] == []


@pytest.mark.parametrize("seed", some(range(30)))
def test_nothing_fails_on_a_clean_department(reference, seed):
    results = run(disclosure(department(seed), reference))
    assert [r.check.id for r in results if r.verdict is Verdict.FAILS] == []
    assert len(results) > 500


@pytest.mark.parametrize("kind", PLANTS)
@pytest.mark.parametrize("seed", some(range(12)))
def test_a_planted_error_is_found_and_nothing_else_is_blamed(reference, kind, seed):
    clean = disclosure(department(seed), reference)
    planted = plant(clean, kind, seed)
    failing = [r for r in run(planted.disclosure) if r.verdict is Verdict.FAILS]
    assert failing or alone(planted, clean)
    for result in failing:
        assert touches(result, planted, clean), result.check.id


def touches(result, planted, clean):
    """Whether a check reads the place of the error, or what a left-out row was part of."""
    leaves = [*result.check.left.leaves(), *result.check.right.leaves()]
    places = [place(leaf) for leaf in leaves]
    rows = {row_of(clean, address) for address in places if address}
    if row_of(clean, planted.address) in rows:
        return True
    tables = {address.table for address in places if address}
    if planted.kind == "a row left out":
        own = (planted.address.table, planted.address.name)
        grouped = result.check.family == "crosswalk" and own[0].endswith("by-economic")
        return grouped or own[0] in tables or any(name in result.check.id for name in own)
    return planted.kind == "a form left out" and (
        "project" in result.check.id or None in places or "project-targets" in tables
    )


def row_of(disclosure, address):
    """The printed row that an address leads to; of what is not printed, its address."""
    found = disclosure.at(address.of_row)
    return id(found[0]) if found else address.of_row


def test_the_same_number_gives_the_same_department():
    assert department(7) == department(7)
    assert printed(department(7)) != printed(department(8))


def test_an_unknown_damage_is_named():
    with pytest.raises(ValueError, match="no such damage: fire"):
        printed(department(1), ("fire",))
