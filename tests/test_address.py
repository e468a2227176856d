"""One address type, one printer, one parser: a thing is named by what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetbook.errors import InputError
from budgetbook.model.address import Address, numbered, parse, part, relative

NAMES = st.text(min_size=1).map(part).filter(lambda text: text and text.strip("~"))


@given(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from(["", "total", "sha256"]))
def test_what_is_printed_is_parsed(row, column):
    address = Address("spending-by-function", tuple(row), column)
    if column or "." not in row[-1]:
        assert parse(str(address)) == address


def test_every_address_of_the_data_is_parsed_as_printed(disclosure):
    for entries in disclosure.entries.values():
        for entry in entries:
            for column in ("", *entry.columns):
                address = entry.address._replace(column=column)
                assert parse(str(address)) == address
    for claim in disclosure.claims:
        assert str(parse(claim["id"])) == claim["id"]


def test_an_address_leads_to_the_cell_that_it_was_made_from(disclosure):
    for role, rows in disclosure.tables.items():
        columns = disclosure.form.tables[role].amounts or ["weight", "target"]
        for row in rows:
            for column in columns:
                if row[column] is not None:
                    assert disclosure.at(disclosure.address(row, column)) == (row, column)


def test_no_two_printed_cells_share_an_address(disclosure):
    figures = [figure.address for figure in disclosure.published()]
    assert len(set(figures)) == len(figures) > 200


@pytest.mark.parametrize(
    "text", ["table-05:2080505:total", "L85.1", "line=343", "", "spending", "a//b", "other::a/b"]
)
def test_another_spelling_is_refused_with_the_right_one(text):
    with pytest.raises(InputError, match=r"expected table/row\.column, such as"):
        parse(text)


def test_equal_names_are_counted_and_years_are_relative():
    assert numbered([("a",), ("b",), ("a",)]) == [("a",), ("b",), ("a~2",)]
    assert [relative(year, 2025) for year in (2025, 2024, 2023)] == ["this", "prior", "-2-years"]
