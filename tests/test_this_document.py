"""What is so in this one document: its findings, and what the analyses say of its figures.

Another disclosure has other findings, so each test here names rows, projects and reasons of this
one. What holds of any disclosure is tested where its module is.
"""

import re
from decimal import Decimal
from fractions import Fraction

from worlds import with_cell, with_cells, with_resource

from budgetbook.analysis import (
    chance,
    costs,
    drivers,
    performance,
    reasons,
    reconstruction,
    rubric,
    staff,
    variance,
)
from budgetbook.checks import Verdict, run
from budgetbook.exact.money import round_half_up, yuan
from budgetbook.model import classification
from budgetbook.model.address import parse
from budgetbook.proof.findings import findings, unweighed


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
    assert f"{len(left)} numbers that goals name in figures" in finding.sentence("found_en")
    assert f"有{len(left)}个既未见于指标值" in finding.sentence("found_zh")


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


def test_the_bases_of_the_own_unit(disclosure, register):
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
    said = by_id["institution-pension-base"].sentence("inferred_en")
    assert "the own unit’s housing fund fits its wages" in said


def test_what_the_procurement_reading_says_is_so(disclosure, register):
    """If the own unit bought what the institution does, the sum would be the text's."""
    own, other = (row["total"] for row in disclosure.tables["procurement"] if row["total"])
    (stated,) = (
        c["value"]
        for c in disclosure.claims
        if c["id"] == "claims/other-matters/procurement/amount/this"
    )
    assert own == stated == 2 * other
    (finding,) = (f for f in register if f.id == "procurement-total")
    assert finding.kinds == ["omission", "misprint"]
    assert len(finding.readings) == 3
    office = disclosure.amount("project-by-economic", "30201", "project")
    apart = disclosure.amount("project-by-government", "50201", "project")
    assert office % 1000 == apart % 1000 == other % 1000 == 956
    assert (office + other) % 1000 == stated % 1000, "what two such purchases would leave"


def test_how_much_the_full_pay_of_the_institution_falls_short(disclosure, results):
    """Worked out again: what is left of pension and annuity, against 24 % of its wages."""
    amount = disclosure.amount
    economic = {c: amount("basic-by-economic", c, "total") for c in ("30108", "30109")}
    own = Decimal("237151.92")  # of both items: what its money leaves
    wages = [amount("basic-by-economic", c, "total") for c in ("30101", "30102", "30103", "30107")]
    pay = sum(wages) - amount("basic-by-government", "50101", "basic")
    by_id = {r.check.id: r for r in results}
    found = by_id["contributions.institution.full-pay"]
    assert found.left == Fraction(sum(economic.values()) - own)
    assert found.right == Fraction(pay * Decimal("0.24"))
    assert found.difference == Fraction("40872.24")
    assert found.verdict is Verdict.FAILS


def test_the_composition_of_the_staff_is_told(register):
    """A mean that falls does not test a rise of bases; the finding says so."""
    (finding,) = (f for f in register if f.id == "base-per-head-fell")
    assert "the reason is not contradicted" in finding.sentence("found_en")
    assert "未被否定" in finding.sentence("found_zh")


def test_a_renamed_account_is_one_account(disclosure):
    (pair,) = classification.renamed(disclosure)
    places = [str(disclosure.address(row)) for row in pair]
    assert places == ["spending-by-function/21505", "spending-by-function/工业和信息产业监管"]
    joined = next(s for s in variance.by_function(disclosure, 5) if s.code == pair[0]["code"])
    assert (joined.prior, joined.now) == (pair[1]["prior_total"], pair[0]["total"])


def test_a_price_with_a_limit_of_heads_is_not_above_the_budget_by_itself(disclosure):
    """Only a printed ceiling that is an amount can be; the product of two limits is none."""
    scale = {"元": 1, "万元": 10_000}
    above = [
        i.address
        for i in disclosure.indicators
        for p in disclosure.projects
        if p.form == i.form and i.relation == "≤" and i.unit in scale
        if i.value * scale[i.unit] > p.budget
    ]
    found = performance.ceilings(disclosure)
    assert [c.indicator.address for c in found if c.alone_above] == above
    assert len(above) == 1
    (product,) = [c for c in found if c.volume]
    assert product.allowed > product.budget
    price = product.allowed / product.volume.value
    assert product.budget / product.binds > price >= product.budget / (product.binds + 1)
    assert product.binds < product.volume.value
    even = product._replace(budget=price * 3)
    assert even.binds == 2, "three at the price are the budget: there the price limits no more"
    assert found[0].binds is None


