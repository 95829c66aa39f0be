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
from typing import Any

from batch.benchmarks.compared_tools import TOOLS
from batch.benchmarks.fresh import ONE_THREAD, REPOSITORY, Failed, Outcome, run_measured

BENCH = REPOSITORY / "_build/bench"
START_DOCUMENTS = 10  # documents: what a run costs before its first word
SUBSET = 5000  # documents for tools that would take minutes for all
SIZES = (1000, 3000, 10_000, 30_000, 100_000)  # documents, of about 200 words
ALL = SIZES[-1]
RUNS = [  # (tool, documents)
    *((tool, SUBSET) for tool in TOOLS),
    *((tool, 30_000) for tool in ("floor", "this", "textstat")),  # for the ratio to textstat
    *((tool, ALL) for tool in ("floor", "this", "CountVectorizer")),
]
REPEATS = 3
WORKERS = 2
MEASURED_WITH = ("pandas", "numpy", "duckdb", "distributed", "jupyter-book", "ipykernel", "nbclient")

Row = dict[str, Any]


def say(line: str) -> None:
    """Print a line with the time of day on stderr."""
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr, flush=True)


def _json_of(module: str, *arguments: object, python: str = sys.executable, **variables: Any) -> Any:
    """The last line that `python -m batch.benchmarks.MODULE` prints, read as JSON."""
    return json.loads(run_measured(python, "-m", f"batch.benchmarks.{module}", *map(str, arguments), **variables).said.splitlines()[-1])


def medians(rows: Iterable[Row]) -> Row:
    """One row of several: the median of each fraction, and what else the first one holds."""
    first, *others = rows
    return {key: median([value, *(row[key] for row in others)]) if isinstance(value, float) else value for key, value in first.items()}


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


def _documents(folder: Path, size: int) -> str:
    return str(folder / f"documents-{size}.parquet")


def measure_rates(folder: Path, n_words: dict[str, int], runs: Iterable[tuple[str, int]] = RUNS, repeats: int = REPEATS) -> list[Row]:
    """Words a second and memory on one core, a row for each of `runs`; a tool that fails has a row with the reason."""
    rows = []
    for tool, size in runs:
        row = {"tool": tool, "work": TOOLS[tool].work, "n_documents": size, "n_words": n_words[str(size)]}
        try:
            arguments, python = ("compared_tools", tool, _documents(folder, size)), python_of(tool)
            found = medians(_json_of(*arguments, python=python, **ONE_THREAD) for _ in range(repeats))
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
        files = _documents(folder, START_DOCUMENTS), _documents(folder, size)
        found = medians(_json_of("command", *files, **ONE_THREAD) for _ in range(repeats))
        rows.append({"n_documents": size, "n_words": n_words[str(size)]} | found)
        say(f"measure, {size:,} documents: {found['seconds']:.2f} s, {found['peak_mb']:.0f} MB")
    return rows


def measure_processes(folder: Path, n_words: dict[str, int], size: int = ALL, repeats: int = REPEATS) -> list[Row]:
    """Seconds of the whole command with one process, with WORKERS, and with as many Dask workers."""
    rows = []
    for way, option in (("one process", None), (f"{WORKERS} processes", "--workers"), (f"{WORKERS} Dask workers", "--scheduler")):
        found = medians(_measured_by(folder, size, option) for _ in range(repeats))
        rows.append({"way": way, "n_documents": size, "n_words": n_words[str(size)]} | found)
        say(f"measure, {way}: {found['seconds']:.1f} s")
    return rows


def _measured_by(folder: Path, size: int, option: str | None) -> Row:
    """The start, the seconds and the memory of the command, whose work is shared as `option` says."""
    cluster = _cluster() if option == "--scheduler" else None
    value = cluster.stdout.readline().strip() if cluster and cluster.stdout else str(WORKERS)
    small, whole = (_run_command(_documents(folder, n), *([option, value] if option else [])) for n in (START_DOCUMENTS, size))
    peak = max(whole.peak_mb, float(cluster.communicate()[0]) if cluster else 0)
    return {"start_seconds": small.seconds, "seconds": whole.seconds, "peak_mb": peak}


def _run_command(file: str, *options: str) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        return run_measured(sys.executable, "-m", "analysis", "measure", file, f"{folder}/out.parquet", *options, **ONE_THREAD)


def _cluster() -> "subprocess.Popen[str]":
    """A Dask cluster: it prints its address, and when its input ends, its peak memory in MB."""
    command = [sys.executable, "-m", "batch.benchmarks.cluster", str(WORKERS)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    return subprocess.Popen(command, cwd=REPOSITORY, env=os.environ | ONE_THREAD, **pipes)


def measure_builds(repeats: int = REPEATS) -> list[Row]:
    """The build of the book: cold, nothing changed, one chapter changed; and stock."""
    rounds = [_json_of("builds", BENCH / "builds") for _ in range(repeats)]
    rows = [medians(same) for same in zip(*rounds, strict=True)]
    say("builds: " + ", ".join(f"{row['build']} {row['seconds']:.1f} s" for row in rows))
    return rows


def measure_starts(repeats: int = REPEATS) -> list[Row]:
    """Seconds of starting a kernel, and of imports."""
    found = medians(_json_of("starts") for _ in range(repeats))
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
