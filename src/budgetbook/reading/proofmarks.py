"""Notes the words at which a proof-reader would stop: a place and a few words, never a sentence.

What to look for is data: the kinds of data/reference/proofreading.csv, each with its pattern.
A mark is a question and no fault, for each kind says what it may innocently be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from ..errors import InputError
from ..forms import Form, plain
from ..package.schema import columns
from .page import Page, Row, cells
from .paragraphs import Paragraph

#: Line, kind, words, and the line and words that they are held against, empty if against none.
Mark = tuple[int, str, str, int | str, str]

#: The kinds that are not told by their words alone.
_OTHERS = (
    *("remark-of-another-table", "opposite-reason", "project-name", "copied-uses"),
    "width-in-figure",
)
_FEW, _LIST, _ALIKE = 24, 12, 0.7  # characters shown, those of a copied list, likeness of names
_REASON = re.compile(r"主要(?:原因[是为]?|[是为])(?P<why>.*?)(?=其中|主要用于|。|；|$)")


def proof_marks(
    page: Page, form: Form, year: int, resources: Mapping[str, Sequence[Row]], kinds: Sequence[Row]
) -> list[Row]:
    """Return the rows of proof-marks.csv for a page that was read into `resources`.

    `kinds` are the rows of proofreading.csv. Of each kind a line has the first mark alone, or the
    first against each other name. InputError names a kind that is missing or is no pattern.
    """
    pattern, units = _patterns(kinds), _units(page)
    stated = {claim["line"] for claim in resources["claims"] if not claim["form"]}
    bought = {row["line"] for row in resources.get("procurement", ())}
    told = [unit for unit in units if stated.intersection(unit.lines)]
    naming = [u for u in units if (stated | bought).intersection(u.lines)]
    found = [mark for kind in kinds for unit in units for mark in of_words(kind, unit, year)]
    found += [m for unit in told for m in opposite_reasons(pattern["opposite-reason"], unit)]
    for row in resources.get("project-targets", ()):
        label = form.label("project", row["label"])
        named = label is not None and label.role == "project" and row["text"]
        for unit in naming if named else ():
            found += like_name(pattern["project-name"], unit, row["text"], row["line"])
    found += remarks(pattern["remark-of-another-table"], page, form, resources["tables"])
    found += copied_uses(pattern["copied-uses"], told, resources["claims"])
    for row in page.repairs:
        if re.fullmatch(pattern["width-in-figure"], row["kind"]):
            found.append((row["line"], "width-in-figure", row["detail"], "", ""))
    found = [*{(mark[0], mark[1], mark[4]): mark for mark in reversed(found)}.values()]
    rows = sorted({mark[:3]: tuple(map(_few, mark)) for mark in found}.values())
    return [dict(zip(columns("proof-marks"), row, strict=True)) for row in rows]


def _patterns(kinds: Sequence[Row]) -> Mapping[str, str]:
    for kind in kinds:
        try:
            re.compile(f"{kind['pattern']}|{kind['passes'] or ''}")
        except re.error as error:
            place = f"reference/proofreading.csv: the pattern of {kind['code']}"
            raise InputError(f"{place}: {error}; expected a regular expression") from None
    found = {kind["code"]: kind["pattern"] for kind in kinds}
    if lacking := [code for code in _OTHERS if code not in found]:
        raise InputError(f"reference/proofreading.csv: no row {lacking[0]}; restore the row")
    return found


def _few(part: int | str) -> int | str:
    return f"{part[:_FEW]}…" if isinstance(part, str) and len(part) > _FEW else part


def _units(page: Page) -> list[Paragraph]:
    """Return the paragraphs and cells of a page; what a page break cut is one again."""
    joined = {row["line"] for row in page.repairs if row["kind"] == "joined-paragraph"}
    found: list[Paragraph] = []
    for number, text in enumerate(page.lines, 1):
        for cell in filter(None, cells(text)):
            found += [] if number in joined else [Paragraph()]
            found[-1].add(number, cell)
    return found


@lru_cache
def _sought(pattern: str, year: int) -> re.Pattern[str]:
    """Return the pattern of a kind, as it is for a budget of that year."""
    return re.compile(pattern.replace("{year}", str(year)).replace("{prior}", str(year - 1)))


def of_words(kind: Row, unit: Paragraph, year: int) -> Iterator[Mark]:
    """Yield what the pattern of a kind finds; what its `passes` covers is rightly so.

    A kind without `passes` is not told by its words alone.
    """
    marks = [*_sought(kind["pattern"], year).finditer(unit.text)] if kind["passes"] else []
    right = [found.span() for found in re.finditer(kind["passes"], unit.text)] if marks else []
    for found in marks:
        if not any(start <= found.start() and found.end() <= end for start, end in right):
            yield unit.lines[found.start()], kind["code"], found[0], "", ""


def opposite_reasons(pattern: str, unit: Paragraph) -> Iterator[Mark]:
    """Yield the reasons that tell of one direction alone, the opposite of what they explain."""
    for reason in _REASON.finditer(unit.text):
        sentence = unit.text[: reason.start()].rstrip("。").rpartition("。")[2]
        heads = [*re.finditer(pattern, sentence)]
        told = {found.lastgroup: found[0] for found in re.finditer(pattern, reason["why"])}
        if heads and told and heads[-1].lastgroup not in told:
            words = f"{heads[-1][0]} … {min(told.values())}"
            yield unit.lines[reason.start()], "opposite-reason", words, "", ""


def remarks(pattern: str, page: Page, form: Form, tables: Sequence[Row]) -> Iterator[Mark]:
    """Yield the remarks that name what only the title of another table names."""
    titles, at = {row["line"]: row["title"] for row in tables if row.get("title")}, 0
    for number, text in enumerate(page.lines, 1):
        at = number if number in titles else at
        for key, said in filter(None, map(form.wording.says_of_table, cells(text))):
            named = re.findall(pattern, said) if key == "remark" and at else []
            if named and not {*named} & {*re.findall(pattern, titles[at])}:
                yield number, "remark-of-another-table", named[0], at, titles[at]


def like_name(marks: str, unit: Paragraph, name: str, line: int) -> Iterator[Mark]:
    """Yield what is nearly a name, which stands in `line`, and is not printed as it is there.

    `marks` is the pattern of what does not count.
    """
    best, parts = (0.0, "", 0), [part.span() for part in re.finditer("[^，。；：、]+", unit.text)]
    for n, (start, _) in enumerate(parts):
        for _, end in parts[n : n + 1 + name.count("、")]:
            text, own = (re.sub(marks, "", each) for each in (unit.text[start:end], name))
            shared = sum((Counter(text) & Counter(own)).values())
            if 2 * shared < _ALIKE * (shared + len(own)):
                continue  # too few letters of the name, whatever their order
            *same, _ = SequenceMatcher(None, text, own, autojunk=False).get_matching_blocks()
            words = text[same[0].a : same[-1].a + same[-1].size] if same else ""
            likeness = 2 * sum(block.size for block in same) / (len(words) + len(own))
            best = max(best, (likeness, words, start))
    if best[0] >= _ALIKE and plain(name) not in plain(unit.text):
        yield unit.lines[best[2]], "project-name", best[1], line, name


def copied_uses(pattern: str, told: Sequence[Paragraph], claims: Sequence[Row]) -> Iterator[Mark]:
    """Yield the longest list that two paragraphs share whose figures speak of other things."""
    spoken: dict[int, set[str]] = {}
    for claim in claims:
        if claim["kind"] != "year":
            spoken.setdefault(claim["line"], set()).add(claim["subject"])
    subjects = [set().union(*(spoken.get(line, ()) for line in {*unit.lines})) for unit in told]
    lists = ["。".join(re.findall(pattern, unit.text)) for unit in told]
    of_each = [each for each in zip(told, subjects, lists, strict=True) if len(each[2]) >= _LIST]
    for (one, first, uses), (other, second, same) in combinations(of_each, 2):
        block = SequenceMatcher(None, uses, same, autojunk=False).find_longest_match()
        words = uses[block.a : block.a + block.size].strip("、")
        enough = len(words) >= _LIST and words.count("、") > 1 and "。" not in words
        if enough and first and second and not first & second:
            at, against = (each.lines[each.text.index(words)] for each in (other, one))
            yield at, "copied-uses", words, against, ""
