"""The tables of a planned department: each amount added up from the plan, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..exact.money import round_half_up
from .plan import GOODS, Plan, Unit

Row = dict[str, Any]
Amounts = dict[str, Decimal]

#: Names of the accounts, as the classifications print them.
NAMES = {
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "2101102": "事业单位医疗",
    "215": "资源勘探工业信息等支出",
    "21505": "工业和信息产业",
    "2150501": "行政运行",
    "2150502": "一般行政管理事务",
    "2150517": "产业发展",
    "2150550": "事业运行",
    "2150599": "其他工业和信息产业支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "30107": "绩效工资",
    "30108": "机关事业单位基本养老保险缴费",
    "30109": "职业年金缴费",
    "30110": "职工基本医疗保险缴费",
    "30112": "其他社会保障缴费",
    "30113": "住房公积金",
    "30114": "医疗费",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30205": "水费",
    "30206": "电费",
    "30207": "邮电费",
    "30209": "物业管理费",
    "30211": "差旅费",
    "30213": "维修(护)费",
    "30214": "租赁费",
    "30216": "培训费",
    "30217": "公务接待费",
    "30226": "劳务费",
    "30227": "委托业务费",
    "30228": "工会经费",
    "30229": "福利费",
    "30231": "公务用车运行维护费",
    "30239": "其他交通费用",
    "30299": "其他商品和服务支出",
    "310": "资本性支出",
    "31022": "无形资产购置",
    "501": "机关工资福利支出",
    "50101": "工资奖金津补贴",
    "50102": "社会保障缴费",
    "50103": "住房公积金",
    "50199": "其他工资福利支出",
    "502": "机关商品和服务支出",
    "50201": "办公经费",
    "50203": "培训费",
    "50205": "委托业务费",
    "50206": "公务接待费",
    "50208": "公务用车运行维护费",
    "50209": "维修（护）费",
    "50299": "其他商品和服务支出",
    "503": "机关资本性支出",
    "50399": "其他资本性支出",
    "505": "对事业单位经常性补助",
    "50501": "工资福利支出",
    "50502": "商品和服务支出",
}
_PAY = {"30108": "50102", "30109": "50102", "30110": "50102", "30112": "50102"} | {
    "30113": "50103",
    "30114": "50199",
}


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


def project_items(plan: Plan) -> Amounts:
    """Project expenditure by functional item."""
    return added(("2150502" if t.own else "2150599", t.budget) for t in plan.tasks)


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
            pairs += [(_PAY.get(code, "50101"), amount) for code, amount in pay]
            pairs += [(GOODS[code], amount) for code, amount in goods]
        else:
            pairs += [("50501", amount) for _, amount in pay]
            pairs += [("50502", amount) for _, amount in goods]
    return added(pairs)


def project_economic(plan: Plan) -> Amounts:
    """Project expenditure by department economic section."""
    return added(pair for task in plan.tasks for pair in task.spends.items())


def project_government(plan: Plan) -> Amounts:
    """Project expenditure by government economic section."""
    return added(
        (GOODS[code] if task.own else "50502", amount)
        for task in plan.tasks
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


def functions(plan: Plan) -> list[Row]:
    """Return the rows of table 5; those of table 3 are the ones with money this year."""
    basic, project = basic_items(plan.now), project_items(plan)
    before = added([*basic_items(plan.before).items(), *plan.prior_items.items()])
    columns = {
        "prior_total": rolled(before),
        "basic": rolled(basic),
        "project": rolled(project),
        "total": rolled(added([*basic.items(), *project.items()])),
    }
    whole = {
        "prior_total": total(before),
        "basic": total(basic),
        "project": total(project),
        "total": total(basic) + total(project),
    }
    rows: list[Row] = [{"code": None, "name": "合计"} | whole]
    for code in sorted({code for amounts in columns.values() for code in amounts}):
        found = {name: amounts.get(code) for name, amounts in columns.items()}
        rows.append({"code": code, "name": NAMES[code]} | found)
    for row in rows:
        row["growth"] = growth(row["total"] or Decimal(0), row["prior_total"], 0)
    return rows


def growth(now: Decimal, before: Decimal, decimals: int) -> Decimal:
    """Return the growth in %, rounded half up."""
    return round_half_up(Fraction(now - before) / Fraction(before) * 100, decimals)


def three_public(plan: Plan) -> Row:
    """Return the row of table 10."""
    row: Row = {}
    for prefix, units in (("", plan.now), ("prior_", plan.before)):
        own = next(unit for unit in units if unit.own)
        row |= {
            f"{prefix}reception": own.goods["30217"],
            f"{prefix}vehicle_running": own.goods["30231"],
            f"{prefix}vehicles": own.goods["30231"],
            f"{prefix}total": own.goods["30217"] + own.goods["30231"],
        }
    return row


def ledger(table: str, whole: Sequence[Row]) -> list[Row]:
    """Return the rows of table 1 or 4: income beside expenditure by class."""
    budget = whole[0]["total"]
    classes = [r for r in whole if r["code"] and len(r["code"]) == 3 and r["total"] is not None]
    funds = ("政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    income: list[tuple[str | None, Decimal | None]]
    spent: list[tuple[str | None, Decimal | None]]
    if table == "budget-summary":
        income = [
            ("合计", budget),
            ("一、本年收入合计", budget),
            ("一般公共预算财政拨款资金", budget),
            *((f"{name}资金", None) for name in funds),
            ("其他收入资金", None),
            ("二、上年结转", None),
        ]
        spent = [("合计", budget), ("一、本年支出合计", budget)]
        spent += [(row["name"], row["total"]) for row in classes]
        spent += [(None, None)] * (6 - len(spent)) + [("二、结转下年", None)]
        return [
            {"income_item": a, "income": b, "expenditure_item": c, "expenditure": d}
            for (a, b), (c, d) in zip(income, spent, strict=True)
        ]
    income = [("一、本年收入", budget), ("一般公共预算财政拨款", budget)]
    income += [(name, None) for name in funds] + [(None, None)]
    income += [("二、上年结转", None), ("收入合计", budget)]
    spent = [("一、本年支出", budget), *((row["name"], row["total"]) for row in classes)]
    spent += [(None, None)] * (5 - len(spent)) + [("二、结转下年", None), ("支出合计", budget)]
    return [
        {"income_item": a, "income": b, "expenditure_item": c, "total": d, "general_public": d}
        for (a, b), (c, d) in zip(income, spent, strict=True)
    ]
