"""Addresses of the edition before: none is gone, and each leads to what it led to then.

`addresses-before.txt` is the list that the edition before promised; it is never written again.
"""

import csv
import re
from html import unescape
from pathlib import Path

import pytest

from budgetbook.build.addresses import LIST, kept
from budgetbook.site.postprocessing import MOVED

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
    assert len(before) > 2000
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
