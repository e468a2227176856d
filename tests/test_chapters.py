"""Chapters three and four on changed figures: they run, follow them and talk no nonsense."""

import ast
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import IPython.display
import nbformat
import pytest

import budgetbook
from budgetbook import bridges
from budgetbook.synthetic import department
from budgetbook.synthetic import disclosure as built

ROOT = Path(__file__).resolve().parent.parent

#: What a sentence looks like when a figure behind it is missing, or its word is typed.
NONSENSE = re.compile(
    r"\bNone\b|\bnan\b|Fraction\(|Decimal\(|between {1,2}and|\(\)|[a-z] {2,}[a-z]|\{\w+\}"
    r"|(^|[^\d.]) yuan of|\b0\.00 (go|yuan (more|less|the same))|(rises|falls|more|less) by −"
)


def rows(disclosure, table, change):
    """The disclosure with each row of a table changed."""
    changed = tuple({**row, **change(row)} for row in disclosure.tables[table])
    return replace(disclosure, tables={**disclosure.tables, table: changed})


def exchanged(disclosure):
    """Last year's and this year's amounts the other way round: basic falls, projects rise."""
    items = [r for r in disclosure.tables["table-05"] if len(r["code"] or "") == 7]

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

    return rows(disclosure, "table-05", change)


def unchanged(disclosure):
    """The whole has the same total in both years; one project item takes up the difference."""
    whole = disclosure.row("table-05", "合计")
    gap = whole["total"] - whole["prior_total"]

    def change(row):
        above = row["name"] == "合计" or (row["code"] and "2150502".startswith(row["code"]))
        named = row["name"] == "工业和信息产业监管"
        if not (above or named) or row["prior_total"] is None:
            return {}
        return {"prior_total": row["prior_total"] + gap}

    return rows(disclosure, "table-05", change)


def one(table, code, column, amount):
    """Change one figure and nothing above or beside it."""

    def change(disclosure):
        return rows(disclosure, table, lambda r: {column: amount} if r["code"] == code else {})

    return change


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

    return rows(disclosure, "table-05", change)


def shrinking(plan):
    """The invented department with its two years exchanged: staff, bases and pay fall."""
    return replace(plan, now=plan.before, before=plan.now)


def without_staff(disclosure):
    """Medical care that is no whole number of yuan a head, so that no staff is identified."""
    return rows(
        disclosure,
        "table-06",
        lambda r: {"total": Decimal("22401.37")} if r["code"] == "30114" else {},
    )


CASES = {
    "as published": (lambda d: d, "less than the year before"),
    "exchanged": (exchanged, "more than the year before"),
    "unchanged": (unchanged, "the same as the year before"),
    "without staff": (without_staff, "identify no staff"),
    "all rising": (rising, "more than the year before"),
    "one figure of last year": (
        one("table-05", "2150501", "prior_total", Decimal("1500000.00")),
        "increases of 956,200.02",
    ),
    "one figure of this year": (
        one("table-05", "2080505", "total", Decimal("100000.00")),
        "decreases of 1,731,969.12",
    ),
    "one last medical figure": (
        one("table-05", "2101101", "prior_total", Decimal("90000.00")),
        "identify no staff",
    ),
    "one growth rate": (one("table-05", "2150501", "growth", Decimal("50")), "−7.3%"),
    "an invented department": (lambda d: built(department(1), d.reference), "more than the year"),
    "a shrinking one": (
        lambda d: built(shrinking(department(1)), d.reference),
        "go with staff",
    ),
    "another one": (lambda d: built(department(2), d.reference), "than the year before"),
}


def words(shown):
    """What a reader reads of an output: its Markdown or HTML without tags and pictures."""
    for method in ("_repr_markdown_", "_repr_html_"):
        if hasattr(shown, method):
            text = re.sub(r"<svg.*?</svg>", "", getattr(shown, method)(), flags=re.DOTALL)
            return re.sub(r"<[^>]+>", "|", text)
    return ""


def texts(monkeypatch, disclosure, name):
    """What the code cells of a notebook show, one after the other, on a disclosure."""
    shown, names = [], {}
    monkeypatch.setattr(budgetbook, "load", lambda: disclosure)
    monkeypatch.setattr(IPython.display, "display", shown.append)
    for cell in nbformat.read(ROOT / "notebooks" / name, 4).cells:
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, name, "exec"), names)
            if last:
                shown.append(eval(compile(ast.Expression(last.value), name, "eval"), names))
    return [text for text in map(words, shown) if text]


