"""What must add up or agree in a form family: the rows of its `rules.csv`.

A rule is a few rows, one for each of its terms. `kind` says how they belong together, `role` what
a term is in it (the whole, a part, this year's amount, last year's), `table`, `row` and `column`
where it stands (`each`: in every row; `a|b`: in the first of these rows that is printed),
`subject` what of the text it is. A year's amount without a table is printed nowhere; the text tells
its change all the same. `money` says whose money a column holds; `condition` under which
circumstance the term says anything. A family without the file, the table or the column has no
such rule.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .. import forms
from ..errors import InputError
from . import Form

COLUMNS = (
    *("rule", "kind", "role", "table", "row", "column", "subject"),
    *("money", "relation", "condition", "source"),
)
#: Kind of rule → the roles of its terms, the first of which every rule of that kind has.
KINDS = {
    "row sum": ("whole", "part"),
    "ledger": ("income", "expenditure"),
    "same accounts": ("whole", "part"),
    "same classes": ("whole", "part"),
    "same total": ("whole", "part"),
    "crosswalk": ("department", "government"),
    "stated amount": ("whole", "now", "prior"),
    "stated parts": ("whole", "part"),
    "stated count": ("whole", "part"),
    "stated none": ("whole", "part"),
    "item": ("whole", "part"),
    "goes with": ("whole", "part"),
    "growth": ("whole", "now", "prior"),
    "purchases": ("whole", "part"),
    "one source": ("whole", "sum", "other"),
}
#: What may stand in a column of few words; the first row of a rule has a relation.
WORDS = {
    "relation": ("=", "≤", "rounds to", ""),
    "money": ("all", "general public", "general public, carried over too", ""),
    "condition": ("one source", ""),
}
#: Every row of a table.
EACH = "each"


class Term(NamedTuple):
    """One term of a rule: its role, where it stands in the tables or what of the text it is."""

    role: str
    table: str
    row: str
    column: str
    subject: str
    money: str
    condition: str

    @property
    def rows(self) -> list[str]:
        """What its row may be called."""
        return self.row.split("|")


@dataclass(frozen=True)
class Rule:
    """A rule of a form: its terms, and the relation that its sides should have."""

    id: str
    kind: str
    relation: str
    source: str
    terms: tuple[Term, ...]

    def of(self, *roles: str) -> list[Term]:
        """Return the terms with these roles, in order."""
        return [term for term in self.terms if term.role in roles]

    def first(self, role: str) -> Term | None:
        """Return the first term with a role, None if the rule has none."""
        return next(iter(self.of(role)), None)

    @property
    def whole(self) -> Term:
        """The first term of all."""
        return self.terms[0]


def rules(form: Form, kind: str = "") -> list[Rule]:
    """Return the rules of a form, or those of one kind, in the order of the file.

    Terms in a table or column that the form does not have are left out, and with the first term
    or all others the rule. Raises InputError, naming the line, for a file that is not as `COLUMNS`,
    `KINDS` and `WORDS` say, or names a table or column that its family does not have.
    """
    return [rule for rule in _of_form(form) if kind in ("", rule.kind)]


def _of_form(form: Form) -> Sequence[Rule]:
    """Return the rules of a form; they are kept with it, so that a file is read once."""
    if "_rules" not in vars(form):
        path = next(
            (f / form.name / "rules.csv" for f in forms.FOLDERS if (f / form.name).is_dir()), None
        )
        read = _read(path, form.name) if path and path.is_file() else ()
        left = [(rule, tuple(term for term in rule.terms if _has(form, term))) for rule in read]
        vars(form)["_rules"] = tuple(
            replace(rule, terms=terms)
            for rule, terms in left
            if len(terms) > 1 and terms[0] == rule.whole
        )
    known: Sequence[Rule] = vars(form)["_rules"]
    return known


def _has(form: Form, term: Term) -> bool:
    table = form.tables.get(term.table)
    if not term.table or (table and table.form):
        return True
    return form.has(term.table, *([term.column] if term.column else []))


@lru_cache
def _read(path: Path, name: str) -> Sequence[Rule]:
    """Return the rules that the file of a family says, whatever a document has of them."""
    family = forms.family(name)
    found: dict[str, Rule] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        place = "/".join(path.parts[-3:])
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise InputError(f"{place}: expected the columns {', '.join(COLUMNS)}")
        for row in reader:
            term = Term(*(row[name] for name in Term._fields))
            known = found.get(row["rule"])
            first = known or Rule(row["rule"], row["kind"], row["relation"], row["source"], ())
            if wrong := _fault(family, row, term) or (not first.relation and "no relation"):
                raise InputError(f"{place}: line {reader.line_num}: {wrong}")
            found[row["rule"]] = replace(first, terms=(*first.terms, term))
    return tuple(found.values())


def _fault(family: Form, row: Mapping[str, str], term: Term) -> str:
    """Return what is wrong with a row of the file, and what was expected; empty if nothing is."""
    roles = KINDS.get(row["kind"], ())
    allowed = {"kind": tuple(KINDS), "role": roles, **WORDS}
    for column, words in allowed.items():
        if row[column] not in words:
            return f"{column} {row[column]!r}: expected one of {', '.join(filter(None, words))}"
    if not _has(family, term):
        return f"{term.table}, {term.column!r}: the family has no such table or column"
    return ""
