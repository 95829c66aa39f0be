"""Texts and their metadata; zones; passages, sentences, words and quoted stretches with offsets into the raw file.

Every offset counts Unicode code points in the raw file as it lies in `sources/`, end exclusive, so
that `corpus.raw[source_id][start:end]` is the stretch itself.
"""

import csv
import hashlib
import io
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NoReturn

import pandas as pd
import punkt

from analysis.characters import LARGEST, LONGEST, named, unseen
from analysis.problems import DataError, Problem
from analysis.schema import COLUMNS, INPUT_TABLES

DATA = Path(__file__).resolve().parent.parent / "data"

# Two or more "letter(s) + full stop" (U.S., Ph.D.); or letters and digits, joined by inner apostrophes and
# hyphens (harbour's, so-called), and digits by inner points and commas (10,000).
WORD = re.compile(
    r"[^\W\d_]{1,2}\.(?:[^\W\d_]\.)+"
    r"|[^\W_]+(?:(?:['’\-\u2010\u2011]|(?<=\d)[.,](?=\d))[^\W_]+)*"
)
PAIRS = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}
SINGLE = {"’", "'"}
LINE = re.compile(r"\S(?:[^\n]*\S)?")


@dataclass(frozen=True, eq=False)
class Corpus:
    """A folder of texts: `tables` from file name to table, as in `schema.INPUT_TABLES`; `raw` from source_id to the raw text."""

    path: Path
    tables: dict[str, pd.DataFrame]
    raw: dict[str, str]

    @property
    def sources(self) -> pd.DataFrame:
        return self.tables["sources.csv"]

    @property
    def zones(self) -> pd.DataFrame:
        return self.tables["zones.csv"]


def load_corpus(path: Path | str = DATA) -> Corpus:
    """Read a folder that holds the tables of `schema.INPUT_TABLES` and the texts sources/<source_id>.txt.

    Returns a Corpus. Raises DataError, naming every fault, where a file is missing, altered (sha256), not
    plain UTF-8 text, where a table has other columns, or where zones do not partition their text.
    """
    path = Path(path)
    tables = {name: with_offsets(path, name, read_table(path, name)) for name in COLUMNS}
    raw, problems = read_texts(path, tables["sources.csv"])
    problems += zone_problems(path, tables["zones.csv"], raw)
    if problems:
        raise DataError(problems)
    return Corpus(path, tables, raw)


def read_table(path: Path | str, name: str, columns: list[str] | None = None) -> pd.DataFrame:
    """Read the CSV file `name` of the folder `path` as strings, with exactly `columns`: without them those of `schema.COLUMNS`.

    Raises DataError where the file is missing, not UTF-8, no strict CSV, has other columns or rows of another length, or holds a cell
    that is too long or has a character that nobody sees.
    """
    expected = columns or COLUMNS[name]
    file = file_name(path, name)
    header, *rows = csv_rows(path, name)
    if problems := _header_faults(file, header, expected) or _row_faults(file, rows, expected):
        raise DataError(problems)
    return pd.DataFrame(rows, columns=expected, dtype=str)


