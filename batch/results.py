"""What the measures and the book cost in time and memory: the results of `make bench`, and the targets that they are held against.

The folder `data/benchmarks` holds one run of the benchmarks, each figure the median of several measurements on one machine.
"""

import io
import json
from operator import ge, le, lt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.reader import DATA_FOLDER, checked_table, csv_rows, read_utf8
from analysis.number_words import in_words

RESULTS = DATA_FOLDER / "benchmarks"
RUN_COLUMNS = ["n_documents", "n_words", "start_seconds", "seconds", "peak_mb"]
RESULT_COLUMNS = {
    "rates.csv": ["tool", "work", *RUN_COLUMNS, "version", "words_per_second"],
    "growth.csv": RUN_COLUMNS,
    "processes.csv": ["way", *RUN_COLUMNS],
    "builds.csv": ["build", "seconds", "chapters_run", "cpu_seconds", "rendering_seconds"],
    "starts.csv": ["what", "seconds"],
}
THIS_BOOK, TEXTSTAT, BASELINE = "this", "textstat", "floor"
IMPORTS = "imports of "  # before the name of a chapter, in starts.csv
BOUNDS = {"at least": ge, "at most": le, "below": lt}


def benchmark_results(name: str, path: Path = RESULTS) -> pd.DataFrame:
    """The CSV file `name` of the folder `path`. Raises DataError where it is missing, no strict CSV, or lacks columns of RESULT_COLUMNS."""
    rows = csv_rows(path, name)
    if missing := [column for column in RESULT_COLUMNS[name] if column not in rows[0]]:
        raise _spoiled(path, name, 1, f"has the wrong columns (missing: {', '.join(missing)})")
    checked_table(file_name(path, name), rows, rows[0])
    return pd.read_csv(io.StringIO(read_utf8(path, name)))


def benchmark_machine(path: Path = RESULTS) -> dict[str, Any]:
    """Date, machine, versions and documents of the run, as machine.json has them. Raises DataError where it is missing or not JSON."""
    try:
        machine: dict[str, Any] = json.loads(read_utf8(path, "machine.json"))
    except json.JSONDecodeError as error:
        raise _spoiled(path, "machine.json", error.lineno, f"is not JSON ({error.msg})") from None
    return machine


def _spoiled(path: Path, name: str, line: int, message: str) -> DataError:
    return DataError([Problem(file_name(path, name), line, None, message, "restore the file, or run `make bench`")])


def rate_table(path: Path = RESULTS) -> pd.DataFrame:
    """How fast each tool takes English prose on one core, start and imports apart, reading the file with it.

    Columns: tool; work (what it does with a document); version; n_documents; words_per_second (words by the rule of `corpus`, the same
    number for all tools); times_textstat (its rate, divided by textstat's); times_floor (divided by that of the floor on the same
    documents); start_seconds; peak_mb; note (why a tool could not be measured). Fastest first, all documents before some.
    """
    rows = benchmark_results("rates.csv", path)
    rows["note"] = rows.failure.astype(object).fillna("") if "failure" in rows else ""
    rows["version"] = rows.version.astype(object).fillna("")
    theirs = rows.n_documents.map(_rates_of(rows, TEXTSTAT)).fillna(_rate(rows, TEXTSTAT))  # where textstat took fewer documents
    rows["times_textstat"] = rows.words_per_second / theirs
    rows["times_floor"] = rows.words_per_second / rows.n_documents.map(_rates_of(rows, BASELINE))
    rows["words_per_second"] = rows.words_per_second.round().astype("Int64")
    rows = rows.sort_values(["n_documents", "words_per_second"], ascending=False, ignore_index=True)
    shown = ["version", "n_documents", "words_per_second", "times_textstat", "times_floor", "start_seconds", "peak_mb", "note"]
    return rows[["tool", "work", *shown]]


def _rates_of(rates: pd.DataFrame, tool: str) -> "pd.Series[float]":
    """The words a second of `tool` by the number of documents, fewest first."""
    return rates[rates.tool == tool].set_index("n_documents").words_per_second.sort_index().astype(float)


