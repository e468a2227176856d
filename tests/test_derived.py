"""Amounts that are computed: each has one name, and says how it comes about in words."""

import re

import pytest

from budgetbook.analysis.variance import by_function, gross, unexplained, whole
from budgetbook.exact.money import side, yuan
from budgetbook.model.expressions import Quote, number, total
from budgetbook.proof.derived import amount, derivations, sums
from budgetbook.proof.formulas import _words
from budgetbook.proof.guards import printed
from budgetbook.words.naming import Names


@pytest.fixture(scope="module")
def computed(disclosure, results, register):
    """What links say → the computed amount."""
    texts = {str(figure.address): f"{figure.value:,}" for figure in printed(disclosure)}
    return derivations(disclosure, Names(disclosure), results, register, texts)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("9,912.00 yuan", "9912"), ("−7%", "-7"), ("24 万元", "24"), ("table 5", ""), ("1 to 2", "")],
)
def test_an_amount_is_read_without_commas_unit_and_noughts(text, plain):
    assert amount(text) == plain


def test_what_a_failing_check_differs_by_is_a_computed_amount(computed, results):
    known = {one.anchor: one for one in computed.values()}
    failing = next(result for result in results if result.check.id == "projects.all")
    one = known["derived/projects.all/gap"]
    assert one.text == side(abs(failing.difference))
    assert one.results == [failing]
    assert [finding.id for finding in one.findings] == ["projects-without-form"]


def test_a_key_leads_to_its_own_amount_and_no_formula_holds_an_address(computed):
    assert len(computed) > 200
    for (shown, _, _), one in computed.items():
        assert amount(one.text) == shown
        assert one.behind
        assert not any(str(address) in one.told for address in one.behind)
        assert not re.search(r"[+−×÷(] *(\+|\)|,|$)", one.told.replace("+ …", "")), one.told
        assert not re.search(r"(growth|share|rate), .*in yuan", one.told), one.told


def test_a_formula_stands_in_chinese_too(computed):
    for one in computed.values():
        assert one.chinese, one.told
        assert not re.search("[a-z]{3,}", one.chinese), one.chinese


def test_the_sums_of_the_chapters_are_added_like_for_like(disclosure, computed):
    told = {name: number(one, disclosure) for name, one in sums(disclosure).items()}
    assert told["rises"] - told["falls"] == whole(disclosure).change
    rises, falls = gross(by_function(disclosure, 7))
    assert (told["rises"], told["falls"]) == (rises, -falls)
    assert told["silent"] == sum(step.change for step in unexplained(disclosure))
    assert told["department"] == told["government"] == whole(disclosure).now
    known = {one.anchor: one.text for one in computed.values()}
    for name, money in told.items():
        assert known[f"derived/sums/{name}"] == f"{yuan(money)} yuan"


@pytest.mark.parametrize(("number_of", "told"), [(5, "a + a + a + a + a"), (6, "（共6项）")])
def test_a_sum_of_five_is_told_to_its_last_term(number_of, told):
    terms = total([Quote("a")] * number_of)
    assert _words(terms, chinese=True).replace("“", "").replace("”", "").strip("()").endswith(told)
