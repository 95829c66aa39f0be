"""The benchmarks, on a few documents: each measurement runs, and gives what the chapter reads. No speed is asked for."""

import json
import shutil
import sys

import duckdb
import pytest

from analysis import cost
from analysis.corpus import WORD
from benchmarks import builds, corpus, run, starts
from benchmarks.__main__ import csv_text, write
from benchmarks.fresh import Failed, fresh
from benchmarks.rivals import TOOLS
from book.notebooks import ROOT, notebook_names, read_notebook
from book.run.execute import digest

SIZES = (10, 20, 40)
PROSE = "Whoever reads the files of a package finds sentences that people wrote for people, one after another. Number {} is no exception."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Some documents, made of files of prose."""
    place = tmp_path_factory.mktemp("bench")
    files = [place / "one.md", place / "two.py"]
    files[0].write_text(
        "\n\n".join([*(PROSE.format(chr(97 + n) * 3) for n in range(20)), "| a | table | of | 8 | cells | in | 1 | row. |"])
    )
    files[1].write_text(
        f'"""{PROSE.format("zero")}"""\n\nx = 1  # A comment is not read_notebook, however long it is and whatever it may say. Never.\n'
    )
    corpus.main(place, SIZES, files)
    return place


def texts(folder, size):
    return duckdb.execute("SELECT id, text FROM read_parquet(?)", [str(folder / f"documents-{size}.parquet")]).fetchall()


def n_words(folder):
    return json.loads((folder / "corpus.json").read_text())["n_words"]


def test_documents_are_prose_counted_by_our_rule_and_the_same_each_time(folder, tmp_path):
    rows = texts(folder, 40)
    assert [identity for identity, _ in rows] == [f"d{number:06d}" for number in range(40)]
    assert texts(folder, 10) == rows[:10]
    lines = {line for _, text in rows for line in text.split("\n")}
    assert lines == {*(PROSE.format(chr(97 + n) * 3) for n in range(20)), PROSE.format("zero")}
    assert n_words(folder) == {str(size): sum(len(WORD.findall(text)) for _, text in rows[:size]) for size in SIZES}
    corpus.main(tmp_path, SIZES, [folder / "one.md", folder / "two.py"])
    assert texts(tmp_path, 40) == rows


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


def test_without_prose_there_are_no_documents():
    with pytest.raises(ValueError, match="no file holds prose"):
        corpus.documents([], 1)


def missing(_tool):
    raise Failed("no such package")


MADE = {
    "growth": [{"n_documents": n, "n_words": 200 * n, "start_seconds": 0.5, "seconds": n / 1000, "peak_mb": 200.0} for n in (20, 40)],
    "processes": [{"way": way, "n_documents": 40, "n_words": 800, "start_seconds": 0.5, "seconds": 2.0, "peak_mb": 200.0}
                  for way in ("one process", "2 processes", "2 Dask workers")],
    "builds": [{"build": name, "seconds": 2.0, "chapters_run": 1, "cpu_seconds": 1.0, "rendering_seconds": 0.5}
               for name in ("cold", "nothing changed", "one chapter changed", "stock")],
    "starts": [{"what": what, "seconds": 0.5}
               for what in ("a bare kernel", "import pandas", "import matplotlib.pyplot", "imports of index")],
}  # fmt: skip


def test_a_tiny_run_gives_the_tables_that_the_chapter_reads(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "SIZES", SIZES)
    monkeypatch.setattr(run, "python_of", lambda tool: missing(tool) if tool == "textacy" else sys.executable)
    runs = [("floor", 20), ("this", 20), ("textstat", 20), ("textacy", 20), ("floor", 40)]
    counts = json.loads((folder / "corpus.json").read_text())
    write(tmp_path, {"rates": run.rates(folder, n_words(folder), runs, 1)} | MADE, run.machine(counts))
    assert {file.name for file in tmp_path.iterdir()} == {*cost.COLUMNS, "machine.json"}
    rates = cost.table("rates.csv", tmp_path)
    assert [(row.tool, row.n_documents, row.n_words) for row in rates.itertuples()] == [(t, n, n_words(folder)[str(n)]) for t, n in runs]
    assert (rates[rates.tool != "textacy"][["seconds", "words_per_second", "peak_mb"]] > 0).all(axis=None)
    assert rates.failure.dropna().to_list() == ["no such package"]
    assert cost.summary(tmp_path)["bench_date"] == json.loads((tmp_path / "machine.json").read_text())["date"]


@pytest.mark.slow
def test_the_command_is_measured_by_size_and_by_way(folder, monkeypatch):
    monkeypatch.setattr(run, "SMALL", SIZES[0])
    rows = run.growth(folder, n_words(folder), SIZES[1:], 1) + run.processes(folder, n_words(folder), 40, 2, 1)
    assert [row.get("way", row["n_documents"]) for row in rows] == [20, 40, "one process", "2 processes", "2 Dask workers"]
    assert [set(row) for row in rows] == [set(made) for made in MADE["growth"] + MADE["processes"]]
    assert all(row["peak_mb"] > 50 for row in rows)
    assert all(row["seconds"] > 0 for row in rows[2:])


def peak_of(code):
    """The peak memory that a small process, as that of the benchmarks, finds for Python with `code`: a large one would pass on its own."""
    small = f"import sys; from benchmarks.fresh import fresh; print(fresh(sys.executable, '-c', {code!r}).peak_mb)"
    return float(fresh(sys.executable, "-c", small).said)


def test_a_command_is_measured_with_its_memory_and_fails_with_its_last_words():
    assert 150 < peak_of("held = bytearray(200_000_000)") - peak_of("held = bytearray(1)") < 250
    done = fresh(sys.executable, "-c", "import time; time.sleep(0.3); print('done')")
    assert done.said == "done\n"
    assert done.seconds > 0.3
    with pytest.raises(Failed, match=r"^ValueError: it is broken$"):
        fresh(sys.executable, "-c", "raise ValueError('it is broken')")


def test_the_process_that_measures_is_small():
    code = "import resource, benchmarks.__main__ as m; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    assert peak_of(f"exec({code!r})") < 40


def test_medians_are_taken_of_what_was_measured_only():
    rows = [{"n": 5, "seconds": seconds, "version": "1"} for seconds in (9.0, 1.0, 2.0)]
    assert run.medians(rows) == {"n": 5, "seconds": 2.0, "version": "1"}
    assert csv_text([{"a": 1234.5678, "b": 0.123456}, {"a": 2, "c": "x, y"}]) == 'a,b,c\n1235,0.1235,\n2,,"x, y"\n'


def test_every_tool_has_its_work_and_every_table_its_columns():
    assert all(callable(prepare) and work for prepare, _, work in TOOLS.values())
    assert {"this", "textstat", "textstat-rs", "textacy", "textdescriptives", "spaCy blank", "CountVectorizer", "floor"} == set(TOOLS)


def test_one_chapter_has_other_code_and_no_other_has(tmp_path):
    copy = shutil.copytree(ROOT, tmp_path / "book", ignore=lambda _, names: {name for name in names if name in ("_build", ".venv", ".git")})
    before = {name: digest(read_notebook(copy, name), "") for name in notebook_names(copy)}
    builds.change_code(copy)
    changed = [name for name in before if digest(read_notebook(copy, name), "") != before[name]]
    assert changed == [notebook_names(copy)[builds.CHANGED]]
    builds.make_stock(copy)
    settings = (copy / "_config.yml").read_text()
    assert "execute_notebooks: force" in settings
    assert "book.pages.extension" not in settings


@pytest.mark.slow
def test_builds_are_observed(tiny_book):
    root = tiny_book("# A book", "code: print(6 * 7)")
    for name in ("analysis", "book", "benchmarks", "_static"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "requirements.txt", root)
    rows = {row["build"]: row for row in builds.round_of_builds(root, root / "_build/bench")}
    assert {name: row["chapters_run"] for name, row in rows.items()} == {
        "cold": 1,
        "nothing changed": 0,
        "one chapter changed": 1,
        "stock": 1,
    }
    assert rows["cold"]["cpu_seconds"] > rows["nothing changed"]["cpu_seconds"] == 0
    assert all(row["seconds"] > row.get("rendering_seconds", 0) for row in rows.values())


def test_imports_of_a_chapter_are_read_from_its_code():
    lines = starts.imports(read_notebook(ROOT, "index")).splitlines()
    assert "from analysis.corpus import load_corpus" in lines
    assert all(line.startswith(("import ", "from ")) for line in lines)
