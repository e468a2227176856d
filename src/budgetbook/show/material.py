"""What a lecturer takes along: deck, handout, answer sheet for paper, and the question bank.

The texts are rows beside the question bank, English and Chinese together. Deck, handout and sheet
are pages that work from a disk, print, and load nothing but the two files beside them; handout and
sheet are one A4 page each.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from openpyxl import Workbook
from pptx import Presentation

from .. import RELEASED
from ..forms import inside
from ..messages import LANGUAGE, both, message, said, translated
from ..model.disclosure import Disclosure
from ..package.beside import rows_beside
from ..package.zipping import zipped
from ..practice import exports, questions
from ..teaching.stock import stock
from .downloads import packed

DECK, SLIDES, HANDOUT, SHEET = "deck.html", "deck.pptx", "handout.html", "answer-sheet.html"
#: The question bank in both languages.
QUESTIONS = "questions.xlsx"
#: What prints on one A4 page.
PAPER = (HANDOUT, SHEET)
#: Page → its title.
TITLES = {
    DECK: message("A budget that anyone may read 人人可读的预算"),
    HANDOUT: message("Ten checks by hand 手工核对十项"),
    SHEET: message("Answer sheet 答题表"),
}
_FRAMES = Path(__file__).with_name("lecture")
#: How the pages look.
LOOK = _FRAMES / "deck.css"
_BESIDE = (LOOK.name, "deck.js")
#: The lines of the sheet: amounts that are not printed, and findings.
_AMOUNTS = 8
_COLUMNS = ("table", "row", "column", "printed", "right", "kind", "else")


def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one of the lists beside the question bank."""
    return rows_beside(questions.__file__, name)


def everything(disclosure: Disclosure) -> dict[str, bytes]:
    """Return all of it by the name of the file; the numbers of the bank are the disclosure's."""
    found = {name: text.encode() for name, text in pages().items()}
    found |= {name: (_FRAMES / name).read_bytes() for name in _BESIDE}
    return found | {SLIDES: presentation(rows("slides"))} | bank(disclosure)


def bank(disclosure: Disclosure) -> dict[str, bytes]:
    """Return the exports of the question bank, by the name of their file."""
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
    return made | {QUESTIONS: packed(book)}


def presentation(slides: Iterable[Mapping[str, str]]) -> bytes:
    """Return the deck as a .pptx with notes: the same bytes each time it is made."""
    show, stream = Presentation(), io.BytesIO()
    _widened(show)
    for row in slides:
        slide = show.slides.add_slide(show.slide_layouts[1])
        title, body = slide.placeholders[0], slide.placeholders[1]
        title.text_frame.text = _lines(row, "title")
        body.text_frame.text = _lines(row, "body")
        slide.notes_slide.notes_text_frame.text = _lines(row, "notes")
    released = datetime.fromisoformat(RELEASED)
    about = show.core_properties
    about.author, about.title = "budgetbook", said("A budget that anyone may read")
    about.created = about.modified = released
    show.save(stream)
    with zipfile.ZipFile(stream) as written:
        return zipped({name: written.read(name) for name in written.namelist()})


def _lines(row: Mapping[str, str], name: str) -> str:
    return f"{translated(row[f'{name}_en'])}\n{row[f'{name}_zh']}"


def _widened(show: Any) -> None:
    """Make the slides 16:9, as screens are: what the layouts place across them as well."""
    width = show.slide_height * 16 // 9
    for frame in (show.slide_master, *show.slide_layouts):
        for shape in frame.placeholders:
            left, across = (n * width // show.slide_width for n in (shape.left, shape.width))
            top, height = shape.top, shape.height
            shape.left, shape.top, shape.width, shape.height = left, top, across, height
    show.slide_width = width


def pages() -> dict[str, str]:
    """Return deck, handout and answer sheet as pages, by the name of their file."""
    return {DECK: _deck(rows("slides")), HANDOUT: _handout(rows("handout")), SHEET: _sheet()}


def _deck(slides: Iterable[Mapping[str, str]]) -> str:
    body = "".join(
        f'<section id="slide-{number}">{_heading(row, 1 if number == 1 else 2)}'
        f"<p>{_html(row, 'body')}</p>"
        f"<aside><h3>{_both(message('Notes'), '备注')}</h3>{_html(row, 'notes')}</aside>"
        "</section>"
        for number, row in enumerate(slides, 1)
    )
    return _framed(DECK, body=body)


def _heading(row: Mapping[str, Any], level: int) -> str:
    return f"<h{level}>{_html(row, 'title')}</h{level}>"


def _handout(ties: Iterable[Mapping[str, str]]) -> str:
    body = "".join(
        f"<tr><td>{_html(row, 'tie')}</td><td>{_html(row, 'how')}</td><td></td><td></td></tr>"
        for row in ties
    )
    return _framed(HANDOUT, body=body)


def _sheet() -> str:
    """Return the sheet: its findings have the columns and the kinds of the sheet that is graded."""
    titles = {row["id"]: _html(row, "title") for row in stock("columns")}
    head = "".join(f'<th scope="col">{titles[column]}</th>' for column in _COLUMNS)
    numbers = [row["id"] for row in stock("questions") if row["id"].startswith("F")]
    return _framed(
        SHEET,
        amounts=_empty([str(number) for number in range(1, _AMOUNTS + 1)], 3),
        head=head,
        findings=_empty(numbers, len(_COLUMNS)),
        kinds=_listed(stock("types")),
        others=_listed(stock("else")),
    )


def _empty(names: Iterable[str], columns: int) -> str:
    cells = "<td></td>" * columns
    return "".join(f'<tr><th scope="row">{name}</th>{cells}</tr>' for name in names)


def _listed(kinds: Iterable[Mapping[str, str]]) -> str:
    listed = (both(inside(row["title_en"]), row["title_zh"]) for row in kinds)
    return escape("; ".join(f"{number} {text}" for number, text in enumerate(listed, 1)))


def _html(row: Mapping[str, Any], name: str) -> str:
    return _both(row[f"{name}_en"], row[f"{name}_zh"])


def _both(english: str, chinese: str) -> str:
    return f'{escape(translated(english))} <span lang="zh-Hans">{escape(chinese)}</span>'


def _framed(name: str, **parts: str) -> str:
    """Return a page with its parts in the places that are named for them."""
    frame = Environment(loader=FileSystemLoader(_FRAMES)).get_template(name)
    language = os.environ.get(LANGUAGE) or "en"
    parts |= {"title": said(TITLES[name]), "language": language}
    return f"{frame.render(said=said, both=_both, **parts)}\n"
