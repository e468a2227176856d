"""The register of findings: one cause, one entry; every failing check in exactly one."""

import re
from fnmatch import fnmatch
from fractions import Fraction
from types import SimpleNamespace

import pytest
from worlds import with_cell, with_each_of, with_resource

from budgetbook.analysis.staff import staff
from budgetbook.checks import Verdict, run
from budgetbook.checks.statements import statements
from budgetbook.errors import InputError
from budgetbook.proof import evidence
from budgetbook.proof.findings import KINDS, fill, findings, told, unweighed
from budgetbook.proof.formulas import place
from budgetbook.proof.guards import printed
from budgetbook.proof.letters import request
from budgetbook.site.register import Proof


def words(pieces):
    """The text of pieces."""
    return "".join(piece.text for piece in pieces)


def texts(finding):
    """All that a finding and its readings say, as it is printed, and the letter."""
    own = [finding.sentence(name) for name in finding.row if name.endswith(("_en", "_zh"))]
    rivals = [words(text) for reading in finding.readings for text in reading[1:5]]
    return [*own, *rivals, request(finding)]


def test_each_failing_check_belongs_to_exactly_one_finding(register, results):
    failing = [r.check.id for r in results if r.verdict is Verdict.FAILS]
    weighed = [r.check.id for f in register for r in f.failing]
    assert sorted(weighed) == sorted(failing)
    assert unweighed(register, results) == []


def test_each_entry_is_whole(register):
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
        for column in [name for name in finding.row if name.endswith(("_en", "_zh"))]:
            left = known.sub("", finding.row[column] or "")
            assert not re.search(r"\d", left), (finding.id, column, left)


def test_nothing_accuses(register):
    words = (
        "fraud|conceal|hide|illegal|cheat|deliberate|corrupt|wrongdoing|造假|隐瞒|违法|故意|贪|骗"
    )
    for finding in register:
        for text in texts(finding):
            assert not re.search(words, str(text)), (finding.id, text)


PLACES = {
    "{projects.all:gap}": "200,000.00",
    "{claim:claims/project-targets/通信行业安全、应急管理/description/other-year/year}": "2023",
    "{cell:spending-by-function/2150517.prior_total}": "600,000.00",
    "{rate:pension}": "16 %",
    "{year:last}": "2024",
    "{staff:institution/last/mean}": "7.2",
    "{pay:wages}": "1,982,001.00",
    "{pay:pension|annuity}": "475,680.24",
    "{holding:renamed.*}": "2",
    "{open:change.claims/*}": "1",
    "{cell:spending-by-function/2150517.growth}": "−100",
    "{cell:project-by-government/50201.project}": "444,956.00",
    "{failing:nothing.*}": "0",
    "{elsewhere:nothing.*}": "0",
}


def test_every_text_of_the_register_is_filled(disclosure, results):
    """Places that are planted in any text of a finding or a reading print as their figures."""
    marked = "".join(f"☞{place}☜" for place in PLACES)
    filled = "".join(f"☞{figure}☜" for figure in PLACES.values())
    for name in ("findings", "readings"):
        columns = [c for c in disclosure.reference[name][0] if c.endswith(("_en", "_zh"))]
        assert len(columns) >= 4
        rows = [
            row | {column: f"{column}{marked}" for column in columns}
            for row in disclosure.reference[name]
        ]
        for finding in findings(with_resource(disclosure, name, rows), results):
            told = "\n".join(texts(finding))
            assert not [column for column in columns if f"{column}{filled}" not in told], name
            assert "{" not in told


@pytest.mark.parametrize("wrong", ["{projects.all}", "{claim}", "{gap:projects.all", "a } b"])
def test_a_brace_that_is_no_place_is_an_error(disclosure, results, wrong):
    planted = with_each_of(disclosure, "readings", lambda row: {"speaks_zh": wrong})
    with pytest.raises(InputError, match="change-not-mentioned: no place for a figure"):
        texts(findings(planted, results)[0])


def test_a_finding_counts_its_own_checks_alone(register):
    counted = 0
    for finding in register:
        for column in ("found_en", "found_zh"):
            for pattern in re.findall(r"\{failing:([^{}]+)\}", finding.row[column]):
                own = [r for r in finding.failing if fnmatch(r.check.id, pattern)]
                told = sum(len(r.offenders) or 1 for r in own)  # what a check names, or itself
                assert f"{told}" in finding.sentence(column), finding.id
                (piece,) = fill(f"{{failing:{pattern}}}", finding)
                assert piece.text == str(told), (finding.id, pattern)
                counted += 1
    assert counted > 10


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
        if finding.fine or {"wording", "rounding"} & set(finding.kinds[:1]):
            assert not finding.sizes, finding.id
    sized = {f.id for f in register if f.sizes}
    assert "section-renamed" not in sized  # every sum of it holds
    assert sum(s.amount for f in register for s in f.sizes) < disclosure.amount(
        "spending-by-function", "合计", "total"
    )


