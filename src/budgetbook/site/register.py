"""Directives of the register: the findings, and what guards each figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from html import escape

from docutils import nodes
from docutils.parsers.rst import directives

from ..checks import Result, Verdict
from ..exact.money import yuan
from ..messages import TYPES, both, counted, message, pair, parts, said, translated
from ..model.address import CLAIMS, Address, located
from ..model.counting import Count
from ..model.expressions import Expression, NumberIn
from ..proof.derived import added
from ..proof.evidence import grade
from ..proof.findings import (
    GRADE_NAMES,
    GRADES,
    KINDS,
    Finding,
    Piece,
    Reading,
    Size,
    findings,
    told,
)
from ..proof.formulas import first_place, formula, in_words, place, source
from ..proof.guards import Guard, Printed, why_not
from ..proof.letters import request
from ..proof.passports import read_by_failing, told_at
from .directive import BudgetDirective
from .figures import figure_text
from .goals import guarded
from .markup import cite, folded, markup, relation
from .passports import source as document

_MOST = 8
#: How a count that fails is said: what there is, and what there should be.
_SEEN = message("{number:text} seen 见{number:text}项")
_BUT = message("but 而")
#: What a section says below its readings → the columns that say it.
_SAID = {
    message("What would settle it 何以定论."): "settles",
    message("What is inferred 所作推断."): "inferred",
}
_LETTER = {
    "request": message("A request for disclosure that a citizen could send 依申请公开（草稿）."),
    "consultation": message(
        "A question that a citizen could send: a consultation, no request 咨询（草稿）."
    ),
}
_ORDER = message(
    "The order is computed: by the grade of the evidence; within a grade by money that one side "
    "does not tell of, then by money that is contradicted, then by money by no rule that this "
    "book states, the largest first; these kinds of money are never added. Last by how many "
    "cells and stated figures the failing checks compare (what a check only counts is none), and "
    "among equals by their ids. What kind of disagreement it may be orders nothing. "
    "次序由计算得出：先按证据等级，再按一处未列、两处不一、本书所列规则未能解释的金额，最后按不成立的核对所比较的单元格与文字数值的个数（仅作计数者不计），相同者按标识；类型不影响次序。"
)
#: Findings that the home page begins with.
_ODD = 3
_FIRST = 6  # findings that the short list shows before it is opened


def sides_head() -> list[str]:
    """Return the headings over what a check states and its two sides."""
    return [
        said("What is checked 核对内容"),
        said("One side 一方"),
        said("Relation 关系"),
        said("Other side 另一方"),
    ]


def _tested(finding: Finding) -> list[Result]:
    """Return the checks of a finding that apply to this document, all of them if none does."""
    tested = [result for result in finding.results if result.verdict is not Verdict.APART]
    return tested or [*finding.results]


def _needed(number: str) -> str:
    """Return how many there should be."""
    if number == "0":
        return said("none expected 不应有")
    return said("{number:text} needed 需{number:text}项", number=number)


def _title(finding: Finding) -> str:
    """Return the title of a finding in both languages."""
    return f"{finding.sentence('title_en')} {finding.sentence('title_zh')}"


class Proof(BudgetDirective):
    """What shows a check's two sides with links to the figures that they are read from."""

    def sides(self, result: Result) -> list[nodes.Node | str]:
        """Return left side, relation and right side; a side is linked to its first figure.

        Of what was not judged the last says what it needs, or why it does not apply.
        """
        if result.verdict in (Verdict.OPEN, Verdict.APART):
            needs = result.needs
            if result.verdict is Verdict.OPEN:
                needs = said("needs {figure:text}", figure=needs)
            return ["", result.verdict.words, needs]
        left, right = result.sides
        one, other = result.check.left, result.check.right
        fails = result.verdict is Verdict.FAILS
        if fails and isinstance(other, Count):
            return [_needed(left), said(_BUT), said(_SEEN, number=right)]
        if fails and isinstance(one, Count):
            return [said(_SEEN, number=left), said(_BUT), _needed(right)]
        return [self._side(left, one), relation(result), self._side(right, other)]

    def _side(self, text: str, expression: Expression) -> nodes.Node | str:
        first = first_place(expression)
        return self.figure(text, first, formula(expression)) if first else text

    def statement(self, result: Result, english: str) -> nodes.Node:
        """Return what a check states, which leads to it in either language."""
        check = result.check
        return self.link(f"{english} {check.statement_zh}", "book/checks", f"check-{check.id}")

    def places(self, group: Sequence[Result]) -> nodes.Node:
        """Return links to what offends, else to the figures that are read, the first of many."""
        places: dict[str, Address | None] = {
            name: located(name) for result in group for name in result.offenders
        }
        places = places or {
            in_words(leaf, self.names) if isinstance(leaf, NumberIn) else str(leaf): place(leaf)
            for result in group
            for expression in (result.check.left, result.check.right)
            for leaf in expression.leaves()
        }
        inline = nodes.inline()
        for number, (what, goal) in enumerate(list(places.items())[:_MOST]):
            inline += nodes.Text("; " if number else "")
            words = self._named(goal) if goal else self.names.printing(what)
            inline += self.figure(words, goal) if goal else nodes.Text(words)
        if len(places) > _MOST:
            more = said("and {number:count} more 另有{number:count}处", number=len(places) - _MOST)
            inline += nodes.Text(f"; {more}")
        return inline

    def _named(self, address: Address) -> str:
        """Return where something stands, in both languages."""
        return both(*(self.names.place(address, chinese=zh) for zh in (False, True)))


