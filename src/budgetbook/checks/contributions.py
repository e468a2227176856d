"""Checks of what is charged as a share of pay: contributions, training, welfare, union funds.

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

from ..messages import message, pair, said
from ..model.cells import find
from ..model.disclosure import Disclosure
from ..model.expressions import Claim, Rounded, times, total
from ..model.payroll import ANNUITY, PENSION, RUNNING, WAGES, Pay
from .check import Check, check

_HEALTH = ("medical", "supplement")


def contributions(disclosure: Disclosure) -> Iterator[Check]:
    """What is charged on pay is the same share of the same base wherever it is printed."""
    pay = Pay(disclosure)
    for family in (_pension_and_annuity, _own_unit, _institution, _medical, _shares, _last_year):
        yield from family(pay)


def percent(pay: Pay, rate: str) -> tuple[str, str]:
    """Return a rate as a sentence says it, in English and in Chinese."""
    return pay.words(rate), pay.words(rate) if rate in pay.percent else said("一定比例")


def _pension_and_annuity(pay: Pay) -> Iterator[Check]:
    """Both are charged on one base, so they stand to each other as their rates."""
    (one, one_zh), other = percent(pay, "pension"), percent(pay, "annuity")
    number = pay.percent.get("pension")
    rates = (f"{number.normalize():f}" if number else one, one_zh), other
    pension, annuity = pay.rates.get("pension"), pay.rates.get("annuity")
    ratio = pension / annuity if pension and annuity else None
    often = message("twice") if ratio == 2 else message("{ratio:text} times")
    many = pair("so many times", "若干倍")
    if ratio:
        many = pair(often, "{ratio:text}倍", ratio=ratio)
    for column, year in (("prior_total", "last"), ("total", "this")):
        first = find(pay.disclosure, "spending-by-function", PENSION, column)
        second = find(pay.disclosure, "spending-by-function", ANNUITY, column)
        if first and second:
            same = times(ratio, second) if ratio else pay.at("pension", "annuity", of=second)
            yield check(
                f"one-base.{year}",
                *(first, same),
                column=column,
                many=many,
                one_rate=rates[0],
                other_rate=rates[1],
            )


def _own_unit(pay: Pay) -> Iterator[Check]:
    """The contributions of the own unit, on its base and on its wages."""
    base, charge = pay.own_unit_base, pay.charge
    health = total([*(charge(rate, base) for rate in _HEALTH), pay.government("50199")])
    yield check("own-unit.medical", pay.medical("own-unit"), health)
    insurance = total([charge(rate, base) for rate in ("pension", "annuity", *_HEALTH, "small")])
    yield check("own-unit.insurance", pay.government("50102"), insurance)
    fund, rate = pay.whose(charge("housing", pay.own_unit_wages)), percent(pay, "housing")
    yield check("own-unit.housing", pay.government("50103"), fund, rate=rate)


def _institution(pay: Pay) -> Iterator[Check]:
    """The contributions of the institution, what the other unit leaves, on its own base.

    Of pension and annuity the figures give the own unit's sum alone, so what is left to the
    institution is determined for both together; how it divides rests on the two rates.
    """
    own, institution = pay.own_unit_base, pay.institution_base
    left = {
        rate: pay.economic(code) - pay.charge(rate, own)
        for rate, code in (("medical", "30110"), ("pension", "30108"), ("annuity", "30109"))
    }
    for rate, rest in left.items():
        yield check(f"institution.{rate}", rest, pay.charge(rate, institution))
    both = left["pension"] + left["annuity"]
    for key, base in (("together", institution), ("full-pay", pay.institution_wages)):
        charged = total([pay.charge(rate, base) for rate in ("pension", "annuity")])
        yield check(f"institution.{key}", both, pay.whose(charged))
    yield check("institution.base", institution, pay.institution_wages)
    yield check("own-unit.base", own, pay.own_unit_wages)


def _medical(pay: Pay) -> Iterator[Check]:
    """What is left of medical care and small contributions, of both units."""
    institution, bases = pay.institution_base, (pay.own_unit_base, pay.institution_base)
    both = total([pay.charge(rate, base) for rate in ("supplement", "small") for base in bases])
    yield check("other-insurance", pay.economic("30112"), both)
    care = pay.economic("30114") - pay.government("50199")
    health = total([*(pay.charge(rate, institution) for rate in _HEALTH), care])
    yield check("institution.medical-item", pay.medical("institution"), health)


def _shares(pay: Pay) -> Iterator[Check]:
    """What is a share of basic pay, and what is charged on wages up to a limit."""
    for rate, code in (("training", "30216"), ("welfare", "30229")):
        share = pay.whose(pay.charge(rate, pay.economic("30101")))
        yield check(rate, pay.economic(code), share, rate=percent(pay, rate))
    basic_pay = pay.whose(pay.at("training", of=pay.government("50203"), inverse=True))
    yield check("own-unit.basic-pay", basic_pay, Rounded(basic_pay, 0))
    limit = pay.whose(pay.charge("union", total([pay.economic(code) for code in WAGES])))
    yield check("union.limit", pay.economic("30228"), limit, rate=percent(pay, "union"))


def _last_year(pay: Pay) -> Iterator[Check]:
    """Last year's agency operating funds: what last year's running item leaves after pay."""
    claims = pay.disclosure.claims
    stated = {c["kind"]: Claim(c["id"]) for c in claims if c["subject"] == "operating-funds"}
    running = pay.item(RUNNING["own-unit"], "prior_total")
    if running and {"amount", "change"} <= stated.keys():
        wages = pay.prior_housing_base - pay.prior_institution_base
        left = running - wages - pay.charge("small", pay.prior_own_unit_base)
        yield check("operating-funds.prior", stated["amount"] - stated["change"], left)
