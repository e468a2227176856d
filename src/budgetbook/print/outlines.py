"""Makes of the book's Chinese font one that a PDF can embed as it is.

The font has cubic outlines, which Chromium writes into a PDF as drawings that few viewers show
well; with quadratic ones it is embedded as a font.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

#: How far an outline may move, in thousandths of the type size.
_ERROR = 0.6


def quadratic(font: Path, characters: Iterable[str]) -> bytes:
    """Return a TrueType font with the given characters of an OpenType font with cubic outlines."""
    source = TTFont(font, recalcTimestamp=False)
    options = Options(hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(characters))
    subsetter.subset(source)
    drawn, names = source.getGlyphSet(), source.getGlyphOrder()
    glyphs = {}
    for name in names:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, _ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    source["loca"], source["glyf"] = newTable("loca"), newTable("glyf")
    source["glyf"].glyphOrder, source["glyf"].glyphs = names, glyphs
    for gone in ("CFF ", "VORG"):
        if gone in source:
            del source[gone]
    _describe(source, len(names))
    stream = io.BytesIO()
    source.save(stream)
    return stream.getvalue()


def _describe(font: TTFont, count: int) -> None:
    """Set the tables that say what kind of outlines a font has."""
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs, maxp.maxZones = 0x00010000, count, 1
    for name in (
        *("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"),
        *("SizeOfInstructions", "ComponentElements"),
    ):
        setattr(maxp, f"max{name}", 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
