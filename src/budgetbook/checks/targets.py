"""Checks of performance tables 绩效目标表: weights, money, goals, targets set twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..disclosure import Disclosure, Indicator
from ..layout import plain
from .cells import when_printed
from .check import Check, Relation
from .expressions import Cell, Claim, Constant, Count, Expression, Product, total

#: Unit of a target that is an amount of money → yuan.
MONEY_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_GOAL = "当年绩效目标"


def weights(disclosure: Disclosure) -> Iterator[Check]:
    """The weights of one form add up to 100, and to the same in all forms of one table."""
    for table, forms in _forms(disclosure).items():
        first = _weight(table, next(iter(forms.values())))
        for form, mine in forms.items():
            name = mine[0].project or "the department"
            yield _check(
                f"weights.{table}.{form}",
                "weights",
                f"the weights of {name} add up to 100",
                "指标权重之和为100",
                "an indicator left out, or a misprinted weight",
                _weight(table, mine),
                Constant(100),
            )
            if form > 1:
                yield _check(
                    f"weights.{table}.{form}.same",
                    "weights",
                    f"the weights of {name} add up to what those of the first form add up to",
                    "各表指标权重之和相同",
                    "an indicator left out of one form, whatever the sum is meant to be",
                    _weight(table, mine),
                    first,
                )


def _forms(disclosure: Disclosure) -> dict[str, dict[int, list[Indicator]]]:
    forms: dict[str, dict[int, list[Indicator]]] = {}
    for indicator in disclosure.indicators:
        table = _table(indicator.form)
        forms.setdefault(table, {}).setdefault(indicator.form, []).append(indicator)
    return forms


def _table(form: int) -> str:
    """Return the table that a form is printed in: the department's has the number nought."""
    return "table-17" if form else "table-15"


def _weight(table: str, indicators: Sequence[Indicator]) -> Expression:
    return total([_of(table, indicator, "weight") for indicator in indicators])


def ceilings(disclosure: Disclosure) -> Iterator[Check]:
    """The cost ceilings of a project stay within its budget."""
    for project in disclosure.projects:
        mine = [i for i in disclosure.indicators if i.form == project.form and i.relation == "≤"]
        terms: list[Expression] = [
            Product(_of("table-17", i, "target"), Constant(MONEY_UNITS[i.unit]))
            for i in mine
            if i.unit in MONEY_UNITS
        ]
        for rate in mine:
            money, _, per = rate.unit.partition("/")
            volume = next((i for i in mine if per and i.unit == per), None)
            if money in MONEY_UNITS and volume:
                price = Product(_of("table-17", rate, "target"), Constant(MONEY_UNITS[money]))
                terms.append(Product(price, _of("table-17", volume, "target")))
        if terms:
            yield _check(
                f"ceilings.form-{project.form}",
                "money and targets",
                f"the cost ceilings of {project.name} stay within its budget",
                f"{project.name}的成本指标上限不超过其预算",
                "a ceiling that cannot bind, or one carried over from a larger budget",
                total(terms),
                Cell("table-17", project.line, "amount", project.name),
                "≤",
            )


