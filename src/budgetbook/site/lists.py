"""Directives of the lists and pictures: glossary, sources, downloads, the picture of the budget."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd
from docutils import nodes

from ..analysis.paths import Path, paths, sum_places
from ..analysis.reconstruction import ZERO, unlisted_projects
from ..exact.money import wan
from ..messages import both, counted, said, translated
from ..package.beside import rows_beside
from ..show.budget import FRAMES
from ..show.downloads import CLASS_ZIP, OFFLINE, PACKAGE_ZIP, PDF, RUN_ZIP, WORKBOOK, frame_file
from ..show.material import PAPER
from .directive import BudgetDirective, listed, rubric
from .markup import markup
from .outputs import figure
from .theme import released


class GlossaryList(BudgetDirective):
    """`{glossary-list}`: the terms, English and Chinese, each with an anchor."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        items = []
        glossary = self.disclosure.reference["glossary"]
        for row in sorted(glossary, key=lambda row: row["term_en"].lower()):
            name = both(row["term_en"], row["term_zh"])
            term = nodes.term("", name, ids=[f"term-{row['id']}"])
            told = translated(row["definition_en"]), row["definition_zh"]
            text = [nodes.paragraph("", each) for each in told]
            text[1]["classes"] = ["zh"]
            items.append(nodes.definition_list_item("", term, nodes.definition("", *text)))
        seek = f'<p class="seek" hidden><label>{escape(said("Find a term 查找词条"))} '
        seek += '<input type="search" autocomplete="off"></label> <span role="status"></span></p>'
        return [markup(seek), nodes.definition_list("", *items)]


class SourceList(BudgetDirective):
    """`{source-list}`: the sources by how they are known, each with an anchor."""

    def run(self) -> list[nodes.Node]:
        """Return one table a grade."""
        parts: list[nodes.Node] = []
        head = said("Source"), said("Where"), said("What it supports")
        for grade in rows_beside(__file__, "grades"):
            rows: list[tuple[str, list[str]]] = []
            for row in self.disclosure.reference["sources"]:
                if row["grade"] == grade["grade"]:
                    told = [translated(row[column] or "") for column in ("rests_on", "note")]
                    title = both(row["title_en"], row["title_zh"])
                    rows.append((f"source-{row['id']}", [title, *told]))
            if rows:
                parts += [rubric(translated(grade["heading"])), self.table(head, rows)]
        return parts


class Picture(BudgetDirective):
    """`{budget-picture}`: where the money comes from and goes to, and what no form explains."""

    def run(self) -> list[nodes.Node]:
        """Return the headline and the chart, with inline SVG."""
        from ..show.flows import flow  # seaborn takes a second; only a changed page needs it

        left = unlisted_projects(self.disclosure).total
        listed = sum((item.budget or ZERO for item in self.disclosure.projects), ZERO)
        headline = counted(
            "The tables hold {whole:wan} of project money; one printed form accounts for "
            "{listed:text}.",
            "The tables hold {whole:wan} of project money; {number:count} printed forms account "
            "for {listed:text}.",
            len(self.disclosure.projects),
            whole=left + listed,
            listed=wan(listed),
        )
        chart = flow(
            "overview",
            pd.DataFrame(paths(self.disclosure), columns=Path._fields),
            "{headline:message}\nThe general public budget of {year:year} from its source to its "
            "uses, 万元. {left:wan} of project money, {part:share}, are in no form of the text "
            "that was read 一般公共预算的来源与用途；"
            "项目支出中{left:wan}在所读文本中未见绩效目标表。\n"
            "Tables 1, 6, 7, 9 and 17; who spends it is inferred.",
            stages=("source", "nature", "unit", "use"),
            says={
                "headline": headline,
                "year": self.disclosure.year,
                "left": left,
                "part": (left, left + listed),
            },
            at=sum_places(self.disclosure),
        )
        underlined = said(
            "An amount that is underlined leads to where it is printed or, if we computed it, to "
            "what it is computed from. 有下划线的金额可点开其出处或算式。"
        )
        return [figure(chart, self.env), nodes.paragraph("", underlined)]


class Downloads(BudgetDirective):
    """`{downloads}`: the files to take home."""

    def run(self) -> list[nodes.Node]:
        """Return the list of links."""
        package = said("The whole data package (zip): datapackage.json and all CSV files")
        workbook = said("An Excel workbook, one sheet a table, with typed cells")
        run = said(
            "Run this yourself 自行运行 (zip): the notebooks, the data and the package "
            "笔记本、数据与程序包"
        )
        files = (PACKAGE_ZIP, package), (WORKBOOK, workbook), (RUN_ZIP, run)
        return [self.links(files), *self._of_release()]

    def _of_release(self) -> list[nodes.Node]:
        """Return links to the files of a release, or who may have them."""
        sheets = [name.replace(".html", ".pdf") for name in PAPER]
        files = {
            PDF: said("Printed book (PDF) 印刷本"),
            OFFLINE: said("Site, printed book and data for use without a network (zip) 离线使用"),
            CLASS_ZIP: said("A sample class; its keys are public (zip) 样例班级，答案公开"),
            sheets[0]: said("Handout of the class (PDF) 课堂讲义"),
            sheets[1]: said("Answer sheet of the class (PDF) 课堂答题表"),
        }
        deep = self.env.docname.count("/")
        places = [(released(self.config, name, deep), told) for name, told in files.items()]
        if all(place for place, _ in places):
            return [listed(places)]
        more = said(
            "A release of this book has more: the printed book as PDF, one zip for use without a "
            "network, a sample class, handout and answer sheet as PDF. This copy of the site does "
            "not know where its release is published; ask whoever gave you the copy. "
            "本书的发行版另有印刷本（PDF）、离线使用的压缩包、样例班级，以及讲义与答题表（PDF）；"
            "本副本未注明发行版所在，可向提供本副本者索取。"
        )
        return [nodes.paragraph("", more)]


class FrameList(BudgetDirective):
    """`{frame-list}`: the frames of the notebooks with their columns, each as a CSV file."""

    def run(self) -> list[nodes.Node]:
        """Return a section a frame."""
        sections = []
        for name, (title, *columns) in FRAMES.items():
            section = nodes.section("", nodes.title("", f"{name}()"), ids=[f"frame-{name}"])
            words = said(
                "{english:opening}. {chinese:text}。",
                english=translated(title["meaning_en"]),
                chinese=title["meaning_zh"],
            )
            section += nodes.paragraph("", words)
            head = said("Column 列"), said("Unit 单位"), said("Meaning 含义")
            section += self.table(head, [("", _described(column)) for column in columns])
            section += self.links([(frame_file(name), frame_file(name))])
            sections.append(section)
        return sections


def _described(column: Mapping[str, str]) -> list[nodes.Node | str]:
    """Return what the list says of a column of a frame: name, unit, meaning."""
    meaning = both(column["meaning_en"], column["meaning_zh"])
    return [nodes.literal("", column["column"]), translated(column["unit"]), meaning]
