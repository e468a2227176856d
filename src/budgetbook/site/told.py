"""What the picture of a page says beside its title: one sentence of that page, from the data.

A page that has a figure of its own says it, in English and Chinese; any other what is planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..analysis.reconstruction import ZERO, unlisted_projects
from ..analysis.variance import Step, whole
from ..forms import Table
from ..messages import counted, message, pair, said
from ..model.disclosure import TOTAL, Disclosure
from ..proof.findings import Finding
from ..words.naming import is_total
from ..words.phrases import direction
from .goals import page_of

#: A sentence in English and in Chinese.
Told = tuple[str, str]
#: Way of the change → what is planned.
_PLANNED = {
    "more": (
        message("{now:wan} planned for {year:year}, {part:share} more than in {before:year}"),
        message("{year:year}年预算{now:wan_zh}，比上年多{part:share}"),
    ),
    "less": (
        message("{now:wan} planned for {year:year}, {part:share} less than in {before:year}"),
        message("{year:year}年预算{now:wan_zh}，比上年少{part:share}"),
    ),
    "same": (
        message("{now:wan} planned for {year:year}, as much as in {before:year}"),
        message("{year:year}年预算{now:wan_zh}，与上年持平"),
    ),
    "new": (
        message("{now:wan} planned for {year:year}"),
        message("{year:year}年预算{now:wan_zh}"),
    ),
}
#: How much more it is than the year before, how much less, or neither.
_CHANGED = (
    message("{year:year}年比上年增加{by:wan_zh}"),
    message("{year:year}年比上年减少{by:wan_zh}"),
    message("{year:year}年与上年持平"),
)


def way(step: Step) -> str:
    """Return which way an amount changed: a key of `_PLANNED`, `new` without a year before."""
    return direction(step.change, "more", "less", "same") if step.prior else "new"


def planned(disclosure: Disclosure) -> Told:
    """Return what the department plans to spend and how that changed, English and Chinese."""
    bridge, year = whole(disclosure), disclosure.year
    values = {"now": bridge.now, "year": year, "before": year - 1}
    values["part"] = abs(bridge.change), bridge.prior
    return pair(*_PLANNED[way(bridge)], **values)


def of_pages(
    disclosure: Disclosure, register: Iterable[Finding], facts: Mapping[str, str]
) -> dict[str, Told]:
    """Return page → its sentence, of each page that has a figure of its own.

    `facts` are the computed words of the prose pages.
    """
    tables = disclosure.form.tables.values()
    found = {page_of(disclosure, table.role): _of_table(disclosure, table) for table in tables}
    found |= {page_of(disclosure, name): told for name, told in _of_lists(disclosure)}
    found |= {f"book/{name}": told for name, told in _of_pages(register, facts)}
    return found | {f"notebooks/{name}": told for name, told in _of_chapters(disclosure, facts)}


def _of_table(disclosure: Disclosure, table: Table) -> Told:
    """Return its total, or how many indicators it holds, or that it is not there."""
    if disclosure.lacks(table.role):
        return pair(
            "The document lists this table; the text that was read does not hold it",
            "目录列有此表，所读文本中未见",
        )
    rows = disclosure.rows(table.role)
    if "indicator" in rows[0]:
        number = sum(bool(row["indicator"]) for row in rows)
        printed = counted("{number:count} indicator", "{number:count} indicators", number)
        return printed, said("所印指标{number:count}项", number=number)
    columns = [c.name for c in table.columns if c.kind == "amount" and not c.years_back]
    texts = [c.name for c in table.columns if c.kind == "text"]
    totals = [row for row in rows if is_total(row[name] or "" for name in texts)]
    amounts = [row[name] for row in totals for name in columns if row[name]]
    total = max(amounts, default=None) or sum((r.get("total") or ZERO for r in rows), ZERO)
    if not total:
        return pair("Printed without an amount for {year:year}", "所印无金额", year=disclosure.year)
    return pair(
        "{total:wan} in all for {year:year}",
        "{year:year}年合计{total:wan_zh}",
        total=total,
        year=disclosure.year,
    )


def _of_lists(disclosure: Disclosure) -> Iterator[tuple[str, Told]]:
    """Yield resource and how many things of the document it lists."""
    number = len(disclosure.claims)
    english = counted(
        "{number:count} figure stated in the text",
        "{number:count} figures stated in the text",
        number,
    )
    yield "claims", (english, said("文字所述数字{number:count}个", number=number))
    number = len(disclosure.rows("repairs"))
    english = counted("{number:count} note on the text", "{number:count} notes on the text", number)
    yield "repairs", (english, said("读取记录{number:count}条", number=number))
    number = len(disclosure.rows("regulations"))
    english = counted(
        "{number:count} basis of projects", "{number:count} bases of projects", number
    )
    yield "regulations", (english, said("所列依据{number:count}项", number=number))


def _of_pages(register: Iterable[Finding], facts: Mapping[str, str]) -> Iterator[tuple[str, Told]]:
    for finding in register:
        if finding.sizes and not finding.fine:
            asked = pair(
                "{money:wan} in question: {english:text}",
                "涉及{money:wan_zh}：{chinese:text}",
                money=finding.sizes[0].amount,
                english=finding.sentence("title_en"),
                chinese=finding.sentence("title_zh"),
            )
            yield "findings", asked
            break
    yield "checks", _checks(facts)
    guarded = pair(
        "{figures:text} figures, {loose:text} of them guarded by no check that holds",
        "数字{figures:text}个，其中{loose:text}个无成立的核对看护",
        figures=facts["figures"],
        loose=facts["unguarded"],
    )
    yield "guards", guarded
    printed = pair(
        "{amounts:text} printed amounts, each with its place",
        "印出的金额{amounts:text}个，各有出处",
        amounts=facts["amounts"],
    )
    yield "data/index", printed
    tables = pair(
        "{listed:text} tables listed; {absent:text} not in the text that was read",
        "目录所列{listed:text}张表，其中{absent:text}张在所读文本中未见",
        listed=facts["tables_listed"],
        absent=facts["tables_absent"],
    )
    yield "data/tables", tables


def _of_chapters(disclosure: Disclosure, facts: Mapping[str, str]) -> Iterator[tuple[str, Told]]:
    bridge, year = whole(disclosure), disclosure.year
    unseen = pair(
        "{gap:wan} of project money are in no form of the text",
        "项目支出中{gap:wan_zh}在所读文本中未见绩效目标表",
        gap=unlisted_projects(disclosure).total,
    )
    yield "00-three-tables", unseen
    row = disclosure.row("spending-by-function", TOTAL)
    parts = pair(
        "{whole:wan}: {basic:wan} of basic expenditure, {project:wan} of projects",
        "{whole:wan_zh}：基本支出{basic:wan_zh}，项目支出{project:wan_zh}",
        whole=bridge.now,
        basic=row["basic"] or ZERO,
        project=row["project"] or ZERO,
    )
    yield "01-reconstruction", parts
    yield "02-reconciliation", _checks(facts)
    changed = pair(
        "{change:change} from {before:year} to {year:year}",
        direction(bridge.change, *_CHANGED),
        change=bridge.change,
        by=abs(bridge.change),
        before=year - 1,
        year=year,
    )
    yield "03-variance", changed
    number = len(disclosure.indicators)
    promised = counted(
        "{number:count} indicator of performance is promised",
        "{number:count} indicators of performance are promised",
        number,
    )
    yield "04-performance", (promised, said("绩效指标{number:count}项", number=number))


def _checks(facts: Mapping[str, str]) -> Told:
    kinds = ("equalities", "roundings", "limits", "forms")
    return pair(
        "{held:count} checks hold, {fail:text} fail, {untested:text} cannot be tested",
        "核对{held:count}项成立，{fail:text}项不成立，{untested:text}项无法检验",
        held=sum(int(facts[f"{kind}_hold"]) for kind in kinds),
        fail=facts["checks_fail"],
        untested=facts["checks_open"],
    )
