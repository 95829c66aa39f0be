"""A command in a fresh process: how long it took, how much memory it held, what it said. Imports little: a process inherits the peak."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # in units of ru_maxrss
# One thread a process, whatever library would start more.
ALONE = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "RAYON_NUM_THREADS", "POLARS_MAX_THREADS"], "1"
)


class Failed(Exception):
    """A command that could not be run to its end; the message is its last words."""


class Outcome(NamedTuple):
    """Wall-clock seconds, the peak memory in MB of the largest of its processes, and its standard output."""

    seconds: float
    peak_mb: float
    said: str


def fresh(*command, root=ROOT, **variables):
    """Run `command` in the folder `root` with `variables` in its environment; returns its Outcome. Raises Failed."""
    environment = os.environ | {"PYTHONPATH": str(root)} | variables
    with tempfile.TemporaryFile("w+", errors="replace") as complaints:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=complaints, text=True)
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        if process.returncode != 0:
            complaints.seek(0)
            last = [line.strip() for line in complaints if line.strip()] or [f"exit code {process.returncode}"]
            raise Failed(last[-1].replace(f"{root}/", ""))
    return Outcome(seconds, usage.ru_maxrss / MEGABYTE, said)


def peak_of_children():
    """The peak memory in MB of the largest child of this process that has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE
