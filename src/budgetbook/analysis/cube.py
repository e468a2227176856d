"""The cube: function × economic section × unit. What of it do the printed tables determine?

No table prints a cell of the cube, only its margins: by function (table 5), by department
economic section (tables 6 and 8), by government account, which tells the units apart (tables 7
and 9). Step by step, assumptions are added, each named in LEVELS; for every cell it is known at
which of them it is determined, and its exact bounds where it is not. Amounts are in yuan.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..exact.linear import Bound, Contradiction, Equation, bounds, total
from ..forms import plain
from ..messages import message
from ..model.classification import INSTITUTIONS, crosswalk
from ..model.disclosure import Disclosure, once
from ..model.payroll import Pay
from .reconstruction import ECONOMIC, sections

#: What carries a cell, weakest assumption first.
LEVELS = {
    message("margins"): message(
        "the printed margins and the crosswalk between the two classifications"
    ),
    message("units"): message("items named for organs or institutions are that unit's alone"),
    message("accounts"): message(
        "a contribution stands in the item that is named for it, and in no other"
    ),
    message("rates"): message(
        "contributions, training and welfare follow the rates that this book states"
    ),
    message("division"): message(
        "what the own unit's money leaves for pension and annuity divides as their rates"
    ),
}
UNITS = ("own-unit", "institution")
_OF_UNIT = dict.fromkeys(("行政运行", "行政单位医疗", "一般行政管理事务"), "own-unit")
_OF_UNIT |= dict.fromkeys(("事业运行", "事业单位医疗"), "institution")
#: Functional item → the department sections that it alone holds.
_NAMED = {"2080505": ("30108",), "2080506": ("30109",), "2210201": ("30113",)}
_MEDICAL = ("2101101", "2101102")
_MEDICAL_ONLY = ("30110", "30114")
_MEDICAL_TOO = "30112"
#: Rate → the section that it is charged in: those that test a base, and the two that give one.
_TESTED = {"medical": "30110", "supplement": _MEDICAL_TOO, "small": _MEDICAL_TOO}
_DIVIDED = {"pension": "30108", "annuity": "30109"}


class Address(NamedTuple):
    """A cell of the cube."""

    function: str
    economic: str
    unit: str


@dataclass(frozen=True)
class CubeCell:
    """A cell with its final bounds in yuan, and the level that determines it (empty: none)."""

    address: Address
    level: str
    bound: Bound


def cube(disclosure: Disclosure, nature: str) -> list[CubeCell]:
    """Return the cells of basic or project expenditure that can hold money.

    Nothing is returned where the printed margins do not fit together, are rounded to 万元, or are
    not all printed.
    """
    return list(_cube(disclosure, nature))


@once
def _cube(disclosure: Disclosure, nature: str) -> Sequence[CubeCell]:
    department, _, government = ECONOMIC[nature]
    tables = "spending-by-function", department, government
    printed = disclosure.tables.keys() >= set(tables)
    if not printed or any(disclosure.half_unit(table) for table in tables):
        return []
    equations = list(_margins(disclosure, nature))
    everything = {a for form, _ in equations for a in form if isinstance(a, Address)}
    known: dict[Hashable, str] = {}
    found: Mapping[Hashable, Bound] = {}
    for level in LEVELS:
        equations += _added(disclosure, nature, level, everything)
        try:
            found = bounds(equations)
        except Contradiction:
            return []
        for unknown, bound in found.items():
            if bound.determined:
                known.setdefault(unknown, level)
    return [
        CubeCell(address, known.get(address, ""), found[address])
        for address in sorted(everything)
        if found[address].high
    ]


def _margins(disclosure: Disclosure, nature: str) -> Iterator[Equation]:
    department, column, _ = ECONOMIC[nature]
    economic = sections(disclosure, department, column)
    functions = sections(disclosure, "spending-by-function", nature, 7)
    for function, amount in functions.items():
        yield total([Address(function, e, u) for e in economic for u in UNITS], amount)
    for code, amount in economic.items():
        yield total([Address(f, code, u) for f in functions for u in UNITS], amount)
    for unit, codes, amount in _groups(disclosure, nature):
        yield total([Address(f, e, unit) for f in functions for e in codes], amount)
    for unit in UNITS:
        held = {code for u, codes, _ in _groups(disclosure, nature) if u == unit for code in codes}
        none = [Address(f, e, unit) for f in functions for e in economic if e not in held]
        if none:
            yield total(none, Fraction(0))


def _groups(disclosure: Disclosure, nature: str) -> list[tuple[str, list[str], Fraction]]:
    """Return (unit, department sections, amount) of each government section."""
    department, column, government = ECONOMIC[nature]
    known = sections(disclosure, department, column)
    table = crosswalk(disclosure)
    result = []
    for code, amount in sections(disclosure, government, nature).items():
        unit = "institution" if code.startswith(INSTITUTIONS) else "own-unit"
        result.append((unit, [e for e in table.get(code, ()) if e in known], amount))
    return result


def _added(
    disclosure: Disclosure, nature: str, level: str, cells: set[Address]
) -> Iterator[Equation]:
    """Yield the equations that an assumption adds."""
    names = {row["code"]: plain(row["name"]) for row in disclosure.tables["spending-by-function"]}
    if level == "units":
        nothing = [a for a in cells if _OF_UNIT.get(names[a.function], a.unit) != a.unit]
        yield from _left_to_unit(disclosure, nature, names, cells)
    elif level == "accounts" and nature == "basic":
        nothing = [address for address in cells if not _allowed(address)]
    else:
        nothing = []
    if nothing:
        yield total(nothing, Fraction(0))
    if level == "rates" and nature == "basic":
        yield from _charged(disclosure, cells)
    if level == "division" and nature == "basic":
        yield from _contributions(disclosure, cells, "own-unit", _DIVIDED)


def _left_to_unit(
    disclosure: Disclosure, nature: str, names: Mapping[str, str], cells: set[Address]
) -> Iterator[Equation]:
    """Yield, for each unit, what the items that are its alone leave of its money to the others."""
    functions = sections(disclosure, "spending-by-function", nature, 7)
    for unit in UNITS:
        whole = sum((a for u, _, a in _groups(disclosure, nature) if u == unit), Fraction(0))
        own = {f for f in functions if _OF_UNIT.get(names[f]) == unit}
        others = [a for a in cells if a.unit == unit and a.function not in own]
        yield total(others, whole - sum((functions[f] for f in own), Fraction(0)))


def _allowed(address: Address) -> bool:
    """Whether a section may stand in a functional item, by the names of both."""
    named = {code for codes in _NAMED.values() for code in codes}
    if address.function in _NAMED:
        return address.economic in _NAMED[address.function]
    if address.function in _MEDICAL:
        return address.economic in (*_MEDICAL_ONLY, _MEDICAL_TOO)
    return address.economic not in (*named, *_MEDICAL_ONLY)


def _charged(disclosure: Disclosure, cells: set[Address]) -> Iterator[Equation]:
    """Yield what the rates say of each unit's contributions.

    The institution's pension and annuity are what the own unit's leave, for they need not stand
    on the base of its other contributions. Of the own unit's the sum alone is known.
    """
    pay = Pay(disclosure)
    if not pay.known:
        return
    for unit in UNITS:
        yield from _contributions(disclosure, cells, unit, _TESTED)
    basic = pay.government("50203").value(disclosure)
    if isinstance(basic, Fraction) and basic:
        amount = basic / pay.rates["training"]
        for code, share in (("30101", Fraction(1)), ("30229", pay.rates["welfare"])):
            where = [a for a in cells if (a.economic, a.unit) == (code, "own-unit")]
            yield total(where, amount * share)


def _contributions(
    disclosure: Disclosure, cells: set[Address], unit: str, charged: Mapping[str, str]
) -> Iterator[Equation]:
    """Yield each of some contributions (rate → department section) of a unit on its base."""
    pay = Pay(disclosure)
    for rate, code in charged.items() if pay.known else ():
        where = [
            a
            for a in cells
            if (a.economic, a.unit) == (code, unit)
            and (code != _MEDICAL_TOO or (rate == "supplement") == (a.function in _MEDICAL))
        ]
        yield total(where, Fraction(pay.charge(rate, pay.base(unit)).value(disclosure)))


def money(cells: list[CubeCell]) -> dict[str, tuple[int, Decimal]]:
    """Return, for each level, how many cells it determines and how much money is in them.

    The key is empty for the cells that stay open; their money is what no level determines.
    """
    result = {level: (0, Decimal(0)) for level in (*LEVELS, "")}
    for cell in cells:
        count, amount = result[cell.level]
        low = Decimal(cell.bound.low.numerator) / Decimal(cell.bound.low.denominator)
        result[cell.level] = (count + 1, amount + (low if cell.level else Decimal(0)))
    return result


def items_of(disclosure: Disclosure, nature: str, unit: str) -> list[CubeCell]:
    """Return what each functional item of one unit is, as a cell without an economic section.

    Its bounds are in yuan. An item that is the unit's alone is `units`, whatever is known of its
    cells; another has the level of its weakest cell.
    """
    found, result, order = cube(disclosure, nature), [], [*LEVELS, ""]
    for code, amount in sections(disclosure, "spending-by-function", nature, 7).items():
        ours = [c for c in found if (c.address.function, c.address.unit) == (code, unit)]
        alone = not any(c.address.function == code for c in found if c not in ours)
        low = sum((c.bound.low for c in ours), Fraction(0))
        high = sum((c.bound.high or amount for c in ours), Fraction(0))
        if ours:
            bound = Bound(amount, amount) if alone else Bound(low, min(high, amount))
            level = "units" if alone else max((c.level for c in ours), key=order.index)
            result.append(CubeCell(Address(code, "", unit), level, bound))
    return result
