"""The repository keeps its promises: commands that are real, pins with hashes, no stray words."""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
from functools import cache

import pytest
import quick
from copies import copied

import budgetbook
from budgetbook.package import sources

#: The rooms of the package, from the bottom up.
ROOMS = (
    *("exact", "forms", "package", "model", "reading", "checks", "analysis", "synthetic"),
    *("words", "proof", "teaching", "practice", "show", "laboratory", "site", "build", "print"),
)
#: The rooms above the core, which is everything below the room for showing.
ABOVE = {"show", "site", "build", "print"}


@pytest.fixture(scope="module")
def tracked(repo):
    """The tracked text files that are the project's own: path → text."""
    names = sources.tracked(repo)
    if names is None:
        git = shutil.which("git")
        if git and subprocess.run([git, "ls-files"], cwd=repo, capture_output=True).returncode == 0:
            pytest.fail("git lists another project here: move the folder out of that repository")
        pytest.skip("there is no git history here (a zip, or a folder of another owner): clone it")
    found = {}
    for name in names:
        if name.startswith("book/vendor/") and name.count("/") > 2:
            continue  # kept as published, and compared by their hashes
        try:
            found[name] = (repo / name).read_bytes().decode("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return found


def test_the_environment_names_nothing_twice(repo):
    text = (repo / "environment.yml").read_text()
    wanted = re.findall(r"(?m)^\s+- (.+?):?$", text)
    assert wanted == ["python=3.11", "pip", "pip", "-r requirements.txt"]  # pip, and pip's list
    assert len(re.findall("requirements.txt", text)) == 1


def test_every_requirement_is_pinned_once_with_hashes(repo):
    text = (repo / "requirements.txt").read_text()
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    names = [re.match(r"[A-Za-z0-9._-]+", block)[0].lower() for block in blocks]
    assert len(names) == len(set(names))
    assert all(re.match(r"[A-Za-z0-9._-]+==", block) for block in blocks)
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
    project = (repo / "pyproject.toml").read_text()
    extras = project.partition("[project.optional-dependencies]")[2].partition("[project.scripts]")[
        0
    ]
    wanted = re.findall(r'"([A-Za-z0-9_-]+)', extras)
    assert {name.lower().replace("_", "-") for name in wanted} <= {
        n.replace("_", "-") for n in names
    }


def test_the_citation_names_this_version(repo):
    text = (repo / "CITATION.cff").read_text()
    assert f"version: {budgetbook.__version__}\n" in text
    assert f"date-released: {budgetbook.RELEASED}\n" in text


def test_line_ends_are_the_same_everywhere(repo, tracked):
    assert "* text=auto eol=lf" in (repo / ".gitattributes").read_text()
    assert not [name for name, text in tracked.items() if "\r" in text]


def test_the_commands_of_the_readme_are_real(repo):
    readme = (repo / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z]+):", (repo / "Makefile").read_text()))
    used = set(re.findall(r"(?m)^    make ([a-z]+)", readme))
    assert {"book", "test", "notebooks", "data"} <= used <= targets
    for way in (".venv/bin/", ".venv\\Scripts\\"):
        assert f"    {way}jupyter lab\n" in readme, "in its folder data can be opened too"
    for command in set(re.findall(r"budgetbook ([a-z]+)", readme)):
        help_text = [sys.executable, "-m", "budgetbook", command, "--help"]
        assert subprocess.run(help_text, capture_output=True).returncode == 0
    for folder in re.findall(r"(?m)^\| (`.+?`) \|", readme):
        for name in re.findall(r"`([^`]+)`", folder):
            assert (repo / name).exists(), name


def test_what_is_kept_from_elsewhere_is_what_was_published(repo):
    folder = repo / "book" / "vendor"
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {p.relative_to(folder).as_posix(): p for p in folder.glob("*/**/*") if p.is_file()}
    assert sums == {n: hashlib.sha256(p.read_bytes()).hexdigest() for n, p in found.items()}
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for package in {name.partition("/")[0] for name in found}:
        assert f"{package}/LICENSE" in found
        (row,) = re.findall(rf"(?m)^\| `{package}/` \| .*$", readme)
        assert re.search(r"\| \d+\.\d+\.\d+ \|", row)
        assert re.search(r"`sha512-[A-Za-z0-9+/]{86}==`", row)


