"""What the numbers of several chapters have in common."""

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table

Numbers = dict[str, int | float | str]  # the numbers and words that the prose of a chapter quotes, by name


def chosen(numbers: Numbers, names: tuple[str, ...]) -> Numbers:
    """Those of `numbers` that have one of these `names`, in the order of the names. Raises KeyError for any other name."""
    return {name: numbers[name] for name in names}


def extent(corpus: Corpus) -> Numbers:
    """How many texts there are, and how many independent clusters of texts."""
    table = source_table(corpus)
    return {"n_texts": len(table), "n_clusters": table.cluster.nunique()}


def lags(corpus: Corpus) -> Numbers:
    """How many days before the talks the first text came out, and how many days after them the last."""
    days = source_table(corpus).lag_days
    return {"first_lag": abs(int(days.min())), "last_lag": int(days.max())}
