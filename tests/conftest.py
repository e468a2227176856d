"""What the tests share: the repository, its data package and the published text."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

import budgetbook

settings.register_profile("book", deadline=None)  # a busy machine is no failure
settings.load_profile("book")

ROOT = Path(__file__).resolve().parent.parent


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
        pytest.skip("the published text ../shared/source/disclosure-2025.txt is not at hand")
    return path
