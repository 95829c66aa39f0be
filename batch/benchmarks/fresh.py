"""A command in a fresh process: how long it took, how much memory it held, what it said. Imports little: a process inherits the peak."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]
MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # in units of ru_maxrss
# One thread a process, whatever library would start more.
ONE_THREAD: dict[str, Any] = {
    f"{name}_THREADS": "1" for name in ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "NUMEXPR_NUM", "RAYON_NUM", "POLARS_MAX")
}


class Failed(Exception):
    """A command that could not be run to its end; the message is its last words."""


class Outcome(NamedTuple):
    """Wall-clock seconds, the peak memory in MB of the largest of its processes, and its standard output."""

    seconds: float
    peak_mb: float
    said: str


def run_measured(*command: str, root: Path = REPOSITORY, **variables: str) -> Outcome:
    """Run `command` in the folder `root` with `variables` in its environment; returns its Outcome. Raises Failed."""
    environment = os.environ | variables
    with tempfile.TemporaryFile("w+", errors="replace") as output, tempfile.TemporaryFile("w+", errors="replace") as complaints:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=complaints)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        complaints.seek(0)
        if process.returncode != 0:
            last = [line.strip() for line in complaints if line.strip()] or [f"exit code {process.returncode}"]
            raise Failed(last[-1].replace(f"{root}/", ""))
        return Outcome(seconds, usage.ru_maxrss / MEGABYTE, output.read())


def stay_on_one_core() -> None:
    """Keep this process on one core, where the system lets a process choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
