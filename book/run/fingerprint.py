"""What was done already: a digest of all that a result rests on, so that only what changed is done again.

Digests are of names and contents, never of times, so nothing that changed can pass for unchanged.
"""

import contextlib
import hashlib
import json
import os
import re
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from analysis.atomic_write import write_atomic
from analysis.display.chapters import title_in
from book.notebooks import ROOT

Recall = Callable[[str, Callable[[], Any]], Any]  # see `remembered`
FINISHED = "_build/work/finished"  # stands where the build that wrote `_build/work` came to its end, and holds the digest of what it made
CODE = (ROOT / "book", ROOT / "analysis")
# Folders, by how their names begin, on which no page rests.
_NOT_READ = ("_build", "tests", ".")
# The way chapters are run, and what all of them may depend on.
_RUNNERS = tuple(Path(__file__).with_name(name) for name in ("execute.py", "environment.py", "sandbox.py"))
_SHARED = ("requirements.txt", "CITATION.cff")
# Results of measuring the code, which only what names this folder reads.
_BENCHMARKS = "benchmarks"
# The module that reads the titles of other chapters.
_TITLES = "analysis.display.chapters"

# A statement that imports; one within a text counts too, which does no harm. (Reading the syntax takes forty times as long.)
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)|import[ \t]+(\w[\w.,\t ]*))", re.MULTILINE)


def fingerprint(files: Mapping[str, Path], *words: object) -> str:
    """The digest of `files`, {name: path}, and of `words`."""
    total = hashlib.sha256(repr(words).encode() if words else b"")
    for name in sorted(files):
        total.update(f"{name}\0".encode() + bytes.fromhex(sha256(files[name])))
    return total.hexdigest()


def sha256(file: Path) -> str:
    """The SHA-256 of a file, as `sha256sum` prints it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def files_in(*parts: Path) -> dict[str, Path]:
    """The files that `parts` are or hold, in folders within them too: {path as text: path}; without what Python compiled."""
    inner = [
        os.path.join(place, name)
        for folder in parts if folder.is_dir()
        for place, _, names in os.walk(folder) if not place.endswith("__pycache__")
        for name in names
    ]  # fmt: skip
    return {path: Path(path) for path in [*inner, *(str(part) for part in parts if part.is_file())]}


def book_parts(root: Path) -> list[Path]:
    """The files and folders at the top of the book in `root` on which its pages may rest."""
    return [part for part in root.iterdir() if not (part.is_dir() and part.name.startswith(_NOT_READ))]


def machine() -> tuple[str, list[str]]:
    """What a result rests on besides files: Python and the installed packages with their versions."""
    packages = {path for kind in ("purelib", "platlib") for path in os.listdir(sysconfig.get_path(kind)) if path.endswith(".dist-info")}
    return sys.version, sorted(packages)


def input_fingerprint(root: Path) -> str:
    """The digest of all that the book in `root` rests on: its files, the code that makes it, printed PDFs, Python and packages."""
    return fingerprint(files_in(*book_parts(root), *CODE, root / "_build/pdf"), machine())


def ground_fingerprint(root: Path) -> str:
    """The digest of what all checks and tables of the book in `root` rest on: data, the code that makes the book, Python and packages."""
    return fingerprint(_from_root(root, files_in(root / "data", *CODE)), machine())


def chapter_fingerprints(root: Path, notebooks: Mapping[str, NotebookNode]) -> dict[str, str]:
    """The digest of all that the outputs of each notebook depend on, from {name: notebook} to {name: digest}.

    These are its code cells with their tags, the modules that they import, directly or through others, the data, the lock, CITATION.cff,
    the way chapters are run, and Python. Results of benchmarks count where a module or a cell names their folder, and the titles of all
    chapters where `analysis.display.chapters` is imported.
    """
    measured = root / "data" / _BENCHMARKS
    data = {name: file for name, file in files_in(root / "data").items() if not file.is_relative_to(measured)}
    shared = fingerprint(_from_root(root, data | files_in(*(root / name for name in _SHARED), *_RUNNERS)), sys.version)
    titles = [
        (name, title_in(cell.source for cell in notebook.cells if cell.cell_type == "markdown")) for name, notebook in notebooks.items()
    ]
    made, find, read, digest = {}, cache(partial(_module_file, root)), cache(_source), cache(sha256)  # many chapters use one module
    for name, notebook in notebooks.items():
        cells = [(cell.source, cell.metadata.get("tags")) for cell in notebook.cells if cell.cell_type == "code"]
        modules = imported_modules(root, [source for source, _ in cells], find, read)
        texts = [*(source for source, _ in cells), *map(read, modules.values())]
        own = _from_root(root, files_in(measured)) if any(_BENCHMARKS in text for text in texts) else {}
        code = [(module, digest(modules[module])) for module in sorted(modules)]
        made[name] = fingerprint(own, shared, cells, code, *(titles if _TITLES in modules else []))
    return made


def _from_root(root: Path, files: Mapping[str, Path]) -> dict[str, Path]:
    """`files` named from the root of the book, so that a copy elsewhere has the same digests."""
    return {name.removeprefix(f"{root}/").removeprefix(f"{ROOT}/"): file for name, file in files.items()}


def _source(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def imported_modules(
    root: Path, sources: Iterable[str], find: Callable[[str], Path | None] | None = None, read: Callable[[Path], str] = _source
) -> dict[str, Path]:
    """The modules of the project that code imports, and all that those import in turn: {name of the module: file}.

    `find` finds the file of a module, if not as `_module_file` does, and `read` reads it.
    """
    find = find or partial(_module_file, root)
    packages = {file.parent.name for base in (root, ROOT) for file in base.glob("*/__init__.py")}
    found: dict[str, Path] = {}
    left = {name for source in sources for name in _imports(source)}
    while left:
        name = left.pop()
        own = name.partition(".")[0] in packages and name not in found
        if own and (file := find(name)):
            found[name] = file
            left |= _imports(read(file))
    return found


@cache
def _imports(source: str) -> frozenset[str]:
    """The dotted names that code may import as modules, with the packages that hold them; relative imports are not in use here."""
    names = []
    for module, members, modules in _IMPORT.findall(source):
        names += [name.split()[0] for name in modules.split(",")] if modules else [module]
        names += [f"{module}.{name}" for name in re.findall(r"\w+", members)]
    return frozenset(name[:end] for name in names for end in [*(at for at, letter in enumerate(name) if letter == "."), len(name)])


def _module_file(root: Path, name: str) -> Path | None:
    """The file of a module in the book's own folder, or in that of this project; None for what others made."""
    path = name.replace(".", "/")
    candidates = (base / f"{path}{end}" for base in (root, ROOT) for end in (".py", "/__init__.py"))
    return next((file for file in candidates if file.is_file()), None)


