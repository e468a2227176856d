"""Departments of other shapes: nothing fails that should not, errors are found, analyses end."""

import csv
import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import FunctionType

import pytest
import shapes
from copies import without_judgements
from quick import some
from worlds import alone, with_cell, with_claims, with_each, with_resource

from budgetbook import analysis
from budgetbook.analysis import (
    costs,
    cube,
    dimensions,
    drivers,
    performance,
    reasons,
    reconstruction,
    rubric,
    simulate,
    staff,
    variance,
)
from budgetbook.checks import Check, Verdict, evaluate, run
from budgetbook.errors import InputError
from budgetbook.model.address import CLAIMS, parse
from budgetbook.model.disclosure import TOTAL
from budgetbook.model.expressions import (
    Cell,
    Claim,
    Constant,
    Percentage,
    Positive,
    Product,
    Rounded,
    total,
)
from budgetbook.model.loading import load
from budgetbook.model.payroll import Pay
from budgetbook.model.rounding import bounds
from budgetbook.reading.importing import import_text
from budgetbook.synthetic import (
    DAMAGES,
    SHAPES,
    department,
    disclosure,
    package,
    plant,
    printed,
)
from budgetbook.synthetic.shape import Shape
from budgetbook.words import apart

ACCOUNTS = ["spending-summary", "spending-by-function"]
APART = (Verdict.OPEN, Verdict.APART)
#: What fails on a clean department of a shape, and rightly so.
LEFT_OUT = {
    "projects without forms": {
        "projects.all",
        "projects.own-unit",
        "text.claims/other-matters/projects/amount/this",
        "text.claims/other-matters/projects-general-public/amount/this",
    },
    "all of it": {"text.claims/other-matters/projects-general-public/amount/this"},
}
#: Damage of the print → what fails with it, where the shape has a place for it.
DAMAGED = {
    "lost unit": {"structure.units.project-targets"},
    "lost table": {"structure.printed.income-summary"},
    "lost code": {
        "structure.codes.spending-by-function",
        "structure.signs.spreadsheet-error",
        "hierarchy.spending-by-function/{section:.3}.prior_total",
        "hierarchy.spending-by-function/{section}.prior_total",
    },
    "shifted indicator": {"structure.signs.shifted-row"},
    "blank line": {"structure.signs.blank-line"},
    "ragged row": {"structure.signs.ragged-row"},
    "narrow marks": {"structure.signs.mark-width"},
    "cut paragraph": {"structure.signs.joined-paragraph"},
    "stray word": {"structure.signs.stray-word"},
    "lone number": {"structure.signs.lone-number", "structure.signs.joined-paragraph"},
}
#: Those that only a printed form of targets has a place for, and the shapes without one.
OF_FORMS = {"lost unit", "shifted indicator", "blank line", "ragged row"}
FORMLESS = ("forms not printed", "no projects")
every_shape = pytest.mark.parametrize("shape", SHAPES)
each_department = pytest.mark.parametrize("seed", some(shapes.SEEDS))


def budget(shape):
    """The first department of a shape."""
    return shapes.made(shape, shapes.SEEDS[0])


def verdicts(shape, seed=shapes.SEEDS[0]):
    """The verdicts on a department of a shape, by the id of the check."""
    return {result.check.id: result for result in shapes.clean(shape, seed)[1]}


@every_shape
@each_department
def test_nothing_fails_on_a_clean_department_that_should_not(shape, seed):
    failing = {r.check.id for r in verdicts(shape, seed).values() if r.verdict is Verdict.FAILS}
    unprinted = {f"structure.printed.{role}" for role in SHAPES[shape].absent}
    assert failing == unprinted | LEFT_OUT.get(shape, set())


def damages(shape):
    """The damages that are tried on a shape: every one on ours, three on each of the others."""
    at = [*SHAPES].index(shape)
    return DAMAGES if at == 0 else [DAMAGES[(at + step) % len(DAMAGES)] for step in (0, 3, 7)]


