"""The measurements: each in a fresh process, each several times, the medians kept. Imports little; see `fresh`."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from batch.benchmarks.compared_tools import TOOLS
from batch.benchmarks.fresh import ONE_THREAD, REPOSITORY, Failed, Outcome, run_measured

BENCH, RESULTS_FOLDER = REPOSITORY / "_build/bench", REPOSITORY / "data/benchmarks"
START_DOCUMENTS = 10  # documents: what a run costs before its first word
SUBSET = 5000  # documents for tools that would take minutes for all
SIZES = (1000, 3000, 10_000, 20_000, 30_000, 100_000)  # documents, of about 200 words
ALL = SIZES[-1]
RUNS = [  # (tool, documents)
    *((tool, SUBSET) for tool in TOOLS),
    *((tool, 30_000) for tool in ("floor", "this", "textstat")),  # for the ratio to textstat
    *((tool, ALL) for tool in ("floor", "this", "CountVectorizer")),
]
REPEATS = 3
WORKERS = 2
WAYS = (("one process", None), (f"{WORKERS} processes", "--workers"), (f"{WORKERS} Dask workers", "--scheduler"))
# Without these a worker of Dask gives the memory of large arrays back to the system after each use: its nanny sets the first to 64 kB.
KEPT_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(256 << 20), "MALLOC_MMAP_THRESHOLD_": str(32 << 20)}
MEASURED_WITH = ("pandas", "numpy", "duckdb", "distributed", "jupyter-book", "ipykernel", "nbclient")

Row = dict[str, Any]


def say(line: str) -> None:
    """Print a line with the time of day on stderr."""
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr, flush=True)


def json_of(module: str, *arguments: object, python: str = sys.executable, **variables: Any) -> Any:
    """The last line that `python -m batch.benchmarks.MODULE` prints, read as JSON."""
    return json.loads(run_measured(python, "-m", f"batch.benchmarks.{module}", *map(str, arguments), **variables).said.splitlines()[-1])


def medians(rows: Iterable[Row]) -> Row:
    """One row of several: the median of each fraction, and what else the first one holds."""
    first, *others = rows
    return {key: median([value, *(row[key] for row in others)]) if isinstance(value, float) else value for key, value in first.items()}


def write_csv_tables(folder: Path, tables: dict[str, list[Row]]) -> None:
    """Write tables as CSV to `folder`, each all at once; fractions with four digits that mean something."""
    import pandas as pd  # not before all is measured, for a process inherits the peak of memory

    from analysis.atomic_write import write_atomic

    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        write_atomic(folder / f"{name}.csv", pd.DataFrame(rows, dtype=object).map(_rounded).to_csv(index=False))


def _rounded(value: Any) -> Any:
    return (f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}") if isinstance(value, float) and value == value else value


def python_of(tool: str) -> str:
    """The Python that has `tool`; its environment is made where the lock is newer. Raises Failed where it cannot be installed."""
    if TOOLS[tool].lock is None:
        return sys.executable
    lock, place = REPOSITORY / f"batch/benchmarks/requirements-{TOOLS[tool].lock}.txt", BENCH / f"{TOOLS[tool].lock}"
    python, ready = f"{place}/bin/python", place / "ready"
    if not ready.exists() or ready.read_bytes() != lock.read_bytes():
        uv = os.environ.get("UV", f"{sys.prefix}/bin/uv").split()
        run_measured(*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(place))
        run_measured(*uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", str(lock))
        ready.write_bytes(lock.read_bytes())
    return python


def made_corpus() -> Row:
    """Make the documents in BENCH; returns the counts of `corpus.make_documents`, sizes as text."""
    BENCH.mkdir(parents=True, exist_ok=True)
    run_measured(sys.executable, "-m", "batch.benchmarks.corpus", *map(str, (BENCH, START_DOCUMENTS, SUBSET, *SIZES)))
    counts: Row = json.loads((BENCH / "corpus.json").read_text())
    return counts


def documents_file(folder: Path, size: int) -> str:
    """The file in `folder` with so many documents."""
    return str(folder / f"documents-{size}.parquet")


def measure_rates(folder: Path, n_words: dict[str, int], runs: Iterable[tuple[str, int]] = RUNS, repeats: int = REPEATS) -> list[Row]:
    """Words a second and memory on one core, a row for each of `runs`; a tool that fails has a row with the reason."""
    rows = []
    for tool, size in runs:
        row = {"tool": tool, "work": TOOLS[tool].work, "n_documents": size, "n_words": n_words[str(size)]}
        try:
            arguments, python = ("compared_tools", tool, documents_file(folder, size)), python_of(tool)
            found = medians(json_of(*arguments, python=python, **ONE_THREAD) for _ in range(repeats))
            if found["n_documents"] != size:
                raise Failed("it left documents out")
            row |= found | {"words_per_second": row["n_words"] / found["seconds"]}
        except Failed as failure:
            row["failure"] = str(failure)
        rows.append(row)
        say(f"{tool}, {size:,} documents: {row.get('failure') or '{words_per_second:,.0f} words a second'.format_map(row)}")
    return rows


def measure_growth(folder: Path, n_words: dict[str, int], sizes: Iterable[int] = SIZES, repeats: int = REPEATS) -> list[Row]:
    """Seconds and memory of the command `measure` by the number of documents, its start apart, on one core."""
    rows = []
    for size in sizes:
        files = documents_file(folder, START_DOCUMENTS), documents_file(folder, size)
        found = medians(json_of("command", *files, **ONE_THREAD) for _ in range(repeats))
        rows.append({"n_documents": size, "n_words": n_words[str(size)]} | found)
        say(f"measure, {size:,} documents: {found['seconds']:.2f} s, {found['peak_mb']:.0f} MB")
    return rows


def measure_processes(folder: Path, n_words: dict[str, int], size: int = ALL, repeats: int = REPEATS) -> list[Row]:
    """Seconds of the whole command with one process, with WORKERS, and with as many Dask workers."""
    rows = []
    for way, option in WAYS:
        found = medians(measured_by(folder, size, option) for _ in range(repeats))
        rows.append({"way": way, "n_documents": size, "n_words": n_words[str(size)]} | found)
        say(f"measure, {way}: {found['seconds']:.1f} s")
    return rows


def measured_by(folder: Path, size: int, option: str | None) -> Row:
    """The start, the seconds and the memory of the command, whose work is shared as `option` says."""
    cluster = start_cluster(WORKERS) if option == "--scheduler" else None
    options = [option, cluster.address if cluster else str(WORKERS)] if option else []
    if cluster:
        time_command(documents_file(folder, START_DOCUMENTS), *options)  # a cluster lives on: its workers have imported all before
    small, whole = (time_command(documents_file(folder, n), *options) for n in (START_DOCUMENTS, size))
    peak = max(whole.peak_mb, float(cluster.process.communicate()[0]) if cluster else 0)
    return {"start_seconds": small.seconds, "seconds": whole.seconds, "peak_mb": peak}


def time_command(file: str, *options: str) -> Outcome:
    """The command `measure` on a file, in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        return run_measured(sys.executable, "-m", "analysis", "measure", file, f"{folder}/out.parquet", *options, **ONE_THREAD)


