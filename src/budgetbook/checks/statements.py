"""What the checks say: the rows of statements.csv, one for each kind of check.

A row has the sentence in English and in Chinese, with the same places in both, written `{name}`;
what fills them is a name, an amount or an address, or a pair of words in the two languages. The
English ones are shown as the edition translates them. `id` is how the check is called, with places
too; `relation` is that of its two sides; `guards` says
which problem it would show, `source` where its rule is from. `needs` says what lacks where the
document gives a rule nothing to test; a row without an id is for that case alone. `counts` says
what is counted, if the check counts.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from ..errors import InputError, at_cell
from ..messages import translated

Relation = Literal["=", "<", "≤", "rounds to", "sums to"]
#: What fills a place: the same in both languages, or English and Chinese.
Words = str | tuple[str, str]

FILE = Path(__file__).with_name("statements.csv")
_PLACE = re.compile(r"\{(\w+)\}")


class Statement(NamedTuple):
    """A row of statements.csv."""

    key: str
    id: str
    family: str
    relation: Relation
    statement_en: str
    statement_zh: str
    guards: str
    source: str
    needs: str
    counts: str

    def filled(self, column: str, places: Mapping[str, Words]) -> str:
        """Return a column with its places filled; InputError where one is left without words."""
        chinese = column.endswith("_zh")

        def words(found: re.Match[str]) -> str:
            if (place := places.get(found[1])) is None:
                raise InputError(
                    f"checks/{FILE.name}: {self.key}, column {column}: nothing fills the place "
                    f"{found[0]}; expected one of {', '.join(sorted(places)) or 'no places'}"
                )
            return place if isinstance(place, str) else place[chinese]

        text: str = getattr(self, column)
        shown = text if column == "id" or chinese else translated(text)
        return _PLACE.sub(words, shown) if "{" in shown else shown

    def said(self, places: Mapping[str, Words]) -> tuple[str, str]:
        """Return the sentence in English and in Chinese, its places filled."""
        return self.filled("statement_en", places), self.filled("statement_zh", places)


@cache
def statements(path: Path = FILE) -> Mapping[str, Statement]:
    """Return key → statement, in the order of the file.

    Raises InputError, naming row and column, for a key that is there twice, an unknown relation,
    a sentence that lacks, places that differ in the two languages, or an id without what it needs.
    """
    found: dict[str, Statement] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    if tuple(header) != Statement._fields:
        columns = ", ".join(Statement._fields)
        raise at_cell(f"checks/{path.name}", 0, "all", ", ".join(header), f"the columns {columns}")
    for number, cells in enumerate(rows, 1):
        if len(cells) != len(header):
            raise at_cell(
                f"checks/{path.name}", number, "all", f"{len(cells)} cells", f"{len(header)} cells"
            )
        row = Statement(*cells)  # type: ignore[arg-type]
        if fault := _fault(row, found):
            column, expected = fault
            content = repr(getattr(row, column))
            raise at_cell(f"checks/{path.name}", number, column, content, expected)
        found[row.key] = row
    return found


def _fault(row: Statement, known: Mapping[str, Statement]) -> tuple[str, str] | None:
    """Return the column of a row that is wrong and what was expected there, None if none is."""
    if not row.key or row.key in known:
        return "key", "a key that no other row has"
    if row.relation not in get_args(Relation):
        return "relation", f"one of {', '.join(get_args(Relation))}"
    for column in ("family", "statement_en", "statement_zh"):
        if not getattr(row, column):
            return column, "words"
    for column in ("guards", "source"):
        if bool(getattr(row, column)) != bool(row.id):
            return column, "words where the row has an id, and nothing where it has none"
    english, chinese = (set(_PLACE.findall(text)) for text in (row.statement_en, row.statement_zh))
    if english != chinese:
        places = ", ".join(f"{{{name}}}" for name in sorted(english)) or "none"
        return "statement_zh", f"the places of the English sentence: {places}"
    return None
