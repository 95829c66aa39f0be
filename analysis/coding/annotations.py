"""A coded stretch of a text as other tools have it, before it is held against the text; and the codings of a text in this form."""

from collections.abc import Mapping
from typing import NamedTuple

from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES, ROW_KEY, SPAN

# What a stretch of a text can be coded for, by the names that annotations use: the tables that hold spans.
CODINGS: dict[str, str] = {
    name.removeprefix("codings/").removesuffix(".csv"): name
    for name, table in DECLARED_TABLES.items()
    if {*ROW_KEY, *SPAN} <= {*table.names} and ".p" not in name
}

# What else an annotation can add: a row for the person or the event that its words name.
DECLARED: dict[str, str] = {"people": "people.csv", "benchmark_events": "benchmark_events.csv"}

ANNOTATED: dict[str, str] = CODINGS | DECLARED


class Annotation(NamedTuple):
    """One coded stretch as a file from outside has it.

    `row` is its number in the file, for messages: the line of a table, else counted from 1. `coding` is a name of CODINGS or DECLARED,
    `codes` maps columns of that table to values. What the file does not say is empty; `start` and `end` count code points of the raw file.
    """

    row: int
    coding: str
    quote: str
    codes: Mapping[str, str]
    passage_id: str = ""
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""


class AnnotationFile(NamedTuple):
    """What was read of a file: its annotations, a sentence on each thing in it that no coding can hold, and what else to say."""

    annotations: list[Annotation]
    left_out: list[str]
    said: tuple[str, ...] = ()


def code_columns(coding: str) -> list[str]:
    """The columns of a coding that an annotation fills by `codes`: all but the place, the words and the resolution of the passes."""
    place = {*ROW_KEY, *SPAN} if coding in CODINGS else set()
    return [column for column in DECLARED_TABLES[ANNOTATED[coding]].names if column not in place | {"resolution"}]


def coded_annotations(corpus: Corpus, source_id: str, which: str = "adjudicated") -> list[Annotation]:
    """The codings of a text as Annotations, in the order of the tables.

    `which` is "1" or "2" for a blind pass (the codings that were made in passes), or "adjudicated" for what the book counts (all codings).
    """
    found: list[Annotation] = []
    for coding, name in CODINGS.items():
        file = name if which == "adjudicated" else name.replace(".csv", f".pass{which}.csv")
        if file not in corpus.tables:
            continue
        columns = [column for column in code_columns(coding) if column in corpus.tables[file]]
        for row in corpus.tables[file].query("source_id == @source_id").to_dict("records"):
            codes = {column: str(row[column]) for column in columns if row[column]}
            found.append(Annotation(len(found) + 1, coding, row["quote"], codes, row["passage_id"], int(row["start"]), int(row["end"])))
    return found
