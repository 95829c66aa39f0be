"""The command line of the book: `python -m book build`, `pdf`, `reproduce`, `linkcheck`, `expected`, `addresses`, `zenodo`, `serve`."""

import argparse
import shutil
import signal
import sys
import time

from analysis.files import put
from analysis.problems import DataError
from book.notebooks import ROOT, BookError
from book.run.lock import alone


def main(arguments=None, root=ROOT):
    """Run one command on the book in `root`; returns the exit code.

    That is 0, 1 where the book, its data or the machine are at fault, or 130 where it was stopped.
    """
    commands = {
        "build": run_build,
        "pdf": run_pdf,
        "reproduce": run_reproduce,
        "linkcheck": run_linkcheck,
        "expected": run_expected,
        "addresses": run_addresses,
        "zenodo": run_zenodo,
        "serve": run_serve,
    }
    command_line = argparse.ArgumentParser(prog="python -m book", description="Make the book and serve it.")
    command_line.add_argument("command", choices=commands)
    options = command_line.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl+C
    try:
        commands[options.command](root)
    except (BookError, DataError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        said = error.args[0][0][-1] if isinstance(error, shutil.Error) else f"{error.filename or 'output'}: {error.strerror}"
        print(f"\n{said}. Remedy: make room there, or make it a folder that can be written to.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The book that stood in _build/html is whole; the next run takes up what is done.", file=sys.stderr)
        return 130
    return 0


def run_build(root):
    from book.pipeline import build

    begin = time.monotonic()
    page = build(root, report)
    report(f"The book is ready after {time.monotonic() - begin:.0f} s: open {page}, or run `make serve`")


def run_pdf(root):
    from book.export.downloads import NAME, offer
    from book.export.pdf import make_pdf
    from book.run import fingerprint

    begin, site = time.monotonic(), root / "_build/html"
    with alone(root):
        held = fingerprint.holds(root, fingerprint.inputs(root))
        make_pdf(root, site, report)
        offer(root, site)
        if held:
            fingerprint.mark(root, fingerprint.inputs(root))
    report(f"The PDF is ready after {time.monotonic() - begin:.0f} s: open {site / f'{NAME}.pdf'}")


def run_reproduce(root):
    from book.reproduce import reproduce

    begin = time.monotonic()
    n_files = reproduce(root, report)
    report(f"Two builds gave the same {n_files} files, byte for byte, after {time.monotonic() - begin:.0f} s")


def run_linkcheck(root):
    from book.lint.links import check_links

    site = root / "_build/html"
    if not (site / "index.html").exists():
        raise BookError("there is no book yet. Remedy: run `make book` first.")
    check_links(site, report)
    report("All links answered well")


def run_expected(root):
    from book.run.execute import execute
    from book.run.snapshot import changes, write_expected

    with alone(root):
        executed = execute(root, report)
        if changed := changes(root, executed):
            report(changed)
        files = write_expected(root, executed)
    report(f"Wrote {len(files)} files of expected results to tests/expected" + ": review the change above" * bool(changed))


def run_addresses(root):
    from book.pages.redirects import write_list
    from book.pipeline import build

    new = write_list(build(root, report).parent, root / "tests/addresses.txt")
    report(f"Added {new} address{'es' * (new != 1)} to tests/addresses.txt")


def run_serve(root):
    from book.run.serve import serve

    serve(root, report)


def run_zenodo(root):
    from book.citation import load, zenodo_text

    put(root / ".zenodo.json", zenodo_text(load(root)))
    report("Wrote .zenodo.json from CITATION.cff")


def report(line):
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
