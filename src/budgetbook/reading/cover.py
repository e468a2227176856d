"""Finds who publishes a text and what it is called: by the form of a line, not by its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ..forms import Form, plain
from .page import Page

#: A title: a year, a budget, and a word for what it is; an office may stand before the year or
#: behind it.
_TITLE = re.compile(
    r"(?P<office>\D*)\d{4}年度?(?P<behind>\S*?)(?:部门|单位)?预算\S*(?:说明|公开)(?:（.*）)?"
)
_REST = re.compile("的?(?:情况)?说明")  # of a title that stands below its beginning
_WRAPPED = 4  # lines that a title or an office may take
_OFFICE = re.compile(r"[一-鿿（）、·]{2,39}[局委办室部院厅署处所站队馆园校学心府道镇乡会社司团台]")


class Cover(NamedTuple):
    """The office and the title of a text, as they are printed."""

    office: str
    title: str


def read_cover(page: Page, form: Form, stop: int, departments: Collection[str]) -> Cover:
    """Return the cover of a text: the lines before its first section, or before line `stop`.

    Of several offices that lines or the title name, the one counts that is printed beside the
    tables too, which `departments` are; else the title's. Raises InputError if there is no title
    or no office.
    """
    lines: list[str] = []
    for text in map(str.strip, page.lines[: stop - 1]):
        if form.wording.heading(text):
            break
        lines += [text] if text else []
    joined = _joined(lines)
    beside = set(map(plain, departments))
    titles = []
    for text in joined:
        if found := _TITLE.fullmatch(plain(text)):
            behind = found["behind"] if _OFFICE.fullmatch(found["behind"]) else ""
            named = found["office"].removeprefix("关于").removesuffix("关于") or behind
            titles.append((text, named))
    if not titles:
        expected = "a line such as 2031年部门预算说明 before the first section"
        raise page.error(1, "no title of the document", expected)
    title, named = min(titles, key=lambda each: bool(each[1]) and plain(each[1]) not in beside)
    offices = [text for text in (*lines, named, *joined) if plain(text) in beside]
    offices += [named] if named else []
    offices += [text for text in lines if _OFFICE.fullmatch(plain(text))]
    if not offices:
        expected = "a line that names it before the first section, as beside the tables"
        raise page.error(1, "no office", expected)
    return Cover(offices[0], title)


def _joined(lines: Sequence[str]) -> list[str]:
    """Return the lines and what some that follow each other are together, the shorter first.

    What stands above the rest of a title is not told apart from it.
    """
    return [
        "".join(lines[at : at + count])
        for count in range(1, _WRAPPED + 1)
        for at in range(len(lines) + 1 - count)
        if not any(_REST.fullmatch(plain(below)) for below in lines[at + count : at + count + 1])
    ]
