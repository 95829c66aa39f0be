"""Run the chapters side by side, each in a fresh kernel; run again whatever is stale, and only that.

The outputs of a chapter are kept in `_build/executed/<name>.ipynb` with the digest of all that they depend on
(`fingerprint.chapter_fingerprints`). Beside the digest stands how the run was, as `run`: the seconds it took, the seconds until its kernel
answered, the seconds of processor time that the kernel took, and the versions of PACKAGES that it saw.
"""

import asyncio
import atexit
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from analysis.atomic_write import write_atomic
from book.notebooks import ROOT, BookError, cell_location, code_cells, notebook_names, read_notebook
from book.run.environment import environment
from book.run.fingerprint import chapter_fingerprints
from book.run.kernels import use_prepared_kernel

Report = Callable[[str], object]

EXECUTED = "_build/executed"
PACKAGES = [
    "pandas", "numpy", "matplotlib", "textstat", "krippendorff", "edtf",
    "nbclient", "ipykernel", "jupyter-book", "myst-nb", "sphinx", "sphinx-book-theme",
]  # fmt: skip
_VERSIONS = f"__import__('json').dumps({{name: __import__('importlib.metadata').metadata.version(name) for name in {PACKAGES}}})"
_TIMEOUT = 120  # seconds for a cell
_STARTUP_SECONDS = 60  # for a kernel, at least
_MAX_OUTPUT_BYTES = 20_000_000  # of a cell
# The project need not be installed: its folder comes first where the kernel looks for modules.
_KERNEL = "import sys; sys.path[:1] = {paths!r}; from ipykernel.kernelapp import launch_new_instance; launch_new_instance()"


def execute(root: Path, report: Report = print, timeout: int = _TIMEOUT, jobs: int | None = None) -> dict[str, NotebookNode]:
    """Bring the outputs of all notebooks of the book in `root` up to date.

    `jobs` kernels run at a time, one more than there are processors unless given, since each waits a while at its start.
    `report` receives a line when a chapter begins and one when it has run. Returns {name: executed notebook}. Raises BookError with one
    line for each chapter that failed, naming the chapter and the cell; the chapters that ran well are kept.
    """
    root = root.resolve()
    chapters = {name: read_notebook(root, name) for name in notebook_names(root)}
    digests = chapter_fingerprints(root, chapters)
    stale = {name: chapter for name, chapter in chapters.items() if cached_fingerprint(root, name) != digests[name]}
    if stale:
        for compiled in [*root.glob("analysis/**/__pycache__"), *root.glob("batch/**/__pycache__")]:
            shutil.rmtree(compiled, ignore_errors=True)  # Python trusts a compiled file whose source changed within the same second
        with asyncio.Runner(loop_factory=_loop) as runner:
            runner.run(_run_all(root, stale, digests, report, timeout, jobs or (os.cpu_count() or 1) + 1))
    return {name: read_notebook(root / EXECUTED, name) for name in chapters}


def cached_fingerprint(root: Path, name: str) -> str | None:
    """The digest that the kept outputs of a chapter were made from; None where there are none."""
    try:
        return str(json.loads((root / EXECUTED / f"{name}.ipynb").read_bytes())["metadata"]["digest"])
    except (OSError, ValueError, LookupError, TypeError):  # none, or spoiled
        return None


def _loop() -> asyncio.AbstractEventLoop:
    """An event loop that leaves Ctrl+C to Python. nbclient would take it for one of its kernels, and the other chapters would run on."""

    def refuse(*_arguments: object) -> None:
        raise NotImplementedError  # which nbclient expects of some systems

    made = asyncio.new_event_loop()
    made.add_signal_handler = refuse  # type: ignore[method-assign, assignment]
    return made


async def _run_all(
    root: Path, chapters: Mapping[str, NotebookNode], digests: Mapping[str, str], report: Report, timeout: int, jobs: int
) -> None:
    """Run `chapters` with at most `jobs` kernels at a time and keep the outputs."""
    places, failures, left = asyncio.Semaphore(jobs), [], len(chapters)
    report(f"Running {left} chapter{'s' * (left != 1)}, {min(jobs, left)} at a time")

    async def run_one(name: str, chapter: NotebookNode) -> None:
        nonlocal left
        async with places:
            begin = time.monotonic()
            report(f"  {name}: running")
            try:
                await _Run(root, name, chapter, timeout).run()
                chapter.metadata.run["seconds"] = round(time.monotonic() - begin, 1)
                _cache_outputs(root, name, chapter, digests[name])
                outcome = "ran"
            except BookError as failure:
                failures.append(str(failure))
                outcome = "FAILED"
            left -= 1
            report(f"  {name}: {outcome} in {time.monotonic() - begin:.1f} s, {left} left")

    await asyncio.gather(*(run_one(name, chapter) for name, chapter in chapters.items()))
    if failures:
        raise BookError("\n".join(failures))


