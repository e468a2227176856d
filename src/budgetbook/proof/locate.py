"""What stands at an address: a figure or row, a claim, a printing, a check, a finding."""

from __future__ import annotations

from ..analysis.reconstruction import absent_tables
from ..checks import Result, run
from ..errors import InputError
from ..model.address import CLAIMS, Address, parse
from ..model.counting import records
from ..model.disclosure import Disclosure
from ..words.naming import Names
from .findings import Finding, findings


def locate(disclosure: Disclosure, text: str) -> list[str]:
    """Return what stands at an address, a line a fact, with the line of the published text.

    A check or a finding is given by its id. Raises InputError where nothing of this disclosure
    has that name.
    """
    results = run(disclosure)
    register = {finding.id: finding for finding in findings(disclosure, results)}
    if text in register:
        return _finding(register[text])
    check = next((result for result in results if result.check.id == text), None)
    return _check(check) if check else _printed(disclosure, parse(text))


def _printed(disclosure: Disclosure, address: Address) -> list[str]:
    found = disclosure.at(address)
    if found is None:
        return _listed(disclosure, address) or _rebuilt(disclosure, address)
    row, column = found
    names = Names(disclosure)
    if address.table == CLAIMS:
        columns = ["value"]
    elif column:
        columns = [column]
    else:
        entries = disclosure.entries[address]
        columns = [c for entry in entries for c in entry.columns.values() if row[c] is not None]
    lines = [names.table(address.table).both]
    for name in columns:
        where = (names.row(address.table, row, name), names.column(address.table, row, name))
        content = "printed blank" if row[name] is None else row[name]
        lines.append(f"{' · '.join(words.both for words in where)}: {content}")
    return [*lines, f"line {row['line']} of the extracted text"]


def _listed(disclosure: Disclosure, address: Address) -> list[str]:
    """Return what the list of tables says of one printing, nothing if that is no address of one."""
    for name, entry in records(disclosure, "printings"):
        if name == str(address):
            lines = [Names(disclosure).table(entry["table"]).both, entry["title"], entry["state"]]
            line = entry["line"] or entry["listed_line"]
            return [*filter(None, lines), f"line {line} of the extracted text"]
    return []


def _rebuilt(disclosure: Disclosure, address: Address) -> list[str]:
    """Return a figure of a table that is not printed. Raises InputError if there is none."""
    for figure in absent_tables(disclosure):
        if figure.address == address:
            name = f"{figure.row}: {figure.amount}"
            table = Names(disclosure).table(address.table).both
            return [table, name, f"rebuilt from {figure.formula}; not printed"]
    raise InputError(f"{address}: nothing of this disclosure has that address")


def _check(result: Result) -> list[str]:
    left, right = result.sides
    sides = f"needs {result.needs}" if result.needs else f"{left} {result.relation} {right}"
    statement = f"{result.check.statement_en} {result.check.statement_zh}"
    return [statement, f"{result.verdict}", sides, *result.cells]


def _finding(finding: Finding) -> list[str]:
    title = f"{finding.sentence('title_en')} {finding.sentence('title_zh')}"
    failing = [f"fails: {result.check.id}" for result in finding.failing]
    return [title, finding.sentence("found_en"), *(failing or ["nothing of it fails"])]
