"""Everything in a disclosure that should add up or agree, and whether it does.

`catalogue` states the checks as data, generated from the tables of a disclosure and from the rules
of its form; `evaluate` judges them. A check that lacks a figure is open, one whose rule is not
meant for the disclosure does not apply; neither counts as holding. A rule that the disclosure gives
nothing to test is in the catalogue too, so that no rule vanishes unseen.
"""

from __future__ import annotations

import json

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
)
from .check import KINDS, Check, Result, Verdict, as_data, evaluate
from .obligations import Obligation, obligations, unheld

__all__ = [
    "KINDS",
    "Check",
    "Obligation",
    "Result",
    "Verdict",
    "as_data",
    "catalogue",
    "catalogue_json",
    "evaluate",
    "obligations",
    "run",
]

#: What makes the checks, in the order of the catalogue.
FAMILIES = (
    *(tables.hierarchy, tables.row_totals, tables.ledgers),
    *(between.ties, between.economic_crosswalk, between.like_for_like),
    text.stated_amounts,
    *(changes.changes, changes.listed_changes, changes.growth, changes.shares),
    contributions.contributions,
    *(text.parts_of_wholes, text.repetitions, text.confirmed),
    explanations.explanations,
    *(three_public.three_public, three_public.operating_funds),
    procurement.procurement,
    projects.budgets,
    *(targets.weights, targets.ceilings, targets.goals, targets.wording),
    structure.structure,
)


def catalogue(disclosure: Disclosure) -> list[Check]:
    """Return every check of a disclosure, each id once."""
    found = [check for family in FAMILIES for check in family(disclosure)]
    return [*found, *unheld(disclosure, found)]


def catalogue_json(disclosure: Disclosure) -> str:
    """Return the catalogue as a JSON list of plain objects, in its order."""
    checks = [as_data(check) for check in catalogue(disclosure)]
    return json.dumps(checks, ensure_ascii=False, indent=1) + "\n"


def run(disclosure: Disclosure) -> list[Result]:
    """Return the verdicts on a disclosure, in the order of the catalogue."""
    return evaluate(catalogue(disclosure), disclosure)
