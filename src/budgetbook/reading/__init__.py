"""Reads the published text of a disclosure into rows, one a published row.

The reader knows the layout of such disclosures (`budgetbook.forms`) and the words that name
what a sentence speaks of; it knows no amount. A line it cannot place is an `InputError`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..forms.layout import Layout, layout_of, plain
from .forms import FormReader
from .grid import Line, read_grid
from .narrative import Vocabulary, read_narrative, read_prose
from .page import Page, Row, cells, open_page

__all__ = ["Vocabulary", "read"]

_LIST = re.compile(r"目录[）)]?$")
_TITLE_LINE = re.compile(r"\d{4}年.*表\s*([（(]|$)", re.ASCII)
_ABOUT = {
    "department": re.compile(r"部门全称[:：]\s*(.*)"),
    "compiling_unit": re.compile(r"编制单位[:：]\s*(.*)"),
    "unit": re.compile(r"单位[:：]\s*(.*)"),
    "remark": re.compile(r"备注[:：]\s*(.*)"),
}
_NOTHING = re.compile(r"无")


def read(path: Path, vocabulary: Vocabulary) -> dict[str, list[Row]]:
    """Return every published resource of the text at `path`: name → rows.

    Keys: `table-01` … `table-17` as far as printed, `tables`, `claims`, `regulations`,
    `sections`, `repairs`. Values are strings and line numbers; amounts are digits in yuan.
    Raises InputError, naming file and line, for a text that does not have the layout.
    """
    page = open_page(path)
    listing, first = _read_list(page)
    year = int(plain(listing[0]["listed_title"])[:4])
    resources: dict[str, list[Row]] = {}
    tables: list[Row] = []
    forms = FormReader(page)
    for layout, title, start, stop in _segments(page, listing, first):
        rows, about = _read_table(page, forms, layout, title, (start, stop), year, tables)
        resources.setdefault(layout.table, []).extend(rows)
        listed = next(entry for entry in listing if entry["table"] == layout.table)
        tables.append(listed | {"title": title, "line": start} | about)
    printed = {entry["table"] for entry in tables}
    tables += [entry | {"state": "absent"} for entry in listing if entry["table"] not in printed]
    tables.sort(key=lambda entry: (entry["table"], entry.get("occurrence", 1)))
    for entry in tables:
        entry.setdefault("occurrence", 1)

    codes: dict[str, set[str]] = {}
    for table in ("table-05", "table-03"):
        for row in resources.get(table, []):
            if row["code"]:
                codes.setdefault(plain(row["name"]), set()).add(row["code"])
    accounts = {name: min(found) for name, found in codes.items() if len(found) == 1}
    sections, claims = read_narrative(page, first, year, vocabulary, accounts)
    claims += read_prose(page, forms.prose, year, vocabulary)
    page.repairs.sort(key=lambda repair: (repair["line"], repair["kind"], repair["detail"]))
    return resources | {
        "tables": tables,
        "claims": claims,
        "regulations": forms.regulations,
        "sections": sections,
        "repairs": page.repairs,
    }


def _read_list(page: Page) -> tuple[list[Row], int]:
    """Return the document's list of tables and the line (from 1) of its heading."""
    first = next((n for n, t in enumerate(page.lines, 1) if _LIST.search(t.strip())), 0)
    if not first:
        found = "no list of tables"
        raise page.error(max(1, len(page.lines)), found, "a line that ends with the word 目录")
    listing: list[Row] = []
    for number, text in enumerate(page.lines[first:], first + 1):
        parts = [part for part in cells(text) if part]
        if _TITLE_LINE.match(plain(text)):
            break
        if not parts or parts[0] == "编号":
            continue
        layout = layout_of(parts[-1])
        if layout is None or parts[0] != str(layout.number):
            raise page.error(number, " | ".join(parts), "a table's number, name and known title")
        if any(entry["table"] == layout.table for entry in listing):
            raise page.error(number, " | ".join(parts), "each table once in the list")
        listing.append({"table": layout.table, "listed_title": parts[-1], "listed_line": number})
    if not listing:
        raise page.error(first, "an empty list of tables", "a table's number, name and title")
    return listing, first


def _segments(page: Page, listing: Sequence[Row], first: int) -> list[tuple[Layout, str, int, int]]:
    """Return (layout, printed title, first line, last line) of each printed table."""
    titles = {plain(entry["listed_title"]): entry["listed_title"] for entry in listing}
    starts: list[tuple[Layout, str, int]] = []
    after = listing[-1]["listed_line"]
    for number in range(after + 1, len(page.lines) + 1):
        text = page.lines[number - 1].strip()
        if not _TITLE_LINE.match(plain(text)):
            continue
        follows = next((t for t in page.lines[number:] if t.strip()), "").strip()
        whole = text + follows if re.fullmatch(r"[（(].*[）)]", follows) else text
        layout = layout_of(whole)
        if layout is None or plain(whole) not in titles:
            raise page.error(number, f"the title {whole}", "a title of the document's list")
        if whole != titles[plain(whole)]:
            page.repair("mark-width", number, layout.table, "marks of the title made alike")
        starts.append((layout, whole, number))
    if not starts:
        raise page.error(first, "no table after the list", "the titles that the list gives")
    stops = [start for _, _, start in starts[1:]] + [len(page.lines) + 1]
    return [(*start, stop - 1) for start, stop in zip(starts, stops, strict=True)]


def _read_table(
    page: Page,
    forms: FormReader,
    layout: Layout,
    title: str,
    span: tuple[int, int],
    year: int,
    before: Sequence[Row],
) -> tuple[list[Row], Row]:
    """Return the rows of one printed table and what the lines around them say of it."""
    about: Row = {"occurrence": 1 + sum(entry["table"] == layout.table for entry in before)}
    lines: list[Line] = []
    blanks: list[int] = []
    for number in range(span[0] + 1, span[1] + 1):
        text = page.lines[number - 1]
        key = next((k for k, pattern in _ABOUT.items() if pattern.fullmatch(text.strip())), None)
        if not text.strip():
            blanks.append(number)
        elif not lines and plain(text)[0] == "（" and plain(title).endswith(plain(text)):
            continue  # the second line of the title
        elif key:
            value = _ABOUT[key].fullmatch(text.strip())[1]  # type: ignore[index]
            about[key] = _remark_code(value) if key == "remark" else value
            if key == "unit" and value not in ("元", ""):
                raise page.error(number, f"the unit {value}", "the unit 元 (yuan)")
        else:
            lines.append((number, text))
    for number in blanks:
        if lines and lines[0][0] < number < lines[-1][0]:
            page.repair(
                "blank-line", number, layout.table, "blank line inside the table passed over"
            )
    if not lines:
        raise page.error(span[0], "a title without a table", "headings and rows")
    if layout.form:
        rows = forms.read(layout, about["occurrence"], lines)
        empty = not any(row["text"] or row["amount"] or row["indicator"] for row in rows)
    elif layout.columns:
        rows = read_grid(page, layout, lines, year)
        amounts = [c.name for c in layout.columns if c.kind == "amount"]
        empty = not any(row[name] for row in rows for name in amounts)
    else:
        raise page.error(lines[0][0], f"rows of {layout.table}", "a table whose layout is known")
    state = "printed empty" if empty else "printed"
    return rows, about | {"last_line": lines[-1][0], "rows": len(rows), "state": state}


def _remark_code(text: str) -> str:
    """Code a remark: no sentence of the document is stored."""
    return "nothing-to-report" if _NOTHING.search(text) else "other"
