"""How a figure becomes inline SVG: real text, colours that the page sets, the same bytes."""

from __future__ import annotations

import io
import pathlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..messages import both, translated
from ..package.beside import rows_beside

_FONT = pathlib.Path(__file__).parents[1] / "fonts" / "NotoSansSC-subset.otf"
_FAMILY = font_manager.FontProperties(fname=str(_FONT)).get_name()
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
for _prefix, _space in {"": _SVG, "xlink": _XLINK}.items():  # else a file names them ns0, ns1
    ElementTree.register_namespace(_prefix, _space)

#: Settings of matplotlib that say where a chart is shown, not how it looks.
_OF_THE_SESSION = frozenset({"backend", "backend_fallback", "interactive", "toolbar"})

#: Points of a figure's text, in figures 338 points wide: legible on a phone of 360.
SIZE = 12
WIDTH = 4.7  # inches: 338 units wide, so that text stays legible at 360 px
INK = "#1f2933"
#: Matplotlib leaves out the fill of what is quite black, and the page would set its own ink.
WHITE, BLACK = "#ffffff", "#000001"
#: Lines of the page's own colour, which part what is filled.
PAPER = "#fffffd"
#: White text upon a bar, which a page in dark mode, where bars are lighter, turns to black.
ON_BAR = "#fffffe"
#: What a colour means, in every chapter. The page may give each another shade in dark mode.
COLOURS = {row["meaning"]: row["colour"] for row in rows_beside(__file__, "colours")}
#: Cells, the darker the larger; a page in dark mode has them the lighter the larger.
SHADES = tuple(sns.light_palette(COLOURS["points"], 8).as_hex()[:7])
#: Black text upon a pale cell, which a page in dark mode, where that cell is dark, turns to white.
ON_PALE = "#000002"
_TITLES = {
    row["meaning"]: (row["title_en"], row["title_zh"]) for row in rows_beside(__file__, "colours")
}


def title(meaning: str) -> str:
    """Return what a colour means, as a page says it; any other text as a message."""
    return both(*_TITLES[meaning]) if meaning in _TITLES else translated(meaning)


def style(name: str) -> dict[str, Any]:
    """Return the house style: seaborn's, with the font that the package carries.

    It begins with matplotlib's defaults, so that a reader's own settings change no chart.
    """
    font_manager.fontManager.addfont(str(_FONT))
    defaults = mpl.rcParamsDefault.items()
    look: dict[str, Any] = {str(k): v for k, v in defaults if k not in _OF_THE_SESSION}
    look |= sns.axes_style("white")
    return look | {
        "font.family": "sans-serif",
        "font.sans-serif": [_FAMILY],
        "font.size": SIZE,
        "text.color": INK,
        "axes.unicode_minus": False,
        "svg.fonttype": "none",
        "svg.hashsalt": name,
    }


def on(colour: str) -> str:
    """Return the colour of text upon a colour, as #rrggbb: white where it can be read, or black.

    The contrast is that of WCAG 2, which asks for 4.5.
    """
    light = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in light]
    luminance = sum(
        share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
    )
    return WHITE if 1.05 / (luminance + 0.05) >= 4.5 else BLACK


@contextmanager
def sheet(name: str, height: float, width: float = WIDTH) -> Iterator[tuple[Figure, Axes]]:
    """Give a figure in the house style, so many inches high and wide, and axes that fill it."""
    with mpl.rc_context(style(name)):  # type: ignore[arg-type]
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_facecolor("none")
        yield figure, axes


def svg_of(figure: Figure, name: str, alt: str) -> str:
    """Return the figure as an SVG element to put into a page."""
    stream = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(stream, format="svg", metadata=nothing, transparent=True)
    root = ElementTree.fromstring(stream.getvalue())
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        _plain_attributes(element, name)
    for size in ("width", "height", "version"):
        root.attrib.pop(size, None)
    links = root.find(f".//{{{_SVG}}}a") is not None
    role = "group" if links else "img"  # what is in an image cannot be reached by keyboard
    more = {"width": "100%", "role": role, "aria-label": alt, "stroke-linejoin": "round"}
    root.attrib.update(more)
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r">\s+<", "><", text)


