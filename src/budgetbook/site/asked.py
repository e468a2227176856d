"""The directive of the page on what others would compute from the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from math import ceil

from docutils import nodes

from ..analysis import cube, projects
from ..analysis.performance import behind, ceilings
from ..analysis.reconstruction import groups, sections, units
from ..analysis.staff import operating_expenses, staff
from ..errors import InputError
from ..exact.linear import Bound
from ..exact.money import percent, side, yuan
from ..messages import message, said
from ..model.disclosure import TOTAL
from ..show.tables import OPERATION
from .directive import BudgetDirective

Rows = Iterator[Sequence[nodes.Node | str]]
_UNITS = {
    "own-unit": message("own unit 本级"),
    "institution": message("institution 下属事业单位"),
}
#: Whether a project has a printed form, and who buys → what its row is called.
_BUYERS = {
    (True, "own-unit"): message("{project:text} (own unit 本级: {budget:text})"),
    (True, "institution"): message("{project:text} (institution 下属事业单位: {budget:text})"),
    (False, "own-unit"): message(
        "No form in the text read 未见绩效目标表 (own unit 本级, inferred 推断: {budget:text})"
    ),
    (False, "institution"): message(
        "No form in the text read 未见绩效目标表 "
        "(institution 下属事业单位, inferred 推断: {budget:text})"
    ),
}
_HARD = "\N{NO-BREAK SPACE}"
#: What the row of a change assumes of last year's heads → how many more than inferred.
_LAST_HEADS = {
    message("change 增减"): 0,
    message("change, one head more last year 上年多一人"): 1,
    message("change, one head fewer last year 上年少一人"): -1,
}
#: Table → what it says, its frame and what was done with it.
_CAPTIONS = {
    "sections": message(
        "Project money by project and section, yuan: projects.by_section(), least and most "
        "各项目按款的金额上下限，元"
    ),
    "accounts": message(
        "Project money by project and account, yuan: projects.by_account(), least and most "
        "各项目按科目的金额上下限，元"
    ),
    "traces": message(
        "Totals that are no whole thousands, yuan: projects.traces(), with purchases added "
        "非整千元的合计数，加减采购金额，元"
    ),
    "pockets": message(
        "Sections paid from both, yuan: reconstruction.sections(), shares of the sum "
        "基本支出与项目支出均有的款及占比，元"
    ),
    "workers": message(
        "Who works for the money, yuan: performance.ceilings(), budget divided by persons "
        "预算对应的人员及人均，元"
    ),
    "per_head": message(
        "Operating expenses, yuan: staff.operating_expenses(), divided by heads 公用经费及人均，元"
    ),
    "words": message(
        "Money behind words, yuan: performance.behind(), budget times share "
        "文字型指标对应的金额，元"
    ),
    "institution": message(
        "What its budget would print, yuan: cube.items_of() and staff.staff() "
        "单位预算应印出的数字，元"
    ),
}
_UNKNOWN = message("not printed 未列示")
_MULTIPLE = message("{heads:text} or a multiple 或其倍数")
_RANGE = message("{low:text} to {high:text}")
#: Level of the cube → the reading that a figure of the institution needs, in a few words.
_RESTS = {
    "margins": message("class 505 is the institution's alone 505类仅列下属事业单位"),
    "units": message("items named for a unit are that unit's alone 名称属某单位的科目仅列该单位"),
    "accounts": message("a contribution stands in its own item alone 缴费仅列于同名科目"),
    "rates": message("contributions follow their rates 缴费按费率计提"),
    "division": message(
        "the own unit's part is assumed to divide as the rates do 假定本级部分按费率划分"
    ),
}
_BOUNDS = message("bounds alone 仅有上下限")


#: Table → the place of its row of totals.
_TOTALS = {"pockets": -1, "words": -1, "institution": 0}


def span(bound: Bound) -> str:
    """Return what an amount can be, in yuan: `= x`, `≤ x` or `x to y`."""
    low, high = yuan(bound.low), yuan(bound.high)
    if bound.determined:
        return f"={_HARD}{high}"
    return said(_RANGE, low=low, high=high) if bound.low else f"≤{_HARD}{high}"


def with_total(rows: Mapping[str, Sequence[Fraction]]) -> Mapping[str, Sequence[Fraction]]:
    """Return rows of amounts with their total as the last, if there are any."""
    sums = [sum(column, Fraction(0)) for column in zip(*rows.values(), strict=True)]
    return {**rows, said("Total 合计"): sums} if sums else rows


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
            nothing = said("Nothing that these figures could show 所印数字无可列示.")
            return [nodes.paragraph("", nothing)]
        rows, total = [("", row) for row in body], _TOTALS.get(self.arguments[0])
        return [
            _caption(said(_CAPTIONS[self.arguments[0]])),
            self.table([str(name) for name in head], rows, total=total),
        ]

    def _named(self, key: str) -> str:
        return self.names.named(key).both

    def _matrix(self, names: dict[str, str], *systems: projects.Cells) -> Rows:
        """Yield a row a project; where a later system narrows a cell, both stand in it."""
        yield [said("Project 项目"), *names.values()]
        for buyer in dict.fromkeys(buyer for buyer, _ in systems[0]):
            words = _BUYERS[bool(buyer.key), "own-unit" if buyer.own else "institution"]
            project = self._named(buyer.key) if buyer.key else ""
            cells = (dict.fromkeys(span(s[buyer, c]) for s in systems if s) for c in names)
            name = said(words, project=project, budget=yuan(buyer.budget))
            yield [name, *(" → ".join(cell) for cell in cells)]

    def _sections(self) -> Rows:
        found = [projects.by_section(self.disclosure, by_unit=apart) for apart in (False, True)]
        return self._matrix({code: self._named(code) for _, code in found[0]}, *found)

    def _accounts(self) -> Rows:
        found, known = projects.by_account(self.disclosure), groups(self.disclosure, "project")
        names = {g.account: f"{self._named(g.account)} ({', '.join(g.sections)})" for g in known}
        return self._matrix(names, found)

    def _traces(self) -> Rows:
        yield (
            *(said("Total 合计数"), said("Yuan 元")),
            *(said("Beyond thousands 千元余数"), said("Whole with 加减后为整千")),
        )
        for address, amount, rest, bought in projects.traces(self.disclosure):
            fits = ", ".join(f"{'+' if b > 0 else ''}{yuan(b)}" for b in bought)
            table = self.disclosure.form.tables[address.table].words[0]
            named, figure = self._named(address.name), self.figure(yuan(amount), address)
            yield f"{table}, {named}", figure, yuan(rest), fits or said("none 无")

    def _pockets(self) -> Rows:
        yield (
            *(said("Section 科目"), said("Basic 基本支出")),
            *(said("Project 项目支出"), said("Of both, project 项目占比")),
        )
        basic = sections(self.disclosure, "basic-by-economic", "total")
        project = sections(self.disclosure, "project-by-economic", "project")
        found = {self._named(c): (basic[c], project[c]) for c in basic if c in project}
        for name, (office, task) in with_total(found).items():
            yield name, yuan(office), yuan(task), percent(task, office + task)

    def _workers(self) -> Rows:
        yield said("Who 人员"), said("How many 人数"), said("Yuan 元"), said("For each 人均")
        heads = sum(p.heads for p in staff(self.disclosure) if p.year == self.disclosure.year)
        paid = self.disclosure.amount("basic-by-economic", TOTAL, "personnel")
        if heads and paid:
            each = f"≤{_HARD}{yuan(Fraction(paid) / heads)}"
            many = said(_MULTIPLE, heads=side(heads))
            yield said("On the establishment 在编 (inferred 推算)"), many, yuan(paid), each
        for project, price, budget, most in ceilings(self.disclosure):
            if most and most.unit == "人" and most.value and price and budget:
                few = ceil(Fraction(budget) * Fraction(most.value) / Fraction(price))
                if few <= most.value:
                    each = said(_RANGE, low=yuan(budget / most.value), high=yuan(budget / few))
                    many = said(_RANGE, low=str(few), high=most.target)
                    yield self._named(project.project), many, yuan(budget), each
        for claim in self.disclosure.claims:
            if claim["subject"] == "seconded-staff" and claim["kind"] == "count":
                called = self.names.row("claims", claim, "value").both
                unknown = said(_UNKNOWN)
                yield called, str(claim["value"]), unknown, unknown

    def _per_head(self) -> Rows:
        yield (
            *(said("Unit 单位"), said("Year 年份")),
            *(said("Operating expenses 公用经费"), said("Heads 人数 (inferred 推算)")),
            *(said("For each 人均"), said("Under other goods and services 其他商品和服务支出")),
        )
        found = operating_expenses(self.disclosure)
        for one in found:
            under = f"{yuan(one.other)} ({percent(one.other, one.yuan)})" if one.other else ""
            amounts = yuan(one.yuan), side(one.heads), yuan(one.yuan / one.heads)
            yield said(_UNITS[one.unit]), str(one.year), *amounts, under or said(_UNKNOWN)
        own = [one for one in found if one.unit == "own-unit"]
        if len(own) > 1:
            for words, more in _LAST_HEADS.items():
                if own[0].heads + more < 1:
                    continue
                before = own[0]._replace(heads=own[0].heads + more)
                pairs = zip(
                    *((o.yuan, o.heads, o.yuan / o.heads) for o in (before, own[1])), strict=True
                )
                unit = said(_UNITS["own-unit"])
                yield unit, said(words), *(percent(b - a, a) for a, b in pairs), ""

    def _words(self) -> Rows:
        yield (
            *(said("Project 项目"), said("Budget 预算")),
            said("Grades, by points 等级指标，按分值"),
            said("Grades, by indicators 等级指标，按条数"),
            said("States, by points 状态指标，按分值"),
            said("States, by indicators 状态指标，按条数"),
        )
        both = zip(behind(self.disclosure, "grade"), behind(self.disclosure, "state"), strict=True)
        found = {
            self._named(form.name): (Fraction(form.budget or 0), *graded, *stated)
            for (form, *graded), (_, *stated) in both
        }
        for name, (budget, *parts) in with_total(found).items():
            yield name, yuan(budget), *(f"{yuan(p)} ({percent(p, budget, 0)})" for p in parts)

    def _institution(self) -> Rows:
        yield (
            said("Figure of its own budget 单位预算中的数字"),
            said("Yuan 元"),
            said("Rests on 依据"),
        )
        split = {one.code: one.institution for one in units(self.disclosure)}
        basic, project = said("Basic expenditure 基本支出"), said("Project expenditure 项目支出")
        named = {"basic": basic, "project": project}
        margins = said(_RESTS["margins"])
        yield said("Total 合计"), yuan(sum(split.values())), margins
        for nature, amount in split.items():
            yield named[nature], yuan(amount), margins
            for cell in cube.items_of(self.disclosure, nature, "institution"):
                rests = said(_RESTS.get(cell.level, _BOUNDS))
                known = span(cell.bound).removeprefix(f"={_HARD}")
                yield self._named(cell.address.function), known, rests
        for one in staff(self.disclosure):
            if (one.unit, one.year) == ("institution", self.disclosure.year):
                yield said("Contribution base 缴费基数"), yuan(one.base), said(_RESTS["rates"])
                many = said(_MULTIPLE, heads=side(one.heads))
                same = said("medical care is one amount for each 医疗费人均相同")
                yield said("Heads 人数"), many, same


def _caption(text: str) -> nodes.paragraph:
    """Return the caption of a table, the operations that it names as code."""
    names = OPERATION.findall(text)
    words = [nodes.Text(part) for part in OPERATION.split(text)]
    codes = [*(nodes.literal("", name) for name in names), nodes.Text("")]
    pairs = zip(words, codes, strict=True)
    return nodes.paragraph("", "", *chain.from_iterable(pairs), classes=["table-title"])
