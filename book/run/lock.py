"""One build at a time, and what the one before left half done.

A lock on `_build/lock` keeps a second build out; the kernel of the system lets go of it when its holder ends, however that ends. A
program that a build starts may inherit it, so that none still writes when the next build begins.
"""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path

from book.notebooks import BookError

# What a killed run leaves: files that `analysis.files.put` had not moved yet, and the lock of a kernel on the list of fonts, for which
# the next would wait in vain.
LEFTOVERS = ("executed/**/.*.[0-9]*", "excerpts/.*.[0-9]*", "passed/.*.[0-9]*", "html/.*.[0-9]*", "matplotlib/*.matplotlib-lock")


@contextlib.contextmanager
def alone(root):
    """Keep every other build of the book in `root` out while the block runs, and first mend what a killed one left.

    Raises BookError where another build runs, OSError where `_build` cannot be written to.
    """
    build = Path(root) / "_build"
    build.mkdir(exist_ok=True)
    with open(build / "lock", "a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            said = f"another build is running here (begun by process {lock.read()})"
            raise BookError(f"{said}. Remedy: wait for it to end, or stop it.") from None
        restore(build / "html")
        for leftover in [path for pattern in LEFTOVERS for path in build.glob(pattern)]:
            leftover.unlink()
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        os.set_inheritable(lock.fileno(), True)
        yield


def publish(made, place):
    """Let a copy of the folder `made`, without Sphinx's notes on the build, take the place of the folder `place`, by renaming."""
    new, old = beside(place)
    restore(place)
    try:
        for leftover in (new, old):
            remove(leftover)
        shutil.copytree(made, new, ignore=shutil.ignore_patterns(".buildinfo*"))
        if place.exists():
            place.rename(old)
        new.rename(place)
    finally:
        restore(place)
        for leftover in (new, old):
            with contextlib.suppress(OSError):  # the next run removes it
                remove(leftover)


def restore(place):
    """Bring the folder `place` back where a run was stopped between the two renames of `publish`."""
    _, old = beside(place)
    if old.exists() and not place.exists():
        old.rename(place)


def beside(place):
    """Where `publish` makes the new folder, and where it puts the old one."""
    return place.with_name(f"{place.name}.new"), place.with_name(f"{place.name}.old")


def remove(path):
    """Remove what stands at `path`, folder or file, if anything does."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
