"""Chapters three and four on changed figures: they run, follow them and talk no nonsense."""

import ast
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path

import IPython.display
import nbformat
import pytest
from worlds import with_cell, with_each, with_resource

import budgetbook
from budgetbook.analysis import chance, costs, cube, drivers, reconstruction, rubric, staff
from budgetbook.errors import InputError
from budgetbook.exact.money import round_half_up, wan, yuan
from budgetbook.proof import guards
from budgetbook.proof.formulas import place
from budgetbook.show import bridges
from budgetbook.synthetic import SHAPES, department
from budgetbook.synthetic import disclosure as built

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent

#: What a sentence looks like when a figure behind it is missing, or its word is typed.
NONSENSE = re.compile(
    r"\bNone\b|\bnan\b|Fraction\(|Decimal\(|between {1,2}and|(?<!\w)\(\)|[a-z] {2,}[a-z]"
    r"|\{[\w.*:/“”、~-]+\}"
    r"|(^|[^\d.]) yuan of|\b0\.00 (go|yuan (more|less|the same))|(rises|falls|more|less) by −"
)


def exchanged(disclosure):
    """Last year's and this year's amounts the other way round: basic falls, projects rise."""
    items = [r for r in disclosure.tables["spending-by-function"] if len(r["code"] or "") == 7]

    def change(row):
        found = {"prior_total": row["total"], "total": row["prior_total"]}
        mine = [i for i in items if i["code"].startswith(row["code"] or "")]
        for nature in ("basic", "project"):
            whose = [i for i in mine if (i["basic"] is None) == (nature == "project")]
            prior = [i["prior_total"] for i in whose if i["prior_total"] is not None]
            found[nature] = sum(prior) if prior else None
        return (
            found
            if row["code"] or row["name"] == "合计"
            else found | dict.fromkeys(("basic", "project"))
        )

    return with_each(disclosure, "spending-by-function", change)


def unchanged(disclosure):
    """The whole has the same total in both years; one project item takes up the difference."""
    whole = disclosure.row("spending-by-function", "合计")
    gap = whole["total"] - whole["prior_total"]

    def change(row):
        above = row["name"] == "合计" or (row["code"] and "2150502".startswith(row["code"]))
        named = row["name"] == "工业和信息产业监管"
        if not (above or named) or row["prior_total"] is None:
            return {}
        return {"prior_total": row["prior_total"] + gap}

    return with_each(disclosure, "spending-by-function", change)


def one(address, amount):
    """Change one figure and nothing above or beside it."""
    return lambda disclosure: with_cell(disclosure, address, amount)


def rising(disclosure):
    """Both projects that fall rise instead, up to the total."""
    more = {"2150502": Decimal("2000000.00"), "2150517": Decimal("700000.00")}

    def change(row):
        above = row["name"] == "合计"
        extra = sum(
            a for c, a in more.items() if above or (row["code"] and c.startswith(row["code"]))
        )
        if not extra:
            return {}
        return {c: (row[c] or Decimal(0)) + extra for c in ("total", "project")}

    return with_each(disclosure, "spending-by-function", change)


def shrinking(plan):
    """The invented department with its two years exchanged: staff, bases and pay fall."""
    return replace(plan, now=plan.before, before=plan.now)


def without_staff(disclosure):
    """Medical care that is no whole number of yuan a head, so that no staff is identified."""
    return with_cell(disclosure, "basic-by-economic/30114.total", Decimal("22401.37"))


CASES = {
    "as published": (lambda d: d, "less than the year before"),
    "exchanged": (exchanged, "more than the year before"),
    "unchanged": (unchanged, "the same as the year before"),
    "without staff": (without_staff, "identify no staff"),
    "all rising": (rising, "more than the year before"),
    "one figure of last year": (
        one("spending-by-function/2150501.prior_total", Decimal("1500000.00")),
        "increases of 95.6 万元",
    ),
    "one figure of this year": (
        one("spending-by-function/2080505.total", Decimal("100000.00")),
        "decreases of 173.2 万元",
    ),
    "one last medical figure": (
        one("spending-by-function/2101101.prior_total", Decimal("90000.00")),
        "identify no staff",
    ),
    "one growth rate": (one("spending-by-function/2150501.growth", Decimal("50")), "−7.3%"),
    "an invented department": (lambda d: built(department(1), d.reference), "more than the year"),
    "a shrinking one": (
        lambda d: built(shrinking(department(1)), d.reference),
        "go with staff",
    ),
    "another one": (lambda d: built(department(2), d.reference), "than the year before"),
}


