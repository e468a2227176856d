"""The picture that a shared address shows: whose budget, what page, and one sentence in money."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from ..analysis.variance import whole
from ..exact.money import percent, wan
from ..messages import message, said, translated
from ..model.disclosure import Disclosure
from ..words.phrases import direction
from .markup import BOOK
from .png import picture

WIDTH, HEIGHT = 1200, 630
_FONT = Path(__file__).parents[1] / "fonts" / "NotoSansSC-subset.otf"
#: Paper, two shades between, ink.
_SHADES = ((252, 251, 248), (182, 186, 187), (112, 121, 126), (28, 36, 43))
_LEFT, _ROOM = 72, WIDTH - 144
#: Sizes of a title, the largest first.
_SIZES = (68, 60, 52, 44)
#: Quotation marks in English, which the font draws as wide as a Chinese character.
_QUOTED = re.compile(r"“([ -~]*)”")
#: Way of the change → what is planned.
_PLANNED = {
    "more": message("{now:wan} planned for {year:year}, {part:share} more than in {before:year}"),
    "less": message("{now:wan} planned for {year:year}, {part:share} less than in {before:year}"),
    "same": message("{now:wan} planned for {year:year}, as much as in {before:year}"),
    "new": message("{now:wan} planned for {year:year}"),
}


def address(page: str) -> str:
    """Return where the picture of a page lies, from the top of the site."""
    return f"_static/share/{page.replace('/', '-')}.png"


def sentence(disclosure: Disclosure) -> tuple[str, str]:
    """Return what the department plans to spend and how that changed, English and Chinese."""
    bridge = whole(disclosure)
    more = percent(abs(bridge.change), bridge.prior) if bridge.prior else ""
    way = direction(bridge.change, "more", "less", "same") if bridge.prior else "new"
    year, part = disclosure.year, (abs(bridge.change), bridge.prior)
    planned = said(_PLANNED[way], now=bridge.now, year=year, before=year - 1, part=part)
    compared = f"，比上年{direction(bridge.change, '多', '少', '持平')}{more}"
    return planned, f"{year}年预算{wan(bridge.now)}万元{compared}"


def write(folder: Path, titles: dict[str, str], disclosure: Disclosure) -> None:
    """Write the picture of every page (name → title), and of the search, below a site's folder.

    One that is there stays: each state of titles, data and code has a folder of its own in a build.
    """
    office = disclosure.document["office"]
    told = sentence(disclosure)
    (folder / "_static" / "share").mkdir(parents=True, exist_ok=True)
    for name, title in {**titles, "search": said("Search 搜索")}.items():
        place = folder / address(name)
        if not place.exists():
            place.write_bytes(drawn(title, office, told))


def drawn(title: str, office: str, told: tuple[str, str]) -> bytes:
    """Return the picture: the book, the title of a page, the office, the sentence."""
    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(sheet)
    draw.text((_LEFT, 56), translated(BOOK), font=_font(34), fill=170)
    lines, size = _set(title)
    for number, line in enumerate(lines):
        draw.text((_LEFT, 132 + number * size * 1.3), line, font=_font(size), fill=255)
    draw.rectangle((_LEFT, 418, _LEFT + 96, 423), fill=170)
    for place, text, large in ((440, office, 34), (494, told[0], 34), (546, told[1], 34)):
        draw.text((_LEFT, place), text, font=_font(large), fill=255)
    return picture(WIDTH, _packed(sheet), _SHADES)


def _packed(sheet: Any) -> list[bytes]:
    """Return the lines of a grey picture, four points of two bits a byte."""
    grey = sheet.tobytes()
    points = [[value >> 6 << shift for value in range(256)] for shift in (6, 4, 2, 0)]
    lines = []
    for top in range(0, WIDTH * HEIGHT, WIDTH):
        line = grey[top : top + WIDTH]
        quarters = [line[n::4].translate(bytes(points[n])) for n in range(4)]
        together = sum(int.from_bytes(quarter, "big") for quarter in quarters)
        lines.append(together.to_bytes(WIDTH // 4, "big"))
    return lines


def _set(title: str) -> tuple[list[str], int]:
    """Return a title in at most three lines, and the size at which they fit.

    It breaks at blanks; at the smallest size, a word that is wider than a line where the line ends.
    """
    words = _QUOTED.sub(r'"\1"', title).replace("’", "'").split()
    for size in _SIZES:
        lines = [""]
        for word in words:
            pieces = [word] if size > _SIZES[-1] or _fits(word, size) else list(word)
            for number, piece in enumerate(pieces):
                longer = f"{lines[-1]}{'' if number else ' '}{piece}".strip()
                if lines[-1] and not _fits(longer, size):
                    lines.append(piece)
                else:
                    lines[-1] = longer
        if len(lines) <= 3 and all(_fits(line, size) for line in lines):
            break
    return lines, size


def _fits(text: str, size: int) -> bool:
    return bool(_font(size).getlength(text) <= _ROOM)


@cache
def _font(size: int) -> Any:
    return ImageFont.truetype(str(_FONT), size)