class FindingList(Proof):
    """`{finding-list}`: the register; `:fine:` what is fine, `:short:` one line each.

    `:whole:` shows the short list unfolded. `:order:` says by what it is sorted. `:odd:` shows the
    first few that money is in question of, each in a sentence.
    """

    option_spec = dict.fromkeys(("fine", "short", "whole", "order", "odd"), directives.flag)

    def run(self) -> list[nodes.Node]:
        """Return a section a finding, or a list with links to them."""
        if "order" in self.options:
            return [nodes.paragraph("", said(_ORDER))]
        mine = told(findings(self.disclosure, self.results), fine="fine" in self.options)
        if "odd" in self.options:
            odd = [self._odd(finding) for finding in mine if finding.sizes]
            return [nodes.bullet_list("", *odd[:_ODD])]
        if "short" in self.options:
            kinds = {finding.brief_kind for finding in mine}
            items = [self._item(finding, kind=len(kinds) > 1) for finding in mine]
            above: list[nodes.Node] = []
            if len(kinds) == 1:
                each = said("The kind of each 各项的类型: {kind:text}.", kind=kinds.pop())
                above.append(nodes.paragraph("", each))
            if "whole" in self.options:
                lines = nodes.enumerated_list("", *items, enumtype="arabic")
                lines["classes"].append("finding-lines")
                return [*above, lines]
            shown = nodes.enumerated_list("", *items[:_FIRST], enumtype="arabic")
            rest = nodes.enumerated_list("", *items[_FIRST:], enumtype="arabic", start=_FIRST + 1)
            left = len(items) - _FIRST
            more = said("{number:count} more 其余{number:count}项", number=left)
            below = [folded("more", more, rest)] if items[_FIRST:] else []
            return [*above, shown, *below]
        return [self._section(finding) for finding in mine]

    def _odd(self, finding: Finding) -> nodes.Node:
        """Return one sentence: how much, what is the matter, how sure it is."""
        size = finding.sizes[0]
        money = self._money(finding, size, wan=True)
        text = nodes.paragraph("", "", nodes.strong("", "", money), nodes.Text(" "))
        text += [self._titled(finding), nodes.Text(" ")]
        grade = said("grade {grade:text} 证据等级{grade:text}", grade=finding.grade)
        text += nodes.inline("", grade, classes=["grade"])
        return nodes.list_item("", text)

    def _titled(self, finding: Finding) -> nodes.Node:
        """Return the title of a finding, which leads to it in either language."""
        return self.link(_title(finding), "book/findings", f"finding-{finding.id}")

    def _item(self, finding: Finding, *, kind: bool) -> nodes.Node:
        text = nodes.paragraph("", "", self._titled(finding))
        text += nodes.Text(f": {finding.grade}")
        text += nodes.Text(f", {finding.brief_kind}" if kind else "")
        for size in finding.sizes:
            text += [
                nodes.Text(", "),
                self._money(finding, size),
                nodes.Text(f" {size.brief_matter}"),
            ]
        return nodes.list_item("", text)

    def _sizes(self, finding: Finding) -> list[nodes.Node]:
        """Return each kind of money in question with a comma between, empty where none is."""
        parts: list[nodes.Node] = []
        for size in finding.sizes:
            parts += [nodes.Text(", ")] if parts else []
            parts += [self._money(finding, size), nodes.Text(f" {size.matter}")]
        return parts

    def _money(self, finding: Finding, size: Size, *, wan: bool = False) -> nodes.Node:
        """Return the amount, in yuan or in 万元, linked to the first figure behind it."""
        first, derived = added(finding, size.checks)
        text = said("{amount:wan}", amount=size.amount) if wan else size.money
        yuan = size.amount if wan else None
        return self.figure(text, first, derived, yuan) if first else nodes.Text(text)

    def _section(self, finding: Finding) -> nodes.Node:
        section = nodes.section("", nodes.title("", _title(finding)), ids=[f"finding-{finding.id}"])
        section += nodes.paragraph("", "", *self._pieces(finding, finding.pieces("found_en")))
        section += nodes.paragraph(
            "", "", *self._pieces(finding, finding.pieces("found_zh")), classes=["zh"]
        )
        section += self._card(finding)
        proof = _tested(finding) if finding.fine else finding.failing
        shown = proof[:_MOST]
        section += self._numbers(shown[0])
        for heading, column in _SAID.items():
            if finding.row[f"{column}_en"]:
                section += self._said(finding, heading, column)
        section += nodes.container(
            "", *self._buttons(finding, shown, len(proof)), classes=["buttons"]
        )
        return section

    def _numbers(self, result: Result) -> nodes.Node:
        """Return what should hold, and the two numbers of the first check that says so."""
        left, relation, right = self.sides(result)
        link = self.statement(result, result.check.statement_en)
        line = nodes.paragraph("", "", nodes.strong("", said("What is checked 核对内容: ")), link)
        pair = nodes.paragraph("", "", classes=["pair"])
        for part in (left, nodes.emphasis("", str(relation)), right):
            pair += part if isinstance(part, nodes.Node) else nodes.Text(part)
            pair += nodes.Text(" ")
        return nodes.container("", line, pair, classes=["numbers"])

    def _buttons(
        self, finding: Finding, shown: Sequence[Result], number: int
    ) -> Iterable[nodes.Node]:
        """Yield what opens: the proof, the readings, the letter, a sentence to cite."""
        rows = [("", self._proof(n, finding, r)) for n, r in enumerate(shown, 1)]
        proof = self.table([*sides_head(), said("Places 所在")], rows, ["checks"])
        several = said(
            "Proof 证明, {shown:count} of {number:count}",
            shown=len(shown),
            number=number,
        )
        title = said("Proof 证明") if len(shown) == number else several
        yield folded("proof", title, proof)
        readings = [("", self._reading(finding, reading)) for reading in finding.readings]
        head = [said("It may be that … 或许"), said("What speaks for or against it 支持或反对")]
        yield folded("readings", said("Readings 其他解释"), self.table(head, readings))
        if request(finding) and not finding.fine:
            yield self._request(finding)
        else:
            none = said("No letter: nothing to ask 无需函询")
            yield nodes.paragraph("", none, classes=["no-letter"])
        english, chinese = pair(
            "{title:text}: {found:text}",
            "{office:text}{year:year}年部门预算，{title_zh:text}：{found_zh:text}",
            title=finding.sentence("title_en"),
            found=finding.sentence("found_en"),
            office=self.disclosure.document["office"],
            year=self.disclosure.year,
            title_zh=finding.sentence("title_zh"),
            found_zh=finding.sentence("found_zh"),
        )
        address = f"{self.env.docname}.html#finding-{finding.id}"
        whose = document(self.disclosure)
        yield markup(cite(english, address, whose, chinese))

    def _said(self, finding: Finding, title: str, column: str) -> nodes.Node:
        paragraph = nodes.paragraph("", "", nodes.strong("", said(title)), nodes.Text(" "))
        paragraph += self._both(
            finding, finding.pieces(f"{column}_en"), finding.pieces(f"{column}_zh")
        )
        return paragraph

    def _both(
        self, finding: Finding, english: Iterable[Piece], chinese: Iterable[Piece]
    ) -> list[nodes.Node]:
        zh = nodes.inline("", "", *self._pieces(finding, chinese), classes=["zh"])
        return [*self._pieces(finding, english), nodes.Text(" "), zh]

    def _card(self, finding: Finding) -> nodes.Node:
        evidence = said(
            "Evidence {grade:text} ({says:text})",
            grade=finding.grade,
            says=said(GRADES[finding.grade]),
        )
        line = nodes.paragraph("", f"{evidence}; ", classes=["card-line"])
        line += nodes.Text(f"{finding.kind}; ")
        line += [*sizes, nodes.Text("; ")] if (sizes := self._sizes(finding)) else []
        if finding.fine:
            checks = counted(
                "{number:count} check that holds or stays open {number:count}项核对成立或无法检验.",
                "{number:count} checks that hold or stay open {number:count}项核对成立或无法检验.",
                len(_tested(finding)),
            )
        else:
            checks = counted(
                "{number:count} check that fails {number:count}项核对不成立.",
                "{number:count} checks that fail {number:count}项核对不成立.",
                len(finding.failing),
            )
        line += nodes.Text(checks)
        return line

    def _proof(self, number: int, finding: Finding, result: Result) -> list[nodes.Node | str]:
        check = result.check
        link = self.statement(result, TYPES["opening"](check.statement_en))
        return [
            nodes.inline("", "", link, ids=[f"proof-{finding.id}-{number}"]),
            *self.sides(result),
            self.places([result]),
        ]

    def _request(self, finding: Finding) -> nodes.Node:
        text = escape(request(finding)).replace("\n", "<br>")
        kind = said(_LETTER[finding.row["ask"]])
        asks = said("It asks for: {what:text}", what=finding.sentence("ask_en"))
        asked = f"<p>{escape(f'{kind} {asks}')}</p>"
        letter = nodes.raw("", f"{asked}<p lang='zh-CN'>{text}</p>", format="html")
        return folded("request", said("Letter 信"), letter)

    def _pieces(self, finding: Finding, pieces: Iterable[Piece]) -> list[nodes.Node]:
        return [self._piece(finding, piece) for piece in pieces]

    def _reading(self, finding: Finding, reading: Reading) -> list[nodes.Node | str]:
        """Return a reading with its kind, and what speaks for it or which check refutes it."""
        kind = Piece(f" ({said(KINDS[reading.kind][0])})")
        says = self._both(finding, (*reading.english, kind), reading.chinese)
        speaks = self._both(finding, reading.speaks_en, reading.speaks_zh)
        if result := reading.refuted:
            link = self.statement(result, result.check.statement_en)
            how = grade(result.check, self.disclosure)
            refuted = parts(
                "{refuted:part}by a check that fails, on evidence {grade:text} ({name:text}): "
                "{check:part}. ",
                refuted=nodes.strong("", said("Refuted 已被排除 ")),
                grade=how,
                name=said(GRADE_NAMES[how]),
                check=link,
            )
            speaks = [*(nodes.Text(p) if isinstance(p, str) else p for p in refuted), *speaks]
        return [nodes.inline("", "", *says), nodes.inline("", "", *speaks)]

    def _piece(self, finding: Finding, piece: Piece) -> nodes.Node:
        """Return words, or a figure linked to the first figure behind it."""
        place = told_at(finding, piece)
        result = finding.everything.get(piece.check)
        derived = source(result, piece.side)[1] if result else ""
        return self.figure(piece.text, place, derived) if place else nodes.Text(piece.text)


