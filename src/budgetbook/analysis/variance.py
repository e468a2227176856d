"""The change from last year to this year, as bridges that sum to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from ..checks.places import several_sources
from ..exact.money import round_half_up
from ..model.address import CLAIMS
from ..model.classification import renamed
from ..model.disclosure import TOTAL, Disclosure
from ..model.units import MONEY_UNITS
from .reconstruction import ZERO, prior_natures

#: The table that prints the year before beside this one; what compares them rests on it.
_BOTH_YEARS = "spending-by-function"


class Step(NamedTuple):
    """One step of a bridge: an account (or a nature), last year's and this year's yuan."""

    code: str
    name: str
    prior: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        """This year's amount less last year's, in yuan."""
        return self.now - self.prior

    @property
    def growth(self) -> Fraction | None:
        """The change as a fraction of last year's amount; None from nothing."""
        return Fraction(self.change) / Fraction(self.prior) if self.prior else None


def whole(disclosure: Disclosure) -> Step:
    """Return the total of table 5 in both years."""
    row = disclosure.row(_BOTH_YEARS, TOTAL)
    return Step("", TOTAL, row["prior_total"] or ZERO, row["total"] or ZERO)


def by_function(disclosure: Disclosure, level: int) -> list[Step]:
    """Return the bridge of table 5 by class (`level` 3), section (5) or item (7), in yuan.

    Like for like: an account printed under an earlier name without a code is joined with the
    account that took its place. The steps sum to the change of the total; there are none where
    the table is not printed.
    """
    if disclosure.lacks(_BOTH_YEARS):
        return []
    earlier = {first["code"]: second for first, second in renamed(disclosure)}
    steps = []
    for row in disclosure.tables[_BOTH_YEARS]:
        if len(row["code"] or "") == level:
            joined = earlier.get(row["code"], {})
            prior = (row["prior_total"] or ZERO) + (joined.get("prior_total") or ZERO)
            now = (row["total"] or ZERO) + (joined.get("total") or ZERO)
            steps.append(Step(row["code"], row["name"], prior, now))
    return steps


def by_nature(disclosure: Disclosure) -> list[Step]:
    """Return the bridge by basic and project expenditure, in yuan: two steps.

    This year's are the totals of table 5; last year's are derived (`prior_natures`). There are
    none where the table is not printed.
    """
    if disclosure.lacks(_BOTH_YEARS):
        return []
    prior, total = prior_natures(disclosure), disclosure.row(_BOTH_YEARS, TOTAL)
    return [Step(n, n, prior[n], total[n] or ZERO) for n in ("basic", "project")]


def states(disclosure: Disclosure) -> dict[str, str]:
    """Return item → `renamed`, `created`, `dropped` or `continues`, for items with money.

    Only a change of the item's own name counts (`reconstruction.renamed`).
    """
    earlier = {first["code"] for first, _ in renamed(disclosure)}
    found = {}
    for step in by_function(disclosure, 7):
        if step.code in earlier:
            found[step.code] = "renamed"
        elif step.prior and step.now:
            found[step.code] = "continues"
        elif step.prior or step.now:
            found[step.code] = "created" if step.now else "dropped"
    return found


class Regrouped(NamedTuple):
    """Items of one section that lose money and items of it that gain some in the same year.

    `kind` is `replaced` (items end, others begin), `merged` (items end, one that goes on rises) or
    `split` (items begin, one that goes on falls). Money may have moved from the first to the
    second. No name and no sentence says so; it is a question, not a finding.
    """

    section: str
    kind: str
    losing: tuple[Step, ...]
    gaining: tuple[Step, ...]

    @property
    def change(self) -> Decimal:
        """What all of them change by together, in yuan: what is left if they are one."""
        return sum((step.change for step in (*self.losing, *self.gaining)), ZERO)

    @property
    def saved(self) -> Decimal:
        """How much less the gross movement is, in yuan, if they are one."""
        steps = (*self.losing, *self.gaining)
        return sum((abs(step.change) for step in steps), ZERO) - abs(self.change)


