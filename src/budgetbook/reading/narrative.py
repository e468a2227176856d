"""Reads the figures that the prose states: what each speaks of, its unit, direction and reason.

Every number printed in Arabic digits becomes one claim, or is recognised as part of a name or
as the mark of a list item, or is listed as unread: a figure belongs to a subject only if its own
phrase says so, or if it follows a figure of that subject as its share, its sum or its change.
Figures in words and statements that name none (`持平`) are listed too where they are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..forms import Form
from ..package.schema import columns
from .forms import Prose
from .headings import below, is_heading, names_part, of_part, owned, under_another
from .page import Page, Row, Told, narrow, to_amount
from .paragraphs import Paragraph, paragraphs, section_of
from .phrases import (
    TIMES,
    YEAR_BEFORE,
    Phrase,
    Phrases,
    Subject,
    bare,
    clause,
    ends,
    in_bracket,
    in_range,
    is_change,
    kind_of,
    level,
    names_time,
    own_year,
    speaks_of,
    spent,
)
from .reasons import give_reasons
from .sentences import Last, Sentence

_NO_FIGURE = re.compile(
    r"(?:^|(?<=[-\s。；]))(?:\d{1,2}\.(?=\D|$)|[（(]\d{1,2}[)）])"  # the mark of a list item
    r"|(?:^|(?<=[。；]))\d{1,2}、(?=\D)"
    r"|(?<=月)\s*\d{1,2}\s*日"  # the day of a date
    r"|\d+G(?![A-Za-z])"  # part of a name
)
_NUMERALS = "零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾"
#: What a sentence is read by: figures, those in words (`两辆`), `持平` and its like, times.
_FIGURE = re.compile(
    r"(?P<digits>(?:(?<![0-9A-Za-z])-)?\d+(?:\s*,+\s*\d+)*(?:\.\d+)*)\s*"
    r"(?P<unit>万元|元|%|年|月|台（套）|[个项名辆家])?"
    rf"|(?<![第每同任某各逐这那哪另唯统单\d])(?<!\d\s)[{_NUMERALS}][{_NUMERALS}百千万亿佰仟]*[余多]?[元个名辆家台倍]"
    rf"|[{_NUMERALS}百]+分之[{_NUMERALS}百点]+|[{_NUMERALS}]成(?=[，；。、多]|$)|[百千]余[元个名辆家]"
    r"|(?P<level>持平|无增减|为零|未安排|(?<=[年度期初算数比])(?:无变化|相同|一致))"
    rf"|(?P<time>截[至止]到?+(?!\s*(?:\d{{4}}\s*年|{TIMES.replace('?P<prior>', '?:')}))|{TIMES})"
)
_PRINTED_FIGURE = re.compile(  # also one with full-width digits and marks
    r"－?\d+(?:[,.．]\d+|，(?=\d{3}(?!\d))\d+)*\s*[%％]?"
)
_NONE = re.compile(r"(?P<year>\d{4})\s*年(?P<else>[^，；。]*?)无使用(?P<what>.+?拨款安排的支出)")
#: Words by which a statement says that there is nothing of an item.
_NOTHING = re.compile(
    r"未(?:安排|编[制列]|列[支入]|发生|使用|开支|产生|购[置买]|申请|涉及|配备|纳入)|不(?:涉及|存在|[再予]?安排)"
    r"|没有|无(?![线形障偿人害纸烟缝限论法预])|为空|零(?=支出|增长)"
)
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
    above: list[str] = []
    for paragraph in paragraphs(page, form.wording, stop):
        section = section_of(page, form, paragraph, len(sections) + 1)
        if section:
            sections.append(section)
        opens = "".join(paragraph.text.partition("。")[:2])
        if section:
            above = [paragraph.text]
        elif sections and is_heading(opens):
            above = below(above, opens)
        if sections and not section:
            sections[-1]["last_line"] = paragraph.lines[-1]
            known = form.section(sections[-1]["title"])
            if known is None or known.figures:
                before = len(told.claims)
                where = {"section": sections[-1]["section"]}
                _Reader(page, phrases, year, told, above).read(paragraph, where)
                sections[-1]["claims"] += len(told.claims) - before
    return sections, told


def read_prose(page: Page, prose: Iterable[Prose], year: int, phrases: Phrases, told: Told) -> None:
    """Add what the prose cells of the forms tell."""
    for cell in prose:
        paragraph = Paragraph()
        paragraph.add(cell.line, cell.text)
        where = {"section": cell.table, "form": cell.form, "label": cell.label}
        _Reader(page, phrases, year, told).read(paragraph, where)


class _Reader:
    """Reads one paragraph from left to right.

    `head` is the last figure that is no part of a whole: 其中 speaks of its parts. `years` are
    those that the sentences before speak of, `bases` those that are compared with, `before` is
    the sentence before; `another` is a unit that a sentence or a heading opened with: its figures
    are not the office's. `above` are the headings over its figures; `part_told` says that a figure
    of one source, no part of a whole, was told.
    """

    def __init__(
        self, page: Page, phrases: Phrases, year: int, told: Told, above: Sequence[str] = ()
    ) -> None:
        self.page, self.phrases, self.year, self.told = page, phrases, year, told
        self.above, self.part_told = [*above], False
        self.head: Last | None = None
        self.years: set[int] = set()
        self.bases: set[str] = set()
        self.before: Sentence | None = None
        self.another = next(filter(None, map(phrases.another, self.above)), "")

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
            self._sentence(Sentence(sentence, lines, section))
            start += len(sentence)

    def _sentence(self, sentence: Sentence) -> None:
        self.another = self.another or self.phrases.opens_another(sentence.text)
        for found in _FIGURE.finditer(sentence.text):
            if found["unit"] == "年" and len(found["digits"]) == 4:
                self._year_named(sentence, found)
            elif found["time"]:
                self._time_named(sentence, found)
            elif found["level"]:
                self._level(sentence, found)
            else:
                self._figure(sentence, found)
        self.years |= sentence.years
        for at, lead in give_reasons(sentence, self.before, self.phrases.reasons):
            self._unread(sentence, at, lead, "")
        self.before = sentence
        if is_heading(sentence.text):
            self.above = below(self.above, sentence.text)
        self._nothing(sentence)

    def _year_named(self, sentence: Sentence, figure: re.Match[str]) -> None:
        """Note a year; it is spoken of unless it is compared with, a reason's or a law's."""
        at, year = figure.start(), int(figure["digits"])
        before, after = sentence.text[:at], sentence.text[figure.end() :]
        sure = speaks_of(before, after)
        if sure is not None and not sentence.aside(at):
            opens = sure and self.phrases.opens_with(before, after)
            known = (opens or year == self.year) and not spent(after) and not in_range(before)
            sentence.years |= {year} if known else {year, 0}
        if re.search(r"[较比同与和]\s*$", before):
            self.bases.add(figure["digits"])
        names = {self.year: "budget-year", self.year - 1: "prior-year"}
        subject = Subject(names.get(year, "other-year"))
        stated = {"value": figure["digits"], "unit": "年"}
        self._claim(sentence, at, "year", subject, **stated)

    def _time_named(self, sentence: Sentence, found: re.Match[str]) -> None:
        """Note a time that is no year in digits: the year before, or one that is not known."""
        before = sentence.text[: found.start()]
        sure = speaks_of(before, sentence.text[found.end() :])
        if sure and found["prior"]:
            sentence.years |= {self.year - 1}
        elif sure or (sure is False and not sentence.aside(found.start())):
            sentence.years |= {0}

    def _level(self, sentence: Sentence, found: re.Match[str]) -> None:
        """Make the claim that an amount is what it was, or list the statement as unread."""
        at, last = found.start(), sentence.last
        between = sentence.text[sentence.end : at]
        base = level(between)
        several = sentence.of_several(between)
        if last and last.kind == "amount" and base is not None and base < last.year and not several:
            base = base or str(int(last.year) - 1)
            about = {"within": last.within, "year": last.year, "base_year": base}
            self._claim(sentence, at, "change", last.subject, direction="unchanged", **about)
        elif base is not None or not sentence.aside(at):
            self._unread(sentence, at, found[0], between)

    def _figure(self, sentence: Sentence, figure: re.Match[str]) -> None:
        """Make the claim that a figure states, or list it as unread."""
        at = figure.start()
        between = sentence.text[sentence.end : at]
        if figure["digits"]:
            self.page.repair_number(sentence.lines[at], "", "figure", figure["digits"])
        sentence.end = figure.end()
        first = sentence.open(between, at, self.head)
        said, before = self._said(sentence, figure, between, first), sentence.last
        sentence.last = said and said[0]
        sentence.note_total(between)
        self.part_told = self.part_told or (not sentence.wholes and names_part(between))
        moved = bool(said[1].way) if said else is_change(between)
        sentence.changed = moved and figure["unit"] in ("元", "万元")
        sentence.note_list(between, said is None, figure["unit"] in ("元", "万元") and not moved)
        named = said[1].subject if said else figure["unit"] != "%" and not moved
        sentence.note_listed(between, figure["unit"] or "" if named and not moved else "", before)
        if not sentence.wholes and named:
            self.head = sentence.last
        if said is None:
            sentence.of_unit = sentence.of_unit or self.phrases.of_unit(between)
            sentence.of_part = sentence.of_part or of_part(between)
            if figure["digits"] or not sentence.aside(at):
                self._unread(sentence, at, figure[0], between)
            if figure["unit"] == "月" and not sentence.aside(at):
                sentence.years |= {0}
            return
        last, phrase = said
        about = {"within": last.within, "year": last.year}
        stated = {"value": to_amount(figure["digits"]) or "", "unit": figure["unit"] or ""} | about
        if phrase.way:
            stated |= {"direction": phrase.way, "base_year": last.base}
        self._claim(sentence, at, last.kind, last.subject, **stated)

    def _said(
        self, sentence: Sentence, figure: re.Match[str], between: str, first: bool
    ) -> tuple[Last, Phrase] | None:
        """Return what a figure states, and its phrase; None if it is not understood."""
        after, unit = sentence.text[figure.end() :], figure["unit"] or ""
        whole = sentence.wholes[-1].subject if sentence.wholes else ""
        phrase = self._phrase(sentence, between, after, whole)
        kind = kind_of(unit, phrase, after) if phrase else ""
        amiss = not kind or not figure["digits"] or to_amount(figure["digits"]) is None
        behind = sentence.end > figure.end()  # its name, to a mark
        amiss |= not (behind or kind in ("threshold", "month") or ends(after))
        amiss |= kind != "threshold" and sentence.provided(figure.start())
        amiss |= sentence.aside(figure.start()) and not (phrase and phrase.way)
        if kind == "threshold":  # its count follows
            count = _FIGURE.search(after)
            counted = count and self.phrases.before(after[: count.start()], whole)
            amiss |= not (phrase and counted and counted.subject == phrase.subject)
        if phrase is None or amiss:
            return None
        several = sentence.of_several(between)
        last = None if several else self._follows(sentence.last, phrase, kind)
        if phrase.subject:
            named = Last(kind, phrase.subject, "", phrase.year, phrase.base)
            told = sentence.text[: figure.start()]
            apart = under_another(phrase.subject.subject, told, self.above, self.part_told)
            last = None if apart else self._placed(sentence, named, between, first)
        if last is None or not phrase.way:
            return last and (last, phrase)
        last = last._replace(base=self._base(last))
        return (last, phrase) if last.base and last.base < last.year else None

    def _phrase(self, sentence: Sentence, between: str, after: str, whole: str) -> Phrase | None:
        """Return the phrase of a figure: before it, behind it, or of the figure before it."""
        phrase = self.phrases.before(between, whole)
        behind = self.phrases.behind(between, after, whole)
        if behind and phrase and phrase.subject != behind[0]:
            return None
        if behind:
            name = re.match(r"\s*" + r"\s*".join(map(re.escape, behind[1])), after)
            sentence.end += name.end() if name else 0
            return phrase or Phrase(behind[0], year=own_year(between))
        return phrase or (self.phrases.follows(between) if sentence.last else None)

    @staticmethod
    def _follows(before: Last | None, phrase: Phrase, kind: str) -> Last | None:
        """Return a figure that speaks of the one before it: its share, its sum or its change."""
        if before is None or (phrase.sort == "sum" and before.kind != "count"):
            return None
        if phrase.sort == "share" and before.kind not in ("amount", "count"):
            return None
        if kind == "change" and before.kind in ("count", "threshold"):
            return None
        known = {before.base, YEAR_BEFORE if before.base == str(int(before.year) - 1) else ""}
        if kind == before.kind == "change" and (phrase.base or before.base) in known:
            return None
        if kind == "growth" and before.kind == "share":
            return None
        return before._replace(kind=kind, base=phrase.base or before.base)

    def _base(self, last: Last) -> str:
        """Return the year that a change is since, empty if its phrase and those before leave open.

        A phrase that names none means the year before, unless the text compares with another.
        """
        before = str(int(last.year) - 1)
        if last.base not in ("", YEAR_BEFORE):
            return last.base
        return before if last.base or self.bases <= {before} else ""

    def _placed(self, sentence: Sentence, named: Last, between: str, first: bool) -> Last | None:
        """Return a figure whose phrase names its subject with its whole and its year.

        None if they are not sure, or if no mark parts the phrase from the figure before.
        """
        own, glued = bare(between), not sentence.text.startswith(between)
        listed = re.sub("^[^，；：、]*", "", own) if glued else own
        several = re.search("[^，；：、（）_]、$", listed.removesuffix(clause(own)))
        if several and named.kind in ("amount", "change"):
            return None  # of all that are listed
        if (
            (self.another and self.phrases.nothing(self.another) != named.subject)
            or owned(named.subject.subject, between, sentence.of_unit, sentence.of_part)
            or sentence.elided(named.subject.subject, named.kind, between)
            or sentence.led(between, named.kind)
        ):
            return None
        if not self.phrases.measures(named.subject.subject, named.kind):
            return None
        counts = sentence.last is not None and sentence.last.kind == "threshold"
        if glued and own == clause(own) and not (counts or re.search("[的_和及与]", own)):
            return None
        within = sentence.part_of(named.subject.subject, named.kind, between, first)
        flow = named.kind in ("amount", "change") or named.subject.subject == "vehicles-bought"
        until = flow and sentence.counted_until()
        year = named.year or ("" if until else self._spoken_of(sentence))
        another = re.search("本年|今年", clause(own)) and year != str(self.year)
        if within is None or not year or another:
            return None
        if within and sentence.wholes[-1].year != year:
            return None
        return named._replace(within=within, year=year)

    def _spoken_of(self, sentence: Sentence) -> str:
        """Return the year of a phrase that names none, empty if the sentence names several.

        It is empty too where the bracket around the figure names one.
        """
        if names_time(in_bracket(sentence.text[: sentence.end])):
            return ""
        years = sentence.years or self.years or {self.year}
        return str(*years) if len(years) == 1 and 0 not in years else ""

    def _claim(
        self, sentence: Sentence, at: int, kind: str, subject: Subject, **values: str
    ) -> None:
        line = sentence.lines[at]
        claim: Row = dict.fromkeys(columns("claims"), "") | values | sentence.section
        claim |= {"line": line, "position": self.told.next_in(line), "kind": kind}
        claim |= {"subject": subject.subject, "code": subject.code}
        if subject.path:
            claim["label"] = subject.path
        if claim["value"]:
            claim["decimals"] = len(claim["value"].partition(".")[2])
        self.told.claims.append(claim)
        sentence.noted[at] = claim

    def _unread(self, sentence: Sentence, at: int, printed: str, between: str) -> None:
        """List what is not understood, with the words of its phrase."""
        sentence.noted[at] = None
        line, after = sentence.lines[at], sentence.text[at + len(printed) :]
        own, follows = clause(bare(between))[-_LONGEST:], re.split("[，；：、。]", after)[0]
        row: Row = dict.fromkeys(columns("unread"), "") | sentence.section
        row |= {"line": line, "position": self.told.next_in(line), "printed": printed.strip()}
        self.told.unread.append(row | {"words": f"{own}{printed}{follows[:_LONGEST]}".strip()})

    def _nothing(self, sentence: Sentence) -> None:
        """Record the statements that a budget has no expenditure: claims without a figure.

        What says in other words that there is nothing of an item is listed as unread.
        """
        for part in re.finditer("[^，；。]+", sentence.text):
            found, none = _NONE.search(part[0]), _NOTHING.search(part[0])
            subject = self.phrases.nothing(found["what"]) if found else None
            if found and subject and not found["else"].strip():
                at = part.start() + found.end("else")
                self._claim(sentence, at, "none", subject, year=found["year"])
            elif none and self.phrases.item.search(bare(part[0])):
                at = part.start() + none.start()
                if at not in sentence.noted and not sentence.aside(at):
                    self._unread(sentence, at, none[0], part[0][: none.start()])
