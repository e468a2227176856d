"""Frames as tables of the page: numbers as they are read, names in both languages, links."""

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from budgetbook.show import show
from budgetbook.show.tables import heading, paired, printed


def frame(**columns):
    """A frame as the book has them: exact numbers stay what they are."""
    return pd.DataFrame(columns, dtype=object)


def page(table):
    """A table as it stands on a page."""
    return BeautifulSoup(table._repr_html_(), "html.parser")


@pytest.mark.parametrize(
    ("value", "column", "shown"),
    [
        (Decimal("1234567.895"), "amount", "1,234,567.90"),
        (Decimal("-0.50"), "change", "−0.50"),
        (Fraction(1, 3), "share", "33.3%"),
        (Fraction(1235, 10000), "share", "12.4%"),
        (1234, "number", "1,234"),
        (-3, "number", "−3"),
        (Decimal("12"), "weight", "12"),
        (True, "core", "✓"),
        (False, "core", ""),
        (None, "amount", ""),
        (pd.NA, "amount", ""),
        (float("nan"), "name", ""),
        ("208", "code", "208"),
    ],
)
def test_a_cell_is_printed_as_its_column_says(value, column, shown):
    assert printed(value, column) == shown


def test_a_picture_shows_yuan_in_ten_thousands():
    assert printed(Decimal("1234500.00"), "amount", picture=True) == "123.5"
    assert printed(Fraction(1, 3), "share", picture=True) == "33.3%"


def test_a_heading_is_in_both_languages_or_the_columns_own_name():
    assert heading("this_year") == "This year 本年"
    assert heading("of_which") == "of which"


def test_names_in_two_languages_share_a_cell():
    both = paired(frame(english=["Rent", None], name=["租金", "其他"], amount=[1, 2]))
    assert list(both.columns) == ["name", "amount"]
    assert list(both["name"]) == ["Rent 租金", "其他"]
    alone = frame(english=["Rent"], amount=[1])
    assert paired(alone) is alone


def test_a_table_has_a_caption_headings_and_no_index():
    money = frame(english=["Rent"], name=["租金"], amount=[Decimal("12.50")])
    found = page(show(money, "Amounts {year:year}, yuan", year=2025))
    assert found.select_one("p.table-title").text == "Amounts 2025, yuan"
    assert [cell.text for cell in found.select("th")] == ["Account 科目", "Amount 金额"]
    assert [cell.text for cell in found.select("td")] == ["Rent 租金", "12.50"]
    assert [cell.text for cell in found.select(".number")] == ["Amount 金额", "12.50"]


def test_words_stand_to_the_left_in_any_notebook():
    """JupyterLab sets cells to the right, and lets a cell's own style stand."""
    found = page(show(frame(name=["Rent", "Fees"], amount=[Decimal(1), Decimal(2)]), "Of 2, yuan"))
    for row in found.select("tr"):
        assert [cell.get("style") for cell in row.select("th, td")] == ["text-align:left", None]


def test_an_address_makes_a_link_of_the_first_number_and_is_not_shown():
    money = frame(
        name=["a", "b"],
        last_year=[Decimal(1), Decimal(2)],
        this_year=[Decimal(3), Decimal(4)],
        address=["spending-by-function/208.prior_total", None],
    )
    found = page(show(money, "Amounts, yuan"))
    (link,) = found.select("td a")
    assert link.text == "1.00"
    assert link["href"] == "address:spending-by-function/208.prior_total"
    assert link["class"] == ["figure-link"]
    assert "Address" not in found.text


def test_a_total_is_set_off():
    found = page(show(frame(name=["Rent", "合计"], amount=[Decimal(1), Decimal(1)]), "Of 1, yuan"))
    assert [row.find("td").text for row in found.select("tr.total")] == ["合计"]


def test_what_a_frame_says_is_text_and_no_markup():
    found = page(show(frame(name=["<b>a</b>"], amount=[Decimal(1)]), "A & <b>, yuan"))
    assert found.select_one("td").text == "<b>a</b>"
    assert found.select_one("p").text == "A & <b>, yuan"


def test_a_frame_without_rows_keeps_its_headings():
    found = page(show(frame(name=[], amount=[]), "Nothing, yuan"))
    assert [cell.text for cell in found.select("th")] == ["Account 科目", "Amount 金额"]
    assert not found.select("td")