def _plain_attributes(element: ElementTree.Element, name: str) -> None:
    """Turn styles into attributes, colours into variables, and make the ids the chart's own."""
    for part in element.attrib.pop("style", "").split(";"):
        key, _, value = part.partition(":")
        key, value = key.strip(), value.strip()
        if key == "font":
            size = re.search(r"([\d.]+)px", value)
            element.set("font-size", size[1] if size else str(SIZE))
            element.set("font-family", "inherit")
        elif key:
            element.set(key, value)
    for key in ("fill", "stroke"):
        if element.get(key):
            element.set(key, _VARIABLES.get(element.get(key, ""), element.get(key, "")))
    if element.tag == f"{{{_SVG}}}text" and not element.get("fill"):
        element.set("fill", _VARIABLES[INK])
    for key, value in list(element.attrib.items()):
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key == f"{{{_XLINK}}}href" and element.tag == f"{{{_SVG}}}a":
            element.attrib.clear()
            element.attrib.update({"class": "figure-link", "href": value})
        elif key == f"{{{_XLINK}}}href":
            element.set(key, value.replace("#", f"#{name}-", 1))
        elif value.startswith("url(#"):
            element.set(key, value.replace("url(#", f"url(#{name}-", 1))


_VARIABLES = {
    colour: f"var(--{meaning}, {colour})"
    for meaning, colour in [(f"bb-{key}", value) for key, value in reversed(COLOURS.items())]
} | {
    **{shade: f"var(--bb-shade-{n}, {shade})" for n, shade in enumerate(SHADES, 1)},
    INK: "var(--bb-ink, var(--jp-content-font-color1, currentColor))",
    ON_BAR: f"var(--bb-on-bar, {WHITE})",
    ON_PALE: f"var(--bb-on-pale, {BLACK})",
    PAPER: f"var(--paper, {WHITE})",
}


#: Units left and right of a drawing outside the site, for fonts wider than what it was measured by.
_MARGIN = 24


def on_paper(svg: str) -> str:
    """Return a drawing on white, for where the page is dark or its font another than the site's."""
    paper = f'<rect x="{-_MARGIN}" width="100%" height="100%" fill="{WHITE}"/>'

    def wider(found: re.Match[str]) -> str:
        width = float(found[1]) + 2 * _MARGIN
        return f'viewBox="{-_MARGIN} 0 {width:g} {found[2]}>{paper}'

    return re.sub(r'viewBox="0 0 (\S+) ([^>]*)>', wider, svg, count=1)


_LINE = 16  # units between the lines of a caption


def alone(svg: str, caption: Sequence[str]) -> str:
    """Return a drawing as an SVG file: in the colours of paper, its caption in lines below it.

    Its links lead nowhere from a file, and go.
    """
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(f'"{variable}"', f'"{colour}"')
    root = ElementTree.fromstring(on_paper(svg))
    for element in root.iter(f"{{{_SVG}}}a"):
        element.tag = f"{{{_SVG}}}g"
        element.attrib.pop("href", None)
    *corner, width, height = (float(number) for number in root.attrib["viewBox"].split())
    whole = height + _LINE * (len(caption) + 1)
    root.attrib.pop("role")
    root.attrib |= {"viewBox": f"{corner[0]:g} {corner[1]:g} {width:g} {whole:g}"}
    root.attrib |= {"width": f"{width:g}", "height": f"{whole:g}"}
    root.attrib |= {"font-family": f"'{_FAMILY}', sans-serif", "font-size": str(SIZE)}
    for nth, line in enumerate(caption, 1):
        place = {"x": f"{4 - _MARGIN}", "y": f"{height + _LINE * nth:g}", "fill": INK}
        ElementTree.SubElement(root, f"{{{_SVG}}}text", place).text = line
    return ElementTree.tostring(root, encoding="unicode") + "\n"
