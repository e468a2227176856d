"""What a lecturer finds: assignments, sessions, rubrics, questions to discuss, deck and handout.

All texts are rows beside the question bank, English and Chinese together. Deck and handout are
pages of their own among the downloads: they work from a disk, print, and load nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from pptx import Presentation
from sphinx.application import Sphinx

from .. import RELEASED
from ..package.beside import rows_beside
from ..package.zipping import zipped
from ..practice import questions
from .directive import BudgetDirective, rubric

DECK, SLIDES, HANDOUT = "deck.html", "deck.pptx", "handout.html"
_FRAMES = Path(__file__).with_name("teaching")


def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one of the lists beside the question bank."""
    return rows_beside(questions.__file__, name)


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
            title = f"{row['id']}. {row['title_en']} {row['title_zh']}"
            section = nodes.section("", nodes.title("", title), ids=[f"assignment-{row['id']}"])
            section += _paragraph(f"{row['minutes']} minutes · {_both(row, 'on')}")
            section += _paragraph(row["objective_en"] + ". " + row["objective_zh"] + "。")
            section += _paragraph(_both(row, "task"))
            handed = (
                f"Handed in 提交: {_both(row, 'hand_in')}. Graded 评分: {_both(row, 'graded')}."
            )
            section += _paragraph(handed)
            yield section

    def _rubric(self) -> Iterable[nodes.Node]:
        titles = {row["id"]: _both(row, "title") for row in rows("assignments")}
        for assignment in dict.fromkeys(row["assignment"] for row in rows("rubric")):
            yield rubric(f"{assignment}. {titles[assignment]}")
            mine = [row for row in rows("rubric") if row["assignment"] == assignment]
            cells = [("", [r["grade"], _both(r, "what"), _both(r, "example")]) for r in mine]
            yield self.table(["Grade 等级", "What it takes 要求", "For example 例"], cells)

    def _sessions(self) -> Iterable[nodes.Node]:
        head = ["Minutes 分钟", "What happens 内容", "Where students stick 常见难点"]
        for number, title in (("one", "One session 一次课"), ("three", "Three sessions 三次课")):
            mine = [row for row in rows("sessions") if row["session"].startswith(number)]
            yield rubric(title)
            cells = [("", [r["minutes"], _both(r, "what"), _both(r, "stuck")]) for r in mine]
            yield self.table(head, cells)

    def _discussions(self) -> Iterable[nodes.Node]:
        head = ["Question 问题", "A good answer holds 好的回答包含"]
        cells = [("", [_both(row, "question"), _both(row, "good")]) for row in rows("discussions")]
        yield self.table(head, cells)

    def _files(self) -> Iterable[nodes.Node]:
        yield self.links(
            [
                (DECK, "Deck for the first session 首次课幻灯片 (arrows, print)"),
                (SLIDES, "The same to change in a presentation program 可编辑的幻灯片"),
                (HANDOUT, "Handout: ten checks by hand 讲义：手工核对十项 (one A4 page)"),
            ]
        )


def _both(row: Mapping[str, str], name: str) -> str:
    return f"{row[f'{name}_en']} {row[f'{name}_zh']}"


def _paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text)


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write deck and handout among the downloads."""
    if exception is None and app.builder.format == "html":
        folder = Path(app.outdir) / "downloads"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files().items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        (folder / SLIDES).write_bytes(presentation(rows("slides")))


def presentation(slides: Iterable[Mapping[str, str]]) -> bytes:
    """Return the deck as a .pptx with notes: the same bytes each time it is made."""
    show, stream = Presentation(), io.BytesIO()
    for row in slides:
        slide = show.slides.add_slide(show.slide_layouts[1])
        title, body = slide.placeholders[0], slide.placeholders[1]
        title.text_frame.text = f"{row['title_en']}\n{row['title_zh']}"
        body.text_frame.text = f"{row['body_en']}\n{row['body_zh']}"
        slide.notes_slide.notes_text_frame.text = f"{row['notes_en']}\n{row['notes_zh']}"
    released = datetime.fromisoformat(RELEASED)
    about = show.core_properties
    about.author, about.title = "budgetbook", "A budget that anyone may read"
    about.created = about.modified = released
    show.save(stream)
    with zipfile.ZipFile(stream) as written:
        return zipped({name: written.read(name) for name in written.namelist()})


def files() -> dict[str, str]:
    """Return deck and handout as pages, by the name of their file."""
    return {DECK: _deck(rows("slides")), HANDOUT: _handout(rows("handout"))}


def _deck(slides: Iterable[Mapping[str, str]]) -> str:
    body = "".join(
        f'<section id="slide-{number}"><h1>{_html(row, "title")}</h1><p>{_html(row, "body")}</p>'
        f'<aside><h2>Notes <span lang="zh-Hans">备注</span></h2>{_html(row, "notes")}</aside>'
        "</section>"
        for number, row in enumerate(slides, 1)
    )
    return _frame("deck", body)


def _handout(ties: Iterable[Mapping[str, str]]) -> str:
    body = "".join(
        f"<tr><td>{_html(row, 'tie')}</td><td>{_html(row, 'how')}</td><td></td><td></td></tr>"
        for row in ties
    )
    return _frame("handout", body)


def _html(row: Mapping[str, Any], name: str) -> str:
    english, chinese = escape(row[f"{name}_en"]), escape(row[f"{name}_zh"])
    return f'{english} <span lang="zh-Hans">{chinese}</span>'


def _frame(name: str, body: str) -> str:
    return (_FRAMES / f"{name}.html").read_text(encoding="utf-8").replace("<!--body-->", body)
