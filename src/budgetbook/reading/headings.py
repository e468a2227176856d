"""Says which figures the words above them may make another's: those of a fund, of a project …

A heading is a paragraph of its own, a sentence without a figure, or what a colon follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .phrases import MARK, OURS, SAYS_WHEN, bare, clause, says_ours

TOTALS = ("income", "expenditure")
_ANY = (*TOTALS, "basic", "project", "personnel", "public-funds")  # what any budget has
_OF_A_PART = re.compile("基金|国有资本|专户|专项|非税|转移支付|结[转余]|经营|财政拨款资金|项目：?$")
_OF_A_SOURCE = re.compile("公共预算|拨款|经费|采购|资金|基本|人员|公用|项目")
#: Words of headings that say of nothing what it is.
_GENERAL = re.compile(
    rf"(?:{SAYS_WHEN}|{OURS}|[（_][^（）]{{0,3}}[）_]?|[一二三四五六七八九十]|关于|按照?|[从以的和及与为是看来分类第]"
    r"|部门|单位|年度?|预算|总体?|收入|支出|收支|来源|构成|科目|属性|功能|经济|性质|结构|情况|说明|安排"
    r"|编制|方面|具体|如下|下列|其中|主要|包括|增减|变[化动]|原因|分别|其|基本|人员|公用|项目支出)*"
)
_COLON = re.compile("([^，；：。]*)：")
#: What parts and reasons follow, and what states a figure itself.
_NO_HEAD = re.compile(r"其中|包[括含]|主要|如下|分别|原因|\d[\d.,]*\s*(?:万?元|[个项辆名家%])")
_SHORT = 30


def is_heading(text: str) -> bool:
    """Whether a sentence or a paragraph states nothing: it is a heading of what follows."""
    words = MARK.sub("", bare(text)).rstrip("。：")
    return 0 < len(words) <= _SHORT and not re.search(r"[，；：。]|\d(?!\d{0,3}年)", words)


def of_part(between: str) -> bool:
    """Whether a phrase names what it is paid with: later money may be paid with it too."""
    own = clause(bare(between))
    paid = _OF_A_PART.search(own) or re.search("拨款|公共预算", own)
    return bool(paid and re.search("收入|支出|人员经费|公用经费", own))


def owned(subject: str, between: str, unit: bool, part: bool) -> bool:
    """Whether a subject may be that of a `unit`, or a `part` of the money, that goes before it."""
    return (unit or (part and subject in _ANY)) and not says_ours(clause(bare(between)))


def below(above: Sequence[str], heading: str) -> list[str]:
    """Return the headings over what stands below a heading: it, and those that it does not end.

    It ends those of the same or a lower mark with all below them, and without a mark those without.
    The first of `above` is the title of a section, which it never ends.
    """
    rank = _rank(heading)
    for at, each in enumerate(above[1:], 1):
        if bool(rank) == bool(_rank(each)) and _rank(each) >= rank:
            return [*above[:at], heading]
    return [*above, heading]


def _rank(heading: str) -> str:
    found = MARK.match(bare(heading))
    return found.lastgroup or "" if found else ""


def names_part(between: str) -> bool:
    """Whether a phrase names an income or expenditure of one source: later totals may be its."""
    own = clause(bare(between))
    part = _OF_A_PART.search(own) or _OF_A_SOURCE.search(own)
    return bool(part and re.search("收入|支出", own) and not re.search("(?:基本|项目)支出", own))


def under_another(subject: str, own: str, above: Sequence[str], told_of_part: bool) -> bool:
    """Whether a subject may be that of what is named `above` it alone, or before a colon.

    `own` is the sentence up to the figure; `told_of_part` says that one source's was told before.
    """
    if subject not in _ANY:
        return False
    before = [words for words in _COLON.findall(bare(own)) if not _NO_HEAD.search(words)]
    phrase = clause(bare(own))
    return (
        any(_OF_A_PART.search(head) for head in (*above, *before))
        or (subject in TOTALS and any(_OF_A_SOURCE.search(head) for head in (*above, *before)))
        or not all(_GENERAL.fullmatch(head) for head in before)
        or (subject in TOTALS and told_of_part and not ("总" in phrase or says_ours(phrase)))
    )
