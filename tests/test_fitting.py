"""Which tables a phone shows as cards, and which columns keep room for words."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from budgetbook.show.fitting import fit, label
from budgetbook.show.tables import show
from budgetbook.site.outputs import framed

NARROW = ["Account 科目", "Yuan 元"], [["行政运行", "1,234.00"]], [False, True]
WIDE = ["Account", *["Yuan"] * 3], [["a", *["1,234,567.00"] * 3]], [False, *[True] * 3]


def test_a_table_that_fits_a_phone_stays_a_table():
    assert not fit(*NARROW).cards
    assert fit(*WIDE).cards


def test_a_table_without_rows_stays_a_table():
    headings, _, numbers = WIDE
    assert not fit(headings, [], numbers).cards


def test_a_number_is_not_broken_and_words_are():
    words = "break these"
    assert not fit([""] * 3, [["x", words, words]], [False] * 3).cards
    assert fit([""] * 3, [["x", *[words * 2] * 2]], [False, True, True]).cards


@pytest.mark.parametrize(
    ("cell", "words"),
    [("工资福利支出", True), ("own unit", True), ("是", False), ("no", False), ("", False)],
)
def test_a_column_of_words_keeps_room_for_them(cell, words):
    assert fit(["Name"], [[cell]], [False]).words == [words]


def test_a_label_holds_no_braces_and_the_apostrophe_of_its_heading():
    assert label("Reader's {place}") == "Reader’s place"


def _cells(html):
    return BeautifulSoup(html, "html.parser").select("tbody td")


def test_cells_of_cards_carry_their_headings_but_the_first_and_the_blank():
    frame = pd.DataFrame(
        {"account": ["行政运行"], **{f"year {n}": ["1,234,567.00"] for n in "abcd"}, "gap": [None]}
    )
    own = _cells(show(frame, "Accounts")._repr_html_())
    pandas = _cells(framed(frame.set_index("account")._repr_html_()))
    labels = [f"year {n}" for n in "abcd"]
    assert [cell.get("data-label") for cell in own] == [None, *labels, None]
    assert [cell.get("data-label") for cell in pandas] == [*labels, None]
