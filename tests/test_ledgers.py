"""Beside each family of checks a file of small ledgers: a few rows, and the verdict to expect.

A file of tests/ledgers/ is read by people first. `== ` begins a case. A word alone names a table
or another resource by its role; its headings and its rows follow, with `|` between the cells.
`unit`, `office` and `year` say what the document is. `> verdict: check` is what is expected of a
check by its id.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import budgetbook
from budgetbook.checks import Verdict, run
from budgetbook.forms import family
from budgetbook.model.disclosure import Disclosure
from budgetbook.model.entries import identified
from budgetbook.model.rounding import in_yuan
from budgetbook.package.schema import columns, declared

FOLDER = Path(__file__).parent / "ledgers"
FORM = family("chongqing-district")
NUMBERS = {"form", "occurrence", "rows", "year", "base_year", "line", "last_line", "claims"}
AMOUNTS = {"value", "weight", "amount", "second_amount", "growth"}


class Case(NamedTuple):
    """One small document: what it is, its resources as they are written, what is expected."""

    title: str
    about: dict
    resources: dict
    expected: list


def cases(path):
    """Return the cases of a file."""
    found = []
    for text in path.read_text(encoding="utf-8").splitlines():
        line = text.strip()
        if line.startswith("=="):
            found.append(Case(line.strip("= "), {}, {}, []))
        elif line.startswith(">"):
            verdict, _, check = line.strip("> ").partition(": ")
            found[-1].expected.append((Verdict(verdict), check))
        elif "|" in line:
            *_, (headings, rows) = found[-1].resources.values()
            cells = [cell.strip() for cell in text.split("|")]
            if headings:
                assert len(cells) == len(headings), f"{path.name}: {text}"
                rows.append(dict(zip(headings, cells, strict=True)))
            else:
                headings.extend(cells)
        elif line and not line.startswith("#"):
            word, _, value = line.partition(" ")
            if value:
                found[-1].about[word] = value
            else:
                found[-1].resources[word] = ([], [])
    return found


def typed(name, row, number):
    """Return a row as it is in memory: numbers, exact amounts, None for a blank."""
    amounts = AMOUNTS | {*FORM.tables[name].amounts}

    def value(column, text):
        if not text:
            return None
        if column in NUMBERS:
            return int(text)
        return Decimal(text) if column in amounts and text[0] in "-0123456789" else text

    return {"line": number} | {column: value(column, text) for column, text in row.items()}


@cache
def reference():
    """Return what is kept by hand and serves any department."""
    return budgetbook.load().reference


def document(case):
    """Return the disclosure of a case, with what serves any department as reference."""
    read = {
        name: [typed(name, row, n) for n, row in enumerate(rows, 1)]
        for name, (_, rows) in case.resources.items()
    }
    year, unit = int(case.about.get("year", 2025)), case.about.get("unit", "元")
    office = case.about.get("office", "重庆市青石区水务局")
    tables = {name: [blank(name) | r for r in read[name]] for name in read if name in FORM.tables}
    listing = [entry for name, rows in tables.items() for entry in entries(name, rows, unit)]
    for given in read.get("tables", ()):
        key = (given["table"], given.get("occurrence") or 1)
        mine = [e for e in listing if (e["table"], e["occurrence"]) == key]
        listing += [] if mine else entries(given["table"], [], unit)
        (mine or listing[-1:])[0].update(given)
    claims = [claim(row, n, year) for n, row in enumerate(read.get("claims", ()), 1)]
    known = reference()
    sections = [
        {"section": s, "title": s, "line": 1, "last_line": 9, "claims": n}
        for s, n in counted(claims).items()
    ]
    return Disclosure(
        year=year,
        document={"office": office, "title": "", "form": FORM.name, "year": year},
        tables=in_yuan(FORM, listing, tables),
        listing=listing,
        claims=identified(claims, FORM, tables, year),
        reference={name: known[name] for name in declared("reference")}
        | dict.fromkeys(declared("editorial"), ())
        | {"sections": sections, "regulations": (), "repairs": ()}
        | {name: tuple(rows) for name, rows in read.items() if name in known},
    )


def blank(name):
    """Return a row of a table with nothing in it."""
    table = FORM.tables[name]
    return dict.fromkeys(columns("form") if table.form else [c.name for c in table.columns])


def entries(name, rows, unit):
    """Return the lines that the list of tables has for a table: one for each of its forms."""
    title = FORM.title(FORM.tables[name], 2025, "青石区")
    forms = dict.fromkeys(row.get("form") or 1 for row in rows) or {1: None}
    about = dict.fromkeys(columns("tables")) | {"table": name, "unit": unit, "state": "printed"}
    about |= {"listed_title": title, "title": title, "listed_line": 1, "line": 1}
    counts = {n: sum((row.get("form") or 1) == n for row in rows) for n in forms}
    return [about | {"occurrence": n, "rows": counts[n]} for n in forms]


def claim(row, number, year):
    """Return a figure of the text, with what is not written as it mostly is."""
    about = dict.fromkeys(columns("claims")) | {"section": "totals", "kind": "amount"}
    about |= {"year": year, "line": number, "position": 1, "unit": "元"}
    about |= {name: value for name, value in row.items() if value is not None}
    return about | {"decimals": len(str(about["value"] or "").partition(".")[2])}


def counted(claims):
    """Return how many claims each section has."""
    sections = [claim["section"] for claim in claims]
    return {section: sections.count(section) for section in sections}


EVERY = [(path, case) for path in sorted(FOLDER.glob("*.txt")) for case in cases(path)]


@pytest.mark.parametrize(("path", "case"), EVERY, ids=[f"{p.stem}: {c.title}" for p, c in EVERY])
def test_a_small_ledger_has_the_verdict_beside_it(path, case):
    found = {result.check.id: result for result in run(document(case))}
    assert case.expected
    for verdict, check in case.expected:
        mine = [name for name in found if found[name].check.family == path.stem.replace("-", " ")]
        assert check in mine, "\n".join([f"{check} is none of", *mine])
        assert found[check].verdict is verdict, (check, found[check].sides, found[check].needs)


def test_every_family_has_a_file_in_which_a_check_holds_and_one_fails(results):
    families = {result.check.family for result in results}
    assert {path.stem.replace("-", " ") for path, _ in EVERY} == families
    assert not families & FORM.tables.keys(), "a page would say the table where it means the family"
    for name in families:
        mine = [case for path, case in EVERY if path.stem.replace("-", " ") == name]
        verdicts = {verdict for case in mine for verdict, _ in case.expected}
        assert verdicts & {Verdict.HOLDS, Verdict.ROUNDED}, name
        assert Verdict.FAILS in verdicts, name
