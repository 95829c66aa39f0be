"""The numbers of the chapter Codebook."""

from analysis.corpus import Corpus
from analysis.display.numbers.shared import Numbers
from analysis.proposals import dimensions, misfit


def codebook_numbers(corpus: Corpus) -> Numbers:
    """How many dimensions there are, and how many of them PA-X covers exactly, in part, or not."""
    return {
        "n_dimensions": len(dimensions(corpus)),
        **{f"pax_{row.fit}": row.pax for row in misfit(corpus).itertuples()},
    }