@every_shape
def test_damages_are_found_on_each_shape_and_nothing_else(shape):
    plan = department(shapes.SEEDS[0], shape=SHAPES[shape])
    before = {r.check.id for r in verdicts(shape).values() if r.verdict is Verdict.FAILS}
    for damage in damages(shape):
        results = run(disclosure(plan, shapes.reference(), (damage,)))
        failing = {r.check.id for r in results if r.verdict is Verdict.FAILS}
        expected = {name.format(section=plan.shape.section) for name in DAMAGED[damage]}
        no_place = shape in FORMLESS and damage in OF_FORMS
        assert failing - before == (set() if no_place else expected), damage
        assert before <= failing


def test_each_damage_is_tried_on_several_shapes():
    tried = Counter(damage for shape in SHAPES for damage in damages(shape))
    assert set(tried) == set(DAMAGED) == set(DAMAGES)
    assert min(tried.values()) > 3


LEDGERS = ("budget-summary", "appropriations")
#: Shapes in which one thing hides another: what tells of a second source is not printed, say.
COMBINED = (
    Shape(carried=250000, absent=LEDGERS[:1]),
    Shape(carried=250000, absent=LEDGERS),
    Shape(fund=100000, absent=(*LEDGERS, "fund-spending")),
    Shape(fund=100000, carried=250000, absent=LEDGERS[1:], unit="万元", institutions=3),
    Shape(fund=1, empty=("project-targets",)),
    Shape(carried=9_000_000_000, institutions=0, unit="万元", section="20113", year=2031),
)


def failing(found):
    """The checks that fail, but for those of tables that are not printed."""
    bad = {r.check.id for r in run(found) if r.verdict is Verdict.FAILS}
    return {name for name in bad if not name.startswith("structure.printed.")}


@pytest.mark.parametrize("shape", COMBINED, ids=str)
@each_department
def test_nothing_fails_where_one_thing_hides_another(shape, seed):
    found = disclosure(department(seed, shape=shape), shapes.reference())
    assert failing(found) <= LEFT_OUT["all of it"] if shape.carried else not failing(found)


def test_without_its_ledgers_nobody_knows_whose_the_money_is_and_the_check_says_so():
    found = disclosure(department(1, shape=Shape(absent=LEDGERS)), shapes.reference())
    tie = next(
        r for r in run(found) if r.check.id == "tie.spending-summary.project.project-by-economic"
    )
    assert tie.verdict is Verdict.APART
    assert tie.needs.endswith("is not known: table 1 or table 4 is not printed")


def test_an_own_unit_that_bears_the_name_of_the_department_is_no_institution():
    found = disclosure(department(1, shape=Shape(institutions=0)), shapes.reference())
    office = found.document["office"]

    def bare(rows):
        return [
            {k: office if str(v).endswith("（本级）") else v for k, v in r.items()} for r in rows
        ]

    for unit in (office, f"青川市{office}"):
        tables = {name: bare(rows) for name, rows in found.tables.items()}
        document = {**found.document, "office": unit}
        other = replace(found, tables=tables, listing=bare(found.listing), document=document)
        assert {project.unit for project in other.projects} == {office}
        assert not failing(other)


def test_items_that_do_not_tell_the_units_apart_fail_neither():
    """Where no item is the own unit's by its name, or it has others too, no money is missing."""
    found = budget("shape of this document")
    name = {"一般行政管理事务": "小学教育"}
    other = with_each(
        found, "spending-by-function", lambda r: {"name": name.get(r["name"], r["name"])}
    )
    assert {name for name in failing(other) if name.startswith("projects.")} == set()
    shared = next(r for r in run(other) if r.check.id == "projects.institution.items")
    assert shared.verdict is Verdict.HOLDS
    own = next(r for r in found.tables["spending-by-function"] if r["name"] == "一般行政管理事务")
    rest = next(
        r
        for r in found.tables["spending-by-function"]
        if r["project"] and r["code"] and len(r["code"]) == 7 and r is not own
    )
    moved = Decimal("1000.00")
    change = {own["code"]: -moved, rest["code"]: moved}

    def two(row):
        by = change.get(row["code"])
        return {c: row[c] + by for c in ("total", "project")} if by else {}

    two_items = with_each(found, "spending-by-function", two)
    ids = {r.check.id for r in run(two_items) if r.verdict is Verdict.FAILS}
    assert not {name for name in ids if name.startswith("projects.") and name.endswith("items")}


