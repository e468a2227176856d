"""Plants errors of given levels in a department; the level of each is measured, not asserted.

Each error is judged by the checks of the book together with those planted before it:

- level 1: two checks or more fail that did not, and most of them name the row of the error and
  no other row as often;
- level 2: a check fails, and it does not single out the row; or none fails, and a comparison that
  needs no reading names the error alone (comparisons.py);
- level 3: neither finds it, and what contradicts it stands in the same form or section;
- level 4: neither finds it, and what contradicts it stands in another table.

An error that nothing printed contradicts has level 0, and is planted nowhere.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..checks import Check, Result, Verdict, catalogue, evaluate, run
from ..errors import InputError
from ..model.address import CLAIMS, Address, parse
from ..model.disclosure import Disclosure
from ..package.store import Row
from ..proof.passports import touching
from .comparisons import alone
from .draft import Draft, Printed
from .faults import PLANTERS, Fault
from .promises import PROMISES
from .stock import stock

#: Every type of error → what plants it.
TYPES = PLANTERS | PROMISES
_TRIES = 40
#: Types of error that change what is printed, not only a value: other checks are made then.
_STRUCTURAL = ("absent", "row", "form", "scope", "name")
#: How often a department is planted anew, if its errors together say other than one by one.
_AGAIN = 5
Reference = Mapping[str, Sequence[Row]]


class Measured(NamedTuple):
    """A planted error with its level, the checks that fail by it and the rows they name most."""

    fault: Fault
    level: int
    failing: frozenset[str]
    candidates: Sequence[str]
    group: frozenset[str]


class Planting(NamedTuple):
    """A department with its errors, as it is printed, and all that fails in it."""

    draft: Draft
    printed: Printed
    errors: Sequence[Measured]
    failing: frozenset[str]


def failures(disclosure: Disclosure) -> list[Result]:
    """Return the checks that fail."""
    return [result for result in run(disclosure) if result.verdict is Verdict.FAILS]


def suspicion(failing: Iterable[Result]) -> Counter[str]:
    """Return how many failing checks name each row, by its address."""
    found: Counter[str] = Counter()
    for result in failing:
        rows = {str(address.of_row) for address in touching([result])}
        found.update(rows | {str(parse(place).of_row) for place in result.offenders if _is(place)})
    return found


def _is(place: str) -> bool:
    return "/" in place and " " not in place.partition("/")[0]


def measure(fault: Fault, failing: Sequence[Result], compared: bool) -> Measured:
    """Return the level of an error by the checks that fail with it and did not before.

    `compared` says whether a comparison without reading names it alone.
    """
    counted = suspicion(failing)
    most = max(counted.values(), default=0)
    top = [row for row, number in counted.items() if number == most]
    mine = str(parse(fault.place).of_row)
    if failing:
        level = 1 if len(failing) > 1 and top == [mine] else 2
    elif not fault.evidence:
        level = 0
    elif compared:
        level = 2
    else:
        level = 3 if set(fault.evidence) <= {_where(parse(fault.place))} else 4
    ids = frozenset(result.check.id for result in failing)
    return Measured(fault, level, ids, top, frozenset(counted))


def _rows(fault: Fault) -> list[str]:
    """Return the rows of an error, and those that it is compared with."""
    return [str(parse(text).of_row) for text in (fault.place, *fault.also, *fault.side)]


def _where(address: Address) -> str:
    """Return the table that an address lies in, or the section of the text."""
    return address.row[0] if address.table == CLAIMS else address.table


class Planter:
    """Plants one error after the other, those of what is planned first."""

    def __init__(self, draft: Draft, reference: Reference, dice: random.Random) -> None:
        self.draft, self.reference, self.dice = draft, reference, dice
        self.printed = draft.printed(reference)
        self.errors: list[Measured] = []
        self.failing: frozenset[str] = frozenset()
        self.catalogue = catalogue(self.printed.disclosure)

    def plant(self, level: int) -> None:
        """Plant one error of a level. Raises InputError where no place is found for one."""
        order = [row["id"] for row in stock("types") if abs(int(row["aims"]) - level) <= 1]
        used = {error.fault.type for error in self.errors}
        likely = {row["id"] for row in stock("types") if int(row["aims"]) == level}
        for _ in range(_TRIES):
            pool = [each for each in order if each in likely - used] or order
            if self._tried(self.dice.choice(pool), level):
                return
        raise InputError(f"no place for an error of level {level}: ask for fewer of them")

    def _tried(self, kind: str, level: int) -> bool:
        try:
            fault = TYPES[kind](self.draft, self.printed, self.dice)
        except (LookupError, StopIteration):
            return False
        if self._near(fault):
            return False
        printed = fault.draft.printed(self.reference)
        checks = self._checks(kind, printed.disclosure)
        results = [r for r in evaluate(checks, printed.disclosure) if r.verdict is Verdict.FAILS]
        ids = frozenset(result.check.id for result in results)
        new = [result for result in results if result.check.id not in self.failing]
        found = measure(fault, new, not new and self._compared(fault, printed))
        if found.level != level or not self.failing <= ids or self._mixed(found):
            return False
        self.errors.append(found)
        self.draft, self.printed, self.failing = fault.draft, printed, ids
        self.catalogue = checks
        return True

    def _compared(self, fault: Fault, printed: Printed) -> bool:
        """Whether a comparison names this error and nothing that is right."""
        earlier = (row for error in self.errors for row in _rows(error.fault))
        return alone(printed, _rows(fault), earlier)

    def _checks(self, kind: str, disclosure: Disclosure) -> list[Check]:
        """Return the checks of a disclosure: those known, where only a value is another one.

        What all checks say of the department is judged again in the end.
        """
        return catalogue(disclosure) if kind in _STRUCTURAL else self.catalogue

    def _near(self, fault: Fault) -> bool:
        """Whether it speaks of a row or a project of which an error speaks already."""
        words = {word for error in self.errors for word in error.fault.words}
        return bool(words & set(fault.words)) or fault.printed == fault.right != ""

    def _mixed(self, found: Measured) -> bool:
        """Whether its checks name the row of another error, or theirs name its row."""
        mine = str(parse(found.fault.place).of_row)
        return any(
            mine in error.group or str(parse(error.fault.place).of_row) in found.group
            for error in self.errors
        )


def planted(
    draft: Draft, reference: Reference, dice: random.Random, levels: Mapping[int, int]
) -> Planting:
    """Return a department with so many errors of each level, the key by level and then by place.

    All checks judge the result once more: what fails is what the errors make fail one by one.
    Raises InputError where no such department comes about.
    """
    for _ in range(_AGAIN):
        planter = Planter(draft, reference, dice)
        for level in sorted(levels, reverse=True):
            for _ in range(levels[level]):
                planter.plant(level)
        failing = {result.check.id for result in failures(planter.printed.disclosure)}
        if failing == planter.failing:
            errors = sorted(planter.errors, key=lambda error: (error.level, error.fault.place))
            return Planting(planter.draft, planter.printed, errors, planter.failing)
    raise InputError(f"{draft.plan.office}: its errors together fail other checks than one by one")
