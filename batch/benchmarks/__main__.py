"""All benchmarks: `python -m batch.benchmarks` measures, writes `data/benchmarks`, and prints each target with what was measured."""

import json
import sys
from pathlib import Path
from typing import Any

from batch.benchmarks import run
from batch.benchmarks.fresh import REPOSITORY, Failed

RESULTS_FOLDER = REPOSITORY / "data/benchmarks"


def _main() -> int:
    """Run everything; returns the exit code: 0 whatever the figures are, 1 where something could not be measured."""
    try:
        run.say("making documents of what installed packages ship")
        counts = run.made_corpus()
        tables = {
            "rates": run.measure_rates(run.BENCH, counts["n_words"]),
            "growth": run.measure_growth(run.BENCH, counts["n_words"]),
            "processes": run.measure_processes(run.BENCH, counts["n_words"]),
            "builds": run.measure_builds(),
            "starts": run.measure_starts(),
        }
    except Failed as failure:
        print(f"{failure}. Remedy: run that part alone (batch/benchmarks/), and see why it fails; nothing was written.", file=sys.stderr)
        return 1
    write_results(RESULTS_FOLDER, tables, run.describe_machine(counts))
    run.say(f"done: see the results with `git diff {RESULTS_FOLDER.relative_to(REPOSITORY)}`, and run `make expected`")
    _print_targets()
    return 0


def write_results(folder: Path, tables: dict[str, list[run.Row]], machine: run.Row) -> None:
    """Write the tables as CSV and `machine` as JSON to `folder`, each file all at once; fractions with four digits that mean something."""
    import pandas as pd  # not before all is measured, for a process inherits the peak of memory

    from analysis.atomic_write import write_atomic

    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        write_atomic(folder / f"{name}.csv", pd.DataFrame(rows, dtype=object).map(_rounded).to_csv(index=False))
    write_atomic(folder / "machine.json", json.dumps(machine, indent=1) + "\n")


def _rounded(value: Any) -> Any:
    return (f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}") if isinstance(value, float) and value == value else value


def _print_targets() -> None:
    from batch.results import target_table

    for row in target_table().itertuples():
        print(f"{row.outcome}: {row.target}, {row.bound}: {row.measured} ({row.limited_by})")


if __name__ == "__main__":
    sys.exit(_main())
