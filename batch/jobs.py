"""Measuring a file of documents: in partitions, here or by workers, each kept as soon as it is measured, all joined at the end.

The measured partitions stand in the folder `<target>.parts` until the last is there, so a run that was stopped goes on where it was.
"""

import hashlib
import json
import shutil
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pandas as pd

from analysis.atomic_write import atomic_path, write_atomic
from analysis.corpus.reader import DATA_FOLDER
from batch.readers import Document, count_documents, data_error, id_type, read_documents, require_format
from batch.reference import Rules, Unreadable, load_rules
from batch.vectorized import measure_batch, split_by_length

PARTITION_CHARS, PARTITION_DOCUMENTS = 5_000_000, 10_000  # the most of a partition, but that its last document may go beyond
SCHEDULED = 8  # partitions that are under way on a cluster
_HOUSE = Path(__file__).resolve().parent.parent
OUTPUT_FORMATS = {".parquet": "(FORMAT parquet)", ".csv": "(FORMAT csv, HEADER)", ".jsonl": "(FORMAT json)"}
TRY_AGAIN = "run the same command again: what was measured is kept"

Submit = Callable[..., Any]  # hands a call to whoever does the work; returns a future
Progress = Callable[[int, int, int], None]


def measure_file(
    source: Path,
    target: Path,
    data: Path = DATA_FOLDER,
    workers: int = 0,
    scheduler: str | None = None,
    progress: Progress = lambda *_: None,
) -> tuple[int, int]:
    """Measure the documents of the file `source`; write a row for each, in their order, to the file `target`: see `measure_batch`.

    Both are Parquet, CSV or JSON lines, by the end of their names. `workers` processes share the work, or those of the Dask scheduler at
    the address `scheduler`; without either it is done here. `progress(done, total, words)` hears after each partition how many documents
    are done, of how many, and how many words the run has measured itself. Returns (documents, documents with an error). Raises DataError
    for a file that cannot be used and OSError where the machine refuses; what was measured is kept, and `target` is whole or as it was.
    """
    require_format(target)
    if not target.parent.is_dir() or target.is_dir():
        raise data_error(target, "is no place for a file", "name a file in a folder that is there")
    if source.resolve() == target.resolve():
        raise data_error(target, "is the file to be measured", "name another file")
    total = count_documents(source)  # reads it all: a file that cannot be read is refused before anything is written
    rules = load_rules(data)
    parts = target.with_name(f"{target.name}.parts")
    with _submitting(workers, scheduler) as submit:
        _open_parts(parts, _run_digest(source, rules))
        at_once = SCHEDULED if scheduler else 2 * workers
        for done, words in _measure_partitions(source, parts, partial(submit, _measure_all, rules), at_once):
            progress(done, total, words)
    counted = _join(parts, target)
    shutil.rmtree(parts)
    return counted


def _run_digest(source: Path, rules: Rules) -> str:
    """What the measured partitions rest on, as a digest: the file, the rules, the size of a partition, the code."""
    status = source.stat()
    facts = [str(source.resolve()), status.st_size, status.st_mtime_ns, rules, PARTITION_CHARS, PARTITION_DOCUMENTS]
    digest = hashlib.sha256(json.dumps(facts).encode())
    for name in ("analysis", "batch"):
        for file in sorted((_HOUSE / name).rglob("*.py")):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _open_parts(parts: Path, digest: str) -> None:
    """Make the folder `parts` ready: with the partitions that an earlier run of the same kind left in it, or empty."""
    mark = parts / "run"
    if parts.exists() and not (mark.is_file() and mark.read_text(encoding="utf-8") == digest):
        if not mark.is_file() and any(parts.glob("[!.]*")):
            raise data_error(parts, "stands where the measured partitions are to be kept", "move it away")
        shutil.rmtree(parts)
    parts.mkdir(exist_ok=True)
    write_atomic(mark, digest)


def _measure_partitions(source: Path, parts: Path, submit: Submit, at_once: int) -> Iterator[tuple[int, int]]:
    """Measure every partition of a file that is not in `parts` yet, and keep it there; up to `at_once` are under way.

    Yields before the first and after each: the number of documents that are done, and of words that were measured.
    """
    id_kind, done, words = id_type(source), 0, 0
    yield done, words
    for file, n_documents, future in _under_way(read_documents(source), parts, submit, at_once):
        if future:
            table = _result(future, file)
            _keep(table, file, id_kind)
            words += int(table.n_words.sum())
        done += n_documents
        yield done, words