def goals(disclosure: Disclosure) -> Iterator[Check]:
    """Goals and indicators speak of the same things, with the same numbers."""
    goal_lines = {
        row["line"]: row["form"]
        for row in disclosure.tables.get("table-17", ())
        if plain(row["label"] or "") == _GOAL
    }
    for claim in disclosure.claims:
        form = goal_lines.get(claim["line"])
        if form and claim["kind"] in ("count", "rate"):
            yield _check(
                f"goals.{claim['id']}",
                "goals and indicators",
                "a number in the goal is the target of an indicator of the same form",
                "目标中的数字有同值的指标",
                "a promise that nothing measures",
                Constant(1),
                Count(f"indicators of form {form} with the target of {claim['id']}", _like(claim)),
                "≤",
            )
    for row in disclosure.reference.get("goal-parts", ()):
        yield _check(
            f"goals.{row['id']}",
            "goals and indicators",
            f"an indicator measures this part of the goal: {row['part_en']}",
            f"目标内容有对应指标：{row['part_zh']}",
            "a promise that nothing measures",
            Constant(1),
            when_printed(
                disclosure,
                _table(row["form"]),
                Count(f"indicators for: {row['part_en']}", _naming(row["form"], row["words"])),
            ),
            "≤",
            "book-usage",
        )
    parts = disclosure.reference.get("goal-parts", ())
    for form in sorted({row["form"] for row in parts}):
        words = [w for row in parts if row["form"] == form for w in row["words"].split("|")]
        yield _check(
            f"goals.attached.{form}",
            "goals and indicators",
            f"every indicator of form {form} measures a part of its goal",
            "每个指标都对应目标内容",
            "an indicator that no promise stands behind",
            when_printed(
                disclosure,
                _table(form),
                Count(
                    f"indicators of form {form} that name no part of the goal", _loose(form, words)
                ),
            ),
            Constant(0),
            source="book-usage",
        )
    for row in disclosure.reference.get("same-targets", ()):
        yield _check(
            f"twice.{row['id']}",
            "goals and indicators",
            f"one quantity has one target in both places: {row['what_en']}",
            f"同一事项两处目标一致：{row['what_zh']}",
            "the same quantity promised twice, differently",
            _place(disclosure, row["first"]),
            _place(disclosure, row["second"]),
            source="book-usage",
        )
    for row in disclosure.tables.get("table-17", ()):
        if plain(row["label"] or "") == _GOAL and row["sha256"]:
            yield _check(
                f"goals.own-words.{row['form']}",
                "wording",
                "the goal is not the project's description again, word for word",
                "绩效目标与项目概况文字不相同",
                "a goal that only describes the project",
                Count(f"texts that line {row['line']} repeats", _repeats(row["line"])),
                Constant(0),
                source="disclosure",
            )
            yield _check(
                f"goals.year.{row['form']}",
                "wording",
                "the goal names no other year than that of the budget",
                "绩效目标未提及其他年度",
                "a goal left over from another year",
                Count(f"other years in line {row['line']}", _other_years(row["line"])),
                Constant(0),
                source="disclosure",
            )


def _like(claim: dict[str, object]) -> Callable[[Disclosure], int]:
    def count(d: Disclosure) -> int:
        stated = next((c for c in d.claims if c["id"] == claim["id"]), None)
        forms = {r["line"]: r["form"] for r in d.tables["table-17"]}
        form = forms.get(claim["line"])
        return sum(
            bool(stated) and i.form == form and i.value == stated["value"]  # type: ignore[index]
            for i in d.indicators
        )

    return count


def _naming(form: int, words: str) -> Callable[[Disclosure], int]:
    """Return what counts the indicators of a form whose name has one of the words."""
    return lambda d: sum(
        i.form == form and any(word in i.name for word in words.split("|")) for i in d.indicators
    )


def _loose(form: int, words: Sequence[str]) -> Callable[[Disclosure], int]:
    """Return what counts the indicators of a form whose name has none of the words."""
    return lambda d: sum(
        i.form == form and not any(word in i.name for word in words) for i in d.indicators
    )


def _other_years(line: int) -> Callable[[Disclosure], int]:
    return lambda d: sum(
        c["line"] == line and c["kind"] == "year" and c["value"] != d.year for c in d.claims
    )


def _repeats(line: int) -> Callable[[Disclosure], int]:
    return lambda d: sum(
        bool(row["same_as"]) for row in d.tables["table-17"] if row["line"] == line
    )


def _place(disclosure: Disclosure, place: str) -> Expression:
    resource, _, where = place.partition(":")
    if resource == "claims":
        return Claim(where)
    indicator = next((i for i in disclosure.indicators if str(i.line) == where), None)
    return Cell(resource, int(where), "target", indicator.name if indicator else f"line={where}")


def _of(table: str, indicator: Indicator, column: str) -> Cell:
    return Cell(table, indicator.line, column, indicator.name)


def _check(
    where: str,
    family: str,
    english: str,
    chinese: str,
    guards: str,
    left: Expression,
    right: Expression,
    relation: Relation = "=",
    source: str = "arithmetic",
) -> Check:
    return Check(where, family, english, chinese, guards, left, right, relation, source)