def words(shown):
    """What a reader reads of an output: its Markdown or HTML without tags and pictures."""
    for method in ("_repr_markdown_", "_repr_html_", "page"):
        if hasattr(shown, method):
            text = re.sub(r"<svg.*?</svg>", "", getattr(shown, method)(), flags=re.DOTALL)
            return re.sub(r"<[^>]+>", "|", re.sub(r"</?a\b[^>]*>", "", text))  # of links, the words
    return ""


#: What chapters showed: the disclosure's identity and the notebook → the disclosure, its texts.
SHOWN = {}


def texts(monkeypatch, disclosure, name):
    """What the code cells of a notebook show on a disclosure; they run once, however many ask."""
    if (id(disclosure), name) not in SHOWN:
        SHOWN[id(disclosure), name] = disclosure, run_through(monkeypatch, disclosure, name)
    return list(SHOWN[id(disclosure), name][1])


def run_through(monkeypatch, disclosure, name):
    """What the code cells of a notebook show, one after the other."""
    shown, names = [], {}
    monkeypatch.setattr(budgetbook, "load", lambda: disclosure)
    monkeypatch.setattr("budgetbook.show.budget.load", lambda: disclosure)
    monkeypatch.setattr(IPython.display, "display", shown.append)
    for cell in nbformat.read(ROOT / "notebooks" / name, 4).cells:
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, name, "exec"), names)
            if last:
                shown.append(eval(compile(ast.Expression(last.value), name, "eval"), names))
    return [text for text in map(words, shown) if text]


THIRD = "03-variance.ipynb"
DRIVERS, EXPLANATIONS = "appendix-drivers.ipynb", "appendix-explanations.ipynb"


@pytest.mark.parametrize("case", CASES)
def test_the_third_chapter_follows_its_figures(monkeypatch, disclosure, case):
    change, says = CASES[case]
    told = change(disclosure)
    shown = texts(monkeypatch, told, THIRD)
    assert len(shown) > 15
    assert says in next(text for text in shown if "The answer" in text)
    for name in (DRIVERS, EXPLANATIONS):
        more = texts(monkeypatch, told, name)
        assert len(more) > 15
        shown += more
    for text in shown:
        assert not NONSENSE.search(text), (NONSENSE.search(text), text[:300])


def third(monkeypatch, disclosure, *names):
    """What the third chapter shows, or instead of it one of its appendices."""
    every = (texts(monkeypatch, disclosure, name) for name in names or (THIRD,))
    return "\n".join(text for shown in every for text in shown)


@pytest.mark.parametrize(
    ("column", "code", "amount"),
    [("prior_total", "2150501", "1500000.00"), ("total", "2080505", "100000.00")],
)
def test_what_a_bridge_leaves_is_said_and_drawn(monkeypatch, disclosure, column, code, amount):
    """One figure of an item that its class does not follow: the picture of items shows the gap."""
    assert bridges.LEFT_OVER not in third(monkeypatch, disclosure)
    changed = with_cell(disclosure, f"spending-by-function/{code}.{column}", Decimal(amount))
    gap = Decimal(amount) - disclosure.amount("spending-by-function", code, column)
    gap = f"{gap if column == 'prior_total' else -gap:,}".replace("-", "−")
    assert f"**{gap}** by item" in third(monkeypatch, changed, DRIVERS)
    assert f"|{bridges.LEFT_OVER}|Rise 增加|{gap}|" in cells(third(monkeypatch, changed))


@pytest.mark.parametrize(
    ("column", "code"),
    [("basic", "2080505"), ("basic", "208"), ("project", "21505"), ("prior_total", "221")],
)
def test_a_figure_that_no_bridge_uses_moves_the_text_too(monkeypatch, disclosure, column, code):
    """The checks behind the bridges are counted, so no figure can change unseen."""
    amount = disclosure.amount("spending-by-function", code, column) + 7
    changed = with_cell(disclosure, f"spending-by-function/{code}.{column}", amount)

    def passed(other):
        told = third(monkeypatch, other, DRIVERS)
        return int(re.search(r"pass (\d+) of the \d+ checks", told)[1])

    assert passed(changed) < passed(disclosure)


def shown(monkeypatch, disclosure, name):
    return "\n".join(texts(monkeypatch, disclosure, name))


