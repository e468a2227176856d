"""Shapes of invented departments: how one differs from the published department, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Shape:
    """What a department is like; the defaults are the shape of the published one.

    - `institutions`: how many it has, `section`: the functional section that it runs on;
    - `fund`, `carried`: money of a government fund and from the year before, in yuan;
    - `rates`: what it is charged, in per cent, where rates.csv knows nothing of it;
    - `absent`: tables that are listed and not printed; `empty`: tables printed without an amount
      (three-public, procurement, or project-targets: there is no project), all by role;
    - `unit`: of all printed amounts, 元 or 万元 with two decimals;
    - `formless`: how many projects have no form of targets;
    - `year`, `place`: its own, instead of invented ones.
    """

    institutions: int = 1
    section: str = "21505"
    fund: int = 0
    carried: int = 0
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    unit: str = "元"
    formless: int = 0
    year: int = 0
    place: str = ""


#: The shape of the published department.
OURS = Shape()
_OTHER_RATES = {
    **{"pension": Decimal(16), "annuity": Decimal(8), "medical": Decimal("7.5")},
    **{"supplement": Decimal("0.8"), "small": Decimal("0.4"), "housing": Decimal(8)},
    **{"training": Decimal("2.5"), "welfare": Decimal(2), "union": Decimal("1.6")},
}

#: Name of a shape → the shape.
SHAPES: Mapping[str, Shape] = {
    "as published": OURS,
    "no institution": Shape(institutions=0),
    "two institutions": Shape(institutions=2),
    "seven institutions": Shape(institutions=7),
    "another functional class": Shape(section="20113"),
    "money of a fund": Shape(fund=100_000),
    "money carried over": Shape(carried=250_000),
    "other rates": Shape(rates=_OTHER_RATES),
    "another city and year": Shape(rates=_OTHER_RATES, place="青川市临江区", year=2024),
    "tables not printed": Shape(absent=("basic-by-government", "three-public", "procurement")),
    "forms not printed": Shape(absent=("department-targets", "project-targets")),
    "tables printed empty": Shape(empty=("three-public", "procurement")),
    "no projects": Shape(empty=("project-targets", "procurement")),
    "projects without forms": Shape(formless=2),
    "in ten thousands of yuan": Shape(unit="万元"),
    "all of it": Shape(
        institutions=2,
        section="20113",
        fund=300_000,
        carried=40_000,
        rates=_OTHER_RATES,
        absent=("appropriations", "project-by-economic"),
        empty=("three-public",),
        unit="万元",
        formless=1,
        year=2019,
        place="青川市临江区",
    ),
}
