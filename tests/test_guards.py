"""A wrong digit in a printed figure breaks a check, with no text and no stored copy to compare."""

import json
import random
import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import chain

import pairs as full_run
import pytest
from worlds import with_resource, with_rows

from budgetbook.checks import Verdict, catalogue, evaluate, run
from budgetbook.checks.structure import signs
from budgetbook.errors import InputError
from budgetbook.forms import family
from budgetbook.model.address import parse
from budgetbook.proof.guards import _ALONE, Watch, changed, pairs, printed, why_not
from budgetbook.proof.passports import read_by_failing, touching

#: The columns of each table that hold numbers.
NUMBERS = {
    name: {c.name for c in table.columns if c.kind in ("amount", "percent")}
    for name, table in family("chongqing-district").tables.items()
}


_HELD = (Verdict.HOLDS, Verdict.ROUNDED)


@pytest.fixture(scope="module")
def watch(disclosure):
    """The checks that hold, ready to be judged again."""
    return Watch(disclosure)


def digit(figure, dice):
    """The change that puts another digit in a random place of a figure."""
    text = f"{figure.value:f}"
    at = dice.choice([i for i, letter in enumerate(text) if letter.isdigit()])
    other = dice.choice([d for d in "0123456789" if d != text[at]])
    return Decimal(text[:at] + other + text[at + 1 :]) - figure.value


def test_every_amount_of_a_table_is_guarded(guarded):
    amounts = [g for g in guarded if g.figure.kind == "amount"]
    tables = [g for g in amounts if g.figure.address.table != "claims"]
    assert len(tables) > 200
    assert [g.figure for g in amounts if not g.grade] == []
    assert all(g.checks for g in tables)


def test_swapped_digits_of_a_total_break_several_checks_as_the_laboratory_says(disclosure, watch):
    broken = defaultdict(set)
    for figure in printed(disclosure):
        text = f"{figure.value:f}"
        if figure.kind == "amount" and figure.address.table != "claims" and text[0] != text[1]:
            change = Decimal(text[1] + text[0] + text[2:]) - figure.value
            total = {"total", "合计"} & {*figure.address.row}
            broken[bool(total)].add(len(watch.broken({figure: change})))
    assert min(broken[True]) > 1 == min(broken[False])


def test_the_page_says_every_and_most_of_what_is_so(guarded, repo):
    text = (repo / "book" / "guards.md").read_text(encoding="utf-8")
    assert "Every amount of every table is guarded. Most targets are not" in text
    targets = [guard for guard in guarded if guard.figure.kind == "target"]
    assert sum(not guard.grade for guard in targets) > len(targets) / 2
    years = {name for g in guarded if g.figure.kind == "year" for name in g.checks}
    held = ("structure.years.", "goals.year.")
    assert all(name.startswith(held) for name in years), "the year of the budget alone"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_so_is_every_digit_of_it(disclosure, watch, seed):
    dice = random.Random(seed)
    figures = [f for f in printed(disclosure) if f.kind in ("amount", "change")]
    missed = [f for f in figures if not watch.broken({f: digit(f, dice)})]
    assert missed == []


def test_a_figure_without_a_guard_has_a_reason(guarded, results):
    failing = {p for r in results if r.verdict is Verdict.FAILS for p in r.cells}
    bare = [g for g in guarded if not g.grade]
    alone = {g.figure.kind for g in bare if str(g.figure.address) not in failing and not g.held}
    assert alone
    assert alone <= set(_ALONE)
    assert set(_ALONE) <= alone, "a reason that no figure needs any more"


