"""The benchmarks run on a small sample, and the results that the book shows are whole."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import agreement
import cells
import links
import nbformat
import pages
import pytest
import rebuild
import speed


def test_a_stream_of_departments_is_judged_and_forgotten():
    found = speed.stream(3, 1)
    assert found["departments"] == 3
    assert found["checks"] > 3 * 500
    assert found["ms_each"] > 0


@pytest.fixture
def written(tmp_path):
    """A function: a folder with a notebook of these cells (source, tags, outputs)."""

    def write(*parts):
        made = [nbformat.v4.new_code_cell(source, metadata={"tags": tags}, outputs=outputs)
                for source, tags, outputs in parts]  # fmt: skip
        made.append(nbformat.v4.new_markdown_cell("pd.concat\n" * 50))
        nbformat.write(nbformat.v4.new_notebook(cells=made), tmp_path / "a.ipynb")
        return tmp_path

    return write


def test_cells_are_measured_by_one_rule(written, capsys):
    table = nbformat.v4.new_output("display_data", {"text/html": "<table></table>"})
    text = nbformat.v4.new_output("display_data", {"text/plain": "7"})
    folder = written(
        ("a = 1", [], []),
        ("b.query('c')\nb\nb", ["hide-input"], [table]),
        ("x" * 101, ["remove-cell"], [text]),
        ("  \n", [], []),
    )
    found = cells.measures([folder / "a.ipynb"])
    assert found["cells"] == 3
    assert (found["median lines"], found["longest"], found["over 100 columns"]) == (1, 3, 1)
    assert found["median characters"] == len("b.query('c')\nb\nb")
    assert [round(3 * found[share]) for share in ("plain", "hidden", "shown")] == [1, 2, 1]
    assert cells.main([str(folder)]) == 0
    assert re.search(r"33 % pandas or seaborn, 67 % hidden, 33 % with", capsys.readouterr().out)
    assert cells.main([str(folder / "none")]) == 1
    assert "is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("source", "plain"),
    [("pd.concat([a])", True), ("a.groupby('b')", True), ("draw('a', sns.barplot, b)", True),
     ("a.filter(['b'])", True), ("sorted(a)", False), ("expd.x", False), ("say('loc[')", False)],
)  # fmt: skip
def test_pandas_and_seaborn_are_known_by_what_they_write(source, plain):
    assert bool(cells.PLAIN.search(source)) is plain


def test_a_cell_that_calls_the_package_is_not_plain(written):
    folder = written(
        ("from budgetbook.analysis import staff as heads, variance", [], []),
        ("from budgetbook.show import Budget, show", [], []),
        ("pd.DataFrame(heads.staff(disclosure))", [], []),
        ("frame['variance'] = Budget().spending().merge(heads_of)\nframe.pipe(show, 'a')", [], []),
    )
    assert cells.measures([folder / "a.ipynb"])["plain"] == 1 / 4


def test_a_folder_without_notebooks_is_said_to_have_none(tmp_path):
    assert cells.measures(sorted(tmp_path.rglob("*.ipynb"))) is None
    assert cells.line("theirs", None) == "theirs: no notebook with code"


def test_the_last_full_run_is_in_the_book():
    result = json.loads(speed.RESULT.read_text(encoding="utf-8"))
    assert {m["departments"] for m in result["many"]} == {1, 100, 1_000}
    assert {m["cores"] for m in result["many"]} > {1}
    assert set(result["shell"]) > {"budgetbook check", "import pandas"}
    assert result["machine"]
    assert result["date"]
    assert result["made_from"] == speed.made_from(), "out of date: run benchmarks/speed.py"
    assert result["many"][0]["checks"] == speed.judge(0)[0]
    assert result["tables"] == as_kept(speed.tables(result["shell"], result["many"]))


def as_kept(tables):
    """Tables as a file of results has them."""
    return json.loads(json.dumps(tables))


def test_the_last_run_of_the_rebuilds_is_in_the_book():
    result = json.loads(rebuild.RESULT.read_text(encoding="utf-8"))
    cases = result["cases"]
    assert cases["everything, from nothing"]["ratio"] == 1
    assert set(cases) > {"nothing changed", "a sentence of a page", "a line of the package"}
    assert all(found["seconds"] > 0 for found in cases.values())
    assert result["tables"] == as_kept(rebuild.tables(cases))


def test_rules_beside_readers_are_what_the_book_shows(disclosure):
    shown = json.loads(agreement.RESULT.read_text(encoding="utf-8"))["tables"]
    assert shown == agreement.tables(disclosure), "out of date: call make agreement"


def test_the_rules_agree_less_on_what_they_have_not_seen(disclosure):
    """The fourth chapter says so, by share and beyond chance."""
    here = agreement.dimensions.agreement(agreement.dimensions.assignments(disclosure))
    unseen = agreement.dimensions.agreement(agreement.assigned())
    assert unseen.agreeing * here.of < here.agreeing * unseen.of
    assert unseen.kappa < here.kappa


def test_the_first_run_is_kept(disclosure):
    """What agreed before a rule was changed stands beside what agrees now."""
    asked = {row[0]: str(row[1]) for row in agreement.by_criterion(disclosure)[0]["rows"]}
    titles = {r["id"]: f"{r['title_en']} {r['title_zh']}" for r in disclosure.reference["rubric"]}
    kept = {row["question"]: row["asked"] for row in agreement.rows("first-run")}
    assert kept.pop("dimension") == str(len(agreement.assigned()))
    assert {titles[question]: n for question, n in kept.items()} == asked


def test_a_rule_that_never_speaks_agrees_less(disclosure, monkeypatch):
    """The counts come from the rules: without them fewer answers agree."""
    before = agreement.by_criterion(disclosure)[0]["rows"]
    monkeypatch.setattr(agreement.rubric, "_METHOD", re.compile("$^"))
    after = agreement.by_criterion(disclosure)[0]["rows"]
    assert [a[0] for a, b in zip(after, before, strict=True) if a != b] == [
        "Has a method 有评价方法"
    ]
    assert sum(int(row[2]) for row in after) < sum(int(row[2]) for row in before)


def test_the_judgements_are_whole(disclosure):
    """Two readers answer each criterion of each indicator, none of which this document has."""
    names = {row["name"] for row in agreement.rows("indicators")}
    assert not names & {one.name for one in disclosure.indicators}
    asked = {(row["indicator"], row["criterion"]) for row in agreement.rows("judgements")}
    criteria = [row["id"] for row in disclosure.reference["rubric"]]
    assert asked == {(row["id"], c) for row in agreement.rows("indicators") for c in criteria}


class Answers(BaseHTTPRequestHandler):
    """A server that knows one page, and will not be asked by HEAD for another."""

    def do_HEAD(self):
        self.send_error({"/here": 200, "/get-only": 405}.get(self.path, 404))

    def do_GET(self):
        self.send_error(200 if self.path in ("/here", "/get-only") else 404)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    """The address of a server that runs while a test does."""
    running = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_an_address_that_is_gone_is_named_with_its_page(server, tmp_path, capsys):
    page = tmp_path / "_build" / "html" / "a.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<svg xmlns="{server}/name"></svg> <a href="{server}/here">here</a>')
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "b.csv").write_text(f"x,{server}/get-only,y")
    assert links.main(tmp_path) == 0
    assert capsys.readouterr().out == "2 of 2 addresses answer\n"
    (tmp_path / "README.md").write_text(f"See [it]({server}/gone).")
    assert links.main(tmp_path) == 1
    assert f"{server}/gone: 404 Not Found; named in README.md" in capsys.readouterr().out


def test_a_server_that_does_not_answer_is_named(server):
    assert links.asked(f"{server}/here") is None
    assert links.asked("http://127.0.0.1:9/")
    assert links.asked("http://no such host/")


def test_the_book_names_addresses_to_ask_for(site):
    assert "https://creativecommons.org/licenses/by/4.0/" in links.addresses(links.ROOT)


def test_the_last_run_on_a_phone_is_in_the_book():
    result = json.loads(pages.RESULT.read_text(encoding="utf-8"))
    assert set(result["pages"]) == set(pages.PAGES)
    for themes in result["pages"].values():
        assert set(themes) == {"this book", "default theme"}
        for found in themes.values():
            assert set(found) == {*pages.SCORES, *pages.AUDITS}
    assert result["tables"] == as_kept(pages.tables(result["pages"]))
