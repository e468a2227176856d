"""The register of findings: what the failing checks mean, how sure it is, what would settle it.

The register is kept by hand in findings.csv and readings.csv. It names checks by pattern and
holds no figure: every number in its sentences is a place that is filled from the verdicts, so a
finding appears when a check of it fails and turns fine when all hold. A check belongs to the
first finding, in order of importance, that names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ..checks import Result, Verdict
from ..errors import InputError
from ..exact.money import side, yuan
from ..model.disclosure import Disclosure

#: What the grades of evidence say.
GRADES = {
    "A": "arithmetic: the printed figures or words alone show it",
    "B": "inference: it follows from figures and from a rule that is stated",
    "C": "hint: it may mean something",
}
_PLACE = re.compile(r"\{([^{}]+):(left|right|gap)\}|\{(claim|failing):([^{}]+)\}")


class Piece(NamedTuple):
    """A part of a finding's sentence: words, or a figure with the check or claim behind it.

    `side` says which of the check's two sides (or their gap) the figure is.
    """

    text: str
    check: str = ""
    claim: str = ""
    side: str = ""


class Reading(NamedTuple):
    """One way to explain a finding, and what speaks for (or against) it, its figures filled in."""

    kind: str
    english: Sequence[Piece]
    chinese: Sequence[Piece]
    speaks_en: Sequence[Piece]
    speaks_zh: Sequence[Piece]


class Size(NamedTuple):
    """Money that is `missing` on one side, or `contradicted`: stated in two amounts, in yuan.

    It is what the two sides of `checks` differ by, added.
    """

    kind: str
    amount: Fraction
    checks: Sequence[str]

    @property
    def text(self) -> str:
        """Return the amount and what is the matter with it."""
        return f"{yuan(self.amount)} yuan {self.kind}"


@dataclass(frozen=True)
class Finding:
    """One entry of the register with the verdicts that belong to it.

    `row` is its row of findings.csv and `rivals` are its rows of readings.csv, both before their
    places are filled; `results` are all checks that belong to it.
    """

    row: Mapping[str, str]
    rivals: Sequence[Mapping[str, str]]
    results: Sequence[Result]
    everything: Mapping[str, Result]
    disclosure: Disclosure

    @property
    def id(self) -> str:
        """The name of the finding, which its address carries."""
        return self.row["id"]

    @property
    def grade(self) -> str:
        """How sure it is: A, B or C as in `GRADES`."""
        return self.row["grade"]

    @property
    def kind(self) -> str:
        """What kind of disagreement it most likely is."""
        return self.row["kind"]

    @property
    def readings(self) -> list[Reading]:
        """The ways to explain it."""
        texts = ("reading_en", "reading_zh", "speaks_en", "speaks_zh")
        return [Reading(row["kind"], *(fill(row[t], self) for t in texts)) for row in self.rivals]

    @property
    def failing(self) -> list[Result]:
        """The checks of the finding that fail."""
        return [result for result in self.results if result.verdict is Verdict.FAILS]

    @property
    def fine(self) -> bool:
        """Whether nothing of it fails: fine against first appearance."""
        return not self.failing

    @property
    def sizes(self) -> list[Size]:
        """The money that is missing or contradicted, each kind for itself; empty where none is.

        Which checks differ by such money is a judgement: the columns of that name hold it.
        """
        found = []
        for kind in ("missing", "contradicted"):
            names = [name for name in (self.row[kind] or "").split("|") if name]
            gaps = {r.check.id: r.difference for r in self.failing if r.check.id in names}
            known = {name: abs(gap) for name, gap in gaps.items() if gap is not None}
            if known:
                found.append(Size(kind, sum(known.values(), Fraction(0)), list(known)))
        return found

    @cached_property
    def figures(self) -> list[Piece]:
        """The figures that its texts and its readings tell of."""
        told: list[Sequence[Piece]] = [
            self.pieces(n) for n in self.row if n.endswith(("_en", "_zh"))
        ]
        told += [text for reading in self.readings for text in reading[1:]]
        return [piece for text in told for piece in text if piece.check or piece.claim]

    def pieces(self, column: str) -> list[Piece]:
        """Return a sentence of the register with its figures filled in."""
        return fill(self.row[column] or "", self)

    def sentence(self, column: str) -> str:
        """Return the same as plain text."""
        return "".join(piece.text for piece in self.pieces(column))


def fill(template: str, finding: Finding) -> list[Piece]:
    """Return a template's words and figures; a figure that has no value prints as a dash.

    Places are `{check:left}`, `{check:right}`, `{check:gap}`, `{claim:id}` and
    `{failing:pattern}`: of the finding's own failing checks that fit, the number of offenders that
    they name, one for each that names none. Raises InputError for any other use of a brace.
    """
    pieces: list[Piece] = []
    at = 0
    for found in _PLACE.finditer(template):
        pieces.append(Piece(template[at : found.start()]))
        check, part, kind, name = found.groups()
        if check:
            pieces.append(
                Piece(_figure(finding.everything.get(check), part), check=check, side=part)
            )
        elif kind == "claim":
            pieces.append(Piece(_claim(finding.disclosure, name), claim=name))
        else:
            pieces.append(Piece(str(_failing(finding, name))))
        at = found.end()
    pieces.append(Piece(template[at:]))
    if wrong := next((p.text for p in pieces if "{" in p.text or "}" in p.text), ""):
        raise InputError(
            f"editorial/findings.csv or readings.csv, {finding.id}: no place for a figure in "
            f"“{wrong}”; expected {{check:left}}, {{check:right}}, {{check:gap}}, {{claim:id}} or "
            "{failing:pattern}; correct the braces"
        )
    return [piece for piece in pieces if piece.text]


def _figure(result: Result | None, part: str) -> str:
    if result is None or result.left is None or result.right is None:
        return "—"
    if part == "gap":
        return side(abs(result.difference)) if result.difference is not None else "—"
    return result.sides[part == "right"]


def _claim(disclosure: Disclosure, name: str) -> str:
    claim = next((c for c in disclosure.claims if c["id"] == name), None)
    if claim is None or claim["value"] is None:
        return "—"
    return f"{claim['value']}{'%' if claim['unit'] == '%' else ''}"


def _failing(finding: Finding, pattern: str) -> int:
    mine = (result for result in finding.failing if fnmatchcase(result.check.id, pattern))
    return sum(len(result.offenders) or 1 for result in mine)


def findings(disclosure: Disclosure, results: Sequence[Result]) -> list[Finding]:
    """Return the register in order of importance, each with the checks that belong to it."""
    everything = {result.check.id: result for result in results}
    free = dict(everything)
    register = []
    for entry in sorted(disclosure.reference["findings"], key=lambda row: row["rank"]):
        patterns = entry["checks"].split("|")
        names = [name for name in free if any(fnmatchcase(name, p) for p in patterns)]
        mine = [free.pop(name) for name in names]
        rivals = [r for r in disclosure.reference["readings"] if r["finding"] == entry["id"]]
        register.append(Finding(entry, rivals, mine, everything, disclosure))
    return register


def unweighed(register: Sequence[Finding], results: Sequence[Result]) -> list[Result]:
    """Return the failing checks that no finding names: what a changed figure breaks."""
    known = {result.check.id for finding in register for result in finding.results}
    return [r for r in results if r.verdict is Verdict.FAILS and r.check.id not in known]


def request(finding: Finding) -> str:
    """Return a short letter in Chinese that asks for what would settle a finding.

    It is a draft of a request for disclosure 依申请公开; nothing in it accuses. Empty where
    nothing needs to be asked.
    """
    ask = finding.sentence("ask_zh")
    if ask == "无须申请":
        return ""
    document = finding.disclosure.document
    return (
        f"{document['office']}：\n"
        f"您好！本人阅读了贵单位公开的{document['year']}年部门预算，有一处未能理解："
        f"{finding.sentence('found_zh')}\n"
        f"恳请说明：{ask}。如有现成材料，请予提供。若系本人所据文本有误，亦请指正。\n"
        "谢谢！"
    )