def _under_way(documents: Iterable[Document], parts: Path, submit: Submit, at_once: int) -> Iterator[tuple[Path, int, Any]]:
    """For each partition, in order: its file, its number of documents, a future of its measures, None where the file is there already."""
    waiting: deque[tuple[Path, int, Any]] = deque()
    for number, part in enumerate(split_by_length(documents, _length, PARTITION_CHARS, PARTITION_DOCUMENTS)):
        file = parts / f"{number:06}.parquet"
        future = None if file.exists() else submit([document.id for document in part], [document.text for document in part])
        waiting.append((file, len(part), future))
        if len(waiting) > at_once:
            yield waiting.popleft()
    yield from waiting


def _length(document: Document) -> int:
    return len(document.text) if isinstance(document.text, str | bytes) else 0


def _result(future: Any, file: Path) -> Any:
    try:
        return future.result()
    except Exception as error:  # not of a text: a worker died, say
        raise data_error(file.parent, f"partition {int(file.stem)} failed ({type(error).__name__}: {error})", TRY_AGAIN) from None


def _measure_all(rules: Rules, ids: list[Any], texts: list[Any]) -> pd.DataFrame:
    """`measure_batch`; where it fails, text by text, so that one that cannot be measured is a row with an error."""
    try:
        return measure_batch(ids, texts, rules)
    except Exception as error:  # whatever the text may be that makes it fail, the others are measured
        if len(ids) == 1:
            return measure_batch(ids, [Unreadable(f"measuring failed ({type(error).__name__}: {error})")], rules)
        return pd.concat([_measure_all(rules, [one], [text]) for one, text in zip(ids, texts, strict=True)], ignore_index=True)


@contextmanager
def _submitting(workers: int, scheduler: str | None) -> Iterator[Submit]:
    """A function that hands a call to whoever does the work, and returns a future: this process, others, or those of a Dask cluster."""
    if scheduler:
        from distributed import Client  # takes a second to import

        try:
            client = Client(scheduler, timeout="5s", set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            remedy = "start one with `dask scheduler`, and name its address"
            raise data_error(scheduler, f"does not answer as a Dask scheduler ({error})", remedy) from None
        with client:
            yield partial(client.submit, pure=False)
    elif workers:
        pool = ProcessPoolExecutor(workers, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))  # Ctrl+C is for this one
        try:
            yield pool.submit
        finally:
            pool.shutdown(cancel_futures=True)
    else:
        yield lambda function, *arguments: SimpleNamespace(result=partial(function, *arguments))  # made when it is asked for


def _keep(table: pd.DataFrame, file: Path, id_kind: str) -> None:
    """Write the measures of a partition to a Parquet file, all at once; its columns are of the same types in every partition."""
    with _writing(file) as (database, path):
        database.register("measures", table)
        typed = f"SELECT * REPLACE (CAST(id AS {id_kind}) AS id, CAST(error AS VARCHAR) AS error) FROM measures"
        database.execute(f"COPY ({typed}) TO {path} (FORMAT parquet)")


def _join(parts: Path, target: Path) -> tuple[int, int]:
    """Write all partitions, in order, as one file; returns (documents, documents with an error)."""
    measures = f"read_parquet([{', '.join(_quoted(file) for file in sorted(parts.glob('*.parquet')))}])"
    with _writing(target) as (database, path):
        database.execute(f"COPY (SELECT * FROM {measures}) TO {path} {OUTPUT_FORMATS[target.suffix]}")
        ((documents, errors),) = database.execute(f"SELECT count(*), count(error) FROM {measures}").fetchall()
    return documents, errors


@contextmanager
def _writing(file: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """For writing `file` all at once: a connection to DuckDB, and the path to write at, quoted. Raises DataError where that fails."""
    with atomic_path(file) as path, duckdb.connect(config={"threads": 1}) as database:
        try:
            yield database, _quoted(path)
        except duckdb.Error as error:  # a full disk, say
            raise data_error(file, f"cannot be written ({str(error).splitlines()[0]})", f"make room, and {TRY_AGAIN}") from None


def _quoted(path: Path) -> str:
    """A path as DuckDB reads it in a statement."""
    return "'" + str(path).replace("'", "''") + "'"
