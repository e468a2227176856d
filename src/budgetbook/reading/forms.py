"""Reads the tables that are forms: labels and values side by side, then indicators."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..forms import Form, Label, Table, plain
from ..package.schema import columns
from .grid import Line
from .page import Page, Row, cells, narrow, to_amount

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)
_ITEM = re.compile(r"(?:^|\s)\d{1,2}\.(?=\D)")
_TITLES = re.compile(r"(?<=》)(?=《)")
_DOCUMENT_NUMBER = re.compile(r"[（(](?P<number>[^（）()]+〔\d{4}〕\d+号)[）)]$")
_REGULATION = re.compile(r"《|(办法|通知|标准|规定|条例|意见|指南|批复|方案)(（[^）]+）)?$")


class Prose(NamedTuple):
    """A prose cell of a form: where it stands, and its text for the reading of its figures."""

    table: str
    form: int
    label: str
    line: int
    text: str


class FormReader:
    """Reads the forms of one disclosure and keeps what their prose cells leave behind.

    No prose is stored: `prose` holds each cell's text for the reading of its figures only;
    `regulations` the titles and numbers of the documents named as basis.
    """

    def __init__(self, page: Page, form: Form) -> None:
        self.page, self.form = page, form
        self.prose: list[Prose] = []
        self.regulations: list[Row] = []
        self._seen: dict[tuple[str, int, str], int] = {}

    def read(self, table: Table, number: int, lines: Sequence[Line]) -> list[Row]:
        """Return the rows of one form, a printed row each; InputError names a line out of place.

        `number` is the number of the form in printed order.
        """
        rows = []
        headed = False
        word = self.form.wording.indicators
        wanted = [x for x in self.form.labels if x.form == table.whose]
        for line, text in lines:
            parts = cells(text)
            if headed:
                values = self._indicator(table, line, parts)
            elif plain(parts[0]) == word:
                if wanted:
                    expected = f"the label {wanted[0].printed} before it"
                    raise self.page.misfit(line, word, expected)
                self._check_headings(line, parts)
                headed = True
                continue
            else:
                values = self._labelled(table, number, line, parts)
                for label in filter(None, (values["label"], values.get("second_label"))):
                    found = self.form.label(table.whose, label)
                    if found not in wanted:
                        expected = " or ".join([*(x.printed for x in wanted), word])
                        raise self.page.misfit(line, f"the label {label} here", expected)
                    wanted.remove(found)
            rows.append(
                dict.fromkeys(columns("form"), "") | {"line": line, "form": number} | values
            )
        if not headed:
            raise self.page.misfit(lines[-1][0] if lines else 0, "no indicators", word)
        return rows

    def _check_headings(self, number: int, parts: list[str]) -> None:
        headings = self.form.wording.indicator_headings
        found = [plain(part) for part in parts[1:] if part]
        for heading, text in zip(headings, found, strict=False):
            if text not in map(plain, heading.split("|")):
                raise self.page.misfit(number, f"the heading {text}", heading)
        if len(found) != len(headings):
            raise self.page.misfit(number, f"{len(found)} headings", " | ".join(headings))

    def _labelled(self, table: Table, form: int, number: int, parts: list[str]) -> Row:
        """Place a row of labels and values; a label without a value keeps the value blank."""
        if len(parts) != 1 + len(self.form.wording.indicator_headings):
            self.page.repair("ragged-row", number, table.role, f"{len(parts)} cells")
        pairs: list[tuple[str, Label, str]] = []
        for part in filter(None, parts):
            label = self.form.label(table.whose, part)
            if label:
                pairs.append((part, label, ""))
            elif pairs and not pairs[-1][2]:
                pairs[-1] = (*pairs[-1][:2], part)
            else:
                ours = (x for x in self.form.labels if x.form == table.whose)
                expected = " or ".join(x.printed for x in ours)
                raise self.page.misfit(number, f"{part[:20]!r} beside no label", expected)
        if not 1 <= len(pairs) <= 2:
            raise self.page.misfit(number, f"{len(pairs)} labels", "one or two labels in a row")
        row: Row = {}
        for prefix, (printed, label, value) in zip(("", "second_"), pairs, strict=False):
            row[prefix + "label"] = printed
            row |= self._value(table, form, number, prefix, label, value)
        return row

    def _value(
        self, table: Table, form: int, number: int, prefix: str, label: Label, value: str
    ) -> Row:
        """Return what stands beside a label, as columns of data/."""
        if label.kind == "amount":
            amount = to_amount(value)
            if value and amount is None:
                expected = "an amount"
                raise self.page.misfit(number, f"{value} beside {label.printed}", expected)
            self.page.repair_number(number, table.role, prefix + "amount", value)
            return {prefix + "amount": amount or ""}
        if label.kind == "text":
            return {prefix + "text": value}
        if prefix:
            found = f"{label.printed} as the second label"
            raise self.page.misfit(number, found, "a row of its own")
        return self._fingerprint(table, form, number, label, value) if value else {}

    def _fingerprint(self, table: Table, form: int, number: int, label: Label, text: str) -> Row:
        digest = hashlib.sha256(text.encode()).hexdigest()
        same = self._seen.setdefault((table.role, form, digest), number)
        prose = self._basis(form, number, text) if label.role == "basis" else text
        self.prose.append(Prose(table.role, form, label.role, number, prose))
        return {
            "characters": len(text),
            "sha256": digest,
            "same_as": same if same != number else "",
        }

    def _basis(self, form: int, number: int, text: str) -> str:
        """Record the regulations named in a basis; return what is left of its prose."""
        left = []
        items = [item.strip() for item in _ITEM.split(text) if item.strip()]
        for title in (title for item in items for title in _TITLES.split(item)):
            document = _DOCUMENT_NUMBER.search(title)
            name = title[: document.start()] if document else title
            if not _REGULATION.search(name):
                left.append(title)
                continue
            self.regulations.append(
                {
                    "form": form,
                    "position": 1 + sum(r["form"] == form for r in self.regulations),
                    "title": name,
                    "number": document["number"] if document else "",
                    "line": number,
                }
            )
        return "。".join(left)

    def _indicator(self, table: Table, number: int, parts: list[str]) -> Row:
        """Place an indicator: its relation is the anchor, the other cells stand around it."""
        relations, core = self.form.wording.relations, self.form.wording.core
        at = [i for i, part in enumerate(parts) if narrow(part) in relations]
        before = [part for part in parts[: at[0]] if part] if len(at) == 1 else []
        after = [part for part in parts[at[0] + 1 :] if part] if len(at) == 1 else []
        unit = before[2] if len(before) == 3 else ""
        placed = (
            len(before) in (2, 3)
            and _NUMBER.fullmatch(narrow(before[1]))
            and len(after) == 2
            and after[1] in core
        )
        if not placed:
            row = " | ".join(filter(None, parts))
            found = f"an indicator that cannot be placed: {row}"
            expected = "name | weight (a number) | unit or blank | {} | target | {}"
            kinds = " or ".join(relations), " or ".join(core)
            raise self.page.misfit(number, found, expected.format(*kinds))
        if parts[: 1 + len(before)] != ["", *before] or at[0] != 4:
            self.page.repair("shifted-row", number, table.role, "cells moved under their headings")
        numbers = {"weight": before[1], "relation": parts[at[0]], "target": after[0]}
        for name, printed in numbers.items():
            plain_form = narrow(printed)
            if plain_form != printed and (name != "target" or _NUMBER.fullmatch(plain_form)):
                self.page.repair_number(number, table.role, name, printed)
                numbers[name] = plain_form
        return {"indicator": before[0], "unit": unit, "core": after[1]} | numbers
