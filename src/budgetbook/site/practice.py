"""Quick checks on a page: questions with native controls, their reasons beside them.

The page holds the answers and says so: it is for practice. Without its script the answers stand
folded below each question.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from openpyxl import Workbook
from sphinx.application import Sphinx

from ..exact.money import round_half_up
from ..model.disclosure import Disclosure
from ..practice import exports
from ..practice.answers import NUMBERS, decimals, wrong_numbers
from ..practice.questions import BANK, MISCONCEPTIONS, Pair, Question
from ..show.downloads import packed
from .directive import BudgetDirective

PAGE = "book/practice"
_INPUTS = {"choice": "radio", "several": "checkbox"}


class Practice(BudgetDirective):
    """`{practice}` with a chapter: its questions; with `files`: the bank for learning systems."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a form a question; one that this disclosure has no answer to is left out."""
        if self.arguments[0] == "files":
            return [self.links([(name, name) for name in files(self.disclosure)])]
        known = exports.numbers(self.disclosure)
        mine = [one for one in BANK.values() if one.chapter == self.arguments[0]]
        return [
            nodes.raw("", self._form(one), format="html")
            for one in mine
            if one.kind != "number" or one.id in known
        ]

    def _form(self, question: Question) -> str:
        says = json.dumps(self._says(question), ensure_ascii=False).replace("}}", "} }")
        hints = "".join(
            f"<details><summary>Hint {n} <span lang='zh-Hans'>提示</span></summary>"
            f"<p>{_both(hint)}</p></details>"
            for n, hint in enumerate(question.hints, 1)
        )
        solution = f"<p>{escape(self._solution(question))}. {_both(question.explanation)}</p>"
        return (
            f"<form class='practice' id='practice-{question.id}' data-kind='{question.kind}' "
            f"data-says='{escape(says)}'>"
            f"<fieldset><legend>{_both(question.stem)}</legend>{_controls(question)}</fieldset>"
            "<p><button type='submit' hidden>Check <span lang='zh-Hans'>核对</span></button> "
            f"<output aria-live='polite'></output></p>{hints}"
            "<details class='solution'><summary>Answer <span lang='zh-Hans'>答案</span></summary>"
            f"{solution}</details></form>"
        )

    def _says(self, question: Question) -> dict[str, Any]:
        """Return what the script needs: the right answer, and what is said of each other one."""
        right = _html("Right.", "正确。") + " " + _both(question.explanation)
        if question.kind == "number":
            answer, places = NUMBERS[question.id](self.disclosure), decimals(question.unit)
            wrong = {
                str(round_half_up(value, places)): _both(MISCONCEPTIONS[name].sentence)
                for name, value in reversed(wrong_numbers(answer, question.unit).items())
            }
            wanted = str(round_half_up(answer.right, places))
            return {"wanted": wanted, "right": right, "wrong": wrong, "decimals": places}
        wrong = {
            one.letter: _both(one.misconception.sentence)
            for one in question.choices
            if one.misconception
        }
        return {"wanted": "".join(question.wanted()), "right": right, "wrong": wrong}

    def _solution(self, question: Question) -> str:
        if question.kind == "number":
            value = exports.numbers(self.disclosure)[question.id]
            sign = value.replace("-", "−")
            return f"{sign} {question.unit}"
        return ", ".join(question.wanted())


def _controls(question: Question) -> str:
    if question.kind == "number":
        unit = "元 yuan" if question.unit == "yuan" else question.unit
        return f"<label><input inputmode='decimal' autocomplete='off' name='n'> {unit}</label>"
    if question.kind in _INPUTS:
        return "".join(
            f"<label><input type='{_INPUTS[question.kind]}' name='{question.id}' "
            f"value='{one.letter}'> {_both(one.text)}</label>"
            for one in question.shown()
        )
    letters = sorted(one.letter for one in question.choices)
    options = "<option value=''>–</option>" + "".join(f"<option>{one}</option>" for one in letters)
    listed = "".join(f"<li><b>{one.letter}</b> {_both(one.text)}</li>" for one in question.shown())
    goals = [_both(goal) for goal in question.goals()] or [
        _html(f"Step {n}", f"第{n}步") for n in range(1, len(letters) + 1)
    ]
    asked = "".join(f"<label><select>{options}</select> {goal}</label>" for goal in goals)
    return f"<ul>{listed}</ul>{asked}"


def _both(pair: Pair) -> str:
    return _html(*pair)


def _html(english: str, chinese: str) -> str:
    return f"{escape(english)} <span lang='zh-Hans'>{escape(chinese)}</span>"


def add_assets(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the page of quick checks, and no other, its script."""
    if page == PAGE:
        app.add_js_file("practice.js", loading_method="defer")


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the bank for learning systems among the downloads, in each language."""
    if exception is None and app.builder.format == "html":
        folder = Path(app.outdir) / "downloads"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files(vars(app)["budget"]).items():
            (folder / name).write_bytes(content)


def files(disclosure: Disclosure) -> dict[str, bytes]:
    """Return the exports of the bank, by the name of their file."""
    made, book = {}, Workbook()
    book.remove(book.active)
    for language in exports.LANGUAGES:
        made[f"questions-{language}.moodle.xml"] = exports.moodle(disclosure, language).encode()
        made[f"questions-{language}.gift.txt"] = exports.gift(disclosure, language).encode()
        sheet = book.create_sheet({"en": "English", "zh": "中文"}[language])
        sheet.append(
            [pair.english if language == "en" else pair.chinese for pair in exports.COLUMNS]
        )
        for row in exports.rows(disclosure, language):
            sheet.append(row)
    return made | {"questions.xlsx": packed(book)}