def test_the_first_chapter_counts_amounts_once_and_no_remainder(monkeypatch, disclosure):
    told = shown(monkeypatch, disclosure, "01-reconstruction.ipynb")
    items = sum(row["total"] is not None for row in disclosure.tables["spending-summary"])
    forms = len(disclosure.projects)
    assert f"the totals of {items + forms} rows can be rebuilt" in told


def test_the_first_chapter_counts_the_items_that_its_table_shows(monkeypatch, disclosure):
    told = cells(shown(monkeypatch, disclosure, "01-reconstruction.ipynb"))
    table = told.split("by functional item, yuan (table 5)")[-1].split("Items with both")[0]
    names = {
        r["name"] for r in disclosure.tables["spending-by-function"] if len(r["code"] or "") == 7
    }
    rows = sum(f"{name}|" in table for name in names)
    assert 0 < rows < len(names), "one is blank this year"
    assert f"Items with both basic and project money: 0 of {rows}." in told


def test_the_second_chapter_calls_two_counts_by_two_names(monkeypatch, disclosure, results):
    """What holds in the answer does not fail in the picture under the same name."""
    told = cells(shown(monkeypatch, disclosure, "02-reconciliation.ipynb"))
    ties = [r for r in results if r.check.family == "ties between tables"]
    assert f"{len(ties)} of {len(ties)} amounts that two tables share agree" in told
    assert re.search(r"Between tables 表与表之间\|Fails 不成立\|[1-9]", told)
    assert not re.search(r"(?i)ties between tables 表间勾稽|ties between tables hold", told)


CHAPTERS = sorted(path.name for path in (ROOT / "notebooks").glob("0[1-4]*.ipynb"))


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_may_be_concluded_can_be_read_by_itself(monkeypatch, disclosure, name):
    """A statement of the last table points at no sentence beside the one that it was taken from."""
    told = shown(monkeypatch, disclosure, name)
    assert "Overturned by" in told or "overturned by" in told
    assert not re.search(r"\b(the|these) (latter|former)\b", told.split("verturned by")[-1])


def test_the_second_chapter_counts_what_it_names(monkeypatch, disclosure, results):
    """Limits, words and roundings are not among what holds to the cent."""
    told = shown(monkeypatch, disclosure, "02-reconciliation.ipynb")
    full = shown(monkeypatch, disclosure, "appendix-margins.ipynb")
    charged = [r for r in results if r.check.family == "contributions"]
    exact = [r for r in charged if r.check.relation == "="]
    equal = [r for r in exact if r.left == r.right]
    assert len(exact) < len(charged)
    says = f"Rules of contributions that hold to the cent: {len(equal)} of {len(exact)}; weak ones"
    assert f"{says} among them (that a base is a whole number of yuan;" in told
    assert "one amount in three gives that): 1." in told
    assert f"side worked out of inferred rates and bases: {len(equal)}." in told
    assert "For 47 of the weights a sum of a hundred does not hold" in full
    for column in ("division", "rates"):
        mine = [c for c in cube.cube(disclosure, "basic") if c.level == column]
        assert len(re.findall(rf"\.\d\d\|{column}\|", cells(full))) == len(mine) > 0
    tested = [r for r in results if r.verdict not in ("cannot be tested", "does not apply")]
    places = [sorted({t for leaf in leaves(r) if (t := table_of(leaf))}) for r in tested]
    joints = {pair for tables in places for pair in combinations(tables, 2)}
    assert f"Checks compare figures of {len(joints)} pairs of parts" in told
    for kind in ("equality", "limit", "form"):
        mine = [r for r in tested if r.check.kind == kind]
        assert f"{sum(r.verdict != 'fails' for r in mine)} of {len(mine)} " in told


def test_the_pension_of_the_institution_has_one_verdict_in_both_chapters(monkeypatch, disclosure):
    """No chapter calls a base refuted that the rule may charge and that is not printed."""
    second = shown(monkeypatch, disclosure, "appendix-margins.ipynb")
    prose = "".join(
        cell.source
        for name in ("02-reconciliation.ipynb", THIRD, DRIVERS)
        for cell in nbformat.read(ROOT / "notebooks" / name, 4).cells
        if cell.cell_type == "markdown"
    )
    assert "refuted" not in prose
    assert "a base on last year's actual pay, which is not printed, stays open" in prose
    told = third(monkeypatch, disclosure, DRIVERS)
    assert "one on last year's actual pay, which is not printed, stays open" in told
    for chapter, share in ((second, "47.2 万元 are budgeted (99.3%)"), (told, "are 99.3% of")):
        assert share in chapter
    assert "leaves 17,600 of the 125,205.71 yuan" in second


