"""What the phrase of a figure says: whose figure it is, which way it moved, since which year.

A phrase is understood as a whole or not at all: words that open it, the words of one subject, and
words that lead to the figure. What stands beside a subject's words may make another thing of them
(`其他收入` is not `收入`), so nothing else may.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..forms import plain

_YEAR = r"\d{4}年(?:度|初)?"
OURS = r"[本我全](?:局|委|办|院|校|会|所|站|馆|中心|单位|部门)"
SAYS_WHEN = rf"{_YEAR}|年初|当年|本年度?|今年|全年"
_OPENS = rf"{SAYS_WHEN}|{OURS}|其中|预算|总|共|主要原因是?|主要是|（.{{1,2}}）|_"
_LEADS = rf"(?:{_YEAR}|年初|预算|安排|总额|总数|数|金额|为|是|共计|共|合计|总计|达)*"
DIRECTIONS = {"增加": "increase", "增长": "increase", "减少": "decrease", "下降": "decrease"}
_COMPARED = (
    r"[较比同与和](?:(?P<last>上年度?|去年)|(?P<base>\d{4})年度?)(?:同期|年初|预算)*数?(?:相比)?"
)
_MOVED = rf"(?:{_COMPARED}，?)?(?P<same>同比)?(?P<way>{'|'.join(DIRECTIONS)})了?"
#: The marks that headings open with, the higher ones first; `_` stands for one in digits.
MARK = re.compile(
    r"^(?:(?P<a>[一二三四五六七八九十]+、)|(?P<b>（[一二三四五六七八九十]+）)|(?P<c>-?\d{1,2}[.．、](?!\d))"
    r"|(?P<d>（\d{1,2}）|_+))"
)
YEAR_BEFORE = "the year before"  # the base of a phrase that says so, whatever its year
#: A figure that follows the one before it and speaks of the same: a share, a sum, a change.
_FOLLOWS = re.compile(rf"[，、（]?(?:(?P<share>占比?为?)|(?P<sum>金额为?)|{_MOVED})")
#: Another change right behind one: the figures before them moved by neither.
_MOVED_AGAIN = re.compile(rf"[，、和]?(?:{'|'.join(DIRECTIONS)})了?\d[\d,.]*\s*万?元")
_LEVEL = re.compile(rf"，?(?:同比|{_COMPARED})")
_MOVES = re.compile(rf"[较比同与和].*(?:{'|'.join(DIRECTIONS)}|[高低多少])了?")
_PATH = re.compile(
    r"(?P<path>(?P<class>[^（）。，；：_]+)（类）(?P<section>[^。；]+?)（款）(?P<item>[^。；]+?)（项）)"
    rf"{_LEADS}(?:{_MOVED})?"
)
_NEUTRAL = re.compile(rf"(?:{_OPENS})*{_LEADS}(?:{_MOVED})?")
_ENDS = r"(?=[，；：、。（）的及和与等]|$)"  # what may stand behind a name that follows its figure
_MARKS = "，；：、。！？;"
_OF_A_LAW = re.compile(r"(?:根据|按照?|依据|自|从|(?:成立|组建|设立|建)于)\s*$")
_IN_FORCE = re.compile(
    r"\s*(?:\d+月)?(?:《|起|以来|修订|修正|印发|出台|制定|颁布|发布|施行|实施|成立|组建|设立)"
)
#: Behind a year, words of what was spent, or of a time since then: its figures are no budget's.
_SPENT = re.compile(r"\s*度?(?:部门)?(?:预算)?(?:决算|执行|实际|完成|调整|至今)")
_SAYS_OF = re.compile(r"(?:^|(?<!其中)[：_）]|截[至止]到?|(?<![由低高大小多少])于)[“\s]*$")
_EQUAL = re.compile(r"\s*(?:年初|预算|同期|数)*(?:相比|相同|持平|一致|比|无)")
#: Times that name no year in digits; `prior` is the year before.
TIMES = (
    r"(?P<prior>(?:上一?年|去年)度?(?!度?结[转余]))|前年|[下明次来往历]年|下一年|近[一二两三几\d]+年"
    r"|(?<=年)[上下]半年|[一二三四]季度"
    r"|[〇○零一二三四五六七八九]{4}年|十[一二三四]五(?=”?(?:期间|时期|以来))"
)
_CHANGES = re.compile(f"增加|增长|减少|下降|新增|撤销|较|比|{TIMES}")
#: What stands between the name of the office and what all of it has.
_ALL_OF_IT = (
    "(?:(?:(?:本级|机关)(?:及|和|与)其?|所属|直属|及|和|与|其|的)?各?(?:预算)?(?:单位|部门)?)*"
)
#: How the name of an office or of a part of one ends.
_UNIT = re.compile(
    rf"(?:中心|[大支总]队|站|所|院|校|馆|本级|机关|单位|街道|公司)(?:{_YEAR})?(?:预算)?$"
)
_SAYS_NO_MORE = re.compile("(?:情况|说明)+$")  # behind what a heading names
#: What an office has, no amount.
COUNTED = ("institutions", "internal-divisions", "vehicles", "equipment-large")
#: Words that make of the figures around them what holds without something, or in a case.
_PROVISO = re.compile(
    r"(?:^|(?<=[，；：]))(?:除(?=[^，；]*[外后])|扣除|剔除|不含|不包[含括]|不计(?!划)|如果?(?![下实期上何])|若|假[如设]|倘若)"
)
#: What is counted in units of its own.
_UNITS = {
    **{"vehicles": "辆", "equipment-large": "台（套）", "institutions": "个家"},
    **{"internal-divisions": "个", "projects": "个项"},
}
_BRACKETED = "(?:[^（）]|（[^（）]*）)*?"
#: What may stand behind a figure: a mark, what goes on, or words that add nothing to it.
_TAIL = re.compile(
    rf"\s*(?:$|[，；：、。）_]|中[，：]|（(?!{_BRACKETED}(?:不含|不包|除外|扣除|剔除|调整))|以?及|[和与同等较比占]|其中|主要|用于"
    rf"|的(?:主要)?原因|工作人员|{_MOVED}\d)"
)
#: Words of money of a table, or of what is counted beside it.
_ITEM = "预算|拨款|经费|资金|收入|支出|收支|采购|用车|车辆|基金|国有资本|结转|接待|出国|项目"
#: How a word ends that names money, and one that names a rate.
_OF_MONEY = ("收入", "支出", "费", "费用", "经费", "拨款", "预算", "总额", "采购")
_OF_RATE = ("率", "度", "能力")
#: Words that lead to what is no amount of its own: what money is for, what a change took or gave.
_LEADS_ON = re.compile("(?:用于|包括|包含)(?!.*其中)")
_TAKES = re.compile(
    "(?:[较比同与和].*?|同比|另)?(?:压[减缩]|[调核削缩裁]减|减少|下降|增加|增长|新增|节[约省]|收回|追加|取消|结余|超支)了?[^了为至到].*"
)
_OWN_YEAR = re.compile(r"(?<![较比与同\d])(\d{4})年")


@dataclass(frozen=True)
class Vocabulary:
    """The words by which the reader knows a subject or a reason: word → code.

    They are kept by hand in data/reference/subjects.csv and reasons.csv; the names of `classes` of
    functional accounts in functional-classification.csv. Before a subject's word
    that begins with `…` the name of the office may stand, also a short one; a word with `@` and a
    subject behind it is known among the parts of that subject alone.
    """

    subjects: Mapping[str, str]
    reasons: Mapping[str, str]
    classes: Mapping[str, str]


class Subject(NamedTuple):
    """What a figure speaks of: a subject's code; of an account its code, or its printed path."""

    subject: str
    code: str = ""
    path: str = ""


