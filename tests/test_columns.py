"""Which columns are numbers: their digits stand under each other."""

import pytest

from budgetbook.columns import of_numbers


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
