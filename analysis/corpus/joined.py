"""The corpus without some texts: without those that joined since the sentences of the book were read over (`in_prose` in sources.csv).

A sentence that is true of the other texts alone stays, and says whom it leaves out, until an author has read it over.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from analysis.corpus.reader import Corpus

TEXT_IDS = ("source_id", "source_a", "source_b")  # columns that name a text


def without_texts(corpus: Corpus, ids: Collection[str]) -> Corpus:
    """The corpus as if it had never had these texts: without them and every row that names one."""
    tables = {name: table[~table[table.columns.intersection(TEXT_IDS)].isin(ids).any(axis=1)] for name, table in corpus.tables.items()}
    return replace(corpus, tables=tables, raw={name: text for name, text in corpus.raw.items() if name not in ids})


def joined_texts(corpus: Corpus) -> list[str]:
    """The ids of the texts that joined later."""
    return list(corpus.sources.source_id[corpus.sources.in_prose == "no"])


@lru_cache(maxsize=8)
def without_joined(corpus: Corpus) -> Corpus:
    """The corpus of which the sentences were written: `corpus` itself where no text joined later."""
    joined = joined_texts(corpus)
    return without_texts(corpus, joined) if joined else corpus
