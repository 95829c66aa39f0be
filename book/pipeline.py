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
from book.notebooks import BookError, page_names
from book.run.fingerprint import (
    FINISHED,
    ground_fingerprint,
    input_fingerprint,
    is_fresh,
    record_fingerprint,
    remembered,
    run_unless_fresh,
)
from book.run.lock import build_lock, publish, remove

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    from book.pages.context import BookContext
    from book.run.execute import Report

_SITE = "_build/html"
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
    site = root / _SITE
    with build_lock(root):
        made_from = input_fingerprint(root)
        if is_fresh(root, made_from):
            report("Nothing changed since the last build: the book is in _build/html")
        else:
            from book.pages.context import BookContext

            book = BookContext(root)
            run_chapters(book, report)
            clear_work(root)
            made = render(book, report)
            assemble_site(book, made)
            complete_site(book, made)
            publish(made, site)
            record_fingerprint(root, made_from)
    return site / "index.html"


def build_prepared(root: Path, wait: Callable[[], object], published: Callable[[], object], report: Report = print) -> None:
    """Make ready all that rests on no page, let `wait()` wait for a change of pages, and build as `build` does, but for the order:
    `published()` is called as soon as the pages have taken their place, and what rests on all of them follows.

    Raises what `build` raises, and `Outdated` where another build ran meanwhile.
    """
    from book.lint.prose import page_paragraphs
    from book.lint.quotations import runs_of
    from book.pages.context import BookContext

    root = root.resolve()
    site, book, made_from = root / _SITE, BookContext(root), ""
    with build_lock(root):
        clear_work(root)
        before = _finished(root)
    _import_renderers()
    _ = book.coded, book.data_version, runs_of(book.texts), [page_paragraphs(root, name) for name in page_names(root)]
    with contextlib.ExitStack() as locked:

        def begin() -> None:
            nonlocal made_from
            wait()
            locked.enter_context(build_lock(root))
            if before != _finished(root):
                raise Outdated("another build ran here meanwhile")
            made_from = input_fingerprint(root)
            run_chapters(book, report)

        made = render(book, report, begin)
        assemble_site(book, made)
        publish(made, site)
        published()
        complete_site(book, made)
        publish(made, site)
        record_fingerprint(root, made_from)


class Outdated(BookError):
    """What was made ready is no longer what the next build begins with."""


def _finished(root: Path) -> bytes:
    """What the last build noted at its end."""
    return (root / FINISHED).read_bytes() if (root / FINISHED).exists() else b""


# Modules that only a step needs are imported by the step: where it is passed over, their import is spared too.


def run_chapters(book: BookContext, report: Report) -> None:
    """Hold data and prose against what they must be, and bring the chapters up to date."""
    from book.citation import load_edition
    from book.notebooks import notebook_names, read_config
    from book.pages.redirects import read_redirects
    from book.run.execute import cached_fingerprint

    root = book.root
    for read in (read_config, page_names, load_edition, read_redirects):  # what is wrong with these files is said before any work
        read(root)
    with ThreadPoolExecutor(1) as beside:  # what has to be done anyway is done while kernels run
        run_unless_fresh(root, "data", ground_fingerprint(root), lambda: validate_data(root))
        report("The data are sound")
        before = {name: cached_fingerprint(root, name) for name in notebook_names(root)}
        prose = beside.submit(lint_prose, book)
        ready = beside.submit(_import_renderers)
        begin = time.monotonic()
        book.executed = _execute_beside(root, prose, report)
        cpu = sum(chapter.metadata.run.cpu_seconds for name, chapter in book.executed.items() if chapter.metadata.digest != before[name])
        report(f"Chapters took {time.monotonic() - begin:.1f} s ({cpu:.1f} s of processor time)")
        lint_outputs(book)
        ready.result()
    report("So are quotations, numbers and words of the prose")


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

    with remembered(book.root, "prose") as recall:
        found = prose_faults(book.texts, book.root, recall)
    if found:
        raise BookError("\n".join(found))


def lint_outputs(book: BookContext) -> None:
    """Raise BookError where a caption or an alternative text of a chapter holds a loaded word, or its prose does not quote a number."""
    from book.lint.loaded_terms import loaded_terms_of_outputs
    from book.lint.typed_numbers import unquoted_numbers

    if found := loaded_terms_of_outputs(book.root, book.executed) + unquoted_numbers(book.root, book.executed):
        raise BookError("\n".join(found))


def publish_tables(book: BookContext) -> None:
    """Write the published tables."""
    from analysis.display.published_tables import write_tables

    remove(book.root / _TABLES)
    write_tables(book.texts, book.root / _TABLES)


def _import_renderers() -> None:
    """Import what renders the pages: two seconds that pass while kernels run."""
    for name in _RENDERERS:
        importlib.import_module(name)


def clear_work(root: Path) -> None:
    """Begin anew where Sphinx's notes on what it wrote are not true."""
    _forget_removed_pages(root, root / _WORK)
    if not (root / FINISHED).exists():
        remove(root / _WORK)  # Sphinx notes first which pages are fresh and then writes them: who stopped it made the notes untrue


def render(book: BookContext, report: Report = print, begin: Callable[[], object] = lambda: None) -> Path:
    """Render the pages with Jupyter Book, every warning an error; returns the folder that holds them.

    `begin()` is called when Sphinx has started, before it looks at any page. Raises what `begin` raises, BookError with what Sphinx said,
    and OSError where the machine refused something.
    """
    from jupyter_book.sphinx import build_sphinx

    from book.pages.context import hand_over

    root, work, began = book.root, book.root / _WORK, 0.0

    def started() -> None:
        nonlocal began
        begin()
        began = time.monotonic()
        (root / FINISHED).unlink(missing_ok=True)
        report(f"Rendering {len(page_names(root))} pages")

    book.started = started
    said = io.StringIO()
    settings = {"nitpicky": True, "external_toc_path": str(root / "_toc.yml"), "latex_individualpages": False}
    strict = {"warningiserror": True, "keep_going": True, "quiet": True}
    with hand_over(book), contextlib.redirect_stderr(said), contextlib.chdir(root):
        result = build_sphinx(root, work / "html", noconfig=True, path_config=root / "_config.yml", confoverrides=settings, **strict)
    if result != 0:
        if began:
            shutil.rmtree(work, ignore_errors=True)
        result = getattr(result, "orig_exc", None) or result  # what an event raised
        if isinstance(result, KeyboardInterrupt | BookError | DataError):
            raise result
        if isinstance(result, OSError) and result.errno:
            raise OSError(result.errno, os.strerror(result.errno), result.filename or str(work))
        raise BookError(_as_read(root, said.getvalue()))
    report(f"  rendered in {time.monotonic() - began:.1f} s")
    return work / "html"


def _forget_removed_pages(root: Path, work: Path) -> None:
    """Begin anew in the folder `work` where it holds a page that the book has no more: Sphinx would keep it."""
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
    """Put beside the pages in the folder `made` what is no page and rests on no page, and hold the pages against the texts."""
    from book.lint.quotations import check_long_runs
    from book.pages.build_info import checksums
    from book.run import timings

    root = book.root
    run_unless_fresh(root, "tables", ground_fingerprint(root), lambda: publish_tables(book), root / _TABLES)
    check_long_runs(book.texts, root, made)
    shutil.copytree(root / _TABLES, made / "tables", dirs_exist_ok=True)
    (made / timings.FILE).parent.mkdir(exist_ok=True)
    write_atomic(made / timings.FILE, timings.timings(book.executed))
    write_atomic(made / "status/data.sha256", checksums(root))


def complete_site(book: BookContext, made: Path) -> None:
    """Do with the pages in the folder `made` what rests on all of them: fill the tables of the book's own language, take out what no page
    asks for, add the downloads.
    """
    from book.export.downloads import publish_downloads
    from book.pages.book_readability import fill_tables
    from book.pages.theme import drop_unused

    fill_tables(book, made)
    drop_unused(made)
    publish_downloads(book.root, made)
