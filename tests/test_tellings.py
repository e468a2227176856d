"""Numbers told in words: each telling comes to its number, and its twins to another."""

import random
import re
from collections import Counter

import pytest

from budgetbook.teaching.comparisons import numbers
from budgetbook.teaching.stock import stock
from budgetbook.teaching.tellings import (
    Clause,
    Telling,
    _clause,
    counted,
    money,
    quantity,
    spelled,
)

BASES = ("places", "months", "times", "divisions")
CLAUSES = ("more", "fewer", "plus", "minus", "skip", "double", "skip-divisions", "double-divisions")


def told(kind, words, times, each, *clauses):
    named = {"b": "{each}", "unit": "户", "one": "镇街", "first": "三", "account": "培训费"}
    return Telling(kind, words, times, each, [Clause(*clause) for clause in clauses], named)


@pytest.mark.parametrize(
    ("telling", "value", "text"),
    [
        (
            told("places", "全区{a}个{one}，每个{b}{unit}", 12, 2, ("skip", "{c}个轮空", True, 2)),
            20,
            "全区十二个镇街，每个两户；两个轮空。",
        ),
        (
            told(
                "places", "{a}个各{b}", 10, 3, ("double", "{c}个", True, 1), ("more", "", False, 5)
            ),
            33,
            None,
        ),
        (told("times", "", 4, 20, ("more", "", True, 5), ("fewer", "", True, 8)), 77, None),
        (
            told("bought", "", 3, 500, ("plus", "", True, 200), ("minus", "", False, 400)),
            1700,
            None,
        ),
    ],
)
def test_a_telling_comes_to_what_a_person_reckons(telling, value, text):
    assert telling.value == value
    assert text is None or telling.text == text


def test_every_number_is_told_in_each_way_and_a_twin_comes_to_another():
    dice, kinds = random.Random(5), Counter()
    for value in (8, 15, 40, 250, 3000, 20_000):
        for kind in BASES:
            for _ in range(20):
                try:
                    telling = quantity(dice, kind, value, "户", 11, 6)
                except LookupError:
                    assert value < 20, "only a small number is too small"
                    continue
                assert telling.value == value
                assert telling.flipped(dice).value != value
                assert telling.text.endswith("。")
                assert "{" not in telling.text
                kinds[kind] += 1
    assert min(kinds.values()) > 80
    for yuan in (2000, 15_000, 143_000):
        for kind in ("bought", "spent"):
            telling = money(dice, kind, yuan, "培训费")
            assert telling.value == yuan
            assert telling.flipped(dice).value != yuan


def test_each_kind_of_clause_has_words_for_both_readings_and_no_letter_gives_it_away():
    rows = stock("tellings")
    for kind in CLAUSES:
        own = {e: [r["text"] for r in rows if (r["kind"], r["effect"]) == (kind, e)] for e in "01"}
        assert min(map(len, own.values())) >= 4, kind
        pairs = [r["text"].split("|") for r in rows if r["kind"] == f"{kind}-pair"]
        assert len(pairs) >= 4, kind
        assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs)
        for one, other in (("0", "1"), ("1", "0")):
            always = set.intersection(*(set(text) for text in own[one]))
            never = set("".join(own[other]))
            assert not {c for c in always - never if "一" <= c <= "龥"}, kind
    for kind in ("frame", "turn", *(f"{kind}-frame" for kind in CLAUSES)):
        frames = [r["text"] for r in rows if r["kind"] == kind]
        assert frames, kind
        assert all({"{what}", "{kept}", "{lost}"} <= set(_places(frame)) for frame in frames)
        first = sum(frame.index("{kept}") < frame.index("{lost}") for frame in frames)
        assert abs(2 * first - len(frames)) <= 2, "what holds is told first as often as last"


#: Words of frames that say that something was otherwise before.
BEFORE = re.compile("不再|改[为成回用]|旧的|一度|回到|起初的办法")


def test_what_comes_beside_a_number_is_told_as_such_and_never_as_changed_from_within_it():
    """“No longer counted here” would leave open whether the number told holds it: two readings."""
    rows = stock("tellings")
    assert all(BEFORE.search(r["text"]) for r in rows if r["kind"] == "turn")
    assert not [r["text"] for r in rows if r["kind"] == "frame" and BEFORE.search(r["text"])]
    assert all("另有" in r["text"] for r in rows if r["kind"] == "more-what")
    dice, turned = random.Random(8), Counter()
    for kind in CLAUSES:
        for _ in range(300):
            words = _clause(dice, kind, counts=dice.random() < 0.5, number=3).words
            own = {r["text"] for r in rows if r["kind"] == kind}
            turned[kind] += bool(words not in own and BEFORE.search(words))
    assert {kind for kind, number in turned.items() if number} == {*CLAUSES} - {"more", "plus"}


