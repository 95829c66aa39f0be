"""The address of the page for coding, the same at each start, so that a window that was left open goes on: its port and its token."""

import hashlib
import hmac
import os
import secrets
import zlib
from pathlib import Path

from analysis.intake.coding_draft import DRAFT_FOLDER, Reading

_SECRET, _LENGTH = "secret", 32

_PORTS = range(20_000, 30_000)  # below those that systems give to whoever asks for a free one


def port_of(data: Path, reading: Reading) -> int:
    """The port of a reading of a study in this place; two readings seldom share one."""
    return _PORTS[zlib.crc32(f"{data.resolve()}/{reading.file}".encode()) % len(_PORTS)]


def token_of(data: Path, reading: Reading) -> str:
    """What whoever asks for the page must know: another word for each reading, so that no window reaches the rows of another."""
    return hmac.new(_secret(data.resolve().parent / DRAFT_FOLDER), reading.file.encode(), hashlib.sha256).hexdigest()


def _secret(folder: Path) -> bytes:
    """The secret of a folder, which its owner alone can read; made where there is none, and for this once where it cannot be kept."""
    path, made = folder / _SECRET, secrets.token_bytes(_LENGTH)
    try:
        folder.mkdir(exist_ok=True)
        if path.exists() and len(held := path.read_bytes()) == _LENGTH and not path.stat().st_mode & 0o077:
            return held
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
    except FileExistsError:  # another server made one just now
        return path.read_bytes()
    except OSError:
        pass
    return made
