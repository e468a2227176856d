"""The register of findings: one cause, one entry; every failing check in exactly one."""

import re
from decimal import Decimal
from fnmatch import fnmatch
from fractions import Fraction

import pytest
from worlds import with_cell, with_cells, with_each_of

from budgetbook.analysis.performance import ceilings
from budgetbook.checks import Verdict, run
from budgetbook.errors import InputError
from budgetbook.exact.linear import Contradiction, Equation, Span, bounds, total
from budgetbook.model.address import parse
from budgetbook.proof.evidence import implied
from budgetbook.proof.findings import fill, findings, request, unweighed
from budgetbook.proof.formulas import place
from budgetbook.proof.guards import printed


@pytest.fixture(scope="module")
def results(disclosure):
    """The verdicts on the disclosure."""
    return run(disclosure)


@pytest.fixture(scope="module")
def register(disclosure, results):
    """The findings."""
    return findings(disclosure, results)


def words(pieces):
    """The text of pieces."""
    return "".join(piece.text for piece in pieces)


def texts(finding):
    """All that a finding and its readings say, as it is printed, and the letter."""
    own = [finding.sentence(name) for name in finding.row if name.endswith(("_en", "_zh"))]
    rivals = [words(text) for reading in finding.readings for text in reading[1:]]
    return [*own, *rivals, request(finding)]


def test_each_failing_check_belongs_to_exactly_one_finding(register, results):
    failing = [r.check.id for r in results if r.verdict is Verdict.FAILS]
    weighed = [r.check.id for f in register for r in f.failing]
    assert sorted(weighed) == sorted(failing)
    assert unweighed(register, results) == []


def test_each_entry_is_whole(register):
    assert [f.row["rank"] for f in register] == list(range(1, len(register) + 1))
    for finding in register:
        assert finding.results, finding.id
        assert finding.readings, finding.id
        for text in texts(finding):
            assert "—" not in text, finding.id
        for reading in finding.readings:
            assert reading.speaks_en
            assert any("一" <= letter <= "鿿" for letter in words(reading.speaks_zh))


def test_no_figure_is_typed_into_the_register(register):
    """Digits in its sentences are places, codes of accounts, or numbers of tables and classes."""
    tables = r"[Tt]ables? \d+( and \d+)?"
    known = re.compile(rf"\{{[^{{}}]+\}}|\d{{7}}|\d{{5}}|{tables}|5G|class \d{{3}}|\d{{3}}类")
    for finding in register:
        for column in ("title_en", "title_zh", "found_en", "found_zh", "ask_en", "ask_zh"):
            left = known.sub("", finding.row[column])
            assert not re.search(r"\d", left), (finding.id, column, left)


def test_nothing_accuses(register):
    words = (
        "fraud|conceal|hide|illegal|cheat|deliberate|corrupt|wrongdoing|造假|隐瞒|违法|故意|贪|骗"
    )
    for finding in register:
        for text in texts(finding):
            assert not re.search(words, str(text)), (finding.id, text)


def test_some_are_fine_and_some_are_not(register):
    assert {"shares-above-hundred", "pay-fits-to-the-cent"} <= {f.id for f in register if f.fine}
    assert {"projects-without-form", "procurement-total"} <= {f.id for f in register if not f.fine}


def test_a_mended_figure_makes_the_finding_vanish_and_a_wrong_one_appears(disclosure):
    bought = (
        "procurement/重庆市渝北区大数据应用服务中心/50011222T000000082110-通信行业安全、应急管理"
    )
    mended = with_cells(disclosure, {f"{bought}.total": None, f"{bought}.goods": None})
    register = {f.id: f for f in findings(mended, run(mended))}
    assert register["procurement-total"].fine
    more = disclosure.amount("basic-by-government", "50201", "basic") + Decimal("0.01")
    wrong = with_cell(disclosure, "basic-by-government/50201.basic", more)
    results = run(wrong)
    assert [r.check.id for r in unweighed(findings(wrong, results), results)] == [
        "hierarchy.basic-by-government/502.basic",
        "crosswalk.basic.302",
    ]


PLACES = {
    "{projects.all:gap}": "200,000.00",
    "{claim:claims/project-targets/通信行业安全、应急管理/description/other-year/year}": "2023",
    "{failing:nothing.*}": "0",
}


@pytest.mark.parametrize(("place", "figure"), PLACES.items())
def test_every_text_of_the_register_is_filled(disclosure, results, place, figure):
    """A place that is planted in any text of a finding or a reading prints as its figure."""
    marked = f"☞{place}☜"
    for name in ("findings", "readings"):
        columns = [c for c in disclosure.reference[name][0] if c.endswith(("_en", "_zh"))]
        assert len(columns) >= 4
        for column in columns:
            planted = with_each_of(disclosure, name, lambda row, at=column: {at: marked})
            for finding in findings(planted, results):
                told = "\n".join(texts(finding))
                assert f"☞{figure}☜" in told, (name, column)
                assert "{" not in told