#: Words that say that something is told beside what is told before.
BESIDE = re.compile("外|另|不占|不在|没有算|分开|不含|加收|再补|加在")


def test_what_counts_beside_a_number_says_that_it_is_beside_it():
    for row in stock("tellings"):
        if (row["kind"], row["effect"]) in (("more", "1"), ("plus", "1")):
            assert BESIDE.search(row["text"]), row["text"]
        if row["kind"] in ("more-what", "plus-what"):
            assert row["text"].startswith("另有"), row["text"]


def test_what_is_within_a_number_says_of_which():
    """“Among them” would be read as among what the clause before speaks of."""
    kinds = ("fewer", "fewer-what", "minus", "minus-what")
    texts = [row["text"] for row in stock("tellings") if row["kind"] in kinds]
    assert texts
    assert not [text for text in texts if re.search("当中|其中|里面", text)]


#: What a condition speaks of → the clauses that it fits.
CONDITIONS = {
    "审核": ("plus", "minus"),
    "验收": ("minus",),
    "上年(?:已经|没有)?(?:完成|做过)": ("fewer", "skip"),
    "派人": ("skip", "double"),
    "人手": ("fewer", "skip-divisions"),
    "人员": ("skip-divisions", "double-divisions"),
}


@pytest.mark.parametrize("kind", CLAUSES)
def test_a_condition_is_one_of_what_it_stands_at(kind):
    """Money is approved, work was done before, people arrive: never money by people."""
    dice, found = random.Random(3), 0
    for _ in range(1200):
        words = _clause(dice, kind, counts=dice.random() < 0.5, number=3).words
        if "如" not in words:
            continue
        found += 1
        for what, kinds in CONDITIONS.items():
            assert kind in kinds or not re.search(what, words), words
    assert found > 20


def test_no_clause_speaks_of_somebody_who_is_not_there_or_runs_into_the_number_before():
    for text in (row["text"] for row in stock("tellings")):
        assert "对方" not in text or "邻近区县" in text, text
        assert not re.search("我们|别人", text), text
        assert not re.search(r"\{(?:what|unit)\}[一个人有]|一个\{b\}", text), text


def test_no_words_speak_of_a_month_after_the_limit():
    dice = random.Random(4)
    for limit in (10, 11, 12):
        for kind in BASES:
            for value in (40, 250, 3000):
                for _ in range(20):
                    one = quantity(dice, kind, value, "户", limit, 6)
                    for telling in (one, one.flipped(dice)):
                        assert last_month(telling.text) <= limit, telling.text


#: What says in words that work goes on until a month.
LAST = {
    "双月做|季度各?|一季|季季|全年|下半年各|每个季度|年底|年末": 12,
    "月月(?!都是)|除年头": 12,
    "单月": 11,
    "到十月": 10,
}


def last_month(text):
    """The last month that a telling speaks of, 0 for none."""
    text = text.replace("前三个季度，每季", "")
    return max((month for words, month in LAST.items() if re.search(words, text)), default=0)


def test_no_reading_is_a_negation_that_a_frame_would_negate_again():
    pairs = [r["text"].split("|") for r in stock("tellings") if r["kind"].endswith("-pair")]
    assert not [text for pair in pairs for text in pair if re.match("[不没无未]|一.也不", text)]


def test_two_clauses_of_one_telling_are_of_different_things():
    dice = random.Random(9)
    for value in (250, 9000):
        for kind in BASES:
            for _ in range(20):
                telling = quantity(dice, kind, value, "卷", 11, 6)
                for one in (telling, telling.flipped(dice)):
                    begins = [c.words.partition("{c}")[0].removeprefix("另有") for c in one.clauses]
                    assert len({*begins}) == len(begins), one.text
                    parts = re.findall("总[数额][里中][的有]?(另外)?", one.text)
                    assert [bool(part) for part in parts] == [n > 0 for n in range(len(parts))]
    assert not [r["text"] for r in stock("tellings") if re.search("末尾|打头", r["text"])]


def _places(text):
    return [f"{{{part.partition('}')[0]}}}" for part in text.split("{")[1:]]


@pytest.mark.parametrize("number", [2, 10, 15, 105, 1200, 9700, 20_050, 143_000, 1_000_000])
def test_numbers_are_spelled_as_they_are_read(number):
    assert numbers(f"共{spelled(number)}户") == [number]
    assert numbers(f"{counted(number)}个") == [number]