class Phrase(NamedTuple):
    """What a phrase says: its subject (None: that of the figure before), way, years, sort.

    `sort` is `share` or `sum` where a word says so; `base` is the year that is compared with,
    `YEAR_BEFORE` where words say so, empty where none do.
    """

    subject: Subject | None
    way: str = ""
    base: str = ""
    year: str = ""
    sort: str = ""


def bare(text: str) -> str:
    """Return `text` in its plain form without quotation marks, for comparing with words."""
    return re.sub("[“”\"‘’'「」]", "", plain(text))


def clause(text: str) -> str:
    """Return what stands behind the last mark of `text` that is in no bracket."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {"）": 1, "（": -1}.get(text[at], 0)
        if depth < 0 or (not depth and text[at] in _MARKS):
            return text[at + 1 :]
    return text.removeprefix("）")


def level(between: str) -> str | None:
    """Return the year that words behind an amount, before `持平`, compare it with, None if none.

    It is empty where they say the year before.
    """
    found = _LEVEL.fullmatch(bare(between))
    return found["base"] or "" if found else None


def is_change(own: str) -> bool:
    """Whether a phrase, understood or not, tells a change: no part of it is told."""
    return bool(_MOVES.fullmatch(clause(bare(own))))


def in_bracket(before: str) -> str:
    """Return what stands before a figure in the bracket around it, empty if there is none."""
    found = re.search("（([^（）]*)$", re.sub("（[^（）]*）", "", before))
    return found[1] if found else ""


def in_range(before: str) -> bool:
    """Whether the year behind `before` is named together with another one (`2029至2031年`)."""
    return bool(re.search(r"\d{4}\s*[-至到、和与及—–～~]+\s*$", before))


def names_time(text: str) -> bool:
    """Whether words name a year or another time that they do not compare with."""
    return bool(re.search(rf"(?<![较比与同])(?:\d{{4}}\s*年|{TIMES})", text))


def leads_on(between: str) -> bool:
    """Whether words since the last semicolon lead to what money is for, or is made of."""
    return bool(_LEADS_ON.search(re.sub("（[^（）]*）", "", bare(between)).rpartition("；")[2]))


def takes(between: str) -> bool:
    """Whether a phrase opens with a change whose amount it names behind it (`压减会议费`)."""
    return bool(_TAKES.fullmatch(clause(bare(between)).removeprefix("其中")))


def provided(text: str) -> list[int]:
    """Return where words stand that except something from figures, or name their condition."""
    plainly = re.sub("（[^（）]*）", lambda found: "_" * len(found[0]), text)
    return [found.start() for found in _PROVISO.finditer(plainly)]


def says_ours(own: str) -> bool:
    """Whether a phrase says that it speaks of the office."""
    return bool(re.search(OURS, own))


def own_year(own: str) -> str:
    """Return the year that a phrase names as its own, empty if it names none or several."""
    found = {*_OWN_YEAR.findall(clause(bare(own)))}
    return found.pop() if len(found) == 1 else ""


def speaks_of(before: str, after: str) -> bool | None:
    """Whether the text around a year surely speaks of it: it opens a sentence, or says when.

    None where it does not: the year is compared with, is a law's, or stands in a bracket.
    """
    compared = re.search(r"[较比]\s*$", before)
    equal = re.search(r"[与同]\s*$", before) and _EQUAL.match(after)
    bracketed = re.search("（[^（）]*$", before) and re.match(
        "[^（）]*(?:（[^（）]*）[^（）]*)*）", after
    )
    a_law = _OF_A_LAW.search(before) and not spent(after)
    if compared or equal or bracketed or a_law or _IN_FORCE.match(after):
        return None
    return _SAYS_OF.search(before) is not None


def spent(after: str) -> bool:
    """Whether the words behind a year tell what was spent or earned in it, and no budget."""
    return bool(_SPENT.match(bare(after)))


def ends(after: str) -> bool:
    """Whether the words behind a figure leave it as it is (`3万元已取消` is no such amount)."""
    return bool(_TAIL.match(bare(after)))


def kind_of(unit: str, phrase: Phrase, after: str) -> str:
    """Return the kind of a figure from its unit and its phrase, empty if they do not fit."""
    after = bare(after)
    if unit == "%" or not unit:
        if not unit and not re.match(r"[，；：、。）的]|$", after):
            return ""  # a unit that is not known
        return "share" if phrase.sort == "share" else "growth" if phrase.way else "rate"
    if phrase.sort == "share":
        return ""
    if unit in ("元", "万元"):
        if re.match(r"/|零?.角|左右|上下|以内|以下|不等|[至到或—–~～-]+\d", after):
            return ""
        if re.match("(?:（不?含）|及)?以上", after):
            return "threshold"
        if phrase.way:
            return "" if _MOVED_AGAIN.match(after) else "change"
        return "amount"
    if phrase.way or phrase.sort or unit == "月":
        return "" if phrase.way or phrase.sort else "month"
    name = phrase.subject.subject if phrase.subject else ""
    known = (units for of, units in _UNITS.items() if name.startswith(of))
    return "count" if unit in next(known, "个项名家") else ""


class Phrases:
    """The phrases of one document: its words, its office, the accounts of its tables.

    `accounts` are the functional accounts: plain name → codes. `item` finds a word of money or of
    what a department has.
    """

    def __init__(
        self, vocabulary: Vocabulary, accounts: Mapping[str, Sequence[str]], office: str
    ) -> None:
        self.reasons = vocabulary.reasons
        self.accounts = {bare(name): codes for name, codes in accounts.items()}
        self.names = {code: name for name, codes in self.accounts.items() for code in codes}
        self.words: dict[str, dict[str, Subject]] = {}  # word → the whole it needs → subject
        free = []
        self._measures: dict[str, list[str]] = {}  # subject → its words
        for printed, code in vocabulary.subjects.items():
            word, _, whole = bare(printed).partition("@")
            free += [word.removeprefix("…")] if word.startswith("…") else []
            self.words.setdefault(word.removeprefix("…"), {})[whole] = Subject(code)
            self._measures.setdefault(code, []).append(word)
        for name, codes in self.accounts.items():
            if len(codes) == 1 and len(codes[0]) == 3:
                self.words.setdefault(name, {})[""] = Subject("function", codes[0])
        opens = rf"(?:{_OPENS}|{re.escape(bare(office))})*"
        words = self._any(self.words)
        self._strict = re.compile(rf"{opens}(?P<word>{words}){_LEADS}(?:{_MOVED})?")
        self._free = re.compile(rf"(?P<before>.*?)(?P<word>{self._any(free)}){_LEADS}(?:{_MOVED})?")
        self._ours = re.compile(rf"{opens}(?:{_YEAR})?(?:预算)?")
        self._behind = re.compile(rf"(?P<word>{words}){_ENDS}")
        self._known = re.compile(words)
        self.item = re.compile(rf"{words}|{_ITEM}")
        self._office = bare(office)
        self._of_office = re.compile(rf"{opens}(?P<name>.*?){_ALL_OF_IT}")
        self._around = re.compile(rf"{opens}(?:及|和|与|[下内]?设有?|下辖|有|含|包括|共)*")

    @staticmethod
    def _any(words: Mapping[str, object] | Sequence[str]) -> str:
        longest = sorted(words, key=lambda word: (-len(word), word))
        return "|".join(map(re.escape, longest)) or r"(?!)"

    def before(self, between: str, whole: str) -> Phrase | None:
        """Return what the phrase before a figure names, None if it is not understood.

        `between` is the text since the figure before it, `whole` the subject whose parts are told.
        """
        text = bare(between)
        if path := re.search(rf"{_PATH.pattern}$", text):
            return self._said(path, self._account(path), path[0])
        own = clause(text)
        found = self._match(own, whole)
        if found or not text.removesuffix(own).endswith("："):
            return found
        neutral = _NEUTRAL.fullmatch(own)
        heading = self._match(clause(text.removesuffix(own)[:-1]), whole) if neutral else None
        if not neutral or not heading or heading.way:
            return None
        return self._said(neutral, heading.subject, own)

    def follows(self, between: str) -> Phrase | None:
        """Return what a phrase says that speaks of the figure right before it, None if it does not.

        That are its share, its sum, its change, and the growth that belongs to a change.
        """
        found = _FOLLOWS.fullmatch(bare(between))
        sort = "share" if found and found["share"] else "sum" if found and found["sum"] else ""
        return self._said(found, None, "")._replace(sort=sort) if found else None

    def behind(self, between: str, after: str, whole: str) -> tuple[Subject, str] | None:
        """Return the subject that stands right behind a figure, with its word; None if none does.

        The phrase before the figure may name no other one and no change; what the office has is
        told as its own.
        """
        found = self._behind.match(bare(after))
        subject = self._subject(found["word"], whole) if found else None
        own = clause(bare(between))
        if not found or not subject or _CHANGES.search(own):
            return None
        others = {self._subject(word, whole) for word in self._known.findall(own)} - {None, subject}
        apart = subject.subject in COUNTED and not self._around.fullmatch(own)
        if others or (apart and self._match(own, whole) is None):
            return None
        return subject, found["word"]

    def opens_another(self, sentence: str) -> str:
        """Return the unit, not the office as a whole, that a sentence opens with (`甲中心：`).

        A name that its own figure follows (`下属单位：2个`) is no such opening; it is empty.
        """
        text = bare(sentence)
        heading = re.split("[，：]", text, maxsplit=1)[0]
        counted = re.match(rf"[：，]{_NEUTRAL.pattern}\d+(?![\d年])", text[len(heading) :])
        return "" if counted else self.another(heading)

    def another(self, heading: str) -> str:
        """Return the unit, not the office as a whole, that a heading names, empty if none.

        What ends as a sentence does is one behind a mark alone.
        """
        if heading.endswith("。") and not MARK.match(bare(heading)):
            return ""
        words = _SAYS_NO_MORE.sub("", MARK.sub("", bare(heading)).rstrip("。："))
        of_all = self._names_office(words) and not re.match("[所直下]属", words)
        return "" if of_all or not _UNIT.search(words) else words

    def of_unit(self, between: str) -> bool:
        """Whether a phrase is or opens with a unit that is not all of the office (`甲中心收入`)."""
        own = clause(bare(between)).removeprefix("其中")
        items = [found.start() for found in self.item.finditer(own)]
        return bool(self.another(own) or (items and self.another(own[: items[-1]])))

    def measures(self, subject: str, kind: str) -> bool:
        """Whether a figure of a kind can be one of a subject: no count of money, no rate of it."""
        words = self._measures.get(subject, [])
        if kind == "rate":
            return any(word.endswith(_OF_RATE) for word in words)
        return kind != "count" or not all(word.endswith(_OF_MONEY) for word in words)

    def opens_with(self, before: str, after: str) -> bool:
        """Whether the year of a sentence is that of its figures: what it opens is understood.

        `after` tells of a budget to its next mark or figure, or `before` says since or until when.
        """
        if re.search(r"(?:截[至止]到?|于)[“\s]*$", before):
            return True
        words = re.split(r"[，；：、。（）\d]", bare(after))[0].lstrip("年度初末底终")
        known = self._ours.fullmatch(words) or _NEUTRAL.fullmatch(words)
        return bool(known or self._match(words, ""))

    def nothing(self, words: str) -> Subject | None:
        """Return the subject whose words these are, no more and no fewer."""
        return self._subject(bare(words), "")

    def _match(self, own: str, whole: str) -> Phrase | None:
        found = self._strict.fullmatch(own)
        if not found:
            found = self._free.fullmatch(own)
            if found and not self._names_office(found["before"]):
                return None
        subject = self._subject(found["word"], whole) if found else None
        return self._said(found, subject, own) if found and subject else None

    def _names_office(self, before: str) -> bool:
        """Whether words name nothing but the office: as printed, or in short to its last sign."""
        found = self._of_office.fullmatch(before)
        name, printed = found["name"] if found else before, iter(self._office)
        return not name or (name[-1] == self._office[-1:] and all(c in printed for c in name))

    def _subject(self, word: str, whole: str) -> Subject | None:
        known = self.words.get(word, {})
        return known.get(whole) or known.get("")

    def _said(self, found: re.Match[str], subject: Subject | None, own: str) -> Phrase:
        way = DIRECTIONS.get(found["way"] or "", "")
        before = YEAR_BEFORE if found["last"] or found["same"] else ""
        return Phrase(subject, way, found["base"] or before, own_year(own))

    def _account(self, path: re.Match[str]) -> Subject:
        """Return the account of a printed path; its class and section tell equal names apart."""

        def fits(code: str) -> bool:
            above = {code[:3]: path["class"], code[:5]: path["section"]}
            above.pop(code, None)
            return all(self.names.get(c, bare(name)) == bare(name) for c, name in above.items())

        codes = [code for code in self.accounts.get(path["item"], ()) if fits(code)]
        if len(codes) == 1:
            return Subject("function", codes[0])
        return Subject("function", "", path["path"])
