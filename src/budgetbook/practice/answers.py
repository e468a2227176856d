"""What the questions that ask for a number have as answers, computed from a disclosure.

Each answer knows the numbers that come out where one goes wrong, by the misconception behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..analysis import performance
from ..analysis.reconstruction import ZERO
from ..errors import InputError
from ..exact.money import round_half_up
from ..model.disclosure import TOTAL, Disclosure

_TABLE = "spending-by-function"
#: The rate that the question of the implied base supposes.
_SUPPOSED = Fraction(16, 100)


@dataclass(frozen=True)
class Answer:
    """The right number, exact, in yuan or in per cent, and wrong ones by misconception.

    `at` is the address of a figure that is the answer, or that it is computed from.
    """

    right: Fraction
    wrong: Mapping[str, Fraction] = field(default_factory=dict)
    at: str = ""


def _amount(disclosure: Disclosure, table: str, row: str, column: str) -> Fraction:
    """Return a printed amount in yuan; raises InputError where there is none."""
    try:
        found = disclosure.amount(table, row, column)
    except KeyError:  # no such table, or no such row
        found = None
    if found is None:
        raise InputError(f"this disclosure prints no amount at {table}/{row}.{column}")
    return Fraction(found)


def _project_gap(disclosure: Disclosure) -> Answer:
    whole = _amount(disclosure, _TABLE, TOTAL, "project")
    listed = sum((Fraction(p.budget or ZERO) for p in disclosure.projects), Fraction(0))
    wrong = {"subtracted": listed, "not-subtracted": whole}
    return Answer(whole - listed, wrong, "project-detail/unlisted.total")


def _rounding_room(disclosure: Disclosure) -> Answer:
    before, now = _years(disclosure)
    return Answer(before / 200, {"whole-step": before / 100, "wrong-year": now / 200})


def _basic_share(disclosure: Disclosure) -> Answer:
    whole, basic = (_amount(disclosure, _TABLE, TOTAL, column) for column in ("total", "basic"))
    rest = whole - basic
    wrong = {"other-part": 100 * rest / whole}
    if rest:
        wrong["wrong-base"] = 100 * basic / rest
    wrong["wrong-year"] = 100 * basic / _years(disclosure)[0]
    return Answer(100 * basic / whole, wrong)


def _institution_money(disclosure: Disclosure) -> Answer:
    table = "basic-by-government"
    right = _amount(disclosure, table, "505", "basic")
    rows = disclosure.tables[table]
    sections = [r["basic"] for r in rows if len(r["code"] or "") == 5 and r["code"][:3] == "505"]
    wrong = {"other-part": _amount(disclosure, table, TOTAL, "basic") - right}
    if len(sections) > 1 and sections[0] is not None:
        wrong["part-for-whole"] = Fraction(sections[0])
    return Answer(right, wrong, f"{table}/505.basic")


def _implied_base(disclosure: Disclosure) -> Answer:
    paid = _amount(disclosure, "basic-by-economic", "30108", "total")
    wrong = {"rate-upside-down": paid * _SUPPOSED, "percent-as-number": paid / (100 * _SUPPOSED)}
    return Answer(paid / _SUPPOSED, wrong)


def _years(disclosure: Disclosure) -> tuple[Fraction, Fraction]:
    before, now = (_amount(disclosure, _TABLE, TOTAL, c) for c in ("prior_total", "total"))
    return before, now


def _total_change(disclosure: Disclosure) -> Answer:
    before, now = _years(disclosure)
    wrong = {"subtracted": before, "not-subtracted": now}
    return Answer(now - before, wrong, f"{_TABLE}/total.total")


def _total_growth(disclosure: Disclosure) -> Answer:
    before, now = _years(disclosure)
    return Answer(100 * (now - before) / before, {"wrong-base": 100 * (now - before) / now})


def _ceiling_excess(disclosure: Disclosure) -> Answer:
    budgets = {p.form: Fraction(p.budget) for p in disclosure.projects if p.budget}
    over = [
        (Fraction(i.value) * 10_000 - budgets[i.form], budgets[i.form])
        for i in disclosure.indicators
        if i.form in budgets and i.unit == "万元" and i.relation == "≤" and i.value is not None
    ]
    if not over or max(over)[0] <= 0:
        raise InputError("no form of this disclosure has a ceiling above its budget")
    excess, budget = max(over)
    return Answer(excess, {"subtracted": budget, "not-subtracted": excess + budget})


def _points_on_words(disclosure: Disclosure) -> Answer:
    forms = [i for i in disclosure.indicators if i.form and i.weight is not None]
    whole = sum((Fraction(i.weight) for i in forms), Fraction(0))
    words = sum((Fraction(i.weight) for i in forms if i.relation == "定性"), Fraction(0))
    if not whole:
        raise InputError("no form of a project in this disclosure has weights")
    grades = sum((Fraction(i.weight) for i in forms if performance.kind(i) == "grade"), Fraction(0))
    wrong = {"other-part": 100 * (whole - words) / whole}
    if grades:
        wrong["grades-alone"] = 100 * grades / whole
    return Answer(100 * words / whole, wrong)


#: Identifier of a question → what computes its answer.
NUMBERS: Mapping[str, Callable[[Disclosure], Answer]] = {
    "project-gap": _project_gap,
    "rounding-room": _rounding_room,
    "basic-share": _basic_share,
    "institution-money": _institution_money,
    "implied-base": _implied_base,
    "total-change": _total_change,
    "total-growth": _total_growth,
    "ceiling-excess": _ceiling_excess,
    "points-on-words": _points_on_words,
}


def decimals(unit: str) -> int:
    """Return to how many decimals an answer is compared: cents, or tenths of a per cent."""
    return 2 if unit == "yuan" else 1


def wrong_numbers(answer: Answer, unit: str) -> dict[str, Fraction]:
    """Return misconception → the number that it leads to, those of any number among them."""
    right = answer.right
    usual = {"sign": -right}
    if unit == "yuan":
        whole = Fraction(round_half_up(right, 0))
        usual |= {"ten-thousand": right / 10_000, "not-to-the-cent": whole}
    elif round_half_up(right / 100, 1):
        usual["fraction-for-percent"] = right / 100
    return dict(answer.wrong) | usual


def exact(answer: Any) -> Fraction | None:
    """Return an answer as a number: separators, signs and full-width digits are understood.

    None for what is no number, and for a binary fraction, which holds no cents.
    """
    if isinstance(answer, str):
        answer = answer.translate(_FULL).replace(",", "").replace(" ", "").rstrip("元%")
    try:
        return None if isinstance(answer, float) else Fraction(answer)
    except (ArithmeticError, TypeError, ValueError):
        return None


_FULL = str.maketrans("０１２３４５６７８９．，－−％", "0123456789.,--%")
