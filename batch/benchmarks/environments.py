"""Environments of the tools that the book does not need, in `_build/bench`, each from a lock with hashes; `.venv` stays as it is."""

import os
import sys
from pathlib import Path

from benchmarks.fresh import ROOT, fresh

BENCH = ROOT / "_build/bench"
# The tools that need an environment of their own, and which one.
OTHERS = {
    "textstat-rs": "rivals",
    "textacy": "textacy",
    "textdescriptives": "textdescriptives",
    "spaCy blank": "rivals",
    "CountVectorizer": "rivals",
}


def python_of(tool):
    """The Python that has `tool`; its environment is made where the lock is newer. Raises fresh.Failed where it cannot be installed."""
    if tool not in OTHERS:
        return sys.executable
    name = OTHERS[tool]
    lock, place = ROOT / f"benchmarks/requirements-{name}.txt", BENCH / name
    python, ready = place / "bin/python", place / "ready"
    if not ready.exists() or ready.read_bytes() != lock.read_bytes():
        uv = os.environ.get("UV", str(Path(sys.prefix) / "bin/uv")).split()
        fresh(*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(place))
        fresh(*uv, "pip", "sync", "--quiet", "--python", str(python), "--require-hashes", str(lock))
        ready.write_bytes(lock.read_bytes())
    return str(python)
