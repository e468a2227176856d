"""Three scripts that hand in a sheet for a student who has read nothing.

Each uses the package, the types of error as they are published, and the student's folder; none
opens a key or calls what makes departments. All mend what the checks say and have a rule for each
comparison. Of words, the second claims the three numbers that it is surest to read otherwise than
they are printed, the third all of them. Whoever wrote their patterns had read the stock of words,
which is more than a student has.
"""

import random
import re
from collections import defaultdict
from decimal import Decimal
from functools import cached_property
from itertools import product

from budgetbook.checks import Verdict, catalogue, evaluate
from budgetbook.model.address import parse
from budgetbook.proof.guards import changed, printed
from budgetbook.teaching import handing, marking
from budgetbook.teaching.answers import Answer, Filled
from budgetbook.teaching.comparisons import numbers
from budgetbook.teaching.decoys import decoys
from budgetbook.teaching.keys import key, where
from budgetbook.teaching.page import page, text_of
from budgetbook.teaching.workbooks import places

CALLED = dict(places())
_FORM, _WHOLE = CALLED["project-targets"], CALLED["department-targets"]


class Folder:
    """What a student has: the package as it is read, what its checks say, the lines of the page."""

    def __init__(self, data, lines):
        self.data, self.lines = data, lines
        self.checks = catalogue(self.data)
        self.results = evaluate(self.checks, self.data)
        self.failing = [r for r in self.results if r.verdict is Verdict.FAILS]
        self.forms = self._forms()

    @cached_property
    def base(self):
        """What checks and comparisons give: the part that all scripts share."""
        answers, left = from_checks(self)
        return [*answers, *left_out(self, left), *promised(self)]

    def _forms(self):
        """Project → label → words of its form."""
        found, mine = {}, {}
        for line in self.lines:
            label, *cells = line.split("\t")
            if label == "专项资金名称":
                mine = found.setdefault(cells[0], {}) if cells[0] else {}
            elif label in ("项目概况", "立项依据", "当年绩效目标"):
                mine[label] = cells[0]
        return found

    def indicators(self, *, own):
        """The indicators of projects, or of the department."""
        return [each for each in self.data.indicators if bool(each.form) == own]


def row_of(address):
    """A row of an address as a sheet names it."""
    place = parse(address)
    parts = place.row[1:] if place.table in ("claims", "tables") else place.row
    row = next((part for part in parts if part), "")
    return row if row != "total" else "合计"


def said(folder, address, printed="", right="", kind="", other="nothing"):
    called, row = CALLED.get(where(address), ""), row_of(address)
    if address.startswith("claims/"):
        claim = folder.data.by_claim[str(parse(address).of_row)]
        subjects = {s["code"]: s["title_zh"] for s in folder.data.reference["subjects"]}
        row = claim["code"] or subjects[claim["subject"]]
    return Answer("", called, row, "", printed, right, kind, other, "")


def in_form(project, indicator, printed, right, kind, other="other-side"):
    return Answer("", _FORM, f"{project} {indicator}", "", printed, right, kind, other, "")


def numbered(answers):
    return [answer._replace(question=f"F{n:02}") for n, answer in enumerate(answers, 1)]


# --- what the checks say


def mends(folder):
    """Find the change of one figure that mends most, make it, and go on: address → old, new."""
    data, left = folder.data, folder.failing
    touched = defaultdict(list)
    for check in folder.checks:
        for leaf in (*check.left.leaves(), *check.right.leaves()):
            touched[str(leaf)].append(check)
    figures = {str(f.address).removesuffix(".value"): f for f in printed(folder.data)}
    found = {}
    while left and len(found) < 6:
        gaps = defaultdict(set)
        for result in left:
            if result.difference and result.check.relation == "=":
                for cell in result.cells:
                    gaps[cell] |= {result.difference, -result.difference}
        best = max(
            (
                (gain, cell, gap)
                for cell, more in gaps.items()
                if cell in figures and cell not in found
                for gap in more
                if (gain := _gain(data, figures[cell], gap, touched[cell], left)) > 0
            ),
            default=None,
        )
        if best is None:
            break
        _, cell, gap = best
        figure, more = figures[cell], Decimal(gap.numerator) / gap.denominator
        data = changed(data, {figure: more})
        found[cell] = (figure.value, figure.value + more)
        left = [r for r in evaluate(folder.checks, data) if r.verdict is Verdict.FAILS]
    return found, left