def test_the_picture_of_the_readme_is_there(repo):
    readme = (repo / "README.md").read_text(encoding="utf-8")
    (picture,) = re.findall(r"!\[[^\]]{30,}\]\(([^)]+)\)", readme)
    assert (repo / picture).stat().st_size > 10_000


def test_the_project_speaks_of_itself_alone(tracked):
    words = re.compile(r"\bTO" + r"DO\b|\bFIX" + r"ME\b|/ro" + r"ot/|/wo" + r"rk/|py" + r"pi\.org")
    assert not {name: words.search(text)[0] for name, text in tracked.items() if words.search(text)}


@cache
def imported(path, package=()):
    """What a file of a package imports, at whatever place in it: dotted names, absolute."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            base = ".".join((*above, *([node.module] if node.module else [])))
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def test_imports_go_down_only(repo):
    source = repo / "src" / "budgetbook"
    assert {path.parent.name for path in source.glob("*/__init__.py")} == set(ROOMS)
    for number, room in enumerate(ROOMS):
        for path in (source / room).rglob("*.py"):
            names = imported(path, ("budgetbook", room))
            above = {name.split(".")[1] for name in names if name.startswith("budgetbook.")}
            above &= set(ROOMS[number + 1 :])
            assert not above, (path.relative_to(source).as_posix(), above)


def circles(repo):
    """The modules of the package that import themselves by way of others."""
    source = repo / "src"
    paths = {
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__"): path
        for path in source.rglob("*.py")
    }
    asked = {}
    for name, path in paths.items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        names = imported(path, tuple(package.split(".")))
        asked[name] = {n if n in paths else n.rpartition(".")[0] for n in names} & paths.keys()
    found = set()
    for name in paths:
        reached, todo = set(), asked[name] - {name}
        while todo:
            reached |= todo
            todo = {below for one in todo for below in asked[one]} - reached
        found |= {name} & reached
    return found


def test_no_module_imports_itself_by_way_of_others(repo, tmp_path):
    assert circles(repo) == set()
    (tmp_path / "src" / "a").mkdir(parents=True)
    for name, other in {"b": "c", "c": "d", "d": "b"}.items():
        code = f"def late():\n    from .{other} import x\n"
        (tmp_path / "src" / "a" / f"{name}.py").write_text(code)
    assert circles(tmp_path) == {"a.b", "a.c", "a.d"}


def test_no_function_is_longer_than_forty_lines(repo):
    for path in (repo / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno - node.lineno < 40, (path.name, node.name)


def loaded(test, folder):
    """The modules of a room that a file of tests loads, by its imports and by theirs."""
    room, found = ("budgetbook", folder.name), {}
    todo = [*imported(test)]
    while todo:
        name = todo.pop().split(".")
        for stem in ("__init__", *name[2:3]):
            path = folder / f"{stem}.py"
            if tuple(name[:2]) == room and stem not in found and path.is_file():
                found[stem] = path
                todo += imported(path, room)
    return set(found)


def untested(source, tests):
    """The modules without a file of tests of their name, or of their room's, that loads them."""
    for path in sorted(source.glob("*/*.py")):
        room, stem = path.parent, path.stem
        files = (tests / f"test_{name}.py" for name in (stem, room.name))
        tested = any(stem in loaded(file, room) for file in files if file.is_file())
        if not tested and not stem.startswith("__"):
            yield f"{room.name}/{stem}"


def test_the_tests_of_a_module_are_found_by_its_name_or_its_rooms(repo):
    assert not [*untested(repo / "src" / "budgetbook", repo / "tests")]


@pytest.mark.long
def test_a_module_without_tests_of_its_name_would_be_seen(repo, tmp_path):
    source = shutil.copytree(repo / "src" / "budgetbook", tmp_path / "budgetbook")
    tests = shutil.copytree(repo / "tests", tmp_path / "tests")
    (source / "analysis" / "forgotten.py").write_text("from . import costs\n", encoding="utf-8")
    (tests / "test_exact.py").rename(tests / "test_numbers.py")
    (tests / "test_guards.py").write_text("import budgetbook.proof.findings\n", encoding="utf-8")
    missing = ["analysis/forgotten", "exact/linear", "exact/money", "proof/guards"]
    assert [*untested(source, tests)] == missing


