"""Invented departments that are unlike the published one, made by changing an invented one."""

from dataclasses import replace
from decimal import Decimal

from worlds import with_claims, with_rows

from budgetbook.forms import plain

MONEY = Decimal("100000.00")
_CODES = (
    ("212", "城乡社区支出"),
    ("21208", "国有土地使用权收入安排的支出"),
    ("2120899", "其他支出"),
)
_FUNCTIONS = "functional-classification"
_NOTHING = ("none", "government-fund")


def _more(row, *columns):
    return {**row, **{column: (row[column] or 0) + MONEY for column in columns}}


def _ledger(rows, income, expenditure, spent):
    """The rows of a ledger with the money of the fund on both sides."""
    made, placed = [], False
    for row in rows:
        left, right = plain(row[income] or ""), plain(row[expenditure] or "")
        if left.endswith("合计") or left.startswith(("一、", "政府性基金")):
            row = _more(row, "income")
        if right.endswith("合计") or right.startswith("一、"):
            row = _more(row, *spent)
        elif (not right and not placed) or (right.startswith("二、") and not placed):
            placed = True
            new = {**dict.fromkeys(row), "line": row["line"] - Decimal("0.5")}
            new |= {expenditure: _CODES[0][1]} | dict.fromkeys(spent, MONEY)
            made.append(new)
        made.append(row)
    return made


def _accounts(rows, line):
    """Rows of accounts with those of the fund at their end."""
    columns = ("total", "project")
    made = [_more(row, *columns) if plain(row["name"]) == "合计" else row for row in rows]
    for nth, (code, name) in enumerate(_CODES):
        new = {**dict.fromkeys(rows[0]), "line": line + nth, "code": code, "name": name}
        made.append(new | dict.fromkeys(columns, MONEY))
    return made


def with_fund(disclosure):
    """The disclosure with 100,000 yuan of government-fund money, rightly shown everywhere.

    It pays one more project, which has a form of its own.
    """
    tables = disclosure.tables
    found = with_rows(
        disclosure,
        "budget-summary",
        _ledger(tables["budget-summary"], "income_item", "expenditure_item", ("expenditure",)),
    )
    found = with_rows(
        found,
        "appropriations",
        _ledger(
            tables["appropriations"],
            "income_item",
            "expenditure_item",
            ("total", "government_fund"),
        ),
    )
    for table, line in (("spending-summary", 9000), ("fund-spending", 9100)):
        found = with_rows(found, table, _accounts(tables[table], line))
    rows = list(tables["department-targets"])
    at = next(n for n, row in enumerate(rows) if row["second_amount"] is not None)
    rows[at] = _more(rows[at], "second_amount")
    found = _with_project(with_rows(found, "department-targets", rows))
    names = tuple({"code": code, "name_en": name, "name_zh": name} for code, name in _CODES)
    accounts = {_FUNCTIONS: (*found.reference[_FUNCTIONS], *names)}
    listing = tuple(_counted(entry, found) for entry in found.listing)
    return _told(replace(found, reference=found.reference | accounts, listing=listing))


def _counted(entry, disclosure):
    """An entry of the list of tables with the rows that its table has now."""
    several = entry["table"] in ("project-targets", "key-project-targets")
    if several or entry["state"] == "absent":
        return entry
    return {**entry, "state": "printed", "rows": len(disclosure.tables[entry["table"]])}


def _with_project(disclosure):
    """The disclosure with the money of the fund in the budget of its first project."""
    rows, first = [], disclosure.projects[0]
    for row in disclosure.tables["project-targets"]:
        mine = row["form"] == first.form
        if mine and row["line"] == first.line:
            row = _more(row, "amount", "second_amount")
        rows.append(row)
    return with_rows(disclosure, "project-targets", rows)


def _told(disclosure):
    """The text that tells of the money: all amounts of all money are more by it.

    Shares of the whole, and that the fund spends nothing, are left out.
    """
    whole = ("income", "expenditure", "projects", "projects-ordinary")

    def told(claim):
        if claim["kind"] == "amount" and claim["subject"] in whole:
            return claim | {"value": claim["value"] + MONEY}
        gone = claim["kind"] == "share" or (claim["kind"], claim["subject"]) == _NOTHING
        return None if gone else claim

    return read_again(with_claims(disclosure, told))


def read_again(disclosure):
    """The disclosure whose list of sections counts the claims that it has."""
    sections = tuple(
        {**s, "claims": sum(c["section"] == s["section"] for c in disclosure.claims)}
        for s in disclosure.reference["sections"]
    )
    return replace(disclosure, reference=disclosure.reference | {"sections": sections})