@every_shape
@each_department
def test_what_cannot_be_judged_says_why_and_no_rule_is_lost(shape, seed):
    results = verdicts(shape, seed).values()
    assert all(r.needs for r in results if r.verdict in APART)
    asked = {r.check.rule for r in verdicts("shape of this document").values()}
    stated = ("stated.", "growth.2")  # what a text states, another need not
    lost = asked - {r.check.rule for r in results}
    assert {rule for rule in lost if not rule.startswith(stated)} == set()


@pytest.mark.long
def test_every_reason_for_not_applying_is_of_one_kind_and_counted(results):
    reasons = [r.needs for r in results if r.verdict is Verdict.APART]
    for shape in SHAPES:
        for seed in shapes.SEEDS:
            every = verdicts(shape, seed).values()
            reasons += [r.needs for r in every if r.verdict is Verdict.APART]
    for shape in COMBINED:
        found = disclosure(department(1, shape=shape), shapes.reference())
        reasons += [r.needs for r in run(found) if r.verdict is Verdict.APART]
    for reason in {*reasons}:
        assert [kind for kind in apart.kinds() if kind.has(reason)] == [apart.kind_of(reason)]
    by_shape, _, why, _ = shapes.shown()["tables"]
    assert sum(int(row[-1]) for row in why["rows"]) == sum(int(r[4]) for r in by_shape["rows"])


@pytest.mark.long
@every_shape
def test_every_planted_error_that_a_check_sees_is_found(shape):
    clean, made = budget(shape), shapes.errors(shape)
    assert len(made) >= 6
    for error in made:
        if not error.failing and not alone(error.planted, clean):
            assert not seen(shape, moved(clean, error.planted.disclosure)), error.planted[1:]
    assert sum(bool(error.failing) for error in made) >= 5


def seen(shape, places):
    """The checks that apply to a department and compare one of these figures with others."""
    return [
        result.check.id
        for result in verdicts(shape).values()
        if result.verdict not in APART
        and result.check.kind == "equality"
        and places & {*result.cells}
    ]


def moved(clean, planted):
    """The addresses of the figures that are others, or gone, in the second disclosure."""
    before, after = (
        {str(f.address): f.amount for f in d.published()} | {c["id"]: c["value"] for c in d.claims}
        for d in (clean, planted)
    )
    return {address for address, amount in before.items() if after.get(address) != amount}


def test_what_does_not_apply_gives_the_reason_of_its_shape():
    for shape, check, reason in (
        ("no institution", "contributions.own-unit.medical", "no item 事业运行"),
        ("an institution alone", "contributions.own-unit.medical", "no item 行政运行"),
        ("two institutions", "contributions.own-unit.medical", "2 institutions"),
        ("seven institutions", "contributions.other-insurance", "7 institutions"),
        ("other rates", "contributions.own-unit.housing", "no housing rate for this place"),
        ("another city and year", "contributions.training", "rate for this place in 2024"),
        ("in ten thousands of yuan", "contributions.institution.base", "is printed in 万元"),
        ("money of a fund", "projects.all", "政府性基金预算财政拨款资金"),
        ("money carried over", "tie.appropriations.general_public.spending-by-function", "结转"),
        ("no projects", "count.claims/about/institutions/count/this", "is printed empty"),
    ):
        result = verdicts(shape)[check]
        assert (result.verdict, reason in result.needs) == (Verdict.APART, True), (shape, check)


def test_what_another_class_or_place_does_not_touch_is_judged_as_before():
    """The payroll of a department in another class is tested, and holds, check by check."""
    ours, other = verdicts("shape of this document"), verdicts("another functional class")
    mine = [name for name in ours if name.startswith("contributions.")]
    assert len(mine) > 10
    assert {other[name].verdict for name in mine} == {Verdict.HOLDS}


@pytest.fixture
def folder(tmp_path, data):
    """What serves any department, with the accounts of all shapes; of one, the headings alone."""
    target = without_judgements(data, tmp_path / "data")
    rows = budget("shape of this document").reference["functional-classification"]
    path = target / "reference" / "functional-classification.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return target