def test_the_core_needs_the_standard_library_alone(repo):
    source = repo / "src" / "budgetbook"
    core = [
        ".".join(("budgetbook", *path.relative_to(source).with_suffix("").parts))
        for path in source.rglob("*.py")
        if path.relative_to(source).parts[0] not in ABOVE and path.stem != "__main__"
    ]
    code = (
        f"import sys, {', '.join(core)}\n"
        "d = budgetbook.load()\n"
        "budgetbook.checks.run(d)\n"
        "outside = {'pandas', 'numpy', 'matplotlib', 'seaborn', 'sphinx', 'openpyxl'}\n"
        "print(sorted(outside & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=repo, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_check_answers_with_its_exit_status(repo, tmp_path):
    failing = subprocess.run(
        [sys.executable, "-m", "budgetbook", "check"], cwd=repo, capture_output=True, text=True
    )
    assert failing.returncode == 1
    assert "fails:" in failing.stdout
    unusable = subprocess.run(
        [sys.executable, "-m", "budgetbook", "check", str(tmp_path)], capture_output=True, text=True
    )
    assert unusable.returncode == 2
    assert "Traceback" not in unusable.stderr


def outcome(folder, *names):
    """What tests say in a folder, which holds a word that they look for."""
    readme = folder / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "\nTO" + "DO\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "0", *names]
    settings = {**os.environ, "PYTHONPATH": str(folder / "src")}
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True)
    return done.returncode, done.stdout


#: What these copies can be without.
WITHOUT = "book/vendor/*"
ITSELF = "tests/test_repository.py::test_the_project_speaks_of_itself_alone"


@pytest.mark.long
def test_without_history_its_tests_are_skipped_and_say_so(repo, tmp_path):
    status, text = outcome(copied(tmp_path, WITHOUT), ITSELF)
    assert status == 0
    assert "there is no git history here" in text
    assert "1 skipped" in text


@pytest.mark.long
def test_a_folder_of_another_owner_has_no_history_to_read(repo, tmp_path, monkeypatch):
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", raising=False)
    folder = copied(tmp_path, WITHOUT)
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    assert outcome(folder, ITSELF)[0] == 1, "read, the word is found"
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    status, text = outcome(folder, ITSELF)
    assert status == 0
    assert "1 skipped" in text


@pytest.mark.long
def test_inside_another_repository_nothing_passes(repo, tmp_path, monkeypatch):
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", raising=False)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    status, text = outcome(copied(tmp_path / "book", WITHOUT), ITSELF)
    assert status == 1
    assert "git lists another project here" in text


@pytest.mark.long
def test_a_run_says_last_what_was_skipped_for_want_of_the_published_text(repo, tmp_path):
    folder = copied(tmp_path / "book", WITHOUT)
    _, text = outcome(folder, "tests/test_import.py")
    *_, last = text.splitlines()
    assert re.match(r"Not tested: \d+ tests of the reading\. The published text", last)


def test_a_quick_run_alone_tries_one_example_in_four(monkeypatch):
    monkeypatch.setattr(quick, "on", False)
    assert (quick.some(range(9)), quick.share(100)) == ([*range(9)], 100)
    monkeypatch.setattr(quick, "on", True)
    assert (quick.some(range(9)), quick.share(100), quick.share(3)) == ([0, 4, 8], 25, 1)


@pytest.mark.long
def test_a_quick_run_says_last_what_it_leaves_out(repo):
    """Of one test three seeds are one, another is left out for its mark: the worker tells it."""
    bounds = "tests/test_projects.py::test_the_bounds_hold_what_an_invented_project_buys"
    marked = "tests/test_passports.py::test_every_figure_has_one_passport"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "1", bounds, marked]
    command += ["--quick", "-m", "not long"]
    done = subprocess.run(command, cwd=repo, capture_output=True, text=True)
    *_, counted, last = done.stdout.splitlines()
    assert counted.startswith("3 passed")
    assert last == quick.said(1)
