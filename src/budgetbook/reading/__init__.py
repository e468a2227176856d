"""Reads the published text of a disclosure into rows, one a published row.

The reader is told what such disclosures look like by a form (`budgetbook.forms`), and by words
what a sentence speaks of; it knows no amount. A line it cannot place is an `InputError`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..forms import Form, Table, plain
from .cover import Cover, read_cover
from .forms import FormReader
from .grid import GridReader, Line
from .narrative import read_narrative, read_prose
from .page import Page, Row, cells
from .paragraphs import is_page_number
from .phrases import Phrases, Vocabulary

__all__ = ["Reading", "Vocabulary", "read"]

_BRACKETS = re.compile(r"[（(].*[）)]")
_YEAR = re.compile(r"\d{4}\s*年", re.ASCII)
#: The last words of a title, whatever the form: with its bracket, or before one that is cut off.
_ENDS_AS_TITLE = re.compile(r"表\s*(?:[（(]|$)")
#: What leads to the number of a page, and that number, at the end of a line of contents.
_PAGE_OF = re.compile(r"(?:[.．…·•\s—-]{2,}|\s)[（(—-]*\d{1,3}[）)—-]*$")
_FEW = 2  # lines of contents, with their heading, that may be something else
_SHOWN = 3


class Reading(NamedTuple):
    """What a text was read as: form, budget year, cover, and published resources by name."""

    form: Form
    year: int
    cover: Cover
    resources: dict[str, list[Row]]


class _Printed(NamedTuple):
    """One printed table: its title and the line of it, the last line that belongs to it."""

    table: Table
    title: str
    start: int
    stop: int


def read(page: Page, vocabulary: Vocabulary, forms: Sequence[Form]) -> Reading:
    """Read a page in the form of `forms` that knows most of its titles.

    Resources: the tables by role as far as they are printed, `tables`, `claims`, `unread`,
    `regulations`, `sections`, `repairs`. Values are strings and line numbers; amounts are digits
    in yuan. Raises InputError, naming file and line, for a text that has the layout of none of
    `forms`.
    """
    form = _form_of(page, forms)
    page.form = form.name
    listing, first = _read_list(page, form)
    printed = _find_tables(page, form, listing, first)
    year = _year_of(page, form, listing, printed)
    tables: list[Row] = []
    resources: dict[str, list[Row]] = {}
    reader = FormReader(page, form)
    for each in printed:
        nth = 1 + sum(entry["table"] == each.table.role for entry in tables)
        rows, about = _read_table(page, reader, each, year, nth)
        resources.setdefault(each.table.role, []).extend(rows)
        listed = next(entry for entry in listing if entry["table"] == each.table.role)
        tables.append(listed | {"title": each.title, "line": each.start} | about)
    beside = [e.get("department") or e.get("compiling_unit") or "" for e in tables]
    cover = read_cover(page, form, first, beside)
    phrases = Phrases(vocabulary, _accounts(resources, vocabulary), cover.office)
    sections, told = read_narrative(page, form, first, year, phrases)
    read_prose(page, reader.prose, year, phrases, told)
    page.repairs.sort(key=lambda repair: (repair["line"], repair["kind"], repair["detail"]))
    resources |= {
        "tables": _with_absent(tables, listing),
        "claims": told.claims,
        "unread": told.unread,
        "regulations": reader.regulations,
        "sections": sections,
        "repairs": page.repairs,
    }
    return Reading(form, year, cover, resources)


def _form_of(page: Page, forms: Sequence[Form]) -> Form:
    """Return the form family that knows most of the titles that the text prints."""
    texts = {cell for text in page.lines for cell in cells(text) if cell}
    known = {form.name: sum(form.titled(text) is not None for text in texts) for form in forms}
    most = max(known.values(), default=0)
    best = [form for form in forms if known[form.name] == most]
    names = ", ".join(known)
    if not most:
        lines = ((n, text.strip()) for n, text in enumerate(page.lines, 1))
        found = [(n, text) for n, text in lines if _like_title(text)]
        titles = ", ".join(text for _, text in found[:_SHOWN])
        what = f"titles that no form knows ({titles})" if found else "no title of a table"
        raise page.error(found[0][0] if found else 1, what, f"titles of one of the forms {names}")
    if len(best) > 1:
        both = " and ".join(form.name for form in best)
        expected = "titles that one form knows best: tell the forms apart in their tables.csv"
        raise page.error(1, f"titles that {both} know alike", expected)
    return best[0]


def _like_title(text: str) -> bool:
    """Whether a line looks like a title of a table: one cell that names a year and ends so."""
    return bool("\t" not in text and _YEAR.search(text) and _ENDS_AS_TITLE.search(text))


def _read_list(page: Page, form: Form) -> tuple[list[Row], int]:
    """Return the document's list of tables and the line (from 1) of its heading."""
    wording = form.wording
    first = _list_heading(page, form)
    if not first:
        expected = f"a line that ends with the word {' or '.join(wording.list_headings)}"
        raise page.misfit(max(1, len(page.lines)), "no list of tables", expected)
    listing: list[Row] = []
    for number, text in enumerate(page.lines[first:], first + 1):
        parts = [part for part in cells(text) if part]
        if not parts or plain(parts[0]) in wording.list_columns:
            continue
        entry = wording.entry(parts)
        if entry is None and form.wording.title(text):
            break
        table = form.listed(entry.title) if entry else None
        again = table is not None and any(x["table"] == table.role for x in listing)
        if again and form.wording.title(text):
            break
        if table is None or entry is None or entry.number not in (0, table.number):
            raise page.misfit(number, " | ".join(parts), _expected_entry(form))
        if again:
            raise page.misfit(number, " | ".join(parts), "each table once in the list")
        listing.append({"table": table.role, "listed_title": entry.title, "listed_line": number})
    if not listing:
        raise page.misfit(first, "an empty list of tables", _expected_entry(form))
    return listing, first


