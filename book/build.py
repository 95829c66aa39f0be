"""The whole way: check the data and the quotations, run the chapters, render strictly, measure what the pages show of the texts, put the
downloads beside them, publish what passed.
"""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from analysis import corpus, tables
from analysis.check import check
from analysis.problems import DataError
from book import fairness, numbers, status
from book.addresses import moved
from book.chapters import ROOT, BookError, documents, settings
from book.citation import load
from book.downloads import offer
from book.execute import environment, execute
from book.quoting import check_quotations
from book.safety import alone, publish, remove
from book.shares import offer_shares
from book.weight import weights

FINISHED = "_build/work/finished"  # stands where the build that wrote `_build/work` came to its end
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
    for read in (settings, documents, load, moved):  # what is wrong with the book's own files is said before any work
        read(root)
    problems = check(root / "data")
    if problems:
        raise DataError(problems)
    report("The data are sound")
    texts = corpus.load_corpus(root / "data")
    check_quotations(texts, root)
    hold_prose(root)
    report("So are quotations, numbers and words of the prose")
    executed = execute(root, report)
    hold_outputs(root, executed)
    made = render(root, report)
    tables.write_tables(texts, made / "tables", excerpts=True)
    status.write(root, executed, made / "status")
    offer_shares(texts, made)
    offer(root, made)
    publish(made, root / "_build/html")
    (root / FINISHED).touch()
    heaviest, weight = next(iter(weights(root / "_build/html").items()))
    report(f"The heaviest page is {heaviest}: {weight:.0f} kB over the wire")
    return root / "_build/html/index.html"


def hold_prose(root):
    """Raise BookError where the authors' words hold a typed number or a loaded word."""
    if found := numbers.faults(root) + fairness.faults(root):
        raise BookError("\n".join(found))


def hold_outputs(root, executed):
    """Raise BookError where a caption or an alternative text that the chapters made holds a loaded word."""
    if found := fairness.output_faults(root, executed):
        raise BookError("\n".join(found))


def render(root, report=print):
    """Render the pages with Jupyter Book, every warning an error; returns the folder that holds them."""
    begin = time.monotonic()
    work, kept = root / "_build/work", (root / FINISHED).exists()
    if kept:
        (root / FINISHED).unlink()
        forget_removed_pages(root, work)
    else:
        remove(work)  # Sphinx notes first which pages are fresh and then writes them: who stopped it made the notes untrue
    report(f"Rendering {len(documents(root))} pages")
    run = subprocess.run(
        [str(Path(sys.prefix) / "bin/jupyter-book"), "build", str(root), "--path-output", str(work), "-W", "-n", "--keep-going", "-q"],
        capture_output=True, text=True, cwd=root, close_fds=False,  # it inherits the lock of `alone`
        env=environment(root),
    )  # fmt: skip
    if run.returncode != 0:
        shutil.rmtree(work, ignore_errors=True)
        fault = failure(root, run)
        if kept and isinstance(fault, BookError) and "WARNING" not in str(fault):  # no page is at fault: what was kept may be spoiled
            return render(root, report)
        raise fault
    report(f"  rendered in {time.monotonic() - begin:.1f} s")
    return work / "_build/html"


def forget_removed_pages(root, work):
    """Begin anew in the folder `work` where it holds a page that the book has no more: Sphinx would keep it."""
    kept = {f"{name}.html" for name in documents(root)} | {row["old"] for row in moved(root)}
    made = work / "_build/html"
    if any(page.relative_to(made).as_posix() not in kept for page in made.glob("chapters/*.html")):
        shutil.rmtree(work)


def failure(root, run):
    """What made Jupyter Book fail, as an error to raise: the machine, whoever stopped it, or the pages."""
    refused = [code for code in map(int, MACHINE.findall(run.stderr)) if code in REFUSED]
    if refused:
        return OSError(refused[0], os.strerror(refused[0]), str(root / "_build/work"))
    if run.returncode < 0:
        return BookError(f"rendering was killed ({signal.Signals(-run.returncode).name}). Remedy: free some memory, and run it again.")
    return BookError(complaints(root, run.stderr) or run.stdout + run.stderr)


def complaints(root, printed):
    """What Sphinx complained about, with paths from the root and places as chapter, cell and line."""
    lines = [line for line in COLOUR.sub("", printed).splitlines() if re.search(r"WARNING|ERROR|[Ee]rror|\.ipynb, cell", line)]
    lines = [OWN_ERROR.sub("", line.replace(f"{root}/", "")) for line in dict.fromkeys(lines) if not NOISE.search(line)]
    return "\n".join(PLACE.sub(spoken_place, line) for line in dict.fromkeys(lines))


def spoken_place(match):
    cell, line = divmod(int(match[2]), 10_000)
    return f"{match[1]}, cell {cell}, line {line - 1}" if cell else match[0]
