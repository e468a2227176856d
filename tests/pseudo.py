"""An edition in a language that nobody speaks: each message of the catalogue is marked.

What then stands on a page unmarked was put there by something that is no message.
"""

import re
from collections import Counter
from html.parser import HTMLParser

from babel.messages import Catalog
from babel.messages.mofile import write_mo

#: The language, as `_config.yml` would name it.
LANGUAGE = "en_XA"
#: Elements without an end, and those whose text is code.
_EMPTY = frozenset({"br", "img", "meta", "link", "input", "hr", "wbr", "source", "col"})
_CODE = frozenset({"script", "style", "pre", "code"})
#: Attributes that are read.
_READ = ("title", "alt", "aria-label", "placeholder", "data-label", "data-cell")
_DESCRIBED = ("description", "og:title", "og:description", "og:image:alt")
#: A word that stands outside of Chinese.
_WORD = re.compile(r"(?<![\u2e80-\uffefA-Za-z])[A-Za-z]{2,}(?![\u2e80-\uffefA-Za-z])")
#: Words of a sentence, which stand in Chinese only by mistake.
_RUN = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){3}")
#: What is the same in every language: addresses, ids, files, what is printed, and proper names.
_NAMES = re.compile(
    r"\S*\w/\S*|\b[\w-]+\.(csv|xlsx|zip|xml|txt)\b|\b[a-z]+([-.:][a-z\d]+)+\b"
    r"|SHA-256|x86_64|\d cores|Python [\d.]+|Excel|Moodle XML|GIFT|PDF|CSV|SVG|CC BY|MIT\b"
    r"|Lighthouse|SEO|PI-4|(Fiscal )?Data Package|Table Schema"
)
_PLACES = re.compile(r"(\{[^{}]*\}|<[^<>]*>|&\w+;)")


def marked(text):
    """Return a message of code whose letters no longer stand beside each other, its places kept."""
    parts = _PLACES.split(text)
    parts[::2] = (re.sub(r"(?<=[A-Za-z])(?=[A-Za-z])", "·", part) for part in parts[::2])
    return "".join(parts)


def write(prose, shown, folder):
    """Write the catalogue of the edition below `folder`; prose stands in brackets."""
    texts = {text: marked(text) for text in shown}
    translate(folder, LANGUAGE, texts | {m.id: f"⟦{m.id}⟧" for m in prose if m.id})


def translate(folder, language, texts):
    """Write a catalogue below `folder`: message → what an edition in a language says."""
    catalogue = Catalog()
    for text, said in texts.items():
        catalogue.add(text, said)
    place = folder / language / "LC_MESSAGES" / "budgetbook.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as stream:
        write_mo(stream, catalogue)


def unmarked(html):
    """Return the texts of a page that hold a word outside messages, code and frames, counted."""
    page = _Page()
    page.feed(html)
    return page.found


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self._open, self._depth = Counter(), [], 0

    def _within(self, kind):
        return any(kind in kinds for _, kinds in self._open)

    def _keep(self, text, depth=0):
        """Count a text if a word of it stands outside of brackets; return how deep it ends."""
        outside = ""
        for letter in text:
            depth += (letter == "⟦") - (letter == "⟧")
            outside += letter if depth <= 0 and letter != "⟧" else ""
        words = _RUN if self._within("chinese") else _WORD
        if words.search(_NAMES.sub("", outside)) and not self._within("apart"):
            self.found[" ".join(outside.split())] += 1
        return depth

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        for name in _READ:
            self._keep(named.get(name) or "")
        if {named.get("name"), named.get("property")} & set(_DESCRIBED):
            self._keep(named.get("content") or "")
        if tag not in _EMPTY:
            classes = (named.get("class") or "").split()
            chinese = (named.get("lang") or "").startswith("zh") or "zh" in classes
            printed = tag == "pre" and self._within("output")
            apart = (tag in _CODE and not printed) or "frame" in classes
            kinds = {"chinese": chinese, "apart": apart, "output": "output" in classes}
            self._open.append((tag, {kind for kind, holds in kinds.items() if holds}))

    def handle_endtag(self, tag):
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data):
        self._depth = self._keep(data, self._depth)