def spoken_of(folder):
    """Rows that a rule explains already: what is left out is no misprint."""
    forms = [*_forms_left_out(folder)]
    rows = [*_rows_left_out(folder)]
    return bool(forms), {answer.table for answer in rows}


def _gain(data, figure, gap, checks, left):
    """How many failing checks a change mends, less those that it breaks."""
    bad = {result.check.id for result in left}
    mine = [check for check in checks if check.id in bad]
    if len(mine) < 1:
        return 0
    more = Decimal(gap.numerator) / gap.denominator
    if more != more.quantize(Decimal("0.01")) or figure.value + more < 0:
        return 0
    other = changed(data, {figure: more})
    fixed = sum(r.verdict is not Verdict.FAILS for r in evaluate(mine, other))
    if not fixed:
        return 0
    fine = [check for check in checks if check.id not in bad]
    broken = sum(r.verdict is Verdict.FAILS for r in evaluate(fine, other))
    return fixed - broken


def kind_of(folder, cell, old, new):
    """Which type a mended figure is of."""
    if not cell.startswith("claims/"):
        place = parse(cell)
        code, codes = place.row[-1], {str(r.get("code")) for r in folder.data.tables[place.table]}
        above = code == "total" or any(c != code and c.startswith(code) for c in codes)
        return "total" if above else "digits"
    claim = folder.data.by_claim[str(parse(cell).of_row)]
    kinds = {"change": "change", "share": "rate", "growth": "rate", "count": "count"}
    ratio = new / old if old else 0
    return kinds.get(claim["kind"], "unit" if 5000 < ratio < 20000 else "digits")


def from_checks(folder):
    """Answers that failing checks give: figures to mend, what is left out, what is misnamed."""
    found, left = mends(folder)
    answers, (form, gone) = [], spoken_of(folder)
    for cell, (old, new) in found.items():
        if (form and cell.startswith("project-targets/")) or CALLED.get(where(cell)) in gone:
            continue
        kind = kind_of(folder, cell, old, new)
        other = "other-side" if kind in ("change", "rate", "count") else "nothing"
        answers.append(said(folder, cell, f"{old}", f"{new}", kind, other))
    for result in left:
        claims = [cell for cell in result.cells if cell.startswith("claims/")]
        if result.check.relation == "rounds to" and len(claims) == 1:
            old, new = (f"{float(side):.1f}" for side in (result.right, abs(result.left)))
            answers.append(said(folder, claims[0], old, new, "rate", "other-side"))
    return answers, left


# --- a rule for each type


def left_out(folder, left):
    """Tables, forms and rows that are not printed; the scope; names; ceilings."""
    listed = {each["table"] for each in folder.data.listing if each["state"] == "absent"}
    for table in sorted(listed):
        yield Answer("", CALLED[table], CALLED[table], "", "", "", "absent", "missing", "")
    yield from _forms_left_out(folder)
    yield from _rows_left_out(folder)
    if any(r.check.id == "operating-funds.as-worded" for r in left):
        yield said(folder, "claims/other-matters/operating-funds/amount/this")._replace(
            row="机关运行经费", right="本级", kind="scope", other="scope"
        )
    known = {
        row["code"]: row["name_zh"]
        for name, rows in folder.data.reference.items()
        if name.endswith("classification")
        for row in rows
    }
    for table, rows in folder.data.tables.items():
        for row in rows:
            right = known.get(row.get("code"), row.get("name"))
            if right and _letters(row["name"]) != _letters(right):
                told = (row["name"], right, "name", "reclassified", "")
                yield Answer("", CALLED[table], row["code"], "", *told)


def _letters(name):
    return re.sub(r"\W", "", name)


def _forms_left_out(folder):
    costs = {each.name: each.value for each in folder.indicators(own=False) if each.value}
    for name, cost in costs.items():
        project = name.removesuffix("投入")
        if name.endswith("投入") and project not in folder.forms:
            right = f"{cost * 10000:f}"
            yield Answer("", _FORM, project, "", "", right, "form", "missing", "")


