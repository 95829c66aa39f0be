"""Measuring a file of documents: in partitions, here or by workers, each kept as soon as it is measured, all joined at the end.

The measured partitions stand in the folder `<target>.parts` until the last is there, so a run that was stopped goes on where it was.
"""

import hashlib
import json
import shutil
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pandas as pd

from analysis.archive import Unreadable, load_rules, measure
from analysis.corpus import DATA
from analysis.documents import documents, hold_format, id_type, refused, size
from analysis.files import put, replacing

CHARACTERS, DOCUMENTS = 5_000_000, 10_000  # the most of a partition, but that its last document may go beyond
WRITTEN = {".parquet": "(FORMAT parquet)", ".csv": "(FORMAT csv, HEADER)", ".jsonl": "(FORMAT json)"}


def silent(done, total, unit, words):
    """A `progress` of `measure_file` that says nothing."""


def measure_file(source, target, data=DATA, workers=0, scheduler=None, progress=silent):
    """Measure the documents of the file `source`; write a row for each, in their order, to the file `target`. See `archive.measure`.

    Both are Parquet, CSV or JSON lines, by the end of their names. `workers` processes share the work, or those of the Dask scheduler at
    the address `scheduler`; without either it is done here. `progress(done, total, unit, words)` hears after each partition how far
    the run is, and how many words it has measured itself. Returns (documents, documents with an error). Raises DataError for a
    file that cannot be used and OSError where the machine refuses; what was measured is kept, and `target` is whole or as it was.
    """
    source, target = Path(source), Path(target)
    hold_format(target)
    if not target.parent.is_dir() or target.is_dir():
        raise refused(target, "is no place for a file", "name a file in a folder that is there")
    if source.resolve() == target.resolve():
        raise refused(target, "is the file to be measured", "name another file")
    found = documents(source)
    found = chain(list(islice(found, 1)), found)  # a file that cannot be read is refused before anything is written
    rules = load_rules(data)
    parts = target.with_name(f"{target.name}.parts")
    with submitting(workers, scheduler) as submit:
        open_parts(parts, description(source, rules))
        measure_parts(
            found, size(source), parts, id_type(source), lambda ids, texts: submit(measure_all, ids, texts, rules), progress, workers or 4
        )
    counted = join(parts, target)
    shutil.rmtree(parts)
    return counted


def description(source, rules):
    """What the measured partitions rest on, as a digest: the file, the rules, the code, the size of a partition."""
    status = source.stat()
    code = [hashed(file.read_bytes()) for file in sorted(Path(__file__).parent.glob("*.py"))]
    return hashed(json.dumps([str(source.resolve()), status.st_size, status.st_mtime_ns, rules, CHARACTERS, DOCUMENTS, code]).encode())


def hashed(content):
    return hashlib.sha256(content).hexdigest()


def open_parts(parts, described):
    """Make the folder `parts` ready: with the partitions that an earlier run of the same kind left in it, or empty."""
    mark = parts / "run"
    if parts.exists() and not (mark.is_file() and mark.read_text(encoding="utf-8") == described):
        if not mark.is_file() and any(parts.glob("[!.]*")):
            raise refused(parts, "stands where the measured partitions are to be kept", "move it away")
        shutil.rmtree(parts)
    parts.mkdir(exist_ok=True)
    put(mark, described)


def partitions(found):
    """Documents as lists of up to DOCUMENTS of them or about CHARACTERS: (ids, texts, how far into the file the last one ends)."""
    ids, texts, length = [], [], 0
    for identity, text, done in found:
        ids.append(identity)
        texts.append(text)
        length += len(text) if isinstance(text, str | bytes) else 0
        if length >= CHARACTERS or len(ids) == DOCUMENTS:
            yield ids, texts, done
            ids, texts, length = [], [], 0
    if ids:
        yield ids, texts, done


