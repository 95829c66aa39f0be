"""Measuring a file: every format in and out, faulty documents, runs that are killed and go on, workers, little memory, clear lines."""

import json
import operator
import os
import re
import resource
import signal
import subprocess
import sys
import time

import duckdb
import pandas as pd
import pytest

from analysis.cli import main
from analysis.corpus.errors import DataError
from analysis.corpus.reader import DATA_FOLDER
from batch import jobs, partitions, vectorized
from batch.jobs import measure_file
from batch.reference import load_rules
from batch.vectorized import measure_batch
from tests.support.archives import TEXTS, many, read_rows, write_documents

ROOT = DATA_FOLDER.parent
RULES = load_rules()


def measure_command(*arguments, **options):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "analysis", "measure", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


@pytest.mark.parametrize(("source", "target"), [("parquet", "csv"), ("csv", "jsonl"), ("jsonl", "parquet")])
def test_every_format_is_read_and_written(tmp_path, source, target):
    file = write_documents(tmp_path / f"in.{source}", ["a", "b", "c", "d"], TEXTS)
    assert measure_file(file, tmp_path / f"out.{target}") == (4, 0)
    expected, found = measure_batch(["a", "b", "c", "d"], TEXTS, RULES), read_rows(tmp_path / f"out.{target}")
    assert list(found.columns) == list(expected.columns)
    assert found.id.tolist() == expected.id.tolist()
    numbers = found.iloc[:, 2:].apply(pd.to_numeric).astype(float)
    pd.testing.assert_frame_equal(numbers, expected.iloc[:, 2:].astype(float), atol=1e-9, rtol=0)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted({f"in.{source}", f"out.{target}"})


def test_a_parquet_file_keeps_the_type_of_its_ids(tmp_path, small):
    file = write_documents(tmp_path / "in.parquet", list(range(200, 0, -1)), ["One."] * 200)
    measure_file(file, tmp_path / "out.parquet")
    assert duckdb.sql(f"SELECT list(id), any_value(typeof(id)) FROM '{tmp_path}/out.parquet'").fetchall() == [
        (list(range(200, 0, -1)), "BIGINT")
    ]


