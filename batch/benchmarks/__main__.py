"""All benchmarks: `python -m batch.benchmarks` measures, writes `data/benchmarks`, and prints each target with what was measured."""

import json
import sys
from pathlib import Path

from batch.benchmarks import rounds, run
from batch.benchmarks.fresh import REPOSITORY, Failed


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
        } | rounds.goal_rows(run.BENCH)
    except Failed as failure:
        print(f"{failure}. Remedy: run that part alone (batch/benchmarks/), and see why it fails; nothing was written.", file=sys.stderr)
        return 1
    write_results(run.RESULTS_FOLDER, tables, run.describe_machine(counts))
    run.say(f"done: see the results with `git diff {run.RESULTS_FOLDER.relative_to(REPOSITORY)}`, and run `make expected`")
    _print_targets()
    return 0


def write_results(folder: Path, tables: dict[str, list[run.Row]], machine: run.Row) -> None:
    """Write the tables as CSV and `machine` as JSON to `folder`, each file all at once."""
    from analysis.atomic_write import write_atomic

    run.write_csv_tables(folder, tables)
    write_atomic(folder / "machine.json", json.dumps(machine, indent=1) + "\n")


def _print_targets() -> None:
    from batch.benchmarks.goals import print_goals
    from batch.results import target_table

    print_goals()
    for row in target_table().itertuples():
        print(f"{row.outcome}: {row.target}, {row.bound}: {row.measured} ({row.limited_by})")


if __name__ == "__main__":
    sys.exit(_main())
