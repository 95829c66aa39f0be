"""Measuring a file: every format in and out, faulty documents, runs that are killed and go on, workers, little memory, clear lines."""

import csv
import json
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

from analysis import archive, partitions
from analysis.__main__ import main
from analysis.archive import load_rules, measure
from analysis.partitions import measure_file
from analysis.problems import DataError
from book.chapters import ROOT

TEXTS = ["The war began. It did not end.", "Peace, in Kyiv.\n“No,” he said. Dr. Smith agreed.", "", "Ends here… or not."]
FORMATS = ["parquet", "csv", "jsonl"]


def write(path, ids, texts):
    """A file of documents, in the format that its name says."""
    if path.suffix == ".csv":
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(
                [("text", "more", "id"), *((text, "-", identity) for identity, text in zip(ids, texts, strict=True))]
            )
    elif path.suffix == ".jsonl":
        rows = zip(ids, texts, strict=True)
        path.write_text("".join(json.dumps({"id": identity, "text": text}) + "\n" for identity, text in rows), encoding="utf-8")
    else:
        documents = pd.DataFrame({"id": pd.Series(ids), "text": pd.Series(texts, dtype=object), "more": 0})
        duckdb.sql(f"COPY documents TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
        assert len(documents) == len(texts)
    return path


def rows(path):
    """The rows of a file of measures."""
    return duckdb.sql(f"SELECT * FROM '{path}'").df()


def many(n):
    return [f"Document {number} speaks. " + TEXTS[number % 4] * (number % 5) for number in range(n)]


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("source", FORMATS)
def test_every_format_is_read_and_written(tmp_path, source, target):
    file = write(tmp_path / f"in.{source}", ["a", "b", "c", "d"], TEXTS)
    assert measure_file(file, tmp_path / f"out.{target}") == (4, 0)
    expected, found = measure(["a", "b", "c", "d"], TEXTS, load_rules()), rows(tmp_path / f"out.{target}")
    assert list(found.columns) == list(expected.columns)
    assert found.id.tolist() == expected.id.tolist()
    for name in expected.columns[2:]:
        assert pd.to_numeric(found[name]).astype(float).tolist() == pytest.approx(
            expected[name].astype(float).tolist(), abs=1e-9, nan_ok=True
        ), name
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted({f"in.{source}", f"out.{target}"})


def test_a_parquet_file_keeps_the_type_of_its_ids(tmp_path):
    write(tmp_path / "in.parquet", [3, 1, 2], ["One.", "Two.", "Three."])
    measure_file(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert duckdb.sql(f"SELECT id, typeof(id) FROM '{tmp_path}/out.parquet'").fetchall() == [(3, "BIGINT"), (1, "BIGINT"), (2, "BIGINT")]


@pytest.mark.promise("archive")
def test_a_faulty_line_is_a_row_with_an_error(tmp_path):
    lines = ['{"id": "a", "text": "One."}', "nonsense", "[1]", '{"text": "Two."}', '{"id": 7, "text": 3}', '{"id": "b"}', "",
             '{"id": "\\ud800", "text": "Half \\ud800."}', "[" * 100_000, json.dumps({"id": "long", "text": "x" * 10_000_000})]  # fmt: skip
    (tmp_path / "in.jsonl").write_bytes("\n".join(lines).encode() + b'\n{"id": "z", "text": "\xff"}\n{"id": "c", "text": "Three."}')
    assert measure_file(tmp_path / "in.jsonl", tmp_path / "out.csv") == (11, 8)
    table = pd.read_csv(tmp_path / "out.csv", dtype=str, keep_default_na=False)
    assert table.id.tolist() == ["a", "", "", "", "7", "b", "\\ud800", "", "long", "", "c"]
    said = ["", "line 2 is no JSON (", "line 3 is no JSON object", "", "the text is no string (int)", "the text is missing",
            "the text holds half a surrogate pair", "line 9 is no JSON (", "a line has 10,000,000 characters", "line 11 is no JSON (", ""]  # fmt: skip
    assert all(error.startswith(start) and bool(error) == bool(start) for error, start in zip(table.error, said, strict=True)), (
        table.error.tolist()
    )
    assert table.n_words.tolist() == ["1", "", "", "1", "", "", "", "", "", "", "1"]


def test_a_faulty_row_of_a_csv_file_is_a_row_with_an_error(tmp_path):
    (tmp_path / "in.csv").write_bytes(b'\xef\xbb\xbfid,text\na,"One, two.\nThree."\nb\n\nc,four,five\nd,\xff\ne,Six.\n')
    assert measure_file(tmp_path / "in.csv", tmp_path / "out.jsonl") == (5, 3)
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["n_words"], row["n_sentences"], (row["error"] or "")[:40]) for row in found] == [
        ("a", 3, 2, ""),
        ("b", None, None, "the row that ends in line 4 has 1 fields"),
        ("c", None, None, "the row that ends in line 6 has 3 fields"),
        ("d", None, None, "the text holds half a surrogate pair, wh"),
        ("e", 1, 1, ""),
    ]


