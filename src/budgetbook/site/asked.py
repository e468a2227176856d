"""The directive of the page on what others would compute from the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil

from docutils import nodes

from ..analysis import cube, projects
from ..analysis.performance import behind, ceilings
from ..analysis.reconstruction import groups, sections, units
from ..analysis.staff import operating_expenses, staff
from ..errors import InputError
from ..exact.linear import Bound
from ..exact.money import percent, side, yuan
from ..model.disclosure import TOTAL
from .directive import BudgetDirective

Rows = Iterator[Sequence[nodes.Node | str]]
_UNITS = {"own-unit": "own unit 本级", "institution": "institution 下属事业单位"}
_HARD = "\N{NO-BREAK SPACE}"
#: What the row of a change assumes of last year's heads → how many more than inferred.
_LAST_HEADS = {
    "change 增减": 0,
    "change, one head more last year 上年多一人": 1,
    "change, one head fewer last year 上年少一人": -1,
}
#: Table → what it says, its frame and what was done with it.
_CAPTIONS = {
    "sections": "Project money by project and section, yuan: projects.by_section(), least and most",
    "accounts": "Project money by project and account, yuan: projects.by_account(), least and most",
    "traces": "Totals that are no whole thousands, yuan: projects.traces(), with purchases added",
    "pockets": "Sections paid from both, yuan: reconstruction.sections(), shares of the sum",
    "workers": "Who works for the money, yuan: performance.ceilings(), budget divided by persons",
    "per_head": "Operating expenses, yuan: staff.operating_expenses(), divided by heads",
    "words": "Money behind words, yuan: performance.behind(), budget times share",
    "institution": "What its budget would print, yuan: cube.items_of() and staff.staff()",
}
_UNKNOWN = "not printed 未列示"
_MULTIPLE = "or a multiple 或其倍数"
#: Level of the cube → the reading that a figure of the institution needs, in a few words.
_RESTS = {
    "margins": "class 505 is the institution's alone 505类仅列下属事业单位",
    "units": "items named for a unit are that unit's alone 名称属某单位的科目仅列该单位",
    "accounts": "a contribution stands in its own item alone 缴费仅列于同名科目",
    "rates": "contributions follow their rates 缴费按费率计提",
    "division": "the own unit's part is assumed to divide as the rates do 假定本级部分按费率划分",
}


def span(bound: Bound) -> str:
    """Return what an amount can be, in yuan: `= x`, `≤ x` or `x to y`."""
    low, high = yuan(bound.low), yuan(bound.high)
    if bound.determined:
        return f"={_HARD}{high}"
    return f"{low} to {high}" if bound.low else f"≤{_HARD}{high}"


def with_total(rows: Mapping[str, Sequence[Fraction]]) -> Mapping[str, Sequence[Fraction]]:
    """Return rows of amounts with their total as the last, if there are any."""
    sums = [sum(column, Fraction(0)) for column in zip(*rows.values(), strict=True)]
    return {**rows, f"Total {TOTAL}": sums} if sums else rows


class Asked(BudgetDirective):
    """`{asked}` with the name of a table: one of those that others would make."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table, or a sentence where the disclosure does not give what it needs."""
        try:
            head, *body = getattr(self, f"_{self.arguments[0]}")()
        except InputError as error:
            return [nodes.paragraph("", str(error))]
        if not body:
            return [nodes.paragraph("", "Nothing that these figures could show 所印数字无可列示.")]
        caption = nodes.paragraph("", _CAPTIONS[self.arguments[0]], classes=["table-title"])
        return [caption, self.table([str(name) for name in head], [("", row) for row in body])]

    def _named(self, key: str) -> str:
        return self.names.named(key).both

    def _matrix(self, names: dict[str, str], *systems: projects.Cells) -> Rows:
        """Yield a row a project; where a later system narrows a cell, both stand in it."""
        yield ["Project 项目", *names.values()]
        for buyer in dict.fromkeys(buyer for buyer, _ in systems[0]):
            name = (
                self._named(buyer.key) if buyer.key else "No form in the text read 未见绩效目标表"
            )
            whose = _UNITS["own-unit" if buyer.own else "institution"]
            whose += "" if buyer.key else ", inferred 推断"
            cells = (dict.fromkeys(span(s[buyer, c]) for s in systems if s) for c in names)
            yield [f"{name} ({whose}: {yuan(buyer.budget)})", *(" → ".join(cell) for cell in cells)]

    def _sections(self) -> Rows:
        found = [projects.by_section(self.disclosure, by_unit=apart) for apart in (False, True)]
        return self._matrix({code: self._named(code) for _, code in found[0]}, *found)

    def _accounts(self) -> Rows:
        found, known = projects.by_account(self.disclosure), groups(self.disclosure, "project")
        names = {g.account: f"{self._named(g.account)} ({', '.join(g.sections)})" for g in known}
        return self._matrix(names, found)

    def _traces(self) -> Rows:
        yield "Total 合计数", "Yuan 元", "Beyond thousands 千元余数", "Whole with 加减后为整千"
        for address, amount, rest, bought in projects.traces(self.disclosure):
            fits = ", ".join(f"{'+' if b > 0 else ''}{yuan(b)}" for b in bought)
            table = self.disclosure.form.tables[address.table].words[0]
            named, figure = self._named(address.name), self.figure(yuan(amount), address)
            yield f"{table}, {named}", figure, yuan(rest), fits or "none 无"

    def _pockets(self) -> Rows:
        yield "Section 科目", "Basic 基本支出", "Project 项目支出", "Of both, project 项目占比"
        basic = sections(self.disclosure, "basic-by-economic", "total")
        project = sections(self.disclosure, "project-by-economic", "project")
        found = {self._named(c): (basic[c], project[c]) for c in basic if c in project}
        for name, (office, task) in with_total(found).items():
            yield name, yuan(office), yuan(task), percent(task, office + task)

    def _workers(self) -> Rows:
        yield "Who 人员", "How many 人数", "Yuan 元", "For each 人均"
        heads = sum(p.heads for p in staff(self.disclosure) if p.year == self.disclosure.year)
        paid = self.disclosure.amount("basic-by-economic", TOTAL, "personnel")
        if heads and paid:
            many, each = f"{side(heads)} {_MULTIPLE}", f"≤{_HARD}{yuan(Fraction(paid) / heads)}"
            yield "On the establishment 在编 (inferred 推算)", many, yuan(paid), each
        for project, price, budget, most in ceilings(self.disclosure):
            if most and most.unit == "人" and most.value and price and budget:
                few = ceil(Fraction(budget) * Fraction(most.value) / Fraction(price))
                if few <= most.value:
                    each = f"{yuan(budget / most.value)} to {yuan(budget / few)}"
                    many = f"{few} to {most.target}"
                    yield self._named(project.project), many, yuan(budget), each
        for claim in self.disclosure.claims:
            if claim["subject"] == "seconded-staff" and claim["kind"] == "count":
                called = self.names.row("claims", claim, "value").both
                yield f"{called} ({claim['year']})", str(claim["value"]), _UNKNOWN, _UNKNOWN

    def _per_head(self) -> Rows:
        yield (
            *("Unit 单位", "Year 年份"),
            *("Operating expenses 公用经费", "Heads 人数 (inferred 推算)"),
            *("For each 人均", "Under other goods and services 其他商品和服务支出"),
        )
        found = operating_expenses(self.disclosure)
        for one in found:
            under = f"{yuan(one.other)} ({percent(one.other, one.yuan)})" if one.other else ""
            amounts = yuan(one.yuan), side(one.heads), yuan(one.yuan / one.heads)
            yield _UNITS[one.unit], str(one.year), *amounts, under or _UNKNOWN
        own = [one for one in found if one.unit == "own-unit"]
        if len(own) > 1:
            for words, more in _LAST_HEADS.items():
                if own[0].heads + more < 1:
                    continue
                before = own[0]._replace(heads=own[0].heads + more)
                pairs = zip(
                    *((o.yuan, o.heads, o.yuan / o.heads) for o in (before, own[1])), strict=True
                )
                yield _UNITS["own-unit"], words, *(percent(b - a, a) for a, b in pairs), ""

    def _words(self) -> Rows:
        grades, states = ("Grades, {} 等级指标，{}", "States, {} 状态指标，{}")
        how = (("by points", "按分值"), ("by indicators", "按条数"))
        yield (
            *("Project 项目", "Budget 预算"),
            *(words.format(*by) for words in (grades, states) for by in how),
        )
        both = zip(behind(self.disclosure, "grade"), behind(self.disclosure, "state"), strict=True)
        found = {
            self._named(form.name): (Fraction(form.budget or 0), *graded, *stated)
            for (form, *graded), (_, *stated) in both
        }
        for name, (budget, *parts) in with_total(found).items():
            yield name, yuan(budget), *(f"{yuan(p)} ({percent(p, budget, 0)})" for p in parts)

    def _institution(self) -> Rows:
        yield "Figure of its own budget 单位预算中的数字", "Yuan 元", "Rests on 依据"
        split = {one.code: one.institution for one in units(self.disclosure)}
        named = {"basic": "Basic expenditure 基本支出", "project": "Project expenditure 项目支出"}
        yield f"Total {TOTAL}", yuan(sum(split.values())), _RESTS["margins"]
        for nature, amount in split.items():
            yield named[nature], yuan(amount), _RESTS["margins"]
            for cell in cube.items_of(self.disclosure, nature, "institution"):
                rests = _RESTS.get(cell.level, "bounds alone 仅有上下限")
                known = span(cell.bound).removeprefix(f"={_HARD}")
                yield self._named(cell.address.function), known, rests
        for one in staff(self.disclosure):
            if (one.unit, one.year) == ("institution", self.disclosure.year):
                yield "Contribution base 缴费基数", yuan(one.base), _RESTS["rates"]
                many = f"{side(one.heads)} {_MULTIPLE}"
                yield "Heads 人数", many, "medical care is one amount for each 医疗费人均相同"
