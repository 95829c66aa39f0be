"""How firm the texts call the deal: the strongest words of each, on declared steps."""

import pandas as pd

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table


def firmness_table(corpus: Corpus) -> pd.DataFrame:
    """The strongest words of each text for the deal, in order of publication; texts without a row in firmness.csv are left out.

    Columns: those of firmness.csv, with rank as a number (1 loosest); short, cluster, lag_days, lag_days_low (see `source_table`).
    """
    texts = source_table(corpus)[["source_id", "short", "cluster", "lag_days", "lag_days_low"]]
    return texts.merge(corpus.tables["firmness.csv"].astype({"rank": int}), on="source_id")
