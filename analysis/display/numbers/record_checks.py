"""The numbers of the page on statements that were held against the record."""

from analysis.coding.claims import check_table
from analysis.corpus.reader import Corpus
from analysis.corpus.vocabulary import VERDICTS
from analysis.display.numbers.shared import Numbers


def record_checks_numbers(corpus: Corpus) -> Numbers:
    """How many statements were held against the record, and with which result."""
    verdicts = check_table(corpus).verdict
    return {
        "n_checks": len(verdicts),
        **{f"n_{verdict.replace(' ', '_')}": int((verdicts == verdict).sum()) for verdict in VERDICTS},
    }