def csv_rows(path: Path | str, name: str) -> list[list[str]]:
    """The rows of the CSV file `name` of the folder `path`, its header first. Raises DataError where it is no strict CSV, see `decoded`."""
    reader = csv.reader(io.StringIO(decoded(path, name), newline=""), strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"is not a CSV table from line {line} on ({error})"
        remedy = "quote fields with commas or quotation marks, and close each quotation mark"
        raise DataError([Problem(file_name(path, name), len(rows) + 1, None, message, remedy)]) from None
    return rows


def _header_faults(file: str, header: list[str], expected: list[str]) -> list[Problem]:
    """What is wrong with the header of a table: nothing, or that it is not as `expected`."""
    if header == expected:
        return []
    missing = ", ".join(column for column in expected if column not in header)
    unknown = ", ".join(column for column in header if column not in expected)
    what = "; ".join(part for part in (missing and f"missing: {missing}", unknown and f"unknown: {unknown}") if part)
    message = f"has the wrong columns ({what or 'another order, or one twice'})"
    return [Problem(file, 1, None, message, "make the header read " + ",".join(expected))]


def _row_faults(file: str, rows: list[list[str]], columns: list[str]) -> list[Problem]:
    """The rows that are longer or shorter than the header or, where there are none, the cells that cannot be as they are."""
    mend = "give every column a field, and quote fields that hold commas"
    return [
        Problem(file, number, None, f"has {len(row)} fields, the header {len(columns)}", mend if row else "delete the empty line")
        for number, row in enumerate(rows, start=2)
        if len(row) != len(columns)
    ] or [
        Problem(file, number, column, *fault)
        for number, row in enumerate(rows, start=2)
        for column, value in zip(columns, row, strict=True)
        for fault in _cell_faults(value)
    ]


def _cell_faults(value: str) -> Iterator[tuple[str, str]]:
    """(message, remedy) for a cell that is too long, or for the first character in it that nobody sees."""
    if len(value) > LONGEST:
        yield f"has {len(value):,} characters", f"keep each cell under {LONGEST:,} characters"
    elif places := unseen(value):
        yield f"holds {named(value[places[0]])} as character {places[0] + 1}", "take it out"


def read_text(path: Path | str, name: str) -> str:
    """Read the file `name` of the data folder `path` as `decoded` does; raises DataError also for a character that nobody sees."""
    text = decoded(path, name)
    if places := unseen(text):
        message = f"holds {named(text[places[0]])} in line {line_of(text, places[0])}"
        raise DataError([Problem(file_name(path, name), None, None, message, "take it out")])
    return text


def line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def decoded(path: Path | str, name: str) -> str:
    """Read the file `name` of the data folder `path` as UTF-8 with its line ends as they are.

    Raises DataError where it is missing, no file, too large, empty, not UTF-8, or has a byte-order mark, a NUL character, carriage
    returns or a line that is too long.
    """
    file = Path(path) / name

    def refuse(message: str, remedy: str) -> NoReturn:
        raise DataError([Problem(file_name(path, name), None, None, message, remedy)])

    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            refuse("cannot be read (it is no file)", "make it a readable file")
        if status.st_size > LARGEST:
            refuse(f"has {status.st_size:,} bytes", f"keep each file under {LARGEST:,} bytes")
        content = file.read_bytes()
    except FileNotFoundError:
        refuse("is missing", "restore the file, or name the data folder that holds it")
    except OSError as error:
        refuse(f"cannot be read ({error.strerror})", "make it a readable file")
    if not content.strip():
        refuse("is empty", "restore its content")
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        refuse("begins with a byte-order mark", "save it as UTF-8 without a byte-order mark")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        refuse(f"is not UTF-8 (byte {error.start}, line {line})", "save it as UTF-8")
    if "\0" in text:
        refuse(f"holds a NUL character in line {line_of(text, text.index(chr(0)))}", "take it out")
    if "\r" in text:
        refuse(f"has a carriage return in line {line_of(text, text.index(chr(13)))}",
               "save it with line ends of a single line feed (LF)")  # fmt: skip
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST:
            refuse(f"has {len(line):,} characters in line {number}", f"break it into lines under {LONGEST:,} characters")
    return text


def file_name(path: Path | str, name: str) -> str:
    """A file as messages name it: relative to the folder that holds the data folder."""
    return f"{Path(path).resolve().name}/{name}"


def text_file(source_id: str) -> str:
    """The file of a text, relative to the data folder."""
    return f"sources/{source_id}.txt"


def read_texts(path: Path | str, sources: pd.DataFrame) -> tuple[dict[str, str], list[Problem]]:
    """Read every text that `sources` lists and hold it against its sha256.

    Returns (raw, problems): raw maps source_id to text for the texts that are sound.
    """
    raw, problems, file = {}, [], file_name(path, "sources.csv")
    for row, source in enumerate(sources.itertuples(), start=2):
        if not re.fullmatch(r"[a-z][a-z0-9]{0,39}", source.source_id):
            problems.append(Problem(file, row, "source_id", f"{source.source_id!r} is not an id",
                                    "use up to 40 lower-case letters and digits, as in smith2023"))  # fmt: skip
            continue
        try:
            text = read_text(path, text_file(source.source_id))
        except DataError as error:
            problems += error.problems
            continue
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        if digest == source.sha256:
            raw[source.source_id] = text
        else:
            problems.append(Problem(file, row, "sha256", f"{text_file(source.source_id)} was altered: its sha256 is {digest}",
                                    "restore the file; if it was meant to change, enter the new sha256 and check its zones"))  # fmt: skip
    return raw, problems


def with_offsets(path: Path | str, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The data file `name` with its offsets as integers; raises DataError for a value that is not a whole number."""
    offsets = [column.name for column in INPUT_TABLES[name].columns if column.type == "integer"]
    problems = [
        Problem(file_name(path, name), row, column, f"{value!r} is not a whole number", "enter an offset into the raw file")
        for column in offsets
        for row, value in enumerate(table[column], start=2)
        if not re.fullmatch(r"[0-9]{1,9}", value)
    ]
    if problems:
        raise DataError(problems)
    return table.astype(dict.fromkeys(offsets, int))


def zone_problems(path: Path | str, zones: pd.DataFrame, raw: dict[str, str]) -> list[Problem]:
    """Every place where the rows of `zones` do not partition a text of `raw` in order: no gap, no overlap."""
    problems, file = [], file_name(path, "zones.csv")

    def fault(row, column, message, remedy):
        problems.append(Problem(file, row, column, message, remedy))

    rows = zones.assign(row=range(2, len(zones) + 2))
    for source_id, text in raw.items():
        position, last = 0, None
        for zone in rows[rows.source_id == source_id].itertuples():
            if zone.start > position:
                fault(zone.row, "start", f"gap in {source_id}: characters {position} to {zone.start} have no zone",
                      f"begin this zone at {position}, add a row for the gap, or put the rows in order")  # fmt: skip
            elif zone.start < position:
                fault(zone.row, "start", f"overlap in {source_id}: the row before ends at {position}, this one begins at {zone.start}",
                      f"begin this zone at {position}, end the row before at {zone.start}, or put the rows in order")  # fmt: skip
            if zone.end <= zone.start:
                fault(zone.row, "end", f"the zone ends at {zone.end}, before it begins ({zone.start})",
                      "give the end after the start")  # fmt: skip
            position, last = max(position, zone.end), zone.row
        if last is None:
            fault(None, None, f"{source_id} has no zones", "add rows that cover the whole text")
        elif position != len(text):
            fault(last, "end", f"the zones of {source_id} end at {position}, the text at {len(text)}",
                  f"let the last zone end at {len(text)}")  # fmt: skip
        if last is not None and not ((zones.source_id == source_id) & (zones.zone == "body")).any():
            fault(None, None, f"{source_id} has no zone 'body'", "mark the running text as body")
    return problems


@lru_cache(maxsize=64)
def passages(corpus):
    """The body's paragraphs, numbered from 1 in reading order within each text.

    A paragraph is a line of the raw file that lies in a body zone, without the white space around it.
    Columns: source_id, passage_id (`<source_id>-pNN`), start, end, n_words, n_sentences.
    """
    rows = []
    for source_id, text in corpus.raw.items():
        body = corpus.zones[(corpus.zones.source_id == source_id) & (corpus.zones.zone == "body")]
        spans = [line.span() for zone in body.itertuples() for line in LINE.finditer(text, zone.start, zone.end)]
        for number, (start, end) in enumerate(spans, start=1):
            passage = text[start:end]
            rows.append((source_id, f"{source_id}-p{number:02d}", start, end,
                         len(word_spans(passage)), len(sentence_spans(passage))))  # fmt: skip
    return pd.DataFrame(rows, columns=["source_id", "passage_id", "start", "end", "n_words", "n_sentences"])


@lru_cache(maxsize=64)
def sentences(corpus):
    """The sentences of the bodies: source_id, passage_id, start, end, sentence."""
    return parts(corpus, sentence_spans, "sentence")


@lru_cache(maxsize=64)
def words(corpus):
    """The words of the bodies: source_id, passage_id, start, end, word."""
    return parts(corpus, word_spans, "word")


def parts(corpus, spans, name):
    """What `spans` finds in each passage, with offsets into the raw file and the stretch itself as `name`."""
    rows = [
        (p.source_id, p.passage_id, p.start + start, p.start + end, corpus.raw[p.source_id][p.start + start : p.start + end])
        for p in passages(corpus).itertuples()
        for start, end in spans(corpus.raw[p.source_id][p.start : p.end])
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["source_id", "passage_id", "start", "end", name])


def word_spans(text):
    """The words of `text` as (start, end) pairs.

    A word is a run of letters and digits. Inner hyphens and apostrophes join it ("reef-like", "harbour's"),
    inner points and commas join digits ("10,000"), an abbreviation of single letters is one word ("U.S.");
    dashes and ellipses part words ("security—and", "to…neutrality").
    """
    return [match.span() for match in WORD.finditer(text)]


def sentence_spans(paragraph):
    """The sentences of one paragraph as (start, end) pairs.

    Split by Punkt (Kiss and Strunk 2006, doi:10.1162/coli.2006.32.4.485) with its English model. A stretch without
    any word is no sentence. Feed one paragraph at a time: the last one may lack its full stop.
    """
    spans = sentence_tokenizer().span_tokenize(paragraph)
    return [(start, end) for start, end in spans if WORD.search(paragraph, start, end)]


def quoted_spans(paragraph):
    """The stretches between quotation marks in one paragraph, as (start, end) pairs without the marks, in order of their openings.

    Curly and straight, double and single marks, nested ones too. An apostrophe opens nothing, since a letter stands before it, and
    closes nothing where a letter follows. A quotation that does not close runs to the end of the paragraph.
    """
    spans, stack, awaited = [], [], Counter()  # stack: closing mark, index in spans; awaited: how often each closing mark is in it

    def pop():
        closing, span = stack.pop()
        awaited[closing] -= 1
        return span

    for place, sign in enumerate(paragraph):
        before, after = paragraph[place - 1 : place], paragraph[place + 1 : place + 2]
        if stack and sign == stack[-1][0] and not (sign in SINGLE and after.isalnum()):
            spans[pop()][1] = place
        elif sign in PAIRS and not before.isalnum() and after.strip():
            stack.append((PAIRS[sign], len(spans)))
            awaited[PAIRS[sign]] += 1
            spans.append([place + 1, len(paragraph)])
        elif awaited[sign] and sign not in SINGLE:
            while stack[-1][0] != sign:  # an inner mark that never closed was none
                spans[pop()] = None
            spans[pop()][1] = place
    return [tuple(span) for span in spans if span]


@cache
def sentence_tokenizer():
    return punkt.PunktSentenceTokenizer(punkt.load_model("english"))
