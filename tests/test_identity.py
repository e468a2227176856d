"""A thing is named by what it is: changes of lines, order or years move no name and no verdict."""

import re
import shutil

import pytest
from small_disclosure import DEPARTMENT, TEXT

import budgetbook
from budgetbook.checks import Verdict, run
from budgetbook.model.address import parse
from budgetbook.proof.findings import findings
from budgetbook.reading.importing import import_text

#: Where, in what order and in which year a thing is printed: what the changes below may change.
PLACES = {"line", "position", "form", "same_as", "year", "base_year", "sha256"}
ADDRESSES = ("address", "first", "second", "number")


def a_blank_line_at_the_top(text):
    return "\n" + text


def blank_paragraphs_inside(text):
    for numeral in "二三":
        assert text.count(f"\n\n{numeral}、") == 1
        text = text.replace(f"\n\n{numeral}、", f"\n\n\n\n{numeral}、")
    return text


def two_rows_exchanged(text):
    """Two accounts of table 6, or of the only table with two that do not add up to another."""
    lines = text.split("\n")
    whole = any(line.startswith("30101\t") for line in lines)
    codes = ("30101\t", "30102\t") if whole else ("208\t", "215\t")
    first, second = (next(n for n, t in enumerate(lines) if t.startswith(c)) for c in codes)
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def forms_of_projects_in_reverse(text):
    title = re.search(r"(?m)^\d{4}年\S*一般项目绩效目标表$", text)[0]
    before, *blocks = text.split(f"\n{title}\n")
    assert len(blocks) > 1
    blocks = [block.rstrip("\n") + "\n" for block in reversed(blocks)]
    return f"\n{title}\n".join([before, *blocks])


def every_year_raised_by_one(text):
    return re.sub(r"(?<!\d)20\d\d(?=\s*年)", lambda found: str(int(found[0]) + 1), text)


CHANGES = (
    a_blank_line_at_the_top,
    blank_paragraphs_inside,
    two_rows_exchanged,
    forms_of_projects_in_reverse,
    every_year_raised_by_one,
)
#: The checks that rest on the rates of a year, by the beginning of their names.
OF_A_YEAR = ("contributions.", "explanation.base.", "explanation.staff.", "operating-funds.")


#: The indicators of the small disclosure.
SMALL = (
    "department-targets/清理河道",
    "department-targets/水质",
    "project-targets/河道疏浚/疏浚河段",
    "project-targets/河道疏浚/居民满意度",
    "project-targets/水文观测/观测及时",
)


def small():
    """The small disclosure, as one of the office that our judgements speak of."""
    return TEXT.replace(DEPARTMENT, "重庆市渝北区大数据应用发展管理局")


@pytest.fixture(scope="module", params=["small", "published"])
def text(request):
    """The small disclosure, and the published text where it is at hand."""
    if request.param == "small":
        return small()
    return request.getfixturevalue("source").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read(data, tmp_path_factory):
    """A function that imports a text and loads the result, judgements of both texts beside it."""
    folder = tmp_path_factory.mktemp("identity")
    shutil.copytree(data, folder / "data")
    with (folder / "data/editorial/dimensions.csv").open("a", encoding="utf-8") as kept:
        kept.writelines(f"{address},quantity,yes,invented,book-usage\n" for address in SMALL)

    def read(text):
        path = folder / "text.txt"
        path.write_text(text, encoding="utf-8")
        import_text(path, folder / "data")
        return budgetbook.load(folder / "data")

    return read


@pytest.fixture(scope="module")
def before(read, text):
    return read(text)


@pytest.fixture(scope="module", params=CHANGES, ids=lambda change: change.__name__)
def change(request):
    return request.param


@pytest.fixture(scope="module")
def after(read, text, change):
    changed = change(text)
    assert changed != text
    return read(changed)


def contents(row):
    """What a row says, without its place."""
    return {name: value for name, value in row.items() if name not in PLACES}


def rows(disclosure):
    """What stands at each address of the disclosure."""
    printed = {str(a): [contents(e.row) for e in es] for a, es in disclosure.entries.items()}
    stated = {
        claim["id"]: contents(claim) if claim["kind"] != "year" else {}
        for claim in disclosure.claims
    }
    return printed | stated


def test_no_address_moves_to_another_thing(before, after):
    assert rows(after) == rows(before)


def judged(disclosure):
    """What each editorial row speaks of."""
    found = {}
    for name in ("dimensions", "rubric-judgements", "rewritten", "same-targets", "goal-parts"):
        for row in disclosure.reference[name]:
            for address in (row[c] for c in ADDRESSES if row.get(c)):
                at = disclosure.at(parse(address))
                found[address] = at and contents(at[0])
    return found


def test_no_judgement_moves_to_another_thing(before, after):
    assert judged(after) == judged(before)
    assert len(judged(before)) >= len(SMALL)


def silent(change, results):
    """The checks that do not apply in the year after, for its rates are not known."""
    if change is not every_year_raised_by_one:
        return set()
    apart = {r.check.id for r in results if r.verdict.value == "does not apply"}
    return {name for name in apart if name.startswith(OF_A_YEAR)}


def test_no_check_and_no_verdict_changes(before, after, change):
    first, second = ({r.check.id: r.verdict for r in run(d)} for d in (before, after))
    assert first.keys() == second.keys()
    apart = silent(change, run(after))
    kept = {name: verdict for name, verdict in first.items() if name not in apart}
    assert kept == {name: verdict for name, verdict in second.items() if name not in apart}
    assert Verdict.FAILS in kept.values()
    assert len(apart) < len(kept) / 10


def test_no_finding_changes(before, after, change):
    apart = silent(change, run(after))

    def failing(disclosure):
        register = findings(disclosure, run(disclosure))
        return {f.id: {r.check.id for r in f.failing} - apart for f in register}

    assert failing(after) == failing(before)
    assert sum(map(bool, failing(before).values())) > 3
