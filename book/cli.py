"""The command line of the book: `python -m book build`, `lint`, `watch`, `serve`, `pdf` and what else `COMMANDS` names."""

import argparse
import gc
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.atomic_write import write_atomic
from analysis.corpus.errors import DataError
from book.notebooks import ROOT, BookError

_FAULTS = (BookError, DataError, OSError)  # of the book, of its data, of the machine
_SELDOM = (500_000, 50, 1000)  # how often garbage is looked for: most of what a build makes stays to its end, and to look takes seconds


def run_command(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command on the book in `root`; returns the exit code.

    That is 0, 1 where the book, its data or the machine are at fault, or 130 where it was stopped.
    """
    command_line = argparse.ArgumentParser(prog="python -m book", description="Make the book and serve it.")
    command_line.add_argument("command", choices=COMMANDS)
    options = command_line.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl+C
    try:
        COMMANDS[options.command](root)
    except _FAULTS as error:
        print(_in_words(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The book that stood in _build/html is whole; the next run takes up what is done.", file=sys.stderr)
        return 130
    return 0


_READ_OVER = "Read them over, then write yes under in_prose in data/sources.csv."


def _in_words(error: Exception) -> str:
    """What a command says of an error of `_FAULTS`."""
    if isinstance(error, OSError):
        said = error.args[0][0][-1] if isinstance(error, shutil.Error) else f"{error.filename or 'output'}: {error.strerror}"
        return f"{said}. Remedy: make room there, or make it a folder that can be written to."
    return str(error)


def _run_build(root: Path) -> None:
    from book.pipeline import build

    gc.set_threshold(*_SELDOM)
    begin = time.monotonic()
    page = build(root, _report)
    _report(f"The book is ready after {time.monotonic() - begin:.0f} s: open {page}, or run `make serve`")


def _run_lint(root: Path) -> None:
    from analysis.corpus.joined import joined_texts
    from analysis.corpus.reader import load_corpus
    from book.lint.sources import sentences_to_read_over, source_faults

    texts = load_corpus(root / "data")
    if found := source_faults(texts, root):
        raise BookError("\n".join([*found, f"{len(found)} fault{'s' * (len(found) != 1)} of the prose and the notebooks"]))
    if joined_texts(texts) and (left := sentences_to_read_over(texts, root)):
        _report("\n".join([*left, f"Of these the pages say whom they leave out ({', '.join(joined_texts(texts))}). {_READ_OVER}"]))
    _report("Prose, references, links and notebooks are as they should be")


def _run_watch(root: Path) -> None:
    from book.run.watch import watch

    watch(root, rebuild, _report)


def rebuild(root: Path, wait: Callable[[], object], published: Callable[[], object]) -> str:
    """Build the book as `book.pipeline.build_prepared` does; returns the fault in words, "" where there is none."""
    from book.pipeline import Outdated, build_prepared
    from book.run.living import AGAIN

    gc.set_threshold(*_SELDOM)
    try:
        build_prepared(root, wait, published, _report)
    except Outdated:
        return AGAIN
    except _FAULTS as error:
        return _in_words(error)
    except Exception:
        return traceback.format_exc()
    return ""


def _run_pdf(root: Path) -> None:
    from book.citation import load_edition
    from book.export.downloads import publish_downloads
    from book.export.pdf import make_pdf
    from book.run.fingerprint import input_fingerprint, is_fresh, record_fingerprint
    from book.run.lock import build_lock

    begin, site = time.monotonic(), root / "_build/html"
    with build_lock(root):
        fresh = is_fresh(root, input_fingerprint(root))
        make_pdf(root, site, _report)
        publish_downloads(root, site)
        if fresh:
            record_fingerprint(root, input_fingerprint(root))
    _report(f"The PDF is ready after {time.monotonic() - begin:.0f} s: open {site / f'{load_edition(root).file_name}.pdf'}")


def _run_reproduce(root: Path) -> None:
    from book.reproduce import reproduce

    begin = time.monotonic()
    n_files = reproduce(root, _report)
    _report(f"Two builds gave the same {n_files} files, byte for byte, after {time.monotonic() - begin:.0f} s")


def _run_linkcheck(root: Path) -> None:
    from book.lint.links import check_links

    site = root / "_build/html"
    if not (site / "index.html").exists():
        raise BookError("there is no book yet. Remedy: run `make book` first.")
    check_links(site, _report)
    _report("All links answered well")


def _run_expected(root: Path) -> None:
    from analysis.corpus.reader import load_corpus
    from book.lint.headlines import headline_faults, write_headline_rows
    from book.run.execute import execute
    from book.run.lock import build_lock
    from book.run.snapshot import changed_results, write_expected

    with build_lock(root):
        texts = load_corpus(root / "data")
        if found := headline_faults(texts, root):
            raise BookError("\n".join([*found, "Nothing was written: results are not accepted while a headline finding fails."]))
        executed = execute(root, _report)
        if changed := changed_results(root, executed):
            _report(changed)
        files = [*write_expected(root, executed), write_headline_rows(texts, root)]
    _report(f"Wrote {len(files)} files of expected results to tests" + ": review the change above" * bool(changed))


def _run_addresses(root: Path) -> None:
    from book.pages.redirects import add_addresses
    from book.pipeline import build

    new = add_addresses(build(root, _report).parent, root / "tests/addresses.txt")
    _report(f"Added {new} address{'es' * (new != 1)} to tests/addresses.txt")


def _run_serve(root: Path) -> None:
    from book.run.serve import serve

    serve(root, _report)


def _run_zenodo(root: Path) -> None:
    from book.citation import load_edition, zenodo_text

    write_atomic(root / ".zenodo.json", zenodo_text(load_edition(root)))
    _report("Wrote .zenodo.json from CITATION.cff")


def _report(line: str) -> None:
    print(line, flush=True)


COMMANDS = {
    "build": _run_build,
    "lint": _run_lint,
    "watch": _run_watch,
    "serve": _run_serve,
    "pdf": _run_pdf,
    "reproduce": _run_reproduce,
    "linkcheck": _run_linkcheck,
    "expected": _run_expected,
    "addresses": _run_addresses,
    "zenodo": _run_zenodo,
}
