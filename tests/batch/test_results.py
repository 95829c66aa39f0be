"""The chapter on cost: what it computes from the results of the benchmarks, and that it says what is missed."""

import json
import re
import socket

import pandas as pd
import pytest

from analysis.corpus.errors import DataError
from batch import results
from batch.benchmarks.goals import ROUNDS_FILES

RATES = [("floor", 50, 2_000_000), ("this", 50, 1_200_000), ("textstat", 50, 100_000), ("floor", 500, 4_000_000), ("this", 500, 1_600_000)]
TABLES = {
    "rates.csv": [(tool, "some work", n, 200 * n, 1.0, 200 * n / rate, 100.0, "1.0", rate, None) for tool, n, rate in RATES],
    "growth.csv": [(n, 200 * n, 1.0, n / 1000, 300.0) for n in (10, 100, 1000)],
    "processes.csv": [
        (way, 10, 2000, 1.0, seconds, 200.0) for way, seconds in (("one process", 8), ("2 processes", 4), ("2 Dask workers", 5))
    ],
    "builds.csv": [
        ("cold", 10.0, 3, 10.0, 4.0),
        ("nothing changed", 2.0, 0, 0.0, 0.5),
        ("one chapter changed", 5.0, 1, 2.0, 2.0),
        ("stock", 30.0, 3, None, None),
    ],
    "starts.csv": [("a bare kernel", 0.5), ("import pandas", 0.4), ("import matplotlib.pyplot", 0.6), ("imports of index", 1.0)],
}
MACHINE = {
    "date": "2026-01-01",
    "cpu": "a processor",
    "cores": 2,
    "memory_gb": 8,
    "system": "Linux",
    "python": "3.11",
    "packages": {"a": "1"},
    "repeats": 3,
    "documents": {"n_words": 1_000_000, "n_distinct_words": 250_000},
}


@pytest.fixture
def folder(tmp_path):
    """A folder of results that meet every target, with round numbers."""
    for name, rows in TABLES.items():
        columns = results.RESULT_COLUMNS[name] + ["failure"] * (name == "rates.csv")
        pd.DataFrame(rows, columns=columns).to_csv(tmp_path / name, index=False)
    (tmp_path / "machine.json").write_text(json.dumps(MACHINE))
    return tmp_path


def test_durations_are_said_in_words_and_the_largest_is_reckoned(folder):
    table = results.duration_table(folder)
    assert table.n_documents.to_list() == [10, 1000, 100_000]
    assert table.one_core.to_list() == ["1.0 seconds", "2.0 seconds", "100 seconds"]  # start and 0.01, start and 1, 100 times 1
    assert table.all_processes.to_list() == ["", "4.0 seconds", "6.7 minutes"]
    assert table.known.to_list() == ["measured", "measured", "reckoned"]
    assert [results._duration(seconds) for seconds in (119, 120, 3599, 3600, 36_000)] == [
        "119 seconds",
        "2.0 minutes",
        "60 minutes",
        "1.0 hours",
        "10 hours",
    ]


def test_ratios_are_to_textstat_and_to_the_floor_on_the_same_documents(folder):
    rows = results.rate_table(folder)
    assert list(rows.tool) == ["floor", "this", "floor", "this", "textstat"]
    rows = rows.set_index(["tool", "n_documents"])
    assert rows.times_textstat.to_dict() == {(tool, n): pytest.approx(rate / 100_000) for tool, n, rate in RATES}
    assert rows.times_floor["this", 50] == pytest.approx(0.6)
    assert rows.times_floor["this", 500] == pytest.approx(0.4)


@pytest.mark.parametrize("power", [0.5, 1.0, 1.3])
def test_the_exponent_is_the_power_with_which_seconds_grow(power):
    rows = pd.DataFrame({"n_documents": [10, 100, 1000], "seconds": [0.01 * n**power for n in (10, 100, 1000)]})
    assert results.growth_exponent(rows) == pytest.approx(power)


def test_ways_and_builds_are_set_beside_the_first_and_their_limit(folder):
    ways = results.process_table(folder)
    assert ways.words_per_second.tolist() == [250, 500, 400]
    assert ways.times_one.tolist() == [1, 2, 1.6]
    assert results.lower_bound_seconds(folder) == pytest.approx(10.0 / 2 + 4.0)
    assert dict(results.machine_table(folder).itertuples(index=False))["memory, GB"] == "8"


