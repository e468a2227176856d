"""Checks of what is charged as a share of pay: contributions, training, welfare, union dues.

The rates are those of rates.csv, custom or reported, so what these checks say is inference from
stated rules, not arithmetic alone. No base is printed. Each is worked out from the figures:

- the own unit's: its basic money, less its running costs, its medical item and its
  housing fund, is its pension and annuity, which are charged on it together;
- the institution's: the housing fund that is left to it is charged on it.

Every contribution is rounded half up to the cent for each unit, then added. The items that name
a kind of unit (running, medical) are read as that unit's.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.cells import find
from ..model.disclosure import Disclosure
from ..model.expressions import Claim, Rounded, times, total
from ..model.payroll import ANNUITY, PENSION, RUNNING, WAGES, Pay
from .check import Check, check

_HEALTH = ("medical", "supplement")


def contributions(disclosure: Disclosure) -> Iterator[Check]:
    """What is charged on pay is the same share of the same base wherever it is printed."""
    pay = Pay(disclosure)
    for family in (_pension_and_annuity, _own_unit, _institution, _medical, _basic_pay, _limits):
        yield from family(pay)
    yield from _prior_operating_funds(pay)


def _pension_and_annuity(pay: Pay) -> Iterator[Check]:
    """Both are charged on one base, so they stand to each other as their rates."""
    pension, annuity = pay.rates.get("pension"), pay.rates.get("annuity")
    times_ = pension / annuity if pension and annuity else None
    many = ("so many times", "若干倍") if times_ is None else (f"{times_} times", f"{times_}倍")
    first_rate, second_rate = percent(pay, "pension"), percent(pay, "annuity")
    for column, year in (("prior_total", ("last", "上年")), ("total", ("this", "本年"))):
        first = find(pay.disclosure, "spending-by-function", PENSION, column)
        second = find(pay.disclosure, "spending-by-function", ANNUITY, column)
        if first and second:
            yield check(
                "contributions.one-base",
                first,
                times(times_, second) if times_ else pay.at("pension", "annuity", of=second),
                column=column,
                year=year,
                many=("twice", "2倍") if times_ == 2 else many,
                rates=(
                    f"{first_rate[0].removesuffix(' %')} and {second_rate[0]}",
                    f"{first_rate[1]}与{second_rate[1]}",
                ),
            )


def percent(pay: Pay, rate: str) -> tuple[str, str]:
    """Return a rate as a sentence says it, in English and in Chinese."""
    return pay.words(rate), pay.words(rate) if rate in pay.percent else "一定比例"


def _own_unit(pay: Pay) -> Iterator[Check]:
    """The contributions of the own unit, on its base and on its wages."""
    base, charge = pay.own_unit_base, pay.charge
    yield check(
        "contributions.own-unit.medical",
        pay.medical("own-unit"),
        total([*(charge(rate, base) for rate in _HEALTH), pay.government("50199")]),
    )
    insurance = ("pension", "annuity", "medical", "supplement", "small")
    yield check(
        "contributions.own-unit.insurance",
        pay.government("50102"),
        total([charge(rate, base) for rate in insurance]),
    )
    yield check(
        "contributions.own-unit.housing",
        pay.government("50103"),
        pay.whose(charge("housing", pay.own_unit_wages)),
        rate=percent(pay, "housing"),
    )


def _institution(pay: Pay) -> Iterator[Check]:
    """The contributions of the institution, what the other unit leaves, on its own base."""
    own, institution = pay.own_unit_base, pay.institution_base
    for rate, code in (("medical", "30110"), ("pension", "30108"), ("annuity", "30109")):
        yield check(
            f"contributions.institution.{rate}",
            pay.economic(code) - pay.charge(rate, own),
            pay.charge(rate, institution),
        )
    yield check("contributions.institution.base", institution, pay.institution_wages)


def _medical(pay: Pay) -> Iterator[Check]:
    """What is left of medical care and small contributions, of both units."""
    own, institution = pay.own_unit_base, pay.institution_base
    both = [
        pay.charge(rate, base) for rate in ("supplement", "small") for base in (own, institution)
    ]
    yield check("contributions.other-insurance", pay.economic("30112"), total(both))
    care = pay.economic("30114") - pay.government("50199")
    yield check(
        "contributions.institution.medical-item",
        pay.medical("institution"),
        total([*(pay.charge(rate, institution) for rate in _HEALTH), care]),
    )


def _basic_pay(pay: Pay) -> Iterator[Check]:
    """What is a share of basic pay."""
    for rate, code in (("training", "30216"), ("welfare", "30229")):
        yield check(
            f"contributions.{rate}",
            pay.economic(code),
            pay.whose(pay.charge(rate, pay.economic("30101"))),
            rate=percent(pay, rate),
        )
    basic_pay = pay.whose(pay.at("training", of=pay.government("50203"), inverse=True))
    yield check("contributions.own-unit.basic-pay", basic_pay, Rounded(basic_pay, 0))


def _limits(pay: Pay) -> Iterator[Check]:
    """What is charged on wages up to a limit."""
    wages = total([pay.economic(code) for code in WAGES])
    yield check(
        "contributions.union.limit",
        pay.economic("30228"),
        pay.whose(pay.charge("union", wages)),
        rate=percent(pay, "union"),
    )


def _prior_operating_funds(pay: Pay) -> Iterator[Check]:
    """Last year's agency operating funds: what last year's running item leaves after pay."""
    claims = pay.disclosure.claims
    stated = {c["kind"]: c["id"] for c in claims if c["subject"] == "operating-funds"}
    running = pay.item(RUNNING["own-unit"], "prior_total")
    if not running or not {"amount", "change"} <= stated.keys():
        return
    wages = pay.prior_housing_base - pay.prior_institution_base
    yield check(
        "contributions.operating-funds.prior",
        Claim(stated["amount"]) - Claim(stated["change"]),
        running - wages - pay.charge("small", pay.prior_own_unit_base),
    )
