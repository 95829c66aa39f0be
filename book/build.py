"""The whole way: check the data, run the chapters and check the prose beside them, render strictly, measure what the pages show of the
texts, put the downloads beside them, publish what passed. What did not change is not done again (`book.stamp`).
"""

import contextlib
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analysis.problems import DataError
from book import stamp
from book.addresses import moved
from book.chapters import ROOT, BookError, documents, notebooks, settings
from book.citation import load
from book.execute import GO, WAITING, environment, execute, kept_digest
from book.safety import alone, publish, remove
from book.stamp import FINISHED, once

EXCERPTS = "_build/excerpts"  # the published tables, as the book offers them
START = "import book; from jupyter_book.cli.main import main; main()"  # `book` first: it spares jupyter-book a second
MACHINE = re.compile(r"(?:\[Errno |OSError\()(\d+)")  # how Python words what the system refused
REFUSED = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EIO, errno.EMFILE, errno.ENOMEM}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# What Sphinx and Jupyter Book put around an error, and around the words of an extension's own.
NOISE = re.compile(r"^(?:Extension error|Exception occurred|Please also report| *raise |RuntimeError: *$|There was an error in building)")
OWN_ERROR = re.compile(r"^sphinx\.errors\.ExtensionError: ")
# MyST-NB gives a place in a notebook as one number: the cell times 10,000, plus the line within it, plus 1.
PLACE = re.compile(r"(\S+\.ipynb):(\d+)")


def build(root=ROOT, report=print):
    """Build the book in `root` into `_build/html`, and return the path of its first page.

    The book that stood there is replaced only by one that passed. Raises DataError or BookError, saying what is wrong, and OSError where
    the machine is at fault.
    """
    root = Path(root).resolve()
    with alone(root):
        return make(root, report)


def make(root, report):
    start = time.monotonic()
    for read in (settings, documents, load, moved):  # what is wrong with the book's own files is said before any work
        read(root)
    page, made_from = root / "_build/html/index.html", stamp.inputs(root)
    if stamp.holds(root, made_from):
        report("Nothing changed since the last build: the book is in _build/html")
        return page
    rests_on = stamp.digest(stamp.files(root / "data", *stamp.CODE), stamp.machine())
    with ThreadPoolExecutor(1) as beside, rendering(root) as renderer:
        once(root, "data", rests_on, lambda: hold_data(root))
        report("The data are sound")
        prose = beside.submit(hold_prose, root)  # returns the texts
        begin, before = time.monotonic(), kept_runs(root)
        try:
            executed = execute(root, report)
        finally:
            texts = prose.result()  # its faults come first
        ran = time.monotonic()
        report("So are quotations, numbers and words of the prose")
        hold_outputs(root, executed)
        tables = beside.submit(make_tables, root, texts, rests_on)
        made = render(root, renderer, report)
        rendered = time.monotonic()
        tables.result()
    heaviest, weight = put_together(root, texts, executed, made)
    stamp.mark(root, made_from)
    report(f"The heaviest page is {heaviest}: {weight:.0f} kB over the wire")
    cpu = sum(chapter.metadata.run.cpu_seconds for name, chapter in executed.items() if chapter.metadata.digest != before.get(name))
    report(f"Chapters took {ran - begin:.1f} s ({cpu:.1f} s of processor time), rendering {rendered - ran:.1f} s, "
           f"all else {begin - start + time.monotonic() - rendered:.1f} s")  # fmt: skip
    return page


def kept_runs(root):
    """The digests of what the kept outputs were made from: {name: digest}."""
    return {name: kept_digest(root, name) for name in notebooks(root)}


def put_together(root, texts, executed, made):
    """Put beside the pages in the folder `made` all that is no page, and publish them."""
    from book import status
    from book.downloads import offer
    from book.weight import weights

    shutil.copytree(root / EXCERPTS, made / "tables", dirs_exist_ok=True)
    status.write(root, executed, made / "status")
    offer(root, made)
    publish(made, root / "_build/html")
    return next(iter(weights(root / "_build/html").items()))


# Modules that only a step needs are imported by the step: where it is passed over, their import is spared too.


def hold_data(root):
    """Raise DataError where the data are not what they must be."""
    from analysis.check import check

    if problems := check(root / "data"):
        raise DataError(problems)


