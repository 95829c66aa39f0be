"""The whole way from sources to site: check the data, run the chapters and lint the prose, render strictly, put downloads beside the pages,
publish what passed. What did not change is not done again (`book.run.fingerprint`).
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import shutil
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.atomic_write import write_atomic
from analysis.corpus.errors import DataError
from analysis.display.published_tables import write_tables
from book.run.fingerprint import (
    CODE,
    FINISHED,
    files_in,
    fingerprint,
    input_fingerprint,
    is_fresh,
    machine,
    record_fingerprint,
    run_unless_fresh,
)
from book.run.lock import build_lock, publish, remove

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from book.pages.context import BookContext
    from book.run.execute import Report

_WORK = "_build/work"  # where Sphinx renders
_TABLES = "_build/tables"  # the published tables
_RENDERERS = ("jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme", "sphinxcontrib.bibtex", "sphinx.ext.autodoc")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# MyST-NB gives a place in a notebook as one number: the cell times 10,000, plus the line within it, plus 1.
_PLACE = re.compile(r"(\S+\.ipynb):(\d+)")


def build(root: Path, report: Report = print) -> Path:
    """Build the book in `root` into `_build/html`, and return the path of its first page.

    The book that stood there is replaced only by one that passed. Raises DataError or BookError, saying what is wrong, and OSError where
    the machine is at fault.
    """
    root = root.resolve()
    page = root / "_build/html/index.html"
    with build_lock(root):
        made_from = input_fingerprint(root)
        if is_fresh(root, made_from):
            report("Nothing changed since the last build: the book is in _build/html")
        else:
            _run_pipeline(root, report)
            record_fingerprint(root, made_from)
    return page


# Modules that only a step needs are imported by the step: where it is passed over, their import is spared too.


def _run_pipeline(root: Path, report: Report) -> None:
    from book.citation import load_edition
    from book.notebooks import notebook_names, page_names, read_config
    from book.pages.context import BookContext
    from book.pages.redirects import read_redirects
    from book.run.execute import cached_fingerprint

    start = time.monotonic()
    for read in (read_config, page_names, load_edition, read_redirects):  # what is wrong with these files is said before any work
        read(root)
    rests_on = fingerprint(files_in(root / "data", *CODE), machine())
    with ThreadPoolExecutor(1) as beside:  # what has to be done anyway is done while kernels run
        run_unless_fresh(root, "data", rests_on, lambda: validate_data(root))
        report("The data are sound")
        before = {name: cached_fingerprint(root, name) for name in notebook_names(root)}
        book = BookContext(root)
        prose = beside.submit(lint_prose, book)
        ready = beside.submit(_import_renderers)
        begin = time.monotonic()
        book.executed = _execute_beside(root, prose, report)
        ran = time.monotonic()
        lint_outputs(book)
        ready.result()
        report("So are quotations, numbers and words of the prose")
        made = render(book, report)
        rendered = time.monotonic()
        run_unless_fresh(root, "tables", rests_on, lambda: publish_tables(book), root / _TABLES)
    assemble_site(book, made)
    cpu = sum(chapter.metadata.run.cpu_seconds for name, chapter in book.executed.items() if chapter.metadata.digest != before[name])
    report(
        f"Chapters took {ran - begin:.1f} s ({cpu:.1f} s of processor time), rendering {rendered - ran:.1f} s, "
        f"all else {begin - start + time.monotonic() - rendered:.1f} s"
    )


def _execute_beside(root: Path, prose: Future[None], report: Report) -> dict[str, NotebookNode]:
    """Run the chapters while the prose is held against what it must be; the faults of the prose come first."""
    from book.run.execute import execute

    try:
        return execute(root, report)
    finally:
        prose.result()


def validate_data(root: Path) -> None:
    """Raise DataError where the data are not what they must be."""
    from analysis.validation.validate import data_problems

    if problems := data_problems(root / "data"):
        raise DataError(problems)


def lint_prose(book: BookContext) -> None:
    """Raise BookError where the authors misquote, or where their words hold a typed number or a loaded word."""
    from book.lint.sources import prose_faults
    from book.notebooks import BookError

    if found := prose_faults(book.texts, book.root):
        raise BookError("\n".join(found))


def lint_outputs(book: BookContext) -> None:
    """Raise BookError where a caption or an alternative text of a chapter holds a loaded word, or its prose does not quote a number."""
    from book.lint.loaded_terms import loaded_terms_of_outputs
    from book.lint.typed_numbers import unquoted_numbers
    from book.notebooks import BookError

    if found := loaded_terms_of_outputs(book.root, book.executed) + unquoted_numbers(book.root, book.executed):
        raise BookError("\n".join(found))


def publish_tables(book: BookContext) -> None:
    """Write the published tables."""

    remove(book.root / _TABLES)
    write_tables(book.texts, book.root / _TABLES)


def _import_renderers() -> None:
    """Import what renders the pages: two seconds that pass while kernels run."""
    for name in _RENDERERS:
        importlib.import_module(name)


def render(book: BookContext, report: Report = print) -> Path:
    """Render the pages with Jupyter Book, every warning an error; returns the folder that holds them.

    Raises BookError with what Sphinx said, and OSError where the machine refused something.
    """
    from jupyter_book.sphinx import build_sphinx

    from book.notebooks import BookError, page_names
    from book.pages.context import hand_over

    begin, root = time.monotonic(), book.root
    work = root / _WORK
    _forget_removed_pages(root, work)
    if not (root / FINISHED).exists():
        remove(work)  # Sphinx notes first which pages are fresh and then writes them: who stopped it made the notes untrue
    (root / FINISHED).unlink(missing_ok=True)
    report(f"Rendering {len(page_names(root))} pages")
    said = io.StringIO()
    settings = {"nitpicky": True, "external_toc_path": str(root / "_toc.yml"), "latex_individualpages": False}
    strict = {"warningiserror": True, "keep_going": True, "quiet": True}
    with hand_over(book), contextlib.redirect_stderr(said), contextlib.chdir(root):
        result = build_sphinx(root, work / "html", noconfig=True, path_config=root / "_config.yml", confoverrides=settings, **strict)
    if result != 0:
        shutil.rmtree(work, ignore_errors=True)
        if isinstance(result, KeyboardInterrupt):
            raise result
        if isinstance(result, OSError) and result.errno:
            raise OSError(result.errno, os.strerror(result.errno), result.filename or str(work))
        raise BookError(_as_read(root, said.getvalue()))
    report(f"  rendered in {time.monotonic() - begin:.1f} s")
    return work / "html"


def _forget_removed_pages(root: Path, work: Path) -> None:
    """Begin anew in the folder `work` where it holds a page that the book has no more: Sphinx would keep it."""
    from book.notebooks import page_names
    from book.pages.redirects import read_redirects

    kept = {f"{name}.html" for name in page_names(root)} | {row["old"] for row in read_redirects(root)}
    if any(page.relative_to(work / "html").as_posix() not in kept for page in work.glob("html/chapters/*.html")):
        remove(root / FINISHED)


def _as_read(root: Path, said: str) -> str:
    """What Sphinx said, with paths from the root and places as chapter, cell and line."""
    return _PLACE.sub(_format_location, _COLOUR.sub("", said).replace(f"{root}/", "")).strip()


def _format_location(match: re.Match[str]) -> str:
    cell, line = divmod(int(match[2]), 10_000)
    return f"{match[1]}, cell {cell}, line {line - 1}" if cell else match[0]


def assemble_site(book: BookContext, made: Path) -> None:
    """Put beside the pages in the folder `made` all that is no page, hold the pages against the texts, and publish them."""
    from book.export.downloads import publish_downloads
    from book.lint.quotations import check_long_runs
    from book.pages.build_info import checksums
    from book.run import timings

    root = book.root
    check_long_runs(book.texts, made)
    shutil.copytree(root / _TABLES, made / "tables", dirs_exist_ok=True)
    (made / timings.FILE).parent.mkdir(exist_ok=True)
    write_atomic(made / timings.FILE, timings.timings(book.executed))
    write_atomic(made / "status/data.sha256", checksums(root))
    publish_downloads(root, made)
    publish(made, root / "_build/html")
