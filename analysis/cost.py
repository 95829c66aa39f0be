"""What the measures and the book cost in time and memory: the results of `make bench`, and the targets that they are held against.

The folder `data/benchmarks` holds one run of the benchmarks, each figure the median of several measurements on one machine.
"""

import io
import json

import numpy as np
import pandas as pd

from analysis.corpus import DATA, csv_rows, decoded, file_name
from analysis.numerals import in_words
from analysis.problems import DataError, Problem

FOLDER = DATA / "benchmarks"
COLUMNS = {
    "rates.csv": ["tool", "work", "n_documents", "n_words", "start_seconds", "seconds", "peak_mb", "version", "words_per_second"],
    "growth.csv": ["n_documents", "n_words", "start_seconds", "seconds", "peak_mb"],
    "processes.csv": ["way", "n_documents", "n_words", "start_seconds", "seconds", "peak_mb"],
    "builds.csv": ["build", "seconds", "chapters_run", "cpu_seconds", "rendering_seconds"],
    "starts.csv": ["what", "seconds"],
}
THIS, TEXTSTAT, FLOOR = "this", "textstat", "floor"
IMPORTS = "imports of "  # before the name of a chapter, in starts.csv

LEAST_RATE = 1_000_000  # words a second on one core
LEAST_RATIO = 10  # times textstat's rate on the same documents
MOST_MEMORY = 600  # MB, whatever the size
MOST_EXPONENT = 1.05  # of the time as a power of the number of documents
MOST_OF_STOCK = 0.5  # of the seconds of stock Jupyter Book
MOST_OF_LIMIT = 1.3  # times the CPU seconds of the chapters, divided by the cores, and the rendering
MOST_UNCHANGED = 3  # seconds
MOST_CHANGED = 6  # seconds


def table(name, path=FOLDER):
    """The CSV file `name` of the folder `path` as a DataFrame.

    Raises DataError where it is missing, no strict CSV, or lacks columns of COLUMNS.
    """
    header, *_ = csv_rows(path, name)
    rows = pd.read_csv(io.StringIO(decoded(path, name)))
    if missing := [column for column in COLUMNS[name] if column not in header]:
        raise spoiled(path, name, 1, f"has the wrong columns (missing: {', '.join(missing)})")
    return rows


def spoiled(path, name, line, message):
    return DataError([Problem(file_name(path, name), line, None, message, "restore the file, or run `make bench`")])


def machine(path=FOLDER):
    """Date, machine, versions and documents of the run, as machine.json has them. Raises DataError where it is missing or not JSON."""
    try:
        return json.loads(decoded(path, "machine.json"))
    except json.JSONDecodeError as error:
        raise spoiled(path, "machine.json", error.lineno, f"is not JSON ({error.msg})") from None


def rates(path=FOLDER):
    """How fast each tool takes English prose on one core, start and imports apart, reading the file with it.

    Columns: tool; work (what it does with a document); version; n_documents; words_per_second (words by the rule of `corpus`, the same
    number for all tools); times_textstat (its rate, divided by textstat's); times_floor (divided by that of the floor on the same
    documents); start_seconds; peak_mb; note (why a tool could not be measured). Fastest first, all documents before some.
    """
    rows = table("rates.csv", path)
    rows["note"] = rows.failure.astype(object).fillna("") if "failure" in rows else ""
    per_second = rows.set_index(["tool", "n_documents"]).words_per_second
    theirs = rate(rows, TEXTSTAT)  # where textstat did not take as many documents
    rows["times_textstat"] = [row.words_per_second / per_second.get((TEXTSTAT, row.n_documents), theirs) for row in rows.itertuples()]
    rows["times_floor"] = [row.words_per_second / per_second.get((FLOOR, row.n_documents), np.nan) for row in rows.itertuples()]
    rows["version"] = rows.version.astype(object).fillna("")
    rows["words_per_second"] = rows.words_per_second.round().astype("Int64")
    rows = rows.sort_values(["n_documents", "words_per_second"], ascending=False, ignore_index=True)
    return rows[["tool", "work", "version", "n_documents", "words_per_second", "times_textstat", "times_floor", "start_seconds", "peak_mb",
                 "note"]]  # fmt: skip


def rate(rows, tool, n_documents=None):
    """The words a second of `tool` in a table of rates, for `n_documents`, or for the fewest that it took; NaN where it has none."""
    own = rows[(rows.tool == tool) & (rows.n_documents == (n_documents or rows.n_documents.min()))]
    return float(own.words_per_second.iloc[0]) if own.words_per_second.notna().any() else np.nan