def _rows_left_out(folder):
    """Accounts that a table's sums hold and its rows do not: known by amount in another table."""
    for table in ("spending-summary", "basic-by-economic", "basic-by-government"):
        rows = folder.data.tables.get(table, ())
        column = next(c for c in ("total", "basic") if rows and c in rows[0])
        known = {row["code"]: row[column] for row in rows if row["code"]}
        for code, amount in known.items():
            below = [c for c in known if c != code and c.startswith(code)]
            size = min(map(len, below), default=0)
            gap = (amount or 0) - sum((known[c] or 0 for c in below if len(c) == size), Decimal(0))
            failing = f"hierarchy.{table}/{code}.{column}" in {r.check.id for r in folder.failing}
            if below and gap > 0 and failing:
                lost = [*_lost(folder, table, code, size, gap)]
                for other in lost[:1]:
                    right = f"{gap:f}"
                    yield Answer("", CALLED[table], other, "", "", right, "row", "missing", "")


def _lost(folder, table, code, size, gap):
    """Codes that a table lacks: those with the amount elsewhere, then those that are usual."""
    mine = {row["code"] for row in folder.data.tables[table]}
    for rows in folder.data.tables.values():
        for row in rows:
            other = row.get("code") or ""
            fits = other.startswith(code) and len(other) == size and other not in mine
            if fits and gap in (row.get("total"), row.get("basic")):
                yield other
    if not any(row[column] == gap for row in folder.data.tables[table] for column in row):
        usual = ("30103", "30101", "30102", "30107", "30216", "30228", "30229", "30207", "30205")
        yield from (c for c in usual if c.startswith(code) and len(c) == size and c not in mine)


def promised(folder):
    """Targets that numbers beside them contradict: a rule a type."""
    budgets = {p.name: p.budget for p in folder.data.projects}
    first = {}
    for each in folder.indicators(own=True):
        first.setdefault(each.project, each)
        number = first[each.project].value
        told = (each.project, each.name, each.target)
        if each.unit == "%" and each.value and each.value > 100:
            yield in_form(*told, "100", "impossible", "nothing")
        if each.unit.startswith("元/"):
            if each.relation == "≥":
                yield in_form(each.project, each.name, "≥", "≤", "relation", "nothing")
            if each.value * number > budgets[each.project] * 3:
                yield in_form(*told, f"{each.value / 10:f}", "price")
        if each.unit == "万元" and each.value * 10000 > budgets[each.project]:
            yield in_form(*told, f"{budgets[each.project] / 10000:f}", "ceiling")
    for project, words in folder.forms.items():
        goal = words["当年绩效目标"]
        spelled = re.search("达到([零一二三四五六七八九十百千万两]+)", goal)
        if spelled and numbers(spelled[1])[0] != first[project].value:
            right = f"{numbers(spelled[1])[0]}"
            yield in_form(project, first[project].name, first[project].target, right, "goal")
        if "上年度" in goal:
            yield in_form(project, "当年绩效目标", "上年度", "本年度", "last-year", "nothing")
    yield from _both_forms(folder, first)


def _both_forms(folder, first):
    """Targets of table 15 that table 17 has otherwise: one of them, or two that offset."""
    theirs = {f"{p.name}投入": p.budget / 10000 for p in folder.data.projects if p.budget}
    theirs |= {each.name: each.value for each in first.values()}
    off = [
        each
        for each in folder.indicators(own=False)
        if each.name in theirs and theirs[each.name] != each.value
    ]
    gap = sum((each.value - theirs[each.name] for each in off), Decimal(0))
    if len(off) == 2 and not gap:
        one, other = (each.name.removesuffix("投入") for each in off)
        printed = f"{theirs[off[0].name] * 10000:f}"
        right = f"{off[0].value * 10000:f}"
        yield Answer("", _FORM, f"{one}、{other}", "", printed, right, "pair", "other-side", "")
        return
    for each in off:
        right = f"{theirs[each.name]:f}"
        yield Answer("", _WHOLE, each.name, "", each.target, right, "twice", "other-side", "")


# --- words, as a script takes them