def test_the_third_chapter_counts_the_checks_of_its_table(monkeypatch, disclosure, results):
    told = third(monkeypatch, disclosure, DRIVERS, EXPLANATIONS)
    mine = [
        r
        for r in results
        if r.verdict != "cannot be tested"
        and any(re.fullmatch(r"spending-by-function/.*total", cell) for cell in r.cells)
    ]
    good = sum(r.verdict != "fails" for r in mine)
    assert f"pass {good} of the {len(mine)} checks of chapter two that read them" in told
    assert "6 of the statements rest on a derivation too" in told
    chapter = third(monkeypatch, disclosure)
    assert "Of the stated changes that can be tested, 6 rest on a derivation" in chapter
    assert "no table prints a change" not in told + chapter, "table 5 prints rates of change"


FOURTH = "04-performance.ipynb"
DIMENSIONS, RUBRIC = "appendix-dimensions.ipynb", "appendix-rubric.ipynb"


def test_the_fourth_chapter_counts_what_it_names(monkeypatch, disclosure):
    chapter = shown(monkeypatch, disclosure, FOURTH)
    told = shown(monkeypatch, disclosure, RUBRIC)
    name = "“One matter” for 5G station approval and communication support"
    mine = [i for i in disclosure.indicators if i.form == 2]
    exact = [i for i in mine if i.relation == "=" and i.value not in (0, 100)]
    limits = [i for i in mine if i.relation in "≥≤"]
    row = re.compile(rf"\|{name}\|+{len(mine)}\|+{len(limits)}\|+{len(exact)}\|+0\|")
    assert row.search(told)
    assert "|400,000.00, with the limit of 8 人||270,000.00||no|" in told
    assert (
        "in 1 of them one ceiling is above the budget by itself: if it is for this year alone"
        in chapter
    )
    assert "One ceiling alone is 75.0 万元 above the budget of its project" in chapter
    states = [i.weight for i in disclosure.indicators if i.form and i.target == "完成"]
    assert "10.0% on a word for a thing that is done or is not, such as 完成" in chapter
    assert sum(states) / sum(i.weight for i in disclosure.indicators if i.form) == Decimal("0.1")
    assert "34.4% of the points of the projects rest on a grade such as 优" in chapter
    exactly = [i for i in disclosure.indicators if i.relation == "=" and not i.in_words]
    strict = sum(i.value in (0, 100) for i in exactly)
    says = f"{strict} ask for exactly all or exactly none, which a single miss fails, and"
    assert f"{says} {len(exactly) - strict} for exactly so many" in chapter
    worded = [sum(i.weight for i in disclosure.indicators if i.form == p.form and i.in_words)
              for p in disclosure.projects]  # fmt: skip
    assert f"for its numbers still earns {min(worded)} to {max(worded)} points" in chapter
    assert "|no|at 5 人 or fewer|" in cells(told)
    assert f"|{name}|90|85|60|57|" in cells(told), "a state is reached or is not"
    words = [i for i in mine if re.search("机制", i.name)]
    assert all(i.relation == "定性" for i in words)
    dimensions = nbformat.read(ROOT / "notebooks" / DIMENSIONS, 4)
    drawn = "".join(o["data"].get("text/html", "") for c in dimensions.cells
                    for o in c.get("outputs", []) if "data" in o)  # fmt: skip
    assert f"65 ({sum(i.weight for i in words)})" in drawn


def cells(told):
    """What is told, with one bar between two cells."""
    return re.sub(r"\|+", "|", told)


def leaves(result):
    """What a check reads."""
    return [*result.check.left.leaves(), *result.check.right.leaves()]


def table_of(leaf):
    """The table of what a check reads, None for what it counts."""
    found = place(leaf)
    return found.table if found else None


