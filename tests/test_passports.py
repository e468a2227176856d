"""Passports of figures: each has one, its checks move with it, and nothing is left out."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from budgetbook.analysis.reconstruction import absent_tables
from budgetbook.checks import Verdict, catalogue, evaluate
from budgetbook.model.address import parse
from budgetbook.proof.formulas import place
from budgetbook.proof.guards import changed, printed
from budgetbook.proof.passports import Passport, passports, told_at, touching


@pytest.fixture(scope="module")
def every(disclosure, results, guarded):
    """All passports."""
    return passports(disclosure, results, guarded)


@pytest.mark.long
def test_every_figure_has_one_passport(disclosure, every):
    addresses = [p.address for p in every]
    assert len(set(addresses)) == len(addresses)
    figures = [f.address for f in printed(disclosure)]
    rebuilt = absent_tables(disclosure)
    assert rebuilt
    assert addresses[: len(figures)] == figures
    assert len(addresses) == len(figures) + len(rebuilt)


def test_a_passport_says_where_the_figure_stands(disclosure, every):
    figures = {f.address: f for f in printed(disclosure)}
    for passport in every:
        assert all(w.both.strip() for w in (passport.table, passport.row, passport.column))
        figure = figures.get(passport.address)
        if figure is None:
            assert passport.origin.startswith("reconstructed")
            assert "published" not in passport.origin, "whether it was, the text does not say"
            assert passport.formula
            assert passport.line is None
        else:
            assert passport.origin == "printed"
            assert passport.line == disclosure.at(figure.address)[0]["line"]
            assert passport.text.replace(",", "").replace("−", "-") == str(figure.value)
            assert f"line {passport.line} " in passport.short


def test_a_row_bears_its_code_and_both_names(every):
    fund = parse("spending-by-function/2210201.total")
    passport = next(p for p in every if p.address == fund)
    assert passport.row.code == "2210201"
    assert passport.row.english == "Housing provident fund"
    assert passport.row.chinese == "住房公积金"
    assert passport.figure == "189,888.12 yuan"


def test_a_reconstructed_figure_starts_from_a_figure_that_has_a_passport(every):
    addresses = {p.address for p in every}
    rebuilt = [p for p in every if p.formula]
    assert {p.address.table for p in rebuilt} == {"income-summary", "project-detail"}
    assert all(p.source in addresses for p in rebuilt)
    assert all(p.address.column for p in rebuilt)


def moved(results, checks, disclosure):
    """The ids of checks whose sides are no longer the same."""
    after = evaluate(checks, disclosure)
    return {
        old.check.id
        for old, new in zip(results, after, strict=True)
        if (old.left, old.right, old.needs) != (new.left, new.right, new.needs)
    }


#: Checks that read a figure and may not move with it: a sign, and a figure that cancels out.
STILL = ("explanation.", "change.claims/other-matters/operating-funds/change/this")


def test_the_checks_that_a_passport_names_move_with_its_figure(disclosure, results, guarded):
    touched = touching(results, guarded)
    assert sum(map(len, touched.values())) > 1000
    for figure in printed(disclosure):
        mine = [r for r in touched.get(figure.address, ()) if r.verdict is not Verdict.OPEN]
        checks = [r.check for r in mine]
        hit = set()
        for more in (figure.unit, figure.value + 7 * figure.unit, -figure.value):
            hit |= moved(mine, checks, changed(disclosure, {figure: more}))
        still = {c.id for c in checks} - hit
        assert not [i for i in still if not i.startswith(STILL)], figure


@pytest.mark.long
def test_no_check_that_moves_is_left_out(disclosure, results, guarded):
    touched = touching(results, guarded)
    checks = catalogue(disclosure)
    for figure in list(printed(disclosure))[::9]:
        hit = moved(results, checks, changed(disclosure, {figure: figure.unit}))
        assert hit <= {r.check.id for r in touched.get(figure.address, ())}, figure


def test_the_verdicts_are_counted_the_failing_ones_first(every, results):
    verdicts = {r.check.id: r.verdict for r in results}
    failing = next(p for p in every if p.having(Verdict.FAILS) and p.having(Verdict.HOLDS))
    count = sum(verdicts[r.check.id] is Verdict.FAILS for r in failing.checks)
    assert failing.tally.startswith(f"checks: {count} fail")
    assert failing.tally in failing.short
    assert replace(failing, checks=()).tally == "no check touches it"


def test_what_a_check_reads_leads_to_a_passport_or_its_row(disclosure, results, every):
    addresses = {p.address for p in every}
    places = {place(leaf) for r in results for leaf in r.check.left.leaves()} - {None}
    assert places & addresses
    for address in places - addresses:  # a word, or a blank cell
        row, column = disclosure.at(address)
        assert not isinstance(row[column], Decimal), address


def test_a_year_is_printed_as_a_year(every):
    years = [p for p in every if p.unit == "年"]
    assert years
    assert all(p.text.isdigit() for p in years)


def test_only_money_to_the_cent_is_looked_for_in_chapters():
    words = ("", "")
    place = parse("spending-by-function/208.total")
    one = Passport(place, "1,234.50", "yuan", words, words, words, 1, ())
    assert one.is_amount
    assert not replace(one, text="0.00").is_amount
    assert not replace(one, unit="points").is_amount


def test_a_finding_is_named_by_each_figure_that_it_tells_of(register, every):
    """By those that its failing checks touch, and by those that its sentences and readings show."""
    by_place = {p.address: p for p in every}
    told = 0
    for finding in register:
        shown = {told_at(finding, piece) for piece in finding.figures} - {None}
        touched = {
            place(leaf)
            for r in (finding.failing or finding.results)
            for side in (r.check.left, r.check.right)
            for leaf in side.leaves()
        }
        for where in (shown | touched) & by_place.keys():
            assert finding.id in {f.id for f in by_place[where].findings}, (finding.id, where)
            told += 1
    assert told > 200
    since = "claims/project-targets/通信行业安全、应急管理/description/other-year/year.value"
    year = by_place[parse(since)]
    assert [f.id for f in year.findings] == ["project-older-than-its-item"]  # in a reading alone


def test_a_rebuilt_figure_says_what_the_checks_of_the_figures_behind_it_say(every, results):
    """What no form explains is what a check misses, so its passport may not say that none is."""
    by_id = {r.check.id: r for r in results}
    rebuilt = {p.address: p for p in every if p.formula}
    left = rebuilt[parse("project-detail/unlisted.total")]
    assert Fraction(left.text.replace(",", "")) == -by_id["projects.all"].difference
    assert [r.check.id for r in left.having(Verdict.FAILS)] == ["projects.all"]
    assert "projects-without-form" in {f.id for f in left.findings}
    assert left.tally.startswith("checks of the figures behind it: 1 fails")
    for passport in rebuilt.values():
        assert "no check" not in passport.short


def test_a_passport_with_a_failing_check_names_a_finding(every):
    for passport in every:
        if passport.having(Verdict.FAILS):
            assert passport.findings, passport.short
