"""Proof: which checks follow from others, and how a derived figure is worked out."""

from budgetbook.model.address import parse
from budgetbook.model.expressions import Cell, Sum
from budgetbook.proof.evidence import implied
from budgetbook.proof.formulas import formula, source


def test_a_derived_figure_has_a_formula_and_a_printed_one_none(results):
    by_id = {r.check.id: r for r in results}
    sum_of_classes = by_id["hierarchy.spending-summary/total.total"].check
    assert formula(sum_of_classes.left) == ""
    first = "spending-summary/208.total + spending-summary/210.total"
    assert formula(sum_of_classes.right).startswith(first)
    for result in results:
        for side in (result.check.left, result.check.right):
            assert len(formula(side)) <= 160
    printed = Cell(parse("basic-by-economic/30217.total"))
    absent = Sum(((1, printed), (1, Sum(()))))
    assert formula(absent) == "basic-by-economic/30217.total + 0 (no such row)"
    where, how = source(by_id["projects.all"], "gap")
    assert str(where) == "project-targets/落实“云长制”数据资源治理/budget.amount"
    assert how.count("−") == 1 or how.startswith("computed from")


def test_a_check_that_follows_from_others_is_implied(disclosure, results):
    found = implied(results, disclosure)
    by_id = {r.check.id: r for r in results}
    assert "tie.spending-by-function.total.department-targets" in found
    assert "hierarchy.spending-summary/total.total" not in found
    # without the checks that it follows from, it is evidence of its own
    alone = [by_id["tie.spending-by-function.total.department-targets"]]
    assert implied(alone, disclosure) == set()