def test_what_is_quoted_is_of_the_documents_that_the_prose_names(folder):
    assert results.cost_numbers(folder) == {
        "bench_date": "2026-01-01",
        "bench_cores": "two",
        "bench_repeats": "three",
        "bench_words": 1_000_000,
        "bench_distinct": 200_000,
        "bench_copies": "4",
        "subset_documents": 50,
        "this_rate": "1,600,000",
        "compared_documents": 50,
        "this_times_textstat": "12.0",
        "new_times_textstat": "12.0",
        "this_share_of_floor": "60",
        "growth_exponent": "1.00",
        "growth_fewest": 10,
        "growth_most": 1000,
        "most_memory": 300,
        "n_workers": "two",
        "times_processes": "2.0",
        "times_dask": "1.6",
        "cold_seconds": "10.0",
        "stock_seconds": "30.0",
        "limit_seconds": "9.0",
        "unchanged_seconds": "2.0",
        "changed_seconds": "5.0",
        "kernel_seconds": "0.50",
        "pandas_seconds": "0.40",
        "pyplot_seconds": "0.60",
        "imports_least": "1.00",
        "imports_most": "1.00",
        "n_targets": "eight",
        "n_met": "eight",
        "missed": "none",
    }


def change(file, column, where, value):
    """A function that writes `value` into `column` of the rows of `file` whose first column is `where`."""

    def spoil(folder):
        rows = pd.read_csv(folder / file).astype({column: object})
        rows.loc[rows.iloc[:, 0] == where, column] = value
        rows.to_csv(folder / file, index=False)

    return spoil


@pytest.mark.parametrize(
    ("file", "column", "where", "met", "value", "missed"),
    [
        ("rates.csv", "words_per_second", "textstat", 120_000, 120_001, ["rate on the same documents"]),
        ("rates.csv", "words_per_second", "this", 1_000_000, 999_999, ["rate on one core", "rate on the same documents"]),
        ("growth.csv", "peak_mb", 1000, 599.9, 600, ["peak memory"]),
        ("growth.csv", "seconds", 1000, 1.25, 1.3, ["growth of its time"]),
        ("builds.csv", "seconds", "stock", 20.0, 19.9, ["cold build, divided by stock"]),
        ("builds.csv", "cpu_seconds", "cold", 7.4, 7.3, ["cold build, divided by its limit"]),
        ("builds.csv", "seconds", "nothing changed", 3.0, 3.1, ["build with nothing changed"]),
        ("builds.csv", "seconds", "one chapter changed", 6.0, 6.1, ["build with one chapter changed"]),
    ],
)
def test_a_target_that_is_missed_is_said_to_be(folder, file, column, where, met, value, missed):
    change(file, column, where, met)(folder)
    assert results.target_table(folder).outcome[results.target_table(folder).target.str.startswith(missed[0])].tolist() == ["met"]
    change(file, column, where, value)(folder)
    rows = results.target_table(folder)
    failed = rows.target[rows.outcome == "not met"]
    assert all(target.startswith(begin) for target, begin in zip(failed, missed, strict=True))
    assert results.cost_numbers(folder)["missed"] == "; ".join(failed)


def test_a_tool_that_could_not_be_measured_has_its_row_with_the_reason(folder):
    change("rates.csv", "words_per_second", "textstat", None)(folder)
    change("rates.csv", "failure", "textstat", "no such package")(folder)
    assert results.rate_table(folder).set_index("tool").note["textstat"] == "no such package"
    outcome = results.target_table(folder).set_index("target").outcome
    assert outcome["rate on the same documents, divided by textstat's"] == "not measured"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("growth.csv", None, "growth.csv: is missing"),
        ("rates.csv", "tool,work\nthis,some\n", "rates.csv, row 1: has the wrong columns (missing: n_documents, "),
        (
            "growth.csv",
            'n_documents,n_words\n1,2\n"3,4\n5,6\n',
            "growth.csv, row 3: is not a CSV table from line 3 on (a quotation mark in line 3, column 1, opens a field and does not close it)",
        ),
        ("growth.csv", ",".join(results.RESULT_COLUMNS["growth.csv"]) + "\n1,2\n", "growth.csv, row 2: has 2 fields, the header 5"),
        ("machine.json", "{", "machine.json, row 1: is not JSON"),
    ],
)
def test_spoiled_results_are_named_with_their_remedy(folder, name, content, said):
    (folder / name).unlink()
    if content:
        (folder / name).write_text(content)
    with pytest.raises(DataError) as caught:
        results.cost_numbers(folder)
    assert said in str(caught.value)
    assert "Remedy: " in str(caught.value)


def test_the_committed_results_have_all_numbers_and_name_no_place_of_a_machine():
    assert all(str(value) not in ("", "nan") for value in results.cost_numbers().values())
    committed = {file.name for file in results.RESULTS.iterdir()}
    assert committed >= {*results.RESULT_COLUMNS, "machine.json"}
    assert committed <= {*results.RESULT_COLUMNS, "machine.json", *ROUNDS_FILES, "scheduler.csv"}
    text = "".join(file.read_text(encoding="utf-8") for file in results.RESULTS.iterdir())
    assert not re.search(r"(?<![\w./])/(?:home|root|Users|work|tmp|mnt|usr)/", text)
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", text)
