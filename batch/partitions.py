"""Partitions of a file of documents: each is read, measured and written as a Parquet file by one process, here or elsewhere.

A partition is a list of documents, or a Stretch of a Parquet file that whoever measures it reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import duckdb
import pandas as pd

from analysis.atomic_write import atomic_path
from batch.documents import PLAIN, Document, Layout, data_error
from batch.readers import Stretch, file_format, has_large_groups, open_database, read_documents, read_stretch
from batch.reference import Rules, Unreadable, text_error
from batch.vectorized import measure_batch, split_by_length

PARTITION_CHARS, PARTITION_DOCUMENTS = 5_000_000, 5000  # the most of a partition, but that its last document may go beyond
TRY_AGAIN = "run the same command again: what was measured is kept"

_ONE_AT_A_TIME = Lock()  # a worker of Dask may have several threads, but the words of a process are learned by one

Partition = list[Document] | Stretch


class Run(NamedTuple):
    """What all partitions of a run have in common: the rules, the folder for their measures, and the type of ids, as DuckDB names it."""

    rules: Rules
    parts: Path
    id_type: str


def find_partitions(source: Path, layout: Layout, total: int, is_shared: bool) -> Iterator[Partition]:
    """The partitions of a file of `total` documents, in order: where others share the work, stretches of a Parquet file, else documents."""
    if is_shared and file_format(source) == ".parquet" and not has_large_groups(source):
        for begin in range(0, total, PARTITION_DOCUMENTS):
            yield Stretch(source.resolve(), layout, begin, min(begin + PARTITION_DOCUMENTS, total), {})
    else:
        yield from split_by_length(read_documents(source, layout), _length, PARTITION_CHARS, PARTITION_DOCUMENTS)


def n_documents(partition: Partition) -> int:
    """The number of documents of a partition."""
    return partition.end - partition.begin if isinstance(partition, Stretch) else len(partition)


def _length(document: Document) -> int:
    return len(document.text) if isinstance(document.text, str | bytes) else 0


def measures_file(run: Run, number: int) -> Path:
    """The file with the measures of a partition, which are numbered from 0."""
    return run.parts / f"{number:06}.parquet"


def as_stretch(run: Run, number: int, partition: Partition) -> Stretch:
    """A partition as a Stretch: documents are written to a Parquet file. Raises DataError where it cannot be written."""
    if isinstance(partition, Stretch):
        return partition
    errors = [text_error(document.text) for document in partition]
    texts = [None if error else document.text for document, error in zip(partition, errors, strict=True)]
    table = pd.DataFrame({"id": [document.id for document in partition], "text": texts}, dtype=object)
    file = _texts_file(run, number)
    _write_table(table, file, "text", run)
    return Stretch(file, PLAIN, 0, len(texts), {row: error for row, error in enumerate(errors) if error})


def _texts_file(run: Run, number: int) -> Path:
    return measures_file(run, number).with_suffix(".texts")


def measure_here(run: Run, number: int, partition: Partition) -> int:
    """Measure a partition and write its measures, a row a document; returns the number of words. Raises DataError where it fails."""
    documents = read_stretch(partition) if isinstance(partition, Stretch) else partition
    pieces = split_by_length(documents, _length, PARTITION_CHARS, PARTITION_DOCUMENTS)
    table = pd.concat([_measure_all(run.rules, [d.id for d in piece], [d.text for d in piece]) for piece in pieces], ignore_index=True)
    _write_table(table, measures_file(run, number), "error", run)
    return int(table.n_words.sum())


def measure_elsewhere(run: Run, number: int, stretch: Stretch) -> int:
    """`measure_here`, in another process; what was handed over is deleted. Raises DataError where the folder is not there for it."""
    if not run.parts.is_dir():
        remedy = "let input and output be in a folder that all workers have, under one path"
        raise data_error(run.parts, "is not there for a worker", remedy)
    with _ONE_AT_A_TIME:
        n_words = measure_here(run, number, stretch)
        _texts_file(run, number).unlink(missing_ok=True)
        return n_words


def _measure_all(rules: Rules, ids: list[Any], texts: list[Any]) -> pd.DataFrame:
    """`measure_batch`; where it fails, text by text, so that one that cannot be measured is a row with an error."""
    try:
        return measure_batch(ids, texts, rules)
    except Exception as error:  # whatever the text may be that makes it fail, the others are measured
        if len(ids) == 1:
            return measure_batch(ids, [Unreadable(f"measuring failed ({type(error).__name__}: {error})")], rules)
        return pd.concat([_measure_all(rules, [one], [text]) for one, text in zip(ids, texts, strict=True)], ignore_index=True)


def _write_table(table: pd.DataFrame, file: Path, words: str, run: Run) -> None:
    """Write a table to a Parquet file, all at once, with ids of the type of the run and its column `words` as text, though it be empty."""
    with writing(file) as (database, path):
        database.register("written", table)
        typed = f"SELECT * REPLACE (CAST(id AS {run.id_type}) AS id, CAST({words} AS VARCHAR) AS {words}) FROM written"
        database.execute(f"COPY ({typed}) TO {path} (FORMAT parquet)")


@contextmanager
def writing(file: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """For writing `file` all at once: a connection to DuckDB, and the path to write at, quoted. Raises DataError where that fails."""
    with atomic_path(file) as path, open_database() as database:
        try:
            yield database, quoted_path(path)
        except duckdb.Error as error:  # a full disk, say
            raise data_error(file, f"cannot be written ({str(error).splitlines()[0]})", f"make room, and {TRY_AGAIN}") from None


def quoted_path(path: Path) -> str:
    """A path as DuckDB reads it in a statement."""
    return "'" + str(path).replace("'", "''") + "'"
