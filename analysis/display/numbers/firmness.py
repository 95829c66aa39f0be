"""The numbers of the chapter Firmness."""

from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers, lags
from analysis.display.quantities import texts_in_words


def firmness_numbers(corpus: Corpus) -> Numbers:
    """How long before and after the talks the texts appeared, and which of them describe terms as agreed, in words."""
    return lags(corpus) | {"agreeing": texts_in_words(corpus, "provisions; level == 'agreed'")}
