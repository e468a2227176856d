"""What each project can buy: projects by economic section, as far as printed totals go.

No table prints a project by section. Known are the budget of each project with a form, what the
forms leave of all project money, and the totals by section and by government account. Here stand
the bounds that follow, in yuan, and what a purchase leaves in totals that are else in thousands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, cast

from ..checks.places import several_sources
from ..exact.linear import Bound, Contradiction, Equation, bounds, total
from ..model.address import Address
from ..model.disclosure import Disclosure
from .reconstruction import ECONOMIC, groups, sections, unlisted_projects


class Buyer(NamedTuple):
    """A project: the key of its form (empty: no form is printed), whether it is the own unit's,
    its budget in yuan."""

    key: str
    own: bool
    budget: Fraction


#: Project and column (a section or an account) → what the project can spend on it.
Cells = Mapping[tuple[Buyer, str], Bound]


def buyers(disclosure: Disclosure) -> list[Buyer]:
    """Return the projects with a form and, for each unit, the money that no form explains."""
    is_own = disclosure.is_own
    found = [Buyer(p.key, is_own(p.unit), Fraction(p.budget or 0)) for p in disclosure.projects]
    left = unlisted_projects(disclosure)
    found += [Buyer("", own, Fraction(m)) for own, m in ((True, left.own_unit), (False, left[3]))]
    return [buyer for buyer in found if buyer.budget]


def by_section(disclosure: Disclosure, *, by_unit: bool = False) -> Cells:
    """Return what each project can spend on each department section.

    By the totals of projects and sections alone, or `by_unit` with those of the own unit's
    accounts too, which rests on the crosswalk. The bounds are never too narrow. Nothing is
    returned where the totals contradict each other, are rounded to 万元 or are not of all money.
    """
    amounts, projects = sections(disclosure, *ECONOMIC["project"][:2]), buyers(disclosure)
    equations = [total([(b, code) for code in amounts], b.budget) for b in projects]
    equations += [total([(b, code) for b in projects], a) for code, a in amounts.items()]
    if by_unit:
        for _, codes, own, rest in groups(disclosure, "project"):
            for mine, amount in ((True, own), (False, rest)):
                cells = [(b, code) for b in projects if b.own is mine for code in codes]
                equations.append(total(cells, amount))
    return _bounds(disclosure, projects, equations)


def by_account(disclosure: Disclosure) -> Cells:
    """Return what each project can spend on the sections of each of the own unit's accounts
    together; conditions as in `by_section`."""
    projects, found = buyers(disclosure), groups(disclosure, "project")
    equations = [total([(b, g.account) for g in found], b.budget) for b in projects]
    for account, _, own, rest in found:
        for mine, amount in ((True, own), (False, rest)):
            equations.append(total([(b, account) for b in projects if b.own is mine], amount))
    return _bounds(disclosure, projects, equations)


def _bounds(
    disclosure: Disclosure, projects: Sequence[Buyer], equations: Sequence[Equation]
) -> Cells:
    rounded = any(disclosure.half_unit(table) for table in ECONOMIC["project"][::2])
    nobody = any(value and not form for form, value in equations)
    spent = sum(sections(disclosure, *ECONOMIC["project"][:2]).values())
    apart = spent != sum(buyer.budget for buyer in projects)
    if rounded or nobody or apart or several_sources(disclosure):
        return {}
    try:
        return cast(Cells, bounds(equations))
    except Contradiction:
        return {}


class Trace(NamedTuple):
    """A total that is no whole number of thousands: its address, its amount and what it is
    beyond them, in yuan.

    `bought` are the purchases of the procurement table that make it whole when they are added to
    it, or taken from it (below nothing).
    """

    address: Address
    amount: Decimal
    rest: Decimal
    bought: Sequence[Decimal]


def traces(disclosure: Disclosure, whole: int = 1000) -> list[Trace]:
    """Return the sections and accounts of project money that are no whole number of thousands."""
    plan = dict.fromkeys(row["total"] for row in disclosure.tables["procurement"] if row["total"])
    signed = [sign * amount for amount in plan for sign in (1, -1)]
    found = []
    for table in ECONOMIC["project"][::2]:
        for row in disclosure.tables[table]:
            amount = row["project"] or Decimal(0)
            if len(row["code"] or "") == 5 and amount % whole:
                fits = [bought for bought in signed if not (amount + bought) % whole]
                address = disclosure.address(row, "project")
                found.append(Trace(address, amount, amount % whole, fits))
    return found
