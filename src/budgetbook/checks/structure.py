"""Checks of the document's form: tables, titles, units, codes, names, years, signs of damage.

One check a table for each thing that every row or printing should have; what has it not is
counted, and named as an offender.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..model.counting import Column, Count, records, where
from ..model.disclosure import Disclosure
from ..model.expressions import Constant, Expression, Year
from .check import PACKAGE, Check

#: What the reader records where the printed text is damaged, by kind.
SIGNS = {
    "blank-in-number": ("a blank inside a figure", "数字中有空格"),
    "blank-line": ("a blank line inside a table", "表内有空行"),
    "full-width-mark": ("full-width marks in a figure", "数字中有全角符号"),
    "joined-paragraph": ("a paragraph cut in two", "段落被截断"),
    "lone-number": ("a number of a list without its text", "编号单独成行"),
    "mark-width": ("marks of one title in two widths", "同一标题全角半角不一"),
    "merged-header": ("two headings merged", "表头合并"),
    "missing-header": ("a heading that is missing", "缺表头"),
    "ragged-row": ("rows with too few or too many cells", "行内缺格或多格"),
    "shifted-row": ("cells under the wrong heading", "单元格错位"),
    "spreadsheet-error": ("a spreadsheet's error message for a figure", "数字处为电子表格错误信息"),
    "stray-word": ("a foreign word inside a sentence", "句中夹有外文词"),
}

#: What should be true of every printing of a table: name, statements, guards, who offends.
_OF_PRINTINGS: list[tuple[str, str, str, str, list[tuple[Any, ...]]]] = [
    (
        "units",
        "every printing of {0} names the unit of its amounts",
        "{1}各张均注明金额单位",
        "amounts without a unit",
        [("state", "is not", "absent"), ("unit", "is not", "元")],
    ),
    (
        "titles",
        "{0} is printed under the title that the list gives it",
        "{1}标题与目录一致",
        "a table under another title",
        [("state", "is not", "absent"), ("as_listed", "is blank")],
    ),
]
_EMPTY = (
    "remarks",
    "where {0} is empty, it says so",
    "{1}为空表并有说明",
    "an empty table without a word",
    [("state", "is", "printed empty"), ("remark", "is blank")],
)
_FULL = (
    "notes",
    "where {0} says that it is empty, it is",
    "{1}注明为空表的，表内确无数据",
    "a note left over from another year, or rows under the wrong title",
    [("state", "is", "printed"), ("remark", "is", "nothing-to-report")],
)
#: The same of every account of a table.
_OF_ACCOUNTS: list[tuple[str, str, str, str, list[tuple[Any, ...]]]] = [
    (
        "codes",
        "every account of {0} has a code",
        "{1}各科目均有编码",
        "an account without a code",
        [("code", "is blank")],
    ),
    (
        "parents",
        "of every account of {0} the account above has a row too",
        "{1}各科目的上级科目也列出",
        "an account whose class or section was left out",
        [("above", "is filled"), ("above_printed", "is blank")],
    ),
    (
        "names",
        "every account of {0} has the name that its code has elsewhere",
        "{1}各科目名称与编码相符",
        "a name beside the wrong code",
        [("code", "is filled"), ("name", "is not", Column("name_of_code"))],
    ),
]


def structure(disclosure: Disclosure) -> Iterator[Check]:
    """Tables are printed as listed, with unit and remark; accounts have codes; years agree."""
    for table in dict.fromkeys(entry["table"] for entry in disclosure.listing):
        yield from _printings(disclosure, table)
    for table in dict.fromkeys(row["table"] for _, row in records(disclosure, "accounts")):
        words = disclosure.form.tables[table].words
        for rule in _OF_ACCOUNTS:
            yield _none(rule, words, "accounts", table)
    yield from _years(disclosure)
    for kind, (english, chinese) in SIGNS.items():
        yield _check(
            f"signs.{kind}",
            f"nothing shows {english}",
            f"没有此类痕迹：{chinese}",
            "a figure or a word lost when the page was read",
            Count(f"places with {english}", "repairs", where(("kind", "is", kind))),
        )


def _printings(disclosure: Disclosure, table: str) -> Iterator[Check]:
    entries = [entry for entry in disclosure.listing if entry["table"] == table]
    states = [entry["state"] for entry in entries]
    noted = any((e["state"], e["remark"]) == ("printed", "nothing-to-report") for e in entries)
    words = disclosure.form.tables[table].words
    there = (("table", "is", table), ("state", "is not", "absent"), ("occurrence", "is", 1))
    yield _check(
        f"printed.{table}",
        f"{words[0]} is listed and printed",
        f"目录所列{words[1]}已公开",
        "a table listed and left out",
        Count(f"printings of {words[0]}", "printings", where(*there)),
        Constant(1),
    )
    if set(states) != {"absent"}:
        empty = [_EMPTY] if "printed empty" in states else []
        for rule in [*_OF_PRINTINGS, *empty, *([_FULL] if noted else [])]:
            yield _none(rule, words, "printings", table)


def _none(
    rule: tuple[str, str, str, str, list[tuple[Any, ...]]],
    words: Sequence[str],
    resource: str,
    table: str,
) -> Check:
    """Return the check that nothing of a table offends against a rule."""
    name, english, chinese, guards, offends = rule
    said = english.format(*words)
    count = Count(f"exceptions: {said}", resource, where(("table", "is", table), *offends))
    return _check(f"{name}.{table}", said, chinese.format(*words), guards, count)


def _years(disclosure: Disclosure) -> Iterator[Check]:
    """The years that the text names are the year of the tables' titles or the year before."""
    for name, subject, kind, expected, english, chinese in (
        ("years.this", "budget-year", "year", Year(), "that of the tables", "与表一致"),
        ("years.prior", "prior-year", "year", Year(-1), "the one before", "为表之上年"),
        ("stock-dates", "stock-date", "month", 12, "the end of the year", "为年末"),
    ):
        said = f"where the text speaks of it, the {kind} is {english}"
        offends = [("subject", "is", subject), ("kind", "is", kind), ("value", "is not", expected)]
        if any((c["subject"], c["kind"]) == (subject, kind) for c in disclosure.claims):
            yield _check(
                name,
                said,
                f"文字所述{'年度' if kind == 'year' else '统计时点'}{chinese}",
                "a sentence left over from another year",
                Count(f"exceptions: {said}", "claims", where(*offends)),
            )