def test_parquet_texts_of_other_types_are_rows_with_errors(tmp_path):
    duckdb.sql(f"COPY (SELECT 1 AS id, 5 AS text UNION ALL SELECT 2, NULL) TO '{tmp_path}/in.parquet' (FORMAT parquet)")
    assert measure_file(tmp_path / "in.parquet", tmp_path / "out.parquet") == (2, 2)
    assert set(rows(tmp_path / "out.parquet").error) == {"the text is no string (int)", "the text is missing"}


def test_a_text_at_which_measuring_fails_is_a_row_with_an_error(tmp_path, monkeypatch):
    def poisoned(texts, rules, plain=archive.measured):
        if any("poison" in text for text in texts):
            raise ValueError("planted")
        return plain(texts, rules)

    monkeypatch.setattr(archive, "measured", poisoned)
    write(tmp_path / "in.csv", ["a", "b", "c"], ["One.", "poison", "Two."])
    assert measure_file(tmp_path / "in.csv", tmp_path / "out.csv") == (3, 1)
    assert rows(tmp_path / "out.csv").error.fillna("").tolist() == ["", "measuring failed (ValueError: planted)", ""]


def test_a_file_without_documents_gives_the_columns_alone(tmp_path):
    for name in FORMATS[:2]:
        write(tmp_path / f"in.{name}", [], [])
        assert measure_file(tmp_path / f"in.{name}", tmp_path / "out.csv") == (0, 0)
        assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 1


@pytest.fixture
def small(monkeypatch):
    """Partitions of a hundred documents."""
    monkeypatch.setattr(partitions, "DOCUMENTS", 100)


@pytest.mark.parametrize("source", FORMATS)
def test_progress_goes_from_nothing_to_the_whole_file(tmp_path, small, source):
    file, told = write(tmp_path / f"in.{source}", range(950), many(950)), []
    measure_file(file, tmp_path / "out.parquet", progress=lambda *now: told.append(now))
    done, total, unit, words = zip(*told, strict=True)
    assert done[0] == words[0] == 0
    assert list(done) == sorted(done)
    assert set(total) == {done[-1]}
    assert set(unit) == {"documents" if source == "parquet" else "bytes"}
    assert words[-1] == rows(tmp_path / "out.parquet").n_words.sum()
    assert len(told) == 11


def test_what_was_measured_is_not_measured_again(tmp_path, small, monkeypatch):
    file, target = write(tmp_path / "in.jsonl", range(500), many(500)), tmp_path / "out.parquet"
    measure_file(file, target)
    whole, calls = rows(target), []

    def fails_at(last):
        def measured(ids, texts, rules, plain=measure):
            calls.append(ids[0])
            if len(calls) == last:
                raise KeyboardInterrupt
            return plain(ids, texts, rules)

        calls.clear()
        monkeypatch.setattr(partitions, "measure", measured)

    target.write_text("as it was")
    fails_at(3)
    with pytest.raises(KeyboardInterrupt):
        measure_file(file, target)
    assert target.read_text() == "as it was"
    fails_at(-1)
    measure_file(file, target)
    assert calls == ["200", "300", "400"]  # two had been kept
    assert rows(target).equals(whole)

    fails_at(3)
    with pytest.raises(KeyboardInterrupt):
        measure_file(file, target)
    write(file, range(1, 501), many(500))  # another file: all is measured anew
    fails_at(-1)
    measure_file(file, target)
    assert calls == ["1", "101", "201", "301", "401"]


@pytest.mark.promise("archive")
def test_a_run_that_is_killed_goes_on(tmp_path):
    file = write(tmp_path / "in.jsonl", range(30_000), many(30_000))
    measure_file(file, tmp_path / "clean.parquet")
    command = [sys.executable, "-m", "analysis", "measure", str(file), str(tmp_path / "out.parquet")]
    run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
    kept = tmp_path / "out.parquet.parts/000000.parquet"
    while not kept.exists() and run.poll() is None:
        time.sleep(0.005)
    run.kill()
    assert run.wait() == -signal.SIGKILL
    assert not (tmp_path / "out.parquet").exists()
    first = kept.stat()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Measured 30,000 documents, none with an error")
    assert "measured: 100%" in done.stderr
    assert first.st_mtime_ns
    assert rows(tmp_path / "out.parquet").equals(rows(tmp_path / "clean.parquet"))
    assert not kept.parent.exists()


def test_workers_and_a_dask_cluster_give_the_same(tmp_path, small):
    from distributed import LocalCluster

    file = write(tmp_path / "in.parquet", range(700), [None, *many(699)])
    assert measure_file(file, tmp_path / "here.parquet") == (700, 1)
    assert measure_file(file, tmp_path / "workers.parquet", workers=2) == (700, 1)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        assert measure_file(file, tmp_path / "dask.parquet", scheduler=cluster.scheduler_address) == (700, 1)
    here = rows(tmp_path / "here.parquet")
    assert rows(tmp_path / "workers.parquet").equals(here)
    assert rows(tmp_path / "dask.parquet").equals(here)


