"""Prints the performance forms: the department's, and one for each project."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from ..package.schema import columns
from . import figures
from .plan import Plan, Target, Task
from .sheet import FORM, Row, Sheet


class FormPrinter:
    """Prints forms on a sheet and keeps the row behind each line."""

    def __init__(self, sheet: Sheet, plan: Plan, damage: Collection[str]) -> None:
        self.sheet, self.plan, self.damage = sheet, plan, damage

    def department(self) -> None:
        """Print the form of the whole department (table 15)."""
        plan, sheet = self.plan, self.sheet
        budget = sheet.amount(figures.whole(plan))
        table = "department-targets"
        whole, spending = _label(table, "department"), _label(table, "budget")
        self._pair(1, whole, plan.office, spending, budget, table)
        self._prose(table, 1, _label(table, "goal"), plan.goal or f"让{plan.district}的工作更好。")
        sheet.line(FORM.wording.indicators, *FORM.wording.indicator_headings)
        self._indicators(table, 1, plan.targets)

    def project(self, table: str, form: int, task: Task | None) -> None:
        """Print the form of one project, or an empty one."""
        office = self.plan.office if task else None
        budget = self.sheet.amount(task.budget) if task else None
        named, supervisor = _label(table, "project"), _label(table, "supervisor")
        self._pair(form, named, task.name if task else None, supervisor, office, table)
        whole, *parts = (_label(table, x) for x in ("budget", "district-part", "town-part"))
        part, other = (label.replace("（元）", f"（{self.sheet.unit}）") for label in parts)
        if self.plan.district.endswith("县"):
            part = part.replace("区级", "县级")
        self._pair(form, whole, budget, part, budget, table)
        self._pair(form, "", None, other, None, table)
        words = _words(task) if task else ("", "", "")
        for role, text in zip(("description", "basis", "goal"), words, strict=True):
            self._prose(table, form, _label(table, role), text)
            if role == "description" and form == 1 and task and "blank line" in self.damage:
                self.sheet.gap()
                detail = "blank line inside the table passed over"
                self.sheet.repair(len(self.sheet.lines), "blank-line", table, detail)
        self.sheet.line(FORM.wording.indicators, *FORM.wording.indicator_headings)
        self._indicators(table, form, task.targets if task else ())

    def _pair(self, form: int, first: str, value: Any, second: str, other: Any, table: str) -> None:
        row: Row = {"form": form}
        if first:
            row |= {"label": first, "amount" if isinstance(value, Decimal) else "text": value}
            row |= {"second_label": second}
            row |= {"second_amount" if isinstance(other, Decimal) else "second_text": other}
        else:
            row |= {"label": second}
        cells = [first, _text(value), "", second, _text(other), "", ""]
        budget = first == _label(table, "budget") and table == "project-targets"
        ragged = budget and form == 1 and value and "ragged row" in self.damage
        line = self._keep(
            table, row, [first, _text(value), second, _text(other)] if ragged else cells
        )
        if ragged:
            self.sheet.repair(line, "ragged-row", table, "4 cells")

    def _prose(self, table: str, form: int, label: str, text: str) -> None:
        row: Row = {"form": form, "label": label}
        if text:
            digest = hashlib.sha256(text.encode()).hexdigest()
            row |= {"characters": len(text), "sha256": digest}
        self._keep(table, row, [label, text, "", "", "", "", ""])

    def _indicators(self, table: str, form: int, targets: Sequence[Target]) -> None:
        for nth, target in enumerate(targets, 1):
            core = FORM.wording.core[0 if target.core else 1]
            cells = [target.name, str(target.weight), target.unit, target.relation, target.target]
            row: Row = {"form": form, "indicator": target.name, "weight": Decimal(target.weight)}
            row |= {"unit": target.unit or None, "relation": target.relation}
            row |= {"target": target.target, "core": core}
            moved = form == 1 and nth == 1 and "shifted indicator" in self.damage
            shifted = moved and table == "project-targets"
            line = self._keep(table, row, [*cells, core, ""] if shifted else ["", *cells, core])
            if shifted:
                detail = "cells moved under their headings"
                self.sheet.repair(line, "shifted-row", table, detail)

    def _keep(self, table: str, row: Row, cells: Sequence[str]) -> int:
        line = self.sheet.line(*cells)
        kept = dict.fromkeys(columns("form")) | {"line": line} | row
        self.sheet.tables.setdefault(table, []).append(kept)
        return line


def _words(task: Task) -> tuple[str, str, str]:
    """Return the prose of a project's form: its description, its basis, its goal."""
    description = task.description or f"{task.name}的日常工作。"
    return description, task.basis, task.goal or f"{task.name}按期做好。"


def _label(table: str, role: str) -> str:
    """Return how a form of targets words a label."""
    whose = FORM.tables[table].whose
    return next(x.printed for x in FORM.labels if (x.form, x.role) == (whose, role))


def _text(value: Any) -> str:
    return f"{value:,.2f}" if isinstance(value, Decimal) else value or ""
