"""Tells a number in words: so much each, so many of them, and what counts beside it or does not.

A clause of the words either changes the number or leaves it as it is, in words that are much
alike: who reads it can tell, and who looks for words alone cannot. The words are tellings.csv;
`last` is the last month that they speak of, and none is told for a form whose limit is earlier.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from .stock import stock

_NUMERALS = "零一二三四五六七八九"
#: Bases of which a part may be left out or done twice: base → the clauses that say so.
_PARTS = {"places": ("skip", "double"), "divisions": ("skip-divisions", "double-divisions")}
#: Clauses about things, and clauses about yuan.
_THINGS, _YUAN = ("more", "fewer"), ("plus", "minus")
_BESIDE = ("more", "plus")
#: What names a part of the whole that is told, right before how much of it.
_PART = re.compile(r"(总[数额][里中][的有]?)(?={c})")
#: How many clauses have words of their own; what may stand between clauses.
_OWN_WORDS, _BETWEEN = 0.6, "；。，"
#: How often a telling is drawn anew until it comes to the number that it is for.
_TRIES = 4000


def spelled(number: int) -> str:
    """Return a whole number below 100,000,000 in Chinese, 1200 as 一千二百."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return f"{spelled(high)}万{zero}{_below(low) if low else ''}"
    return _below(number)


def _below(number: int) -> str:
    text, zero = "", False
    for digit, power in zip(str(number), range(len(str(number)) - 1, -1, -1), strict=True):
        if digit == "0":
            zero = True
            continue
        text += ("零" if zero and text else "") + _NUMERALS[int(digit)] + ("", *"十百千")[power]
        zero = False
    return text.removeprefix("一") if 10 <= number < 20 else text


def counted(number: int) -> str:
    """Return a whole number as it is said before what it counts: 两 for 2."""
    return "两" if number == 2 else spelled(number)


@dataclass(frozen=True)
class Clause:
    """What is said beside a base: its kind and words, whether it counts, of how many."""

    kind: str
    words: str
    counts: bool
    number: int


@dataclass(frozen=True)
class Telling:
    """A number in words: `times` as often `each`, with clauses.

    `named` is put into the words, `between` stands between the clauses; `limit` is the month in
    which all has to be done.
    """

    kind: str
    words: str
    times: int
    each: int
    clauses: Sequence[Clause]
    named: Mapping[str, str]
    between: str = "；"
    limit: int = 12

    @property
    def value(self) -> int:
        """The number that the words come to."""
        times, beside = self.times, 0
        for clause in self.clauses:
            number = clause.number * clause.counts
            match clause.kind.partition("-")[0]:
                case "skip":
                    times -= number
                case "double":
                    times += number
                case "more" | "plus":
                    beside += number
                case _:
                    beside -= number
        return times * self.each + beside

    @property
    def text(self) -> str:
        """The words, one sentence."""
        told = [self.words, *_parted([clause.words for clause in self.clauses])]
        numbers = [self.times, *(clause.number for clause in self.clauses)]
        filled = [
            words.format_map({**self.named, "a": counted(number), "c": counted(number)})
            for words, number in zip(told, numbers, strict=True)
        ]
        return self.between.join(filled).replace("{each}", counted(self.each)) + "。"

    def flipped(self, dice: random.Random) -> Telling:
        """Return the telling with one clause or more that count where they did not, or turned.

        It comes to another number.
        """
        while True:
            turned = [dice.random() < 0.5 for _ in self.clauses]
            clauses = [
                _clause(dice, old.kind, not old.counts, old.number, self.limit) if turn else old
                for old, turn in zip(self.clauses, turned, strict=True)
            ]
            other = replace(self, clauses=clauses)
            if other.value != self.value and _apart(clauses):
                return other


def _parted(told: Sequence[str]) -> list[str]:
    """Return the words of clauses, where a second speaks of a part of the whole: of another."""
    parted, again = [], False
    for words in told:
        another = _PART.sub(r"\1另外", words) if again else words
        again = again or bool(_PART.search(words))
        parted.append(another)
    return parted


def _apart(clauses: Sequence[Clause]) -> bool:
    """Whether clauses speak of different things: no two begin alike."""
    begins = [clause.words.partition("{c}")[0].removeprefix("另有") for clause in clauses]
    return len({*begins}) == len(begins)