def test_the_second_chapter_says_what_a_count_of_checks_does_not(monkeypatch, disclosure, results):
    told = cells(shown(monkeypatch, disclosure, "02-reconciliation.ipynb"))
    full = cells(shown(monkeypatch, disclosure, "appendix-margins.ipynb"))
    blind = [r for r in results if r.check.id.startswith("explanation.base.")]
    assert {str(r.verdict) for r in blind} == {"holds", "fails"}, "of either, not of one alone"
    assert f"test no reason, whatever their verdict: {len(blind)}." in told
    rounded = sum(r.verdict == "holds at printed precision" for r in results)
    assert f"Rates and shares that hold only as rounded: {rounded}." in told
    free = [g.figure for g in guards.guards(disclosure) if not g.grade]
    reading = [
        side for r in results if r.verdict == "fails" for side in (r.check.left, r.check.right)
    ]
    failing = {getattr(leaf, "address", None) for side in reading for leaf in side.leaves()}
    assert f"fails already ({sum(f.address in failing for f in free)} of them)" in full
    assert "(counts: 4, growth rates: 1, years: 2, rates that are promised: 2)" in full
    assert "Of 39 targets that are numbers, 4 are guarded." in full
    assert "Of 39 targets that are numbers 4 are." in told
    assert full.count("(derived 推算)") == 2, "the others are printed"
    untested = sum(r.verdict == "cannot be tested" for r in results)
    assert f"cannot be tested: {untested}, among them growth rates on a blank" in told
    assert "undefined whatever is printed: 3." in told


def test_the_second_chapter_shows_both_sides_of_money_in_question(monkeypatch, disclosure):
    """Of each finding with money the check that differs by it, and the words follow the figures."""
    told = cells(shown(monkeypatch, disclosure, "02-reconciliation.ipynb"))
    assert "|2,100,000.00|1,900,000.00|200,000.00|" in told
    assert "|152,485.24|−447,514.76|600,000.00|" in told
    assert "|9,912.00|14,868.00|4,956.00|" in told
    assert "|235,240.56|98,464.32|136,776.24|" in told
    assert "the largest" not in told, "money of several kinds is not ranked"
    drawn = told[told.index("In 4 findings an amount") : told.index("Both sides (yuan")]
    order = [drawn.index(name) for name in ("未提的科目", "无表的项目", "采购总额", "养老保险")]
    assert order == sorted(order), "as in the register"
    told = cells(shown(monkeypatch, agreeing(disclosure), "02-reconciliation.ipynb"))
    assert "|9,912.00|14,868.00|" not in told
    assert "The text states 9,912.00 yuan of procurement" not in told


def test_the_second_chapter_shows_the_failing_checks_of_no_finding(monkeypatch, disclosure):
    """Of a figure that a student changed; on the figures as published there is none."""
    name, none = "02-reconciliation.ipynb", "belong to no finding yet"
    assert none not in shown(monkeypatch, disclosure, name)
    other = with_cell(disclosure, "basic-by-government/50101.basic", Decimal("1234567.89"))
    table = cells(shown(monkeypatch, other, name).partition(none)[2])
    assert "the accounts one level below it" in table
    assert "|501 is the sum of the accounts one level below it 501" in table


def agreeing(disclosure):
    """A table of procurement whose rows come to what the text states."""
    (row,) = [r for r in disclosure.tables["procurement"] if "本级" not in r["unit"]]
    address = disclosure.address(row, "total")
    return with_cell(disclosure, str(address), Decimal(0))


def test_the_first_chapter_says_what_its_splits_rest_on(monkeypatch, disclosure):
    told = shown(monkeypatch, disclosure, "01-reconstruction.ipynb")
    fixed = [b for b in reconstruction.by_unit(disclosure) if b.total and b.determined]
    pairs = disclosure.reference["crosswalk"]
    sure = {
        r["department_code"]
        for r in pairs
        if r["source"] != "working-assumption" and r["government_code"] < "505"
    }
    assumed = sum(b.code not in sure for b in fixed)
    assert 0 < assumed < len(fixed)
    (form,) = [p for p in disclosure.projects if "本级" not in p.unit]
    assert disclosure.amount("project-by-government", "505", "project") == form.budget
    assert f"with {wan(form.budget)} 万元 in all. Class 505 of table 9 holds the same" in told
    assert "items of table 5 that do: 1. That is evidence for projects alone" in told
    tables = shown(monkeypatch, disclosure, "appendix-units.ipynb")
    assert f"if the crosswalk holds: for {assumed} of these" in tables
    kept, labour = reconstruction.running_in_projects(disclosure)
    assert f"{wan(kept)} 万元 (28.1%) go to office supplies, property and rent" in told
    assert f"take {wan(labour)} 万元 (54.5% with them)" in told
    assert "table has 1.5 万元 in its rows and no amount under services" in told
    assert not re.search(r"(department|unit) spends", told), "a budget is a plan"


