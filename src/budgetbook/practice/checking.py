"""Compares an answer with the right one and says, in words, what is right or wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..exact.money import round_half_up
from ..messages import message, translated
from ..model.disclosure import Disclosure
from ..model.loading import load
from .answers import NUMBERS, decimals, exact, wrong_numbers
from .questions import MISCONCEPTIONS, Misconception, Pair, Question, exercise

_RIGHT = Pair(message("Right."), "正确。")
_NOT_YET = Pair(message("Not yet."), "还不对。")
_ASKED = Pair(message("Give your answer as the second value."), "请把答案写在第二个位置。")


@dataclass(frozen=True)
class Feedback:
    """What is said of an answer: whether it is right, why, and the misconceptions behind it."""

    right: bool
    sentence: Pair
    misconceptions: tuple[Misconception, ...] = ()

    def __repr__(self) -> str:
        return f"{self.sentence.english}\n{self.sentence.chinese}"

    def _repr_markdown_(self) -> str:
        mark = "✓" if self.right else "✗"
        return f"**{mark}** {self.sentence.english}\n\n{self.sentence.chinese}"


def check(identifier: str, answer: Any = None, disclosure: Disclosure | None = None) -> Feedback:
    """Say whether an answer is right, and why.

    A number is a text such as "−1,234.50" (or int, Decimal, Fraction), in the unit that is asked
    for; a choice is its letter; several choices and an order are letters such as "acd", those of a
    match in the order of the numbered goals. The disclosure is the one at hand unless another is
    given. Raises InputError for an identifier that no question has, and where the disclosure does
    not print what is asked for.
    """
    question = exercise(identifier)
    if answer is None:
        return Feedback(False, _together([_ASKED]))
    if question.kind == "number":
        number = exact(answer)
        return _unread(question) if number is None else _number(question, number, disclosure)
    letters = _read(question, answer)
    return _unread(question) if letters is None else _letters(question, letters)


def _number(question: Question, given: Fraction, disclosure: Disclosure | None) -> Feedback:
    answer, places = NUMBERS[question.id](disclosure or load()), decimals(question.unit)
    right = round_half_up(answer.right, places)
    if given == right or (question.unit == "%" and round_half_up(given, places) == right):
        return _right(question)
    for name, wrong in wrong_numbers(answer, question.unit).items():
        if round_half_up(given, places) == round_half_up(wrong, places) != right:
            return _wrong([MISCONCEPTIONS[name]])
    return _wrong([MISCONCEPTIONS["not-rounded"]] if round_half_up(given, places) == right else [])


def _letters(question: Question, given: Sequence[str]) -> Feedback:
    wanted = question.wanted()
    if question.kind in ("order", "match"):
        return _right(question) if given == wanted else _wrong([question.misplaced])
    if set(given) == set(wanted):
        return _right(question)
    return _wrong(
        dict.fromkeys(one.misconception for one in question.choices if one.letter in given)
    )


def _read(question: Question, answer: Any) -> list[str] | None:
    """Return the letters of an answer; None for one that no choice has, too many or too few."""
    known = {one.letter for one in question.choices}
    given = "".join(map(str, answer if isinstance(answer, Iterable) else [answer])).lower()
    letters = [letter for letter in given if letter not in " ,;，、"]
    many = {"choice": 1, "several": len(letters)}.get(question.kind, len(known))
    return letters if letters and set(letters) <= known and len(letters) == many else None


def _unread(question: Question) -> Feedback:
    return Feedback(False, question.written())


def _right(question: Question) -> Feedback:
    return Feedback(True, _together([_RIGHT, question.explanation]))


def _wrong(found: Iterable[Misconception | None]) -> Feedback:
    known = tuple(one for one in found if one)
    return Feedback(False, _together([_NOT_YET, *(one.sentence for one in known)]), known)


def _together(sentences: Iterable[Pair]) -> Pair:
    """Return sentences one after the other, the English as the edition says them."""
    english, chinese = zip(*sentences, strict=True)
    return Pair(" ".join(map(translated, english)), "".join(chinese))
