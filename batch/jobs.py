"""Measuring a file of documents: in partitions, here or by workers, each kept as soon as it is measured, all joined at the end.

The measured partitions stand in the folder `<target>.parts` until the last is there, so a run that was stopped goes on where it was.
"""

import hashlib
import json
import shutil
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from analysis.atomic_write import write_atomic
from analysis.corpus.errors import DataError
from analysis.corpus.reader import DATA_FOLDER
from batch import partitions
from batch.documents import PLAIN, Layout, data_error
from batch.partitions import (
    TRY_AGAIN,
    Partition,
    Run,
    as_stretch,
    find_partitions,
    measure_elsewhere,
    measure_here,
    measures_file,
    n_documents,
)
from batch.readers import count_documents, file_format, id_type
from batch.reference import Rules, load_rules
from batch.vectorized import measure_batch

_START = "fork" if sys.platform == "linux" else "spawn"  # elsewhere libraries of the system may not bear the first
SCHEDULED = 100  # partitions that are under way on a cluster
_HOUSE = Path(__file__).resolve().parent.parent
_TEXT_FORMATS = {
    ".csv": "FORMAT csv, HEADER",
    ".tsv": "FORMAT csv, HEADER, DELIMITER '\t'",
    ".jsonl": "FORMAT json",
    ".json": "FORMAT json, ARRAY",
}
OUTPUT_FORMATS = {
    ".parquet": "FORMAT parquet, ROW_GROUP_SIZE 10240",  # the default keeps 100 MB more in memory
    **_TEXT_FORMATS,
    **{f"{form}.gz": f"{options}, COMPRESSION gzip" for form, options in _TEXT_FORMATS.items()},
}

Submit = Callable[..., Any]  # hands a call to whoever does the work; returns a future
Progress = Callable[[int, int, int], None]


def measure_file(
    source: Path,
    target: Path,
    data: Path = DATA_FOLDER,
    workers: int = 0,
    scheduler: str | None = None,
    progress: Progress = lambda *_: None,
    layout: Layout = PLAIN,
) -> tuple[int, int]:
    """Measure the documents of the file `source`; write a row for each, in their order, to the file `target`: see `measure_batch`.

    Both are of DOCUMENT_FORMATS, by the end of their names; `layout` says more of `source`. `workers` processes share the work, or those
    of the Dask scheduler at the address `scheduler`; without either it is done here. `progress(done, total, words)` hears after each
    partition how many documents are done, of how many, and how many words the run has measured itself. Returns (documents, documents with
    an error): as many rows as documents were read. Raises DataError for a file that cannot be used or changes meanwhile, and OSError where
    the machine refuses; what was measured is kept, and `target` is whole or as it was.
    """
    form = file_format(target)
    if not target.parent.is_dir() or target.is_dir():
        raise data_error(target, "is no place for a file", "name a file in a folder that is there")
    if source.resolve() == target.resolve():
        raise data_error(target, "is the file to be measured", "name another file")
    began = _stamp(source)
    total = count_documents(source, layout)  # reads it all: a file that cannot be read is refused before anything is written
    rules = load_rules(data)
    parts = target.with_name(f"{target.name}.parts")
    with _submitting(workers, scheduler, rules) as submit:
        _open_parts(parts, _run_digest(source, layout, rules, submit is not None))
        run = Run(rules, parts.resolve(), id_type(source, layout))
        at_once = SCHEDULED if scheduler else 2 * workers
        done = words = 0
        progress(done, total, words)
        for n_done, n_words in _under_way(run, find_partitions(source, layout, total, submit is not None), submit, at_once):
            done, words = done + n_done, words + n_words
            progress(done, total, words)
    if _stamp(source) != began:
        raise data_error(source, "was changed while it was read", "run the same command again when nothing writes to it")
    counted = _join(parts, target, form, total)
    shutil.rmtree(parts)
    return counted


def _stamp(file: Path) -> tuple[int, int] | None:
    """Size and time of a file; None where there is none."""
    return (status.st_size, status.st_mtime_ns) if file.is_file() and (status := file.stat()) else None


def _run_digest(source: Path, layout: Layout, rules: Rules, is_shared: bool) -> str:
    """What the measured partitions rest on, as a digest: the file, how it is read and parted, the rules, the code."""
    parted = [is_shared, partitions.PARTITION_CHARS, partitions.PARTITION_DOCUMENTS]
    facts = [str(source.resolve()), _stamp(source), layout, rules, parted]
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


def _under_way(run: Run, found: Iterator[Partition], submit: Submit | None, at_once: int) -> Iterator[tuple[int, int]]:
    """Measure each partition whose measures are not kept yet: by `submit`, up to `at_once` at a time, or here where it is not given. Yields
    the numbers of documents and of words of each when it is done.
    """
    waiting: deque[tuple[int, int, Any]] = deque()
    for number, partition in enumerate(found):
        if measures_file(run, number).exists():
            yield n_documents(partition), 0
        elif submit:
            waiting.append((number, n_documents(partition), submit(measure_elsewhere, run, number, as_stretch(run, number, partition))))
            if len(waiting) > at_once:
                yield _result(run, *waiting.popleft())
        else:
            yield n_documents(partition), measure_here(run, number, partition)
    for one in waiting:
        yield _result(run, *one)


def _result(run: Run, number: int, n: int, future: Any) -> tuple[int, int]:
    try:
        return n, future.result()
    except DataError:
        raise
    except Exception as error:  # not of a text: a worker died, say
        raise data_error(run.parts, f"partition {number} failed ({type(error).__name__}: {error})", TRY_AGAIN) from None


@contextmanager
def _submitting(workers: int, scheduler: str | None, rules: Rules) -> Iterator[Submit | None]:
    """A function that hands a call to other processes, or those of a Dask cluster, and returns a future; None where there are none."""
    if scheduler:
        from distributed import Client  # takes a second to import

        try:
            client = Client(scheduler, timeout="5s", set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            remedy = "start one with `dask scheduler`, and name its address"
            raise data_error(scheduler, f"does not answer as a Dask scheduler ({error})", remedy) from None
        with client:
            try:
                client.run(measure_batch, [], [], rules)  # lets all workers import what they need at the same time
            except Exception as error:  # whatever a worker lacks
                remedy = "start its workers in an environment of this project"
                raise data_error(scheduler, f"has a worker that cannot measure ({type(error).__name__}: {error})", remedy) from None
            yield partial(client.submit, pure=False)
    elif workers:
        pool = ProcessPoolExecutor(workers, get_context(_START), _make_ready, (rules,))
        try:
            yield pool.submit
        finally:
            pool.shutdown(cancel_futures=True)
    else:
        yield None


def _make_ready(rules: Rules) -> None:
    """Let a process that measures load its compiled loops, and leave Ctrl+C to the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    measure_batch([], [], rules)


def _join(parts: Path, target: Path, form: str, total: int) -> tuple[int, int]:
    """Write all partitions, in order, as one file; returns (documents, documents with an error).

    Raises DataError where they do not hold `total` documents.
    """
    measures = f"read_parquet([{', '.join(partitions.quoted_path(file) for file in sorted(parts.glob('*.parquet')))}])"
    with partitions.writing(target) as (database, path):
        ((documents, errors),) = database.execute(f"SELECT count(*), count(error) FROM {measures}").fetchall()
        if documents != total:
            message = f"holds {documents:,} rows for {total:,} documents that were read"
            raise data_error(parts, message, "delete the folder, and run the same command again")
        database.execute(f"COPY (SELECT * FROM {measures}) TO {path} ({OUTPUT_FORMATS[form]})")
    return documents, errors
