"""Reading a data folder: its tables and its texts, each held against what the reader may rely on.

Every offset counts Unicode code points in the raw file as it lies in `sources/`, end exclusive, so that `corpus.raw[source_id][start:end]`
is the stretch itself.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from analysis.corpus.coding_tables import OPTIONAL_TABLES
from analysis.corpus.columns import OFFSET_OR_NONE, Column
from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.open_quotes import open_quotation_mark
from analysis.corpus.schema import DECLARED_TABLES, INPUT_TABLES
from analysis.corpus.unicode_checks import MAX_FILE_BYTES, MAX_LINE_CHARS, describe_character, invisible_offsets
from analysis.corpus.zones import validate_zones

if TYPE_CHECKING:
    import pandas as pd

_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_LONGEST_FIELD = 131_072  # characters; the usual limit of Python's module csv, which readers of archives raise for the whole process

DATA_FOLDER = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True, eq=False)
class Corpus:
    """A folder of texts: `tables` from file name to table, as in `DECLARED_TABLES`; `raw` from source_id to the raw text."""

    path: Path
    tables: dict[str, pd.DataFrame]
    raw: dict[str, str]

    @property
    def sources(self) -> pd.DataFrame:
        return self.tables["sources.csv"]

    @property
    def zones(self) -> pd.DataFrame:
        return self.tables["zones.csv"]


def load_corpus(path: Path | str = DATA_FOLDER) -> Corpus:
    """Read a folder that holds the tables of `INPUT_TABLES` and the texts sources/<source_id>.txt.

    Returns a Corpus. Raises DataError, naming every fault, where a file is missing, altered (sha256), not
    plain UTF-8 text, where a table has other columns, or where zones do not partition their text.
    """
    path = Path(path)
    tables = {name: with_offsets(path, name, read_table(path, name)) for name in table_names(path)}
    raw, problems = read_texts(path, tables["sources.csv"])
    problems += validate_zones(path, tables["zones.csv"], raw)
    if problems:
        raise DataError(problems)
    return Corpus(path, tables, raw)


def table_names(path: Path | str) -> list[str]:
    """The tables that a data folder must hold, and those that it may lack and has."""
    return [*INPUT_TABLES, *(name for name in OPTIONAL_TABLES if (Path(path) / name).exists())]


def read_table(path: Path | str, name: str, columns: list[str] | None = None) -> pd.DataFrame:
    """Read the CSV file `name` of the folder `path` as strings, with exactly `columns`: without them those declared.

    Raises DataError where the file is missing, not UTF-8, no strict CSV, has other columns or rows of another length, or holds a cell
    that is too long or has a character that nobody sees.
    """
    return checked_table(file_name(path, name), csv_rows(path, name), columns or DECLARED_TABLES[name].names)


def checked_table(file: str, rows: list[list[str]], columns: list[str]) -> pd.DataFrame:
    """The rows of `file`, its header first, as a table with exactly `columns`. Raises DataError as `read_table` does."""
    import pandas as pd

    return pd.DataFrame(_checked_rows(file, rows, columns), columns=columns, dtype=str)


def read_rows(path: Path | str, name: str) -> list[dict[str, str]]:
    """The rows of `read_table` without pandas, each from column to value. Raises DataError as it does, and for offsets that are none."""
    table, file = DECLARED_TABLES[name], file_name(path, name)
    rows = [dict(zip(table.names, row, strict=True)) for row in _checked_rows(file, csv_rows(path, name), table.names)]
    if problems := [fault for column in table.columns for fault in _offset_faults(file, column, (row[column.name] for row in rows))]:
        raise DataError(problems)
    return rows


def _checked_rows(file: str, rows: list[list[str]], columns: list[str]) -> list[list[str]]:
    """The rows of `file` without its header. Raises DataError as `read_table` does."""
    header, *rows = rows
    if problems := _header_faults(file, header, columns) or _row_faults(file, rows, columns):
        raise DataError(problems)
    return rows


def csv_rows(path: Path | str, name: str) -> list[list[str]]:
    """The rows of the CSV file `name` of a folder: its header first. Raises DataError as `read_utf8` does, or where it is no strict CSV."""
    return parse_csv(file_name(path, name), read_utf8(path, name))


def parse_csv(file: str, text: str, delimiter: str = ",") -> list[list[str]]:
    """The rows of `text`, the content of `file`. Raises DataError where it is no strict CSV."""
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        read = "".join(list(io.StringIO(text, newline=""))[line - 1 : reader.line_num])
        place = "" if "limit" in str(error) else open_quotation_mark(read, line, delimiter)
        what = f"a quotation mark in {place}, opens a field and does not close it" if place else str(error)
        message = f"is not a CSV table from line {line} on ({what})"
        remedy = "quote fields with commas or quotation marks, and close each quotation mark"
        raise DataError([Problem(file, len(rows) + 1, None, message, remedy)]) from None
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
    if len(value) > MAX_LINE_CHARS:
        yield f"has {len(value):,} characters", f"keep each cell under {MAX_LINE_CHARS:,} characters"
    elif places := invisible_offsets(value):
        yield f"holds {describe_character(value[places[0]])} as character {places[0] + 1}", "take it out"


def read_text(path: Path | str, name: str) -> str:
    """Read the file `name` of the data folder `path` as `read_utf8` does; raises DataError also for a character that nobody sees."""
    text = read_utf8(path, name)
    if places := invisible_offsets(text):
        message = f"holds {describe_character(text[places[0]])} in line {line_of(text, places[0])}"
        raise DataError([Problem(file_name(path, name), None, None, message, "take it out")])
    return text


def line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def read_utf8(path: Path | str, name: str) -> str:
    """Read the file `name` of the data folder `path` as UTF-8 with its line ends as they are.

    Raises DataError where it is missing, no file, too large, empty, not UTF-8, or has a byte-order mark, a NUL character, carriage
    returns or a line that is too long.
    """
    content, refuse = read_bytes(path, name), partial(_refuse, path, name)
    if content.startswith(_BYTE_ORDER_MARKS):
        refuse("begins with a byte-order mark", "save it as UTF-8 without a byte-order mark")
    text = decode_utf8(path, name, content)
    if "\r" in text:
        refuse(f"has a carriage return in line {line_of(text, text.index(chr(13)))}", "save it with line ends of a single line feed (LF)")
    for number, content_of_line in enumerate(text.split("\n"), start=1):
        if len(content_of_line) > MAX_LINE_CHARS:
            refuse(f"has {len(content_of_line):,} characters in line {number}", f"break it into lines under {MAX_LINE_CHARS:,} characters")
    return text


def _refuse(path: Path | str, name: str, message: str, remedy: str) -> NoReturn:
    """Raise a DataError on the whole file `name`."""
    raise DataError([Problem(file_name(path, name), None, None, message, remedy)])


def read_bytes(path: Path | str, name: str) -> bytes:
    """The content of the file `name` of a folder. Raises DataError where it is missing, no file, too large or empty."""
    file, refuse = Path(path) / name, partial(_refuse, path, name)
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            refuse("cannot be read (it is no file)", "make it a readable file")
        if status.st_size > MAX_FILE_BYTES:
            refuse(f"has {status.st_size:,} bytes", f"keep each file under {MAX_FILE_BYTES:,} bytes")
        content = file.read_bytes()
    except FileNotFoundError:
        refuse("is missing", "restore the file, or name the data folder that holds it")
    except OSError as error:
        refuse(f"cannot be read ({error.strerror})", "make it a readable file")
    if not content.strip():
        refuse("is empty", "restore its content")
    return content


def decode_utf8(path: Path | str, name: str, content: bytes) -> str:
    """The text that `content` of the file `name` spells in UTF-8. Raises DataError where it is not UTF-8, or has a NUL character."""
    refuse = partial(_refuse, path, name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        refuse(f"is not UTF-8 (byte {error.start}, line {line})", "save it as UTF-8")
    if "\0" in text:
        refuse(f"holds a NUL character in line {line_of(text, text.index(chr(0)))}", "take it out")
    return text


def text_file(source_id: str) -> str:
    """The file of a text, relative to the data folder."""
    return f"sources/{source_id}.txt"


def read_texts(path: Path | str, sources: pd.DataFrame) -> tuple[dict[str, str], list[Problem]]:
    """Read every text that `sources` lists and hold it against its sha256.

    Returns (raw, problems): raw maps source_id to text for the texts that are sound.
    """
    raw, problems = {}, []
    for row, source in enumerate(sources.itertuples(), start=2):
        try:
            raw[source.source_id] = read_source(path, source.source_id, source.sha256, row)
        except DataError as error:
            problems += error.problems
    return raw, problems


def read_source(path: Path | str, source_id: str, sha256: str, row: int) -> str:
    """The raw text of a `row` of sources.csv. Raises DataError where its id is none, or its file is not sound or was altered."""
    file = file_name(path, "sources.csv")
    if not re.fullmatch(r"[a-z][a-z0-9]{0,39}", source_id):
        message, remedy = f"{source_id!r} is not an id", "use up to 40 lower-case letters and digits, as in smith2023"
        raise DataError([Problem(file, row, "source_id", message, remedy)])
    text = read_text(path, text_file(source_id))
    if (digest := hashlib.sha256(text.encode("utf-8")).hexdigest()) != sha256:
        message = f"{text_file(source_id)} was altered: its sha256 is {digest}"
        remedy = "restore the file; if it was meant to change, enter the new sha256 and check its zones"
        raise DataError([Problem(file, row, "sha256", message, remedy)])
    return text


def with_offsets(path: Path | str, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The data file `name` with its offsets as integers; raises DataError for a value that is not a whole number."""
    offsets = [column for column in DECLARED_TABLES[name].columns if column.type == "integer"]
    if problems := [fault for column in offsets for fault in _offset_faults(file_name(path, name), column, table[column.name])]:
        raise DataError(problems)
    numbers = {column.name: table[column.name].replace("", None).astype("Int64") for column in offsets if column.rule}
    return table.assign(**numbers).astype({column.name: int for column in offsets if not column.rule})


def _offset_faults(file: str, column: Column, values: Iterable[str]) -> list[Problem]:
    """The values of a column of offsets that are no whole numbers."""
    return [
        Problem(file, row, column.name, f"{value!r} is not a whole number", "enter an offset into the raw file")
        for row, value in enumerate(values if column.type == "integer" else (), start=2)
        if not re.fullmatch(r"[0-9]{1,9}", value) and (value or column.rule != OFFSET_OR_NONE)
    ]
