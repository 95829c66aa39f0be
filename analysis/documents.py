"""Reading documents from a file: Parquet, CSV or JSON lines, with the columns `id` and `text`, a few documents at a time."""

import csv
import json
import sys
from pathlib import Path

import duckdb

from analysis.archive import Unreadable
from analysis.problems import DataError, Problem

FORMATS = (".parquet", ".csv", ".jsonl")
FETCHED = 500  # documents of a Parquet file in memory at a time
NEEDED = ["id", "text"]


def documents(path):
    """Every document of the file `path`: (id, text, how far into the file it ends, in the units of `size`).

    A text is given as it is, whatever its type; in place of one that cannot be read stands an `archive.Unreadable`. Raises DataError for a
    file that is none of FORMATS, lacks one of the two columns, or cannot be read at all.
    """
    path = Path(path)
    hold_format(path)
    if not path.is_file():
        raise refused(path, "is no file", "name the file that holds the documents")
    return {".parquet": from_parquet, ".csv": from_csv, ".jsonl": from_lines}[path.suffix](path)


def hold_format(path):
    """Raise DataError where the name of a file ends in none of FORMATS."""
    if Path(path).suffix not in FORMATS:
        raise refused(path, f"is none of {', '.join(FORMATS)}", "name a file that ends in one of them")


def size(path):
    """How long the file `path` is, and in what: (number of documents, "documents") of a Parquet file, (bytes, "bytes") of others."""
    if Path(path).suffix != ".parquet":
        return Path(path).stat().st_size, "bytes"
    with duckdb.connect() as database:
        return database.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(path)]).fetchone()[0], "documents"


def id_type(path):
    """The type of the column `id`, as DuckDB names it: text, but for a Parquet file, which says its own."""
    if Path(path).suffix != ".parquet":
        return "VARCHAR"
    with duckdb.connect() as database:
        return database.execute("DESCRIBE SELECT id FROM read_parquet(?)", [str(path)]).fetchone()[1]


def from_parquet(path):
    with duckdb.connect(config={"threads": 1}) as database:
        try:
            names = [row[0] for row in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()]
            hold_columns(path, names)
            found, done = database.execute("SELECT id, text FROM read_parquet(?)", [str(path)]), 0
            while rows := found.fetchmany(FETCHED):
                for identity, text in rows:
                    done += 1
                    yield identity, text, done
        except duckdb.Error as error:
            raise refused(path, f"cannot be read as Parquet ({str(error).splitlines()[0]})", "write the file anew") from None


def from_csv(path):
    csv.field_size_limit(sys.maxsize)
    with open(path, "rb") as file, open(file.fileno(), encoding="utf-8-sig", errors="surrogateescape", newline="", closefd=False) as text:
        rows = csv.reader(text)
        header = next(rows, [])
        hold_columns(path, header)
        at = [header.index(name) for name in NEEDED]
        for row in rows:
            if len(row) == len(header):
                identity, said = (row[place] for place in at)
            else:
                identity = row[at[0]] if len(row) > at[0] else None
                said = Unreadable(f"the row that ends in line {rows.line_num} has {len(row)} fields, the header {len(header)}")
            if row:
                yield written(identity), said, file.tell()


def from_lines(path):
    done = 0
    with open(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            done += len(line)
            if line.strip():
                yield *from_line(line, number), done


def from_line(line, number):
    """The id and the text of one line of JSON."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, Unreadable(f"line {number} is no JSON ({error})")
    if not isinstance(document, dict):
        return None, Unreadable(f"line {number} is no JSON object")
    return written(document.get("id")), document.get("text")


def written(identity):
    """An id as text that can be written: a number or a list in JSON, a sign that is no character as its number."""
    if identity is not None and not isinstance(identity, str):
        identity = json.dumps(identity)
    return identity and identity.encode("utf-8", "backslashreplace").decode()


def hold_columns(path, names):
    if missing := [name for name in NEEDED if names.count(name) != 1]:
        raise refused(path, f"has not one column {' and one column '.join(missing)}", "name the columns id and text")


def refused(path, message, remedy):
    return DataError([Problem(str(path), None, None, message, remedy)])