def test_what_fails_already_is_not_said_to_be_compared_with_nothing(guarded, results):
    """And of a count nobody says that the document has nothing to count again: it names what it
    calls its divisions; it is our checks that do not count the names."""
    failing = {p for r in results if r.verdict is Verdict.FAILS for p in r.cells}
    said = defaultdict(set)
    for guard in (g for g in guarded if not g.grade):
        read = str(guard.figure.address) in failing
        said[read].add(why_not(guard, failing=read))
    (already,) = said[True]
    assert already.startswith("a check that reads it fails already, and cannot fail once more")
    assert len(said[False]) > 3
    assert all(re.search("no check|undefined|one unit more", why) for why in said[False])


def test_what_a_limit_keeps_is_not_said_to_be_compared_with_nothing(disclosure, guarded):
    """A target of 90 % can be met, and so can one of 91: the check holds, and guards nothing."""
    held = {str(g.figure.address): g.held for g in guarded if not g.grade and g.held}
    name = "department-targets/统筹数字化改革满意度"
    assert held[f"{name}.target"] == [f"targets.can-meet.{name}"]
    (said,) = {why_not(g, failing=False) for g in guarded if str(g.figure.address) in held}
    assert said.startswith("a check that reads it holds with one unit more as well")


@pytest.mark.long
def test_the_quick_judgement_is_that_of_the_whole_catalogue(disclosure, results, watch):
    held = {r.check.id for r in results if r.verdict in (Verdict.HOLDS, Verdict.ROUNDED)}
    for figure in random.Random(4).sample(list(printed(disclosure)), 40):
        wrong = changed(disclosure, {figure: figure.unit})
        judged = evaluate(catalogue(disclosure), wrong)
        failing = {r.check.id for r in judged if r.verdict is Verdict.FAILS}
        assert set(watch.broken({figure: figure.unit})) == failing & held


@pytest.mark.long
def test_the_guards_are_those_of_the_slow_way(disclosure, guarded):
    """Every check judged on a disclosure that is made anew gives the same for a sample."""
    checks = catalogue(disclosure)
    held = {r.check.id for r in evaluate(checks, disclosure) if r.verdict in _HELD}
    for guard in random.Random(5).sample(guarded, 40):
        wrong = afresh(changed(disclosure, {guard.figure: guard.figure.unit}))
        results = evaluate(checks, wrong)
        slow = [r.check.id for r in results if r.verdict is Verdict.FAILS and r.check.id in held]
        assert guard.checks == slow, guard.figure.address


def afresh(disclosure):
    """The same disclosure with nothing remembered of another."""
    return replace(disclosure, document=dict(disclosure.document))


@pytest.mark.long
def test_pairs_that_offset_each_other(disclosure, watch):
    """The full run's result is that of these figures and checks, and tries both directions."""
    result = json.loads(full_run.RESULT.read_text(encoding="utf-8"))
    assert result["made_from"] == full_run.made_from(disclosure), "out of date: call make pairs"
    tried = list(pairs(disclosure))
    assert len(tried) == sum(found["pairs"] for found in result["counts"].values()) > 1500
    missed = [pair for pair in tried if not pair.checks]
    named = [[full_run.place(pair.first), full_run.place(pair.second)] for pair in missed]
    assert named == [[pair["first"], pair["second"]] for pair in result["missed"]]
    ways = [
        [
            bool(watch.broken({p.first: way * p.first.unit, p.second: -way * p.second.unit}))
            for way in (1, -1)
        ]
        for p in missed
    ]
    assert not any(all(way) for way in ways)
    assert any(any(way) for way in ways), "a limit notices one direction alone"


def test_a_changed_rule_makes_the_full_run_out_of_date(disclosure, monkeypatch):
    """Another side under the same id and relation is seen in what a run was made from."""
    before = full_run.made_from(disclosure)
    first, *others = catalogue(disclosure)
    other_rule = [replace(first, right=others[0].right), *others]
    monkeypatch.setattr("budgetbook.checks.catalogue", lambda _: other_rule)
    after = full_run.made_from(disclosure)
    assert after["figures"] == before["figures"]
    assert after["checks"] != before["checks"]


