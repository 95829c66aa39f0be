"""The numbers of the page on how steady the codings are."""

from analysis.coding.reliability import PASSES, VARIABLE_LABELS, adjudications
from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers
from analysis.display.numbers.trust import agreement_range, coded_by_persons
from analysis.number_words import in_words


def record_reliability_numbers(corpus: Corpus) -> Numbers:
    """How far the readings agree, how many differences were settled, what the third reading overruled and added."""
    resolved = corpus.tables["codings/provisions.csv"].resolution
    return {
        "n_passes": in_words(len(PASSES)),
        **agreement_range(corpus),
        "coded_by_persons": coded_by_persons(corpus),
        "n_settled": sum(len(adjudications(corpus, name)) for name in VARIABLE_LABELS),
        "n_overruled": int(resolved.str.startswith("Both passes").sum()),
        "n_added": int(resolved.str.startswith("Third reading").sum()),
    }
