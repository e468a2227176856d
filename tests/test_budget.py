"""The frames of the notebooks hold what the data hold, and the operations on them stay exact."""

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest
from shapes import made

from budgetbook.checks import Verdict
from budgetbook.errors import InputError
from budgetbook.proof.findings import findings
from budgetbook.show.budget import FRAMES, Budget
from budgetbook.synthetic import SHAPES

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def budget(disclosure):
    return Budget(disclosure)


@pytest.fixture(scope="module")
def spending(budget):
    return budget.spending()


def exact(name):
    """The columns of a frame that hold exact numbers."""
    return [column["column"] for column in FRAMES[name][1:] if column["type"] == "exact"]


def whole(frame, name):
    """Whether a frame has its columns, and no binary fraction in one of them."""
    assert list(frame.columns) == [column["column"] for column in FRAMES[name][1:]]
    assert not [c for c, kind in frame.dtypes.items() if pd.api.types.is_float_dtype(kind)]
    for column in exact(name):
        assert {type(value) for value in frame[column]} <= {Decimal, type(None)}, column


def test_a_budget_is_read_from_a_folder_too(package_copy, monkeypatch):
    """By its path or as text: a copy in which a student changed a figure."""
    table = package_copy / "published" / "table-05.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("6095655.89", "5095655.89"), encoding="utf-8")
    monkeypatch.chdir(package_copy)
    for folder in (package_copy, str(package_copy), "."):
        assert Budget(folder).spending()["last_year"].iloc[0] == Decimal("5095655.89")
    for none in ("nowhere", Path("published")):
        with pytest.raises(InputError, match="not found; give the folder of a data package"):
            Budget(none)


@pytest.mark.parametrize("name", FRAMES)
def test_the_help_of_a_frame_names_its_columns_and_its_page(name):
    told = getattr(Budget, name).__doc__
    assert told.startswith("Return ")
    assert "the page *The frames*" in told
    for column in FRAMES[name][1:]:
        assert f"\n{column['column']}: {column['meaning_en']}" in told


def test_the_page_takes_the_frames_as_the_chapters_do():
    page = (ROOT / "book" / "data" / "frames.md").read_text(encoding="utf-8")
    (way,) = re.findall(r"(?m)^from .* import Budget$", page)
    for path in sorted((ROOT / "notebooks").glob("0[1-4]*.ipynb")):
        text = path.read_text(encoding="utf-8")
        assert re.search(rf"{way.removesuffix('Budget')}.*\bBudget\b", text), path.name
        assert "](../book/data/frames.md)" in text, path.name


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_has_its_columns_and_exact_numbers(budget, name):
    frame = getattr(budget, name)()
    assert len(frame)
    whole(frame, name)


def test_a_reader_has_ten_frames_to_learn_at_most():
    assert len(FRAMES) <= 10


@pytest.mark.parametrize("shape", SHAPES)
def test_the_frames_of_departments_of_every_shape(shape):
    other = Budget(made(shape, 1))
    for name in FRAMES:
        whole(getattr(other, name)(), name)


def test_the_frames_hold_what_the_data_hold(disclosure, results, budget, spending):
    figures = list(disclosure.published())
    assert list(budget.figures()["amount"]) == [figure.amount for figure in figures]
    printed = disclosure.tables["spending-by-function"]
    assert list(spending["last_year"]) == [row["prior_total"] for row in printed]
    assert len(budget.claims()) == len(disclosure.claims)
    assert len(budget.indicators()) == len(disclosure.indicators)
    verdicts = budget.checks()["verdict"].value_counts()
    assert verdicts["fails"] == sum(r.verdict is Verdict.FAILS for r in results)
    assert budget.checks()["finding"].notna().sum() == verdicts["fails"]
    assert set(budget.checks()["finding"].dropna()) == set(budget.findings()["finding"])
    register = findings(disclosure, results)
    assert list(budget.findings()["finding"]) == [one.id for one in register if one.failing]
    assert len(budget.findings()) < len(register)
    claims = budget.claims()
    blank = claims[claims["value"].isna()]
    assert set(zip(blank["kind"], blank["direction"].fillna(""), strict=True)) == {
        ("none", ""), ("change", "unchanged"),
    }  # fmt: skip
    assert set(claims[claims["year"].isna()]["kind"]) == {"year"}


def test_an_account_has_its_level_and_its_english(spending):
    levels = dict(zip(spending["code"].fillna("total"), spending["level"], strict=True))
    assert levels["208"] == "class"
    assert levels["2080505"] == "item"
    assert spending["english"].notna().sum() >= len(spending) - 1


# What the page says of exactness ----------------------------------------------------------------


def test_sums_groups_and_pivots_are_exact_with_blanks(spending):
    items = spending[spending["level"] == "item"]
    total = spending["project"].iloc[0]
    assert items["project"].sum() == total
    by = items.assign(of=items["code"].str[:3])
    assert by.groupby("of")["project"].sum().sum() == total
    pivot = by.pivot_table(index="of", values="project", aggfunc="sum")
    assert {type(v) for v in by.groupby("of")["last_year"].sum()} == {Decimal}
    assert pivot["project"].sum() == total
    assert items["project"].iloc[:2].isna().all()
    assert pd.isna(items["project"].iloc[:2].sum(min_count=1))


def test_differences_shares_and_order_are_exact(spending):
    both = spending.dropna(subset=["last_year", "this_year"])
    change = both["this_year"] - both["last_year"]
    assert {type(v) for v in (*change, *change.abs(), *change.diff().dropna())} == {Decimal}
    rate = (100 * change / both["last_year"]).map(
        lambda r: r.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    )
    assert list(rate.astype(str)) == list(both["growth"])
    ordered = both.sort_values("this_year", ascending=False)["this_year"]
    assert list(ordered) == sorted(both["this_year"], reverse=True)
    merged = both.merge(spending[["code", "basic"]], on="code", suffixes=("", "_again"))
    assert {type(v) for v in merged["basic_again"].dropna()} == {Decimal}


def test_what_the_page_warns_of_is_so(spending):
    column = spending["this_year"]
    filled = column.dropna()
    assert len(filled) < len(column)
    for found in (column.mean(), column.median(), column.std(), filled.mean()):
        assert isinstance(found, float)
    pivot = spending.pivot_table(index="level", values="this_year")
    assert {type(value) for value in pivot["this_year"]} == {float}
    assert list(column.describe().index) == ["count", "unique", "top", "freq"]
    assert column.describe()["top"] == filled.mode()[0]
    assert list(spending.describe().columns) == ["line"]
    halves = pd.Series([Decimal("0.5"), Decimal("1.5"), Decimal("2.5")])
    assert list(halves.round()) == [0, 2, 2]
    with pytest.raises(TypeError):
        column.round()
    assert spending.round()["this_year"].equals(column)
    for name, given in (("nlargest", 2), ("quantile", 0.5)):
        with pytest.raises(TypeError):
            getattr(filled, name)(given)
    assert filled.cumsum().iloc[-1] == sum(filled)
    with pytest.raises(TypeError):
        spending["project"].cumsum()


def test_each_frame_is_on_its_page_and_can_be_taken_home(site):
    page = (site / "book" / "data" / "frames.html").read_text(encoding="utf-8")
    for name in FRAMES:
        assert f'id="frame-{name}"' in page
        (file,) = (site / "downloads").glob(f"frame-{name}.csv")
        again = pd.read_csv(file, dtype=str, keep_default_na=False)
        assert len(again) == len(getattr(Budget(), name)())
        for column in exact(name):
            assert not [v for v in again[column] if v and not re.fullmatch(r"-?\d+(\.\d+)?", v)]
