"""What each project can buy: bounds that are reached and hold the truth; traces of a purchase."""

from fractions import Fraction
from itertools import combinations

import pytest
from quick import some
from test_absent_tables import without
from worlds import with_cell, with_rows

from budgetbook.analysis.projects import buyers, by_account, by_section, traces
from budgetbook.analysis.reconstruction import groups, sections
from budgetbook.errors import InputError
from budgetbook.synthetic import SHAPES, department
from budgetbook.synthetic import disclosure as built

CENT = Fraction(1, 100)


def possible(rows, columns):
    """Whether amounts of nothing or more fill the cells: Gale's theorem, over every set of columns.

    Rows are (amount, columns that it may use); columns are name → amount.
    """
    sets = (set(c) for n in range(len(columns) + 1) for c in combinations(columns, n))
    enough = all(sum(columns[c] for c in s) <= sum(r for r, of in rows if s & of) for s in sets)
    return enough and sum(r for r, _ in rows) == sum(columns.values()) and min(rows)[0] >= 0


def fixed(rows, columns, at, column, amount):
    """Whether the cell of row `at` can have this amount."""
    left = [(r - amount, of - {column}) if n == at else (r, of) for n, (r, of) in enumerate(rows)]
    rest = {c: a - amount if c == column else a for c, a in columns.items()}
    return amount >= 0 and possible(left, rest)


@pytest.mark.parametrize("by_unit", [False, True])
def test_the_printed_totals_allow_each_bound_and_not_a_cent_more(disclosure, by_unit):
    columns, names = sections(disclosure, "project-by-economic", "project"), buyers(disclosure)
    rows, at = [(b.budget, set(columns)) for b in names], {b: n for n, b in enumerate(names)}
    if by_unit:  # the institution's one project is a row for each group of sections
        (theirs,) = (b for b in names if not b.own)
        rows[at[theirs]] = (Fraction(0), set())
        rows += [(g.institution, set(g.sections)) for g in groups(disclosure, "project")]
    assert possible(rows, columns)
    found = by_section(disclosure, by_unit=by_unit)
    assert len(found) == len(names) * len(columns)
    for (buyer, column), bound in found.items():
        here = [n for n, (_, of) in enumerate(rows) if column in of and n >= len(names)]
        row = here[0] if by_unit and not buyer.own else at[buyer]
        for end, beyond in ((bound.low, -CENT), (bound.high, CENT)):
            assert fixed(rows, columns, row, column, end), (buyer.key, column)
            assert not fixed(rows, columns, row, column, end + beyond), (buyer.key, column)


def test_what_is_determined_here_is_what_a_unit_has_one_project_for(disclosure):
    (theirs,) = (b for b in buyers(disclosure) if not b.own)
    found = by_account(disclosure)
    assert {cell for cell, bound in found.items() if bound.determined} == {
        (theirs, g.account) for g in groups(disclosure, "project")
    }
    assert sum(b.low for (buyer, _), b in found.items() if buyer == theirs) == theirs.budget
    assert not [b for b in by_section(disclosure).values() if b.determined]


@pytest.mark.parametrize(
    "shape", ["shape of this document", "projects without forms", "two institutions"]
)
@pytest.mark.parametrize("seed", some(range(3)))
def test_the_bounds_hold_what_an_invented_project_buys(disclosure, shape, seed):
    plan = department(seed, shape=SHAPES[shape])
    invented = built(plan, disclosure.reference)
    group = {c: g.account for g in groups(invented, "project") for c in g.sections}
    tasks = {task.name: task for task in plan.tasks if task.form}
    by_units = by_section(invented, by_unit=True)
    for system, by in (
        (by_section(invented), None),
        (by_units, None),
        (by_account(invented), group),
    ):
        assert system
        for (buyer, column), bound in system.items():
            task = tasks.get(buyer.key)
            if task:
                spent = (a for c, a in task.spends.items() if (by or {c: c})[c] == column)
                assert bound.low <= sum(spent) <= bound.high, (buyer.key, column)


def test_totals_that_contradict_each_other_bound_nothing(disclosure):
    wrong = with_cell(disclosure, "project-by-economic/30201.project", 1)
    assert by_section(wrong) == by_section(wrong, by_unit=True) == {}
    with pytest.raises(InputError, match="project-by-economic"):
        by_section(without(disclosure, ("project-by-economic",)))


def test_a_purchase_leaves_its_trace_in_round_totals(disclosure):
    theirs, ours = (disclosure.tables["procurement"][n]["total"] for n in (1, 0))
    found = traces(disclosure)
    assert {t.address.name: t.bought for t in found} == {
        **{"30201": [-theirs], "30226": [theirs], "50201": [-theirs], "50205": [theirs]}
    }
    account = disclosure.amount("project-by-government", "50201", "project")
    assert account % 1000 == theirs % 1000 != ours % 1000, "as a reading of the register says"
    moved = with_cell(disclosure, "project-by-economic/30201.project", 310_000 + ours)
    assert traces(moved)[0].bought == [-ours]
    assert not [t.bought for t in traces(with_rows(disclosure, "procurement", ())) if t.bought]
    assert not any(g.institution % 1000 for g in groups(disclosure, "project"))
