"""Pictures of frames: exact labels in the right places, colours that mean something, same bytes."""

import re
import subprocess
import sys
from base64 import b64decode
from decimal import Decimal
from xml.etree import ElementTree

import matplotlib as mpl
import nbformat
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font

from budgetbook.show.drawing import BLACK, COLOURS, INK, SIZE, WHITE, on
from budgetbook.show.plots import MIME, Chart, draw, ems, wrapped

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = ("desk", "phone")


def frame(**columns):
    """A frame as the book has them: exact numbers stay what they are."""
    return pd.DataFrame(columns, dtype=object)


def texts(svg):
    """The texts of a drawing, in order."""
    return [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def bars(svg):
    """Each filled bar of a drawing: (left, right, the meaning of its colour), from the top."""
    path = re.compile(
        r'd="M ([\d.]+) ([\d.]+)\s*L ([\d.]+) [^"]*z\s*"[^>]*fill="var\(--bb-([a-z-]+)'
    )
    found = [(float(y), float(x), float(to), hue) for x, y, to, hue in path.findall(svg)]
    return [(min(x, to), max(x, to), hue) for _, x, to, hue in sorted(found)]


def two_rents():
    """A chart of two rents."""
    money = frame(name=["Rent 租金", "Fees"], this_year=[Decimal("1234567.89"), Decimal("250000")])
    says = {"year": 2025}
    how = {"x": "this_year", "y": "name"}
    return draw("rents", sns.barplot, money, "Rents {year:year}, 万元.", says=says, **how)


@pytest.fixture
def rents():
    return two_rents()


@pytest.mark.parametrize("view", VIEWS)
def test_a_bar_has_its_label_and_its_value_in_ten_thousands(rents, view):
    shown = texts(getattr(rents, view))
    assert sorted(shown) == sorted(["Rent 租金", "Fees", "123.5", "25.0"])
    (_, long, hue), (_, short, _) = bars(getattr(rents, view))
    assert hue == "neutral"
    assert long > short
    assert "stroke: #ffffff" not in getattr(rents, view)
    assert 'stroke="#ffffff"' not in getattr(rents, view)


def test_a_chart_carries_its_words_and_values(rents):
    assert rents.caption == "Rents 2025, 万元."
    assert rents.values == [["Account 科目", "This year 本年, yuan 元"],
                            ["Rent 租金", "1,234,567.89"], ["Fees", "250,000.00"]]  # fmt: skip
    assert (
        rents.alt
        == "Rents 2025, 万元. This year 本年, yuan 元: Rent 租金: 1,234,567.89; Fees: 250,000.00."
    )
    for svg in (rents.desk, rents.phone):
        assert ElementTree.fromstring(svg).get("aria-label") == rents.alt


def test_the_output_of_a_cell_is_for_the_site_and_for_any_notebook(rents):
    """No inline drawing where a notebook is not trusted: an image shows everywhere."""
    bundle = rents._repr_mimebundle_()
    assert Chart(**bundle[MIME]) == rents
    assert "<svg" not in bundle["text/html"]
    assert 'src="data:image/svg+xml;base64,' in bundle["text/html"]
    assert rents.page().count("<svg") == 2
    assert 'height="100%"' not in rents.page()
    assert 'id="fig-rents"' in rents.page()


def outside(chart):
    """The drawings of a chart as they are seen outside the site: in a notebook, and as a file."""
    (code,) = re.findall(r"base64,([^\"]+)", chart.page(image=True))
    return [ElementTree.fromstring(svg) for svg in (b64decode(code), chart.alone("Whose"))]


def test_an_image_and_a_file_have_paper_of_their_own(rents):
    """A notebook or a viewer may be dark, and what is in an image takes no colour of its page."""
    for svg in outside(rents):
        paper = svg[0]
        assert paper.tag == f"{SVG}rect"
        assert (paper.get("width"), paper.get("height")) == ("100%", "100%")
        assert (paper.get("x"), paper.get("fill")) == (svg.get("viewBox").split()[0], WHITE)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("500.00", "0.1"), ("499.99", "0.0"), ("1500.00", "0.2"), ("1234500.00", "123.5"),
     ("1234499.99", "123.4"), ("-500.00", "−0.1")],
)  # fmt: skip
def test_labels_are_rounded_half_up_from_the_exact_value(amount, shown):
    """As binary fractions 0.15 and 123.45 would round down."""
    other = Decimal("90000000.00")
    money = frame(name=["a", "b"], amount=[Decimal(amount), other])
    for view in VIEWS:
        chart = draw("half", sns.barplot, money, "Half up 12.", x="amount", y="name")
        assert shown in texts(getattr(chart, view))


def test_bars_of_nearly_one_length_keep_their_own_labels():
    amounts = [Decimal("1000499.99"), Decimal("1000500.00"), Decimal("1000500.01")]
    money = frame(name=["a", "b", "c"], amount=amounts)
    chart = draw("near", sns.barplot, money, "Near 12.", x="amount", y="name")
    for view in VIEWS:
        assert texts(getattr(chart, view))[-3:] == ["100.0", "100.1", "100.1"]


