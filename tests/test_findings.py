"""The register of findings: one cause, one entry; every failing check in exactly one."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from budgetbook.checks import Verdict, implied, run
from budgetbook.findings import findings, request, unweighed
from budgetbook.linear import Contradiction, Equation, Span, bounds, total


def test_each_failing_check_belongs_to_exactly_one_finding(register, results):
    failing = [r.check.id for r in results if r.verdict is Verdict.FAILS]
    weighed = [r.check.id for f in register for r in f.failing]
    assert sorted(weighed) == sorted(failing)
    assert unweighed(register, results) == []


def test_each_entry_is_whole(register):
    assert [f.entry["rank"] for f in register] == list(range(1, len(register) + 1))
    for finding in register:
        assert finding.results, finding.id
        assert finding.readings, finding.id
        for column in ("found_en", "found_zh", "settles_zh", "ask_zh"):
            assert "—" not in finding.sentence(column), (finding.id, column)
            assert "{" not in finding.sentence(column)
        for reading in finding.readings:
            assert reading.speaks_en
            assert any("一" <= letter <= "鿿" for letter in reading.speaks_zh)


def test_no_figure_is_typed_into_the_register(register):
    """Digits in its sentences are places, codes of accounts, or numbers of tables and classes."""
    tables = r"[Tt]ables? \d+( and \d+)?"
    known = re.compile(rf"\{{[^{{}}]+\}}|\d{{7}}|\d{{5}}|{tables}|5G|class \d{{3}}|\d{{3}}类")
    for finding in register:
        for column in ("title_en", "title_zh", "found_en", "found_zh", "ask_en", "ask_zh"):
            left = known.sub("", finding.entry[column])
            assert not re.search(r"\d", left), (finding.id, column, left)


def test_nothing_accuses(register):
    words = (
        "fraud|conceal|hide|illegal|cheat|deliberate|corrupt|wrongdoing|造假|隐瞒|违法|故意|贪|骗"
    )
    for finding in register:
        for text in (*finding.entry.values(), *(part for r in finding.readings for part in r)):
            assert not re.search(words, str(text)), (finding.id, text)


def test_some_are_fine_and_some_are_not(register):
    assert {"shares-above-hundred", "pay-fits-to-the-cent"} <= {f.id for f in register if f.fine}
    assert {"projects-without-form", "procurement-total"} <= {f.id for f in register if not f.fine}


def test_a_mended_figure_makes_the_finding_vanish_and_a_wrong_one_appears(disclosure):
    rows = tuple(
        {**r, "total": None, "goods": None} if r["line"] == 377 else r
        for r in disclosure.tables["table-14"]
    )
    mended = replace(disclosure, tables={**disclosure.tables, "table-14": rows})
    register = {f.id: f for f in findings(mended, run(mended))}
    assert register["procurement-total"].fine
    rows = tuple(
        {**r, "basic": r["basic"] + Decimal("0.01")} if r["code"] == "50201" else r
        for r in disclosure.tables["table-07"]
    )
    wrong = replace(disclosure, tables={**disclosure.tables, "table-07": rows})
    results = run(wrong)
    assert [r.check.id for r in unweighed(findings(wrong, results), results)] == [
        "hierarchy.table-07.502.basic",
        "crosswalk.basic.302",
    ]


def test_the_size_is_that_of_its_check(register):
    by_id = {f.id: f for f in register}
    assert by_id["projects-without-form"].size == Fraction(200_000)
    assert by_id["signs-of-damage"].size is None


def test_a_letter_asks_and_thanks(register):
    for finding in register:
        letter = request(finding)
        if letter:
            assert letter.endswith("谢谢！")
            assert finding.sentence("found_zh") in letter
            assert "亦请指正" in letter


def test_a_check_that_follows_from_others_is_implied(disclosure, results):
    found = implied(results, disclosure)
    by_id = {r.check.id: r for r in results}
    assert "tie.table-01.total.table-03" in found
    assert "hierarchy.table-03.total.total" not in found
    # without the checks that it follows from, it is evidence of its own
    alone = [by_id["tie.table-01.total.table-03"]]
    assert implied(alone, disclosure) == set()


def test_what_equations_imply():
    span = Span()
    one = Fraction(1)
    assert span.add({"a": one, "b": -one})
    assert span.add({"b": one, "c": -one})
    assert not span.add({"a": Fraction(2), "c": Fraction(-2)})
    assert span.remainder({"a": one, "d": one}) == {"c": one, "d": one}


def test_what_equations_bound():
    found = bounds([total(["a", "b"], Fraction(10)), total(["b", "c"], Fraction(4))])
    assert (found["a"].low, found["a"].high) == (6, 10)
    assert not found["a"].determined
    fixed = bounds([Equation({"a": Fraction(4)}, Fraction(10))])
    assert fixed["a"].determined
    assert fixed["a"].low == Fraction(5, 2)
    with pytest.raises(Contradiction):
        bounds([total(["a", "b"], Fraction(1)), total(["a"], Fraction(2))])
