"""The numbers of the first page."""

from analysis.corpus.reader import Corpus
from analysis.display.numbers.findings import findings_numbers
from analysis.display.numbers.shared import Numbers, lags


def index_numbers(corpus: Corpus) -> Numbers:
    """How many texts and clusters, from when, and in how many ways of counting the findings are tried."""
    return {**findings_numbers(corpus), **lags(corpus)}
