"""What the tests share: the repository, its data package and the published text."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

import budgetbook
from budgetbook.errors import BuildError
from budgetbook.print.browser import chromium

settings.register_profile("book", deadline=None)  # a busy machine is no failure
settings.load_profile("book")

ROOT = Path(__file__).resolve().parent.parent
_NO_TEXT = "The published text ../shared/source/disclosure-2025.txt is not at hand."


@pytest.fixture(scope="session")
def repo():
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def data(repo):
    """The data package of the repository; tests read it and never write to it."""
    return repo / "data"


@pytest.fixture(scope="session")
def disclosure(data):
    """The disclosure that the data package holds."""
    return budgetbook.load(data)


@pytest.fixture
def package_copy(data, tmp_path):
    """A fresh copy of the data package that a test may edit."""
    return shutil.copytree(data, tmp_path / "data")


@pytest.fixture(scope="session")
def source(repo):
    """The published text, which is kept beside the repository and not in it."""
    path = repo.parent / "shared" / "source" / "disclosure-2025.txt"
    if not path.is_file():
        pytest.skip(_NO_TEXT)
    return path


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter):
    """Say at the end what was not tested for want of the published text."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(_NO_TEXT in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"Not tested: {count} tests of the reading. {_NO_TEXT}")


SITE = ROOT / "_build" / "html"
HELPERS = {"genindex.html", "search.html", "index.html"}


@pytest.fixture(scope="session")
def site():
    """The built site; built now if it is not there."""
    if not (SITE / "index.html").is_file():
        subprocess.run(["make", "book"], cwd=ROOT, check=True)
    return SITE


@pytest.fixture(scope="session")
def pages(site):
    """The pages of the book: path → HTML."""
    found = {p: p.read_text(encoding="utf-8") for p in sorted(site.rglob("*.html"))}
    places = {p: p.relative_to(site) for p in found}
    return {
        p: text
        for p, text in found.items()
        if str(places[p]) not in HELPERS and places[p].parts[0] != "_static"
    }


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium. Without one CI fails; elsewhere the tests are skipped, visibly."""
    try:
        with chromium() as running:
            yield running
    except BuildError as error:
        assert not os.environ.get("CI"), "no Chromium: CI must install it (see .ci/run)"
        pytest.skip(f"{error}: the site is not tested in a browser")
