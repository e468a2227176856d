"""What a lecturer finds: assignments, sessions, rubrics, questions to discuss, and files.

All texts are rows beside the question bank, English and Chinese together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from ..messages import both, said, translated
from ..package.zipping import zipped
from ..show.material import DECK, HANDOUT, QUESTIONS, SHEET, SLIDES, bank, everything, rows
from .directive import BudgetDirective, rubric

#: The files of a lecturer together.
ALL = "teaching-material.zip"


class Teaching(BudgetDirective):
    """`{teaching}` with the name of a list: assignments, rubric, sessions or discussions."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the list as sections or tables."""
        make = {
            "assignments": self._assignments,
            "rubric": self._rubric,
            "sessions": self._sessions,
            "discussions": self._discussions,
            "files": self._files,
        }
        return list(make[self.arguments[0]]())

    def _assignments(self) -> Iterable[nodes.Node]:
        for row in rows("assignments"):
            title = f"{row['id']}. {_both(row, 'title')}"
            section = nodes.section("", nodes.title("", title), ids=[f"assignment-{row['id']}"])
            minutes, on = row["minutes"], _both(row, "on")
            goal = said(
                "{english:text}. {chinese:text}。",
                english=translated(row["objective_en"]),
                chinese=row["objective_zh"],
            )
            handed, graded = _both(row, "hand_in"), _both(row, "graded")
            section += _paragraph(
                said("{minutes:text} minutes · {material:text}", minutes=minutes, material=on)
            )
            section += _paragraph(goal)
            section += _paragraph(_both(row, "task"))
            section += _paragraph(
                said(
                    "Handed in 提交: {what:text}. Graded 评分: {how:text}.", what=handed, how=graded
                )
            )
            yield section

    def _rubric(self) -> Iterable[nodes.Node]:
        titles = {row["id"]: _both(row, "title") for row in rows("assignments")}
        for assignment in dict.fromkeys(row["assignment"] for row in rows("rubric")):
            yield rubric(f"{assignment}. {titles[assignment]}")
            mine = [row for row in rows("rubric") if row["assignment"] == assignment]
            cells = [("", [r["grade"], _both(r, "what"), _both(r, "example")]) for r in mine]
            head = said("Grade 等级"), said("What it takes 要求"), said("For example 例")
            yield self.table(head, cells)

    def _sessions(self) -> Iterable[nodes.Node]:
        head = (
            said("Minutes 分钟"),
            said("What happens 内容"),
            said("Where students may stick 可能的难点"),
        )
        lengths = {"one": said("One session 一次课"), "three": said("Three sessions 三次课")}
        for number, title in lengths.items():
            mine = [row for row in rows("sessions") if row["session"].startswith(number)]
            yield rubric(title)
            cells = [("", [r["minutes"], _both(r, "what"), _both(r, "stuck")]) for r in mine]
            yield self.table(head, cells)

    def _discussions(self) -> Iterable[nodes.Node]:
        head = said("Question 问题"), said("A good answer holds 好的回答包含")
        cells = [("", [_both(row, "question"), _both(row, "good")]) for row in rows("discussions")]
        yield self.table(head, cells)

    def _files(self) -> Iterable[nodes.Node]:
        deck = said("Deck for the first session 首次课幻灯片 (arrows, print 方向键翻页，可打印)")
        handout = said("Handout: ten checks by hand 讲义：手工核对十项 (one A4 page 一页 A4)")
        yield self.links(
            [
                (DECK, deck),
                (SLIDES, said("The same to change in a presentation program 可编辑的幻灯片")),
                (HANDOUT, handout),
                (SHEET, said("Answer sheet for paper 纸面答题表 (one A4 page 一页 A4)")),
                *((name, _bank(name)) for name in bank(self.disclosure)),
                (ALL, said("All of these in one zip 以上全部")),
            ]
        )


def _bank(name: str) -> str:
    """Return what a file of the question bank is called."""
    if name == QUESTIONS:
        return said("Question bank as a workbook 题库工作簿")
    language, form, _ = name.removeprefix("questions-").split(".")
    called = {"en": said("English"), "zh": "中文", "moodle": "Moodle XML", "gift": "GIFT"}
    return said(
        "Question bank for a learning system 供教学平台导入的题库 ({form:text}, {language:text})",
        form=called[form],
        language=called[language],
    )


def _both(row: Mapping[str, str], name: str) -> str:
    return both(row[f"{name}_en"], row[f"{name}_zh"])


def _paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text)


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write deck, handout, answer sheet and question bank among the downloads."""
    if exception is None and app.builder.format == "html":
        folder = Path(app.outdir) / "downloads"
        folder.mkdir(parents=True, exist_ok=True)
        made = everything(vars(app)["budget"])
        for name, content in (made | {ALL: zipped(made)}).items():
            (folder / name).write_bytes(content)
