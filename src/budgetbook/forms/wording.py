"""How a form words what stands around its tables: titles, the list of tables, remarks, sections.

Wordings are templates: `{year}年{place}部门{ending}` is the title of a table whose own words are
the ending. Between the places of a template stands what is printed; white space does not count,
and full-width and half-width marks are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from ..messages import translated

_MARKS = str.maketrans({"(": "（", ")": "）", ":": "：", ",": "，"})
_DIGITS = "一二三四五六七八九"
_NUMERALS = [f"{ten}{one}" for ten in ("", "十", "二十", "三十") for one in ("", *_DIGITS)]

#: What may stand in a place of a template; any other place takes any words of one cell.
_PLACES = {
    "year": r"\d{4}",
    "number": r"\d{1,2}",
    "numeral": r"[一二三四五六七八九十]{1,3}",
    "ending": r"[^\t]+表(?:\s*[（(][^\t]+[）)])?",
}
_ANY = r"[^\t]+?"
_MARK_PAIRS = ("（(", "）)", "：:", "，,")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return `text` without white space and with full-width marks, for comparing names.

    Names are kept as printed; two printings of one name (`维修(护)费`, `维修（护）费`) are equal
    when their plain forms are.
    """
    return re.sub(r"\s", "", text).translate(_MARKS)


def inside(title: str) -> str:
    """Return an English title as it stands within a sentence, in the language of the edition."""
    words = translated(title)
    return title[0].lower() + title[1:] if words == title else words


def numeral(number: int) -> str:
    """Return a whole number as a Chinese numeral, 14 as 十四; from 40 on in digits."""
    return _NUMERALS[number] if number < len(_NUMERALS) else str(number)


def number(printed: str) -> int:
    """Return the number that digits or a Chinese numeral stand for, 0 for another word."""
    if printed.isdecimal():
        return int(printed)
    return _NUMERALS.index(printed) if printed in _NUMERALS else 0


@lru_cache
def pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of a template, with a group for each of its places."""
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile("".join(_place(p) if n % 2 else _printed(p) for n, p in enumerate(parts)))


def _place(name: str) -> str:
    return f"(?P<{name}>{_PLACES.get(name, _ANY)})"


def _printed(words: str) -> str:
    marks = {mark: f"[{pair}]" for pair in _MARK_PAIRS for mark in pair}
    letters = [w if w == "\t" else marks.get(w, re.escape(w)) for w in words if w != " "]
    return "".join(letter if letter == "\t" else rf"[^\S\t]*{letter}[^\S\t]*" for letter in letters)


class Entry(NamedTuple):
    """A line of the document's list of tables: the number it gives (0: none), and the title."""

    number: int
    title: str


class Heading(NamedTuple):
    """The heading of a section: its number (0: none), its title, and how the next is numbered."""

    number: int
    title: str
    chinese: bool

    def printed(self, number: int) -> str:
        """Return a number as this heading prints its own."""
        return numeral(number) if self.chinese else str(number)


@dataclass(frozen=True)
class Wording:
    """The wordings of one form family, as its form.json gives them.

    `titles` of tables hold the places `{year}` and `{ending}`. The list of tables begins with a
    line that ends with one of `list_headings`; a row that begins with one of `list_columns` names
    its columns; the others are `list_entries` (cells between tabs, blank ones left out) with the
    place `{title}` and, if the list numbers its tables, `{number}` or `{numeral}`. `about` gives
    the words that stand before a colon beside a table (department, compiling_unit, unit, remark),
    `nothing` those of a remark under an empty table that has nothing to report, `empties` those of
    one that calls a table empty, whatever it holds; `sections` the headings of the text.
    `ledger_heads` are the rows of a ledger that add up those below them, with the place `{title}`;
    `totals` name a total, or end its name; `own_unit` ends that of the department's own unit 本级.
    The others are what most Chinese forms share; `code_levels` head the columns of a code that is
    printed in one for each level; `indicator_headings` stand in this order: name,
    weight, unit, relation, target, core.
    """

    name: str
    title_en: str
    title_zh: str
    titles: Sequence[str]
    list_headings: Sequence[str]
    list_entries: Sequence[str]
    about: dict[str, Sequence[str]]
    sections: Sequence[str]
    list_columns: Sequence[str] = ()
    nothing: Sequence[str] = ("无",)
    empties: Sequence[str] = ("无数据", "空表", "为空", "无该项", "无此项")
    totals: Sequence[str] = ("合计",)
    ledger_heads: Sequence[str] = ("{numeral}、{title}",)
    own_unit: Sequence[str] = ("（本级）",)
    units: Sequence[str] = ("元",)
    code_levels: Sequence[str] = ("类", "款", "项")
    indicators: str = "绩效指标"
    indicator_headings: Sequence[str] = (
        *("指标名称", "指标权重", "计量单位", "指标性质", "指标值", "是否核心指标"),
    )
    relations: Sequence[str] = ("≥", "≤", "=", ">", "<", "定性")
    core: Sequence[str] = ("是", "否")

    def title(self, text: str) -> re.Match[str] | None:
        """Return the match (`year`, `ending`) of a printed title of a table, None if it is none."""
        return _first(self.titles, text.strip())

    def entry(self, cells: Sequence[str]) -> Entry | None:
        """Return what a line of the list of tables says, None if it is no entry of one."""
        found = _first(self.list_entries, "\t".join(filter(None, cells)))
        if found is None:
            return None
        places = found.groupdict()
        return Entry(number(places.get("numeral") or places.get("number") or ""), found["title"])

    @cached_property
    def lists_numbers(self) -> bool:
        """Whether the list of tables gives their numbers."""
        return any("{number}" in e or "{numeral}" in e for e in self.list_entries)

    def opens_list(self, text: str) -> bool:
        """Whether a line is the heading of the document's list of tables."""
        return plain(text).removesuffix("）").endswith(tuple(map(plain, self.list_headings)))

    def heading(self, text: str) -> Heading | None:
        """Return the heading of a section that a line is, None if it is none."""
        found = _first(self.sections, text)
        if found is None:
            return None
        places = found.groupdict()
        chinese = places.get("numeral")
        return Heading(number(chinese or places.get("number") or ""), found["title"], bool(chinese))

    @cached_property
    def section_leads(self) -> re.Pattern[str]:
        """The pattern of what stands before the title of a section, such as its number."""
        leads = (pattern(each.partition("{title}")[0]).pattern for each in self.sections)
        return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", lead) for lead in leads if lead))

    def says_of_table(self, cell: str) -> tuple[str, str] | None:
        """Return what a cell beside a table speaks of (a key of `about`) and says, or None."""
        before, colon, after = re.sub("[:：]", "：", cell, count=1).partition("：")
        words = plain(before)
        key = next((k for k, known in self.about.items() if words in map(plain, known)), None)
        return (key, after.strip()) if key and colon else None

    def is_total(self, text: str) -> bool:
        """Whether a printed name names a total."""
        return plain(text) in map(plain, self.totals)

    def tops_ledger(self, text: str) -> bool:
        """Whether a row of a ledger with that name is the total of a side."""
        return plain(text).endswith(tuple(map(plain, self.totals)))

    def heads_ledger(self, text: str) -> bool:
        """Whether a row of a ledger with that name adds up those below it."""
        return _first(self.ledger_heads, text.strip()) is not None


def _first(templates: Sequence[str], text: str) -> re.Match[str] | None:
    return next((m for each in templates if (m := pattern(each).fullmatch(text))), None)
