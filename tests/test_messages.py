"""Sentences with typed values: each is printed as its type says, or not at all."""

from decimal import Decimal
from fractions import Fraction

import pytest

from budgetbook.words.messages import say


@pytest.mark.parametrize(
    ("place", "value", "shown"),
    [
        ("yuan", Decimal("1234.5"), "1,234.50 yuan"),
        ("yuan", Fraction(2, 3), "0.67 yuan"),
        ("wan", Decimal("1234500.00"), "123.5 万元"),
        ("share", Fraction(1235, 10000), "12.4%"),
        ("share", (Decimal(1), Decimal(3)), "33.3%"),
        ("share", (Decimal(1), Decimal(0)), "undefined"),
        ("count", 1234, "1,234"),
        ("year", 2025, "2025"),
        ("name", "Rent", "Rent"),
        ("name", ("Rent", "租金"), "Rent 租金"),
        ("name", (None, "租金"), "租金"),
        ("names", [("Rent", "租金"), "Fees"], "Rent 租金, Fees"),
        ("message", say("{n:count} more", n=2), "2 more"),
    ],
)
def test_a_value_is_printed_as_its_type_says(place, value, shown):
    assert str(say(f"It is {{it:{place}}}.", it=value)) == f"It is {shown}."


def test_a_message_is_markdown_in_a_notebook_and_keeps_its_template():
    told = say("It is {n:count}.", n=12)
    assert told._repr_markdown_() == repr(told) == "It is 12."
    assert told.template == "It is {n:count}."


def test_a_missing_value_is_named():
    with pytest.raises(KeyError, match="total"):
        str(say("It is {total:yuan}.", amount=12))


@pytest.mark.parametrize("place", ["{n:money}", "{n:.2f}", "{n}"])
def test_a_value_of_no_known_type_is_not_printed(place):
    with pytest.raises(KeyError):
        str(say(f"It is {place}.", n=12))
