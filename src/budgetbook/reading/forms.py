"""Reads the tables that are forms: labels and values side by side, then indicators (15 to 17)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from ..forms.layout import (
    CORE,
    DEPARTMENT_LABELS,
    INDICATOR_HEADINGS,
    INDICATORS,
    LABELS,
    RELATIONS,
    Layout,
    plain,
)
from .grid import Line
from .page import Page, Row, cells, narrow, to_amount

#: The columns of a form's rows in data/, in order.
FORM_COLUMNS = (
    "line",
    "form",
    "label",
    "text",
    "amount",
    "second_label",
    "second_text",
    "second_amount",
    "indicator",
    "weight",
    "unit",
    "relation",
    "target",
    "core",
    "characters",
    "sha256",
    "same_as",
)

_INDICATOR_ROW = "name | weight (a number) | unit or blank | {} | target | {}".format(
    " or ".join(RELATIONS), " or ".join(CORE)
)
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)
_ITEM = re.compile(r"(?:^|\s)\d{1,2}\.(?=\D)")
_TITLES = re.compile(r"(?<=》)(?=《)")
_DOCUMENT_NUMBER = re.compile(r"[（(](?P<number>[^（）()]+〔\d{4}〕\d+号)[）)]$")
_REGULATION = re.compile(r"《|(办法|通知|标准|规定|条例|意见|指南|批复|方案)(（[^）]+）)?$")


class FormReader:
    """Reads the forms of one disclosure and keeps what their prose cells leave behind.

    No prose is stored: `prose` holds each cell's text for the reading of its figures only;
    `regulations` the titles and numbers of the documents named as basis.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.prose: list[tuple[str, int, str]] = []
        self.regulations: list[Row] = []
        self._seen: dict[str, int] = {}

    def read(self, layout: Layout, form: int, lines: Sequence[Line]) -> list[Row]:
        """Return the rows of one form, a printed row each; InputError names a line out of place."""
        rows = []
        headed = False
        wanted = [x for x in LABELS if (x in DEPARTMENT_LABELS) == (layout.number == 15)]
        for number, text in lines:
            parts = cells(text)
            if headed:
                values = self._indicator(layout, number, parts)
            elif plain(parts[0]) == INDICATORS:
                if wanted:
                    raise self.page.error(number, INDICATORS, f"the label {wanted[0]} before it")
                self._check_headings(number, parts)
                headed = True
                continue
            else:
                values = self._labelled(layout, form, number, parts)
                for label in filter(None, (values["label"], values.get("second_label"))):
                    if plain(label) not in wanted:
                        expected = " or ".join([*wanted, INDICATORS])
                        raise self.page.error(number, f"the label {label} here", expected)
                    wanted.remove(plain(label))
            rows.append(dict.fromkeys(FORM_COLUMNS, "") | {"line": number, "form": form} | values)
        if not headed:
            raise self.page.error(lines[-1][0] if lines else 0, "no indicators", INDICATORS)
        return rows

    def _check_headings(self, number: int, parts: list[str]) -> None:
        found = [plain(part) for part in parts[1:] if part]
        for heading, text in zip(INDICATOR_HEADINGS, found, strict=False):
            if text != heading:
                raise self.page.error(number, f"the heading {text}", heading)
        if len(found) != len(INDICATOR_HEADINGS):
            expected = " | ".join(INDICATOR_HEADINGS)
            raise self.page.error(number, f"{len(found)} headings", expected)

    def _labelled(self, layout: Layout, form: int, number: int, parts: list[str]) -> Row:
        """Place a row of labels and values; a label without a value keeps the value blank."""
        if len(parts) != 1 + len(INDICATOR_HEADINGS):
            self.page.repair("ragged-row", number, layout.table, f"{len(parts)} cells")
        pairs: list[tuple[str, str]] = []
        for part in filter(None, parts):
            if plain(part) in LABELS:
                pairs.append((part, ""))
            elif pairs and not pairs[-1][1]:
                pairs[-1] = (pairs[-1][0], part)
            else:
                raise self.page.error(number, f"{part[:20]!r} beside no label", " or ".join(LABELS))
        if not 1 <= len(pairs) <= 2:
            raise self.page.error(number, f"{len(pairs)} labels", "one or two labels in a row")
        row: Row = {}
        for prefix, (label, value) in zip(("", "second_"), pairs, strict=False):
            row[prefix + "label"] = label
            kind = LABELS[plain(label)]
            if kind == "amount":
                amount = to_amount(value)
                if value and amount is None:
                    raise self.page.error(number, f"{value} beside {label}", "an amount")
                row[prefix + "amount"] = amount or ""
                self.page.repair_number(number, layout.table, prefix + "amount", value)
            elif kind == "text":
                row[prefix + "text"] = value
            elif prefix:
                raise self.page.error(number, f"{label} as the second label", "a row of its own")
            elif value:
                row |= self._fingerprint(layout, form, number, plain(label), value)
        return row

    def _fingerprint(self, layout: Layout, form: int, number: int, label: str, text: str) -> Row:
        digest = hashlib.sha256(text.encode()).hexdigest()
        same = self._seen.setdefault(digest, number)
        prose = self._basis(form, number, text) if label == "立项依据" else text
        self.prose.append((layout.table, number, prose))
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

    def _indicator(self, layout: Layout, number: int, parts: list[str]) -> Row:
        """Place an indicator: its relation is the anchor, the other cells stand around it."""
        at = [i for i, part in enumerate(parts) if narrow(part) in RELATIONS]
        before = [part for part in parts[: at[0]] if part] if len(at) == 1 else []
        after = [part for part in parts[at[0] + 1 :] if part] if len(at) == 1 else []
        unit = before[2] if len(before) == 3 else ""
        placed = (
            len(before) in (2, 3)
            and _NUMBER.fullmatch(narrow(before[1]))
            and len(after) == 2
            and after[1] in CORE
        )
        if not placed:
            row = " | ".join(filter(None, parts))
            found = f"an indicator that cannot be placed: {row}"
            raise self.page.error(number, found, _INDICATOR_ROW)
        if parts[: 1 + len(before)] != ["", *before] or at[0] != 4:
            self.page.repair(
                "shifted-row", number, layout.table, "cells moved under their headings"
            )
        numbers = {"weight": before[1], "relation": parts[at[0]], "target": after[0]}
        for name, printed in numbers.items():
            plain_form = narrow(printed)
            if plain_form != printed and (name != "target" or _NUMBER.fullmatch(plain_form)):
                self.page.repair_number(number, layout.table, name, printed)
                numbers[name] = plain_form
        return {"indicator": before[0], "unit": unit, "core": after[1]} | numbers
