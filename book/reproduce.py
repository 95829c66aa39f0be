"""The same book every time: the book is built twice in surroundings that differ, and the two are compared byte by byte."""

import os
import shutil
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from book.notebooks import BookError
from book.run import timings
from book.run.execute import Report

NOT_COPIED = shutil.ignore_patterns("_build", ".venv", ".git", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis")
_COMMAND = [sys.executable, "-m", "book", "build"]
_SHOWN = 120  # characters of a line that differs


class Surroundings(NamedTuple):
    """Where and as whom a build runs: a folder below `_build/reproduce`, whether as another user, and variables of the environment."""

    folder: str
    another_user: bool
    variables: dict[str, str]


_BUILDS = (
    Surroundings("one/book", False, {
        "USER": "ada", "LOGNAME": "ada", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1",
    }),
    Surroundings("two/a longer path, with ünusual signs/book", True, {
        "USER": "ömer", "LOGNAME": "ömer", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "COLUMNS": "40",
    }),
)  # fmt: skip


def reproduce(root: Path, report: Report = print) -> int:
    """Build the book in `root` twice, from copies without anything that was made before, and compare the two.

    Each build has its own folder, home, user name, time zone, locale and hash seed; where Linux lets a process become another user in a
    namespace of its own, the second build is one. Returns the number of files compared. Raises BookError where a build fails, and where a
    file differs: the two books then stay in `_build/reproduce`.
    """
    place = root / "_build/reproduce"
    shutil.rmtree(place, ignore_errors=True)
    sites = [_build_copy(root, place, surroundings, report) for surroundings in _BUILDS]
    found = differences(*sites)
    if found:
        found.append(f"Two builds of one book differ. Remedy: find what these places depend on; both are in {place}.")
        raise BookError("\n".join(found))
    n_files = len(_comparable_files(sites[0]))
    shutil.rmtree(place)
    return n_files


def _build_copy(root: Path, place: Path, surroundings: Surroundings, report: Report) -> Path:
    """Copy the book in `root` to its folder below `place` and build it there; returns the folder of the pages."""
    copy = place / surroundings.folder
    shutil.copytree(root, copy, ignore=NOT_COPIED)
    home = copy.parent / "home"
    home.mkdir()
    other = _as_another_user() if surroundings.another_user else []
    report(f"Building in {copy}: user {surroundings.variables['USER']}, {surroundings.variables['TZ']}, {surroundings.variables['LC_ALL']}"
           f"{', another user to the system too' if other else ''}")  # fmt: skip
    kept = {name: os.environ[name] for name in ("PATH", "SSL_CERT_FILE") if name in os.environ}
    given = kept | {"HOME": str(home)} | surroundings.variables
    command, said = [*other, *_COMMAND], []
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=copy, env=given, stdout=pipe, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace") as build:
        for line in build.stdout or ():
            said.append(line.rstrip())
            report(f"  {said[-1]}")
    if build.returncode != 0:
        raise BookError("\n".join([*said[-20:], f"The build in {copy} failed. Remedy: see whether `make book` fails too."]))
    return copy / "_build/html"


def _as_another_user() -> list[str]:
    """The beginning of a command that runs the rest as the user "nobody", where the machine allows that without more rights."""
    command = ["unshare", "--user"]
    return command if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True).returncode == 0 else []


def _comparable_files(site: Path) -> dict[str, Path]:
    """The files of a built book that have to be the same every time: {name: path}."""
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    return {name: path for name, path in found.items() if name != timings.FILE}


def differences(one: Path, other: Path) -> list[str]:
    """What differs between two built books, a line or a few for each file: its name, and how."""
    first, second = _comparable_files(one), _comparable_files(other)
    found = [f"{name}: is in {one if name in first else other} alone" for name in sorted(first.keys() ^ second.keys())]
    for name in sorted(first.keys() & second.keys()):
        a, b = first[name].read_bytes(), second[name].read_bytes()
        if a != b:
            found.append(f"{name}: {_how(a, b)}")
    return found


def _how(a: bytes, b: bytes) -> str:
    """How two contents differ: the first line that does, or for what is not text the sizes and the first byte."""
    try:
        lines = [content.decode("utf-8").splitlines() for content in (a, b)]
    except UnicodeDecodeError:
        return f"{len(a):,} and {len(b):,} bytes, the first that differs is number {_parting(a, b) + 1:,}"
    for number, (x, y) in enumerate(zip_longest(*lines, fillvalue=""), start=1):
        if x != y:
            begin = max(0, _parting(x, y) - _SHOWN // 4)
            return f"line {number} has {x[begin : begin + _SHOWN]!r} in one, {y[begin : begin + _SHOWN]!r} in the other"
    return "the ends of its lines differ"


def _parting(a: str | bytes, b: str | bytes) -> int:
    """The place from which on `a` and `b` differ."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
