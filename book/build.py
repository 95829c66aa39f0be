"""The whole way: check the data and the quotations, run the chapters, render strictly, measure what the pages show of the texts, put the
downloads beside them, publish what passed.
"""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from analysis import corpus, tables
from analysis.check import check
from analysis.problems import DataError
from book import status
from book.addresses import moved
from book.chapters import ROOT, BookError, documents
from book.downloads import offer
from book.execute import environment, execute
from book.quoting import check_quotations
from book.shares import offer_shares
from book.weight import weights

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# MyST-NB gives a place in a notebook as one number: the cell times 10,000, plus the line within it, plus 1.
PLACE = re.compile(r"(\S+\.ipynb):(\d+)")


def build(root=ROOT, report=print):
    """Build the book in `root` into `_build/html`, and return the path of its first page.

    The book that stood there is replaced only by one that passed. Raises DataError or BookError, saying what is wrong.
    """
    root = Path(root).resolve()
    problems = check(root / "data")
    if problems:
        raise DataError(problems)
    texts = corpus.load_corpus(root / "data")
    check_quotations(texts, root)
    report("The data are sound, and so are the quotations")
    executed = execute(root, report)
    made = render(root, report)
    tables.write_tables(texts, made / "tables", excerpts=True)
    status.write(root, executed, made / "status")
    offer_shares(texts, made)
    offer(root, made)
    publish(made, root / "_build/html")
    heaviest, weight = next(iter(weights(root / "_build/html").items()))
    report(f"The heaviest page is {heaviest}: {weight:.0f} kB over the wire")
    return root / "_build/html/index.html"


def render(root, report=print):
    """Render the pages with Jupyter Book, every warning an error; returns the folder that holds them."""
    begin = time.monotonic()
    work = root / "_build/work"
    forget_removed_pages(root, work)
    report(f"Rendering {len(documents(root))} pages")
    run = subprocess.run(
        [str(Path(sys.prefix) / "bin/jupyter-book"), "build", str(root), "--path-output", str(work), "-W", "-n", "--keep-going", "-q"],
        capture_output=True, text=True, cwd=root,
        env=environment(root),
    )  # fmt: skip
    if run.returncode != 0:
        shutil.rmtree(work, ignore_errors=True)
        raise BookError(complaints(root, run.stderr) or run.stdout + run.stderr)
    report(f"  rendered in {time.monotonic() - begin:.1f} s")
    return work / "_build/html"


def forget_removed_pages(root, work):
    """Begin anew in the folder `work` where it holds a page that the book has no more: Sphinx would keep it."""
    kept = {f"{name}.html" for name in documents(root)} | {row["old"] for row in moved(root)}
    made = work / "_build/html"
    if any(page.relative_to(made).as_posix() not in kept for page in made.glob("chapters/*.html")):
        shutil.rmtree(work)


def complaints(root, printed):
    """What Sphinx complained about, with paths from the root and places as chapter, cell and line."""
    lines = [line for line in COLOUR.sub("", printed).splitlines() if re.search(r"WARNING|ERROR|[Ee]rror|\.ipynb, cell", line)]
    return "\n".join(PLACE.sub(spoken_place, line.replace(f"{root}/", "")) for line in dict.fromkeys(lines))


def spoken_place(match):
    cell, line = divmod(int(match[2]), 10_000)
    return f"{match[1]}, cell {cell}, line {line - 1}" if cell else match[0]


def publish(made, place):
    """Let a copy of the folder `made`, without Sphinx's notes on the build, take the place of the folder `place`, by renaming."""
    new, old = place.with_name(f"{place.name}.new"), place.with_name(f"{place.name}.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(made, new, ignore=shutil.ignore_patterns(".buildinfo*"))
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)