def regrouped(disclosure: Disclosure) -> list[Regrouped]:
    """Return, for each section, its project items that may have been replaced, merged or split.

    One item can be in several: where its money came from has then several readings.
    """
    state = states(disclosure)
    items = by_function(disclosure, 7)
    rows = disclosure.tables.get(_BOTH_YEARS, ())
    projects = {row["code"] for row in rows if row["basic"] is None}
    found = []
    for section in dict.fromkeys(step.code[:5] for step in items):
        mine = [s for s in items if s.code[:5] == section and s.code in projects]
        dropped, created = (
            tuple(s for s in mine if state.get(s.code) == kind) for kind in ("dropped", "created")
        )
        going = [s for s in mine if state.get(s.code) == "continues"]
        up, down = (tuple(s for s in going if s.change * way > 0) for way in (1, -1))
        for kind, losing, gaining in (
            ("replaced", dropped, created),
            ("merged", dropped, up),
            ("split", down, created),
        ):
            if losing and gaining:
                found.append(Regrouped(section, kind, losing, gaining))
    return found


class Growth(NamedTuple):
    """A printed growth rate beside the one of the money, like for like.

    `printed` is in per cent, a spreadsheet's error, or None for a blank; `honest` is a fraction of
    last year's amount, None from nothing. `why` says what makes them differ: `rounded` to a whole
    per cent, `two names` of one account, `from nothing`, `misprinted`, or `equal`.
    """

    step: Step
    printed: Decimal | str | None
    honest: Fraction | None
    why: str


def growths(disclosure: Disclosure) -> list[Growth]:
    """Return the growth of the total and of each account of table 5, as printed and like for like.

    An account under two names stands once, with what is printed for the later one. There are none
    where the table is not printed.
    """
    if disclosure.lacks(_BOTH_YEARS):
        return []
    joined = {first["code"] for first, _ in renamed(disclosure)}
    steps = {s.code: s for level in (3, 5, 7) for s in by_function(disclosure, level)}
    found = []
    is_total = disclosure.form.wording.is_total
    for row in disclosure.tables[_BOTH_YEARS]:
        step = whole(disclosure) if is_total(row["name"] or "") else steps.get(row["code"] or "")
        if step and (step.prior or step.now):
            why = "two names" if row["code"] in joined else _why(row["growth"], step.growth)
            found.append(Growth(step, row["growth"], step.growth, why))
    return found


def _why(printed: Decimal | str | None, honest: Fraction | None) -> str:
    if honest is None or not isinstance(printed, Decimal):
        right = honest is None and not isinstance(printed, Decimal)
        return "from nothing" if right else "misprinted"
    if Fraction(printed) == honest * 100:
        return "equal"
    return "rounded" if printed == round_half_up(honest * 100, 0) else "misprinted"


def commitments(disclosure: Disclosure) -> list[tuple[str, Decimal]]:
    """Return this year's total in yuan by how far it is bound: the four parts sum to it.

    `personnel` and `public funds` keep the body running; `continued projects` stand under items
    that had money last year too, `new projects` under items that had none. It is
    empty where table 5 or 6 is not printed.
    """
    if disclosure.lacks(_BOTH_YEARS, "basic-by-economic"):
        return []
    bound = disclosure.row("basic-by-economic", TOTAL)
    before = {step.code for step in by_function(disclosure, 7) if step.prior}
    projects: dict[bool, Decimal] = {True: ZERO, False: ZERO}
    for row in disclosure.tables[_BOTH_YEARS]:
        if len(row["code"] or "") == 7:
            projects[row["code"] in before] += row["project"] or ZERO
    return [
        ("personnel", bound["personnel"] or ZERO),
        ("public funds", bound["public_funds"] or ZERO),
        ("continued projects", projects[True]),
        ("new projects", projects[False]),
    ]


