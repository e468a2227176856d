"""Directives of the lists and pictures: glossary, sources, downloads, the picture of the budget."""

from __future__ import annotations

from docutils import nodes

from ..analysis.paths import printed_sums
from ..analysis.reconstruction import ZERO, unlisted_projects
from ..exact.money import wan
from ..package.beside import rows_beside
from ..show.budget import FRAMES, Budget
from ..show.downloads import PACKAGE_ZIP, RUN_ZIP, WORKBOOK, frame_file
from .directive import BudgetDirective, rubric
from .outputs import figure

_LEADS = "An amount that is underlined leads to where it is printed."


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
    """`{budget-picture}`: where the money comes from and goes to, and what no form explains."""

    def run(self) -> list[nodes.Node]:
        """Return the headline and the chart, with inline SVG."""
        from ..show.flows import flow  # seaborn takes a second; only a changed page needs it

        left = unlisted_projects(self.disclosure).total
        listed = sum((item.budget or ZERO for item in self.disclosure.projects), ZERO)
        headline = (
            f"The tables hold {wan(left + listed)} 万元 of project money; "
            f"{len(self.disclosure.projects)} printed forms account for {wan(listed)}"
        )
        chart = flow(
            "overview",
            Budget(self.disclosure).paths(),
            "The general public budget of {year:year} from its source to its uses, 万元; who "
            "spends it is inferred. {left:wan} of project money, {part:share}, are in no form of "
            "the text that was read "
            "一般公共预算的来源与用途；项目支出中{left:wan}在所读文本中未见绩效目标表。",
            stages=("source", "nature", "unit", "use"),
            says={"year": self.disclosure.year, "left": left, "part": (left, left + listed)},
            at=printed_sums(self.disclosure),
        )
        return [
            nodes.paragraph("", headline, classes=["headline"]),
            figure(chart, self.env),
            nodes.paragraph("", f"{_LEADS} 有下划线的金额可点开其出处。"),
        ]


class Downloads(BudgetDirective):
    """`{downloads}`: the files to take home."""

    def run(self) -> list[nodes.Node]:
        """Return the list of links."""
        files = [
            (PACKAGE_ZIP, "The whole data package (zip): datapackage.json and all CSV files"),
            (WORKBOOK, "An Excel workbook, one sheet a table, with typed cells"),
        ]
        run = "Run this yourself 自行运行 (zip): the whole project, with its notebooks 整个项目"
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
                (
                    "",
                    [
                        nodes.literal("", c["column"]),
                        c["unit"],
                        f"{c['meaning_en']} {c['meaning_zh']}",
                    ],
                )
                for c in columns
            ]
            section += self.table(["Column 列", "Unit 单位", "Meaning 含义"], rows)
            section += self.links([(frame_file(name), frame_file(name))])
            sections.append(section)
        return sections