def _rate(rates: pd.DataFrame, tool: str, n_documents: int | None = None) -> float:
    """The words a second of `tool` for `n_documents`, by default for the fewest that any tool took; NaN where it has none."""
    return float(_rates_of(rates, tool).get(n_documents or rates.n_documents.min(), np.nan))


def _shared(rates: pd.DataFrame) -> int:
    """The most documents that textstat took."""
    return int(rates.n_documents[rates.tool == TEXTSTAT].max())


def growth_table(path: Path = RESULTS) -> pd.DataFrame:
    """What the command `measure` takes by the number of documents, on one core.

    Columns: n_documents, n_words, seconds (its start apart), words_per_second, peak_mb.
    """
    rows = benchmark_results("growth.csv", path)
    rows["words_per_second"] = (rows.n_words / rows.seconds).round().astype(int)
    return rows[["n_documents", "n_words", "seconds", "words_per_second", "peak_mb"]]


def duration_table(path: Path = RESULTS) -> pd.DataFrame:
    """How long the command `measure` takes, its start with it, for as few, as many and a hundred times as many documents as were measured.

    Columns: n_documents, n_words, one_core and all_processes (in words; of several processes for the most measured and beyond), known
    ("measured", or "reckoned", where it is the most measured times a hundred), peak_mb (of one core, where it was measured).
    """
    growth, ways = benchmark_results("growth.csv", path), benchmark_results("processes.csv", path).set_index("way").seconds
    few, many = growth.iloc[0], growth.iloc[-1]
    rows = [
        (few.n_documents, few.n_words, few.start_seconds + few.seconds, None, "measured", few.peak_mb),
        (many.n_documents, many.n_words, many.start_seconds + many.seconds, ways.iloc[1], "measured", many.peak_mb),
        (100 * many.n_documents, 100 * many.n_words, 100 * many.seconds, 100 * ways.iloc[1], "reckoned", None),
    ]
    table = pd.DataFrame(rows, columns=["n_documents", "n_words", "one_core", "all_processes", "known", "peak_mb"])
    spoken = {column: table[column].map(_duration).where(table[column].notna(), "") for column in ("one_core", "all_processes")}
    return table.assign(**spoken, **{column: table[column].round().astype(int) for column in ("n_documents", "n_words")})


def _duration(seconds: float) -> str:
    """Seconds in the unit that a person would use, one figure after the point below ten."""
    for unit, size in (("hours", 3600), ("minutes", 120), ("seconds", 0)):
        if seconds >= size:
            value = seconds / {"hours": 3600, "minutes": 60, "seconds": 1}[unit]
            return f"{value:.1f} {unit}" if value < 10 else f"{value:.0f} {unit}"
    return ""


def growth_exponent(rows: pd.DataFrame) -> float:
    """The power of the number of documents with which the seconds grow: least squares on the logarithms of a `growth_table`.

    NaN where some documents took no longer than none.
    """
    if (rows.seconds <= 0).any():
        return np.nan
    return float(np.polyfit(np.log(rows.n_documents), np.log(rows.seconds), 1)[0])


def process_table(path: Path = RESULTS) -> pd.DataFrame:
    """The whole command `measure`, its start with it, in one process, in several, and on workers of a Dask cluster.

    Columns: way, start_seconds (the command on ten documents), seconds, words_per_second, times_one (its rate, divided by that of one
    process), peak_mb (of the largest process).
    """
    rows = benchmark_results("processes.csv", path)
    rows["words_per_second"] = (rows.n_words / rows.seconds).round().astype(int)
    rows["times_one"] = rows.words_per_second / rows.words_per_second.iloc[0]
    return rows[["way", "start_seconds", "seconds", "words_per_second", "times_one", "peak_mb"]]


