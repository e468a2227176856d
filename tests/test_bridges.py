"""A bridge is drawn to where its steps lead, and what they leave is seen."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from budgetbook.show import bridges
from budgetbook.show.bridges import Move, moves, waterfall

START = ("before", Decimal("1000000.00"))


def bars(chart):
    """The width of each filled bar, in units of the drawing."""
    paths = re.findall(r'd="M ([\d.]+) [\d.]+\s+L ([\d.]+) [^"]*z "[^>]*fill="var', chart.svg)
    return [abs(float(b) - float(a)) for a, b in paths]


def test_steps_have_signs_and_reach_the_end():
    steps = moves([("up", Decimal("300000.00")), ("down", Decimal("-100000.00"))])
    chart = waterfall("t", START, steps, ("after", Decimal("1200000.00")), "A bridge.")
    assert chart.values == [
        ["Step", "Yuan"],
        ["before", "1,000,000.00"],
        ["up", "+300,000.00"],
        ["down", "−100,000.00"],
        ["after", "1,200,000.00"],
    ]
    assert "up +30.0; down −10.0." in chart.alt
    assert bridges.LEFT_OVER not in chart.svg


def test_what_the_steps_leave_is_a_step():
    steps = moves([("up", Decimal("300000.00"))])
    chart = waterfall("t", START, steps, ("after", Decimal("1200000.00")), "A bridge.")
    assert [bridges.LEFT_OVER, "−100,000.00"] in chart.values
    assert f"{bridges.LEFT_OVER} −10.0" in chart.alt
    assert bridges.LEFT_OVER in chart.svg


def test_a_range_is_full_where_certain_and_pale_where_not():
    steps = [
        Move("personnel", Decimal("50000.00"), Decimal("100000.00")),
        Move("goods", Decimal("30000.00"), Decimal("-20000.00")),
    ]
    chart = waterfall("t", START, steps, ("after", Decimal("1080000.00")), "A bridge.")
    assert ["personnel", "+50,000.00 to +100,000.00"] in chart.values
    assert ["goods", "−20,000.00 to +30,000.00"] in chart.values
    assert bridges.LEFT_OVER not in chart.alt
    first, small, large, certain, up, down, last = bars(chart)
    scale = first / 1_000_000
    expected = [50_000, 100_000, 50_000, 30_000, 20_000, 1_080_000]
    found = [small, large, certain, up, down, last]
    assert found == pytest.approx([scale * width for width in expected], abs=0.01)
    assert chart.svg.count('opacity="0.35"') == 4


def test_cases_that_end_apart_are_refused():
    steps = [Move("odd", Decimal("1.00"), Decimal("2.00"))]
    with pytest.raises(ValueError, match="one case"):
        waterfall("t", START, steps, ("after", Decimal("1000001.00")), "A bridge.")


def test_parts_of_a_cent_leave_nothing_over():
    steps = moves([("third", Fraction(1, 3)), ("rest", Fraction(2, 3))])
    chart = waterfall("t", START, steps, ("after", Decimal("1000001.00")), "A bridge.")
    assert bridges.LEFT_OVER not in chart.alt
