"""The words of the chapter on how the texts are written that rest on its scores."""

from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers
from analysis.display.published_tables import MAKERS
from analysis.display.quantities import texts_in_words

# Flesch (1948, doi:10.1037/h0057532): 30 to 50 is difficult, less than 30 very difficult.
_DIFFICULT = "measures; measure == 'Flesch Reading Ease' and scope == 'all' and method != 'textstat'; value <= 50"


def language_numbers(corpus: Corpus) -> Numbers:
    """In which texts the language is difficult or very difficult by Flesch's scale, in words."""
    return {"difficult_in": texts_in_words(corpus, _DIFFICULT, MAKERS)}
