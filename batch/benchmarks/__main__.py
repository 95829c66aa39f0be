"""All benchmarks: `python -m benchmarks` measures, writes `data/benchmarks`, and prints each target with what was measured."""

import csv
import io
import json
import sys
import time

from benchmarks import run
from benchmarks.environments import BENCH
from benchmarks.fresh import ROOT, Failed

OUT = ROOT / "data/benchmarks"


def main():
    """Run everything; returns the exit code: 0 whatever the figures are, 1 where something could not be measured."""
    begin = time.monotonic()
    try:
        run.say("making documents of what installed packages ship")
        counts = run.made_corpus()
        n_words = counts["n_words"]
        runs = [(tool, run.SUBSET) for tool in run.TOOLS]
        runs += [(tool, run.MANY) for tool in run.COMPARED] + [(tool, run.SIZES[-1]) for tool in run.FAST]
        tables = {
            "rates": run.rates(BENCH, n_words, runs),
            "growth": run.growth(BENCH, n_words),
            "processes": run.processes(BENCH, n_words),
            "builds": run.builds(),
            "starts": run.starts(),
        }
        write(OUT, tables, run.machine(counts))
    except Failed as failure:
        print(f"{failure}. Remedy: run that part alone (benchmarks/), and see why it fails; nothing was written.", file=sys.stderr)
        return 1
    run.say(
        f"done after {(time.monotonic() - begin) / 60:.0f} minutes: see the results with `git diff {OUT.relative_to(ROOT)}`, and run "
        "`make expected`"
    )
    show()
    return 0


def write(out, tables, machine):
    """Write the tables as CSV and `machine` as JSON to the folder `out`, each file all at once, when all is measured."""
    from analysis.files import put

    out.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        put(out / f"{name}.csv", csv_text(rows))
    put(out / "machine.json", json.dumps(machine, indent=1) + "\n")


def csv_text(rows):
    """Rows of mappings as CSV; fractions with four digits that mean something."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: rounded(value) for key, value in row.items()} for row in rows)
    return text.getvalue()


def rounded(value):
    return (f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}") if isinstance(value, float) else value


def show():
    """Print what the chapter "Cost" shows."""
    import pandas

    from analysis import cost

    with pandas.option_context("display.width", 250, "display.max_colwidth", 70, "display.max_columns", None):
        for table in (cost.rates(), cost.growth(), cost.processes(), cost.builds(), cost.targets()):
            print("\n" + table.to_string(index=False, float_format="{:,.2f}".format))


if __name__ == "__main__":
    sys.exit(main())