@pytest.mark.parametrize("damaged", some([False, True]), ids=some(["clean", "damaged"]))
@every_shape
def test_printed_and_read_again_it_is_the_same(folder, tmp_path, shape, damaged):
    plan, damage = department(3, shape=SHAPES[shape]), damages(shape) if damaged else ()
    text = tmp_path / "text.txt"
    text.write_text(printed(plan, damage), encoding="utf-8", newline="\n")
    import_text(text, folder)
    found = load(folder)
    expected = disclosure(plan, found.reference, damage)
    assert list(found.listing) == package(plan, damage)["tables"]
    assert found.claims == expected.claims
    assert dict(found.tables) == dict(expected.tables)
    for name in ("sections", "regulations", "repairs"):
        assert found.reference[name] == expected.reference[name], name
    about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    table = next(r for r in about["resources"] if r["name"] == "spending-summary")
    amount = next(f for f in table["schema"]["fields"] if f["name"] == "total")
    assert amount["unit"] == ("10,000 yuan" if SHAPES[shape].unit == "万元" else "yuan")


def test_what_is_unread_fails_no_sum(folder, tmp_path):
    """A class that no printed table has is unread, and so the shares do not add up."""
    text = tmp_path / "text.txt"
    plan = department(2, shape=Shape(fund=123456, absent=ACCOUNTS))
    text.write_text(printed(plan), encoding="utf-8")
    kept = folder / "reference" / "functional-classification.csv"
    rows = kept.read_text(encoding="utf-8").splitlines(keepends=True)
    kept.write_text("".join(row for row in rows if not row.startswith("212")), encoding="utf-8")
    import_text(text, folder)
    found = {result.check.id: result for result in run(load(folder))}
    shares = found["shares.totals.expenditure"]
    assert shares.verdict is Verdict.OPEN
    assert shares.needs.endswith("1.1% in line 14 is unread")


def test_an_unread_change_leaves_the_sum_of_changes_open():
    found = budget("shape of this document")
    line = next(c["line"] for c in found.claims if c["subject"] == "function" and c["direction"])
    unread = {"section": "explanation", "line": line, "printed": "3元", "words": "减少3元"}
    other = with_resource(found, "unread", [unread])
    before, after = (
        next(r for r in run(d) if r.check.id == "change.items") for d in (found, other)
    )
    assert (before.verdict, after.verdict) == (Verdict.HOLDS, Verdict.OPEN)


@pytest.mark.parametrize("absent", [["spending-by-function"], ACCOUNTS])
def test_accounts_of_no_printed_table_are_told_apart_and_add_up(folder, tmp_path, absent):
    """Without the tables of accounts the text names them by their printed paths alone."""
    text = tmp_path / "text.txt"
    plan = department(1, shape=Shape(absent=absent))
    text.write_text(printed(plan), encoding="utf-8")
    import_text(text, folder)
    found = load(folder)
    assert any(c["kind"] == "change" and "（项）" in (c["label"] or "") for c in found.claims)
    failing = {r.check.id for r in run(found) if r.verdict is Verdict.FAILS}
    assert failing == {f"structure.printed.{role}" for role in absent}


def test_an_error_is_planted_where_amounts_have_one_digit():
    """An amount of one yuan has no two digits to exchange: another amount is taken."""
    found = disclosure(department(1, shape=Shape(fund=1)), shapes.reference())
    for seed in range(20):
        assert plant(found, "two digits swapped", seed).disclosure != found


def analyses():
    """What the room analysis makes of a disclosure alone, and of it and what it asks for."""
    every = {
        f"{name}.{function.__name__}": function
        for name in (path.stem for path in Path(analysis.__file__).parent.glob("[a-z]*.py"))
        for function in vars(import_module(f"{analysis.__name__}.{name}")).values()
        if isinstance(function, FunctionType) and not function.__name__.startswith("_")
        if function.__module__ == f"{analysis.__name__}.{name}"
    }
    alone = {}
    for name, function in every.items():
        first, *others = signature(function).parameters.values()
        if first.name == "disclosure" and all(p.default is not p.empty for p in others):
            alone[name] = function
    asked = {
        "cube.cube": lambda d: cube.money(cube.cube(d, "basic") + cube.cube(d, "project")),
        "dimensions.two ways": lambda d: [dimensions.by_rule(i) for i in d.indicators],
        "performance.kind": lambda d: [performance.kind(i) for i in d.indicators],
        "reasons.coverage": lambda d: reasons.coverage(d, reasons.audit(d, drivers.covered(d))),
        "rubric.judge": lambda d: [rubric.judge(d, i) for i in d.indicators],
        "simulate.hire": lambda d: simulate.spend(d, simulate.hire(d, "own-unit", 1)),
        "simulate.raise_base": lambda d: simulate.raise_base(d, "institution", Decimal(3)),
        "simulate.set_rate": lambda d: simulate.set_rate(d, "housing", Decimal(7)),
        "simulate.fund": fund,
        "variance.by_function": lambda d: variance.gross(variance.by_function(d, 7)),
    }
    assert len(alone) > 20
    return alone | asked


