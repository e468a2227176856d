"""What a figure's table, row and column are called, in English and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..forms import Table, plain
from ..messages import both, message, pair, said, translated
from ..model.address import CLAIMS, TOTAL_ROW, Address
from ..model.classification import names
from ..model.disclosure import TOTAL, Disclosure
from ..package.beside import rows_beside

#: How what a check counts names a line of the text.
_LINE = re.compile(r"line (\d+)")
_OWN = {
    TOTAL: message("Total"),
    "unlisted": message("Not listed 未列出"),
    "general_public": message("General public budget 一般公共预算"),
    "total": message("Total 合计"),
}
#: Role of a label of a form → how a place names it.
_LABELS = {
    "department": message("department"),
    "project": message("project"),
    "supervisor": message("supervisor"),
    "budget": message("budget"),
    "district-part": message("district part"),
    "town-part": message("part for towns"),
    "goal": message("goal"),
    "description": message("description"),
    "basis": message("basis"),
}
#: Kind of a claim → what it is called, in English and Chinese.
STATEMENTS = {
    row["kind"]: (row["title_en"], row["title_zh"]) for row in rows_beside(__file__, "statements")
}


def is_total(cells: Iterable[str]) -> bool:
    """Return whether the first cells of a row name a total as a document does: 收入合计."""
    return any(text.endswith(TOTAL) for text in cells)


def sentence_name(table: Table) -> str:
    """Return what a sentence of the edition calls a table: `table 5`, or by its role."""
    if not table.number:
        return said("the table {role:text}", role=table.role)
    return said("table {number:count}", number=table.number)


def _quoted(words: str) -> str:
    """Return words of a document in quotation marks, their own marks turned into inner ones."""
    return f"“{words.translate({ord('“'): '‘', ord('”'): '’'})}”"


class Words(NamedTuple):
    """A name: the code if it has one, English (as the edition has it) and Chinese."""

    english: str
    chinese: str = ""
    code: str = ""

    @property
    def both(self) -> str:
        """The name in one line, the code first."""
        return " ".join(filter(None, (self.code, both(self.english, self.chinese))))


class Names:
    """The names of a disclosure's tables, rows and columns."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._disclosure = disclosure
        self.tables = frozenset(disclosure.form.tables)
        self.roles = {role: sentence_name(t) for role, t in disclosure.form.tables.items()}
        self.chinese_roles = {role: t.words[1] for role, t in disclosure.form.tables.items()}
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
            return Words(said("The text"), "文字说明")
        table = self._disclosure.form.tables[resource]
        title = translated(table.title)
        english = said("Table {number:count}. {title:text}", number=table.number, title=title)
        return Words(english, table.endings[0])

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
            of, kind = subject.code or subject.english, translated(STATEMENTS[row["kind"]][0])
            return said("text, {subject:text}: {kind:text}", subject=of, kind=kind)
        name = self.named(address.name)
        known = TOTAL if address.name == TOTAL_ROW else name.code or name.chinese or name.english
        known = said(_LABELS[known]) if known in _LABELS else known
        where = {"table": self.roles[address.table], "row": known}
        if self._disclosure.form.tables[address.table].form and not row["indicator"]:
            if whose := ", ".join(address.row[:-1]):  # a label is the same in every form
                return said("{table:text}, {whose:text}: {row:text}", whose=whose, **where)
            return said("{table:text}, department: {row:text}", **where)
        if not address.column:
            return said("{table:text}, {row:text}", **where)
        column = translated(address.column.replace("_", " "))
        return said("{table:text}, {row:text}: {column:text}", column=column, **where)

    def printing(self, name: str) -> str:
        """Return what a printing of a table or a line is called; another name as it is."""
        if line := _LINE.fullmatch(name):
            return said("line {line:text} 第{line:text}行", line=line[1])
        kind, _, printed = name.partition("/")
        role, _, nth = printed.partition("~")
        table = self._disclosure.form.tables.get(role) if kind == "tables" else None
        if table is None:
            return name
        english, chinese = pair(
            "{table:text}, printing {nth:text}",
            "{chinese:text}第{nth:text}次印出",
            table=sentence_name(table),
            chinese=table.words[1],
            nth=nth or "1",
        )
        return both(english, chinese)

    def _chinese(self, address: Address, row: Mapping[str, Any]) -> str:
        if address.table == CLAIMS:
            return said("文字部分（{subject:text}）", subject=self._subject(row).chinese)
        table, where = self._disclosure.form.tables[address.table], address.table
        at = table.words[1]
        if project := self._project(where, row):
            called = _quoted(project.chinese)
            at = said("{table:text}{project:text}项目", table=at, project=called)
        column = address.column
        if table.form:
            name = _quoted(self._of_form(row, column).chinese)
            if not row["indicator"]:  # a label, and what stands beside it
                return said("{place:text}{label:text}栏", place=at, label=name)
        else:
            words = self.row(where, row, column)
            name = f"{words.code}{_quoted(words.chinese)}"
        at = said("{place:text}{row:text}行", place=at, row=name)
        if not column:
            return at
        headings = map(_quoted, self.column(where, row, column).chinese.split("／"))
        return said("{row:text}{column:text}栏", row=at, column="".join(headings))

    def named(self, name: str) -> Words:
        """Return a code or a printed name with its English one, where there is one."""
        if name in self._by_key:
            english, chinese = self._by_key[name]
            return Words(translated(english), chinese, name if name.isdigit() else "")
        english = self._english.get(plain(name), "") or _OWN.get(plain(name), "")
        chinese = "" if name == "unlisted" else name
        return Words(translated(english), chinese)

    def title(self, column: str) -> Words:
        """Return what a column of an absent table is called."""
        return Words(said(_OWN[column]))

    def row(self, resource: str, row: Mapping[str, Any], column: str) -> Words:
        """Return what a row is called where this column of it stands."""
        if resource == "claims":
            return self._subject(row)
        if row.get("code"):
            # As it is printed here: a name may differ from that of the classification.
            return Words(self.named(row["code"]).english, row["name"], row["code"])
        table = self._disclosure.form.tables[resource]
        if table.form:
            label, of = self._of_form(row, column), self._project(resource, row)
            if of is None:
                return label
            english = said("{project:text}: {row:text}", project=of.english, row=label.english)
            english = english if of.english and label.english else of.english or label.english
            chinese = said("{project:text}：{row:text}", project=of.chinese, row=label.chinese)
            return Words(english, chinese)
        own = (column and table.column(column).named_by) or table.named_by.split("+")[-1].split(
            "|"
        )[-1]
        return self.named(row.get(own) or TOTAL)

    def _of_form(self, row: Mapping[str, Any], column: str) -> Words:
        name = row["indicator"] or row["second_label" if column == "second_amount" else "label"]
        return self.named(name)

    def _project(self, resource: str, row: Mapping[str, Any]) -> Words | None:
        """Return what the project is called whose form has a row, None in any other table."""
        projects = {p.form: p.name for p in self._disclosure.projects}
        project = projects.get(row["form"]) if resource == "project-targets" else None
        return self.named(project) if project else None

    def _subject(self, claim: Mapping[str, Any]) -> Words:
        if claim["code"]:
            return self.named(claim["code"])
        row = self._subjects[claim["subject"]]
        whole = self._subjects.get(claim["within"])
        title = translated(row["title_en"])
        if whole:
            part, of = title, translated(whole["title_en"])
            title = said("{part:text} (of: {whole:text})", part=part, whole=of)
        return Words(title, row["title_zh"])

    def column(self, resource: str, row: Mapping[str, Any], column: str) -> Words:
        """Return what a column is called; of a claim, what kind of statement it is."""
        if resource != "claims":
            field = self._fields[resource, column]
            return Words(translated(field["title"]), field["title_zh"])
        kind = both(*STATEMENTS[row["kind"]])
        year, base = row["year"], row["base_year"]
        if year and base:
            told = said(
                "{kind:text}, {year:year} against {base:year}", kind=kind, year=year, base=base
            )
            return Words(told)
        if year or base:
            return Words(said("{kind:text}, {year:year}", kind=kind, year=year or base))
        return Words(kind)
