"""The text before the tables: sentences of our own that state the planned figures."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..exact.money import round_half_up
from . import figures
from .plan import CARRIED, FUND, GENERAL, Plan
from .sheet import Figure, Row, Sheet, short

#: What a sentence is made of.
Part = str | Figure
_WORDS = {"more-staff": "人员的增加", "austerity": "过紧日子", "work-plan": "工作业务计划"}
_TERMS = (
    "（一）基本支出：单位日常运转的开支，分人员经费和公用经费。",
    "（二）项目支出：为一项专门任务安排的开支，任务完成即止。",
    "（三）“三公”经费：出国（境）、公务用车和公务接待三项开支的合称。",
)
_VEHICLES = {
    "leaders": "领导干部用车",
    "communication": "机要通信用车",
    "emergency": "应急保障用车",
    "enforcement": "执法执勤用车",
    "special": "特种专业技术用车",
    "other": "其他用车",
}


def tell_story(sheet: Sheet, plan: Plan, damage: Collection[str] = ()) -> None:
    """Print the sections of the text, every figure a claim, clean or damaged."""
    story = _Story(sheet, plan, damage)
    sheet.gap()
    sheet.line(plan.office)
    sheet.gap()
    sheet.line(f"{plan.year}年部门预算说明")
    sheet.gap()
    story.unit()
    story.totals()
    story.details()
    story.three_public()
    story.other()
    sheet.section("terms")
    for term in _TERMS:
        sheet.say(term)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return round_half_up(Fraction(part) / Fraction(whole) * 100, 1)


class _Story:
    """The sentences, section by section."""

    def __init__(self, sheet: Sheet, plan: Plan, damage: Collection[str]) -> None:
        self.sheet, self.plan, self.damage = sheet, plan, damage
        self.rows = figures.functions(plan)
        self.every = figures.functions(plan, GENERAL, FUND, CARRIED)
        self.whole = self.every[0]

    def year(self, back: int = 0) -> Figure:
        """A year that a sentence names."""
        value = self.plan.year - back
        subject = "prior-year" if back else "budget-year"
        more = {"year": None, "value": Decimal(value), "unit": "年", "decimals": 0}
        return Figure(f"{value}年", "year", subject, **more)

    def amount(self, subject: str, amount: Decimal, **more: Any) -> Figure:
        """An amount, given in yuan and printed in the unit of the sheet."""
        text, about = self._money(amount)
        return Figure(text, "amount", subject, **about, **more)

    def _money(self, amount: Decimal) -> tuple[str, Row]:
        text, unit = short(self.sheet.amount(amount)), self.sheet.unit
        decimals = len(text.partition(".")[2])
        return f"{text}{unit}", {"value": Decimal(text), "unit": unit, "decimals": decimals}

    def share(self, subject: str, part: Decimal, **more: Any) -> Figure:
        """A share of the whole, in % with one decimal."""
        value = _share(part, self.whole["total"])
        about = {"value": value, "unit": "%", "decimals": 1}
        return Figure(f"占{value}%", "share", subject, **about, **more)

    def count(self, subject: str, value: int, unit: str = "个", **more: Any) -> Figure:
        """Something counted."""
        about = {"value": Decimal(value), "unit": unit, "decimals": 0}
        return Figure(f"{value}{unit}", "count", subject, **about, **more)

    def change(self, subject: str, change: Decimal, reason: str = "", **more: Any) -> Figure:
        """An increase or a decrease, given in yuan; nothing is an increase by 0."""
        compared = {"base_year": self.plan.year - 1, "reasons": reason or None}
        direction, word = ("increase", "增加") if change >= 0 else ("decrease", "减少")
        text, about = self._money(abs(change))
        about |= {"direction": direction}
        return Figure(f"{word}{text}", "change", subject, **about, **compared, **more)

    def explained(self, subject: str, change: Decimal, of: str, otherwise: str) -> list[Part]:
        """A change and its reason, that of the plan or another; nothing has no reason."""
        if not change:
            return [self.change(subject, change)]
        code, words = self.plan.reasons.get(of) or (otherwise, _WORDS[otherwise])
        return [self.change(subject, change, code), f"，主要原因是{words}"]

    def level(self, subject: str, **more: Any) -> Figure:
        """The words that nothing changed."""
        compared = {"base_year": self.plan.year - 1}
        return Figure("，与上年持平", "change", subject, direction="unchanged", **compared, **more)

    def unit(self) -> None:
        """Section one: the department and its parts."""
        self.sheet.section("about")
        if self.plan.duty:
            self.sheet.say(f"本局负责{self.plan.duty}。")
        if "stray word" in self.damage:
            self.sheet.say("- 1.管理 and 服务。")
            detail = "and: kept, a foreign word in the sentence"
            self.sheet.repair(len(self.sheet.lines) - 1, "stray-word", None, detail)
        if "lone number" in self.damage:
            line = len(self.sheet.lines) + 1
            self.sheet.say("- 2.", "做好其他工作。", cut=1)
            self.sheet.repair(line, "lone-number", None, "2.: kept, its text is below")
        divisions = self.count("internal-divisions", self.plan.divisions)
        self.sheet.say("本局内设", divisions, "科室，下属事业单位", self.institutions(), "。")

    def institutions(self) -> Figure:
        """How many institutions there are, which the text says twice."""
        return self.count("institutions", sum(not unit.own for unit in self.plan.now))

    def totals(self) -> None:
        """Section two: income and expenditure, by class."""
        say, budget = self.sheet.say, self.whole["total"]
        self.sheet.section("totals")
        change = budget - self.whole["prior_total"]
        general, within = figures.whole(self.plan, GENERAL), {"within": "income"}
        share = self.share("income-general-public", general, **within)
        if general == budget:
            full = {"value": Decimal(100), "unit": "%", "decimals": 0}
            share = Figure("占100%", "share", "income-general-public", **full, **within)
        say(
            *("（一）收入：", self.year(), "收入", self.amount("income", budget)),
            *("，其中：一般公共预算财政拨款收入",),
            self.amount("income-general-public", general, **within),
            share,
            *("。收入较", self.year(1), *self.explained("income", change, "whole", "work-plan")),
            "。",
        )
        parts: list[Part] = []
        for row in self.every:
            if row["total"] and row["code"] and len(row["code"]) == 3:
                about = {"code": row["code"], "within": "expenditure"}
                parts += ["、" if parts else "", row["name"]]
                parts += [self.amount("function", row["total"], **about)]
                parts += [self.share("function", row["total"], **about)]
        say(
            *("（二）支出：", self.year(), "支出", self.amount("expenditure", budget)),
            *("，其中：", *parts, "。支出较", self.year(1)),
            *(*self.explained("expenditure", change, "whole", "work-plan"), "。"),
        )

    def details(self) -> None:
        """Section three: by nature, then item by item."""
        say = self.sheet.say
        self.sheet.section("explanation")
        say("1.按支出属性说明")
        personnel = sum(
            (a for c, a in figures.economic(self.plan).items() if c < "302"), Decimal(0)
        )
        basic, project = self.whole["basic"], self.whole["project"]
        more = self.whole["total"] - self.rows[0]["total"]
        changes = {"basic": Decimal(0), "project": more}
        for row in self.items():
            changes["project" if row["basic"] is None else "basic"] += _change(row)
        usual = "more-staff" if changes["basic"] > 0 else "work-plan"
        whole: list[Part] = [
            *("（1）基本支出", self.amount("basic", basic), "，", self.share("basic", basic)),
            *("，较", self.year(1), *self.explained("basic", changes["basic"], "basic", usual)),
            "，" if changes["basic"] else "。",
        ]
        say(
            *(*whole, "其中：人员经费"),
            self.amount("personnel", personnel, within="basic"),
            "；公用经费",
            self.amount("public-funds", basic - personnel, within="basic"),
            "。",
            cut=len(whole) if "cut paragraph" in self.damage else 0,
        )
        usual = "work-plan" if changes["project"] > 0 else "austerity"
        say(
            *("（2）项目支出", self.amount("project", project), "，"),
            *(self.share("project", project), "，较", self.year(1)),
            *(*self.explained("project", changes["project"], "project", usual), "。"),
        )
        say("2.按支出功能科目说明")
        for nth, row in enumerate(self.items(), 1):
            self._item(nth, row)
        self._other_budgets()

    def _other_budgets(self) -> None:
        """Say what the government fund spends, and that the state capital does not."""
        say = self.sheet.say
        fund, budgets = figures.whole(self.plan, FUND), [("国有资本经营预算", "state-capital")]
        if fund:
            spent = self.amount("government-fund", fund)
            say(self.year(), "政府性基金预算支出", spent, "。")
        else:
            budgets.insert(0, ("政府性基金预算", "government-fund"))
        for budget, subject in budgets:
            nothing = Figure("", "none", subject)
            say(self.year(), f"无使用{budget}拨款安排的支出。", nothing)

    def items(self) -> list[Row]:
        """The functional items of table 5."""
        return [row for row in self.rows if len(row["code"] or "") == 7]

    def _item(self, nth: int, row: Row) -> None:
        names = figures.NAMES
        code, change = row["code"], _change(row)
        path = f"{names[code[:3]]}（类）{names[code[:5]]}（款）{names[code]}（项）"
        now = row["total"] or Decimal(0)
        about = {"code": code}
        parts: list[Part] = [f"（{nth}）{path}", self.year()]
        parts += ["预算数为", self.amount("function", now, **about)]
        if not change:
            self.sheet.say(*parts, self.level("function", **about), "。")
            return
        if row["basic"] is not None:
            usual = "more-staff" if change > 0 else "work-plan"
        else:
            usual = "work-plan" if change > 0 else "austerity"
        reason, words = self.plan.reasons.get(code) or (usual, _WORDS[usual])
        rate = figures.growth(now, row["prior_total"] or Decimal(0), 1)
        parts += ["，较", self.year(1), self.change("function", change, reason, **about)]
        if rate is None:
            self.sheet.say(*parts, f"。主要原因是{words}。")
            return
        direction, word = ("increase", "增长") if change > 0 else ("decrease", "下降")
        grown = {"value": abs(rate), "unit": "%", "decimals": 1, "direction": direction}
        grown |= {"base_year": self.plan.year - 1, "reasons": reason}
        parts += ["，", Figure(f"{word}{abs(rate)}%", "growth", "function", **grown, **about)]
        self.sheet.say(*parts, f"。主要原因是{words}。")

    def three_public(self) -> None:
        """Section four."""
        self.sheet.section("three-public")
        public = figures.three_public(self.plan)
        amounts = [
            ("abroad", "因公出国（境）费用", Decimal(0)),
            ("reception", "公务接待费", public["reception"]),
            ("vehicle-running", "公务用车运行维护费", public["vehicle_running"]),
            ("vehicle-purchase", "公务用车购置费", Decimal(0)),
        ]
        whole = sum((amount for *_, amount in amounts), Decimal(0))
        parts: list[Part] = [self.year(), "“三公”经费预算"]
        parts += [self.amount("three-public", whole), self.level("three-public"), "。其中："]
        for nth, (subject, name, amount) in enumerate(amounts):
            within = {"within": "three-public"}
            parts += ["；" if nth else "", name, self.amount(subject, amount, **within)]
            parts += [self.level(subject, **within)]
        self.sheet.say(*parts, "。")

    def other(self) -> None:
        """Section five: operating funds, procurement, projects, vehicles."""
        say, plan = self.sheet.say, self.plan
        self.sheet.section("other-matters")
        say("（一）机关运行经费。本局下属事业单位", self.institutions(), "。")
        if plan.now[0].own:
            self._operating_funds()
        bought = sum((task.buys for task in plan.buyers), Decimal(0))
        parts: list[Part] = ["（二）政府采购。"]
        for subject, name in (
            ("procurement", "政府采购预算总额"),
            ("procurement-general-public", "其中一般公共预算财政拨款政府采购"),
        ):
            part = {"within": "procurement"} if name.startswith("其中") else {}
            parts += [name, self.amount(subject, bought, **part), "（政府采购货物预算"]
            parts += [self.amount("procurement-goods", bought, within=subject)]
            for kind, words in (("works", "工程"), ("services", "服务")):
                parts += [f"、政府采购{words}预算"]
                parts += [self.amount(f"procurement-{kind}", Decimal(0), within=subject)]
            parts += ["）。"]
        say(*parts)
        self._projects()
        owned = int(figures.three_public(plan)["vehicles"] > 0)
        self._vehicles("vehicles", owned, "共有车辆")
        self._vehicles("vehicles-bought", 0, "购置车辆")

    def _operating_funds(self) -> None:
        now, before = (units[0].goods.values() for units in (self.plan.now, self.plan.before))
        funds = sum(now, Decimal(0))
        more = funds - sum(before, Decimal(0))
        change = self.explained("operating-funds", more, "operating-funds", "work-plan")
        amount = self.amount("operating-funds", funds)
        self.sheet.say(self.year(), *self.scope(), amount, "，较上年", *change, "。")

    def scope(self) -> list[Part]:
        """Say of which units the operating funds are stated."""
        if not self.plan.scope:
            return ["机关运行经费"]
        named = "机关运行经费财政拨款预算"
        if self.plan.scope == "own":
            return [f"本级的{named}"]
        number = self.count("institutions", len(self.plan.now) - 1, "家")
        return ["本局及", number, f"下属单位的{named}"]

    def _projects(self) -> None:
        forms = self.plan.forms
        general = [task for task in forms if task.money == GENERAL]
        money = sum((task.budget for task in forms), Decimal(0))
        part = sum((task.budget for task in general), Decimal(0))
        within = {"within": "projects"}
        self.sheet.say(
            *("（三）绩效目标。", self.year(), "涉及项目", self.count("projects", len(forms))),
            *("，涉及当年财政拨款", self.amount("projects", money)),
            "（其中当年一般公共预算财政拨款安排项目",
            self.count("projects-general-public", len(general), **within),
            "，金额",
            self.amount("projects-general-public", part, **within),
            "）。纳入重点绩效目标评价的项目",
            self.count("projects-key", 0),
            "。纳入一般绩效目标评价的项目",
            self.count("projects-ordinary", len(forms)),
            "，金额",
            self.amount("projects-ordinary", money),
            "。",
        )

    def _vehicles(self, subject: str, number: int, words: str) -> None:
        parts: list[Part] = [f"全局{words}", self.count(subject, number, "辆"), "，其中，"]
        for nth, (code, name) in enumerate(_VEHICLES.items()):
            mine = number if code == "emergency" else 0
            figure = self.count(f"vehicles-{code}", mine, "辆", within=subject)
            parts += ["、" if nth else "", name, figure]
        self.sheet.say(*parts, "。")


def _change(row: Row) -> Decimal:
    change: Decimal = (row["total"] or Decimal(0)) - (row["prior_total"] or Decimal(0))
    return change