def measure_parts(found, whole, parts, id_kind, submit, progress, workers):
    """Measure every partition of the documents `found` that is not in `parts` yet, and keep it there; two a worker are under way."""
    under_way, words = deque(), 0

    def keep_next():
        nonlocal words
        number, done, result = under_way.popleft()
        try:
            table = result.result()
        except Exception as error:  # not of a text: a worker died, say
            remedy = "run the same command again: what was measured is kept"
            raise refused(parts, f"partition {number} failed ({type(error).__name__}: {error})", remedy) from None
        keep(table, parts / f"{number:06}.parquet", id_kind)
        words += int(table.n_words.sum())
        progress(done, *whole, words)

    number = -1
    progress(0, *whole, words)
    for number, (ids, texts, done) in enumerate(partitions(found)):
        if (parts / f"{number:06}.parquet").exists():
            progress(done, *whole, words)
            continue
        if len(under_way) == 2 * workers:
            keep_next()
        under_way.append((number, done, submit(ids, texts)))
    while under_way:
        keep_next()
    if number < 0:
        keep(submit([], []).result(), parts / "000000.parquet", id_kind)


def measure_all(ids, texts, rules):
    """`archive.measure`; where it fails, text by text, so that one that cannot be measured is a row with an error."""
    try:
        return measure(ids, texts, rules)
    except Exception:  # whatever the text may be that makes it fail, the others are measured
        return pd.concat([measure_one(*document, rules) for document in zip(ids, texts, strict=True)], ignore_index=True)


def measure_one(identity, text, rules):
    try:
        return measure([identity], [text], rules)
    except Exception as error:
        return measure([identity], [Unreadable(f"measuring failed ({type(error).__name__}: {error})")], rules)


class Here:
    """The result of a call that is made when it is asked for."""

    def __init__(self, function, *arguments):
        self.result = lambda: function(*arguments)


@contextmanager
def submitting(workers, scheduler):
    """A function that hands a call to whoever does the work, and returns a future: this process, others, or those of a Dask cluster."""
    if scheduler:
        from distributed import Client  # takes a second to import

        try:
            client = Client(scheduler, timeout="5s", set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            remedy = "start one with `dask scheduler`, and name its address"
            raise refused(scheduler, f"does not answer as a Dask scheduler ({error})", remedy) from None
        with client:
            yield lambda function, *arguments: client.submit(function, *arguments, pure=False)
    elif workers:
        pool = ProcessPoolExecutor(workers, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))  # Ctrl+C is for this one
        try:
            yield pool.submit
        finally:
            pool.shutdown(cancel_futures=True)
    else:
        yield Here


def keep(table, file, id_kind):
    """Write the measures of a partition to a Parquet file, all at once; its columns are of the same types in every partition."""
    with writing(file) as (database, beside):
        database.register("measures", table)
        typed = f"SELECT * REPLACE (CAST(id AS {id_kind}) AS id, CAST(error AS VARCHAR) AS error) FROM measures"
        database.execute(f"COPY ({typed}) TO {beside} (FORMAT parquet)")


def join(parts, target):
    """Write all partitions, in order, as one file; returns (documents, documents with an error)."""
    measures = f"read_parquet([{', '.join(quoted(file) for file in sorted(parts.glob('*.parquet')))}])"
    with writing(target) as (database, beside):
        database.execute(f"COPY (SELECT * FROM {measures}) TO {beside} {WRITTEN[target.suffix]}")
        return database.execute(f"SELECT count(*), count(error) FROM {measures}").fetchone()


@contextmanager
def writing(file):
    """For writing `file` all at once: a connection to DuckDB, and the path to write at, quoted. Raises DataError where that fails."""
    with replacing(file) as beside, duckdb.connect(config={"threads": 1}) as database:
        try:
            yield database, quoted(beside)
        except duckdb.Error as error:  # a full disk, say
            remedy = "make room, and run the same command again: what was measured is kept"
            raise refused(file, f"cannot be written ({str(error).splitlines()[0]})", remedy) from None


def quoted(path):
    """A path as DuckDB reads it in a statement."""
    return "'" + str(path).replace("'", "''") + "'"
