"""One build at a time, the swap of the old book for the new, and what a killed build left half done."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from book.notebooks import BookError

# What a killed run leaves: files that were not moved to their place yet, and the lock of a kernel on the list of fonts, for which the next
# would wait in vain.
_LEFTOVERS = ("executed/**/.*.[0-9]*", "tables/.*.[0-9]*", "passed/.*.[0-9]*", "html/.*.[0-9]*", "matplotlib/*.matplotlib-lock")


@contextlib.contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """Keep every other build of the book in `root` out while the block runs, and first mend what a killed one left.

    Raises BookError where another build runs, OSError where `_build` cannot be written to.
    """
    build = root / "_build"
    build.mkdir(exist_ok=True)
    try:
        with FileLock(build / "lock", blocking=False):
            _restore(build / "html")
            for leftover in [path for pattern in _LEFTOVERS for path in build.glob(pattern)]:
                leftover.unlink()
            yield
    except Timeout:
        raise BookError("another build is running here. Remedy: wait for it to end, or stop it.") from None


def publish(made: Path, place: Path) -> None:
    """Let a copy of the folder `made`, without Sphinx's notes on the build, take the place of the folder `place`, by renaming.

    Files that are the same in `place` are the very same afterwards, by a link: most are, and nothing of them is written.
    """
    new, old = _staging_paths(place)

    def _bring(source: str, target: str) -> None:
        stands = place / Path(source).relative_to(made)
        with contextlib.suppress(OSError):  # there is no such file, or this disk has no links
            if stands.read_bytes() == Path(source).read_bytes():
                return os.link(stands, target)
        shutil.copyfile(source, target)

    _restore(place)
    try:
        for leftover in (new, old):
            remove(leftover)
        shutil.copytree(made, new, ignore=shutil.ignore_patterns(".buildinfo*"), copy_function=_bring)
        if place.exists():
            place.rename(old)
        new.rename(place)
    finally:
        _restore(place)
        for leftover in (new, old):
            with contextlib.suppress(OSError):  # the next run removes it
                remove(leftover)


def _restore(place: Path) -> None:
    """Bring the folder `place` back where a run was stopped between the two renames of `publish`."""
    _, old = _staging_paths(place)
    if old.exists() and not place.exists():
        old.rename(place)


def _staging_paths(place: Path) -> tuple[Path, Path]:
    """Where `publish` makes the new folder, and where it puts the old one."""
    return place.with_name(f"{place.name}.new"), place.with_name(f"{place.name}.old")


def remove(path: Path) -> None:
    """Remove what stands at `path`, folder or file, if anything does."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
