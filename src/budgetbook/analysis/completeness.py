"""What a disclosure is asked to contain, item by item, and what the text answers with.

An item says by roles what answers it: a table, a section, a label of a form, a stated figure, a
stated share that is the whole, or a cell (`table.column`; `@5`: of codes with so many digits at
least; `~`: of rows with these words in their names). A blank says nothing: where words say that
there is none, they answer. What is not found in the text may be published elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..forms import plain
from ..model.disclosure import Disclosure
from ..package.store import Row

#: State → its Chinese; of two answers to one item the state that stands first here counts.
STATES = {
    "printed": "已列示",
    "printed empty": "空表或空白",
    "listed and not printed": "列入目录而未见",
    "not found": "本文件中未找到",
    "not asked": "不要求本文件",
}
_PRINTED, _EMPTY, _UNPRINTED, _NOT_FOUND, _NOT_ASKED = STATES
#: A share that leaves nothing, in per cent.
_WHOLE = 100
_OF_LISTING = {"printed": _PRINTED, "printed empty": _EMPTY, "absent": _UNPRINTED}


class Item(NamedTuple):
    """An item of disclosure-items.csv, its state, and where it is answered.

    `where` is an address, a table by its role, a section as `sections/<role>`, or empty.
    """

    row: Row
    state: str
    where: str


def completeness(disclosure: Disclosure) -> list[Item]:
    """Return each item with its state in this text, in the order of disclosure-items.csv."""
    return [_item(disclosure, row) for row in disclosure.reference["disclosure-items"]]


def _item(disclosure: Disclosure, row: Row) -> Item:
    answers = [_answer(disclosure, *each.split(":")) for each in (row["answer"] or "").split("|")]
    state, where = min(answers, key=lambda answer: [*STATES].index(answer[0]))
    asked = {"of the text": True, "if listed": state != _NOT_FOUND, "elsewhere": False}
    here = (row["place"] or "") in disclosure.document["office"] and asked[row["asked"]]
    return Item(row, state, where) if here else Item(row, _NOT_ASKED, "")


def _answer(disclosure: Disclosure, kind: str, what: str = "") -> tuple[str, str]:
    if kind in ("section", "claim", "whole"):
        found = [(s["section"], f"sections/{what}") for s in disclosure.rows("sections")]
        stated = [c for c in disclosure.claims if kind != "whole" or c["value"] == _WHOLE]
        found += [(f"{c['subject']}/{c['kind']}", c["id"]) for c in stated]
        return next(((_PRINTED, where) for name, where in found if name == what), (_NOT_FOUND, ""))
    role, *more = re.split(r"[./@~]", what)
    states = {_OF_LISTING[e["state"]] for e in disclosure.listing if e["table"] == role}
    state = next((state for state in STATES if state in states), _NOT_FOUND)
    if kind == "table" or state != _PRINTED:
        return state, role if states else ""
    column = "characters" if kind == "label" else more[0]
    rows = _rows(disclosure, what, role, *more)
    filled = [row for row in rows if row[column] is not None]
    address = next((disclosure.address(row, column) for row in filled or rows), None)
    if address is None:
        return _NOT_FOUND, ""
    figure = filled and kind == "cell"
    return _PRINTED if filled else _EMPTY, str(address if figure else address.of_row)


def _rows(disclosure: Disclosure, what: str, role: str, *more: str) -> Sequence[Row]:
    """Return the rows of a printed table that an answer of the kind label or cell speaks of."""
    table, rows = disclosure.form.tables[role], disclosure.tables[role]
    if "/" in what:
        words = [w for x in disclosure.form.labels if x.role == more[0] for w in x.wordings]
        return [row for row in rows if plain(row["label"] or "") in words]
    if more[0] not in table.names:
        return ()
    named = table.column(more[0]).named_by or "name"
    rows = [r for r in rows if "@" not in what or len(r["code"] or "") >= int(more[1])]
    return [r for r in rows if "~" not in what or more[1] in (r[named] or "")]
