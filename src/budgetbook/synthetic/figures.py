"""The tables of a planned department: each amount added up from the plan, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..exact.money import round_half_up
from ..package.beside import rows_beside
from .plan import CARRIED, FUND, GENERAL, Plan, Task, Unit

Row = dict[str, Any]
Amounts = dict[str, Decimal]

_ACCOUNTS = rows_beside(__file__, "accounts")
#: Names of the accounts, as the classifications print them.
NAMES = {row["code"]: row["name"] for row in _ACCOUNTS}
#: What the own unit spends by department section → the account of the government classification.
_GOVERNMENT = {row["code"]: row["government"] for row in _ACCOUNTS if row["government"]}


def added(amounts: Iterable[tuple[str, Decimal]]) -> Amounts:
    """Add amounts of the same code."""
    result: Amounts = {}
    for code, amount in amounts:
        result[code] = result.get(code, Decimal(0)) + amount
    return result


def rolled(amounts: Mapping[str, Decimal]) -> Amounts:
    """Add the sums of sections and classes to the amounts of items, in order of the codes."""
    result = added(
        (code[:n], amount)
        for code, amount in amounts.items()
        for n in (3, 5, 7)
        if n <= len(code) and (n < 7 or len(code) == 7)
    )
    return dict(sorted(result.items()))


def basic_items(units: Iterable[Unit]) -> Amounts:
    """Basic expenditure by functional item."""
    return added(pair for unit in units for pair in unit.items.items())


def tasks(plan: Plan, *money: str) -> list[Task]:
    """Return the projects that spend money of these kinds, all without any."""
    return [task for task in plan.tasks if task.money in (money or (GENERAL, FUND, CARRIED))]


def spent(plan: Plan, *money: str) -> Amounts:
    """Return what is spent of money of these kinds by functional account, all without any."""
    basic = basic_items(plan.now) if GENERAL in (money or (GENERAL,)) else {}
    return added([*basic.items(), *((t.item, t.budget) for t in tasks(plan, *money))])


def whole(plan: Plan, *money: str) -> Decimal:
    """Return all that is spent of money of these kinds, of all kinds without any."""
    return total(spent(plan, *money))


def economic(plan: Plan) -> Amounts:
    """Basic expenditure by department economic section."""
    pay = [pair for unit in plan.now for pair in unit.staff.economic.items()]
    return added([*pay, *(pair for unit in plan.now for pair in unit.goods.items())])


def government(plan: Plan) -> Amounts:
    """Basic expenditure by government economic section."""
    pairs: list[tuple[str, Decimal]] = []
    for unit in plan.now:
        pay, goods = unit.staff.economic.items(), unit.goods.items()
        if unit.own:
            pairs += [(_GOVERNMENT[code], amount) for code, amount in (*pay, *goods)]
        else:
            pairs += [("50501", amount) for _, amount in pay]
            pairs += [("50502", amount) for _, amount in goods]
    return added(pairs)


def project_economic(plan: Plan) -> Amounts:
    """Project expenditure by department economic section."""
    return added(pair for task in tasks(plan, GENERAL) for pair in task.spends.items())


def project_government(plan: Plan) -> Amounts:
    """Project expenditure by government economic section."""
    return added(
        (_GOVERNMENT[code] if task.own else "50502", amount)
        for task in tasks(plan, GENERAL)
        for code, amount in task.spends.items()
    )


def total(amounts: Mapping[str, Decimal]) -> Decimal:
    """Add up items that do not contain each other."""
    return sum(amounts.values(), Decimal(0))


def accounts(amounts: Mapping[str, Decimal], column: str) -> list[Row]:
    """Return the rows of a table of accounts with one column of amounts, the total first."""
    rows: list[Row] = [{"code": None, "name": "合计", column: total(amounts)}]
    return rows + [
        {"code": code, "name": NAMES[code], column: amount}
        for code, amount in rolled(amounts).items()
    ]


def functions(plan: Plan, *money: str) -> list[Row]:
    """Return the rows of table 5, for general public money, or those of other kinds of money."""
    money = money or (GENERAL,)
    basic = basic_items(plan.now) if GENERAL in money else {}
    project = added((task.item, task.budget) for task in tasks(plan, *money))
    before = added([*basic_items(plan.before).items(), *plan.prior_items.items()])
    items = {
        "prior_total": before if GENERAL in money else {},
        "basic": basic,
        "project": project,
        "total": added([*basic.items(), *project.items()]),
    }
    rows: list[Row] = [{"code": None, "name": "合计"} | {n: total(a) for n, a in items.items()}]
    columns = {name: rolled(amounts) for name, amounts in items.items()}
    for code in sorted({code for amounts in columns.values() for code in amounts}):
        found = {name: amounts.get(code) for name, amounts in columns.items()}
        rows.append({"code": code, "name": NAMES[code]} | found)
    for row in rows:
        row["growth"] = growth(row["total"] or Decimal(0), row["prior_total"] or Decimal(0), 0)
    return rows


def growth(now: Decimal, before: Decimal, decimals: int) -> Decimal | None:
    """Return the growth in %, rounded half up; None from nothing."""
    if not before:
        return None
    return round_half_up(Fraction(now - before) / Fraction(before) * 100, decimals)


def three_public(plan: Plan) -> Row:
    """Return the row of table 10."""
    row: Row = {}
    for prefix, units in (("", plan.now), ("prior_", plan.before)):
        goods = units[0].goods
        reception, running = (goods.get(code, Decimal(0)) for code in ("30217", "30231"))
        row |= {
            f"{prefix}reception": reception,
            f"{prefix}vehicle_running": running,
            f"{prefix}vehicles": running,
            f"{prefix}total": reception + running,
        }
    return row


#: Columns of table 4 → the kinds of money in them, and what income of each kind is called.
_COLUMNS = {"total": (), "general_public": (GENERAL, CARRIED), "government_fund": (FUND,)}
_SOURCES = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")


def ledger(table: str, plan: Plan) -> list[Row]:
    """Return the rows of table 1 or 4: income beside expenditure by class."""
    first = table == "budget-summary"
    budget, carried = whole(plan), whole(plan, CARRIED) or None
    sources = (whole(plan, GENERAL), whole(plan, FUND) or None, None)
    year = budget - (carried or 0)
    suffix, other = ("资金", "其他收入资金") if first else ("", None)
    named = [(f"{name}{suffix}", a) for name, a in zip(_SOURCES, sources, strict=True)]
    kinds = {column: rolled(spent(plan, *money)) for column, money in _COLUMNS.items()}
    whole_row = {column: whole(plan, *money) or None for column, money in _COLUMNS.items()}
    spends: list[tuple[str | None, Row]] = [
        (NAMES[code], {column: amounts.get(code) for column, amounts in kinds.items()})
        for code in kinds["total"]
        if len(code) == 3
    ]
    rows = max(4, len(spends))
    spends += [(None, {})] * (rows - len(spends)) + [("二、结转下年", {})]
    income = [*named, (other, None), *[(None, None)] * (rows - 4), ("二、上年结转", carried)]
    if first:
        income = [("合计", budget), ("一、本年收入合计", year), *income]
        spends = [("合计", whole_row), ("一、本年支出合计", whole_row), *spends]
    else:
        income = [("一、本年收入", year), *income, ("收入合计", budget)]
        spends = [("一、本年支出", whole_row), *spends, ("支出合计", whole_row)]
    return [
        {"income_item": a, "income": b, "expenditure_item": c, "expenditure": d.get("total")} | d
        for (a, b), (c, d) in zip(income, spends, strict=True)
    ]
