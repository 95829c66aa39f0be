"""The numbers of the first page."""

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import coded_sources, coders, source_table
from analysis.display.numbers.shared import Numbers
from analysis.number_words import in_words


def index_numbers(corpus: Corpus) -> Numbers:
    """How many texts are coded, of how many, as words; and who coded them, as the beginning of a sentence."""
    coded, every = (len(table) for table in (coded_sources(corpus), source_table(corpus)))
    who = coders(corpus) or "nobody"
    return {
        "n_texts_in_words": in_words(coded) if coded == every else f"{in_words(coded)} of {in_words(every)}",
        "who_coded": who[0].upper() + who[1:],
    }
