"""What the picture of a page says beside its title: one sentence of that page, from the data.

A page that has a figure of its own says it, in English and Chinese; any other what is planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..analysis.reconstruction import ZERO, unlisted_projects
from ..analysis.variance import Step, whole
from ..exact.money import percent, wan
from ..forms import Table
from ..messages import counted, message, said
from ..model.disclosure import TOTAL, Disclosure
from ..proof.findings import Finding
from ..words.naming import is_total
from ..words.phrases import direction
from .goals import page_of

#: A sentence in English and in Chinese.
Told = tuple[str, str]
#: Way of the change → what is planned.
_PLANNED = {
    "more": message("{now:wan} planned for {year:year}, {part:share} more than in {before:year}"),
    "less": message("{now:wan} planned for {year:year}, {part:share} less than in {before:year}"),
    "same": message("{now:wan} planned for {year:year}, as much as in {before:year}"),
    "new": message("{now:wan} planned for {year:year}"),
}


def planned(disclosure: Disclosure) -> Told:
    """Return what the department plans to spend and how that changed, English and Chinese."""
    bridge = whole(disclosure)
    way = direction(bridge.change, "more", "less", "same") if bridge.prior else "new"
    year, part = disclosure.year, (abs(bridge.change), bridge.prior)
    sentence = said(_PLANNED[way], now=bridge.now, year=year, before=year - 1, part=part)
    return sentence, f"{year}年预算{wan(bridge.now)}万元{compared(bridge)}"


def compared(bridge: Step) -> str:
    """Return in Chinese how much more or less that is than the year before, if that is printed."""
    if not bridge.prior:
        return ""
    if not bridge.change:
        return "，与上年持平"
    return (
        f"，比上年{'多' if bridge.change > 0 else '少'}{percent(abs(bridge.change), bridge.prior)}"
    )


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
        absent = said("The document lists this table; the text that was read does not hold it")
        return absent, "目录列有此表，所读文本中未见"
    rows = disclosure.rows(table.role)
    if "indicator" in rows[0]:
        number = sum(bool(row["indicator"]) for row in rows)
        printed = counted("{number:count} indicator", "{number:count} indicators", number)
        return printed, f"所印指标{number}项"
    columns = [c.name for c in table.columns if c.kind == "amount" and not c.years_back]
    texts = [c.name for c in table.columns if c.kind == "text"]
    totals = [row for row in rows if is_total(row[name] or "" for name in texts)]
    amounts = [row[name] for row in totals for name in columns if row[name]]
    total = max(amounts, default=None) or sum((r.get("total") or ZERO for r in rows), ZERO)
    if not total:
        return said("Printed without an amount for {year:year}", year=disclosure.year), "所印无金额"
    whole_en = said("{total:wan} in all for {year:year}", total=total, year=disclosure.year)
    return whole_en, f"{disclosure.year}年合计{wan(total)}万元"


def _of_lists(disclosure: Disclosure) -> Iterator[tuple[str, Told]]:
    """Yield resource and how many things of the document it lists."""
    number = len(disclosure.claims)
    english = counted(
        "{number:count} figure stated in the text",
        "{number:count} figures stated in the text",
        number,
    )
    yield "claims", (english, f"文字所述数字{number}个")
    number = len(disclosure.rows("repairs"))
    english = counted("{number:count} note on the text", "{number:count} notes on the text", number)
    yield "repairs", (english, f"读取记录{number}条")
    number = len(disclosure.rows("regulations"))
    english = counted(
        "{number:count} basis of projects", "{number:count} bases of projects", number
    )
    yield "regulations", (english, f"所列依据{number}项")


def _of_pages(register: Iterable[Finding], facts: Mapping[str, str]) -> Iterator[tuple[str, Told]]:
    for finding in register:
        if finding.sizes and not finding.fine:
            size, title = finding.sizes[0], finding.sentence("title_en")
            asked = said("{money:wan} in question: {title:text}", money=size.amount, title=title)
            zh = f"涉及{wan(size.amount)}万元：{finding.sentence('title_zh')}"
            yield "findings", (asked, zh)
            break
    yield "checks", _checks(facts)
    figures, loose = facts["figures"], facts["unguarded"]
    guarded = said(
        "{figures:text} figures, {loose:text} of them guarded by no check that holds",
        figures=figures,
        loose=loose,
    )
    yield "guards", (guarded, f"数字{figures}个，其中{loose}个无成立的核对看护")
    amounts = facts["amounts"]
    printed = said("{amounts:text} printed amounts, each with its place", amounts=amounts)
    yield "data/index", (printed, f"印出的金额{amounts}个，各有出处")
    listed, absent = facts["tables_listed"], facts["tables_absent"]
    tables = said(
        "{listed:text} tables listed; {absent:text} not in the text that was read",
        listed=listed,
        absent=absent,
    )
    yield "data/tables", (tables, f"目录所列{listed}张表，其中{absent}张在所读文本中未见")


def _of_chapters(disclosure: Disclosure, facts: Mapping[str, str]) -> Iterator[tuple[str, Told]]:
    gap, bridge, year = unlisted_projects(disclosure).total, whole(disclosure), disclosure.year
    unseen = said("{gap:wan} of project money are in no form of the text", gap=gap)
    yield "00-three-tables", (unseen, f"项目支出中{wan(gap)}万元在所读文本中未见绩效目标表")
    row = disclosure.row("spending-by-function", TOTAL)
    basic, project = row["basic"] or ZERO, row["project"] or ZERO
    parts = said(
        "{whole:wan}: {basic:wan} of basic expenditure, {project:wan} of projects",
        whole=bridge.now,
        basic=basic,
        project=project,
    )
    whole_zh = f"{wan(bridge.now)}万元：基本支出{wan(basic)}万元，项目支出{wan(project)}万元"
    yield "01-reconstruction", (parts, whole_zh)
    yield "02-reconciliation", _checks(facts)
    changed = said(
        "{change:change} from {before:year} to {year:year}",
        change=bridge.change,
        before=year - 1,
        year=year,
    )
    way = direction(bridge.change, "增加", "减少", "变动")
    yield "03-variance", (changed, f"{year}年比上年{way}{wan(abs(bridge.change))}万元")
    number = len(disclosure.indicators)
    promised = counted(
        "{number:count} indicator of performance is promised",
        "{number:count} indicators of performance are promised",
        number,
    )
    yield "04-performance", (promised, f"绩效指标{number}项")


def _checks(facts: Mapping[str, str]) -> Told:
    held = sum(
        int(facts[f"{kind}_hold"]) for kind in ("equalities", "roundings", "limits", "forms")
    )
    fail, untested = facts["checks_fail"], facts["checks_open"]
    english = said(
        "{held:count} checks hold, {fail:text} fail, {untested:text} cannot be tested",
        held=held,
        fail=fail,
        untested=untested,
    )
    return english, f"核对{held}项成立，{fail}项不成立，{untested}项无法检验"
