"""Where a figure's link leads: to its own passport, printed or computed, and to no other amount."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from ..analysis.paths import WAYS
from ..exact.money import wan
from ..model.address import Address
from ..model.disclosure import Disclosure
from ..model.units import MONEY_UNITS
from ..package.schema import kept_by_hand
from ..proof.derived import SUMS, Derived, Key, amount, derivations
from ..proof.findings import findings
from ..proof.formulas import place
from ..proof.guards import Guard, guards
from ..proof.passports import Passport, passports
from ..words.naming import Names

T = TypeVar("T")

#: The page of computed amounts.
COMPUTED = "book/data/derived"
_DATA_PAGES = "book/data/"
#: Pages beside the data pages that show a resource; the others kept by hand share one page.
_OWN_PAGES = {"glossary": "book/glossary", "sources": "book/references"}
_BY_HAND = "editorial"


def once(app: Any, name: str, make: Callable[[], T]) -> T:
    """Return what is made once a build and kept with it, under a name."""
    known: dict[str, T] = vars(app)
    if name not in known:
        known[name] = make()
    return known[name]


def guarded(app: Any) -> list[Guard]:
    """Return what guards each figure, judged once a build."""
    return once(app, "budget_guards", lambda: guards(vars(app)["budget"]))


def every_passport(app: Any) -> list[Passport]:
    """Return all passports, with the checks that only the guards know; made once a build."""
    known = vars(app)
    given = (known["budget"], known["budget_results"], guarded(app))
    return once(app, "budget_passports", lambda: passports(*given))


def goals(app: Any) -> Goals:
    """Return where the figures of a build lead."""
    return once(app, "budget_goals", lambda: Goals(app))


def page_of(disclosure: Disclosure, resource: str) -> str:
    """Return the page that shows a resource, from the top of the site."""
    table = disclosure.form.tables.get(resource)
    by_hand = {r["name"] for r in kept_by_hand()}
    name = table.file if table else _BY_HAND if resource in by_hand else resource
    return _OWN_PAGES.get(resource, _DATA_PAGES + name)


class Goals:
    """The passports of a build: `computed` by what their links say, the printed by address."""

    computed: dict[Key, Derived]

    def __init__(self, app: Any) -> None:
        self._disclosure: Disclosure = vars(app)["budget"]
        self._texts = {str(p.address): p.text for p in every_passport(app)}
        results = vars(app)["budget_results"]
        register = findings(self._disclosure, results)
        names = once(app, "budget_names", lambda: Names(self._disclosure))
        self.computed = derivations(self._disclosure, names, results, register, self._texts)
        self._near: dict[str, dict[str, Derived]] = {}
        for near in (lambda one: one.behind, _touched):
            for (shown, _, _), one in self.computed.items():
                for address in near(one):
                    self._near.setdefault(str(address), {}).setdefault(shown, one)
        self._money = {
            str(p.address): Decimal(amount(p.text)) * MONEY_UNITS.get(p.unit, 1)
            for p in every_passport(app)
            if p.unit in ("yuan", *MONEY_UNITS) and amount(p.text)
        }
        for (shown, _, _), one in self.computed.items():
            if one.anchor.startswith(f"derived/{SUMS}/"):
                key = one.anchor.removeprefix("derived/")
                self._texts[key], self._money[key] = shown, Decimal(shown)

    def of(
        self, text: str, address: Address, formula: str = "", yuan: Fraction | None = None
    ) -> str:
        """Return page#anchor for a text that links to an address; empty where it has no goal.

        An amount leads to the passport that shows it: the computed one with this formula, that of
        the printed figure if it is the same amount, or a computed one that the figure is behind
        or that a check of it computes; a blank cell is nothing. Words lead to the place. An
        amount that is told in 万元, `yuan`, is the same if the passport's is told so too.
        """
        shown, key = amount(text), str(address)
        computed = self.computed.get((shown, key, formula)) if shown else None
        if yuan:
            same = self._rounded(yuan, key)
            if len(same) != 1:
                return ""
            computed = same[0]
        elif shown and not computed and shown != amount(self._texts.get(key, "0")):
            computed = self._near.get(key, {}).get(shown)
            if not computed:
                return ""
        if computed:
            return f"{COMPUTED}#{computed.anchor.replace('%', '%25')}"
        if address.table in (WAYS, SUMS):
            return f"{COMPUTED}#derived/{address.table}/{address.row[0]}"
        return f"{page_of(self._disclosure, address.table)}#{address.fragment}"

    def _rounded(self, yuan: Fraction, key: str) -> list[Derived | None]:
        """Return which amounts are told alike in 万元: None is the one that is printed there."""

        def same(value: Decimal) -> bool:
            return wan(value) == wan(yuan)

        if key in self._money and same(self._money[key]):
            return [None]
        near = self._near.get(key, {}).items()
        return [one for shown, one in near if shown and same(Decimal(shown))]


def _touched(one: Derived) -> list[Address]:
    """Return the figures that the checks of a computed amount read."""
    sides = (side for r in one.results for side in (r.check.left, r.check.right))
    return [found for side in sides for leaf in side.leaves() if (found := place(leaf))]
