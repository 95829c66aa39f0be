"""The frozen study of the unit tests, a Corpus changed in a table or a text, and rows to be held against those worked out by hand."""

from collections.abc import Collection, Hashable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.corpus.joined import without_texts
from analysis.corpus.reader import Corpus

STUDY = Path(__file__).parent / "study"


def with_table(corpus: Corpus, name: str, table: pd.DataFrame) -> Corpus:
    """`corpus` with another table `name`."""
    return replace(corpus, tables=corpus.tables | {name: table})


def without_rows(corpus: Corpus, name: str, query: str) -> Corpus:
    """`corpus` without the rows of the table `name` that `query` chooses."""
    table = corpus.tables[name]
    return with_table(corpus, name, table.drop(table.query(query).index))


def of_texts(corpus: Corpus, ids: Collection[str]) -> Corpus:
    """`corpus` as if it had these texts alone."""
    return without_texts(corpus, set(corpus.sources.source_id) - set(ids))


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[Hashable, ...]]:
    """The rows of `table`, in the columns given, as tuples."""
    return list(table[list(columns)].itertuples(index=False, name=None))
