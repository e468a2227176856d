"""The question bank: rows of questions.csv with their choices, objectives and misconceptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import InputError
from ..package.beside import rows_beside

#: What a question may ask for: one choice, several, a number, an order, or pairs.
KINDS = ("choice", "several", "number", "order", "match")


class Pair(NamedTuple):
    """A text in English and Chinese."""

    english: str
    chinese: str

    def __str__(self) -> str:
        return f"{self.english} {self.chinese}"


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

    `unit` is yuan or %, of a number; `objective` and `chapter` say what it belongs to.
    """

    id: str
    kind: str
    level: int
    unit: str
    chapter: str
    objective: Pair
    stem: Pair
    hints: Sequence[Pair]
    explanation: Pair
    choices: Sequence[Choice]

    def _repr_markdown_(self) -> str:
        lines = [f"**Exercise 练习 · level {self.level}.** {self.stem.english}", self.stem.chinese]
        lines += ["\n".join(f"- **{one.letter}** {one.text}" for one in self.shown())]
        lines += ["\n".join(f"{n}. {text}" for n, text in enumerate(self.goals(), 1))]
        lines += [
            f"<details><summary>Hint {number} 提示</summary>{hint}</details>"
            for number, hint in enumerate(self.hints, 1)
        ]
        return "\n\n".join([*filter(None, lines), f'`check("{self.id}", …)`'])

    def __repr__(self) -> str:
        return f"Exercise {self.id}: {self.stem.english}"

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
        kind=row["kind"],
        level=int(row["level"]),
        unit=row["unit"],
        chapter=objective["chapter"],
        objective=_pair(objective, "objective"),
        stem=_pair(row, "stem"),
        hints=[_pair(row, f"hint_{number}") for number in (1, 2, 3)],
        explanation=_pair(row, "explanation"),
        choices=_choices(row),
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
