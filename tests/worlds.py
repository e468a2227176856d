"""Other worlds: the disclosure with something changed in it, and all else as it is.

What is changed is named by its address or by the role of its table; amounts are Decimal yuan.
"""

from dataclasses import replace

from budgetbook.model.address import CLAIMS, parse
from budgetbook.model.classification import parent


def stands(disclosure, address):
    """The row that stands at an address, and its column in data/."""
    found = disclosure.at(parse(address))
    assert found, f"nothing stands at {address}"
    return found


def with_rows(disclosure, table, rows):
    """The disclosure with other rows in a table."""
    return replace(disclosure, tables={**disclosure.tables, table: tuple(rows)})


def with_each(disclosure, table, change):
    """The disclosure with each row of a table changed; `change` maps a row to its new values."""
    return with_rows(disclosure, table, ({**r, **change(r)} for r in disclosure.tables[table]))


def with_cells(disclosure, cells):
    """The disclosure with other values in some cells of its tables: address → value."""
    for address, value in cells.items():
        row, column = stands(disclosure, address)
        changed = {**row, column: value}
        table = parse(address).table
        rows = (changed if r is row else r for r in disclosure.tables[table])
        disclosure = with_rows(disclosure, table, rows)
    return disclosure


def with_cell(disclosure, address, value):
    """The disclosure with another value in one cell of its tables."""
    return with_cells(disclosure, {address: value})


def with_resource(disclosure, name, rows):
    """The disclosure with other rows in a resource that is kept by hand."""
    return replace(disclosure, reference={**disclosure.reference, name: tuple(rows)})


def with_each_of(disclosure, name, change):
    """The disclosure with each row of such a resource changed."""
    rows = ({**row, **change(row)} for row in disclosure.reference[name])
    return with_resource(disclosure, name, rows)


def with_claims(disclosure, change):
    """The disclosure with every claim changed by a function; None leaves it out."""
    changed = (change(dict(claim)) for claim in disclosure.claims)
    return replace(disclosure, claims=tuple(claim for claim in changed if claim is not None))


def alone(planted, clean):
    """Whether the print has nothing beside it: a number of divisions, an account's only part."""
    own = planted.address
    if planted.kind == "a row left out":
        above = [parent(row["code"] or "") for row in clean.tables[own.table]]
        return above.count(parent(own.name)) == 1
    return own.table == CLAIMS and "internal-divisions" in own.row
