"""Small texts of an invented department, each one kind of difficulty, with what must be read.

`texts/` holds each text and, beside it, its right answer: every figure that the text states but
the years, in order; cells of tables; details of repairs; lines of the report; verdicts.
"""

import json
from pathlib import Path

import pytest

import budgetbook
from budgetbook.checks import run
from budgetbook.model.address import parse
from budgetbook.reading.importing import import_text

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))


def stated(claim):
    """A claim in words: its direction, figure and unit, and the whole that it is a part of."""
    words = [claim[name] for name in ("direction", "value", "unit")]
    words += [f"in {claim['within']}"] if claim["within"] else []
    return " ".join(str(word) for word in words if word is not None)


def cell(disclosure, address):
    """What stands at an address, as text; None for a blank."""
    row, column = disclosure.at(parse(address))
    return None if row[column] is None else str(row[column])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_text_is_read_as_its_answer_says(package_copy, path):
    answer = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    report = import_text(path, package_copy)
    found = budgetbook.load(package_copy)
    told = {claim["id"]: stated(claim) for claim in found.claims if claim["kind"] != "year"}
    assert [*told.items()] == [*answer["claims"].items()]
    assert {address: cell(found, address) for address in answer["cells"]} == answer["cells"]
    assert [r["detail"] for r in found.reference["repairs"]] == answer["repairs"]
    assert report == answer["report"]
    verdicts = {result.check.id: result.verdict.value for result in run(found)}
    assert {name: verdicts.get(name) for name in answer["verdicts"]} == answer["verdicts"]


def test_the_four_parts_and_the_fund_add_up_to_the_income(package_copy):
    (path,) = (path for path in TEXTS if path.stem == "narrative-names-income-by-source")
    import_text(path, package_copy)
    claims = budgetbook.load(package_copy).claims
    parts = [c["value"] for c in claims if c["within"] == "income"]
    (whole,) = (c["value"] for c in claims if (c["subject"], c["kind"]) == ("income", "amount"))
    assert (len(parts), sum(parts)) == (5, whole)


def test_every_text_has_its_answer():
    assert len(TEXTS) == 8