def compared(rows):
    """The most documents that textstat took, in a table of rates."""
    return int(rows.n_documents[rows.tool == TEXTSTAT].max())


def growth(path=FOLDER):
    """What the command `measure` takes by the number of documents, on one core.

    Columns: n_documents, n_words, seconds (its start apart), words_per_second, peak_mb.
    """
    rows = table("growth.csv", path)
    rows["words_per_second"] = (rows.n_words / rows.seconds).round().astype(int)
    return rows[["n_documents", "n_words", "seconds", "words_per_second", "peak_mb"]]


def exponent(rows):
    """The power of the number of documents with which the seconds grow: least squares on the logarithms of a table of `growth`.

    NaN where some documents took no longer than none.
    """
    if (rows.seconds <= 0).any():
        return np.nan
    return float(np.polyfit(np.log(rows.n_documents), np.log(rows.seconds), 1)[0])


def processes(path=FOLDER):
    """The whole command `measure`, its start with it, in one process, in several, and on workers of a Dask cluster.

    Columns: way, start_seconds (the command on ten documents), seconds, words_per_second, times_one (its rate, divided by that of one
    process), peak_mb (of the largest process).
    """
    rows = table("processes.csv", path)
    rows["words_per_second"] = (rows.n_words / rows.seconds).round().astype(int)
    rows["times_one"] = rows.words_per_second / rows.words_per_second.iloc[0]
    return rows[["way", "start_seconds", "seconds", "words_per_second", "times_one", "peak_mb"]]


def builds(path=FOLDER):
    """The build of the book: from nothing (cold), again, with the code of one chapter changed, and by stock Jupyter Book.

    Columns: build, seconds, chapters_run, cpu_seconds (of the kernels), rendering_seconds; both missing for stock, which does not tell.
    """
    return table("builds.csv", path)[COLUMNS["builds.csv"]]


def starts(path=FOLDER):
    """Seconds of starting a kernel or Python, and of the imports of each chapter in a Python of its own: what, seconds."""
    return table("starts.csv", path)


def limit(path=FOLDER):
    """The seconds below which no cold build can fall with these chapters: their CPU seconds, divided by the cores, and the rendering."""
    cold = builds(path).set_index("build").loc["cold"]
    return float(cold.cpu_seconds / machine(path)["cores"] + cold.rendering_seconds)


def targets(path=FOLDER):
    """Each target of the house with what was measured: target, bound, measured, outcome ("met", "not met", "not measured"), limited_by."""
    speed, grown, built, cores = rates(path), growth(path), builds(path).set_index("build"), machine(path)["cores"]
    most, shared = speed.n_documents.max(), compared(speed)
    ours, theirs = rate(speed, THIS, shared), rate(speed, TEXTSTAT, shared)
    cold, stock, again, changed = (built.loc[name] for name in ("cold", "stock", "nothing changed", "one chapter changed"))
    rows = [
        ("rate on one core, words a second", "at least", LEAST_RATE, rate(speed, THIS, most),
         f"to read the file and find the words alone goes at {rate(speed, FLOOR, most):,.0f}"),
        ("rate on the same documents, divided by textstat's", "at least", LEAST_RATIO, ours / theirs,
         f"{ours:,.0f} words a second against {theirs:,.0f}, on {shared:,} documents"),
        ("peak memory of the command measure, MB", "below", MOST_MEMORY, grown.peak_mb.max(),
         f"{grown.peak_mb.iloc[0]:,.0f} with {grown.n_documents.iloc[0]:,} documents, {grown.peak_mb.iloc[-1]:,.0f} with "
         f"{grown.n_documents.iloc[-1]:,}"),
        ("growth of its time with the number of documents, exponent", "at most", MOST_EXPONENT, exponent(grown),
         f"{grown.words_per_second.iloc[0]:,.0f} words a second with {grown.n_documents.iloc[0]:,} documents, "
         f"{grown.words_per_second.iloc[-1]:,.0f} with {grown.n_documents.iloc[-1]:,}"),
        ("cold build, divided by stock", "at most", MOST_OF_STOCK, cold.seconds / stock.seconds,
         f"{cold.seconds:.1f} s against {stock.seconds:.1f} s"),
        ("cold build, divided by its limit", "at most", MOST_OF_LIMIT, cold.seconds / limit(path),
         f"{cold.cpu_seconds:.1f} s of CPU in chapters on {cores} cores, {cold.rendering_seconds:.1f} s of rendering, "
         f"{cold.seconds - limit(path):.1f} s of all else"),
        ("build with nothing changed, seconds", "at most", MOST_UNCHANGED, again.seconds, spent(again)),
        ("build with one chapter changed, seconds", "at most", MOST_CHANGED, changed.seconds, spent(changed)),
    ]  # fmt: skip
    return pd.DataFrame(
        [(what, f"{sign} {bound:,}", f"{value:,.0f}" if value >= 100 else f"{value:.2f}", outcome(sign, bound, value), why)
         for what, sign, bound, value, why in rows],
        columns=["target", "bound", "measured", "outcome", "limited_by"],
    )  # fmt: skip