_N = "[零一二三四五六七八九十百千万两]+"
_PLACES = "镇街|社区|片区|园区|网格|服务点|村|街道|学校|科室"
#: What says that a clause changes the number, and what says that it leaves it.
_CHANGES = re.compile(
    "拿掉|划掉|免|轮空|少|取消|推到下一年|放到下一年|抵掉|同意|答应|让利|扣|减去|空着|不必|做不成|不报数"
    "|注销|让给|余下|暂不|暂缓|包办|再|还要另付|还留|不占|不在上述|另外|以外|之外|合同以外|没有算|都归本单位|并进来"
    "|并入本|保留|划转过来|双份|加一倍|两倍|高一倍|每遍|每轮都|次次|认领同样|结清|没有到位|不含|由本单位负担"
    "|加在|至今未获|结果为不合格|分开计数|压了|归本项目|归邻近|不分任务|不算进来|抵一个"
)
_LEAVES = re.compile(
    "已含|已经?[^，]*(?:含|算|在|结清|退回|纳入|恢复|交还|补|核销|作罢)|照[做旧去付]|一样|仍|没有[批获谈同放压答]|没有$"
    "|另立|别处|归外|归对方|转给|由收款方|由[^，]*自|换|改个|重来|补齐|补上|合起来|含在|调剂|作罢|相同|先做|踩点|指导|帮忙"
    "|旁听|等下一年|年底|还要分担|不取消|派去|派出去|归本单位$|现已获|结果为合格|包含|上缴|出了$|内，不另|就在上述|就是从|做过的|不落下"
)


#: What stands before the reading that holds, where a clause names two.
_HOLDS = re.compile(
    "定下来是|商量之后|而是|改为|改回|新的安排是|局里定的是|^[^，]{0,14}是(?=[^，]*，而没有)|，故"
)
_HELD = re.compile(
    "并进|加做|接过来|本项目的总数|让给|下一年|市里|勾掉|企业承担|轮空|划掉|免|两遍|双份|两倍|另付|照付|从本项目支付"
    "|扣下|共建单位|折价|计入上年"
)


#: What says that the first of two readings holds, or the second.
_FIRST = "前一种办法$|前者|后一种办法没有采用|后一说法没有采用|还是用起初"
_SECOND = "用的是后一种|后者|前一种办法没有采用|前一说法没有采用|改用中间"
#: Two readings with a condition, and what says that it holds or does not.
_IF = re.compile("如([^，]+)则([^，]+)，否则([^，]+)，([^，]+)$")
_TRUE = re.compile("已经|上半年$|确实|查明上年做过")


def _condition(clause):
    """The reading of two that holds by what is said of their condition, None without one."""
    told = _IF.search(clause)
    if told is None:
        return None
    condition, one, other, fact = told.groups()
    negated = re.search("不派|没有", condition)
    holds = "没有" in fact if negated else bool(_TRUE.search(fact)) and "够用" not in fact
    return one if holds else other


def changes(clause):
    """How surely a clause changes the number: below zero for one that leaves it."""
    if reading := _condition(clause):
        return 2 if _HELD.search(reading) else -2
    first, second = (re.search(p, clause) for p in (_FIRST, _SECOND))
    parts = clause.split("，")[-3:]
    if (first or second) and len(parts) > 1:
        return 2 if _HELD.search(parts[0] if first else parts[1]) else -2
    held = _HOLDS.search(clause)
    if held:
        reading = clause[held.end() :].partition("，")[0]
        return 2 if _HELD.search(reading) else -2
    return len(_CHANGES.findall(clause)) - len(_LEAVES.findall(clause))


def times_of(base, divisions, limit):
    """How often a base counts, as a script guesses it."""
    if "科室" in base:
        more = 2 if re.search("双份|两个科室", base) else 1 if "事业单位" in base else 0
        return divisions + more
    first = re.search(f"({_N})月(?:起|开头|启动)", base) or re.search("头一个月是(.)月", base)
    if first:
        return limit - numbers(first[1])[0] + 1
    months = re.search("月月|每月|逐月|一个月", base)
    if months:
        known = {"过了第一季度": 9, "除年头": 10, "到十月": 4}
        return next((count for words, count in known.items() if words in base), 12)
    counts = [
        ("二月忙|一月忙", 5),
        ("双月|单月", 6),
        ("除第一季度|前三个季度|九月底前", 3),
        ("季", 4),
    ]
    for pattern, count in counts:
        if re.search(pattern, base):
            return count
    if "上半年" in base:
        return 2
    many = re.findall(f"({_N})[期批次回](?!{_N})", base) or re.findall(f"({_N})个(?!{_N})", base)
    return max((numbers(each)[0] for each in many), default=1)


