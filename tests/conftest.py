"""What the tests share: the data, the site and the browser; and how they are shared out."""

import contextlib
import gc
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import quick
from hypothesis import settings

import budgetbook
from budgetbook.build import site as building
from budgetbook.build import staging
from budgetbook.errors import BuildError
from budgetbook.print.browser import chromium
from budgetbook.proof import findings, guards
from budgetbook.teaching import handing

ROOT = Path(__file__).resolve().parent.parent
_NO_TEXT = "The published text ../shared/source/disclosure-2025.txt is not at hand."

#: What a test needs → the fixtures that give it; a test that asks for one of them is marked so.
NEEDS = {"browser": {"browser"}, "site": {"site", "built"}, "text": {"source"}}
#: How many tests the marks left out.
LEFT_OUT = pytest.StashKey[int]()
#: The files and classes that take longest. They are begun first, so that at the end no worker
#: is left with one alone; all other files follow.
FIRST = (
    *("TestPhone", "TestDesk", "test_laboratory_page.py", "test_folder.py", "TestWholeBook"),
    *("TestSmallBook",),
    *("test_print.py", "test_fuzz.py", "test_passport_pages.py", "test_guards.py"),
    *("test_journeys.py", "test_build.py", "test_laboratory.py", "test_reading.py"),
)


def pytest_addoption(parser):
    """Add the option of `make quick`."""
    parser.addoption("--quick", action="store_true", help="try fewer invented examples")


def pytest_configure(config):
    """Know which run it is before any test is read."""
    quick.on = config.getoption("--quick")
    settings.register_profile("book", max_examples=quick.share(100), deadline=None)
    settings.load_profile("book")  # without a deadline: a busy machine is no failure


def pytest_deselected(items):
    """Keep how many tests the marks leave out, for the last line; a worker tells it."""
    (config,) = {item.config for item in items}
    config.stash[LEFT_OUT] = config.stash.get(LEFT_OUT, 0) + len(items)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left out"] = config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Hear from a worker how many tests it left out; all leave out the same."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left out", 0)


def pytest_collection_modifyitems(items):
    """Mark each test by what it needs, and put those that take longest first."""
    ranks = {name: rank for rank, name in enumerate(FIRST)}

    def rank(item):
        *_, scope, _ = re.split("::|/", item.nodeid.partition("[")[0])
        return ranks.get(scope, len(FIRST))

    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        for need, fixtures in NEEDS.items():
            if asked & fixtures:
                item.add_marker(need)
    items.sort(key=rank)


def pytest_collection_finish():
    """Look for garbage less often, and never among what stays: modules, tests and their data."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


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


@pytest.fixture(scope="session")
def results(disclosure):
    """The verdicts on the disclosure."""
    return budgetbook.checks.run(disclosure)


@pytest.fixture(scope="session")
def register(disclosure, results):
    """The findings."""
    return findings.findings(disclosure, results)


@pytest.fixture(scope="session")
def guarded(disclosure):
    """Every printed figure with what guards it; takes seconds."""
    return guards.guards(disclosure)


@pytest.fixture
def package_copy(data, tmp_path):
    """A fresh copy of the data package that a test may edit."""
    return shutil.copytree(data, tmp_path / "data")


@pytest.fixture(scope="session")
def student(tmp_path_factory):
    """A student's folder, as a class is made; tests read it and never write to it."""
    folder = tmp_path_factory.mktemp("made") / "class"
    handing.new(folder, 1, seed="laboratory")
    return folder / "student-01"


@pytest.fixture(scope="session")
def source(repo):
    """The published text, which is kept beside the repository and not in it."""
    path = repo.parent / "shared" / "source" / "disclosure-2025.txt"
    if not path.is_file():
        pytest.skip(_NO_TEXT)
    return path


def pytest_unconfigure(config):
    """Say in the very last lines what was not tested, for want of the published text or time."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    count = sum(_NO_TEXT in str(report.longrepr) for report in skipped)
    if count:
        reporter.write_line(f"Not tested: {count} tests of the reading. {_NO_TEXT}")
    if reporter and quick.on:
        reporter.write_line(quick.said(config.stash.get(LEFT_OUT, 0)))


SITE, WORK = ROOT / "_build" / "html", ROOT / "_build" / "work"
HELPERS = {"404.html", "search.html", "index.html", "notebooks/index.html"}


@contextlib.contextmanager
def waiting(folder):
    """Hold a folder for one worker; the others wait until it is free."""
    with contextlib.ExitStack() as held:
        while True:
            try:
                held.enter_context(staging.alone(folder))
                break
            except BuildError:
                time.sleep(0.2)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def site(shared):
    """The site as the source makes it now: built, by one worker, if `_build` holds another."""
    with waiting(shared / "site"):
        if not building.current(ROOT, SITE, WORK):
            subprocess.run([sys.executable, "-m", "budgetbook.build"], cwd=ROOT, check=True)
    return SITE


@pytest.fixture(scope="session")
def pages(site):
    """The pages of the book: path → HTML."""
    found = {p: p.read_text(encoding="utf-8") for p in sorted(site.rglob("*.html"))}
    places = {p: p.relative_to(site) for p in found}
    return {
        p: text
        for p, text in found.items()
        if str(places[p]) not in HELPERS and places[p].parts[0] not in ("_static", "downloads")
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
