"""Reading documents from a file: Parquet, CSV or JSON lines, with the columns `id` and `text`, a few documents at a time."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import duckdb
import numpy as np

from analysis.corpus.errors import DataError, Problem
from batch.reference import Unreadable

DOCUMENT_FORMATS = (".parquet", ".csv", ".jsonl")
DOCUMENT_COLUMNS = ["id", "text"]
FETCHED_ROWS = 500  # documents of a Parquet file in memory at a time
MAX_FIELD_CHARS = 100_000_000  # of a CSV file; a quotation mark that never closes would take in all that follows
CSV_FIELD = re.compile(r'"(?:[^"]++|"")*+"(?=[,\r\n]|\Z)|(?!")[^,\r\n]*+')
LINE_END = re.compile(r"\r\n?|\n")


class Document(NamedTuple):
    """One document of a file: its id, and its text, whatever its type, or an Unreadable in its place; `place` is the line in which it
    begins, in a Parquet file its row, from 1.
    """

    id: Any
    text: Any
    place: int


def read_documents(path: Path) -> Iterator[Document]:
    """Every document of the file `path`, in order.

    Raises DataError for a file that is none of DOCUMENT_FORMATS, lacks one of the two columns, or cannot be read at all; so does a CSV file
    with a quotation mark that opens a field and does not close it.
    """
    require_format(path)
    if not path.is_file():
        raise data_error(path, "is no file", "name the file that holds the documents")
    return {".parquet": _read_parquet, ".csv": _read_csv, ".jsonl": _read_json_lines}[path.suffix](path)


def require_format(path: Path) -> None:
    """Raise DataError where the name of a file ends in none of DOCUMENT_FORMATS."""
    if path.suffix not in DOCUMENT_FORMATS:
        raise data_error(path, f"is none of {', '.join(DOCUMENT_FORMATS)}", "name a file that ends in one of them")


def require_columns(path: Path, names: Sequence[str]) -> None:
    """Raise DataError where the columns `names` of a file hold `id` or `text` not once."""
    if missing := [name for name in DOCUMENT_COLUMNS if names.count(name) != 1]:
        raise data_error(path, f"has not one column {' and one column '.join(missing)}", "name the columns id and text")


def count_documents(path: Path) -> int:
    """The number of documents of a file, which is read for it from end to end. In memory are eight bytes a document.

    Raises what `read_documents` raises, and DataError where two documents have the same id as text; any number may be without one.
    """
    hashes = np.fromiter((hash(identity or place) for identity, place in _ids(path)), dtype=np.int64)
    hashes.sort()
    suspects = set(hashes[1:][hashes[1:] == hashes[:-1]].tolist())
    first: dict[str, int] = {}
    for identity, place in _ids(path) if suspects else ():
        if identity and hash(identity) in suspects and first.setdefault(identity, place) != place:
            where = f"{'rows' if path.suffix == '.parquet' else 'lines'} {first[identity]} and {place}"
            raise data_error(path, f"has the id {identity!r} twice, in {where}", "give each document an id of its own")
    return len(hashes)


def id_type(path: Path) -> str:
    """The type of the column `id`, as DuckDB names it: text, but for a Parquet file, which says its own."""
    if path.suffix != ".parquet":
        return "VARCHAR"
    with duckdb.connect() as database:
        return str(database.execute("DESCRIBE SELECT id FROM read_parquet(?)", [str(path)]).fetchall()[0][1])


def data_error(place: object, message: str, remedy: str) -> DataError:
    """A DataError with one problem of the file, folder or address `place`."""
    return DataError([Problem(str(place), None, None, message, remedy)])


def _ids(path: Path) -> Iterator[tuple[str | None, int]]:
    """The ids of a file as text, and their places."""
    documents = read_documents(path)
    if path.suffix == ".parquet":
        documents = _read_parquet(path, "CAST(id AS VARCHAR), NULL")
    return ((document.id, document.place) for document in documents)


def _read_parquet(path: Path, chosen: str = "id, text") -> Iterator[Document]:
    with duckdb.connect(config={"threads": 1}) as database:
        try:
            names = [row[0] for row in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()]
            require_columns(path, names)
            found, place = database.execute(f"SELECT {chosen} FROM read_parquet(?)", [str(path)]), count(1)
            while rows := found.fetchmany(FETCHED_ROWS):
                for identity, text in rows:
                    yield Document(identity, text, next(place))
        except duckdb.Error as error:
            raise data_error(path, f"cannot be read as Parquet ({str(error).splitlines()[0]})", "write the file anew") from None


def _read_csv(path: Path) -> Iterator[Document]:
    csv.field_size_limit(MAX_FIELD_CHARS)
    with _open_csv(path) as file:
        rows, begin = csv.reader(file, strict=True), 1
        try:
            header = next(rows, [])
            require_columns(path, header)
            begin = rows.line_num + 1
            for row in rows:
                if row:
                    yield Document(*_csv_document(row, header, rows.line_num), begin)
                begin = rows.line_num + 1
        except csv.Error as error:
            raise _csv_error(path, begin, rows.line_num, error) from None


def _open_csv(path: Path) -> TextIO:
    return open(path, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _csv_document(row: list[str], header: list[str], line: int) -> tuple[str | None, str | Unreadable]:
    """The id and the text of a row that ends in `line`."""
    at_id, at_text = (header.index(name) for name in DOCUMENT_COLUMNS)
    if len(row) == len(header):
        return _writable_id(row[at_id]), row[at_text]
    text = Unreadable(f"the row that ends in line {line} has {len(row)} fields, the header {len(header)}")
    return _writable_id(row[at_id] if len(row) > at_id else None), text


def _csv_error(path: Path, begin: int, end: int, error: csv.Error) -> DataError:
    """What is wrong with the row that begins in line `begin` and cannot be read from line `end` on: mostly an open quotation mark."""
    with _open_csv(path) as file:
        row, at = "".join(islice(file, begin - 1, end)), 0
    while at < len(row) and (field := CSV_FIELD.match(row, at)):
        at = field.end() + 1
    if at >= len(row):
        return data_error(path, f"cannot be read from line {begin} on ({error})", "mend the line")
    above = LINE_END.split(row[:at])
    place = f"line {begin + len(above) - 1}, column {len(above[-1]) + 1}"
    remedy = "close it before the next comma or the end of the line, and double each quotation mark inside a field"
    return data_error(path, f"has a quotation mark in {place}, which opens a field and does not close it", remedy)


def _read_json_lines(path: Path) -> Iterator[Document]:
    with open(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield Document(*_json_document(line, number), number)


def _json_document(line: bytes, number: int) -> tuple[str | None, Any]:
    """The id and the text of one line of JSON."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, Unreadable(f"line {number} is no JSON ({error})")
    if not isinstance(document, dict):
        return None, Unreadable(f"line {number} is no JSON object")
    return _writable_id(document.get("id")), document.get("text")


def _writable_id(identity: Any) -> str | None:
    """An id as text that can be written: a number or a list in JSON, a sign that is no character as its number."""
    if identity is None:
        return None
    text = identity if isinstance(identity, str) else json.dumps(identity)
    return text.encode("utf-8", "backslashreplace").decode()