def each_of(base, unit):
    """How much each is, as a script guesses it."""
    told = re.findall(f"({_N}){unit}(?!月|{_PLACES}|内设)", base)
    if unit == "个":
        told = (
            re.findall(f"(?:每个|各|都是|完成|按|一个|一份|领|月月|每月|逐月|一轮)({_N})个", base)
            or told
        )
        told = [each for each in told if each != "一"] or told
    return numbers(told[0])[0] if told else 1


def parted(words, unit):
    """The clauses of a telling: where a part names another number, a new one begins."""
    if len(parts := re.split("[；。]", words.rstrip("。"))) > 2:
        return parts
    found = []
    for part in words.rstrip("。").split("，"):
        starts = re.search(f"{_N}(?:{unit}|个)", part) and not re.search(
            "^(?:一个|各|用|取|首尾)", part
        )
        if (
            found
            and starts
            and not (len(found) == 1 and re.search("共|一次|一轮|每期|一期|每批", part))
        ):
            found.append(part)
        else:
            found[-1:] = ["，".join((*found[-1:], part))]
    return found


def reckon(words, unit, divisions, limit):
    """What a telling comes to, as a script reads it, all that it could come to, how sure it is."""
    base, *clauses = parted(words, unit)
    each, times = each_of(base, unit), times_of(base, divisions, limit)
    effects, sure = [], 9
    for clause in clauses:
        parts = re.search(f"({_N})个[^，；]{{0,6}}?(?:{_PLACES})", clause)
        parts = parts or re.search(f"(?:个数|总数)少({_N})个", clause)
        ours = None if parts else re.search(f"({_N}){unit}", clause)
        told = parts or ours
        number = numbers(told[1])[0] if told else (numbers(clause) or [0])[0]
        if parts:
            sign = (
                each
                if re.search("双|倍|两遍|两轮|各来|同样|先做|两次|两天|骨干", clause)
                else -each
            )
        else:
            sign = -1 if re.search("总数|总额|推到|排在后面|注销|让利|扣|抵|压|退回", clause) else 1
        score = changes(clause)
        sure = min(sure, abs(score))
        effects.append((sign * number, score >= 0))
    best = times * each + sum(effect for effect, counts in effects if counts)
    every = {
        times * each + sum(e for (e, _), yes in zip(effects, chosen, strict=True) if yes)
        for chosen in product((False, True), repeat=len(effects))
    }
    return best, every, sure


def second(text):
    """What a form tells after its first sentence."""
    return text.partition("。")[2]


def tellings(folder):
    """Each number that a form tells in words: answer, printed, best and all readings, how sure."""
    divisions = next(
        int(c["value"]) for c in folder.data.claims if c["subject"] == "internal-divisions"
    )
    limits = {e.project: int(e.value) for e in folder.indicators(own=True) if e.unit == "月"}
    first = {}
    for each in folder.indicators(own=True):
        first.setdefault(each.project, each)
    for project, words in folder.forms.items():
        each, told = first[project], second(words["项目概况"])
        if told:
            best, every, sure = reckon(told, each.unit, divisions, limits[project])
            kind = "divisions" if "科室" in told else "reckoning"
            answer = in_form(project, each.name, each.target, f"{best}", kind)
            yield answer, each.value, best, every, sure
    yield from _paid(folder)


def _paid(folder):
    bought = {
        row["project"].partition("-")[2]: row["total"]
        for row in folder.data.tables["procurement"]
        if row["project"]
    }
    accounts = {r["name"]: r for r in folder.data.tables["project-by-economic"] if r["code"]}
    for project, words in folder.forms.items():
        told = second(words["立项依据"])
        if not told:
            continue
        best, every, sure = reckon(told, "元", 1, 12)
        named = [name for name in accounts if name in told]
        if named:
            row, kind = accounts[named[0]], "spent"
            place, called, value = CALLED["project-by-economic"], row["code"], row["project"]
        else:
            place, called, kind = CALLED["procurement"], project, "bought"
            value = bought.get(project)
        if value:
            right = Answer("", place, called, "", f"{value}", f"{best}", kind, "other-side", "")
            yield right, value, best, every, sure


_UP = re.compile("增|升|涨|扩|新|多|启动|补|恢复|加|到岗|录|高|上去|全年|全面|重新")
_DOWN = re.compile("减|降|停|压|取消|少|退|完|不再|没有|节约|省|低|结清|缩|暂缓|转出|离")


