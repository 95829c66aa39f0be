"""The command `measure` in this process, on one core: `python -m batch.benchmarks.command SMALL FILE` prints seconds and memory as JSON.

It runs on the small file first, so that modules are imported, then again, which is its start, and then on FILE, less that start.
"""

import json
import resource
import sys
import tempfile
import time

from analysis.cli import main
from batch.benchmarks.fresh import MEGABYTE, stay_on_one_core


def _seconds_of(file: str) -> float:
    """The seconds that the command takes for `file`. Raises SystemExit where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        if main(["measure", file, f"{folder}/out.parquet"]):
            raise SystemExit(f"measure {file} failed")
        return time.perf_counter() - begin


if __name__ == "__main__":
    stay_on_one_core()
    first, start, seconds = (_seconds_of(sys.argv[place]) for place in (1, 1, 2))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print("\n" + json.dumps({"start_seconds": first, "seconds": seconds - start, "peak_mb": peak}))
