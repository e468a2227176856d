"""What the appendices show: tables, checks as rows, entries of the register, sentences."""

from decimal import Decimal

from budgetbook.model.address import SCHEME
from budgetbook.model.classification import names
from budgetbook.proof.findings import findings
from budgetbook.show.frames import Note, check_rows, name_of, table
from budgetbook.show.tables import LEFT


def test_a_table_prints_yuan_and_leaves_blanks_blank():
    html = table([{"Row": "a\nb", "Yuan": Decimal("1234.5")}, {"Row": "合计", "Yuan": None}], "C")
    text = html._repr_html_()
    assert "<td class='number'>1,234.50</td>" in text
    assert f"<td{LEFT}>a<br>b</td>" in text
    assert f"<tr class='total'><td{LEFT}>合计</td><td class='number'></td></tr>" in text
    caption = str(table([], "The {year:year} budget", year=2025).caption)
    assert caption == "The 2025 budget"


def test_a_check_leads_to_both_of_its_sides(disclosure, results):
    mine = [r for r in results if r.check.id == "projects.all"]
    (row,) = check_rows(disclosure, mine)
    assert (str(row["Left side"]), str(row["Right side"])) == ("1,900,000.00", "2,100,000.00")
    html = table([row], "Checks")._repr_html_()
    assert f"href='{SCHEME}spending-by-function/total.project'" in html
    assert 'title="Derived: ' in html


def test_an_entry_says_its_grade_and_leads_to_the_register(disclosure, results):
    one = findings(disclosure, results)[0]
    html = Note(one)._repr_html_()
    assert f"Evidence {one.grade}" in html
    assert f"findings.html#finding-{one.id}" in html
    assert repr(Note(one)) == one.sentence("found_en")


def test_a_name_stands_for_itself_where_it_has_none(disclosure):
    known = names(disclosure)
    assert name_of(known, "nowhere") == "nowhere"
    assert name_of(known, "unlisted") == "Not listed 未列出"
    assert name_of(known, "unlisted", english=True) == "Not listed"