class Cluster(NamedTuple):
    """A Dask cluster on this machine: its address, and its process, which `cluster` says how to ask."""

    address: str
    process: "subprocess.Popen[str]"


def start_cluster(workers: int) -> Cluster:
    """Start a Cluster of so many workers, each with one thread."""
    command = [sys.executable, "-m", "batch.benchmarks.cluster", str(workers)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    process = subprocess.Popen(command, cwd=REPOSITORY, env=os.environ | ONE_THREAD | KEPT_MEMORY, **pipes)
    return Cluster(process.stdout.readline().strip() if process.stdout else "", process)


def measure_builds(repeats: int = REPEATS) -> list[Row]:
    """The build of the book: cold, nothing changed, one chapter changed; and stock."""
    rounds = [json_of("builds", BENCH / "builds") for _ in range(repeats)]
    rows = [medians(same) for same in zip(*rounds, strict=True)]
    say("builds: " + ", ".join(f"{row['build']} {row['seconds']:.1f} s" for row in rows))
    return rows


def measure_starts(repeats: int = REPEATS) -> list[Row]:
    """Seconds of starting a kernel, and of imports."""
    found = medians(json_of("starts") for _ in range(repeats))
    say(f"a bare kernel starts in {found['a bare kernel']:.2f} s")
    return [{"what": what, "seconds": seconds} for what, seconds in found.items()]


def describe_machine(counts: Row) -> Row:
    """Date, machine, versions and the documents of a run, as a mapping for machine.json."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "cpu": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in MEASURED_WITH},
        "repeats": REPEATS,
        "documents": {"n_words": counts["n_words"][str(ALL)], "n_distinct_words": counts["n_distinct_words"]},
    }


def _processor() -> str:
    """The model of the processor, as the system names it."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (names or [platform.processor() or platform.machine()])[0]
