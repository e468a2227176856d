"""The catalogue of messages: what code, cells, lists and frames of pages show, and nothing else."""

import nbformat

from budgetbook.build.catalogue import messages


def test_messages_of_code_are_the_texts_of_what_makes_them(tmp_path):
    code = tmp_path / "code.py"
    code.write_text(
        'say("a {n:count} " "b", n=f("no"))\nx.said("c")\ncounted("d", "e", 2)\nother("no")\n'
        'frame.pipe(show, "f")\nbars(frame, headline="g", alt=text)\nparts(text)\n',
        encoding="utf-8",
    )
    found = [*messages(code)]
    assert [text for text, _ in found] == ["a {n:count} b", "c", "d", "e", "f", "g"]
    assert (found[0][1], found[-1][1]) == (1, 6)


def test_messages_of_a_notebook_are_those_of_its_code(tmp_path):
    cells = [nbformat.v4.new_markdown_cell('say("no")'), nbformat.v4.new_code_cell('say("a")')]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
    assert [*messages(tmp_path / "n.ipynb")] == [("a", 1)]


def test_messages_of_a_list_are_its_english_columns(tmp_path):
    rows = tmp_path / "list.csv"
    rows.write_text("id,title_en,title_zh,words\n1,a,甲,\n2,,乙,b\n", encoding="utf-8")
    assert [text for text, _ in messages(rows)] == ["a", "b"]


def test_messages_of_a_frame_of_pages_are_those_it_asks_for(tmp_path):
    (tmp_path / "theme").mkdir()
    page = tmp_path / "theme" / "page.html"
    page.write_text("<p>no {{ said('a') }}</p>\n{{ other('no') }}", encoding="utf-8")
    assert [*messages(page)] == [("a", 1)]