def test_reasons_are_audited(disclosure):
    judged = reasons.audit(disclosure, drivers.covered(disclosure))
    found = {(a.explanation.code, a.reason): a.verdict for a in judged}
    assert found["2101102", "higher-base"] == "cannot be tested"
    assert found["2101102", "more-staff"] == "compatible"
    assert found["2150502", "austerity"] == "cannot be tested"


def test_items_that_vanish_beside_items_that_appear_are_asked_about(disclosure):
    """The item that begins has two origins, and both are told."""
    pair, split = variance.regrouped(disclosure)
    assert (split.kind, [s.code for s in split.losing]) == ("split", ["2150502"])
    assert (pair.change, split.change) == (Decimal("-250000.00"), Decimal("-709800.00"))
    assert [s.code for s in pair.losing] == ["2150517"]
    assert [s.code for s in pair.gaining] == ["2150599"]
    rises, falls = variance.gross(variance.by_function(disclosure, 7))
    one = rises - falls - sum(abs(s.change) for s in (*pair.losing, *pair.gaining))
    assert one + abs(pair.change) == Decimal("2172085.24")


def test_items_may_have_been_merged_or_split(disclosure):
    """Without the item that begins, a project that rises may have taken the money."""

    def changed(cells):
        cells = {f"spending-by-function/{name}": amount for name, amount in cells.items()}
        return variance.regrouped(with_cells(disclosure, cells))

    no_new = {"2150599.total": None, "2150599.prior_total": None}
    no_old = {"2150517.total": None, "2150517.prior_total": None}
    (merged,) = changed({**no_new, "2150502.total": Decimal("3000000.00")})
    assert (merged.kind, [s.code for s in merged.gaining]) == ("merged", ["2150502"])
    assert merged.saved == 2 * min(Decimal("600000.00"), Decimal("190200.00"))
    (split,) = changed(no_old)
    assert (split.kind, [s.code for s in split.losing]) == ("split", ["2150502"])
    assert changed(no_old | no_new) == []


def test_each_growth_says_why_the_printed_one_differs(disclosure):
    found = {g.step.code: g for g in variance.growths(disclosure)}
    assert [found[code].why for code in ("", "21505", "2150517", "2150599")] == [
        "rounded",
        "two names",
        "equal",
        "from nothing",
    ]
    joined = found["21505"]
    assert joined.honest == Fraction(joined.step.now) / Fraction(joined.step.prior) - 1
    for printed, code in ((Decimal("50"), "2150501"), (Decimal("5"), "2150599"), (None, "2150502")):
        other = with_cell(disclosure, f"spending-by-function/{code}.growth", printed)
        changed = variance.growths(other)
        assert [g.step.code for g in changed if g.why == "misprinted"] == [code]


def test_a_reason_is_told_what_it_can_be_told(disclosure):
    judged = reasons.audit(disclosure, drivers.covered(disclosure))
    why = {(a.explanation.subject, a.explanation.code, a.reason): a for a in judged}
    funds = why["operating-funds", "", "more-staff"]
    assert funds.verdict == "compatible"
    neither = reasons.audit(disclosure, drivers.covered(disclosure, "neither-least"))
    (least,) = [a for a in neither if a.explanation.subject == "operating-funds"]
    assert least.covers == 0 < Fraction(funds.change) < funds.covers
    plan = why["function", "2150599", "work-plan"]
    assert plan.verdict == "cannot be tested"
    assert "sign" not in plan.why
    named = why["income", "", "named-project-cut"]
    assert named.why == "last year's budget of that project is not printed"


