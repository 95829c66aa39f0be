"""The numbers of the chapter Findings."""

from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers, extent


def findings_numbers(corpus: Corpus) -> Numbers:
    """Over how many texts and clusters the findings speak."""
    return extent(corpus)
