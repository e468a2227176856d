"""Sentences with typed values: each is printed as its type says, or not at all."""

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from pseudo import translate

from budgetbook.messages import LANGUAGE, both, counted, pair, parts, said, say
from budgetbook.show import cite, show


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
        ("opening", "a rent of Bath", "A rent of Bath"),
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


def test_a_link_stands_within_a_sentence():
    link = object()
    assert parts("{n:count} more in {it:part}.", n=2, it=link) == ["2", " more in ", link, "."]
    assert parts("{it:part}", it=link) == [link]


def test_one_and_several_are_two_messages():
    assert counted("one check", "{number:count} checks", 1) == "one check"
    assert counted("one check", "{number:count} checks", 1200) == "1,200 checks"


def test_two_messages_say_the_same_of_the_same_values():
    assert pair("{n:count} more", "另有{n:count}处", n=2) == ("2 more", "另有2处")


def test_a_name_is_printed_in_both_languages():
    assert both("Rent", "租金") == "Rent 租金"
    assert both("", "租金") == both("租金", "租金") == "租金"


def test_a_message_is_looked_up_when_it_is_shown(tmp_path, monkeypatch):
    told = say("{n:count} more", n=2)
    translate(tmp_path, "de", {"{n:count} more": "({n:count} mehr)"})
    monkeypatch.setattr("budgetbook.messages.LOCALES", tmp_path)
    monkeypatch.setenv(LANGUAGE, "de")
    assert (str(told), said("unknown")) == ("(2 mehr)", "unknown")
    monkeypatch.delenv(LANGUAGE)
    assert str(told) == "2 more"


def test_an_amount_with_a_passport_is_a_link_where_a_message_is_shown_and_a_text_elsewhere():
    link = "<a class='figure-link' href='address:t/total.total' data-yuan='12000.00'>1.2 万元</a>"
    money = cite(Decimal("12000.00"), "t/total.total")
    within = say("A {money:wan} <b>", money=money)
    told = say("{within:message} of {name:text}", within=within, name="a & b")
    assert str(told) == "A 1.2 万元 <b> of a & b"
    assert told._repr_markdown_() == f"A {link} <b> of a & b"
    assert told.html == f"A {link} &lt;b&gt; of a &amp; b"
    table = show(pd.DataFrame([(told,)], columns=["says"]), "Caption of {money:wan}", money=money)
    assert table._repr_html_().count(told.html) == 1
    assert table._repr_html_().count("Caption of 1.2 万元") == 2, "no link in a caption"
    assert say("{money:wan_zh}", money=money).html == link.replace(" 万元", "万元")