def test_a_reason_that_restates_the_change_falls_with_it(disclosure):
    def verdicts(other):
        judged = reasons.audit(other, drivers.covered(other))
        return {(a.explanation.claim, a.reason): a.verdict for a in judged}

    place = next(
        c["id"] for c in disclosure.claims if "basic-up-project-down" in (c["reasons"] or "")
    )
    assert verdicts(disclosure)[place, "basic-up-project-down"] == "restated"
    whole = disclosure.amount("spending-by-function", "合计", "total")
    cells = {"spending-by-function/total.basic": Decimal("1.00")}
    cells["spending-by-function/total.project"] = whole
    fallen = verdicts(with_cells(disclosure, cells))
    assert fallen[place, "basic-up-project-down"] == "contradicted"
    prior = disclosure.amount("spending-by-function", "2150501", "prior_total")
    other = with_cell(disclosure, "spending-by-function/2150501.prior_total", prior + 1)
    told = "claims/explanation/2150501/change/this"
    assert "another change" in {v for (c, _), v in verdicts(other).items() if c == told}


def test_only_both_contributions_together_have_a_base_that_is_determined(disclosure):
    """Another division of the own unit's sum moves each base, and leaves that of both."""
    pension, annuity, both = costs.implied_bases(disclosure)
    assert [base for *_, base in (pension, annuity, both)] == [971_544, 997_419, 980_169]
    *_, pay = costs.union_funds(disclosure)
    assert both[1] - Fraction(24, 100) * pay == Fraction("40872.24"), "full pay does not give it"
    assert Fraction(16, 100) * both[2] - pension[1] == 1380
    cells = {
        "basic-by-economic/30108.total": Decimal("314928.32"),
        "basic-by-economic/30109.total": Decimal("157464.16"),
    }
    moved = costs.implied_bases(with_cells(disclosure, cells))
    assert {base for *_, base in moved} == {both[2]}


def test_union_funds_are_set_beside_all_wages(disclosure):
    dues, base, own, institution = costs.union_funds(disclosure)
    assert (base, own + institution) == (996_001, 1_982_001)
    assert Fraction(2, 100) * (own + institution) - dues == 19_720


def test_a_share_of_staff_is_a_range_over_goods_and_last_years_pay(disclosure):
    """Pay goes by head in each way; what is not printed apart is taken at both its ends."""
    staffs = {way: yuan(split["staff"]) for way, split in drivers.by_way(disclosure).items()}
    assert staffs == {
        "neither-least": "547,450.72",
        "neither-most": "602,458.52",
        "institution": "623,390.09",
        "own-unit-least": "673,122.48",
        "own-unit-most": "728,130.28",
        "both": "749,061.85",
    }
    listed = [case.split["staff"] for case in drivers.sensitivity(disclosure)]
    assert {s["staff"] for s in drivers.by_way(disclosure).values()} <= {*listed}
    reach = [yuan(end) for _, *pair in drivers.reach(disclosure) for end in pair]
    assert {"328,240.81", "1,096,645.97"} <= {*reach}


def test_pension_and_annuity_of_all_are_near_their_rates_on_all_pay(disclosure):
    """A rival: the department's total fits full pay better than either unit's part does."""
    pension, annuity, both = costs.on_all_wages(disclosure)
    assert both == ("both together", Fraction("472392.48"), Fraction("475680.24"))
    assert pension[1] < pension[2]
    assert annuity[1] > annuity[2]


def test_last_years_medical_items_leave_whole_heads_on_the_base_of_the_pension(disclosure):
    whole, left = staff.left_of_medical(disclosure)
    assert whole == Fraction("125205.71")
    assert round_half_up(left, 0) == sum(
        p.care for p in staff.staff(disclosure) if p.year == disclosure.year - 1
    )


def test_a_mean_that_falls_does_not_say_that_a_base_fell(disclosure):
    joined = staff.newcomers(disclosure)
    assert joined == {"own-unit": (2, 136_854), "institution": (1, 48_636)}
    people = {(p.unit, p.year): p for p in staff.staff(disclosure)}
    now, before = people["institution", 2025], people["institution", 2024]
    assert now.base / now.heads < before.base / before.heads
    assert before.base + joined["institution"][1] == now.base, "five that stood still, and one"
    judged = reasons.audit(disclosure, drivers.covered(disclosure))
    assert not [a for a in judged if a.reason == "higher-base" and a.verdict == "contradicted"]