def gross(steps: Sequence[Step]) -> tuple[Decimal, Decimal]:
    """Return (sum of increases, sum of decreases) in yuan; the second is not positive."""
    rises = sum((step.change for step in steps if step.change > 0), ZERO)
    falls = sum((step.change for step in steps if step.change < 0), ZERO)
    return rises, falls


class Explanation(NamedTuple):
    """A change that the text states, the reasons it gives, and what the tables show.

    `stated` is signed yuan; `computed` is None where the tables print nothing to compare;
    `reasons` are codes of reasons.csv; `slack` is what rounding to 万元 allows between the two.
    """

    claim: str
    line: int
    subject: str
    code: str
    stated: Decimal
    computed: Decimal | None
    reasons: tuple[str, ...]
    slack: Fraction = Fraction(0)

    @property
    def agrees(self) -> bool | None:
        """Whether stated and computed are equal, to the cent if nothing is rounded to 万元; None
        if not comparable."""
        return None if self.computed is None else abs(self.stated - self.computed) <= self.slack


def explanations(disclosure: Disclosure) -> list[Explanation]:
    """Return every change that the text states for a functional item, nature or total, with
    the change that table 5 gives for it: of all money only where it has one source, and none where
    the table is not printed."""
    computed: dict[tuple[str, str], Decimal] = {
        ("function", step.code): step.change for step in by_function(disclosure, 7)
    }
    all_money: list[tuple[str, str]] = []
    if not several_sources(disclosure):
        computed |= {(step.code, ""): step.change for step in by_nature(disclosure)}
        all_money = [("income", ""), ("expenditure", "")]
    if not disclosure.lacks(_BOTH_YEARS):
        all_money += [("expenditure-general-public", "")]
        computed |= dict.fromkeys(all_money, whole(disclosure).change)
    rows = len(disclosure.tables.get(_BOTH_YEARS, ()))
    half = disclosure.half_unit(_BOTH_YEARS)
    result = []
    for claim in disclosure.claims:
        if claim["kind"] == "change" and claim["value"] is not None:
            line, subject, code = claim["line"], claim["subject"], claim["code"] or ""
            stated, reasons = _signed(claim), tuple((claim["reasons"] or "").split())
            slack = disclosure.half_unit(CLAIMS, claim["id"])
            slack += half * (2 if code else 2 * rows)
            told = claim["id"], line, subject, code, stated, computed.get((subject, code)), reasons
            result.append(Explanation(*told, slack))
    return result


def unexplained(disclosure: Disclosure) -> list[Step]:
    """Return the items of table 5 that changed and that the text does not mention."""
    mentioned = {e.code for e in explanations(disclosure) if e.code}
    return [s for s in by_function(disclosure, 7) if s.change and s.code not in mentioned]


def operating_funds(disclosure: Disclosure) -> Decimal | None:
    """Return this year's agency operating funds in yuan, if the text states them."""
    found = _stated_funds(disclosure)
    return _signed(found["amount"]) if "amount" in found else None


def prior_operating_funds(disclosure: Disclosure) -> Decimal | None:
    """Return last year's agency operating funds in yuan, from the text's amount and change."""
    found = _stated_funds(disclosure)
    if not {"amount", "change"} <= found.keys():
        return None
    return _signed(found["amount"]) - _signed(found["change"])


def _stated_funds(disclosure: Disclosure) -> dict[str, dict[str, Any]]:
    """Return the claims of agency operating funds by their kind."""
    return {
        claim["kind"]: claim
        for claim in disclosure.claims
        if claim["subject"] == "operating-funds" and claim["value"] is not None
    }


def _signed(claim: dict[str, Any]) -> Decimal:
    value: Decimal = claim["value"] * MONEY_UNITS[claim["unit"]]
    return -value if claim["direction"] == "decrease" else value