def test_kinds_of_money_are_not_added(disclosure, results):
    both = {"missing": "projects.all", "contradicted": "projects.own-unit", "unexplained": ""}
    planted = with_each_of(disclosure, "findings", lambda row: both)
    found = {f.id: f for f in findings(planted, results)}
    assert [f"{s.money} {s.matter}" for s in found["projects-without-form"].sizes] == [
        "200,000.00 yuan not told on one side 一处未列",
        "200,000.00 yuan contradicted 两处不一",
    ]


def planted(disclosure, results, resource, change, **where):
    """The register with the rows changed that have these values."""

    def changed(row):
        return change if all(row[name] == value for name, value in where.items()) else {}

    return findings(with_each_of(disclosure, resource, changed), results)


# What a sentence needs: its checks, as it says, give it its grade.


def unbound(finding):
    """The checks whose figures or numbers a finding's sentence tells and its row does not need."""
    needed = {result.check.id for result in finding.needed}
    left = set()
    for column in ("title_en", "title_zh", "found_en", "found_zh", "inferred_en", "inferred_zh"):
        text = finding.row[column] or ""
        left |= set(re.findall(r"\{([^{}]+):(?:left|right|gap)\}", text)) - needed
        for pattern in re.findall(r"\{(?:failing|elsewhere|holding|tested):([^{}]+)\}", text):
            left |= set() if any(fnmatch(name, pattern) for name in needed) else {pattern}
    return left


def test_a_figure_of_a_sentence_comes_from_a_check_that_it_needs(disclosure, results, register):
    assert [(f.id, unbound(f)) for f in register if unbound(f)] == []
    for figure in ("{projects.own-unit:gap}", "{holding:weights.*}"):
        change = {"found_zh": figure}
        (one,) = (
            f
            for f in planted(disclosure, results, "findings", change, id="projects-without-form")
            if f.id == "projects-without-form"
        )
        assert unbound(one), figure


def test_no_finding_is_graded_above_the_weakest_check_that_it_needs(disclosure, results, register):
    for finding in register:
        assert finding.needed, finding.id
        grades = {evidence.grade(r.check, disclosure) for r in finding.needed}
        assert finding.grade == max(grades), finding.id
        assert (finding.grade == "A") == (not finding.row["inferred_en"]), finding.id
    change = {"fails": "projects.all|projects.own-unit"}
    found = planted(disclosure, results, "findings", change, id="projects-without-form")
    grades = [{f.id: f.grade for f in one}["projects-without-form"] for one in (register, found)]
    assert grades == ["A", "B"]


@pytest.mark.parametrize("change", [{"holds": "projects.all"}, {"fails": "balance.*"}])
def test_a_sentence_that_is_not_true_is_not_told(disclosure, results, register, change):
    assert [f.id for f in register if f.untrue and not (f.fine and f.row["fails"])] == []
    assert told(register, fine=False)
    found = planted(disclosure, results, "findings", change, id="procurement-total")
    with pytest.raises(InputError, match="procurement-total"):
        told(found, fine=False)
    (one,) = (f for f in found if f.id == "procurement-total")
    assert one.sentence("found_en").startswith("Its sentence is not true of these figures")


#: Terms that have such a word in them and count nothing.
TERMS = re.compile(r"\{[^{}]*\}|at most|three public|人均|平均|均值|表[一二三四五六七八九十]+")
QUANTIFIERS = {
    "_en": re.compile(
        r"(?i)\b(one|two|three|four|five|six|all|both|most|many|only|every|each|none)\b"
    ),
    "_zh": re.compile(
        r"[仅均各每两]|全部|唯一|所有|多数|[一二三四五六七八九十]+(?:[个项张处行次句笔条款种]|单位)"
    ),
}


def typed(disclosure):
    """What quantifiers and counts are typed into the register instead of counted."""
    return [
        (name, column, found[0])
        for name in ("findings", "readings")
        for row in disclosure.reference[name]
        for column, text in row.items()
        if (words := QUANTIFIERS.get(column[-3:]))
        if (found := words.search(TERMS.sub("", text or "")))
    ]


