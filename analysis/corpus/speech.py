"""Words between quotation marks, as coded by hand, and those of them in which somebody speaks."""

import pandas as pd

from analysis.corpus.intervals import contained_in, count_spans
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import word_offsets
from analysis.corpus.texts import by_publication_date
from analysis.corpus.vocabulary import AUTHOR


def quotation_table(corpus: Corpus) -> pd.DataFrame:
    """Every quotation, by hand: the columns of quotations.csv, in the order of the texts' publication."""
    return by_publication_date(corpus, corpus.tables["codings/quotations.csv"])


def top_level(table: pd.DataFrame) -> pd.DataFrame:
    """The quotations of `table` that lie in no other of the same text."""
    return table[[n == 1 for n in count_spans(table, table, contained_in)]]


def direct_speech(corpus: Corpus) -> pd.DataFrame:
    """The quotations that let somebody else speak: speech and documents, with side and n_words; terms and titles set apart are left out.

    Each word counts once: a quotation within a quotation has none of its own. `side` is that of the speaker in people.csv.
    """
    table = quotation_table(corpus).query(f"kind in ['speech', 'document'] and speaker != '{AUTHOR}'")
    outer = top_level(table).index
    n_words = [len(word_offsets(row.quote)) if row.Index in outer else 0 for row in table.itertuples()]
    return table.assign(side=table.speaker.map(corpus.tables["people.csv"].set_index("name").side), n_words=n_words)
