"""The tables that others would make: whole for this document, never broken for another."""

import re
from fractions import Fraction

import pytest
from shapes import made

from budgetbook.site.asked import Asked
from budgetbook.synthetic import SHAPES
from budgetbook.words.naming import Names

TABLES = (
    *("sections", "accounts", "traces", "pockets"),
    *("workers", "per_head", "words", "institution"),
)


def shown(disclosure, name):
    """What the directive makes of a disclosure: heading and rows, or a sentence."""

    class Shown(Asked):
        names, arguments = Names(disclosure), (name,)

        def __init__(self):
            pass

        def figure(self, text, address, formula=""):
            assert disclosure.at(address)
            return text

        def table(self, head, rows, classes=(), total=None):
            return head, [row for _, row in rows]

    Shown.disclosure = disclosure
    *captions, found = Shown().run()
    assert len(captions) == isinstance(found, tuple)
    assert all(re.search("[\u4e00-\u9fff]$", caption.astext()) for caption in captions)
    return found if isinstance(found, tuple) else found.astext()


@pytest.mark.parametrize("name", TABLES)
def test_each_table_of_this_document_is_whole(repo, disclosure, name):
    head, rows = shown(disclosure, name)
    assert len(rows) > 2
    assert {len(row) for row in rows} == {len(head)}
    assert not [row for row in rows if not row[0]]
    assert f"```{{asked}} {name}\n" in (repo / "book" / "questions.md").read_text("utf-8")


@pytest.mark.parametrize("shape", SHAPES)
def test_another_department_has_each_table_or_a_sentence(shape):
    other = made(shape, 1)
    for name in TABLES:
        found = shown(other, name)
        if isinstance(found, str):
            assert "is not printed" in found or "所印数字无可列示" in found
        else:
            assert {len(row) for row in found[1]} == {len(found[0])}, name


def test_hired_staff_are_whole_persons_and_the_whole_budget(disclosure):
    """More heads cost less each; what the limit of the price allows is divided by whole heads."""
    _, rows = shown(disclosure, "workers")
    (many, budget, each) = next(row[1:] for row in rows if "编外聘用人员经费" in row[0])
    few, most = map(int, many.split(" to "))
    assert (few, most) == (6, 8)
    assert Fraction(270_000, few) <= 50_000 < Fraction(270_000, few - 1)
    assert (budget, each) == ("270,000.00", f"{270_000 // most:,}.00 to {270_000 // few:,}.00")


def test_a_figure_of_the_institution_says_that_a_division_is_assumed(disclosure):
    _, rows = shown(disclosure, "institution")
    rests = {row[0][:7]: row[2] for row in rows}
    assert all("assumed" in rests[code] for code in ("2080505", "2080506"))
    assert not [rest for rest in rests.values() if "bounds alone" in rest]


def test_a_change_for_each_is_tried_with_one_head_more_and_fewer(disclosure):
    """The sign may hang on one head of last year, and the table shows whether it does."""
    _, rows = shown(disclosure, "per_head")
    tried = {row[1].split(" 上年")[0]: row for row in rows if "change" in row[1]}
    assert [row[4] for row in tried.values()] == ["−6.3%", "9.3%", "−21.9%"]
