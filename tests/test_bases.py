"""The bases that projects name: their year, and whether they call themselves provisional."""

from small_disclosure import TEXT
from test_forms import another_form, read  # noqa: F401
from worlds import with_resource

from budgetbook.analysis.bases import bases


def test_every_citation_of_this_document_is_a_basis(disclosure):
    found = bases(disclosure)
    documents = [basis for basis in found if basis.title]
    assert len(documents) == len(disclosure.reference["regulations"]) == 14
    assert {basis.project for basis in found} == {p.name for p in disclosure.projects}
    assert sum(basis.provisional for basis in found) == 5
    assert [(b.year, b.line) for b in found if not b.title] == [(2023, 517)]


def test_a_year_is_that_of_the_number_and_not_one_in_the_title(read):  # noqa: F811
    """A document of 2024 may name the year 2025 in its title; an edition is a year too."""
    old = "1.《云岭区河道管理办法》（云水发〔2029〕3号） 2.《水法》"
    new = "1.《云岭区2031年度指南》（云水〔2028〕3号） 2.《目录（2027年版）》 3.《水法（试行）》"
    assert TEXT.count(old) == 1
    found = bases(read(TEXT.replace(old, new)))
    numbered = f"关于印发《目录（2027年版）》的通知（云水〔2028〕4号） {new}"
    assert bases(read(TEXT.replace(old, numbered)))[0].year == 2028
    assert [(b.number, b.year, b.provisional) for b in found] == [
        ("云水〔2028〕3号", 2028, False),
        ("", 2027, False),
        ("", None, True),
    ]


def test_a_document_of_no_project_is_none_of_its_bases(disclosure):
    """Without citations only the figure of an earlier year is left."""
    left = bases(with_resource(disclosure, "regulations", ()))
    assert [basis.title for basis in left] == [""]
