"""The picture that a shared address shows: whose budget, what page, and a sentence of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from ..messages import said, translated
from ..proof.findings import findings
from .markup import BOOK
from .png import picture
from .told import Told, of_pages, planned

WIDTH, HEIGHT = 1200, 630
_FONT = Path(__file__).parents[1] / "fonts" / "NotoSansSC-subset.otf"
#: Paper, two shades between, ink.
_SHADES = ((252, 251, 248), (182, 186, 187), (112, 121, 126), (28, 36, 43))
_LEFT, _ROOM = 72, WIDTH - 144
#: Sizes of a title, the largest first.
_SIZES = (68, 60, 52, 44)
#: Quotation marks in English, which the font draws as wide as a Chinese character.
_QUOTED = re.compile(r"“([ -~]*)”")
#: Sizes of the sentence.
_TOLD = (34, 31, 28, 25, 22)


def address(page: str) -> str:
    """Return where the picture of a page lies, from the top of the site."""
    return f"_static/share/{page.replace('/', '-')}.png"


def write(app: Any, titles: Mapping[str, str]) -> None:
    """Write the picture of every page (name → title), and of the search.

    One that was drawn of the same words stays: each state of data and code has a folder of its own.
    """
    out, budget, drawn_before = Path(app.outdir), vars(app)["budget"], Path(app.doctreedir, "drawn")
    register = findings(budget, vars(app)["budget_results"])
    titled = {**titles, "search": said("Search 搜索")}
    told = dict.fromkeys(titled, planned(budget))
    told |= of_pages(budget, register, app.config.myst_substitutions)
    words = {name: [title, *told[name]] for name, title in titled.items()}
    kept = json.loads(drawn_before.read_text(encoding="utf-8")) if drawn_before.exists() else {}
    (out / "_static" / "share").mkdir(parents=True, exist_ok=True)
    for name, title in titled.items():
        if kept.get(name) != words[name]:
            picture = drawn(title, budget.document["office"], told[name])
            (out / address(name)).write_bytes(picture)
    drawn_before.write_text(json.dumps(words), encoding="utf-8")


def drawn(title: str, office: str, told: Told) -> bytes:
    """Return the picture: the book, the title of a page, the office, the sentence."""
    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(sheet)
    draw.text((_LEFT, 56), translated(BOOK), font=_font(34), fill=170)
    lines, size = _set(title, _SIZES, 3)
    for number, line in enumerate(lines):
        draw.text((_LEFT, 132 + number * size * 1.3), line, font=_font(size), fill=255)
    draw.rectangle((_LEFT, 418, _LEFT + 96, 423), fill=170)
    draw.text((_LEFT, 440), office, font=_font(34), fill=255)
    fitted = [_set(text, _TOLD, 1) for text in told]  # a line for each language
    size = min(size for _, size in fitted)
    shown = [_cut(lines) for lines, _ in fitted]
    for number, line in enumerate(shown):
        draw.text((_LEFT, 490 + 50 * number), line, font=_font(size), fill=255)
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


def _set(title: str, sizes: Sequence[int], most: int) -> tuple[list[str], int]:
    """Return a text in as many lines at most, and the size of `sizes` at which they fit.

    It breaks at blanks; at the smallest size, a word that is wider than a line where the line ends.
    """
    words = _QUOTED.sub(r'"\1"', title).replace("’", "'").split()
    for size in sizes:
        lines = [""]
        for word in words:
            pieces = [word] if size > sizes[-1] or _fits(word, size) else list(word)
            for number, piece in enumerate(pieces):
                longer = f"{lines[-1]}{'' if number else ' '}{piece}".strip()
                if lines[-1] and not _fits(longer, size):
                    lines.append(piece)
                else:
                    lines[-1] = longer
        if len(lines) <= most and all(_fits(line, size) for line in lines):
            break
    return lines, size


def _cut(lines: list[str]) -> str:
    """Return the first line, which says if it is not the end."""
    return lines[0] if len(lines) == 1 else f"{lines[0][:-1]}…"


def _fits(text: str, size: int) -> bool:
    return bool(_font(size).getlength(text) <= _ROOM)


@cache
def _font(size: int) -> Any:
    return ImageFont.truetype(str(_FONT), size)