@pytest.mark.promise("archive")
def test_a_faulty_document_is_a_row_with_an_error(tmp_path):
    lines = [
        '{"id": "a", "text": "One."}',
        "nonsense",
        '{"id": 7, "text": 3}',
        '{"id": "b"}',
        '{"id": "\\ud800", "text": "Half \\ud800."}',
        json.dumps({"id": "long", "text": "x" * 10_000_000}),
        '{"text": "Two."}',
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    assert measure_file(tmp_path / "in.jsonl", tmp_path / "out.csv") == (7, 5)
    table = pd.read_csv(tmp_path / "out.csv", dtype=str, keep_default_na=False)
    assert table.id.tolist() == ["a", "", "7", "b", "\\ud800", "long", ""]
    said = [
        "",
        "line 2 is no JSON",
        "the text is no string",
        "the text is missing",
        "the text holds half a sur",
        "a line has 10,000,000 cha",
        "",
    ]
    assert [error[: len(begin)] if begin else error for error, begin in zip(table.error, said, strict=True)] == said
    assert table.n_words.tolist() == ["1", "", "", "", "", "", "1"]


def test_a_text_at_which_measuring_fails_is_a_row_with_an_error(tmp_path, monkeypatch):
    def poisoned(texts, rules, plain=vectorized._measure_sound):
        if any("poison" in text for text in texts):
            raise ValueError("planted")
        return plain(texts, rules)

    monkeypatch.setattr(vectorized, "_measure_sound", poisoned)
    write_documents(tmp_path / "in.csv", ["a", "b", "c"], ["One.", "poison", "Two."])
    assert measure_file(tmp_path / "in.csv", tmp_path / "out.csv") == (3, 1)
    assert read_rows(tmp_path / "out.csv").error.fillna("").tolist() == ["", "measuring failed (ValueError: planted)", ""]


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_a_file_without_documents_gives_the_columns_alone(tmp_path, suffix):
    file, told = write_documents(tmp_path / f"in.{suffix}", [], []), []
    assert measure_file(file, tmp_path / "out.csv", progress=lambda *now: told.append(now)) == (0, 0)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").count("\n") == 1
    assert told == [(0, 0, 0), (0, 0, 0)]


def test_progress_goes_from_nothing_to_the_whole_file(tmp_path, small):
    file, told = write_documents(tmp_path / "in.jsonl", range(950), many(950)), []
    measure_file(file, tmp_path / "out.parquet", progress=lambda *now: told.append(now))
    done, total, words = zip(*told, strict=True)
    assert done == (*range(0, 1000, 100), 950)
    assert set(total) == {950}
    assert words[0] == 0
    assert words[-1] == read_rows(tmp_path / "out.parquet").n_words.sum()
    assert list(words) == sorted(words)


def test_what_was_measured_is_not_measured_again(tmp_path, small, monkeypatch):
    file, target = write_documents(tmp_path / "in.jsonl", range(500), many(500)), tmp_path / "out.parquet"
    measure_file(file, target)
    whole, calls = read_rows(target), []

    def run(stop_at=None):
        """The first ids of the partitions that are measured; the run is stopped at one of them."""

        def measured(ids, texts, rules):
            calls.append(ids[0])
            if len(calls) == stop_at:
                raise KeyboardInterrupt
            return measure_batch(ids, texts, rules)

        calls.clear()
        monkeypatch.setattr(partitions, "measure_batch", measured)
        measure_file(file, target)
        return calls

    target.write_text("as it was")
    with pytest.raises(KeyboardInterrupt):
        run(stop_at=3)
    assert target.read_text() == "as it was"
    assert run() == ["200", "300", "400"]  # two had been kept
    assert read_rows(target).equals(whole)
    with pytest.raises(KeyboardInterrupt):
        run(stop_at=3)
    write_documents(file, range(1, 501), many(500))  # another file: all is measured anew
    assert run() == ["1", "101", "201", "301", "401"]


@pytest.mark.slow
@pytest.mark.promise("archive")
def test_a_run_that_is_killed_goes_on(tmp_path):
    file, target = write_documents(tmp_path / "in.jsonl", range(30_000), many(30_000)), tmp_path / "out.parquet"
    measure_file(file, tmp_path / "clean.parquet")
    kept = tmp_path / "out.parquet.parts/000000.parquet"
    run = measure_command(file, target)
    while not kept.exists() and run.poll() is None:
        time.sleep(0.005)
    run.kill()
    assert run.wait() == -signal.SIGKILL
    assert not target.exists()
    said, drawn = measure_command(file, target).communicate()
    assert said.startswith("30,000 read, 30,000 measured, 0 with an error: ")
    assert "measured: 100%" in drawn
    assert read_rows(target).equals(read_rows(tmp_path / "clean.parquet"))
    assert not kept.parent.exists()


@pytest.mark.slow
def test_workers_and_a_dask_cluster_give_the_same(tmp_path, small, monkeypatch):
    from distributed import LocalCluster

    file = write_documents(tmp_path / "in.parquet", range(700), [None, *many(699)])
    assert measure_file(file, tmp_path / "here.parquet") == (700, 1)
    for way in ("spawn", jobs._START):  # the first is that of other systems
        monkeypatch.setattr(jobs, "_START", way)
        assert measure_file(file, tmp_path / "workers.parquet", workers=2) == (700, 1)
        assert read_rows(tmp_path / "workers.parquet").equals(read_rows(tmp_path / "here.parquet"))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        assert measure_file(file, tmp_path / "dask.parquet", scheduler=cluster.scheduler_address) == (700, 1)
        monkeypatch.setattr(jobs, "measure_batch", operator.add)  # which takes two, and is there on every worker
        with pytest.raises(
            DataError, match=r"has a worker that cannot measure \(TypeError: add expected 2 arguments, got 3\)\. Remedy: start its"
        ):
            measure_file(file, tmp_path / "none.parquet", scheduler=cluster.scheduler_address)
    here = read_rows(tmp_path / "here.parquet")
    assert read_rows(tmp_path / "dask.parquet").equals(here)


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("none.csv", "out.csv", "none.csv: is no file. Remedy: name the file"),
        ("in.csv", "out.txt", "out.txt: is none of .parquet, .csv, .tsv, .jsonl, .json, .csv.gz, .tsv.gz, .jsonl.gz, .json.gz. Remedy"),
        ("in.csv", "in.csv", "in.csv: is the file to be measured. Remedy: name another file"),
        ("in.csv", "nowhere/out.csv", "out.csv: is no place for a file. Remedy"),
        ("in.csv", "taken.csv", "taken.csv.parts: stands where the measured partitions are to be kept. Remedy: move it away"),
        (
            "open.csv",
            "out.csv",
            "open.csv: has a quotation mark in line 302, column 5, which opens a field and does not close it. Remedy: close",
        ),
        ("twice.csv", "out.csv", "twice.csv: has the id '5' twice, in lines 7 and 302. Remedy: give each document an id of its own"),
    ],
)
def test_what_cannot_be_measured_gets_a_clear_line_and_is_left_as_it_was(tmp_path, capsys, small, source, target, message):
    rows = "id,text\n" + "".join(f"{number},One.\n" for number in range(300))
    for name, content in {
        "in.csv": "id,text\n1,One.\n",
        "open.csv": rows + '300,"One.\n301,Two.\n',
        "twice.csv": rows + "5,Two.\n",
    }.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "taken.csv.parts").mkdir()
    (tmp_path / "taken.csv.parts/mine").touch()
    before = sorted(tmp_path.rglob("*"))
    assert main(["measure", str(tmp_path / source), str(tmp_path / target)]) == 1
    said = capsys.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("option", "code", "said"),
    [
        pytest.param("--scheduler=tcp://127.0.0.1:1", 1, "1:1: does not answer as a Dask scheduler", marks=pytest.mark.slow),
        ("--scheduler=nonsense", 1, "nonsense: does not answer as a Dask scheduler"),
        ("--workers=0", 2, "'0' is no number of processes"),
        ("--workers=-1", 2, "'-1' is no number of processes"),
        ("--workers=two", 2, "'two' is no number of processes"),
        ("--worker-count=2", 2, "unrecognized arguments: --worker-count=2"),
    ],
)
def test_no_scheduler_and_no_number_get_a_clear_line(tmp_path, capsys, option, code, said):
    file = write_documents(tmp_path / "in.csv", ["a"], ["One."])
    with pytest.raises(SystemExit) as ended:
        sys.exit(main(["measure", option, str(file), str(tmp_path / "out.csv")]))
    assert ended.value.code == code
    assert said in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_file_and_a_clear_line(tmp_path):
    file, target = write_documents(tmp_path / "in.csv", range(3000), many(3000)), tmp_path / "out.csv"
    target.write_text("as it was")
    full = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))}
    run = measure_command(file, target, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, **full)
    _, complained = run.communicate()
    assert run.returncode == 1
    assert "cannot be written (" in complained
    assert "Traceback" not in complained
    assert target.read_text() == "as it was"


@pytest.mark.slow
def test_memory_stays_small_whatever_the_size(tmp_path):
    """One row group of 110 MB of text, and as many words that come once as a table of words may hold."""
    duckdb.sql(f"""COPY (SELECT i AS id, repeat('All of this was said before. ', 30) || 'word' || i || ' other' || i || 'x ends.' AS text
                   FROM range(120000) t(i)) TO '{tmp_path}/in.parquet' (FORMAT parquet, ROW_GROUP_SIZE 200000)""")
    code = "import sys; from analysis.cli import main; main(sys.argv[1:]); print(open('/proc/self/status').read())"
    command = [sys.executable, "-c", code, "measure", str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(re.search(r"VmHWM:\s+(\d+) kB", run.stdout)[1]) / 1024 < 600


def test_measuring_imports_no_other_tool(tmp_path):
    file = write_documents(tmp_path / "in.csv", range(3), many(3))
    paths = ", ".join(f"Path({str(path)!r})" for path in (file, tmp_path / "out.csv"))
    measured = f"from pathlib import Path; from batch.jobs import measure_file; measure_file({paths})"
    code = f"{measured}; import sys; print([name for name in ('textstat', 'nltk', 'distributed', 'matplotlib') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
