"""Money on its ways: what enters a node leaves it, amounts are exact, and lead to their print."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from shapes import made

from budgetbook.analysis.paths import Path, paths, printed_sums, sum_places
from budgetbook.show.flows import MOST, OTHERS, flow
from budgetbook.synthetic import SHAPES

SVG = "{http://www.w3.org/2000/svg}"
STAGES = ("source", "nature", "unit", "use")
VIEWS = ("desk", "phone")


def drawn(disclosure, **how):
    """The flow of a disclosure."""
    ways = pd.DataFrame(paths(disclosure), columns=Path._fields)
    return flow("t", ways, "A flow 12.", stages=STAGES, at=sum_places(disclosure), **how)


@pytest.fixture(scope="module")
def chart(disclosure):
    """The flow of the budget."""
    return drawn(disclosure)


def links(svg):
    """The linked texts of a drawing, with what they lead to."""
    return [(a.find(f".//{SVG}text").text, a.get("href"), a.get("class"))
            for a in ElementTree.fromstring(svg).iter(f"{SVG}a")]  # fmt: skip


def texts(svg):
    return [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("shape", SHAPES)
def test_departments_of_every_shape_have_ways_or_none(shape):
    found = made(shape, 1)
    ways = paths(found)
    assert ways
    assert all(way.amount > 0 for way in ways)
    for address in (*printed_sums(found).values(), *(way.address for way in ways if way.address)):
        assert found.at(address)
    chart = drawn(found)
    shown = [row[-1] for row in chart.values[1:]]
    assert sum(Decimal(text.replace(",", "")) for text in shown) == sum(w.amount for w in ways)
    known = [stage for stage in ("unit", "use") if all(getattr(way, stage) for way in ways)]
    assert ("Unit 单位" in texts(chart.desk)) == ("unit" in known)


@pytest.mark.parametrize("view", VIEWS)
def test_every_amount_is_a_link(chart, view):
    root = ElementTree.fromstring(getattr(chart, view))
    linked = [text.text for link in root.iter(f"{SVG}a") for text in link.iter(f"{SVG}text")]
    amounts = [text for text in texts(getattr(chart, view)) if re.fullmatch(r"[\d,]+\.\d", text)]
    assert sorted(linked) == sorted(amounts)
    assert len(linked) == 13


@pytest.mark.parametrize("view", VIEWS)
def test_every_node_has_its_label_and_its_amount(chart, view):
    """Exact amounts in 万元, rounded half up."""
    shown = texts(getattr(chart, view))
    for text in ("564.8", "354.8", "210.0", "390.1", "174.7", "281.1", "73.7", "93.0", "20.0"):
        assert shown.count(text) == 1, text
    written = "".join(shown).replace(" ", "")
    for label in ("Generalpublicbudget一般公共预算", "Ownunit本级", "Innoform未见绩效目标表"):
        assert label in written


@pytest.mark.parametrize("view", VIEWS)
def test_a_printed_amount_leads_to_where_it_is_printed(chart, view, disclosure):
    found = links(getattr(chart, view))
    assert {kind for *_, kind in found} == {"figure-link"}
    goals = {text: goal.removeprefix("address:") for text, goal, _ in found}
    assert goals["354.8"] == "basic-by-government/total.basic"
    assert goals["281.1"] == "basic-by-economic/total.personnel"
    assert goals["93.0"] == str(disclosure.projects[0].address)
    worked_out = {"390.1": "ways/own-unit.amount", "174.7": "ways/institution.amount"}
    worked_out |= {"20.0": "project-detail/unlisted.total"}
    assert worked_out.items() <= goals.items()
    assert len(goals) == 13
    assert "target=" not in getattr(chart, view), "a link opens here, as the others do"


def test_a_drawing_with_links_is_no_image_to_a_screen_reader(chart):
    for svg in (chart.desk, chart.phone):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "group"
        assert root.get("aria-label") == chart.alt


def ribbons(svg):
    """Each ribbon of a desk's drawing: where it starts and ends from the left, how wide it is."""
    shape = re.compile(r'd="M ([\d.]+) ([\d.]+)\s*C [^L]*?([\d.]+) ([\d.]+)\s*L ([\d.]+) ([\d.]+)')
    return [(float(x), float(end), abs(float(below) - float(to)))
            for x, _, end, to, _, below in shape.findall(svg)]  # fmt: skip


def test_what_enters_a_stage_leaves_it(chart):
    found = ribbons(chart.desk)
    starts = sorted({x for x, _, _ in found})
    assert len(starts) == 3
    wholes = [sum(wide for x, _, wide in found if x == start) for start in starts]
    assert wholes == pytest.approx([wholes[0]] * 3, abs=0.01)


def ways(*amounts, use="abcdefghijklmnopqrstuvwxyz"):
    """A small frame of ways."""
    rows = [
        ("basic", letter, Decimal(amount)) for letter, amount in zip(use, amounts, strict=False)
    ]
    return pd.DataFrame(rows, columns=["nature", "use", "amount"], dtype=object)


def test_a_stage_that_is_not_known_is_left_out():
    frame = ways(1, 2).assign(unit=["own-unit", None])
    chart = flow("t", frame, "Of 3.", stages=["nature", "unit", "use"])
    assert chart.values[0] == ["Nature 性质", "Use 用途", "Amount 金额, yuan 元"]


def test_beyond_twenty_nodes_the_smallest_uses_are_one():
    chart = flow("t", ways(*range(1, 25)), "Of 300.", stages=["nature", "use"])
    labels = {row[1] for row in chart.values[1:]}
    assert len(labels) + 1 == MOST
    assert OTHERS in labels
    assert not {"a", "b", "c", "d", "e", "f"} & labels
    assert {"g", "x"} <= labels
    whole = sum(Decimal(row[2].replace(",", "")) for row in chart.values[1:])
    assert whole == sum(range(1, 25))


@pytest.mark.parametrize(
    ("frame", "stages"),
    [(ways(1, 2), ["use"]), (ways(1, -2), ["nature", "use"]), (ways(), ["nature", "use"])],
)
def test_what_cannot_be_drawn_is_refused(frame, stages):
    with pytest.raises(ValueError, match="two known stages"):
        flow("t", frame, "Of 3.", stages=stages)


def test_a_flow_is_the_same_bytes_each_time(disclosure, chart):
    assert drawn(disclosure) == chart


def test_the_values_of_a_flow_are_words_to_the_left_and_amounts_to_the_right(chart):
    table = BeautifulSoup(chart.page(), "html.parser").select_one("details table")
    for row in table.select("tr"):
        *words, amount = row.select("th, td")
        assert amount["class"] == ["number"]
        assert {cell.get("style") for cell in words} == {"text-align:left"}
        assert not any(cell.get("class") for cell in words)


def test_a_sum_links_the_first_node_of_its_name_alone():
    """A use that goes by the name of its nature is a part of it, or another amount."""
    frame = pd.DataFrame([("project", "own-unit", "project", Decimal(1)),
                          ("project", "institution", "rent", Decimal(2))],
                         columns=["nature", "unit", "use", "amount"], dtype=object)  # fmt: skip
    at = {"project": "project-by-government/total.project"}
    chart = flow("t", frame, "Of 3.", stages=["nature", "unit", "use"], at=at)
    assert len(links(chart.desk)) == len(links(chart.phone)) == 1
