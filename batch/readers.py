"""Reading documents from a file of any form, a few at a time, and counting them."""

import os
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np

from batch.delimited import read_delimited
from batch.documents import PLAIN, Document, Layout, data_error, find_columns
from batch.json_documents import read_json
from batch.reference import Unreadable

FORMS = (".parquet", ".csv", ".tsv", ".jsonl", ".json")
DOCUMENT_FORMATS = (*FORMS, *(f"{form}.gz" for form in FORMS[1:]))
FETCHED_ROWS = 500  # documents of a Parquet file in memory at a time
NO_TEXT = ("BLOB", "STRUCT", "MAP", "UNION")  # types of columns, and lists of any
MOST_ROWS = 200_000  # of a row group: what stands in a larger one is found too slowly


class Stretch(NamedTuple):
    """Rows of a Parquet file, from `begin` up to `end`, counted from 0; `faults` says by row why it holds no text, where that is known."""

    path: Path
    layout: Layout
    begin: int
    end: int
    faults: dict[int, str]


@cache
def _database(_process: int) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def open_database() -> duckdb.DuckDBPyConnection:
    """A connection to DuckDB, of which this process has one in memory: to open it takes longer than to read a thousand documents."""
    return _database(os.getpid()).cursor()


def file_format(path: Path) -> str:
    """Which of DOCUMENT_FORMATS the name of a file ends in. Raises DataError where it ends in none."""
    for form in DOCUMENT_FORMATS:
        if path.name.lower().endswith(form):
            return form
    raise data_error(path, f"is none of {', '.join(DOCUMENT_FORMATS)}", "name a file that ends in one of them")


def read_documents(path: Path, layout: Layout = PLAIN) -> Iterator[Document]:
    """Every document of the file `path`, in order.

    Raises DataError for a file that is none of DOCUMENT_FORMATS, lacks one of the two columns, or cannot be read from end to end. In the
    place of a document that cannot be read, in a file that can, stands an Unreadable.
    """
    form = file_format(path).removesuffix(".gz")
    if not path.is_file():
        raise data_error(path, "is no file", "name the file that holds the documents")
    read = {".parquet": _read_parquet, ".csv": read_delimited, ".tsv": read_delimited, ".jsonl": read_json, ".json": read_json}
    return read[form](path, layout)


def count_documents(path: Path, layout: Layout = PLAIN) -> int:
    """The number of documents of a file, which is read for it from end to end. In memory are eight bytes a document.

    Raises what `read_documents` raises, and DataError where two documents have the same id as text; any number may be without one.
    """
    hashes = np.fromiter((hash(identity or place) for identity, place in _ids(path, layout)), dtype=np.int64)
    hashes.sort()
    suspects = set(hashes[1:][hashes[1:] == hashes[:-1]].tolist())
    first: dict[str, int] = {}
    for identity, place in _ids(path, layout) if suspects else ():
        if identity and hash(identity) in suspects and first.setdefault(identity, place) != place:
            where = f"{'rows' if file_format(path) == '.parquet' else 'lines'} {first[identity]} and {place}"
            raise data_error(path, f"has the id {identity!r} twice, in {where}", "give each document an id of its own")
    return len(hashes)


def id_type(path: Path, layout: Layout = PLAIN) -> str:
    """The type of the column for ids, as DuckDB names it: text, but for a Parquet file, which says its own."""
    if file_format(path) != ".parquet":
        return "VARCHAR"
    with open_database() as database:
        columns = _columns(database, path)
        return columns[find_columns(path, [name for name, _ in columns], layout)[0]][1]


def _ids(path: Path, layout: Layout) -> Iterator[tuple[str | None, int]]:
    """The ids of a file as text, None for one of white space, and their places."""
    documents = read_documents(path, layout)
    if file_format(path) == ".parquet":
        documents = _read_parquet(path, layout, "CAST({id} AS VARCHAR), NULL")
    return ((document.id if document.id and not document.id.isspace() else None, document.place) for document in documents)


def read_stretch(stretch: Stretch) -> Iterator[Document]:
    """Every document of a Stretch, in order. Raises DataError where the file cannot be read."""
    if not stretch.path.is_file():
        raise data_error(stretch.path, "is no file here", "put it into a folder that all workers have under the same path")
    where = f"WHERE file_row_number >= {stretch.begin} AND file_row_number < {stretch.end}"
    for row, document in enumerate(_read_parquet(stretch.path, stretch.layout, where=where)):
        yield document._replace(text=Unreadable(stretch.faults[row])) if row in stretch.faults else document


def has_large_groups(path: Path) -> bool:
    """Whether a Parquet file has row groups of which a stretch is found too slowly."""
    with open_database() as database:
        most = database.execute("SELECT max(row_group_num_rows) FROM parquet_metadata(?)", [str(path)]).fetchall()[0][0]
        return (most or 0) > MOST_ROWS


def _read_parquet(path: Path, layout: Layout, chosen: str = "{id}, {text}", where: str = "") -> Iterator[Document]:
    with open_database() as database:
        try:
            columns = _columns(database, path)
            identity, text = (columns[place] for place in find_columns(path, [name for name, _ in columns], layout))
            for name, kind in (identity, text):
                if kind.startswith(NO_TEXT) or kind.endswith("]"):
                    message = f"holds in its column {name} values of the type {kind[:60]}"
                    raise data_error(path, message, "give each document one id and one text, or name other columns with --id and --text")
            names = {"id": _quoted_name(identity[0]), "text": _quoted_name(text[0])}
            table = f"read_parquet(?, file_row_number = true) {where}" if where else "read_parquet(?)"
            found, place = database.execute(f"SELECT {chosen.format(**names)} FROM {table}", [str(path)]), count(1)
            while rows := found.fetchmany(FETCHED_ROWS):
                for one, content in rows:
                    yield Document(one, content, next(place))
        except duckdb.Error as error:
            raise data_error(path, f"cannot be read as Parquet ({str(error).splitlines()[0]})", "write the file anew") from None


def _columns(database: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    """The columns of a Parquet file: their names and types."""
    return [(row[0], row[1]) for row in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()]


def _quoted_name(name: str) -> str:
    """A column's name as DuckDB reads it in a statement."""
    return '"' + name.replace('"', '""') + '"'
