"""The living process behind `make watch`: it has imported what builds and chapters need, and each build is a fork of it.

A fork makes ready what rests on no page (`book.pipeline.build_prepared`), then waits for a change of pages, so little is left to do.
"""

import contextlib
import gc
import importlib
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from book.notebooks import ROOT, BookError
from book.run.kernels import prepare_kernel

# Builds the book in a folder: calls its second argument before it looks at any page, its third when the pages are published; returns the
# fault in words, "" where there is none, AGAIN where what it made ready is not what it should begin with.
Build = Callable[[Path, Callable[[], object], Callable[[], object]], str]
AGAIN = "again"
_MODULES = (
    "book.pipeline", "book.pages.extension", "book.lint.sources", "book.export.downloads",
    "jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme", "sphinxcontrib.bibtex",
    "sphinx.ext.autodoc", "sphinx.ext.viewcode", "ipykernel.kernelapp", "ipykernel.zmqshell", "nbclient", "book.run.sandbox",
)  # fmt: skip


class Ended(BookError):
    """The living process is no more."""


@contextlib.contextmanager
def living(root: Path, build: Build) -> Iterator[Callable[[], str]]:
    """While the block runs, a function that lets `build` build the book in `root`; it returns when the pages are published.

    What it returns is the fault in words, "" where there is none. It raises Ended where the living process was killed. This process must
    have one thread only: the living one is a fork of it.
    """
    here, there = multiprocessing.Pipe()
    process = os.fork()
    if process == 0:
        here.close()
        _live(root, build, there)
    there.close()

    def build_now() -> str:
        answer = AGAIN
        while answer == AGAIN:
            try:
                here.send(None)
                answer = here.recv()
            except (EOFError, OSError):
                raise Ended("the process that builds ended. Remedy: see what it said; the next change begins a new one.") from None
        return answer

    try:
        yield build_now
    finally:
        here.close()  # which ends it, and the build that stands ready
        os.waitpid(process, 0)


def _live(root: Path, build: Build, orders: Connection) -> None:
    """Fork one build after another, until nobody gives orders any more; never return."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_DFL)  # who stops the watching stops this without a word: the book that stands is whole
    status = 0
    try:
        import_all()
        gc.freeze()  # what is there is not looked at again, and stays shared
        while not status:
            process = os.fork()
            if process == 0:
                _build_once(root, build, orders)
                os._exit(0)
            _, status = os.waitpid(process, 0)
    except Exception as error:
        while _is_asked(orders):
            orders.send("".join(traceback.format_exception(error)))
    finally:
        os._exit(1)


def import_all() -> None:
    """Import what a build needs, and what chapters may: all of `analysis` and `batch` but programs."""
    files = [file.relative_to(ROOT).with_suffix("") for package in ("analysis", "batch") for file in sorted((ROOT / package).rglob("*.py"))]
    for name in [*_MODULES, *(".".join(file.parts) for file in files if "__" not in file.name and "benchmarks" not in file.parts)]:
        importlib.import_module(name)


def _is_asked(orders: Connection) -> bool:
    """Wait for an order; whether one came."""
    try:
        orders.recv()
    except EOFError:
        return False
    return True


def _build_once(root: Path, build: Build, orders: Connection) -> None:
    """Build when it is asked for, and answer with the fault in words."""
    asked = published = False

    def wait() -> None:
        nonlocal asked
        if not _is_asked(orders):
            os._exit(1)
        asked = True

    def tell() -> None:
        nonlocal published
        published = True
        orders.send("")

    prepare_kernel()
    fault = build(root, wait, tell)
    if not asked:  # a fault met while nobody asked may be mended when somebody does
        fault = fault if orders.poll() else AGAIN
        wait()
    if not published:
        orders.send(fault)
    elif fault:  # of the downloads
        print(fault, file=sys.stderr, flush=True)
