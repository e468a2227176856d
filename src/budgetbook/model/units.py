"""The units of a department: its own unit 本级, subordinate institutions 下属事业单位; measures."""

from __future__ import annotations

from ..package.store import Row
from .classification import INSTITUTIONS
from .disclosure import Disclosure
from .payroll import Pay

#: Unit of a target that is an amount of money → yuan.
MONEY_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
#: The functional item of the own unit's projects, where both kinds of unit have some.
OWN_PROJECTS = "一般行政管理事务"


def project_items(disclosure: Disclosure) -> dict[bool, list[Row]]:
    """Return the functional items with project money: the own unit's own (True), the others.

    Where table 9 has no class of institutions, all are the own unit's.
    """
    items: dict[bool, list[Row]] = {True: [], False: []}
    own = Pay(disclosure).item(OWN_PROJECTS, "project")
    classes = {row["code"] for row in disclosure.tables.get("project-by-government", ())}
    alone = bool(classes) and INSTITUTIONS not in classes
    for row in disclosure.tables.get("spending-by-function", ()):
        if len(row["code"] or "") == 7 and row.get("project") is not None:
            address = disclosure.address(row, "project")
            items[alone or bool(own and address == own.address)].append(row)
    return items
