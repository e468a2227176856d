"""Directives that render what data/ holds, so that nothing of it is typed into a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives

from ..analysis.reconstruction import absent_tables
from ..checks import Result, Verdict
from ..checks.obligations import Obligation
from ..messages import TYPES, both, message, said, translated
from ..model.address import CLAIMS, Address, located, parse, part
from ..package.schema import described
from ..package.store import Row
from ..proof.evidence import grade, implied
from ..proof.formulas import place, rebuilt
from ..proof.passports import Passport
from ..show.downloads import PACKAGE_ZIP, WORKBOOK
from ..words.reporting import owed
from .directive import BudgetDirective, rubric
from .figures import figure_text
from .goals import every_passport, goals, once
from .markup import anchors, cite, folded, markup
from .passports import Printer, source
from .register import Proof, sides_head

#: Families of which each failing check has a row of its own.
_ALONE = ("structure", "hierarchy", "goals and indicators", "wording")


_FOR_EXCEL = message("Excel workbook, the one to open in Excel 用Excel请打开此文件")
#: What names a row comes first; what serves to find it again comes last.
_LEADING = (
    *("name", "title_en", "title_zh", "name_en", "name_zh", "title", "words", "detail", "project"),
    *("indicator", "label", "part_en", "part_zh", "what_en", "what_zh", "percent", "state"),
)
_LAST = (
    *("form", "position", "occurrence", "source", "id"),
    *("same_as", "against_line", "line", "last_line", "listed_line"),
)
#: Resources whose sentences have a page of their own: the columns that are shown here.
_ELSEWHERE = {
    "findings": ("title_en", "title_zh", "ask", "id"),
    "readings": ("finding", "position", "kind", "refuted_by"),
}
#: Columns whose cells are names for machines (of `code`, which is no account), and those that
#: hold an address.
_KEYS = ("id", "source", "criterion", "finding", "refuted_by", "guide", "same_as")
_ADDRESSES = ("address", "first", "second", "number")
_MACHINE = re.compile(r"[{}|*]|[a-z\d]+[_/:][a-z\d]|^[a-z]+(-[a-z\d]+)+$")
#: The column that compares texts and is no text to read: the file has it.
_FINGERPRINT = "sha256"
#: Which way a figure of the text goes.
_WAYS = {
    "increase": message("increase 增加"),
    "decrease": message("decrease 减少"),
    "unchanged": message("unchanged 持平"),
    "": "",
}
PRIOR = "prior_"
#: What the list of tables says of a table.
_STATES = {
    "printed": message("printed 印出"),
    "printed empty": message("printed empty 空表"),
    "absent": message("absent 未见"),
}
#: So many columns of one row are set under each other.
_UPRIGHT = 10


def in_order(name: str, fields: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return columns as a reader wants them: names first, lines and keys last."""

    def rank(field: Mapping[str, Any]) -> int:
        column = field["name"]
        if column in _LEADING and not (column == "project" and name != "procurement"):
            return _LEADING.index(column)
        return len(_LEADING) + (1 + _LAST.index(column) if column in _LAST else 0)

    shown = _ELSEWHERE.get(name)
    return sorted((f for f in fields if shown is None or f["name"] in shown), key=rank)


