"""What the goals of an archive compare, in rounds: in each, every way once in a fresh process, so that other work on the machine meets all
alike. `python -m batch.benchmarks.rounds` measures these and the loop alone, and writes `rounds.csv`, `scheduler.csv` and `loop.csv` to
`data/benchmarks`.
"""

import json
import resource
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from batch.benchmarks import run
from batch.benchmarks.fresh import ONE_THREAD, run_measured
from batch.benchmarks.run import RESULTS_FOLDER, Row, write_csv_tables

ROUNDS = 5
COMPARED = (20_000, 100_000)  # documents
MANY_WORKERS = 4  # on two cores: what the scheduler takes shows, not how fast it goes


def goal_rows(folder: Path) -> dict[str, list[Row]]:
    """All that the goals compare, as tables of `data/benchmarks`: the rounds, the scheduler and the loop of an author."""
    rows, scheduler, copy = round_rows(folder), scheduler_row(folder), folder / "loop"
    shutil.rmtree(copy, ignore_errors=True)
    run.say("changing a word and a cell, again and again")
    loop = json.loads(run_measured(sys.executable, "-m", "batch.benchmarks.loop", str(copy)).said)
    return {"rounds": rows, "scheduler": [scheduler], "loop": loop}


def round_rows(folder: Path, rounds: int = ROUNDS) -> list[Row]:
    """A row a round for each tool and number of documents (`cpu_seconds`, its start apart), and for each way to share the work of the most
    of them (`seconds` of the whole command, `start_seconds` of the same on a few documents, `peak_mb` of the largest process).
    """
    rows = []
    for number in range(1, rounds + 1):
        for row in (*_tool_rows(folder), *_way_rows(folder)):
            rows.append({"what": row.pop("what"), "round": number, "date": f"{datetime.now(UTC):%Y-%m-%d}"} | row)
            run.say(f"round {number}: {rows[-1]}")
    return rows


def _tool_rows(folder: Path) -> Iterator[Row]:
    for size in COMPARED:
        for tool in ("this", "textstat"):
            found = run.json_of("compared_tools", tool, run.documents_file(folder, size), **ONE_THREAD)
            yield {"what": f"{tool}, {size:,} documents", "cpu_seconds": found["cpu_seconds"], "peak_mb": found["peak_mb"]}


def _way_rows(folder: Path) -> Iterator[Row]:
    for way, option in run.WAYS:
        yield {"what": way} | run.measured_by(folder, COMPARED[-1], option)


def scheduler_row(folder: Path, rounds: int = ROUNDS) -> Row:
    """What MANY_WORKERS Dask workers, the scheduler and the command take of the CPU for the most documents, medians of some rounds.

    `limit_workers`: with how many workers, each on a core of its own, the scheduler would have no core to spare.
    """
    found = run.medians(_shared_seconds(folder) for _ in range(rounds))
    return found | {"limit_workers": found["worker_seconds"] / found["scheduler_seconds"]}


def _shared_seconds(folder: Path) -> Row:
    cluster = run.start_cluster(MANY_WORKERS)
    run.time_command(run.documents_file(folder, run.START_DOCUMENTS), "--scheduler", cluster.address)
    before, own = _asked(cluster), _children_seconds()
    seconds = run.time_command(run.documents_file(folder, COMPARED[-1]), "--scheduler", cluster.address).seconds
    after, own_after = _asked(cluster), _children_seconds()
    cluster.process.communicate()
    return {
        "workers": MANY_WORKERS,
        "n_documents": COMPARED[-1],
        "seconds": seconds,
        "worker_seconds": after["workers"] - before["workers"],
        "scheduler_seconds": after["scheduler"] - before["scheduler"],
        "command_seconds": own_after - own,
    }


def _asked(cluster: run.Cluster) -> dict[str, float]:
    """The CPU seconds of a cluster's scheduler and workers so far."""
    assert cluster.process.stdin
    assert cluster.process.stdout
    print(file=cluster.process.stdin, flush=True)
    found: dict[str, float] = json.loads(cluster.process.stdout.readline())
    return found


def _children_seconds() -> float:
    """The CPU seconds of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure what the goals compare alone; the rest of `data/benchmarks` stays as it is."""
    from batch.benchmarks.goals import print_goals  # not before all is measured, for a process inherits the peak of memory

    run.made_corpus()
    write_csv_tables(RESULTS_FOLDER, goal_rows(run.BENCH))
    print_goals()


if __name__ == "__main__":
    main()