def test_no_quantifier_is_typed_into_the_register(disclosure):
    """“5 of 5” is counted by {holding:…} of {tested:…}; “all” would be true until it is not."""
    assert typed(disclosure) == []
    for column, text in (
        ("speaks_en", "Every item has its paragraph."),
        ("speaks_en", "It holds for both units."),
        ("reading_en", "One item fell."),
        ("reading_zh", "两单位相同。"),
        ("speaks_zh", "各表均有。"),
        ("speaks_zh", "有三处不符。"),
    ):
        change = {column: text}
        assert typed(with_each_of(disclosure, "readings", lambda row, new=change: new)), text


# Readings that a check refutes.


def test_a_reading_is_refuted_if_and_only_if_its_check_fails(disclosure, results, register):
    (finding,) = (f for f in register if f.id == "institution-pension-base")
    named = [row["refuted_by"] for row in finding.rivals]
    shown = [r.refuted.check.id if r.refuted else None for r in finding.readings]
    assert shown == named
    assert named.count("contributions.institution.full-pay") == 2
    for row in disclosure.reference["readings"]:
        assert not row["refuted_by"] or row["refuted_by"] in finding.everything, row["finding"]
    paid = disclosure.amount("basic-by-economic", "30107", "total")
    richer = with_cell(disclosure, "basic-by-economic/30107.total", paid + 200_000)
    (open_,) = (f for f in findings(richer, run(richer)) if f.id == finding.id)
    assert not any(reading.refuted for reading in open_.readings)


def test_a_finding_is_undecided_if_readings_of_different_kinds_are_open(
    disclosure, results, register
):
    """Its kinds are those of the readings that no check refutes; none is called the likely one."""
    assert "kind" not in disclosure.reference["findings"][0]
    for finding in register:
        fits = {reading.kind for reading in finding.readings if not reading.refuted}
        assert set(finding.kinds) == fits, finding.id
        assert finding.kind.startswith("undecided") == (len(fits) != 1), finding.id
        assert all(" ".join(KINDS[kind]) in finding.kind for kind in fits), finding.id
    refuted = {"refuted_by": "projects.all"}
    where = {"finding": "projects-without-form", "kind": "omission"}
    names = [
        {f.id: f.kind for f in one}["projects-without-form"]
        for one in (register, planted(disclosure, results, "readings", refuted, **where))
    ]
    both = "loss in extraction 提取损失, convention 口径"
    assert names == [f"undecided 未定 (omission 遗漏, {both})", f"undecided 未定 ({both})"]
    where = {"finding": "projects-without-form"}
    same = planted(disclosure, results, "readings", {"kind": "convention"}, **where)
    assert {f.id: f.kind for f in same}["projects-without-form"] == "convention 口径"


def test_what_other_findings_tell_is_counted_apart(register):
    """Numbers of goals that no target has: each belongs to one entry, and the other says so."""
    (finding,) = (f for f in register if f.id == "promises-without-indicator")
    goals = [r for r in finding.everything.values() if r.check.id.startswith("goals.claims/")]
    failing = [r for r in goals if r.verdict is Verdict.FAILS]
    own = [r for r in failing if r in finding.failing]
    told = words(fill("{failing:goals.claims/*} {elsewhere:goals.claims/*}", finding))
    assert told == f"{len(own)} {len(failing) - len(own)}"
    assert len(failing) > len(own)
    assert "{elsewhere:goals.claims/*}" in finding.row["found_zh"]


