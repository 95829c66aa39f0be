"""The numbers of the chapter Language."""

from analysis.corpus.reader import Corpus
from analysis.display.numbers.record_style import style_numbers
from analysis.display.numbers.shared import Numbers, chosen


def language_numbers(corpus: Corpus) -> Numbers:
    """In how many paragraphs a word must stand to set a text apart, and which texts have no such word."""
    return chosen(style_numbers(corpus), ("fewest_passages", "without_key"))