def test_a_negative_bar_reaches_to_the_left_and_has_its_value_there():
    changes = frame(name=["up", "down"], change=[Decimal("30000.00"), Decimal("-20000.00")])
    chart = draw("moves", sns.barplot, changes, "Moves 12.", x="change", y="name")
    for view in VIEWS:
        root = ElementTree.fromstring(getattr(chart, view))
        found = {text.text: text for text in root.iter(f"{SVG}text")}
        assert {"3.0", "−2.0"} <= set(found)
        (zero, up, _), (down, end, _) = bars(getattr(chart, view))
        assert end == pytest.approx(zero)
        assert (up - zero) / (end - down) == pytest.approx(1.5, abs=0.01)
        assert position(found["3.0"]) > up
        assert position(found["−2.0"]) < down


def position(text):
    """Where a text stands, from the left."""
    return float(text.get("x") or re.search(r"translate\(([\d.]+)", text.get("transform"))[1])


@pytest.fixture
def halves():
    """A function: a stacked chart whose colours come in an order."""
    money = frame(
        nature=["basic", "basic", "project", "project"],
        unit=["institution", "own-unit", "institution", "own-unit"],
        amount=[
            Decimal("90000.00"),
            Decimal("200000.00"),
            Decimal("50000.00"),
            Decimal("60000.00"),
        ],
    )

    def drawn(*order):
        return draw("halves", sns.histplot, money, "Halves 12.", y="nature", weights="amount",
                    hue="unit", hue_order=list(order))  # fmt: skip

    return drawn


@pytest.mark.parametrize("order", [("own-unit", "institution"), ("institution", "own-unit")])
@pytest.mark.parametrize("view", VIEWS)
def test_colours_stand_in_their_order_and_the_legend_names_them(halves, order, view):
    svg = getattr(halves(*order), view)
    rows = [one for one in bars(svg) if one[1] - one[0] > 12]  # without the marks of the legend
    assert [hue for *_, hue in sorted(rows[:2])] == list(order)
    names = {"own-unit": "Own unit 本级", "institution": "Subordinate institution 下属事业单位"}
    assert [t for t in texts(svg) if t in names.values()] == [names[hue] for hue in order]


def test_a_part_has_its_own_value_and_the_table_all(halves):
    chart = halves("own-unit", "institution")
    assert {"20.0", "9.0", "6.0", "5.0"} <= set(texts(chart.desk))
    assert ["Basic 基本支出", "Subordinate institution 下属事业单位", "90,000.00"] in chart.values


def test_a_chart_is_the_same_bytes_each_time(rents, halves):
    assert two_rents() == rents
    assert halves("own-unit", "institution") == halves("own-unit", "institution")


def test_a_readers_own_settings_change_no_chart(halves):
    before = halves("own-unit", "institution")
    own = {"savefig.bbox": "tight", "lines.linewidth": 9, "font.size": 30, "axes.grid": True}
    with mpl.rc_context(own):
        sns.set_theme(style="darkgrid", palette="bright")
        assert halves("own-unit", "institution") == before


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="amount"):
        draw("none", sns.barplot, frame(name=["a"]), "None 12.", x="amount", y="name")


# Cells ------------------------------------------------------------------------------------------


def contrast(one, other):
    """The contrast of two colours by WCAG 2, worked out apart from the package."""

    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*COLOURS.values(), "#808080", "#767676", "#ffffff", "#000000"])
def test_ink_can_be_read_upon_every_colour(colour):
    assert contrast(on(colour), colour) >= 4.5


