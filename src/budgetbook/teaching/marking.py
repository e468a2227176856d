"""Marks one sheet with one key: points for each part, and a reason in words for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from ..exact.money import round_half_up
from ..forms import Column
from ..messages import pair
from ..model.address import CLAIMS, Address, parse
from ..synthetic.figures import NAMES
from ..synthetic.sheet import FORM
from .answers import (
    PROSE,
    Answer,
    Filled,
    amount,
    choice,
    in_ten_thousands,
    plain,
    role_of,
    several,
    ten_thousands,
)
from .keys import Key, where
from .rows import codes, known, many
from .stock import by_id, stock
from .workbooks import LIST, sections

#: The letter to the office, which a person judges: points at most.
LETTER = 8
#: What a false alarm costs, a decoy called an error, and a second value for one place: as much as
#: an error of level 1 earns.
ALARM = 2
#: From this level on, kind and what else would fit count only with the right value.
PROVED = 3
_PARTS = ("place", "right", "kind", "else")
#: How well an answer names a place: its row, the other side of the contradiction, its group.
ROW, SIDE, NEAR = 3, 2, 1
#: Words for a table as a whole, where a row is asked for; and words that name no row of a form.
_WHOLE = re.compile(
    "(全部|所有|整个?张?|全|各)?(表格?|行|项|数据|数字|内容)?(都错|有误)?|all|whole"
)
_OF_FORM = re.compile("项目|专项|资金|名称|绩效|目标|指标|数?值|表|的|project|form|indicator")
#: What parts of an address are called in a sheet: prose of a form, subjects of the text, a sum.
_CALLED = {
    **{"description": "概况", "basis": "依据", "goal": "绩效目标", "budget": "预算"},
    "district-part": "级支出",
    **{"internal-divisions": "科室", "projects": "项目", "procurement": "采购", "total": "合计"},
}
#: The forms of projects, each with many rows.
_FORM = "project-targets"
#: A bound of targets in 万元 is below this; a larger number is in yuan.
_YUAN = 1000
Points = Mapping[int, Mapping[str, int]]


class Part(NamedTuple):
    """One part of a mark: of which error or answer, what, points got and possible, why."""

    item: str
    part: str
    points: int
    of: int
    en: str
    zh: str


class Mark(NamedTuple):
    """All parts that the program marks, and the texts that a person judges: item → text.

    `asked` is what the program leaves to a person: error or answer, and part → what was given, and
    the points that wait for it.
    """

    parts: Sequence[Part]
    texts: Mapping[str, str]
    asked: Mapping[str, tuple[str, int]]

    @property
    def program(self) -> int:
        """The points of the program, before false alarms."""
        return sum(part.points for part in self.parts if part.of)

    @property
    def alarms(self) -> int:
        """What false alarms cost."""
        return -sum(part.points for part in self.parts if not part.of)


def said(id: str, item: str, part: str, points: int, of: int, **words: Any) -> Part:
    """Return a part with its sentence from said.csv; a value in two languages is a pair."""
    row = by_id("said")[id]
    texts = (
        row[language].format_map(
            {name: w[nth] if isinstance(w, tuple) else w for name, w in words.items()}
        )
        for nth, language in enumerate(("en", "zh"))
    )
    return Part(item, part, points, of, *texts)


def named(name: str, kind: str) -> tuple[str, str]:
    """Return what a type of error, or what else would fit, is called in both languages."""
    row = by_id(name)[kind]
    return row["title_en"], row["title_zh"]


def told(name: str, item: Key) -> tuple[str, str]:
    """Return why an error is one, or a decoy none, in both languages."""
    row = by_id(name)[item["type"]]
    values = {"printed": item["printed"], "right": item["right"]}
    english, chinese = place_of(item)
    return (
        row["why_en"].format_map(values | {"place": english}),
        row["why_zh"].format_map(values | {"place": chinese}),
    )


def place_of(item: Key) -> tuple[str, str]:
    """Return where an error or a decoy is, as a person looks for it, in both languages."""
    role, address = item["tables"][0], parse(item["places"][0])
    if address.table == CLAIMS:  # a table and a section may have one role
        english, chinese = sections()[role]
    else:
        english, chinese = FORM.tables[role].words if role in FORM.tables else LIST
    named = (row for row in item["rows"] if row not in chinese and row != english)
    rows = [row for row in named if not re.fullmatch("[a-z-]+", row)]
    row = "、".join(rows) if item["places"][1:] else " ".join(rows[:2])
    if row:
        english, chinese = f"{english} {row}", f"{chinese} {row}"
    if column := _column(address):
        english, chinese = pair(
            "{english:text}, {column:text}",
            "{chinese:text}“{heading:text}”栏",
            english=english,
            chinese=chinese,
            column=column.title,
            heading=column.heading.format(prior="上", year="本"),
        )
    return english, chinese


def _column(address: Address) -> Column | None:
    """Return in which column of amounts a place is, where its table has several."""
    table = FORM.tables.get(address.table)
    columns = {c.name: c for c in table.columns if c.kind == "amount"} if table else {}
    return columns.get(address.column) if len(columns) > 1 else None


def fits(answer: Answer, item: Key) -> int:
    """Return how well an answer names the place of an error: ROW, SIDE, NEAR, or 0."""
    table, row = answer.role, answer.row
    if _addressed(answer, item):
        return ROW
    prose = not table and item["places"][0].startswith(CLAIMS) and PROSE.search(answer.table)
    here, words = table in item["tables"] or prose, [plain(word) for word in item["rows"]]
    named = sum(_names(row, word) or _names(answer.column, word) for word in words)
    shown = any(_shows(answer.printed, each) for each in _prints(item))
    shown = bool(shown and (named or not known(f"{row} {answer.column}")))  # of another row
    if item["places"][0].startswith("tables/"):
        listed = table == "list" and (named or role_of(answer.row) in item["tables"])
        return ROW if here or listed else 0
    told = _right(answer, item) or _turned(answer, item)
    if here and (shown or named > _forms(item) or (named and told)):
        return ROW
    if told and beside(answer, item, "same"):
        return ROW
    if beside(answer, item):
        return SIDE
    near = (named and (here or shown)) or _near(table, row, item.get("near", ()))
    return NEAR if near else 0


def _forms(item: Key) -> bool:
    """Whether a project alone is too little of a name: its form prints much more than the error."""
    return item["tables"] == [_FORM] and len(item["rows"]) > 1


def _shows(given: str, printed: str) -> bool:
    """Whether an answer quotes what is printed: the number, or words with the one that matters."""
    quoted = amount(printed) is None and len(printed) > 1 and plain(printed) in plain(given)
    return quoted or _same(given, printed)


def _right(answer: Answer, item: Key) -> bool:
    """Whether an answer gives the value of a place: no bound is one, since much is within it."""
    return any(_same(answer.right, v) for v in (item["right"], *item.get("accepted", ())) if v)


def _prints(item: Key) -> list[str]:
    """Return what is printed in the place of an error, or in each place of one that has two."""
    return [text for text in (item["printed"], *item.get("shown", ())) if text]


def _holds(given: str, item: Key) -> str:
    """Return the right value that an answer gives, empty where it gives another one."""
    right: str = item["right"]
    number = amount(given)
    if number is None:
        number = ten_thousands(given) if _in_large(item) else None
    bound = amount(right)
    if number is not None and bound is not None:
        if item.get("most"):
            large = _in_large(item) and number >= _YUAN
            return given if 0 <= number / (10_000 if large else 1) <= bound else ""
        if item["type"] in ("change", "rate"):
            return right if _follows(abs(number), bound, item["type"]) else ""
    for value in (right, *item.get("accepted", ())):
        if value and _same(given, value):
            return str(value)
    quoted = amount(right) is None and len(right) > 1 and plain(right) in plain(given)
    return right if quoted and not _shows(given, item["printed"]) else ""


def _in_large(item: Key) -> bool:
    """Whether a value is right in 万元, as it is printed."""
    return any(in_ten_thousands(value) for value in item.get("accepted", ()))


def _follows(number: Decimal, right: Decimal, kind: str) -> bool:
    """Whether a number is the change or the rate that is right: of a rate, to its decimals.

    A rate may be a share of one, as a spreadsheet keeps it, and have more decimals than the text.
    """
    if kind == "change":
        return number == right
    places = -int(right.as_tuple().exponent)
    return any(round_half_up(Fraction(each), places) == right for each in (number, number * 100))


def _turned(answer: Answer, item: Key) -> bool:
    """Whether an answer has what is printed and what words come to the other way round."""
    deep = item["level"] >= PROVED if "level" in item else False
    right = _same(answer.printed, item["right"]) and _same(answer.right, item["printed"])
    return deep and right


def _names(row: str, word: str) -> bool:
    """Whether a row is called so: a code as a whole, a name or a part of one."""
    if word.isdigit():
        return word in codes(row)
    row = plain(row)
    return len(row) > 1 and (word in row or (len(row) > 3 and row in word))


def beside(answer: Answer, item: Key, places: str = "side") -> bool:
    """Whether an answer names what an error is compared with: the other side of it.

    Or, with `places`, another list of addresses of its key.
    """
    table = answer.role
    whole = places != "side"
    return any(
        where(address) == table and _named(answer, parse(address), whole)
        for address in item.get(places, ())
    )


def _named(answer: Answer, address: Address, whole: bool) -> bool:
    """Whether a row is called as an address is: by a word of the text, by all of a form's prose.

    With `whole` each row of a form is called by all of its words.
    """
    rows = answer.row, f"{answer.row} {answer.column}"
    parts = address.row[1:2] if address.table == CLAIMS else address.row
    words = [(_CALLED.get(part, part), NAMES.get(part, ""), *_subject(part)) for part in parts]
    found = [any(w and _names(row, plain(w)) for w in each for row in rows) for each in words]
    form = whole and address.table == _FORM
    return all(found) if form or address.name in _CALLED else any(found)


@lru_cache
def _subject(code: str) -> tuple[str, ...]:
    """Return what the text calls a subject, none for other parts of an address."""
    subject = by_id("../reference/subjects", "code").get(code, {"title_zh": "", "words": ""})
    words = (word.partition("@")[0].strip("…") for word in subject["words"].split("|"))
    return tuple(word for word in (subject["title_zh"], *words) if len(word) > 2)


def _near(table: str, row: str, group: Sequence[str]) -> bool:
    for address in group:
        place = parse(address)
        last = plain(place.row[-1]) if place.row else ""
        if where(address) == table and last.isdigit() and last in codes(row):
            return True
    return False


def _same(given: str, right: str) -> bool:
    for read in (amount, ten_thousands):
        one, other = read(given), read(right)
        if one is not None and other is not None:
            return one == other
    return bool(plain(right)) and plain(right) == plain(given)


def mark(filled: Filled, key: Key, points: Points) -> Mark:
    """Mark a sheet: each error with the answer that fits best, then what fits none."""
    given = {n: answer for n, answer in enumerate(filled.answers) if answer.filled}
    one = {n: a for n, a in given.items() if not many(f"{a.row} {a.column}")}
    left = {n: answer for n, answer in one.items() if _understood(answer, key)}
    parts: list[Part] = []
    texts, asked = {"letter": filled.letter}, dict[str, tuple[str, int]]()
    chosen = _chosen(left, key, points)
    used = {n for n, _, _ in chosen.values()}
    for item in key["errors"]:
        _, answer, fit = chosen.get(item["id"], (0, Answer(""), 0))
        mine = _error(item, answer, fit, points[item["level"]])
        parts += mine
        texts[item["id"]] = answer.explanation
        if fit == ROW and not item.get("withdrawn"):
            asked |= _asked(item, answer, mine, points[item["level"]])
    parts += [_rest(a, key, chosen) for n, a in left.items() if n not in used]
    parts += [_net(answer) for n, answer in given.items() if n not in one]
    open_ = [points[e["level"]] for e in key["errors"] if e["id"] not in chosen]
    most = max((sum(of[part] for part in _PARTS) for of in open_), default=0)
    for answer in (answer for n, answer in one.items() if n not in left):
        sentence = "no-table" if answer.table else "blank-table"
        table = {"answer": answer.question, "table": answer.table}
        parts.append(said(sentence, answer.question, "place", 0, 0, **table))
        asked[f"{answer.question} place"] = (answer.cells, most)
    silent = [points[e["level"]]["explanation"] for e in key["errors"] if not texts[e["id"]]]
    for answer in (answer for n, answer in enumerate(filled.answers) if n not in given):
        name = answer.question
        parts.append(said("no-place", name, "explanation", 0, 0, answer=name))
        if answer.explanation:
            asked[f"{name} explanation"] = (answer.cells, max(silent, default=0))
    return Mark(parts, texts, asked)


def _understood(answer: Answer, key: Key) -> bool:
    """Whether it is known which table or section an answer speaks of, by name or by address."""
    named = answer.role or PROSE.search(answer.table)
    items = [*key["errors"], *key["decoys"]]
    return bool(named or any(_addressed(answer, item) for item in items))


def _addressed(answer: Answer, item: Key) -> bool:
    return any(place.partition(".")[0] in plain(answer.row) for place in item["places"])


def _chosen(
    left: Mapping[int, Answer], key: Key, points: Points
) -> dict[str, tuple[int, Answer, int]]:
    """Return the answer to each error that one fits, and how well: those that earn most first.

    A place comes before its other side, and that before its group; an answer is of one error.
    """
    pairs = []
    for order, item in enumerate(key["errors"]):
        for n, answer in left.items():
            if fit := fits(answer, item):
                parts = _error(item, answer, fit, points[item["level"]])
                pairs.append((-fit, -sum(part.points for part in parts), order, n))
    chosen: dict[str, tuple[int, Answer, int]] = {}
    used: set[int] = set()
    for fit, _, order, n in sorted(pairs):
        item = key["errors"][order]
        if item["id"] not in chosen and n not in used:
            chosen[item["id"]] = (n, left[n], -fit)
            used.add(n)
    return chosen


def _error(item: Key, answer: Answer, fit: int, points: Mapping[str, int]) -> list[Part]:
    """Return the four parts of one error."""
    name = item["id"]
    if item.get("withdrawn"):
        return [said("withdrawn", name, part, points[part], points[part]) for part in _PARTS]
    where_it_is = {"answer": answer.question, "place": place_of(item), "why": told("types", item)}
    near = "form" if _form_alone(answer, item) else "near"
    sentence = {ROW: "found", SIDE: "side", NEAR: near, 0: "missed"}[fit]
    got = points["place"] // (1 if fit == ROW else 2) if fit else 0
    found = [said(sentence, name, "place", got, points["place"], **where_it_is)]
    if fit < ROW:
        reason = "near-only" if fit else "none"
        return found + [said(reason, name, p, 0, points[p]) for p in _PARTS[1:] if points[p]]
    value = _value(item, answer, points["right"])
    found.append(value)
    if item["level"] >= PROVED and value.points < value.of:
        reason = "waits" if _waits(item, answer) else "without"
        left = [part for part in _PARTS[2:] if points[part]]
        return found + [said(reason, name, p, 0, points[p], levels=_deep()) for p in left]
    if points["kind"]:
        words = {"given": answer.kind, "kind": named("types", item["type"])}
        state = _chose(answer.kind, "types", (item["type"],))
        got = points["kind"] * (state == "right")
        found.append(said(f"{state}-kind", name, "kind", got, points["kind"], **words))
    if points["else"]:
        words = {"given": answer.other, "other": others(item)}
        state = _chose(answer.other, "else", (item["else"], *item.get("else_also", ())))
        got = points["else"] * (state == "right")
        found.append(said(f"{state}-else", name, "else", got, points["else"], **words))
    return found


def _deep() -> tuple[str, str]:
    """Return the levels at which only the right value gives the rest its points."""
    levels = [row["level"] for row in stock("points") if int(row["level"]) >= PROVED]
    return " and ".join(levels), "、".join("零一二三四五六七八九"[int(level)] for level in levels)


def _chose(given: str, name: str, right: Sequence[str]) -> str:
    """Return what was chosen of a list: what is right or wrong, nothing, or words not in it."""
    if not plain(given):
        return "no"
    chosen = choice(given, name)
    return ("right" if chosen in right else "wrong") if chosen else "odd"


def _form_alone(answer: Answer, item: Key) -> bool:
    """Whether an answer names the form of a project and none of its rows."""
    left = plain(f"{answer.row}{answer.column}")
    for word in map(plain, item["rows"]):
        left = left.replace(word, "")
    return item["tables"] == [_FORM] == [answer.role] and not _OF_FORM.sub("", left)


def _asked(
    item: Key, answer: Answer, mine: Sequence[Part], points: Mapping[str, int]
) -> dict[str, tuple[str, int]]:
    """Return what of an answer to an error a person judges: a value, or words of no list."""
    if _waits(item, answer):
        given = [answer.right]
        words = {"kind": (answer.kind, "types", item["type"])}
        words["else"] = (answer.other, "else", item["else"])
        odd = [part for part, (text, name, _) in words.items() if _chose(text, name, ()) == "odd"]
        given += [words[part][0] for part in odd]
        settled = answer._replace(
            right=item["right"],
            kind=item["type"] if "kind" in odd else answer.kind,
            other=item["else"] if "else" in odd else answer.other,
        )
        most = sum(part.points for part in _error(item, settled, ROW, points))
        waiting = most - sum(part.points for part in mine)
        return {f"{item['id']} right": (f"{answer.question}: {' | '.join(given)}", waiting)}
    texts = {"kind": (answer.kind, "types"), "else": (answer.other, "else")}
    value = next(part for part in mine if part.part == "right")
    proved = item["level"] < PROVED or value.points == value.of
    return {
        f"{item['id']} {part}": (f"{answer.question}: {text}", points[part])
        for part, (text, name) in texts.items()
        if points[part] and proved and _chose(text, name, ()) == "odd"
    }


def others(item: Key) -> tuple[str, str]:
    """Return what else would fit an error, all that is accepted, in both languages."""
    called = [named("else", each) for each in (item["else"], *item.get("else_also", ()))]
    english, chinese = ([each[nth] for each in called] for nth in (0, 1))
    return "; or: ".join(english), "；或：".join(chinese)


def _waits(item: Key, answer: Answer) -> bool:
    """Whether a value is asked back: it is in 万元 and the place is not, or it is two amounts."""
    asked = item["right"] and item["type"] != "reason" and not _holds(answer.right, item)
    two = amount(item["right"]) is not None and several(answer.right)
    return bool(asked and (in_ten_thousands(answer.right) or two))


def _value(item: Key, answer: Answer, of: int) -> Part:
    name, right, given = item["id"], item["right"], answer.right
    if item["type"] == "reason":
        return said("contrary", name, "right", of, of)
    if not right:
        return said("no-value", name, "right", of, of)
    if held := _holds(given, item):
        return said("right", name, "right", of, of, right=held)
    if _waits(item, answer):
        sentence = "ten-thousand" if in_ten_thousands(given) else "several"
        return said(sentence, name, "right", 0, of, given=given)
    if _turned(answer, item):
        return said("right", name, "right", of, of, right=right)
    at_most = pair("at most {right:text}", "不高于 {right:text}", right=right)
    bound = at_most if item.get("most") else right
    sentence = "wrong" if plain(given) else "blank"
    told_so = said(sentence, name, "right", 0, of, right=bound, given=given)
    if words := item.get("words"):
        more = said("words", name, "right", 0, of, words=words)
        told_so = told_so._replace(en=f"{told_so.en} {more.en}", zh=f"{told_so.zh}{more.zh}")
    return told_so


def _again(answer: Answer, first: Answer, item: Key) -> bool:
    """Whether an answer says no more than that the first was right, or names another place of it.

    It gives no value, one that is right or printed there, or the one of the first.
    """
    known = (*_prints(item), first.right, first.printed, item["right"])
    fine = _holds(answer.right, item) or any(_same(answer.right, each) for each in known if each)
    return bool(not answer.right or fine or fits(answer, item) == SIDE)


def _net(answer: Answer) -> Part:
    """Return what an answer is that names many rows at once."""
    name = answer.question
    return said("many", name, "alarm", -ALARM, 0, answer=name)


def _rest(answer: Answer, key: Key, chosen: Mapping[str, tuple[int, Answer, int]]) -> Part:
    """Return what an answer is that fits no error any more."""
    name = answer.question
    found = [(item, chosen[item["id"]][1]) for item in key["errors"] if item["id"] in chosen]
    for item, first in found:
        if fits(answer, item) in (ROW, SIDE):
            again = _again(answer, first, item) or beside(answer, item, "follows")
            id, cost = ("again", 0) if again else ("another", -ALARM)
            return said(id, name, "again", cost, 0, answer=name, first=first.question)
    for decoy in key["decoys"]:
        if fits(answer, decoy) == ROW:
            why = told("decoys", decoy)
            return said("decoy", name, "decoy", -ALARM, 0, answer=name, why=why)
    for item, first in found:
        if beside(answer, item, "follows"):
            return said("again", name, "again", 0, 0, answer=name, first=first.question)
    for item in key["errors"]:
        if beside(answer, item, "follows"):
            place = place_of(item)
            return said("follows", name, "again", 0, 0, answer=name, place=place)
    if _WHOLE.fullmatch(plain(answer.row)) and not plain(answer.column):
        return said("whole", name, "alarm", -ALARM, 0, answer=name, cost=ALARM)
    return said("alarm", name, "alarm", -ALARM, 0, answer=name, cost=ALARM)
