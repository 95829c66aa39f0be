"""The Makefile on machines that lack something, the lock, and the papers of the house."""

import os
import re
import subprocess

import pytest
import yaml

from book.notebooks import ROOT
from tests.support import browsing


def make(tmp_path, python):
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\n{python}\n")
    fake.chmod(0o755)
    return subprocess.run(
        ["make", "--no-print-directory", "-f", ROOT / "Makefile", f"PYTHON={fake}", "book"],
        cwd=tmp_path, capture_output=True, text=True, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("python", "line"),
    [
        (
            """exec python3 -c 'import sys; sys.version_info = (3, 10); exec(sys.argv[2])' "$@" """,
            "Python 3.11 or newer is needed: install it",
        ),
        ("exit 1", "Python 3.11 or newer is needed: install it"),
        (
            'case "$*" in *ensurepip*) exit 1;; *) exit 0;; esac',
            "This Python lacks venv: install it with: sudo apt-get install python3-venv",
        ),
    ],
)
def test_a_machine_that_lacks_something_gets_one_line(tmp_path, python, line):
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    done = make(tmp_path, python)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].startswith(line)


def test_the_tests_build_and_print_the_book_and_the_lock_is_held_to_its_hashes():
    plan = subprocess.run(["make", "--no-print-directory", "-n", "test"], cwd=ROOT, capture_output=True, text=True).stdout
    assert plan.index("-m book build") < plan.index("-m book pdf") < plan.index("/pytest ")
    assert "not slow" not in plan
    assert "--require-hashes" in (ROOT / "Makefile").read_text()


def test_every_package_is_locked_with_its_hashes():
    lock = (ROOT / "requirements.txt").read_text()
    packages = re.findall(r"^([a-z0-9][\w.-]*)(\S*)", lock, flags=re.MULTILINE)
    assert len(packages) > 100
    assert all(version.startswith("==") for _, version in packages)
    blocks = re.split(r"\n(?=\S)", lock)
    assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#"))
    assert "://" not in lock


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "data/README.md"])
def test_a_paper_names_no_command_that_the_makefile_lacks(paper):
    commands = set(re.findall(r"^([\w-]+):.* ##", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = set(re.findall(r"(?:`|    )make ([\w-]+)", (ROOT / paper).read_text()))
    assert named <= commands
    assert paper != "README.md" or {"book", "test", "help"} <= named


def test_the_papers_are_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80
    assert (ROOT / "ARCHITECTURE.md").stat().st_size <= 8_000


def test_the_house_papers_name_the_same_version():
    version = yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"]
    assert re.search(rf"^## {re.escape(version)} ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)


def test_the_map_names_every_room_and_nothing_that_is_not_there():
    house = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = [
        file.parent.relative_to(ROOT).as_posix() for package in ("analysis", "book") for file in (ROOT / package).glob("*/__init__.py")
    ]
    assert [room for room in rooms if f"**{room}**" not in house] == []
    places = re.findall(r"`((?:analysis|book|batch|data|tests)/[\w./]*)`", house)
    assert len(places) > 10
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_continuous_integration_runs_the_test_command_on_a_machine_that_can_print():
    assert ".ci/install" in (ROOT / ".github/workflows/book.yml").read_text()
    assert "make test" in (ROOT / ".ci/run").read_text()
    assert "make test" in (ROOT / ".github/workflows/book.yml").read_text()


def test_the_workflow_has_least_rights_pinned_actions_and_an_audit_of_the_lock():
    text = (ROOT / ".github/workflows/book.yml").read_text()
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job] == ["publish"]
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert text.count("uses: ") == len(re.findall(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d", text))
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    steps = [step.get("run", "") for step in workflow["jobs"]["audit"]["steps"]]
    assert any(re.match(r"pip-audit --strict .*--requirement requirements\.txt$", step) for step in steps)


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_without_a_browser_its_tests_are_skipped_with_a_remedy_and_fail_in_continuous_integration(monkeypatch, ci, outcome):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setenv("CI", ci)
    with pytest.raises((pytest.skip.Exception, pytest.fail.Exception), match="Remedy: install Chromium") as caught:
        browsing.require()
    assert caught.type is outcome  # a skip that was not asked for would else skip this test


def test_continuous_integration_installs_what_the_tests_need():
    assert ".ci/install" in (ROOT / ".ci/run").read_text()
    assert all(name in (ROOT / ".ci/install").read_text() for name in browsing.NAMES)
