"""What was done already: digests of all that a result rests on, and what need not be done again because none of it changed.

Digests are of names and contents, never of times, so nothing that changed can pass for unchanged.
"""

import hashlib
import os
import sys
import sysconfig
from pathlib import Path

import analysis
from analysis.files import put

CODE = [Path(__file__).parent.parent, Path(analysis.__file__).parent]
NOT_READ = ("_build", "tests", ".")  # how the folders of a book begin on which no page rests
FINISHED = "_build/work/finished"  # stands where the build that wrote `_build/work` came to its end, and holds the digest of what it made


def digest(files, *words):
    """The digest of `files`, {name: path}, and of `words`."""
    total = hashlib.sha256(repr(words).encode())
    for name in sorted(files):
        total.update(f"{name}\0".encode() + hashlib.sha256(files[name].read_bytes()).digest())
    return total.hexdigest()


def machine():
    """What a result rests on besides files: Python and the installed packages with their versions."""
    packages = {path for kind in ("purelib", "platlib") for path in os.listdir(sysconfig.get_path(kind)) if path.endswith(".dist-info")}
    return sys.version, sorted(packages)


def files(*parts):
    """The files that `parts` are or hold, in folders within them too: {path as text: path}; without what Python compiled."""
    folders = [part for part in parts if part.is_dir()]
    inner = [os.path.join(place, name) for folder in folders for place, _, names in os.walk(folder)
             if not place.endswith("__pycache__") for name in names]  # fmt: skip
    return {str(path): Path(path) for path in [*inner, *(part for part in parts if part.is_file())]}


def inputs(root):
    """The digest of all that the book in `root` rests on: its files, the code that makes it, printed PDFs, Python and packages."""
    own = [part for part in root.iterdir() if not (part.is_dir() and part.name.startswith(NOT_READ))]
    return digest(files(*own, *CODE, root / "_build/pdf"), machine())


def mark(root, made_from):
    """Note that the book in `_build/html` was made from what has the digest `made_from`; see `inputs`."""
    put(root / FINISHED, stamp(root, made_from))


def holds(root, made_from):
    """Whether the book that stands in `_build/html` is the one made from what has the digest `made_from`, with every file as it was."""
    note = root / FINISHED
    return note.is_file() and note.read_bytes() == stamp(root, made_from).encode()


def stamp(root, made_from):
    return digest(files(root / "_build/html"), made_from)


def once(root, name, rests_on, act, made=None):
    """Do `act`, unless it came to its end before and rested on what has the digest `rests_on`; `made` is the folder that it fills."""
    note = root / "_build/passed" / name

    def now():
        return digest(files(made) if made else {}, rests_on).encode()

    if not (note.is_file() and note.read_bytes() == now()):
        note.unlink(missing_ok=True)
        act()
        note.parent.mkdir(parents=True, exist_ok=True)
        put(note, now())
