"""Which files make the project: what editors leave is none of them, with a history or without."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from copies import ROOT, copied

import budgetbook.show.downloads
from budgetbook.build import release
from budgetbook.build import site as build
from budgetbook.package.sources import contents, left_out, sources, tracked
from budgetbook.site import laboratory

STRAY = (
    "data/published/.~lock.table-05.csv#",
    "data/published/table-05 - 副本.csv",
    "src/budgetbook/exact/.money.py.swp",
    "src/budgetbook/exact/money copy.py",
    "notebooks/.DS_Store",
    "book/index (1).md",
    "book/vendor/pyodide/pyodide.js~",
)


@pytest.fixture(params=["git", "no git"])
def littered(request, tmp_path):
    """A copy of the project, with and without history, and what editors leave in it."""
    copied(tmp_path)
    if request.param == "git":
        for command in (["init", "-q"], ["add", "."]):
            subprocess.run(["git", *command], cwd=tmp_path, check=True)
    before = build._key(tmp_path, build._SOURCES)
    for name in STRAY:
        (tmp_path / name).write_text("name of a reader and of a machine", encoding="utf-8")
    return tmp_path, before


@pytest.mark.long
def test_what_editors_leave_enters_no_zip_and_no_key(littered):
    project, before = littered
    assert build._key(project, build._SOURCES) == before
    assert set(STRAY) == set(left_out(project))
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("page")
    (project / "book.pdf").write_bytes(b"%PDF")
    zips = [laboratory.code_zip(project)]
    zips.append(release.offline(project, project / "site", project / "book.pdf"))
    budgetbook.show.downloads.write_downloads(project, project / "downloads")
    names = (budgetbook.show.downloads.PACKAGE_ZIP, budgetbook.show.downloads.RUN_ZIP)
    zips += [(project / "downloads" / name).read_bytes() for name in names]
    for content in zips:
        held = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert any(name.endswith("published/table-05.csv") for name in held)
        assert not [n for n in held if n.endswith(tuple(Path(name).name for name in STRAY))]


@pytest.mark.long
def test_what_is_left_out_is_said_in_one_line(littered, monkeypatch):
    project, _ = littered
    said = []
    monkeypatch.setattr(build, "execute", lambda *_: [])
    monkeypatch.setattr(build, "_pages", lambda *_: project / "book" / "data")
    build.build(project, project / "_build" / "html", project / "_build" / "work", said.append)
    (line,) = said
    assert line.startswith("left out, ")
    assert line.endswith(f" and {len(STRAY) - 3} more")
    assert "\n" not in line


def test_the_stated_list_is_what_git_lists(monkeypatch):
    """A zip without history gives the same bytes as the clone that it was made from."""
    if tracked(ROOT) is None:
        pytest.skip("there is no git history here to hold the stated list against")
    listed = sources(ROOT)
    monkeypatch.setattr("budgetbook.package.sources.tracked", lambda root: None)
    assert sources(ROOT) == listed
    assert "data/datapackage.json" in contents(ROOT, ["data"])


def test_git_knows_what_editors_leave(tmp_path):
    shutil.copy(ROOT / ".gitignore", tmp_path / ".gitignore")
    names = [".~lock.a.csv#", "~$a.xlsx", "#a.py#", ".#a.py", "a.py~", ".a.py.swp", ".DS_Store"]
    for name in names:
        (tmp_path / name).write_text("x", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    status = ["git", "-C", str(tmp_path), "status", "--short", "--untracked-files=all"]
    assert subprocess.run(status, capture_output=True, text=True).stdout == "?? .gitignore\n"
