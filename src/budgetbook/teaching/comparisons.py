"""Compares what a program compares without reading: numbers side by side, words by a pattern.

The checks of the book leave targets and prose to people. What a rule of a line or two finds in
them is no reading either, so an error that one of these names alone is of level 2, not above.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import permutations

from ..model.address import parse
from ..model.disclosure import Disclosure
from .draft import Printed

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile("[零一二三四五六七八九十百千万两]+")
#: Words of a rise and of a fall.
_UP, _DOWN = re.compile("[增升涨扩新多]"), re.compile("[减降停压取少]")
_YEARS = re.compile("上年度|上一年度|去年|前年|下年度")
Forms = Mapping[str, Mapping[str, str]]
Rule = Callable[[Printed], Iterable[str]]


def numbers(text: str) -> list[int]:
    """Return the numbers that a text spells in Chinese, 1200 for 一千二百."""
    return [_value(found[0]) for found in _NUMBER.finditer(text)]


def _value(text: str) -> int:
    high, wan, low = text.rpartition("万")
    whole, digit = _value(high or "一") * 10_000 if wan else 0, 0
    for letter in low:
        if letter in _POWERS:
            whole += (digit or 1) * _POWERS[letter]
            digit = 0
        else:
            digit = _DIGITS[letter]
    return whole + digit


def forms(text: str) -> Forms:
    """Return the prose of each project's form of a printed text: project → label → words."""
    found: dict[str, dict[str, str]] = {}
    mine: dict[str, str] = {}
    for line in text.splitlines():
        label, _, rest = line.partition("\t")
        words = rest.partition("\t")[0]
        if label == "专项资金名称":
            mine = found.setdefault(words, {})
        elif label in ("项目概况", "立项依据", "当年绩效目标") and words:
            mine[label] = words
    return found


def _targets(found: Disclosure, unit: str) -> Iterator[tuple[str, str, Decimal, str]]:
    """Yield project, relation, target and address of the indicators whose unit begins so."""
    for each in found.indicators:
        if each.form and each.value is not None and (each.unit or "").startswith(unit):
            yield each.project, each.relation, each.value, str(each.address)


def beyond_all(printed: Printed) -> Iterator[str]:
    """Shares of more than all."""
    for _, _, value, address in _targets(printed.disclosure, "%"):
        if value > 100:
            yield address


def costs_at_least(printed: Printed) -> Iterator[str]:
    """Costs that are to be reached, not kept."""
    for _, relation, _, address in _targets(printed.disclosure, "元/"):
        if relation == "≥":
            yield address


def _first(found: Disclosure) -> dict[str, tuple[Decimal, str]]:
    """Return the number that each project promises, and its address."""
    first: dict[str, tuple[Decimal, str]] = {}
    for project, _, value, address in _targets(found, ""):
        first.setdefault(project, (value, address))
    return first


def prices(printed: Printed) -> Iterator[str]:
    """Costs of each that, times the number, are far from the budget."""
    found = printed.disclosure
    budgets, first = {p.name: p.budget for p in found.projects}, _first(found)
    for project, _, price, address in _targets(found, "元/"):
        budget = budgets.get(project)
        if budget and not budget / 2 < price * first[project][0] < budget * 2:
            yield address


def goals(printed: Printed) -> Iterator[str]:
    """Numbers of which the goal of the form spells another."""
    first = _first(printed.disclosure)
    for project, words in forms(printed.sheet.text).items():
        told = numbers(words.get("当年绩效目标", "").rpartition("达到")[2])
        if project in first and told and told[0] != first[project][0]:
            yield first[project][1]


def years(printed: Printed) -> Iterator[str]:
    """Goals that name another year."""
    goal = {p.name: p.address for p in printed.disclosure.projects}
    for project, words in forms(printed.sheet.text).items():
        if project in goal and _YEARS.search(words.get("当年绩效目标", "")):
            row = (*goal[project].row[:-1], "goal")
            yield str(goal[project]._replace(row=row, column=""))


def both_forms(printed: Printed) -> Iterator[str]:
    """Targets of the department that the form of a project has otherwise."""
    theirs: dict[str, Decimal] = {}
    for each in printed.disclosure.indicators:
        if each.form and each.value is not None:
            cost = each.unit == "万元"
            theirs.setdefault(f"{each.project}投入" if cost else each.name, each.value)
    for each in printed.disclosure.indicators:
        ours = not each.form and "满意" not in each.name
        if ours and theirs.get(each.name, each.value) != each.value:
            yield str(each.address)


def reckoned(printed: Printed) -> Iterator[str]:
    """Numbers that no product and sum of the numbers in the description come to."""
    divisions = next(
        (
            int(claim["value"])
            for claim in printed.disclosure.claims
            if claim["subject"] == "internal-divisions"
        ),
        1,
    )
    first = _first(printed.disclosure)
    for project, words in forms(printed.sheet.text).items():
        told = words.get("项目概况", "")
        if project in first and first[project][0] not in _reach(told, divisions):
            yield first[project][1]


def _reach(text: str, divisions: int) -> set[int]:
    """Return what two numbers of a text multiply to, with or without others times or beside it."""
    told = numbers(text)
    found: set[int] = set()
    times = {*told, *range(2, 13), divisions, divisions + 1, divisions + 2}
    for each in set(told):
        for part in (0, *told):
            for way in (-1, 1):
                for beside in (0, *told, *(-n for n in told)):
                    found |= {each * (n + way * part) + beside for n in times}
    return found


def bought(printed: Printed) -> Iterator[str]:
    """Purchases that no product and sum of the numbers in the basis of the form come to."""
    prose = forms(printed.sheet.text)
    for row in printed.disclosure.tables.get("procurement", ()):
        told = numbers(prose.get(str(row["project"]).partition("-")[2], {}).get("立项依据", ""))
        if told and row["total"] not in _sums(told):
            yield str(printed.disclosure.address(row).of_row)


def _sums(told: list[int]) -> set[int]:
    products = {a * b for a, b in permutations(told, 2)}
    beside = {0, *told, *(-n for n in told)}
    return {p + one + other for p in products for one in beside for other in beside}


def contrary(printed: Printed) -> Iterator[str]:
    """Reasons with a word of the opposite direction alone."""
    for claim in printed.disclosure.claims:
        if claim["kind"] == "change" and claim["reasons"]:
            line = printed.sheet.lines[claim["line"] - 1]
            words = re.split("。|，其中", line.rpartition("主要原因是")[2])[0]
            up, down = _UP.search(words), _DOWN.search(words)
            rose = claim["direction"] == "increase"
            if (down and not up) if rose else (up and not down):
                yield claim["id"]


RULES: tuple[Rule, ...] = (
    *(beyond_all, costs_at_least, prices, goals, years, both_forms),
    *(reckoned, bought, contrary),
)


def alone(printed: Printed, wrong: Iterable[str], known: Iterable[str]) -> bool:
    """Whether a rule names one of the rows `wrong` and, but for those `known`, nothing else."""
    mine, passed = set(wrong), set(known)
    for rule in RULES:
        named = {str(parse(address).of_row) for address in rule(printed)} - passed
        if named and named <= mine:
            return True
    return False
