"""Reads the published text of a disclosure into rows, one a published row.

The reader knows the layout of such disclosures (`budgetbook.forms`) and the words that name
what a sentence speaks of; it knows no amount. A line it cannot place is an `InputError`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..forms import Form, Table, plain
from .forms import FormReader
from .grid import Line, read_grid
from .narrative import Vocabulary, read_narrative, read_prose
from .page import Page, Row, cells, open_page

__all__ = ["Vocabulary", "read", "year_of"]

_TITLE_LINE = re.compile(r"\d{4}年.*表\s*([（(]|$)", re.ASCII)
_ABOUT = {
    "department": re.compile(r"部门全称[:：]\s*(.*)"),
    "compiling_unit": re.compile(r"编制单位[:：]\s*(.*)"),
    "unit": re.compile(r"单位[:：]\s*(.*)"),
    "remark": re.compile(r"备注[:：]\s*(.*)"),
}
_NOTHING = re.compile(r"无")


def read(
    path: Path, vocabulary: Vocabulary, forms: Sequence[Form]
) -> tuple[Form, dict[str, list[Row]]]:
    """Return the form family of the text at `path`, and its published resources: name → rows.

    Keys: the tables by role as far as they are printed, `tables`, `claims`, `regulations`,
    `sections`, `repairs`. Values are strings and line numbers; amounts are digits in yuan.
    Raises InputError, naming file and line, for a text that has the layout of none of `forms`.
    """
    page = open_page(path)
    form = _form_of(page, forms)
    listing, first = _read_list(page, form)
    year = year_of(form, listing)
    resources: dict[str, list[Row]] = {}
    tables: list[Row] = []
    reader = FormReader(page, form)
    for table, title, start, stop in _segments(page, form, listing, first):
        rows, about = _read_table(page, reader, table, title, (start, stop), year, tables)
        resources.setdefault(table.role, []).extend(rows)
        listed = next(entry for entry in listing if entry["table"] == table.role)
        tables.append(listed | {"title": title, "line": start} | about)
    printed = {entry["table"] for entry in tables}
    tables += [entry | {"state": "absent"} for entry in listing if entry["table"] not in printed]
    for entry in tables:
        entry.setdefault("occurrence", 1)
    tables.sort(key=lambda entry: (entry["listed_line"], entry["occurrence"]))

    codes: dict[str, set[str]] = {}
    for role in ("spending-by-function", "spending-summary"):
        for row in resources.get(role, []):
            if row["code"]:
                codes.setdefault(plain(row["name"]), set()).add(row["code"])
    accounts = {name: min(found) for name, found in codes.items() if len(found) == 1}
    sections, claims = read_narrative(page, form, first, year, vocabulary, accounts)
    claims += read_prose(page, reader.prose, year, vocabulary)
    page.repairs.sort(key=lambda repair: (repair["line"], repair["kind"], repair["detail"]))
    return form, resources | {
        "tables": tables,
        "claims": claims,
        "regulations": reader.regulations,
        "sections": sections,
        "repairs": page.repairs,
    }


def year_of(form: Form, listing: Sequence[Row]) -> int:
    """Return the budget year that the titles of a document's list of tables name."""
    found = form.title.fullmatch(plain(listing[0]["listed_title"]))
    assert found
    return int(found["year"])


def _form_of(page: Page, forms: Sequence[Form]) -> Form:
    """Return the form family that knows most of the titles that the text prints."""
    texts = {cells(line)[-1] for line in page.lines if line.strip()}

    def known(form: Form) -> int:
        return sum(form.titled(text) is not None for text in texts)

    return max(forms, key=known)


def _list_line(page: Page, form: Form) -> int:
    """Return the line (from 1) of the heading of the document's list of tables, 0 if none."""
    ends = re.compile(re.escape(form.wording["list_ends"]) + "[）)]?$")
    return next((n for n, t in enumerate(page.lines, 1) if ends.search(t.strip())), 0)


