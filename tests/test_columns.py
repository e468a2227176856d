"""Which columns are numbers: their digits stand under each other."""

import re
from decimal import Decimal

import pytest

from budgetbook.show.charts import Bar, draw
from budgetbook.site.pages import _heading
from budgetbook.words.columns import of_numbers


@pytest.mark.parametrize(
    ("heading", "cells", "right"),
    [
        ("Yuan", ["1,234.50", "−7.00", ""], True),
        ("One side", ["0", "5,566,509.66", "6"], True),
        ("Growth", ["83%", "−7 %", "#DIV/0!", "15%"], True),
        ("Covers", ["unknown", "unknown", "−447,514.76"], False),
        ("Functional code 功能编码", ["208", "20805"], False),
        ("Line of the extracted text", ["205", "206"], False),
        ("Reason", ["", ""], False),
        ("Account", ["Health 卫生健康支出"], False),
    ],
)
def test_a_column_of_numbers_is_one_where_most_cells_are(heading, cells, right):
    assert of_numbers(heading, cells) is right


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(Decimal("1920000"), "Yuan", "1,920,000.00"), (1920, "Points", "1,920")],
)
def test_the_values_of_a_chart_name_their_unit(value, unit, shown):
    bars = [Bar("Rent", [("basic", value, "192")])]
    chart = draw("sample", bars, "A caption", "An alt text", unit=unit)
    assert [list(row) for row in chart.values] == [["Bar", unit], ["Rent", shown]]


def test_a_heading_names_its_unit_once(disclosure):
    for resource in disclosure.descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            words = re.findall(r"[a-z%]+", _heading(field).lower())
            assert all(words.count(unit) < 2 for unit in ("yuan", "points")), field
