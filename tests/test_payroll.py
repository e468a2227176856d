"""Rates come from rates.csv alone, for a place and a year; items are found by name."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from small_disclosure import TEXT
from worlds import with_cell

import budgetbook
from budgetbook.analysis import drivers, reasons, simulate
from budgetbook.checks import Verdict, run
from budgetbook.checks.contributions import contributions
from budgetbook.checks.hypotheses import hypotheses
from budgetbook.model.payroll import RATES, Pay, rates
from budgetbook.reading.importing import import_text
from budgetbook.synthetic import department
from budgetbook.synthetic import disclosure as built
from budgetbook.teaching.decoys import double
from budgetbook.teaching.stock import stock


def charged(disclosure, **percent):
    """The disclosure with other rates."""
    rows = [
        {**row, "percent": Decimal(percent.get(row["id"], row["percent"]))}
        for row in disclosure.reference["rates"]
    ]
    return replace(disclosure, reference={**disclosure.reference, "rates": tuple(rows)})


def test_a_changed_rate_changes_what_is_said_of_it(disclosure):
    before = {c.id: c for c in (*contributions(disclosure), *hypotheses(disclosure))}
    other = charged(disclosure, housing="11.5", training="2.5", pension="18", union="1")
    after = {c.id: c for c in (*contributions(other), *hypotheses(other))}
    for name, said in {
        "contributions.own-unit.housing": "11.5 %",
        "contributions.training": "2.5 %",
        "contributions.one-base.total": "18 and 8 %",
        "contributions.union.limit": "1 %",
        "contributions.tried.pension-on-wages": "18 %",
        "contributions.tried.housing-on-last-year": "11.5 %",
    }.items():
        assert said in after[name].statement_en, name
        assert said not in before[name].statement_en, name
        assert after[name].statement_zh != before[name].statement_zh, name


def test_no_rate_stands_in_a_sentence_of_its_own(disclosure):
    """With all rates changed, no statement says a rate of before."""
    odd = {name: f"{n}.{n}" for n, name in enumerate(sorted(RATES), 21)}
    other = charged(disclosure, **odd)
    for check in (*contributions(other), *hypotheses(other)):
        for old in ("16", "8.5", "1.5", "12", "3.5"):
            said = check.statement_en + check.statement_zh
            assert not re.search(rf"(?<!\d){re.escape(old)}(?!\d)", said), check.id


def test_a_decoy_of_two_rates_takes_them_from_their_list(disclosure):
    """It is offered where one contribution is twice the other, and no rate stands in its words."""
    assert [*double(disclosure)] == []
    pension = disclosure.amount("basic-by-economic", "30108", "total")
    twice = with_cell(disclosure, "basic-by-economic/30109.total", pension / 2)
    assert [decoy.right for decoy in double(twice)] == ["16 : 8"]
    assert [decoy.right for decoy in double(charged(twice, pension="18"))] == ["18 : 8"]
    words = [row[f"why_{each}"] for row in stock("decoys") for each in ("en", "zh")]
    assert not [text for text in words if re.search(r"(?<![\d-])(?!100)\d+ ?%", text)]


@pytest.mark.parametrize("change", [{"place": "青川"}, {"year_from": 2031}, {"year_to": 1999}])
def test_rates_of_another_place_or_year_do_not_apply(disclosure, change):
    rows = tuple(
        {**row, **change} if row["id"] == "housing" else row
        for row in disclosure.reference["rates"]
    )
    other = replace(disclosure, reference={**disclosure.reference, "rates": rows})
    assert "housing" in rates(disclosure)
    assert "housing" not in rates(other)
    found = {r.check.id: r for r in run(other)}
    housing = found["contributions.own-unit.housing"]
    assert housing.verdict is Verdict.APART
    assert housing.needs == "rates.csv has no housing rate for this place in 2025"
    one_base = found["contributions.one-base.prior_total"]
    assert one_base.verdict is Verdict.HOLDS


def test_a_department_of_elsewhere_has_no_payroll_and_no_failure_of_it(package_copy, tmp_path):
    path = tmp_path / "small.txt"
    path.write_text(TEXT, encoding="utf-8")
    import_text(path, package_copy)
    small = budgetbook.load(package_copy)
    assert not Pay(small).known
    mine = [r for r in run(small) if r.check.family == "contributions"]
    assert mine
    assert {r.verdict for r in mine} == {Verdict.APART}


def test_an_invented_department_is_charged_what_it_is_told(disclosure):
    plain = built(department(1), disclosure.reference)
    other = {name: rate * 2 for name, rate in rates(plain).items()}
    found = built(department(1, other), disclosure.reference)
    assert rates(found) == other
    failing = [r.check.id for r in run(found) if r.verdict is Verdict.FAILS]
    assert failing == []
    assert found.amount("basic-by-economic", "30113", "total") == 2 * plain.amount(
        "basic-by-economic", "30113", "total"
    )


def test_items_of_another_class_are_found_by_name(disclosure):
    """The same document under another functional class: the same verdicts, payroll with them."""

    def moved(code):
        return f"216{code[3:]}" if code and code.startswith("215") else code

    tables = {
        name: tuple({**r, "code": moved(r["code"])} if r.get("code") else r for r in rows)
        if "function" in name or name == "spending-summary"
        else rows
        for name, rows in disclosure.tables.items()
    }
    claims = tuple(
        {**c, "code": moved(c["code"]), "id": c["id"].replace("/215", "/216")}
        for c in disclosure.claims
    )
    known = "functional-classification"
    names = tuple({**r, "code": moved(r["code"])} for r in disclosure.reference[known])
    reference = {**disclosure.reference, known: names}
    other = replace(disclosure, tables=tables, claims=claims, reference=reference)
    before = [r.verdict for r in run(disclosure)]
    assert [r.verdict for r in run(other)] == before
    assert Pay(other).known
    audited = [
        [(told.reason, told.verdict) for told in reasons.audit(d, drivers.covered(d))]
        for d in (disclosure, other)
    ]
    assert audited[0] == audited[1]
    hired = simulate.hire(other, "own-unit", 1)
    assert {m[1] for m in hired} & {"2160501"}
    assert not {m[1] for m in hired} & {"2150501"}
