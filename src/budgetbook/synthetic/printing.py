"""Prints a planned department in the published layout, clean or damaged, with the rows behind it.

The printer knows on which line it prints each thing, so that it can say what a reader must find
there. It calls neither the reader nor the checks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from ..model.classification import parent
from ..model.disclosure import Disclosure
from ..model.entries import identified
from ..model.rounding import in_yuan
from ..package.schema import columns, declared, descriptor
from . import figures
from .forms import FormPrinter
from .plan import CARRIED, FUND, GENERAL, Plan
from .sheet import FORM, Row, Sheet
from .story import tell_story

#: Damages that real texts show, each by name.
DAMAGES = (
    *("lost unit", "lost table", "lost code", "shifted indicator", "blank line"),
    *("ragged row", "narrow marks", "cut paragraph", "stray word", "lone number"),
)
#: The tables that a department lists, by their numbers.
LISTED = tuple(number for number in range(1, 18) if number not in (2, 13))
_TABLES = {table.number: table for table in FORM.tables.values()}


def printed(plan: Plan, damage: Collection[str] = ()) -> str:
    """Return the text of the disclosure, clean or with damages of DAMAGES."""
    return printed_sheet(plan, damage).text


def package(plan: Plan, damage: Collection[str] = ()) -> dict[str, list[Row]]:
    """Return every published resource that the text should be read as: name → rows."""
    return resources(printed_sheet(plan, damage))


def resources(sheet: Sheet) -> dict[str, list[Row]]:
    """Return every published resource that a printed sheet should be read as: name → rows."""
    return sheet.tables | {
        "tables": sorted(sheet.listing, key=lambda e: (e["listed_line"], e["occurrence"])),
        "claims": sheet.claims,
        "unread": [],
        "sections": sheet.sections,
        "regulations": [],
        "repairs": sorted(sheet.repairs, key=lambda r: (r["line"], r["kind"], r["detail"])),
    }


def disclosure(
    plan: Plan, reference: Mapping[str, Sequence[Row]], damage: Collection[str] = ()
) -> Disclosure:
    """Return the department in memory.

    `reference` is that of a loaded disclosure; what speaks of its document alone is left out.
    """
    return from_sheet(plan, printed_sheet(plan, damage), reference)


def from_sheet(plan: Plan, sheet: Sheet, reference: Mapping[str, Sequence[Row]]) -> Disclosure:
    """Return a printed sheet of a department in memory."""
    rows = resources(sheet)
    tables = {role: tuple(rows[role]) for role in FORM.tables if role in rows}
    listing = tuple(rows["tables"])
    document = {"office": plan.office, "title": "", "form": FORM.name, "year": plan.year}
    document |= {"sha256": "", "lines": 0}
    return Disclosure(
        year=plan.year,
        document=document,
        tables=in_yuan(FORM, listing, tables),
        listing=listing,
        claims=identified(rows["claims"], FORM, tables, plan.year),
        reference={name: reference[name] for name in declared("reference")}
        | {name: (*reference[name], *_unknown(reference, name)) for name in CLASSIFICATIONS}
        | {"rates": tuple(_rate(row, plan) for row in reference["rates"])}
        | dict.fromkeys(declared("editorial"), ())
        | {name: tuple(rows[name]) for name in ("unread", "sections", "regulations", "repairs")}
        | {"proof-marks": ()},
        descriptor=descriptor(document, set(tables)),
    )


#: Classification → how its codes begin.
CLASSIFICATIONS = {
    "functional-classification": "2",
    "department-economic-classification": "3",
    "government-economic-classification": "5",
}


def _unknown(reference: Mapping[str, Sequence[Row]], name: str) -> list[Row]:
    """Return the accounts that departments are built of and a classification does not have."""
    known = {row["code"] for row in reference[name]}
    levels = {3: "class", 5: "section", 7: "item"}
    return [
        {"code": code, "parent": parent(code) or None, "level": levels[len(code)]}
        | {"name_zh": name_zh, "name_en": name_zh, "source": "working-assumption"}
        for code, name_zh in figures.NAMES.items()
        if code[0] == CLASSIFICATIONS[name] and code not in known
    ]


def _rate(row: Row, plan: Plan) -> Row:
    """Return a row of rates.csv with what the department is charged, in its place and years.

    Of rates that are its shape's own the file knows nothing: the row stays as it is.
    """
    if plan.shape.rates:
        return row
    anywhere = {"place": None, "year_from": None, "year_to": None}
    return {**row, **anywhere, "percent": plan.rates[row["id"]]}


def printed_sheet(plan: Plan, damage: Collection[str] = (), omitted: Collection[str] = ()) -> Sheet:
    """Return the sheet that a department is printed on.

    `omitted` names what the print leaves out though the department has it: the name of a project
    whose form is not printed, or a row of a table of accounts as `role/code`.
    """
    unknown = set(damage) - set(DAMAGES)
    if unknown:
        raise ValueError(f"no such damage: {', '.join(unknown)}; there are {', '.join(DAMAGES)}")
    sheet = Sheet(plan.year, plan.shape.unit)
    tell_story(sheet, plan, damage)
    numbers = list(LISTED)
    absent = [*plan.shape.absent, *(["income-summary"] if "lost table" in damage else [])]
    gone = {FORM.tables[role].number for role in absent}
    listed = _contents(sheet, plan, sorted({*numbers, *gone}))
    for role in absent:
        sheet.listing.append(_entry(role, listed) | {"state": "absent"})
    for number in sorted({*numbers} - gone):
        _Printer(sheet, plan, damage, listed, omitted).table(number)
    return sheet


def _title(plan: Plan, number: int) -> str:
    return FORM.title(_TABLES[number], plan.year, plan.district)


def _contents(sheet: Sheet, plan: Plan, numbers: list[int]) -> dict[str, tuple[str, int]]:
    """Print the list of tables; return title and line of each."""
    words = FORM.wording
    sheet.line(f"{plan.year}年{plan.district}部门预算公开表（{words.list_headings[0]}）")
    sheet.gap()
    sheet.line(words.list_columns[0], "工作表名", "")
    listed = {}
    for number in numbers:
        title = _title(plan, number)
        name = _TABLES[number].words[1]
        line = sheet.line(words.list_entries[0].format(number=number, name=name, title=title))
        listed[_TABLES[number].role] = (title, line)
    sheet.gap()
    return listed


def _entry(table: str, listed: Mapping[str, tuple[str, int]]) -> Row:
    title, line = listed[table]
    entry: Row = {"table": table, "occurrence": 1, "listed_title": title, "listed_line": line}
    return dict.fromkeys(columns("tables")) | entry


class _Printer:
    """Prints the tables, one after the other."""

    def __init__(
        self,
        sheet: Sheet,
        plan: Plan,
        damage: Collection[str],
        listed: Mapping[str, tuple[str, int]],
        omitted: Collection[str] = (),
    ) -> None:
        self.sheet, self.plan, self.damage, self.listed = sheet, plan, damage, listed
        self.omitted = omitted
        self.forms = FormPrinter(sheet, plan, damage)

    def table(self, number: int) -> None:
        """Print one table, or all forms of one."""
        name = _TABLES[number].role
        if number == 15:
            self._open(name, department=self.plan.office)
            self.forms.department()
            self._close(name)
        elif number == 17 and self.plan.forms:
            tasks = [task for task in self.plan.forms if task.name not in self.omitted]
            for form, task in enumerate(tasks, 1):
                lost = form == 1 and "lost unit" in self.damage
                self._open(name, compiling_unit=task.unit, nth=form, unit=not lost)
                self.forms.project(name, form, task)
                self._close(name)
        elif number in (16, 17):
            self._open(name, compiling_unit="")
            self.forms.project(name, 1, None)
            self._close(name, f"本部门无{'重点' if number == 16 else '一般'}项目。")
        else:
            self._open(name, department=self.plan.office)
            before = len(self.sheet.tables.setdefault(name, []))
            rows = [r for r in self._rows(name) if f"{name}/{r.get('code')}" not in self.omitted]
            self.sheet.grid(FORM.tables[name], rows)
            if number == 5 and "lost code" in self.damage:
                self._lose_code(before)
            filled = any(row.get(c) is not None for row in rows for c in FORM.tables[name].amounts)
            self._close(name, "" if filled else "本表无数据。")

    def _open(
        self,
        table: str,
        department: str = "",
        compiling_unit: str | None = None,
        nth: int = 1,
        unit: bool = True,
    ) -> None:
        title, bracket = self.listed[table][0], ""
        if title.endswith("）"):
            title, _, bracket = title.partition("（")
        entry = _entry(table, self.listed) | {"occurrence": nth}
        entry |= {"title": self.listed[table][0], "line": self.sheet.line(title)}
        self.sheet.gap()
        if bracket and "narrow marks" in self.damage:
            entry["title"] = f"{title}({bracket.removesuffix('）')})"
            detail = "marks of the title made alike"
            self.sheet.repair(entry["line"], "mark-width", table, detail)
        if bracket:
            self.sheet.line(entry["title"].removeprefix(title))
            self.sheet.gap()
        if compiling_unit is None:
            self._beside("department", department)
        else:
            self._beside("compiling_unit", compiling_unit)
        if unit:
            self._beside("unit", self.sheet.unit)
        entry |= {"department": department or None, "compiling_unit": compiling_unit or None}
        self.sheet.listing.append(entry | {"unit": self.sheet.unit if unit else None})

    def _beside(self, key: str, value: str) -> None:
        """Print what stands beside a table, after the word of the form for it."""
        self.sheet.line(f"{FORM.wording.about[key][0]}：{value}")
        self.sheet.gap()

    def _close(self, table: str, remark: str = "") -> None:
        entry = self.sheet.listing[-1]
        rows = self.sheet.tables[table]
        mine = [r for r in rows if r["line"] > entry["line"]]
        entry |= {"last_line": len(self.sheet.lines), "rows": len(mine)}
        entry["state"] = "printed empty" if remark else "printed"
        self.sheet.gap()
        if remark:
            self._beside("remark", remark)
            entry["remark"] = "nothing-to-report"

    def _rows(self, table: str) -> list[Row]:
        plan = self.plan
        match table:
            case "budget-summary" | "appropriations":
                return figures.ledger(table, plan)
            case "spending-summary" | "fund-spending":
                money = (GENERAL, FUND, CARRIED) if table == "spending-summary" else (FUND,)
                names = ("code", "name", "total", "basic", "project")
                found = figures.functions(plan, *money) if figures.whole(plan, *money) else []
                rows = [{n: r[n] for n in names} for r in found if r["total"] is not None]
                return rows or [{"code": None, "name": FORM.total}]
            case "spending-by-function":
                return figures.functions(plan)
            case "basic-by-economic":
                rows = figures.accounts(figures.economic(plan), "total")
                for row in rows[1:]:
                    nature = "personnel" if row["code"].startswith("301") else "public_funds"
                    row[nature] = row["total"]
                for nature in ("personnel", "public_funds"):
                    classes = (r for r in rows[1:] if len(r["code"]) == 3)
                    rows[0][nature] = sum((r.get(nature, 0) for r in classes), Decimal(0))
                return rows
            case "basic-by-government":
                return figures.accounts(figures.government(plan), "basic")
            case "project-by-economic" | "project-by-government" if plan.tasks:
                economic = table == "project-by-economic"
                of = figures.project_economic if economic else figures.project_government
                return figures.accounts(of(plan), "project")
            case "three-public":
                return [figures.three_public(plan)]
            case "procurement":
                return self._purchases()
        return [{"code": None, "name": FORM.total}]

    def _purchases(self) -> list[Row]:
        units = [unit.name for unit in self.plan.now]
        return [
            {
                "department_code": self.plan.code,
                "department": self.plan.office,
                "unit_code": f"{self.plan.code}{1 + units.index(task.unit):03}",
                "unit": task.unit,
                "project": f"900112{self.plan.year % 100}T{task.code}-{task.name}",
                "total": task.buys,
                "goods": task.buys,
            }
            for task in self.plan.buyers
        ]

    def _lose_code(self, first: int) -> None:
        """Print last year's section under an old name on a row of its own, without a code."""
        rows = self.sheet.tables["spending-by-function"]
        code = self.plan.shape.section
        at = next(i for i, row in enumerate(rows) if i >= first and row["code"] == code)
        row = rows[at]
        prior = row["prior_total"]
        amounts = [row[name] for name in ("total", "basic", "project")]
        now = "\t".join("" if amount is None else f"{amount:,.2f}" for amount in amounts)
        lines = self.sheet.lines
        lines[row["line"] - 1] = f"{code}\t{row['name']}\t\t{now}\t#DIV/0!"
        lines.insert(row["line"], f"\t{row['name']}监管\t{prior:,.2f}\t\t\t\t-100%")
        table, blank = "spending-by-function", {"prior_total": None, "growth": "#DIV/0!"}
        for later in rows[at + 1 :]:
            later["line"] += 1
        old = dict.fromkeys(row) | {"line": row["line"] + 1, "name": f"{row['name']}监管"}
        old |= {"prior_total": prior, "growth": Decimal(-100)}
        rows[at : at + 1] = [row | blank, old]
        self.sheet.repair(row["line"], "spreadsheet-error", table, "growth: kept, not a number")
