"""Work that is shared: workers read and write their own partitions, and what is said where one fails."""

import os
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

import pytest

from analysis.corpus.errors import DataError
from batch import jobs, readers
from batch.jobs import measure_file
from tests.support.archives import many, read_rows, write_documents


def shared_work(patched):
    """Let work be shared with workers that are this process; returns the list of what they are given."""
    given = []

    @contextmanager
    def submitting(*_ignored):
        yield lambda function, *arguments: given.append(arguments) or SimpleNamespace(result=partial(function, *arguments))

    patched.setattr(jobs, "_submitting", submitting)
    return given


def sorted_parts(folder):
    return sorted(file.name for file in folder.glob("*.parts/*"))


FAULTY = [None, 7, "Half \ud800.", "", "x " * 600_000]


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("most_rows", [200_000, 10])
def test_workers_read_and_write_their_own_partitions(tmp_path, small, monkeypatch, suffix, most_rows):
    texts = [*many(250), *(FAULTY if suffix == "jsonl" else [""]), *many(95)]
    file = write_documents(tmp_path / f"in.{suffix}", range(len(texts)), texts)
    counted = measure_file(file, tmp_path / "here.parquet")
    with monkeypatch.context() as shared:
        given = shared_work(shared)
        shared.setattr(readers, "MOST_ROWS", most_rows)
        seen = []
        assert measure_file(file, tmp_path / "there.parquet", progress=lambda *now: seen.append(sorted_parts(tmp_path))) == counted
    assert [stretch.end - stretch.begin for _, _, stretch in given] == [100, 100, 100, len(texts) - 300]
    own_file = suffix == "parquet" and most_rows == 200_000
    assert all((stretch.path == file.resolve()) == own_file for _, _, stretch in given)
    assert read_rows(tmp_path / "there.parquet").equals(read_rows(tmp_path / "here.parquet"))
    assert not any(name.endswith(".texts") for name in seen[-1])


def test_a_worker_without_the_folder_says_so(tmp_path, small, monkeypatch):
    file = write_documents(tmp_path / "in.parquet", range(300), many(300))
    shared_work(monkeypatch)
    elsewhere = jobs.measure_elsewhere
    monkeypatch.setattr(jobs, "measure_elsewhere", lambda run, *part: elsewhere(run._replace(parts=run.parts / "lost"), *part))
    with pytest.raises(
        DataError, match=r"lost: is not there for a worker\. Remedy: let input and output be in a folder that all workers have"
    ):
        measure_file(file, tmp_path / "out.parquet")


def dies(*_arguments):
    os._exit(1)


@pytest.mark.slow
def test_a_worker_that_dies_is_told_and_nothing_is_lost(tmp_path, small, monkeypatch):
    file, target = write_documents(tmp_path / "in.csv", range(300), many(300)), tmp_path / "out.csv"
    monkeypatch.setattr(jobs, "measure_elsewhere", dies)
    said = r"partition 0 failed \(BrokenProcessPool.*Remedy: run the same command again: what was measured is kept"
    with pytest.raises(DataError, match=said):
        measure_file(file, target, workers=1)
    monkeypatch.undo()
    assert measure_file(file, target) == (300, 0)
