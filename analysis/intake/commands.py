"""The commands of `analysis` that take texts and codings in and give them out; what is heavy is imported when a command runs."""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

_GIVEN = {
    "url": "the address at which it was found",
    "author": "its authors, joined by semicolons",
    "outlet": "where it appeared",
    "date": "when, in EDTF: 2024-05-31, 2024-05, 2024-21 (spring), 2024-05-01/2024-05-31",
    "title": "its title, where the file does not show it",
    "short": "its short name, at most 30 characters (else surname and year)",
    "genre": "the kind of text (else: article)",
    "cluster": "the cluster of texts on which it depends (else its id)",
}

_PASSES = ("1", "2", "adjudicated", "person")

_FORMS = ("cas", "cas-json", "web", "csv")

_Command = Callable[..., argparse.ArgumentParser]


def register(command: _Command) -> None:
    """Add the commands; `command(name, run, help)` makes a parser for one."""
    add = command("add", _run_add, "take in a new text, or codings of a text")
    add.add_argument("file", nargs="?", type=Path, help="the file of a new text")
    add.add_argument("--id", required=True, dest="source_id", metavar="ID", help="id of the text, a name and a year: smith2023")
    for option, what in _GIVEN.items():
        add.add_argument(f"--{option}", default="", help=what)
    add.add_argument("--zones", type=Path, metavar="ZONEFILE", help="its zones, as `analysis zones` prints them (else proposed by rule)")
    add.add_argument(
        "--codings", type=Path, metavar="FILE", help="take in this file of codings: CAS (XMI or JSON), web annotations, or CSV"
    )
    add.add_argument("--pass", dest="which", choices=_PASSES, help="whose codings they are: a blind pass, the adjudicated ones, a person's")
    add.add_argument("--coder", default="", metavar="NAME", help="who coded (else: a person)")
    add.add_argument("--columns", nargs="+", default=[], metavar="OURS=THEIRS", help="columns of a CSV file by other names")
    zones = command("zones", _run_zones, "print the zones of a text as a sheet, or take the edited sheet in")
    zones.add_argument("source_id", metavar="ID")
    zones.add_argument("sheet", nargs="?", type=Path, metavar="FILE")
    status = command("status", _run_status, "what is done and what is next, for a text or for all")
    status.add_argument("source_id", nargs="?", metavar="ID")
    command("remove", _run_remove, "take a text and all its rows out again").add_argument("source_id", metavar="ID")
    code = command("code", _run_code, "open a page on which a text is coded")
    code.add_argument("source_id", metavar="ID")
    code.add_argument("--pass", dest="which", choices=_PASSES, default="1")
    code.add_argument("--coder", default="", metavar="NAME", help="who codes (else: a person)")
    code.add_argument("--port", type=int, default=0, help="the port of the page (else any free one)")
    code.add_argument("--no-browser", action="store_true", help="print the address only")
    export = command("export", _run_export, "write the codings of a text for another tool")
    export.add_argument("source_id", metavar="ID")
    export.add_argument("--form", required=True, choices=_FORMS)
    export.add_argument("--pass", dest="which", choices=_PASSES[:3], default="adjudicated")
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    syllables = command("syllables", _run_syllables, "list the words whose syllables were guessed, accept them, or look up what lacks")
    syllables.add_argument(
        "dictionary", nargs="?", type=Path, metavar="CMUDICT", help="look up the words that syllables.csv lacks in this file"
    )
    syllables.add_argument("--accept", nargs="*", metavar="ID|WORD=N", help="accept all guesses, those of a text, or with other counts")