@lru_cache
def _words(kind: str, limit: int = 12) -> tuple[tuple[str, str], ...]:
    """Return effects and words of a kind that speak of no month after the limit."""
    return tuple(
        (row["effect"], row["text"])
        for row in stock("tellings")
        if row["kind"] == kind and int(row["last"] or 1) <= limit
    )


def _clause(dice: random.Random, kind: str, counts: bool, number: int, limit: int = 12) -> Clause:
    """Return a clause in words of its own, or in a frame that keeps one reading and drops one.

    Some frames fit one kind of clause, with conditions of its own: money is approved, people
    arrive. A frame in which something was otherwise before is for a part of what is told: of what
    comes beside it, it would leave open whether the number told holds it.
    """
    if dice.random() < _OWN_WORDS:
        fit = [text for effect, text in _words(kind, limit) if (effect == "1") == counts]
        return Clause(kind, dice.choice(fit), counts, number)
    frames = [*_words("frame"), *_words(f"{kind}-frame")]
    frames += _words("turn") if kind not in _BESIDE else ()
    what, pair = (dice.choice(_words(of))[1] for of in (f"{kind}-what", f"{kind}-pair"))
    frame = dice.choice([text for effect, text in frames if effect in ("", "01"[counts])])
    kept, lost = pair.split("|")[:: 1 if counts else -1]
    words = frame.replace("{what}", what).replace("{kept}", kept).replace("{lost}", lost)
    return Clause(kind, words, counts, number)


def quantity(
    dice: random.Random, kind: str, value: int, unit: str, limit: int, divisions: int
) -> Telling:
    """Return how a project comes to a number of units.

    `kind` is the base: `places`, `months` or `times` that the words name themselves, `months` with
    the month `limit` of the form, or `divisions`, of which the text of the department says how
    many there are. Raises LookupError where the number is too small for it.
    """
    for _ in range(_TRIES):
        effect, words = dice.choice(_words(kind, limit))
        one = dice.choice(_words("one"))[1] if kind == "places" else "科室"
        first = dice.randint(1, 5)
        times = {
            "places": dice.randint(4, 20),
            "months": limit - first + 1,
            "times": int(effect or 0),
            "divisions": divisions + int(effect or 0),
        }[kind]
        named = {"b": "{each}", "unit": unit, "one": one, "first": spelled(first)}
        chosen = (dice.choice(_PARTS.get(kind, _THINGS)), *_THINGS)
        found = _solved(
            dice, Telling(kind, words, times, 0, (), named, limit=limit), chosen, value, 1
        )
        if found:
            return found
    raise LookupError(f"{value} {unit} are not told by {kind}")


def money(dice: random.Random, kind: str, yuan: int, account: str = "") -> Telling:
    """Return how an amount of yuan comes about: `bought` goods, or `spent` on an account.

    Raises LookupError for an amount that does not come about in hundreds.
    """
    for _ in range(_TRIES):
        named = {"b": "{each}", "account": account}
        base = Telling(kind, dice.choice(_words(kind))[1], dice.randint(2, 5), 0, (), named)
        found = _solved(dice, base, (dice.choice(_YUAN), *_YUAN), yuan, 100)
        if found:
            return found
    raise LookupError(f"{yuan} yuan are not told by {kind}")


def _solved(
    dice: random.Random, base: Telling, kinds: Sequence[str], value: int, step: int
) -> Telling | None:
    """Return a telling with clauses of some kinds that comes to a value, None for a bad draw."""
    clauses = []
    for kind in kinds:
        parts = kind.startswith(("skip", "double"))
        most = base.times // 2 if parts else value // 4 // step
        if most < 1:
            return None
        least = 1 if parts else max(1, value // 25 // step)
        number = dice.randint(least, most) * (1 if parts else step)
        if not parts and number > 40 * step:
            number = number // (5 * step) * 5 * step
        clauses.append(_clause(dice, kind, dice.random() < 0.5, number, base.limit))
    dice.shuffle(clauses)
    if not _apart(clauses):
        return None
    one = replace(base, clauses=clauses, each=1).value
    none = replace(base, clauses=clauses, each=0).value
    if one == none or (value - none) % ((one - none) * step):
        return None
    each = (value - none) // (one - none)
    told = replace(base, clauses=clauses, each=each, between=dice.choice(_BETWEEN))
    return told if each >= step else None
