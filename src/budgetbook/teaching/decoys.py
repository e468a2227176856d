"""What looks wrong in a printed department and is right: found in it, three a student."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..model.disclosure import Disclosure
from ..model.payroll import rates
from .planting import Planting

_FUNCTIONS = "spending-by-function"


class Decoy(NamedTuple):
    """Where it stands (an address), what is printed there and beside it, what a row is called."""

    type: str
    place: str
    printed: str = ""
    right: str = ""
    words: Sequence[str] = ()


Finder = Callable[[Disclosure], Iterator[Decoy]]


def shares(found: Disclosure) -> Iterator[Decoy]:
    """Shares of all expenditure that miss 100 by rounding."""
    told = [
        claim
        for claim in found.claims
        if (claim["kind"], claim["within"]) == ("share", "expenditure")
    ]
    whole = sum((claim["value"] for claim in told), Decimal(0))
    if told and whole != 100:
        yield Decoy("shares", told[0]["id"], f"{whole:f}", "100", ("占比合计", "shares"))


def digits(found: Disclosure) -> Iterator[Decoy]:
    """A rate that the text and table 5 round to different places."""
    printed = {row["code"]: row["growth"] for row in found.tables[_FUNCTIONS] if row["code"]}
    for claim in found.claims:
        rate = printed.get(claim["code"])
        if claim["kind"] != "growth" or rate is None:
            continue
        if abs(abs(rate) - claim["value"]) >= Decimal("0.3"):
            words = (claim["code"],)
            yield Decoy("digits", claim["id"], f"{claim['value']}", f"{abs(rate)}", words)


def ended(found: Disclosure) -> Iterator[Decoy]:
    """An item of last year that has no money now."""
    for row in found.tables[_FUNCTIONS]:
        if row["total"] is None and row["prior_total"] and len(row["code"] or "") == 7:
            place = str(found.address(row, "growth"))
            yield Decoy("ended", place, "-100", "-100", (row["code"], row["name"]))


def zero(found: Disclosure) -> Iterator[Decoy]:
    """Travel abroad: a blank cell in table 10, zero yuan in the text."""
    for row in found.tables.get("three-public", ()):
        if row["abroad"] is None:
            yield Decoy("zero", str(found.address(row, "abroad")), "", "0", ("因公出国（境）费用",))


def marks(found: Disclosure) -> Iterator[Decoy]:
    """A name whose brackets differ between the two economic classifications."""
    for row in found.tables.get("basic-by-government", ()):
        if row["code"] == "50209":
            words = ("50209", "30213", row["name"])
            yield Decoy("marks", str(found.address(row)), row["name"], "维修(护)费", words)


def double(found: Disclosure) -> Iterator[Decoy]:
    """The pension contribution, which is twice the annuity."""
    rows = {row["code"]: row for row in found.tables.get("basic-by-economic", ())}
    row, other, known = rows.get("30108"), rows.get("30109"), rates(found)
    if row and other and row["total"] == 2 * (other["total"] or 0):
        words = ("30108", row["name"])
        both = " : ".join(f"{known[name].normalize():f}" for name in ("pension", "annuity"))
        yield Decoy("double", str(found.address(row, "total")), f"{row['total']}", both, words)


def empty(found: Disclosure) -> Iterator[Decoy]:
    """A table that is printed without a figure, and says so."""
    for entry in found.listing:
        if entry["state"] == "printed empty":
            words = tuple(found.form.tables[entry["table"]].words)
            yield Decoy("empty", f"tables/{entry['table']}", words=words)


def exact(found: Disclosure) -> Iterator[Decoy]:
    """A cost ceiling that is exactly the budget of its project."""
    budgets = {project.form: project.budget for project in found.projects}
    for each in found.indicators:
        budget = budgets.get(each.form)
        if each.form and each.unit == "万元" and each.value and budget == each.value * 10_000:
            place = str(each.address._replace(column="target"))
            yield Decoy("exact", place, each.target, "", (each.project, each.name))


def level(found: Disclosure) -> Iterator[Decoy]:
    """A cost of the three that is the same in both years."""
    for row in found.tables.get("three-public", ()):
        for column, name in (("reception", "公务接待费"), ("vehicle_running", "运行维护费")):
            if row[column] and row[column] == row[f"prior_{column}"]:
                place = str(found.address(row, column))
                yield Decoy("level", place, f"{row[column]}", "", (name,))


def told(found: Disclosure) -> Iterator[Decoy]:
    """A number that the description of its form comes to, if it is read to its end."""
    seen: set[str] = set()
    for each in found.indicators:
        if each.form and each.project not in seen:
            place = str(each.address._replace(column="target"))
            yield Decoy("told", place, each.target, "", (each.name, each.project))
        seen.add(each.project)


def bought(found: Disclosure) -> Iterator[Decoy]:
    """A purchase that the basis of its project comes to, if it is read to its end."""
    for row in found.tables.get("procurement", ()):
        if row["total"] and row["project"]:
            place = str(found.address(row, "total"))
            words = (row["project"].partition("-")[2],)
            yield Decoy("bought", place, f"{row['total']}", "", words)


def reason(found: Disclosure) -> Iterator[Decoy]:
    """A reason in words of its own that fits the change of an item."""
    names = {r["code"]: r["name"] for r in found.tables[_FUNCTIONS] if len(r["code"] or "") == 7}
    for claim in found.claims:
        told = claim["kind"] == "change" and claim["reasons"] == "unlisted"
        if told and claim["code"] in names:
            yield Decoy("reason", claim["id"], words=(claim["code"], names[claim["code"]]))


#: So many of different kinds stand in every department; more may fall short in one.
MOST = 5
FINDERS: tuple[Finder, ...] = (shares, digits, ended, zero, marks, double, empty, exact, level)
#: The twins of errors that only reading finds; one of them stands in every department.
TWINS: tuple[Finder, ...] = (told, bought, reason)


def twinned(planting: Planting) -> bool:
    """Return whether a twin of an error that only reading finds can be told in a department."""
    return any(_free(planting, twin) for twin in TWINS)


def decoys(planting: Planting, dice: random.Random, count: int) -> list[Decoy]:
    """Return so many decoys, each of another type, in rows of which no error speaks.

    The first is a twin of an error that only reading finds, where the department is twinned.
    """
    twins = dice.sample(TWINS, len(TWINS))
    first = [twin for twin in twins if _free(planting, twin)][:1]
    others = [finder for finder in (*FINDERS, *TWINS) if finder not in first]
    chosen: list[Decoy] = []
    for finder in (*first, *dice.sample(others, len(others))):
        found = _free(planting, finder)
        if found and len(chosen) < count:
            chosen.append(dice.choice(found))
    return sorted(chosen, key=lambda decoy: decoy.type)


def _free(planting: Planting, finder: Finder) -> list[Decoy]:
    """Return the decoys of a type in rows of which no error speaks."""
    words = {word for error in planting.errors for word in error.fault.words}
    group = {row for error in planting.errors for row in error.group}
    return [
        decoy
        for decoy in finder(planting.printed.disclosure)
        if not words & set(decoy.words) and _row(decoy.place) not in group
    ]


def _row(place: str) -> str:
    return place.rpartition(".")[0] or place
