"""The numbers of the chapter Evidence."""

from analysis.corpus.reader import Corpus
from analysis.corpus.spans import coded_spans
from analysis.display.numbers.shared import Numbers


def evidence_numbers(corpus: Corpus) -> Numbers:
    """How many spans carry the codings."""
    return {"n_spans": len(coded_spans(corpus))}