def _list_heading(page: Page, form: Form) -> int:
    """Return the line (from 1) of the heading of the list of tables, 0 if there is none.

    A contents page before it has such a heading too: it lists no table, and is passed over.
    """
    heads = [n for n, text in enumerate(page.lines, 1) if form.wording.opens_list(text)]
    for head in heads:
        below = ([cell for cell in cells(text) if cell] for text in page.lines[head:])
        rows = (row for row in below if row and plain(row[0]) not in form.wording.list_columns)
        entry = form.wording.entry(next(rows, []))
        if entry and form.listed(entry.title):
            for earlier in heads[: heads.index(head)]:
                _pass_contents(page, earlier, head)
            return head
    return heads[-1] if heads else 0


def _pass_contents(page: Page, head: int, stop: int) -> None:
    """Pass over a contents page: its lines have the number of a page, or stand below again."""
    passed = [head]
    for number, text in enumerate(page.lines[head : stop - 1], head + 1):
        named = plain(_PAGE_OF.sub("", text.strip()))
        below = (plain(each) for each in page.lines[number:])
        if named and named == plain(text) and named not in below:
            break
        passed += [number] if named else []
    if len(passed) > _FEW:
        detail = f"{len(passed) - 1} lines of contents passed over"
        page.repair("contents-page", head, "", detail)
        for number in passed:
            page.lines[number - 1] = ""


def _expected_entry(form: Form) -> str:
    number = "a table's number and its " if form.wording.lists_numbers else "a table's "
    entries = " or ".join(e.replace("\t", " | ") for e in form.wording.list_entries)
    return f"{number}known title, as {entries}"


def _find_tables(page: Page, form: Form, listing: Sequence[Row], first: int) -> list[_Printed]:
    """Return the printed tables in their order, each with the lines it takes."""
    listed = {entry["table"]: entry["listed_title"] for entry in listing}
    starts: list[tuple[Table, str, int]] = []
    for number in range(listing[-1]["listed_line"] + 1, len(page.lines) + 1):
        whole = _title_at(page, form, number)
        if whole is None:
            continue
        table = form.titled(whole)
        title = listed.get(table.role, "") if table else ""
        if table is None or not form.agree(title, whole):
            raise page.misfit(number, f"the title {whole}", "a title of the document's list")
        if title != whole and plain(title) == plain(whole):
            page.repair("mark-width", number, table.role, "marks of the title made alike")
        starts.append((table, whole, number))
    if not starts:
        raise page.misfit(first, "no table after the list", "the titles that the list gives")
    stops = [start for _, _, start in starts[1:]] + [len(page.lines) + 1]
    return [_Printed(*start, stop - 1) for start, stop in zip(starts, stops, strict=True)]


def _title_at(page: Page, form: Form, number: int) -> str | None:
    """Return the title that begins in a line, with a bracket that stands below it, or None."""
    text = page.lines[number - 1].strip()
    if not text or form.wording.says_of_table(text):
        return None
    follows = next((t for t in page.lines[number:] if t.strip()), "").strip()
    whole = text + follows if _BRACKETS.fullmatch(follows) else text
    if form.titled(whole):
        return whole
    return whole if form.wording.title(text) or _like_title(text) else None


