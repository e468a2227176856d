"""How much the fit of pay to its rates says: free numbers against equations, and fits by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from ..checks import Result, Verdict
from ..messages import message
from ..model.disclosure import Disclosure
from ..model.expressions import Expression, NeedsFigure, number, total
from ..model.payroll import WAGES, Pay

#: Sections of what is charged on pay: insurance, housing, training, dues, welfare.
CHARGED = ("30108", "30109", "30110", "30112", "30113", "30216", "30228", "30229")
#: The check of two contributions together, each of which has a check of its own.
_SUM = "contributions.institution.together"
#: No contribution is more than a fifth of pay; rates are set in tenths of a per cent.
_HIGHEST = 200


def freedom(disclosure: Disclosure, results: Sequence[Result]) -> tuple[int, int, int]:
    """Return how many numbers of the fit of pay were free, its equations, and those that hold.

    Free are the bases of both units this year and each rate that no text which was read gives.
    Equations are the checks of contributions between amounts that can be judged, and the two that
    give the bases and hold for that reason; one that two others add up to is no equation more.
    """
    grades = {row["id"]: row["grade"] for row in disclosure.reference["sources"]}
    rates = Pay(disclosure).rates
    chosen = [
        row
        for row in disclosure.reference["rates"]
        if row["id"] in rates and grades[row["source"]] != "read"
    ]
    tested = [r for r in results if r.check.family == "contributions" and r.check.relation == "="]
    own = [r for r in tested if r.check.id != _SUM]
    judged = [r for r in own if r.verdict in (Verdict.HOLDS, Verdict.FAILS)]
    holding = sum(r.verdict is Verdict.HOLDS for r in judged)
    return len(chosen) + 2, len(judged) + 2, holding + 2


class Chance(NamedTuple):
    """How many of the amounts (CHARGED) fit one of `bases` in print, and in draws of like size.

    `bases` maps what each is to whether it is inferred, not printed or left of printed figures;
    `draws` maps how many amounts of one draw fit to the number of draws.
    """

    amounts: int
    bases: Mapping[str, bool]
    printed: int
    draws: dict[int, int]


def by_chance(disclosure: Disclosure, many: int = 2000, seed: int = 2025) -> Chance | None:
    """Return how often amounts fit a rate of whole tenths of a per cent on some base to the cent.

    A draw takes each amount between half and twice itself; the seed fixes it. The bases are pay,
    basic pay and contribution base in whole yuan, of each unit and of both. None where one is not
    known.
    """
    pay = Pay(disclosure)
    try:
        every = [(what, known, number(base, disclosure)) for what, known, base in _bases(pay)]
        printed = [int(100 * number(pay.economic(code), disclosure)) for code in CHARGED]
    except NeedsFigure:
        return None
    whole = [row for row in every if row[2] >= 1 and row[2].denominator == 1]
    bases = {int(base) for *_, base in whole}
    amounts = [amount for amount in printed if amount > 0]
    draw, found = Random(seed), dict.fromkeys(range(len(amounts) + 1), 0)
    for _ in range(many):
        drawn = [draw.randint(amount // 2, 2 * amount) for amount in amounts]
        found[sum(_fits(amount, bases) for amount in drawn)] += 1
    seen = {fitting: draws for fitting, draws in found.items() if draws}
    named = {what: inferred for what, inferred, _ in whole}
    return Chance(len(amounts), named, sum(_fits(a, bases) for a in amounts), seen)


def _bases(pay: Pay) -> list[tuple[str, bool, Expression]]:
    """Return what each base is, whether it is inferred, and the base."""
    basic, bases = pay.economic("30101"), [pay.own_unit_base, pay.institution_base]
    own = pay.at("training", of=pay.government("50203"), inverse=True)
    return [
        (message("pay of the own unit"), False, pay.own_unit_wages),
        (message("pay of the institution"), False, pay.institution_wages),
        (message("pay of both"), False, total([pay.economic(code) for code in WAGES])),
        (message("basic pay of both"), False, basic),
        (message("basic pay of the own unit"), True, own),
        (message("basic pay of the institution"), True, basic - own),
        (message("contribution base of the own unit"), True, bases[0]),
        (message("contribution base of the institution"), True, bases[1]),
        (message("contribution base of both"), True, total(bases)),
    ]


def _fits(cents: int, bases: set[int]) -> bool:
    """Whether some rate of whole tenths of a per cent gives the amount, rounded half up."""
    for base in bases:
        rate = (20 * cents + base) // (2 * base)
        if 0 < rate <= _HIGHEST and (rate * base + 5) // 10 == cents:
            return True
    return False
