"""The numbers of the chapter Codebook."""

from analysis.coding.terms import codebook_fit_summary
from analysis.coding.units import dimensions
from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers


def codebook_numbers(corpus: Corpus) -> Numbers:
    """How many dimensions there are, and how many of them PA-X covers exactly, in part, or not."""
    return {
        "n_dimensions": len(dimensions(corpus)),
        **{f"pax_{row.fit}": row.pax for row in codebook_fit_summary(corpus).itertuples()},
    }