def test_without_checks_a_wrong_digit_would_pass(disclosure, results):
    """The tests above can fail: an empty catalogue notices nothing."""
    figure = next(f for f in printed(disclosure) if f.address.table == "basic-by-government")
    wrong = changed(disclosure, {figure: figure.unit})
    assert evaluate([], wrong) == evaluate([], disclosure)
    assert run(wrong) != results


def changes_of_form(disclosure):
    """Yield disclosures with one word, row, unit, listing entry, reason or repair changed."""
    yield from changed_rows(disclosure)
    yield from changed_indicators(disclosure)
    yield from changed_entries(disclosure)
    yield from changed_claims(disclosure)
    repairs = disclosure.reference["repairs"]
    for more in ((), *((*repairs, {**repairs[0], "kind": kind}) for kind in signs())):
        yield with_resource(disclosure, "repairs", more)
    yield replace(disclosure, year=1999)


def changed_rows(disclosure):
    """Yield disclosures with a row left out, a word of it left out or changed, or a new code."""
    for table, rows in disclosure.tables.items():
        for at, row in enumerate(rows):
            yield with_rows(disclosure, table, (*rows[:at], *rows[at + 1 :]))
            for new in changes_of_row(row):
                yield with_rows(disclosure, table, (*rows[:at], {**row, **new}, *rows[at + 1 :]))


def changes_of_row(row):
    """Yield what may change in a row but its amounts: column → new content."""
    for column, value in row.items():
        if isinstance(value, str):
            if column not in ("relation", "target", "core"):
                yield {column: None}
            yield {column: f"{value}。"}
    if row.get("sha256"):
        yield {"same_as": None if row["same_as"] else 1}
    if row.get("code", "") is None:  # an account that gets a code
        yield from ({"code": code} for code in ("2150517", "9990101"))
    if row.get("growth") == "#DIV/0!":
        yield {"growth": Decimal(1), "prior_total": Decimal(1)}


def changed_indicators(disclosure):
    """Yield disclosures with no indicator in a form, or with one name or target in all."""
    words = "场景安全基站建设服务能力满意度"  # an indicator that says all of it
    for table, rows in disclosure.tables.items():
        for form in {row.get("form") for row in rows if row.get("indicator")}:
            kept = (r for r in rows if not (r["indicator"] and r["form"] == form))
            yield with_rows(disclosure, table, kept)
            for new in ({"indicator": words}, *({"target": t} for t in ("3", "8", "100"))):
                other = ({**r, **new} if r["indicator"] else r for r in rows)
                yield with_rows(disclosure, table, other)


def changed_entries(disclosure):
    """Yield disclosures with an entry of the list of tables, or a claim, changed; or with none."""
    for name in ("listing", "claims"):
        entries = getattr(disclosure, name)
        for at, entry in enumerate(entries):
            for new in changes_of_entry(entry, name):
                wrong = (*entries[:at], {**entry, **new}, *entries[at + 1 :])
                yield replace(disclosure, **{name: wrong})
        yield replace(disclosure, **{name: ()})


def changes_of_entry(entry, name):
    """Yield what may change in an entry of the list of tables, or in a claim."""
    for column in ("title", "unit", "remark", "rows", "reasons", "direction"):
        if entry.get(column) is not None:
            for new in (99,) if column == "rows" else ("austerity", "more-staff"):
                yield {column: new}
    if name == "listing":
        state = "absent" if entry["state"] != "absent" else "printed"
        yield from ({"state": state}, {"state": "printed"}, {"unit": "元"}, {"remark": None})


