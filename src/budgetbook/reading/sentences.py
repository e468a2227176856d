"""One sentence while it is read: what its figures have settled, and the parts of which whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .page import Row
from .phrases import COUNTED, Subject, bare, clause, leads_on, provided, says_ours, takes

#: Words that lead to the reason of what stands before them.
LEADS = "主要原因[是为系]?|主要[是系]|主要(?:由于|因为?)|原因[是为系：]"
#: Where a sentence tells a reason or names a law: a year in it is not the year of its figures.
#: It ends with the bracket that it opens, and where another figure has a reason of its own.
_ASIDE = re.compile(
    rf"(?<=（)(?:{LEADS})[^（）]*|《[^》]*(?:》|$)"
    rf"|(?:{LEADS}|原因|由于|因为).*?(?=其中|主要用于|；[^；。]*\d[^；。]*(?:{LEADS})|$)"
)
_BRACKETED = re.compile(r"[^（）]*(?:（[^（）]*）[^（）]*)*")  # up to the end of a bracket
_TOTALS = ("income", "expenditure")  # no part of anything
#: Subject → what is no part of it, but stands beside or above it.
_BESIDE = {
    "basic": {"project"},
    "project": {"basic"},
    "personnel": {"basic", "project", "public-funds"},
    "public-funds": {"basic", "project", "personnel"},
    "vehicles": {"vehicles-bought"},
}
#: Wholes whose parts bear their name.
_FAMILIES = ("income", "vehicles", "procurement", "projects")
_SEMICOLON = 3
_CARRIED = re.compile("结[转余]|弥补")
_TOLD_ASIDE = re.compile(rf"（[^（）]*）|(?:其中|{LEADS})[^；。]*")


class Last(NamedTuple):
    """The figure before, if it was read: what it speaks of, as part of what, in which years."""

    kind: str
    subject: Subject
    within: str
    year: str
    base: str


@dataclass
class Whole:
    """A whole (its subject, empty if unread, and its figure's kind) whose parts are told to `end`.

    Its parts are of its `year`, and stand in a `bracket` or are `listed`, with a mark behind 其中:
    `mark` is the strength of the first one between them. Else 其中 speaks of one part, or of some
    joined by 、.
    """

    subject: str
    kind: str
    end: int
    bracket: bool
    listed: bool
    mark: int = 0
    year: str = ""

    def takes(self, subject: str, kind: str) -> bool:
        """Whether a figure of that subject and kind can be a part."""
        family = self.subject.partition("-")[0]
        apart = subject in (self.subject, *_TOTALS, *_BESIDE.get(self.subject, ()))
        if apart or (self.kind == "change" and kind not in ("change", "growth")):
            return False
        if family in _FAMILIES:
            return subject.startswith(family)
        return bool(family) and (kind == "count") == (self.kind == "count")


@dataclass
class Sentence:
    """What is settled: `last` is the figure before, which ends at `end`, with a name behind it.

    `changed` says that it is a change of an amount, read or not, `partial` that the last income or
    expenditure before, read or not, is no total; `leads`
    that a list tells what money is for or was taken from, `unsaid` that the figure before is an
    unread amount. `listed` counts the figures of one `unit` that stand one after the other with
    the last, `joined` says that they are told together. `lines` has the line of each
    character, `section` where it stands; `years` are those it speaks of (0 beside one of which it
    is not sure); `of_unit`, `of_part` say that an unread figure was another unit's, or of one
    source, `wholes` those whose parts are being told, `noted` where claims (None: what is
    unread) stand.
    """

    text: str
    lines: Sequence[int]
    section: Row
    end: int = 0
    last: Last | None = None
    changed: bool = False
    partial: bool = False
    leads: bool = False
    unsaid: bool = False
    unit: str = ""
    listed: int = 0
    joined: bool = False
    of_unit: bool = False
    of_part: bool = False
    years: set[int] = field(default_factory=set)
    wholes: list[Whole] = field(default_factory=list)
    noted: dict[int, Row | None] = field(default_factory=dict)

    def aside(self, at: int) -> bool:
        """Whether a place is inside a reason or the title of a law."""
        return any(found.start() < at < found.end() for found in _ASIDE.finditer(self.text))

    def provided(self, at: int) -> bool:
        """Whether a figure may be one without something, or in a case, that its part names."""
        begins, ends = self.text.rfind("；", 0, at) + 1, self.text.find("；", at)
        part = self.text[begins : ends if ends >= 0 else None]
        return any(not self.aside(begins + found) for found in provided(part))

    def counted_until(self) -> bool:
        """Whether a time at which something was counted goes before, and a semicolon since."""
        return bool(re.search("截[至止][^；]*；", self.text[: self.end]))

    def told(self) -> list[tuple[int, Row | None]]:
        """Return where the figures but years stand that were told, each with its claim if read."""
        noted = sorted(self.noted.items(), key=lambda each: each[0])
        return [(at, row) for at, row in noted if row is None or row["kind"] != "year"]

    def note_total(self, between: str) -> None:
        """Note whether an income or expenditure that a phrase names is the total one."""
        if re.search("收入|支出", clause(bare(between))) and not self.wholes:
            self.partial = self.last is None or self.last.subject.subject not in _TOTALS

    def elided(self, subject: str, kind: str, between: str) -> bool:
        """Whether a figure may belong to what the one before it belongs to, or be no total.

        What institutions are counted before may be theirs; a bare `收入` or `支出` may be of any
        thing that is counted, or of what the one before it is of. The `本年收入` are those without
        what was carried over or makes up for a gap, as may be `收入` beside it.
        """
        mark, own, last = strength(between), clause(bare(between)), self.last
        if subject in _TOTALS and re.search("[本当]年(?:收入|支出)", own):
            return True
        if kind not in ("amount", "count") or (kind == "count" and subject == "institutions"):
            return False
        goes_on = 0 < mark < _SEMICOLON and not says_ours(own)
        begins = self.text.rfind("；", 0, self.end)
        told = [row for at, row in self.noted.items() if row and at > begins]
        if goes_on and any(row["subject"] == "institutions" for row in told):
            return True
        counted = goes_on and last is not None and last.kind == "count"
        if kind == "count" or subject not in _TOTALS:
            return False
        apart = _CARRIED.search(_TOLD_ASIDE.sub("", self.text)) and not re.search("总|合计", own)
        return bool(apart or (mark < _SEMICOLON and (counted or self.partial)))

    def led(self, between: str, kind: str) -> bool:
        """Whether an amount is one of a list whose first words are not understood."""
        goes_on = self.unsaid and not self.wholes and strength(between) == 1
        return kind in ("amount", "change") and (goes_on or self._leads(between))

    def _leads(self, between: str) -> bool:
        goes_on = strength(between) < _SEMICOLON and "其中" not in bare(between)
        return (self.leads and goes_on) or leads_on(between)

    def note_list(self, between: str, unread: bool, amount: bool) -> None:
        """Note, behind a figure, what its phrase says of those that a list adds to it."""
        self.leads = self._leads(between) or (unread and takes(between))
        self.unsaid = unread and amount

    def note_listed(self, between: str, unit: str, before: Last | None) -> None:
        """Count a figure that its own phrase names, of a unit (empty: one that does not count).

        `before` is the figure before, if it was read: of the same subject it tells another year.
        """
        mark, text = strength(between), bare(between)
        goes_on = bool(unit) and unit == self.unit and mark < _SEMICOLON and "其中" not in text
        self.listed = self.listed + 1 if goes_on else int(bool(unit))
        same = before and self.last and before.subject == self.last.subject
        self.joined = goes_on and (self.joined or mark < 2 or bool(self.wholes or same))
        self.unit = unit
        if unit and self.wholes and "其中" not in text and not text.startswith("（"):
            self.wholes[-1].mark = self.wholes[-1].mark or mark

    def of_several(self, between: str) -> bool:
        """Whether what a comma adds to a figure may speak of all that are listed before it."""
        return between.lstrip().startswith("，") and self.listed > (1 if self.joined else 2)

    def open(self, between: str, at: int, head: Last | None) -> bool:
        """Note the whole whose parts begin behind `between`; return whether its phrase opens them.

        Parts begin with 其中 (to the end of the sentence) or with a bracket around the figure. They
        are those of `head`, inside other parts those of the figure before.
        """
        self.wholes = [whole for whole in self.wholes if at < whole.end]
        text = bare(between)
        bracket = text.rfind("（") > text.rfind("）")
        if not bracket and "其中" not in text:
            return False
        end = next(_BRACKETED.finditer(self.text, at)).end() if bracket else len(self.text)
        before, _, phrase = text.rpartition("其中" if "其中" in text else "（")
        whole = self.last if self.wholes else head
        again = bool(self.wholes) and strength(f"{before}其中") == _SEMICOLON
        if not text.startswith("（") if bracket else again:
            whole = None  # the text does not say of which figure before
        subject, kind = (whole.subject.subject, whole.kind) if whole else ("", "")
        if self.changed and before in ("", "，", "（"):
            kind = "change"
        listed, year = phrase.startswith(("：", "，")), whole.year if whole else ""
        self.wholes.append(Whole(subject, kind, end, bracket, listed, year=year))
        return not re.search("[，；、]", phrase[1:])

    def part_of(self, subject: str, kind: str, between: str, first: bool) -> str | None:
        """Return the whole of which a figure is a part, empty if of none, None if that is unsure.

        `first` says that its phrase opens the parts. Parts that a semicolon ends are left.
        """
        if subject.startswith(COUNTED) and kind in ("amount", "change"):
            return None
        mark = strength(between)
        while self.wholes:
            whole, nested = self.wholes[-1], len(self.wholes) > 1
            fits = whole.takes(subject, kind)
            listed = whole.listed and not nested and not (whole.mark == 1 and mark > 1)
            if fits and (first or mark < 2 or whole.bracket or listed):
                whole.mark = whole.mark or (0 if first else mark)
                return whole.subject
            ended = nested and (whole.mark == 1 or not whole.listed)
            ended |= not fits and (nested or bool(whole.subject))
            if first or mark < _SEMICOLON or whole.bracket or not ended:
                return None
            self.wholes.pop()
        return ""


def strength(between: str) -> int:
    """Return the strongest mark before the phrase that ends `between`: 1 、, 2 ，, 3 ；, 0 none."""
    text = re.sub("（[^（）]*）|^[^（）]*）", "", bare(between))
    return max("、，；".find(mark) + 1 for mark in f"_{text.removesuffix(clause(text))}")
