"""The command line: `analysis --help` lists the commands."""

import argparse
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.quotes import QuoteError
from analysis.corpus.reader import DATA_FOLDER, load_corpus, read_text, read_utf8, text_file
from analysis.corpus.segment import LINE, sentence_offsets
from analysis.intake import commands
from analysis.number_words import plural

# What imports pandas, pandera, matplotlib or DuckDB is imported by the command that needs it: `find` answers at once.


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, or 1 where the data or the request is at fault."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parse(arguments)
    if not options.data.is_dir():
        print(f"{options.data}: is no folder. Remedy: name a folder that holds the data.", file=sys.stderr)
        return 1
    try:
        code = int(options.run(options))
        print(end="", flush=True)
        return code
    except DataError as error:
        print(error, file=sys.stderr)
        writes = options.run in (_run_tables, _run_coding_sheet) or commands.writes(options)
        print(f"{plural(len(error.problems), 'problem')} found{'; nothing was written' * writes}.", file=sys.stderr)
    except QuoteError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        kept = " What was measured is kept; the same command goes on from there."
        print("Stopped." + kept * (options.run is _run_batch), file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of the output, such as `head`, has seen enough
        sys.stdout = None
    except OSError as error:
        print(f"{error.filename or 'output'}: {error.strerror}. Remedy: name a folder that can be written to.", file=sys.stderr)
    return 1


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    """The options of a command; what `measure` is given stays as it is, in `rest`."""
    command_line = _parser()
    options, rest = command_line.parse_known_args(arguments)
    if rest and options.run is not _run_batch:
        command_line.error(f"unrecognized arguments: {' '.join(rest)}")
    if options.run is _run_coding_sheet and not (options.coder if options.read else options.source_id and options.out):
        command_line.error("coding-sheet takes a text and --out FILE, or --read FILE and --coder NAME")
    if problem := commands.check_options(options):
        command_line.error(problem)
    if options.run is _run_find and ((options.quote is None) != (options.source_id == "-") or (options.passage and options.quote == "-")):
        command_line.error("find takes a text and a quotation, or - for lines of standard input, which have no --passage")
    options.rest = rest
    return options


def _parser() -> argparse.ArgumentParser:
    command_line = argparse.ArgumentParser(prog="python -m analysis", description="Check and publish the data of the book.")
    command_line.add_argument("--data", type=Path, default=DATA_FOLDER, help="another data folder of the same form")
    subcommands = command_line.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], what: str, **options: Any) -> argparse.ArgumentParser:
        added = subcommands.add_parser(name, help=what, **options)
        added.set_defaults(run=run)
        return added

    command("check", _run_check, "hold all data against what it must be; print every problem")
    tables = command("tables", _run_tables, "write every published table as CSV")
    tables.add_argument("out", type=Path, metavar="OUT", help="the folder to write to")
    command("lines", _run_lines, "print the lines of a file with their offsets, for its zones").add_argument("file", type=Path)
    what = "print the sentences of a file as JSON lines: start, end (in characters; nothing is normalised), text"
    command("sentences", _run_sentences, what).add_argument("file", type=Path, help="a file, or the id of a text")
    find = command("find", _run_find, "print the passage and the offsets of a quotation, or of one a line of standard input")
    find.add_argument("source_id", help="the text; or - alone: each line is an id, a tab and a quotation, or one that is in one text only")
    find.add_argument("quote", nargs="?", help="the quotation; - for one a line of standard input")
    find.add_argument("--passage", help="the passage, where the quotation occurs more than once")
    commands.register(command)
    sheet = command("coding-sheet", _run_coding_sheet, "write a text and its codebook for a person to code, or take in the filled sheet")
    sheet.add_argument("source_id", nargs="?", help="the text to be coded")
    sheet.add_argument("--coding", default="provisions", help="what is to be coded (default: provisions)")
    sheet.add_argument("--out", type=Path, metavar="FILE", help="the blank sheet to write, as CSV")
    sheet.add_argument("--read", type=Path, metavar="FILE", help="the filled sheet to take in")
    sheet.add_argument("--coder", metavar="NAME", help="who filled it, by name or initials")
    command("measure", _run_batch, "measure the documents of a file as the book measures its texts", add_help=False)
    return command_line


def _run_check(options: argparse.Namespace) -> int:
    problems = _found_problems(options.data)
    for problem in problems:
        print(problem)
    print(f"{plural(len(problems), 'problem')} found." if problems else "The data are sound.")
    return 1 if problems else 0


def _run_tables(options: argparse.Namespace) -> int:
    from analysis.display.published_tables import write_tables

    if problems := _found_problems(options.data):
        raise DataError(problems)
    written = write_tables(load_corpus(options.data), options.out)
    print(f"Wrote {plural(len(written), 'table')} to {options.out}: {', '.join(path.name for path in written)}")
    return 0


def _found_problems(data: Path) -> list[Problem]:
    from analysis.validation.validate import data_problems

    return data_problems(data)


def _run_lines(options: argparse.Namespace) -> int:
    text = read_text(options.file.parent, options.file.name)
    for line in LINE.finditer(text):
        print(f"{line.start():>7} {line.end():>7}  {line.group()[:80]}")
    print(f"{len(text):>7} characters in all")
    return 0


def _run_sentences(options: argparse.Namespace) -> int:
    file, escape = options.file, sys.stdout.encoding.lower() != "utf-8"
    if not file.exists() and (of_text := options.data / text_file(file.name)).exists():
        file = of_text
    text = read_utf8(file.parent, file.name)
    for start, end in sentence_offsets(text):
        print(json.dumps({"start": start, "end": end, "text": text[start:end]}, ensure_ascii=escape))
    return 0


def _run_find(options: argparse.Namespace) -> int:
    from analysis.find import Bodies, find_in, find_lines, found_line

    if "-" in (options.source_id, options.quote):
        return find_lines(Bodies(options.data), sys.stdin.buffer, None if options.source_id == "-" else options.source_id)
    print(found_line(find_in(Bodies(options.data), options.source_id, options.quote, options.passage)))
    return 0


def _run_coding_sheet(options: argparse.Namespace) -> int:
    from analysis.coding.passes import person_file
    from analysis.coding.sheets import read_sheet, write_sheet

    texts = load_corpus(options.data)
    if not options.read:
        codebook = write_sheet(texts, options.source_id, options.coding, options.out)
        print(f"Wrote {options.out} and {codebook}.")
        return 0
    from analysis.validation.accept import accept_pass

    sheet = read_sheet(options.read, options.coding)
    print(f"Read {options.read}, parted by {sheet.parted_by}: {len(sheet.coded)} of {plural(sheet.n_rows, 'row')} coded.")
    n_rows = accept_pass(texts, options.coding, options.coder, sheet.coded, options.read.name)
    print(f"Wrote {plural(n_rows, 'row')} to {file_name(options.data, person_file(options.coding))}.")
    return 0


def _run_batch(options: argparse.Namespace) -> int:
    from batch import cli

    return cli.run_measure(options.rest, options.data)