@pytest.mark.long
@every_shape
def test_an_analysis_ends_with_a_result_or_names_the_table_that_it_needs(shape):
    refused = {}
    for name, function in analyses().items():
        try:
            function(budget(shape))
        except InputError as error:
            refused[name] = str(error).partition(" is not printed in this disclosure")[0]
    assert set(refused.values()) <= {*SHAPES[shape].absent}, refused


def fund(found):
    """Give each project item a thousand yuan more, and carry it into every table."""
    rows = found.tables["spending-by-function"]
    for item in [r["code"] for r in rows if r["project"] and len(r["code"] or "") == 7]:
        more = simulate.spend(found, simulate.fund(found, item, Decimal(1000)))
        for table, column in (
            ("spending-by-function", "total"),
            ("project-by-government", "project"),
        ):
            before, after = (d.amount(table, TOTAL, column) for d in (found, more))
            assert after == before + 1000
        for table in ("project-by-government", "project-by-economic"):
            before, after = (
                {r["code"]: r["project"] for r in d.tables[table]} for d in (found, more)
            )
            moved = [c for c, amount in after.items() if c and amount != before.get(c)]
            assert len(moved) == 2, "a class moves with its section"


@every_shape
def test_the_parts_of_an_analysis_add_up(shape):
    found = budget(shape)
    change = variance.whole(found).change
    basic = variance.by_nature(found)[0]
    for level in (3, 5, 7):
        slack = sum(rounding(found, "spending-by-function") for _ in range(30))
        assert abs(sum(s.change for s in variance.by_function(found, level)) - change) <= slack
    apart = drivers.drivers(found)
    known = Pay(found).known
    assert bool(apart) == bool(costs.costs(found)) == bool(staff.staff(found)) == known
    if known:
        assert sum(drivers.totals(apart).values()) == Fraction(basic.change)
        assert sum(step.change for step in drivers.by_unit(found)) == change
    judged = reasons.audit(found, drivers.covered(found))
    moved = sum(abs(step.change) for step in variance.by_function(found, 7))
    assert sum(reasons.coverage(found, judged).values()) == Fraction(moved)
    assert not [a for a in judged if a.verdict == "another change"]


def test_a_reason_is_not_contradicted_where_its_change_is_of_several_sources():
    """That basic rose and project fell is not denied where no table gives both of all money."""
    other = {"reasons": "basic-up-project-down"}
    found = with_claims(
        budget("money of a fund"), lambda c: c | (other if c["subject"] == "expenditure" else {})
    )
    judged = [a for a in reasons.audit(found, {}) if a.reason == other["reasons"]]
    assert [a.verdict for a in judged] == ["cannot be tested"]


def rounding(found, table):
    """How far a printed amount of a table can be from the exact one, in yuan."""
    return Decimal(int(found.half_unit(table)))


@every_shape
def test_no_bound_leaves_out_the_truth(shape):
    """The own unit's part of each account lies within what the printed tables determine."""
    units = department(shapes.SEEDS[0], shape=SHAPES[shape]).now
    truth = next((unit.staff.economic | unit.goods for unit in units if unit.own), {})
    bounds = [b for b in reconstruction.by_unit(budget(shape)) if b.nature == "basic"]
    for bound in bounds:
        assert bound.low <= truth.get(bound.code, 0) <= bound.high, bound.code
    rounded = SHAPES[shape].unit == "万元" or "basic-by-government" in SHAPES[shape].absent
    assert bool(bounds) is not rounded
    if SHAPES[shape].unit == "万元":
        assert cube.cube(budget(shape), "project") == []


@pytest.mark.parametrize("shape", ["shape of this document", "in ten thousands of yuan"])
def test_agency_operating_funds_are_in_yuan_however_they_are_printed(shape):
    own = department(shapes.SEEDS[0], shape=SHAPES[shape]).now[0]
    off = variance.operating_funds(budget(shape)) - sum(own.goods.values())
    assert abs(off) <= (50 if SHAPES[shape].unit == "万元" else 0)