@pytest.mark.parametrize("wrong", ["{projects.all}", "{claim}", "{gap:projects.all", "a } b"])
def test_a_brace_that_is_no_place_is_an_error(disclosure, results, wrong):
    planted = with_each_of(disclosure, "readings", lambda row: {"speaks_zh": wrong})
    with pytest.raises(InputError, match="projects-without-form: no place for a figure"):
        texts(findings(planted, results)[0])


def test_a_finding_counts_its_own_checks_alone(register):
    counted = 0
    for finding in register:
        for column in ("found_en", "found_zh"):
            for pattern in re.findall(r"\{failing:([^{}]+)\}", finding.row[column]):
                own = [r for r in finding.failing if fnmatch(r.check.id, pattern)]
                assert f"{len(own)}" in finding.sentence(column), finding.id
                (piece,) = fill(f"{{failing:{pattern}}}", finding)
                assert piece.text == str(len(own)), (finding.id, pattern)
                counted += 1
    assert counted > 10


def test_numbers_of_the_goals_that_nothing_measures(disclosure, register):
    """Neither a target nor as many indicators as the number says; worked out again from the rows.

    The satisfaction of users has indicators with another target, which is a finding of its own.
    """
    goal = {p.key: p.form for p in disclosure.projects}
    reforms = [i for i in disclosure.indicators if re.search("(处置|防控|保障)机制", i.name)]
    left = {
        claim["id"]
        for claim in disclosure.claims
        if (where := parse(claim["id"]).row)[0] == "project-targets"
        and where[2] == "goal"
        and claim["kind"] in ("count", "rate")
        and claim["subject"] != "user-satisfaction"
        and claim["value"]
        not in {i.value for i in disclosure.indicators if i.form == goal[where[1]]}
        and (claim["subject"], claim["value"]) != ("reforms", len(reforms))
    }
    (finding,) = [f for f in register if f.id == "promises-without-indicator"]
    failing = {r.check.id for r in finding.failing if r.check.id.startswith("goals.claims/")}
    assert failing == {f"goals.{name}" for name in left}
    assert f"{len(left)} numbers named in goals" in finding.sentence("found_en")
    assert f"有{len(left)}个数字" in finding.sentence("found_zh")


def test_accounts_that_had_nothing_last_year(disclosure, register):
    """Of the accounts with an error message, one had money under another name."""
    rows = disclosure.tables["spending-by-function"]
    errors = [row for row in rows if row["growth"] == "#DIV/0!"]
    last = {
        row["code"]: row["prior_total"] or following["prior_total"] * (not following["code"])
        if following["prior_total"]
        else row["prior_total"]
        for row, following in zip(rows, [*rows[1:], rows[-1]], strict=True)
    }
    nothing = [row for row in errors if not last[row["code"]]]
    (finding,) = [f for f in register if f.id == "rate-from-nothing"]
    counts = [p.text for p in finding.pieces("found_en") if p.text.isdigit()]
    assert counts == [str(len(errors)), str(len(nothing))]
    assert [row["code"] for row in errors if row not in nothing] == ["21505"]


#: Words for all of something that the document is told to use, or that speak of one quantity.
TOLD = ("of all units", "for all units", "satisfaction of all", "for every user", "for each:")
#: What the register itself says of all of something, and what proves it.
ALL = {
    "every sum holds": lambda by: all(
        r.verdict is Verdict.HOLDS
        for r in by["section-renamed"].results
        if r.check.id.startswith("renamed.")
    ),
    "every project form": lambda by: len({r.left for r in by["weights-of-ninety"].failing}) == 1,
    "Each is rightly rounded": lambda by: by["shares-above-hundred"].fine,
    "every one fits": lambda by: by["pay-fits-to-the-cent"].fine,
    "Every defined growth rate": lambda by: by["no-reason-for-alarm"].fine,
    "every place": lambda by: by["no-reason-for-alarm"].fine,
    "each of them still limits": lambda by: (
        [
            c.alone_above
            for c in ceilings(by["ceilings-above-budget"].disclosure)
            if c.volume and c.allowed > c.budget
        ]
        == [False]
    ),
}