def _year_of(page: Page, form: Form, listing: Sequence[Row], printed: Sequence[_Printed]) -> int:
    """Return the budget year that all titles name; InputError names the line of another one."""
    titles = [(entry["listed_line"], entry["listed_title"]) for entry in listing]
    titles += [(each.start, each.title) for each in printed]
    years = [(n, int(t["year"])) for n, text in titles if (t := form.wording.title(text))]
    for number, year in years:
        if year != years[0][1]:
            expected = f"the year {years[0][1]}, as in the titles before it"
            raise page.misfit(number, f"a title of the year {year}", expected)
    return years[0][1]


def _read_table(
    page: Page, forms: FormReader, printed: _Printed, year: int, nth: int
) -> tuple[list[Row], Row]:
    """Return the rows of one printed table and what the lines around them say of it."""
    table = printed.table
    lines, about = _lines_of(page, forms.form, printed)
    if not lines:
        raise page.misfit(printed.start, "a title without a table", "headings and rows")
    if table.form:
        rows = forms.read(table, nth, lines)
        empty = not any(row["text"] or row["amount"] or row["indicator"] for row in rows)
    elif table.columns:
        rows = GridReader(page, forms.form, table, year).read(lines)
        empty = not any(row[name] for row in rows for name in table.amounts)
    else:
        expected = "a table whose layout is known"
        raise page.misfit(lines[0][0], f"rows of {table.role}", expected)
    state = "printed empty" if empty else "printed"
    if "remark" in about:
        about["remark"] = _coded(forms.form, about["remark"], empty)
    about |= {"occurrence": nth, "last_line": lines[-1][0], "rows": len(rows), "state": state}
    return rows, about


def _lines_of(page: Page, form: Form, printed: _Printed) -> tuple[list[Line], Row]:
    """Return the lines of a printed table, and what those beside it say: unit, department …"""
    about: Row = {}
    lines: list[Line] = []
    blanks: list[int] = []
    for number in range(printed.start + 1, printed.stop + 1):
        text = page.lines[number - 1]
        said = [form.wording.says_of_table(cell) for cell in cells(text) if cell]
        if not said:
            blanks.append(number)
        elif is_page_number(page, number, printed.table.role):
            continue
        elif not lines and plain(text)[0] == "（" and plain(printed.title).endswith(plain(text)):
            continue  # the second line of the title
        elif None not in said:
            about |= {
                key: _said(page, form, number, key, value) for key, value in filter(None, said)
            }
        else:
            lines.append((number, text))
    for number in blanks:
        if lines and lines[0][0] < number < lines[-1][0]:
            detail = "blank line inside the table passed over"
            page.repair("blank-line", number, printed.table.role, detail)
    return lines, about


def _said(page: Page, form: Form, number: int, key: str, value: str) -> str:
    """Return what stands beside a table; InputError for a unit that the form does not have."""
    if key == "unit" and value not in (*form.wording.units, ""):
        expected = f"the unit {' or '.join(form.wording.units)}"
        raise page.misfit(number, f"the unit {value}", expected)
    return value


def _coded(form: Form, remark: str, empty: bool) -> str:
    """Return the code of a remark: no sentence of the document is stored."""
    words = form.wording.nothing if empty else form.wording.empties
    return "nothing-to-report" if any(word in remark for word in words) else "other"


def _with_absent(tables: Sequence[Row], listing: Sequence[Row]) -> list[Row]:
    """Return the entries of the printed tables, and of those that are listed and not printed."""
    printed = {entry["table"] for entry in tables}
    absent = [
        e | {"state": "absent", "occurrence": 1} for e in listing if e["table"] not in printed
    ]
    return sorted([*tables, *absent], key=lambda e: (e["listed_line"], e["occurrence"]))


def _accounts(
    resources: Mapping[str, Sequence[Row]], vocabulary: Vocabulary
) -> dict[str, list[str]]:
    """Return the functional accounts of the tables, and the classes kept: plain name → codes."""
    codes = {plain(name): {code} for name, code in vocabulary.classes.items()}
    for role in ("spending-by-function", "spending-summary"):
        for row in resources.get(role, ()):
            if row["code"]:
                codes.setdefault(plain(row["name"]), set()).add(row["code"])
    return {name: sorted(found) for name, found in codes.items()}