def build_table(path: Path = RESULTS) -> pd.DataFrame:
    """The build of the book: from nothing (cold), again, with the code of one chapter changed, and by stock Jupyter Book.

    Columns: build, seconds, chapters_run, cpu_seconds (of the kernels), rendering_seconds; both missing for stock, which does not tell.
    """
    return benchmark_results("builds.csv", path)[RESULT_COLUMNS["builds.csv"]]


def start_table(path: Path = RESULTS) -> pd.DataFrame:
    """Seconds of starting a kernel or Python, and of the imports of each chapter in a Python of its own: what, seconds."""
    return benchmark_results("starts.csv", path)


def lower_bound_seconds(path: Path = RESULTS) -> float:
    """The seconds below which no cold build can fall with these chapters: their CPU seconds, divided by the cores, and the rendering."""
    cold = build_table(path).set_index("build").loc["cold"]
    return float(cold.cpu_seconds / benchmark_machine(path)["cores"] + cold.rendering_seconds)


def target_table(path: Path = RESULTS) -> pd.DataFrame:
    """Each target of the house with what was measured: target, bound, measured, outcome ("met", "not met", "not measured"), limited_by."""
    rows = [(*row, _outcome(*row[1:4])) for row in _measure_targets(path) + _build_targets(path)]
    return pd.DataFrame(
        [
            (target, f"{sign} {bound:,}", f"{value:,.0f}" if value >= 100 else f"{value:.2f}", outcome, why)
            for target, sign, bound, value, why, outcome in rows
        ],
        columns=["target", "bound", "measured", "outcome", "limited_by"],
    )


Target = tuple[str, str, float, float, str]  # what is measured, how it is bound, the bound, the value, what limits it


def _measure_targets(path: Path) -> list[Target]:
    rates, growth = rate_table(path), growth_table(path)
    most, shared, few, many = int(rates.n_documents.max()), _shared(rates), growth.iloc[0], growth.iloc[-1]
    ours, theirs = _rate(rates, THIS_BOOK, shared), _rate(rates, TEXTSTAT, shared)
    of_few, of_many = f"with {few.n_documents:,.0f} documents", f"with {many.n_documents:,.0f}"
    alone = f"to read the file and find the words alone goes at {_rate(rates, BASELINE, most):,.0f}"
    against = f"{ours:,.0f} words a second against {theirs:,.0f}, on {shared:,} documents"
    memory = f"{few.peak_mb:,.0f} {of_few}, {many.peak_mb:,.0f} {of_many}"
    pace = f"{few.words_per_second:,.0f} words a second {of_few}, {many.words_per_second:,.0f} {of_many}"
    return [
        ("rate on one core, words a second", "at least", 1_000_000, _rate(rates, THIS_BOOK, most), alone),
        ("rate on the same documents, divided by textstat's", "at least", 10, ours / theirs, against),
        ("peak memory of the command measure, MB", "below", 600, float(growth.peak_mb.max()), memory),
        ("growth of its time with the number of documents, exponent", "at most", 1.05, growth_exponent(growth), pace),
    ]


def _build_targets(path: Path) -> list[Target]:
    builds, cores, bound = build_table(path).set_index("build"), benchmark_machine(path)["cores"], lower_bound_seconds(path)
    cold, again, changed = (builds.loc[name] for name in ("cold", "nothing changed", "one chapter changed"))
    seconds = builds.seconds.astype(float)
    beside = f"{cold.seconds:.1f} s against {seconds['stock']:.1f} s"
    parts = f"{cold.cpu_seconds:.1f} s of CPU in chapters on {cores} cores, {cold.rendering_seconds:.1f} s of rendering"
    return [
        ("cold build, divided by stock", "at most", 0.5, seconds["cold"] / seconds["stock"], beside),
        ("cold build, divided by its limit", "at most", 1.3, seconds["cold"] / bound, f"{parts}, {cold.seconds - bound:.1f} s of all else"),
        ("build with nothing changed, seconds", "at most", 3, seconds["nothing changed"], _spent(again)),
        ("build with one chapter changed, seconds", "at most", 6, seconds["one chapter changed"], _spent(changed)),
    ]


