"""What if? Spend more or less, hire or lose staff, and see the budget and every check move.

A change is carried into every table that prints the money, up to the totals, with the growth
rates of table 5. The text is not rewritten: the checks that break then are the sentences that
would have to change with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..checks.places import all_of_one
from ..exact.money import round_half_up
from ..forms import plain
from ..model.address import Address
from ..model.classification import names
from ..model.disclosure import Disclosure
from ..model.payroll import Pay
from ..model.units import project_items
from ..package.beside import rows_beside
from ..package.store import Row
from .costs import places
from .staff import basic_pay, staff


class Move(NamedTuple):
    """Money added (or taken away, below zero), in yuan: where each classification has it.

    `form` is the form of table 17 whose project gets it; 0 for none.
    """

    nature: str
    item: str
    section: str
    account: str
    amount: Decimal
    form: int = 0


#: What a person costs, by the rate of rates.csv that charges it.
_CHARGED = {row["rate"]: row["cost"] for row in rows_beside(__file__, "places") if row["rate"]}


class Payroll(NamedTuple):
    """What this year's staff of one unit cost, in yuan: wages, contribution base, medical care.

    `basic` is the basic pay among the wages; `rates` are fractions by id of rates.csv.
    """

    unit: str
    wages: Fraction
    basic: Fraction
    base: Fraction
    care: Fraction
    rates: Mapping[str, Fraction]

    def amounts(self) -> dict[str, Decimal]:
        """Return each cost in yuan; a contribution is rounded half up to the cent.

        The housing fund of the own unit is charged on its wages, training and welfare on basic
        pay, all else on the base.
        """
        found = {"wages": self.wages - self.basic, "basic pay": self.basic}
        found["medical care"] = self.care
        charged = {"training": self.basic, "welfare": self.basic}
        if self.unit == "own-unit":
            charged["housing"] = self.wages
        for rate, what in _CHARGED.items():
            found[what] = self.rates[rate] * charged.get(rate, self.base)
        return {what: round_half_up(amount, 2) for what, amount in found.items()}


def payrolls(disclosure: Disclosure) -> list[tuple[Payroll, Fraction]]:
    """Return this year's payroll of each unit with its heads; empty where not identified."""
    pay = Pay(disclosure)
    wages = {"own-unit": pay.own_unit_wages, "institution": pay.institution_wages}
    basic, found = basic_pay(disclosure), []
    for person in staff(disclosure):
        if person.year == disclosure.year:
            paid = wages[person.unit].value(disclosure)
            if isinstance(paid, str) or not basic:
                return []
            amounts = paid, basic[person.unit], person.base, person.care
            found.append((Payroll(person.unit, *amounts, pay.rates), person.heads))
    return found


def hire(disclosure: Disclosure, unit: str, heads: int) -> list[Move]:
    """Return the moves that so many more heads in a unit make.

    A head more has the unit's average wages, basic pay and base, to the yuan; training and welfare
    follow basic pay. Other goods and union funds do not move, and what is paid beside basic pay
    stands in one section (places.csv). Empty where the staff is not identified.
    """
    moves = []
    for old, people in payrolls(disclosure):
        if old.unit == unit:
            names = ("wages", "basic", "base", "care")
            wholes = {name: getattr(old, name) for name in names}
            more = {
                n: w + heads * Fraction(round_half_up(w / people, 0)) for n, w in wholes.items()
            }
            moves += _between(disclosure, old, old._replace(**more))
    return moves


def raise_base(disclosure: Disclosure, unit: str, percent: Decimal) -> list[Move]:
    """Return the moves that a contribution base so many per cent higher makes in a unit.

    The new base is taken to the yuan. Contributions on the base follow it; wages do not, nor
    does a housing fund charged on wages. Empty where no base is identified.
    """
    moves = []
    for old, _ in payrolls(disclosure):
        if old.unit == unit:
            base = Fraction(round_half_up(old.base * (1 + Fraction(percent) / 100), 0))
            moves += _between(disclosure, old, old._replace(base=base))
    return moves


def set_rate(disclosure: Disclosure, rate: str, percent: Decimal) -> list[Move]:
    """Return the moves that another rate of one contribution makes in both units.

    `rate` is an id of rates.csv, all but union. Raises ValueError for another one. Empty where no
    base is identified.
    """
    if rate not in _CHARGED:
        raise ValueError(f"{rate} is not one of the rates {', '.join(_CHARGED)}")
    moves = []
    for old, _ in payrolls(disclosure):
        new = {**old.rates, rate: Fraction(percent) / 100}
        moves += _between(disclosure, old, old._replace(rates=new))
    return moves


def _between(disclosure: Disclosure, old: Payroll, new: Payroll) -> list[Move]:
    """Return what one payroll costs more than another, where each classification has it."""
    before, where = old.amounts(), places(disclosure)
    return [
        Move("basic", *where[new.unit, what], amount - before[what])
        for what, amount in new.amounts().items()
        if amount != before[what]
    ]


