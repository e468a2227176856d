"""Marks one sheet with one key: points for each part, and a reason in words for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..model.address import CLAIMS, parse
from .answers import Answer, Filled, amount, choice, in_ten_thousands, plain, role_of
from .keys import Key, where
from .rows import codes, known, many
from .stock import by_id
from .workbooks import places

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
#: Words for the text as a whole, where a section is asked for.
_PROSE = re.compile("文字|正文|说明|text|prose", re.IGNORECASE)
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
    """All parts that the program marks, and the texts that a person judges: item → text."""

    parts: Sequence[Part]
    texts: Mapping[str, str]

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
    called = dict(places())[item["tables"][0]]
    chinese, _, english = called.partition(" ")
    english, chinese = (called, called) if chinese == "说明" else (english, chinese)
    row = " ".join(item["rows"][:2])
    if item["places"][1:]:
        row = "、".join(item["rows"])
    if row in called:
        return english, chinese
    return f"{english} {row}", f"{chinese} {re.sub(' [a-z-]+$', '', row)}"


def fits(answer: Answer, item: Key) -> int:
    """Return how well an answer names the place of an error: ROW, SIDE, NEAR, or 0."""
    table, row = role_of(answer.table), answer.row
    if any(place.partition(".")[0] in plain(row) for place in item["places"]):
        return ROW
    prose = not table and item["places"][0].startswith(CLAIMS) and _PROSE.search(answer.table)
    here, words = table in item["tables"] or prose, [plain(word) for word in item["rows"]]
    named = sum(_names(row, word) or _names(answer.column, word) for word in words)
    shown = bool(item["printed"]) and _shows(answer.printed, item["printed"])
    shown = bool(shown and (named or not known(f"{row} {answer.column}")))  # of another row
    if item["places"][0].startswith("tables/"):
        listed = table == "list" and (named or role_of(answer.row) in item["tables"])
        return ROW if here or listed else 0
    if here and (shown or named > _forms(item) or (named and _right(answer, item))):
        return ROW
    if beside(answer, item):
        return SIDE
    near = (named and (here or shown)) or _near(table, row, item.get("near", ()))
    return NEAR if near else 0


def _forms(item: Key) -> bool:
    """Whether a project alone is too little of a name: its form prints much more than the error."""
    return item["tables"] == ["project-targets"] and len(item["rows"]) > 1


def _shows(given: str, printed: str) -> bool:
    """Whether an answer quotes what is printed: the number, or words with the one that matters."""
    quoted = amount(printed) is None and len(printed) > 1 and plain(printed) in plain(given)
    return quoted or _same(given, printed)


def _right(answer: Answer, item: Key) -> bool:
    values = [value for value in (item["right"], *item.get("accepted", ())) if value]
    return any(_same(answer.right, value) for value in values)


def _names(row: str, word: str) -> bool:
    """Whether a row is called so: a code as a whole, a name or a part of one."""
    if word.isdigit():
        return word in codes(row)
    row = plain(row)
    return len(row) > 1 and (word in row or (len(row) > 3 and row in word))


def beside(answer: Answer, item: Key) -> bool:
    """Whether an answer names what an error is compared with: the other side of it."""
    table, row = role_of(answer.table), answer.row
    return any(
        where(address) == table and any(_names(row, plain(word)) for word in parse(address).row)
        for address in item.get("side", ())
    )


def _near(table: str, row: str, group: Sequence[str]) -> bool:
    for address in group:
        place = parse(address)
        last = plain(place.row[-1]) if place.row else ""
        if where(address) == table and last.isdigit() and last in codes(row):
            return True
    return False


def _same(given: str, right: str) -> bool:
    one, other = amount(given), amount(right)
    if one is not None and other is not None:
        return one == other
    return bool(plain(right)) and plain(right) == plain(given)


def mark(filled: Filled, key: Key, points: Points) -> Mark:
    """Mark a sheet: each error with the answer that fits best, then what fits none."""
    given = {n: answer for n, answer in enumerate(filled.answers) if answer.filled}
    left = {n: answer for n, answer in given.items() if not many(f"{answer.row} {answer.column}")}
    parts: list[Part] = []
    texts = {"letter": filled.letter}
    chosen = _chosen(left, key, points)
    used = {n for n, _, _ in chosen.values()}
    for item in key["errors"]:
        _, answer, fit = chosen.get(item["id"], (0, Answer(""), 0))
        parts += _error(item, answer, fit, points[item["level"]])
        texts[item["id"]] = answer.explanation
    parts += [_rest(a, key, chosen) for n, a in left.items() if n not in used]
    parts += [_net(answer) for n, answer in given.items() if n not in left]
    return Mark(parts, texts)


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
    sentence = {ROW: "found", SIDE: "side", NEAR: "near", 0: "missed"}[fit]
    got = points["place"] // (1 if fit == ROW else 2) if fit else 0
    found = [said(sentence, name, "place", got, points["place"], **where_it_is)]
    if fit < ROW:
        reason = "near-only" if fit else "none"
        return found + [said(reason, name, p, 0, points[p]) for p in _PARTS[1:] if points[p]]
    value = _value(item, answer, points["right"])
    found.append(value)
    if item["level"] >= PROVED and value.points < value.of:
        return found + [said("without", name, p, 0, points[p]) for p in _PARTS[2:] if points[p]]
    kind, other = named("types", item["type"]), named("else", item["else"])
    right = choice(answer.kind, "types") == item["type"]
    sentence = "kind" if right else "not-kind"
    if points["kind"]:
        got, of = right * points["kind"], points["kind"]
        found.append(said(sentence, name, "kind", got, of, kind=kind))
    if points["else"]:
        fine = choice(answer.other, "else") == item["else"]
        got, of = fine * points["else"], points["else"]
        found.append(said("else" if fine else "not-else", name, "else", got, of, other=other))
    return found


def _value(item: Key, answer: Answer, of: int) -> Part:
    name, right, given = item["id"], item["right"], answer.right
    if not right or item["type"] == "reason":
        return said("no-value", name, "right", of, of)
    for also in item.get("accepted", ()):
        if _same(given, also):
            return said("right", name, "right", of, of, right=also)
    if in_ten_thousands(given):
        return said("ten-thousand", name, "right", 0, of, given=given)
    turned = _same(answer.printed, right) and _same(given, item["printed"])
    if _same(given, right) or (turned and item["level"] >= PROVED):
        return said("right", name, "right", of, of, right=right)
    return said("wrong", name, "right", 0, of, right=right, given=given or "–")


def _alike(answer: Answer, first: Answer) -> bool:
    """Whether an answer gives no other value than the first for its place did."""
    values = {plain(first.right), plain(first.printed)}
    return not answer.right or plain(answer.right) in values


def _net(answer: Answer) -> Part:
    """Return what an answer is that names many rows at once."""
    name = answer.question
    return said("many", name, "alarm", -ALARM, 0, answer=name)


def _rest(answer: Answer, key: Key, chosen: Mapping[str, tuple[int, Answer, int]]) -> Part:
    """Return what an answer is that fits no error any more."""
    name = answer.question
    for item in key["errors"]:
        if item["id"] in chosen and fits(answer, item) in (ROW, SIDE):
            first = chosen[item["id"]][1]
            id, cost = ("again", 0) if _alike(answer, first) else ("another", -ALARM)
            return said(id, name, "again", cost, 0, answer=name, first=first.question)
    for decoy in key["decoys"]:
        if fits(answer, decoy) == ROW:
            why = told("decoys", decoy)
            return said("decoy", name, "decoy", -ALARM, 0, answer=name, why=why)
    return said("alarm", name, "alarm", -ALARM, 0, answer=name, cost=ALARM)