def check_options(options: argparse.Namespace) -> str:
    """What is wrong with the options of a command, beyond what a parser can say; "" where nothing is."""
    if options.run is _run_add:
        if (options.file is None) == (options.codings is None):
            return "add takes FILE, a new text, or --codings FILE --pass 1|2|adjudicated|person"
        if options.codings and not options.which:
            return "--codings needs --pass 1|2|adjudicated|person"
        if options.file and (options.which or options.coder or options.columns):
            return "--pass, --coder and --columns go with --codings"
        if bad := [pair for pair in options.columns if "=" not in pair]:
            return f"--columns takes OURS=THEIRS, as in text=Quelle, not {bad[0]!r}"
        extra = [option for option in (*_GIVEN, "zones") if getattr(options, option)]
        if options.codings and extra:
            return f"--{extra[0]} goes with a new text, not with --codings"
    if options.run is _run_syllables and options.accept is not None and options.dictionary:
        return "syllables takes CMUDICT or --accept"
    return ""


def writes(options: argparse.Namespace) -> bool:
    """Whether a command writes into the data folder, so that it says of a failure that nothing was written."""
    return options.run in (_run_add, _run_remove, _run_export) or bool(
        getattr(options, "sheet", None) or getattr(options, "accept", None) is not None
    )


def _print(lines: Iterable[str]) -> int:
    print("\n".join(lines))
    return 0


def _run_add(options: argparse.Namespace) -> int:
    if options.codings:
        return _add_codings(options)
    from analysis.intake.add_text import add_text

    given = {option: getattr(options, option) for option in _GIVEN}
    if options.zones or not on_terminal():
        return _print(add_text(options.data, options.file, options.source_id, given, options.zones))
    with tempfile.TemporaryDirectory() as folder:
        sheet = _confirmed_zones(options, given, Path(folder))
        return (
            _print(add_text(options.data, options.file, options.source_id, given, sheet))
            if sheet
            else _print(["Stopped; nothing was written."])
        )


def on_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _confirmed_zones(options: argparse.Namespace, given: Mapping[str, str], folder: Path) -> Path | None:
    """The sheet of the zones that a person has kept or edited; None where the person stops."""
    from analysis.corpus.errors import DataError
    from analysis.corpus.reader import load_corpus
    from analysis.intake.add_text import proposed_text, zone_table
    from analysis.intake.zone_sheet import read_zone_sheet, zone_sheet

    text, _, zones = proposed_text(load_corpus(options.data), options.file, options.source_id, given)
    sheet = folder / f"{options.source_id}.zones"
    sheet.write_text(zone_sheet(text, zones, options.source_id), encoding="utf-8", newline="")
    while True:
        print("\n".join(zone_table(text, zones)))
        answer = _answer("Zones: [k]eep, [e]dit or [s]top? ")
        if answer == "k":
            return sheet
        if answer == "s":
            return None
        if answer == "e":
            editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
            try:
                subprocess.run([*shlex.split(editor), str(sheet)], check=False)
                zones = read_zone_sheet(text, zones, sheet.read_text(encoding="utf-8"), sheet.name)
            except DataError as error:
                print(error)
            except OSError as error:
                print(f"{editor} cannot be started ({error.strerror}). Remedy: name an editor, as in EDITOR=nano.")


def _answer(question: str) -> str:
    """The first letter of what a person answers; "s" where the input ends."""
    try:
        return input(question).strip().lower()[:1]
    except EOFError:
        return "s"


def _add_codings(options: argparse.Namespace) -> int:
    from analysis.corpus.errors import DataError, Problem
    from analysis.corpus.reader import load_corpus
    from analysis.intake.forms import read_annotations
    from analysis.intake.take_in import take_in

    columns = dict(pair.split("=", 1) for pair in options.columns)
    read = read_annotations(options.codings, load_corpus(options.data), options.source_id, columns)
    if read.left_out and not read.annotations:
        message = f"holds no annotation that can be taken in. {' '.join(read.left_out).rstrip('.')}"
        raise DataError([Problem(options.codings.name, None, None, message, "give a stretch of the text and a code to each")])
    written = take_in(options.data, options.source_id, read.annotations, options.which, options.codings.name, options.coder)
    return _print([*written, *read.said, *(f"Left out: {sentence}" for sentence in read.left_out)])


