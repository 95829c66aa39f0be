"""The numbers of the chapter Evidence."""

from analysis.corpus import Corpus
from analysis.display.numbers.shared import Numbers
from analysis.evidence import spans


def evidence_numbers(corpus: Corpus) -> Numbers:
    """How many spans carry the codings."""
    return {"n_spans": len(spans(corpus))}
