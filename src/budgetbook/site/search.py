"""Search in two languages: English by its stems as ever, Chinese wherever it stands.

Chinese has no blanks, so Sphinx takes a run of it for one word, asks for all of it, and looks
inside words of three letters and more alone. Here a run is indexed as `__政_府_采_购__` and sought
as `_采_购_`: never the whole of an indexed run, part of each that holds it, and long enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from sphinx.search import js_index
from sphinx.search.en import SearchEnglish

_HAN = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff"
_CHINESE = re.compile(f"[{_HAN}]+")
_RUN = re.compile(f"[{_HAN}]+|[^{_HAN}]+")
_ARTICLE = re.compile(r"<article\b.*?</article>", re.S)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1>", re.S)
#: Tags that part no word; any other does.
_WITHIN = re.compile(r"</?(?:a|b|code|em|i|small|span|strong|sub|sup|tspan)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
#: The letters that a word needs to be required of a page; a shorter one is filled up.
_LEAST = 3


def _script(name: str) -> str:
    """Return what the browser does with a query: HAN and LEAST stand for what is said above."""
    text = Path(__file__).with_name(f"search-{name}.js").read_text(encoding="utf-8")
    return text.replace("HAN", _HAN).replace("LEAST", str(_LEAST))


class TwoLanguages(SearchEnglish):
    """Splits and stems what is indexed, and carries the same for the query in the browser."""

    js_splitter_code = _script("splitter")
    js_stemmer_code = SearchEnglish.js_stemmer_code + _script("stemmer")

    def split(self, input: str) -> list[str]:
        """Return the words of a text; a run of Chinese is one of its own, whatever it touches."""
        return [run for word in super().split(input) for run in _RUN.findall(word)]

    def stem(self, word: str) -> str:
        """Return what stands for a word in the index."""
        if _CHINESE.match(word):
            return f"__{'_'.join(word)}__"
        found = super().stem(word)
        return found if found in self.stopwords else found.ljust(_LEAST, "_")


def index_chinese(index: Path, pages: Mapping[str, str]) -> None:
    """Let an index know all Chinese that the finished pages (name → HTML) show, and no other.

    Sphinx indexes what it read; passports and the pages that use a figure come later.
    """
    content = js_index.loads(index.read_text(encoding="utf-8"))
    terms = {term: at for term, at in content["terms"].items() if not _CHINESE.search(term)}
    stem = TwoLanguages({}).stem
    for number, name in enumerate(content["docnames"]):
        for run in {*_chinese(pages[name])}:
            terms.setdefault(stem(run), []).append(number)
    content["terms"] = terms
    index.write_text(js_index.dumps(content), encoding="utf-8", newline="\n")


def _chinese(page: str) -> Iterator[str]:
    """Yield the runs of Chinese of a page's text."""
    for article in _ARTICLE.findall(page):
        text = _TAG.sub(" ", _WITHIN.sub("", _UNSEEN.sub(" ", article)))
        yield from _CHINESE.findall(unescape(text))
