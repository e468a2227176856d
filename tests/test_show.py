"""For people: colours that mean one thing, and what other amounts determine."""

from decimal import Decimal

from budgetbook.show import Budget
from budgetbook.show.drawing import COLOURS


def test_a_colour_means_one_thing():
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_what_is_printed_and_what_is_rebuilt_are_two_exact_frames(disclosure):
    budget = Budget(disclosure)
    printed, rebuilt = budget.figures(), budget.rebuilt()
    assert len(printed) == len(list(disclosure.published()))
    assert printed["line"].notna().all()
    assert (rebuilt["formula"] != "").all()
    assert rebuilt["address"].notna().all()
    assert not set(rebuilt["table"]) & set(printed["table"])
    assert {type(v) for f in (printed, rebuilt) for v in f["amount"]} == {Decimal}
