"""What the numbers of several chapters have in common."""

import pandas as pd

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import coded_sources, source_table
from analysis.figures.sources import lag_words

Numbers = dict[str, int | float | str]  # the numbers and words that the prose of a chapter quotes, by name


def chosen(numbers: Numbers, names: tuple[str, ...]) -> Numbers:
    """Those of `numbers` that have one of these `names`, in the order of the names. Raises KeyError for any other name."""
    return {name: numbers[name] for name in names}


def name_of_most(values: pd.Series) -> str:
    """The name under which the largest of `values` stands; "none" where there is no value."""
    known = values.dropna()
    return str(known.idxmax()) if len(known) else "none"


def whole(value: float) -> int | str:
    """A value without decimals; "none" where there is none."""
    return "none" if pd.isna(value) else round(float(value))


def extent(corpus: Corpus) -> Numbers:
    """How many coded texts there are, and how many independent clusters of them."""
    table = coded_sources(corpus)
    return {"n_texts": len(table), "n_clusters": table.cluster.nunique()}


def lags(corpus: Corpus) -> Numbers:
    """How many days before the talks the first text came out, and how many days after them the last: "886 days", "856 to 886 days"."""
    lags = [lag_words(row).rsplit(maxsplit=1)[0] for row in source_table(corpus).sort_values("lag_days").itertuples()]
    return {"first_lag": lags[0], "last_lag": lags[-1]}