def fund(disclosure: Disclosure, item: str, amount: Decimal) -> list[Move]:
    """Return the move that gives a project item so many more yuan for commissioned services.

    Which section the money goes to is a choice of this function, and so is the project: the first
    of table 17 that the item's unit has. Raises ValueError if table 5 has no such item with
    project money.
    """
    rows = disclosure.tables["spending-by-function"]
    items = project_items(disclosure)
    units = {row["code"]: own for own in items for row in items[own]}
    if item not in {row["code"] for row in rows if row["project"]} & units.keys():
        table = disclosure.form.tables["spending-by-function"].words[0]
        raise ValueError(f"{item} is no item of {table} with project expenditure")
    is_own = disclosure.is_own
    forms = [p.form for p in disclosure.projects if is_own(p.unit) == units[item]]
    account = "50205" if units[item] else "50502"
    return [Move("project", item, "30227", account, amount, forms[0] if forms else 0)]


def spend(disclosure: Disclosure, moves: Sequence[Move]) -> Disclosure:
    """Return the disclosure with the money moved, in every table that prints it.

    An account that such a table does not print yet gets a row there, without a line.
    """
    for move in moves:
        tables = {
            name: _moved(disclosure, name, rows, move) for name, rows in disclosure.tables.items()
        }
        more = {name: len(rows) - len(disclosure.tables[name]) for name, rows in tables.items()}
        listing = [
            {**entry, "rows": entry["rows"] + more[entry["table"]]}
            if more.get(entry["table"])
            else entry
            for entry in disclosure.listing
        ]
        disclosure = replace(disclosure, tables=tables, listing=listing)
    return disclosure


def _moved(disclosure: Disclosure, table: str, rows: Sequence[Row], move: Move) -> tuple[Row, ...]:
    rows = _opened(disclosure, table, rows, move)
    classes = {
        plain(row["name"])
        for row in disclosure.tables["spending-by-function"]
        if row["code"] and len(row["code"]) == 3 and move.item.startswith(row["code"])
    }
    result = []
    for row in rows:
        columns = _columns(disclosure, table, row, move, classes)
        new = {**row, **{c: (row[c] or Decimal(0)) + move.amount for c in columns}}
        if table == "spending-by-function" and columns and isinstance(row["growth"], Decimal):
            rate = Fraction(new["total"] - row["prior_total"]) / Fraction(row["prior_total"])
            new["growth"] = round_half_up(rate * 100, 0)
        result.append(new)
    return tuple(result)


def _opened(disclosure: Disclosure, table: str, rows: Sequence[Row], move: Move) -> list[Row]:
    """Return the rows, with a blank one for each account of a move that a table does not print."""
    found, known = list(rows), {row.get("code") for row in rows}
    for code in (move.account, move.section):
        for account in (code[:3], code):
            new = dict.fromkeys(rows[0] if rows else ()) | {"code": account, "name": ""}
            if account not in known and _columns(disclosure, table, new, move, set()):
                new["name"] = names(disclosure).get(account, ("", account))[1]
                at = sum((row["code"] or "") < account for row in found)
                found.insert(at, new)
    return found


def _columns(
    disclosure: Disclosure, table: str, row: Row, move: Move, classes: set[str]
) -> list[str]:
    """Return the columns of a row that hold the money of a move."""
    basic = move.nature == "basic"

    def holds(code: str) -> bool:  # an account, one above it, or the total
        named = disclosure.form.wording.is_total(row["name"] or "")
        return named or bool(row["code"] and code.startswith(row["code"]))

    match table:
        case "spending-summary" | "spending-by-function":
            return [move.nature, "total"] if holds(move.item) else []
        case "basic-by-economic" if basic:
            part = "personnel" if move.section.startswith("301") else "public_funds"
            return ["total", part] if holds(move.section) else []
        case "project-by-economic" if not basic:
            return ["project"] if holds(move.section) else []
        case "basic-by-government" | "project-by-government" if basic == (
            table == "basic-by-government"
        ):
            return [move.nature] if holds(move.account) else []
        case "budget-summary" | "appropriations":
            whole = [a.column for a in all_of_one(disclosure) if _stands(disclosure, a, row)]
            names = ["expenditure"] if table == "budget-summary" else ["total", "general_public"]
            return whole + (names if plain(row["expenditure_item"] or "") in classes else [])
        case "department-targets":
            return ["second_amount"] if row["second_amount"] is not None else []
        case "project-targets" if row["form"] == move.form:
            return [c for c in ("amount", "second_amount") if row[c] is not None]
    return []


def _stands(disclosure: Disclosure, address: Address, row: Row) -> bool:
    found = disclosure.at(address)
    return found is not None and found[0] is row
