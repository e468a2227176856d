"""What the checks say: one file, both languages with the same places, no row for nothing."""

import ast
import re
import shutil
from dataclasses import replace
from functools import partial

import pytest
from pseudo import translate
from worlds import with_claims

from budgetbook import forms
from budgetbook.checks import Result, Verdict, catalogue
from budgetbook.checks.check import check
from budgetbook.checks.hypotheses import hypotheses
from budgetbook.checks.places import unit_words
from budgetbook.checks.statements import FILE, statements
from budgetbook.errors import InputError
from budgetbook.laboratory.cases import cases
from budgetbook.messages import LANGUAGE
from budgetbook.model.expressions import Constant
from budgetbook.model.loading import load
from budgetbook.reading.importing import import_text
from budgetbook.synthetic import DAMAGES, SHAPES, department
from budgetbook.synthetic import disclosure as invented

_ROWS = statements().values()


@pytest.fixture(scope="module")
def order(repo, data, tmp_path_factory):
    """A document of the second form."""
    family = repo / "tests" / "forms" / "national-order"
    folder = shutil.copytree(data, tmp_path_factory.mktemp("order") / "data")
    forms.FOLDERS.append(family.parent)
    import_text(family / "disclosure.txt", folder)
    yield load(folder)
    forms.FOLDERS.remove(family.parent)


@pytest.fixture(scope="module")
def checks(disclosure, order):
    """The checks of this document, of one of another form and of invented ones.

    Of the last, one has damages, one a second source of money, one neither table 5 nor a rate of
    growth.
    """
    clean = [invented(department(seed), disclosure.reference) for seed in range(3)]
    damaged = invented(department(99), disclosure.reference, DAMAGES)
    tables = {n: rows for n, rows in clean[0].tables.items() if n != "spending-by-function"}
    lean = with_claims(clean[0], lambda claim: None if claim["kind"] == "growth" else claim)
    fund = invented(department(0, shape=SHAPES["money of a fund"]), disclosure.reference)
    documents = [disclosure, order, *clean, damaged, fund]
    found = [c for document in documents for c in (*catalogue(document), *hypotheses(document))]
    return [*found, *catalogue(replace(lean, tables=tables))]


def fits(template, text):
    """Whether a text is a template with its places filled."""
    pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(template))
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def says(check, row):
    """Whether a check says what a row says, in both languages, under an id that the row gives."""
    named = fits(row.id or "rule.{rule}", check.id) or fits("rule.{rule}", check.id)
    said = fits(row.statement_en, check.statement_en) and fits(row.statement_zh, check.statement_zh)
    return row.family == check.family and named and said


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.key)
def test_every_row_is_said_by_a_check(checks, row):
    assert any(says(check, row) for check in checks)


def test_every_check_says_a_row_and_leaves_no_place(checks):
    words = {"", *(row.guards for row in _ROWS), "a figure or a sentence that is left out"}
    for check_ in checks:
        texts = (check_.id, check_.statement_en, check_.statement_zh)
        assert not [text for text in texts if "{" in text or "}" in text]
        assert check_.guards in words
        assert not re.search("[a-z]{2,} [a-z]{2,}", check_.statement_zh), check_.id
        assert not re.search("[“‘][a-z_-]+[”’]", check_.statement_zh), f"a role in {check_.id}"


def _said(path):
    """Return what a module or a list may say: its strings that document nothing, or its text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return [text]
    nodes = list(ast.walk(ast.parse(text)))
    about = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = (n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return [node.value for node in strings if id(node) not in about]


def test_no_number_of_a_table_is_typed(repo):
    """Another form has other numbers, so what is said of a table takes them from its form."""
    source = repo / "src" / "budgetbook"
    paths = [*source.rglob("*.py"), *source.glob("*/*.csv"), *source.glob("*/*.json")]
    typed = re.compile(r"\btables? \d|表(?!一致)[一二三四五六七八九十\d]")
    found = [
        (path.name, said) for path in paths for text in _said(path) for said in typed.findall(text)
    ]
    assert not found


def test_another_form_says_its_own_number_of_a_table(order):
    asked = next(c for c in catalogue(order) if c.id.startswith("explanation.mentioned."))
    assert str(asked.left.what).endswith("in table 2")
    swapped = {case.id: case.about for case in cases(order)}["swapped-digits"]
    assert "table 2" in swapped[0]
    assert swapped[1].startswith("表二合计")


def test_sources_are_known(disclosure):
    known = {row["id"] for row in disclosure.reference["sources"]}
    assert {row.source for row in _ROWS if row.source} <= known


def test_an_edition_shows_the_words_of_a_check_and_keeps_its_id(tmp_path, monkeypatch):
    asked = partial(check, "projects.unit", Constant(1), Constant(2))
    places = {"unit": "own-unit", "whose": ("own unit", "本级")}
    english = asked(**places)
    known = (statements()["projects.unit"].statement_en, english.guards, "own unit", "fails")
    texts = {text: f"⟦{text}⟧" for text in known}
    translate(tmp_path, "xx", texts | {"not equal to": "≠"})
    monkeypatch.setattr("budgetbook.messages.LOCALES", tmp_path)
    monkeypatch.setenv(LANGUAGE, "xx")
    shown = asked(**places | {"whose": unit_words(True)})
    assert shown.statement_en == f"⟦{english.statement_en.replace('own unit', '⟦own unit⟧')}⟧"
    assert (shown.id, shown.family) == (english.id, english.family)
    assert (shown.statement_zh, shown.guards) == (english.statement_zh, f"⟦{english.guards}⟧")
    judged = Result(shown, Verdict.FAILS)
    assert (judged.relation, judged.verdict.words, str(judged.verdict)) == ("≠", "⟦fails⟧", "fails")


def test_a_place_that_nothing_fills_is_named():
    with pytest.raises(InputError, match=r"statements.csv: ceilings, column id: .*place \{at\}"):
        check("ceilings", Constant(1), Constant(1), name="x")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("key,id,", "key,name,", "header, column all: found key, name, .* expected the columns"),
        ("\nrow,", "\nhierarchy,", "row 2, column key: found 'hierarchy'; expected a key that no"),
        ("totals,=,", "totals,≈,", "row 2, column relation: found '≈'; expected one of =, <,"),
        (
            "{row}：{column}",
            "{row}：",
            r"row 2, .*_zh: .*expected the places .*: \{column\}, \{row",
        ),
        ("row.{at}", "", "row 2, column guards: .*expected words where the row has an id"),
        (
            "{row}：{column}等于各部分之和",
            "",
            "row 2, column statement_zh: found ''; expected words",
        ),
        (",hierarchy.{at},", ",", "row 1, column all: found 9 cells; expected 10 cells"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path, old, new, expected):
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path = tmp_path / FILE.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=expected):
        statements(path)
