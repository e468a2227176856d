"""What the site's scripts say is a message, which an edition in another language has translated."""

import re

import pseudo
import pytest
from babel.messages.extract import extract_javascript
from babel.messages.jslexer import tokenize, unquote_string
from copies import ROOT

from budgetbook import messages as spoken
from budgetbook.site import scripts

SCRIPTS = sorted((ROOT / scripts.SCRIPTS).glob("*.js"))
#: What a reader would see: Chinese, or words that begin as a sentence does.
SENTENCE = re.compile(r"[\u2e80-\u9fff]|^[A-Z][a-z]+ [a-z]")


def test_messages_of_a_script_are_the_texts_of_what_makes_them(tmp_path):
    script = tmp_path / "a.js"
    script.write_text(
        'said("a {n}", { n })\nboth("b", "乙")\ncounted("c", "d", n)\nh("no")', "utf-8"
    )
    assert [*scripts.messages(script)] == [("a {n}", 1), ("b", 2), ("c", 3), ("d", 3)]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_whatever_a_script_says_is_a_message(script):
    text = script.read_text(encoding="utf-8")
    with script.open("rb") as stream:
        calls = dict.fromkeys(("said", "both", "counted", "message"))
        found = [texts for _, _, texts, _ in extract_javascript(stream, calls, [], {})]
    told = {text for texts in found for text in ([texts] if isinstance(texts, str) else texts)}
    tokens = [*tokenize(text)]
    shown = {unquote_string(t.value) for t in tokens if t.type == "string"}
    shown |= {t.value.strip("`") for t in tokens if t.type == "template_string"}
    assert [each for each in shown - told if SENTENCE.search(each)] == []


def test_an_edition_has_what_its_scripts_say(tmp_path, monkeypatch):
    text = next(scripts.messages(ROOT / scripts.SCRIPTS / "search.js"))[0]
    pseudo.translate(tmp_path, "xx", {text: "···"})
    monkeypatch.setattr(spoken, "LOCALES", tmp_path)
    assert scripts.translations(ROOT) == {}
    monkeypatch.setenv(spoken.LANGUAGE, "xx")
    assert scripts.translations(ROOT) == {text: "···"}