def _read_list(page: Page, form: Form) -> tuple[list[Row], int]:
    """Return the document's list of tables and the line (from 1) of its heading."""
    first = _list_line(page, form)
    if not first:
        word = form.wording["list_ends"]
        expected = f"a line that ends with the word {word}"
        raise page.error(max(1, len(page.lines)), "no list of tables", expected)
    listing: list[Row] = []
    for number, text in enumerate(page.lines[first:], first + 1):
        parts = [part for part in cells(text) if part]
        if form.title.fullmatch(plain(text)):
            break
        if not parts or parts[0] == form.wording["list_heading"]:
            continue
        table = form.titled(parts[-1])
        if table is None or parts[0] != str(table.number):
            raise page.error(number, " | ".join(parts), "a table's number, name and known title")
        if any(entry["table"] == table.role for entry in listing):
            raise page.error(number, " | ".join(parts), "each table once in the list")
        listing.append({"table": table.role, "listed_title": parts[-1], "listed_line": number})
    if not listing:
        raise page.error(first, "an empty list of tables", "a table's number, name and title")
    return listing, first


def _segments(
    page: Page, form: Form, listing: Sequence[Row], first: int
) -> list[tuple[Table, str, int, int]]:
    """Return (table, printed title, first line, last line) of each printed table."""
    titles = {plain(entry["listed_title"]): entry["listed_title"] for entry in listing}
    starts: list[tuple[Table, str, int]] = []
    after = listing[-1]["listed_line"]
    for number in range(after + 1, len(page.lines) + 1):
        text = page.lines[number - 1].strip()
        if not _opens_title(form, text):
            continue
        follows = next((t for t in page.lines[number:] if t.strip()), "").strip()
        whole = text + follows if re.fullmatch(r"[（(].*[）)]", follows) else text
        table = form.titled(whole)
        if table is None or plain(whole) not in titles:
            raise page.error(number, f"the title {whole}", "a title of the document's list")
        if whole != titles[plain(whole)]:
            page.repair("mark-width", number, table.role, "marks of the title made alike")
        starts.append((table, whole, number))
    if not starts:
        raise page.error(first, "no table after the list", "the titles that the list gives")
    stops = [start for _, _, start in starts[1:]] + [len(page.lines) + 1]
    return [(*start, stop - 1) for start, stop in zip(starts, stops, strict=True)]


def _opens_title(form: Form, text: str) -> bool:
    """Whether a line is a title, or the first line of one whose brackets stand below it."""
    return bool(form.title.fullmatch(plain(text)) or _TITLE_LINE.match(plain(text)))


def _read_table(
    page: Page,
    forms: FormReader,
    table: Table,
    title: str,
    span: tuple[int, int],
    year: int,
    before: Sequence[Row],
) -> tuple[list[Row], Row]:
    """Return the rows of one printed table and what the lines around them say of it."""
    about: Row = {"occurrence": 1 + sum(entry["table"] == table.role for entry in before)}
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
            if key == "unit" and value not in (*forms.form.wording["units"], ""):
                expected = " or ".join(forms.form.wording["units"])
                raise page.error(number, f"the unit {value}", f"the unit {expected}")
        else:
            lines.append((number, text))
    for number in blanks:
        if lines and lines[0][0] < number < lines[-1][0]:
            page.repair("blank-line", number, table.role, "blank line inside the table passed over")
    if not lines:
        raise page.error(span[0], "a title without a table", "headings and rows")
    if table.form:
        rows = forms.read(table, about["occurrence"], lines)
        empty = not any(row["text"] or row["amount"] or row["indicator"] for row in rows)
    elif table.columns:
        rows = read_grid(page, table, lines, year)
        amounts = [c.name for c in table.columns if c.kind == "amount"]
        empty = not any(row[name] for row in rows for name in amounts)
    else:
        raise page.error(lines[0][0], f"rows of {table.role}", "a table whose layout is known")
    state = "printed empty" if empty else "printed"
    return rows, about | {"last_line": lines[-1][0], "rows": len(rows), "state": state}


def _remark_code(text: str) -> str:
    """Code a remark: no sentence of the document is stored."""
    return "nothing-to-report" if _NOTHING.search(text) else "other"
