"""A department on its way to print: its plan, what the print leaves out, and its misprints.

Whatever is printed, in text, tables, workbook, page and package, is made of one printed sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from ..model.address import parse
from ..model.disclosure import Disclosure
from ..package.store import Row
from ..synthetic.plan import Plan, Target, Task
from ..synthetic.printing import from_sheet, printed_sheet
from ..synthetic.sheet import Sheet


class Printed(NamedTuple):
    """A printed sheet, and the disclosure that a reader finds on it."""

    sheet: Sheet
    disclosure: Disclosure


@dataclass(frozen=True)
class Draft:
    """A plan with errors: `omitted` as `printed_sheet` knows it, cells and claims by address."""

    plan: Plan
    omitted: frozenset[str] = frozenset()
    cells: tuple[tuple[str, Any], ...] = ()
    claims: tuple[tuple[str, Decimal], ...] = ()

    def printed(self, reference: Mapping[str, Sequence[Row]]) -> Printed:
        """Return the draft in print; `reference` is what is kept by hand."""
        sheet = printed_sheet(self.plan, omitted=self.omitted)
        found = from_sheet(self.plan, sheet, reference)
        for text, value in self.cells:
            row, column = _stands(found, text)
            sheet.misprint(parse(text).table, row["line"], column, value)
        ids = [claim["id"] for claim in found.claims]
        for text, value in self.claims:
            sheet.misstate(ids.index(text), value)
        misprinted = bool(self.cells or self.claims)
        return Printed(sheet, from_sheet(self.plan, sheet, reference) if misprinted else found)

    def omitting(self, name: str) -> Draft:
        """Return the draft without the form of a project, or without a row `role/code`."""
        return replace(self, omitted=self.omitted | {name})

    def misprinting(self, address: str, value: Any) -> Draft:
        """Return the draft with another value printed in a cell."""
        return replace(self, cells=(*self.cells, (address, value)))

    def misstating(self, claim: str, value: Decimal) -> Draft:
        """Return the draft with another number printed in a claim of the text."""
        return replace(self, claims=(*self.claims, (claim, value)))

    def planning(self, **changes: Any) -> Draft:
        """Return the draft with another plan."""
        return replace(self, plan=replace(self.plan, **changes))

    def with_task(self, old: Task, new: Task) -> Draft:
        """Return the draft with another project in place of one."""
        return self.planning(tasks=[new if task == old else task for task in self.plan.tasks])

    def with_target(self, task: Task, old: Target, **changes: Any) -> Draft:
        """Return the draft with one indicator of a project changed."""
        targets = [replace(each, **changes) if each == old else each for each in task.targets]
        return self.with_task(task, replace(task, targets=targets))


def _stands(disclosure: Disclosure, address: str) -> tuple[Row, str]:
    found = disclosure.at(parse(address))
    if found is None:
        raise LookupError(f"nothing stands at {address}")
    return found