def kept(disclosure: Disclosure) -> Iterator[Check]:
    """The data package holds as many rows and figures as were read from the text."""
    there = (entry["table"] for entry in disclosure.listing if entry["state"] != "absent")
    for table in dict.fromkeys(there):
        english, chinese = disclosure.form.tables[table].words
        said = f"data/ holds as many rows of {english} as were read"
        other = ("state", "is not", "absent"), ("rows", "is not", Column("rows_here"))
        yield _package(
            f"rows.{table}",
            said,
            f"数据中{chinese}的行数与所读一致",
            Count(f"exceptions: {said}", "printings", where(("table", "is", table), *other)),
        )
    said = "data/ holds as many figures of each section as were read"
    yield _package(
        "claims",
        said,
        "数据中各部分的数字个数与所读一致",
        Count(
            f"exceptions: {said}",
            "sections read",
            where(("claims", "is not", Column("claims_here"))),
        ),
    )


def _package(name: str, english: str, chinese: str, count: Count) -> Check:
    guards = "a row or a figure lost since the text was read, or one too many"
    sides = count, Constant(0)
    return Check(
        f"{PACKAGE}.{name}", PACKAGE, english, chinese, guards, *sides, source="disclosure"
    )


def _check(
    name: str,
    english: str,
    chinese: str,
    guards: str,
    left: Expression,
    right: Expression = Constant(0),  # noqa: B008
) -> Check:
    family = "structure"
    return Check(
        f"{family}.{name}", family, english, chinese, guards, left, right, source="disclosure"
    )
