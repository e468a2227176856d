"""A wrong digit in any printed amount is noticed, with no text and no stored copy to compare."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from budgetbook.checks import evaluate, run
from budgetbook.facts import facts
from budgetbook.schema import descriptor
from budgetbook.variance import prior_operating_funds

MONEY = ("元", "万元")


def money_columns(disclosure):
    """The columns of each table that hold yuan, from the schema."""
    printed = set(disclosure.tables)
    return {
        resource["name"]: [
            field["name"] for field in resource["schema"]["fields"] if field.get("unit") == "yuan"
        ]
        for resource in descriptor(disclosure.document, printed)["resources"]
        if resource["name"] in printed
    }


def one_digit_changed(disclosure, change):
    """Yield (address, disclosure with that one amount changed) for every printed amount."""
    for table, columns in money_columns(disclosure).items():
        rows = disclosure.tables[table]
        for at, row in enumerate(rows):
            for column in columns:
                if row[column] is not None:
                    wrong = {**row, column: change(row[column])}
                    tables = {**disclosure.tables, table: (*rows[:at], wrong, *rows[at + 1 :])}
                    yield (table, row["line"], column), replace(disclosure, tables=tables)
    for at, claim in enumerate(disclosure.claims):
        if claim["unit"] in MONEY:
            wrong = {**claim, "value": change(claim["value"])}
            claims = (*disclosure.claims[:at], wrong, *disclosure.claims[at + 1 :])
            yield claim["id"], replace(disclosure, claims=claims)


def noticed(disclosure):
    """What a reader would see change: the verdicts, and figures that the book shows."""
    verdicts = tuple((result.check.id, result.verdict) for result in run(disclosure))
    return verdicts, facts(disclosure), prior_operating_funds(disclosure)


def last_digit(amount):
    """The amount with one unit of its last printed digit more."""
    return amount + Decimal(1).scaleb(amount.as_tuple().exponent)


def other_digit(seed):
    """A function that puts another digit in a random place of an amount."""
    dice = random.Random(seed)

    def change(amount):
        text = str(amount)
        places = [i for i, letter in enumerate(text) if letter.isdigit()]
        at = dice.choice(places)
        digit = dice.choice([d for d in "0123456789" if d != text[at]])
        return Decimal(text[:at] + digit + text[at + 1 :])

    return change


@pytest.mark.parametrize(
    "change", [last_digit, other_digit(1), other_digit(2)], ids=["last", "random 1", "random 2"]
)
def test_every_wrong_digit_turns_a_verdict_or_a_shown_figure(disclosure, change):
    right = noticed(disclosure)
    tried = 0
    missed = []
    for address, wrong in one_digit_changed(disclosure, change):
        tried += 1
        if noticed(wrong) == right:
            missed.append(address)
    assert tried > 280
    assert not missed


def test_almost_every_wrong_digit_turns_a_verdict(disclosure):
    right = [result.verdict for result in run(disclosure)]
    missed = [
        address
        for address, wrong in one_digit_changed(disclosure, last_digit)
        if [result.verdict for result in run(wrong)] == right
    ]
    assert missed == ["L83.4"], "only a change whose prior year is not printed needs the book"


def test_without_checks_a_wrong_digit_would_pass(disclosure):
    """The test above can fail: an empty catalogue notices nothing."""
    wrong = dict(one_digit_changed(disclosure, last_digit))["table-07", 281, "basic"]
    assert evaluate([], wrong) == evaluate([], disclosure)
    assert run(wrong) != run(disclosure)