class GuardTable(Proof):
    """`{guard-table}`: every printed figure, the checks that guard it, the grade of evidence.

    `:summary:` counts them by kind and grade.
    """

    option_spec = {"summary": directives.flag}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Return one table."""
        mine = guarded(self.env.app)
        if "summary" in self.options:
            return [self._summary(mine)]
        failing = read_by_failing(self.results)
        rows = [("", self._row(guard, guard.figure.address in failing)) for guard in mine]
        return [
            self.table(
                [
                    said("Figure 数字"),
                    said("Where 所在"),
                    said("Kind 类别"),
                    said("Grade 等级"),
                    said("Guarded by 看护"),
                ],
                rows,
                ["checks"],
            )
        ]

    def _summary(self, mine: Iterable[Guard]) -> nodes.Node:
        count = Counter((guard.figure.kind, guard.grade) for guard in mine)
        kinds = list(dict.fromkeys(kind for kind, _ in count))
        grades = ("A", "B", "C", "")
        rows = [("", [said(k), *(str(count[k, g] or "") for g in grades)]) for k in kinds]
        rows.append(("", [said("all"), *(str(sum(count[k, g] for k in kinds)) for g in grades)]))
        head = [said("Kind of figure"), "A", "B", "C", said("Not guarded")]
        return self.table(head, rows, ["counts"], total=-1)

    def _printed(self, figure: Printed) -> str:
        if figure.kind == "amount" and figure.address.table != CLAIMS:
            return yuan(figure.value)
        return figure_text(figure.value, "", figure.kind)

    def _row(self, guard: Guard, failing: bool) -> list[nodes.Node | str]:
        figure = guard.figure
        link = self.figure(self._printed(figure), figure.address)
        where = self.names.place(figure.address)
        families = dict.fromkeys(self._family[name] for name in guard.checks)
        text = why_not(guard, failing=failing)
        if families:
            text = counted(
                "{number:count} check: {families:text}",
                "{number:count} checks: {families:text}",
                len(guard.checks),
                families=", ".join(map(translated, families)),
            )
        return [link, where, said(figure.kind), guard.grade or said("none"), text]

    @cached_property
    def _family(self) -> dict[str, str]:
        return {result.check.id: result.check.family for result in self.results}
