"""The command `measure` of `python -m analysis`: its options, and the bar that shows how far it is."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from batch.jobs import Progress, measure_file


def run_measure(arguments: list[str], data: Path) -> int:
    """Measure the documents of a file by the rules of the folder `data`; returns the exit code. Raises what `measure_file` raises."""
    options = _measure_parser().parse_args(arguments)
    with _progress_bar() as progress:
        n, faulty = measure_file(options.source, options.target, data, options.workers, options.scheduler, progress)
    print(f"Measured {n:,} document{'s' * (n != 1)}, {faulty or 'none'} with an error (column error): {options.target}")
    return 0


def _measure_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m analysis measure", description="Measure the documents of a file as the book its texts.")
    parser.add_argument(
        "source", type=Path, metavar="IN", help="a file that ends in .parquet, .csv or .jsonl, with the columns id and text"
    )
    parser.add_argument("target", type=Path, metavar="OUT", help="the file to write, a row a document, in any of these formats")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--workers", type=_whole_number, default=0, metavar="N", help="share the work among N processes")
    who.add_argument("--scheduler", metavar="ADDRESS", help="share the work among the workers of a Dask scheduler, as in tcp://host:8786")
    return parser


def _whole_number(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; give 1, 2, 3 ...")
    return int(text)


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A function to be told how far a run of `measure_file` is, and the bar that it draws on stderr, with the rate and the time left."""
    from tqdm import tqdm

    with ExitStack() as drawn:
        bars: list[Any] = []

        def progress(done: int, total: int, words: int) -> None:
            if not bars:  # nothing is drawn of a run that cannot begin
                bars.append(drawn.enter_context(tqdm(desc="measured", total=total, unit=" documents", unit_scale=True, dynamic_ncols=True)))
            (bar,) = bars
            rate = words / max(bar.format_dict["elapsed"], 0.001) / 1e6
            bar.set_postfix_str(f"{rate:.2f} M words/s" if words else "", refresh=False)
            bar.update(done - bar.n)

        yield progress
