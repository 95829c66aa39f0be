"""What counts as one in a comparison: texts or clusters of dependent texts; the codebook's dimensions and values."""

from collections.abc import Collection

import pandas as pd

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import coded_sources


def dimensions(corpus: Corpus) -> pd.DataFrame:
    """The dimensions of the codebook: dimension, label."""
    return corpus.tables["codebook.csv"][["dimension", "label"]]


def units(corpus: Corpus, merge: bool = False, leave_out: Collection[str] = ()) -> dict[str, str]:
    """Which unit each coded text counts as: {source_id: unit}, in order of publication. An uncoded text is not silent and has none.

    A unit is the text itself or, with `merge`, its cluster of dependent texts. Texts in `leave_out` have none.
    """
    table = coded_sources(corpus)
    table = table[~table.source_id.isin(leave_out)]
    return dict(zip(table.source_id, table.cluster if merge else table.source_id, strict=True))


def value_meanings(corpus: Corpus, variable: str) -> pd.DataFrame:
    """What the values of a coded variable mean, in short: value, definition."""
    return value_definitions(corpus, variable)[["value", "definition"]]


def value_definitions(corpus: Corpus, variable: str) -> pd.DataFrame:
    """The values of a coded variable with their limits: value, definition, includes, excludes."""
    return corpus.tables["codebook_values.csv"].query("variable == @variable").drop(columns="variable")
