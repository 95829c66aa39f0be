"""The chapter on cost: what it computes from the results of the benchmarks, and that it says what is missed."""

import json
import re
import socket

import pandas as pd
import pytest

from analysis import cost
from analysis.problems import DataError

RATES = [("floor", 50, 2_000_000), ("this", 50, 1_200_000), ("textstat", 50, 100_000), ("floor", 500, 4_000_000), ("this", 500, 1_600_000)]
BUILDS = [
    ("cold", 10.0, 3, 10.0, 4.0),
    ("nothing changed", 2.0, 0, 0.0, 0.5),
    ("one chapter changed", 5.0, 1, 2.0, 2.0),
    ("stock", 30.0, 3, None, None),
]


@pytest.fixture
def results(tmp_path):
    """A folder of results that meet every target, with round numbers."""
    rates = [(tool, "some work", n, 200 * n, 1.0, 200 * n / rate, 100.0, "1.0", rate, None) for tool, n, rate in RATES]
    tables = {
        "rates": pd.DataFrame(rates, columns=[*cost.COLUMNS["rates.csv"], "failure"]),
        "growth": pd.DataFrame([(n, 200 * n, 1.0, n / 1000, 300.0) for n in (10, 100, 1000)], columns=cost.COLUMNS["growth.csv"]),
        "processes": pd.DataFrame(
            [
                (way, 10, 2000, 1.0, seconds, 200.0)
                for way, seconds in (("one process", 8.0), ("2 processes", 4.0), ("2 Dask workers", 5.0))
            ],
            columns=cost.COLUMNS["processes.csv"],
        ),
        "builds": pd.DataFrame(BUILDS, columns=cost.COLUMNS["builds.csv"]),
        "starts": pd.DataFrame(
            [("a bare kernel", 0.5), ("import pandas", 0.4), ("import matplotlib.pyplot", 0.6), ("imports of index", 1.0)],
            columns=cost.COLUMNS["starts.csv"],
        ),
    }
    for name, table in tables.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    run = {"date": "2026-01-01", "cpu": "a processor", "cores": 2, "memory_gb": 8, "system": "Linux", "python": "3.11", "packages": {},
           "repeats": 3, "documents": {"n_words": 1_000_000, "n_distinct_words": 250_000}}  # fmt: skip
    (tmp_path / "machine.json").write_text(json.dumps(run))
    return tmp_path


def test_ratios_are_to_textstat_and_to_the_floor_on_the_same_documents(results):
    rows = cost.rates(results).set_index(["tool", "n_documents"])
    assert rows.times_textstat.to_dict() == {(tool, n): pytest.approx(rate / 100_000) for tool, n, rate in RATES}
    assert rows.times_floor["this", 50] == pytest.approx(0.6)
    assert rows.times_floor["this", 500] == pytest.approx(0.4)
    assert list(cost.rates(results).tool) == ["floor", "this", "floor", "this", "textstat"]


@pytest.mark.parametrize("power", [0.5, 1.0, 1.3])
def test_the_exponent_is_the_power_with_which_seconds_grow(power):
    rows = pd.DataFrame({"n_documents": [10, 100, 1000], "seconds": [0.01 * n**power for n in (10, 100, 1000)]})
    assert cost.exponent(rows) == pytest.approx(power)


def test_the_limit_of_a_build_is_what_no_build_of_these_chapters_can_beat(results):
    assert cost.limit(results) == pytest.approx(10.0 / 2 + 4.0)


def test_every_target_is_met_by_results_that_meet_it(results):
    assert set(cost.targets(results).outcome) == {"met"}
    assert cost.summary(results)["missed"] == "none"


def change(file, column, where, value):
    """A function that writes `value` into `column` of the rows of `file` whose first column is `where`; of all rows without one."""

    def spoil(folder):
        rows = pd.read_csv(folder / file)
        rows[column] = rows[column].astype(object)
        rows.loc[rows.iloc[:, 0].isin([where] if where else set(rows.iloc[:, 0])), column] = value
        rows.to_csv(folder / file, index=False)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "missed"),
    [
        (change("rates.csv", "words_per_second", "textstat", 120_001), ["rate on the same documents"]),
        (change("growth.csv", "peak_mb", 1000, 600), ["peak memory"]),
        (change("growth.csv", "seconds", 1000, 1.3), ["growth of its time"]),
        (change("builds.csv", "seconds", "stock", 19.9), ["cold build, divided by stock"]),
        (change("builds.csv", "cpu_seconds", "cold", 7.3), ["cold build, divided by its limit"]),
        (change("builds.csv", "seconds", "nothing changed", 3.1), ["build with nothing changed"]),
        (change("builds.csv", "seconds", "one chapter changed", 6.1), ["build with one chapter changed"]),
        (change("rates.csv", "words_per_second", "this", 999_999), ["rate on one core", "rate on the same documents"]),
    ],
)
def test_a_target_that_is_missed_is_said_to_be(results, spoil, missed):
    spoil(results)
    rows = cost.targets(results)
    assert all(target.startswith(begin) for target, begin in zip(rows.target[rows.outcome == "not met"], missed, strict=True))
    said = cost.summary(results)["missed"]
    assert all(begin in said for begin in missed)


def test_a_tool_that_could_not_be_measured_has_its_row_with_the_reason(results):
    change("rates.csv", "words_per_second", "textstat", None)(results)
    change("rates.csv", "failure", "textstat", "no such package")(results)
    assert cost.rates(results).set_index("tool").note["textstat"] == "no such package"
    outcome = cost.targets(results).set_index("target").outcome
    assert outcome["rate on the same documents, divided by textstat's"] == "not measured"


def put(name, text):
    return lambda folder: (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "growth.csv").unlink(), "growth.csv: is missing"),
        (put("rates.csv", "tool,work\nthis,some\n"), "rates.csv, row 1: has the wrong columns (missing: n_documents, "),
        (put("machine.json", "{"), "machine.json, row 1: is not JSON"),
    ],
)
def test_spoiled_results_are_named_with_their_remedy(results, spoil, said):
    spoil(results)
    with pytest.raises(DataError) as caught:
        cost.summary(results)
    assert said in str(caught.value)
    assert "Remedy: " in str(caught.value)


def test_the_committed_results_name_no_place_of_a_machine():
    assert {file.name for file in cost.FOLDER.iterdir()} == {*cost.COLUMNS, "machine.json"}
    text = "".join(file.read_text(encoding="utf-8") for file in cost.FOLDER.iterdir())
    assert not re.search(r"(?<![\w./])/(?:home|root|Users|work|tmp|mnt|usr)/", text)
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", text)


def test_the_prose_of_the_chapter_has_all_its_numbers():
    assert all(str(value) not in ("", "nan") for value in cost.summary().values())
