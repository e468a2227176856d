"""Damaged input of any kind: a clear error or a correct answer, no traceback, no silent pass."""

import contextlib
import io
import json
import random
import re
import shutil
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_disclosure import TEXT
from worlds import with_rows

from budgetbook.checks import run
from budgetbook.cli import main
from budgetbook.forms import family
from budgetbook.model.loading import load
from budgetbook.reading import read
from budgetbook.reading.importing import vocabulary
from budgetbook.reading.page import Page
from budgetbook.synthetic import department, printed
from budgetbook.words.reporting import as_json

pytestmark = pytest.mark.long


def examples(number):
    """So many examples, the same ones every time."""
    return settings(
        derandomize=True,
        deadline=None,
        max_examples=number,
        suppress_health_check=list(HealthCheck),
    )


FILES = [f"published/table-{n:02d}.csv" for n in (1, 3, 5, 7, 10, 14, 15, 17)]
FILES += ["published/claims.csv", "published/tables.csv", "reference/rates.csv"]
FILES += ["reference/crosswalk.csv", "editorial/findings.csv", "editorial/goal-parts.csv"]
FILES += ["editorial/same-targets.csv", "datapackage.json"]


@pytest.fixture(scope="module")
def folder(data, tmp_path_factory):
    """A copy of the data package; each example mends what it broke."""
    return shutil.copytree(data, tmp_path_factory.mktemp("fuzz") / "data")