def test_without_an_own_unit_the_text_states_no_agency_operating_funds():
    assert variance.operating_funds(budget("an institution alone")) is None
    assert variance.prior_operating_funds(budget("an institution alone")) is None


def test_projects_without_a_form_are_what_is_left(data):
    plan = department(shapes.SEEDS[0], shape=SHAPES["projects without forms"])
    left = reconstruction.unlisted_projects(budget("projects without forms"))
    assert left.total == sum(task.budget for task in plan.tasks if not task.form)
    assert left.own_unit + left.institution == left.total


def test_a_sum_of_rounded_amounts_holds_just_as_far_as_rounding_goes():
    """Of a whole of two parts: three half units of 50 yuan are allowed, and nothing beyond."""
    found = budget("in ten thousands of yuan")
    name = "row.spending-summary/total.total"
    whole = verdicts("in ten thousands of yuan")[name].right
    for off, verdict in ((0, Verdict.HOLDS), (100, Verdict.ROUNDED), (200, Verdict.FAILS)):
        for way in (1, -1):
            printed = Decimal(whole.numerator) / whole.denominator + way * off
            moved = with_cell(found, "spending-summary/total.total", printed)
            (result,) = [r for r in run(moved) if r.check.id == name]
            assert result.verdict is verdict, off
            if off == 100:
                assert result.relation == "= (but for rounding)"


def test_a_rounded_amount_may_be_a_little_above_its_limit_and_no_more():
    check = Check("c", "f", "s", "s", "g", Constant(0), Constant(0))
    found = budget("in ten thousands of yuan")
    cell = Cell(parse("spending-summary/total.total"))
    printed = Fraction(cell.value(found))
    for relation, limit, verdict in (
        ("≤", printed - 50, Verdict.ROUNDED),
        ("≤", printed - 51, Verdict.FAILS),
        ("<", printed - 49, Verdict.ROUNDED),
        ("<", printed - 50, Verdict.FAILS),
        ("=", printed + 50, Verdict.ROUNDED),
        ("=", printed + 51, Verdict.FAILS),
    ):
        tried = replace(check, left=cell, right=Constant(limit), relation=relation)
        assert evaluate([tried], found)[0].verdict is verdict, (relation, limit)


def test_bounds_hold_what_the_exact_figures_give():
    """Sums, products, shares and roundings of printed amounts, against the unrounded department."""
    plan = department(1)
    exact = disclosure(plan, shapes.reference())
    coarse = budget("in ten thousands of yuan")
    assert department(1, shape=SHAPES["in ten thousands of yuan"]).now == plan.now
    first, second = (Cell(parse(f"spending-summary/total.{n}")) for n in ("basic", "total"))
    for expression in (
        first - second,
        total([first, second, Constant(5)]),
        Product(first, second),
        Percentage(first - second, second),
        Rounded(first, -2),
        Positive(first - second),
        Claim("claims/totals/income/amount/this"),
    ):
        low, high = bounds(expression, coarse)
        assert low <= expression.value(exact) <= high, expression
        assert bounds(expression, exact) == (expression.value(exact),) * 2
    assert bounds(first, coarse)[1] - bounds(first, coarse)[0] == 100


def test_zeros_at_the_end_may_be_left_out_and_six_decimals_are_exact():
    found = budget("in ten thousands of yuan")
    assert found.half_unit("spending-summary") == 50
    assert found.half_unit(CLAIMS, "claims/totals/income/amount/this") == 50
    assert found.half_unit(CLAIMS, "claims/about/institutions/count/this") == 0
    fine = with_cell(found, "spending-summary/total.total", Decimal("12345678.90"))
    assert fine.half_unit("spending-summary") == 50
    fine = with_cell(found, "spending-summary/total.total", Decimal("12345678.901234"))
    assert fine.half_unit("spending-summary") == 0


@pytest.mark.long
def test_the_table_of_the_book_is_what_is_found():
    assert shapes.RESULT.read_text(encoding="utf-8") == shapes.text(), "call make shapes"
    shown = json.loads(shapes.RESULT.with_suffix(".json").read_text(encoding="utf-8"))
    assert shown == shapes.shown(), "call make shapes"