def _run_zones(options: argparse.Namespace) -> int:
    from analysis.intake.rezone import change_zones, sheet_of

    if options.sheet:
        return _print(change_zones(options.data, options.source_id, options.sheet))
    print(sheet_of(options.data, options.source_id), end="")
    return 0


def _run_status(options: argparse.Namespace) -> int:
    from analysis.corpus.reader import load_corpus
    from analysis.intake.progress import study_status, text_status

    corpus = load_corpus(options.data)
    return _print(text_status(corpus, options.source_id) if options.source_id else study_status(corpus))


def _run_remove(options: argparse.Namespace) -> int:
    from analysis.intake.removal import remove_text

    return _print(remove_text(options.data, options.source_id))


def _run_code(options: argparse.Namespace) -> int:
    from analysis.intake.coding_page import serve_coding_page

    serve_coding_page(options.data, options.source_id, options.which, options.port, not options.no_browser, options.coder)
    return 0


def _run_export(options: argparse.Namespace) -> int:
    from analysis.coding.annotations import coded_annotations
    from analysis.corpus.reader import load_corpus
    from analysis.intake.forms import write_annotations

    corpus = load_corpus(options.data)
    annotations = coded_annotations(corpus, options.source_id, options.which)
    write_annotations(options.out, options.form, corpus, options.source_id, annotations)
    return _print([f"Wrote {len(annotations)} annotations of {options.source_id} to {options.out}."])


def _run_syllables(options: argparse.Namespace) -> int:
    from analysis.corpus.errors import file_name
    from analysis.corpus.reader import load_corpus, read_text
    from analysis.number_words import plural
    from analysis.stylometry import syllables

    texts = load_corpus(options.data)
    if options.accept is not None:
        ids, corrected = _accepted(options.accept, set(texts.raw))
        words = syllables.accept_guesses(texts, ids, corrected)
        return _print([f"Accepted the syllables of {plural(len(words), 'word')}."])
    if not options.dictionary:
        waiting = syllables.guesses(texts)
        print("\n".join(f"{word}={n}" for word, n in waiting.items()) or "No word waits for its syllables to be accepted.")
        if waiting:
            print(
                "Accept all: analysis syllables --accept   (of one text: --accept ID; with other counts: --accept word=3)", file=sys.stderr
            )
        return 0
    packed = options.dictionary.suffix == ".gz"
    dictionary = syllables.unpacked(options.dictionary) if packed else read_text(options.dictionary.parent, options.dictionary.name)
    rows, entries = syllables.draft_entries(texts, dictionary)
    if not syllables.read_pronunciations(dictionary):
        print(f"{options.dictionary}: holds no pronunciations. Remedy: give the file cmudict.dict.", file=sys.stderr)
        return 1
    syllables.append_syllables(texts, rows, entries)
    guessed = [word for word, _, _, note in rows if note == syllables.GUESS]
    print(f"Added {plural(len(rows), 'word')} to {file_name(options.data, 'syllables.csv')}.")
    if guessed:
        print(f"Guessed are {', '.join(guessed)}. Accept them with `analysis syllables --accept`.")
    return 0


def _accepted(arguments: list[str], known: set[str]) -> tuple[str, dict[str, int]]:
    """The text, "" for all, and the corrected counts that `--accept` names."""
    from analysis.corpus.errors import DataError, Problem
    from analysis.stylometry.syllables import normalize_word

    corrected: dict[str, int] = {}
    ids, problems = [], []
    for argument in arguments:
        word, equals, n = argument.rpartition("=")
        if equals and word and n.isascii() and n.isdigit() and 0 < int(n) < 100:
            corrected[normalize_word(word)] = int(n)
        elif argument in known:
            ids.append(argument)
        else:
            remedy = f"give a text ({', '.join(known)}) or word=3"
            problems.append(Problem("--accept", None, None, f"{argument!r} is neither the id of a text nor a word and its count", remedy))
    if len(ids) > 1:
        problems.append(Problem("--accept", None, None, f"names {len(ids)} texts", "name one, or none for all"))
    if problems:
        raise DataError(problems)
    return "".join(ids), corrected