def test_what_is_said_of_all_is_proved(register):
    """“Every” and “all” are the words that one exception makes false; a new one needs a proof."""
    by_id = {f.id: f for f in register}
    for finding in register:
        text = finding.sentence("title_en") + " " + finding.sentence("found_en")
        for said, proof in ALL.items():
            assert said not in text or proof(by_id), (finding.id, said)
        for said in (*TOLD, *ALL, "In all"):
            text = text.replace(said, "")
        assert not re.search(r"(?i)\b(every|each|all)\b", text), (finding.id, text)


def test_the_bases_of_the_bureau(disclosure, register):
    """Its insurance fits one base and its housing fund does not, so no sentence may say all do."""
    by_id = {f.id: f for f in register}
    amount = disclosure.amount
    both = (
        amount("basic-by-government", "501", "basic")
        + amount("basic-by-government", "502", "basic")
        - amount("spending-by-function", "2150501", "basic")
        - amount("spending-by-function", "2101101", "basic")
        - amount("basic-by-government", "50103", "basic")
    )
    base = both / Decimal("0.24")
    assert amount("basic-by-government", "50103", "basic") != base * Decimal("0.12")
    assert amount("basic-by-government", "50103", "basic") == amount(
        "basic-by-government", "50101", "basic"
    ) * Decimal("0.12")
    said = by_id["institution-pension-base"].sentence("found_en")
    assert "its housing fund fits its wages" in said


def amounts_alone(disclosure, check):
    """Whether a check is an equality of amounts in yuan."""
    kinds = {f.address: f for f in printed(disclosure)}
    leaves = [*check.left.leaves(), *check.right.leaves()]
    figures = [kinds[place(leaf)] for leaf in leaves if place(leaf) in kinds]
    return (
        check.relation == "="
        and bool(figures)
        and all(f.kind in ("amount", "change") for f in figures)
    )


def test_a_size_is_money_that_is_missing_or_contradicted(disclosure, register):
    """It is a gap between amounts in a check of the finding that fails; a limit has none."""
    by_id = {f.id: f for f in register}
    (size,) = by_id["projects-without-form"].sizes
    assert (size.kind, size.amount) == ("missing", Fraction(200_000))
    for finding in register:
        failing = {r.check.id: r for r in finding.failing}
        for size in finding.sizes:
            assert set(size.checks) <= failing.keys(), finding.id
            assert all(amounts_alone(disclosure, failing[n].check) for n in size.checks)
            assert len({failing[n].check.family for n in size.checks}) == 1
        if finding.kind in ("wording", "rounding", "loss in extraction") or finding.fine:
            assert not finding.sizes, finding.id
    sized = {f.id for f in register if f.sizes}
    assert "section-renamed" not in sized  # every sum of it holds
    assert sum(s.amount for f in register for s in f.sizes) < disclosure.amount(
        "spending-by-function", "合计", "total"
    )


def test_kinds_of_money_are_not_added(disclosure, results):
    both = {"missing": "projects.all", "contradicted": "projects.bureau"}
    planted = with_each_of(disclosure, "findings", lambda row: both)
    (first, *_) = findings(planted, results)
    assert [s.text for s in first.sizes] == [
        "200,000.00 yuan missing",
        "200,000.00 yuan contradicted",
    ]


def test_a_letter_asks_and_thanks(register):
    for finding in register:
        letter = request(finding)
        if letter:
            assert letter.endswith("谢谢！")
            assert finding.sentence("found_zh") in letter
            assert "亦请指正" in letter


def test_a_check_that_follows_from_others_is_implied(disclosure, results):
    found = implied(results, disclosure)
    by_id = {r.check.id: r for r in results}
    assert "tie.budget-summary.total.spending-summary" in found
    assert "hierarchy.spending-summary/total.total" not in found
    # without the checks that it follows from, it is evidence of its own
    alone = [by_id["tie.budget-summary.total.spending-summary"]]
    assert implied(alone, disclosure) == set()


def test_what_equations_imply():
    span = Span()
    one = Fraction(1)
    assert span.add({"a": one, "b": -one})
    assert span.add({"b": one, "c": -one})
    assert not span.add({"a": Fraction(2), "c": Fraction(-2)})
    assert span.remainder({"a": one, "d": one}) == {"c": one, "d": one}


def test_what_equations_bound():
    found = bounds([total(["a", "b"], Fraction(10)), total(["b", "c"], Fraction(4))])
    assert (found["a"].low, found["a"].high) == (6, 10)
    assert not found["a"].determined
    fixed = bounds([Equation({"a": Fraction(4)}, Fraction(10))])
    assert fixed["a"].determined
    assert fixed["a"].low == Fraction(5, 2)
    with pytest.raises(Contradiction):
        bounds([total(["a", "b"], Fraction(1)), total(["a"], Fraction(2))])
