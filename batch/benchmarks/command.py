"""The command `measure` in this process, on one core: `python -m benchmarks.command SMALL FILE` prints its seconds and memory as JSON.

It runs on the small file first, so that modules are imported, then again, which is its start, and then on FILE, less that start.
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fresh import MEGABYTE

from analysis.__main__ import main


def seconds_of(file):
    """The seconds that the command takes for `file`. Raises SystemExit where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        if main(["measure", file, str(Path(folder) / "out.parquet")]):
            raise SystemExit(f"measure {file} failed")
        return time.perf_counter() - begin


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    small, file = sys.argv[1:]
    first, start = seconds_of(small), seconds_of(small)
    seconds = seconds_of(file) - start
    usage = [resource.getrusage(who).ru_maxrss / MEGABYTE for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print("\n" + json.dumps({"start_seconds": first, "seconds": seconds, "peak_mb": max(usage)}))
