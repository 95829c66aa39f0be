"""The numbers of the first page."""

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.display.numbers.shared import Numbers
from analysis.number_words import in_words


def index_numbers(corpus: Corpus) -> Numbers:
    """How many texts there are, as a word."""
    return {"n_texts_in_words": in_words(len(source_table(corpus)))}
