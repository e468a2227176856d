"""Quick checks on a page: questions with native controls, their reasons beside them.

The page holds the answers and says so: it is for practice. Without its script the answers stand
folded below each question. A cell of a chapter that holds a question becomes its form, folded;
the solutions of all stand on a page of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..exact.money import round_half_up
from ..messages import message, pair, parts, said, translated
from ..model.address import parse
from ..practice import exports
from ..practice.answers import NUMBERS, decimals, wrong_numbers
from ..practice.questions import (
    BANK,
    HINTS,
    MARK,
    MISCONCEPTIONS,
    Pair,
    Question,
    embedded,
)
from ..show.material import bank
from .directive import BudgetDirective

#: Unit of a number → how it is told.
_UNITS = {"yuan": message("{number:part} yuan 元"), "%": message("{number:part} %")}
_INPUTS = {"choice": "radio", "several": "checkbox"}


class Practice(BudgetDirective):
    """`{practice}` with a chapter: its questions; with the name of one: that one, folded.

    With `solutions` and a chapter: what is right, why, and what is behind each wrong answer; with
    `files`: the bank for learning systems. A question that this disclosure has no answer to is
    left out.
    """

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a form a question, solutions, or links."""
        what, chapter = self.arguments[0], self.arguments[-1]
        if what == "files":
            return [self.links([(name, name) for name in bank(self.disclosure)])]
        known = exports.numbers(self.disclosure)
        mine = [one for one in BANK.values() if chapter in (one.chapter, one.id)]
        asked = [one for one in mine if one.kind != "number" or one.id in known]
        if what == "solutions":
            return [self._solved(one) for one in asked]
        make = self._folded if what in BANK else self._form
        return [nodes.raw("", make(one), format="html") for one in asked]

    def _folded(self, question: Question) -> str:
        form = self._form(question).replace(f" id='practice-{question.id}'", "", 1)
        summary = f"<summary>{question.heading()}</summary>"
        return f"{MARK}{question.id}'>{summary}{form}</details>"

    def _solved(self, question: Question) -> nodes.Node:
        """Return the section of a question on the page of solutions."""
        title = nodes.title("", str(question.title))
        section = nodes.section("", title, ids=[f"solution-{question.id}"])
        section += _paragraph(str(question.stem))
        answer = nodes.strong("", said("Answer 答案:"))
        section += nodes.paragraph("", "", answer, nodes.Text(" "), *self._told(question))
        if question.code:
            section += nodes.literal_block("", question.code, language="python")
        section += _bullets(str(hint) for hint in question.hints)
        section += _paragraph(str(question.explanation))
        wrong = list(self._behind(question))
        if wrong:
            section += _paragraph(said("What is behind other answers 其他答案错在何处："))
            section += nodes.bullet_list(
                "", *(nodes.list_item("", nodes.paragraph("", "", *one)) for one in wrong)
            )
        return section

    def _told(self, question: Question) -> list[nodes.Node]:
        """Return the right answer: a number leads to its passport, or stands as it is typed."""
        if question.kind != "number":
            return [nodes.Text(self._solution(question))]
        value, at = self._number(question), NUMBERS[question.id](self.disclosure).at
        linked = self.figure(_digits(value), parse(at)) if at else nodes.Text("")
        if isinstance(linked, nodes.Text):
            return [nodes.literal("", _printed(value, question.unit)), nodes.Text(".")]
        told = parts(_UNITS[question.unit], number=linked)
        return [*(p if p is linked else nodes.Text(p) for p in told), nodes.Text(".")]

    def _behind(self, question: Question) -> Iterator[list[nodes.Node]]:
        """Yield wrong answers with what is behind them; a number stands as it is typed."""
        if question.kind == "number":
            answer, places = NUMBERS[question.id](self.disclosure), decimals(question.unit)
            right, seen = round_half_up(answer.right, places), set[Decimal]()
            for name, value in wrong_numbers(answer, question.unit).items():
                given = round_half_up(value, places)
                if given != right and given not in seen:
                    typed = nodes.literal("", _printed(given, question.unit))
                    yield [typed, nodes.Text(f" — {MISCONCEPTIONS[name].sentence}")]
                seen.add(given)
        for one in question.choices:
            if one.misconception:
                told = {"letter": one.letter, "choice": one.text, "why": one.misconception.sentence}
                yield [nodes.Text(said("{letter:text}, {choice:name} — {why:name}", **told))]
        if question.misplaced:
            wrong = question.misplaced
            words = said("{name:name} — {why:name}", name=wrong.name, why=wrong.sentence)
            yield [nodes.Text(words)]

    def _form(self, question: Question) -> str:
        says = json.dumps(self._says(question), ensure_ascii=False).replace("}}", "} }")
        hints = "".join(
            f"<details><summary>{_both(name)}</summary><p>{_both(hint)}</p></details>"
            for name, hint in zip(HINTS, question.hints, strict=True)
        )
        if question.kind == "number":
            told = f"<code>{escape(_printed(self._number(question), question.unit))}</code>."
        else:
            told = escape(self._solution(question))
        solution = f"<p>{told} {_both(question.explanation)}</p>"
        return (
            f"<form class='practice' id='practice-{question.id}' data-kind='{question.kind}' "
            f"data-says='{escape(says)}'>"
            f"<fieldset><legend><small>{_both(question.hard())}.</small> "
            f"{_both(question.stem)}</legend>{_controls(question)}</fieldset>"
            f"<p><button type='submit' hidden>{_html(message('Check'), '核对')}</button> "
            f"<output aria-live='polite'></output></p>{hints}"
            "<details class='solution'><summary>"
            f"{_html(message('Answer (it can be read in this page)'), '答案（就在页面中）')}"
            "</summary>"
            f"{solution}</details></form>"
        )

    def _says(self, question: Question) -> dict[str, Any]:
        """Return what the script needs: the right answer, and what is said of each other one."""
        right = _html(message("Right."), "正确。") + " " + _both(question.explanation)
        if question.kind == "number":
            answer, places = NUMBERS[question.id](self.disclosure), decimals(question.unit)
            wrong = {
                str(round_half_up(value, places)): _both(MISCONCEPTIONS[name].sentence)
                for name, value in reversed(wrong_numbers(answer, question.unit).items())
            }
            wanted = str(round_half_up(answer.right, places))
            wrong[f"~{wanted}"] = _both(MISCONCEPTIONS["not-rounded"].sentence)
            return {"wanted": wanted, "right": right, "wrong": wrong, "decimals": places}
        wrong = {
            one.letter: _both(one.misconception.sentence)
            for one in question.choices
            if one.misconception
        }
        if question.misplaced:
            wrong["*"] = _both(question.misplaced.sentence)
        return {"wanted": "".join(question.wanted()), "right": right, "wrong": wrong}

    def _number(self, question: Question) -> Decimal:
        return Decimal(exports.numbers(self.disclosure)[question.id])

    def _solution(self, question: Question) -> str:
        texts = {one.letter: one.text for one in question.choices}
        if question.kind in _INPUTS:
            return "; ".join(f"{letter}, {texts[letter]}" for letter in question.wanted())
        goals = question.goals() or range(1, len(texts) + 1)
        pairs = zip(goals, question.wanted(), strict=True)
        told = "; ".join(f"{goal}: {letter}, {texts[letter]}" for goal, letter in pairs)
        return told if question.kind == "order" else said("{pairs:text}.", pairs=told)