def test_the_headcount_has_two_more_routes(disclosure):
    """Operating funds give last year's base and medical care; pay less base gives the ratio."""
    base, care = staff.by_operating_funds(disclosure)
    (last,) = [p for p in staff.staff(disclosure) if (p.unit, p.year) == ("own-unit", 2024)]
    assert abs(base - last.base) < 1
    assert round(care) == last.care
    gaps = {place: each for place, (_, each) in staff.gaps(disclosure).items()}
    assert gaps["own-unit", 2024] == gaps["own-unit", 2025] == 23_000
    assert gaps["institution", 2025] == 66_600
    monthly = {u: round(pay / 12) for u, pay in staff.basic_pay(disclosure).items()}
    assert monthly == {"own-unit": 28_313, "institution": 18_194}


def test_the_fit_is_counted_against_what_was_free(disclosure, results):
    free, equations, holding = chance.freedom(disclosure, results)
    assert free < holding < equations
    known = [
        {**r, "source": "trade-union-law"} if r["id"] == "training" else r
        for r in disclosure.reference["rates"]
    ]
    other = with_resource(disclosure, "rates", known)
    assert chance.freedom(other, results) == (free - 1, equations, holding)


def test_what_is_said_of_the_rates_names_each_way_that_they_are_known(disclosure, repo):
    """One was found by trying, so that custom and report are not all that they rest on."""
    grades = {row["id"]: row["grade"] for row in disclosure.reference["sources"]}
    known = {grades[row["source"]] for row in disclosure.reference["rates"]}
    assert known == {"custom", "reported", "assumption", "read"}
    for name in ("02-reconciliation", "appendix-margins"):
        text = (repo / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
        assert "custom, reported or assumed" in text, name
    register = {row["id"]: row for row in disclosure.reference["findings"]}
    assert "custom, reported or assumed" in register["institution-pension-base"]["inferred_en"]
    text = (repo / "book" / "data" / "editorial.md").read_text(encoding="utf-8")
    assert "reported, custom, assumed or a law's" in text


def test_project_money_runs_the_body_too(disclosure):
    kept, labour = reconstruction.running_in_projects(disclosure)
    assert (kept, kept + labour) == (Decimal("590956.00"), Decimal("1145000.00"))


def test_ceilings_of_last_year_would_speak_for_the_reason(disclosure):
    ((form, fall),) = performance.if_last_year(disclosure)
    assert (form.form, fall) == (1, Decimal("990000.00"))


def test_items_have_a_state(disclosure):
    states = variance.states(disclosure)
    assert states["2150517"] == "dropped"
    assert states["2150599"] == "created"
    assert states["2150501"] == "continues"


def test_a_rewritten_set_is_better_by_the_rules_and_keeps_its_weights(disclosure):
    changed = [
        (old, new)
        for old in performance.forms(disclosure)
        if (new := rubric.rewritten(disclosure, old)).indicators != old.indicators
    ]
    ((old, new),) = changed
    assert [i.weight for i in new.indicators] == [i.weight for i in old.indicators]
    was, would = (rubric.ruled_shares(disclosure, form) for form in (old, new))
    for criterion in ("specific", "measurable", "method", "can-fail"):
        assert would[criterion] > was[criterion], criterion
    assert would["baseline"] == was["baseline"] == 0, "no value of an earlier year is printed"
    assert all(would[c] >= was[c] for c in was)
    assert rubric.only_words(old, Fraction(1)) > rubric.only_words(new, Fraction(1)) == 0
    places = {row["address"] for row in disclosure.reference["rewritten"]}
    assert places == {
        str(a.address) for a, b in zip(old.indicators, new.indicators, strict=True) if a != b
    }


def test_the_parts_without_an_indicator_lie_between_strict_and_generous_words(disclosure):
    """Words that come near a part count for every part of a goal or for none."""
    bare = [
        sum(not found for _, found in rubric.supports(disclosure, near=near))
        for near in (True, None, False)
    ]
    assert bare[0] < bare[1] < bare[2]


def test_a_part_of_a_goal_without_an_indicator_is_seen(disclosure):
    found = {row["id"]: len(indicators) for row, indicators in rubric.supports(disclosure)}
    assert found["5g-scenarios"] == 0
    assert found["safety-deaths"] == 1
    application = "project-targets/5G基站审批、通信保障“一件事”建设/通信保障“一件事”应用的建设"
    changed = with_cell(disclosure, f"{application}.indicator", "多跨场景数")
    assert {r["id"]: len(i) for r, i in rubric.supports(changed)}["5g-scenarios"] == 1
