"""What a figure's table, row and column are called, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..forms import plain
from ..model.address import CLAIMS, TOTAL_ROW, Address
from ..model.classification import names
from ..model.disclosure import TOTAL, Disclosure
from ..package.beside import rows_beside

_OWN = {
    TOTAL: "Total",
    "unlisted": "Not listed 未列出",
    "general_public": "General public budget 一般公共预算",
    "total": "Total 合计",
}
#: Kind of a claim → what it is called.
_STATEMENTS = {row["kind"]: row["words"] for row in rows_beside(__file__, "statements")}


def is_total(cells: Iterable[str]) -> bool:
    """Return whether the first cells of a row name a total, such as 收入合计."""
    return any(text in (_OWN[TOTAL], "all") or text.endswith(TOTAL) for text in cells)


def _quoted(words: str) -> str:
    """Return words of a document in quotation marks, their own marks turned into inner ones."""
    return f"“{words.translate({ord('“'): '‘', ord('”'): '’'})}”"


class Words(NamedTuple):
    """A name: the code if it has one, English and Chinese."""

    english: str
    chinese: str = ""
    code: str = ""

    @property
    def both(self) -> str:
        """The name in one line, the code first."""
        return " ".join(part for part in (self.code, self.english, self.chinese) if part)


class Names:
    """The names of a disclosure's tables, rows and columns."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._disclosure = disclosure
        self.tables = frozenset(disclosure.form.tables)
        self.roles = {role: table.words[0] for role, table in disclosure.form.tables.items()}
        self._by_key = names(disclosure)
        self._english = {w: x.title for x in disclosure.form.labels for w in x.wordings}
        self._english |= {plain(zh): en for en, zh in self._by_key.values()}
        self._subjects = {row["code"]: row for row in disclosure.reference["subjects"]}
        self._fields = {
            (resource["name"], field["name"]): field
            for resource in disclosure.descriptor["resources"]
            for field in resource["schema"]["fields"]
        }

    def table(self, resource: str) -> Words:
        """Return what a table is called, with its number; of the claims, that they are text."""
        if resource == "claims":
            return Words("The text", "文字说明")
        table = self._disclosure.form.tables[resource]
        return Words(f"Table {table.number}. {table.title}", table.endings[0])

    def place(self, address: Address, *, chinese: bool = False) -> str:
        """Return where a figure stands, in a few words: `table 5, 2080505: prior total`.

        An address that nothing stands at is returned as it is.
        """
        found = self._disclosure.at(address)
        if found is None:
            return str(address)
        row, _ = found
        if chinese:
            return self._chinese(address, row)
        if address.table == CLAIMS:
            subject = self._subject(row)
            return f"text, {subject.code or subject.english}: {_STATEMENTS[row['kind']].split()[0]}"
        table = self._disclosure.form.tables[address.table]
        name = self.named(address.name)
        known = TOTAL if address.name == TOTAL_ROW else name.code or name.chinese or name.english
        if table.form and not row["indicator"]:  # a label is the same in every form
            return f"{table.words[0]}, {', '.join(address.row[:-1]) or 'department'}: {known}"
        column = f": {address.column.replace('_', ' ')}" if address.column else ""
        return f"{table.words[0]}, {known}{column}"

    def printing(self, name: str) -> str:
        """Return what a printing of a table is called; any other name is returned as it is."""
        kind, _, printed = name.partition("/")
        role, _, nth = printed.partition("~")
        table = self._disclosure.form.tables.get(role) if kind == "tables" else None
        return f"{table.words[0]}, printing {nth or 1}" if table else name

    def _chinese(self, address: Address, row: Mapping[str, Any]) -> str:
        if address.table == CLAIMS:
            return f"文字部分（{self._subject(row).chinese}）"
        called = self.row(address.table, row, address.column)
        column = self.column(address.table, row, address.column).chinese
        table = self._disclosure.form.tables[address.table]
        whose, _, name = called.chinese.rpartition("：")
        of = f"{_quoted(whose)}项目" if whose else ""
        if table.form and not row["indicator"]:  # a label, and what stands beside it
            return f"{table.words[1]}{of}{_quoted(name)}栏"
        headings = "".join(map(_quoted, column.split("／")))
        return f"{table.words[1]}{of}{called.code}{_quoted(name)}行{headings}栏"

    def named(self, name: str) -> Words:
        """Return a code or a printed name with its English one, where there is one."""
        if name in self._by_key:
            english, chinese = self._by_key[name]
            return Words(english, chinese, name if name.isdigit() else "")
        english = self._english.get(plain(name), "") or _OWN.get(plain(name), "")
        chinese = "" if plain(name) in ("unlisted", *english.split()) else name
        return Words(english, chinese)

    def title(self, column: str) -> Words:
        """Return what a column of an absent table is called."""
        return Words(_OWN[column])

    def row(self, resource: str, row: Mapping[str, Any], column: str) -> Words:
        """Return what a row is called where this column of it stands."""
        if resource == "claims":
            return self._subject(row)
        if row.get("code"):
            # As it is printed here: a name may differ from that of the classification.
            return Words(self.named(row["code"]).english, row["name"], row["code"])
        table = self._disclosure.form.tables[resource]
        if table.form:
            return self._of_form(resource, row, column)
        own = table.column(column).named_by or table.named_by.split("+")[-1].split("|")[-1]
        return self.named(row.get(own) or TOTAL)

    def _of_form(self, resource: str, row: Mapping[str, Any], column: str) -> Words:
        name = row["indicator"] or row["second_label" if column == "second_amount" else "label"]
        own = self.named(name)
        projects = {p.form: p.name for p in self._disclosure.projects}
        project = projects.get(row["form"]) if resource == "project-targets" else None
        if not project:
            return own
        of = self.named(project)
        english = ": ".join(part for part in (of.english, own.english) if part)
        return Words(english, f"{of.chinese}：{own.chinese}")

    def _subject(self, claim: Mapping[str, Any]) -> Words:
        if claim["code"]:
            return self.named(claim["code"])
        row = self._subjects[claim["subject"]]
        whole = self._subjects.get(claim["within"])
        within = f" (of: {whole['title_en']})" if whole else ""
        return Words(row["title_en"] + within, row["title_zh"])

    def column(self, resource: str, row: Mapping[str, Any], column: str) -> Words:
        """Return what a column is called; of a claim, what kind of statement it is."""
        if resource != "claims":
            field = self._fields[resource, column]
            return Words(field["title"], field["title_zh"])
        kind = _STATEMENTS[row["kind"]]
        years = [str(year) for year in (row["year"], row["base_year"]) if year]
        return Words(kind + (f", {' against '.join(years)}" if years else ""))