class _Run:
    """One chapter in a fresh kernel: its cells in their order; outputs, versions and times are written into the notebook."""

    def __init__(self, root: Path, name: str, chapter: NotebookNode, timeout: int) -> None:
        self.root, self.name, self.chapter, self.timeout = root, name, chapter, timeout
        self.place, self.begin = f"{name}.ipynb", time.monotonic()
        self.client: Any = NotebookClient(
            chapter,
            timeout=timeout,
            startup_timeout=max(timeout, _STARTUP_SECONDS),
            iopub_timeout=timeout,
            raise_on_iopub_timeout=True,  # no outputs are kept without their end
            shutdown_kernel="immediate",
            kernel_name="python3",
            record_timing=False,
            force_raise_errors=True,  # no tag lets a cell fail, or lets it be skipped
            skip_cells_with_tag="",
            resources={"metadata": {"path": str((root / name).parent)}},
            extra_arguments=["--IPKernelApp.extra_extensions=book.run.sandbox", "--HistoryManager.enabled=False"],
            on_notebook_start=self._note_start,
            on_cell_start=self._note_place,
            on_cell_complete=self._note_processor,  # at the end the kernel is gone
        )

    async def run(self) -> None:
        """Run the cells. Raises BookError that names the cell at fault."""
        logs = self.root / EXECUTED / "kernels.log"
        logs.parent.mkdir(parents=True, exist_ok=True)
        try:
            # No ports: a free one may be taken before its use.
            with tempfile.TemporaryDirectory(prefix="kernel-", ignore_cleanup_errors=True) as sockets, open(logs, "ab") as log:
                self._prepare(self.client.create_kernel_manager(), sockets)
                await self.client.async_execute(env=environment(self.root), stdout=log, stderr=log)
        except CellTimeoutError:
            raise self._fault(f"took longer than {self.timeout} s") from None
        except DeadKernelError:
            raise self._fault("the kernel died") from None
        except CellExecutionError as error:
            raise self._fault(f"{error.ename}: {error.evalue}") from None
        except Exception as error:  # a kernel that cannot start or answer
            remedy = "look into _build/executed/kernels.log; `make clean`, then `make book`, makes the environment anew"
            raise self._fault(f"the kernel cannot start or answer ({type(error).__name__}: {error}). Remedy: {remedy}") from None
        finally:
            if self.client.km is None:  # nbclient has ended the kernel, and after a fault would try again, in vain, at the end of the build
                atexit.unregister(self.client._cleanup_kernel)
        _check_outputs(self.name, self.chapter)

    def _prepare(self, manager: Any, sockets: str) -> None:
        """Let the kernel be one of this Python, whatever kernels the user has installed, with this project's modules."""
        manager.kernel_spec_manager.kernel_dirs = []
        command = _KERNEL.format(paths=list(dict.fromkeys([str(self.root), str(ROOT)])))
        manager.kernel_spec.argv = [sys.executable, "-c", command, "-f", "{connection_file}"]
        use_prepared_kernel(manager.kernel_spec)
        manager.transport, manager.connection_file = "ipc", f"{sockets}/kernel.json"

    def _fault(self, what: str) -> BookError:
        return BookError(f"{self.place}: {what}")

    async def _note_start(self, notebook: NotebookNode) -> None:
        begun, kernel = time.monotonic() - self.begin, self.client.kc
        answer = await kernel.execute("", silent=True, user_expressions={"versions": _VERSIONS}, reply=True, timeout=self.timeout)
        await self._hear_end(answer["parent_header"]["msg_id"])
        said = answer["content"]["user_expressions"]["versions"]
        if said["status"] != "ok":
            raise RuntimeError(f"{said['ename']}: {said['evalue']}")
        packages = json.loads(said["data"]["text/plain"].strip("'"))
        notebook.metadata["run"] = {"packages": packages, "start_seconds": round(begun, 2), "cpu_seconds": 0.0}

    async def _hear_end(self, request: str) -> None:
        """Wait for the word that the kernel did what was asked: from then on outputs are heard, and none is lost."""
        heard: dict[str, Any] = {}
        while heard.get("parent_header", {}).get("msg_id") != request or heard["content"].get("execution_state") != "idle":
            heard = await self.client.kc.get_iopub_msg(timeout=self.timeout)

    def _note_place(self, cell: NotebookNode, cell_index: int) -> None:
        self.place = cell_location(self.name, cell_index + 1, cell)

    def _note_processor(self, cell: NotebookNode, cell_index: int) -> None:
        took = psutil.Process(self.client.km.provisioner.process.pid).cpu_times()
        self.chapter.metadata.run["cpu_seconds"] = round(took.user + took.system, 2)


def _check_outputs(name: str, chapter: NotebookNode) -> None:
    """Raise BookError for a cell that put out too much, or wrote to stderr."""
    for number, cell in code_cells(chapter):
        if (size := len(json.dumps(cell.outputs))) > _MAX_OUTPUT_BYTES:
            raise BookError(f"{cell_location(name, number, cell)}: put out {size / 1e6:.0f} MB. Remedy: show less")
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                raise BookError(f"{cell_location(name, number, cell)}: wrote to stderr: {output.text.strip()}")


def _cache_outputs(root: Path, name: str, chapter: NotebookNode, digest: str) -> None:
    """Keep the outputs of a chapter."""
    chapter.metadata["digest"] = digest
    file = root / EXECUTED / f"{name}.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(file, nbformat.writes(chapter) + "\n")
