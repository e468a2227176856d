"""What is counted is declared: it compares, is written down, says what it reads, and counts."""

import json
import pickle
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from small_disclosure import TEXT

import budgetbook
from budgetbook.checks import as_data, catalogue, catalogue_json
from budgetbook.checks.check import Check
from budgetbook.model.counting import DERIVED, OPERATORS, Column, Count, records, where
from budgetbook.model.expressions import Constant, Year
from budgetbook.reading.importing import import_text


@pytest.fixture
def small(package_copy, tmp_path):
    """The small disclosure, read and loaded."""
    path = tmp_path / "small.txt"
    path.write_text(TEXT, encoding="utf-8")
    import_text(path, package_copy)
    return budgetbook.load(package_copy)


def test_two_catalogues_of_one_document_are_equal(disclosure):
    first, second = catalogue(disclosure), catalogue(disclosure)
    assert first == second
    assert pickle.loads(pickle.dumps(first)) == first
    assert not [c.id for c in first if re.search(r"0x[0-9a-f]{6}|<function|<lambda", repr(c))]


def test_a_catalogue_is_written_in_a_stable_order(disclosure):
    text = catalogue_json(disclosure)
    assert text == catalogue_json(disclosure)
    found = json.loads(text)
    assert [entry["id"] for entry in found] == [check.id for check in catalogue(disclosure)]
    assert set(found[0]) >= {"id", "left", "right", "relation", "source", "rule", "kind"}


@pytest.mark.parametrize(
    "change",
    [
        {"source": "custom"},
        {"relation": "≤"},
        {"left": Count("x", "claims", where(("kind", "is", "share")))},
        {"left": Count("x", "claims", where(("kind", "is not", "amount")))},
        {"left": Count("x", "indicators", where(("kind", "is", "amount")))},
    ],
    ids=str,
)
def test_what_is_written_sees_a_changed_rule(change):
    count = Count("x", "claims", where(("kind", "is", "amount")))
    check = Check("x", "family", "statement", "说明", "guards", count, Constant(0))
    assert as_data(replace(check, **change)) != as_data(check)


@pytest.mark.parametrize(
    ("operator", "content", "value", "met"),
    [
        ("is", "合 计", "合计", True),
        ("is", Decimal("3.0"), 3, True),
        ("is not", None, "元", True),
        ("is blank", "", None, True),
        ("is filled", "x", None, True),
        ("is another amount than", None, Decimal(0), False),
        ("is another amount than", Decimal(1), None, True),
        ("is one of", "a", "a|b", True),
        ("begins with", "901001", "901", True),
        ("begins with", "901001", None, False),
        ("does not begin with", "801001", "901", True),
        ("ends with", "名称。", "。", True),
        ("does not end with", "水文站", "（本级）", True),
        ("names one of", "群众满意率", "满意|安全", True),
        ("names none of", "群众满意率", "满意度", True),
    ],
)
def test_operators(operator, content, value, met):
    assert OPERATORS[operator](content, value) is met


def test_every_operator_and_resource_is_used(disclosure):
    """Nothing is kept in the registry that no check needs."""
    counts = [
        leaf
        for check in catalogue(disclosure)
        for side in (check.left, check.right)
        for leaf in side.leaves()
        if isinstance(leaf, Count)
    ]
    operators = {condition.operator for count in counts for condition in count.conditions}
    assert operators == set(OPERATORS) - {"begins with"} | ({"begins with"} & operators)
    assert {count.resource for count in counts} >= set(DERIVED) - {"projects"}


def test_a_count_counts_and_names_what_it_found(small):
    bare = Count("accounts", "accounts", where(("table", "is", "spending-by-function")))
    assert bare.value(small) == 2
    assert bare.found(small) == ["spending-by-function/208", "spending-by-function/215"]
    buyers = Count("units", "procurement", (), "unit")
    assert buyers.value(small) == 1
    old = Count("years", "claims", where(("kind", "is", "year"), ("value", "is not", Year())))
    years = [c["value"] for c in small.claims if c["kind"] == "year"]
    assert old.value(small) == sum(year != small.year for year in years)


def test_a_condition_compares_with_another_column(small):
    other = where(("total", "is another amount than", Column("prior_total")))
    moved = Count("changed", "spending-by-function", other)
    assert moved.value(small) == 3
    assert ("spending-by-function", "prior_total") in set(moved.reads())


def test_a_count_says_which_figures_it_reads(small):
    count = Count("targets", "indicators", where(("value", "is", 12)))
    assert set(count.reads()) == {("department-targets", "target"), ("project-targets", "target")}
    claims = where(("kind", "is", "year"), ("value", "is not", Year()))
    assert ("claims", "value") in set(Count("years", "claims", claims).reads())


def test_an_account_without_a_row_above_it_offends(small):
    rows = [r for r in small.tables["spending-by-function"] if r["code"] != "208"]
    wrong = {**rows[-1], "code": "2080505", "line": 9000}
    cut = replace(small, tables={**small.tables, "spending-by-function": (*rows, wrong)})
    offends = where(("above", "is filled"), ("above_printed", "is blank"))
    assert Count("x", "accounts", offends).found(cut) == ["spending-by-function/2080505"]
    assert [name for name, _ in records(cut, "no such resource")] == []