@pytest.mark.parametrize("case", CASES)
def test_the_third_chapter_follows_its_figures(monkeypatch, disclosure, case):
    change, says = CASES[case]
    shown = texts(monkeypatch, change(disclosure), "03-variance.ipynb")
    assert len(shown) > 20
    assert says in next(text for text in shown if "The answer" in text)
    for text in shown:
        assert not NONSENSE.search(text), (NONSENSE.search(text), text[:300])


def third(monkeypatch, disclosure):
    return "\n".join(texts(monkeypatch, disclosure, "03-variance.ipynb"))


@pytest.mark.parametrize(
    ("column", "code", "amount"),
    [("prior_total", "2150501", "1500000.00"), ("total", "2080505", "100000.00")],
)
def test_what_a_bridge_leaves_is_said_and_drawn(monkeypatch, disclosure, column, code, amount):
    """One figure of an item that its class does not follow: the item's bridge shows the gap."""
    assert bridges.LEFT_OVER not in third(monkeypatch, disclosure)
    told = third(monkeypatch, one("table-05", code, column, Decimal(amount))(disclosure))
    (row,) = [r for r in disclosure.tables["table-05"] if r["code"] == code]
    gap = Decimal(amount) - row[column]
    gap = gap if column == "prior_total" else -gap
    assert f"**{gap:,}** by item".replace("-", "−") in told
    assert bridges.LEFT_OVER in told


@pytest.mark.parametrize(
    ("column", "code"),
    [("basic", "2080505"), ("basic", "208"), ("project", "21505"), ("prior_total", "221")],
)
def test_a_figure_that_no_bridge_uses_moves_the_text_too(monkeypatch, disclosure, column, code):
    """The checks behind the bridges are counted, so no figure can change unseen."""
    (row,) = [r for r in disclosure.tables["table-05"] if r["code"] == code]
    changed = one("table-05", code, column, row[column] + 7)(disclosure)

    def passed(other):
        return int(re.search(r"pass (\d+) of the \d+ checks", third(monkeypatch, other))[1])

    assert passed(changed) < passed(disclosure)


def test_words_for_up_and_down_follow(monkeypatch, disclosure):
    assert "items that fall: 2, most of all General" in third(monkeypatch, disclosure)
    risen = third(monkeypatch, rising(disclosure))
    assert "items that fall: 0." in risen
    assert "The budget rises by" in risen


def test_a_wrong_rate_is_named(monkeypatch, disclosure):
    assert "with another rate: 0." in third(monkeypatch, disclosure)
    changed = CASES["one growth rate"][0](disclosure)
    assert "with another rate: 1 (Administrative operation)." in third(monkeypatch, changed)


def test_what_nobody_read_is_not_said_to_agree(monkeypatch, disclosure):
    """An invented department has no reader: the rules stand alone, and the chapter says so."""
    invented = built(department(1), disclosure.reference)
    told = "\n".join(texts(monkeypatch, invented, "04-performance.ipynb"))
    assert "Nobody has read these indicators: each stands by the rules alone" in told
    assert "the rules alone judge them" in told
    assert "Reader and rule agree" not in told
    assert "both give the same" not in told


def test_a_project_without_a_part_of_the_goal_is_money_without_a_target(monkeypatch, disclosure):
    def told(other):
        return "\n".join(texts(monkeypatch, other, "04-performance.ipynb"))

    assert "Each project with a form speaks of a part" in told(disclosure)
    few = [r for r in disclosure.reference["goal-parts"] if r["id"] in ("0-city", "0-economy")]
    changed = replace(disclosure, reference={**disclosure.reference, "goal-parts": few})
    assert "650,000.00 yuan of 2 projects with a form speak of no part" in told(changed)


@pytest.mark.parametrize("case", CASES)
def test_the_fourth_chapter_follows_its_figures(monkeypatch, disclosure, case):
    shown = texts(monkeypatch, CASES[case][0](disclosure), "04-performance.ipynb")
    assert len(shown) > 15
    for text in shown:
        assert not NONSENSE.search(text), (NONSENSE.search(text), text[:300])