def test_the_third_chapter_gives_a_range_where_a_convention_decides(monkeypatch, disclosure):
    chapter = cells(third(monkeypatch, disclosure))
    full = cells(shown(monkeypatch, disclosure, "appendix-drivers.ipynb"))
    ways = drivers.by_way(disclosure)
    least, most = (ways[way]["staff"] for way in ("neither-least", "both"))
    assert (yuan(least), yuan(most)) == ("547,450.72", "749,061.85")
    assert f"From {wan(least)} 万元 (63.5%) to" in chapter
    assert f"to {wan(most)} 万元 (86.9%) of the change of basic expenditure go with" in chapter
    assert "it could be 38.1% to 127.2%" in chapter
    assert (
        "expenditure changes by −131.0 万元 (−38.4%), basic expenditure by +86.2 万元 (32.1%)"
        in chapter
    )
    assert "carry from 19.2% to 25.1% of all movement" in chapter
    for says, low, high in (
        ("商品服务与工资口径", "547,450.72", "749,061.85"),
        ("口径与联合部分一并", "510,534.79", "750,332.55"),
        ("人均医疗不变", "547,450.72", "760,459.87"),
        ("任一单项假设", "462,380.98", "1,096,645.97"),
        ("人数与口径一并", "328,240.81", "1,096,645.97"),
    ):
        assert f"{says}|{low}|{high}|" in full
    assert f"|Goods by head in both units 商品服务均随人数|{yuan(most)}|" in chapter
    assert f"|Goods not by head, least pay 均不随人数，工资取下限|{yuan(least)}|" in chapter
    assert "the own unit's change lies from −110.8 万元 to −15.8 万元" in chapter
    assert "it fell by 99.0 万元, 93.4% of the fall of General administrative affairs" in chapter
    assert "Of 17 amounts of a change that the text states, 16 agree with the tables" in chapter
    assert "9 are compatible, 1 restated, 0 contradicted or of another change, and 9" in chapter
    assert "some figure could have contradicted 18: 9 by the staff" in chapter
    assert "can be shown" not in chapter


def test_what_is_said_to_fit_says_what_was_free(monkeypatch, disclosure, results):
    told = third(monkeypatch, disclosure, DRIVERS)
    free, equations, holding = chance.freedom(disclosure, results)
    assert f"The fit of pay has {free} numbers that no text which was read gives" in told
    assert f"and {equations} equations, of which {holding} hold." in told


def test_the_appendices_of_the_third_chapter_give_the_same_ranges(monkeypatch, disclosure):
    split = cells(third(monkeypatch, disclosure, DRIVERS))
    assert "moved together it is 32.8 to 109.7 万元" in split
    assert "|Contribution base per head, own unit|+10,674.34|" in split
    assert "none in these tables gives staff more than 76.0 万元 (88.2%)" in split
    assert "the own unit's budget changes by −110.8 to −15.8 万元" in split
    told = cells(third(monkeypatch, disclosure, EXPLANATIONS))
    assert "names carry 19.2% to 25.1% by inference" in told
    assert "69.5% to 120.3%|compatible" in told, "pay goes by head, whosever goods do"
    assert "named drivers give more than the change" in told
    assert "99.0 万元, 93.4% of the fall" in told
    stated = [claim for claim in disclosure.claims if claim["kind"] == "change"]
    level = [claim for claim in stated if claim["direction"] == "unchanged"]
    amounts = len(stated) - len(level)
    assert f"{amounts - 1} of {amounts} amounts of a change that the text states (1 " in told
    assert f"; {len(level)} more statements say that nothing changed" in told
    chapter = third(monkeypatch, disclosure)
    assert f"a blank counts as nothing. Statements of no change: {len(level)}." in chapter
    assert "for which one can, the named drivers carry 63.9% to 83.7%" in told
    assert "imply themselves they carry up to 29.9% of all" in told
    assert re.search(r"both read this year.{1,7} blank as nothing", told)
    assert "can be shown" not in split + told


@pytest.mark.parametrize("case", ["as published", "without staff", "another one"])
def test_the_third_chapter_answers_in_five_short_sentences(monkeypatch, disclosure, case):
    shown = texts(monkeypatch, CASES[case][0](disclosure), THIRD)
    (answer,) = (text for text in shown if "The answer" in text)
    english, _, chinese = answer.replace("**The answer**", "").strip().partition("\n\n|")
    assert chinese.count("。") >= 3
    sentences = re.split(r"(?<=\.)\s+", english)
    assert 3 <= len(sentences) <= 5
    assert max(len(sentence) for sentence in sentences) < 260


