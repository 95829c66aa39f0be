"""The made-up sixth text of `tests/sixth` in each status: not coded yet, coded once, coded twice; and the study with an uncoded text."""

from collections.abc import Callable
from pathlib import Path

from analysis.corpus.reader import Corpus
from tests.support.corpora import with_table
from tests.support.hostile import SIXTH, add_sixth, rows_of, write_rows

ID, SHORT = "quill2022", "Nobody 2022"
STATUSES = ("uncoded", "once", "twice")
_OF_UNCODED = ("sources.csv", "zones.csv", "syllables.csv", "quill2022.txt", "extra_words.csv")


def add_in_status(data: Path, status: str) -> None:
    """Add the sixth text to a folder of data as it is in this status: uncoded with its words alone, once without a second pass."""
    before = {file: file.read_bytes() for file in sorted(data.rglob("*")) if file.is_file()}
    add_sixth(data)
    for file in (data / added.relative_to(SIXTH) for added in SIXTH.rglob("*") if added.is_file() and added.name != "README.md"):
        of_codings = status == "uncoded" and file.name not in _OF_UNCODED and "cmudict" not in file.parts
        if of_codings or (status == "once" and file.name.endswith(".pass2.csv")):
            file.write_bytes(before[file])
    empty = {"argument": "", "summary": "", "coder": ""} if status == "uncoded" else {}
    change_cells(data / "sources.csv", lambda row: row["source_id"] == ID, coding=status, **empty)


def change_cells(file: Path, which: Callable[[dict[str, str]], bool], **cells: str) -> None:
    """Write `cells` into the rows of a table of which `which` is true."""
    write_rows(file, [row | cells if which(row) else row for row in rows_of(file)])


def with_uncoded(study: Corpus) -> Corpus:
    """The study with Cole 1988 not yet coded."""
    others = study.sources.source_id != "cole1988"
    sources = study.sources.assign(coding=study.sources.coding.where(others, "uncoded"), coder=study.sources.coder.where(others, ""))
    tables = {name: rows[rows.source_id != "cole1988"] if "source_id" in rows else rows for name, rows in study.tables.items()}
    study = type(study)(study.path, tables, study.raw)
    return with_table(study, "sources.csv", sources)
