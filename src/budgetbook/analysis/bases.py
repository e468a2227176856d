"""The documents and earlier figures that projects name as their basis."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model.disclosure import Disclosure

_YEAR = re.compile(r"〔(\d{4})〕|[（(](\d{4})年版[）)]")


class Basis(NamedTuple):
    """One basis of a project: a document, or with an empty title a figure of an earlier year.

    `year` is that of the document's number or edition, or of the figure; None if none is printed.
    """

    project: str
    title: str
    number: str
    year: int | None
    provisional: bool
    line: int


def bases(disclosure: Disclosure) -> list[Basis]:
    """Return what the projects name as their basis, in printed order, figures last."""
    names, found = {project.form: project.name for project in disclosure.projects}, []
    for row in disclosure.rows("regulations"):
        title, number, line = row["title"], row["number"] or "", row["line"]
        year = next((int(m[1] or m[2]) for m in _YEAR.finditer(number + title)), None)
        provisional = "试行" in title or "暂行" in title
        found.append(Basis(names[row["form"]], title, number, year, provisional, line))
    for claim in disclosure.claims:
        if claim["label"] == "basis" and claim["subject"] in ("prior-year", "other-year"):
            project, year = names[claim["form"]], int(claim["value"])
            found.append(Basis(project, "", "", year, False, claim["line"]))
    return sorted(found, key=lambda basis: basis.line)
