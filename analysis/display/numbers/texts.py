"""The numbers of the chapter The texts."""

from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers, extent, lags
from analysis.number_words import in_words


def texts_numbers(corpus: Corpus) -> Numbers:
    """How many texts there are, in words, and how many days before and after the talks they came out."""
    return {"n_texts": in_words(int(extent(corpus)["n_texts"])), **lags(corpus)}
