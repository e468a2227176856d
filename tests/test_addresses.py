"""Addresses that were published: none is gone, and those of before lead to what they led to.

`addresses-before.txt` holds every address that was ever listed, up to this edition: a line that is
taken out of the list of today is missed without a look at former editions. Lines are only added.
"""

import csv
import re
from html import unescape
from pathlib import Path

import pytest

from budgetbook.build.addresses import LIST, add, addresses, kept
from budgetbook.site.postprocessing import MOVED, read_moved

BEFORE = Path(__file__).with_name("addresses-before.txt")
#: An element that is opened with an id.
OPENED = re.compile(r'<[a-z][\w-]*\b[^>]*?\bid="([^"]+)"')


@pytest.fixture(scope="module")
def moved(repo):
    """Page → (former anchor, anchor of today), as book/moved.csv has them."""
    found = {}
    with (repo / MOVED).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["page"], []).append((row["former"], row["anchor"]))
    return found


def test_what_was_promised_is_still_listed_or_has_moved(repo, moved):
    former = {f"{page}#{anchor}" for page, pairs in moved.items() for anchor, _ in pairs}
    before = kept(BEFORE)
    assert len(before) > 5500
    assert not sorted(before - former - kept(repo / LIST))[:5]
    assert not sorted(former - before)[:5], "what was never promised need not lead anywhere"


def test_a_former_address_leads_to_one_thing_and_is_none_of_today(moved):
    for page, pairs in moved.items():
        names = [former for former, _ in pairs]
        assert len(set(names)) == len(names), page
        assert not set(names) & {anchor for _, anchor in pairs}, page


def test_every_former_address_leads_to_what_took_its_place(site, moved):
    """A former id stands in the element of today's, with no other element of an id before it."""
    lost = []
    for page, pairs in moved.items():
        ids = [unescape(name) for name in OPENED.findall((site / page).read_text("utf-8"))]
        at = {name: number for number, name in enumerate(ids)}
        assert len(at) == len(ids), page
        names = {former for former, _ in pairs}
        for former, anchor in pairs:
            between = ids[at.get(anchor, 0) + 1 : at.get(former, 0)]
            there = former in at and anchor in at and at[anchor] < at[former]
            if not there or set(between) - names:
                lost.append((page, former, anchor))
    assert not lost, (len(lost), lost[:5])


def test_no_published_address_is_gone(site, repo):
    moved = {
        f"{page}.html#{former}"
        for page, anchors in read_moved(repo / MOVED).items()
        for names in anchors.values()
        for former in names
    }
    gone = sorted(kept(repo / LIST) - addresses(site) - moved)
    assert not gone, (
        f"{len(gone)} addresses were published in {LIST.as_posix()} and must be kept, or lead to "
        f"what took their place: {gone[:5]}"
    )


def test_every_address_is_in_the_list(site, repo):
    new = sorted(addresses(site) - kept(repo / LIST))
    assert not new, f"{len(new)} addresses are new, as {new[:5]}: make addresses adds them"


def test_the_list_is_sorted_and_adding_never_removes(repo, tmp_path):
    lines = (repo / LIST).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.html").write_text(
        "<tr id='row/k'></tr><tr id='proof-x-1'></tr><p id='rebuilt-1'></p><p id='check-x'></p>"
        "<section id='whatever'></section>"
    )
    path = tmp_path / "list.txt"
    path.write_text("old.html\n")
    assert add(site, path) == 3
    assert path.read_text() == "a.html\na.html#check-x\na.html#row/k\nold.html\n"
    assert add(site, path) == 0


def test_what_can_be_cited_is_in_the_list(repo, disclosure, results, register):
    listed = kept(repo / LIST)
    assert {f"book/checks.html#check-{r.check.id}" for r in results} <= listed
    assert {f"book/findings.html#finding-{f.id}" for f in register} <= listed
    terms = disclosure.reference["glossary"]
    assert {f"book/glossary.html#term-{t['id']}" for t in terms} <= listed
    rows = {
        f"book/data/{disclosure.form.tables[address.table].file}.html#{address.anchor}"
        for found in disclosure.tables.values()
        for address in map(disclosure.address, found)
    }
    assert rows <= listed