class DataTable(BudgetDirective):
    """`{data-table} NAME`: all that data/ holds of one resource."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the rows and downloads, and folded how they are printed, made and checked."""
        name = self.arguments[0]
        resources = self.disclosure.descriptor["resources"]
        resource = next((r for r in resources if r["name"] == name), None)
        if resource is None and name not in self.disclosure.form.tables:
            raise self.error(f"no such resource: {name}")
        if resource is None:
            return [*self._rebuilt(name), *self._card(name), *self._passports(name)]
        rows = self.disclosure.rows(name)
        tables: list[nodes.Node] = []
        for title, some in self._parts(name, rows):
            tables += [rubric(title)] if title else []
            tables.append(self._rows_table(name, resource, some))
        file = resource["path"].rpartition("/")[2]
        zipped = (PACKAGE_ZIP, said("Data package (zip)"))
        links = self.links([(file, file), (WORKBOOK, said(_FOR_EXCEL)), zipped])
        columns = folded("more", said("Columns of the file 数据列"), self._dictionary(resource))
        return [*tables, links, *self._card(name), columns, *self._passports(name)]

    def _parts(self, name: str, rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
        """Return (title, rows): a form's labels and its indicators apart, a grid's rows together.

        Where there are several forms, the title says whose one is.
        """
        if name not in ("department-targets", "key-project-targets", "project-targets"):
            return [("", list(rows))] if rows else []
        parts = []
        forms = sorted({row["form"] for row in rows})
        projects = {p.form: p.name for p in self.disclosure.projects}
        for form in forms:
            mine = [row for row in rows if row["form"] == form]
            labels = [row for row in mine if not row["indicator"]]
            indicators = [row for row in mine if row["indicator"]]
            titles = [said("Labels 栏目"), said("Indicators 指标")]
            if len(forms) > 1:
                titles = [
                    said("Labels 栏目, form {form:count} 第{form:count}表", form=form),
                    said("Indicators 指标, form {form:count} 第{form:count}表", form=form),
                ]
                whose = projects.get(form) if name == "project-targets" else None
                if whose:
                    of = self.names.named(whose).both
                    titles = [
                        said("{heading:text}: {project:text}", heading=title, project=of)
                        for title in titles
                    ]
            two = zip(titles, (labels, indicators), strict=True)
            parts += [(title, some) for title, some in two if some]
        return parts

    def _dictionary(self, resource: Mapping[str, Any]) -> nodes.Node:
        """Return what each column of the file holds."""
        rows = [
            (
                "",
                [
                    nodes.literal("", f["name"]),
                    translated(f["type"]),
                    described(f),
                    f["description_zh"],
                ],
            )
            for f in resource["schema"]["fields"]
        ]
        head = [said("Column 列"), said("Type 类型"), said("Meaning"), "含义"]
        return self.table(head, rows)

    def _rows_table(
        self, name: str, resource: Mapping[str, Any], rows: Sequence[Row]
    ) -> nodes.Node:
        """Return rows with their anchors; a column that is blank in all of many is left out."""
        fields = resource["schema"]["fields"]
        used = [f for f in fields if len(rows) < 3 or any(r[f["name"]] is not None for r in rows)]
        table = self.disclosure.form.tables.get(name)
        if table and table.form:
            filled = (f for f in used if any(r[f["name"]] is not None for r in rows))
            used = [f for f in filled if f["name"] != "form"]  # the heading has its number
        used = in_order(name, [f for f in used if f["name"] != _FINGERPRINT])
        if name == CLAIMS:
            return self._claims(rows)
        if len(rows) == 1 and len(used) > _UPRIGHT:
            return self._upright(name, resource, rows[0], used)
        body = [
            (self._anchor(name, resource, row), [self._shown(name, row, field) for field in used])
            for row in rows
        ]
        for row, (_, cells) in zip(rows, body, strict=True):  # a check may read what is left out
            unseen = [self._shown(name, row, field) for field in fields if field not in used]
            found = [cell for cell in unseen if isinstance(cell, (nodes.inline, nodes.reference))]
            if found:
                first = cells[0]
                named = first if isinstance(first, nodes.Node) else nodes.Text(first)
                cells[0] = nodes.inline("", "", named, *found)
        names = [field["name"] for field in used]
        return self.table([_heading(field) for field in used], body, ["data"], names=names)

    def _upright(
        self, name: str, resource: Mapping[str, Any], row: Row, used: Sequence[Mapping[str, Any]]
    ) -> nodes.Node:
        """Return a table of one row as items under each other, with a column for each year."""
        known = {field["name"]: field for field in used}
        anchor = self._anchor(name, resource, row)
        body: list[tuple[str, list[nodes.Node | str]]] = []
        for field in used:
            before = known.get(f"{PRIOR}{field['name']}")
            if before:
                two = (self._shown(name, row, f) for f in (before, field))
                zh = field["title_zh"].partition("／")[2] or field["title_zh"]
                own = f"{anchor}.{field['name']}" if body else anchor
                body.append((own, [both(field["title"], zh), *two]))
        year = self.disclosure.year
        years = (said("{year:year}, yuan 元", year=year - n) for n in (1, 0))
        head = [said("Item 项目"), *years]
        return self.table(head, body, ["data"])

    def _claims(self, rows: Sequence[Row]) -> nodes.Node:
        """Return what the text states, in words: of what, which figure, of which kind, where."""
        titles = {s["section"]: s["title"] for s in self.disclosure.reference["sections"]}
        reasons = {
            r["code"]: both(r["title_en"], r["title_zh"])
            for r in self.disclosure.reference["reasons"]
        }
        value = next(f for f in self._fields(CLAIMS) if f["name"] == "value")
        body: list[tuple[str, list[nodes.Node | str]]] = []
        for row in rows:
            section = row["section"]
            where = titles.get(section) or self.names.table(section).both
            direction = translated(_WAYS[row["direction"] or ""])
            told = [
                direction,
                *(reasons.get(code, code) for code in (row["reasons"] or "").split()),
            ]
            why = "; ".join(filter(None, told))
            kind = self.names.column(CLAIMS, row, "value").both
            figure = self._shown(CLAIMS, row, value)
            cells = [self.names.row(CLAIMS, row, "value").both, figure, row["unit"] or "", kind]
            body.append((self._anchor(CLAIMS, {}, row), [*cells, why, where, str(row["line"])]))
        head = [
            said("Of what 所述"),
            said("Figure 数字"),
            said("Unit 单位"),
            said("Statement 表述"),
            said("Direction and reasons 增减与理由"),
        ]
        names = [*[""] * len(head), "", "line"]
        return self.table([*head, said("Where 所在"), said("Line 行")], body, ["data"], names=names)

    def _fields(self, name: str) -> Sequence[Mapping[str, Any]]:
        resources = self.disclosure.descriptor["resources"]
        fields: Sequence[Mapping[str, Any]] = next(
            r["schema"]["fields"] for r in resources if r["name"] == name
        )
        return fields

    def _shown(self, name: str, row: Row, field: Mapping[str, Any]) -> nodes.Node | str:
        """Return a cell; a figure leads to its passport, and one that is not there has an anchor.

        A check may read a cell that is printed blank: what links to it finds the cell itself.
        """
        text = _print(row[field["name"]], field, row["kind"] if name == CLAIMS else "")
        address = self._address(name, row, field["name"])
        if address in self._figures:
            return self._link(self._figures[address], text)
        if address and address in self._read:
            goal = self._goal(name, row, field, text, address)
            return nodes.inline("", "", goal, nodes.Text(text))
        return self._worded(field["name"], text)

    def _worded(self, column: str, text: str) -> nodes.Node | str:
        """Return a cell in words: a role or an address as what it names, another name as code."""
        if column == "state" and text in _STATES:
            return said(_STATES[text])
        if column == "table" and text in self.disclosure.form.tables:
            return self.names.table(text).both
        address = located(text) if column in _ADDRESSES and text else None
        if address and self.disclosure.at(address):
            return self.names.place(address)
        key = column in _KEYS or (column == "code" and not text.isdigit())
        if text and (key or _MACHINE.search(text)):
            return nodes.literal("", text)
        return translated(text)

    def _address(self, name: str, row: Row, column: str = "") -> Address | None:
        """Return the address of a row or a cell, None in what no address leads into."""
        if name == CLAIMS:
            return parse(row["id"])._replace(column=column)
        if name not in self.disclosure.tables:
            return None
        try:
            return self.disclosure.address(row, column)
        except KeyError:
            return None

    def _anchor(self, name: str, resource: Mapping[str, Any], row: Row) -> str:
        address = self._address(name, row)
        if address:
            return address.anchor
        key = (str(row[column]) for column in resource["schema"]["primaryKey"])
        return "/".join((name, *map(part, key)))

    def _goal(
        self, name: str, row: Row, field: Mapping[str, Any], text: str, goal: Address
    ) -> nodes.Node:
        """Return the anchor of a cell that holds no figure, with what a link to it shows."""
        names = self.names
        words = (names.table(name), names.row(name, row, field["name"]))
        where = [w.both for w in (*words, names.column(name, row, field["name"]))]
        line = said("line {line:text} 第{line:text}行", line=row["line"])
        how = (
            said("printed so, no figure 如此印出，非数字")
            if text
            else said("printed blank 印为空白")
        )
        card = escape("\n".join((text or said("Blank 空白"), *where, f"{line} · {how}")))
        return markup(f'<span id="{goal.anchor}" data-cell="{card}"></span>')

    def _link(self, passport: Passport, text: str, anchor: str = "") -> nodes.Node:
        """Return a figure that leads to its passport on the same page."""
        link = self.figure(text, passport.address)
        assert isinstance(link, nodes.Element), text
        link["classes"].append("in-row")
        return nodes.inline("", "", link, ids=[anchor]) if anchor else link

    @cached_property
    def _figures(self) -> dict[Address | None, Passport]:
        return {p.address: p for p in every_passport(self.env.app)}

    @cached_property
    def _read(self) -> set[Address | None]:
        sides = [side for r in self.results for side in (r.check.left, r.check.right)]
        return {found for side in sides for leaf in side.leaves() if (found := place(leaf))}

    def _passports(self, name: str) -> list[nodes.Node]:
        """Return how to cite a table, and the passports of its figures."""
        found = [p for p in every_passport(self.env.app) if p.address.table == name]
        table = self.disclosure.form.tables.get(name)
        if self.env.docname.rpartition("/")[2] != (table.file if table else name):
            return []  # several share the page of what is kept by hand
        about = {r["name"]: r["title"] for r in self.disclosure.descriptor["resources"]}
        title = self.names.table(name).english if table else translated(about[name])
        claim = said("{title:text}.", title=title)
        text = cite(claim, f"{self.env.docname}.html", source(self.disclosure))
        parts: list[nodes.Node] = [markup(text)]
        if found:
            title = said(
                "Where each of the {number:count} figures comes from {number:count}个数字的出处",
                number=len(found),
            )
            passports = markup(Printer(self.env.app).all(found))
            parts.append(folded("more passports", title, passports))
        return parts

    def _card(self, name: str) -> list[nodes.Node]:
        """Return what the document's list says of a table, one line each printing."""
        rows = [entry for entry in self.disclosure.listing if entry["table"] == name]
        if not rows:
            return []
        head = [
            said("Printed title 表题"),
            said("State 状态"),
            said("Unit 单位"),
            said("Department or unit 部门或单位"),
            said("Lines 行"),
        ]
        cells = [
            [
                row["title"] or row["listed_title"],
                said(_STATES[row["state"]]),
                row["unit"] or said("none printed 未印"),
                row["department"] or row["compiling_unit"] or said("none printed 未印"),
                f"{row['line']}–{row['last_line']}" if row["line"] else said("not printed 未印出"),
            ]
            for row in rows
        ]
        listing = self.table(head, [("", texts) for texts in cells], ["listing"])
        return [folded("more", said("How it is printed 印出情况"), listing)]

    def _rebuilt(self, name: str) -> list[nodes.Node]:
        """Return what can be rebuilt of an absent table, marked as reconstructed."""
        figures = [figure for figure in absent_tables(self.disclosure) if figure.table == name]
        if not figures:
            return []
        found = [p for p in every_passport(self.env.app) if p.address.table == name]
        pairs = enumerate(zip(figures, found, strict=True), 1)
        links = [self._link(p, p.text, f"rebuilt-{n}") for n, (_, p) in pairs]
        rows = [
            ("", [p.row.both, p.column.both, link, rebuilt(p.formula, self.names)])
            for p, link in zip(found, links, strict=True)
        ]
        head = [
            said("Row 行"),
            said("Column 列"),
            said("Amount, yuan 金额（元）"),
            said("Formula 算式"),
        ]
        title = rubric(said("Reconstructed, not in the text that was read 推算，所读文本中未见"))
        return [title, self.table(head, rows, ["reconstructed"])]


class CheckList(Proof):
    """`{check-list}`: checks with their verdicts, those with the same two sides in one row.

    `:owed:` lists instead what the form obliges to and this document gives no check of;
    `:verdict:` keeps the checks of one verdict; `:short:` leaves out the list of places, for
    the sides link to their first place anyway.
    """

    option_spec = {  # noqa: RUF012 (as docutils wants it)
        "owed": directives.flag,
        "verdict": directives.unchanged,
        "short": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table of checks, or the list of what got none."""
        if "owed" in self.options:
            told, bare = owed(self.results)
            items = (nodes.list_item("", _bare(each)) for each in bare)
            return [nodes.paragraph("", told), nodes.bullet_list("", *items)]
        wanted = self.options.get("verdict")
        groups: dict[tuple[object, ...], list[Result]] = {}
        for result in self.results:
            if wanted in (None, result.verdict):
                fails = result.verdict is Verdict.FAILS
                alone = result.check.id if fails and result.check.family in _ALONE else ""
                what = (result.check.family, result.check.guards, alone)
                key = (*what, result.left, result.right, result.check.relation, result.needs)
                groups.setdefault(key, []).append(result)
        short = "short" in self.options
        head = sides_head() + ([] if short else [said("Where 所在"), said("Evidence 证据")])
        rows = [(f"check-{g[0].check.id}", self._row(g, short)) for g in groups.values()]
        return [self.table(head, rows, ["checks"])]

    def _row(self, group: Sequence[Result], short: bool) -> list[nodes.Node | str]:
        first = group[0]
        statement = TYPES["opening"](first.check.statement_en)
        if more := len(group) - 1:
            statement = said(
                "{statement:text} (and {more:count} more with the same two sides)",
                statement=statement,
                more=more,
            )
        sides = self.sides(first)
        others = markup(anchors(f"check-{result.check.id}" for result in group[1:]))
        chinese = nodes.Text(f" {first.check.statement_zh}")
        named = nodes.inline("", "", nodes.Text(statement), chinese, others)
        return [named, *sides, *([] if short else [self.places(group), self._evidence(group)])]

    def _evidence(self, group: Sequence[Result]) -> str:
        """Return the grade of a group's evidence, and how many of it follow from other checks."""
        made = partial(implied, self.results, self.disclosure)
        known = once(self.env.app, "budget_implied", made)
        follow = sum(result.check.id in known for result in group)
        how = grade(group[0].check, self.disclosure)
        if not follow:
            return said("{grade:text}, independent", grade=how)
        if follow == len(group):
            return said("{grade:text}, implied by others", grade=how)
        return said("{grade:text}, {number:count} of them implied", grade=how, number=follow)


def _bare(one: Obligation) -> nodes.Node:
    """Return why a rule, its name as code, got no check."""
    return nodes.paragraph("", "", nodes.literal("", one.rule), nodes.Text(f": {one.why}"))


class DerivedList(BudgetDirective):
    """`{derived-list}`: the passports of computed amounts."""

    def run(self) -> list[nodes.Node]:
        """Return them, those of failing checks first."""
        known = {one.anchor: one for one in goals(self.env.app).computed.values()}
        return [markup(Printer(self.env.app).computed(known.values()))]


def _heading(field: Mapping[str, Any]) -> str:
    title, unit = translated(field["title"]), field.get("unit", "")
    if not unit or field["title"].endswith(f" {unit}"):
        return f"{title} {field['title_zh']}"
    zh = field["title_zh"]
    return said("{title:text}, {unit:text} {zh:text}", title=title, unit=translated(unit), zh=zh)


def _print(value: object, field: Mapping[str, Any], kind: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return figure_text(value, field.get("unit", ""), kind)
    return str(value)


def table_first(app: Any, doctree: nodes.document) -> None:
    """Let a page of the data begin with what it answers and its table, the rest folded below."""
    name = app.env.docname
    kinds = {"data", "reconstructed"}
    shown = [table for table in doctree.findall(nodes.table) if kinds & {*table["classes"]}]
    if not name.startswith("book/data/") or not shown or name.endswith("/editorial"):
        return
    if app.builder.name == "gettext":  # the headings that are taken out here are messages too
        return
    top = next(doctree.findall(nodes.section))
    kept: list[nodes.Node] = []
    rest: list[nodes.Node] = []
    for node in [*top.children[1:]]:
        top.remove(node)
        holds = any(_within(table, node) for table in shown)
        if isinstance(node, nodes.section) and (holds or not kept):
            # What it answers, and the table itself, need no heading.
            lead = node.children[1:]
            lead[0]["ids"] = [*lead[0].get("ids", ()), *node["ids"]]
            kept += lead
        elif isinstance(node, nodes.section) or (kept and not holds and _written(node)):
            rest.append(node)
        else:
            kept.append(node)
    at = next((n for n, node in enumerate(kept) if _apparatus(node)), len(kept))
    if rest:
        title = said("About this table 关于本表")
        kept.insert(at, folded("more", title, nodes.container("", *rest)))
    top += kept


def _within(node: nodes.Node, outer: nodes.Node) -> bool:
    return any(found is node for found in outer.findall())


def _written(node: nodes.Node) -> bool:
    """Return whether an author wrote a node, and no directive made it: links lead to downloads."""
    if isinstance(node, nodes.bullet_list):
        return not any(node.findall(nodes.reference))
    return isinstance(node, nodes.paragraph)


def _apparatus(node: nodes.Node) -> bool:
    """Return whether a node is folded already."""
    first = node.children[0] if node.children else None
    return isinstance(first, nodes.raw) and first.astext().startswith("<details")
