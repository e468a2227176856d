"""For people: colours that mean one thing, and what other amounts determine."""

from decimal import Decimal

import pandas as pd
import pytest
import seaborn as sns

from budgetbook.show import Budget, answer, cite, draw, say, show
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


def test_an_answer_is_bullets_and_the_same_in_chinese():
    size = cite(Decimal(4500), "table/row.total")
    less = say("It is {size:wan} less.", "少{size:wan_zh}。", size=size)
    why = say("{all:count} reasons are given.", "理由{all:count}条。", all=2)
    english, bullets, chinese = answer(less, (less, why))._repr_markdown_().split("\n\n")
    link = "<a class='figure-link' href='address:table/row.total' data-yuan='4500'>{}</a>"
    told = f"It is {link.format('0.5 万元')} less."
    assert english == "**The answer**"
    assert bullets == f"- {told}\n- {told} 2 reasons are given."
    beside = f"少{link.format('0.5万元')}。"
    assert chinese == f"<p class='zh' lang='zh-Hans'>{beside}{beside}理由2条。</p>"


@pytest.mark.parametrize(
    "shown",
    [
        lambda frame: show(frame, "Rents", empty="There is no rent."),
        lambda frame: draw("r", sns.barplot, frame, "A.", y="of", empty="There is no rent."),
    ],
    ids=["table", "chart"],
)
def test_where_there_is_no_row_a_sentence_stands(shown):
    rows = pd.DataFrame({"of": ["hall"], "yuan": [Decimal(2)]})
    assert str(shown(rows[:0])) == "There is no rent."