def reasons(folder):
    """Changes of items with how far the words of their reason speak against them."""
    told = defaultdict(set)
    claims = [c for c in folder.data.claims if c["kind"] == "change" and c["code"]]
    for claim in claims:
        words = _reason(folder, claim)
        told[words].add(claim["direction"])
    for claim in claims:
        words = _reason(folder, claim)
        if words and claim["reasons"] == "unlisted":
            score = len(_UP.findall(words)) - len(_DOWN.findall(words))
            against = -score if claim["direction"] == "increase" else score
            against += 2 * (len(told[words]) > 1)
            name = claim["code"]
            answer = said(folder, claim["id"])._replace(row=name, kind="reason", other="other-side")
            yield against, answer


def _reason(folder, claim):
    path = claim["code"]
    name = next(r["name"] for r in folder.data.tables["spending-by-function"] if r["code"] == path)
    line = next((x for x in folder.lines if f"{name}（项）" in x), "")
    return line.rpartition("主要原因是")[2].rstrip("。")


# --- the three scripts


def by_the_checks(folder):
    """Mend what the checks say, name what is left out, and a rule for each comparison."""
    return numbered(folder.base)


def by_the_surest(folder):
    """The same; and of what a script reads otherwise than it is printed, the three surest."""
    told = sorted(read_otherwise(folder), key=lambda each: -each[4])
    return numbered([*folder.base, *(each[0] for each in told[:3] if each[4])])


def by_every_place(folder):
    """The same; and all that a script reads otherwise, and the reason that speaks most against."""
    answers = [*folder.base, *(each[0] for each in read_otherwise(folder))]
    against, answer = max(reasons(folder), key=lambda each: each[0], default=(0, None))
    return numbered([*answers, answer] if against > 1 else answers)


def read_otherwise(folder):
    """Tellings that could come to what is printed, and come to something else for the script."""
    return [each for each in tellings(folder) if each[1] in each[3] and each[1] != each[2]]


SCRIPTS = {
    "Checks and comparisons 核对与比较": by_the_checks,
    "The three surest readings too 另加最有把握的三处文字": by_the_surest,
    "Every reading that differs too 另加所有推算不同的文字": by_every_place,
}

#: How many departments the scripts are tried on, and the seed of their class.
STUDENTS, SEED = 20, "attacked"


def earned(known, answers, points):
    """What a sheet earns of the program, after false alarms; and of levels 1 and 2 alone."""
    marked = marking.mark(Filled(known["token"], {}, list(answers), ""), known, points)
    deep = {error["id"] for error in known["errors"] if error["level"] > 2}
    shallow = sum(part.points for part in marked.parts if part.of and part.item not in deep)
    return max(0, marked.program - marked.alarms), shallow, marked.alarms


def departments():
    """Each department: the folder of a student as a script sees it, and the key."""
    order = handing.Order(f"seed {SEED}", STUDENTS, 2026, handing.usual_levels(), 3)
    for nth in range(1, STUDENTS + 1):
        planting = handing.made(order, nth)
        chosen = decoys(planting, random.Random(f"{SEED} {nth}"), order.decoys)
        lines = text_of(page(planting.printed.sheet, planting.draft.plan.office))
        about = key(planting, chosen, order.name(nth), order.token(nth))
        yield Folder(planting.printed.disclosure, lines), about


def tried(course, points, program, whole):
    """The table of what the scripts earn on average, as the book shows it."""
    rows = []
    for name, script in SCRIPTS.items():
        got = [earned(known, script(folder), points) for folder, known in course]
        mean, shallow, alarms = (sum(each) / len(got) for each in zip(*got, strict=True))
        cells = f"{mean:.1f}", f"{100 * mean / whole:.0f} %", f"{shallow:.1f}", f"{alarms:.1f}"
        rows.append([name, *cells, str(max(each[0] for each in got))])
    head = [
        "Script 脚本",
        f"Points of {program}, mean 程序分均值（满分{program}）",
        "Of all points 占总分",
        "Of these, levels 1 and 2 其中一、二级",
        "Lost by false alarms 误报扣分",
        "Most in one department 单个部门最高",
    ]
    return {"tables": [{"head": head, "rows": rows}], "departments": len(course)}