def dies(*_arguments):
    os._exit(1)


def test_a_worker_that_dies_is_told_and_nothing_is_lost(tmp_path, small, monkeypatch):
    file, target = write(tmp_path / "in.csv", range(300), many(300)), tmp_path / "out.csv"
    monkeypatch.setattr(partitions, "measure_all", dies)
    with pytest.raises(
        DataError, match=r"partition 0 failed \(BrokenProcessPool.*Remedy: run the same command again: what was measured is kept"
    ):
        measure_file(file, target, workers=1)
    monkeypatch.undo()
    assert measure_file(file, target) == (300, 0)


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("none.csv", "out.csv", "none.csv: is no file. Remedy: name the file"),
        ("in.txt", "out.csv", "in.txt: is none of .parquet, .csv, .jsonl. Remedy"),
        ("in.csv", "out.txt", "out.txt: is none of .parquet, .csv, .jsonl. Remedy"),
        ("in.csv", "in.csv", "in.csv: is the file to be measured. Remedy: name another file"),
        ("in.csv", "nowhere/out.csv", "out.csv: is no place for a file. Remedy"),
        ("columns.csv", "out.csv", "columns.csv: has not one column id. Remedy: name the columns id and text"),
        ("twice.csv", "out.csv", "twice.csv: has not one column text. Remedy"),
        ("empty.csv", "out.csv", "empty.csv: has not one column id and one column text. Remedy"),
        ("broken.parquet", "out.csv", "broken.parquet: cannot be read as Parquet ("),
        ("columns.parquet", "out.csv", "columns.parquet: has not one column text. Remedy"),
        ("in.csv", "taken.csv", "taken.csv.parts: stands where the measured partitions are to be kept. Remedy: move it away"),
    ],
)
def test_what_cannot_be_measured_gets_a_clear_line(tmp_path, capsys, source, target, message):
    for name, content in {"in.txt": "x", "in.csv": "id,text\n1,One.\n", "columns.csv": "no,text\n", "twice.csv": "text,id,text\n", "empty.csv": "",
                          "broken.parquet": "PAR1"}.items():  # fmt: skip
        (tmp_path / name).write_text(content)
    duckdb.sql(f"COPY (SELECT 1 AS id) TO '{tmp_path}/columns.parquet' (FORMAT parquet)")
    (tmp_path / "taken.csv.parts").mkdir()
    (tmp_path / "taken.csv.parts/mine").touch()
    before = sorted(tmp_path.rglob("*"))
    assert main(["measure", str(tmp_path / source), str(tmp_path / target)]) == 1
    said = capsys.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_no_scheduler_and_no_number_get_a_clear_line(tmp_path, capsys):
    write(tmp_path / "in.csv", ["a"], ["One."])
    asked = ["measure", str(tmp_path / "in.csv"), str(tmp_path / "out.csv")]
    for address in ("tcp://127.0.0.1:1", "nonsense"):
        assert main([*asked, "--scheduler", address]) == 1
        assert f"{address}: does not answer as a Dask scheduler" in capsys.readouterr().err
    for number in ("0", "-1", "two"):
        with pytest.raises(SystemExit):
            main([*asked, f"--workers={number}"])
        assert f"'{number}' is no number of processes" in capsys.readouterr().err


def test_a_full_disk_leaves_the_old_file_and_a_clear_line(tmp_path):
    file, target = write(tmp_path / "in.csv", range(3000), many(3000)), tmp_path / "out.csv"
    target.write_text("as it was")
    run = subprocess.run(
        [sys.executable, "-m", "analysis", "measure", str(file), str(target)], cwd=ROOT, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)), env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert run.returncode == 1
    assert "cannot be written (" in run.stderr
    assert "Traceback" not in run.stderr
    assert target.read_text() == "as it was"


@pytest.mark.slow
def test_memory_stays_small_whatever_the_size(tmp_path):
    """One row group of 110 MB of text, and as many words that come once as a table of words may hold."""
    duckdb.sql(f"""COPY (SELECT i AS id, repeat('All of this was said before. ', 30) || 'word' || i || ' other' || i || 'x ends.' AS text
                   FROM range(120000) t(i)) TO '{tmp_path}/in.parquet' (FORMAT parquet, ROW_GROUP_SIZE 200000)""")  # fmt: skip
    code = "import sys; from analysis.__main__ import main; main(sys.argv[1:]); print(open('/proc/self/status').read())"
    run = subprocess.run(
        [sys.executable, "-c", code, "measure", str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(re.search(r"VmHWM:\s+(\d+) kB", run.stdout)[1]) / 1024 < 600