@pytest.mark.parametrize("view", VIEWS)
def test_the_cells_of_a_matrix_have_ink_that_can_be_read(view):
    """Shades and ink have names, so that a page in the dark may turn both."""
    shades = pd.DataFrame([[0, 20, 40], [60, 80, 100]], index=["low", "high"], columns=list("abc"))
    chart = draw("cells", sns.heatmap, shades, "Cells of 100.", vmin=0, vmax=100)
    svg = getattr(chart, view)
    cell = r'<path d="M [^"]*" (?:clip-path="[^"]*" )?fill="var\(--bb-shade-[1-7], (#[0-9a-f]{6})'
    faces = re.findall(cell, svg)
    inks = {text.text: text.get("fill") for text in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    assert len(faces) == 6
    for face, value in zip(faces, ("0", "20", "40", "60", "80", "100"), strict=True):
        name, ink = re.fullmatch(r"var\(--bb-(on-bar|on-pale), (#\w{6})\)", inks[value]).groups()
        assert ink == {"on-bar": WHITE, "on-pale": BLACK}[name]
        assert contrast(ink, face) >= 4.5
    assert chart.values == [
        ["", "a", "b", "c"],
        ["low", "0", "20", "40"],
        ["high", "60", "80", "100"],
    ]


def test_black_is_named_in_a_drawing():
    """Text in pure black loses its colour in the file, and would take the page's ink."""
    assert BLACK not in ("#000000", INK)


# Labels -----------------------------------------------------------------------------------------


def test_a_label_breaks_before_its_chinese_and_then_where_it_must():
    assert wrapped("Rent 租金", 22) == "Rent 租金"
    assert wrapped("Commissioned services 委托业务费", 14) == "Commissioned services\n委托业务费"
    long = wrapped("Assessment and review of government digital applications 政务数字化", 16)
    assert (
        long.replace("\n", " ")
        == "Assessment and review of government digital applications 政务数字化"
    )
    assert max(map(ems, long.split("\n"))) <= 16


@pytest.mark.parametrize("view", VIEWS)
def test_each_line_of_a_label_keeps_to_its_side_in_any_font(view):
    """A line is a text of its own with an anchor: the page's font is not the one measured by."""
    long = "Contributions to the pension insurance of the staff of every institution 养老保险缴费"
    money = frame(name=[long], this_year=[Decimal(5000)])
    bar = draw("long", sns.barplot, money, "One.", x="this_year", y="name")
    cells = frame(**{"A": [1, 2], "B": [3, 4]}).set_axis([long, "short"])
    matrix = draw("cells", sns.heatmap, cells, "Two.", annot=cells.astype(str) + " (10) and more")
    for chart, side in ((bar, "end" if view == "desk" else "start"), (matrix, "end")):
        drawn = ElementTree.fromstring(getattr(chart, view)).iter(f"{SVG}text")
        lines = [text for text in drawn if text.text in long]
        assert len(lines) > 1
        assert {text.get("text-anchor", "start") for text in lines} == {side}
        assert len({text.get("x") or text.get("transform").split()[0] for text in lines}) == 1


def ends(text, font):
    """Where a text of a drawing begins and ends in a font, a Chinese letter as wide as high."""
    letters = re.sub(r"[\u2e80-\uffef]", "", text.text)
    font.set_text(letters)
    wide = font.get_width_height()[0] / 64 + SIZE * (len(text.text) - len(letters))
    moved = re.match(r"translate\((\S+)", text.get("transform", ""))
    left = float(moved[1] if moved else text.get("x", 0))
    left -= wide * {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor"), 0)
    return left, left + wide


def test_no_label_of_the_notebooks_is_cut_where_the_font_is_wide(repo):
    """What is in an image has the font of the system, such as DejaVu, which matplotlib brings."""
    font = FT2Font(findfont("DejaVu Sans"))
    font.set_size(SIZE, 72)
    for path in sorted((repo / "notebooks").glob("*.ipynb")):
        outputs = (o for c in nbformat.read(path, 4).cells for o in c.get("outputs", ()))
        for chart in (Chart(**o.data[MIME]) for o in outputs if MIME in o.get("data", {})):
            for svg in outside(chart):
                left, _, width, _ = map(float, svg.get("viewBox").split())
                for text in svg.iter(f"{SVG}text"):
                    if text.text and "rotate" not in text.get("transform", ""):
                        begins, stops = ends(text, font)
                        assert left <= begins < stops <= left + width, (chart.name, text.text)


def test_no_line_runs_through_a_label_on_a_phone():
    """The zero line stands beside the bars, one piece a row."""
    money = frame(name=["Up", "Down"], change=[Decimal(5000), Decimal(-5000)])
    chart = draw("ways", sns.barplot, money, "Two ways.", x="change", y="name")
    heights = [
        abs(float(to) - float(of))
        for of, to in re.findall(r'd="M [\d.]+ ([\d.]+)\s*L [\d.]+ ([\d.]+)\s*"', chart.phone)
    ]
    assert len(heights) == 2
    assert max(heights) < 72 * 0.3


def test_a_drawing_stands_alone_as_a_file(rents):
    """In colours of its own, no variable of a page, its caption below it."""
    svg = ElementTree.fromstring(rents.alone("Whose budget"))
    assert "var(" not in rents.alone("Whose budget")
    words = " ".join(text.text for text in svg.iter(f"{SVG}text"))
    assert words.endswith(f"{rents.caption} Whose budget")
    *_, width, height = map(float, svg.get("viewBox").split())
    before = float(ElementTree.fromstring(rents.desk).get("viewBox").split()[3])
    assert (svg.get("width"), svg.get("height")) == (f"{width:g}", f"{height:g}")
    lowest = max(float(text.get("y", 0)) for text in svg.iter(f"{SVG}text"))
    assert before < lowest < height


def test_a_file_of_a_picture_is_the_same_where_nothing_was_drawn_before():
    """A build that changes one chapter draws nothing itself: it takes what notebooks keep."""
    code = (
        "from budgetbook.show.drawing import alone\n"
        'svg = \'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 9 9"></svg>\'\n'
        "print(alone(svg, ['caption']))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.startswith("<svg ")
