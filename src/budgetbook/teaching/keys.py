"""The key of one student: what is wrong and what is right in a department, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..model.address import CLAIMS, parse
from .decoys import Decoy
from .planting import Measured, Planting
from .stock import by_id

Key = dict[str, Any]


def where(address: str) -> str:
    """Return the table that an address lies in, or the section of the text, by its role."""
    place = parse(address)
    return place.row[0] if place.table in (CLAIMS, "tables") else place.table


def key(planting: Planting, chosen: Sequence[Decoy], student: str, token: str) -> Key:
    """Return the key of a student as what JSON can hold: errors by level, decoys, what fails."""
    return {
        "student": student,
        "token": token,
        "office": planting.draft.plan.office,
        "errors": [_error(n, error) for n, error in enumerate(planting.errors, 1)],
        "decoys": [_decoy(n, decoy) for n, decoy in enumerate(chosen, 1)],
        "failing": sorted(planting.failing),
    }


def _error(number: int, error: Measured) -> Key:
    fault = error.fault
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
        "side": list(fault.side),
        "else": by_id("types")[fault.type]["else"],
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
