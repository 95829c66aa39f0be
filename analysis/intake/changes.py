"""Changes of several files of a data folder, all or none: made in a copy first, which the check must find as sound as the folder is now."""

import contextlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from analysis.corpus.errors import DataError, Problem
from analysis.stylometry.syllables import ACCEPT_GUESSES
from analysis.validation.validate import data_problems

Changes = Mapping[str, str | None]  # the new content of files, by their names in the folder; None where a file goes


def apply_changes(data: Path, changes: Changes, file: str) -> None:
    """Write `changes` into the data folder, where `check` then finds nothing wrong that is not wrong now, but syllables yet to be accepted.

    Raises DataError otherwise, with each new Problem told as one of `file`, from which the changes come; and OSError where something cannot
    be written. In both cases every file is as it was.
    """
    if problems := [problem for problem in new_problems(data, changes) if problem.remedy != ACCEPT_GUESSES]:
        raise DataError([problem._replace(file=file, row=None, message=f"would put into {told(problem)}") for problem in problems])
    write_all(data, changes)


def told(problem: Problem) -> str:
    """The file and the message of a Problem in a table that is not written, whose rows nobody can look up."""
    return f"{problem.file}: {problem.message}"


def new_problems(data: Path, changes: Changes) -> list[Problem]:
    """The Problems that a data folder would have after `changes` and has not now; the numbers of their rows are those after the changes."""
    if strange := [name for name in changes if not _within(name)]:
        return [Problem(name, None, None, "is no file of the data folder", "use ids of letters and digits") for name in strange]
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(beside) / data.resolve().name  # messages name the folder
        shutil.copytree(data, copy)
        write_all(copy, changes)
        after = data_problems(copy)
    before = Counter(map(_fault, data_problems(data) if after else ()))
    new = []
    for problem in after:
        before[_fault(problem)] -= 1
        new += [problem] if before[_fault(problem)] < 0 else []
    return new


def _within(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and "\0" not in name


def _fault(problem: Problem) -> tuple[str, str | None, str]:
    """What stays of a Problem when its row moves, and when the values that its remedy lists become more."""
    return problem.file, problem.column, problem.message


def write_all(data: Path, changes: Changes) -> None:
    """Write `changes` into a folder: all beside their places first, then moved there; a failure undoes all."""
    mark, moved = f".{os.getpid()}", list[str]()
    try:
        for name, content in changes.items():
            place = data / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                shutil.copy2(place, _beside(place, f"{mark}.old"))
            if content is not None:
                _beside(place, mark).write_bytes(content.encode())
        for name, content in changes.items():
            moved.append(name)
            if content is None:
                (data / name).unlink(missing_ok=True)
            else:
                os.replace(_beside(data / name, mark), data / name)
    except BaseException:
        for name in moved:
            _put_back(data / name, _beside(data / name, f"{mark}.old"))
        raise
    finally:
        for name in changes:
            for end in (mark, f"{mark}.old"):
                with contextlib.suppress(OSError):
                    _beside(data / name, end).unlink(missing_ok=True)


def _beside(place: Path, end: str) -> Path:
    return place.with_name(f".{place.name}{end}")


def _put_back(place: Path, old: Path) -> None:
    """Make a file what it was: its old content, kept beside it, or none."""
    if old.exists():
        os.replace(old, place)
    else:
        place.unlink(missing_ok=True)
