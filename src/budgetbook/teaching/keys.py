"""The key of one student: what is wrong and what is right in a department, as plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ..errors import InputError
from ..model.address import CLAIMS, parse
from ..package.store import Row
from .consequences import consequences, words
from .decoys import Decoy
from .planting import Measured, Planting
from .stock import by_id
from .workbooks import places

Key = dict[str, Any]
#: What of an error or a decoy is a list of texts.
_LISTS = (
    *("places", "tables", "rows", "accepted", "shown", "side", "near"),
    *("same", "follows", "else_also"),
)


def where(address: str) -> str:
    """Return the table that an address lies in, or the section of the text, by its role."""
    place = parse(address)
    return place.row[0] if place.table in (CLAIMS, "tables") else place.table


def key(planting: Planting, chosen: Sequence[Decoy], student: str, token: str) -> Key:
    """Return the key of a student as what JSON can hold: errors by level, decoys, what fails."""
    reference = planting.printed.disclosure.reference
    return {
        "student": student,
        "token": token,
        "office": planting.draft.plan.office,
        "errors": [_error(n, error, reference) for n, error in enumerate(planting.errors, 1)],
        "decoys": [_decoy(n, decoy) for n, decoy in enumerate(chosen, 1)],
        "failing": sorted(planting.failing),
    }


def _error(number: int, error: Measured, reference: Mapping[str, Sequence[Row]]) -> Key:
    fault = error.fault
    same, follows = consequences(fault, reference)
    others = by_id("types")[fault.type]["else"].split("|")
    return {
        "id": f"E{number}",
        "level": error.level,
        "type": fault.type,
        "places": [fault.place, *fault.also],
        "tables": _tables([fault.place, *fault.also]),
        "rows": list(fault.words),
        "printed": fault.printed,
        "right": fault.right,
        "accepted": list(fault.accepted),
        "most": fault.most,
        "shown": list(fault.shown),
        "side": list(fault.side),
        "same": same,
        "follows": list(dict.fromkeys([*fault.follows, *same, *follows])),
        "else": others[0],
        "else_also": others[1:],
        "words": words(fault),
        "evidence": list(fault.evidence),
        "failing": sorted(error.failing),
        "candidates": len(error.candidates),
        "near": sorted(error.group - {fault.place}),
    }


def _tables(places: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(where, places)))


def _decoy(number: int, decoy: Decoy) -> Key:
    about: Mapping[str, Any] = decoy._asdict()
    found = {"id": f"D{number}", "places": [decoy.place], "tables": _tables([decoy.place])}
    return found | {"rows": list(decoy.words)} | {n: about[n] for n in ("type", "printed", "right")}


def points(level: int) -> dict[str, int]:
    """Return the points of each part of an answer to an error of a level."""
    row = by_id("points", "level")[str(level)]
    return {name: int(row[name]) for name in ("place", "right", "kind", "else", "explanation")}


def complaint(key: Key, levels: Collection[int]) -> str:
    """Return what of a key cannot be used, empty if all can: a person may have mended it."""
    for name, kinds in (("errors", by_id("types")), ("decoys", by_id("decoys"))):
        chosen: dict[str, Collection[Any]] = {"type": kinds}
        if name == "errors":
            chosen |= {"level": levels, "else": by_id("else")}
        for nth, item in enumerate(key[name], 1):
            found = _unusable(item, chosen)
            if found:
                return f"{name}, number {nth} ({item.get('id')}): {found}"
    named = [item["id"] for item in key["errors"]]
    return "" if len({*named}) == len(named) else "two errors have one id"


def _unusable(item: Key, chosen: Mapping[str, Collection[Any]]) -> str:
    """Return what is wrong with one error or decoy of a key, and what was expected."""
    for field, known in chosen.items():
        if item.get(field) not in known:
            return f"{field} is {item.get(field)!r}; expected one of {', '.join(map(str, known))}"
    for field in ("id", "printed", "right"):
        if not isinstance(item.get(field), str):
            return f"{field} is {item.get(field)!r}; expected a text in quotation marks"
    if not isinstance(item.get("words", ""), str):
        return f"words is {item['words']!r}; expected a text in quotation marks"
    for field in _LISTS:
        texts = item.get(field, [])
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return f"{field} is {texts!r}; expected a list of texts"
        if not texts and field in ("places", "tables", "rows"):
            return f"{field} is empty; expected one at least"
    if unknown := {*item.get("else_also", ())} - by_id("else").keys():
        return f"else_also has {', '.join(unknown)}; expected some of {', '.join(by_id('else'))}"
    if unknown := {*item["tables"]} - dict(places()).keys():
        return f"tables has {', '.join(unknown)}; expected roles such as spending-summary"
    try:
        for field in ("places", "side", "near", "same", "follows"):
            _ = [parse(address) for address in item.get(field, ())]
    except InputError as error:
        return f"{field}: {error}"
    return ""
