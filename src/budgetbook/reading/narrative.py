"""Reads the figures that the prose states: what each speaks of, its unit, direction and reason.

Every number printed in Arabic digits becomes one claim, or is recognised as part of a name or
as the mark of a list item. A figure whose subject no word names is an error, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..forms import Form, plain
from .forms import Prose
from .page import Page, Row, narrow, to_amount
from .paragraphs import SECTION, Paragraph, paragraphs

CLAIM_COLUMNS = (
    "line",
    "position",
    "section",
    "form",
    "label",
    "kind",
    "subject",
    "code",
    "within",
    "year",
    "base_year",
    "value",
    "unit",
    "decimals",
    "direction",
    "reasons",
)

_DIGITS = "一二三四五六七八九"
_NUMERALS = [*_DIGITS, "十", *(f"十{digit}" for digit in _DIGITS)]
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
_PATH = re.compile(r"[（(]类[)）].+[（(]款[)）](?P<item>[^（）()]+)[（(]项[)）]")
_DIRECTIONS = {"增加": "increase", "增长": "increase", "减少": "decrease", "下降": "decrease"}
_DIRECTION = re.compile(rf"({'|'.join(_DIRECTIONS)})\s*$")
_LEVEL = re.compile(r"[，,\s]*与上年(?:度)?持平")
_NONE = re.compile(r"(?P<year>\d{4})\s*年无使用(?P<what>.+?)拨款安排的支出")
_REASON = re.compile(r"(?:主要原因是?|主要是)(?P<text>.*?)(?=其中|主要用于|。|$)")


@dataclass(frozen=True)
class Vocabulary:
    """The words by which the reader knows a subject or a reason: word → code.

    They are kept by hand in data/editorial/subjects.csv and reasons.csv.
    """

    subjects: Mapping[str, str]
    reasons: Mapping[str, str]


def read_narrative(
    page: Page,
    form: Form,
    stop: int,
    year: int,
    vocabulary: Vocabulary,
    accounts: Mapping[str, str],
) -> tuple[list[Row], list[Row]]:
    """Return the sections before line `stop`, and the claims of those that state figures.

    A section that the form does not know by its title is read too, and bears that title.
    """
    sections: list[Row] = []
    claims: list[Row] = []
    for paragraph in paragraphs(page, stop):
        heading = SECTION.fullmatch(paragraph.text)
        if heading:
            following = "".join(_NUMERALS[len(sections) : len(sections) + 1])
            if heading["number"] != following:
                place, wrong = paragraph.lines[0], f"the section {heading['number']}"
                raise page.error(place, wrong, f"the section {following}")
            known = form.section(heading["title"])
            sections.append(
                {
                    "section": known.role if known else plain(heading["title"]),
                    "title": heading["title"],
                    "line": paragraph.lines[0],
                    "last_line": paragraph.lines[-1],
                    "claims": 0,
                }
            )
        elif sections:
            sections[-1]["last_line"] = paragraph.lines[-1]
            known = form.section(sections[-1]["title"])
            if known is None or known.figures:
                reader = _Reader(page, vocabulary, year, accounts)
                found = reader.read(paragraph, {"section": sections[-1]["section"]})
                sections[-1]["claims"] += len(found)
                claims += found
    return sections, claims


def read_prose(page: Page, prose: Iterable[Prose], year: int, vocabulary: Vocabulary) -> list[Row]:
    """Return the claims of the prose cells of the forms."""
    claims = []
    for cell in prose:
        paragraph = Paragraph()
        paragraph.add(cell.line, cell.text)
        where = {"section": cell.table, "form": cell.form, "label": cell.label}
        claims += _Reader(page, vocabulary, year, {}).read(paragraph, where)
    return claims


class _Reader:
    """Reads one paragraph from left to right, remembering what it speaks of."""

    def __init__(
        self, page: Page, vocabulary: Vocabulary, year: int, accounts: Mapping[str, str]
    ) -> None:
        self.page, self.vocabulary, self.year = page, vocabulary, year
        self.accounts = accounts
        self.words = {word: (code, "") for word, code in vocabulary.subjects.items()}
        self.words |= {
            name: ("function", code) for name, code in accounts.items() if len(code) == 3
        }
        self.claims: list[Row] = []
        self.head = self.subject = ("", "")
        self.speaking_of = year
        self.changes: list[tuple[int, Row]] = []

    def read(self, paragraph: Paragraph, section: Row) -> list[Row]:
        """Return the claims of a paragraph; InputError names a figure without a subject.

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
        text = _NO_FIGURE.sub(lambda found: "_" * len(found[0]), text)
        start = 0
        for sentence in re.split(r"(?<=。)", text):
            lines = paragraph.lines[start : start + len(sentence)]
            self._sentence(sentence, lines, section)
            start += len(sentence)
        return self.claims

    def _sentence(self, text: str, lines: Sequence[int], section: Row) -> None:
        path = _PATH.search(text)
        if path and plain(path["item"]) not in self.accounts:
            found = f"the account {path['item']}"
            raise self.page.error(lines[path.start()], found, "an account of one code in a table")
        base_year = ""
        wholes: list[tuple[str, int]] = []
        changes: list[tuple[int, Row]] = []
        end = 0
        for figure in _FIGURE.finditer(text):
            digits, unit = to_amount(figure["digits"]), figure["unit"] or ""
            line, before = lines[figure.start()], text[: figure.start()]
            if digits is None:
                expected = "digits with a comma before every three, such as 1,234.50"
                raise self.page.error(line, f"the figure {figure[0]}", expected)
            self.page.repair_number(line, "", "figure", figure["digits"])
            if unit == "年" and len(digits) == 4:
                if re.search(r"[较比]\s*$", before):
                    base_year = digits
                else:
                    self.speaking_of, base_year = int(digits), ""
                year = (self._year(digits), "")
                self._claim(line, section, "year", year, value=digits, unit=unit)
                continue
            between = text[end : figure.start()]
            end = figure.end()
            wholes = [whole for whole in wholes if figure.start() < whole[1]]
            closing = _scope_end(text, figure.start() - len(between), figure.start())
            if closing:
                wholes.append((self.subject[0] if wholes else self.head[0], closing))
            self.subject = self._subject(path, between, text[end:].lstrip()) or self.subject
            if not self.subject[0]:
                found = f"the figure {figure[0]} whose subject no word names"
                raise self.page.error(line, found, "a word of subjects.csv beside it")
            within = wholes[-1][0] if wholes and wholes[-1][0] != self.subject[0] else ""
            if not within:
                self.head = self.subject
            direction = _DIRECTION.search(between)
            about = {"within": within, "year": str(self.speaking_of)}
            compared = {"base_year": base_year or str(self.speaking_of - 1)}
            claim = self._claim(
                line,
                section,
                _kind(unit, between, text[end:], bool(direction)),
                self.subject,
                value=digits,
                unit=unit,
                direction=_DIRECTIONS[direction[1]] if direction else "",
                **about,
                **(compared if direction else {}),
            )
            if direction:
                changes.append((figure.start(), claim))
            if _LEVEL.match(text[end:]):
                self._claim(
                    line,
                    section,
                    "change",
                    self.subject,
                    direction="unchanged",
                    **about,
                    **compared,
                )
        self.changes = changes or self.changes
        self._reasons(text, changes or [(-1, claim) for _, claim in self.changes])
        self._nothing(text, lines, section)

    def _claim(
        self, line: int, section: Row, kind: str, subject: tuple[str, str], **values: str
    ) -> Row:
        nth = 1 + sum(claim["line"] == line for claim in self.claims)
        claim: Row = dict.fromkeys(CLAIM_COLUMNS, "") | values
        claim |= {"line": line, "position": nth, **section}
        claim |= {"kind": kind, "subject": subject[0], "code": subject[1]}
        if claim["value"]:
            claim["decimals"] = len(claim["value"].partition(".")[2])
        self.claims.append(claim)
        return claim

    def _subject(
        self, path: re.Match[str] | None, between: str, after: str
    ) -> tuple[str, str] | None:
        """Return (subject, account code) that the words around a figure name, if any."""
        if path:
            return "function", self.accounts[plain(path["item"])]
        following = [(len(word), hit) for word, hit in self.words.items() if after.startswith(word)]
        if following:
            return max(following)[1]
        before = [
            (at + len(word), len(word), hit)
            for word, hit in self.words.items()
            if (at := between.rfind(word)) >= 0
        ]
        return max(before)[2] if before else None

    def _year(self, digits: str) -> str:
        names = {self.year: "budget-year", self.year - 1: "prior-year"}
        return names.get(int(digits), "other-year")

    def _reasons(self, text: str, changes: Sequence[tuple[int, Row]]) -> None:
        """Give the reasons that a sentence names to the changes stated before them."""
        for found in _REASON.finditer(text):
            known = self.vocabulary.reasons.items()
            codes = [code for word, code in known if word in found["text"]] or ["unlisted"]
            for at, claim in changes:
                if at < found.start():
                    earlier = claim["reasons"].split()
                    claim["reasons"] = " ".join(dict.fromkeys([*earlier, *codes]))

    def _nothing(self, text: str, lines: Sequence[int], section: Row) -> None:
        """Record the statement that a budget has no expenditure: a claim without a figure."""
        found = _NONE.search(text)
        if found:
            subject = self._subject(None, found["what"], "")
            if subject is None:
                budget = "a budget whose name is not known"
                raise self.page.error(lines[found.start()], budget, "a word of subjects.csv")
            self._claim(lines[found.start()], section, "none", subject, year=found["year"])


def _kind(unit: str, before: str, after: str, change: bool) -> str:
    """Return the kind of a figure from its unit and the words next to it."""
    if unit == "%" or not unit:
        share = re.search(r"占\s*$", before)
        return "share" if share else "growth" if change else "rate"
    if unit in ("元", "万元"):
        if after.lstrip().startswith("（含）以上"):
            return "threshold"
        return "change" if change else "amount"
    return "month" if unit == "月" else "count"


def _scope_end(text: str, start: int, at: int) -> int:
    """Return where the part of a whole that opens before `at` ends, 0 if none opens there.

    A part opens with 其中 (to the end of the sentence) or with a bracket around the figure.
    """
    bracket = text.rfind("（", start, at)
    if bracket > text.rfind("）", start, at):
        closing = text.find("）", at)
        while (
            closing >= 0
            and text.count("（", bracket, closing) > text.count("）", bracket, closing) + 1
        ):
            closing = text.find("）", closing + 1)
        return closing if closing > 0 else len(text)
    return len(text) if "其中" in text[start:at] else 0
