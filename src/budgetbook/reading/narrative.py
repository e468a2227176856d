"""Reads the figures that the prose states: what each speaks of, its unit, direction and reason.

Every number printed in Arabic digits becomes one claim, or is recognised as part of a name or
as the mark of a list item, or is listed as unread: a figure belongs to a subject only if its own
phrase says so, or if it follows a figure of that subject as its share, its sum or its change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..forms import Form
from ..package.schema import columns
from .forms import Prose
from .page import Page, Row, Told, narrow, to_amount
from .paragraphs import Paragraph, paragraphs, section_of
from .phrases import (
    Phrase,
    Phrases,
    Subject,
    bare,
    clause,
    is_spoken_of,
    kind_of,
    level,
    opens,
    own_year,
    scope_end,
)

_NO_FIGURE = re.compile(
    r"(?:^|(?<=[-\s。；]))\d{1,2}\.(?=\D|$)|[（(]\d{1,2}[)）]"  # the mark of a list item
    r"|\d+G(?![A-Za-z])"  # part of a name
)
_FIGURE = re.compile(
    r"(?P<digits>(?:(?<![0-9A-Za-z])-)?\d+(?:\s*,+\s*\d+)*(?:\.\d+)*)\s*(?P<unit>万元|元|%|年|月|台（套）|[个项名辆家])?"
)
_PRINTED_FIGURE = re.compile(  # also one with full-width digits and marks
    r"－?\d+(?:[,.．]\d+|，(?=\d{3}(?!\d))\d+)*\s*[%％]?"
)
_NONE = re.compile(r"(?P<year>\d{4})\s*年无使用(?P<what>.+?拨款安排的支出)")
_REASON = re.compile(r"(?:主要原因是?|主要是)(?P<text>.*?)(?=其中|主要用于|。|$)")
#: Where a sentence tells a reason or names a law: a year in it is not the year of its figures.
_ASIDE = re.compile(r"(?:主要原因|主要是|原因是|由于|因为).*?(?=其中|主要用于|$)|《[^》]*(?:》|$)")
#: Subjects that are no part of anything.
_TOTALS = ("income", "expenditure")
_LONGEST = 40
_WIDE = str.maketrans("():;", "（）：；")


def read_narrative(
    page: Page, form: Form, stop: int, year: int, phrases: Phrases
) -> tuple[list[Row], Told]:
    """Return the sections before line `stop`, and what those tell that state figures.

    A section that the form does not know by its title is read too, and bears that title.
    """
    sections: list[Row] = []
    told = Told()
    for paragraph in paragraphs(page, form.wording, stop):
        section = section_of(page, form, paragraph, len(sections) + 1)
        if section:
            sections.append(section)
        elif sections:
            sections[-1]["last_line"] = paragraph.lines[-1]
            known = form.section(sections[-1]["title"])
            if known is None or known.figures:
                before = len(told.claims)
                where = {"section": sections[-1]["section"]}
                _Reader(page, phrases, year, told).read(paragraph, where)
                sections[-1]["claims"] += len(told.claims) - before
    return sections, told


def read_prose(page: Page, prose: Iterable[Prose], year: int, phrases: Phrases, told: Told) -> None:
    """Add what the prose cells of the forms tell."""
    for cell in prose:
        paragraph = Paragraph()
        paragraph.add(cell.line, cell.text)
        where = {"section": cell.table, "form": cell.form, "label": cell.label}
        _Reader(page, phrases, year, told).read(paragraph, where)


class _Last(NamedTuple):
    """The figure before, if it was read: what it speaks of, as part of what, in which years."""

    kind: str
    subject: Subject
    within: str
    year: str
    base: str


@dataclass
class _Sentence:
    """One sentence while it is read: what its figures have settled so far.

    `lines` has the line of each character, `section` where it stands; `end` is where the last
    figure ends, with the name behind it, and `last` what it was; `years` are those it speaks of (0
    beside one of which it is not sure),
    `wholes` the subjects whose parts are being told (with where that ends; empty for one that was
    not read), `changes` the claims of a change (with where they stand).
    """

    text: str
    lines: Sequence[int]
    section: Row
    end: int = 0
    last: _Last | None = None
    years: set[int] = field(default_factory=set)
    wholes: list[tuple[str, int]] = field(default_factory=list)
    changes: list[tuple[int, Row]] = field(default_factory=list)

    def aside(self, at: int) -> bool:
        """Whether a place is inside a reason or the title of a law."""
        return any(found.start() < at < found.end() for found in _ASIDE.finditer(self.text))


class _Reader:
    """Reads one paragraph from left to right.

    `head` is the last figure that is no part of a whole: 其中 speaks of its parts. `opening` is
    the first year that the paragraph speaks of, `changes` those of the sentence before.
    """

    def __init__(self, page: Page, phrases: Phrases, year: int, told: Told) -> None:
        self.page, self.phrases, self.year, self.told = page, phrases, year, told
        self.head = ""
        self.opening = 0
        self.changes: list[tuple[int, Row]] = []

    def read(self, paragraph: Paragraph, section: Row) -> None:
        """Read a paragraph.

        `section` holds where it stands: the columns section and, in a form, form and label.
        """
        table = section["section"] if "form" in section else ""

        def narrowed(found: re.Match[str]) -> str:
            if found[0].isascii():
                return found[0]
            line = paragraph.lines[found.start()]
            self.page.repair_number(line, table, "figure", found[0])
            return narrow(found[0])

        text = _PRINTED_FIGURE.sub(narrowed, paragraph.text)
        text = _NO_FIGURE.sub(lambda found: "_" * len(found[0]), text).translate(_WIDE)
        start = 0
        for sentence in re.split(r"(?<=。)", text):
            lines = paragraph.lines[start : start + len(sentence)]
            self._sentence(_Sentence(sentence, lines, section))
            start += len(sentence)

    def _sentence(self, sentence: _Sentence) -> None:
        for figure in _FIGURE.finditer(sentence.text):
            if figure["unit"] == "年" and len(figure["digits"]) == 4:
                self._year_named(sentence, figure)
            else:
                self._figure(sentence, figure)
        told_before = [(-1, claim) for _, claim in self.changes]
        goes_on = sentence.text.lstrip().startswith(("主要原因", "主要是"))
        self._reasons(sentence.text, sentence.changes or (told_before if goes_on else []))
        self.changes = sentence.changes
        self._nothing(sentence)

    def _year_named(self, sentence: _Sentence, figure: re.Match[str]) -> None:
        """Note a year; it is spoken of unless it is compared with, a reason's or a law's."""
        at, after, year = figure.start(), sentence.text[figure.end() :], int(figure["digits"])
        if not sentence.aside(at) and is_spoken_of(sentence.text[:at], after):
            sure = year == self.year or opens(sentence.text[:at])
            sentence.years |= {year} if sure else {year, 0}
            self.opening = self.opening or (year if sure else 0)
        names = {self.year: "budget-year", self.year - 1: "prior-year"}
        subject = Subject(names.get(int(figure["digits"]), "other-year"))
        stated = {"value": figure["digits"], "unit": "年"}
        self._claim(sentence, at, "year", subject, **stated)

    def _figure(self, sentence: _Sentence, figure: re.Match[str]) -> None:
        """Make the claim that a figure states, or list it as unread."""
        at = figure.start()
        between, after = sentence.text[sentence.end : at], sentence.text[figure.end() :]
        self.page.repair_number(sentence.lines[at], "", "figure", figure["digits"])
        sentence.end = figure.end()
        within = self._within(sentence, between, at)
        said = self._said(sentence, figure, between, within)
        sentence.last = said and said[0]
        if not sentence.wholes and (said is None or said[1].subject):
            self.head = said[0].subject.subject if said else ""
        if said is None:
            self._unread(sentence, at, figure[0], clause(bare(between)), after)
            return
        last, phrase = said
        about = {"within": last.within, "year": last.year}
        stated = {"value": to_amount(figure["digits"]) or "", "unit": figure["unit"] or ""} | about
        if phrase.way:
            stated |= {"direction": phrase.way, "base_year": last.base}
        claim = self._claim(sentence, at, last.kind, last.subject, **stated)
        if phrase.way:
            sentence.changes.append((at, claim))
        base = level(after) if last.kind == "amount" else None
        if base is not None:
            about |= {"direction": "unchanged", "base_year": base or str(int(last.year) - 1)}
            self._claim(sentence, at, "change", last.subject, **about)

    def _said(
        self, sentence: _Sentence, figure: re.Match[str], between: str, within: str | None
    ) -> tuple[_Last, Phrase] | None:
        """Return what a figure states, and its phrase; None if it is not understood."""
        after, unit = sentence.text[figure.end() :], figure["unit"] or ""
        phrase = self.phrases.before(between, within or "")
        behind = self.phrases.behind(between, after, within or "")
        if behind and (phrase is None or phrase.subject == behind[0]):
            named = re.match(r"\s*" + r"\s*".join(map(re.escape, behind[1])), after)
            sentence.end += named.end() if named else 0
            phrase = phrase or Phrase(behind[0], year=own_year(between))
        elif behind:
            return None
        before = sentence.last
        phrase = phrase or (self.phrases.follows(between) if before else None)
        kind = kind_of(unit, phrase, after) if phrase else ""
        amiss = not kind or to_amount(figure["digits"]) is None
        amiss |= sentence.aside(figure.start()) and not (phrase and phrase.way)
        if phrase is None or amiss:
            return None
        if phrase.subject is None:
            if before is None or (phrase.sort == "sum" and before.kind != "count"):
                return None
            said = before._replace(kind=kind, base=phrase.base or before.base)
            return None if phrase.way and said.base >= said.year else (said, phrase)
        if phrase.subject.subject in _TOTALS and re.search("；[^；]*$", bare(between)):
            sentence.wholes, within = [], None  # a total behind a semicolon ends the parts
        year = phrase.year or self._spoken_of(sentence)
        no_part = phrase.subject.subject in (within, *_TOTALS)
        if not year or (within is not None and (not within or no_part)):
            return None
        base = phrase.base or str(int(year) - 1)
        if phrase.way and base >= year:
            return None  # a year is compared with one before it
        return _Last(kind, phrase.subject, within or "", year, base), phrase

    def _spoken_of(self, sentence: _Sentence) -> str:
        """Return the year of a phrase that names none, empty if the sentence names several."""
        years = sentence.years or {self.opening or self.year}
        return str(*years) if len(years) == 1 else ""

    def _within(self, sentence: _Sentence, between: str, at: int) -> str | None:
        """Return the whole that a figure is a part of, empty for one that was not read, or None."""
        wholes = sentence.wholes = [whole for whole in sentence.wholes if at < whole[1]]
        closing = scope_end(sentence.text, at - len(between), at)
        if closing:
            last = sentence.last.subject.subject if sentence.last else ""
            wholes.append((last if wholes else self.head, closing))
        return wholes[-1][0] if wholes else None

    def _claim(
        self, sentence: _Sentence, at: int, kind: str, subject: Subject, **values: str
    ) -> Row:
        line = sentence.lines[at]
        claim: Row = dict.fromkeys(columns("claims"), "") | values | sentence.section
        claim |= {"line": line, "position": self.told.next_in(line), "kind": kind}
        claim |= {"subject": subject.subject, "code": subject.code}
        if subject.path:
            claim["label"] = subject.path
        if claim["value"]:
            claim["decimals"] = len(claim["value"].partition(".")[2])
        self.told.claims.append(claim)
        return claim

    def _unread(self, sentence: _Sentence, at: int, printed: str, own: str, after: str) -> None:
        """List a figure that is not understood, with the words of its phrase."""
        line = sentence.lines[at]
        words = f"{own[-_LONGEST:]}{printed}{re.split('[，；：、。]', after)[0][:_LONGEST]}"
        row: Row = dict.fromkeys(columns("unread"), "") | sentence.section
        row |= {"line": line, "position": self.told.next_in(line)}
        self.told.unread.append(row | {"printed": printed.strip(), "words": words.strip()})

    def _reasons(self, text: str, changes: Sequence[tuple[int, Row]]) -> None:
        """Give the reasons that a sentence names to the changes stated before them."""
        for found in _REASON.finditer(text):
            known = self.phrases.reasons.items()
            codes = [code for word, code in known if word in found["text"]] or ["unlisted"]
            for at, claim in changes:
                if at < found.start():
                    earlier = claim["reasons"].split()
                    claim["reasons"] = " ".join(dict.fromkeys([*earlier, *codes]))

    def _nothing(self, sentence: _Sentence) -> None:
        """Record the statement that a budget has no expenditure: a claim without a figure."""
        found = _NONE.search(sentence.text)
        if found:
            subject, at = self.phrases.nothing(found["what"]), found.start()
            if subject:
                self._claim(sentence, at, "none", subject, year=found["year"])
            else:
                self._unread(sentence, found.start("what"), "无", found[0], "")
