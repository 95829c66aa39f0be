"""The command line of the book: `python -m book build`, `pdf`, `reproduce`, `linkcheck`, `expected`, `addresses`, `zenodo`, `serve`."""

import argparse
import sys
import time

from analysis.problems import DataError
from book.chapters import ROOT, BookError


def main(arguments=None):
    """Run one command; returns the exit code: 0, or 1 where the book or its data are at fault."""
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
    try:
        commands[options.command]()
    except (BookError, DataError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"\n{error.filename or 'output'}: {error.strerror}. Remedy: make room there, or make it a folder that can be written to.",
            file=sys.stderr,
        )
        return 1
    return 0


def run_build():
    from book.build import build

    begin = time.monotonic()
    page = build(report=report)
    report(f"The book is ready after {time.monotonic() - begin:.0f} s: open {page}, or run `make serve`")


def run_pdf():
    from book.downloads import NAME, offer
    from book.pdf import make_pdf

    begin, site = time.monotonic(), ROOT / "_build/html"
    make_pdf(ROOT, site, report)
    offer(ROOT, site)
    report(f"The PDF is ready after {time.monotonic() - begin:.0f} s: open {site / f'{NAME}.pdf'}")


def run_reproduce():
    from book.reproduce import reproduce

    begin = time.monotonic()
    n_files = reproduce(report=report)
    report(f"Two builds gave the same {n_files} files, byte for byte, after {time.monotonic() - begin:.0f} s")


def run_linkcheck():
    from book.links import check_links

    site = ROOT / "_build/html"
    if not (site / "index.html").exists():
        raise BookError("there is no book yet. Remedy: run `make book` first.")
    check_links(site, report)
    report("All links answered well")


def run_expected():
    from book.execute import execute
    from book.results import changes, write_expected

    executed = execute(ROOT, report)
    if changed := changes(ROOT, executed):
        report(changed)
    files = write_expected(ROOT, executed)
    report(f"Wrote {len(files)} files of expected results to tests/expected" + ": review the change above" * bool(changed))


def run_addresses():
    from book.addresses import write_list
    from book.build import build

    new = write_list(build(report=report).parent)
    report(f"Added {new} address{'es' * (new != 1)} to tests/addresses.txt")


def run_serve():
    from book.serve import serve

    serve(report=report)


def run_zenodo():
    from book.citation import load, zenodo_text

    (ROOT / ".zenodo.json").write_text(zenodo_text(load(ROOT)), encoding="utf-8")
    report("Wrote .zenodo.json from CITATION.cff")


def report(line):
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
