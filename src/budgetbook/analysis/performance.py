"""What the department promises: indicators by project and kind, weights, money and targets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..messages import message
from ..model.disclosure import Disclosure, Indicator
from ..model.units import MONEY_UNITS
from .reconstruction import ZERO

#: Units of time.
TIMES = frozenset({"年", "月", "日", "天", "小时"})
#: Target words that say that a thing is done, which is so or is not. Any other word is a grade,
#: which needs a scale.
_DONE = ("完成", "建成")


class Form(NamedTuple):
    """One performance form: the department's (`form` 0) or a project's, with its indicators.

    `budget` is in yuan; the weights are in points.
    """

    form: int
    name: str
    budget: Decimal | None
    indicators: Sequence[Indicator]

    def weight(self, *, qualitative: bool | None = None, core: bool | None = None) -> Decimal:
        """Return the points of the indicators of that kind (None: of either)."""
        return sum(
            (
                i.weight
                for i in self.indicators
                if qualitative in (None, i.in_words) and core in (None, i.core)
            ),
            ZERO,
        )


def forms(disclosure: Disclosure) -> list[Form]:
    """Return the performance forms: the department's first, then the projects in printed order.

    The budget of a form that is not printed is None.
    """
    rows = disclosure.tables.get("department-targets", ())
    budget = next((row["second_amount"] for row in rows if row["second_amount"]), None)
    heads = [(0, "", budget), *((p.form, p.name, p.budget) for p in disclosure.projects)]
    return [
        Form(form, name, money, [i for i in disclosure.indicators if i.form == form])
        for form, name, money in heads
    ]


#: Kinds of targets.
KINDS = (
    message("count"),
    message("time"),
    message("percentage"),
    message("money"),
    message("state"),
    message("grade"),
)


def kind(indicator: Indicator) -> str:
    """Return the kind of an indicator's target, one of `KINDS`.

    A `state` is a word for a thing that is done or is not, a `grade` any other word. It follows
    from what is printed as relation, unit and target; the field's dimensions (output, cost,
    effect, satisfaction) are not printed, so they are not used here.
    """
    if indicator.in_words:
        return "state" if indicator.target.endswith(_DONE) else "grade"
    if indicator.unit.partition("/")[0] in MONEY_UNITS:
        return "money"
    if indicator.unit in TIMES:
        return "time"
    return "percentage" if indicator.unit == "%" else "count"


class Ceiling(NamedTuple):
    """A cost indicator: the amount in yuan that its target allows, and its project's budget.

    `allowed` is None for a price whose volume is not printed; `volume` is the indicator that
    limits how many a price is paid for.
    """

    indicator: Indicator
    allowed: Decimal | None
    budget: Decimal | None
    volume: Indicator | None = None

    @property
    def alone_above(self) -> bool:
        """Whether the printed ceiling by itself is above the budget.

        The budget then limits the cost sooner, if the ceiling is for this year alone.
        A price is not: with few enough of them it still limits what each may cost (`binds`).
        """
        if self.allowed is None or self.volume is not None:
            return False
        return self.allowed > (self.budget or ZERO)

    @property
    def binds(self) -> int | None:
        """The most units of `volume` at which a price limits the cost more than the budget does.

        At one more, the budget gives no more for each than the price. None without a volume.
        """
        if self.volume is None or not self.volume.value or not self.allowed:
            return None
        units = Fraction(self.budget or ZERO) * Fraction(self.volume.value) / Fraction(self.allowed)
        return max(math.ceil(units) - 1, 0)


def ceilings(disclosure: Disclosure) -> list[Ceiling]:
    """Return the cost indicators whose target is an amount of money, in yuan.

    A price per head counts with the volume that the same form promises at most (`万元/人` with
    an indicator in `人`).
    """
    result = []
    for form in forms(disclosure):
        for indicator in form.indicators:
            money, _, per = indicator.unit.partition("/")
            if indicator.relation != "≤" or money not in MONEY_UNITS or indicator.value is None:
                continue
            volume = next((i for i in form.indicators if per and i.unit == per), None)
            many = Decimal(1) if not per else volume.value if volume else None
            price = indicator.value * MONEY_UNITS[money]
            allowed = None if many is None else price * many
            result.append(Ceiling(indicator, allowed, form.budget, volume))
    return result


def together(disclosure: Disclosure) -> list[tuple[Form, Decimal]]:
    """Return each form with ceilings that are amounts, and what they allow in all, in yuan.

    A price is none: what it allows in all hangs on how many are bought.
    """
    found = []
    for form in forms(disclosure):
        mine = [c for c in ceilings(disclosure) if c.indicator.form == form.form]
        known = [c.allowed for c in mine if c.allowed is not None and c.volume is None]
        if known:
            found.append((form, sum(known, ZERO)))
    return found


def if_last_year(disclosure: Disclosure) -> list[tuple[Form, Decimal]]:
    """Return each form whose ceilings exceed its budget with how much it fell, in yuan, if its
    ceilings are last year's budget. Nothing printed says that they are."""
    return [
        (form, allowed - form.budget)
        for form, allowed in together(disclosure)
        if form.form and form.budget is not None and allowed > form.budget
    ]


def behind(disclosure: Disclosure, what: str) -> list[tuple[Form, Fraction, Fraction]]:
    """Return each project with the part of its budget, in yuan, that stands on a kind of target:
    by its share of the points, and by its share of the indicators. `what` is one of `KINDS`.

    No rule pays for points or indicators; the two shares are conventions.
    """
    result = []
    for form in forms(disclosure):
        if form.form and form.budget and form.weight():
            mine = [i for i in form.indicators if kind(i) == what]
            by_points = Fraction(sum(i.weight for i in mine)) / Fraction(form.weight())
            money, by_number = Fraction(form.budget), Fraction(len(mine), len(form.indicators))
            result.append((form, money * by_points, money * by_number))
    return result