def test_a_range_of_conventions_is_not_told_as_a_bound():
    """What another convention may leave is no least and no most."""
    for path in sorted((ROOT / "notebooks").glob("0*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            assert not re.search(r"\bat (least|most) \{", cell.source, re.I), cell.source


def test_the_third_chapter_says_what_a_mean_and_a_sum_cannot(monkeypatch, disclosure):
    """Composition, the sum of two contributions, heads up to a factor, and fits by chance."""
    told = cells(third(monkeypatch, disclosure, DRIVERS, EXPLANATIONS))
    for unit, (more, base) in staff.newcomers(disclosure).items():
        each = f"{wan(base)} 万元 a year each, {wan(base / 12)} 万元 a month"
        assert f"({more}) have {each}" in told, unit
    assert "It *cannot be tested*: the bases of those who stayed" in told
    *_, (_, _, both) = costs.implied_bases(disclosure)
    assert f"|{yuan(both)}|238.9%|121.0%|determined|" in told
    assert "40,872.24 yuan would still be left" in told
    assert "|16 (twice)|800.00|1,769.56|" in told
    assert "the premise, not a test" in told
    assert re.search(r"has 10 numbers .* 16 equations, of which 13 hold", told)
    assert (
        "payment is 1.005%. If this is the whole charge, wages of 98.6 万元 are not in its base"
        in told
    )
    assert "yuan: 12 different amounts that can be compared" in told
    assert "goods move by head, for: Basic pension insurance contributions (36.5%)" in told
    assert "staff and base cover 14.1 万元 of 14.1 万元" in told
    assert "9 cannot be tested. Some figure could have contradicted 18" in told
    assert "1.4 万元 on the bases that the other contributions fit, and 2.0 万元" in told
    assert "Bonuses, with allowances 津贴补贴: not told apart" in told
    assert "|own unit|2025|486,245.40|60,780.68|" in told


def test_every_amount_a_head_is_said_to_rest_on_heads_up_to_a_factor():
    """The title of each table with a column of such amounts says it, in every notebook."""
    column = re.compile(
        r"<th[^>]*>((?:Base |Medical care |Basic pay )?(?:[Pp]er|[Aa]) head\b[^<]*)</th>"
    )
    seen = 0
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            for output in cell.get("outputs", []):
                html = re.sub("</?span>", "", output.get("data", {}).get("text/html", ""))
                title, _, body = html.partition("</p>")
                if "table-title" in title and column.search(body):
                    assert "up to a factor" in title, title
                    seen += 1
    assert seen >= 6


def test_the_fourth_chapter_leaves_open_what_nothing_tests(monkeypatch, disclosure):
    """A method that no name gives is open in the set as printed too, and not missed."""
    chapter = shown(monkeypatch, disclosure, FOURTH)
    told = cells(shown(monkeypatch, disclosure, RUBRIC))
    for name in ("Attainable 可实现", "Has a baseline 有基期", "Has a method 有评价方法"):
        (verdict,) = re.findall(rf"\|{name}\|([^|]+)\|(\d+)\|", cells(chapter))
        assert verdict == ("Open 存疑", str(sum(i.weight for i in disclosure.indicators)))
    assert "|Has a method|open|67 to 100%|" in told
    assert "open in every form: Attainable, Has a baseline, Has a method" in told
    assert re.search(r"\|Time-bound(\|100%){6}\|", told)
    assert re.search(r"\|Can be missed\|100%\|61%\|83%\|78%\|", told)
    room = "Leaves room for one dissatisfied answer"
    assert re.search(rf"\|{room}\|open\|0%\|open\|", told)
    assert re.search(rf"\|{room}\|does not apply\|it asks nobody", told)
    assert f"|{room}|open|it does if 20 or more are asked, and how many are is not printed|" in told
    assert "3 to 6 as words are chosen" in chapter
    pairs = rubric.crosscheck(disclosure)
    read = [j.met for j, rule in pairs if j.criterion == "relevant" and not rule.met]
    assert f"{len(read)} have none of the words that we chose for it" in told
    assert "Our words find no indicator for 4 of 23 parts of the goals" in chapter
    says = "it is 3 if these count for every part that they come near, and 6 if for none"
    assert says in chapter, "one range in both places"
    assert f"The reader finds {read.count(True)} of them relevant" in told
    assert "20.0 万元 of projects are not printed" in told
    assert "little: 9,912.00 yuan of it are for goods, if that row of table 14 is right" in told
    agreeing = sum(one.agreeing for one in rubric.agreement(pairs).values())
    assert f"the same answer in {agreeing} of {len(pairs)} judgements" in chapter
    for criterion, one in rubric.agreement(pairs).items():
        kappa = "undefined" if one.kappa is None else str(round_half_up(one.kappa, 2))
        title = {row["id"]: row["title_en"] for row in disclosure.reference["rubric"]}[criterion]
        assert f"|{title}|{one.of}|{one.agreeing}|{kappa}|" in told


def test_words_for_up_and_down_follow(monkeypatch, disclosure):
    fallen = third(monkeypatch, disclosure)
    assert "The budget is 44.8 万元 less than the year before (−7.3%)" in fallen
    assert "8 of 10 items that move go against the total" in fallen
    risen = third(monkeypatch, rising(disclosure))
    assert "The budget is 225.2 万元 more than the year before (37.0%)" in risen
    assert "decreases of 0.0 万元 lie behind the net" in risen
    assert "0 of 10 items that move go against the total" in risen


def test_a_wrong_rate_is_named(monkeypatch, disclosure):
    assert "with another rate: 0." in third(monkeypatch, disclosure, EXPLANATIONS)
    changed = CASES["one growth rate"][0](disclosure)
    told = third(monkeypatch, changed, EXPLANATIONS)
    assert "with another rate: 1 (Administrative operation)." in told


def test_what_nobody_read_is_not_said_to_agree(monkeypatch, disclosure):
    """An invented department has no reader: the rules stand alone, and the chapter says so."""
    invented = built(department(1), disclosure.reference)
    every = (texts(monkeypatch, invented, name) for name in (FOURTH, DIMENSIONS, RUBRIC))
    told = "\n".join(text for shown in every for text in shown)
    assert "Nobody has read these indicators: each stands by the rules alone" in told
    assert told.count("the rules alone judge them") == 2
    assert "Reader and rule agree" not in told
    assert "both give the same" not in told


def test_a_project_without_a_part_of_the_goal_is_money_without_a_target(monkeypatch, disclosure):
    def told(other):
        return "\n".join(texts(monkeypatch, other, RUBRIC))

    assert "Each project with a form speaks of a part" in told(disclosure)
    few = [
        r
        for r in disclosure.reference["goal-parts"]
        if r["id"] in ("department-city", "department-economy")
    ]
    changed = with_resource(disclosure, "goal-parts", few)
    assert "65.0 万元 of 2 projects with a form speak of no part" in told(changed)


@pytest.mark.parametrize("case", CASES)
def test_the_fourth_chapter_follows_its_figures(monkeypatch, disclosure, case):
    told = CASES[case][0](disclosure)
    every = (texts(monkeypatch, told, name) for name in (FOURTH, DIMENSIONS, RUBRIC))
    shown = [text for texts_of in every for text in texts_of]
    assert len(shown) > 40
    for text in shown:
        assert not NONSENSE.search(text), (NONSENSE.search(text), text[:300])


CHAPTERS = sorted(path.name for path in (ROOT / "notebooks").glob("0[1-9]*.ipynb"))
CHAPTERS += [DRIVERS, EXPLANATIONS]
OF_FORMS = (FOURTH, DIMENSIONS, RUBRIC)
CHAPTERS += OF_FORMS[1:]


@pytest.fixture(scope="module")
def of_shape(disclosure):
    """Shape → the disclosure of a department of that shape, made once."""
    return cache(lambda shape: built(department(1, shape=SHAPES[shape]), disclosure.reference))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_runs_on_departments_of_every_shape(monkeypatch, of_shape, name, shape):
    """Without a broken sentence; the fourth, which is about forms of projects, needs one."""
    found = of_shape(shape)
    if name in OF_FORMS and not found.projects:
        with pytest.raises(InputError, match="project-targets has no project"):
            run_through(monkeypatch, found, name)
        return
    shown = run_through(monkeypatch, found, name)
    assert len(shown) > 9
    for text in shown:
        assert not NONSENSE.search(text), (NONSENSE.search(text), text[:300])


@pytest.mark.parametrize("shape", SHAPES)
def test_the_second_appendix_runs_on_departments_of_every_shape(monkeypatch, of_shape, shape):
    shown = run_through(monkeypatch, of_shape(shape), "appendix-margins.ipynb")
    assert len(shown) > 12
    for text in shown:
        assert not NONSENSE.search(text), (NONSENSE.search(text), text[:300])
