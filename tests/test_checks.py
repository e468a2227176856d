"""The catalogue and its one evaluator: verdicts come from the data, with no tolerance."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import generated

from budgetbook.checks import KINDS, Verdict, catalogue, evaluate, run
from budgetbook.checks.check import Check
from budgetbook.checks.tables import hierarchy
from budgetbook.model.address import parse
from budgetbook.model.expressions import Cell, Constant, Percentage, Stated, total
from budgetbook.proof.guards import figure_columns, printed
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
    address = parse("spending-by-function/21505.prior_total")
    blank, zero = Cell(address), Cell(address, blank_is_zero=True)
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


def with_cells(disclosure, address, **values):
    """The disclosure with some cells of the row at an address changed, by column of data/."""
    table, (old, _) = parse(address).table, disclosure.at(parse(address))
    rows = [{**row, **values} if row is old else row for row in disclosure.tables[table]]
    return replace(disclosure, tables={**disclosure.tables, table: tuple(rows)})


PURCHASES = "text.claims/other-matters/procurement/amount/this"
FORM = "project-targets/落实“云长制”数据资源治理"


def test_the_disagreements_of_this_disclosure(disclosure):
    found = verdicts(disclosure)
    for name in (
        PURCHASES,
        "count.claims/other-matters/projects/count/this",
        "projects.all",
        "projects.own-unit",
        f"weights.{FORM}",
        f"ceilings.{FORM}/budget",
        "structure.printed.income-summary",
        "structure.codes.spending-by-function",
        "hierarchy.spending-by-function/215.prior_total",
        "change.items",
    ):
        assert found[name] is Verdict.FAILS, name
    assert found["renamed.spending-by-function/21505.class"] is Verdict.HOLDS
    assert found["contributions.operating-funds.prior"] is Verdict.HOLDS
    assert found["contributions.institution.pension"] is Verdict.FAILS
    assert found["change.claims/other-matters/operating-funds/change/this"] is Verdict.OPEN


def test_a_mended_figure_mends_the_verdict(disclosure):
    second = next(
        str(disclosure.address(row))
        for row in disclosure.tables["procurement"]
        if row["unit"] and not row["unit"].endswith("（本级）")
    )
    mended = with_cells(disclosure, second, total=None, goods=None)
    assert verdicts(mended)[PURCHASES] is Verdict.HOLDS
    budget = disclosure.at(parse(f"{FORM}/budget"))[0]["amount"]
    gap = next(r.difference for r in run(disclosure) if r.check.id == "projects.all")
    more = budget - Decimal(int(gap))
    assert verdicts(with_cells(disclosure, f"{FORM}/budget", amount=more))["projects.all"] is (
        Verdict.HOLDS
    )
    ceilings = [
        i for i in disclosure.indicators if i.relation == "≤" and str(i.address).startswith(FORM)
    ]
    mended = disclosure
    for indicator in ceilings:
        mended = with_cells(mended, str(indicator.address), target="1")
    assert verdicts(mended)[f"ceilings.{FORM}/budget"] is Verdict.HOLDS
    (bare,) = next(
        r.offenders for r in run(disclosure) if r.check.id == "structure.codes.spending-by-function"
    )
    mended = with_cells(disclosure, bare, code="2150517")
    assert verdicts(mended)["structure.codes.spending-by-function"] is Verdict.HOLDS


cents = st.integers(1, 10**9).map(lambda n: Decimal(n).scaleb(-2))


@generated(25)
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
    address = f"spending-summary/{item['code']}"
    spoiled = with_cells(whole, address, total=parts[wrong] + Decimal("0.01"))
    assert failures(spoiled)


def test_a_statement_speaks_in_words_and_never_in_addresses(results):
    for result in results:
        for text in (result.check.statement_en, result.check.statement_zh, result.needs or ""):
            assert not re.search(r"table-\d|\w:\w|[a-z]_[a-z]|[{}]", text), result.check.id


def test_an_equality_reads_printed_figures_and_nothing_else(disclosure):
    """What is counted as holding to the last digit compares figures, printed or left blank."""
    figures = {figure.address for figure in printed(disclosure)}

    def is_figure(leaf):
        if not hasattr(leaf, "address"):
            return False
        found = disclosure.at(leaf.address) if isinstance(leaf, Cell) else None
        table = disclosure.form.tables.get(leaf.address.table)
        return leaf.address in figures or (found and found[1] in figure_columns(table))

    found = Counter()
    for result in run(disclosure):
        check = result.check
        leaves = [*check.left.leaves(), *check.right.leaves()]
        located = bool(leaves) and all(map(is_figure, leaves))
        assert check.kind in KINDS
        found[check.kind] += 1
        if check.kind in ("equality", "limit"):
            assert located, check.id
            assert not isinstance(result.left, str), check.id
            assert (check.kind == "equality") == (check.relation == "="), check.id
        judged = result.verdict is not Verdict.APART
        if check.family in ("ties between tables", "hierarchy", "row totals") and judged:
            assert check.kind == "equality", check.id
        if check.id.startswith(("structure.titles", "structure.names", "explanation.sign")):
            assert check.kind == "form", check.id
    assert min(found[name] for name in KINDS) > 0


def test_the_numbers_of_checks_by_kind_and_verdict_are_all_of_them(disclosure):
    words, results = facts(disclosure), run(disclosure)
    numbers = {
        name: int(words[f"{name}_hold"]) for name in ("equalities", "limits", "roundings", "forms")
    }
    lost = sum(int(words[f"checks_{name}"]) for name in ("fail", "open", "apart"))
    assert sum(numbers.values()) + lost == len(results) == int(words["checks"])
    exact = [
        r
        for r in results
        if r.check.kind == "equality" and r.left is not None and r.left == r.right
    ]
    assert numbers["equalities"] == len(exact)
    assert 0 < numbers["equalities"] < len(results)