def _spent(build: Any) -> str:
    """Where the seconds of a build go, in words."""
    rest = build.seconds - build.cpu_seconds - build.rendering_seconds
    return f"{build.cpu_seconds:.1f} s in chapters, {build.rendering_seconds:.1f} s of rendering, {rest:.1f} s of checks and all else"


def _outcome(sign: str, bound: float, value: float) -> str:
    return "not measured" if np.isnan(value) else "met" if BOUNDS[sign](value, bound) else "not met"


def machine_table(path: Path = RESULTS) -> pd.DataFrame:
    """Date, machine and versions of the run, for readers: what, value."""
    run = benchmark_machine(path)
    names = {"date": "date", "cpu": "processor", "cores": "cores", "memory_gb": "memory, GB", "system": "system", "python": "Python"}
    rows = {names[key]: run[key] for key in names} | run["packages"]
    return pd.DataFrame([(what, str(value)) for what, value in rows.items()], columns=["what", "value"])


def cost_numbers(path: Path = RESULTS) -> dict[str, str | int]:
    """The numbers that the chapter "Cost" quotes of the run: {name: number or text}."""
    run, rates, growth, ways, targets = (
        benchmark_machine(path),
        rate_table(path),
        growth_table(path),
        process_table(path),
        target_table(path),
    )
    n_words, n_distinct = run["documents"]["n_words"], run["documents"]["n_distinct_words"]
    shared, all_documents, new = _shared(rates), int(rates.n_documents.max()), _rate(rates, THIS_BOOK)
    builds, starts = build_table(path).set_index("build").seconds, start_table(path).set_index("what").seconds
    imports, is_met = starts[starts.index.str.startswith(IMPORTS)], targets.outcome == "met"
    return {
        "bench_date": str(run["date"]),
        "bench_cores": in_words(run["cores"]),
        "bench_repeats": in_words(run["repeats"]),
        "bench_words": round(n_words, -5),
        "bench_distinct": round(n_distinct, -5),
        "bench_copies": f"{n_words / n_distinct:.0f}",
        "subset_documents": int(rates.n_documents.min()),
        "this_rate": f"{round(_rate(rates, THIS_BOOK, all_documents), -4):,.0f}",
        "compared_documents": shared,
        "this_times_textstat": f"{_rate(rates, THIS_BOOK, shared) / _rate(rates, TEXTSTAT, shared):.1f}",
        "new_times_textstat": f"{new / _rate(rates, TEXTSTAT):.1f}",
        "this_share_of_floor": f"{100 * new / _rate(rates, BASELINE):.0f}",
        "growth_exponent": f"{growth_exponent(growth):.2f}",
        "growth_fewest": int(growth.n_documents.min()),
        "growth_most": int(growth.n_documents.max()),
        "most_memory": round(growth.peak_mb.max()),
        "n_workers": in_words(int(ways.way.iloc[1].split()[0])),
        "times_processes": f"{ways.times_one.iloc[1]:.1f}",
        "times_dask": f"{ways.times_one.iloc[2]:.1f}",
        "cold_seconds": f"{builds['cold']:.1f}",
        "stock_seconds": f"{builds['stock']:.1f}",
        "limit_seconds": f"{lower_bound_seconds(path):.1f}",
        "unchanged_seconds": f"{builds['nothing changed']:.1f}",
        "changed_seconds": f"{builds['one chapter changed']:.1f}",
        "kernel_seconds": f"{starts['a bare kernel']:.2f}",
        "pandas_seconds": f"{starts['import pandas']:.2f}",
        "pyplot_seconds": f"{starts['import matplotlib.pyplot']:.2f}",
        "imports_least": f"{imports.min():.2f}",
        "imports_most": f"{imports.max():.2f}",
        "n_targets": in_words(len(targets)),
        "n_met": in_words(int(is_met.sum())),
        "missed": "; ".join(targets.target[~is_met]) or "none",
    }
