"""Writing a file all at once: whoever is killed, or runs out of room, leaves the old one whole."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def write_atomic(path: Path | str, content: str | bytes) -> None:
    """Write `content`, text (in UTF-8) or bytes, beside `path`, and move it there. Raises OSError that names `path`."""
    with atomic_path(path) as beside:
        try:
            beside.write_bytes(content.encode() if isinstance(content, str) else content)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from None


@contextlib.contextmanager
def atomic_path(path: Path | str) -> Iterator[Path]:
    """A path beside `path` to write a file at, which is moved to `path` at the end. Raises OSError that names `path`."""
    path = Path(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        try:
            os.replace(beside, path)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        with contextlib.suppress(OSError):  # there is none after the move, and a full or closed disk said so above
            beside.unlink()
