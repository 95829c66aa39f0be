"""The build of the book in this folder, observed: `python -m batch.benchmarks.observed` prints how it spent its time as JSON."""

import json
import re
import resource

from book.notebooks import ROOT
from book.pipeline import build


def _observe_build() -> dict[str, float]:
    """Build the book; the CPU seconds of the chapters are those of the processes that had ended when rendering began."""
    found = {"chapters_run": 0, "cpu_seconds": 0.0, "rendering_seconds": 0.0}

    def report(line: str) -> None:
        if match := re.match(r"Running (\d+) chapter", line):
            found["chapters_run"] = int(match[1])
        elif line.startswith("Rendering"):
            usage = resource.getrusage(resource.RUSAGE_CHILDREN)
            found["cpu_seconds"] = usage.ru_utime + usage.ru_stime
        elif match := re.search(r"rendered in ([\d.]+) s", line):
            found["rendering_seconds"] = float(match[1])

    build(ROOT, report)
    return found


if __name__ == "__main__":
    print(json.dumps(_observe_build()))
