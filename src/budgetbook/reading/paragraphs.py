"""Puts the paragraphs of the text together again, where a page break cut them in two."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..forms import Form, plain
from ..forms.wording import Wording
from .page import Page, Row, narrow

_OPENS = re.compile(
    r"[一二三四五六七八九十]+、|[（(][\d一二三四五六七八九十]+[)）]|\d{1,2}[.．](?!\d)|- "
)
_LONE_NUMBER = re.compile(r"(- )?\d{1,2}[.．]")
#: A line that is the number of a page by its form, and one of digits alone, which may be one.
_PAGE_NUMBER = re.compile(r"[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d+\s*页(?:[，,/\s]*共\s*\d+\s*页)?")
_DIGITS_ALONE = re.compile(r"\d{1,4}", re.ASCII)
_APART = "¦"  # what no word holds: a figure beside it is not understood
_STRAY_WORD = re.compile(r"(?<=[一-鿿]) ?([a-z]{2,}) ?(?=[一-鿿])")
_SHORT = re.compile(r"[^，。：]{1,30}")  # what follows the mark of a heading


@dataclass
class Paragraph:
    """One paragraph: its text, and the line that each of its characters was printed in."""

    text: str = ""
    lines: list[int] = field(default_factory=list)

    def add(self, number: int, text: str) -> None:
        """Add what is printed in line `number`."""
        self.text += text
        self.lines += [number] * len(text)


def paragraphs(page: Page, wording: Wording, stop: int) -> list[Paragraph]:
    """Join the lines before `stop` that a page break cut in two; each join is a repair recorded.

    A number of a list that stands alone and a foreign word among Chinese ones are recorded too:
    they are kept, but they show that a machine read the page. The number of a page is passed over;
    one that stands alone in a line is kept apart from the figures around it, as it may be none.
    """
    result: list[Paragraph] = []
    in_sections = False
    for number, raw in enumerate(page.lines[: stop - 1], 1):
        text = raw.strip()
        if not text:
            continue
        _record_signs(page, number, text)
        if in_sections and is_page_number(page, number, ""):
            continue
        if in_sections and _DIGITS_ALONE.fullmatch(narrow(text)):
            goes_on = _goes_on(wording, result[-1].text, text)
            text = f"{_APART}{text}{_APART}" if goes_on else f"{text}。"
        if in_sections and _goes_on(wording, result[-1].text, text):
            page.repair("joined-paragraph", number, "", f"continues line {result[-1].lines[-1]}")
        else:
            result.append(Paragraph())
        result[-1].add(number, text)
        in_sections = in_sections or wording.heading(text) is not None
    return result


def is_page_number(page: Page, number: int, table: str) -> bool:
    """Whether a line is by its form the number of a page; that it is passed over is recorded."""
    text = page.lines[number - 1].strip()
    found = bool(_PAGE_NUMBER.fullmatch(narrow(text)))
    if found:
        page.repair("page-number", number, table, f"{text}: passed over")
    return found


def section_of(page: Page, form: Form, paragraph: Paragraph, following: int) -> Row | None:
    """Return the section that a heading opens, which has to bear the number that follows."""
    heading = form.wording.heading(paragraph.text)
    if heading is None:
        return None
    if heading.number not in (0, following):
        wrong, right = map(heading.printed, (heading.number, following))
        raise page.misfit(paragraph.lines[0], f"the section {wrong}", f"the section {right}")
    known = form.section(heading.title)
    return {
        "section": known.role if known else plain(heading.title),
        "title": heading.title,
        "line": paragraph.lines[0],
        "last_line": paragraph.lines[-1],
        "claims": 0,
    }


def _record_signs(page: Page, number: int, text: str) -> None:
    if _LONE_NUMBER.fullmatch(text):
        page.repair(
            "lone-number", number, "", f"{text.removeprefix('- ')}: kept, its text is below"
        )
    for found in _STRAY_WORD.finditer(text):
        page.repair("stray-word", number, "", f"{found[1]}: kept, a foreign word in the sentence")


def _goes_on(wording: Wording, before: str, text: str) -> bool:
    """Whether `text` continues the sentence that `before` leaves open."""
    return not (before[-1] in "。：；！？" or _is_heading(wording, before) or _opens(wording, text))


def _is_heading(wording: Wording, text: str) -> bool:
    """Whether a line is the heading of a section or of a part of one."""
    mark = 0 if text.startswith("- ") else _opens(wording, text)
    return mark > 0 and bool(_SHORT.fullmatch(text[mark:]))


def _opens(wording: Wording, text: str) -> int:
    """Return how long the mark is with which a line opens a paragraph, 0 if it has none."""
    mark = wording.section_leads.match(text) or _OPENS.match(text)
    return mark.end() if mark else 0
