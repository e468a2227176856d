"""Whole sentences with named, typed values, shown in the language of the edition.

A message is one text in which every value stands under a name and a type, as in `{total:yuan}`
or `{part:share}`. The English message is what an edition in another language looks it up by, when
it is shown. `python -m budgetbook.build.catalogue` extracts all of them.
"""

from __future__ import annotations

import gettext
import os
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from .exact.money import percent, wan, yuan

#: The language of the edition, as `_config.yml` names it, for every process of a build.
LANGUAGE = "BUDGETBOOK_LANGUAGE"
#: The catalogues: `<language>/LC_MESSAGES/budgetbook.mo`, of prose and of messages.
LOCALES = Path(__file__).with_name("locales")
DOMAIN = "budgetbook"


def _name(value: str | Iterable[str | None]) -> str:
    """Print a name: English and Chinese of a pair, or the one that there is."""
    if isinstance(value, str):
        return translated(value)
    english, *chinese = value
    return " ".join(filter(None, dict.fromkeys([translated(english or ""), *chinese])))


def _names(values: Iterable[str | Iterable[str]]) -> str:
    return ", ".join(map(_name, values))


def _change(value: Decimal | Fraction) -> str:
    """Print a change in 万元 with its sign: a rise can be told without colour."""
    return f"{'+' if value > 0 else ''}{wan(value)} 万元"


def _share(value: Decimal | Fraction | tuple[Any, Any]) -> str:
    """Print a part of one, or one amount as a part of another; `undefined` of nothing."""
    part, whole = value if isinstance(value, tuple) else (value, Decimal(1))
    return percent(part, whole) if whole else said("undefined")


#: Type → how its values are printed: yuan to the cent, 万元 and % with one decimal, half up. A
#: `text` is printed already: a figure as it stands, an address, another message. An `opening` is a
#: text that begins a sentence.
TYPES: dict[str, Callable[[Any], str]] = {
    "yuan": lambda value: said("{amount:text} yuan", amount=yuan(value)),
    "wan": lambda value: f"{wan(value)} 万元",
    "wan_zh": lambda value: f"{wan(value)}万元",
    "change": _change,
    "share": _share,
    "count": lambda value: f"{value:,}",
    "year": str,
    "opening": lambda value: value[:1].upper() + value[1:],
    "name": _name,
    "names": _names,
    "message": str,
    "text": str,
}


@dataclass(frozen=True)
class Placed:
    """An amount that has a passport: where a message is shown with links, `link` sets its text."""

    amount: Decimal | Fraction
    link: Callable[[str], str]


@dataclass(frozen=True)
class Message:
    """A message with its values; with links in a notebook and by `html`, as text by `str`."""

    template: str
    values: dict[str, Any]
    beside: str = ""

    @property
    def chinese(self) -> Message:
        """The same in Chinese, where an English edition says it too."""
        return Message(self.beside, self.values)

    def __str__(self) -> str:
        return _WRITER.vformat(translated(self.template), (), self.values)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return _LINKING.vformat(translated(self.template), (), self.values)

    @property
    def html(self) -> str:
        """The message as HTML."""
        return _HTML.vformat(translated(self.template), (), self.values)


def say(template: str, chinese: str = "", /, **values: Any) -> Message:
    """Return a message; amounts are exact yuan, shares parts of one, names pairs or texts.

    `chinese` says the same in Chinese, of the same values. Raises KeyError when it is shown if a
    value is missing or its type is none of TYPES.
    """
    return Message(template, values, chinese)


def said(template: str, **values: Any) -> str:
    """Return the text of a message that is shown at once; values and errors as in `say`."""
    return str(say(template, **values))


def counted(one: str, many: str, number: int, **values: Any) -> str:
    """Return the message for one or for several, shown at once; `{number:count}` is the number."""
    return said(one if number == 1 else many, number=number, **values)


def pair(english: str, chinese: str, /, **values: Any) -> tuple[str, str]:
    """Return two messages that say the same of the same values, in English and in Chinese."""
    return said(english, **values), said(chinese, **values)


def parts(template: str, **values: Any) -> list[Any]:
    """Return a message as its texts and, in their places, its values of type `part` as they are.

    So a link or another node stands within a sentence; what is empty is left out.
    """
    found: list[Any] = []
    for text, name, kind, _ in string.Formatter().parse(translated(template)):
        found.append(text)
        if name is not None:
            found.append(values[name] if kind == "part" else TYPES[kind or ""](values[name]))
    return [part for part in found if part != ""]


def both(english: str | None, chinese: str | None) -> str:
    """Return a name that is kept in English and Chinese, as the edition prints it."""
    return _name((english, chinese))


def message(template: str) -> str:
    """Return a message that is kept as it is and shown later, so that a catalogue has it."""
    return template


def translated(template: str) -> str:
    """Return a message in the language of the edition; as it is where no catalogue has it."""
    return _catalogue(LOCALES, os.environ.get(LANGUAGE, "")).gettext(template) if template else ""


@lru_cache
def _catalogue(folder: Path, language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language, an empty one of a language that has none."""
    return gettext.translation(DOMAIN, folder, [language or "en"], fallback=True)


class _Writer(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        return TYPES[format_spec](value.amount if isinstance(value, Placed) else value)


class _Linking(_Writer):
    """Writes amounts with their links, also in messages within; `words` sets all else."""

    def __init__(self, words: Callable[[str], str]) -> None:
        self._words = words

    def parse(self, format_string: Any) -> Iterator[Any]:
        for text, *place in super().parse(format_string):
            yield self._words(text), *place

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Message):
            return self.vformat(translated(value.template), (), value.values)
        text = super().format_field(value, format_spec)
        return value.link(text) if isinstance(value, Placed) else self._words(text)


_WRITER, _LINKING, _HTML = _Writer(), _Linking(str), _Linking(escape)
