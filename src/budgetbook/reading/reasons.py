"""Gives the reasons that a sentence names to the change right before each, or to none.

A reason is that of a change if nothing stands between them, its own words name nothing else, and
no other change is told together with that one; else the words that lead to it are unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from .page import Row
from .phrases import DIRECTIONS, SAYS_WHEN, bare, clause
from .sentences import LEADS, Sentence

#: What ends the words of a reason: a new item with a figure, a figure with a reason of its own.
_ENDS = (
    r"其中|主要用于|。|$|；(?!\s*(?:[一二三四五]是|[同此]|另))[^；。]*\d"
    rf"|，[^，；。]*\d[^；。]*(?:{LEADS})"
)
_REASON = re.compile(
    rf"(?P<opens>(?<=（))?(?P<lead>{LEADS})(?P<text>(?(opens)[^（）]*|.*?(?={_ENDS})))"
)
#: Words that may tell the reason of what follows them: of which figure is not sure.
_DUE_TO = re.compile(
    r"(?P<lead>由于|因为|得益于|源于|所致|(?:^|(?<=[，；。：（]))因(?!公[出临因]))"
)
_OWN = re.compile(
    rf"(?:{SAYS_WHEN}|其|同比|预算)*(?:(?P<way>{'|'.join(DIRECTIONS)})|(?:增减)?变[化动])?的?"
)
_BETWEEN = re.compile(rf"、|；|以及|(?:{LEADS})")
_DENIED = "[不未无没]|并非|而非"
_APART = re.compile(rf"；|其中|{LEADS}")  # between two changes that are not told together
_RESPECTIVELY = "分别|各自"
_MOVES = "[增减升降]|上涨|持平|变化|相同"  # words of a change without a figure

Told = Sequence[tuple[int, Row | None]]  # where each figure stands, and its claim if it was read


def give_reasons(
    sentence: Sentence, earlier: Sentence | None, known: Mapping[str, str]
) -> list[tuple[int, str]]:
    """Give reasons (`known`: word → code) to claims; return the leads of those that none has.

    Each with its place. `earlier` is the sentence before: one may begin with its reason.
    """
    reasons, unread = [*_REASON.finditer(sentence.text)], []
    opens = reasons and _OWN.fullmatch(bare(sentence.text[: reasons[0].start()]).strip())
    text, told = sentence.text, sentence.told()
    if opens and earlier:  # its places count from the begin of this one, downwards
        told = [(at - len(earlier.text), row) for at, row in earlier.told()] + told
        text = earlier.text + text
    for found in reasons:
        before = [each for each in told if each[0] < found.start()]
        claims = _explained(found, text[: len(text) - len(sentence.text) + found.start()], before)
        codes = _codes(found["text"], known)
        for claim in claims:
            claim["reasons"] = " ".join(dict.fromkeys([*claim["reasons"].split(), *codes]))
        moved = any(row and row["direction"] for _, row in before)
        if not claims and ("原因" in found["lead"] or moved or {*codes} - {"unlisted"}):
            unread.append((found.start(), found["lead"]))
    for found in _DUE_TO.finditer(sentence.text):
        if told and not any(each.start() < found.start() < each.end() for each in reasons):
            unread.append((found.start(), found["lead"]))
    return unread


def _codes(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the codes of the reasons of a text, `unlisted` where it has no known word."""
    told = [each for each in _BETWEEN.split(text) if each.strip("，,： ")]
    return [code for each in told or [""] for code in _listed(each, known) or ["unlisted"]]


def _listed(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the codes of the words that a text holds and does not deny beside them."""
    parts = re.split("[，,]", text)
    said = ((code, part.partition(word)) for part in parts for word, code in known.items())
    return [code for code, (a, word, b) in said if word and not re.search(_DENIED, f"{a}_{b}")]


def _explained(reason: re.Match[str], before: str, told: Told) -> list[Row]:
    """Return the changes right before a reason: those of one subject, told with no other one.

    `before` is the text before it, at whose end places are counted downwards from its own.
    """
    last = told[-1][1] if told else None
    own = _OWN.fullmatch(bare(clause(before)).strip())
    back = len(before) - reason.start()
    if last is None or own is None or re.search(_RESPECTIVELY, reason["text"]):
        return []
    if re.search(_MOVES, before[told[-1][0] + back :].removesuffix(clause(before))):
        return []
    run = [row for _, row in takewhile(lambda each: _of_one(each[1], last), reversed(told))]
    changes = [row for row in run if row and row["direction"]]
    ways = {row["direction"] for row in changes}
    if len(ways) != 1 or ways - {DIRECTIONS.get(own["way"] or "", *ways)} or "unchanged" in ways:
        return []
    begins = told[-len(run)][0]
    for at, row in told[: -len(run)]:
        together = at < 0 or not _APART.search(before[at + back : begins + back])
        if together and (row is None or row["direction"]):
            return []
    return changes


def _of_one(row: Row | None, other: Row) -> bool:
    """Whether two figures were read and speak of one subject."""
    same = ("subject", "code", "label", "within")
    return row is not None and all(row[name] == other[name] for name in same)