def called(*arguments):
    """Exit status, printed text and error of the command line."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(argument) for argument in arguments])
    return status, out.getvalue(), err.getvalue()


def answered(folder):
    """Judge the package: an error of one line, or the verdicts on what was loaded."""
    status, out, err = called("check", folder, "--format", "json")
    if status == 2:
        assert err.startswith("budgetbook: ")
        assert err.count("\n") == 1
        assert not out
        return None
    assert status in (0, 1)
    assert out == as_json(run(load(folder)))
    assert (status == 1) == any(entry["verdict"] == "fails" for entry in json.loads(out))
    return out


@contextlib.contextmanager
def broken(path, content):
    """The file with other content, mended afterwards."""
    good = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(good)


@examples(80)
@given(data=st.data())
def test_bytes_changed_anywhere(folder, data):
    path = folder / data.draw(st.sampled_from(FILES))
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    gone = data.draw(st.integers(0, 12))
    new = data.draw(st.binary(max_size=4) | st.sampled_from([b",", b'"', b"\n", b"9", b"-", b"|"]))
    with broken(path, good[:at] + new + good[at + gone :]):
        answered(folder)


@examples(70)
@given(data=st.data())
def test_cells_rows_and_columns_changed(folder, data):
    path = folder / data.draw(st.sampled_from(FILES[:-1]))
    lines = path.read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[at].split(",")
    place = data.draw(st.integers(0, len(cells) - 1))
    words = [
        "",
        "0",
        "-1",
        "1e3",
        "NaN",
        "٣",
        "9999999999999999",
        "合计",
        "215",
        "是",
        "x|y",
        "2025",
    ]
    match data.draw(st.sampled_from(["cell", "row", "twice", "swap", "column"])):
        case "cell":
            cells[place] = data.draw(st.sampled_from(words) | st.text(max_size=5))
            lines[at] = ",".join(cells)
        case "row":
            del lines[at]
        case "twice":
            lines.insert(at, lines[at])
        case "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        case "column":
            lines = [",".join(line.split(",")[:-1]) for line in lines]
    with broken(path, ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")):
        answered(folder)


@examples(45)
@given(data=st.data())
def test_a_changed_amount_is_never_passed_over(disclosure, results, data):
    """Another amount in a table, however large or small, is seen on a side of some check."""
    before = as_json(results)
    table = data.draw(
        st.sampled_from([n for n in disclosure.tables if n not in ("key-project-targets",)])
    )
    rows = disclosure.tables[table]
    places = [
        (row, column)
        for row in rows
        for column, value in row.items()
        if isinstance(value, Decimal) and column not in ("growth", "weight")
    ]
    if not places:
        return
    row, column = data.draw(st.sampled_from(places))
    value = data.draw(st.integers(-(10**12), 10**12).map(lambda n: Decimal(n).scaleb(-2)))
    if value == row[column]:
        return
    wrong = ({**r, column: value} if r is row else r for r in rows)
    assert as_json(run(with_rows(disclosure, table, wrong))) != before


@pytest.fixture(scope="module")
def bare(folder, tmp_path_factory):
    """A package without what speaks of one document alone, and the verdicts on it."""
    target = shutil.copytree(folder, tmp_path_factory.mktemp("bare") / "data")
    for file in (target / "editorial").glob("*.csv"):
        file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return target, answered(target)


@examples(45)
@given(data=st.data())
def test_texts_damaged_anywhere(bare, tmp_path_factory, data):
    """An import ends in a package that can be judged, or in one clear line; never in between."""
    text = printed(department(data.draw(st.integers(0, 5))))
    at = data.draw(st.integers(0, len(text) - 1))
    gone = data.draw(st.integers(0, 60))
    new = data.draw(st.text(max_size=6) | st.sampled_from(["\t", "\n", "元", "合计", "99.9", "（"]))
    path = tmp_path_factory.mktemp("text") / "text.txt"
    path.write_bytes((text[:at] + new + text[at + gone :]).encode("utf-8", "surrogatepass"))
    untouched, before = bare
    target = shutil.copytree(untouched, path.parent / "data")
    status, out, err = called("import", path, "--out", target)
    assert status in (0, 2)
    if status == 2:
        assert not out
        assert err.count("\n") == 1
        assert answered(target) == before
    else:
        answered(target)


# Sentences


#: What sentences are made of: names of subjects, names that only look like them, words, marks.
NAMES = {
    **{"收入": "income", "支出": "expenditure", "基本支出": "basic", "项目支出": "project"},
    **{"人员经费": "personnel", "公用经费": "public-funds", "公务接待费": "reception"},
    **{"因公出国(境)费用": "abroad", "“三公”经费": "three-public", "下属单位": "institutions"},
    **{"内设": "internal-divisions", "科室": "internal-divisions", "共有车辆": "vehicles"},
    **{"机关运行经费": "operating-funds", "事业收入": "income-public-service"},
    **{"社会保障和就业支出": "function", "涉及项目": "projects"},
}
DECOYS = ["教育支出", "上级补助收入", "派出机构", "人员", "培训费", "专家", "编制", "会议"]
FIGURES = ["元", "万元", "个", "名", "辆", "%", "个百分点", "人"]
CHANGES = ["较2030年增加", "比上年减少", "增长", "下降", "同比增加", "占", "金额"]
LINKS = [
    "为",
    "预算",
    "共计",
    "其中：",
    "其中，",
    "主要是",
    "主要原因是",
    "2031年",
    "2030年",
    "2029年",
    "上年",
    "本年",
    "截至2030年底",
    "2030年和",
    "与",
    "本局",
    "的",
]
MARKS = ["，", "、", "；", "。", "：", "（", "）"]
WORDS = [*NAMES, *DECOYS, *CHANGES, *LINKS, *MARKS]
PIECE = st.sampled_from(WORDS) | st.sampled_from(FIGURES)
#: The change, the share or the sum that may follow a figure, stated anew.
FOLLOWING = re.compile(
    r"[，、（]?(占|金额|((较|比)(上年|\d{4}年))?(同比)?(增加|增长|减少|下降))为?"
)


@st.composite
def paragraphs(draw):
    """Sentences that state figures, then words put in, taken out and exchanged between them."""
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        for _ in range(draw(st.integers(1, 4))):
            pieces += draw(st.lists(st.sampled_from(LINKS), max_size=1))
            pieces += [draw(st.sampled_from([*NAMES, *DECOYS, *CHANGES]))]
            pieces += [draw(st.sampled_from(FIGURES)), draw(st.sampled_from("，、；"))]
        pieces[-1] = "。"
    for _ in range(draw(st.integers(0, 6))):
        at, other = (draw(st.integers(0, len(pieces) - 1)) for _ in "ab")
        match draw(st.sampled_from(["in", "out", "exchange", "list"])):
            case "list":
                one, other = (draw(st.sampled_from([*NAMES])) for _ in "ab")
                change = draw(st.sampled_from(CHANGES))
                pieces[at:at] = [one, "元", "、", other, "元", "，", change, "元", "。"]
            case "in":
                pieces.insert(at, draw(PIECE))
            case "out" if len(pieces) > 1:
                del pieces[at]
            case _:
                pieces[at], pieces[other] = pieces[other], pieces[at]
    values = count(11)
    return "".join(f"{next(values)}{p}" if p in FIGURES else p for p in pieces) + "完。"


def own_phrase(words):
    """What stands behind the last mark before a figure, but in closed brackets."""
    wide = words.replace("(", "（").replace(")", "）").replace("（境）", "(境)")
    return re.split("[，；、。（）]", re.sub("（[^（）]*）", "", wide))[-1]


def named(subject, words):
    """Whether some words hold a name of a subject."""
    wide = words.replace("（", "(").replace("）", ")")
    return any(name in wide for name, s in NAMES.items() if s == subject)


def years_in(words):
    """The years that words name and compare nothing with."""
    apart = re.sub(r"[较比](?:上|\d{4})年", "", words)
    times = {"上年": "2030", "本年": "2031"}
    return {times.get(year, year[:4]) for year in re.findall(r"\d{4}年|上年|本年", apart)}


def years_of(before, own):
    """The years that a figure may be of: those of its phrase, its sentence or its paragraph."""
    told = re.sub(r"(?:主要原因|主要是).*?(?=其中|。|$)", "", before)
    sentence = told.rpartition("。")[2].replace("本年", "")
    earlier = years_in(sentence) or years_in(told.replace("本年", "")) or {"2031"}
    return years_in(own) or earlier


@pytest.fixture(scope="module")
def words(data):
    """The words by which the reader knows a subject."""
    return vocabulary(data)


def read_in_place(words, text, place="本局内设3个科室，下属事业单位2个。"):
    """The small disclosure with a text in the place of a paragraph, and what it was read as."""
    page = Page("text.txt", TEXT.replace(place, text).split("\n"))
    return page, read(page, words, [family("chongqing-district")]).resources


@examples(250)
@given(text=paragraphs())
def test_no_figure_is_given_to_what_its_own_phrase_does_not_name(words, text):
    """A name stands in the phrase of a figure, or right behind it; so does its year.

    A year may be that of the whole sentence too, where it names no other. Only a share, a sum or a
    change may speak of the figure right before it. No figure is lost.
    """
    page, resources = read_in_place(words, text)
    line = next(n for n, t in enumerate(page.lines, 1) if t == text)
    told = {
        row["value"]: row
        for row in resources["claims"]
        if row["line"] == line and row["kind"] not in ("year", "none") and row["value"]
    }
    figures = list(re.finditer(r"(?<!\d)\d{2}(?!\d)", text))
    listed = [r["printed"] for r in resources["unread"] if r["line"] == line]
    unread = sum(printed[0].isdigit() for printed in listed)
    assert len(told) + unread == len(figures)
    start, before, amount_before, listed_before = 0, None, None, None
    for figure in figures:
        unit = re.match("个百分点|万元|.", text[figure.end() :])[0]
        phrase, behind = text[start : figure.start()], text[figure.end() + len(unit) :]
        claim, own = told.get(figure[0]), own_phrase(phrase)
        if claim:
            subject, place = claim["subject"], (text, figure[0], claim)
            right_behind = any(behind.startswith(n) for n, s in NAMES.items() if s == subject)
            follows = before and before["subject"] == subject and FOLLOWING.fullmatch(phrase)
            assert not (follows and listed_before and phrase.startswith("，")), place
            assert named(subject, own) or right_behind or follows, place
            assert not own.endswith((*DECOYS, "。")) or right_behind, place
            own_years = years_of(text[: figure.start()], own)
            assert {claim["year"]} == ({before["year"]} if follows else own_years), place
            base = re.search(r"[较比](\d{4})年", own)
            if claim["base_year"] and not follows:
                assert claim["base_year"] == (base[1] if base else str(int(claim["year"]) - 1))
        own_amount = claim and claim["kind"] == "amount" and not FOLLOWING.fullmatch(phrase)
        listed_before = own_amount and phrase.startswith("、") and amount_before
        amount_before = own_amount
        start, before = figure.end() + len(unit), claim


#: Words of reasons, and what leads to them or looks as if it did.
REASONS = {
    **{"人员的增加": "more-staff", "社保基数上涨": "higher-base", "过紧日子": "austerity"},
    **{"工作业务计划": "work-plan", "项目较上年减少": "named-project-cut"},
}
LEADS = ["主要原因是", "主要是", "原因是", "增加的主要原因是", "主要原因："]
_LEAD = re.compile("主要(?:原因)?[是：]|原因[是：]")
NO_LEADS = ["由于", "主要用于", "与", "分别为"]


def explained(seed):
    """Sentences of changes, some with reasons behind them or in a sentence of their own.

    Some pieces are exchanged; the same seed gives the same ones.
    """
    dice, pieces = random.Random(seed), []
    for _ in range(dice.randint(2, 4)):
        name = dice.choice(["基本支出", "项目支出", "人员经费", "公务接待费", "会议费"])
        pieces += [name, dice.choice(["增加", "增加", "减少", ""]), "元", dice.choice("，，；。")]
        if dice.random() < 0.5:
            lead = dice.choice([*LEADS, *NO_LEADS])
            pieces += [lead, dice.choice([*REASONS]), dice.choice("，；。。")]
    for _ in range(dice.randint(0, 2)):
        at, other = (dice.randrange(len(pieces)) for _ in "ab")
        pieces[at], pieces[other] = pieces[other], pieces[at]
    values = count(11)
    return "".join(f"{next(values)}元" if p == "元" else p for p in pieces) + "。完。"


def reason_of(text, end):
    """The words between a figure, which ends there, and the lead to its reason, and the reason.

    It stands in the sentence of the figure, or opens the next one.
    """
    own, _, rest = text[end:].partition("。")
    sentence = own if _LEAD.search(own) else f"{own}。{rest.partition('。')[0]}"
    lead = _LEAD.search(sentence)
    return (sentence[: lead.start()], sentence[lead.end() :]) if lead else None


def test_a_reason_stands_behind_its_change_with_no_other_figure_between(words):
    """What a claim bears as its reason is told behind it, and of nothing else that goes before."""
    borne = 0
    for text in map(explained, range(250)):
        page, resources = read_in_place(words, text)
        line = next(n for n, printed_text in enumerate(page.lines, 1) if printed_text == text)
        told = {row["value"]: row for row in resources["claims"] if row["line"] == line}
        for figure in re.finditer(r"\d\d(?=元)", text):
            claim = told.get(figure[0])
            if claim and claim["reasons"]:
                borne += 1
                found = reason_of(text, figure.end() + 1)
                assert claim["direction"], (text, claim)
                assert found, (text, claim)
                others = re.findall(r"\d\d(?=元)", found[0])
                assert {told[n]["subject"] for n in others} <= {claim["subject"]}, (text, claim)
                codes = {code for word, code in REASONS.items() if word in found[1]}
                assert {*claim["reasons"].split()} <= codes | {"unlisted"}, (text, claim)
    assert borne > 50


#: Headings, each with its mark: higher marks first. What stands under some is not the office's.
HEADS = {"（二）": "基本情况", "1.": "收支情况", "（1）": "总体说明"}
PARTS = ["政府性基金预算", "国有资本经营预算情况", "财政专户管理资金"]
UNITS = ["甲中心", "局机关情况", "乙局管理站", "下属单位"]
#: A paragraph of the small disclosure → the section that it stands in.
PLACES = {
    "本局内设3个科室，下属事业单位2个。": "单位概况",
    "2031年无使用政府性基金预算拨款安排的支出。": "分项说明",
    "涉及项目2个，金额300,000元。": "其他事项",
}


@st.composite
def headed(draw):
    """Paragraphs under headings: (headings over it, its text), and what is printed."""
    over, found, printed_lines = [], [], []
    for _ in range(draw(st.integers(1, 4))):
        mark = draw(st.sampled_from([*HEADS]))
        over = [each for each in over if [*HEADS].index(each[0]) < [*HEADS].index(mark)]
        over = [*over, (mark, draw(st.sampled_from([HEADS[mark], *PARTS, *UNITS])))]
        printed_lines.append("".join(over[-1]))
        if draw(st.booleans()):
            text = "".join(
                f"{draw(st.sampled_from([*NAMES]))}{draw(st.integers(11, 99))}元，" for _ in "abc"
            )
            found.append(([name for _, name in over], f"2031年{text[:-1]}。"))
            printed_lines.append(found[-1][1])
    return found, "\n\n".join(printed_lines)


@examples(150)
@given(told=headed(), place=st.sampled_from([*PLACES]))
def test_no_figure_is_given_to_another_than_the_headings_above_it_name(words, told, place):
    """A claim stands in the section above it, and no heading over it names a unit or a fund."""
    found, text = told
    page, resources = read_in_place(words, text, place)
    claims = resources["claims"]
    budget = ("income", "expenditure", "basic", "project", "personnel", "public-funds")
    for over, sentence in found:
        lines = {n for n, printed_text in enumerate(page.lines, 1) if printed_text == sentence}
        mine = [c for c in claims if c["line"] in lines and c["kind"] != "year"]
        assert all(c["section"] == PLACES[place] for c in mine)
        if {*over} & {*UNITS}:
            assert not mine, (over, sentence)
        if {*over} & {*PARTS}:
            assert not [c for c in mine if c["subject"] in budget], (over, sentence)