def record_fingerprint(root: Path, made_from: str) -> None:
    """Note that the book in `_build/html` was made from what has the digest `made_from`; see `input_fingerprint`."""
    write_atomic(root / FINISHED, _book_fingerprint(root, made_from))


def is_fresh(root: Path, made_from: str) -> bool:
    """Whether the book that stands in `_build/html` is the one made from what has the digest `made_from`, with every file as it was."""
    note = root / FINISHED
    return note.is_file() and note.read_bytes() == _book_fingerprint(root, made_from).encode()


def _book_fingerprint(root: Path, made_from: str) -> str:
    return fingerprint(files_in(root / "_build/html"), made_from)


def run_unless_fresh(root: Path, name: str, rests_on: str, act: Callable[[], object], made: Path | None = None) -> None:
    """Do `act`, unless it came to its end before and rested on what has the digest `rests_on`; `made` is the folder that it fills."""
    note = root / "_build/passed" / name

    def now() -> bytes:
        return fingerprint(files_in(made) if made else {}, rests_on).encode()

    if not (note.is_file() and note.read_bytes() == now()):
        note.unlink(missing_ok=True)
        act()
        note.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(note, now())


@contextlib.contextmanager
def remembered(root: Path, name: str) -> Iterator[Recall]:
    """A function of a key and of what computes its value: it computes only where no earlier build did, on the same data, code and packages.

    Values are kept as JSON, in `_build/remembered` under `name`.
    """
    file, rests_on = root / "_build/remembered" / f"{name}.json", ground_fingerprint(root)
    try:
        kept = json.loads(file.read_bytes())
        known = kept["values"] if kept["rests_on"] == rests_on else {}
    except (OSError, ValueError, LookupError, TypeError):  # none, or spoiled
        known = {}
    new: dict[str, Any] = {}

    def recall(key: str, compute: Callable[[], Any]) -> Any:
        if key not in known and key not in new:
            new[key] = compute()
        return known[key] if key in known else new[key]

    yield recall
    if new:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, json.dumps({"rests_on": rests_on, "values": known | new}))
