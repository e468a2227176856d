"""Directives of the lists and pictures: glossary, sources, downloads, the picture of the budget."""

from __future__ import annotations

from decimal import Decimal

from docutils import nodes

from ..analysis.reconstruction import unlisted_projects
from ..exact.money import percent, wan, yuan
from ..model.classification import names
from ..package.beside import rows_beside
from ..show.budget import FRAMES
from ..show.downloads import PACKAGE_ZIP, RUN_ZIP, WORKBOOK, frame_file
from ..show.frames import name_of
from .directive import BudgetDirective, rubric

_UNSEEN = "has no form in the text that was read 所读文本中未见绩效目标表"


class GlossaryList(BudgetDirective):
    """`{glossary-list}`: the terms, English and Chinese, each with an anchor."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        items = []
        glossary = self.disclosure.reference["glossary"]
        for row in sorted(glossary, key=lambda row: row["term_en"].lower()):
            term = nodes.term("", f"{row['term_en']} {row['term_zh']}", ids=[f"term-{row['id']}"])
            text = [nodes.paragraph("", row[key]) for key in ("definition_en", "definition_zh")]
            text[1]["classes"] = ["zh"]
            items.append(nodes.definition_list_item("", term, nodes.definition("", *text)))
        return [nodes.definition_list("", *items)]


class SourceList(BudgetDirective):
    """`{source-list}`: the sources by how they are known, each with an anchor."""

    def run(self) -> list[nodes.Node]:
        """Return one table a grade."""
        parts: list[nodes.Node] = []
        head = ["Source", "Where", "What it supports"]
        for grade in rows_beside(__file__, "grades"):
            rows: list[tuple[str, list[str]]] = []
            for row in self.disclosure.reference["sources"]:
                if row["grade"] == grade["grade"]:
                    title = f"{row['title_en']} {row['title_zh']}"
                    rows.append((f"source-{row['id']}", [title, row["rests_on"], row["note"]]))
            if rows:
                parts += [rubric(grade["heading"]), self.table(head, rows)]
        return parts


class Picture(BudgetDirective):
    """`{budget-picture}`: project money of the tables against what the printed forms explain."""

    def run(self) -> list[nodes.Node]:
        """Return the headline and the chart, an inline SVG."""
        from ..show.charts import Bar, draw  # seaborn takes a second; only a changed page needs it

        left = unlisted_projects(self.disclosure).total
        forms = [(item.name, item.budget or Decimal(0)) for item in self.disclosure.projects]
        whole = left + sum(budget for _, budget in forms)
        named = names(self.disclosure)
        title = "Project expenditure in the tables"
        bars = [Bar(title, [("neutral", whole, f"{wan(whole)} 万元")])]
        level = whole
        for name, budget in forms:
            level -= budget
            part = [("project", budget, wan(budget))]
            bars.append(Bar(name_of(named, name, english=True), part, level))
        if left > 0:
            bars.append(Bar("No form in the text read", [("fails", left, wan(left))]))
        listed = whole - left
        headline = f"The tables hold {wan(whole)} 万元 of project money; "
        headline += f"{len(forms)} printed forms account for {wan(listed)}"
        caption = (
            f"Project expenditure of {self.disclosure.year} and the budgets of the performance "
            f"forms printed for it, 万元. "
            + (f"{yuan(left)} yuan, {percent(left, whole)}, {_UNSEEN}." if left else "All of it.")
        )
        alt = f"{headline}. " + "; ".join(f"{b.label}: {b.parts[0][2]}" for b in bars)
        values = [["Project", "Yuan"], [f"{title} 项目支出", yuan(whole)]]
        values += [[name_of(named, name), yuan(budget)] for name, budget in forms]
        values += [["No form in the text read 未见绩效目标表", yuan(left)]]
        chart = draw("overview", bars, caption, alt, values)
        return [
            nodes.paragraph("", headline, classes=["headline"]),
            nodes.raw("", chart._repr_html_(), format="html"),
        ]


class Downloads(BudgetDirective):
    """`{downloads}`: the files to take home."""

    def run(self) -> list[nodes.Node]:
        """Return the list of links."""
        files = [
            (PACKAGE_ZIP, "The whole data package (zip): datapackage.json and all CSV files"),
            (WORKBOOK, "An Excel workbook, one sheet a table, with typed cells"),
        ]
        run = "Run this yourself (zip): the whole project, with its notebooks and instructions"
        return [self.links([*files, (RUN_ZIP, run)])]


class FrameList(BudgetDirective):
    """`{frame-list}`: the frames of the notebooks with their columns, each as a CSV file."""

    def run(self) -> list[nodes.Node]:
        """Return a section a frame."""
        sections = []
        for name, (title, *columns) in FRAMES.items():
            section = nodes.section("", nodes.title("", f"{name}()"), ids=[f"frame-{name}"])
            words = f"{title['meaning_en'].capitalize()}. {title['meaning_zh']}。"
            section += nodes.paragraph("", words)
            rows = [
                ("", [c["column"], c["unit"], f"{c['meaning_en']} {c['meaning_zh']}"])
                for c in columns
            ]
            section += self.table(["Column 列", "Unit 单位", "Meaning 含义"], rows)
            section += self.links([(frame_file(name), frame_file(name))])
            sections.append(section)
        return sections
