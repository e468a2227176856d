"""The register of findings: one cause, one entry; every failing check in exactly one."""

import re
from fnmatch import fnmatch
from fractions import Fraction

import pytest
from worlds import with_each_of

from budgetbook.checks import Verdict
from budgetbook.errors import InputError
from budgetbook.proof.findings import fill, findings, request, unweighed
from budgetbook.proof.formulas import place
from budgetbook.proof.guards import printed


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
        if finding.kind in ("wording", "rounding", "loss in extraction") or finding.fine:
            assert not finding.sizes, finding.id
    sized = {f.id for f in register if f.sizes}
    assert "section-renamed" not in sized  # every sum of it holds
    assert sum(s.amount for f in register for s in f.sizes) < disclosure.amount(
        "spending-by-function", "合计", "total"
    )


def test_kinds_of_money_are_not_added(disclosure, results):
    both = {"missing": "projects.all", "contradicted": "projects.own-unit"}
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
