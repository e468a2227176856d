"""What the text leaves open is tried: figures of last year are compared by head."""

from fractions import Fraction

from budgetbook.analysis import staff
from budgetbook.checks import evaluate
from budgetbook.checks.hypotheses import hypotheses


def test_the_pay_of_last_year_is_compared_by_head(disclosure):
    """The base of a rule for each employee grows with the employees."""
    (one,) = [
        r
        for r in evaluate(hypotheses(disclosure), disclosure)
        if r.check.id.endswith("housing-on-last-year")
    ]
    heads = {(p.unit, p.year): p.heads for p in staff.staff(disclosure)}
    now, last = (heads["own-unit", disclosure.year - n] for n in (0, 1))
    pay = one.right / Fraction(12, 100) / now * last  # of last year, all heads
    assert now > last
    prior = {
        code: Fraction(disclosure.amount("spending-by-function", code, "prior_total"))
        for code in ("2210201", "2080505", "2101101")
    }
    (here,) = [
        p for p in staff.staff(disclosure) if (p.unit, p.year) == ("own-unit", disclosure.year - 1)
    ]
    theirs = prior["2080505"] / Fraction(16, 100) - here.base
    assert pay == prior["2210201"] / Fraction(12, 100) - theirs
