"""The command `measure` of `python -m analysis`: its options, and the bar that shows how far it is."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from batch.documents import PLAIN, Layout
from batch.jobs import Progress, measure_file
from batch.readers import DOCUMENT_FORMATS

SCHEDULER_HELP = (
    "share the work among the workers of a Dask scheduler, as in tcp://host:8786; they read IN and write beside OUT themselves, so both "
    "must have one path for all; start them with MALLOC_TRIM_THRESHOLD_=268435456, or they give memory back and fetch it again all the time"
)
TAB = {"\\t": "\t", "tab": "\t"}


def run_measure(arguments: list[str], data: Path) -> int:
    """Measure the documents of a file by the rules of the folder `data`; returns the exit code. Raises what `measure_file` raises."""
    options = _measure_parser().parse_args(arguments)
    layout = Layout(options.id, options.text, options.delimiter or "", options.encoding or "")
    with _progress_bar() as progress:
        n, faulty = measure_file(options.source, options.target, data, options.workers, options.scheduler, progress, layout)
    why = " (its column error says which)" * (faulty > 0)
    print(f"{n:,} read, {n - faulty:,} measured, {faulty:,} with an error{why}: {options.target}")
    return 0


def _measure_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m analysis measure", description="Measure the documents of a file as the book its texts.")
    forms = ", ".join(form for form in DOCUMENT_FORMATS if not form.endswith(".gz"))
    parser.add_argument("source", type=Path, metavar="IN", help=f"a file that ends in {forms} or, packed, in .gz")
    parser.add_argument("target", type=Path, metavar="OUT", help="the file to write, a row a document, in any of these formats")
    parser.add_argument("--id", default=PLAIN.id, metavar="NAME", help="the column or key with the ids (default: id)")
    parser.add_argument("--text", default=PLAIN.text, metavar="NAME", help="the column or key with the texts (default: text)")
    parser.add_argument("--delimiter", type=_delimiter, metavar="SIGN", help="of a table, if not , ; | or a tab; tab is one")
    what = "as in windows-1252 (default: UTF-8, or what a byte-order mark says)"
    parser.add_argument("--encoding", type=_text_encoding, metavar="NAME", help=what)
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--workers", type=_whole_number, default=0, metavar="N", help="share the work among N processes")
    who.add_argument("--scheduler", metavar="ADDRESS", help=SCHEDULER_HELP)
    return parser


def _delimiter(text: str) -> str:
    sign = TAB.get(text, text)
    if len(sign) != 1 or sign in '"\r\n\0':
        raise argparse.ArgumentTypeError(f"{text!r} is no delimiter; give one sign, as in ';', or tab")
    return sign


def _text_encoding(text: str) -> str:
    try:
        "".encode(text)
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(f"{text!r} is no encoding; give one that Python knows, as in windows-1252") from None
    return text


def _whole_number(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; give 1, 2, 3 ...")
    return int(text)


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A function to be told how far a run of `measure_file` is, and the bar that it draws on stderr: documents, words, the rate, the time
    left.
    """
    from tqdm import tqdm

    with ExitStack() as drawn:
        bars: list[Any] = []

        def progress(done: int, total: int, words: int) -> None:
            if not bars:  # nothing is drawn of a run that cannot begin
                bars.append(drawn.enter_context(tqdm(desc="measured", total=total, unit=" documents", unit_scale=True, dynamic_ncols=True)))
            (bar,) = bars
            rate = words / max(bar.format_dict["elapsed"], 0.001) / 1e6
            bar.set_postfix_str(f"{words:,} words, {rate:.2f} M words/s" if words else "", refresh=False)
            bar.update(done - bar.n)

        yield progress
