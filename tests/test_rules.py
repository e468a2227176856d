"""The rules of a form: what its file says, what holds only of one source of money."""

from dataclasses import replace
from decimal import Decimal

import pytest
from worlds import with_claims, with_rows

from budgetbook.checks import Verdict, catalogue, obligations, run
from budgetbook.errors import InputError
from budgetbook.forms import FOLDERS, family
from budgetbook.forms import rules as module
from budgetbook.forms.rules import COLUMNS, rules
from budgetbook.synthetic import SHAPES, department, disclosure

FORM = family("chongqing-district")


@pytest.fixture(scope="module")
def clean(data):
    """An invented department whose money is all of the general public budget."""
    from budgetbook.model.loading import load

    return disclosure(department(3), load(data).reference)


@pytest.fixture(scope="module")
def with_fund(clean):
    """An invented department that has money of a fund too."""
    return disclosure(department(3, shape=SHAPES["money of a fund"]), clean.reference)


def failing(found):
    """The ids of the checks that fail."""
    return [r.check.id for r in run(found) if r.verdict is Verdict.FAILS]


def test_every_rule_gives_a_check(clean):
    asked = {rule.id for rule in rules(FORM)} - {rule.id for rule in rules(FORM, "one source")}
    assert asked - {check.rule for check in catalogue(clean)} == set()
    assert asked <= {obligation.rule for obligation in obligations(run(clean))}


def test_a_form_without_the_file_or_the_column_has_no_such_rule(monkeypatch, tmp_path):
    assert rules(replace(FORM, name="elsewhere")) == []
    lean = {**FORM.tables, "three-public": replace(FORM.tables["three-public"], columns=())}
    left = {rule.id for rule in rules(replace(FORM, tables=lean))}
    gone = {rule.id for rule in rules(FORM)} - left
    assert "row.three-public.total" in gone
    assert "row.spending-summary.total" in left


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("r,row total,whole,spending-summary,each,basic,,,=,,s", "kind 'row total': expected one"),
        ("r,row sum,hole,spending-summary,each,basic,,,=,,s", "role 'hole': .* whole, part"),
        ("r,row sum,whole,spending-sumary,each,basic,,,=,,s", "spending-sumary, 'basic': the fam"),
        ("r,row sum,whole,spending-summary,each,bsic,,,=,,s", "spending-summary, 'bsic': the fam"),
        ("r,row sum,whole,spending-summary,each,basic,,,≈,,s", "relation '≈': expected one of ="),
        ("r,row sum,whole,spending-summary,each,basic,,,,,s", "no relation"),
        ("r,row sum,whole,spending-summary,each,basic,,some,=,,s", "money 'some': expected one"),
        ("r,row sum,whole,spending-summary,each,basic,,,=,two,s", "condition 'two': expected one"),
    ],
)
def test_a_rule_that_is_none_is_named_with_its_line(tmp_path, row, expected):
    path = tmp_path / "rules.csv"
    path.write_text(",".join(COLUMNS) + f"\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"line 2: .*{expected}"):
        module._read(path, FORM.name)


def test_money_of_a_fund_makes_no_false_failure(clean, with_fund):
    """What is shown rightly in every table fails nowhere: some ties do not apply, others hold."""
    assert failing(clean) == []
    assert failing(with_fund) == []
    verdicts = {r.check.id: r for r in run(with_fund)}
    tie = verdicts["tie.spending-summary.total.appropriations"]
    assert tie.verdict is Verdict.APART
    assert "政府性基金" in tie.needs
    same = verdicts["tie.appropriations.general_public.spending-by-function"]
    assert same.verdict is Verdict.HOLDS


def test_an_error_beside_a_fund_is_found_all_the_same(with_fund):
    rows = [
        {**r, "general_public": r["general_public"] + Decimal("0.01")}
        if r["expenditure_item"] == "支出合计"
        else r
        for r in with_fund.tables["appropriations"]
    ]
    assert "tie.appropriations.general_public.spending-by-function" in failing(
        with_rows(with_fund, "appropriations", rows)
    )


@pytest.mark.parametrize(("stated", "fails"), [(2, False), (1, False), (0, True)])
def test_an_institution_that_no_table_names_is_no_failure(clean, stated, fails):
    """One that buys nothing and has no project; but what a table names, the text counts."""

    def told(claim):
        counted = (claim["subject"], claim["kind"]) == ("institutions", "count")
        return {**claim, "value": Decimal(stated)} if counted else claim

    counts = [name for name in failing(with_claims(clean, told)) if name.startswith("count.")]
    assert bool(counts) is fails


def test_the_file_lies_beside_the_form():
    assert (FOLDERS[0] / FORM.name / "rules.csv").is_file()
