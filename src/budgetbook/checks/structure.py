"""Checks of the document's form: tables, titles, units, codes, names, years, signs of damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..forms import plain
from ..model.address import Address
from ..model.classification import parent
from ..model.disclosure import TOTAL, Disclosure
from ..model.expressions import Claim, Constant, Count, Expression
from ..package.store import Row
from .check import Check

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


#: Tables whose codes are economic → the classification of their names.
_REFERENCE = {
    "basic-by-economic": "department-economic-classification",
    "basic-by-government": "government-economic-classification",
    "project-by-economic": "department-economic-classification",
    "project-by-government": "government-economic-classification",
}


def structure(disclosure: Disclosure) -> Iterator[Check]:
    """Tables are printed as listed, with unit and remark; accounts have codes; years agree."""
    for entry in disclosure.listing:
        yield from _printing(disclosure, entry)
    for table, rows in disclosure.tables.items():
        if disclosure.form.has(table, "code"):
            for row in rows:
                if plain(row["name"] or "") != TOTAL:
                    yield from _account(table, disclosure.address(row))
    yield from _years(disclosure)
    for section in disclosure.reference["sections"]:
        yield _figures(section["section"], section["title"])
    for kind, (words, words_zh) in SIGNS.items():
        yield _check(
            f"signs.{kind}",
            f"nothing shows {words}",
            f"没有此类痕迹：{words_zh}",
            "a figure or a word lost when the page was read",
            Count(f"places with {words}", _repairs(kind)),
            Constant(0),
        )


def _printing(disclosure: Disclosure, entry: Row) -> Iterator[Check]:
    table, nth, state = entry["table"], entry["occurrence"], entry["state"]

    def these(d: Disclosure) -> Iterator[Row]:
        return (e for e in d.listing if (e["table"], e["occurrence"]) == (table, nth))

    english, chinese = disclosure.form.tables[table].words

    if nth == 1:
        yield _one(
            f"printed.{table}",
            f"{english} is listed and printed",
            f"目录所列{chinese}已公开",
            "a table listed and left out",
            f"printings of {table}",
            lambda d: int(any(e["table"] == table and e["state"] != "absent" for e in d.listing)),
        )
    if state == "absent":
        return
    yield _one(
        f"unit.{table}.{nth}",
        f"{english} ({nth}) names the unit of its amounts",
        f"{chinese}（{nth}）注明金额单位",
        "amounts without a unit",
        f"unit line of {table} ({nth}), in yuan",
        lambda d: sum(e["unit"] == "元" for e in these(d)),
    )
    yield _one(
        f"title.{table}.{nth}",
        f"{english} ({nth}) is printed under the title that the list gives it",
        f"{chinese}（{nth}）标题与目录一致",
        "a table under another title",
        f"printings of {table} ({nth}) under its listed title",
        lambda d: sum(plain(e["title"] or "") == plain(e["listed_title"] or "?") for e in these(d)),
    )
    yield _check(
        f"rows.{table}.{nth}",
        f"{english} ({nth}) has as many rows as were read from the text",
        f"{chinese}（{nth}）行数与所读文本一致",
        "a row lost, or one too many",
        Count(f"rows of {table} ({nth})", lambda d: _rows(d, table, nth)),
        Count(f"rows read for {table} ({nth})", lambda d: sum(e["rows"] or 0 for e in these(d))),
    )
    if state == "printed empty":
        yield _one(
            f"remark.{table}.{nth}",
            f"{english} ({nth}) is empty and says so",
            f"{chinese}（{nth}）为空表并有说明",
            "an empty table without a word",
            f"remarks under {table} ({nth})",
            lambda d: sum(bool(e["remark"]) for e in these(d)),
        )


def _rows(disclosure: Disclosure, table: str, nth: int) -> int:
    """Count the rows of one printing of a table; a form's rows carry its number."""
    several = sum(e["table"] == table for e in disclosure.listing) > 1
    rows = disclosure.tables.get(table, ())
    return sum(row.get("form", nth) == nth for row in rows) if several else len(rows)


def _account(table: str, address: Address) -> Iterator[Check]:
    name = address.name

    def row(d: Disclosure) -> Row:
        found = d.at(address)
        return found[0] if found else {}

    def code(d: Disclosure) -> str:
        return str(row(d).get("code") or "")

    yield _one(
        f"code.{address}",
        f"the account {name} has a code",
        f"科目{name}有编码",
        "an account without a code",
        f"code of {address}",
        lambda d: int(bool(code(d))),
    )
    yield _check(
        f"parent.{address}",
        f"the account above {name} has a row too",
        f"科目{name}的上级科目也列出",
        "an account whose class or section was left out",
        Count(
            f"account above {address} without a row",
            lambda d: int(
                bool(parent(code(d)))
                and parent(code(d)) not in {r["code"] for r in d.tables[table]}
            ),
        ),
        Constant(0),
    )
    reference = _REFERENCE.get(table, "functional-classification")

    def misnamed(d: Disclosure) -> int:
        names = {r["code"]: plain(r["name_zh"]) for r in d.reference[reference]}
        return int(bool(code(d)) and names.get(code(d)) != plain(str(row(d).get("name"))))

    yield _check(
        f"name.{address}",
        f"the account {name} has the name that its code has elsewhere",
        f"科目{name}的名称与编码相符",
        "a name beside the wrong code",
        Count(f"other name of {address}", misnamed),
        Constant(0),
    )


def _figures(section: str, title: str) -> Check:
    def read(d: Disclosure) -> int:
        return sum(s["claims"] for s in d.reference["sections"] if s["section"] == section)

    return _check(
        f"claims.{section}",
        f"the section {title} has as many figures as were read from it",
        f"“{title}”部分的数字与所读文本一致",
        "a figure of the text lost, or one too many",
        Count(
            f"figures of {section}",
            lambda d: sum(c["section"] == section for c in d.claims),
        ),
        Count(f"figures read in {section}", read),
    )


def _years(disclosure: Disclosure) -> Iterator[Check]:
    """The years that the text names are the year of the tables' titles or the year before."""
    year = Count("year in the titles of the tables", lambda d: d.year)
    last = Count("year before that of the titles", lambda d: d.year - 1)
    expected: dict[str, Expression] = {"budget-year": year, "prior-year": last}
    for claim in disclosure.claims:
        if claim["kind"] == "year" and claim["subject"] in expected:
            yield _check(
                f"year.{claim['id']}",
                "the year in the text is that of the tables, or the one before",
                "文字所述年度与表一致",
                "a sentence left over from another year",
                Claim(claim["id"]),
                expected[claim["subject"]],
            )

    for claim in disclosure.claims:
        if claim["subject"] == "stock-date" and claim["kind"] == "month":
            yield _check(
                f"stock-date.{claim['id']}",
                "assets are counted at the end of the year",
                "资产按年末数统计",
                "a date left over from an earlier draft",
                Claim(claim["id"]),
                Constant(12),
            )


def _repairs(kind: str) -> Callable[[Disclosure], int]:
    return lambda d: sum(r["kind"] == kind for r in d.reference["repairs"])


def _one(
    where: str,
    english: str,
    chinese: str,
    guards: str,
    what: str,
    count: Callable[[Disclosure], int],
) -> Check:
    return _check(where, english, chinese, guards, Count(what, count), Constant(1))


def _check(
    where: str, english: str, chinese: str, guards: str, left: Expression, right: Expression
) -> Check:
    return Check(
        f"structure.{where}",
        "structure",
        english,
        chinese,
        guards,
        left,
        right,
        source="disclosure",
    )
