"""Changes of a data folder: all or none, and no worse than before."""

import os
from pathlib import Path

import pytest

from analysis.corpus.errors import DataError
from analysis.intake.changes import apply_changes, new_problems, write_all
from analysis.validation.validate import data_problems
from tests.support.folders import contents


def test_sound_changes_are_written_all(folder):
    people = (folder / "people.csv").read_text()
    row = people.splitlines()[1].split(",")
    added = ",".join(["Somebody New", *row[1:]]) + "\n"
    apply_changes(folder, {"people.csv": people + added, "sources/README.md": "new\n"}, "given.csv")
    assert (folder / "people.csv").read_text() == people + added
    assert (folder / "sources/README.md").read_text() == "new\n"
    apply_changes(folder, {"sources/README.md": None, "people.csv": people}, "given.csv")
    assert not (folder / "sources/README.md").exists()


def test_unsound_changes_are_told_of_their_file_and_nothing_is_written(folder):
    before = contents(folder)
    people = (folder / "people.csv").read_text()
    with pytest.raises(DataError) as error:
        apply_changes(folder, {"people.csv": people + "Somebody,nothing,none,,\n", "sources/new.txt": "words\n"}, "given.csv")
    assert {problem.file for problem in error.value.problems} == {"given.csv"}
    assert {problem.row for problem in error.value.problems} == {None}
    assert any("study/people.csv" in problem.message for problem in error.value.problems)
    assert contents(folder) == before


def test_what_was_wrong_before_is_not_held_against_what_comes(folder):
    name = "codings/claims.csv"
    rows = (folder / name).read_text().splitlines(keepends=True)
    spoiled = "".join(rows).replace(",author,", ",nobody known,")
    (folder / name).write_text(spoiled)
    assert data_problems(folder)
    moved = "".join([rows[0], *spoiled.splitlines(keepends=True)[:0:-1]])  # every row gets another number
    assert new_problems(folder, {name: moved}) == []
    one_more = moved.replace(",author,", ",nobody known,")
    assert new_problems(folder, {name: one_more}) == []
    assert new_problems(folder, {name: moved + moved.splitlines(keepends=True)[1]})


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_failure_in_the_middle_puts_everything_back(folder, monkeypatch, fails_at):
    before, n_moves, replace = contents(folder), [], os.replace

    def stumbling(old, new):
        n_moves.append(new)
        if len(n_moves) == fails_at:
            raise OSError(28, "No space left on device", str(new))
        replace(old, new)

    monkeypatch.setattr(os, "replace", stumbling)
    changes = {"people.csv": "a\n", "sources/new.txt": "b\n", "strengths.csv": None, "names.csv": "c\n"}
    with pytest.raises(OSError, match="No space"):
        write_all(folder, changes)
    assert contents(folder) == before


def test_a_stop_by_hand_puts_everything_back(folder, monkeypatch):
    before, unlink = contents(folder), Path.unlink

    def stopped(path, **options):
        if path.name == "strengths.csv":
            raise KeyboardInterrupt
        unlink(path, **options)

    monkeypatch.setattr(Path, "unlink", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_all(folder, {"people.csv": "a\n", "strengths.csv": None})
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["../people.csv", "/tmp/people.csv", "sources/../../x", "sources/\0.txt"])
def test_nothing_is_written_outside_the_folder(folder, name):
    before = contents(folder.parent)
    with pytest.raises(DataError, match="no file of the data folder"):
        apply_changes(folder, {name: "words\n"}, "given.csv")
    assert contents(folder.parent) == before