def spent(build):
    """Where the seconds of a build go, in words."""
    rest = build.seconds - build.cpu_seconds - build.rendering_seconds
    return f"{build.cpu_seconds:.1f} s in chapters, {build.rendering_seconds:.1f} s of rendering, {rest:.1f} s of checks and all else"


def outcome(sign, bound, value):
    if np.isnan(value):
        return "not measured"
    met = {"at least": value >= bound, "at most": value <= bound, "below": value < bound}[sign]
    return "met" if met else "not met"


def machine_table(path=FOLDER):
    """Date, machine and versions of the run, for readers: what, value."""
    run = machine(path)
    rows = {"date": run["date"], "processor": run["cpu"], "cores": run["cores"], "memory, GB": run["memory_gb"], "system": run["system"],
            "Python": run["python"]} | run["packages"]  # fmt: skip
    return pd.DataFrame([(what, str(value)) for what, value in rows.items()], columns=["what", "value"])


def summary(path=FOLDER):
    """The numbers that prose quotes of the run: {name: number or text}."""
    run, speed, grown, ways = machine(path), rates(path), growth(path), processes(path)
    reached, built = targets(path), builds(path).set_index("build").seconds
    start = starts(path).set_index("what").seconds
    chapters = start[start.index.str.startswith(IMPORTS)]
    documents = run["documents"]
    missed = list(reached.target[reached.outcome != "met"])
    return {
        "bench_date": run["date"],
        "bench_cores": in_words(run["cores"]),
        "bench_repeats": in_words(run["repeats"]),
        "bench_words": round(documents["n_words"], -5),
        "bench_distinct": round(documents["n_distinct_words"], -5),
        "bench_copies": f"{documents['n_words'] / documents['n_distinct_words']:.0f}",
        "subset_documents": int(speed.n_documents.min()),
        "this_rate": f"{round(rate(speed, THIS, speed.n_documents.max()), -4):,.0f}",
        "compared_documents": compared(speed),
        "this_times_textstat": f"{rate(speed, THIS, compared(speed)) / rate(speed, TEXTSTAT, compared(speed)):.1f}",
        "new_times_textstat": f"{rate(speed, THIS) / rate(speed, TEXTSTAT):.1f}",
        "this_share_of_floor": f"{100 * rate(speed, THIS) / rate(speed, FLOOR):.0f}",
        "growth_exponent": f"{exponent(grown):.2f}",
        "growth_fewest": int(grown.n_documents.min()),
        "growth_most": int(grown.n_documents.max()),
        "most_memory": round(grown.peak_mb.max()),
        "n_workers": in_words(int(ways.way.iloc[1].split()[0])),
        "times_processes": f"{ways.times_one.iloc[1]:.1f}",
        "times_dask": f"{ways.times_one.iloc[2]:.1f}",
        "cold_seconds": f"{built['cold']:.1f}",
        "stock_seconds": f"{built['stock']:.1f}",
        "limit_seconds": f"{limit(path):.1f}",
        "unchanged_seconds": f"{built['nothing changed']:.1f}",
        "changed_seconds": f"{built['one chapter changed']:.1f}",
        "kernel_seconds": f"{start['a bare kernel']:.2f}",
        "pandas_seconds": f"{start['import pandas']:.2f}",
        "pyplot_seconds": f"{start['import matplotlib.pyplot']:.2f}",
        "imports_least": f"{chapters.min():.2f}",
        "imports_most": f"{chapters.max():.2f}",
        "n_targets": in_words(len(reached)),
        "n_met": in_words(int((reached.outcome == "met").sum())),
        "missed": "; ".join(missed) or "none",
    }
