"""The environment of a build and of its kernels: the same on every machine where it matters for what they make."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import yaml


def environment(root: Path) -> dict[str, str]:
    """The variables of this process, with what has to be fixed for the book in `root`. Raises what reading CITATION.cff raises."""
    build = root / "_build"
    released = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))["date-released"]
    midnight = datetime.fromisoformat(str(released)).replace(tzinfo=UTC)
    return os.environ | {
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),  # for what would write the time of the build
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(build / "matplotlib"),
        "IPYTHONDIR": str(build / "ipython"),
    }


def restart_with_fixed_environment(root: Path) -> None:
    """Begin this program again in the `environment` of the book, unless it runs in it already."""
    try:
        fixed = environment(root)
    except Exception:  # CITATION.cff is at fault, as the command itself will say
        return
    if dict(os.environ) != fixed:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], fixed)
