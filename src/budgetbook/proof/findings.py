"""The register of findings: what the failing checks mean, how sure it is, what would settle it.

The register is kept by hand in findings.csv and readings.csv. It names checks by pattern and
holds no figure: every number in its sentences is a place that is filled from the verdicts, so a
finding appears when a check of it fails and turns fine when all hold. A check belongs to the
first row of the file that names it. `fails` and `holds` name the checks that have to fail and to
hold for its sentence to be true: its grade is that of the weakest of them. Its kinds are those of
the readings that no check refutes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import translate
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ..analysis.staff import staff
from ..checks import Result, Verdict
from ..errors import InputError
from ..exact.money import side, wan, yuan
from ..messages import both, message, said, translated
from ..model.address import Address, parse
from ..model.disclosure import Disclosure
from ..model.expressions import Claim, NeedsFigure, number, total
from ..model.payroll import WAGES, Pay
from ..model.units import MONEY_UNITS
from ..words.naming import Names, sentence_name
from .evidence import grade
from .formulas import place

#: What the grades of evidence say.
GRADES = {
    "A": message("evident from the print 文件自身可见（含算术）: figures or words alone show it"),
    "B": message("inference 推断: it follows from figures and from a rule that is stated"),
    "C": message("hint 线索: it may mean something"),
}
#: What they are called.
GRADE_NAMES = {
    "A": message("evident from the print 文件自身可见（含算术）"),
    "B": message("inference 推断"),
    "C": message("hint 线索"),
}
#: Kind of a disagreement, as a reading of it says → what it is called, in English and Chinese.
KINDS = {
    "omission": (message("omission"), "遗漏"),
    "reclassification": (message("reclassification"), "科目调整"),
    "misprint": (message("misprint"), "误印"),
    "convention": (message("convention"), "口径"),
    "wording": (message("wording"), "表述"),
    "rounding": (message("rounding"), "舍入"),
    "loss in extraction": (message("loss in extraction"), "提取损失"),
}
#: Kind of money in question → what is said of it, in English and Chinese. That a side does not
#: tell of money does not say that the money is gone. Kinds are never added or compared.
SIZES = {
    "missing": (message("not told on one side"), "一处未列"),
    "contradicted": (message("contradicted"), "两处不一"),
    "unexplained": (message("by no rule that this book states"), "本书所列规则未能解释"),
}
#: The same where a finding has one line.
BRIEF_SIZES = {
    "missing": (message("untold"), "未列"),
    "contradicted": (message("contradicted"), "不一"),
    "unexplained": (message("by no rule"), "无规则"),
}
_FINE = (Verdict.HOLDS, Verdict.ROUNDED)
_JUDGED = (*_FINE, Verdict.FAILS)
#: The marks of a pattern that names more than one check.
_WILD = set("*?[")
#: Columns of tables that hold yuan, which a sentence prints with two decimals.
_AMOUNTS = ("amount", "total", "prior_total", "basic", "project")
_UNTRUE = (message("Its sentence is not true of these figures."), "所述与这些数字不符。")
_PLACE = re.compile(
    r"\{([^{}]+):(left|right|gap)\}"
    r"|\{(claim|cell|at|table|rate|pay|year|staff|failing|elsewhere|holding|tested|open):([^{}]+)\}"
)


class Piece(NamedTuple):
    """A part of a finding's sentence: words, or a figure with the check or place behind it.

    `side` says which of the check's two sides (or their gap) the figure is.
    """

    text: str
    check: str = ""
    place: Address | None = None
    side: str = ""


class Reading(NamedTuple):
    """One way to explain a finding, and what speaks for (or against) it, its figures filled in.

    `refuted` is the failing check that rules it out, None while it is open.
    """

    kind: str
    english: Sequence[Piece]
    chinese: Sequence[Piece]
    speaks_en: Sequence[Piece]
    speaks_zh: Sequence[Piece]
    refuted: Result | None = None


class Size(NamedTuple):
    """Money in question, in yuan: what the two sides of `checks` differ by, added.

    It is `missing` on one side; `contradicted`: printed in two amounts; or `unexplained`: by no
    rule that this book states.
    """

    kind: str
    amount: Fraction
    checks: Sequence[str]

    @property
    def money(self) -> str:
        """Return the amount with its unit."""
        return said("{amount:yuan}", amount=self.amount)

    @property
    def matter(self) -> str:
        """Return what is the matter with the money, in English and Chinese."""
        return both(*SIZES[self.kind])

    @property
    def brief_matter(self) -> str:
        """Return the same for a line."""
        return both(*BRIEF_SIZES[self.kind])


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
        """How sure it is, as in `GRADES`: the grade of the weakest check that it needs."""
        return max((grade(result.check, self.disclosure) for result in self.needed), default="C")

    @property
    def needed(self) -> list[Result]:
        """The checks that its sentence needs: those to fail, and those to hold."""
        fails, holds = (
            _named(self.everything, *_patterns(self.row[column])).values()
            for column in ("fails", "holds")
        )
        return [*(r for r in fails if r.verdict is Verdict.FAILS), *holds]

    @property
    def untrue(self) -> list[str]:
        """The patterns of which none fails, or not all hold: then its sentence is not true.

        What cannot be tested or does not apply is neither.
        """
        found = []
        for column in ("fails", "holds"):
            for name in _patterns(self.row[column]):
                mine = _named(self.everything, name).values()
                fails = [r.verdict is Verdict.FAILS for r in mine if r.verdict in _JUDGED]
                true = any(fails) if column == "fails" else fails and not any(fails)
                found += [] if true else [f"{column}: {name}"]
        return found

    @property
    def order(self) -> tuple[object, ...]:
        """What it is sorted by: grade, each kind of money for itself, places concerned."""
        money = {size.kind: -size.amount for size in self.sizes}
        sizes = (money.get(kind, Fraction(0)) for kind in SIZES)
        return (self.grade, *sizes, -self.concerned, self.id)

    @property
    def concerned(self) -> int:
        """How many cells and stated figures its failing checks compare (all, if it is fine)."""
        checks = [result.check for result in self.failing or self.results]
        sides = [side for check in checks for side in (check.left, check.right)]
        return len({place(leaf) for side in sides for leaf in side.leaves()} - {None})

    @property
    def kinds(self) -> list[str]:
        """The kinds of `KINDS` that its readings leave open, in their order."""
        return list(dict.fromkeys(reading.kind for reading in self.readings if not reading.refuted))

    @property
    def kind(self) -> str:
        """Its kind in English and Chinese; undecided, with what is open, where several are."""
        if not self.kinds:
            return said("undecided 未定 (no reading fits)")
        words = ", ".join(both(*KINDS[kind]) for kind in self.kinds)
        return said("undecided 未定 ({kinds:text})", kinds=words) if self.kinds[1:] else words

    @property
    def brief_kind(self) -> str:
        """Its kind for a line: undecided where several are open, which `kind` names."""
        return self.kind if len(self.kinds) == 1 else said("undecided 未定")

    @property
    def readings(self) -> list[Reading]:
        """The ways to explain it."""
        return [self._reading(row) for row in self.rivals]

    def _reading(self, row: Mapping[str, str]) -> Reading:
        texts = ("reading_en", "reading_zh", "speaks_en", "speaks_zh")
        english, chinese, speaks_en, speaks_zh = (fill(row[name], self, name) for name in texts)
        result = self.everything.get(row["refuted_by"] or "")
        refuted = result if result and result.verdict is Verdict.FAILS else None
        return Reading(row["kind"], english, chinese, speaks_en, speaks_zh, refuted)

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
        """The money in question, each kind for itself; empty where there is none.

        Which checks differ by such money is a judgement: the columns of that name hold it.
        """
        found = []
        for kind in SIZES:
            names = _patterns(self.row[kind])
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
        told += [text for reading in self.readings for text in reading[1:5]]
        return [piece for text in told for piece in text if piece.check or piece.place]

    def pieces(self, column: str) -> list[Piece]:
        """Return a sentence of the register with its figures filled in.

        Where it is not true of these figures, what was found is not said; the reason is.
        """
        if column.startswith("found_") and self.failing and self.untrue:
            return [Piece(translated(_UNTRUE[column.endswith("_zh")]))]
        return fill(self.row[column] or "", self, column)

    def sentence(self, column: str) -> str:
        """Return the same as plain text."""
        return "".join(piece.text for piece in self.pieces(column))


def fill(template: str, finding: Finding, column: str = "found_en") -> list[Piece]:
    """Return a template's words, translated, and figures; one that has no value prints as a dash.

    Places are `{check:left}`, `{check:right}`, `{check:gap}`; `{claim:id}` and `{cell:address}`
    for a printed figure, `{at:address}` for where it stands; `{table:role}`, `{rate:id}`,
    `{year:this}` or `last`; `{staff:unit/year/heads}`, `base` or `mean` for what is worked out;
    `{pay:wages}`, all budgeted wages, and `{pay:pension|annuity}`, these rates on them; and counts
    of checks by pattern: `{failing:…}` (the finding's own; offenders, where a check names them),
    `{elsewhere:…}` (those of other findings that fail), `{holding:…}`, `{tested:…}` and `{open:…}`
    (those that cannot be tested). The end of `column` says the language. Raises InputError for
    any other use of a brace.
    """
    pieces: list[Piece] = []
    at, template = 0, translated(template)
    for found in _PLACE.finditer(template):
        pieces.append(Piece(template[at : found.start()]))
        check, part, kind, name = found.groups()
        if check:
            pieces.append(
                Piece(_figure(finding.everything.get(check), part), check=check, side=part)
            )
        else:
            pieces.append(_piece(finding, kind, name, chinese=column.endswith("_zh")))
        at = found.end()
    pieces.append(Piece(template[at:]))
    if wrong := next((p.text for p in pieces if "{" in p.text or "}" in p.text), ""):
        raise InputError(
            f"editorial/findings.csv or readings.csv, {finding.id}: no place for a figure in "
            f"“{wrong}”; expected {{check:left}}, {{check:right}}, {{check:gap}}, {{claim:id}}, "
            "{cell:address}, {failing:pattern} or another place of CONTRIBUTING.md; correct the "
            "braces"
        )
    return [piece for piece in pieces if piece.text]


def _piece(finding: Finding, kind: str, name: str, *, chinese: bool) -> Piece:
    disclosure = finding.disclosure
    match kind:
        case "claim":
            return Piece(_claim(disclosure, name), place=Claim(name).address)
        case "cell":
            found = disclosure.at(parse(name))
            value = found and found[0][found[1]]
            if not isinstance(value, Decimal):
                return Piece(str(value or "—"))
            text = yuan(value) if parse(name).column in _AMOUNTS else str(value)
            return Piece(text.replace("-", "−"), place=parse(name))
        case "at":
            return Piece(Names(disclosure).place(parse(name), chinese=chinese))
        case "table":
            table = disclosure.form.tables[name]
            return Piece(table.words[1] if chinese else sentence_name(table))
        case "rate":
            return Piece(Pay(disclosure).words(name))
        case "pay":
            return Piece(_pay(disclosure, name))
        case "staff":
            return Piece(_staff(disclosure, *name.split("/")))
        case "year":
            return Piece(str(disclosure.year - (name == "last")))
    return Piece(str(_count(finding, kind, name)))


def _staff(disclosure: Disclosure, unit: str, year: str, what: str) -> str:
    """Return what is worked out for a unit and year: heads, or base or base per head in 万元."""
    wanted = disclosure.year - (year == "last")
    found = next((p for p in staff(disclosure) if (p.unit, p.year) == (unit, wanted)), None)
    if found is None:
        return "—"
    values = {"heads": found.heads, "base": found.base, "mean": found.base / found.heads}
    return side(values[what]) if what == "heads" else wan(values[what])


def _pay(disclosure: Disclosure, name: str) -> str:
    """Return all wages that are budgeted, or what rates of them are, in yuan."""
    pay = Pay(disclosure)
    wages = total([pay.economic(code) for code in WAGES])
    asked = wages if name == "wages" else pay.at(*name.split("|"), of=wages)
    try:
        return yuan(number(asked, disclosure))
    except NeedsFigure:
        return "—"


def _patterns(cell: str | None) -> list[str]:
    return [name for name in (cell or "").split("|") if name]


def _named(known: Mapping[str, Result], *patterns: str) -> dict[str, Result]:
    """Return the results that patterns name, by id; most patterns are the id of one check."""
    found = {pattern: known[pattern] for pattern in patterns if pattern in known}
    for pattern in patterns:
        if _WILD & {*pattern}:
            meets = re.compile(translate(pattern)).match
            found |= {name: result for name, result in known.items() if meets(name)}
    return found


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
    if claim["unit"] in MONEY_UNITS:
        return f"{claim['value']:,}"
    return f"{claim['value']}{'%' if claim['unit'] == '%' else ''}"


def _count(finding: Finding, kind: str, pattern: str) -> int:
    if kind in ("failing", "elsewhere"):
        own = {result.check.id for result in finding.failing}
        mine = (
            result
            for name, result in _named(finding.everything, pattern).items()
            if result.verdict is Verdict.FAILS and (name in own) is (kind == "failing")
        )
        return sum(len(result.offenders) or 1 for result in mine)
    verdicts = {"holding": _FINE, "tested": _JUDGED, "open": (Verdict.OPEN,)}[kind]
    return sum(r.verdict in verdicts for r in _named(finding.everything, pattern).values())


def findings(disclosure: Disclosure, results: Sequence[Result]) -> list[Finding]:
    """Return the register as `Finding.order` sorts it, each with the checks that belong to it."""
    everything = {result.check.id: result for result in results}
    free = dict(everything)
    register = []
    for entry in disclosure.reference["findings"]:
        named = _named(free, *_patterns(entry["checks"]))
        mine = [free.pop(name) for name in everything if name in named]
        rivals = [r for r in disclosure.reference["readings"] if r["finding"] == entry["id"]]
        register.append(Finding(entry, rivals, mine, everything, disclosure))
    return sorted(register, key=lambda finding: finding.order)


def told(register: Sequence[Finding], *, fine: bool) -> list[Finding]:
    """Return the findings that stand, or those that are fine against first appearance.

    One that stood and turned fine is neither. Raises InputError for a sentence that is not true.
    """
    mine = [f for f in register if f.fine == fine and not (fine and f.row["fails"])]
    if untrue := [f"{f.id} ({', '.join(f.untrue)})" for f in mine if f.untrue]:
        raise InputError(
            f"editorial/findings.csv: {'; '.join(untrue)}: the sentence says of these checks "
            "what is not so; correct it, or its columns fails and holds"
        )
    return mine


def unweighed(register: Sequence[Finding], results: Sequence[Result]) -> list[Result]:
    """Return the failing checks that no finding names: what a changed figure breaks."""
    known = {result.check.id for finding in register for result in finding.results}
    return [r for r in results if r.verdict is Verdict.FAILS and r.check.id not in known]
