"""Everything in a disclosure that should add up or agree, and whether it does.

`catalogue` states the checks as data, generated from the tables of a disclosure; `evaluate`
judges them. A check that lacks a figure is open, never counted as holding.
"""

from __future__ import annotations

from ..model.disclosure import Disclosure
from . import (
    between,
    changes,
    contributions,
    explanations,
    procurement,
    projects,
    structure,
    tables,
    targets,
    text,
    three_public,
    wording,
)
from .check import Check, Result, Verdict, evaluate

__all__ = ["Check", "Result", "Verdict", "catalogue", "evaluate", "run"]

FAMILIES = (
    tables.hierarchy,
    tables.row_totals,
    tables.ledgers,
    between.ties,
    between.economic_crosswalk,
    between.like_for_like,
    text.stated_amounts,
    changes.changes,
    changes.listed_changes,
    changes.growth,
    changes.shares,
    contributions.contributions,
    text.parts_of_wholes,
    text.repetitions,
    text.counts,
    text.nothing_spent,
    explanations.explanations,
    three_public.three_public,
    three_public.operating_funds,
    procurement.procurement,
    projects.budgets,
    targets.weights,
    targets.ceilings,
    targets.goals,
    wording.wording,
    structure.structure,
    structure.kept,
)


def catalogue(disclosure: Disclosure) -> list[Check]:
    """Return every check that applies to a disclosure, each id once."""
    return [check for family in FAMILIES for check in family(disclosure)]


def run(disclosure: Disclosure) -> list[Result]:
    """Return the verdicts on a disclosure, in the order of the catalogue."""
    return evaluate(catalogue(disclosure), disclosure)