def hold_prose(root):
    """The Corpus. Raises BookError where the authors misquote, or where their words hold a typed number or a loaded word."""
    from analysis.corpus import load_corpus
    from book import fairness, numbers
    from book.quoting import check_quotations

    texts = load_corpus(root / "data")
    check_quotations(texts, root)
    if found := numbers.faults(root) + fairness.faults(root):
        raise BookError("\n".join(found))
    return texts


def hold_outputs(root, executed):
    """Raise BookError where a caption or an alternative text of a chapter holds a loaded word, or its prose does not quote a number."""
    from book import fairness
    from book.unquoted import unquoted_numbers

    if found := fairness.output_faults(root, executed) + unquoted_numbers(root, executed):
        raise BookError("\n".join(found))


def make_tables(root, texts, rests_on):
    """Write the published tables."""
    from analysis.tables import write_tables

    def write():
        remove(root / EXCERPTS)
        write_tables(texts, root / EXCERPTS)

    once(root, "tables", rests_on, write, root / EXCERPTS)


@contextlib.contextmanager
def rendering(root):
    """Jupyter Book, every warning an error: it starts beside the chapters, and waits until `render` says that they have run."""
    work = root / "_build/work"
    if (root / FINISHED).exists():
        forget_removed_pages(root, work)
    if not (root / FINISHED).exists():
        remove(work)  # Sphinx notes first which pages are fresh and then writes them: who stopped it made the notes untrue
    process = subprocess.Popen(
        [sys.executable, "-c", START, "build", str(root), "--path-output", str(work), "-W", "-n", "--keep-going", "-q"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root,
        close_fds=False,  # it inherits the lock of `alone`
        env=environment(root) | {WAITING: "yes"},
    )  # fmt: skip
    with process:
        try:
            yield process
        finally:
            process.kill()


def render(root, process, report=print):
    """Let the waiting `process` of `rendering` render the pages; returns the folder that holds them."""
    begin = time.monotonic()
    work, kept = root / "_build/work", (root / FINISHED).exists()
    (root / FINISHED).unlink(missing_ok=True)
    report(f"Rendering {len(documents(root))} pages")
    said, complained = process.communicate(GO)
    if process.returncode != 0:
        shutil.rmtree(work, ignore_errors=True)
        fault = failure(root, process.returncode, said, complained)
        if kept and isinstance(fault, BookError) and "WARNING" not in str(fault):  # no page is at fault: what was kept may be spoiled
            with rendering(root) as anew:
                return render(root, anew, report)
        raise fault
    report(f"  rendered in {time.monotonic() - begin:.1f} s")
    return work / "_build/html"


def forget_removed_pages(root, work):
    """Begin anew in the folder `work` where it holds a page that the book has no more: Sphinx would keep it."""
    kept = {f"{name}.html" for name in documents(root)} | {row["old"] for row in moved(root)}
    made = work / "_build/html"
    if any(page.relative_to(made).as_posix() not in kept for page in made.glob("chapters/*.html")):
        shutil.rmtree(work)


def failure(root, code, said, complained):
    """What made Jupyter Book fail, as an error to raise: the machine, whoever stopped it, or the pages."""
    refused = [code for code in map(int, MACHINE.findall(complained)) if code in REFUSED]
    if refused:
        return OSError(refused[0], os.strerror(refused[0]), str(root / "_build/work"))
    if code < 0:
        return BookError(f"rendering was killed ({signal.Signals(-code).name}). Remedy: free some memory, and run it again.")
    return BookError(complaints(root, complained) or said + complained)


def complaints(root, printed):
    """What Sphinx complained about, with paths from the root and places as chapter, cell and line."""
    lines = [line for line in COLOUR.sub("", printed).splitlines() if re.search(r"WARNING|ERROR|[Ee]rror|\.ipynb, cell", line)]
    lines = [OWN_ERROR.sub("", line.replace(f"{root}/", "")) for line in dict.fromkeys(lines) if not NOISE.search(line)]
    return "\n".join(PLACE.sub(spoken_place, line) for line in dict.fromkeys(lines))


def spoken_place(match):
    cell, line = divmod(int(match[2]), 10_000)
    return f"{match[1]}, cell {cell}, line {line - 1}" if cell else match[0]
