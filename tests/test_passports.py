"""Passports of figures: each has one, its checks move with it, and nothing is left out."""

from dataclasses import replace

import pytest

from budgetbook.checks import Verdict, catalogue, evaluate
from budgetbook.guards import changed, printed
from budgetbook.passports import Passport, formula, passports, place, source, touching
from budgetbook.reconstruction import absent_tables


@pytest.fixture(scope="module")
def every(disclosure, results, guarded):
    """All passports."""
    return passports(disclosure, results, guarded)


def test_every_figure_has_one_passport(disclosure, every):
    addresses = [(p.resource, p.anchor) for p in every]
    assert len(set(addresses)) == len(addresses)
    figures = [(f.resource, f.passport) for f in printed(disclosure)]
    rebuilt = absent_tables(disclosure)
    assert rebuilt
    assert addresses[: len(figures)] == figures
    assert len(addresses) == len(figures) + len(rebuilt)


def test_a_passport_says_where_the_figure_stands(disclosure, every):
    figures = {(f.resource, f.passport): f for f in printed(disclosure)}
    for passport in every:
        assert all(w.both.strip() for w in (passport.table, passport.row, passport.column))
        figure = figures.get((passport.resource, passport.anchor))
        if figure is None:
            assert passport.origin.startswith("reconstructed")
            assert passport.formula
            assert passport.line is None
        else:
            assert passport.origin == "printed"
            line = str(figure.key).removeprefix("L").partition(".")[0]
            assert str(passport.line) == line
            assert passport.text.replace(",", "").replace("−", "-") == str(figure.value)
            assert f"line {line}" in passport.short


def test_a_row_bears_its_code_and_both_names(every):
    passport = next(p for p in every if (p.resource, p.anchor) == ("table-05", "figure-224-total"))
    assert passport.row.code == "2210201"
    assert passport.row.english == "Housing provident fund"
    assert passport.row.chinese == "住房公积金"
    assert passport.figure == "189,888.12 yuan"


def test_a_reconstructed_figure_starts_from_a_figure_that_has_a_passport(every):
    addresses = {(p.resource, p.anchor) for p in every}
    rebuilt = [p for p in every if p.formula]
    assert {p.resource for p in rebuilt} == {"table-02", "table-13"}
    assert all(p.source in addresses for p in rebuilt)
    assert not [p.anchor for p in rebuilt if p.anchor.count("-") == 1]


def moved(results, checks, disclosure):
    """The ids of checks whose sides are no longer the same."""
    after = evaluate(checks, disclosure)
    return {
        old.check.id
        for old, new in zip(results, after, strict=True)
        if (old.left, old.right, old.needs) != (new.left, new.right, new.needs)
    }


#: Checks that read a figure and may not move with it: a sign, and a figure that cancels out.
STILL = ("explanation.", "change.L83.4")


def test_the_checks_that_a_passport_names_move_with_its_figure(disclosure, results, guarded):
    touched = touching(results, guarded)
    assert sum(map(len, touched.values())) > 1000
    for figure in printed(disclosure):
        mine = [r for r in touched.get(figure[:3], ()) if r.verdict is not Verdict.OPEN]
        checks = [r.check for r in mine]
        hit = set()
        for more in (figure.unit, figure.value + 7 * figure.unit, -figure.value):
            hit |= moved(mine, checks, changed(disclosure, {figure: more}))
        still = {c.id for c in checks} - hit
        assert not [i for i in still if not i.startswith(STILL)], figure


def test_no_check_that_moves_is_left_out(disclosure, results, guarded):
    touched = touching(results, guarded)
    checks = catalogue(disclosure)
    for figure in list(printed(disclosure))[::9]:
        hit = moved(results, checks, changed(disclosure, {figure: figure.unit}))
        assert hit <= {r.check.id for r in touched.get(figure[:3], ())}, figure


def test_the_verdicts_are_counted_the_failing_ones_first(every, results):
    verdicts = {r.check.id: r.verdict for r in results}
    failing = next(p for p in every if p.having(Verdict.FAILS) and p.having(Verdict.HOLDS))
    count = sum(verdicts[r.check.id] is Verdict.FAILS for r in failing.checks)
    assert failing.tally.startswith(f"checks: {count} fail")
    assert failing.tally in failing.short
    assert replace(failing, checks=()).tally == "no check touches it"


def test_what_a_check_reads_leads_to_a_passport_or_its_row(results, every):
    addresses = {(p.resource, p.anchor) for p in every}
    places = {place(leaf) for r in results for leaf in r.check.left.leaves()} - {None}
    assert places & addresses
    rest = {anchor.partition("-")[0] for _, anchor in places - addresses}
    assert rest <= {"line", "figure"}  # a word, or a blank cell


def test_a_derived_figure_has_a_formula_and_a_printed_one_none(results):
    by_id = {r.check.id: r for r in results}
    sum_of_classes = by_id["hierarchy.table-03.total.total"].check
    assert formula(sum_of_classes.left) == ""
    assert formula(sum_of_classes.right).startswith("table-03:208:total + table-03:210:total")
    for result in results:
        for side in (result.check.left, result.check.right):
            assert len(formula(side)) <= 160
    where, how = source(by_id["projects.all"], "gap")
    assert where == ("table-17", "figure-423-amount")
    assert how.count("−") == 1 or how.startswith("computed from")


def test_a_year_is_printed_as_a_year(every):
    years = [p for p in every if p.unit == "年"]
    assert years
    assert all(p.text.isdigit() for p in years)


def test_only_money_to_the_cent_is_looked_for_in_chapters():
    words = ("", "")
    one = Passport("table-05", "a", "1,234.50", "yuan", words, words, words, 1, ())
    assert one.is_amount
    assert not replace(one, text="0.00").is_amount
    assert not replace(one, unit="points").is_amount
