"""Compare the rules with what readers say of indicators that the rules have not seen.

The rules of the rubric stand beside two readers, those of the dimensions beside the author.

The indicators and the judgements are in unseen/, whose README says how they came about. The result
is book/results/agreement.json, which the book shows.
"""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from results import save, table

import budgetbook
from budgetbook.analysis import dimensions, rubric
from budgetbook.analysis.agreement import agree
from budgetbook.exact.money import round_half_up
from budgetbook.model.address import Address
from budgetbook.model.disclosure import Indicator

HERE = Path(__file__).parent
RESULT = HERE.parent / "book" / "results" / "agreement.json"
#: The criteria that ask for something in the name: what the form has no column for is not there.
IN_THE_NAME = ("baseline", "method")
#: Whether a goal is served is ruled by words that a reader takes from each goal: no rule is left.
LEFT_OUT = ("relevant",)
_APART = "Where they differ 不一致之处"
_ANSWERS = {True: "yes", False: "no", None: "open"}


class Answer(NamedTuple):
    """What the rule and each reader say of one criterion of one indicator: yes, no or open."""

    indicator: str
    criterion: str
    rule: str
    author: str
    reader: str


def rows(name):
    """Return the rows of one file of unseen/."""
    with (HERE / "unseen" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def indicator(row):
    """Return an indicator of unseen/ as the rules read one of a disclosure."""
    address = Address("project-targets", (row["form"], row["name"]))
    parts = (row["unit"], row["relation"], row["target"])
    return Indicator(1, row["form"], row["name"], Decimal(row["weight"]), *parts, False, 0, address)


def answers(disclosure):
    """Return the answers to each criterion where the rule and both readers find the question."""
    names = {row["id"]: indicator(row) for row in rows("indicators")}
    ruled = {
        (name, one.criterion): "no"
        if one.met is None and one.criterion in IN_THE_NAME
        else _ANSWERS[one.met]
        for name, found in names.items()
        for one in rubric.rules(disclosure, found)
    }
    return [
        Answer(names[row["indicator"]].name, row["criterion"], rule, row["author"], row["reader"])
        for row in rows("judgements")
        if row["criterion"] not in LEFT_OUT and row["author"] and row["reader"]
        for rule in [ruled[row["indicator"], row["criterion"]]]
    ]


def assigned():
    """Return each indicator with its dimension by rule and by its author, who decides."""
    return [
        dimensions.Assignment(found, dimensions.by_rule(found), row["dimension"], True, "")
        for row in rows("indicators")
        for found in [indicator(row)]
    ]


def kappa(same):
    """Return Cohen's kappa in print; a dash where both give one answer to all."""
    return "–" if same.kappa is None else str(round_half_up(same.kappa, 2)).replace("-", "−")


def first_run(question):
    """Return what agreed when the rules first ran, before any was changed."""
    return next(row for row in rows("first-run") if row["question"] == question)


def by_dimension():
    """Return how often rule and author agree on the dimension, and where they differ."""
    found = assigned()
    same = dimensions.agreement(found)
    head = ["Indicators 指标", "Same dimension 维度相同"]
    head += ["Cohen's kappa", "Same, first run 首次运行时相同"]
    counts = [same.of, same.agreeing, kappa(same), first_run("dimension")["rule_and_author"]]
    apart = [(a.indicator.name, a.rule.dimension, a.read) for a in found if not a.agrees]
    return [
        table(head, [counts]),
        table(["Indicator 指标", "Rule 规则", "Author 作者"], apart, _APART),
    ]


def by_criterion(disclosure):
    """Return how often rule and readers agree, and where both readers differ from the rule."""
    found = answers(disclosure)
    titles = {
        row["id"]: f"{row['title_en']} {row['title_zh']}"
        for row in disclosure.reference["rubric"]
        if row["id"] not in LEFT_OUT
    }
    head = ["Criterion 标准", "Asked 判断数", "Rule and author 规则与作者"]
    head += ["Rule and reader 规则与读者", "Author and reader 作者与读者"]
    head += [
        "Kappa, rule and reader 规则与读者 kappa",
        "Rule and reader, first run 首次运行",
        "Reader's commonest 读者最多",
    ]
    counts = []
    for criterion, title in titles.items():
        mine = [one for one in found if one.criterion == criterion]
        pairs = ([(one.rule, one.author) for one in mine], [(one.rule, one.reader) for one in mine],
                 [(one.author, one.reader) for one in mine])  # fmt: skip
        same = [agree(of_two) for of_two in pairs]
        ((_, most),) = Counter(one.reader for one in mine).most_common(1)
        before = first_run(criterion)["rule_and_reader"]
        alike = [one.agreeing for one in same]
        counts.append([title, len(mine), *alike, kappa(same[1]), before, most])
    apart = [
        (one.indicator, titles[one.criterion], one.rule, one.reader)
        for one in found
        if one.author == one.reader != one.rule
    ]
    return [
        table(head, counts),
        table(
            ["Indicator 指标", "Criterion 标准", "Rule 规则", "Both readers 两位读者"],
            apart,
            _APART,
        ),
    ]


def tables(disclosure):
    """Return the tables of the book: of the rubric, then of the dimensions."""
    return [*by_criterion(disclosure), *by_dimension()]


def main():
    """Write the result beside, then in place."""
    save(RESULT, {"tables": tables(budgetbook.load())})


if __name__ == "__main__":
    main()
