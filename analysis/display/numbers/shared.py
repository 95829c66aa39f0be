"""What the numbers of several chapters have in common."""

from analysis.corpus import Corpus
from analysis.provenance import sources
from analysis.reliability import passes

Numbers = dict[str, int | float | str]  # the numbers and words that the prose of a chapter quotes, by name


def chosen(numbers: Numbers, names: tuple[str, ...]) -> Numbers:
    """Those of `numbers` that have one of these `names`, in the order of the names. Raises KeyError for any other name."""
    return {name: numbers[name] for name in names}


def extent(corpus: Corpus) -> Numbers:
    """How many texts there are, and how many independent clusters of texts."""
    table = sources(corpus)
    return {"n_texts": len(table), "n_clusters": table.cluster.nunique()}


def lags(corpus: Corpus) -> Numbers:
    """How many days before the talks the first text came out, and how many days after them the last."""
    days = sources(corpus).lag_days
    return {"first_lag": abs(int(days.min())), "last_lag": int(days.max())}


def stability(corpus: Corpus, table: str, variable: str) -> str:
    """Krippendorff's alpha of one variable of one coding, with two decimals."""
    return f"{passes(corpus).set_index(['table', 'variable']).alpha[table, variable]:.2f}"
