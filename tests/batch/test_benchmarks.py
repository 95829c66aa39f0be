"""The benchmarks, on a few documents: each measurement runs, and gives what the chapter reads. No speed is asked for."""

import json
import shutil
import sys

import duckdb
import pytest

from analysis.corpus.segment import WORD
from batch import results
from batch.benchmarks import builds, corpus, goals, rounds, run, starts
from batch.benchmarks.__main__ import write_results
from batch.benchmarks.compared_tools import TOOLS
from batch.benchmarks.fresh import REPOSITORY, Failed, run_measured
from book.notebooks import notebook_names, read_notebook

SIZES = (10, 20, 40)
PROSE = "Whoever reads the files of a package finds sentences that people wrote for people, one after another. Number {} is no exception."
LINES = [PROSE.format(letter * 3) for letter in "abcdefghijklmnopqrst"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Some documents, made of files of prose."""
    place = tmp_path_factory.mktemp("bench")
    files = [place / "one.md", place / "two.py"]
    files[0].write_text("\n\n".join([*LINES, LINES[0], "| a | table | of | 8 | cells | in | 1 | row. |"]))
    comment = "# A comment is not read, however long it is and whatever it may say. Never."
    files[1].write_text(f'"""{PROSE.format("zero")}"""\n\nx = 1  {comment}\n')
    corpus.make_documents(place, SIZES, files)
    return place


def texts(folder, size):
    return duckdb.execute("SELECT id, text FROM read_parquet(?)", [str(folder / f"documents-{size}.parquet")]).fetchall()


def counts(folder):
    return json.loads((folder / "corpus.json").read_text())


def test_documents_are_prose_counted_by_our_rule_and_the_same_each_time(folder, tmp_path):
    rows = texts(folder, 40)
    assert [identity for identity, _ in rows] == [f"d{number:06d}" for number in range(40)]
    assert texts(folder, 10) == rows[:10]
    assert {line for _, text in rows for line in text.split("\n")} == {*LINES, PROSE.format("zero")}
    assert counts(folder)["n_words"] == {str(size): sum(len(WORD.findall(text)) for _, text in rows[:size]) for size in SIZES}
    assert counts(folder)["n_distinct_words"] == 21 * len(WORD.findall(LINES[0]))
    corpus.make_documents(tmp_path, SIZES, [folder / "one.md", folder / "two.py"])
    assert texts(tmp_path, 40) == rows
    (tmp_path / "empty.md").touch()
    with pytest.raises(ValueError, match="no file holds prose"):
        corpus.make_documents(tmp_path, SIZES, [tmp_path / "empty.md"])


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("This is a sentence of English prose that ends here.", True),
        ("too short to be prose.", False),
        ("This is a line of words that never comes to any end", False),
        ("a = 1; b = 2; c[3] = {4: 5}; print(a, b, c); return (a + b) * c, d.", False),
    ],
)
def test_only_what_reads_like_prose_is_taken(line, prose):
    assert corpus.reads_like_prose(line) == prose


def missing(_tool):
    raise Failed("no such package")


def way(name):
    return {"way": name, "n_documents": 40, "n_words": 800, "start_seconds": 0.5, "seconds": 2.0, "peak_mb": 200.0}


def built(name):
    return {"build": name, "seconds": 2.0, "chapters_run": 1, "cpu_seconds": 1.0, "rendering_seconds": 0.5}


def told(what, number, **figures):
    return {"what": what, "round": number} | figures


STARTED = ("a bare kernel", "import pandas", "import matplotlib.pyplot", "imports of index")
MADE = {
    "growth": [{"n_documents": n, "n_words": 200 * n, "start_seconds": 0.5, "seconds": n / 1000, "peak_mb": 200.0} for n in (20, 40)],
    "processes": [way(name) for name in ("one process", "2 processes", "2 Dask workers")],
    "builds": [built(name) for name in ("cold", "nothing changed", "one chapter changed", "stock")],
    "starts": [{"what": what, "seconds": 1234.5678} for what in STARTED],
}


@pytest.mark.slow
def test_a_tiny_run_gives_the_tables_that_the_chapter_reads(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "ALL", 40)
    monkeypatch.setattr(run, "python_of", lambda tool: missing(tool) if tool == "textacy" else sys.executable)
    runs, n_words = [("floor", 20), ("this", 20), ("textstat", 20), ("textacy", 20), ("floor", 40)], counts(folder)["n_words"]
    rows = {"rates": run.measure_rates(folder, n_words, runs, 1)} | MADE
    write_results(tmp_path, rows, run.describe_machine(counts(folder)))
    assert {file.name for file in tmp_path.iterdir()} == {*results.RESULT_COLUMNS, "machine.json"}
    rates = results.benchmark_results("rates.csv", tmp_path)
    assert [(row.tool, row.n_documents, row.n_words) for row in rates.itertuples()] == [(t, n, n_words[str(n)]) for t, n in runs]
    assert (rates[rates.tool != "textacy"][["seconds", "words_per_second", "peak_mb"]] > 0).all(axis=None)
    assert rates.failure.dropna().to_list() == ["no such package"]
    assert results.cost_numbers(tmp_path)["bench_date"] == json.loads((tmp_path / "machine.json").read_text())["date"]
    assert results.start_table(tmp_path).seconds.tolist() == [1235] * 4


@pytest.mark.slow
def test_the_command_is_measured_by_size_and_by_way(folder, monkeypatch):
    monkeypatch.setattr(run, "START_DOCUMENTS", SIZES[0])
    n_words = counts(folder)["n_words"]
    rows = run.measure_growth(folder, n_words, SIZES[1:], 1) + run.measure_processes(folder, n_words, 40, 1)
    assert [row.get("way", row["n_documents"]) for row in rows] == [20, 40, "one process", "2 processes", "2 Dask workers"]
    assert [set(row) for row in rows] == [set(made) for made in MADE["growth"] + MADE["processes"]]
    assert all(row["peak_mb"] > 50 for row in rows)
    assert all(row["seconds"] > 0 for row in rows[2:])


@pytest.mark.slow
def test_rounds_measure_what_the_goals_ask_for(folder, tmp_path, monkeypatch):
    for module, name, value in ((rounds, "COMPARED", SIZES[:2]), (rounds, "MANY_WORKERS", 2), (run, "START_DOCUMENTS", SIZES[0])):
        monkeypatch.setattr(module, name, value)
    rows = rounds.round_rows(folder, 1)
    names = [f"{tool}, {size:,} documents" for size in SIZES[:2] for tool in ("this", "textstat")]
    assert [row["what"] for row in rows] == [*names, *(way for way, _ in run.WAYS)]
    run.write_csv_tables(tmp_path, {"rounds": rows})
    assert goals.goal_table(tmp_path).set_index("goal").rounds.tolist() == [
        0,
        0,
        1,
        1,
        1,
        1,
        0,
        0,
        0,
    ]  # of other numbers of documents, and the loop
    row = rounds.scheduler_row(folder, 1)
    assert row["worker_seconds"] > 0
    assert row["scheduler_seconds"] > 0
    assert row["command_seconds"] > 0.1
    assert row["limit_workers"] == row["worker_seconds"] / row["scheduler_seconds"]


ROUNDS = [
    *(told("one process", number, seconds=seconds, start_seconds=1.0, peak_mb=449.9) for number, seconds in enumerate((10, 20, 31), 1)),
    *(told("2 processes", number, seconds=seconds, start_seconds=2.0, peak_mb=300) for number, seconds in enumerate((5, 12, 10), 1)),
    *(told("2 Dask workers", number, seconds=seconds, start_seconds=4.0, peak_mb=300) for number, seconds in enumerate((7, 14, 19), 1)),
]


def test_goals_are_held_against_the_median_of_ratios_round_by_round(tmp_path, capsys):
    scheduler = {"workers": 4, "worker_seconds": 41.6, "scheduler_seconds": 0.8, "limit_workers": 52.0}
    run.write_csv_tables(tmp_path, {"rounds": [row | {"date": "2026-11-30"} for row in ROUNDS], "scheduler": [scheduler]})
    table = goals.goal_table(tmp_path)
    memory, processes, dask, without_start = (row for row in table.itertuples() if row.rounds)
    assert (memory.measured, memory.outcome) == (449.9, "met")
    assert (processes.measured, round(processes.least, 2), processes.most, processes.outcome) == (2, 1.67, 3.1, "met")
    assert (round(dask.measured, 2), dask.outcome) == (1.43, "MISSED")
    assert [round(value, 2) for value in (without_start.measured, without_start.least, without_start.most)] == [2, 1.9, 3]
    assert table.outcome[table.rounds == 0].tolist() == ["not measured"] * 5
    tight = [goal._replace(bound=449.9) for goal in goals.GOALS if goal.figure == ("peak_mb",)]
    assert goals.goal_table(tmp_path, tuple(tight)).outcome.tolist() == ["MISSED"]
    goals.print_goals(tmp_path)
    assert "MISSED: 2 Dask workers: times as fast as one process, at least 1.5: 1.43 (1.43 to 1.63, 3 rounds); version 0.7.0: 0.83" in (
        capsys.readouterr().out
    )
    assert goals.goal_numbers(tmp_path) == {
        "rounds_date": "2026-11-30",
        "n_goals": "nine",
        "n_goals_met": "three",
        "goals_missed": "2 Dask workers: times as fast as one process",
        "many_workers": "four",
        "worker_seconds": "42",
        "scheduler_seconds": "0.8",
        "limit_workers": "52",
    }


def test_a_further_file_of_rounds_joins_the_table(tmp_path):
    run.write_csv_tables(tmp_path, {"rounds": ROUNDS, "loop": [told("one word", number, seconds=number) for number in (1, 2, 4)]})
    goal = goals.Goal("one word, seconds", "at most", 2, ("seconds",), ("one word",), "before: 9")
    row = goals.goal_table(tmp_path, (goal,)).iloc[0]
    assert (row.measured, row.least, row.most, row.rounds, row.outcome) == (2, 1, 4, 3, "met")


def peak_of(code):
    """The peak memory that a small process, as that of the benchmarks, finds for Python with `code`: a large one would pass on its own."""
    small = f"import sys; from batch.benchmarks.fresh import run_measured; print(run_measured(sys.executable, '-c', {code!r}).peak_mb)"
    return float(run_measured(sys.executable, "-c", small).said)


def test_a_command_is_measured_with_its_memory_and_fails_with_its_last_words():
    assert 150 < peak_of("held = bytearray(200_000_000)") - peak_of("held = bytearray(1)") < 250
    done = run_measured(sys.executable, "-c", "import os, time; time.sleep(0.3); print(os.environ['GIVEN'])", GIVEN="done")
    assert done.said == "done\n"
    assert done.seconds > 0.3
    with pytest.raises(Failed, match=r"^ValueError: it is broken$"):
        run_measured(sys.executable, "-c", "raise ValueError('it is broken')")


def test_the_process_that_measures_is_small():
    assert peak_of("import batch.benchmarks.__main__") < 40


def test_medians_are_taken_of_fractions_only():
    rows = [{"n": 5, "seconds": seconds, "version": "1"} for seconds in (9.0, 1.0, 2.0)]
    assert run.medians(rows) == {"n": 5, "seconds": 2.0, "version": "1"}


def test_every_tool_that_the_book_lacks_has_a_lock():
    locks = {tool.lock for tool in TOOLS.values()} - {None}
    assert {file.name for file in (REPOSITORY / "batch/benchmarks").glob("*.txt")} == {f"requirements-{lock}.txt" for lock in locks}
    assert {tool for tool, _ in run.RUNS} == set(TOOLS) == set(results.rate_table().tool)


def test_one_chapter_has_other_code_and_stock_runs_the_chapters_itself(tmp_path):
    for name in ("_config.yml", "_toc.yml", "index.ipynb", "chapters"):
        (shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy)(REPOSITORY / name, tmp_path / name)
    before = {name: read_notebook(tmp_path, name) for name in notebook_names(tmp_path)}
    builds.change_code(tmp_path)
    assert [name for name in before if read_notebook(tmp_path, name) != before[name]] == [notebook_names(tmp_path)[builds.CHANGED]]
    builds.make_stock(tmp_path)
    settings = (tmp_path / "_config.yml").read_text()
    assert "execute_notebooks: force" in settings
    assert "book.extension" not in settings


@pytest.mark.slow
def test_builds_are_observed(tiny_book):
    root = tiny_book("# A book", "code: print(6 * 7)")
    for name in ("analysis", "book", "batch", "_static"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "requirements.txt", root)
    rows = {row["build"]: row for row in builds.build_rounds(root, root / "_build/bench")}
    assert {name: row["chapters_run"] for name, row in rows.items()} == {
        "cold": 1,
        "nothing changed": 0,
        "one chapter changed": 1,
        "stock": 1,
    }
    assert rows["cold"]["cpu_seconds"] > rows["nothing changed"]["cpu_seconds"] == 0
    assert all(row["seconds"] > row.get("rendering_seconds", 0) for row in rows.values())


def test_imports_of_a_chapter_are_read_from_its_code():
    lines = starts.import_lines(read_notebook(REPOSITORY, "index")).splitlines()
    assert "from analysis.corpus.reader import load_corpus" in lines
    assert all(line.startswith(("import ", "from ")) for line in lines)