def _printed(value: Decimal, unit: str) -> str:
    """Return a number as it is printed, with its unit."""
    return "".join(parts(_UNITS[unit], number=_digits(value)))


def _digits(value: Decimal) -> str:
    return f"{value:,}".replace("-", "−")


def _paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text)


def _bullets(texts: Iterable[str]) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", _paragraph(text)) for text in texts))


def _controls(question: Question) -> str:
    if question.kind == "number":
        unit = said("yuan 元") if question.unit == "yuan" else question.unit
        field = "<input inputmode='decimal' autocomplete='off' name='n'>"
        return f"<label>{field} <span>{unit}</span></label>"
    if question.kind in _INPUTS:
        return "".join(
            f"<label><input type='{_INPUTS[question.kind]}' name='{question.id}' "
            f"value='{one.letter}'> <span>{_both(one.text)}</span></label>"
            for one in question.shown()
        )
    letters = sorted(one.letter for one in question.choices)
    options = "<option value=''>–</option>" + "".join(f"<option>{one}</option>" for one in letters)
    listed = "".join(f"<li><b>{one.letter}</b> {_both(one.text)}</li>" for one in question.shown())
    goals = [_both(goal) for goal in question.goals()] or [
        _html(*pair("Step {number:count}", "第{number:count}步", number=n))
        for n in range(1, len(letters) + 1)
    ]
    asked = "".join(
        f"<label><select>{options}</select> <span>{goal}</span></label>" for goal in goals
    )
    return f"<ul>{listed}</ul>{asked}"


def _both(pair: Pair) -> str:
    return _html(*pair)


def _html(english: str, chinese: str) -> str:
    return f"{escape(translated(english))} <span lang='zh-Hans'>{escape(chinese)}</span>"


def embed(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the form of a question in the place of each cell of a notebook that holds one."""
    if app.env.doc2path(page).endswith(".ipynb"):
        notebook = json.loads(source[0])
        for cell in notebook["cells"]:
            found = cell["cell_type"] == "markdown" and embedded("".join(cell["source"]))
            if found:
                cell["source"] = f"```{{practice}} {found}\n```"
        source[0] = json.dumps(notebook)


def add_assets(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the pages with quick checks, and no others, their script."""
    if "<form class='practice'" in context.get("body", ""):
        app.add_js_file("practice.js", loading_method="defer")