#: What words say wrongly → the words: a blank is not zero, half up is not up, a usual term is no
#: norm, a language model is nobody, budgeted wages are not all pay.
WRONG = {
    "zero": r"(had|has|fell to) nothing|[本上]年为零|归零|had no row",
    "up": "进位",
    "norm": "规范用语",
    "person": "人工",
    "pay": r"(whole|full|all its) (pay|wages)|全部工资|工资总额",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_register_and_the_checks_do_not_say(disclosure, wrong):
    """Nor do the titles of checks say what only the words that we chose or the year show."""
    said = [
        *(row for name in ("findings", "readings") for row in disclosure.reference[name]),
        *(row._asdict() for row in statements().values()),
    ]
    texts = [text for row in said for text in row.values() if isinstance(text, str)]
    assert len(texts) > 800
    assert [text for text in texts if re.search(WRONG[wrong], text)] == []


def test_a_check_that_is_not_judged_is_shown_as_open(results):
    open_ = next(r for r in results if r.verdict is Verdict.OPEN)
    apart = next(r for r in results if r.verdict is Verdict.APART)
    shown = [Proof.sides(None, result) for result in (open_, apart)]
    assert shown == [
        ["", "cannot be tested", f"needs {open_.needs}"],
        ["", "does not apply", apart.needs],
    ]


# The order is computed.


def test_the_order_is_by_grade_money_and_reach(disclosure, results, register):
    assert "rank" not in disclosure.reference["findings"][0]
    keys = [f.order for f in register]
    assert keys == sorted(keys)
    turned = with_resource(disclosure, "findings", disclosure.reference["findings"][::-1])
    again = [f.order for f in findings(turned, results)]
    assert again == sorted(again)
    sized = [f for f in register if f.grade == "A" and f.sizes]
    assert sized == [f for f in register if f.grade == "A"][: len(sized)]
    assert [[s.kind for s in f.sizes] for f in sized] == [
        ["missing"],
        ["missing"],
        ["contradicted"],
    ]
    assert sized[0].sizes[0].amount > sized[1].sizes[0].amount
    swapped = {"missing": "", "contradicted": "projects.all"}  # more, and of the kind told later
    found = planted(disclosure, results, "findings", swapped, id="projects-without-form")
    small = {"contradicted": "", "missing": sized[2].row["contradicted"]}
    rows = [f.row | small if f.id == sized[2].id else f.row for f in found]
    ids = [f.id for f in findings(with_resource(disclosure, "findings", rows), results)]
    assert ids.index(sized[2].id) < ids.index("projects-without-form"), (
        "kinds are not ranked as one"
    )


def test_other_bases_rose_where_the_mean_of_one_unit_fell(disclosure, register):
    """What the entry tells of the bases beside the one that its check compares."""
    people = {(p.unit, p.year == disclosure.year): p for p in staff(disclosure)}
    mean = {key: p.base / p.heads for key, p in people.items()}
    assert mean["institution", True] < mean["institution", False]
    assert mean["own-unit", True] > mean["own-unit", False]
    pension = {
        now: Fraction(disclosure.amount("spending-by-function", "2080505", column))
        / sum(p.heads for (_, this), p in people.items() if this is now)
        for now, column in ((True, "total"), (False, "prior_total"))
    }
    assert pension[True] > pension[False]


def test_a_blank_that_counts_as_nothing_is_told_where_it_is_read(disclosure, register):
    """A change from or to a blank cell agrees with the text only if the blank is nothing."""
    (fine,) = [f for f in register if f.id == "no-reason-for-alarm"]
    changes = [r for r in fine.results if r.check.id.startswith("change.") and r.left is not None]
    leaves = {
        str(leaf) for r in changes for leaf in (*r.check.left.leaves(), *r.check.right.leaves())
    }
    assert any(
        row["code"] == "2150599" and row["prior_total"] is None
        for row in disclosure.tables["spending-by-function"]
    )
    assert "spending-by-function/2150599.prior_total" in leaves
    assert "a blank cell counting as nothing" in fine.sentence("found_en")
    assert "空白单元格作零计" in fine.sentence("found_zh")


def test_what_is_undecided_can_be_settled(register):
    """Where readings of several kinds are open, arithmetic does not choose between them."""
    undecided = [f for f in register if f.kind.startswith("undecided")]
    assert len(undecided) > 10
    for finding in undecided:
        assert not finding.row["settles_en"].startswith("Nothing"), finding.id
        assert "无须佐证" not in finding.row["settles_zh"], finding.id


def test_an_amount_is_printed_with_its_separators(register):
    told = "\n".join(text for finding in register for text in texts(finding))
    assert re.search(r"\d,\d{3}\.\d\d", told)
    assert re.findall(r"\d{4,}\.\d\d", told) == []


def test_a_finding_is_said_in_the_language_of_the_edition(register, monkeypatch):
    """Its sentences are looked up before their figures are filled in; Chinese stays."""
    marked = SimpleNamespace(gettext=lambda text: f"<{text}>" if text.isascii() else text)
    found = {finding.id: finding for finding in register}["projects-without-form"]
    english, chinese = found.sentence("found_en"), found.sentence("found_zh")
    monkeypatch.setattr("budgetbook.messages._catalogue", lambda *_: marked)
    assert found.sentence("found_en") == f"<{english}>"
    assert found.sentence("found_zh") == chinese
    assert found.sizes[0].matter == "<not told on one side> 一处未列"


def test_money_that_the_text_states_has_separators_and_the_item_its_name(register):
    (silent,) = (f for f in register if f.id == "change-not-mentioned")
    for column in ("found_en", "found_zh", "title_zh"):
        assert "产业发展" in silent.sentence(column)
    said = ["".join(p.text for p in reading.speaks_zh) for reading in silent.readings]
    assert any("1,059,800元" in text and "350,000元" in text for text in said)
