"""Reads the figures that the prose states: what each speaks of, its unit, direction and reason.

Every number printed in Arabic digits becomes one claim, or is recognised as part of a name or
as the mark of a list item. A figure whose subject no word names is an error, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..forms import Form, plain
from ..package.schema import columns
from .forms import Prose
from .page import Page, Row, narrow, to_amount
from .paragraphs import Paragraph, paragraphs

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

    They are kept by hand in data/reference/subjects.csv and reasons.csv.
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
    for paragraph in paragraphs(page, form.wording, stop):
        section = _section(page, form, paragraph, len(sections) + 1)
        if section:
            sections.append(section)
        elif sections:
            sections[-1]["last_line"] = paragraph.lines[-1]
            known = form.section(sections[-1]["title"])
            if known is None or known.figures:
                reader = _Reader(page, vocabulary, year, accounts)
                found = reader.read(paragraph, {"section": sections[-1]["section"]})
                sections[-1]["claims"] += len(found)
                claims += found
    return sections, claims


def _section(page: Page, form: Form, paragraph: Paragraph, following: int) -> Row | None:
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


def read_prose(page: Page, prose: Iterable[Prose], year: int, vocabulary: Vocabulary) -> list[Row]:
    """Return the claims of the prose cells of the forms."""
    claims = []
    for cell in prose:
        paragraph = Paragraph()
        paragraph.add(cell.line, cell.text)
        where = {"section": cell.table, "form": cell.form, "label": cell.label}
        claims += _Reader(page, vocabulary, year, {}).read(paragraph, where)
    return claims


@dataclass
class _Sentence:
    """One sentence while it is read: what its figures have settled so far.

    `lines` has the line of each character, `section` where it stands, `path` the account it names
    in full; `end` is where the last figure ends, `base_year` the year that is compared with,
    `wholes` the subjects whose parts are being told (with where that ends), `changes` the claims
    of a change (with where they stand).
    """

    text: str
    lines: Sequence[int]
    section: Row
    path: re.Match[str] | None
    end: int = 0
    base_year: str = ""
    wholes: list[tuple[str, int]] = field(default_factory=list)
    changes: list[tuple[int, Row]] = field(default_factory=list)


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
        sentence = _Sentence(text, lines, section, _PATH.search(text))
        path = sentence.path
        if path and plain(path["item"]) not in self.accounts:
            found = f"the account {path['item']}"
            raise self.page.error(lines[path.start()], found, "an account of one code in a table")
        for figure in _FIGURE.finditer(text):
            self._figure(sentence, figure)
        changes = sentence.changes
        self.changes = changes or self.changes
        self._reasons(text, changes or [(-1, claim) for _, claim in self.changes])
        self._nothing(text, lines, section)

    def _figure(self, sentence: _Sentence, figure: re.Match[str]) -> None:
        """Make the claim that a figure states; InputError if no word names its subject."""
        digits, unit = to_amount(figure["digits"]), figure["unit"] or ""
        line = sentence.lines[figure.start()]
        if digits is None:
            expected = "digits with a comma before every three, such as 1,234.50"
            raise self.page.error(line, f"the figure {figure[0]}", expected)
        self.page.repair_number(line, "", "figure", figure["digits"])
        if unit == "年" and len(digits) == 4:
            self._year_named(sentence, line, digits, sentence.text[: figure.start()])
            return
        between = sentence.text[sentence.end : figure.start()]
        after = sentence.text[figure.end() :]
        sentence.end = figure.end()
        about = self._about(sentence, figure, between, after.lstrip())
        direction = _DIRECTION.search(between)
        compared = {"base_year": sentence.base_year or str(self.speaking_of - 1)}
        kind = _kind(unit, between, after, bool(direction))
        stated = {"value": digits, "unit": unit} | about
        if direction:
            stated |= {"direction": _DIRECTIONS[direction[1]]} | compared
        claim = self._claim(line, sentence.section, kind, self.subject, **stated)
        if direction:
            sentence.changes.append((figure.start(), claim))
        if _LEVEL.match(after):
            level = {"direction": "unchanged"} | about | compared
            self._claim(line, sentence.section, "change", self.subject, **level)

    def _year_named(self, sentence: _Sentence, line: int, digits: str, before: str) -> None:
        """Note a year: the one that is spoken of, or the one that it is compared with."""
        if re.search(r"[较比]\s*$", before):
            sentence.base_year = digits
        else:
            self.speaking_of, sentence.base_year = int(digits), ""
        year = (self._year(digits), "")
        self._claim(line, sentence.section, "year", year, value=digits, unit="年")

    def _about(
        self, sentence: _Sentence, figure: re.Match[str], between: str, after: str
    ) -> dict[str, str]:
        """Settle what a figure speaks of; return the whole that it is a part of, and the year."""
        start = figure.start()
        wholes = sentence.wholes = [whole for whole in sentence.wholes if start < whole[1]]
        closing = _scope_end(sentence.text, start - len(between), start)
        if closing:
            wholes.append((self.subject[0] if wholes else self.head[0], closing))
        self.subject = self._subject(sentence.path, between, after) or self.subject
        if not self.subject[0]:
            found = f"the figure {figure[0]} whose subject no word names"
            raise self.page.error(sentence.lines[start], found, "a word of subjects.csv beside it")
        within = wholes[-1][0] if wholes and wholes[-1][0] != self.subject[0] else ""
        if not within:
            self.head = self.subject
        return {"within": within, "year": str(self.speaking_of)}

    def _claim(
        self, line: int, section: Row, kind: str, subject: tuple[str, str], **values: str
    ) -> Row:
        nth = 1 + sum(claim["line"] == line for claim in self.claims)
        claim: Row = dict.fromkeys(columns("claims"), "") | values
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
