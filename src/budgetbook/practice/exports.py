"""The question bank for learning systems: Moodle XML, GIFT, and rows for a workbook.

Each holds the whole bank in one language, with the answers that the disclosure at hand gives;
what that disclosure does not print has no question in them. An order goes out as pairs of step and
place, which every reader of these formats knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from ..errors import InputError
from ..exact.money import round_half_up
from ..model.disclosure import Disclosure
from .answers import NUMBERS, decimals, wrong_numbers
from .questions import BANK, MISCONCEPTIONS, Pair, Question

LANGUAGES = ("en", "zh")
#: The columns of the workbook's sheet, in English and Chinese.
COLUMNS = (
    Pair("Type", "题型"),
    Pair("Question", "题干"),
    *(Pair(letter, letter) for letter in "ABCDE"),
    Pair("Answer", "答案"),
    Pair("Explanation", "解析"),
    Pair("Level", "难度"),
    Pair("Objective", "目标"),
    Pair("Language", "语言"),
)


class _Option(NamedTuple):
    """One answer of an exported question: its text, what it earns in %, and what is said of it."""

    text: str
    fraction: str
    feedback: str


def _said(pair: Pair, language: str) -> str:
    return pair.english if language == "en" else pair.chinese


def numbers(disclosure: Disclosure) -> dict[str, str]:
    """Return question → its right number, at the decimals that are compared; unknown ones not."""
    found = {}
    for name, compute in NUMBERS.items():
        try:
            right = compute(disclosure).right
        except InputError:
            continue
        found[name] = str(round_half_up(right, decimals(BANK[name].unit)))
    return found


def _asked(disclosure: Disclosure) -> Iterator[Question]:
    known = numbers(disclosure)
    return (q for q in BANK.values() if q.kind != "number" or q.id in known)


def _options(question: Question, disclosure: Disclosure, language: str) -> list[_Option]:
    """Return the answers of a choice or of a number, with what each earns."""
    explained = _said(question.explanation, language)
    if question.kind == "number":
        answer, places = NUMBERS[question.id](disclosure), decimals(question.unit)
        right = round_half_up(answer.right, places)
        found = {str(right): _Option(str(right), "100", explained)}
        for name, value in wrong_numbers(answer, question.unit).items():
            text = str(round_half_up(value, places))
            said = _said(MISCONCEPTIONS[name].sentence, language)
            found.setdefault(text, _Option(text, "0", said))
        return list(found.values())
    right_ones = sum(one.right for one in question.choices)
    each = f"{100 / right_ones:.5f}".rstrip("0").rstrip(".")
    against = "0" if question.kind == "choice" else "-100"
    return [
        _Option(
            _said(one.text, language),
            each if one.right else against,
            explained if not one.misconception else _said(one.misconception.sentence, language),
        )
        for one in question.choices
    ]


def _pairs(question: Question, language: str) -> list[tuple[str, str]]:
    """Return the pairs of a match, or of an order: each step and its place."""
    if question.kind == "order":
        places = enumerate(question.choices, 1)
        return [(_said(one.text, language), str(place)) for place, one in places]
    return [(_said(o.text, language), _said(o.goes_with, language)) for o in question.choices]


def moodle(disclosure: Disclosure, language: str) -> str:
    """Return the bank as Moodle XML; `language` is en or zh."""
    quiz = ElementTree.Element("quiz")
    for question in _asked(disclosure):
        paired = question.kind in ("order", "match")
        kind = {"number": "numerical"}.get(question.kind, "matching" if paired else "multichoice")
        node = ElementTree.SubElement(quiz, "question", type=kind)
        _text(ElementTree.SubElement(node, "name"), question.id)
        _text(
            ElementTree.SubElement(node, "questiontext", format="html"),
            _said(question.stem, language),
        )
        explained = _said(question.explanation, language)
        _text(ElementTree.SubElement(node, "generalfeedback", format="html"), explained)
        ElementTree.SubElement(node, "defaultgrade").text = str(question.level)
        ElementTree.SubElement(node, "idnumber").text = f"{question.id}.{language}"
        if paired:
            for left, right in _pairs(question, language):
                part = ElementTree.SubElement(node, "subquestion", format="html")
                ElementTree.SubElement(part, "text").text = left
                _text(ElementTree.SubElement(part, "answer"), right)
        else:
            if kind == "multichoice":
                ElementTree.SubElement(node, "single").text = str(question.kind == "choice").lower()
            for one in _options(question, disclosure, language):
                answer = ElementTree.SubElement(node, "answer", fraction=one.fraction)
                ElementTree.SubElement(answer, "text").text = one.text
                if kind == "numerical":
                    ElementTree.SubElement(answer, "tolerance").text = "0"
                _text(ElementTree.SubElement(answer, "feedback", format="html"), one.feedback)
        tags = ElementTree.SubElement(node, "tags")
        _text(ElementTree.SubElement(tags, "tag"), _said(question.objective, language))
    ElementTree.indent(quiz)
    return ElementTree.tostring(quiz, encoding="unicode", xml_declaration=True) + "\n"


def _text(node: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(node, "text").text = text


def gift(disclosure: Disclosure, language: str) -> str:
    """Return the bank in the GIFT format; `language` is en or zh."""
    lines = []
    for question in _asked(disclosure):
        stem = f"::{question.id}::{_escaped(_said(question.stem, language))} {{"
        end = f"####{_escaped(_said(question.explanation, language))}\n}}\n"
        if question.kind in ("order", "match"):
            pairs = _pairs(question, language)
            body = [f"={_escaped(left)} -> {_escaped(right)}" for left, right in pairs]
        else:
            sign = "#" if question.kind == "number" else ""
            options = _options(question, disclosure, language)
            body = [_gift_option(question, one) for one in options]
            stem += sign
        lines.append("\n".join([stem, *body, end]))
    return "\n".join(lines)


def _gift_option(question: Question, one: _Option) -> str:
    text, feedback = _escaped(one.text), _escaped(one.feedback)
    if question.kind == "several":
        return f"~%{one.fraction}%{text}#{feedback}"
    if question.kind == "number":
        share = "" if one.fraction == "100" else f"%{one.fraction}%"
        return f"={share}{one.text}:0#{feedback}"
    return f"{'=' if one.fraction == '100' else '~'}{text}#{feedback}"


def _escaped(text: str) -> str:
    return re.sub(r"([~=#{}:])", r"\\\1", text)


def rows(disclosure: Disclosure, language: str) -> list[list[str]]:
    """Return the bank as rows under COLUMNS, for a workbook; `language` is en or zh."""
    known, found = numbers(disclosure), []
    for question in _asked(disclosure):
        if question.kind in ("order", "match"):
            shown = question.shown()
            options = [_said(one.text, language) for one in shown]
        else:
            options = [_said(one.text, language) for one in question.choices]
        answer = known.get(question.id) or "".join(question.wanted()).upper()
        stem = " ".join([_said(question.stem, language), *_numbered(question, language)])
        row = [question.kind, stem, *options, *[""] * (5 - len(options)), answer]
        explained = _said(question.explanation, language)
        found.append([*row, explained, str(question.level), _said(question.objective, language)])
        found[-1].append(language)
    return found


def _numbered(question: Question, language: str) -> list[str]:
    return [f"({n}) {_said(goal, language)}" for n, goal in enumerate(question.goals(), 1)]
