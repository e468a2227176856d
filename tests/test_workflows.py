"""Workflows, container and Binder: least permissions, pins, real commands, one Python."""

import os
import re

import pytest
import yaml

from budgetbook.build.site import PUBLISHED

WORKFLOWS = ("test", "publish", "links")


@pytest.fixture(params=WORKFLOWS)
def workflow(request, repo):
    """A workflow: its text and what it says."""
    text = (repo / ".github" / "workflows" / f"{request.param}.yml").read_text(encoding="utf-8")
    return text, yaml.safe_load(text)


def test_no_other_workflow_runs(repo):
    assert {p.stem for p in (repo / ".github" / "workflows").iterdir()} == set(WORKFLOWS)


def test_a_workflow_may_read_and_only_publishing_may_write(workflow):
    _, said = workflow
    assert said["permissions"] == {"contents": "read"}
    wider = {name: job["permissions"] for name, job in said["jobs"].items() if "permissions" in job}
    if said["name"] == "publish":
        assert wider == {
            "build": {"contents": "read", "pages": "read"},
            "release": {"contents": "write"},
            "pages": {"pages": "write", "id-token": "write"},
        }
    else:
        assert not wider


def test_every_job_ends(workflow):
    assert all(job["timeout-minutes"] <= 40 for job in workflow[1]["jobs"].values())


def test_every_action_is_pinned_and_says_what_must_be_checked(workflow):
    text, _ = workflow
    actions = re.findall(r"uses: (\S+)", text)
    assert actions
    assert all(re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", action) for action in actions)
    assert "To pin one, look up the" in text
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_what_a_workflow_runs_is_a_target_or_a_command_that_runs_here(workflow, repo):
    targets = set(re.findall(r"(?m)^([a-z]+):", (repo / "Makefile").read_text()))
    runs = [
        step["run"].strip()
        for job in workflow[1]["jobs"].values()
        for step in job["steps"]
        if "run" in step
    ]
    matrix = workflow[1]["jobs"].get("test", {}).get("strategy", {}).get("matrix", {})
    runs += [entry["command"] for entry in matrix.get("include", [])]
    assert runs
    for command in runs:
        words = command.split()
        assert (
            (words[0] == "make" and words[1] in targets)
            or command in {"bash .ci/run", "${{ matrix.command }}"}
            or words[:3] in (["gh", "release", "create"], ["gh", "release", "upload"])
        ), command


def test_what_is_published_knows_its_address_its_release_and_whom_to_tell(repo):
    """From what the platform says of the repository, so that a copy of it publishes itself."""
    jobs = yaml.safe_load((repo / ".github" / "workflows" / "publish.yml").read_text())["jobs"]
    (step,) = [step for step in jobs["build"]["steps"] if step.get("run") == "make public"]
    assert {name.lower() for name in step["env"]} == set(PUBLISHED)
    assert all("${{" in place for place in step["env"].values())
    (upload,) = [s for s in jobs["build"]["steps"] if "upload-pages" in s.get("uses", "")]
    assert upload["with"]["path"] == "_build/public"
    assert jobs["pages"]["needs"] == "release"
    recipe = (repo / "Makefile").read_text().partition("\npublic:")[2].partition("\n\n")[0]
    for name in PUBLISHED:
        assert f'--{name} "$({name.upper()})"' in recipe


def test_three_systems_are_tested(repo):
    said = yaml.safe_load((repo / ".github" / "workflows" / "test.yml").read_text())
    systems = {e["system"] for e in said["jobs"]["test"]["strategy"]["matrix"]["include"]}
    assert systems == {"ubuntu-latest", "windows-latest", "macos-latest"}


def test_every_environment_has_the_same_python_and_the_same_pins(repo):
    least = re.search(r'requires-python = ">=([\d.]+)"', (repo / "pyproject.toml").read_text())[1]
    assert (repo / "binder" / "runtime.txt").read_text() == f"python-{least}\n"
    assert f"python={least}\n" in (repo / "environment.yml").read_text()
    container = (repo / "Dockerfile").read_text()
    assert f"\nFROM python:{least}-" in container
    assert "RUN make .venv/ready" in container
    assert "--require-hashes -r requirements.txt" in (repo / "Makefile").read_text()
    assert (repo / "binder" / "requirements.txt").read_text() == "-r ../requirements.txt\n"
    if os.name == "posix":  # Windows knows no such mark; git keeps it
        assert (repo / "binder" / "postBuild").stat().st_mode & 0o100


def test_no_workflow_asks_for_a_python_that_is_too_old(workflow, repo):
    least = re.search(r'requires-python = ">=([\d.]+)"', (repo / "pyproject.toml").read_text())[1]
    asked = re.findall(r"\b(3\.\d+)\b", workflow[0])
    assert asked
    assert all(int(version[2:]) >= int(least[2:]) for version in asked)


def test_no_file_names_a_package_registry(repo):
    folders = (repo / ".github" / "workflows", repo / "binder")
    files = [
        repo / "Dockerfile",
        repo / "environment.yml",
        *(f for d in folders for f in d.iterdir()),
    ]
    address = re.compile(r"://|index[-_]url|find-links", re.IGNORECASE)
    assert not [f.name for f in files if address.search(f.read_text(encoding="utf-8"))]
