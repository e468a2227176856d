"""The question bank: rows of questions.csv with their choices, objectives and misconceptions.

Its Markdown is what a cell of a chapter holds of a question (see `cell_text`): it is written there
from the bank when the notebooks are executed, and by nobody's hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import InputError
from ..messages import both, message, pair, said
from ..package.beside import rows_beside

#: What a question may ask for: one choice, several, a number, an order, or pairs.
KINDS = ("choice", "several", "number", "order", "match")


#: What a cell with an exercise begins with, before the identifier of its question.
MARK = "<details class='exercise' id='practice-"


class Pair(NamedTuple):
    """A text in English and Chinese."""

    english: str
    chinese: str

    def __str__(self) -> str:
        return both(self.english, self.chinese)


LEVELS = (Pair(message("Easy"), "易"), Pair(message("Medium"), "中"), Pair(message("Hard"), "难"))
HINTS = (
    Pair(message("First hint"), "提示一"),
    Pair(message("Second hint"), "提示二"),
    Pair(message("Third hint"), "提示三"),
)
#: Kind of a question → how its answer is written in a notebook.
WRITTEN = {
    "number": Pair(
        message('Write digits in quotation marks, in the unit asked for, such as "-1,234.50".'),
        '请在引号内按所问单位写数字，如 "-1,234.50"。',
    ),
    "choice": Pair(message("Answer with one letter."), "请用一个字母作答。"),
    "several": Pair(
        message('Answer with the letters of all that are right, such as "ad".'),
        '请写出所有正确项的字母，如 "ad"。',
    ),
    "order": Pair(
        message("Answer with {many:count} letters, the first step first."),
        message("请写{many:count}个字母，第一步在前。"),
    ),
    "match": Pair(
        message("Answer with {many:count} letters, in the order of 1 to {many:count}."),
        message("请写{many:count}个字母，依次对应1至{many:count}。"),
    ),
}
SOLUTION = Pair(message("Solution"), "解答")


class Misconception(NamedTuple):
    """A wrong idea behind a wrong answer: its name and a sentence that puts it right."""

    id: str
    name: Pair
    sentence: Pair


class Choice(NamedTuple):
    """One choice of a question: its letter, text, whether it is right, or what is wrong with it.

    Choices of an order stand in the right order; those of a match have what they go with.
    """

    letter: str
    text: Pair
    right: bool
    misconception: Misconception | None
    goes_with: Pair


@dataclass(frozen=True)
class Question:
    """A question: what it trains, its level from 1 to 3, its texts, hints and choices.

    `unit` is yuan or %, of a number; `objective` and `chapter` say what it belongs to. `misplaced`
    is what is wrong with any other order or match; `code` computes a number in pandas.
    """

    id: str
    title: Pair
    kind: str
    level: int
    unit: str
    chapter: str
    objective: Pair
    stem: Pair
    hints: Sequence[Pair]
    explanation: Pair
    choices: Sequence[Choice]
    misplaced: Misconception | None
    code: str

    def _repr_markdown_(self) -> str:
        lines = [
            f"{MARK}{self.id}'><summary>{self.heading()}</summary>",
            f"*{self.hard()}.* {self.stem}",
            "\n".join(f"- **{one.letter}** {one.text}" for one in self.shown()),
            "\n".join(f"{n}. {text}" for n, text in enumerate(self.goals(), 1)),
            str(self.written()),
            f'```python\nfrom budgetbook.practice import check\ncheck("{self.id}", "…")\n```',
            *(
                f"<details><summary>{name}</summary>\n\n{hint}\n\n</details>"
                for name, hint in zip(HINTS, self.hints, strict=True)
            ),
            f"<details><summary>{SOLUTION}</summary>",
            f"```python\n{self.code}\n```" if self.code else ", ".join(self.wanted()),
            str(self.explanation),
            "</details>\n\n</details>",
        ]
        return "\n\n".join(filter(None, lines))

    def heading(self) -> str:
        """Return what an exercise is called while it is folded."""
        return f"<b>{said('Exercise 练习')}</b>: {self.title}"

    def hard(self) -> Pair:
        """Return in a word how hard the question is."""
        return LEVELS[self.level - 1]

    def __repr__(self) -> str:
        return f"Exercise {self.id}: {self.stem.english}"

    def written(self) -> Pair:
        """Return how an answer is written in a notebook."""
        return Pair(*pair(*WRITTEN[self.kind], many=len(self.choices)))

    def goals(self) -> list[Pair]:
        """Return what the choices of a match go with, as it is shown."""
        return sorted(one.goes_with for one in self.choices) if self.kind == "match" else []

    def wanted(self) -> list[str]:
        """Return the letters of the right answer: of a match, in the order of its goals."""
        found = [one for one in self.choices if one.right]
        if self.kind == "match":
            found.sort(key=lambda one: one.goes_with)
        return [one.letter for one in found]

    def shown(self) -> list[Choice]:
        """Return the choices as they are shown: those to be put in order by their words."""
        if self.kind == "order":
            return sorted(self.choices, key=lambda one: one.text.english)
        return list(self.choices)


#: Identifier of a misconception → it.
MISCONCEPTIONS = {
    row["id"]: Misconception(
        row["id"],
        Pair(row["name_en"], row["name_zh"]),
        Pair(row["sentence_en"], row["sentence_zh"]),
    )
    for row in rows_beside(__file__, "misconceptions")
}


def _question(row: Mapping[str, str]) -> Question:
    objective = next(o for o in rows_beside(__file__, "objectives") if o["id"] == row["objective"])
    return Question(
        id=row["id"],
        title=_pair(row, "title"),
        kind=row["kind"],
        level=int(row["level"]),
        unit=row["unit"],
        chapter=objective["chapter"],
        objective=_pair(objective, "objective"),
        stem=_pair(row, "stem"),
        hints=[_pair(row, f"hint_{number}") for number in (1, 2, 3)],
        explanation=_pair(row, "explanation"),
        choices=_choices(row),
        misplaced=MISCONCEPTIONS.get(row["misplaced"]),
        code=row["code"],
    )


def _choices(question: Mapping[str, str]) -> list[Choice]:
    mine = (r for r in rows_beside(__file__, "choices") if r["question"] == question["id"])
    rows = sorted(mine, key=lambda row: int(row["place"]))
    letters = dict(zip(map(id, rows), "abcdefgh", strict=False))
    if question["kind"] == "order":  # letters follow what is shown, not what is right
        shown = sorted(rows, key=lambda row: row["text_en"])
        letters = dict(zip(map(id, shown), "abcdefgh", strict=False))
    return [
        Choice(
            letters[id(row)],
            _pair(row, "text"),
            row["right"] == "yes",
            MISCONCEPTIONS.get(row["misconception"]),
            _pair(row, "match"),
        )
        for row in rows
    ]


def _pair(row: Mapping[str, str], name: str) -> Pair:
    return Pair(row[f"{name}_en"], row[f"{name}_zh"])


#: Identifier → question, in the order of questions.csv.
BANK = {row["id"]: _question(row) for row in rows_beside(__file__, "questions")}


def exercise(identifier: str) -> Question:
    """Return a question, which a notebook shows with its hints folded.

    Raises InputError for an identifier that no question has.
    """
    try:
        return BANK[identifier]
    except KeyError:
        raise InputError(
            f"no exercise is called {identifier!r}; there are {', '.join(BANK)}"
        ) from None


def embedded(source: str) -> str | None:
    """Return the identifier of the question that a cell of a notebook holds, None if it does none.

    Raises InputError for an identifier that no question has.
    """
    found = re.match(re.escape(MARK) + r"([\w-]+)'", source)
    return exercise(found[1]).id if found else None


def cell_text(source: str) -> str:
    """Return the text of a Markdown cell, with what the bank says today if it holds a question."""
    found = embedded(source)
    return exercise(found)._repr_markdown_() if found else source