def changed_claims(disclosure):
    """Yield disclosures with a claim more, or one in another section."""
    first, *others = disclosure.claims
    for row in disclosure.tables["project-targets"]:
        whose = str(disclosure.address(row)).replace("project-targets", "claims/project-targets", 1)
        old = {**first, "kind": "year", "value": Decimal(1999)}
        old |= {"line": row["line"], "id": f"{whose}/other-year/year~99"}
        yield replace(disclosure, claims=(*disclosure.claims, old))
    for section in ("terms", "contact"):
        yield replace(disclosure, claims=({**first, "section": section}, *others))
    for subject in ("operating-funds", "named-project"):
        for year in (disclosure.year, disclosure.year - 1):
            more = {**first, "subject": subject, "kind": "amount", "year": year}
            more |= {"id": f"new-{year}", "value": Decimal(1)}
            both = [more, {**more, "year": disclosure.year, "id": "new", "value": Decimal(5)}]
            yield replace(disclosure, claims=(*disclosure.claims, *both))


class Turning:
    """The checks that no change has turned yet."""

    def __init__(self, disclosure):
        self.checks = {check.id: check for check in catalogue(disclosure)}
        judged = evaluate(self.checks.values(), disclosure)
        self.before = {r.check.id: r.verdict for r in judged}
        self.fixed = {n for n, verdict in self.before.items() if verdict is not Verdict.APART}
        self.reading = defaultdict(set)  # a check that does not read a figure is not turned by it
        for name, check in self.checks.items():
            for place in (*check.left.reads(), *check.right.reads()):
                self.reading[place].add(name)

    def turn(self, wrong, names=None):
        """Judge those that are left, or those of some names, in another world."""
        left = self.fixed if names is None else self.fixed & names
        try:
            judged = evaluate([self.checks[name] for name in sorted(left)], wrong)
        except InputError:
            return  # a form without a row that it needs: an error, not a verdict
        turned = {r.check.id for r in judged if r.verdict is not self.before[r.check.id]}
        self.fixed.difference_update(turned)


def filled(disclosure):
    """Yield disclosures with a figure where a blank is printed."""
    for table, rows in disclosure.tables.items():
        for at, row in enumerate(rows):
            for column, value in row.items():
                if value in (None, "#DIV/0!") and column in NUMBERS[table]:
                    wrong = {**row, column: Decimal("1.00")}
                    yield with_rows(disclosure, table, (*rows[:at], wrong, *rows[at + 1 :]))


def mended(disclosure, results):
    """Yield disclosures with the very change that would mend one of these disagreements."""
    by_place = {str(f.address): f for f in printed(disclosure)}
    for result in results:
        if result.difference:
            gap = Decimal(result.difference.numerator) / Decimal(result.difference.denominator)
            for leaf in (*result.check.left.leaves(), *result.check.right.leaves()):
                figure = by_place.get(str(getattr(leaf, "address", "")))
                for more in (gap, -gap, gap / 2) if figure else ():
                    yield changed(disclosure, {figure: more})


@pytest.mark.long
def test_every_verdict_can_be_turned(disclosure, results):
    """No check is there for show: some change of a figure, row, name, unit or word turns it."""
    left = Turning(disclosure)
    for figure in printed(disclosure):
        where = figure.address
        names = left.reading[where] | left.reading[where.table, where.column]
        left.turn(changed(disclosure, {figure: Decimal(10**9)}), names)
        left.turn(changed(disclosure, {figure: -figure.value - 10**9}), names)
    for wrong in chain(changes_of_form(disclosure), filled(disclosure)):
        left.turn(wrong)
    for wrong in mended(disclosure, [r for r in results if r.check.id in left.fixed]):
        left.turn(wrong)
    assert "\n".join(sorted(left.fixed)) == ""


def test_a_figure_of_the_text_that_failing_checks_read_says_so(results, disclosure):
    """The goal's rate of satisfied users is unlike that of two targets."""
    rate = "claims/project-targets/通信行业安全、应急管理/goal/user-satisfaction/rate/this.value"
    reading = [r.check.id for r in touching(results)[parse(rate)] if r.verdict is Verdict.FAILS]
    assert reading == ["twice.users-firms", "twice.users-public"]
    assert parse(rate) in read_by_failing(results)
