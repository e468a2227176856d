"""A bridge is drawn to where its steps lead, and what they leave is seen."""

import re
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from budgetbook.show import bridge, bridges

START = ("before", Decimal("1000000.00"))


def moves(steps):
    """Steps that are known exactly, as a frame takes them."""
    return [(label, change, change) for label, change in steps]


def waterfall(steps, end):
    frame = pd.DataFrame(steps, columns=["step", "low", "high"])
    return bridge("t", frame, "A bridge.", start=START, end=end)


def bars(chart):
    """The width of each filled bar, in units of the drawing."""
    paths = re.findall(r'd="M ([\d.]+) [\d.]+\s+L ([\d.]+) [^"]*z "[^>]*fill="var', chart.desk)
    return [abs(float(b) - float(a)) for a, b in paths]


def test_steps_have_signs_and_reach_the_end():
    steps = moves([("up", Decimal("300000.00")), ("down", Decimal("-100000.00"))])
    chart = waterfall(steps, ("after", Decimal("1200000.00")))
    assert chart.values == [
        ["Step", "Yuan"],
        ["before", "1,000,000.00"],
        ["up", "+300,000.00"],
        ["down", "−100,000.00"],
        ["after", "1,200,000.00"],
    ]
    assert "up: +300,000.00; down: −100,000.00; after" in chart.alt
    assert bridges.LEFT_OVER not in chart.desk


def test_what_the_steps_leave_is_a_step():
    steps = moves([("up", Decimal("300000.00"))])
    chart = waterfall(steps, ("after", Decimal("1200000.00")))
    assert [bridges.LEFT_OVER, "−100,000.00"] in chart.values
    assert f"{bridges.LEFT_OVER}: −100,000.00" in chart.alt
    assert bridges.LEFT_OVER in chart.desk


def test_a_range_is_full_where_certain_and_pale_where_not():
    steps = [
        ("personnel", Decimal("50000.00"), Decimal("100000.00")),
        ("goods", Decimal("30000.00"), Decimal("-20000.00")),
    ]
    chart = waterfall(steps, ("after", Decimal("1080000.00")))
    assert ["personnel", "+50,000.00 to +100,000.00"] in chart.values
    assert ["goods", "−20,000.00 to +30,000.00"] in chart.values
    assert bridges.LEFT_OVER not in chart.alt
    first, small, large, certain, up, down, last = bars(chart)
    scale = first / 1_000_000
    expected = [50_000, 100_000, 50_000, 30_000, 20_000, 1_080_000]
    found = [small, large, certain, up, down, last]
    assert found == pytest.approx([scale * width for width in expected], abs=0.01)
    assert chart.desk.count('opacity="0.35"') == 4


def test_cases_that_end_apart_are_refused():
    steps = [("odd", Decimal("1.00"), Decimal("2.00"))]
    with pytest.raises(ValueError, match="one case"):
        waterfall(steps, ("after", Decimal("1000001.00")))


def test_parts_of_a_cent_leave_nothing_over():
    steps = moves([("third", Fraction(1, 3)), ("rest", Fraction(2, 3))])
    chart = waterfall(steps, ("after", Decimal("1000001.00")))
    assert bridges.LEFT_OVER not in chart.alt
