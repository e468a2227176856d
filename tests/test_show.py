"""For people: frames, charts and how they are drawn."""

from decimal import Decimal

import matplotlib as mpl
import pytest

from budgetbook.show.charts import Bar, draw
from budgetbook.show.drawing import COLOURS
from budgetbook.show.frames import figures_frame


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(Decimal("1920000"), "Yuan", "1,920,000.00"), (1920, "Points", "1,920")],
)
def test_the_values_of_a_chart_name_their_unit(value, unit, shown):
    bars = [Bar("Rent", [("basic", value, "192")])]
    chart = draw("sample", bars, "A caption", "An alt text", unit=unit)
    assert [list(row) for row in chart.values] == [["Bar", unit], ["Rent", shown]]


def test_a_colour_means_one_thing():
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_a_readers_own_settings_change_no_chart():
    def drawn():
        return draw("t", [Bar("Rent", [("basic", 7, "7")])], "A caption.", "Words.").svg

    before = drawn()
    with mpl.rc_context({"savefig.bbox": "tight", "lines.linewidth": 9, "path.sketch": (1, 2, 3)}):
        assert drawn() == before


def test_all_figures_are_one_long_frame(disclosure):
    frame = figures_frame(disclosure)
    expected = ["table", "row", "column", "code", "year", "amount", "line", "origin", "formula"]
    assert list(frame.columns) == expected
    published = frame[frame["origin"] == "published"]
    assert len(published) == len(list(disclosure.published()))
    assert published["line"].notna().all()
    rebuilt = frame[frame["origin"] == "reconstructed"]
    assert rebuilt["line"].isna().all()
    assert (rebuilt["formula"] != "").all()
    assert {type(amount) for amount in frame["amount"]} == {Decimal}
