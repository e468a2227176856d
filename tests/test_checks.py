"""The catalogue and its one evaluator: verdicts come from the data, with no tolerance."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from budgetbook.forms.layout import table_words
from hypothesis import example, given, settings
from hypothesis import strategies as st

from budgetbook.checks import Verdict, catalogue, evaluate, run
from budgetbook.checks.check import Check
from budgetbook.checks.tables import hierarchy
from budgetbook.exact.money import percent, round_half_up, side, wan, yuan
from budgetbook.model.expressions import Cell, Constant, Percentage, Stated, cell_words, total
from budgetbook.model.counting import Count
from budgetbook.proof.evidence import KINDS
from budgetbook.analysis.performance import kind
from budgetbook.proof.guards import key, printed
from budgetbook.proof.passports import has_figures
from budgetbook.site.substitutions import facts


def number(value):
    """An expression with a fixed value."""

    class Fixed(Constant):
        def value(self, disclosure):
            return Fraction(value)

    return Fixed(0)


def verdict(disclosure, left, right, relation="=", **more):
    """The verdict on a handmade check."""
    check = Check("x", "family", "statement", "说明", "guards", left, right, relation, **more)
    return evaluate([check], disclosure)[0].verdict


def test_every_check_is_complete_and_known_once(disclosure):
    checks = catalogue(disclosure)
    sources = {row["id"] for row in disclosure.reference["sources"]}
    assert max(Counter(check.id for check in checks).values()) == 1
    for check in checks:
        assert check.statement_en
        assert any("一" <= letter <= "鿿" for letter in check.statement_zh), check.id
        assert check.guards
        assert check.source in sources


def test_a_cent_is_a_difference(disclosure):
    assert verdict(disclosure, number("1.00"), number("1.00")) is Verdict.HOLDS
    assert verdict(disclosure, number("1.00"), number("1.01")) is Verdict.FAILS
    assert verdict(disclosure, number("1.01"), number("1.00"), "≤") is Verdict.FAILS


@pytest.mark.parametrize(
    ("exact", "printed", "expected"),
    [
        ("2.25", "2.3", Verdict.ROUNDED),
        ("-2.25", "-2.3", Verdict.ROUNDED),
        ("2.25", "2.2", Verdict.FAILS),
        ("2.3", "2.3", Verdict.HOLDS),
    ],
)
def test_rounding_is_half_up_at_the_printed_precision(disclosure, exact, printed, expected):
    sides = number(exact), number(printed)
    assert verdict(disclosure, *sides, "rounds to", decimals=1) is expected


def test_rounded_parts_may_miss_their_whole_by_their_rounding_only(disclosure):
    more = {"decimals": 1, "terms": 4}
    near = verdict(disclosure, number("100.2"), number(100), "sums to", **more)
    far = verdict(disclosure, number("100.3"), number(100), "sums to", **more)
    assert (near, far) == (Verdict.ROUNDED, Verdict.FAILS)


def test_what_lacks_a_figure_is_open_and_never_holds(disclosure):
    blank = Cell("spending-by-function", 215, "prior_total", "21505")
    zero = Cell("spending-by-function", 215, "prior_total", "21505", blank_is_zero=True)
    for left in (
        blank,
        Stated("projects", 1999, "a figure"),
        Percentage(number(1), number(0)),
        total([blank]),
    ):
        assert verdict(disclosure, left, number(0)) is Verdict.OPEN
    assert verdict(disclosure, zero, number(0)) is Verdict.HOLDS


def verdicts(disclosure):
    """Check id → verdict."""
    return {result.check.id: result.verdict for result in run(disclosure)}


def with_cell(disclosure, table, line, **values):
    """The disclosure with some cells of one row changed."""
    rows = [{**r, **values} if r["line"] == line else r for r in disclosure.tables[table]]
    return replace(disclosure, tables={**disclosure.tables, table: tuple(rows)})


def test_the_disagreements_of_this_disclosure(disclosure):
    found = verdicts(disclosure)
    for name in (
        "text.L85.1",
        "count.L87.2",
        "projects.all",
        "projects.bureau",
        "weights.table-17.1",
        "ceilings.form-1",
        "structure.printed.table-02",
        "structure.code.table-05.L216",
        "hierarchy.table-05.215.prior_total",
        "change.items",
    ):
        assert found[name] is Verdict.FAILS, name
    assert found["renamed.table-05.21505.class"] is Verdict.HOLDS
    assert found["contributions.operating-funds.prior"] is Verdict.HOLDS
    assert found["contributions.subordinate.pension"] is Verdict.FAILS
    assert found["change.L83.4"] is Verdict.OPEN


def test_a_mended_figure_mends_the_verdict(disclosure):
    mended = with_cell(disclosure, "procurement", 377, total=None, goods=None)
    assert verdicts(mended)["text.L85.1"] is Verdict.HOLDS
    mended = with_cell(disclosure, "project-targets", 423, amount=Decimal("1130000.00"))
    assert verdicts(mended)["projects.all"] is Verdict.HOLDS
    mended = with_cell(disclosure, "project-targets", 438, target="1")
    mended = with_cell(mended, "project-targets", 439, target="92")
    assert verdicts(mended)["ceilings.form-1"] is Verdict.HOLDS
    mended = with_cell(disclosure, "spending-by-function", 216, code="2150517")
    assert verdicts(mended)["structure.code.table-05.L216"] is Verdict.HOLDS


cents = st.integers(1, 10**9).map(lambda n: Decimal(n).scaleb(-2))


@settings(max_examples=25, deadline=None)
@given(parts=st.lists(cents, min_size=9, max_size=9), wrong=st.integers(0, 8))
def test_a_consistent_tree_passes_and_a_change_in_it_is_caught(disclosure, parts, wrong):
    """Build table 3 from below with other amounts: it never fails; one wrong item always does."""
    rows = list(disclosure.tables["spending-summary"])
    items = [row for row in rows if len(row["code"] or "") == 7]
    amounts = {row["code"]: amount for row, amount in zip(items, parts, strict=True)}

    def built(amounts):
        result = []
        for row in rows:
            below = [a for code, a in amounts.items() if code.startswith(row["code"] or "")]
            money = sum(below, Decimal(0))
            nature = "basic" if row["basic"] is not None else "project"
            result.append({**row, "total": money, "basic": None, "project": None, nature: money})
        return replace(disclosure, tables={"spending-summary": tuple(result)})

    def failures(d):
        results = evaluate(hierarchy(d), d)
        return [r.check.id for r in results if r.verdict is Verdict.FAILS and "total" in r.check.id]

    whole = built(amounts)
    assert failures(whole) == []
    item = items[wrong]
    spoiled = with_cell(
        whole, "spending-summary", item["line"], total=parts[wrong] + Decimal("0.01")
    )
    assert failures(spoiled)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_money_prints_exactly(amount):
    printed = yuan(amount).replace(",", "").replace("−", "-")
    assert Decimal(printed) == amount


@given(st.fractions(), st.integers(0, 4))
@example(Fraction(10**28 + 1), 0)
def test_rounding_is_never_further_than_half_a_unit(value, decimals):
    rounded = Fraction(round_half_up(value, decimals))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**decimals)


def test_printed_words_of_money():
    assert yuan(None) == ""
    assert wan(Decimal("5648141.13")) == "564.8"
    assert percent(Decimal(1), Decimal(8), 2) == "12.50%"
    assert side(Fraction(6)) == "6"
    assert side(Fraction("-447514.76")) == "−447,514.76"
    assert Count("things", lambda d: 3).address == "things"


def test_a_statement_speaks_in_words_and_never_in_addresses(results):
    for result in results:
        for text in (result.check.statement_en, result.check.statement_zh, result.needs or ""):
            assert not re.search(r"table-\d|\w:\w|[a-z]_[a-z]|[{}]", text), result.check.id


def test_cells_are_called_by_table_row_and_column():
    assert cell_words("spending-summary", "208", "basic") == (
        "the basic expenditure of 208 in table 3",
        "表三科目208“基本支出”栏",
    )
    assert cell_words("three-public", "line=343", "total")[1] == "表十第343行“合计”栏"
    assert table_words("project-targets") == ("table 17", "表十七")


def test_an_equality_reads_printed_figures_and_nothing_else(disclosure):
    """What is counted as holding to the last digit compares figures, printed or left blank."""
    figures = {figure[:3] for figure in printed(disclosure)}

    def is_figure(leaf):
        blank = isinstance(leaf, Cell) and has_figures(leaf.table, leaf.column)
        return blank or key(leaf) in figures

    found = Counter()
    for result in run(disclosure):
        check = result.check
        leaves = [*check.left.leaves(), *check.right.leaves()]
        located = bool(leaves) and all(map(is_figure, leaves))
        what = kind(check)
        assert what in KINDS
        found[what] += 1
        if what in ("equality", "limit"):
            assert located, check.id
            assert not isinstance(result.left, str), check.id
            assert (what == "equality") == (check.relation == "="), check.id
        if check.family in ("ties between tables", "hierarchy", "row totals"):
            assert what == "equality", check.id
        if check.id.startswith(("structure.title", "structure.name", "explanation.sign")):
            assert what == "form", check.id
    assert min(found[name] for name in KINDS) > 0


def test_the_numbers_of_checks_by_kind_and_verdict_are_all_of_them(disclosure):
    words, results = facts(disclosure), run(disclosure)
    numbers = {
        name: int(words[f"{name}_hold"]) for name in ("equalities", "limits", "roundings", "forms")
    }
    lost = int(words["checks_fail"]) + int(words["checks_open"])
    assert sum(numbers.values()) + lost == len(results)
    exact = [
        r
        for r in results
        if kind(r.check) == "equality" and r.left is not None and r.left == r.right
    ]
    assert numbers["equalities"] == len(exact)
    assert 0 < numbers["equalities"] < sum(r.verdict is Verdict.HOLDS for r in results) / 2
