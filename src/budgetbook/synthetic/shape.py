"""Shapes of invented departments: how one differs from the published one (shapes.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True)
class Shape:
    """What a department is like; the defaults are the shape of the published one.

    - `institutions`: how many it has, `own_unit`: whether it has a unit of its own beside them,
      `section`: the functional section that it runs on;
    - `fund`, `carried`: money of a government fund and from the year before, in yuan;
    - `rates`: what it is charged, in per cent, where rates.csv knows nothing of it;
    - `absent`: tables that are listed and not printed; `empty`: tables printed without an amount
      (three-public, procurement, or project-targets: there is no project), all by role;
    - `unit`: of all printed amounts, 元 or 万元 with two decimals;
    - `formless`: how many projects have no form of targets;
    - `year`, `place`: its own, instead of invented ones.
    """

    institutions: int = 1
    own_unit: bool = True
    section: str = "21505"
    fund: int = 0
    carried: int = 0
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    absent: Sequence[str] = ()
    empty: Sequence[str] = ()
    unit: str = "元"
    formless: int = 0
    year: int = 0
    place: str = ""


#: The shape of the published department.
OURS = Shape()
_KEPT = json.loads(
    Path(__file__).with_name("shapes.json").read_text(encoding="utf-8"), parse_float=Decimal
)
#: Name of a shape → the shape, charged the rates that it names.
SHAPES: Mapping[str, Shape] = {
    name: Shape(**about | {"rates": _KEPT["rates"][about["rates"]] if "rates" in about else {}})
    for name, about in _KEPT["shapes"].items()
}
